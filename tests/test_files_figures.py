"""The pictures of chapter 21: files, a power cut, going on after a stop, and fewer bits."""

import itertools

import numpy as np
import pytest

from nnfs_helpers import Activation_Softmax, Layer_Dense, Model
from nnfs_helpers.exercises import chapter_21
from nnfs_helpers.figures import (
    BitPicture,
    FileMapPicture,
    FilesPreview,
    FilesQuizPicture,
    PowerCutPicture,
    SmallFilePicture,
    SqueezePicture,
    StopPicture,
)
from nnfs_helpers.figures.files import KINDS, kind_of, members_of

MODEL, PART = "a.model", "a.model.part"
RESULTS = {bits: (1000 + 15_000 * bits, 0.1 if bits < 3 else 0.8) for bits in (2, 3, 4, 6, 8, 16, 32, 64)}
NOTE = "Drawn stand-in pictures, not the real Fashion-MNIST."


def is_drawn_alike(picture):
    """The quickly redrawn picture is the whole one, and it has its sentence."""
    return picture.png() == picture.redrawn_png() and len(picture.alt.split()) > 5


def texts(picture):
    return [words.get_text() for axes in picture.figure.axes for words in axes.texts]


@pytest.mark.parametrize("picture", [FilesPreview, FilesQuizPicture])
def test_pictures_that_stand_still(picture):
    assert is_drawn_alike(picture())


def test_the_preview_promises_what_a_file_holds():
    assert {"save", "load", "weights", "biases"} <= set(texts(FilesPreview()))


# ------------------------------------------------------------------------------------------- what is in a file


def test_each_member_of_a_file_has_its_kind():
    names = ["weights", "biases", "weight_momentums", "bias_momentums", "weight_cache", "bias_cache"]
    kinds = [kind_of(f"layer_1_{name}.npy")[0] for name in names]
    assert kinds == ["weights", "biases", "momentums", "momentums", "cache", "cache"]
    assert kind_of("contents.json")[0] == "contents.json"
    with pytest.raises(ValueError, match="nothing that a file of this course holds"):
        kind_of("layer_1_secrets.npy")


def test_a_real_file_is_drawn_as_long_as_it_is(tmp_path):
    model = Model()
    model.add(Layer_Dense(300, 200))
    model.add(Activation_Softmax())
    model.finalize()
    path = str(tmp_path / "a.model")
    model.save(path)
    picture = FileMapPicture(["model"], kilobytes=300).update([path])
    widths = [part.get_width() for part in picture.parts]
    assert len(widths) == 3 and np.isclose(sum(widths), (4 * 200 * 301) / 1000, atol=2)
    assert picture.parts[1].get_facecolor()[:3] == pytest.approx((0, 0x72 / 255, 0xB2 / 255))
    assert "weights" in picture.alt and is_drawn_alike(picture)


def test_a_file_map_forgets_the_files_before():
    picture = FileMapPicture(["A"])
    picture.update([members_of("weights", "biases", "weight_cache", "bias_cache")])
    first = picture.png()
    picture.update([members_of("weights", "biases")])
    assert len(picture.axes.patches) == 7 and picture.png() != first and is_drawn_alike(picture)


def test_only_file_c_of_the_quiz_holds_all_that_adam_needs():
    said = FilesQuizPicture().alt.removeprefix("The contents of 3 files, by size: ").split(";")
    assert ["momentums" in words and "cache" in words for words in said] == [False, False, True]
    assert len(KINDS) == 5


# --------------------------------------------------------------------------------------------- the power goes


