"""The pictures and tools of chapter 9: the stepper, the gradient check, the health of a network, and the cards."""

import importlib.util
import json
import re
from pathlib import Path

import numpy as np
import pytest
from matplotlib.text import Text
from PIL import Image

from nnfs_helpers import Activation_ReLU, Activation_Softmax_Loss_CategoricalCrossentropy, Layer_Dense
from nnfs_helpers.figures import BackpropStepper, GradientCheckPicture, HealthPicture
from nnfs_helpers.figures.backprop import LEAVES, relative_difference, short
from nnfs_helpers.health import gradients_of, groups_of, health, tried_out
from tests.course.notebooks import chapter_of, existing, read

ASSETS = Path(__file__).parent.parent / "assets"
OF_CHAPTER_9 = ["chain_rule", "dense_backward", "relu", "cross_entropy", "mean_over_the_batch", "softmax_jacobian",
                "softmax_cross_entropy", "squared_error", "sigmoid"]  # fmt: skip


# ------------------------------------------------------------------------------------------------ the stepper


def forward(x, w, b, target=None):
    values = {f"x{i}": x[i] for i in range(3)} | {f"w{i}": w[i] for i in range(3)} | {"b": b}
    values |= {f"xw{i}": x[i] * w[i] for i in range(3)}
    values["z"] = sum(values[f"xw{i}"] for i in range(3)) + b
    values["output"] = max(0, values["z"])
    return values if target is None else values | {"loss": (values["output"] - target) ** 2}


def backward(values, target=None):
    gradients = {"output": 1.0} if target is None else {"loss": 1.0, "output": 2 * (values["output"] - target)}
    gradients["z"] = gradients["output"] * (values["z"] > 0)
    for i in range(3):
        gradients |= {f"xw{i}": gradients["z"], f"x{i}": gradients["z"] * values[f"w{i}"]}
        gradients[f"w{i}"] = gradients["z"] * values[f"x{i}"]
    return gradients | {"b": gradients["z"]}


BOOK = forward([1.0, -2.0, 3.0], [-3.0, -1.0, 2.0], 1.0)


def shown(picture, kind):
    """The numbers that the picture shows of one kind, by the name of the wire."""
    return {name: words[kind].get_text() for name, words in picture.words.items() if words[kind].get_text()}


def test_the_stepper_reveals_the_books_neuron_step_by_step():
    picture = BackpropStepper()
    gradients = backward(BOOK)
    sizes = []
    for step in range(picture.last_step + 1):
        picture.update(BOOK, gradients, gradients, step)
        sizes.append((len(shown(picture, "value")), len(shown(picture, "gradient"))))
        assert shown(picture, "gradient").keys() == shown(picture, "tried").keys()
        assert picture.png() == picture.redrawn_png()
    assert sizes == [(7, 0), (8, 0), (9, 0), (10, 0), (11, 0), (12, 0), (12, 1), (12, 2), (12, 6), (12, 8), (12, 10),
                     (12, 12)]  # fmt: skip
    assert shown(picture, "value") == {name: short(value) for name, value in BOOK.items()}
    assert [shown(picture, "gradient")[name] for name in LEAVES] == [
        "−3.00", "1.00", "−1.00", "−2.00", "2.00", "3.00", "1.00"]  # fmt: skip
    assert picture.alt.endswith("those tried out agree.")
    assert picture.caption.get_text().endswith("gradient of w2 = gradient of xw2 · x2 = 1.00 · 3.00 = 3.00")


def test_without_gradients_only_the_forward_pass_is_shown():
    picture = BackpropStepper().update(BOOK)
    assert len(shown(picture, "value")) == 12 and not shown(picture, "gradient")
    assert "step 5 of 11" in picture.heading.get_text()
    assert picture.update(BOOK, backward(BOOK)).heading.get_text() == "step 11 of 11: backward"


def test_a_wrong_gradient_is_marked():
    gradients = backward(BOOK)
    picture = BackpropStepper().update(BOOK, gradients | {"w1": 2.0}, gradients)
    assert shown(picture, "tried")["w1"] == "✗ −2.00"
    assert "those tried out differ at w1." in picture.alt
    picture.update(BOOK, gradients | {"w1": 2.0}, gradients, step=10)
    assert "1.00 · (−2.00) ≠ 2.00" in picture.caption.get_text()


def test_a_loss_takes_two_more_steps():
    values = forward([1.0, -2.0, 3.0], [-3.0, -1.0, 2.0], 1.0, target=4.0)
    picture = BackpropStepper(loss="loss").update(values, backward(values, target=4.0))
    assert picture.last_step == 13
    assert shown(picture, "gradient")["output"] == "4.00"
    assert shown(picture, "gradient")["w2"] == "12.00"


@pytest.mark.parametrize("number, text", [(0, "0.00"), (-0.001, "0.00"), (-12.345, "−12.35"), (99.996, "100.0"),
                                          (-123.44, "−123.4"), (1024, "1024")])  # fmt: skip
def test_numbers_stay_short(number, text):
    assert short(number) == text


