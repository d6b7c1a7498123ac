"""The book's arithmetic as its chapters first write it down, for the clock.

The formulas are those of tests/reference.py, which the package equals bit for bit. Here three of them are
spelled as the book spells them, since that is what takes the time: it clips all probabilities and then picks,
counts samples with `range`, and its dropout and its sine data are float64 by accident. As in the book,
`nnfs.init()` is called once, and stays.
"""

import numpy as np

from benchmarks import workloads
from tests import reference


def clip_then_pick(probabilities, labels):
    clipped = np.clip(probabilities, 1e-7, 1 - 1e-7)
    return -np.log(clipped[range(len(probabilities)), labels])


def softmax_and_categorical_backward(probabilities, labels):
    dinputs = probabilities.copy()
    dinputs[range(len(probabilities)), labels] -= 1
    return dinputs / len(probabilities)


def dropout_mask(shape, rate):
    return np.random.binomial(1, 1 - rate, size=shape) / (1 - rate)


def start():
    """Only in a process that does nothing else: what is replaced here stays replaced."""
    import nnfs

    nnfs.init()
    reference.categorical_losses = clip_then_pick
    reference.softmax_and_categorical_backward = softmax_and_categorical_backward
    reference.dropout_mask = dropout_mask


def new_layers(name):
    np.random.seed(0)
    sizes = workloads.WORKLOADS[name].sizes
    layers = [reference.new_dense(*pair, weight_scale=0.1 if name == "W3" else 0.01) for pair in zip(sizes, sizes[1:])]
    if name.startswith("W2"):
        layers[0]["penalties"] = {"weights": (0, workloads.L2), "biases": (0, workloads.L2)}
    return layers


def make(name):
    """Returns a function that makes a fresh start and returns another: `run(n)` does n units of the workload."""
    if name.startswith("W6"):
        output, dvalues = workloads.probabilities_and_gradient(name)
        return lambda: lambda n: [reference.softmax_backward(output, dvalues) for _ in range(n)]
    X, y = workloads.data(name)
    if name == "W5":
        return lambda: predicting(new_layers(name), X)
    if name == "W3":
        X, y = X.astype(np.float64), y.astype(np.float64)
    return lambda: training(name, new_layers(name), X, y)


def predicting(layers, X):
    pieces = [X[start : start + workloads.PIECE] for start in range(0, len(X), workloads.PIECE)]

    def run(n):
        for _ in range(n):
            np.vstack([reference.network_forward(layers, piece, "softmax") for piece in pieces])

    return run


def training(name, layers, X, y):
    workload = workloads.WORKLOADS[name]
    kind = "linear" if workload.kind == "numbers" else "softmax"
    dropout = workloads.DROPOUT if name.startswith("W2") else 0
    precision = np.std(y) / 250
    steps_done = 0

    def step(X, y):
        nonlocal steps_done
        output = reference.network_forward(layers, X, kind, dropout)
        loss = np.mean(reference.network_losses(output, y, kind)) + reference.penalty(layers)
        right = np.abs(output - y) < precision if kind == "linear" else np.argmax(output, axis=1) == y
        figures = loss, np.mean(right)
        reference.network_backward(layers, output, y, kind)
        reference.update(layers, reference.adam, workloads.SETTINGS[name], steps_done)
        steps_done += 1
        return figures

    def run(n):
        for _ in range(n):
            for first in range(0, workload.samples, workload.batch):
                step(X[first : first + workload.batch], y[first : first + workload.batch])

    run.layers = layers
    return run
