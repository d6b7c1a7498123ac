"""The exercises of chapter 10, Optimizers."""

import numpy as np

from nnfs_helpers.check import Exercise, FunctionExercise, OpenExercise

# ------------------------------------------------------------------------------------------ three steps

# Rate 0.6 with decay 0.5: 0.6, 0.4, 0.3. The share of momentum is 0.5, the slopes are 1, 1 and -2.
three_steps = Exercise(
    answer=[-0.6, -0.7, 0.25],
    right="The third slope turns round, yet half of the long second step goes on: it takes off more than half.",
    wrong={
        "Each has the wrong sign. A slope above 0 points uphill, so the step goes down: minus rate · slope.":
            [0.6, 0.7, -0.25],
        "The rate shrinks as well: 0.6 / (1 + 0.5 · n), where n steps have been taken before.": [-0.6, -0.9, 0.75],
        "Before the first step none has been taken: n is 0, and the rate still the whole 0.6.": [-0.4, -0.5, 0.23],
        "You multiplied the rate by 0.5 each time. The decay divides it: 0.6 / (1 + 0.5 · n).": [-0.6, -0.6, 0.0],
        "Those are steps without memory. Add half of the step before to each.": [-0.6, -0.4, 0.6],
        "You shared out: half of the old, half of the new. Here the new part comes in full.": [-0.3, -0.35, 0.125],
        "You kept half of the new part of the step before. Half of the *whole* step is kept, its own memory included.":
            [-0.6, -0.7, 0.4],
        "Those are the places where the weight stands. The steps between them are asked for.": [-0.6, -1.3, -1.05],
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
    right="The first corrected mean is the first gradient itself. With time the correction fades away.",
    wrong={
        "The correction is missing: divide each mean by 1 − beta to the power of the number of gradients so far.":
            averages,
        "Before the first step beta to the power 0 is 1, and 1 − 1 is 0: count from 1. In the optimizer "
        "`iterations` starts at 0, hence its `+ 1`.":
            lambda gradients, beta: averages(gradients, beta, corrected=lambda a, b, n: by_adam(a, b, n - 1)),
        "You always divide by 1 − beta. That is right for the first gradient only; then the power grows.":
            lambda gradients, beta: averages(gradients, beta, corrected=lambda a, b, n: a / (1 - b)),
        "You divide by 1 − beta · count. It is a power: beta multiplied by itself, `beta**count`.":
            lambda gradients, beta: averages(gradients, beta, corrected=lambda a, b, n: a / (1 - b * n)),
        "You go on from the corrected mean. Keep the plain one; what is corrected is only for the step.": fed_back,
        "A new gradient gets the share 1 − beta, or the running mean grows too large.":
            lambda gradients, beta: averages(gradients, beta, new_share=1, corrected=by_adam),
        "That is the plain mean of all gradients so far. Here old ones fade: beta · mean + (1 − beta) · gradient.":
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
SWAYS = (
    "Down it goes, but it sways: past the lowest place and back. The memory keeps too much. Keep a smaller share of it."
)
TOO_HIGH = (
    "Down it goes, but 0.001 is lower. No rate alone gets there: return a *new* memory as the second value, and let "
    "the next step use it. If it does so already, keep a larger share, or take a larger rate."
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
    if losses[-1] < GOAL:
        return None
    return SWAYS if np.any(losses[1:] > losses[:-1]) else TOO_HIGH


own_step = OpenExercise(
    look=look_at_descent,
    right="A memory did what no rate alone can do.",
    wrong={
        NOT_A_PAIR: [],
        STANDS: [3.6, 3.6, 3.6],
        UPHILL: [3.6, 5.2, 80.0],
        RUNS_AWAY: [3.6, 2.2, 4.5, 9.0],
        SWAYS: [3.6, 2.2, 0.1, 0.3, 0.06],
        TOO_HIGH: [3.6, 2.2, 0.4, 0.01],
    },
)
