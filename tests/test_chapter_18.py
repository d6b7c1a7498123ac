"""Chapter 18: what its first exercise says to answers that readers give, and the picture of a reader's own run."""

import numpy as np
import pytest

from nnfs_helpers import Layer_Dense, Layer_Input
from nnfs_helpers.exercises import chapter_18 as check
from nnfs_helpers.figures import OwnModelPicture


def by_class(last):
    count, layer = 0, last
    while not isinstance(layer, Layer_Input):
        if isinstance(layer, Layer_Dense):
            count += layer.weights.size + layer.biases.size
        layer = layer.prev
    return count


def again_and_again(last):
    if not hasattr(last, "prev"):
        return 0
    own = last.weights.size + last.biases.size if hasattr(last, "weights") else 0
    return own + again_and_again(last.prev)


def prints(last):
    print(by_class(last))


def twice(last):
    return 2 * by_class(last)


def stops(last):
    return by_class(last) / 0


def stub(last): ...


@pytest.mark.parametrize("answer", [by_class, again_and_again])
def test_layers_may_be_known_by_their_class(answer):
    before = np.random.get_state()[1].copy()
    assert check.count_parameters(answer).state == "right"
    assert np.array_equal(np.random.get_state()[1], before)


def test_the_classes_are_those_of_the_reader():
    class Layer_Input:
        pass

    class Layer_Dense:
        def __init__(self, *sizes):
            self.weights, self.biases = np.zeros(sizes), np.zeros((1, sizes[1]))

    names = {"Layer_Input": Layer_Input, "Layer_Dense": Layer_Dense}
    own = type(by_class)(by_class.__code__, names)
    assert check.count_parameters(own).state == "right"


@pytest.mark.parametrize("answer, state, words", [
    (stub, "not yet", "Replace the `...`"),
    (prints, "hint", "Write `return`"),
    (twice, "wrong", "For a model 2-64-3"),
    (stops, "wrong", "your function stopped: ZeroDivisionError"),
    (387, "wrong", "A function is expected"),
])  # fmt: skip
def test_other_answers_are_answered(answer, state, words):
    verdict = check.count_parameters(answer)
    assert verdict.state == state and words in verdict.sentence


def test_a_low_loss_with_a_low_accuracy_is_a_forgotten_argument():
    epochs, figures = [1, 2], {"validation_accuracy": [0.5, 0.5], "validation_loss": [0.7, 0.06]}
    assert check.own_model({"epoch": epochs} | figures).sentence == check.NOT_BINARY
    assert check.own_model({"epoch": epochs} | figures | {"validation_loss": [0.7, 0.5]}).sentence == check.TOO_LOW


@pytest.mark.parametrize("history", [..., None, 0.9, {}, (0.9, 0.1)])
def test_without_a_history_the_picture_is_empty(history):
    assert "no model has been trained yet" in OwnModelPicture().update(history).alt


def test_the_whole_line_of_the_loss_is_in_the_picture():
    history = {"epoch": [1, 2, 3], "loss": [0.693, 0.4, 0.1], "accuracy": [0.5, 0.8, 0.9]}
    picture = OwnModelPicture().update(history)
    assert picture.parts["loss"].get_ylim()[1] > 0.7
    assert [text.get_text() for text in picture.legend.get_texts() if text.get_visible()] == ["training"]
    more = {"validation_loss": [0.9, 0.5, 0.2], "validation_accuracy": [0.5] * 3}
    validated = OwnModelPicture().update(history | more)
    assert validated.parts["loss"].get_ylim()[1] > 0.95
    assert all(text.get_visible() for text in validated.legend.get_texts())
