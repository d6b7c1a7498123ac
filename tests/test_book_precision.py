"""Bit for bit: the package against the plain arithmetic of tests/reference.py, both in the book's precision."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from nnfs.datasets import spiral_data

from nnfs_helpers import (
    Accuracy_Categorical,
    Activation_ReLU,
    Activation_Sigmoid,
    Activation_Softmax,
    Layer_Dense,
    Layer_Dropout,
    Loss_BinaryCrossentropy,
    Loss_CategoricalCrossentropy,
    Optimizer_Adam,
    Optimizer_SGD,
)
from nnfs_helpers.precision import book_precision, same_digits_as_book
from tests import reference, training

PROJECT = Path(__file__).resolve().parent.parent
CHAPTER_10 = {
    "c10_adam_2": (reference.adam, {"learning_rate": 0.05, "decay": 5e-7}, 10_001),
    "c10_sgd": (reference.sgd, {"learning_rate": 1.0}, 301),
    "c10_sgd_mom09": (reference.sgd, {"learning_rate": 1.0, "decay": 1e-3, "momentum": 0.9}, 501),
    "momentum": (reference.sgd, {"learning_rate": 1.0, "decay": 1e-3, "momentum": 0.5}, 501),
    "adagrad": (reference.adagrad, {"learning_rate": 1.0, "decay": 1e-4}, 501),
    "c10_rmsprop_1": (reference.rmsprop, {"learning_rate": 0.001, "decay": 1e-4}, 501),
    "rmsprop": (reference.rmsprop, {"learning_rate": 0.02, "decay": 1e-5, "rho": 0.999}, 501),
}
# The fingerprints of all weights and biases after 10,001 epochs, where the exponential is that of the logs.
FINGERPRINTS = {"chapter 10": "979dc8a4207e", "chapter 14": "03490d94a405"}


def fingerprint(layers):
    """The first digits of the SHA-256 of all weights and biases."""
    digest = hashlib.sha256()
    for layer in layers:
        digest.update(np.ascontiguousarray(layer.weights).tobytes())
        digest.update(np.ascontiguousarray(layer.biases).tobytes())
    return digest.hexdigest()[:12]


def assert_same_bits(layers, plain_layers):
    assert len(layers) == len(plain_layers)
    for layer, plain in zip(layers, plain_layers):
        assert layer.weights.dtype == layer.biases.dtype == plain["weights"].dtype == np.float32
        np.testing.assert_array_equal(layer.weights, plain["weights"])
        np.testing.assert_array_equal(layer.biases, plain["biases"])


def assert_same_log(log, plain_log):
    assert len(log) == len(plain_log) > 1
    for line, plain_line in zip(log, plain_log):
        assert line == plain_line


@pytest.mark.xdist_group("chapter 10")
@pytest.mark.parametrize("name", CHAPTER_10)
def test_chapter_10(name):
    rule, settings, epochs = CHAPTER_10[name]
    with book_precision(seed=0):
        inputs, labels = spiral_data(100, 3)
        plain_layers = [reference.new_dense(2, 64), reference.new_dense(64, 3)]
        plain_log = reference.train(plain_layers, inputs, labels, "softmax", rule, settings, epochs)
    log, layers, _ = training.chapter_10(name, epochs)
    assert_same_bits(layers, plain_layers)
    assert_same_log(log, plain_log)
    if epochs == 10_001 and same_digits_as_book():
        assert fingerprint(layers) == FINGERPRINTS["chapter 10"]


@pytest.mark.xdist_group("chapter 14")
def test_chapter_14():
    with book_precision(seed=0):
        inputs, labels = spiral_data(100, 3)
        plain_layers = [reference.new_dense(2, 64, weight_l2=5e-4, bias_l2=5e-4), reference.new_dense(64, 3)]
        settings = {"learning_rate": 0.02, "decay": 5e-7}
        plain_log = reference.train(plain_layers, inputs, labels, "softmax", reference.adam, settings, 10_001)
    log, layers, _ = training.chapter_14(100, 10_001)
    assert_same_bits(layers, plain_layers)
    assert_same_log(log, plain_log)
    if same_digits_as_book():
        assert fingerprint(layers) == FINGERPRINTS["chapter 14"]


def test_l1_and_l2_on_weights_and_biases():
    with book_precision(seed=0):
        inputs, labels = spiral_data(100, 3)
        settings = {"learning_rate": 0.02, "decay": 5e-7}
        plain_layers = [reference.new_dense(2, 64, 0.01, 1e-5, 5e-4, 2e-5, 4e-4), reference.new_dense(64, 3)]
        plain_log = reference.train(plain_layers, inputs, labels, "softmax", reference.adam, settings, 501)
    with book_precision(seed=0):
        inputs, labels = spiral_data(100, 3)
        layers = [Layer_Dense(2, 64, 1e-5, 5e-4, 2e-5, 4e-4), Activation_ReLU(), Layer_Dense(64, 3)]
        optimizer = Optimizer_Adam(learning_rate=0.02, decay=5e-7)
        log = training.train(layers, training.SoftmaxEnd(), optimizer, inputs, labels, 501)
    assert_same_bits(training.with_weights(layers), plain_layers)
    assert_same_log(log, plain_log)


def test_chapter_16():
    with book_precision(seed=0):
        inputs, labels = spiral_data(100, 2)
        targets = labels.reshape(-1, 1)
        plain_layers = [reference.new_dense(2, 64, weight_l2=5e-4, bias_l2=5e-4), reference.new_dense(64, 1)]
        settings = {"learning_rate": 0.001, "decay": 5e-7}
        plain_log = reference.train(plain_layers, inputs, targets, "sigmoid", reference.adam, settings, 1001)
    log, layers = training.chapter_16(1001)
    assert_same_bits(layers, plain_layers)
    assert_same_log(log, plain_log)


def test_dropout_in_float32():
    """Chapter 15's network with the mask in float32, in the package and in the reference."""
    with book_precision(seed=0):
        inputs, labels = spiral_data(100, 3)
        plain_layers = [reference.new_dense(2, 64), reference.new_dense(64, 3)]
        settings = {"learning_rate": 0.05, "decay": 5e-5}
        plain_log = reference.train(plain_layers, inputs, labels, "softmax", reference.adam, settings, 501, dropout=0.1)
    with book_precision(seed=0):
        inputs, labels = spiral_data(100, 3)
        layers = [Layer_Dense(2, 64), Activation_ReLU(), Layer_Dropout(0.1), Layer_Dense(64, 3)]
        optimizer = Optimizer_Adam(learning_rate=0.05, decay=5e-5)
        log = training.train(layers, training.SoftmaxEnd(), optimizer, inputs, labels, 501)
    assert_same_bits(training.with_weights(layers), plain_layers)
    assert_same_log(log, plain_log)


