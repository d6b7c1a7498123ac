"""The exercises of chapter 17, Regression."""

import numpy as np

from nnfs_helpers.check import Exercise, FunctionExercise, OpenExercise

# --------------------------------------------------------------------------- two losses and their slopes

DIFFERENCES = np.array([0.5, -1.0, 3.0])  # prediction minus target
SIGNS = np.sign(DIFFERENCES)
LOSSES = [10.25 / 3, 1.5]

two_losses = Exercise(
    answer=[*LOSSES, *(2 * DIFFERENCES / 3), *(SIGNS / 3)],
    right="Both losses point the same way. They differ in how hard a large difference pulls.",
    wrong={
        "Both losses are a *mean* over the three outputs; you have the sums. The slopes are divided by 3, too.":
            [10.25, 4.5, *(2 * DIFFERENCES), *SIGNS],
        "The losses are right. Their slopes are divided by the number of outputs, too.":
            [*LOSSES, *(2 * DIFFERENCES), *SIGNS],
        "The slopes have the wrong sign. A prediction that is too high has a slope above 0: higher is worse.":
            [*LOSSES, *(-2 * DIFFERENCES / 3), *(-SIGNS / 3)],
        "The slope of a square has a 2 in it.": [*LOSSES, *(DIFFERENCES / 3), *(SIGNS / 3)],
        "The slope of the absolute error is a sign, 1 or −1, over 3. You took the difference itself.":
            [*LOSSES, *(2 * DIFFERENCES / 3), *(DIFFERENCES / 3)],
        "The absolute error adds up *sizes*: −1 counts as 1.":
            [10.25 / 3, 2.5 / 3, *(2 * DIFFERENCES / 3), *(SIGNS / 3)],
    },
)  # fmt: skip

# --------------------------------------------------------------------------------- the best of both losses

PREDICTED = np.array([[0.2, 3.0], [-2.5, 0.9], [1.0, -4.0]])
TRUE = np.array([[0.5, 0.5], [0.5, 1.0], [1.0, -4.4]])


def huber(y_pred, y_true):
    return np.clip(y_pred - y_true, -1, 1)


both_slopes = FunctionExercise(
    reference=huber,
    cases=[(PREDICTED, TRUE), (TRUE, PREDICTED), (np.array([0.1, 7.0]), np.array([0.0, 0.0]))],
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
        "Beyond 1 you lost the sign: below the target the slope is −1.":
            lambda y_pred, y_true: np.minimum(y_pred - y_true, 1),
        "Each output's own slope is wanted, before any division.":
            lambda y_pred, y_true: huber(y_pred, y_true) / np.size(y_pred),
    },
)  # fmt: skip

# --------------------------------------------------------------------------------------------- two waves

GOAL, MOST_EPOCHS = 0.02, 1001
NOT_A_RUN = "Give what `fit(...)` returns: a history with the lists `epoch` and `loss`."
TOO_LONG = "That took more than 1,001 epochs. Better settings need fewer."
NOTHING_LEARNED = ("The loss is near 0.5 or above: the answers are a level line, or wild. Either the neurons are dead, "
                   "or the first step has hardly begun. Another rate, another weight scale?")  # fmt: skip
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
