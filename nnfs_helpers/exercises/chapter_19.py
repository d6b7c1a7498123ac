"""The exercises of chapter 19, A Real Dataset."""

import numpy as np

from nnfs_helpers.check import FunctionExercise, OpenExercise, Verdict

# ------------------------------------------------------------------------------------- what the book's code gives

# Ten epochs on the real pictures: accuracy and loss of the training, accuracy and loss of the validation.
BOOK_LINES = np.array([
    (0.755, 0.658, 0.822, 0.490), (0.843, 0.430, 0.842, 0.431), (0.860, 0.385, 0.854, 0.408),
    (0.869, 0.359, 0.859, 0.392), (0.876, 0.340, 0.863, 0.381), (0.881, 0.326, 0.865, 0.373),
    (0.885, 0.315, 0.868, 0.367), (0.889, 0.306, 0.871, 0.362), (0.892, 0.298, 0.872, 0.358),
    (0.894, 0.291, 0.874, 0.355),
])  # fmt: skip

# -------------------------------------------------------------------------------------------- the way back


def some_rows(samples):
    """Pictures as rows of numbers from -1 to 1, no two alike."""
    numbers = np.arange(samples * 784) % 256
    return ((numbers - 127.5) / 127.5).astype(np.float32).reshape(samples, 784)


def as_images(numbers):
    return np.rint(numbers).reshape(-1, 28, 28)


back_to_images = FunctionExercise(
    reference=lambda rows: as_images(rows * 127.5 + 127.5),
    cases=[(some_rows(2),), (some_rows(5)[3:],)],
    right="Two steps forward, the same two back, in the opposite order.",
    wrong={
        "Black is still negative. Before the division 127.5 was taken off; put it back on at the end.":
            lambda rows: as_images(rows * 127.5),
        "Black becomes −255. Before the division 127.5 was taken off: add it.":
            lambda rows: as_images(rows * 127.5 - 127.5),
        "The numbers run up to 510. From -1 to 1 is a width of 2, and 255 is to be the width of the pixels.":
            lambda rows: as_images((rows + 1) * 255),
        "Black is −255, white 255. Half of that width, and then moved up.":
            lambda rows: as_images(rows * 255),
        "The order of the steps: last came the division, so it is undone first.":
            lambda rows: as_images((rows + 127.5) * 127.5),
        "That is the way there once more. Undo it: multiply instead of divide, add instead of subtract.":
            lambda rows: as_images((rows - 127.5) / 127.5),
    },
)  # fmt: skip

# ------------------------------------------------------------------------------------------------- unmixed


def put_back(mixed, keys):
    original = np.empty_like(mixed)
    original[keys] = mixed
    return original


def put_into_mixed(mixed, keys):
    original = mixed
    original[keys] = mixed
    return original


SPOILED = ("Your answer is right, but `mixed` is now changed, too: you wrote into the array that you were given, "
           "perhaps under a second name. Take `np.empty_like(mixed)`.")  # fmt: skip


class LeavesItsInput(FunctionExercise):
    """A function that returns what is right, and leaves the array that it is given as it was."""

    def judge(self, answer):
        verdict = super().judge(answer)
        if verdict.state != "right":
            return verdict
        for mixed, keys in self.cases:
            given = mixed.copy()
            answer(given, keys.copy())
            if not np.array_equal(given, mixed):
                return Verdict("hint", SPOILED)
        return verdict


unmixed = LeavesItsInput(
    reference=put_back,
    cases=[
        (np.array([30, 10, 40, 20]), np.array([2, 0, 3, 1])),
        (np.array([5, 7, 1, 8, 6]), np.array([1, 2, 4, 0, 3])),
        (np.array([[3, 4], [5, 6], [1, 2]]), np.array([1, 2, 0])),
    ],
    right="`original[keys] = mixed` undoes `mixed = original[keys]`. (`mixed[np.argsort(keys)]` does the same.)",
    wrong={
        "That mixes once more. Taking by keys, `mixed[keys]`, goes on; writing to the places of the keys goes back.":
            lambda mixed, keys: mixed[keys],
        "You sort the samples by their own numbers. They are to go back to where they were; only the keys know it.":
            lambda mixed, keys: np.sort(mixed, axis=0),
        "That turns the order round. It would undo only a mixing that was itself a turning round.":
            lambda mixed, keys: mixed[::-1],
        "These are still the mixed ones. Which of them came from place 0?": lambda mixed, keys: mixed,
        SPOILED: put_into_mixed,
    },
)  # fmt: skip

# ---------------------------------------------------------------------------------------- a network of your own

NO_HISTORY = "Put what `train` returns into `your_history`."
NOT_MEASURED = "There is no validation accuracy in it. Give `validation_data=(few_X, few_y)` to `train`."
TOO_LONG = "More than five epochs. Rather take smaller batches, so that an epoch has more steps."
TOO_LOW = ("The last validation accuracy is {:.4f}; 0.82 is asked. Try batches of 32, and a learning rate of 0.002 or "
           "0.003 with `decay=1e-3`. One hidden layer is enough.")  # fmt: skip


def look_at_history(history):
    """The hint for the history of a training, or None where it reached what was asked."""
    if not isinstance(history, dict) or not history.get("epoch"):  # the model itself, for example
        return NO_HISTORY
    if "validation_accuracy" not in history:
        return NOT_MEASURED
    if len(history["epoch"]) > 5:
        return TOO_LONG
    reached = history["validation_accuracy"][-1]
    return None if reached >= 0.82 else TOO_LOW.format(reached)


def history_of(epochs, accuracy):
    figures = [accuracy] * epochs
    return {"epoch": list(range(1, epochs + 1)), "accuracy": figures, "loss": figures,
            "validation_accuracy": figures, "validation_loss": figures}  # fmt: skip


own_clothes = OpenExercise(
    look=look_at_history,
    right="If it learned from those 6,000 only: a tenth of the pictures, and a network, batches and a rate of yours.",
    wrong={
        NO_HISTORY: 0.83,
        NOT_MEASURED: {"epoch": [1], "accuracy": [0.9], "loss": [0.3]},
        TOO_LONG: history_of(20, 0.85),
        TOO_LOW.format(0.7): history_of(5, 0.7),
    },
)
