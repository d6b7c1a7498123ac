"""The model: layers, a loss, an optimizer and an accuracy, tied together. Built in chapters 18 to 22."""

import numpy as np

from nnfs_helpers import advice
from nnfs_helpers.activations import Activation_Softmax
from nnfs_helpers.layers import Layer_Input
from nnfs_helpers.losses import Activation_Softmax_Loss_CategoricalCrossentropy, Loss_CategoricalCrossentropy

__all__ = ["History", "Model", "batch_slices", "training_line", "validation_line"]


def batch_slices(samples, batch_size):
    """The slices that cut the samples into batches; the last may be smaller. No batch_size: one batch."""
    batch_size = batch_size or samples
    return [slice(start, start + batch_size) for start in range(0, samples, batch_size)]


class History(dict):
    """What a training run went through: under each name a list, one entry per recorded epoch (chapter 18).

    epoch, accuracy, loss, data_loss, regularization_loss, learning_rate, and with validation data also
    validation_accuracy and validation_loss.
    """

    def add(self, **figures):
        for name, figure in figures.items():
            self.setdefault(name, []).append(figure)

    def __repr__(self):
        if not self:
            return "History: nothing recorded"
        return (
            f"History of {len(self['epoch'])} recorded epochs: loss {self['loss'][0]:.3f} to "
            f"{self['loss'][-1]:.3f}, accuracy {self['accuracy'][0]:.3f} to {self['accuracy'][-1]:.3f}"
        )


def training_line(figures):
    """Accuracy, loss with its two parts, and learning rate, as the book prints them."""
    return (
        f"acc: {figures['accuracy']:.3f}, loss: {figures['loss']:.3f} "
        f"(data_loss: {figures['data_loss']:.3f}, reg_loss: {figures['regularization_loss']:.3f}), "
        f"lr: {figures['learning_rate']}"
    )


def validation_line(figures):
    return f"validation, acc: {figures['validation_accuracy']:.3f}, loss: {figures['validation_loss']:.3f}"


