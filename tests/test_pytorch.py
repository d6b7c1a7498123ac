"""The package against PyTorch: values stored by make_pytorch_reference.py, and fresh ones where there is torch."""

import importlib.util
import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import nnfs_helpers
from nnfs_helpers import (
    Activation_ReLU,
    Activation_Softmax_Loss_CategoricalCrossentropy,
    Layer_Dense,
    Layer_Dropout,
    Loss_CategoricalCrossentropy,
)

STORED = Path(__file__).parent / "data" / "pytorch_reference.npz"
ACTIVATIONS = {
    "relu": "Activation_ReLU",
    "softmax": "Activation_Softmax",
    "sigmoid": "Activation_Sigmoid",
    "linear": "Activation_Linear",
}
LOSSES = {
    "categorical": "Loss_CategoricalCrossentropy",
    "binary": "Loss_BinaryCrossentropy",
    "squared": "Loss_MeanSquaredError",
    "absolute": "Loss_MeanAbsoluteError",
}
OPTIMIZERS = {
    "sgd": "Optimizer_SGD",
    "sgd_decay": "Optimizer_SGD",
    "sgd_momentum": "Optimizer_SGD",
    "sgd_decay_momentum": "Optimizer_SGD",
    "adagrad": "Optimizer_Adagrad",
    "rmsprop": "Optimizer_RMSprop",
    "adam": "Optimizer_Adam",
    "adam_epsilon": "Optimizer_Adam",
}


@cache
def stored_values():
    with np.load(STORED, allow_pickle=False) as file:
        return dict(file)


@cache
def fresh_values():
    """Other numbers than the stored ones, from the PyTorch of this machine."""
    from tests import make_pytorch_reference

    return make_pytorch_reference.compute(seed=77)


SOURCES = {"stored": stored_values}
if importlib.util.find_spec("torch"):
    SOURCES["fresh"] = fresh_values


@pytest.fixture(params=SOURCES.values(), ids=SOURCES.keys())
def pytorch(request):
    return request.param()


def assert_equal(ours, theirs, rtol=1e-10):
    ours = np.asarray(ours)
    assert ours.dtype == np.float64
    np.testing.assert_allclose(ours, theirs, rtol=rtol, atol=1e-13)


def dense(weights, biases, penalties=None):
    regularizers = {name.replace("_l", "_regularizer_l"): value for name, value in (penalties or {}).items()}
    layer = Layer_Dense(*weights.shape, **regularizers)
    layer.weights, layer.biases = weights.copy(), biases.copy()
    return layer


def test_dense(pytorch):
    layer = dense(pytorch["dense.weights"], pytorch["dense.biases"])
    layer.forward(pytorch["dense.inputs"])
    layer.backward(pytorch["dense.dvalues"])
    for name in ("output", "dinputs", "dweights", "dbiases"):
        assert_equal(getattr(layer, name), pytorch[f"dense.{name}"])


def test_penalties(pytorch):
    penalties = json.loads(str(pytorch["settings"]))["penalties"]
    layer = dense(pytorch["dense.weights"], pytorch["dense.biases"], penalties)
    layer.forward(pytorch["dense.inputs"])
    layer.backward(pytorch["dense.dvalues"])
    assert_equal(Loss_CategoricalCrossentropy().regularization_loss(layer), pytorch["penalized.loss"])
    assert_equal(layer.dweights, pytorch["penalized.dweights"])
    assert_equal(layer.dbiases, pytorch["penalized.dbiases"])


def test_dropout(pytorch):
    layer = Layer_Dropout(0.3)
    random_state = np.random.get_state()
    np.random.seed(int(pytorch["dropout.seed"]))
    layer.forward(pytorch["dropout.inputs"], training=True)
    np.random.set_state(random_state)
    layer.backward(pytorch["dropout.dvalues"])
    assert_equal(layer.output, pytorch["dropout.output"])
    assert_equal(layer.dinputs, pytorch["dropout.dinputs"])


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activation(pytorch, name):
    activation = getattr(nnfs_helpers, ACTIVATIONS[name])()
    activation.forward(pytorch[f"{name}.inputs"])
    activation.backward(pytorch[f"{name}.dvalues"])
    assert_equal(activation.output, pytorch[f"{name}.output"])
    assert_equal(activation.dinputs, pytorch[f"{name}.dinputs"])


@pytest.mark.parametrize("one_hot", [False, True], ids=["sparse", "one-hot"])
@pytest.mark.parametrize("name", LOSSES)
def test_loss(pytorch, name, one_hot):
    outputs, targets = pytorch[f"{name}.outputs"], pytorch[f"{name}.targets"]
    if one_hot and targets.ndim == 1:
        targets = np.eye(outputs.shape[1])[targets]
    loss = getattr(nnfs_helpers, LOSSES[name])()
    assert_equal(loss.calculate(outputs, targets), pytorch[f"{name}.loss"])
    loss.backward(outputs, targets)
    assert_equal(loss.dinputs, pytorch[f"{name}.dinputs"])


@pytest.mark.parametrize("one_hot", [False, True], ids=["sparse", "one-hot"])
def test_softmax_with_categorical_crossentropy(pytorch, one_hot):
    scores, labels = pytorch["combined.outputs"], pytorch["combined.targets"]
    targets = np.eye(scores.shape[1])[labels] if one_hot else labels
    combined = Activation_Softmax_Loss_CategoricalCrossentropy()
    assert_equal(combined.forward(scores, targets), pytorch["combined.loss"])
    combined.backward(combined.output, targets)
    assert_equal(combined.dinputs, pytorch["combined.dinputs"])


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_optimizer(pytorch, name):
    """Fifty steps of training: after steps 1, 2, 10 and 50 the same loss and the same parameters."""
    settings = json.loads(str(pytorch["settings"]))
    assert set(settings["optimizers"]) == set(OPTIMIZERS)
    optimizer = getattr(nnfs_helpers, OPTIMIZERS[name])(**settings["optimizers"][name])
    first = dense(pytorch["training.weights_1"], pytorch["training.biases_1"], settings["penalties"])
    second = dense(pytorch["training.weights_2"], pytorch["training.biases_2"])
    relu, loss = Activation_ReLU(), Activation_Softmax_Loss_CategoricalCrossentropy()
    inputs, labels = pytorch["training.inputs"], pytorch["training.labels"]
    for step in range(1, settings["steps"] + 1):
        first.forward(inputs)
        relu.forward(first.output)
        second.forward(relu.output)
        total = loss.forward(second.output, labels) + loss.loss.regularization_loss(first)
        loss.backward(loss.output, labels)
        second.backward(loss.dinputs)
        relu.backward(second.dinputs)
        first.backward(relu.dinputs)
        optimizer.pre_update_params()
        optimizer.update_params(first)
        optimizer.update_params(second)
        optimizer.post_update_params()
        if step in settings["kept_steps"]:
            assert_equal(total, pytorch[f"{name}.{step}.loss"], rtol=1e-8)
            assert_equal(first.weights, pytorch[f"{name}.{step}.weights_1"], rtol=1e-8)
            assert_equal(first.biases, pytorch[f"{name}.{step}.biases_1"], rtol=1e-8)
            assert_equal(second.weights, pytorch[f"{name}.{step}.weights_2"], rtol=1e-8)
            assert_equal(second.biases, pytorch[f"{name}.{step}.biases_2"], rtol=1e-8)


def test_stored_file_is_small():
    assert STORED.stat().st_size < 200_000
