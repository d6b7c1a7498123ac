"""The book's network on Fashion-MNIST, through `Model`: on the real pictures where they are, and on the stand-in."""

import json
from pathlib import Path

import numpy as np
import pytest

from nnfs_helpers import (
    Accuracy_Categorical,
    Activation_ReLU,
    Activation_Softmax,
    Layer_Dense,
    Loss_CategoricalCrossentropy,
    Model,
    Optimizer_Adam,
    datasets,
)
from nnfs_helpers.precision import book_precision, same_digits_as_book

FIGURES = Path(__file__).parent / "data" / "book_figures.json"


def prepared(images):
    return (images.reshape(len(images), -1).astype(np.float32) - 127.5) / 127.5


def train_book_network(data, epochs):
    """As in chapter 19: shuffled, scaled to -1 ... 1, 784-128-128-10, batches of 128."""
    order = np.arange(len(data.X))
    np.random.shuffle(order)
    X, y = prepared(data.X[order]), data.y[order]
    model = Model()
    model.add(Layer_Dense(784, 128))
    model.add(Activation_ReLU())
    model.add(Layer_Dense(128, 128))
    model.add(Activation_ReLU())
    model.add(Layer_Dense(128, 10))
    model.add(Activation_Softmax())
    optimizer = Optimizer_Adam(decay=1e-3)
    model.set(loss=Loss_CategoricalCrossentropy(), optimizer=optimizer, accuracy=Accuracy_Categorical())
    model.finalize()
    validation_data = prepared(data.X_test), data.y_test
    history = model.train(X, y, epochs=epochs, batch_size=128, print_every=100, validation_data=validation_data)
    return model, history


@pytest.fixture(scope="module")
def real():
    data = datasets.load_fashion_mnist(download=False)
    if data.is_stand_in:
        pytest.skip("the real Fashion-MNIST is not on this machine; load_fashion_mnist() fetches it once")
    return data


def about(figure):
    """The book's figure, to the digits printed; on processors with another exponential, near it."""
    return pytest.approx(figure, abs=0.0005 if same_digits_as_book() else 0.003)


@pytest.mark.slow
def test_ten_epochs_on_the_real_pictures(real):
    """Every line of chapter 19, the evaluation of chapter 20, and the first predictions of chapter 22."""
    figures = {figure["id"]: figure["expected"] for figure in json.loads(FIGURES.read_text(encoding="utf-8"))}
    data = real.in_class_order()
    with book_precision(seed=0):
        model, history = train_book_network(data, epochs=10)
        test = model.evaluate(prepared(data.X_test), data.y_test)
        training = model.evaluate(prepared(data.X), data.y)
        probabilities = model.predict(prepared(data.X_test[:5]))
    for row, expected in enumerate(figures["c19_final"]):
        assert history["accuracy"][row] == about(expected["training"]["acc"])
        assert history["loss"][row] == about(expected["training"]["loss"])
        assert history["validation_accuracy"][row] == about(expected["validation"]["acc"])
        assert history["validation_loss"][row] == about(expected["validation"]["loss"])
    assert history["validation_accuracy"][-1] >= 0.87
    assert test == (about(figures["c20_evaluate"]["test"]["acc"]), about(figures["c20_evaluate"]["test"]["loss"]))
    expected = figures["c20_evaluate"]["train"]
    assert training == (about(expected["acc"]), about(expected["loss"]))
    assert np.argmax(probabilities, axis=1).tolist() == figures["c22_first5"]["pred"] == data.y_test[:5].tolist()
    assert probabilities[0, 0] == about(figures["c22_first5"]["confidence_row0_class0"])


@pytest.mark.slow
def test_the_drawn_pictures_are_learned_too_but_not_perfectly(tmp_path, monkeypatch):
    monkeypatch.setattr(datasets, "cache_folder", lambda: tmp_path)
    np.random.seed(0)
    _, history = train_book_network(datasets.load_fashion_mnist(stand_in=True), epochs=2)
    assert 0.8 < history["validation_accuracy"][-1] < 0.93
