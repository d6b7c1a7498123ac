"""The exercises of chapter 11, Testing with Out-of-Sample Data."""

import numpy as np

from nnfs_helpers.check import FunctionExercise, OpenExercise

# ------------------------------------------------------------------------------------------ what is wrong?

VERDICTS = {"P": "overfits", "Q": "underfits", "R": "fine"}
NO_SUCH_WORD = 'Each verdict is one of the words "overfits", "underfits" and "fine", in quotation marks.'
P_IS_WIDE = "Look at P again: nearly no loss on known data, and more than guessing on new data."
Q_IS_NOT_FINE = "Q has next to no gap. But compare its losses with 1.10: what has it learned?"
R_IS_FINE = "Look at R again: both losses are low, and the gap between them is small."


def look_at_verdicts(verdicts):
    """The hint for the three verdicts, or None where they are right."""
    given = {name: str(verdicts[name]).strip().lower() for name in VERDICTS}
    if not set(given.values()) <= set(VERDICTS.values()):
        return NO_SUCH_WORD
    for name, hint in zip(VERDICTS, (P_IS_WIDE, Q_IS_NOT_FINE, R_IS_FINE)):
        if given[name] != VERDICTS[name]:
            return hint
    return None


verdicts = OpenExercise(
    look=look_at_verdicts,
    right="Read the new loss first, and the gap second.",
    wrong={
        NO_SUCH_WORD: {"P": "bad", "Q": "bad", "R": "good"},
        P_IS_WIDE: {"P": "fine", "Q": "underfits", "R": "fine"},
        Q_IS_NOT_FINE: {"P": "overfits", "Q": "fine", "R": "fine"},
        R_IS_FINE: {"P": "overfits", "Q": "underfits", "R": "overfits"},
    },
)

# ---------------------------------------------------------------------------------- points no longer new


def number_of_shared(known, new):
    return np.sum(np.any(np.all(new[:, np.newaxis] == known, axis=2), axis=1))


def shared_in_place(known, new):
    length = min(len(known), len(new))
    return np.sum(np.all(known[:length] == new[:length], axis=1))


def any_feature_shared(known, new):
    return np.sum(np.any(np.any(new[:, np.newaxis] == known, axis=2), axis=1))


def known_that_are_shared(known, new):
    return number_of_shared(new, known)


def pairs_that_are_equal(known, new):
    return np.sum(np.all(new[:, np.newaxis] == known, axis=2))


def different_points_shared(known, new):
    return len(set(map(tuple, np.asarray(new).tolist())) & set(map(tuple, np.asarray(known).tolist())))


KNOWN = np.array([[0.0, 0.0], [0.0, 0.0], [1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
count_shared = FunctionExercise(
    reference=number_of_shared,
    cases=[
        (KNOWN, np.array([[3.0, 4.0], [0.0, 0.0], [1.0, 4.0], [2.0, 1.0], [5.0, 7.0], [1.0, 2.0], [1.0, 2.0]])),
        (KNOWN, KNOWN.copy()),
        (KNOWN, KNOWN + 100),
        (KNOWN[2:], np.array([[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]])),
    ],
    right="Put it between the data and every test score. It costs nothing, and has saved many a report.",
    wrong={
        "You compare row 0 with row 0, row 1 with row 1, and so on. A shared point may stand anywhere.":
            shared_in_place,
        "One equal feature does not make the same point: *all* features of a row have to be equal.":
            any_feature_shared,
        "You count the rows of `known`. Wanted are those of `new`.": known_that_are_shared,
        "You count pairs: a new point that stands twice in `known` is still one point.": pairs_that_are_equal,
        "You count different points. Wanted are rows: a point that stands twice in `new` counts twice.":
            different_points_shared,
        "A yes or no is a good start. Wanted is the number.":
            lambda known, new: bool(number_of_shared(known, new)),
        "That is the share. Wanted is the number.": lambda known, new: number_of_shared(known, new) / len(new),
    },
)  # fmt: skip

# ---------------------------------------------------------------------------------------- as bad as you can

NOT_A_RUN = "Give what `trial(...)` returns."
NOT_BY_HEART = "It does not know its training points by heart yet. Fewer points, more neurons or more epochs help."
TOO_FEW = ("That is too few points. Three of them share the place (0, 0), with three labels: a mean loss of 1.10, "
           "whatever the network says.")  # fmt: skip
STILL_GENERALIZES = "Known by heart, but its loss on new points is below 5. What makes the known points less use?"


def look_at_run(run):
    """The hint for a run, or None where it knows the known points by heart and fails badly on the new ones."""
    if not isinstance(run, dict) or not {"known", "new", "data"} <= run.keys():
        return NOT_A_RUN
    if run["known"][-1][0] >= 0.15:
        points_on_each_arm = len(run["data"][0][1]) / 3
        return TOO_FEW if np.log(3) / points_on_each_arm >= 0.15 else NOT_BY_HEART
    return None if run["new"][-1][0] > 5 else STILL_GENERALIZES


def a_run(points, known_loss, new_loss):
    """What `trial` returns, as far as it is looked at."""
    labels = np.repeat([0, 1, 2], points)
    return {
        "data": ((np.zeros((3 * points, 2)), labels), ()),
        "known": [(1.1, 0.3), (known_loss, 0.9)],
        "new": [(1.1, 0.3), (new_loss, 0.4)],
    }


worst_gap = OpenExercise(
    look=look_at_run,
    right="Nearly perfect, and far worse than guessing. Nobody who sees only the training data would know.",
    wrong={
        NOT_A_RUN: 0.5,
        NOT_BY_HEART: a_run(points=100, known_loss=0.3, new_loss=6.0),
        TOO_FEW: a_run(points=5, known_loss=0.22, new_loss=7.5),
        STILL_GENERALIZES: a_run(points=20, known_loss=0.01, new_loss=1.6),
    },
)
