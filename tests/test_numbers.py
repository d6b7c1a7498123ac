"""Numbers at the edges: types, sizes, labels and shapes. Nothing here may give as much as a warning."""

import subprocess
import sys
from pathlib import Path

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
    Layer_Input,
    Loss_BinaryCrossentropy,
    Loss_CategoricalCrossentropy,
    Loss_MeanAbsoluteError,
    Loss_MeanSquaredError,
    Optimizer_Adagrad,
    Optimizer_Adam,
    Optimizer_RMSprop,
    Optimizer_SGD,
    batch_slices,
)
from nnfs_helpers.datasets import sine_data, spiral_data
from nnfs_helpers.precision import book_precision
from tests.training import hidden_and_last_layers, make_model

pytestmark = pytest.mark.filterwarnings("error")

ACTIVATIONS = [Activation_ReLU, Activation_Softmax, Activation_Sigmoid, Activation_Linear]
OPTIMIZERS = {
    "sgd": lambda: Optimizer_SGD(learning_rate=0.1, decay=1e-3),
    "momentum": lambda: Optimizer_SGD(learning_rate=0.1, decay=1e-3, momentum=0.9),
    "adagrad": lambda: Optimizer_Adagrad(learning_rate=0.1, decay=1e-3),
    "rmsprop": lambda: Optimizer_RMSprop(learning_rate=0.01, decay=1e-3),
    "adam": lambda: Optimizer_Adam(learning_rate=0.01, decay=1e-3),
}
PENALTIES = {
    "weight_regularizer_l1": 1e-4,
    "weight_regularizer_l2": 1e-4,
    "bias_regularizer_l1": 1e-4,
    "bias_regularizer_l2": 1e-4,
}
WHOLE_TYPES = [np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64]
ONE_HOT_TYPES = [*WHOLE_TYPES, np.bool_, np.float32, np.float64]


@pytest.fixture(params=["plain NumPy", "book's precision", "nnfs.init() twice"])
def precision(request):
    """Each test runs without nnfs.init(), with it, and with its wrappers nested; NumPy is put back afterwards."""
    if request.param == "plain NumPy":
        yield request.param
        return
    with book_precision():
        if request.param == "nnfs.init() twice":
            with book_precision():
                yield request.param
        else:
            yield request.param


def numbers(*shape, dtype=np.float32, seed=5):
    return np.random.default_rng(seed).normal(size=shape).astype(dtype)


def shares(*shape, dtype=np.float32, seed=6):
    return np.random.default_rng(seed).uniform(0.05, 0.95, shape).astype(dtype)


def float_types(*things):
    """The types of all arrays of floating point numbers that the objects hold."""
    arrays = [value for thing in things for value in vars(thing).values() if isinstance(value, np.ndarray)]
    return {array.dtype.name for array in arrays if array.dtype.kind == "f"}


# --- float32 in, float32 throughout; float64 in, float64 throughout ------------------------------------------


def check_layers(dtype):
    dense = Layer_Dense(4, 3, **PENALTIES)
    dense.weights, dense.biases = numbers(4, 3, dtype=dtype), numbers(1, 3, dtype=dtype)
    for layer, width in [(dense, 3), (Layer_Dropout(0.3), 4), *((kind(), 4) for kind in ACTIVATIONS)]:
        layer.forward(numbers(6, 4, dtype=dtype), training=True)
        layer.backward(numbers(6, width, dtype=dtype))
        assert float_types(layer) == {np.dtype(dtype).name}, type(layer).__name__
        assert layer.output.shape == (6, width)
        assert layer.dinputs.shape == (6, 4)
        layer.forward(numbers(6, 4, dtype=dtype), training=False)
        assert layer.output.dtype == dtype


def check_losses(dtype):
    labels = np.array([2, 0, 1, 3, 1, 2], dtype=np.uint8)
    yes_or_no = (numbers(6, 4) > 0) * 1
    cases = [
        (Loss_CategoricalCrossentropy(), labels),
        (Loss_CategoricalCrossentropy(), np.eye(4)[labels]),
        (Loss_BinaryCrossentropy(), yes_or_no),
        (Loss_BinaryCrossentropy(), yes_or_no.astype(np.uint8)),
        (Loss_BinaryCrossentropy(), yes_or_no.astype(np.float64)),
        (Loss_MeanSquaredError(), numbers(6, 4, dtype=dtype)),
        (Loss_MeanAbsoluteError(), numbers(6, 4, dtype=dtype)),
    ]
    for loss, targets in cases:
        outputs = shares(6, 4, dtype=dtype)
        assert loss.forward(outputs, targets).shape == (6,)
        assert loss.calculate(outputs, targets).dtype == dtype, type(loss).__name__
        loss.backward(outputs, targets)
        assert loss.dinputs.dtype == dtype, type(loss).__name__
        assert loss.dinputs.shape == (6, 4)
    both = Activation_Softmax_Loss_CategoricalCrossentropy()
    assert both.forward(numbers(6, 4, dtype=dtype), labels).dtype == dtype
    both.backward(both.output, labels)
    assert both.output.dtype == both.dinputs.dtype == dtype


