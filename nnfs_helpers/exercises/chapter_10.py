"""The exercises of chapter 10, Optimizers."""

import numpy as np

from nnfs_helpers.check import Exercise, FunctionExercise, OpenExercise

# ------------------------------------------------------------------------------------------ two rates

RATE, DECAY, EPOCH = 0.5, 0.01, 300
PRINTED, USED = RATE / (1 + DECAY * (EPOCH - 1)), RATE / (1 + DECAY * EPOCH)

two_rates = Exercise(
    answer=[PRINTED, USED],
    right="The line is printed before the step, so it still shows the rate of the step before.",
    wrong={
        "The other way round: the line is printed before its step, so it shows the rate of the step before.":
            [USED, PRINTED],
        "The step is right. The line is printed before it, with the rate of one step earlier.": [USED, USED],
        "The printed one is right. The step of epoch 300 comes after 300 steps, of epochs 0 to 299.":
            [PRINTED, PRINTED],
        "Those are the shares. They are still to be multiplied by the rate at the start, 0.5.":
            [PRINTED / RATE, USED / RATE],
        "You multiplied by 0.99 at each step. The formula divides: rate / (1 + decay · steps).":
            [RATE * (1 - DECAY) ** (EPOCH - 1), RATE * (1 - DECAY) ** EPOCH],
        "You took the same piece off at each step. The formula divides: rate / (1 + decay · steps).":
            [RATE - DECAY * (EPOCH - 1), RATE - DECAY * EPOCH],
        "You multiplied by 1 + decay · steps. Divide by it: the rate gets smaller.":
            [RATE * (1 + DECAY * (EPOCH - 1)), RATE * (1 + DECAY * EPOCH)],
    },
)  # fmt: skip

# ----------------------------------------------------------------------------------- corrected averages


def averages(gradients, beta, new_share=None, corrected=lambda average, beta, count: average):
    """A running average after each gradient, each one corrected by a rule of its own."""
    new_share = 1 - beta if new_share is None else new_share
    average, result = 0.0, []
    for count, gradient in enumerate(gradients, start=1):
        average = beta * average + new_share * gradient
        result.append(corrected(average, beta, count))
    return result


def by_adam(average, beta, count):
    return average / (1 - beta**count)


def fed_back(gradients, beta):
    average, result = 0.0, []
    for count, gradient in enumerate(gradients, start=1):
        average = by_adam(beta * average + (1 - beta) * gradient, beta, count)
        result.append(average)
    return result


corrected_averages = FunctionExercise(
    reference=lambda gradients, beta: averages(gradients, beta, corrected=by_adam),
    cases=[([1.0, 1.0, 1.0, 1.0], 0.9), ([2.0, -1.0, 0.5, 4.0], 0.9), ([3.0, 3.0, 0.0], 0.5)],
    right="The first corrected average is the first gradient itself. With time the correction fades away.",
    wrong={
        "The correction is missing: divide each average by 1 − beta to the power of the number of gradients so far.":
            averages,
        "Before the first step beta to the power 0 is 1, and 1 − 1 is 0: count from 1. In the optimizer "
        "`iterations` starts at 0, hence its `+ 1`.":
            lambda gradients, beta: averages(gradients, beta, corrected=lambda a, b, n: by_adam(a, b, n - 1)),
        "You always divide by 1 − beta. That is right for the first gradient only; then the power grows.":
            lambda gradients, beta: averages(gradients, beta, corrected=lambda a, b, n: a / (1 - b)),
        "You divide by 1 − beta · count. It is a power: beta multiplied by itself, `beta**count`.":
            lambda gradients, beta: averages(gradients, beta, corrected=lambda a, b, n: a / (1 - b * n)),
        "You go on from the corrected average. Keep the plain one; what is corrected is only for the step.": fed_back,
        "A new gradient gets the share 1 − beta, or the average grows too large.":
            lambda gradients, beta: averages(gradients, beta, new_share=1, corrected=by_adam),
        "That is the plain mean of all gradients so far. Here old ones fade: beta · average + (1 − beta) · gradient.":
            lambda gradients, beta: [np.mean(gradients[: count + 1]) for count in range(len(gradients))],
        "That is only the last one. Collect one for each gradient in a list.":
            lambda gradients, beta: averages(gradients, beta, corrected=by_adam)[-1],
    },
)  # fmt: skip

# ------------------------------------------------------------------------------------------ a step of your own

NOT_A_PAIR = "Return two things, `step, memory`. The step is an array of two numbers, like `slopes`."
STANDS = "The marble does not move. Return the step, for example `-rate * slopes`, and what to remember."
UPHILL = ("The loss grows from the first step on. Slopes point uphill: is the minus there? If it is, your rate is "
          "too large.")  # fmt: skip
RUNS_AWAY = "It begins well and then swings out, further each time. Take a smaller rate, or keep a smaller share."
TOO_HIGH = (
    "Down it goes, but 0.001 is lower. No rate alone gets there: use what you remember, and return the *new* memory "
    "as the second value."
)
GOAL = 0.001


def look_at_descent(losses):
    """The hint for the losses along a path, or None where it ends below the goal."""
    losses = np.asarray(losses, dtype=np.float64)
    if losses.size == 0:
        return NOT_A_PAIR
    if np.all(losses == losses[0]):
        return STANDS
    if not losses[1] <= losses[0]:
        return UPHILL
    if not losses[-1] <= losses[0]:
        return RUNS_AWAY
    return None if losses[-1] < GOAL else TOO_HIGH


own_step = OpenExercise(
    look=look_at_descent,
    right="Plain descent, with the best rate there is, still stands at about 0.005 after 30 steps. A memory beats it.",
    wrong={
        NOT_A_PAIR: [],
        STANDS: [3.6, 3.6, 3.6],
        UPHILL: [3.6, 5.2, 80.0],
        RUNS_AWAY: [3.6, 2.2, 4.5, 9.0],
        TOO_HIGH: [3.6, 2.2, 0.4, 0.01],
    },
)