def boxes_of(picture):
    """Where each text of the picture is, in pixels."""
    renderer = picture.canvas.get_renderer()
    texts = [text for text in picture.figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    return {text: text.get_window_extent(renderer) for text in texts}


@pytest.mark.parametrize("target", [None, -20.0])
@pytest.mark.parametrize("weights", [(3.0, 3.0, 3.0), (-3.0, -3.0, -3.0), (3.0, -3.0, 2.5)])
def test_no_words_overlap_at_the_ends_of_the_sliders(target, weights):
    values = forward([-5.0, -5.0, -4.5] if weights[0] < 0 else [5.0, 5.0, 4.5], weights, -3.0, target)
    gradients = backward(values, target)
    picture = BackpropStepper(loss=None if target is None else "loss")
    picture.update(values, gradients, {name: value + 1 for name, value in gradients.items()})
    picture.png()
    boxes = list(boxes_of(picture).items())
    width, height = picture.size
    for number, (text, box) in enumerate(boxes):
        assert box.x0 >= 0 and box.x1 <= width and box.y0 >= 0 and box.y1 <= height, text.get_text()
        for other, other_box in boxes[number + 1 :]:
            smaller = other_box.padded(-1.5)  # the boxes of two lines may touch
            assert not box.overlaps(smaller), (text.get_text(), other.get_text())


# ------------------------------------------------------------------------------------------------ gradient check


def small_network(dense1=Layer_Dense, relu=Activation_ReLU, dense2=Layer_Dense):
    """A network 2-3-3 after forward and backward, and the function that runs forward."""
    random = np.random.default_rng(0)
    inputs, labels = random.normal(size=(20, 2)), random.integers(0, 3, 20)
    layers = [dense1(2, 3), relu(), dense2(3, 3)]
    for layer in (layers[0], layers[2]):
        layer.weights = random.normal(size=layer.weights.shape)
        layer.biases = 0.3 * random.normal(size=layer.biases.shape)
    last = Activation_Softmax_Loss_CategoricalCrossentropy()

    def loss_of():
        output = inputs
        for layer in layers:
            layer.forward(output)
            output = layer.output
        return last.forward(output, labels)

    loss_of()
    last.backward(last.output, labels)
    gradient = last.dinputs
    for layer in reversed(layers):
        layer.backward(gradient)
        gradient = layer.dinputs
    return layers, last, loss_of


class MeanBiases(Layer_Dense):
    def backward(self, dvalues):
        super().backward(dvalues)
        self.dbiases = np.mean(dvalues, axis=0, keepdims=True)


class NoTranspose(Layer_Dense):
    def backward(self, dvalues):
        super().backward(dvalues)
        self.dinputs = np.dot(dvalues, self.weights)


class NoMask(Activation_ReLU):
    def backward(self, dvalues):
        self.dinputs = dvalues.copy()


class WrongShape(Layer_Dense):
    def backward(self, dvalues):
        super().backward(dvalues)
        self.dweights = self.dweights.T


ALL = ["weights 1", "biases 1", "weights 2", "biases 2"]


@pytest.mark.parametrize("bug, wrong", [
    ({}, []),
    ({"dense1": MeanBiases}, ["biases 1"]),
    ({"dense2": MeanBiases}, ["biases 2"]),
    ({"dense2": NoTranspose}, ["weights 1", "biases 1"]),
    ({"relu": NoMask}, ["weights 1", "biases 1"]),
    ({"dense1": WrongShape}, ["weights 1"]),
])  # fmt: skip
def test_a_bug_is_seen_where_it_does_harm(bug, wrong):
    layers, _, loss_of = small_network(**bug)
    before = loss_of(), [layer.output.copy() for layer in layers]
    analytic, numeric = gradients_of(layers), tried_out(layers, loss_of)
    assert (loss_of(), len(layers)) == (before[0], 3)
    assert list(analytic) == list(numeric) == ALL
    picture = GradientCheckPicture().update(analytic, numeric)
    assert picture.png() == picture.redrawn_png()
    differing = [name for name in ALL if relative_difference(analytic[name], numeric[name]) > picture.TOLERANCE]
    assert differing == wrong
    assert len(picture.bad.get_xdata()) == len(wrong) and len(picture.good.get_xdata()) == 4 - len(wrong)
    if wrong:
        assert picture.alt.endswith(f"{' and '.join(wrong)} differ.")
    else:
        assert picture.alt.endswith("weights 1, biases 1, weights 2 and biases 2 agree.")


def test_trying_out_leaves_the_layers_as_they_were():
    layers, _, loss_of = small_network()
    parameters = layers[0].weights, layers[2].biases
    outputs = [layer.output.copy() for layer in layers]
    tried_out(layers, loss_of)
    assert layers[0].weights is parameters[0] and layers[2].biases is parameters[1]
    assert all(np.array_equal(layer.output, output) for layer, output in zip(layers, outputs))


def test_one_check_after_another_with_other_arrays():
    picture = GradientCheckPicture()
    layers, _, loss_of = small_network()
    analytic, numeric = gradients_of(layers), tried_out(layers, loss_of)
    picture.update({"weights 1": analytic["weights 1"]}, {"weights 1": numeric["weights 1"]})
    picture.update(analytic, numeric)
    assert picture.png() == picture.redrawn_png() == GradientCheckPicture().update(analytic, numeric).redrawn_png()
    broken = {name: np.full_like(array, np.nan) for name, array in analytic.items()}
    assert picture.update(broken, numeric).alt.endswith("weights 1, biases 1, weights 2 and biases 2 differ.")


# ------------------------------------------------------------------------------------------------ health


def test_the_numbers_of_health():
    layers, last, _ = small_network()
    layers[1].output[:, 1] = 0
    updates = [np.full((2, 3), 0.002), np.zeros((3, 3))]
    layers[0].weights = np.full((2, 3), -2.0)
    first, second = health([*layers, last], updates)
    assert first["layer"] == "layer 1" and first["dead"] == pytest.approx(1 / 3) and second["dead"] is None
    assert first["update_ratio"] == pytest.approx(1e-3) and second["update_ratio"] == 0
    assert second["output_size"] == pytest.approx(np.sqrt(np.mean(last.output**2)))
    assert health(layers)[0]["update_ratio"] is None
    assert [group[1] for group in groups_of(layers)] == [layers[1], layers[2]]


def test_the_health_picture_says_what_it_shows():
    layers, last, loss_of = small_network()
    picture = HealthPicture().update([*layers, last])
    assert picture.missing.get_visible() and picture.png() == picture.redrawn_png()
    for factor in (1e-3, 1e-7):
        updates = [factor * layer.weights for layer in (layers[0], layers[2])]
        layers[0].biases = layers[0].biases - 50  # every neuron of layer 1 dies
        loss_of()
        picture.update([*layers, last], updates)
        assert picture.png() == picture.redrawn_png()
    assert "100% of its neurons dead, its update below the guide band; layer 2" in picture.alt
    assert [row.words.get_text() for row in picture.rows] == ["100%", "–"]
    picture.update([layers[0], layers[1]])
    assert len(picture.rows) == 1 and picture.png() == picture.redrawn_png()


# ------------------------------------------------------------------------------------------------ cards


def load_script():
    spec = importlib.util.spec_from_file_location("make_cards", ASSETS / "make_cards.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


make_cards = load_script()


@pytest.mark.parametrize("card", make_cards.CARDS, ids=lambda card: card.name)
def test_a_card_is_true_and_is_the_one_that_is_stored(card):
    card.check()
    drawn = make_cards.draw(card)
    file = ASSETS / "cards" / f"{card.name}.png"
    stored = Image.open(file)
    assert drawn.size == stored.size == (1200, 900)
    assert file.stat().st_size < 60_000
    difference = np.asarray(drawn, dtype=float) - np.asarray(stored.convert("RGB"), dtype=float)
    # A letter drawn a little differently is no reason to fail; another formula is.
    assert np.mean(np.abs(difference) > 64) < 0.002


def test_the_index_lists_every_card_with_its_sentence():
    index = json.loads((ASSETS / "cards" / "index.json").read_text())
    assert index == make_cards.index()
    assert {entry["file"] for entry in index} == {path.name for path in (ASSETS / "cards").glob("*.png")}
    assert all(entry["alt"].startswith("Card: ") and entry["alt"].endswith(".") for entry in index)


@pytest.mark.parametrize("path", existing(), ids=lambda path: path.name)
def test_a_notebook_shows_cards_with_the_sentences_of_the_index(path):
    sentences = {entry["file"]: entry["alt"] for entry in json.loads((ASSETS / "cards" / "index.json").read_text())}
    text = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    shown = {file: alt for alt, file in re.findall(r'<img alt="([^"]*)"[^>]*src="../assets/cards/([^"]+)"', text)}
    shown |= {file: alt for alt, file in re.findall(r"!\[([^\]]*)\]\(../assets/cards/([^)]+)\)", text)}
    assert text.count("assets/cards/") == len(shown)
    assert shown == {file: sentences[file] for file in shown}
    if chapter_of(path) == 9:
        assert {f"{name}.png" for name in OF_CHAPTER_9} <= shown.keys()


@pytest.mark.parametrize("card", make_cards.CARDS, ids=lambda card: card.name)
def test_nothing_on_a_card_overlaps_or_is_cut_off(card):
    figure = make_cards.draw_figure(card)
    renderer = figure.canvas.get_renderer()
    texts = [text for text in figure.axes[0].texts if text.get_text().strip()]
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts]
    sketch = figure.axes[1].get_window_extent(renderer)
    for number, (text, box) in enumerate(boxes):
        assert 0 <= box.x0 and box.x1 <= 1170 and 0 <= box.y0 and box.y1 <= 900, text
        assert not box.overlaps(sketch), text
        for other, other_box in boxes[number + 1 :]:
            assert not box.overlaps(other_box), (text, other)
