"""The exercises of chapter 21, Saving and Loading Models and Their Parameters."""

import copy
from functools import partial

import numpy as np

from nnfs_helpers.check import Exercise, FunctionExercise, OpenExercise, Verdict, outcome

# ------------------------------------------------------------------------------------------- how many bytes

SIZES = (784, 64, 64, 10)  # chapter 19's smaller network
WEIGHTS = sum(before * after for before, after in zip(SIZES, SIZES[1:]))
PARAMETERS = WEIGHTS + sum(SIZES[1:])
OTHER_PARAMETERS = 118_282  # of 784-128-128-10, this chapter's own

model_bytes = Exercise(
    answer=3 * 4 * PARAMETERS,
    right="Three arrays for each array that learns: itself, its momentums and its cache. Four bytes for each number.",
    wrong={
        "Those are the parameters alone. For each of them Adam remembers two numbers more.": 4 * PARAMETERS,
        "That is how many numbers there are. Each takes four bytes.": 3 * PARAMETERS,
        "That is how many parameters there are. Each is a number of four bytes, and Adam remembers two more for each.":
            PARAMETERS,
        "Only one memory is in it. Adam has two: momentums and cache.": 2 * 4 * PARAMETERS,
        "The biases are missing: one for each neuron, and Adam remembers theirs, too.": 3 * 4 * WEIGHTS,
        "A float32 takes four bytes: 32 bits, eight to a byte.": 3 * 8 * PARAMETERS,
        "Those are bits. A byte has eight.": 3 * 32 * PARAMETERS,
        "That is this chapter's network. The question is about 784-64-64-10.": 3 * 4 * OTHER_PARAMETERS,
    },
    tolerance=1e-6,
)  # fmt: skip

# ---------------------------------------------------------------------------------------------- keep the best


class Trainer:
    """Something that learns: `epoch()` changes `weights` in place and returns the loss."""

    def __init__(self, losses):
        self.weights = np.zeros(3)
        self.losses = list(losses)

    def epoch(self):
        if not self.losses:
            raise RuntimeError("`trainer.epoch()` was called more often than `epochs` says.")
        self.weights += [1.0, -0.5, 0.25]
        return self.losses.pop(0)

    def __repr__(self):
        return f"a trainer whose losses are {self.losses}"


def search(trainer, epochs, is_better=lambda loss, best: loss < best, start=np.inf, take=np.copy):
    best_loss, best = start, None
    for _ in range(epochs):
        loss = trainer.epoch()
        if is_better(loss, best_loss):
            best_loss, best = loss, take(trainer.weights)
    return best


def best_loss_of(trainer, epochs):
    return min(trainer.epoch() for _ in range(epochs))


def first_weights(trainer, epochs):
    trainer.epoch()
    return trainer.weights


def compared_with_the_one_before(trainer, epochs):
    before, best = np.inf, None
    for _ in range(epochs):
        loss = trainer.epoch()
        if loss < before:
            best = trainer.weights.copy()
        before = loss
    return best


def copied_before_the_epoch(trainer, epochs):
    lowest, best = np.inf, None
    for _ in range(epochs):
        weights = trainer.weights.copy()
        loss = trainer.epoch()
        if loss < lowest:
            lowest, best = loss, weights
    return best


def stopped_at_the_first_rise(trainer, epochs):
    lowest, best = np.inf, None
    for _ in range(epochs):
        loss = trainer.epoch()
        if loss > lowest:
            break
        lowest, best = loss, trainer.weights.copy()
    return best


NOTHING_FOUND = "Your function returned nothing: was any loss lower than the first one that you compare with?"


class BestWeights(FunctionExercise):
    """A function that trains and then returns nothing is no empty stub: it found no loss that was low enough."""

    def judge(self, answer):
        return Verdict("hint", NOTHING_FOUND) if self.finds_nothing(answer) else super().judge(answer)

    def finds_nothing(self, answer):
        if not callable(answer):
            return False
        for trainer, epochs in copy.deepcopy(self.cases):
            before = len(trainer.losses)
            found = outcome(partial(answer, trainer, epochs), ())
            if len(trainer.losses) < before and (found is None or isinstance(found, UnboundLocalError)):
                return True
        return False


best_weights = BestWeights(
    reference=search,
    cases=[
        (Trainer([0.9, 0.5, 0.3, 0.4, 0.6]), 5),
        (Trainer([0.9, 0.2, 0.7, 0.3]), 4),
        (Trainer([0.5, 0.6, 0.55]), 3),
        (Trainer([3.0, 2.0, 2.5, 1.5, 1.7, 1.8]), 6),
    ],
    right="Without the copy you would have kept the last ones, whatever their name.",
    wrong={
        "You return the weights of the last epoch. If you did keep the best ones: you kept the array itself, and "
        "training went on changing it. Keep a copy. If you copied: is the lowest loss remembered, too?":
            lambda trainer, epochs: search(trainer, epochs, take=lambda weights: weights),
        "Those are the weights where the loss was highest.":
            lambda trainer, epochs: search(trainer, epochs, lambda loss, best: loss > best, -np.inf),
        "That is the lowest loss. Wanted are the weights of that epoch.": best_loss_of,
        "Those are the weights after the first epoch. Go on looking.": first_weights,
        "You compare each loss with the one before it. Compare it with the lowest one so far, and remember that.":
            compared_with_the_one_before,
        "Those are the weights before the best epoch. Copy them after `trainer.epoch()`.": copied_before_the_epoch,
        "You stopped too early: a later epoch may be better still.": stopped_at_the_first_rise,
        NOTHING_FOUND: lambda trainer, epochs: search(trainer, epochs, start=0),
    },
)  # fmt: skip


# ---------------------------------------------------------------------------------------------- a small file

NO_RESULT = "Put what `judge([first, second, third])` returns into `your_result`: a pair of size and accuracy."
TOO_LARGE = "Still too large. A layer takes weights · bits / 8 bytes: work it out for each, and cut a large one."
TOO_BAD = "Small enough, but worse than with 4 bits everywhere. A layer has too few bits now. Those of layer 3 are " \
          "cheap, 160 bytes for each bit more; and 3 bits hurt one layer more than another."  # fmt: skip


def look_at_file(answer):
    """The hint for a squeezed file, or None. answer: its (bytes, accuracy), and that of the file to beat."""
    try:
        (size, accuracy), (size_to_beat, accuracy_to_beat) = ([float(number) for number in pair] for pair in answer)
    except (TypeError, ValueError):
        return NO_RESULT
    if size >= size_to_beat:
        return TOO_LARGE
    return TOO_BAD if accuracy < accuracy_to_beat else None


small_file = OpenExercise(
    look=look_at_file,
    right="Smaller than 4 bits everywhere, and no worse. The small last layer gets more bits, and the total falls.",
    wrong={
        NO_RESULT: [4, (62_000, 0.8)],
        TOO_LARGE: [(62_000, 0.8), (62_000, 0.8)],
        TOO_BAD: [(60_000, 0.79), (62_000, 0.8)],
    },
)