def check_optimizer(optimizer, dtype):
    layer = Layer_Dense(4, 3)
    layer.weights, layer.biases = numbers(4, 3, dtype=dtype), numbers(1, 3, dtype=dtype)
    layer.dweights, layer.dbiases = numbers(4, 3, dtype=dtype, seed=8), numbers(1, 3, dtype=dtype, seed=9)
    before = layer.get_parameters()
    for _ in range(3):
        optimizer.pre_update_params()
        optimizer.update_params(layer)
        optimizer.post_update_params()
    assert float_types(layer) == {np.dtype(dtype).name}
    assert np.all(layer.weights != before[0])
    assert np.all(layer.biases != before[1])


def test_layers_in_float32(precision):
    check_layers(np.float32)


def test_losses_in_float32(precision):
    check_losses(np.float32)


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS.keys())
def test_optimizer_in_float32(precision, optimizer):
    check_optimizer(optimizer(), np.float32)


def test_layers_and_losses_in_float64():
    check_layers(np.float64)
    check_losses(np.float64)


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS.keys())
def test_optimizer_in_float64(optimizer):
    check_optimizer(optimizer(), np.float64)


def softmax_model():
    layers = [Layer_Dense(2, 16, **PENALTIES), Activation_ReLU(), Layer_Dropout(0.2), Layer_Dense(16, 3)]
    parts = Loss_CategoricalCrossentropy(), Optimizer_Adam(0.02, decay=1e-3), Accuracy_Categorical()
    return make_model([*layers, Activation_Softmax()], *parts), spiral_data(30, 3)


def binary_model():
    layers = [Layer_Dense(2, 16, **PENALTIES), Activation_ReLU(), Layer_Dense(16, 1), Activation_Sigmoid()]
    parts = Loss_BinaryCrossentropy(), Optimizer_RMSprop(decay=1e-3), Accuracy_Categorical(binary=True)
    inputs, labels = spiral_data(30, 2)
    return make_model(layers, *parts), (inputs, labels.reshape(-1, 1).astype(int))


def sine_model():
    layers = [*hidden_and_last_layers([1, 16, 16, 1], weight_scale=0.1), Activation_Linear()]
    parts = Loss_MeanSquaredError(), Optimizer_SGD(0.01, 1e-3, 0.9), Accuracy_Regression()
    return make_model(layers, *parts), sine_data(100)


@pytest.mark.parametrize("build", [softmax_model, binary_model, sine_model])
def test_model_stays_in_float32(precision, build):
    model, (inputs, targets) = build()
    assert inputs.dtype == np.float32
    model.train(inputs, targets, epochs=2, batch_size=17, print_every=0, validation_data=(inputs, targets))
    for thing in (*model.layers, model.input_layer, model.loss, model.softmax_classifier_output):
        assert thing is None or float_types(thing) <= {"float32"}, type(thing).__name__
    assert model.predict(inputs).dtype == np.float32


def test_new_layers_are_float32(precision):
    layer = Layer_Dense(4, 3)
    assert layer.weights.dtype == layer.biases.dtype == np.float32


def test_settings_from_numpy_do_not_widen_the_numbers(precision):
    """A rate or scale that comes out of np.linspace or np.sqrt is a float64; the arrays stay float32."""
    share = np.float64(0.1)
    dense, dropout = Layer_Dense(4, 3, share, share, share, share, weight_scale=share), Layer_Dropout(share)
    dense.forward(numbers(6, 4))
    dropout.forward(dense.output, training=True)
    dropout.backward(numbers(6, 3))
    dense.backward(dropout.dinputs)
    Optimizer_Adam(learning_rate=share, decay=share).update_params(dense)
    assert float_types(dense, dropout) == {"float32"}


# --- NumPy stays as it is ------------------------------------------------------------------------------------

