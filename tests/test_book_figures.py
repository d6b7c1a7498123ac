"""Every figure of the book and of its code, at the digits printed there: data/book_figures.json lists them.

Each has a calculation, a training run or a test of its own here, or stands in ELSEWHERE with the reason.
"""

import json
import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from nnfs.datasets import sine_data, spiral_data, vertical_data

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
    Loss_MeanSquaredError,
    Optimizer_Adam,
    Optimizer_SGD,
    batch_slices,
)
from nnfs_helpers.precision import book_precision, same_digits_as_book
from tests import reference, training

FIGURES = {
    figure["id"]: figure
    for figure in json.loads((Path(__file__).parent / "data" / "book_figures.json").read_text(encoding="utf-8"))
}
ELSEWHERE = {
    "c19_final": "needs the real Fashion-MNIST: test_fashion_mnist.py",
    "c19_final_unsorted": "depends on the order in which one disk lists its folders",
    "c20_evaluate": "needs the network of c19_final: test_fashion_mnist.py",
    "c22_first5": "needs the network of c19_final: test_fashion_mnist.py",
    "c22_tshirt": "needs a photograph that is not part of this project",
    "probe_exp32": "the package asks for a fingerprint of its own: test_book_precision.py",
}
CALCULATIONS = {}


def calculates(identifier):
    """Marks the function that calculates one figure."""

    def remember(function):
        assert identifier not in CALCULATIONS
        CALCULATIONS[identifier] = function
        return function

    return remember


# --- chapter 2: neurons ----------------------------------------------------------------------------------

X_LIST = [[1, 2, 3, 2.5], [2.0, 5.0, -1.0, 2], [-1.5, 2.7, 3.3, -0.8]]
W_LIST = [[0.2, 0.8, -0.5, 1], [0.5, -0.91, 0.26, -0.5], [-0.26, -0.27, 0.17, 0.87]]
B_LIST = [2, 3, 0.5]
X, W, B = np.array(X_LIST), np.array(W_LIST), np.array(B_LIST)


def neuron(inputs, weights, bias):
    return sum(number * weight for number, weight in zip(inputs, weights)) + bias


def dense(weights, biases):
    """A package layer with one column per neuron, from rows per neuron as chapter 2 has them."""
    layer = Layer_Dense(weights.shape[1], weights.shape[0])
    layer.weights, layer.biases = weights.T.copy(), np.array([biases])
    return layer


def forward(step, inputs):
    step.forward(inputs)
    return step.output


CALCULATIONS["c02_neuron3"] = lambda: neuron([1, 2, 3], [0.2, 0.8, -0.5], 2)
CALCULATIONS["c02_neuron4"] = lambda: neuron(X_LIST[0], W_LIST[0], B_LIST[0])
CALCULATIONS["c02_layer_lists"] = lambda: [
    X_LIST[0][0] * row[0] + X_LIST[0][1] * row[1] + X_LIST[0][2] * row[2] + X_LIST[0][3] * row[3] + bias
    for row, bias in zip(W_LIST, B_LIST)
]
CALCULATIONS["c02_layer_loop"] = lambda: [neuron(X_LIST[0], row, bias) for row, bias in zip(W_LIST, B_LIST)]
CALCULATIONS["c02_dot_vec"] = lambda: sum(a * b for a, b in zip([1, 2, 3], [2, 3, 4]))
CALCULATIONS["c02_vecadd"] = lambda: np.array([1, 2, 3]) + np.array([2, 3, 4])
CALCULATIONS["c02_np_neuron_lists"] = lambda: np.dot(W_LIST[0], X_LIST[0]) + 2.0
CALCULATIONS["c02_np_neuron"] = lambda: np.dot(W[0], X[0]) + 2.0
CALCULATIONS["c02_np_layer_lists"] = lambda: np.dot(W_LIST, X_LIST[0]) + B_LIST
CALCULATIONS["c02_np_layer"] = lambda: np.dot(W, X[0]) + B
CALCULATIONS["c02_rowcol"] = lambda: np.dot(np.array([[1, 2, 3]]), np.array([[2, 3, 4]]).T)
CALCULATIONS["c02_batch_lists"] = lambda: np.dot(X_LIST, np.array(W_LIST).T) + B_LIST
CALCULATIONS["c02_batch"] = lambda: forward(dense(W, B), X)


