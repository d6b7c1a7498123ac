"""The book's network on Fashion-MNIST, through `Model`: on the real pictures where they are, and on the stand-in."""

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
)
from nnfs_helpers.datasets import load_fashion_mnist
from nnfs_helpers.precision import book_precision, same_digits_as_book


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
    data = load_fashion_mnist(download=False)
    if data.is_stand_in:
        pytest.skip("the real Fashion-MNIST is not on this machine; load_fashion_mnist() fetches it once")
    return data


@pytest.mark.slow
def test_the_real_pictures_reach_the_books_accuracy(real):
    np.random.seed(0)
    model, history = train_book_network(real, epochs=10)
    assert history["validation_accuracy"][-1] >= 0.87
    assert history["accuracy"][-1] > history["validation_accuracy"][-1]
    predictions = np.argmax(model.predict(prepared(real.X_test)), axis=1)
    assert np.mean(predictions == real.y_test) == pytest.approx(history["validation_accuracy"][-1])


def test_the_first_epoch_is_the_books_digit_for_digit(real, capsys):
    with book_precision(seed=0):
        _, history = train_book_network(real.in_class_order(), epochs=1)
    lines = capsys.readouterr().out.splitlines()
    if not same_digits_as_book():
        assert history["validation_accuracy"][0] == pytest.approx(0.822, abs=0.003)
        return
    assert lines[-2].startswith("training, acc: 0.755, loss: 0.658 ")
    assert lines[-1] == "validation, acc: 0.822, loss: 0.490"


def test_the_drawn_pictures_are_learned_too_but_not_perfectly():
    np.random.seed(0)
    _, history = train_book_network(load_fashion_mnist(stand_in=True), epochs=2)
    assert 0.75 < history["validation_accuracy"][-1] < 0.97
