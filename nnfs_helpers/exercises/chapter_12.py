"""The exercises of chapter 12, Validation Data."""

import numpy as np

from nnfs_helpers.check import Exercise, FunctionExercise, OpenExercise

# ------------------------------------------------------------------------------------------------ the bill

n_trained = Exercise(
    answer=61,
    right="Cross-validation is paid in training time. That is why one often begins with few folds.",
    wrong={
        "That is one network for each setting. Each setting is trained once for each fold.": 12,
        "Nearly: the final network is still missing.": 60,
        "The final network is counted. But each of the 12 settings is trained once for each fold.": 13,
        "Each width meets each learning rate: that makes 4 · 3 settings, not 4 + 3.": 36,
        "The final network is trained only once, not once for each setting.": 72,
        "The final network learns from all data at once; it has no folds.": 65,
    },
)

# ------------------------------------------------------------------------------------------ without a leak


def by_training_rows(X_training, X_validation):
    mean, spread = np.mean(X_training, axis=0), np.std(X_training, axis=0)
    return (X_training - mean) / spread, (X_validation - mean) / spread


def each_by_its_own(X_training, X_validation):
    return [(X - np.mean(X, axis=0)) / np.std(X, axis=0) for X in (X_training, X_validation)]


def by_all_rows(X_training, X_validation):
    everything = np.concatenate([X_training, X_validation])
    return [(X - np.mean(everything, axis=0)) / np.std(everything, axis=0) for X in (X_training, X_validation)]


def all_columns_alike(X_training, X_validation):
    return [(X - np.mean(X_training)) / np.std(X_training) for X in (X_training, X_validation)]


def without_mean(X_training, X_validation):
    return [X / np.std(X_training, axis=0) for X in (X_training, X_validation)]


def mean_alone(X_training, X_validation):
    return [X - np.mean(X_training, axis=0) for X in (X_training, X_validation)]


def joined(function):
    """What `function` returns, two arrays, as one below the other: so that they can be compared in one go."""

    def both(X_training, X_validation):
        scaled = function(X_training, X_validation)
        if scaled is None or scaled is ... or not isinstance(scaled, (list, tuple)):
            return scaled
        return np.concatenate([np.asarray(part) for part in scaled])

    return both


class PairExercise(FunctionExercise):
    """A function exercise whose function returns two arrays with the same columns."""

    def __init__(self, reference, cases, right, wrong):
        hints = {hint: joined(function) for hint, function in wrong.items()}
        super().__init__(joined(reference), cases, right, hints)

    def judge(self, answer):
        return super().judge(joined(answer) if callable(answer) else answer)


TRAINING = np.array([[1.0, 100.0], [2.0, 300.0], [6.0, 200.0], [3.0, 700.0]])
scale = PairExercise(
    reference=by_training_rows,
    cases=[(TRAINING, np.array([[10.0, 150.0], [4.0, 900.0]])), (TRAINING[::-1] ** 2, TRAINING[:3])],
    right="The validation rows are measured with the ruler of the training rows. So will be the rows of tomorrow.",
    wrong={
        "You measured the validation rows by themselves. Tomorrow's sample comes alone: use the training rows' ruler.":
            each_by_its_own,
        "You measured all rows together: that is the leak.": by_all_rows,
        "Each column needs a mean and a spread of its own: `axis=0`.": all_columns_alike,
        "First take away the mean of the training rows.": without_mean,
        "The mean is gone. Now divide by the standard deviation of the training rows.": mean_alone,
        "Return both arrays, the training rows first.":
            lambda training, validation: by_training_rows(training, validation)[::-1],
        "That is only the training rows. Scale the validation rows with the same ruler, and return both.":
            lambda training, validation: by_training_rows(training, validation)[0],
    },
)  # fmt: skip

# ------------------------------------------------------------------------------------------ your own choice

TOO_FEW = "Compare at least three numbers of epochs."
NO_FOLDS = "Each number of epochs needs the scores of several folds, as `cross_validate` returns them."
NOT_COMPARED = "Your choice is not among the numbers you have compared."
BY_LUCK = "Another number has a clearly higher mean. A single high fold is luck: choose by the mean."


def look_at_choice(answer):
    """The hint for a pair of scores and choice, or None where the choice is one of the best by its mean."""
    scores, choice = answer
    if not isinstance(scores, dict) or len(scores) < 3:
        return TOO_FEW
    if any(np.ndim(values) != 1 or len(values) < 2 for values in scores.values()):
        return NO_FOLDS
    if choice not in scores:
        return NOT_COMPARED
    means = {epochs: np.mean(values) for epochs, values in scores.items()}
    return None if means[choice] > max(means.values()) - 0.02 else BY_LUCK


choice = OpenExercise(
    look=look_at_choice,
    right="Chosen by every sample once, and the test set still in its envelope. (Means within 0.02 count as equal.)",
    wrong={
        TOO_FEW: [{100: [0.6, 0.7], 300: [0.7, 0.8]}, 300],
        NO_FOLDS: [{100: 0.6, 200: 0.7, 300: 0.8}, 300],
        NOT_COMPARED: [{100: [0.6, 0.7], 200: [0.7, 0.8], 300: [0.7, 0.7]}, 400],
        BY_LUCK: [{100: [0.6, 0.9], 200: [0.8, 0.85], 300: [0.7, 0.7]}, 100],
    },
)
