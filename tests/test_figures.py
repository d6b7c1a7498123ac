"""Pictures: quickly redrawn yet equal to the pixel, the same whatever the reader's settings, with their sentence."""

import base64
import html
import io
import re
import threading
import time

import matplotlib
import numpy as np
import pytest
from matplotlib.patches import FancyArrowPatch, Rectangle
from PIL import Image

from nnfs_helpers.figures import MARKERS, PALETTE, DecisionBoundary, Picture, PointsPicture, TrainingCurves, painting
from nnfs_helpers.figures.curves import LossCurve
from nnfs_helpers.figures.plane import BLOCK, answers
from nnfs_helpers.figures.png import quick_png, small_png


class Everything(Picture):
    """One of each kind of artist, some of them over others; what `change` does comes from outside."""

    def __init__(self):
        super().__init__(5, 2.5)
        self.figure.set_layout_engine("none")
        self.left, self.right = self.figure.subplots(1, 2, subplot_kw={"xticks": [0, 1], "yticks": [0, 1]})
        random = np.random.default_rng(0)
        self.image = self.left.imshow(random.uniform(size=(20, 20)), extent=(0, 1, 0, 1))
        self.points = self.left.scatter(*random.uniform(size=(2, 30)), c=PALETTE[1], zorder=2)
        self.left.set(title="left", xlabel="x", ylabel="y")
        (self.low,) = self.right.plot([0, 1, 2], [0, 2, 1], linewidth=8, label="low")
        (self.high,) = self.right.plot([0, 1, 2], [1, 0, 2], label="high")
        self.bar = self.right.add_patch(Rectangle((0.2, 0), 0.3, 1.5, color=PALETTE[3], zorder=1))
        self.arrow = self.right.add_patch(FancyArrowPatch((0, 0), (1, 1), mutation_scale=20, zorder=4))
        self.quiver = self.right.quiver([1], [1], [1], [1], zorder=4)
        self.words = self.left.text(0.2, 0.3, "words", zorder=5)
        self.legend = self.right.legend(loc="upper left", frameon=True)
        self.above = self.figure.text(0.5, 0.5, "over all", ha="center")

    def update(self, change, step):
        change(self, step)
        return self


class MoreThanEverything(Everything):
    """Also with an annotation, and with axes inside and over other axes."""

    def __init__(self):
        super().__init__()
        self.note = self.right.annotate("note", xy=(1, 2), xytext=(1.5, 0.5), arrowprops={"arrowstyle": "->"})
        self.twin = self.right.twinx()
        (self.twin_line,) = self.twin.plot([0, 1], [0, 5], color=PALETTE[2], linewidth=5)
        self.inset = self.right.inset_axes((0.5, 0.5, 0.45, 0.45))
        (self.inset_line,) = self.inset.plot([0, 1], [0, 1])


def with_new_limits(picture, step):
    picture.low.set_data([0, step], [0, step])
    picture.right.relim()
    picture.right.autoscale()


def with_artist(picture, step):
    picture.right.plot([0, 2], [step / 9, 1])


def without_artist(picture, step):
    if step == 2:
        picture.bar.remove()
    picture.high.set_data([0, 1, 2], [step, 0, 1])


def redone(picture, step):
    picture.right.clear()
    picture.right.plot([0, 1], [0, step])


