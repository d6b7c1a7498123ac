"""The exercises of chapter 3, Adding Layers."""

import numpy as np

from nnfs_helpers.check import Exercise, FunctionExercise, OpenExercise

# ------------------------------------------------------------------------------------------- a third layer

LAYER1_OUTPUTS = np.array([[4.8, 1.21, 2.385], [8.9, -1.81, 0.2], [1.41, 1.051, 0.026]])
LAYER2_OUTPUTS = np.array([[0.5031, -1.04185, -2.03875], [0.2434, -2.7332, -5.7633], [-0.99314, 1.41254, -0.35655]])
WEIGHTS3 = np.array([[0.3, -0.2, 0.5], [0.1, 0.4, -0.6], [-0.7, 0.2, 0.1]])
BIASES3 = np.array([1.0, -1.0, 0.5])

third_layer = Exercise(
    answer=np.dot(LAYER2_OUTPUTS, WEIGHTS3.T) + BIASES3,
    right="Three samples went through three layers, and each layer only saw what the one before it gave.",
    wrong={
        "The weights are stored one row per neuron: as in section 1 they need `.T`. Nothing warned you, because three "
        "neurons with three inputs make a square array.": np.dot(LAYER2_OUTPUTS, WEIGHTS3) + BIASES3,
        "The biases are missing.": np.dot(LAYER2_OUTPUTS, WEIGHTS3.T),
        "The batch comes first, then the weights: with the weights first, each neuron's weights meet a column of the "
        "batch, and that is not a sample.": np.dot(WEIGHTS3, LAYER2_OUTPUTS) + BIASES3,
        "This is what the third layer makes of `layer1_outputs`. It comes after layer 2, so it gets "
        "`layer2_outputs`.": np.dot(LAYER1_OUTPUTS, WEIGHTS3.T) + BIASES3,
    },
)

# -------------------------------------------------------------------------------------- counting parameters


def parameters(sizes):
    return sum((n_inputs + 1) * n_neurons for n_inputs, n_neurons in zip(sizes, sizes[1:]))


def weights_only(sizes):
    return sum(n_inputs * n_neurons for n_inputs, n_neurons in zip(sizes, sizes[1:]))


def biases_for_inputs(sizes):
    return sum(n_inputs * (n_neurons + 1) for n_inputs, n_neurons in zip(sizes, sizes[1:]))


def first_layer_only(sizes):
    return (sizes[0] + 1) * sizes[1]


def last_layer_only(sizes):
    return (sizes[-2] + 1) * sizes[-1]


def neurons_only(sizes):
    return sum(sizes[1:])


count_parameters = FunctionExercise(
    reference=parameters,
    cases=[([784, 16, 16, 10],), ([2, 64, 3],), ([4, 3],)],
    right="Your function knows the size of every network that you will build up to chapter 22.",
    wrong={
        "Each neuron also has a bias: add one per neuron.": weights_only,
        "You gave a bias to each input. Biases belong to the neurons: (inputs + 1) × neurons.": biases_for_inputs,
        "That is the first layer alone. Is the `return` inside the loop? Then the function ends after one "
        "round.": first_layer_only,
        "That is the last layer alone. Does your total add up (`+=`), or start again in each "
        "round?": last_layer_only,
        "You counted neurons. Each of them has one weight per input, and a bias.": neurons_only,
    },
)

# ------------------------------------------------------------------------------------------------ a border

BORDER = 0.5
SHAPES = ("Weights of shape (2, 2) and biases of shape (1, 2) are asked for: two inputs, two neurons. Biases of shape "
          "(1, 2) have two pairs of brackets.")
ONE_WINNER = "The same neuron wins everywhere, or both are always equal. Their numbers must differ, and depend on x."
SWAPPED = "The border is where it should be, but neuron 1 wins on the left. Swap the two neurons."
TILTED = "Your border is not upright: the winner depends on y. The first row of the weights is for x, the second for y."
MISPLACED = "Your border is upright, but not at x = 0.5. The biases move it: where are both neurons equal?"


def look_at_border(answer):
    """The hint for the weights and biases of the two neurons, or None where the border is as it should be."""
    weights, biases = (np.asarray(array, dtype=float) for array in answer)
    if weights.shape != (2, 2) or biases.shape != (1, 2):
        return SHAPES
    # Neuron 1 wins where this is positive: slope_x * x + slope_y * y + offset.
    slope_x, slope_y = weights[:, 1] - weights[:, 0]
    offset = biases[0, 1] - biases[0, 0]
    if slope_x == slope_y == 0:
        return ONE_WINNER
    if abs(slope_y) > 1e-6 * abs(slope_x):
        return TILTED
    if not np.isclose(-offset / slope_x, BORDER, atol=1e-3):
        return MISPLACED
    return SWAPPED if slope_x < 0 else None


border = OpenExercise(
    look=look_at_border,
    right="The weights say which way the border runs, the biases say where. A layer cannot bend it.",
    wrong={
        SHAPES: [[0.0, 1.0], [0.0, -0.5]],
        ONE_WINNER: [[[0.0, 0.0], [0.0, 0.0]], [[0.0, -0.5]]],
        TILTED: [[[0.0, 0.0], [0.0, 1.0]], [[0.0, -0.5]]],
        MISPLACED: [[[0.0, 1.0], [0.0, 0.0]], [[0.0, 0.5]]],
        SWAPPED: [[[1.0, 0.0], [0.0, 0.0]], [[-0.5, 0.0]]],
    },
)