class Model:
    """A network and all that trains it (chapter 18; batches: 19, evaluation: 20, files: 21, prediction: 22).

    model = Model()
    model.add(Layer_Dense(2, 64))
    ...
    model.set(loss=..., optimizer=..., accuracy=...)
    model.finalize()
    model.train(X, y, epochs=100)

    micro_batch_size: None, or a number of samples, e.g. model.micro_batch_size = 256. Then each step takes its
        batch in parts of so many and adds up their gradients: less memory, often less time, other last digits
        (and, with more than one dropout layer, other masks). It needs a loss that is a mean over the samples.
    """

    micro_batch_size = None

    def __init__(self):
        self.layers = []
        self.loss = None
        self.optimizer = None
        self.accuracy = None
        self.finalized = False

    def add(self, layer):
        """Puts a layer or an activation function behind those that are there."""
        self.layers.append(layer)
        self.finalized = False

    @advice.explain_arguments
    def set(self, *, loss=None, optimizer=None, accuracy=None):
        """Chooses the loss, the optimizer and the accuracy; what is not named stays as it was."""
        if loss is not None:
            self.loss = loss
            self.finalized = False
        if optimizer is not None:
            self.optimizer = optimizer
        if accuracy is not None:
            self.accuracy = accuracy

    def finalize(self):
        """Ties each layer to the one before and the one after it. Call it after `add` and `set`."""
        advice.check_layers(self)
        self.input_layer = Layer_Input()
        chain = [self.input_layer, *self.layers, self.loss]
        for before, layer, after in zip(chain, self.layers, chain[2:]):
            layer.prev = before
            layer.next = after
        self.output_layer_activation = self.layers[-1]
        self.trainable_layers = [layer for layer in self.layers if hasattr(layer, "weights")]
        if self.loss is not None:
            self.loss.remember_trainable_layers(self.trainable_layers)
        self.softmax_classifier_output = self.combine_softmax_and_loss()
        self.finalized = True

    def combine_softmax_and_loss(self):
        """Where softmax meets categorical cross-entropy, the two together have a shorter gradient."""
        ends_in_softmax = isinstance(self.layers[-1], Activation_Softmax)
        if ends_in_softmax and isinstance(self.loss, Loss_CategoricalCrossentropy):
            return Activation_Softmax_Loss_CategoricalCrossentropy()
        return None

    def forward(self, X, training=False):
        """Sends a batch through all layers; returns what the last one gives."""
        self.input_layer.forward(X, training)
        for layer in self.layers:
            layer.forward(layer.prev.output, training)
        return layer.output

    def backward(self, output, y):
        """Sends the gradient of the loss back to the first layer that learns."""
        layers = self.layers
        if self.softmax_classifier_output is None:
            self.loss.backward(output, y)
        else:
            self.softmax_classifier_output.backward(output, y)
            layers[-1].dinputs = self.softmax_classifier_output.dinputs
            layers = layers[:-1]
        for layer in reversed(layers):
            if layer in self.trainable_layers[:1] and hasattr(layer, "parameter_gradients"):
                # What stands before it has nothing to learn, so nobody needs its dinputs.
                layer.parameter_gradients(layer.next.dinputs)
                break
            layer.backward(layer.next.dinputs)

    def gradients(self, X, y):
        """Forward, loss, backward: leaves the gradients in the layers; returns accuracy, data loss and penalty."""
        output = self.forward(X, training=True)
        data_loss, regularization_loss = self.loss.calculate(output, y, include_regularization=True)
        predictions = self.output_layer_activation.predictions(output)
        accuracy = self.accuracy.calculate(predictions, y)
        self.backward(output, y)
        return accuracy, data_loss, regularization_loss

    def accumulated_gradients(self, X, y):
        """As `gradients`, but part by part: each part counts by its share of the samples (chapter 19)."""
        sums = [(np.zeros_like(layer.weights), np.zeros_like(layer.biases)) for layer in self.trainable_layers]
        figures = np.zeros(3)
        for part in batch_slices(len(X), self.micro_batch_size):
            share = len(X[part]) / len(X)
            figures += share * np.array(self.gradients(X[part], y[part]))
            for layer, (dweights, dbiases) in zip(self.trainable_layers, sums):
                # += changes the arrays in `sums` themselves.
                dweights += share * layer.dweights
                dbiases += share * layer.dbiases
        for layer, (dweights, dbiases) in zip(self.trainable_layers, sums):
            layer.dweights, layer.dbiases = dweights, dbiases
        return figures

    def train_step(self, X, y, epoch, step):
        """Gradients, then update: one step on one batch; returns its figures."""
        find_gradients = self.accumulated_gradients if self.micro_batch_size else self.gradients
        accuracy, data_loss, regularization_loss = find_gradients(X, y)
        advice.check_loss(self, data_loss + regularization_loss, epoch, step)
        self.optimizer.pre_update_params()
        for layer in self.trainable_layers:
            self.optimizer.update_params(layer)
        self.optimizer.post_update_params()
        return self.figures(accuracy, data_loss, regularization_loss)

    def figures(self, accuracy, data_loss, regularization_loss):
        """The figures of a step or an epoch, as the history records them."""
        return {
            "accuracy": float(accuracy),
            "loss": float(data_loss + regularization_loss),
            "data_loss": float(data_loss),
            "regularization_loss": float(regularization_loss),
            "learning_rate": self.optimizer.current_learning_rate,
        }

    def measure(self, X, y, batch_size=None):
        """Accuracy and loss on any data, batch after batch, with dropout off; nothing is learned."""
        self.accuracy.init(y)
        self.accuracy.new_pass()
        self.loss.new_pass()
        for batch in batch_slices(len(X), batch_size):
            output = self.forward(X[batch], training=False)
            self.loss.calculate(output, y[batch])
            predictions = self.output_layer_activation.predictions(output)
            self.accuracy.calculate(predictions, y[batch])
        return {
            "validation_accuracy": float(self.accuracy.calculate_accumulated()),
            "validation_loss": float(self.loss.calculate_accumulated()),
        }

    @advice.explain_arguments
    def evaluate(self, X_val, y_val, *, batch_size=None):
        """Prints and returns accuracy and loss on any data; nothing is learned (chapter 20)."""
        advice.check_evaluation(self, X_val, y_val, batch_size)
        figures = self.measure(X_val, y_val, batch_size)
        print(validation_line(figures))
        return figures["validation_accuracy"], figures["validation_loss"]

    @advice.explain_arguments
    def train(self, X, y, *, epochs=1, batch_size=None, print_every=1, validation_data=None):
        """Trains on all samples, `epochs` times; returns a History.

        X: shape (samples, inputs). y: the targets, as the loss wants them.
        batch_size: samples per step; without it every step sees all samples.
        print_every: a line for each so many epochs (without batches) or steps (with batches); 0 for no lines.
        validation_data: a pair (X, y), measured along the way, never trained on.
        Raises ValueError when data and network do not fit, or when the loss is no longer a number.
        """
        advice.check_training(self, X, y, epochs, batch_size, print_every, validation_data)
        from nnfs_helpers.progress import ProgressBar

        self.accuracy.init(y)
        history = History()
        batches = batch_slices(len(X), batch_size)
        with ProgressBar(epochs * len(batches)) as progress:
            for epoch in range(1, epochs + 1):
                if batch_size is None:
                    figures = self.train_step(X, y, epoch, step=0)
                    progress.advance()
                    if print_every and epoch % print_every:
                        continue
                    if print_every:
                        progress.write(f"epoch: {epoch}, {training_line(figures)}")
                else:
                    figures = self.train_batches(X, y, epoch, batches, print_every, progress)
                if validation_data is not None:
                    figures.update(self.measure(*validation_data, batch_size))
                    if print_every and batch_size is not None:
                        progress.write(validation_line(figures))
                history.add(epoch=epoch, **figures)
        if validation_data is not None and print_every and batch_size is None:
            self.evaluate(*validation_data)
        return history

    def train_batches(self, X, y, epoch, batches, print_every, progress):
        """One epoch, a step for each batch; returns the figures of all its steps together."""
        self.loss.new_pass()
        self.accuracy.new_pass()
        if print_every:
            progress.write(f"epoch: {epoch}")
        for step, batch in enumerate(batches):
            figures = self.train_step(X[batch], y[batch], epoch, step)
            progress.advance()
            if print_every and (step % print_every == 0 or step == len(batches) - 1):
                progress.write(f"step: {step}, {training_line(figures)}")
        data_loss, regularization_loss = self.loss.calculate_accumulated(include_regularization=True)
        figures = self.figures(self.accuracy.calculate_accumulated(), data_loss, regularization_loss)
        if print_every:
            progress.write(f"training, {training_line(figures)}")
        return figures

    def get_parameters(self):
        """A list with a pair (weights, biases), copied, for each layer that learns (chapter 21)."""
        return [layer.get_parameters() for layer in self.trainable_layers]

    def set_parameters(self, parameters):
        """Takes such a list. If one pair does not fit, ValueError is raised and no layer is changed."""
        advice.check_parameters(self, parameters)
        for layer, (weights, biases) in zip(self.trainable_layers, parameters):
            layer.set_parameters(weights, biases)

    def save_parameters(self, path):
        """Writes weights and biases to a file, whole or not at all (chapter 21)."""
        from nnfs_helpers import storage

        storage.save_parameters(path, self.get_parameters())

    def load_parameters(self, path):
        """Reads weights and biases from a file of `save_parameters`; on any error nothing is changed."""
        from nnfs_helpers import storage

        self.set_parameters(storage.load_parameters(path))

    def save(self, path):
        """Writes the whole model to a file: layers, parameters, loss, optimizer and accuracy (chapter 21)."""
        from nnfs_helpers import storage

        storage.save_model(path, self)

    @staticmethod
    def load(path):
        """A new model from a file of `save`, ready to predict and to be trained further (chapter 21)."""
        from nnfs_helpers import storage

        return storage.load_model(path)

    @advice.explain_arguments
    def predict(self, X, *, batch_size=None):
        """What the network gives for each sample: probabilities, or numbers (chapter 22)."""
        advice.check_prediction(self, X, batch_size)
        outputs = [self.forward(X[batch], training=False) for batch in batch_slices(len(X), batch_size)]
        return np.vstack(outputs)