# What may change from one drawing to the next. `step` is 1, 2, 3 ...
CHANGES = {
    "a line below others": lambda p, step: p.low.set_data([0, 1, 2], [step / 5, 1, 0]),
    "a line above others": lambda p, step: p.high.set_data([0, 1, 2], [step / 5, 1, 0]),
    "an image under points": lambda p, step: p.image.set_data(np.full((20, 20), step / 9) * np.eye(20)),
    "the range of an image's colours": lambda p, step: p.image.set_clim(0, step),
    "points": lambda p, step: p.points.set_offsets(np.full((30, 2), step / 9)),
    "the colour of points": lambda p, step: p.points.set_color(PALETTE[step + 1]),
    "a bar": lambda p, step: p.bar.set_height(step / 3),
    "an arrow": lambda p, step: p.arrow.set_positions((0, 0), (step / 5, 1)),
    "a field of arrows": lambda p, step: p.quiver.set_UVC([1], [step + 1]),
    "words": lambda p, step: p.words.set_text(f"words {step}"),
    "words that come and go": lambda p, step: p.words.set_visible(step % 2 == 0),
    "words from nothing": lambda p, step: p.words.set_text("" if step % 2 else "back"),
    "words that reach into other axes": lambda p, step: p.words.set_position((0.6 + step / 8, 0.5)),
    "words of the figure": lambda p, step: p.above.set_text("over all " * step),
    "a line in the legend": lambda p, step: p.legend.get_lines()[0].set_linewidth(step),
    "a word in the legend": lambda p, step: p.legend.get_texts()[0].set_text(f"low {step}"),
    "a title": lambda p, step: p.left.set_title(f"step {step}"),
    "a title with a fraction": lambda p, step: p.left.set_title(rf"$\frac{{{step}}}{{\sqrt{{2}}}}$"),
    "the label of an axis": lambda p, step: p.left.set_xlabel(f"x {step}"),
    "the limits": lambda p, step: p.right.set_xlim(0, step),
    "the limits by new data": with_new_limits,
    "a scale": lambda p, step: p.right.set_yscale("symlog" if step % 2 else "linear"),
    "the ticks": lambda p, step: p.right.set_xticks([0, step / 5]),
    "the colour of one tick's label": lambda p, step: p.right.get_xticklabels()[1].set_color(PALETTE[step]),
    "a frame": lambda p, step: p.right.spines["left"].set_linewidth(step),
    "no frame": lambda p, step: p.right.set_axis_off() if step % 2 else p.right.set_axis_on(),
    "a ground": lambda p, step: p.right.set_facecolor(["white", "yellow"][step % 2]),
    "the ground of the figure": lambda p, step: p.figure.set_facecolor(["white", "yellow"][step % 2]),
    "what is above what": lambda p, step: p.low.set_zorder(3 + step % 2 * 3),
    "axes moved": lambda p, step: p.right.set_position((0.6 + step / 100, 0.2, 0.3, 0.6)),
    "axes over other axes": lambda p, step: p.right.set_position((0.5 - step / 20, 0.2, 0.3, 0.6)),
    "axes that come and go": lambda p, step: p.left.set_visible(step % 2 == 0),
    "one more artist": with_artist,
    "one artist less": without_artist,
    "axes emptied and filled": redone,
    "several at once": lambda p, step: (p.low.set_ydata([step, 0, 1]), p.left.set_title(step), p.bar.set_height(step)),
}  # fmt: skip
MORE_CHANGES = {
    "where a note points to": lambda p, step: setattr(p.note, "xy", (step / 5, 1)),
    "a line under other axes": lambda p, step: p.low.set_data([0, 1, 2], [step / 5, 1, 0]),
    "a line in axes over others": lambda p, step: p.twin_line.set_ydata([step, 0]),
    "a line in axes inside others": lambda p, step: p.inset_line.set_ydata([step / 5, 0]),
    "the limits of axes inside others": lambda p, step: p.inset.set_xlim(0, step),
}
CASES = {name: (Everything, change) for name, change in CHANGES.items()} | {
    name: (MoreThanEverything, change) for name, change in MORE_CHANGES.items()
}


def wrong_steps(picture, change, steps=3):
    """After which changes the quick drawing differs from a whole one. `change` must be one that can be seen."""
    wrong, before = [], picture.redrawn_png()
    for step in range(1, steps + 1):
        quick, whole = picture.update(change, step).png(), picture.redrawn_png()
        if quick != whole:
            wrong.append(step)
        assert whole != before, "this change cannot be seen, so it tests nothing"
        before = whole
    return wrong


@pytest.mark.parametrize("name", CASES)
def test_quickly_redrawn_is_equal_to_drawn_from_nothing(name):
    kind, change = CASES[name]
    assert wrong_steps(kind(), change) == []


def test_any_order_of_changes_is_drawn_right():
    random = np.random.default_rng(5)
    picture, names = Everything(), CHANGES.keys() - {"one artist less", "axes emptied and filled"}
    for name in random.choice(sorted(names), size=15):
        picture.update(CHANGES[name], int(random.integers(1, 6)))
        assert picture.png() == picture.redrawn_png(), name


def front_is_only_what_moves(layer, moving):
    layer.front = [part for part in layer.parts if part in moving]


