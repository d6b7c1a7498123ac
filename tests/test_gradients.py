"""Every `backward` against central differences, in float64, at odd values away from the kinks."""

import numpy as np
import pytest

from nnfs_helpers import (
    Accuracy_Categorical,
    Accuracy_Regression,
    Activation_Linear,
    Activation_ReLU,
    Activation_Sigmoid,
    Activation_Softmax,
    Activation_Softmax_Loss_CategoricalCrossentropy,
    Layer_Dense,
    Layer_Dropout,
    Loss_BinaryCrossentropy,
    Loss_CategoricalCrossentropy,
    Loss_MeanAbsoluteError,
    Loss_MeanSquaredError,
    Model,
    Optimizer_SGD,
)

STEP = 1e-5
LABELS = np.array([2, 0, 1, 1, 3])
ONE_HOT = np.eye(4)[LABELS]
PENALTIES = [
    {},
    {"weight_regularizer_l1": 0.37},
    {"weight_regularizer_l2": 0.41},
    {"bias_regularizer_l1": 0.53},
    {"bias_regularizer_l2": 0.59},
    {
        "weight_regularizer_l1": 0.37,
        "weight_regularizer_l2": 0.41,
        "bias_regularizer_l1": 0.53,
        "bias_regularizer_l2": 0.59,
    },
]


def odd_values(*shape, seed=7, lowest=0.05, highest=2.3):
    """Random numbers of both signs, none of them near zero."""
    generator = np.random.default_rng(seed)
    return generator.uniform(lowest, highest, shape) * generator.choice([-1.0, 1.0], shape)


def odd_probabilities(*shape, seed=11):
    """Rows of probabilities that do not quite sum to one, as nothing in the losses asks for that."""
    return np.random.default_rng(seed).uniform(0.07, 0.93, shape)


def slopes(function, array):
    """The derivative of function() by each number in array: one step up, one step down, divide."""
    result = np.zeros_like(array)
    for place in np.ndindex(array.shape):
        value = array[place]
        array[place] = value + STEP
        above = function()
        array[place] = value - STEP
        below = function()
        array[place] = value
        result[place] = (above - below) / (2 * STEP)
    return result


def assert_is_gradient(gradient, function, array):
    assert gradient.dtype == np.float64
    assert gradient.shape == array.shape
    np.testing.assert_allclose(gradient, slopes(function, array), rtol=1e-6, atol=2e-9)


def double_dense(n_inputs, n_neurons, seed, **penalties):
    """A dense layer in float64, with large odd weights and biases of both signs."""
    layer = Layer_Dense(n_inputs, n_neurons, **penalties)
    layer.weights = odd_values(n_inputs, n_neurons, seed=seed)
    layer.biases = odd_values(1, n_neurons, seed=seed + 1)
    return layer


# --- what each kind of class has to satisfy --------------------------------------------------------------


def check_activation(activation, shape=(5, 4)):
    inputs = odd_values(*shape)
    importance = odd_values(*shape, seed=19)

    def weighted_output():
        activation.forward(inputs)
        return np.sum(importance * activation.output)

    weighted_output()
    activation.backward(importance.copy())
    assert_is_gradient(activation.dinputs, weighted_output, inputs)


def check_dense(layer, inputs):
    importance = odd_values(len(inputs), layer.weights.shape[1], seed=23)
    loss = Loss_MeanSquaredError()

    def weighted_output_and_penalty():
        layer.forward(inputs)
        return np.sum(importance * layer.output) + loss.regularization_loss(layer)

    weighted_output_and_penalty()
    layer.backward(importance.copy())
    assert_is_gradient(layer.dinputs, weighted_output_and_penalty, inputs)
    assert_is_gradient(layer.dweights, weighted_output_and_penalty, layer.weights)
    assert_is_gradient(layer.dbiases, weighted_output_and_penalty, layer.biases)


def check_dropout(layer, seed=3):
    inputs = odd_values(6, 8)
    importance = odd_values(6, 8, seed=29)
    random_state = np.random.get_state()

    def weighted_output():
        np.random.seed(seed)  # the same mask each time
        layer.forward(inputs, training=True)
        return np.sum(importance * layer.output)

    try:
        weighted_output()
        layer.backward(importance.copy())
        assert np.any(layer.dinputs == 0)
        assert np.any(layer.dinputs != 0)
        assert_is_gradient(layer.dinputs, weighted_output, inputs)
    finally:
        np.random.set_state(random_state)


