"""The exercises of chapter 4, Activation Functions."""

import numpy as np

from nnfs_helpers.check import Exercise, FunctionExercise, OpenExercise
from nnfs_helpers.figures.bends import hat

# ------------------------------------------------------------------------------- the wave as dense layers

pair_weights = Exercise(
    answer=-np.eye(8),
    right="Each neuron reads its partner and no other: a weight of 0 is as good as no connection.",
    wrong={
        "Each neuron listens to its own partner, but the second neuron of a pair turns the line over. Which weight "
        "did it have in section 3?": np.eye(8),
        "Now each neuron reads all eight neurons of the layer before. It is to read its partner alone.":
            -np.ones((8, 8)),
        "−8 is the weight of the first neuron of each pair. The second one only turns the line over.":
            -8 * np.eye(8),
    },
)  # fmt: skip

# ------------------------------------------------------------------------------- softmax with temperature


def softmax(scores):
    with np.errstate(over="ignore", invalid="ignore"):  # some of the wrong answers below overflow on purpose
        exponentials = np.exp(scores)
        return exponentials / np.sum(exponentials, axis=1, keepdims=True)


def shifted(scores):
    return scores - np.max(scores, axis=1, keepdims=True)


def shifted_by_one_number(scores):
    with np.errstate(invalid="ignore", divide="ignore"):
        return softmax(scores - np.max(scores))


def without_keepdims(scores, temperature):
    exponentials = np.exp(shifted(scores / temperature))
    return exponentials / np.sum(exponentials, axis=1)


def by_columns(scores, temperature):
    exponentials = np.exp(shifted(scores / temperature))
    return exponentials / np.sum(exponentials, axis=0)


# Not as many samples as classes: so a forgotten keepdims is an error, wherever it was forgotten.
SCORES = np.array([[4.8, 1.21, 2.385], [8.9, -1.81, 0.2]])
LARGE_SCORES = np.array([[1000.0, 998.0], [-3000.0, 2000.0], [-7000.0, -7000.0]])

softmax_with_temperature = FunctionExercise(
    reference=lambda scores, temperature: softmax(shifted(scores / temperature)),
    cases=[(SCORES, 2.0), (SCORES, 0.5), (LARGE_SCORES, 1.25)],
    right="It kept its head even at scores of 2000, and every row has the sum 1.",
    wrong={
        "The temperature has no effect yet: divide the scores by it, before anything else.":
            lambda scores, temperature: softmax(shifted(scores)),
        "You multiply by the temperature, so that more heat makes it surer. Divide.":
            lambda scores, temperature: softmax(shifted(scores * temperature)),
        "The temperature divides the scores, not the probabilities: now the rows no longer have the sum 1.":
            lambda scores, temperature: softmax(shifted(scores)) / temperature,
        "Ordinary scores are right, large ones overflow: subtract the largest score of each row first.":
            lambda scores, temperature: softmax(scores / temperature),
        "Each row needs its own largest score: `np.max` with `axis=1` and `keepdims=True`.":
            lambda scores, temperature: shifted_by_one_number(scores / temperature),
        "The sums (or the largest scores) do not fit to the rows: keep them as a column, with `keepdims=True`.":
            without_keepdims,
        "You sum over the columns. Each row is a sample: `axis=1`, with `keepdims=True`.": by_columns,
    },
)  # fmt: skip

# ---------------------------------------------------------------------------------------- a hat of bricks

PLACES = np.linspace(0.0, 1.0, 201)
THREE_NUMBERS = "Each brick is a bracket with three numbers: (weight, bias, out-weight)."
LEFT = "Left of 0.25 the sum should be 0. Which brick is at work there? It bends at −bias / weight."
TOP = ("From 0.25 to 0.5 the sum should climb straight from 0 to 1. Only the first brick works there, and its slope is "
       "weight × out-weight.")  # fmt: skip
DOWN = ("From 0.5 to 0.75 the hat falls as steeply as it rose. To turn a climb into a fall, the second brick "
        "must be stronger than the first.")  # fmt: skip
RIGHT = "Right of 0.75 the sum should be 0 and stay 0: a third bend has to stop the fall."


def brick_line(weight, bias, out_weight):
    return out_weight * np.maximum(0, weight * PLACES + bias)


def look_at_hat(bricks):
    """The hint for a list of bricks, or None where their sum is the hat."""
    try:
        lines = [brick_line(*map(float, brick)) for brick in bricks]
    except TypeError:
        return THREE_NUMBERS
    wrong = ~np.isclose(sum(lines), hat(PLACES), atol=1e-3)
    for end, hint in ((0.25, LEFT), (0.5, TOP), (0.75, DOWN), (1.0, RIGHT)):
        if np.any(wrong[PLACES <= end + 1e-9]):
            return hint
    return None


hat_bricks = OpenExercise(
    look=look_at_hat,
    right="Three bends, and left and right the sum is 0. With hats side by side you can come near any smooth curve.",
    wrong={
        THREE_NUMBERS: [(4, -1, 1), (4, -2), (4, -3, 1)],
        LEFT: [(4, 0, 1), (4, -2, -2), (4, -3, 1)],
        TOP: [(4, -1, 1), (4, -1.5, -2), (4, -3, 1)],
        DOWN: [(4, -1, 1), (4, -2, -1), (4, -3, 1)],
        RIGHT: [(4, -1, 1), (4, -2, -2), (4, -3, 0)],
    },
)
