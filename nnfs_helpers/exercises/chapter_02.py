"""Exercises of chapter 2, Coding Our First Neurons."""

import numpy as np

from nnfs_helpers.check import FunctionExercise, OpenExercise
from nnfs_helpers.figures.vectors import letter_batch

# ------------------------------------------------------------------------------------------ one neuron

NO_BIAS = "The output lacks the bias: add it once, after the three products."
BIAS_THREE_TIMES = "The bias is added once for the whole neuron, not once for each input."
ALL_TIMES_ALL = "Each input is multiplied by its own weight; only the products are added up."
WRONG_OUTPUT = "`turn_output` is not right yet: three products and the bias, added up."
OLD_BIAS_STAYS = "The output is right. But the new bias takes the place of the old one: it need not make up for it."
WRONG_BIAS = "The output is right. For `zero_bias`: which number, added to the three products, gives 0?"
WRONG_OUTPUTS = {32.7: NO_BIAS, 41.7: BIAS_THREE_TIMES, 119.76: ALL_TIMES_ALL}


def near(number, right):
    return bool(np.isclose(number, right, rtol=0, atol=1e-3))


def look_at_neuron(answer):
    """The hint for an output and a bias that makes it 0, or None where both are right."""
    output, zero_bias = (float(part) for part in answer)
    if not near(output, 35.7):
        return next((hint for wrong, hint in WRONG_OUTPUTS.items() if near(output, wrong)), WRONG_OUTPUT)
    if near(zero_bias, -32.7):
        return None
    return OLD_BIAS_STAYS if near(zero_bias, -35.7) else WRONG_BIAS


one_neuron = OpenExercise(
    look=look_at_neuron,
    right="The bias shifts the output, whatever comes in: it can lift it, or pull it down to 0.",
    wrong={
        NO_BIAS: (32.7, -32.7),
        BIAS_THREE_TIMES: (41.7, -32.7),
        ALL_TIMES_ALL: (119.76, -116.76),
        WRONG_OUTPUT: (14.5, 0),
        OLD_BIAS_STAYS: (35.7, -35.7),
        WRONG_BIAS: (35.7, 32.7),
    },
)

# ------------------------------------------------------------------------------- a layer for samples in columns

# With as many samples as inputs and neurons, NumPy accepts every mistake; with other sizes it complains.
SQUARE = (
    np.array([[1.0, 3.0], [2.0, 4.0]]),
    np.array([[10.0, 1.0], [0.5, 5.0]]),
    np.array([0.25, -2.0]),
)
WIDE = (
    np.array([[1.0, 0.5], [-2.0, 4.0], [3.0, -1.0]]),
    np.array([[0.2, 0.8, -0.5], [1.0, -0.9, 0.3], [0.1, 0.4, 2.0], [-0.6, 0.7, 0.9]]),
    np.array([2.0, 3.0, 0.5, -1.0]),
)

layer_for_columns = FunctionExercise(
    reference=lambda columns, weights, biases: np.dot(columns.T, weights.T) + biases,
    cases=[SQUARE, WIDE],
    right="Two batches went through it, and every number is right. (With loops? One line of NumPy does it, too.)",
    wrong={
        "The samples still are columns: turn the batch before you multiply.":
            lambda columns, weights, biases: np.dot(columns, weights.T) + biases,
        "The batch is turned. But its inputs must meet the inputs of the weights: one more thing to transpose.":
            lambda columns, weights, biases: np.dot(columns.T, weights) + biases,
        "The biases are missing: add them after the matrix product.":
            lambda columns, weights, biases: np.dot(columns.T, weights.T),
        "Every number is right, but each sample should have a row: now each has a column.":
            lambda columns, weights, biases: (np.dot(columns.T, weights.T) + biases).T,
        "In that product each neuron has a row, so the biases are added in the wrong direction. Make rows of the "
        "samples first.":
            lambda columns, weights, biases: np.dot(weights, columns) + biases,
    },
)  # fmt: skip

# --------------------------------------------------------------------------------- neurons that read letters

WEIGHT_SHAPE = "`letter_weights` needs the shape (3, 25): a row for each neuron, a column for each dot."
BIAS_SHAPE = "`letter_biases` needs the shape (3,): one number for each neuron."
SAME_ON_I = ("Look at the letter I: neuron T is as strong there as neuron I, for all the ink of I is ink of T, too. "
             "Which bias makes neuron T harder to please?")  # fmt: skip
NOT_STRONGEST = ("Not every letter has its own neuron as the strongest: find the letter in the picture where "
                 "another one is as strong or stronger.")  # fmt: skip


def look_at_letters(answer):
    """The hint for weights and biases, or None where each letter is read by its own neuron."""
    weights, biases = (np.asarray(part, dtype=float) for part in answer)
    if weights.shape != (3, 25):
        return WEIGHT_SHAPE
    if biases.shape != (3,):
        return BIAS_SHAPE
    outputs = np.dot(letter_batch(), weights.T) + biases
    own = outputs.diagonal()
    others = np.where(np.eye(3, dtype=bool), -np.inf, outputs).max(axis=1)
    if np.all(own > others):
        return None
    if np.all(own[1:] > others[1:]) and outputs[0, 2] == own[0] > outputs[0, 1]:
        return SAME_ON_I
    return NOT_STRONGEST


letters = OpenExercise(
    look=look_at_letters,
    right="Each letter makes its own neuron answer loudest: this layer can read three letters.",
    wrong={
        WEIGHT_SHAPE: (letter_batch().T, np.zeros(3)),
        BIAS_SHAPE: (letter_batch(), np.zeros((1, 3))),
        SAME_ON_I: (letter_batch(), np.zeros(3)),
        NOT_STRONGEST: (letter_batch(), np.array([0.0, 0.0, -5.0])),
    },
)
