"""The activation functions: what a layer's output goes through before it reaches the next layer."""

import numpy as np

__all__ = ["Activation_ReLU", "Activation_Softmax", "Activation_Sigmoid", "Activation_Linear"]


class Activation_ReLU:
    """Lets what is above zero through and makes the rest zero (chapters 4 and 9)."""

    def forward(self, inputs, training=False):
        self.inputs = inputs
        self.output = np.maximum(0, inputs)

    def backward(self, dvalues):
        """The slope is 1 where the input was above zero and 0 elsewhere."""
        self.dinputs = dvalues * (self.inputs > 0)

    def predictions(self, outputs):
        return outputs


class Activation_Softmax:
    """Turns each sample's scores into probabilities: none negative, with the sum 1 (chapters 4 and 9)."""

    def forward(self, inputs, training=False):
        self.inputs = inputs
        # Minus the largest score: the probabilities stay the same and no exponential overflows.
        exponentials = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = exponentials / np.sum(exponentials, axis=1, keepdims=True)

    def backward(self, dvalues):
        """The Jacobian matrix of each sample times its row of dvalues, for all samples at once."""
        weighted = self.output * dvalues
        self.dinputs = weighted - self.output * np.sum(weighted, axis=1, keepdims=True)

    def predictions(self, outputs):
        """The number of the most probable class, one per sample."""
        return np.argmax(outputs, axis=1)


class Activation_Sigmoid:
    """Squeezes every number into the range from 0 to 1 (chapter 16)."""

    def forward(self, inputs, training=False):
        self.inputs = inputs
        # The exponential of a large number is infinite, and 1 / infinity is 0: the right answer.
        with np.errstate(over="ignore"):
            self.output = 1 / (1 + np.exp(-inputs))

    def backward(self, dvalues):
        self.dinputs = dvalues * (1 - self.output) * self.output

    def predictions(self, outputs):
        """1 where the output is above one half, else 0."""
        return (outputs > 0.5) * 1


class Activation_Linear:
    """Changes nothing: the output of a network that predicts numbers, not classes (chapter 17)."""

    def forward(self, inputs, training=False):
        self.inputs = inputs
        self.output = inputs

    def backward(self, dvalues):
        self.dinputs = dvalues.copy()

    def predictions(self, outputs):
        return outputs