@calculates("c02_matprod")
def matrix_product():
    left = [
        [0.49, 0.97, 0.53, 0.05],
        [0.33, 0.65, 0.62, 0.51],
        [1, 0.38, 0.61, 0.45],
        [0.74, 0.27, 0.64, 0.17],
        [0.36, 0.17, 0.96, 0.12],
    ]
    right = [
        [0.79, 0.32, 0.68, 0.90, 0.77],
        [0.18, 0.39, 0.12, 0.93, 0.09],
        [0.87, 0.42, 0.60, 0.71, 0.12],
        [0.45, 0.55, 0.40, 0.78, 0.81],
    ]
    return np.round(np.dot(np.array(left), np.array(right)), 2)


# --- chapter 3: layers -----------------------------------------------------------------------------------


@calculates("c03_two_layers")
def two_layers():
    weights = np.array([[0.1, -0.14, 0.5], [-0.5, 0.12, -0.33], [-0.44, 0.73, -0.13]])
    return forward(dense(weights, [-1, 2, -0.5]), forward(dense(W, B), X))


CALCULATIONS["c03_randn25"] = lambda: np.random.randn(2, 5)
CALCULATIONS["c03_init_w24"] = lambda: Layer_Dense(2, 4).weights
CALCULATIONS["c03_init_b4"] = lambda: Layer_Dense(2, 4).biases
CALCULATIONS["c03_spiral_X_first5"] = lambda: spiral_data(100, 3)[0][:5]


@calculates("c03_spiral_shapes")
def spiral_shapes():
    inputs, labels = spiral_data(100, 3)
    return str((inputs.shape, labels.shape, str(inputs.dtype), str(labels.dtype), np.bincount(labels).tolist()))


@cache
def first_spiral_network():
    """Chapters 3, 4, 5 and 9 look at one network before any training: 2-3-3 on the spiral."""
    inputs, labels = spiral_data(100, 3)
    first, relu, second = Layer_Dense(2, 3), Activation_ReLU(), Layer_Dense(3, 3)
    both = Activation_Softmax_Loss_CategoricalCrossentropy()
    loss = both.forward(forward(second, forward(relu, forward(first, inputs))), labels)
    both.backward(both.output, labels)
    second.backward(both.dinputs)
    relu.backward(second.dinputs)
    first.backward(relu.dinputs)
    return {"labels": labels, "first": first, "relu": relu, "second": second, "both": both, "loss": loss}


CALCULATIONS["c03_dense_spiral"] = lambda: first_spiral_network()["first"].output[:5]

# --- chapter 4: activation functions ---------------------------------------------------------------------

RELU_INPUTS = [0, 2, -1, 3.3, -2.7, 1.1, 2.2, -100]
SCORES = [4.8, 1.21, 2.385]
LAYER_OUTPUTS = np.array([[4.8, 1.21, 2.385], [8.9, -1.81, 0.2], [1.41, 1.051, 0.026]])


def normalise(numbers):
    total = sum(numbers)
    return [number / total for number in numbers]


def exponentials():
    return [2.71828182846**score for score in SCORES]


def softmax(*rows):
    return forward(Activation_Softmax(), np.array(rows))


