"""The exercises of chapter 13, Training Dataset."""

import numpy as np

from nnfs_helpers.check import Exercise, FunctionExercise, OpenExercise, numbers_in

# ------------------------------------------------------------------------------------ new data, old parameters

TRAINING = np.array([[10, 2000], [20, 6000], [30, 4000]])
NEW = np.array([[25, 7000], [10, 3000]])


def to_range(X, lowest, highest):
    """X from the range `lowest` … `highest` to the range -1 … 1."""
    return 2 * (X - lowest) / (highest - lowest) - 1


LOWEST, HIGHEST = TRAINING.min(axis=0), TRAINING.max(axis=0)
BOTH = np.concatenate([TRAINING, NEW])

scaled_new = Exercise(
    answer=to_range(NEW, LOWEST, HIGHEST),
    right="1.5 lies outside of −1 … 1, and it should: that reading is larger than any the network has learned from.",
    wrong={
        "You took lowest and highest from the new data. They belong to the training data.":
            to_range(NEW, NEW.min(axis=0), NEW.max(axis=0)),
        "You took lowest and highest from all data, the new ones as well: that is a leak.":
            to_range(NEW, BOTH.min(axis=0), BOTH.max(axis=0)),
        "That goes from 0 to 1. Stretch it to −1 … 1: twice as much, minus 1.":
            (NEW - LOWEST) / (HIGHEST - LOWEST),
        "That goes from 0 to 2, as long as it should be, but not around 0: minus 1 is missing.":
            2 * (NEW - LOWEST) / (HIGHEST - LOWEST),
        "One lowest and one highest for both features: `axis=0` is missing.":
            to_range(NEW, TRAINING.min(), TRAINING.max()),
        "You cut off what sticks out. Leave it: it says that the reading is large.":
            np.clip(to_range(NEW, LOWEST, HIGHEST), -1, 1),
        "Those are the training data. The new ones are asked for.": to_range(TRAINING, LOWEST, HIGHEST),
        "That is standardized, by mean and spread. Here the range from −1 to 1 is asked for.":
            (NEW - TRAINING.mean(axis=0)) / TRAINING.std(axis=0),
    },
)  # fmt: skip

# --------------------------------------------------------------------------------------- the same weight for all


def weights_of_classes(y):
    counts = np.bincount(y)
    return len(y) / (len(counts) * counts)


class_weights = FunctionExercise(
    reference=weights_of_classes,
    cases=[(np.array([0, 0, 0, 1]),), (np.array([2, 0, 2, 1, 2, 0, 2, 2, 2]),), (np.repeat([0, 1], [950, 50]),)],
    right="For 950 sound and 50 failing machines it gives the weights of section 2. Multiply: each class adds up to "
          "the same.",
    wrong={
        "Each class weighs the same now, but all of it too much: divide by the number of classes, too. Otherwise "
        "the steps become longer, as with a larger learning rate.": lambda y: len(y) / np.bincount(y),
        "Each class weighs the same now, but the weights of all samples should add up to their number.":
            lambda y: 1 / np.bincount(y),
        "Each class weighs the same now, as the largest does. But the weights of all samples should add up to their "
        "number: how much is left for each class?": lambda y: np.max(np.bincount(y)) / np.bincount(y),
        "Those are the shares of the classes. The rare class is to weigh *more*.": lambda y: np.bincount(y) / len(y),
        "Those are the numbers of samples in each class. A good start: the weight goes the other way.": np.bincount,
        "That is one weight for each sample. Wanted is one for each class.": lambda y: weights_of_classes(y)[y],
        "That works for two classes only. How many are there in `y`?": lambda y: len(y) / (2 * np.bincount(y)),
    },
)  # fmt: skip

# ------------------------------------------------------------------------------------------------- the cure

NOT_PAIRS = "Give `your_X`, with 300 rows of two numbers, and `your_y`, with a class number for each row."
NOT_NUMBERS = "There is a `nan` or an `inf` in `your_X`. Was something divided by 0?"
UNEQUAL = "The two features still differ: one is spread more than three times as wide as the other, or lies far from 0."
SORTED = "The features are fine. But look at `your_y`: the classes come one after the other."
APART = "Scaled and mixed, but neighbours hardly ever are of one class. Does each row still have its own label?"
NOT_FAR = ("Each row has its own label, and the features are alike. How large are the numbers? Standardize them, or "
           "stretch them to −1 … 1.")  # fmt: skip


def share_like_neighbour(X, y):
    """How many of the points have the class of the point that lies nearest."""
    X = X / np.maximum(X.std(axis=0), 1e-12)
    distances = np.sum((X[:, np.newaxis] - X) ** 2, axis=2)
    np.fill_diagonal(distances, np.inf)
    return np.mean(y[np.argmin(distances, axis=1)] == y)


def look_at_cure(answer):
    """The hint for data and the accuracy that a training with it reached, or None where all is well."""
    X, y, accuracy = answer
    X, y = numbers_in(X), numbers_in(y)
    if X is None or y is None or X.ndim != 2 or X.shape[1] != 2 or y.shape != (len(X),):
        return NOT_PAIRS
    if not np.all(np.isfinite(X)):
        return NOT_NUMBERS
    spreads, middles = X.std(axis=0), X.mean(axis=0)
    if spreads.max() > 3 * spreads.min() or np.any(np.abs(middles) > 2 * spreads):
        return UNEQUAL
    if np.sum(np.diff(y) != 0) < len(y) / 3:
        return SORTED
    if share_like_neighbour(X, y) < 0.55:
        return APART
    return None if accuracy > 0.55 else NOT_FAR


LINE = np.linspace(-1, 1, 12)
MIXED_Y = np.array([0, 2, 1] * 4)
ORDER = np.array([0, 4, 8] * 4) + np.repeat([0, 1, 2, 3], 3)  # mixes twelve points, four of each class
cure = OpenExercise(
    look=look_at_cure,
    right="The same network, the same optimizer, the same number of steps. Only the data had to be prepared.",
    wrong={
        NOT_PAIRS: [np.column_stack([LINE, LINE]), MIXED_Y[:5], 0.3],
        NOT_NUMBERS: [np.column_stack([LINE, LINE * np.nan]), MIXED_Y, 0.3],
        UNEQUAL: [np.column_stack([LINE, 1000 * LINE]), MIXED_Y, 0.3],
        SORTED: [np.column_stack([LINE, LINE]), np.repeat([0, 1, 2], 4), 0.4],
        APART: [np.column_stack([LINE, LINE]), MIXED_Y, 0.36],
        NOT_FAR: [np.column_stack([LINE, LINE])[ORDER] / 10, np.repeat([0, 1, 2], 4)[ORDER], 0.5],
    },
)
