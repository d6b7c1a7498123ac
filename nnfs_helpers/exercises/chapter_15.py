"""The exercises of chapter 15, Dropout."""

import numpy as np

from nnfs_helpers.check import Exercise, FunctionExercise, OpenExercise, numbers_in

# --------------------------------------------------------------------------------------------- the way back

# Layer_Dropout(0.2) made [0, 2.5, 0, 1.25] of [3, 2, 1, 1]; the slopes behind it are these.
DVALUES = np.array([1, -2, 4, 0.8])
MASK = np.array([0, 1.25, 0, 1.25])

way_back = Exercise(
    answer=DVALUES * MASK,
    right="The way back is scaled like the way there. And an output that was off is not to blame for anything.",
    wrong={
        "The places are right. But on the way there what stays on was made larger. By which factor? It stands on the "
        "way back, too.": DVALUES * (MASK > 0),
        "What was off lets nothing back: its output was 0, whatever its input.": DVALUES * 1.25,
        "You multiplied by the outputs. The slope of an output along its input is the number in the mask.":
            DVALUES * np.array([0, 2.5, 0, 1.25]),
        "You multiplied by 0.8. On the way there it was *divided* by 0.8; 2 became 2.5.": DVALUES * (MASK > 0) * 0.8,
        "Those are the numbers of the mask, a good start. Multiply them by the slopes.": MASK,
        "You let back what was off, and shut out what was on.": DVALUES * (MASK == 0) * 1.25,
        "You divided by 0.2, the share that is off. Divide by the share that stays on.": DVALUES * (MASK > 0) * 5,
    },
)  # fmt: skip

# ------------------------------------------------------------------------------------------- from the draws


def from_draws(inputs, draws, rate):
    return inputs * (draws <= 1 - rate) / (1 - rate)


RANDOM = np.random.RandomState(15)
dropout = FunctionExercise(
    reference=from_draws,
    cases=[
        (np.array([1.0, 2.0, -3.0, 4.0, 5.0]), np.array([0.1, 0.85, 0.3, 0.79, 0.99]), 0.2),
        (RANDOM.randn(4, 6), RANDOM.random_sample((4, 6)), 0.3),
        (RANDOM.randn(4, 6), RANDOM.random_sample((4, 6)), 0.7),
        (RANDOM.randn(3, 2), RANDOM.random_sample((3, 2)), 0.0),
    ],
    right="That is the whole layer in one line; with the rate 0 it changes nothing, as it should.",
    wrong={
        "What stays on has to become larger, so that the mean stays: divide by the share that stays on.":
            lambda inputs, draws, rate: inputs * (draws <= 1 - rate),
        "You divide by the rate, the share that is off. Divide by the share that stays on.":
            lambda inputs, draws, rate: inputs * (draws <= 1 - rate) / rate if rate else inputs * np.inf,
        "You keep the share `rate` and switch off the rest. Here `rate` is the share that is off.":
            lambda inputs, draws, rate: inputs * (draws <= rate) / rate if rate else inputs * 0,
        "The right share stays on, but not the same places: on is where the draw is *at most* `1 - rate`.":
            lambda inputs, draws, rate: inputs * (draws > rate) / (1 - rate),
        "You multiply by `1 + rate`. With 20% off a fifth is missing, and 0.8 times 1.2 is only 0.96.":
            lambda inputs, draws, rate: inputs * (draws <= 1 - rate) * (1 + rate),
        "Everything stays on. Multiply by `draws <= 1 - rate`, the mask, as well.":
            lambda inputs, draws, rate: inputs / (1 - rate),
        "You multiply by the share that stays on. Divide by it: what is left has to become larger.":
            lambda inputs, draws, rate: inputs * (draws <= 1 - rate) * (1 - rate),
        "That is the mask. Multiply the inputs by it.": lambda inputs, draws, rate: (draws <= 1 - rate) / (1 - rate),
    },
)  # fmt: skip

# ------------------------------------------------------------------------------------------ your own network

NOT_RESULTS = "Give `your_results`, with what `rate_trial(…)` returns for each rate, and `your_rate`, one of the rates."
NO_ZERO = "The rate 0 is missing. Without it nobody knows whether dropout helps at all."
TOO_FEW = "Try at least four rates."
NOT_BEST = "One of your other rates has a lower mean loss on new pictures than `your_rate`."


def look_at_rates(answer):
    """The hint for the results of some rates and the one chosen, or None where the choice fits the results."""
    results, rate = answer
    if not isinstance(results, dict) or rate not in results:
        return NOT_RESULTS
    shapes = {np.shape(trials) for trials in results.values()}
    if any(len(shape) != 2 or shape[1] != 4 for shape in shapes) or numbers_in(list(results)) is None:
        return NOT_RESULTS
    if 0 not in results:
        return NO_ZERO
    if len(results) < 4:
        return TOO_FEW
    new_losses = {each: np.mean(np.array(trials)[:, 2]) for each, trials in results.items()}
    return None if new_losses[rate] <= min(new_losses.values()) else NOT_BEST


def planted(**new_losses):
    """Results of one seed each, from losses on new data; the rates are written as r0, r2 … for 0.0, 0.2 …"""
    return {int(name[1:]) / 10: [(0.1, 1.0, loss, 0.8)] for name, loss in new_losses.items()}


rates = OpenExercise(
    look=look_at_rates,
    right="Chosen by its loss on new pictures: those have now been used to choose, so an examination needs others.",
    wrong={
        NOT_RESULTS: [planted(r0=0.5, r2=0.4, r5=0.3, r8=0.6), 0.1],
        NO_ZERO: [planted(r1=0.5, r2=0.4, r5=0.3, r8=0.6), 0.5],
        TOO_FEW: [planted(r0=0.5, r5=0.3), 0.5],
        NOT_BEST: [planted(r0=0.5, r2=0.4, r5=0.3, r8=0.6), 0.2],
    },
)