LOOK_AT_NUMPY = """
import sys
import numpy as np

def state():
    functions = [np.dot, np.zeros, np.eye, np.random.randn, np.matmul, np.exp]
    return functions, np.random.get_state()[1].tolist(), np.geterr(), np.get_printoptions()

np.random.seed(3)
before = state()
from nnfs_helpers import *
assert state() == before, "the import changed NumPy"
tools = {"matplotlib", "ipywidgets", "nnfs", "tqdm", "PIL"} & set(sys.modules)
assert not tools, f"the import also loaded {tools}"
"""


def test_importing_the_package_leaves_numpy_alone():
    project = Path(__file__).resolve().parent.parent
    subprocess.run([sys.executable, "-W", "error", "-c", LOOK_AT_NUMPY], cwd=project, check=True)


def test_using_the_package_leaves_numpy_alone():
    functions, settings = (np.dot, np.zeros, np.eye, np.random.randn), (np.geterr(), np.get_printoptions())
    model, data = softmax_model()
    model.train(*data, epochs=2, print_every=0)
    assert (np.dot, np.zeros, np.eye, np.random.randn) == functions
    assert (np.geterr(), np.get_printoptions()) == settings


# --- very large and very small numbers -----------------------------------------------------------------------

EXTREME_SCORES = [[1000, -1000, 0], [-1000, -1000, -1000], [1000, 1000, -1000], [0, -1000, 1000]]
both_types = pytest.mark.parametrize("dtype", [np.float32, np.float64])


@both_types
def test_softmax_of_extreme_scores(dtype, precision):
    softmax = Activation_Softmax()
    softmax.forward(np.array(EXTREME_SCORES, dtype=dtype))
    third = pytest.approx([1 / 3, 1 / 3, 1 / 3])
    assert softmax.output.tolist() == [[1, 0, 0], third, [0.5, 0.5, 0], [0, 0, 1]]
    softmax.backward(np.ones((4, 3), dtype=dtype))
    np.testing.assert_allclose(softmax.dinputs, 0, atol=1e-6)


@both_types
@pytest.mark.parametrize("labels", [[0, 1, 2, 2], [1, 2, 2, 0]], ids=["right", "wrong"])
def test_combined_loss_of_extreme_scores(dtype, labels, precision):
    both, labels = Activation_Softmax_Loss_CategoricalCrossentropy(), np.array(labels)
    loss = both.forward(np.array(EXTREME_SCORES, dtype=dtype), labels)
    assert 0 < loss < 16.2  # the logarithm of the smallest probability that is used, 1e-7
    both.backward(both.output, labels)
    assert np.all(np.isfinite(both.dinputs))
    assert np.all(np.abs(both.dinputs) <= 0.25)


@both_types
def test_sigmoid_of_extreme_scores(dtype):
    sigmoid = Activation_Sigmoid()
    sigmoid.forward(np.array([[-1000, -100, 0, 100, 1000]], dtype=dtype))
    assert sigmoid.output[0, [0, 2, 4]].tolist() == [0, 0.5, 1]
    sigmoid.backward(np.full((1, 5), 1e7, dtype=dtype))
    assert sigmoid.dinputs[0, [0, 4]].tolist() == [0, 0]
    assert np.all(np.isfinite(sigmoid.dinputs))


@both_types
@pytest.mark.parametrize("loss", [Loss_CategoricalCrossentropy, Loss_BinaryCrossentropy])
def test_probabilities_of_0_and_1(loss, dtype, precision):
    """Quite sure and right costs next to nothing; quite sure and wrong costs much, but no infinity."""
    sure = np.array([[0, 1], [1, 0]], dtype=dtype)
    loss = loss()
    assert 0 < loss.calculate(sure, sure.astype(int)) < 2e-7
    loss.backward(sure, sure.astype(int))
    assert np.all(np.isfinite(loss.dinputs))
    assert 15.9 < loss.calculate(sure, 1 - sure.astype(int)) < 16.2
    loss.backward(sure, 1 - sure.astype(int))
    assert np.all(np.isfinite(loss.dinputs))
    assert np.all(np.sign(loss.dinputs[sure == 0]) == -1)


@pytest.mark.parametrize("build", [softmax_model, binary_model])
def test_model_on_inputs_of_1000(build):
    model, (inputs, targets) = build()
    for layer in model.trainable_layers:
        layer.weights *= 100
    history = model.train(1000 * np.sign(inputs), targets, epochs=2, print_every=0)
    assert np.all(np.isfinite(history["loss"]))
    assert all(np.all(np.isfinite(layer.weights)) for layer in model.trainable_layers)


