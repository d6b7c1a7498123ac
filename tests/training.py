"""Training runs, written out as the chapters write them with the package's classes, that several tests share."""

from functools import cache

import numpy as np
from nnfs.datasets import sine_data, spiral_data

from nnfs_helpers import (
    Accuracy_Categorical,
    Accuracy_Regression,
    Activation_Linear,
    Activation_ReLU,
    Activation_Sigmoid,
    Activation_Softmax_Loss_CategoricalCrossentropy,
    Layer_Dense,
    Layer_Dropout,
    Loss_BinaryCrossentropy,
    Loss_MeanSquaredError,
    Model,
    Optimizer_Adagrad,
    Optimizer_Adam,
    Optimizer_RMSprop,
    Optimizer_SGD,
)
from nnfs_helpers.precision import book_precision

L2 = {"weight_regularizer_l2": 5e-4, "bias_regularizer_l2": 5e-4}
CHAPTER_10 = {
    "c10_sgd": lambda: Optimizer_SGD(),
    "c10_sgd_085": lambda: Optimizer_SGD(learning_rate=0.85),
    "c10_sgd_decay2": lambda: Optimizer_SGD(decay=1e-2),
    "c10_sgd_decay3": lambda: Optimizer_SGD(decay=1e-3),
    "c10_sgd_mom09": lambda: Optimizer_SGD(decay=1e-3, momentum=0.9),
    "c10_rmsprop_1": lambda: Optimizer_RMSprop(decay=1e-4),
    "c10_adam_1": lambda: Optimizer_Adam(learning_rate=0.02, decay=1e-5),
    "c10_adam_2": lambda: Optimizer_Adam(learning_rate=0.05, decay=5e-7),
    "adagrad": lambda: Optimizer_Adagrad(decay=1e-4),
    "rmsprop": lambda: Optimizer_RMSprop(learning_rate=0.02, decay=1e-5, rho=0.999),
    "momentum": lambda: Optimizer_SGD(decay=1e-3, momentum=0.5),
}
CHAPTER_17 = {
    "c17_final": (0.1, [1, 64, 64, 1], {"learning_rate": 0.005, "decay": 1e-3}),
    "c17_1_64_1": (0.01, [1, 64, 1], {}),
    "c17_001_adam": (0.01, [1, 64, 64, 1], {}),
    "c17_001_lr01": (0.01, [1, 64, 64, 1], {"learning_rate": 0.01, "decay": 1e-3}),
    "c17_001_lr005": (0.01, [1, 64, 64, 1], {"learning_rate": 0.005, "decay": 1e-3}),
    "c17_01_adam": (0.1, [1, 64, 64, 1], {}),
    "c17_01_lr05": (0.1, [1, 64, 64, 1], {"learning_rate": 0.05, "decay": 1e-3}),
    "c17_01_lr005": (0.1, [1, 64, 64, 1], {"learning_rate": 0.005, "decay": 1e-3}),
}


class SoftmaxEnd:
    """The end of a network that tells classes apart: softmax, its loss and its accuracy."""

    def __init__(self):
        self.both = Activation_Softmax_Loss_CategoricalCrossentropy()
        self.accuracy = Accuracy_Categorical()
        self.loss = self.both.loss

    def forward(self, inputs, targets):
        data_loss = self.both.forward(inputs, targets)
        self.output = self.both.output
        return data_loss

    def right(self, targets):
        return self.accuracy.calculate(np.argmax(self.output, axis=1), targets)

    def backward(self, targets):
        self.both.backward(self.output, targets)
        self.dinputs = self.both.dinputs


class OtherEnd:
    """An end whose activation function and loss go one after the other (chapters 16 and 17)."""

    def __init__(self, activation, loss, accuracy):
        self.activation, self.loss, self.accuracy = activation, loss, accuracy

    def forward(self, inputs, targets):
        self.activation.forward(inputs)
        self.output = self.activation.output
        return self.loss.calculate(self.output, targets)

    def right(self, targets):
        self.accuracy.init(targets)
        return self.accuracy.calculate(self.activation.predictions(self.output), targets)

    def backward(self, targets):
        self.loss.backward(self.output, targets)
        self.activation.backward(self.loss.dinputs)
        self.dinputs = self.activation.dinputs


def sigmoid_end():
    return OtherEnd(Activation_Sigmoid(), Loss_BinaryCrossentropy(), Accuracy_Categorical(binary=True))


def linear_end():
    return OtherEnd(Activation_Linear(), Loss_MeanSquaredError(), Accuracy_Regression())


def with_weights(layers):
    return [layer for layer in layers if hasattr(layer, "weights")]