CALCULATIONS["c04_relu_list"] = lambda: [max(0, number) for number in RELU_INPUTS]
CALCULATIONS["c04_relu_np"] = lambda: forward(Activation_ReLU(), np.array(RELU_INPUTS))
CALCULATIONS["c04_dense_relu_spiral"] = lambda: first_spiral_network()["relu"].output[:5]
CALCULATIONS["c04_exp_py"] = exponentials
CALCULATIONS["c04_norm_py"] = lambda: normalise(exponentials())
CALCULATIONS["c04_norm_py_sum"] = lambda: sum(normalise(exponentials()))
CALCULATIONS["c04_exp_np"] = lambda: np.exp(SCORES)
CALCULATIONS["c04_norm_np"] = lambda: np.exp(SCORES) / np.sum(np.exp(SCORES))
CALCULATIONS["c04_norm_np_sum"] = lambda: np.sum(np.exp(SCORES) / np.sum(np.exp(SCORES)))
CALCULATIONS["c04_sum_none"] = lambda: np.sum(LAYER_OUTPUTS)
CALCULATIONS["c04_sum_ax0"] = lambda: np.sum(LAYER_OUTPUTS, axis=0)
CALCULATIONS["c04_sum_rows_py"] = lambda: [sum(row) for row in LAYER_OUTPUTS.tolist()]
CALCULATIONS["c04_sum_ax1"] = lambda: np.sum(LAYER_OUTPUTS, axis=1)
CALCULATIONS["c04_sum_keep"] = lambda: np.sum(LAYER_OUTPUTS, axis=1, keepdims=True)
CALCULATIONS["c04_exp1"] = lambda: np.exp(1)
CALCULATIONS["c04_exp10"] = lambda: np.exp(10)
CALCULATIONS["c04_exp100"] = lambda: np.exp(100)
CALCULATIONS["c04_exp1000"] = lambda: np.exp(1000)
CALCULATIONS["c04_expninf"] = lambda: [np.exp(-np.inf), np.exp(0)]
CALCULATIONS["c04_softmax123"] = lambda: softmax([1, 2, 3])
CALCULATIONS["c04_softmax_shift"] = lambda: softmax([-2, -1, 0])
CALCULATIONS["c04_softmax_half"] = lambda: softmax([0.5, 1, 1.5])
CALCULATIONS["c04_spiral_first5"] = lambda: first_spiral_network()["both"].output[:5]

# --- chapter 5: loss -------------------------------------------------------------------------------------

PROBABILITIES = np.array([[0.7, 0.1, 0.2], [0.1, 0.5, 0.4], [0.02, 0.9, 0.08]])
LABELS = np.array([0, 1, 1])


def categorical_accuracy(probabilities, labels):
    return Accuracy_Categorical().calculate(np.argmax(probabilities, axis=1), labels)


def mean_loss(labels):
    return Loss_CategoricalCrossentropy().calculate(PROBABILITIES, labels)


@calculates("c05_acc")
def accuracy_of_three():
    return categorical_accuracy(np.array([[0.7, 0.2, 0.1], [0.5, 0.1, 0.4], [0.02, 0.9, 0.08]]), LABELS)


@calculates("c05_spiral_acc")
def accuracy_of_the_spiral():
    network = first_spiral_network()
    return categorical_accuracy(network["both"].output, network["labels"])


CALCULATIONS["c05_log"] = lambda: np.log(5.2)
CALCULATIONS["c05_e_pow"] = lambda: math.e**1.6486586255873816
CALCULATIONS["c05_cce_one"] = lambda: -sum(math.log(p) * t for p, t in zip([0.7, 0.1, 0.2], [1, 0, 0]))
CALCULATIONS["c05_logs"] = lambda: [-math.log(0.7), -math.log(0.5)]
CALCULATIONS["c05_loglist"] = lambda: [math.log(p) for p in (1.0, 0.95, 0.9, 0.8, 0.2, 0.1, 0.05, 0.01)]
CALCULATIONS["c05_confidences"] = lambda: PROBABILITIES[range(3), LABELS]
CALCULATIONS["c05_neglog"] = lambda: Loss_CategoricalCrossentropy().forward(PROBABILITIES, LABELS)
CALCULATIONS["c05_mean_loss"] = lambda: mean_loss(LABELS)
CALCULATIONS["c05_mean_loss_onehot"] = lambda: mean_loss(np.eye(3, dtype=int)[LABELS])
CALCULATIONS["c05_log0"] = lambda: [-np.log(0), np.mean([1, 2, 3, -np.log(0)])]
CALCULATIONS["c05_log1e7"] = lambda: [-np.log(1e-7), -np.log(1 + 1e-7), -np.log(1 - 1e-7)]
CALCULATIONS["c05_spiral_loss"] = lambda: first_spiral_network()["loss"]

# --- chapter 6: random search ----------------------------------------------------------------------------