FAULTS = {
    "what lies above": (painting.Layer, "start_front", front_is_only_what_moves, "a line below others"),
    "places": (painting, "find_setting", lambda figure, layers: None, "axes moved"),
    "what went": (painting, "find_setting", lambda figure, layers: None, "one artist less"),
    "parts of artists": (painting, "is_stale", lambda artist: artist.stale, "the colour of one tick's label"),
    "notes": (painting, "has_changed", painting.is_stale, "where a note points to"),
    "leaving one's place": (painting.Layer, "holds", lambda *_: True, "words that reach into other axes"),
    "neighbours": (painting.Layer, "overlaps", lambda *_: False, "words that reach into other axes"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_forgetting_something_is_seen(fault, monkeypatch):
    place, name, wrong, change = FAULTS[fault]
    monkeypatch.setattr(place, name, wrong)
    kind, change = CASES[change]
    assert wrong_steps(kind(), change)


def moving_boundary():
    """A decision boundary with a loss curve, and a function that shows its next step."""
    random = np.random.default_rng(0)
    points, labels = random.uniform(-1, 1, (300, 2)), np.arange(300) % 3
    picture = DecisionBoundary(points, labels, last_epoch=100)
    directions = random.normal(size=(2, 3))

    def step(number):
        def predict(places):
            scores = np.exp(number * places @ directions)
            return scores / scores.sum(axis=1, keepdims=True)

        return picture.update(predict, range(number + 1), np.linspace(1, 0.5, number + 1))

    return picture, step


def test_a_change_is_drawn_without_drawing_everything(monkeypatch):
    picture, step = moving_boundary()
    for number in range(3):
        step(number).png()
    whole_drawings = []
    monkeypatch.setattr(picture.canvas, "draw", lambda: whole_drawings.append(1))
    frames = {step(number).png() for number in range(3, 10)}
    assert len(frames) == 7 and not whole_drawings


def test_a_change_is_drawn_in_a_fraction_of_the_time():
    picture, step = moving_boundary()
    quick, whole = [], []
    for number in range(8):
        step(number)
        start = time.process_time()
        picture.png()
        middle = time.process_time()
        picture.redrawn_png()
        quick.append(middle - start)
        whole.append(time.process_time() - middle)
    assert np.median(quick) < 0.5 * np.median(whole)  # about 0.2


def test_without_a_change_nothing_is_drawn(monkeypatch):
    picture, step = moving_boundary()
    first = step(1).png()
    monkeypatch.setattr(painting.Painting, "paint_front", None)
    assert picture.png() is first


def test_no_picture_is_blank():
    picture, step = moving_boundary()
    for number in range(4):
        pixels = np.array(Image.open(io.BytesIO(step(number).png())))
        assert pixels.shape == (picture.size[1], picture.size[0], 3)
        assert len(np.unique(pixels)) > 50


def test_the_readers_own_settings_change_no_pixel():
    wanted = Everything().png()
    own = {"font.size": 20, "axes.facecolor": "black", "text.color": "white", "lines.linewidth": 9, "axes.grid": True,
           "savefig.dpi": 300, "figure.dpi": 50, "axes.spines.top": True, "xtick.direction": "in"}  # fmt: skip
    with matplotlib.rc_context(own):
        assert Everything().png() == wanted


def test_two_threads_may_draw():
    settings = dict(matplotlib.rcParams)
    wrong = []

    def draw():
        picture = Everything()
        for step in range(1, 4):
            if picture.update(CHANGES["a line below others"], step).png() != picture.redrawn_png():
                wrong.append(step)

    threads = [threading.Thread(target=draw) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert dict(matplotlib.rcParams) == settings


# ------------------------------------------------------------------------------------------ in the notebook


def test_a_picture_shows_itself_with_its_sentence():
    picture = Everything()
    picture.alt = 'a < b & "c"'
    shown = picture._repr_mimebundle_()
    assert shown["text/plain"] == picture.alt
    tag = re.fullmatch(r'<img alt="([^"]*)" width="480" height="240" [^<>]*base64,([^"]*)">', shown["text/html"])
    assert html.unescape(tag[1]) == picture.alt
    image = Image.open(io.BytesIO(base64.b64decode(tag[2])))
    assert image.size == (480, 240)
    assert "transparency" not in image.info and "A" not in image.mode  # legible on a dark page


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 7, 3), (5, 1, 3), (40, 33, 3)])
def test_quick_files_hold_every_pixel(shape):
    pixels = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    assert np.array_equal(np.array(Image.open(io.BytesIO(quick_png(pixels)))), pixels)


def test_small_files_are_small_and_look_the_same():
    picture, step = moving_boundary()
    quick = step(5).png()
    pixels = np.array(Image.open(io.BytesIO(quick)))
    small = small_png(pixels)
    stored = np.array(Image.open(io.BytesIO(small)).convert("RGB"))
    assert len(small) < 0.6 * len(quick)
    difference = np.abs(stored.astype(int) - pixels).max(axis=2)
    assert difference.max() < 24 and np.mean(difference) < 2
    assert (stored[(pixels == 255).all(axis=2)] == 255).all()  # white stays white