def test_targets_that_are_all_the_same():
    """Their standard deviation is 0, and so is the precision: nothing is right, and nothing is divided by 0."""
    accuracy = Accuracy_Regression()
    accuracy.init(np.ones((5, 1)))
    assert accuracy.calculate(np.ones((5, 1)), np.ones((5, 1))) == 0


# --- one sample, one class, one feature, and batches that do not come out even --------------------------------


def test_one_sample_and_one_class():
    both, loss = Activation_Softmax_Loss_CategoricalCrossentropy(), Loss_CategoricalCrossentropy()
    for labels in (np.array([0]), np.array([[1]])):
        assert both.forward(np.array([[3.7]], dtype=np.float32), labels) == pytest.approx(0, abs=2e-7)
        both.backward(both.output, labels)
        assert both.dinputs.tolist() == [[0]]
        loss.backward(both.output, labels)
        assert loss.dinputs.tolist() == [[-1]]
        assert Accuracy_Categorical().calculate(np.argmax(both.output, axis=1), labels) == 1


def test_one_sample_through_a_layer(precision):
    layer = Layer_Dense(1, 1)
    layer.forward(np.array([[2]], dtype=np.float32))
    layer.backward(np.array([[3]], dtype=np.float32))
    assert layer.dweights.tolist() == [[6]]
    assert layer.dbiases.tolist() == [[3]]


def test_input_layer_hands_its_inputs_on():
    inputs, layer = numbers(3, 2), Layer_Input()
    layer.forward(inputs, training=True)
    assert layer.output is inputs


@pytest.mark.parametrize(
    ("samples", "batch_size", "sizes"),
    [(6, 2, [2, 2, 2]), (7, 3, [3, 3, 1]), (5, 5, [5]), (5, 100, [5]), (1, 1, [1]), (5, None, [5]), (0, 3, [])],
)
def test_no_batch_is_empty(samples, batch_size, sizes):
    data = np.arange(samples)
    batches = [data[batch] for batch in batch_slices(samples, batch_size)]
    assert [len(batch) for batch in batches] == sizes
    assert np.concatenate([[], *batches]).tolist() == data.tolist()