@pytest.mark.parametrize(
    ("pieces", "verdict"),
    [
        (None, "no model: no file of that name"),
        ([], "no model: 0 of 6 pieces written"),
        (["new"] * 5, "no model: 5 of 6 pieces written"),
        (["old"] * 6, "whole: the old one"),
        (["new"] * 6, "whole: the new one"),
    ],
)
def test_what_a_power_cut_leaves(pieces, verdict):
    picture = PowerCutPicture(["straight", "beside"], [MODEL, PART])
    disk = {} if pieces is None else {MODEL: pieces}
    picture.update([disk, {MODEL: ["old"] * 6, PART: ["new"] * 2}])
    assert f"straight: {verdict}" in picture.alt and "beside: whole: the old one" in picture.alt
    assert verdict in texts(picture) and is_drawn_alike(picture)


# ------------------------------------------------------------------------------------------------- going on


def test_going_on_lies_on_the_line_or_not():
    losses = 1 / np.arange(1.0, 322.0)
    picture = StopPicture(losses, epoch=32, note=NOTE)
    for stop, jump, word in ((1, 0.2, "up"), (5, 0.0, "hardly"), (9, -0.1, "down")):
        expected = losses[32 * stop + 1 : 32 * stop + 17]
        picture.update(stop, list(expected), list(expected + jump), (0.0001, 0.0009))
        change = expected[0] + jump - losses[32 * stop]
        assert f"{change:+.3f}, a weight by 0.0009" in picture.alt and f"{change:+.3f}" in picture.title.get_text()
        assert "lie on the line" in picture.alt and f"leads {word}" in picture.alt
        assert picture.alone.get_ydata()[0] == losses[32 * stop]
        low, high = picture.axes.get_ylim()
        assert low < min(expected) + min(jump, 0) and max(expected) + jump < high
        assert is_drawn_alike(picture)
    assert "lie beside the line" in picture.update(9, list(expected + 1e-9), list(expected), (0.1, 0.2)).alt


# --------------------------------------------------------------------------------------------- fewer bits


def test_each_number_of_bits_has_its_place_and_its_values():
    picture = SqueezePicture(RESULTS, NOTE)
    weights = np.linspace(-0.3, 0.3, 5000)
    for bits in RESULTS:
        levels = 2 ** (bits - 1) - 1
        picture.update(bits, np.round(weights / 0.3 * levels) / levels * 0.3 if bits < 12 else weights)
        assert picture.dot.get_xdata()[0] == RESULTS[bits][0] / 1000 and is_drawn_alike(picture)
    assert "more than 1000 values" in picture.alt
    assert "near guessing, and the weights have 3 different values" in picture.update(2, [-1, 0, 1]).alt
    assert picture.titles[1].get_text() == "3 different values,\n33 of 100 weights are 0"
    assert texts(picture)[:8] == [str(bits) for bits in RESULTS]


@pytest.mark.parametrize("bits", [2, 3, 4, 6, 8])
def test_each_value_of_a_weight_is_a_bar_of_its_own(bits):
    levels = 2 ** (bits - 1) - 1
    numbers = np.arange(-levels, levels + 1)
    weights = np.repeat(numbers * 0.2 / levels, 2 + numbers**2)
    counts, edges, _ = SqueezePicture(RESULTS).update(bits, weights).bars.get_data()
    middles = (edges[:-1] + edges[1:]) / 2
    is_bar = counts > 1
    assert np.allclose(middles[is_bar], numbers * 0.2 / levels) and list(counts[is_bar]) == list(2 + numbers**2)
    assert np.all(counts[~is_bar] == 0.1)


def test_a_file_of_ones_own_is_a_star():
    picture = SmallFilePicture(RESULTS, RESULTS[4], note=NOTE)
    assert "no file there yet" in picture.update(...).alt and is_drawn_alike(picture)
    assert "a star for a file of 61 kilobytes" in picture.update((61_000, 0.79)).alt and is_drawn_alike(picture)
    assert picture.words.get_text() == "to beat: 61,000 bytes, 0.800\nyours: 61,000 bytes, 0.790"
    assert "no file there yet" in picture.update(...).alt and len(picture.dot.get_xdata()) == 0