def test_colours_and_markers_are_told_apart():
    assert len(set(PALETTE)) == len(set(MARKERS)) == len(PALETTE) == len(MARKERS) == 8


# ------------------------------------------------------------------------------------------ planes and curves


class Layer:
    """What a picture needs of a layer."""

    def __init__(self, weights):
        self.weights = np.array(weights, dtype=float)
        self.biases = np.zeros((1, self.weights.shape[1]))

    def forward(self, inputs):
        self.inputs = inputs
        self.output = inputs @ self.weights + self.biases


def test_a_network_is_asked_in_small_blocks_of_float32():
    asked = []

    def predict(points):
        asked.append((len(points), points.dtype))
        return np.tile([0.25, 0.75], (len(points), 1))

    probabilities = answers(predict, np.zeros((5000, 2)))
    assert asked == [(BLOCK, np.float32), (BLOCK, np.float32), (5000 - 2 * BLOCK, np.float32)]
    assert probabilities.dtype == np.float32
    assert np.array_equal(probabilities, np.tile(np.float32([0.25, 0.75]), (5000, 1)))


def test_the_readers_layers_stay_as_they_are():
    layers = [Layer([[1, 2], [3, 4]]), Layer([[1, 0, 0], [0, 1, 0]])]
    layers[0].output = "of the last batch"
    answer = answers(layers, [[1, 1], [-1, -1]])
    assert np.array_equal(answer, [[0, 1, 0], [0, 0, 1]])  # outputs [4, 6, 0] and [-4, -6, 0]: the largest wins
    assert layers[0].output == "of the last batch" and not hasattr(layers[1], "output")
    assert layers[0].weights.dtype == float


@pytest.mark.parametrize("answer", [np.zeros(4), np.zeros((3, 3)), np.float64(1)])
def test_a_network_that_answers_in_another_shape_is_told_so(answer):
    with pytest.raises(ValueError, match=r"given 4 points.*shape \(.*for example \(4, 3\)"):
        answers(lambda points: answer, np.zeros((4, 2)))


def test_the_plane_has_the_colours_of_the_classes_mixed_by_probability():
    points, labels = np.array([[-1, 0], [1, 0], [1, 1]]), np.array([0, 1, 1])
    picture = DecisionBoundary(points, labels)

    def predict(places):
        right = places[:, 0] > 0
        up = places[:, 1] > 0
        return np.where(right[:, None], np.where(up[:, None], [0.5, 0.5], [0, 1]), [1, 0])

    picture.update(predict)
    pixels = picture.plane.image.get_array()
    first, second = (255 * picture.plane.colours[:2] + 0.5).astype(np.uint8)
    assert np.array_equal(pixels[0, 0], first) and np.array_equal(pixels[0, -1], second)
    assert np.allclose(pixels[-1, -1], (first / 2 + second / 2), atol=1)
    assert picture.alt == "The plane coloured by class; about 65% of the points lie on their own colour."


def test_the_loss_stands_beside_the_plane():
    picture, step = moving_boundary()
    step(4)
    assert isinstance(picture.curve, LossCurve)
    assert list(picture.curve.line.get_xdata()) == [0, 1, 2, 3, 4]
    assert picture.alt.endswith("Beside it the loss, 0.5 at epoch 4.")


def test_points_are_counted_in_their_sentence():
    picture = PointsPicture().update(np.eye(2).repeat(3, axis=0), np.array([0, 0, 1, 1, 1, 2]))
    assert picture.alt == "6 points of a plane in 3 classes of 2, 3 and 1 points."
    assert len(picture.groups) == 3
    picture.update(np.eye(2), np.array([0, 1]))
    assert len(picture.axes.collections) == 2


@pytest.mark.parametrize("validated", [False, True])
def test_training_curves_show_a_history(validated):
    history = {"epoch": [1, 2, 3], "loss": [1.1, 0.6, 0.3], "accuracy": [0.3, 0.6, 0.9]}
    if validated:
        history |= {"validation_loss": [1.2, 0.8, 0.7], "validation_accuracy": [0.3, 0.5, 0.7]}
    picture = TrainingCurves().update(history)
    training, validation = picture.parts["loss"].lines
    assert list(training.get_ydata()) == history["loss"]
    assert list(validation.get_ydata()) == history.get("validation_loss", [])
    assert picture.legend.get_visible() == validated
    assert picture.alt == "From epoch 1 to 3 the loss goes from 1.10 to 0.30, the accuracy from 0.30 to 0.90."
    assert picture.png() == picture.redrawn_png()
