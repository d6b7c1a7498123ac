"""Makes the stored training runs: `make long-runs`, or `python -m nnfs_helpers.long_runs [names]`."""

import json
import os
import platform
import sys
import time
from functools import partial
from importlib.metadata import version

import numpy as np
from nnfs.datasets import spiral_data

from nnfs_helpers import (
    Accuracy_Categorical,
    Accuracy_Regression,
    Activation_Linear,
    Activation_ReLU,
    Activation_Softmax,
    Layer_Dense,
    Layer_Dropout,
    Loss_CategoricalCrossentropy,
    Loss_MeanSquaredError,
    Model,
    Optimizer_Adam,
    Optimizer_SGD,
)
from nnfs_helpers.datasets import sine_data
from nnfs_helpers.long_runs import FOLDER
from nnfs_helpers.precision import book_precision, same_digits_as_book

L2 = {"weight_regularizer_l2": 5e-4, "bias_regularizer_l2": 5e-4}
EPOCHS = 10_001
EVERY = 100  # of so many epochs one is stored

# name: neurons, share that dropout switches off, settings of Adam
SPIRALS = {
    "chapter_14_64_neurons": (64, 0, {"learning_rate": 0.02, "decay": 5e-7}),
    "chapter_14_256_neurons": (256, 0, {"learning_rate": 0.02, "decay": 5e-7}),
    "chapter_14_512_neurons": (512, 0, {"learning_rate": 0.02, "decay": 5e-7}),
    "chapter_15_64_neurons": (64, 0.1, {"learning_rate": 0.05, "decay": 5e-5}),
    "chapter_15_512_neurons": (512, 0.1, {"learning_rate": 0.05, "decay": 5e-5}),
}
# name: sizes of the layers, scale of the first weights, settings of Adam
SINES = {
    "chapter_17_one_hidden_layer": ([1, 64, 1], 0.01, {}),
    "chapter_17_small_start": ([1, 64, 64, 1], 0.01, {}),
    "chapter_17_small_start_rate_0.05": ([1, 64, 64, 1], 0.01, {"learning_rate": 0.05, "decay": 1e-3}),
    "chapter_17_small_start_rate_0.01": ([1, 64, 64, 1], 0.01, {"learning_rate": 0.01, "decay": 1e-3}),
    "chapter_17_small_start_rate_0.005": ([1, 64, 64, 1], 0.01, {"learning_rate": 0.005, "decay": 1e-3}),
    "chapter_17_large_start": ([1, 64, 64, 1], 0.1, {}),
    "chapter_17_large_start_rate_0.05": ([1, 64, 64, 1], 0.1, {"learning_rate": 0.05, "decay": 1e-3}),
    "chapter_17_large_start_rate_0.01": ([1, 64, 64, 1], 0.1, {"learning_rate": 0.01, "decay": 1e-3}),
    "chapter_17_large_start_rate_0.005": ([1, 64, 64, 1], 0.1, {"learning_rate": 0.005, "decay": 1e-3}),
}
# name: settings of SGD
ONE_ULP_APART = {
    "chapter_10_one_ulp_apart_momentum": {"decay": 1e-3, "momentum": 0.9},
    "chapter_10_one_ulp_apart_decay": {"decay": 1e-2},
}
STARTS = 30


def model_of(layers, loss, optimizer, accuracy):
    model = Model()
    for layer in layers:
        model.add(layer)
    model.set(loss=loss, optimizer=optimizer, accuracy=accuracy)
    model.finalize()
    return model


def spiral_model(neurons, dropout, settings):
    layers = [Layer_Dense(2, neurons, **L2), Activation_ReLU()]
    layers += [Layer_Dropout(dropout)] if dropout else []
    layers += [Layer_Dense(neurons, 3), Activation_Softmax()]
    return model_of(layers, Loss_CategoricalCrossentropy(), Optimizer_Adam(**settings), Accuracy_Categorical())


def sine_model(sizes, weight_scale, settings):
    layers = []
    for n_inputs, n_neurons in zip(sizes, sizes[1:]):
        layers += [Layer_Dense(n_inputs, n_neurons, weight_scale=weight_scale), Activation_ReLU()]
    layers[-1] = Activation_Linear()
    return model_of(layers, Loss_MeanSquaredError(), Optimizer_Adam(**settings), Accuracy_Regression())


def spiral_run(neurons, dropout, settings, epochs=EPOCHS):
    """As chapters 14 and 15 train: epochs counted from 0; the test data is drawn afterwards."""
    X, y = spiral_data(samples=1000, classes=3)
    model = spiral_model(neurons, dropout, settings)
    history = train(model, X, y, epochs, first_epoch=0)
    return history, model.measure(*spiral_data(samples=100, classes=3))