def test_the_bits_are_those_of_the_weight():
    picture, before = BitPicture(NOTE), np.array([-0.25], dtype=np.float32)
    for bit, layer_accuracy in itertools.product((0, 23, 30, 31), (0.8, 0.1)):
        after = before.copy()
        after.view(np.uint32)[0] ^= np.uint32(1 << bit)
        picture.update(bit, before[0], after[0], (0.8, layer_accuracy))
        digits = "".join(words.get_text() for words in picture.digits)
        assert digits == f"{after.view(np.uint32)[0]:032b}"
        assert ("gets worse" if layer_accuracy < 0.5 else "stays as good") in picture.alt and is_drawn_alike(picture)
        assert picture.number.get_text() == str(bit) and not any(
            words.get_visible() for other, words in picture.numbers.items() if abs(other - bit) < 2
        )
    assert picture.values[1].get_text() == "0.25" and "It belongs to the sign" in picture.head.get_text()


# -------------------------------------------------------------------------------------------------- exercises


def test_the_bytes_of_the_exercise_are_those_of_a_real_file(tmp_path):
    import zipfile

    from nnfs_helpers import Accuracy_Categorical, Activation_ReLU, Loss_CategoricalCrossentropy, Optimizer_Adam

    model = Model()
    for layer in (Layer_Dense(784, 64), Activation_ReLU(), Layer_Dense(64, 64), Activation_ReLU(),
                  Layer_Dense(64, 10), Activation_Softmax()):  # fmt: skip
        model.add(layer)
    model.set(loss=Loss_CategoricalCrossentropy(), optimizer=Optimizer_Adam(), accuracy=Accuracy_Categorical())
    model.finalize()
    model.train(np.zeros((2, 784), dtype=np.float32), np.array([0, 1]), print_every=0)
    model.save(tmp_path / "a.model")
    with zipfile.ZipFile(tmp_path / "a.model") as archive:
        heads = 128  # bytes, of each array's name, type and shape
        arrays = sum(member.file_size - heads for member in archive.infolist() if member.filename.endswith(".npy"))
    assert arrays == chapter_21.model_bytes.answer


def test_keeping_the_array_itself_is_noticed():
    def keeps_the_name(trainer, epochs):
        losses = [(trainer.epoch(), trainer.weights) for _ in range(epochs)]
        return min(losses, key=lambda pair: pair[0])[1]

    assert chapter_21.best_weights(keeps_the_name).state == "hint"
    assert "kept the array itself" in chapter_21.best_weights(keeps_the_name).sentence


@pytest.mark.parametrize("lowest", [0, 1])
def test_finding_no_lower_loss_is_not_an_empty_stub(lowest):
    def never_lower(trainer, epochs, lowest=lowest):
        for _ in range(epochs):
            loss = trainer.epoch()
            if loss < lowest:
                lowest, best = loss, trainer.weights.copy()
        return best

    assert chapter_21.best_weights(never_lower).sentence == chapter_21.NOTHING_FOUND
    assert chapter_21.best_weights(lambda trainer, epochs: None).state == "not yet"
    assert chapter_21.best_weights(4).state == "wrong" and chapter_21.best_weights(...).state == "not yet"


def test_forgetting_the_lowest_loss_is_noticed():
    def keeps_every_copy(trainer, epochs):
        lowest = float("inf")
        for _ in range(epochs):
            if trainer.epoch() < lowest:
                best = trainer.weights.copy()
        return best

    assert "is the lowest loss remembered" in chapter_21.best_weights(keeps_every_copy).sentence


def test_a_file_that_is_as_large_is_not_smaller():
    to_beat = (62_332, 0.802)
    assert chapter_21.small_file([to_beat, to_beat]).sentence == chapter_21.TOO_LARGE
    assert chapter_21.small_file([(60_924, 0.802), to_beat]).state == "right"
    assert chapter_21.small_file([(60_924, 0.801), to_beat]).sentence == chapter_21.TOO_BAD
