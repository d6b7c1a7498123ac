"""The exercises of chapter 17, Regression."""

import numpy as np

from nnfs_helpers.check import Exercise, FunctionExercise, OpenExercise, Verdict, same

# --------------------------------------------------------------------------- two losses and their slopes

DIFFERENCES = np.array([0.5, -1.0, 3.0])  # prediction minus target
SIGNS = np.sign(DIFFERENCES)
LOSSES = [10.25 / 3, 1.5]
ANSWER = [*LOSSES, *(2 * DIFFERENCES / 3), *(SIGNS / 3)]
NEARLY = "Nearly: keep four decimals, or let Python calculate."


class RoundedExercise(Exercise):
    """An exercise that knows a right answer that was rounded too early, in all its numbers or in some."""

    def judge(self, answer):
        verdict = super().judge(answer)
        is_near = verdict.state == "wrong" and same(answer, self.answer, tolerance=0.002)
        return Verdict("hint", NEARLY) if is_near else verdict


two_losses = RoundedExercise(
    answer=ANSWER,
    right="Both losses point the same way. They differ in how hard a large difference pulls.",
    wrong={
        "Both losses are a *mean* over the three outputs; you have the sums. The slopes are divided by 3, too.":
            [10.25, 4.5, *(2 * DIFFERENCES), *SIGNS],
        "The losses are right. Their slopes are divided by the number of outputs, too.":
            [*LOSSES, *(2 * DIFFERENCES), *SIGNS],
        "The slopes have the wrong sign. A prediction that is too high has a slope above 0: higher is worse.":
            [*LOSSES, *(-2 * DIFFERENCES / 3), *(-SIGNS / 3)],
        "The slopes of the absolute error have the wrong sign, as in the book. Too high: a slope above 0.":
            [*LOSSES, *(2 * DIFFERENCES / 3), *(-SIGNS / 3)],
        "The slopes of the squared error have the wrong sign. A prediction that is too high has a slope above 0.":
            [*LOSSES, *(-2 * DIFFERENCES / 3), *(SIGNS / 3)],
        "The slope of a square has a 2 in it.": [*LOSSES, *(DIFFERENCES / 3), *(SIGNS / 3)],
        "The slope of the absolute error is a sign, 1 or −1, over 3. You took the difference itself.":
            [*LOSSES, *(2 * DIFFERENCES / 3), *(DIFFERENCES / 3)],
        "The absolute error adds up *sizes*: −1 counts as 1.":
            [10.25 / 3, 2.5 / 3, *(2 * DIFFERENCES / 3), *(SIGNS / 3)],
        NEARLY: np.round(ANSWER, 2),
    },
)  # fmt: skip

# --------------------------------------------------------------------------------- the best of both losses

# Beyond a difference of 1 more are too high than too low: with as many of both, a wrong sign would only look like
# another order.
PREDICTED = np.array([[0.2, 3.0], [-2.5, 0.9], [2.0, -4.0]])
TRUE = np.array([[0.5, 0.5], [0.5, 1.0], [0.6, -4.4]])


def huber(y_pred, y_true):
    return np.clip(y_pred - y_true, -1, 1)


both_slopes = FunctionExercise(
    reference=huber,
    cases=[(PREDICTED, TRUE), (TRUE, PREDICTED), (np.array([[0.1, 7.0, 0.0]]), np.zeros((1, 3)))],
    right="Gentle near the target, and an outlier cannot pull harder than 1. It is called the Huber loss.",
    wrong={
        "The wrong way round: where the prediction is too high, the slope is above 0.":
            lambda y_pred, y_true: np.clip(y_true - y_pred, -1, 1),
        "Those are losses. Wanted are their slopes.":
            lambda y_pred, y_true: np.where(np.abs(y_pred - y_true) <= 1, (y_pred - y_true) ** 2 / 2,
                                            np.abs(y_pred - y_true) - 0.5),
        "Half the square: the slope of x²/2 is x, without a 2.":
            lambda y_pred, y_true: np.where(np.abs(y_pred - y_true) <= 1, 2 * (y_pred - y_true),
                                            np.sign(y_pred - y_true)),
        "That is the squared part everywhere. Beyond a difference of 1 the slope is a sign.":
            lambda y_pred, y_true: y_pred - y_true,
        "That is the absolute part everywhere. Up to a difference of 1 the slope is the difference.":
            lambda y_pred, y_true: np.sign(y_pred - y_true),
        "You stop at 1, but not at −1: a difference of −3 is large, too.":
            lambda y_pred, y_true: np.minimum(y_pred - y_true, 1),
        "Beyond 1 you lost the sign: below the target the slope is −1.":
            lambda y_pred, y_true: np.where(np.abs(y_pred - y_true) <= 1, y_pred - y_true, 1),
        "Near the target it is right. Beyond 1 the sign is the wrong way round: too high means a slope above 0.":
            lambda y_pred, y_true: np.where(np.abs(y_pred - y_true) <= 1, y_pred - y_true, np.sign(y_true - y_pred)),
        "Each output's own slope is wanted, before any division.":
            lambda y_pred, y_true: huber(y_pred, y_true) / np.size(y_pred),
        "You divided by the samples. Each output's own slope is wanted, before any division.":
            lambda y_pred, y_true: huber(y_pred, y_true) / len(y_pred),
        "You divided by the outputs. Each output's own slope is wanted, before any division.":
            lambda y_pred, y_true: huber(y_pred, y_true) / y_pred.shape[1],
    },
)  # fmt: skip

# --------------------------------------------------------------------------------------------- two waves

GOAL, MOST_EPOCHS = 0.02, 1001
NOT_A_RUN = "Give what `fit(...)` returns: a history with the lists `epoch` and `loss`."
TOO_LONG = "That took more than 1,001 epochs. Better settings need fewer."
NOTHING_LEARNED = ("Little is learned: a loss of 0.5 is a level line, 0.42 a straight slope, more than 0.5 is wild. "
                   "Look at the curve. Too small a rate, too large a rate, or too small a start?")  # fmt: skip
HALF_WAY = "Something is learned, but the loss is still above 0.02. Look at the curve: is it slow, or is it stuck?"


def look_at_run(run):
    """The hint for a training run on two waves, or None where it has learned them."""
    if not isinstance(run, dict) or not {"epoch", "loss"} <= run.keys() or not len(run["loss"]):
        return NOT_A_RUN
    if run["epoch"][-1] >= MOST_EPOCHS:
        return TOO_LONG
    loss = float(run["loss"][-1])
    if not loss < 0.4:  # also true for nan
        return NOTHING_LEARNED
    return None if loss < GOAL else HALF_WAY


two_waves = OpenExercise(
    look=look_at_run,
    right="Two waves followed. Would another seed follow them as well? Try it: one run proves little.",
    wrong={
        NOT_A_RUN: 0.01,
        TOO_LONG: {"epoch": [0, 5000], "loss": [0.5, 0.001]},
        NOTHING_LEARNED: {"epoch": [0, 500], "loss": [0.5, 0.4999]},
        HALF_WAY: {"epoch": [0, 500], "loss": [0.5, 0.11]},
    },
)
