"""The exercises of chapter 5, Calculating Network Error with Loss."""

import numpy as np

from nnfs_helpers.check import Exercise, FunctionExercise, OpenExercise, numbers_in

# ---------------------------------------------------------------------------------- the loss of two samples

CONFIDENCES = np.array([0.3, 0.5])
LOSSES = -np.log(CONFIDENCES)

batch_loss = Exercise(
    answer=np.mean(LOSSES),
    right="Doubt is costly: the first sample alone makes up almost two thirds of it.",
    wrong={
        "The sign is missing: the logarithm of a confidence is never above 0, the loss never below.": -np.mean(LOSSES),
        "That is the logarithm to the base 10. In this course it is `np.log`, to the base e.":
            np.mean(-np.log10(CONFIDENCES)),
        "That is the sum over the samples. Divide by their number, or take `np.mean`.": np.sum(LOSSES),
        "You divided by six. Only the two confidences count: one loss per sample, then the mean of two.":
            np.sum(LOSSES) / 6,
        "You took the mean first and the logarithm afterwards. Each sample pays its own price.":
            -np.log(np.mean(CONFIDENCES)),
        "That is a list of two losses: their mean is missing.": LOSSES,
    },
)  # fmt: skip

# --------------------------------------------------------------------------------------- the costliest mistake

OUTPUTS = np.array([[0.34, 0.33, 0.33], [0.02, 0.97, 0.01], [0.05, 0.15, 0.8], [0.6, 0.2, 0.2]])
LABELS = np.array([0, 1, 1, 2])
MORE_OUTPUTS = np.array([[0.9, 0.1, 0.0], [0.5, 0.3, 0.2], [0.1, 0.0, 0.9], [0.3, 0.3, 0.4], [0.2, 0.7, 0.1]])
ONE_HOT = np.eye(3, dtype=int)[[0, 0, 1, 0, 1]]


def losses_of(y_pred, y_true):
    classes = np.argmax(y_true, axis=1) if y_true.ndim == 2 else y_true
    return -np.log(np.clip(y_pred[np.arange(len(y_pred)), classes], 1e-7, 1 - 1e-7))


costliest_sample = FunctionExercise(
    reference=lambda y_pred, y_true: np.argmax(losses_of(y_pred, y_true)),
    cases=[(OUTPUTS, LABELS), (MORE_OUTPUTS, ONE_HOT)],
    right="Look at such samples first: there a network is sure and wrong, or a label is wrong.",
    wrong={
        "That is the loss itself. Wanted is the number of the sample that has it: its place.":
            lambda y_pred, y_true: np.max(losses_of(y_pred, y_true)),
        "That is the cheapest sample. The costliest one has the greatest loss.":
            lambda y_pred, y_true: np.argmin(losses_of(y_pred, y_true)),
        "That is the sample whose largest probability is smallest: the most doubtful one. Here the labels count, too.":
            lambda y_pred, y_true: np.argmin(np.max(y_pred, axis=1)),
        "That is the mean of the whole batch. `forward` gives one loss for each sample.":
            lambda y_pred, y_true: np.mean(losses_of(y_pred, y_true)),
        "Those are the losses of all samples. At which place is the greatest?": losses_of,
        "It works with class numbers. For one-hot rows it stops: translate them, or use what does so already.":
            lambda y_pred, y_true: np.argmax(-np.log(np.clip(y_pred[np.arange(len(y_pred)), y_true], 1e-7, 1))),
    },
)  # fmt: skip

# ------------------------------------------------------------------------------------------ sure or cautious

CAUTIOUS_LOSS = -np.log(0.4)
TARGETS = np.array([0, 1, 2])
SHAPE = "Three rows of three numbers are asked for: one row of probabilities for each sample."
ROWS = "Each row has to be a row of probabilities: none below 0, and their sum is 1."
ALL_RIGHT = "All three answers are still right. Let one sample go wrong: give another class a little more."
TOO_COSTLY = ("Less accurate it is, but the loss is not lower than 0.916 yet. Be surer where you are right, and "
            "only a little wrong where you are wrong.")  # fmt: skip


def look_at_network(answer):
    """The hint for three rows of probabilities, or None where loss and accuracy are both below the cautious ones."""
    outputs = numbers_in(answer)
    if outputs is None or outputs.shape != (3, 3):
        return SHAPE
    if np.min(outputs) < 0 or not np.allclose(np.sum(outputs, axis=1), 1, atol=1e-3):
        return ROWS
    if np.all(np.argmax(outputs, axis=1) == TARGETS):
        return ALL_RIGHT
    return None if np.mean(losses_of(outputs, TARGETS)) < CAUTIOUS_LOSS else TOO_COSTLY


surer_network = OpenExercise(
    look=look_at_network,
    right="A lower loss and also a lower accuracy: the two measure different things.",
    wrong={
        SHAPE: [0.98, 0.98, 0.3],
        ROWS: [[0.98, 0.0, 0.0], [0.0, 0.98, 0.0], [0.0, 0.4, 0.3]],
        ALL_RIGHT: [[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4]],
        TOO_COSTLY: [[0.9, 0.05, 0.05], [0.05, 0.9, 0.05], [0.49, 0.5, 0.01]],
    },
)