@pytest.mark.parametrize("batch_size", [1, 29, 30, 45, 90, 1000])
def test_model_takes_as_many_steps_as_there_are_batches(batch_size):
    model, (inputs, targets) = softmax_model()
    history = model.train(inputs, targets, epochs=2, batch_size=batch_size, print_every=0)
    assert model.optimizer.iterations == 2 * -(-90 // batch_size)
    assert np.all(np.isfinite(history["loss"]))
    assert model.loss.accumulated_count == model.accuracy.accumulated_count == 90


# --- labels of every type ------------------------------------------------------------------------------------

LABELS = np.array([2, 0, 1, 3, 1, 2])


def categorical_results(targets):
    """The loss, both gradients and the accuracy."""
    loss, both = Loss_CategoricalCrossentropy(), Activation_Softmax_Loss_CategoricalCrossentropy()
    outputs = shares(6, 4)
    losses = loss.forward(outputs, targets)
    loss.backward(outputs, targets)
    both.backward(outputs, targets)
    right = Accuracy_Categorical().compare(np.argmax(outputs, axis=1), targets)
    return np.column_stack([losses, loss.dinputs, both.dinputs, right])


@pytest.mark.parametrize("dtype", WHOLE_TYPES)
def test_class_numbers_of_every_type(dtype):
    np.testing.assert_array_equal(categorical_results(LABELS.astype(dtype)), categorical_results(LABELS))


@pytest.mark.parametrize("dtype", ONE_HOT_TYPES)
def test_one_hot_labels_of_every_type(dtype):
    one_hot = np.eye(4)[LABELS].astype(dtype)
    np.testing.assert_array_equal(categorical_results(one_hot), categorical_results(LABELS))


@pytest.mark.parametrize("dtype", ONE_HOT_TYPES)
def test_yes_and_no_of_every_type(dtype):
    yes_or_no = (numbers(6, 3) > 0) * 1
    results = []
    for targets in (yes_or_no, yes_or_no.astype(dtype)):
        loss, outputs = Loss_BinaryCrossentropy(), shares(6, 3)
        losses = loss.forward(outputs, targets)
        loss.backward(outputs, targets)
        right = Accuracy_Categorical(binary=True).compare((outputs > 0.5) * 1, targets)
        results.append(np.column_stack([losses, loss.dinputs, right]))
    np.testing.assert_array_equal(*results)


def test_one_hot_labels_of_uint8_have_the_right_gradient():
    """Minus one is 255 in uint8: the book's own code gives a gradient of 510 here."""
    loss = Loss_CategoricalCrossentropy()
    loss.backward(np.array([[0.5, 0.5]]), np.array([[0, 1]], dtype=np.uint8))
    assert loss.dinputs.tolist() == [[0, -2]]


# --- nothing that is handed in is changed --------------------------------------------------------------------


def test_inputs_and_gradients_are_left_alone():
    inputs, dvalues = numbers(6, 4), numbers(6, 4, seed=12)
    copies = inputs.copy(), dvalues.copy()
    for layer in (Layer_Dense(4, 4, **PENALTIES), Layer_Dropout(0.5), *(kind() for kind in ACTIVATIONS)):
        layer.forward(inputs, training=True)
        layer.backward(dvalues)
        np.testing.assert_array_equal([inputs, dvalues], copies, err_msg=type(layer).__name__)


def test_outputs_and_targets_are_left_alone():
    outputs, targets = shares(6, 4), np.eye(4)[LABELS]
    copies = outputs.copy(), targets.copy()
    losses = [
        Loss_CategoricalCrossentropy(),
        Loss_BinaryCrossentropy(),
        Loss_MeanSquaredError(),
        Loss_MeanAbsoluteError(),
        Activation_Softmax_Loss_CategoricalCrossentropy(),
    ]
    for loss in losses:
        loss.forward(outputs, targets)
        loss.backward(outputs, targets)
        np.testing.assert_array_equal(outputs, copies[0], err_msg=type(loss).__name__)
        np.testing.assert_array_equal(targets, copies[1], err_msg=type(loss).__name__)


def test_dropout_outside_training_hands_out_a_copy():
    inputs, dropout = numbers(6, 4), Layer_Dropout(0.5)
    dropout.forward(inputs, training=False)
    np.testing.assert_array_equal(dropout.output, inputs)
    assert dropout.output is not inputs


# --- optimizers one after another ----------------------------------------------------------------------------


def step(layer, optimizer):
    layer.dweights, layer.dbiases = numbers(4, 3, seed=8), numbers(1, 3, seed=9)
    optimizer.pre_update_params()
    optimizer.update_params(layer)
    optimizer.post_update_params()


@pytest.mark.parametrize("first", OPTIMIZERS.values(), ids=OPTIMIZERS.keys())
@pytest.mark.parametrize("second", OPTIMIZERS.values(), ids=OPTIMIZERS.keys())
def test_a_layer_can_go_from_one_optimizer_to_another(first, second):
    layer = Layer_Dense(4, 3)
    step(layer, first())
    step(layer, second())
    assert np.all(np.isfinite(layer.weights))


def test_plain_gradient_descent_leaves_nothing_behind():
    """Adam after a step without momentum goes on as Adam on new layers with those weights."""
    layer, new_layer = Layer_Dense(4, 3), Layer_Dense(4, 3)
    step(layer, Optimizer_SGD(learning_rate=0.1))
    new_layer.set_parameters(*layer.get_parameters())
    step(layer, Optimizer_Adam(learning_rate=0.1))
    step(new_layer, Optimizer_Adam(learning_rate=0.1))
    np.testing.assert_array_equal(layer.weights, new_layer.weights)
    np.testing.assert_array_equal(layer.biases, new_layer.biases)


@pytest.mark.parametrize("dtype", [np.int64, np.float16, np.float64])
def test_parameters_of_any_type_are_taken_in_the_layers_own(dtype):
    layer = Layer_Dense(4, 3)
    layer.set_parameters(np.ones((4, 3), dtype=dtype), np.zeros((1, 3), dtype=dtype))
    assert float_types(layer) == {"float32"}
    step(layer, Optimizer_SGD(learning_rate=0.1))
    assert np.all(layer.weights != 1)


# --- dropout --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate", [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95])
def test_dropout_draws_the_masks_of_the_binomial_distribution(rate):
    """Also the random numbers that follow are the same."""
    random_state = np.random.get_state()
    layer, inputs = Layer_Dropout(rate), np.ones((100, 200), dtype=np.float32)
    results = []
    for draw in (lambda: layer.forward(inputs, training=True), lambda: np.random.binomial(1, 1 - rate, (100, 200))):
        np.random.seed(17)
        results.append((draw(), np.random.random_sample()))
    np.random.set_state(random_state)
    np.testing.assert_array_equal(layer.binary_mask > 0, results[1][0] > 0)
    assert results[0][1] == results[1][1]
    assert np.mean(layer.output) == pytest.approx(1, abs=0.1)
