"""The exercises of chapter 16, Binary Logistic Regression."""

import numpy as np

from nnfs_helpers.check import Exercise, FunctionExercise, OpenExercise

# ----------------------------------------------------------------------------------------- three questions

OUTPUTS, TRUTHS = np.array([0.8, 0.4, 0.1]), np.array([1, 1, 0])
LOSSES = -(TRUTHS * np.log(OUTPUTS) + (1 - TRUTHS) * np.log(1 - OUTPUTS))

three_questions = Exercise(
    answer=float(np.mean(LOSSES)),
    right="Three prices, one mean. The second question, 0.4 where the truth is yes, makes up most of it.",
    wrong={
        "Those are the losses of the three questions. The loss of the sample is their mean.": LOSSES,
        "That is the sum. The loss of a sample is the mean over its outputs.": float(np.sum(LOSSES)),
        "Only the terms of yes are in it. Where the truth is no, the price is minus the log of 1 - output.":
            float(np.mean(-TRUTHS * np.log(OUTPUTS))),
        "You took the log of each output, whatever the truth is. For a no it is the log of 1 - output.":
            float(np.mean(-np.log(OUTPUTS))),
        "The terms of yes and no have changed places: the truth multiplies the log of the *output*.":
            float(np.mean(-((1 - TRUTHS) * np.log(OUTPUTS) + TRUTHS * np.log(1 - OUTPUTS)))),
        "Nearly: it is rounded. Hand over all digits.": round(float(np.mean(LOSSES)), 2),
        "That is another logarithm. `np.log` is the one to the base e.": float(np.mean(LOSSES) / np.log(10)),
        "That is the squared error. The price is minus the logarithm of the confidence.":
            float(np.mean((OUTPUTS - TRUTHS) ** 2)),
    },
)  # fmt: skip

# ------------------------------------------------------------------------------------------------- the bill

MISSED, ALARM = 20, 1  # what one costs


def bill_of(outputs, truths, threshold, missed=MISSED, alarm=ALARM):
    says_yes, is_yes = outputs > threshold, truths == 1
    return missed * np.sum(~says_yes & is_yes) + alarm * np.sum(says_yes & ~is_yes)


FEW = np.array([0.05, 0.1, 0.3, 0.3, 0.45, 0.6, 0.7, 0.9]), np.array([0, 1, 0, 1, 1, 0, 0, 1])
MANY = np.linspace(0.02, 0.98, 25), np.arange(25) % 3 // 2
bill = FunctionExercise(
    reference=bill_of,
    cases=[(*FEW, 0.5), (*FEW, 0.2), (*FEW, 0.3), (*MANY, 0.7), (*MANY, 0.05)],
    right="Prices turn two counts into one number. Now a threshold can be better or worse.",
    wrong={
        "The prices have changed places: 20 for a missed yes, 1 for a false alarm.":
            lambda outputs, truths, threshold: bill_of(outputs, truths, threshold, ALARM, MISSED),
        "Both mistakes cost the same in your bill. A missed yes costs 20 times as much.":
            lambda outputs, truths, threshold: bill_of(outputs, truths, threshold, 1, 1),
        "The false alarms are free in your bill. Each costs 1.":
            lambda outputs, truths, threshold: bill_of(outputs, truths, threshold, MISSED, 0),
        "The missed ones are free in your bill. Each costs 20.":
            lambda outputs, truths, threshold: bill_of(outputs, truths, threshold, 0, ALARM),
        "Your threshold is always 0.5. Take the one that is handed over.":
            lambda outputs, truths, threshold: bill_of(outputs, truths, 0.5),
        "You charge for those that were found. Found is free; missed costs 20.":
            lambda outputs, truths, threshold: 20 * np.sum((outputs > threshold) & (truths == 1))
                                               + bill_of(outputs, truths, threshold, 0, 1),
        "An output that lies exactly on the threshold is a no: `>`, not `>=`.":
            lambda outputs, truths, threshold: 20 * np.sum((outputs < threshold) & (truths == 1))
                                               + np.sum((outputs >= threshold) & (truths == 0)),
        "That is the bill for one point, on average. Wanted is the whole bill.":
            lambda outputs, truths, threshold: bill_of(outputs, truths, threshold) / len(outputs),
    },
)  # fmt: skip

# ---------------------------------------------------------------------------------------- a cheap threshold

OUTSIDE = "Outputs lie between 0 and 1, and so should the threshold."
TOO_HIGH = "Still too dear: too many are missed, and each of them costs 20. Say yes sooner."
TOO_LOW = "Now hardly anything is missed, but the false alarms add up. A little higher."


def look_at_threshold(answer):
    """The hint for a threshold, or None where it costs at most 40% of what 0.5 costs."""
    threshold, outputs, truths = float(answer[0]), np.ravel(answer[1]), np.ravel(answer[2])
    if not 0 <= threshold <= 1:
        return OUTSIDE
    bills = [bill_of(outputs, truths, each) for each in np.linspace(0, 1, 201)]
    if bill_of(outputs, truths, threshold) <= 0.4 * bill_of(outputs, truths, 0.5):
        return None
    return TOO_HIGH if threshold > np.argmin(bills) / 200 else TOO_LOW


SOME_OUTPUTS = np.concatenate([np.linspace(0.01, 0.6, 300), np.linspace(0.2, 0.99, 60)])
SOME_TRUTHS = np.repeat([0, 1], [300, 60])
cheap_threshold = OpenExercise(
    look=look_at_threshold,
    right="Where a miss is dear and an alarm is cheap, say yes early. Other prices, another threshold.",
    wrong={
        OUTSIDE: [20, SOME_OUTPUTS, SOME_TRUTHS],
        TOO_HIGH: [0.5, SOME_OUTPUTS, SOME_TRUTHS],
        TOO_LOW: [0.0, SOME_OUTPUTS, SOME_TRUTHS],
    },
)