def random_search(data, iterations, fresh, untried=()):
    """Random parameters (fresh) or random steps away from the best ones; returns every improvement.

    untried: iterations whose numbers are drawn but not tried out, to save time.
    One draw gives the rows of all four arrays: the numbers that four draws, one per array, give in the book.
    """
    inputs, labels = data(samples=100, classes=3)
    first, relu, second, last = Layer_Dense(2, 3), Activation_ReLU(), Layer_Dense(3, 3), Activation_Softmax()
    loss_function, lowest_loss, improvements = Loss_CategoricalCrossentropy(), 9999999, []
    best = np.vstack([first.weights, first.biases, second.weights, second.biases])
    for iteration in range(iterations):
        step = 0.05 * np.random.randn(7, 3)
        if iteration in untried:
            continue
        parameters = step if fresh else best + step
        first.weights, first.biases = parameters[:2], parameters[2:3]
        second.weights, second.biases = parameters[3:6], parameters[6:]
        probabilities = forward(last, forward(second, forward(relu, forward(first, inputs))))
        loss = loss_function.calculate(probabilities, labels)
        if loss < lowest_loss:
            lowest_loss, best = loss, parameters
            improvements.append([iteration, str(loss), str(categorical_accuracy(probabilities, labels))])
    return improvements


@cache
def long_search_on_vertical_data():
    """The last improvement in 100,000 iterations is that of iteration 63,704, the last but one that of 14,206."""
    return random_search(vertical_data, 63_705, fresh=False, untried=range(14_207, 63_704))


@calculates("c06_step_vertical")
def short_search_on_vertical_data():
    return [improvement for improvement in long_search_on_vertical_data() if improvement[0] < 10_000]


CALCULATIONS["c06_fresh_vertical"] = lambda: random_search(vertical_data, 10_000, fresh=True)
CALCULATIONS["c06_step_vertical_100k"] = lambda: long_search_on_vertical_data()[-4:]
CALCULATIONS["c06_step_spiral"] = lambda: random_search(spiral_data, 10_000, fresh=False)

# --- chapters 7 and 8: derivatives -----------------------------------------------------------------------

DELTA = 0.0001


def square(x):
    return 2 * x**2


def steps(function, *places):
    """How much the function grows over one step, at each place."""
    values = function(np.arange(5))
    return [float(values[place + 1] - values[place]) for place in places]


def numerical_derivative(x):
    return (square(x + DELTA) - square(x)) / ((x + DELTA) - x)


def central(function, *place, step=1e-6):
    """The slope of a function along each of its variables."""
    slopes = []
    for index in range(len(place)):
        above, below = list(place), list(place)
        above[index] += step
        below[index] -= step
        slopes.append((function(*above) - function(*below)) / (2 * step))
    return slopes


CALCULATIONS["c07_linear"] = lambda: 2 * np.arange(5)
CALCULATIONS["c07_slope_lin"] = lambda: np.float64(steps(lambda x: 2 * x, 0)[0])
CALCULATIONS["c07_quad"] = lambda: square(np.arange(5))
CALCULATIONS["c07_slopes_quad"] = lambda: steps(square, 0, 2)
CALCULATIONS["c07_numderiv_x1"] = lambda: numerical_derivative(1)
CALCULATIONS["c07_numderiv_0_4"] = lambda: [numerical_derivative(x) for x in range(5)]
CALCULATIONS["c07_points"] = lambda: [[x + DELTA, square(x + DELTA)] for x in range(5)]


@calculates("c07_analytic")
def analytic_derivatives():
    pairs = [
        (lambda x: 3 * x**2 + 5 * x, lambda x: 6 * x + 5),
        (lambda x: 5 * x**5 + 4 * x**3 - 5, lambda x: 25 * x**4 + 12 * x**2),
        (lambda x: x**3 + 2 * x**2 - 5 * x + 7, lambda x: 3 * x**2 + 4 * x - 5),
    ]
    for function, derivative in pairs:
        assert central(function, 1.5)[0] == pytest.approx(derivative(1.5), rel=1e-8)
    return [derivative(1.5) for _, derivative in pairs]


@calculates("c08_partials")
def partial_derivatives():
    x, y, z = 2.0, 3.0, 4.0
    pairs = [
        (lambda x, y, z: x + y, [1.0, 1.0, 0.0]),
        (lambda x, y, z: 2 * x + 3 * y**2, [2.0, 6 * y, 0.0]),
        (lambda x, y, z: 3 * x**3 - y**2 + 5 * x + 2, [9 * x**2 + 5, -2 * y, 0.0]),
        (lambda x, y, z: 3 * x**3 * z - y**2 + 5 * z + 2 * y * z, [9 * x**2 * z, -2 * y + 2 * z, 3 * x**3 + 5 + 2 * y]),
        (lambda x, y, z: x * y, [y, x, 0.0]),
        (lambda x, y, z: max(x, y), [1.0 * (x > y), 1.0 * (y > x), 0.0]),
    ]
    for function, partials in pairs:
        assert central(function, x, y, z) == pytest.approx(partials, rel=1e-8, abs=1e-8)
    return [partials for _, partials in pairs]


