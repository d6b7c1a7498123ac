"""The exercises of chapter 18, Model Object."""

from types import SimpleNamespace

import numpy as np

from nnfs_helpers.check import FunctionExercise, OpenExercise

# ------------------------------------------------------------------------------------------------ walk back


def chain_of(*parts):
    """The last of some stand-ins for layers, tied together; a part is a pair of sizes, or None: no weights."""
    place = SimpleNamespace(output=np.zeros((1, 1)))
    for part in parts:
        layer = SimpleNamespace(prev=place)
        if part is not None:
            layer.weights, layer.biases = np.zeros(part), np.zeros((1, part[1]))
        place.next = layer
        place = layer
    place.next = SimpleNamespace(dinputs=None)  # the loss
    return place


def walk(last, of_layer, stop=lambda place: not hasattr(place, "prev")):
    count, place = 0, last
    while not stop(place):
        if hasattr(place, "weights"):
            count += of_layer(place)
        place = place.prev
    return count


def all_parameters(layer):
    return layer.weights.size + layer.biases.size


count_parameters = FunctionExercise(
    reference=lambda last: walk(last, all_parameters),
    cases=[
        (chain_of((2, 64), None, (64, 3), None),),
        (chain_of((2, 5)),),
        (chain_of((1, 64), None, (64, 64), None, (64, 1), None),),
        (chain_of(None, (3, 4), None, None),),
    ],
    right="A walk along links, and no list of layers needed.",
    wrong={
        "The biases are trained, too.": lambda last: walk(last, lambda layer: layer.weights.size),
        "You stop one layer too soon: the first layer has a `prev`, the input, and counts.":
            lambda last: walk(last, all_parameters, lambda place: not hasattr(place.prev, "prev")),
        "That is the number of layers with weights. Wanted is how many numbers they hold.":
            lambda last: walk(last, lambda layer: 1),
        "You count neurons, or biases. The weights are missing.":
            lambda last: walk(last, lambda layer: layer.biases.size),
        "`len(weights)` is the number of rows only. All numbers: `weights.size`.":
            lambda last: walk(last, lambda layer: len(layer.weights) + layer.biases.size),
    },
)  # fmt: skip

# ---------------------------------------------------------------------------------------- a model of your own

NO_HISTORY = "Put what `train` returns into `your_history`."
NOT_MEASURED = "There is no accuracy on new points in it. Give `validation_data=(X_test, y_test)` to `train`."
TOO_LONG = "More than 150 epochs. Rather turn the learning rate, or the scale of the first weights."
TOO_LOW = ("The accuracy on new points ends below 0.8. Try a learning rate of 0.01 to 0.05, more neurons, or "
           "`weight_scale=0.1`.")  # fmt: skip


def look_at_history(history):
    """The hint for the history of a training, or None where it reached what was asked."""
    if not isinstance(history, dict) or not history.get("epoch"):
        return NO_HISTORY
    if "validation_accuracy" not in history:
        return NOT_MEASURED
    if history["epoch"][-1] > 150:
        return TOO_LONG
    return None if history["validation_accuracy"][-1] >= 0.8 else TOO_LOW


own_model = OpenExercise(
    look=look_at_history,
    right="Layers, loss, optimizer, accuracy, and not one line of a loop.",
    wrong={
        NO_HISTORY: 0.9,
        NOT_MEASURED: {"epoch": [150], "accuracy": [0.9], "loss": [0.3]},
        TOO_LONG: {"epoch": [1000], "accuracy": [0.9], "loss": [0.3], "validation_accuracy": [0.9],
                   "validation_loss": [0.3]},
        TOO_LOW: {"epoch": [150], "accuracy": [0.6], "loss": [0.6], "validation_accuracy": [0.6],
                  "validation_loss": [0.6]},
    },
)  # fmt: skip
