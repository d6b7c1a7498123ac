"""Checks that speak to a learner: what was given, what was expected, and what to do about it.

Only `Model` calls them. The layers themselves stay as small as the book's, and NumPy's own errors are taught
in chapters 2 and 3.
"""

import functools
import inspect

import numpy as np


def explain_arguments(method):
    """Lets a method say which arguments it knows when it is called with one that it does not know."""
    signature = inspect.signature(method)
    known = ", ".join(name for name in signature.parameters if name != "self")

    @functools.wraps(method)
    def checked(*arguments, **named_arguments):
        for name in named_arguments:
            if name not in signature.parameters:
                raise TypeError(f"{checked.__qualname__} has no argument {name!r}. It takes: {known}.")
        return method(*arguments, **named_arguments)

    return checked


def check_layers(model):
    """Before the layers are tied together: are there any, do their sizes meet, does the last one predict?"""
    if not model.layers:
        raise ValueError(
            "Model.finalize: the model has no layers. Add some first, e.g. model.add(Layer_Dense(2, 64))."
        )
    last = model.layers[-1]
    if not hasattr(last, "predictions"):
        raise ValueError(
            f"Model.finalize: the last layer is a {type(last).__name__}, an activation function was "
            "expected. Add one, e.g. Activation_Softmax() for classes or Activation_Linear() for numbers."
        )
    width = None
    for number, layer in enumerate(model.layers, start=1):
        if not hasattr(layer, "weights"):
            continue
        if width is not None and layer.weights.shape[0] != width:
            raise ValueError(
                f"Model.finalize: layer {number} expects {layer.weights.shape[0]} inputs (its weights have "
                f"shape {layer.weights.shape}), but the layer before it gives {width}. Make the two equal."
            )
        width = layer.weights.shape[1]


def check_training(model, X, y, epochs, batch_size, print_every, validation_data):
    """Before training: is the model complete, and do the data fit it?"""
    check_finalized(model, "Model.train")
    for part in ("loss", "optimizer", "accuracy"):
        check_part(model, part, "Model.train")
    check_whole_number("Model.train", "epochs", epochs, at_least=0)
    check_whole_number("Model.train", "print_every", print_every, at_least=0)
    check_batch_size("Model.train", batch_size)
    check_batch_size("Model.train", getattr(model, "micro_batch_size", None), "model.micro_batch_size")
    check_samples("Model.train", "X", X, model)
    check_targets("Model.train", "y", y, len(X), model)
    if validation_data is None:
        return
    if not isinstance(validation_data, (tuple, list)) or len(validation_data) != 2:
        raise ValueError(
            "Model.train: validation_data must be a pair, e.g. validation_data=(X_test, y_test)."
        )
    check_samples("Model.train", "validation X", validation_data[0], model)
    check_targets("Model.train", "validation y", validation_data[1], len(validation_data[0]), model)


def check_evaluation(model, X, y, batch_size):
    check_finalized(model, "Model.evaluate")
    for part in ("loss", "accuracy"):
        check_part(model, part, "Model.evaluate")
    check_batch_size("Model.evaluate", batch_size)
    check_samples("Model.evaluate", "X_val", X, model)
    check_targets("Model.evaluate", "y_val", y, len(X), model)


def check_prediction(model, X, batch_size):
    check_finalized(model, "Model.predict")
    check_batch_size("Model.predict", batch_size)
    check_samples("Model.predict", "X", X, model)


def check_finalized(model, where):
    if not model.finalized:
        raise ValueError(
            f"{where}: the model is not finalized. Call model.finalize() after the last add and set."
        )


def check_part(model, part, where):
    if getattr(model, part) is None:
        raise ValueError(
            f"{where}: the model has no {part}. Choose one with model.set({part}=...), then finalize."
        )


def check_whole_number(where, name, value, at_least):
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < at_least:
        raise ValueError(f"{where}: {name} is {value!r}, a whole number of at least {at_least} was expected.")


def check_batch_size(where, batch_size, name="batch_size"):
    if batch_size is not None:
        check_whole_number(where, name, batch_size, at_least=1)


def check_array(where, name, array):
    if not isinstance(array, np.ndarray):
        raise ValueError(
            f"{where}: {name} is a {type(array).__name__}, a NumPy array was expected. "
            f"Try np.array({name.split()[-1]})."
        )
    if array.dtype.kind not in "fiub":
        raise ValueError(f"{where}: {name} holds values of type {array.dtype}, numbers were expected.")