# --- chapter 9: backpropagation --------------------------------------------------------------------------


def one_neuron(weights=(-3.0, -1.0, 2.0), bias=1.0):
    """x = [1, -2, 3], forward and backward through one neuron with ReLU."""
    layer, relu = dense(np.array([weights]), [bias]), Activation_ReLU()
    output = forward(relu, forward(layer, np.array([[1.0, -2.0, 3.0]])))
    relu.backward(np.array([[1.0]]))
    layer.backward(relu.dinputs)
    return layer, relu, output.item()


@calculates("c09_neuron_fwd")
def neuron_forward():
    layer, relu, output = one_neuron()
    return [*(layer.inputs * layer.weights.T)[0].tolist(), layer.output.item(), output]


@calculates("c09_neuron_bwd")
def neuron_backward():
    layer, _, _ = one_neuron()
    return [layer.dinputs[0].tolist(), layer.dweights[:, 0].tolist(), layer.dbiases.item()]


@calculates("c09_neuron_update")
def neuron_update():
    layer, _, _ = one_neuron()
    Optimizer_SGD(learning_rate=0.001).update_params(layer)
    return [*layer.weights[:, 0].tolist(), layer.biases.item()]


@calculates("c09_neuron_after")
def neuron_after_the_update():
    *weights, bias = neuron_update()
    return one_neuron(weights, bias)[2]


def batch_backward(dvalues):
    layer = dense(W, B)
    layer.forward(X)
    layer.backward(np.array(dvalues))
    return layer


def step_on_the_outputs():
    """One small step of gradient descent, with the outputs themselves as the gradient."""
    layer, relu = dense(W, B), Activation_ReLU()
    output = forward(relu, forward(layer, X))
    relu.backward(output.copy())
    layer.backward(relu.dinputs)
    Optimizer_SGD(learning_rate=0.001).update_params(layer)
    return layer


@calculates("c09_drelu")
def relu_gradient():
    relu = Activation_ReLU()
    relu.forward(np.array([[1, 2, -3, -4], [2, -7, -1, 3], [-1, 2, 5, -1]]))
    relu.backward(np.arange(1, 13).reshape(3, 4))
    return relu.dinputs


@calculates("c09_jacobian")
def jacobian():
    column = PROBABILITIES[0].reshape(-1, 1)
    return np.diagflat(column) - np.dot(column, column.T)


@calculates("c09_grad_combined")
def combined_gradient():
    both = Activation_Softmax_Loss_CategoricalCrossentropy()
    both.backward(PROBABILITIES, LABELS)
    return both.dinputs


@calculates("c09_grad_separate")
def separate_gradients():
    """The package's two steps; the last digits printed after nnfs.init() come from the Jacobian matrix."""
    loss, last = Loss_CategoricalCrossentropy(), Activation_Softmax()
    loss.backward(PROBABILITIES, LABELS)
    last.output = PROBABILITIES
    last.backward(loss.dinputs)
    with_jacobian = reference.softmax_backward(PROBABILITIES, loss.dinputs)
    np.testing.assert_allclose(last.dinputs, with_jacobian, rtol=1e-6)
    return with_jacobian


CALCULATIONS["c09_dinputs1"] = lambda: batch_backward([[1.0, 1.0, 1.0]] * 3).dinputs[0]
CALCULATIONS["c09_dweights"] = lambda: batch_backward([[1.0] * 3, [2.0] * 3, [3.0] * 3]).dweights
CALCULATIONS["c09_dbiases"] = lambda: batch_backward([[1.0] * 3, [2.0] * 3, [3.0] * 3]).dbiases
CALCULATIONS["c09_step_weights"] = lambda: step_on_the_outputs().weights
CALCULATIONS["c09_step_biases"] = lambda: step_on_the_outputs().biases
CALCULATIONS["c09_eye5"] = lambda: [np.eye(5)[1].tolist(), np.eye(5)[4].tolist()]
CALCULATIONS["c09_diagflat"] = lambda: np.diagflat(PROBABILITIES[0])
CALCULATIONS["c09_outer"] = lambda: np.dot(PROBABILITIES[0].reshape(-1, 1), PROBABILITIES[0].reshape(1, -1))
CALCULATIONS["c09_spiral_dense1_dweights"] = lambda: first_spiral_network()["first"].dweights
CALCULATIONS["c09_spiral_dense1_dbiases"] = lambda: first_spiral_network()["first"].dbiases
CALCULATIONS["c09_spiral_dense2_dweights"] = lambda: first_spiral_network()["second"].dweights
CALCULATIONS["c09_spiral_dense2_dbiases"] = lambda: first_spiral_network()["second"].dbiases