def check_loss(loss, outputs, targets):
    loss.backward(outputs.copy(), targets)
    assert_is_gradient(loss.dinputs, lambda: loss.calculate(outputs, targets), outputs)


def check_combined(combined, targets):
    scores = odd_values(5, 4, seed=31)
    combined.forward(scores, targets)
    combined.backward(combined.output.copy(), targets)
    assert_is_gradient(combined.dinputs, lambda: combined.forward(scores, targets), scores)


# --- the classes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(5, 4), (1, 3), (4, 1)])
@pytest.mark.parametrize("kind", [Activation_ReLU, Activation_Softmax, Activation_Sigmoid, Activation_Linear])
def test_activation(kind, shape):
    check_activation(kind(), shape)


@pytest.mark.parametrize("samples", [1, 5])
@pytest.mark.parametrize("penalties", PENALTIES, ids=lambda penalties: "+".join(penalties) or "none")
def test_dense(penalties, samples):
    check_dense(double_dense(3, 4, seed=41, **penalties), odd_values(samples, 3, seed=43))


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.8])
def test_dropout(rate):
    check_dropout(Layer_Dropout(rate))


@pytest.mark.parametrize("targets", [LABELS, ONE_HOT], ids=["sparse", "one-hot"])
def test_categorical_crossentropy(targets):
    check_loss(Loss_CategoricalCrossentropy(), odd_probabilities(5, 4), targets)


@pytest.mark.parametrize("targets", [LABELS, ONE_HOT], ids=["sparse", "one-hot"])
def test_softmax_with_categorical_crossentropy(targets):
    check_combined(Activation_Softmax_Loss_CategoricalCrossentropy(), targets)


@pytest.mark.parametrize("outputs", [1, 3])
def test_binary_crossentropy(outputs):
    targets = np.random.default_rng(5).integers(0, 2, (6, outputs))
    check_loss(Loss_BinaryCrossentropy(), odd_probabilities(6, outputs), targets)


@pytest.mark.parametrize("outputs", [1, 3])
@pytest.mark.parametrize("kind", [Loss_MeanSquaredError, Loss_MeanAbsoluteError])
def test_regression_loss(kind, outputs):
    targets = odd_values(6, outputs, seed=53)
    predictions = targets + odd_values(6, outputs, seed=59)
    check_loss(kind(), predictions, targets)


def test_softmax_then_crossentropy_is_the_combined_gradient():
    scores = odd_values(5, 4, seed=31)
    softmax, loss = Activation_Softmax(), Loss_CategoricalCrossentropy()
    combined = Activation_Softmax_Loss_CategoricalCrossentropy()
    softmax.forward(scores)
    loss.backward(softmax.output, LABELS)
    softmax.backward(loss.dinputs)
    combined.forward(scores, LABELS)
    combined.backward(combined.output, LABELS)
    np.testing.assert_allclose(softmax.dinputs, combined.dinputs, rtol=1e-12, atol=1e-15)


# --- a whole model: the gradients arrive at every layer --------------------------------------------------


def small_model(output_activation, loss, accuracy, outputs):
    """Two hidden layers with all kinds of penalties, in float64."""
    model = Model()
    model.add(double_dense(3, 5, seed=61, **PENALTIES[-1]))
    model.add(Activation_ReLU())
    model.add(double_dense(5, 6, seed=67, weight_regularizer_l2=0.2))
    model.add(Activation_Sigmoid())
    model.add(double_dense(6, outputs, seed=71, bias_regularizer_l1=0.3))
    model.add(output_activation)
    model.set(loss=loss, optimizer=Optimizer_SGD(), accuracy=accuracy)
    model.finalize()
    return model


