"""The losses: one number for how wrong a network is, and the gradient of that number at its output."""

import numpy as np

from nnfs_helpers.activations import Activation_Softmax

__all__ = [
    "class_numbers",
    "Loss",
    "Loss_CategoricalCrossentropy",
    "Loss_BinaryCrossentropy",
    "Loss_MeanSquaredError",
    "Loss_MeanAbsoluteError",
    "Activation_Softmax_Loss_CategoricalCrossentropy",
]


def class_numbers(y_true):
    """The labels as class numbers, one per sample; rows of one-hot labels are translated (chapter 5)."""
    return np.argmax(y_true, axis=1) if y_true.ndim == 2 else y_true


class Loss:
    """What all losses share: the mean over a batch, the running mean over a pass, and the penalty for large
    weights (chapters 5, 14, 18 and 19). Each loss adds `forward`, one loss per sample, and `backward`.
    """

    trainable_layers = ()
    accumulated_sum = 0
    accumulated_count = 0

    def remember_trainable_layers(self, trainable_layers):
        self.trainable_layers = trainable_layers

    def calculate(self, output, y, *, include_regularization=False):
        """The mean loss of a batch; on request a pair, the penalty of the remembered layers second."""
        sample_losses = self.forward(output, y)
        total, count = np.sum(sample_losses), len(sample_losses)
        self.accumulated_sum += total
        self.accumulated_count += count
        data_loss = total / count
        if not include_regularization:
            return data_loss
        return data_loss, self.regularization_loss()

    def calculate_accumulated(self, *, include_regularization=False):
        """The mean loss of all samples since `new_pass`, returned as `calculate` returns it."""
        data_loss = self.accumulated_sum / self.accumulated_count
        if not include_regularization:
            return data_loss
        return data_loss, self.regularization_loss()

    def new_pass(self):
        self.accumulated_sum = 0
        self.accumulated_count = 0

    def regularization_loss(self, layer=None):
        """The L1 and L2 penalty of one layer, or, without one, of all the remembered layers."""
        layers = self.trainable_layers if layer is None else [layer]
        regularization_loss = 0
        for layer in layers:
            if layer.weight_regularizer_l1 > 0:
                regularization_loss += layer.weight_regularizer_l1 * np.sum(np.abs(layer.weights))
            if layer.weight_regularizer_l2 > 0:
                regularization_loss += layer.weight_regularizer_l2 * np.sum(layer.weights * layer.weights)
            if layer.bias_regularizer_l1 > 0:
                regularization_loss += layer.bias_regularizer_l1 * np.sum(np.abs(layer.biases))
            if layer.bias_regularizer_l2 > 0:
                regularization_loss += layer.bias_regularizer_l2 * np.sum(layer.biases * layer.biases)
        return regularization_loss


class Loss_CategoricalCrossentropy(Loss):
    """How surprised we are by the right class: minus the logarithm of its probability (chapters 5 and 9).

    y_true: class numbers, shape (samples,), or one-hot rows, shape (samples, classes).
    """

    def forward(self, y_pred, y_true):
        correct_confidences = y_pred[np.arange(len(y_pred)), class_numbers(y_true)]
        # The logarithm of 0 is minus infinity: probabilities stay a little inside the range from 0 to 1.
        return -np.log(np.clip(correct_confidences, 1e-7, 1 - 1e-7))

    def backward(self, dvalues, y_true):
        """dvalues is what softmax gave: the probabilities."""
        samples, labels = dvalues.shape
        one_hot = np.eye(labels, dtype=dvalues.dtype)[class_numbers(y_true)]
        self.dinputs = -one_hot / np.maximum(dvalues, 1e-7) / samples


class Activation_Softmax_Loss_CategoricalCrossentropy:
    """Softmax and categorical cross-entropy in one: together their gradient is short and fast (chapter 9)."""

    def __init__(self):
        self.activation = Activation_Softmax()
        self.loss = Loss_CategoricalCrossentropy()

    def forward(self, inputs, y_true):
        self.activation.forward(inputs)
        self.output = self.activation.output
        return self.loss.calculate(self.output, y_true)

    def backward(self, dvalues, y_true):
        """dvalues is what softmax gave; less 1 at the right class it is the gradient at softmax's inputs."""
        samples = len(dvalues)
        self.dinputs = dvalues.copy()
        self.dinputs[np.arange(samples), class_numbers(y_true)] -= 1
        self.dinputs /= samples


class Loss_BinaryCrossentropy(Loss):
    """Cross-entropy for outputs that are each a yes or a no, as sigmoid gives them (chapter 16).

    y_true: 0 or 1 for each output, shape (samples, outputs).
    """

    def forward(self, y_pred, y_true):
        y_true = y_true.astype(y_pred.dtype)
        y_pred_clipped = np.clip(y_pred, 1e-7, 1 - 1e-7)
        sample_losses = -(y_true * np.log(y_pred_clipped) + (1 - y_true) * np.log(1 - y_pred_clipped))
        return np.mean(sample_losses, axis=-1)

    def backward(self, dvalues, y_true):
        samples, outputs = dvalues.shape
        y_true = y_true.astype(dvalues.dtype)
        clipped_dvalues = np.clip(dvalues, 1e-7, 1 - 1e-7)
        self.dinputs = -(y_true / clipped_dvalues - (1 - y_true) / (1 - clipped_dvalues)) / outputs / samples


class Loss_MeanSquaredError(Loss):
    """The mean of the squared distances to the targets (chapter 17). y_true: shape (samples, outputs)."""

    def forward(self, y_pred, y_true):
        return np.mean((y_true - y_pred) ** 2, axis=-1)

    def backward(self, dvalues, y_true):
        samples, outputs = dvalues.shape
        self.dinputs = -2 * (y_true - dvalues) / outputs / samples


class Loss_MeanAbsoluteError(Loss):
    """The mean of the distances to the targets (chapter 17). y_true: shape (samples, outputs)."""

    def forward(self, y_pred, y_true):
        return np.mean(np.abs(y_true - y_pred), axis=-1)

    def backward(self, dvalues, y_true):
        samples, outputs = dvalues.shape
        self.dinputs = np.sign(dvalues - y_true) / outputs / samples
