"""The exercises of chapter 14, L1 and L2 Regularization."""

import numpy as np

from nnfs_helpers.check import Exercise, FunctionExercise, OpenExercise

# ------------------------------------------------------------------------------------------ the whole bill

whole_bill = Exercise(
    answer=[0.655, 0.14, -0.16, 0.1],
    right="Price and slopes, each with its own strength. The sign of a slope is that of its weight.",
    wrong={
        "The penalty counts the *size* of each weight: −3 costs 3. You added the weights with their signs.":
            [0.055, 0.14, -0.16, 0.1],
        "The slopes of L2 have a 2 in them: the slope of w² is 2w.": [0.655, 0.12, -0.13, 0.05],
        "The bias has a price too: add it to the penalty.": [0.63, 0.14, -0.16, 0.1],
        "Look at the second weight: it is negative, so its slopes are negative.": [0.655, 0.14, 0.16, 0.1],
        "The L1 part of a slope is the strength with a *sign*. You multiplied by the size.": [0.655, 0.24, -0.36, 0.1],
        "Weights have two prices, L1 and L2. The slopes of L1 are missing.": [0.655, 0.04, -0.06, 0.1],
        "Weights have two prices, L1 and L2. The slopes of L2 are missing.": [0.655, 0.1, -0.1, 0.1],
        "The bias has an L2 price only: its slope is 2 · strength · bias, without a sign.":
            [0.655, 0.14, -0.16, 0.2],
        "All is right but the bias: its slope has a 2 in it, too.": [0.655, 0.14, -0.16, 0.05],
        "These texts with λ/2 … Here L2 has no ½, neither in the price nor in the slope.": [0.5775, 0.12, -0.13, 0.05],
        "Those are the steps. What is *added to the gradients* has the sign of the weight.": [0.655, -0.14, 0.16, -0.1],
    },
)  # fmt: skip

# -------------------------------------------------------------------------------- a price with a free part

WEIGHTS = np.array([[0.5, -0.3, 2.0], [-3.0, 1.5, -1.2]])
MORE_WEIGHTS = np.array([-2.5, -0.9, 0.4, 1.1, 4.0])


def too_much(weights):
    return np.maximum(0, np.abs(weights) - 1)


free_part_slopes = FunctionExercise(
    reference=lambda weights, strength: 2 * strength * too_much(weights) * np.sign(weights),
    cases=[(WEIGHTS, 0.1), (MORE_WEIGHTS, 2.0), (np.array([0.1, -0.8]), 1.0)],
    right="At 1 and −1 it has no kink: the slope begins at 0. A price that leaves ordinary weights alone.",
    wrong={
        "Those are prices. Wanted are the slopes.": lambda weights, strength: strength * too_much(weights) ** 2,
        "You have one number, the whole price. Wanted is a slope for each weight.":
            lambda weights, strength: strength * np.sum(too_much(weights) ** 2),
        "For negative weights the slope is negative: their size grows to the left. A sign is missing.":
            lambda weights, strength: 2 * strength * too_much(weights),
        "The slope of a square has a 2 in it.":
            lambda weights, strength: strength * too_much(weights) * np.sign(weights),
        "Weights between −1 and 1 are free: their slope is 0.":
            lambda weights, strength: 2 * strength * (np.abs(weights) - 1) * np.sign(weights),
        "That is plain L2. Here only what goes beyond 1 counts.": lambda weights, strength: 2 * strength * weights,
        "Right outside of −1 to 1 in sign, but count only what goes beyond 1, not the whole weight.":
            lambda weights, strength: 2 * strength * weights * (np.abs(weights) > 1),
        "Outside of −1 to 1 that is the slope of L1. Here the *square* of what goes beyond 1 is charged.":
            lambda weights, strength: strength * np.sign(weights) * (np.abs(weights) > 1),
        "Below −1 you measure from the wrong end: it is size − 1, and a sign.":
            lambda weights, strength: 2 * strength * (weights - 1) * (np.abs(weights) > 1),
    },
)  # fmt: skip

# -------------------------------------------------------------------------------------- half of it is enough

NOT_A_NETWORK = "Give what `squeezed(...)` returns: a list of three layers."
KEPT_MORE = "Fewer than 160 weights are near 0. Which price brings weights to 0? Then: a higher strength, more epochs."
LOST_THE_SPIRAL = "Enough weights are near 0, but too many of the new points are wrong now. A little less would do."


class Stub:
    """Stands in for a layer in the wrong answers."""

    def __init__(self, weights=None, biases=None):
        if weights is not None:
            self.weights, self.biases = weights, biases


def look_at_network(network):
    """The hint for a squeezed network, or None where half of it is gone and it still knows the spiral."""
    is_network = isinstance(network, (list, tuple)) and len(network) == 3
    if not is_network or not all(hasattr(network[place], "weights") for place in (0, 2)):
        return NOT_A_NETWORK
    weights = np.concatenate([np.ravel(network[place].weights) for place in (0, 2)])
    if np.sum(np.abs(weights) < 0.01) < 160:
        return KEPT_MORE
    return None if accuracy_on_new_points(network) >= 0.75 else LOST_THE_SPIRAL


def accuracy_on_new_points(network):
    """As in the chapter: 300 points for each arm, drawn with seed 1."""
    from nnfs.datasets import spiral_data

    from nnfs_helpers.precision import book_precision

    with book_precision(seed=1):
        points, labels = spiral_data(samples=300, classes=3)
    first, last = network[0], network[2]
    hidden = np.maximum(0, points @ first.weights + first.biases)
    return np.mean(np.argmax(hidden @ last.weights + last.biases, axis=1) == labels)


def stub_network(weights):
    first = Stub(np.full((2, 64), weights), np.zeros((1, 64)))
    return [first, Stub(), Stub(np.full((64, 3), weights), np.zeros((1, 3)))]


half_is_enough = OpenExercise(
    look=look_at_network,
    right="Half of the weights could be left out, and the spiral is still there. Networks are made smaller that way.",
    wrong={
        NOT_A_NETWORK: 0.001,
        KEPT_MORE: stub_network(0.5),
        LOST_THE_SPIRAL: stub_network(0.0),
    },
)