# --- through Model -----------------------------------------------------------------------------------------


def small_pictures():
    """Something like chapter 19's data: 300 pictures of 4 kinds with 5 x 5 points, from -1 to 1."""
    prototypes = np.random.random_sample((4, 25))
    labels = np.random.randint(0, 4, 300)
    pictures = prototypes[labels] + 0.5 * np.random.random_sample((300, 25))
    return ((pictures - 0.75) / 0.75).astype(np.float32), labels.astype(np.uint8)


def fingerprinted_model(rule, batch_size, epochs):
    """Chapter 19's network in small, through Model; returns its layers and its history."""
    with book_precision(seed=0):
        inputs, labels = small_pictures()
        layers = training.hidden_and_last_layers([25, 16, 16, 4])
        parts = [*layers, Activation_Softmax()], Loss_CategoricalCrossentropy(), rule, Accuracy_Categorical()
        model = training.make_model(*parts)
        history = model.train(inputs, labels, epochs=epochs, batch_size=batch_size, print_every=0)
    return model.trainable_layers, training.history_as_log(history)


@pytest.mark.parametrize(
    ("optimizer", "rule", "settings"),
    [
        (lambda: Optimizer_Adam(decay=1e-3), reference.adam, {"learning_rate": 0.001, "decay": 1e-3}),
        (lambda: Optimizer_SGD(0.5, 1e-3, 0.9), reference.sgd, {"learning_rate": 0.5, "decay": 1e-3, "momentum": 0.9}),
    ],
    ids=["adam", "momentum"],
)
def test_model_with_batches(optimizer, rule, settings):
    """300 samples in batches of 64: the last batch has 44."""
    with book_precision(seed=0):
        inputs, labels = small_pictures()
        plain_layers = [reference.new_dense(25, 16), reference.new_dense(16, 16), reference.new_dense(16, 4)]
        plain_log = reference.train_in_batches(
            plain_layers, inputs, labels, "softmax", rule, settings, epochs=60, batch_size=64
        )
    layers, log = fingerprinted_model(optimizer(), batch_size=64, epochs=60)
    assert_same_bits(layers, plain_layers)
    assert_same_log(log, plain_log)
    assert log[-1]["acc"] > log[0]["acc"] + 0.2