@pytest.mark.parametrize(
    ("output_activation", "loss", "accuracy", "targets"),
    [
        (Activation_Softmax, Loss_CategoricalCrossentropy, Accuracy_Categorical, LABELS),
        (Activation_Softmax, Loss_CategoricalCrossentropy, Accuracy_Categorical, ONE_HOT),
        (Activation_Sigmoid, Loss_BinaryCrossentropy, Accuracy_Categorical, ONE_HOT.astype(int)),
        (Activation_Linear, Loss_MeanSquaredError, Accuracy_Regression, odd_values(5, 4, seed=73)),
        (Activation_Linear, Loss_MeanAbsoluteError, Accuracy_Regression, odd_values(5, 4, seed=73)),
    ],
    ids=["softmax-sparse", "softmax-one-hot", "sigmoid", "squared", "absolute"],
)
def test_model(output_activation, loss, accuracy, targets):
    model = small_model(output_activation(), loss(), accuracy(), outputs=4)
    inputs = odd_values(5, 3, seed=79)

    def total_loss():
        output = model.forward(inputs, training=True)
        return sum(model.loss.calculate(output, targets, include_regularization=True))

    model.backward(model.forward(inputs, training=True), targets)
    for layer in model.trainable_layers:
        weights, biases = layer.dweights.copy(), layer.dbiases.copy()
        assert_is_gradient(weights, total_loss, layer.weights)
        assert_is_gradient(biases, total_loss, layer.biases)


# --- the checks can fail: each of these has one wrong line, and is caught --------------------------------


class Sigmoid_WithoutOneFactor(Activation_Sigmoid):
    def backward(self, dvalues):
        self.dinputs = dvalues * self.output


class ReLU_ThatLetsAllThrough(Activation_ReLU):
    def backward(self, dvalues):
        self.dinputs = dvalues.copy()


class Softmax_WithoutNeighbours(Activation_Softmax):
    def backward(self, dvalues):
        self.dinputs = dvalues * self.output * (1 - self.output)


class Linear_Halved(Activation_Linear):
    def backward(self, dvalues):
        self.dinputs = dvalues / 2


@pytest.mark.parametrize(
    "faulty", [Sigmoid_WithoutOneFactor, ReLU_ThatLetsAllThrough, Softmax_WithoutNeighbours, Linear_Halved]
)
def test_faulty_activation_is_caught(faulty):
    with pytest.raises(AssertionError):
        check_activation(faulty())


def spoil(attribute, change):
    """A dense layer whose backward spoils one of its three gradients."""

    class Faulty(Layer_Dense):
        def backward(self, dvalues):
            super().backward(dvalues)
            setattr(self, attribute, change(self))

    return Faulty


@pytest.mark.parametrize(
    "faulty",
    [
        spoil("dinputs", lambda layer: layer.dinputs * 1.00001),
        spoil("dbiases", lambda layer: layer.dbiases / len(layer.inputs)),
        spoil("dweights", lambda layer: layer.dweights - 0.41 * layer.weights),  # the 2 of the L2 slope forgotten
        spoil("dweights", lambda layer: layer.dweights + 2 * 0.37 * (layer.weights < 0)),  # the sign of L1 forgotten
    ],
    ids=["dinputs", "dbiases", "weights-l2", "weights-l1"],
)
def test_faulty_dense_is_caught(faulty):
    layer = faulty(3, 4, **PENALTIES[-1])
    layer.weights, layer.biases = odd_values(3, 4, seed=41), odd_values(1, 4, seed=42)
    with pytest.raises(AssertionError):
        check_dense(layer, odd_values(5, 3, seed=43))


class Dropout_Unscaled(Layer_Dropout):
    def backward(self, dvalues):
        self.dinputs = dvalues * (self.binary_mask > 0)


def test_faulty_dropout_is_caught():
    with pytest.raises(AssertionError):
        check_dropout(Dropout_Unscaled(0.5))


class AbsoluteError_WithTheWrongSign(Loss_MeanAbsoluteError):
    def backward(self, dvalues, y_true):
        super().backward(dvalues, y_true)
        self.dinputs = -self.dinputs


class SquaredError_NotDividedBySamples(Loss_MeanSquaredError):
    def backward(self, dvalues, y_true):
        super().backward(dvalues, y_true)
        self.dinputs = self.dinputs * len(dvalues)


@pytest.mark.parametrize("faulty", [AbsoluteError_WithTheWrongSign, SquaredError_NotDividedBySamples])
def test_faulty_loss_is_caught(faulty):
    targets = odd_values(6, 3, seed=53)
    with pytest.raises(AssertionError):
        check_loss(faulty(), targets + odd_values(6, 3, seed=59), targets)


class Combined_ThatForgetsTheLabel(Activation_Softmax_Loss_CategoricalCrossentropy):
    def backward(self, dvalues, y_true):
        self.dinputs = dvalues / len(dvalues)


def test_faulty_combined_class_is_caught():
    with pytest.raises(AssertionError):
        check_combined(Combined_ThatForgetsTheLabel(), LABELS)
