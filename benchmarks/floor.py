"""The floor: the matrix products that a workload cannot do without, into arrays that are there already.

With PASSES, also one pass over memory for each elementwise step that cannot be left out: a bias added, ReLU and
its slope, dropout there and back, and what Adam has to read and write. Random numbers are not counted.
"""

import numpy as np

from benchmarks import workloads

PASSES = False


def start():
    pass


def make(name):
    """Returns a function that makes a fresh start and returns another: `run(n)` does n units of the workload."""
    return lambda: softmax_floor(name) if name.startswith("W6") else network_floor(name)


def softmax_floor(name):
    """No product at all: one pass."""
    output, dvalues = workloads.probabilities_and_gradient(name)
    result = np.empty_like(output)

    def run(n):
        for _ in range(n):
            np.multiply(output, dvalues, out=result)

    return run


def network_floor(name):
    workload = workloads.WORKLOADS[name]
    X, _ = workloads.data(name)
    learns = name != "W5"
    random = np.random.RandomState(0)
    layers = []
    for depth, (n_inputs, n_neurons) in enumerate(zip(workload.sizes, workload.sizes[1:])):
        layers.append(Layer(n_inputs, n_neurons, workload.batch, random))
        layers[-1].is_first = depth == 0
    layers[-1].is_last = True
    if name.startswith("W2"):
        layers[0].mask = np.ones((workload.batch, workload.sizes[1]), dtype=np.float32)

    def run(n):
        for _ in range(n):
            for first in range(0, workload.samples, workload.batch):
                numbers = X[first : first + workload.batch]
                for layer in layers:
                    numbers = layer.forward(numbers)
                if learns:
                    for layer in reversed(layers):
                        numbers = layer.backward(numbers)

    return run


class Layer:
    is_first = is_last = False
    mask = None

    def __init__(self, n_inputs, n_neurons, samples, random):
        self.weights = (random.randn(n_inputs, n_neurons) / np.sqrt(n_inputs)).astype(np.float32)
        self.biases = np.zeros((1, n_neurons), dtype=np.float32)
        self.dweights, self.momentums = np.empty_like(self.weights), np.zeros_like(self.weights)
        self.output = np.empty((samples, n_neurons), dtype=np.float32)
        self.dinputs = np.empty((samples, n_inputs), dtype=np.float32)

    def forward(self, inputs):
        self.inputs, output = inputs, self.output[: len(inputs)]
        np.dot(inputs, self.weights, out=output)
        if PASSES:
            np.add(output, self.biases, out=output)
            if self.mask is not None:
                np.multiply(output, self.mask, out=output)
            if self.is_last:
                np.exp(output, out=output)
            else:
                np.maximum(output, 0, out=output)
        return output

    def backward(self, dvalues):
        if PASSES and not self.is_last:
            np.multiply(dvalues, self.output, out=dvalues)  # the slope of ReLU
            if self.mask is not None:
                np.multiply(dvalues, self.mask, out=dvalues)
        np.dot(self.inputs.T, dvalues, out=self.dweights)
        if PASSES:
            np.add.reduce(dvalues, axis=0)
            np.multiply(self.momentums, 0.9, out=self.momentums)
            np.add(self.momentums, self.dweights, out=self.momentums)
            np.sqrt(np.abs(self.dweights, out=self.dweights), out=self.dweights)
        if self.is_first:
            return None
        np.dot(dvalues, self.weights.T, out=self.dinputs)
        return self.dinputs
