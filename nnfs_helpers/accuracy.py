"""The accuracies: the share of predictions that are right. Built in chapters 16 to 19."""

import numpy as np

from nnfs_helpers.losses import class_numbers

__all__ = ["Accuracy", "Accuracy_Categorical", "Accuracy_Regression"]


class Accuracy:
    """What both accuracies share: the mean over a batch, and over a whole pass (chapters 18 and 19).

    Each accuracy adds `init`, which looks at the training targets, and `compare`: what is right.
    """

    accumulated_sum = 0
    accumulated_count = 0

    def calculate(self, predictions, y):
        comparisons = self.compare(predictions, y)
        right, count = np.sum(comparisons), np.size(comparisons)
        self.accumulated_sum += right
        self.accumulated_count += count
        return right / count

    def calculate_accumulated(self):
        """The share of right predictions since `new_pass`."""
        return self.accumulated_sum / self.accumulated_count

    def new_pass(self):
        self.accumulated_sum = 0
        self.accumulated_count = 0


class Accuracy_Categorical(Accuracy):
    """The share of samples whose class was found (chapter 18).

    binary: True for a network whose outputs are each a yes or a no: then each output counts.
    """

    def __init__(self, *, binary=False):
        self.binary = binary

    def init(self, y):
        pass

    def compare(self, predictions, y):
        return predictions == (y if self.binary else class_numbers(y))


class Accuracy_Regression(Accuracy):
    """The share of predictions closer to their target than the precision, a 250th of the targets' standard
    deviation (chapters 17 and 18). `init` fixes the precision once, by the training targets.
    """

    def __init__(self):
        self.precision = None

    def init(self, y, reinit=False):
        if self.precision is None or reinit:
            self.precision = np.std(y) / 250

    def compare(self, predictions, y):
        return np.abs(predictions - y) < self.precision