# --- chapters 10, 14, 15, 16, 17 and 19: single figures --------------------------------------------------

DROPOUT_EXAMPLE = np.array([0.27, -1.03, 0.67, 0.99, 0.05, -0.37, -2.01, 1.13, -0.07, 0.73])


def decaying_rates(steps):
    optimizer = Optimizer_SGD(learning_rate=1.0, decay=0.1)
    rates = []
    for _ in range(steps):
        optimizer.pre_update_params()
        rates.append(optimizer.current_learning_rate)
        optimizer.post_update_params()
    return rates


def l1_signs(weights):
    """The slope of the L1 penalty: what it adds to a gradient of zero."""
    layer = Layer_Dense(weights.shape[1], weights.shape[0], weight_regularizer_l1=1)
    layer.weights = weights.T
    layer.forward(np.ones((1, weights.shape[1])))
    layer.backward(np.zeros((1, weights.shape[0])))
    return layer.dweights.T


@calculates("c15_mean_sum_seed0")
def mean_after_dropout():
    np.random.seed(0)
    masks = (np.random.binomial(1, 0.8, DROPOUT_EXAMPLE.shape) for _ in range(10_000))
    return np.mean([sum(DROPOUT_EXAMPLE * mask / 0.8) for mask in masks])


@calculates("c15_binom_seed0")
def binomial_draws():
    np.random.seed(0)
    return np.random.binomial(2, 0.5, size=10)


@calculates("c17_precision")
def precision_of_the_sine():
    accuracy = Accuracy_Regression()
    accuracy.init(sine_data()[1])
    return accuracy.precision


def shuffled_keys():
    keys = np.array(range(60_000))
    np.random.shuffle(keys)
    return keys


CALCULATIONS["c10_decay_step1"] = lambda: decaying_rates(2)[1]
CALCULATIONS["c10_decay_step20"] = lambda: decaying_rates(21)[20]
CALCULATIONS["c10_decay_loop"] = lambda: decaying_rates(20)
CALCULATIONS["c14_dl1_1"] = lambda: l1_signs(np.array([[0.2, 0.8, -0.5]]))[0].astype(int).tolist()
CALCULATIONS["c14_dl1_2d"] = lambda: l1_signs(W)
CALCULATIONS["c15_sum_initial"] = lambda: sum(DROPOUT_EXAMPLE)
CALCULATIONS["c16_mean_axis"] = lambda: np.mean([[1, 2, 3], [2, 4, 6], [0, 5, 10], [11, 12, 13], [5, 10, 15]], axis=-1)
CALCULATIONS["c17_sine"] = lambda: [numbers[:3, 0].tolist() for numbers in sine_data()]
CALCULATIONS["c19_shuffle_keys"] = lambda: shuffled_keys()[:10]
CALCULATIONS["c19_shuffled_labels15"] = lambda: shuffled_keys()[:15] // 6000
CALCULATIONS["c19_steps"] = lambda: [len(batch_slices(60_000, 128)), len(batch_slices(10_000, 128))]


def flat(value):
    """All numbers of nested lists, some of which may be written as text, as one flat list."""
    if isinstance(value, (list, np.ndarray)):
        return [number for part in value for number in flat(part)]
    return [float(value)]


