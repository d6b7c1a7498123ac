"""The layers of a network: where its numbers come in, its neurons, and dropout."""

import numpy as np

__all__ = ["Layer_Input", "Layer_Dense", "Layer_Dropout"]


class Layer_Input:
    """The data, dressed as a layer, so that the first real layer has one before it (chapter 18)."""

    def forward(self, inputs, training=False):
        self.output = inputs


class Layer_Dense:
    """A layer of neurons, each of which sees every input (chapters 3, 9, 14, 17 and 19).

    n_inputs: how many numbers describe one sample.
    n_neurons: how many neurons the layer has, that is how many numbers it gives per sample.
    weight_regularizer_l1, weight_regularizer_l2, bias_regularizer_l1, bias_regularizer_l2: how hard large
        weights and biases are punished (chapter 14).
    weight_scale: the spread of the first, random weights (chapter 17 needs 0.1).

    weights has the shape (n_inputs, n_neurons), one column per neuron; biases the shape (1, n_neurons).
    """

    def __init__(
        self,
        n_inputs,
        n_neurons,
        weight_regularizer_l1=0,
        weight_regularizer_l2=0,
        bias_regularizer_l1=0,
        bias_regularizer_l2=0,
        weight_scale=0.01,
    ):
        self.weights = np.float32(weight_scale) * np.random.randn(n_inputs, n_neurons).astype(np.float32)
        self.biases = np.zeros((1, n_neurons), dtype=np.float32)
        self.weight_regularizer_l1 = weight_regularizer_l1
        self.weight_regularizer_l2 = weight_regularizer_l2
        self.bias_regularizer_l1 = bias_regularizer_l1
        self.bias_regularizer_l2 = bias_regularizer_l2

    def forward(self, inputs, training=False):
        """inputs has the shape (samples, n_inputs), output the shape (samples, n_neurons)."""
        self.inputs = inputs
        self.output = np.dot(inputs, self.weights) + self.biases

    def backward(self, dvalues):
        """From the gradient at the output, dvalues, to those at the weights, biases and inputs."""
        self.parameter_gradients(dvalues)
        self.dinputs = np.dot(dvalues, self.weights.T)

    def add_penalty(self, gradient, parameter, l1, l2):
        """Adds the slopes of the L1 and the L2 penalty of one parameter array to its gradient."""
        if l1 > 0:
            signs = np.ones_like(parameter)
            signs[parameter < 0] = -1
            gradient += l1 * signs
        if l2 > 0:
            gradient += 2 * l2 * parameter

    def parameter_gradients(self, dvalues):
        """The part of `backward` that the first layer needs: nobody asks for the slopes of the data (chapter 19)."""
        self.dweights = np.dot(self.inputs.T, dvalues)
        self.dbiases = np.sum(dvalues, axis=0, keepdims=True)
        self.add_penalty(self.dweights, self.weights, self.weight_regularizer_l1, self.weight_regularizer_l2)
        self.add_penalty(self.dbiases, self.biases, self.bias_regularizer_l1, self.bias_regularizer_l2)

    def get_parameters(self):
        """Copies of the weights and the biases, so that changing them leaves the layer alone (chapter 21)."""
        return self.weights.copy(), self.biases.copy()

    def set_parameters(self, weights, biases):
        """Takes copies of the given weights and biases, as the layer's own kind of numbers (chapter 21)."""
        self.weights = np.array(weights, dtype=self.weights.dtype)
        self.biases = np.array(biases, dtype=self.biases.dtype)


class Layer_Dropout:
    """Switches a random share of its inputs off while training (chapter 15; Srivastava et al., 2014).

    rate: the share to switch off, at least 0 and less than 1. As in the book the attribute `rate` is what is
        left: the share that stays on. What stays on is divided by it, so that the mean stays what it was.
    """

    def __init__(self, rate):
        self.rate = 1 - float(rate)

    def forward(self, inputs, training=True):
        self.inputs = inputs
        if not training:
            self.output = inputs.copy()
            return
        self.binary_mask = self.draw_mask(inputs.shape).astype(inputs.dtype) / self.rate
        self.output = inputs * self.binary_mask

    def draw_mask(self, shape):
        """True where an input stays on: the same as np.random.binomial(1, rate, shape), in less time."""
        draws = np.random.random_sample(shape)
        return draws <= self.rate if self.rate > 0.5 else draws > 1 - self.rate

    def backward(self, dvalues):
        self.dinputs = dvalues * self.binary_mask
