"""The exercises of chapter 18, Model Object."""

import numpy as np

import nnfs_helpers
from nnfs_helpers.check import FunctionExercise, OpenExercise, Verdict, difference, has_blank, outcome, same

# ------------------------------------------------------------------------------------------------ walk back

# Models in words, and their layers: a pair of sizes for a dense layer, else the name of a class.
MODELS = {
    "For a model 2-64-3 with ReLU and softmax": ((2, 64), "Activation_ReLU", (64, 3), "Activation_Softmax"),
    "For a model 2-5 with softmax": ((2, 5), "Activation_Softmax"),
    "For a model 1-64-64-1": ((1, 64), "Activation_ReLU", (64, 64), "Activation_ReLU", (64, 1), "Activation_Linear"),
    "For a model 3-4 that begins with dropout": ("Layer_Dropout", (3, 4), "Activation_Softmax"),
}
NO_RETURN = "Your function returns nothing. Write `return`, with the count behind it."
NO_WEIGHTS = 'Not every layer has weights. Ask first: `hasattr(layer, "weights")`.'
NO_PREV = 'The input layer has no `prev`. Go on only while there is one: `hasattr(place, "prev")`.'


class Nameless:
    """Stands for a class that this stage of the package does not have."""


def class_called(name, answer):
    """The class that a reader's function knows under a name: the notebook's own, where it has one."""
    own = getattr(answer, "__globals__", {}).get(name)
    return own if isinstance(own, type) else getattr(nnfs_helpers, name, Nameless)


def last_layer(parts, answer):
    """The last of some layers, tied together as `finalize` does it; numbers drawn by lot stay as they were."""
    lot = np.random.get_state()
    layers = []
    for part in parts:
        if isinstance(part, tuple):
            layers.append(class_called("Layer_Dense", answer)(*part))
        else:
            kind = class_called(part, answer)
            layers.append(kind(0.1) if part == "Layer_Dropout" else kind())
    np.random.set_state(lot)
    loss = class_called("Loss_CategoricalCrossentropy", answer)()
    chain = [class_called("Layer_Input", answer)(), *layers, loss]
    for before, layer, after in zip(chain, layers, chain[2:]):
        layer.prev, layer.next = before, after
    return layers[-1]


def is_stub(function):
    """True for a function whose body is still `...`: it uses no name at all."""
    code = getattr(function, "__code__", None)
    return code is not None and not code.co_names and outcome(function, (None,)) is None


class WalkExercise(FunctionExercise):
    """A function that walks along the links of several models, with layers of the reader's own classes."""

    def judge(self, answer):
        if has_blank(answer) or not callable(answer):
            return super().judge(answer)
        if is_stub(answer):
            return Verdict("not yet", f"{self.todo} (So far the function returns nothing.)")
        self.cases = [(last_layer(parts, answer),) for parts in MODELS.values()]
        results = [outcome(answer, case) for case in self.cases]
        if any(result is None for result in results):
            return Verdict("hint", NO_RETURN)
        for result in results:
            if isinstance(result, AttributeError) and result.name in ("weights", "biases"):
                return Verdict("hint", NO_WEIGHTS)
            if isinstance(result, AttributeError) and result.name == "prev":
                return Verdict("hint", NO_PREV)
        return super().judge(answer)

    def first_difference(self, results):
        for model, case, result in zip(MODELS, self.cases, results):
            if isinstance(result, Exception):
                return Verdict("wrong", f"{model} your function stopped: {type(result).__name__}: {result}")
            expected = outcome(self.answer, case)
            if not same(result, expected, self.tolerance):
                return Verdict("wrong", f"{model}: {difference(result, expected, self.tolerance)}")


def walk(last, of_layer, stop=lambda place: not hasattr(place, "prev")):
    count, place = 0, last
    while not stop(place):
        if hasattr(place, "weights"):
            count += of_layer(place)
        place = place.prev
    return count


def all_parameters(layer):
    return layer.weights.size + layer.biases.size


def of_first_found(last):
    place = last
    while not hasattr(place, "weights"):
        place = place.prev
    return all_parameters(place)