@pytest.mark.filterwarnings("ignore:overflow encountered in exp", "ignore:divide by zero encountered in log")
@pytest.mark.parametrize("identifier", CALCULATIONS)
def test_figure(identifier):
    figure = FIGURES[identifier]
    first_spiral_network.cache_clear()
    if figure.get("book_precision"):
        with book_precision(seed=0):
            value = CALCULATIONS[identifier]()
    else:
        value = CALCULATIONS[identifier]()
    if isinstance(value, str):
        assert value == figure["expected"]
    else:
        tolerances = {"rtol": figure.get("rel_tol", 0), "atol": figure.get("abs_tol", 0)}
        np.testing.assert_allclose(flat(value), flat(figure["expected"]), **tolerances)
    if "printed" in figure and (figure["same_on_all_machines"] or same_digits_as_book()):
        assert str(value) == figure["printed"]


OTHER_IN_BOOK_PRECISION = [name for name in CALCULATIONS if "printed_in_book_precision" in FIGURES[name]]


@pytest.mark.parametrize("identifier", OTHER_IN_BOOK_PRECISION)
def test_figure_in_book_precision(identifier):
    """What nnfs.init() does to the last digits, or to a dot product of two lists."""
    printed = FIGURES[identifier]["printed_in_book_precision"]
    with book_precision(seed=0):
        if printed.startswith("AttributeError"):
            with pytest.raises(AttributeError, match=printed.partition(": ")[2]):
                CALCULATIONS[identifier]()
        else:
            assert str(CALCULATIONS[identifier]()) == printed


# --- training runs -----------------------------------------------------------------------------------------

WHOLE = 10_001


def run_chapter_10(identifier):
    log, _, _ = training.chapter_10(identifier, WHOLE)
    return log, None


def run_chapter_11(identifier):
    log, _, validation = training.chapter_10("c10_adam_2", WHOLE)
    return log, validation


def run_chapter_14(identifier):
    log, _, validation = training.chapter_14(100, WHOLE)
    return log, validation


def run_model(model, data, epochs, validation_data=None):
    history = model.train(*data, epochs=epochs, print_every=0)
    validation = None
    if validation_data is not None:
        accuracy, loss = model.evaluate(*validation_data)
        validation = {"acc": accuracy, "loss": loss}
    return training.history_as_log(history), validation


def run_chapter_18_regression(identifier):
    with book_precision(seed=0):
        data = sine_data()
        layers = training.hidden_and_last_layers([1, 64, 64, 1])
        training.remember_biases_in_float64(layers[-1])
        optimizer = Optimizer_Adam(learning_rate=0.005, decay=1e-3)
        parts = [*layers, Activation_Linear()], Loss_MeanSquaredError(), optimizer, Accuracy_Regression()
        return run_model(training.make_model(*parts), data, epochs=200)


def run_chapter_18_binary(identifier):
    with book_precision(seed=0):
        (inputs, labels), (test_inputs, test_labels) = spiral_data(100, 2), spiral_data(100, 2)
        layers = [Layer_Dense(2, 64, **training.L2), Activation_ReLU(), Layer_Dense(64, 1), Activation_Sigmoid()]
        parts = layers, Loss_BinaryCrossentropy(), Optimizer_Adam(decay=5e-7), Accuracy_Categorical(binary=True)
        data, test_data = (inputs, labels.reshape(-1, 1)), (test_inputs, test_labels.reshape(-1, 1))
        return run_model(training.make_model(*parts), data, WHOLE - 1, test_data)


def run_chapter_18_final(identifier):
    with book_precision(seed=0):
        data, _ = spiral_data(1000, 3), spiral_data(100, 3)
        layers = [Layer_Dense(2, 512, **training.L2), Activation_ReLU(), training.Dropout_AsPrinted(0.1)]
        layers += [Layer_Dense(512, 3), Activation_Softmax()]
        training.remember_biases_in_float64(layers[0])
        optimizer = Optimizer_Adam(learning_rate=0.05, decay=5e-5)
        parts = layers, Loss_CategoricalCrossentropy(), optimizer, Accuracy_Categorical()
        return run_model(training.make_model(*parts), data, epochs=100)


RUNS = {identifier: run_chapter_10 for identifier in training.CHAPTER_10 if identifier in FIGURES} | {
    "c11_test": run_chapter_11,
    "c14_l2": run_chapter_14,
    "c14_1000": lambda identifier: (training.chapter_14(1000, 201)[0], None),
    "c15_dropout": lambda identifier: (training.chapter_15(64, 201), None),
    "c15_dropout_512": lambda identifier: (training.chapter_15(512, 1), None),
    **dict.fromkeys(training.CHAPTER_17, lambda identifier: (training.chapter_17(identifier, 201), None)),
    "c18_regression": run_chapter_18_regression,
    "c18_binary": run_chapter_18_binary,
    "c18_final": run_chapter_18_final,
}