def test_model_on_all_samples_at_once():
    """Chapter 18's binary model: what the loop of chapter 16 gives, with epochs counted from 1."""
    with book_precision(seed=0):
        inputs, labels = spiral_data(100, 2)
        layers = [Layer_Dense(2, 64, **training.L2), Activation_ReLU(), Layer_Dense(64, 1), Activation_Sigmoid()]
        parts = layers, Loss_BinaryCrossentropy(), Optimizer_Adam(decay=5e-7), Accuracy_Categorical(binary=True)
        model = training.make_model(*parts)
        history = model.train(inputs, labels.reshape(-1, 1), epochs=1001, print_every=0)
    loop_log, loop_layers = training.chapter_16(1001)
    for layer, loop_layer in zip(model.trainable_layers, loop_layers):
        np.testing.assert_array_equal(layer.weights, loop_layer.weights)
        np.testing.assert_array_equal(layer.biases, loop_layer.biases)
    for line, loop_line in zip(training.history_as_log(history)[::100], loop_log):
        figures = ("acc", "loss", "data_loss", "reg_loss")
        assert [line[name] for name in figures] == [loop_line[name] for name in figures]


# --- the check can fail, and the precision can be told apart -------------------------------------------------


def test_one_changed_rounding_is_caught():
    """The same formula in another order, (rate / root) * gradient: after 20 epochs the bits differ."""

    class Optimizer_InAnotherOrder(Optimizer_Adam):
        def update(self, parameter, gradient, momentum, cache):
            before = parameter.copy()
            super().update(parameter, gradient, momentum, cache)
            corrected = momentum * (1 / (1 - self.beta_1 ** (self.iterations + 1)))
            root = np.sqrt(cache / (1 - self.beta_2 ** (self.iterations + 1))) + self.epsilon
            parameter[:] = before - (self.current_learning_rate / root) * corrected

    same, _ = fingerprinted_model(Optimizer_Adam(decay=1e-3), batch_size=64, epochs=4)
    other, _ = fingerprinted_model(Optimizer_InAnotherOrder(decay=1e-3), batch_size=64, epochs=4)
    np.testing.assert_allclose(same[0].weights, other[0].weights, rtol=0.01, atol=1e-4)
    assert fingerprint(same) != fingerprint(other)


def test_book_precision_matters():
    """Without it the same run ends with other bits."""
    log, _, _ = training.chapter_10("c10_adam_2", 201)
    random_state = np.random.get_state()
    try:
        with book_precision(seed=0):
            inputs, labels = spiral_data(100, 3)
            layers = [Layer_Dense(2, 64), Activation_ReLU(), Layer_Dense(64, 3)]
        optimizer = Optimizer_Adam(learning_rate=0.05, decay=5e-7)
        other = training.train(layers, training.SoftmaxEnd(), optimizer, inputs, labels, 201)
    finally:
        np.random.set_state(random_state)
    assert log[0]["loss"] == pytest.approx(other[0]["loss"], rel=1e-6)
    assert log[2]["loss"] != other[2]["loss"]


def say_same_digits(**environment):
    command = "from nnfs_helpers.precision import same_digits_as_book; print(same_digits_as_book())"
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", command],
        cwd=PROJECT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout.strip()


@pytest.mark.skipif(not same_digits_as_book(), reason="this processor's exponential is another one")
def test_other_exponentials_are_noticed():
    assert say_same_digits() == "True"
    assert say_same_digits(NPY_DISABLE_CPU_FEATURES="X86_V3 X86_V4 AVX512_ICL AVX512_SPR") == "False"


# --- the switch: on for a block, and off again -------------------------------------------------------------


def replaced_functions():
    return np.dot, np.zeros, np.eye, np.random.randn


def test_the_block_puts_numpy_back_after_an_error_too():
    before = replaced_functions()
    with pytest.raises(ZeroDivisionError):
        with book_precision(seed=0):
            assert all(now is not then for now, then in zip(replaced_functions(), before))
            raise ZeroDivisionError
    assert all(now is then for now, then in zip(replaced_functions(), before))


def test_blocks_may_stand_inside_each_other():
    before = replaced_functions()
    with book_precision():
        inside = replaced_functions()
        with book_precision():
            assert np.dot(np.ones((2, 2)), np.ones((2, 2))).dtype == np.float32
        assert all(now is then for now, then in zip(replaced_functions(), inside))
    assert all(now is then for now, then in zip(replaced_functions(), before))


def test_a_seeded_block_leaves_no_trace_in_the_random_numbers():
    random_state = np.random.get_state()
    with book_precision(seed=0):
        first = np.random.randn(3)
    after_the_block = np.random.random_sample(3)
    np.random.set_state(random_state)
    np.testing.assert_array_equal(after_the_block, np.random.random_sample(3))
    with book_precision(seed=0):
        np.testing.assert_array_equal(first, np.random.randn(3))


def test_without_a_seed_the_random_numbers_run_on():
    random_state = np.random.get_state()
    with book_precision():
        inside = np.random.randn(3)
    after = np.random.randn(3)
    np.random.set_state(random_state)
    np.testing.assert_array_equal(inside, np.random.randn(3).astype(np.float32))
    np.testing.assert_array_equal(after, np.random.randn(3))
