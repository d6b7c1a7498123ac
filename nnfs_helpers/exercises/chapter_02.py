"""Exercises of chapter 2, Coding Our First Neurons."""

import numpy as np

from nnfs_helpers.check import Exercise, FunctionExercise, OpenExercise
from nnfs_helpers.figures.vectors import letter_batch

# ------------------------------------------------------------------------------------------ one neuron

one_neuron = Exercise(
    answer=35.7,
    right="Three products and one bias, nothing more.",
    wrong={
        "The bias is missing: add it once, after the three products.": 32.7,
        "The bias is added once for the whole neuron, not once for each input.": 41.7,
        "Each input is multiplied by its own weight; only the products are added up.": 119.76,
    },
)

# ------------------------------------------------------------------------------------- a layer for a batch

# A square matrix of weights, with which a forgotten transpose goes unnoticed, and one that is not square.
SQUARE = (
    np.array([[1.0, 2.0], [3.0, 4.0], [-1.0, 0.5]]),
    np.array([[10.0, 1.0], [0.5, 5.0]]),
    np.array([0.25, -2.0]),
)
WIDE = (
    np.array([[1.0, -2.0, 3.0], [0.5, 4.0, -1.0]]),
    np.array([[0.2, 0.8, -0.5], [1.0, -0.9, 0.3], [0.1, 0.4, 2.0], [-0.6, 0.7, 0.9]]),
    np.array([2.0, 3.0, 0.5, -1.0]),
)

batch_layer = FunctionExercise(
    reference=lambda batch, weights, biases: np.dot(batch, np.transpose(weights)) + biases,
    cases=[SQUARE, WIDE],
    right="Two batches of different shapes went through it, and every number is right.",
    wrong={
        "The transpose is missing: the inputs of the batch must meet the inputs of the weights. Use `weights.T`.":
            lambda batch, weights, biases: np.dot(batch, weights) + biases,
        "The biases are missing: add them after the matrix product.":
            lambda batch, weights, biases: np.dot(batch, weights.T),
        "Rows and columns are swapped: put the batch first, so that each sample keeps its row.":
            lambda batch, weights, biases: (np.dot(batch, weights.T) + biases).T,
        "The batch comes first and the weights are transposed: `np.dot(batch, weights.T)`.":
            lambda batch, weights, biases: np.dot(weights, batch) + biases,
    },
)  # fmt: skip

# --------------------------------------------------------------------------------- neurons that read letters

WEIGHT_SHAPE = "`letter_weights` needs the shape (3, 25): a row for each neuron, a column for each dot."
BIAS_SHAPE = "`letter_biases` needs the shape (3,): one number for each neuron."
SAME_ON_I = ("Look at the letter I: neuron T is as strong there as neuron I, for all the ink of I is ink of T, too. "
             "Which bias makes neuron T harder to please?")  # fmt: skip
NOT_STRONGEST = ("Not every letter has its own neuron as the strongest: find the letter in the picture where "
                 "another one wins.")  # fmt: skip


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