def printed_line(figures):
    """One line of a log, as the book prints it; figures that a chapter does not print are left out."""
    parts = [f"{name}: {figures[name]:.3f}" for name in ("acc", "loss", "data_loss", "reg_loss") if name in figures]
    return ", ".join([*parts, f"lr: {figures.get('lr')}"])


def in_band(band, figures, prefix=""):
    return all(low <= figures[name] <= high for name in ("acc", "loss") for low, high in [band[prefix + name]])


def in_one_process(identifier):
    """Tests that look at the same run belong into the same process, where it is kept."""
    groups = {"c10_adam_2": "chapter 10", "c11_test": "chapter 10", "c14_l2": "chapter 14"}
    marks = [pytest.mark.xdist_group(groups[identifier])] if identifier in groups else []
    return pytest.param(identifier, marks=marks)


@pytest.mark.parametrize("identifier", [in_one_process(identifier) for identifier in RUNS])
def test_run(identifier):
    """Line by line where the exponential is that of the logs; elsewhere the rates, the start and the end."""
    figure = FIGURES[identifier]
    log, validation = RUNS[identifier](identifier)
    log = {line["epoch"]: line for line in log}
    expected = [line for line in figure["expected"]["epochs"] if line["epoch"] in log]
    assert expected
    for wanted in expected:
        got = {name: log[wanted["epoch"]][name] for name in wanted}
        assert got["lr"] == wanted["lr"]
        if same_digits_as_book() or wanted["epoch"] == 0:
            assert printed_line(got) == printed_line(wanted)
    if validation is not None and same_digits_as_book():
        assert printed_line(validation) == printed_line(figure["expected"]["validation"])
    if "band" in figure and expected[-1] == figure["expected"]["epochs"][-1]:
        assert in_band(figure["band"], got)
        assert validation is None or in_band(figure["band"], validation, "val_")


def test_the_logs_of_dropout_need_the_float64_that_the_book_has_by_accident():
    """Without it, in float32 throughout, dropout trains as well, but to other digits."""
    ours = training.chapter_15(64, 101, dropout=Layer_Dropout)
    printed = FIGURES["c15_dropout"]["expected"]["epochs"][:2]
    assert [line["epoch"] for line in ours] == [line["epoch"] for line in printed] == [0, 100]
    assert printed_line(ours[0]) == printed_line(printed[0])
    assert printed_line(ours[1]) != printed_line(printed[1])
    assert ours[1]["acc"] == pytest.approx(printed[1]["acc"], abs=0.05)
    assert ours[1]["loss"] == pytest.approx(printed[1]["loss"], abs=0.05)
    assert ours[1]["loss"].dtype == np.float32


# --- figures that need a test of their own -----------------------------------------------------------------


@pytest.mark.xdist_group("chapter 10")
def test_c10_adam_2_median10():
    """The last ten printed lines together are steadier than the last one alone."""
    log, _, _ = training.chapter_10("c10_adam_2", WHOLE)
    last_lines = [line for line in log if line["epoch"] >= 9100]
    assert len(last_lines) == 10
    for name, (low, high) in zip(("acc", "loss"), FIGURES["c10_adam_2_median10"]["expected"].values()):
        assert low <= np.median([line[name] for line in last_lines]) <= high


# --- and nothing is left out -------------------------------------------------------------------------------

OWN_TESTS = {"c10_adam_2_median10": test_c10_adam_2_median10}


def where(identifier):
    """The lists that a figure stands in; it has to be exactly one."""
    lists = {"calculations": CALCULATIONS, "runs": RUNS, "own tests": OWN_TESTS, "elsewhere": ELSEWHERE}
    return [name for name, members in lists.items() if identifier in members]


def test_every_figure_has_its_place():
    assert {identifier: where(identifier) for identifier in FIGURES if len(where(identifier)) != 1} == {}
    assert {*CALCULATIONS, *RUNS, *OWN_TESTS, *ELSEWHERE} == set(FIGURES)


def test_a_figure_without_a_place_is_noticed():
    assert where("c23_not_there") == []