def check_samples(where, name, X, model):
    """X must be a table of numbers: a row per sample, a column per input of the first layer."""
    check_array(where, name, X)
    if X.ndim != 2:
        raise ValueError(
            f"{where}: {name} has the shape {X.shape}, a table (samples, inputs) was expected. "
            "A single sample becomes one with X.reshape(1, -1), pictures with X.reshape(len(X), -1)."
        )
    if len(X) == 0:
        raise ValueError(f"{where}: {name} has no samples (its shape is {X.shape}). Give at least one row.")
    if model.trainable_layers and X.shape[1] != model.trainable_layers[0].weights.shape[0]:
        weights = model.trainable_layers[0].weights
        raise ValueError(
            f"{where}: {name} has {X.shape[1]} features per sample, the first layer expects "
            f"{weights.shape[0]} (its weights have shape {weights.shape})"
        )
    check_finite(where, name, X)


def check_finite(where, name, array):
    # The sum of an array is finite unless one of its numbers is not: cheaper than a look at each of them.
    with np.errstate(over="ignore", invalid="ignore"):
        if np.isfinite(np.sum(array)) or np.isfinite(array).all():
            return
    row = np.argwhere(~np.isfinite(array))[0][0]
    raise ValueError(
        f"{where}: {name} holds {array[row][~np.isfinite(array[row])].flat[0]} in row {row}, "
        "numbers were expected. Look at that row, and repair or drop it."
    )


def check_targets(where, name, y, samples, model):
    """The targets must be one per sample, in the form that the model's loss wants."""
    check_array(where, name, y)
    if y.ndim == 0 or len(y) != samples:
        raise ValueError(
            f"{where}: {samples} samples but {name} has the shape {y.shape}: one target per sample "
            "was expected."
        )
    if not model.trainable_layers:
        return
    outputs = model.trainable_layers[-1].weights.shape[1]
    if "Categorical" in type(model.loss).__name__:
        check_classes(where, name, y, outputs)
    else:
        check_values(where, name, y, (samples, outputs), type(model.loss).__name__)


def check_classes(where, name, y, classes):
    if y.ndim == 2 and y.shape[1] == classes:
        if not ((y == 0) | (y == 1)).all() or not (np.sum(y, axis=1) == 1).all():
            raise ValueError(
                f"{where}: {name} looks one-hot (shape {y.shape}), but not every row has a single 1 "
                "and zeros elsewhere."
            )
        return
    if y.ndim != 1:
        raise ValueError(
            f"{where}: {name} has the shape {y.shape}; expected were class numbers, shape ({len(y)},), "
            f"or one-hot rows, shape ({len(y)}, {classes})."
        )
    if y.dtype.kind not in "iu":
        raise ValueError(
            f"{where}: {name} holds values of type {y.dtype}, class numbers are whole. Try y.astype(int)."
        )
    if y.min() < 0 or y.max() >= classes:
        wrong = y.min() if y.min() < 0 else y.max()
        raise ValueError(
            f"{where}: {name} holds the class {wrong}, the last layer has {classes} outputs: classes 0 "
            f"to {classes - 1} were expected. Correct the labels or widen the last layer."
        )


def check_values(where, name, y, shape, loss):
    if y.shape != shape:
        raise ValueError(
            f"{where}: {name} has the shape {y.shape}, {loss} expects {shape}, one column per output. "
            "A flat array becomes a column with y.reshape(-1, 1)."
        )
    check_finite(where, name, y)
    if "Binary" in loss and (y.min() < 0 or y.max() > 1):
        raise ValueError(f"{where}: {name} holds values from {y.min()} to {y.max()}, {loss} expects 0 or 1.")


def check_loss(model, loss, epoch, step):
    """While training: is the loss still a number?"""
    if not np.isfinite(loss):
        raise ValueError(
            f"Model.train: the loss became {loss} in epoch {epoch}, step {step}. The usual cause is a "
            f"learning rate that is too large (it is {model.optimizer.current_learning_rate} now): build the "
            "model again and try a tenth of it. Inputs far from the range -1 to 1 do the same."
        )


def check_parameters(model, parameters):
    """Before parameters are taken: is there a pair for each layer that learns, and does each fit?"""
    check_finalized(model, "Model.set_parameters")
    layers = model.trainable_layers
    if len(parameters) != len(layers):
        raise ValueError(
            f"Model.set_parameters: {len(parameters)} pairs of weights and biases were given, the model "
            f"has {len(layers)} layers that learn."
        )
    for number, (layer, pair) in enumerate(zip(layers, parameters), start=1):
        if len(pair) != 2:
            raise ValueError(f"Model.set_parameters: entry {number} is not a pair (weights, biases).")
        for name, given, present in zip(("weights", "biases"), pair, (layer.weights, layer.biases)):
            if np.shape(given) != present.shape:
                raise ValueError(
                    f"Model.set_parameters: the {name} of trainable layer {number} have shape "
                    f"{np.shape(given)}, expected was {present.shape}. Nothing was changed."
                )
            if np.asarray(given).dtype.kind not in "fiu":
                raise ValueError(
                    f"Model.set_parameters: the {name} of trainable layer {number} are of type "
                    f"{np.asarray(given).dtype}, numbers were expected. Nothing was changed."
                )