def sine_run(sizes, weight_scale, settings, epochs=EPOCHS):
    """As chapter 17 trains: epochs counted from 0."""
    X, y = sine_data()
    return train(sine_model(sizes, weight_scale, settings), X, y, epochs, first_epoch=0), None


def chapter_18_run(epochs=EPOCHS - 1):
    """As chapter 18 trains: epochs counted from 1; the test data is drawn before the weights."""
    X, y = spiral_data(samples=1000, classes=3)
    test = spiral_data(samples=100, classes=3)
    model = spiral_model(512, 0.1, {"learning_rate": 0.05, "decay": 5e-5})
    history = train(model, X, y, epochs, first_epoch=1)
    return history, model.measure(*test)


def one_ulp_apart_run(settings, starts=STARTS):
    """Chapter 10's network from many starts: each first weight of layer 1 is moved to a neighbouring float32 number.

    Which way is drawn by lot, anew for each start. The history has the last epoch's figures, an entry per start.
    """
    ends = {"accuracy": [], "loss": []}
    for start in range(starts):
        with book_precision(seed=0):
            X, y = spiral_data(samples=100, classes=3)
            layers = [Layer_Dense(2, 64), Activation_ReLU(), Layer_Dense(64, 3), Activation_Softmax()]
            nudge(layers[0], np.random.default_rng(start))
            optimizer = Optimizer_SGD(**settings)
            model = model_of(layers, Loss_CategoricalCrossentropy(), optimizer, Accuracy_Categorical())
            history = train(model, X, y, EPOCHS, first_epoch=0)
        for name, figures in ends.items():
            figures.append(history[name][-1])
    return ends, None


def nudge(layer, random):
    """Every weight to the next float32 number above or below it."""
    is_up = random.random(layer.weights.shape) < 0.5
    towards = np.where(is_up, np.inf, -np.inf).astype(np.float32)
    layer.weights = np.nextafter(layer.weights, towards)


def train(model, X, y, epochs, first_epoch):
    """Train silently; the history of the first epoch and of every hundredth, counted from `first_epoch`."""
    whole = model.train(X, y, epochs=epochs, print_every=0)
    whole["epoch"] = [epoch - 1 + first_epoch for epoch in whole["epoch"]]
    kept = [place for place, epoch in enumerate(whole["epoch"]) if epoch % EVERY == 0 or place == 0]
    return {name: [figures[place] for place in kept] for name, figures in whole.items()}


def runs():
    """Every run by its name: what it is in words, and a function that runs it."""
    both = {}
    for name, settings in ONE_ULP_APART.items():
        words = f"spiral, 100 points per class; 2-64-3; SGD {settings}; seed 0; {STARTS} starts one ulp apart"
        both[name] = words, partial(one_ulp_apart_run, settings)
    for name, (neurons, dropout, settings) in SPIRALS.items():
        words = f"spiral, 1000 points per class; 2-{neurons}-3, L2 5e-4 on the first layer"
        words += f", dropout {dropout}" * bool(dropout) + f"; Adam {settings}; seed 0"
        both[name] = words, partial(spiral_run, *SPIRALS[name])
    for name, (sizes, scale, settings) in SINES.items():
        words = f"sine, 1000 points; {'-'.join(map(str, sizes))}, weights {scale} * randn; Adam {settings}; seed 0"
        both[name] = words, partial(sine_run, *SINES[name])
    words = "spiral, 1000 points per class; 2-512-3, L2 5e-4 on the first layer, dropout 0.1; "
    both["chapter_18_final"] = words + "Adam {'learning_rate': 0.05, 'decay': 5e-05}; seed 0", chapter_18_run
    return both


def make(name, words, run):
    start = time.perf_counter()
    with book_precision(seed=0):
        history, test = run()
    seconds = time.perf_counter() - start
    versions = {"python": platform.python_version(), "numpy": np.__version__, "nnfs": version("nnfs")}
    versions["same digits as the book's logs"] = same_digits_as_book()
    stored = {"settings": words, "versions": versions, "seconds": round(seconds), "history": history, "test": test}
    part = FOLDER / f"{name}.part"
    part.write_text(json.dumps(stored, separators=(", ", ": ")) + "\n", encoding="utf-8", newline="\n")
    os.replace(part, FOLDER / f"{name}.json")
    print(f"{name}: {seconds:.0f} s, loss {history['loss'][-1]:.3f}, accuracy {history['accuracy'][-1]:.3f}")


def main(names):
    for name, (words, run) in runs().items():
        if not names or name in names:
            make(name, words, run)


if __name__ == "__main__":
    main(sys.argv[1:])