def train(layers, end, optimizer, inputs, targets, epochs):
    """Trains on all samples at once; returns the figures of every hundredth epoch, as the chapters print them."""
    log = []
    trainable = with_weights(layers)
    for epoch in range(epochs):
        numbers = inputs
        for layer in layers:
            layer.forward(numbers)
            numbers = layer.output
        data_loss = end.forward(numbers, targets)
        if epoch % 100 == 0:
            penalty = sum(end.loss.regularization_loss(layer) for layer in trainable)
            log.append(
                {
                    "epoch": epoch,
                    "acc": end.right(targets),
                    "loss": data_loss + penalty,
                    "data_loss": data_loss,
                    "reg_loss": penalty,
                    "lr": optimizer.current_learning_rate,
                }
            )
        end.backward(targets)
        gradient = end.dinputs
        for layer in reversed(layers):
            layer.backward(gradient)
            gradient = layer.dinputs
        optimizer.pre_update_params()
        for layer in trainable:
            optimizer.update_params(layer)
        optimizer.post_update_params()
    return log


def validate(layers, end, inputs, targets):
    for layer in layers:
        layer.forward(inputs, training=False)
        inputs = layer.output
    data_loss = end.forward(inputs, targets)
    return {"acc": end.right(targets), "loss": data_loss}


class Dropout_AsPrinted(Layer_Dropout):
    """Dropout with a mask in float64, as it comes about in the book by accident. Its logs depend on it."""

    def forward(self, inputs, training=True):
        super().forward(inputs, training)
        if training:
            self.binary_mask = (self.binary_mask > 0) / self.rate
            self.output = inputs * self.binary_mask


def remember_biases_in_float64(layer):
    """The optimizer's memory of one layer's biases in float64, as it comes about in the book by accident."""
    layer.weight_momentums = np.zeros_like(layer.weights)
    layer.weight_cache = np.zeros_like(layer.weights)
    layer.bias_momentums = np.zeros(layer.biases.shape, dtype=np.float64)
    layer.bias_cache = np.zeros(layer.biases.shape, dtype=np.float64)


def hidden_and_last_layers(sizes, weight_scale=0.01):
    """Dense layers of these sizes with ReLU between them."""
    layers = []
    for n_inputs, n_neurons in zip(sizes, sizes[1:]):
        layers += [Layer_Dense(n_inputs, n_neurons, weight_scale=weight_scale), Activation_ReLU()]
    return layers[:-1]


@cache
def chapter_10(name, epochs):
    """Returns the log, the two layers, and the validation of chapter 11 on a spiral drawn afterwards."""
    with book_precision(seed=0):
        inputs, targets = spiral_data(100, 3)
        layers, end = [Layer_Dense(2, 64), Activation_ReLU(), Layer_Dense(64, 3)], SoftmaxEnd()
        log = train(layers, end, CHAPTER_10[name](), inputs, targets, epochs)
        return log, with_weights(layers), validate(layers, end, *spiral_data(100, 3))


@cache
def chapter_14(samples, epochs):
    with book_precision(seed=0):
        inputs, targets = spiral_data(samples, 3)
        layers, end = [Layer_Dense(2, 64, **L2), Activation_ReLU(), Layer_Dense(64, 3)], SoftmaxEnd()
        log = train(layers, end, Optimizer_Adam(learning_rate=0.02, decay=5e-7), inputs, targets, epochs)
        return log, with_weights(layers), validate(layers, end, *spiral_data(100, 3))


def chapter_15(neurons, epochs, dropout=Dropout_AsPrinted):
    """With the book's accidental float64, unless another dropout is asked for."""
    with book_precision(seed=0):
        inputs, targets = spiral_data(1000, 3)
        layers = [Layer_Dense(2, neurons, **L2), Activation_ReLU(), dropout(0.1), Layer_Dense(neurons, 3)]
        if dropout is Dropout_AsPrinted:
            remember_biases_in_float64(layers[0])
        optimizer = Optimizer_Adam(learning_rate=0.05, decay=5e-5)
        return train(layers, SoftmaxEnd(), optimizer, inputs, targets, epochs)


def chapter_16(epochs):
    with book_precision(seed=0):
        inputs, targets = spiral_data(100, 2)
        layers, end = [Layer_Dense(2, 64, **L2), Activation_ReLU(), Layer_Dense(64, 1)], sigmoid_end()
        log = train(layers, end, Optimizer_Adam(decay=5e-7), inputs, targets.reshape(-1, 1), epochs)
        return log, with_weights(layers)


def chapter_17(name, epochs):
    """With the book's accidental float64: its targets are float64, and so is what follows from them."""
    scale, sizes, settings = CHAPTER_17[name]
    with book_precision(seed=0):
        inputs, targets = sine_data()
        layers = hidden_and_last_layers(sizes, scale)
        remember_biases_in_float64(layers[-1])
        return train(layers, linear_end(), Optimizer_Adam(**settings), inputs, targets, epochs)


def make_model(layers, loss, optimizer, accuracy):
    model = Model()
    for layer in layers:
        model.add(layer)
    model.set(loss=loss, optimizer=optimizer, accuracy=accuracy)
    model.finalize()
    return model


def history_as_log(history):
    """The history of Model.train under the names of the logs."""
    names = {
        "epoch": "epoch",
        "acc": "accuracy",
        "loss": "loss",
        "data_loss": "data_loss",
        "reg_loss": "regularization_loss",
        "lr": "learning_rate",
    }
    return [{short: history[name][row] for short, name in names.items()} for row in range(len(history["epoch"]))]
