"""The exercises of chapter 20, Model Evaluation."""

import numpy as np

from nnfs_helpers.check import FunctionExercise, OpenExercise, Verdict, is_blank_error, outcome


class PartExercise(FunctionExercise):
    """A function with more than one blank to fill in, so that one of them may be left."""

    def judge(self, answer):
        verdict = super().judge(answer)
        if verdict.state == "not yet" and callable(answer):
            errors = [str(error) for error in (outcome(answer, case) for case in self.cases) if is_blank_error(error)]
            if any("'ellipsis' and 'ellipsis'" not in error for error in errors):
                return Verdict("not yet", "One `...` is still there.")
        return verdict


# ------------------------------------------------------------------------------------------- unequal batches

BATCHES = [
    ([0.9, 0.8, 0.5], [128, 128, 16]),
    ([1.0, 0.25], [3000, 4]),
    ([0.875, 0.75, 0.7], [8, 4, 10]),
    ([0.6, 0.7], [50, 50]),
]

joined = PartExercise(
    reference=lambda accuracies, sizes: np.dot(accuracies, sizes) / np.sum(sizes),
    cases=BATCHES,
    right="Each batch counts for as many pictures as it holds.",
    wrong={
        "That is the mean of the means: a batch of 16 pictures counts as much as one of 128.":
            lambda accuracies, sizes: np.mean(accuracies),
        "That is how many answers are right in all batches together. Divide by how many answers there are.":
            lambda accuracies, sizes: np.dot(accuracies, sizes),
        "You divide by the number of batches. Divide by the number of pictures.":
            lambda accuracies, sizes: np.dot(accuracies, sizes) / len(sizes),
        "You leave the last batch out. Its pictures count, too.":
            lambda accuracies, sizes: np.dot(accuracies[:-1], sizes[:-1]) / np.sum(sizes[:-1]),
        "These are lists: go through both with `zip`.":
            lambda accuracies, sizes: sum(accuracies * sizes) / sum(sizes),
    },
)  # fmt: skip

# ------------------------------------------------------------------------------------------- the best two

RANDOM = np.random.RandomState(20)
FEW = np.array([[0.5, 0.3, 0.2], [0.1, 0.2, 0.7], [0.6, 0.3, 0.1], [0.2, 0.45, 0.35]]), np.array([1, 0, 0, 1])
MANY = RANDOM.dirichlet(np.ones(10), 40), RANDOM.randint(0, 10, 40)
PLENTY = RANDOM.dirichlet(np.ones(4), 30), RANDOM.randint(0, 4, 30)


def place_of(outputs, truths):
    """For each sample the place of the truth: 0 where it is the most probable class, 1 where it is the second."""
    order = np.argsort(-outputs, axis=1)
    return np.argmax(order == truths[:, np.newaxis], axis=1)


within_two = PartExercise(
    reference=lambda outputs, truths: np.mean(place_of(outputs, truths) < 2),
    cases=[FEW, MANY, PLENTY],
    right="If your network may guess twice, that is its accuracy.",
    wrong={
        "That is the accuracy. The second class counts as well.":
            lambda outputs, truths: np.mean(place_of(outputs, truths) == 0),
        "That is the second class alone. The first counts as well.":
            lambda outputs, truths: np.mean(place_of(outputs, truths) == 1),
        "These are the two *least* probable classes: `argsort` begins with the smallest.":
            lambda outputs, truths: np.mean(place_of(outputs, truths) >= outputs.shape[1] - 2),
        "Each picture counts twice in your mean: once for each of its two classes.":
            lambda outputs, truths: np.mean(place_of(outputs, truths) < 2) / 2,
        "That is how many. Wanted is the share.":
            lambda outputs, truths: np.sum(place_of(outputs, truths) < 2),
        "NumPy stopped at a comparison. Compare one column at a time, as in `order[:, 0] == truths`, and join the two "
        "with `|`; Python's `or` wants a single True or False.":
            lambda outputs, truths: np.mean(np.argsort(-outputs, axis=1)[:, :2] == truths),
        "You ask for more than half of the probability. Wanted is the place: first or second.":
            lambda outputs, truths: np.mean(outputs[np.arange(len(outputs)), truths] > 0.5),
    },
)  # fmt: skip

# ------------------------------------------------------------------------------------------- a mixed-up pair

NO_PAIR = "A pair is two class numbers from 0 to 9, such as `(2, 7)`."
A_PLACE = "That is a place, counted row by row. Its row and its column are the pair: `divmod(place, 10)`."
TWICE_THE_SAME = ("That is one class twice. On the diagonal stands what is right: set it to 0 with `np.fill_diagonal`, "
                  "in your sum `matrix + matrix.T`, not in `matrix`.")  # fmt: skip
ONE_WAY = ("That is the largest single entry beside the diagonal. Both ways count: what is taken for the other, and "
           "the other way round.")  # fmt: skip
NOT_THE_MOST = "Another pair is mixed up more often."


def look_at_pair(answer):
    """The hint for a pair of classes, or None where no pair is mixed up more often."""
    pair, matrix = answer[0], np.array(answer[1])
    classes = len(matrix)
    if np.ndim(pair) == 0 and pair in range(classes**2):
        return A_PLACE
    if np.shape(pair) != (2,) or any(number not in range(classes) for number in pair):
        return NO_PAIR
    first, second = (int(number) for number in pair)
    if first == second:
        return TWICE_THE_SAME
    np.fill_diagonal(matrix, 0)
    both_ways = matrix + matrix.T
    if both_ways[first, second] == both_ways.max():
        return None
    return ONE_WAY if max(matrix[first, second], matrix[second, first]) == matrix.max() else NOT_THE_MOST


# 0 is taken for 1 nine times, never the other way round; 2 and 3 are mixed up seven times each way.
SMALL = np.array([[50, 9, 1, 0], [0, 60, 0, 0], [0, 2, 40, 7], [1, 0, 7, 45]])
mixed_pair = OpenExercise(
    look=look_at_pair,
    right="These two are what to look at first.",
    wrong={
        NO_PAIR: [233, SMALL],
        A_PLACE: [11, SMALL],
        TWICE_THE_SAME: [(1, 1), SMALL],
        ONE_WAY: [(0, 1), SMALL],
        NOT_THE_MOST: [(2, 1), SMALL],
    },
)