def asks_every_layer(last):
    count, place = 0, last
    while hasattr(place, "prev"):
        count += all_parameters(place)
        place = place.prev
    return count


def walks_too_far(last):
    while last is not None:
        last = last.prev


count_parameters = WalkExercise(
    reference=lambda last: walk(last, all_parameters),
    cases=[],  # made anew for each answer
    right="A walk along links, and no list of layers needed.",
    wrong={
        "The biases are trained, too.": lambda last: walk(last, lambda layer: layer.weights.size),
        "You stop one layer too soon: the first layer has a `prev`, the input, and counts.":
            lambda last: walk(last, all_parameters, lambda place: not hasattr(place.prev, "prev")),
        "You return at the first layer with weights that you meet. Go on to the front, add up, and return then.":
            of_first_found,
        "That is the number of layers with weights. Wanted is how many numbers they hold.":
            lambda last: walk(last, lambda layer: 1),
        "You count neurons, or biases. The weights are missing.":
            lambda last: walk(last, lambda layer: layer.biases.size),
        "`len(weights)` is the number of rows only. All numbers: `weights.size`.":
            lambda last: walk(last, lambda layer: len(layer.weights) + layer.biases.size),
        "`len` counts rows only, of weights and of biases. All numbers of an array: `array.size`.":
            lambda last: walk(last, lambda layer: len(layer.weights) + len(layer.biases)),
        NO_WEIGHTS: asks_every_layer,
        NO_PREV: walks_too_far,
        NO_RETURN: lambda last: walk(last, all_parameters) and None,
    },
)  # fmt: skip

# ---------------------------------------------------------------------------------------- a model of your own

NO_HISTORY = "Put what `train` returns into `your_history`."
NOT_MEASURED = "There is no accuracy on validation data in it. Give `validation_data=(X_val, y_val)` to `train`."
NOT_ALL_EPOCHS = "Not every epoch is in it. Train with `print_every=0`: then all are recorded, and none is printed."
TOO_LONG = "More than 150 epochs. Rather turn the learning rate, or the scale of the first weights."
NOT_BINARY = "The loss is low, and the accuracy near one half. Did you forget `binary=True`?"
TOO_LOW = ("The accuracy on the validation data ends below 0.8. Try a learning rate of 0.01 to 0.05, more neurons, or "
           "`weight_scale=0.1`.")  # fmt: skip


def look_at_history(history):
    """The hint for the history of a training, or None where it reached what was asked."""
    if not isinstance(history, dict) or not history.get("epoch"):
        return NO_HISTORY
    if "validation_accuracy" not in history:
        return NOT_MEASURED
    if history["epoch"] != list(range(1, len(history["epoch"]) + 1)):
        return NOT_ALL_EPOCHS
    if len(history["epoch"]) > 150:
        return TOO_LONG
    accuracy, loss = history["validation_accuracy"][-1], history["validation_loss"][-1]
    if accuracy >= 0.8:
        return None
    # Each wrong answer costs log 2 or more. With a loss below that the accuracy cannot be true.
    return NOT_BINARY if loss < (1 - accuracy) * np.log(2) else TOO_LOW


def made_up(epochs, **figures):
    return {"epoch": epochs} | {name: [figure] * len(epochs) for name, figure in figures.items()}


FINE = {"accuracy": 0.9, "loss": 0.3, "validation_accuracy": 0.9, "validation_loss": 0.3}
OF_150 = list(range(1, 151))

own_model = OpenExercise(
    look=look_at_history,
    right="Layers, loss, optimizer, accuracy, and not one line of a loop.",
    wrong={
        NO_HISTORY: 0.9,
        NOT_MEASURED: made_up(OF_150, accuracy=0.9, loss=0.3),
        NOT_ALL_EPOCHS: made_up([150], **FINE),
        TOO_LONG: made_up(list(range(1, 1001)), **FINE),
        NOT_BINARY: made_up(OF_150, **FINE | {"accuracy": 0.49, "validation_accuracy": 0.49, "validation_loss": 0.1}),
        TOO_LOW: made_up(OF_150, **FINE | {"validation_accuracy": 0.6, "validation_loss": 0.6}),
    },
)  # fmt: skip
