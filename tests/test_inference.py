"""Chapter 22: the trained model that comes along, picture files of every kind, and the pictures of the chapter."""

import io
import os
import runpy
import struct
import time
import zlib
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from nnfs_helpers import Layer_Dense, Model, datasets, garments, picture_files
from nnfs_helpers.exercises import chapter_22
from nnfs_helpers.figures import AnsweredPictures, AnswerPicture, PaintedPicture, SketchPicture
from nnfs_helpers.picture_files import PictureFileError, asset, load_picture, move, resize, trim

REAL_FOLDER = os.environ.get("FASHION_MNIST_DIR")
needs_real_files = pytest.mark.skipif(not REAL_FOLDER, reason="FASHION_MNIST_DIR names no folder")
OWN = {"tshirt": 0, "trousers": 1, "ankle_boot": 9, "bag": 8}


@pytest.fixture(scope="module")
def model():
    return Model.load(asset("fashion_model.nnfs"))


def prepare(pixels):
    return ((127.5 - resize(np.dot(pixels, [0.299, 0.587, 0.114]))) / 127.5).reshape(1, -1)


def own_picture(name):
    return load_picture(asset(f"pictures/{name}.png"))


# ------------------------------------------------------------------------------------------------ the model


def test_the_model_is_small_and_made_of_the_courses_classes(model):
    assert asset("fashion_model.nnfs").stat().st_size < 2_000_000
    assert [layer.weights.shape for layer in model.layers if isinstance(layer, Layer_Dense)] == [
        (784, 256), (256, 128), (128, 10)]  # fmt: skip
    assert model.optimizer is None and not hasattr(model.layers[0], "weight_momentums")
    assert all(layer.weights.dtype == np.float32 for layer in model.trainable_layers)


@needs_real_files
def test_accuracy_on_the_real_test_pictures(model):
    data = datasets.load_fashion_mnist()
    X = (data.X_test.reshape(len(data.X_test), -1).astype(np.float32) - 127.5) / 127.5
    answers = np.argmax(model.predict(X, batch_size=1000), axis=1)
    assert np.mean(answers == data.y_test) == pytest.approx(0.8915, abs=0.001)


def test_accuracy_on_drawn_clothes(model):
    """Some hundred pictures, drawn here and now: for machines without any dataset. The network saw others."""
    X = np.concatenate([garments.draw(label, 60) for label in range(10)])
    y = np.repeat(np.arange(10), 60)
    answers = np.argmax(model.predict((X.reshape(len(X), -1).astype(np.float32) - 127.5) / 127.5), axis=1)
    assert np.mean(answers == y) > 0.7


@pytest.mark.parametrize("name", OWN)
def test_own_pictures_are_recognised(model, name):
    """As they are, mirrored, a little shifted or turned, and in a corner after trimming."""
    pixels = own_picture(name)
    paper = np.full((500, 700, 3), 255, np.uint8)
    paper[150:430, 380:660] = pixels
    variants = [pixels, pixels[:, ::-1], move(pixels, right=0.05, down=-0.05), move(pixels, turn=8), trim(paper)]
    answers = [np.argmax(model.predict(prepare(variant))) for variant in variants]
    assert answers == [OWN[name]] * len(variants)


def test_the_house_is_a_bag_however_it_is_prepared(model):
    """The chapter shows it as an answer that is certain and means nothing."""
    house = own_picture("house")
    for pixels in (house, trim(house), house[:, ::-1]):
        assert model.predict(prepare(pixels))[0, 8] > 0.95


def test_the_script_makes_what_is_there():
    """The script's network has the shapes of the file, and its altered pictures are pictures."""
    script = SimpleNamespace(**runpy.run_path(str(asset("make_fashion_model.py"))))
    shapes = [layer.weights.shape for layer in script.new_model().trainable_layers]
    assert shapes == [(784, 256), (256, 128), (128, 10)]
    pictures = np.zeros((60, 28, 28), np.uint8)
    pictures[:, 6:22, 8:20] = 200
    changed = script.altered(pictures, np.random.default_rng(0))
    assert changed.shape == pictures.shape
    assert changed.min() >= 0 and changed.max() <= 255
    assert np.array_equal(changed, script.altered(pictures, np.random.default_rng(0)))
    assert changed[:, [0, 0, -1, -1], [0, -1, 0, -1]].mean() < 30  # never inverted


def test_the_pictures_are_those_of_their_script():
    script = SimpleNamespace(**runpy.run_path(str(asset("make_pictures.py"))))
    for draw in (script.tshirt, script.trousers, script.ankle_boot, script.bag, script.house):
        difference = np.abs(np.asarray(draw(), int) - own_picture(draw.__name__))
        assert np.mean(difference > 3) < 0.01


# ------------------------------------------------------------------------------------------------- predict


def test_predict_in_batches_gives_the_same(model):
    X = np.random.default_rng(0).uniform(-1, 1, (70, 784)).astype(np.float32)
    whole = model.predict(X)
    assert whole.shape == (70, 10)
    for batch_size in (1, 32, 70, 1000):
        assert np.allclose(model.predict(X, batch_size=batch_size), whole, atol=1e-5)


@pytest.mark.parametrize("X, words", [
    (np.zeros((1, 2352)), "2352 features per sample, the first layer expects 784"),
    (np.zeros(784), "reshape"),
    (np.zeros((28, 28, 1)), "reshape"),
    ([[0.0] * 784], "NumPy array"),
])  # fmt: skip
def test_predict_explains_what_does_not_fit(model, X, words):
    with pytest.raises(ValueError, match=words):
        model.predict(X)


# ------------------------------------------------------------------------------------------- picture files


def as_file(image, **options):
    file = io.BytesIO()
    image.save(file, **options)
    return file.getvalue()


PLAIN = Image.new("RGB", (30, 20), (200, 100, 50))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "WEBP"])
def test_every_kind_of_file(kind):
    pixels = load_picture(as_file(PLAIN, format=kind))
    assert pixels.shape == (20, 30, 3) and pixels.dtype == np.uint8
    assert np.abs(pixels.astype(int) - (200, 100, 50)).max() < 12


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1", "I;16"])
def test_every_kind_of_pixels(mode):
    image = Image.new(mode, (30, 20)) if mode == "I;16" else PLAIN.convert(mode)
    assert load_picture(as_file(image, format="PNG")).shape == (20, 30, 3)


def test_what_is_see_through_becomes_paper():
    image = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    image.putpixel((3, 4), (0, 0, 0, 255))
    pixels = load_picture(as_file(image, format="PNG"))
    assert pixels[4, 3].tolist() == [0, 0, 0] and pixels[0, 0].tolist() == [255, 255, 255]


def test_a_photo_is_turned_as_the_camera_noted():
    exif = Image.Exif()
    exif[0x0112] = 6  # held upright
    assert load_picture(as_file(PLAIN, format="JPEG", exif=exif)).shape == (30, 20, 3)


def test_path_text_and_bytes(tmp_path):
    path = tmp_path / "picture.png"
    PLAIN.save(path)
    assert np.array_equal(load_picture(path), load_picture(str(path)))
    assert np.array_equal(load_picture(path), load_picture(path.read_bytes()))
    with pytest.raises(FileNotFoundError, match="no file .*missing.png"):
        load_picture(tmp_path / "missing.png")


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width, height):
    """A PNG file of a few hundred bytes that announces a huge picture."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    return start + chunk(b"IDAT", zlib.compress(bytes(100_000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("content, words", [
    (b"", "empty"),
    (b"no picture at all", "not a picture"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture"),
    (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not a picture"),
    (b"\x89PNG\r\n\x1a\n" + b"\xff" * 50, "not a picture|damaged"),
    (bomb(10_000, 10_000), "10000 by 10000 pixels"),
    (bomb(100_000, 100_000), "far too many pixels"),
    (bomb(2**31 - 1, 2**31 - 1), "by|damaged|not a picture"),
    (bytes(picture_files.LARGEST_FILE + 1), "MB"),
])  # fmt: skip
def test_hostile_files(content, words):
    start = time.perf_counter()
    with pytest.raises(PictureFileError, match=words):
        load_picture(content)
    assert time.perf_counter() - start < 5


def test_a_file_cut_short_anywhere():
    """Whatever part of a file is there: pixels, or a friendly error, nothing else."""
    for kind in ("PNG", "JPEG", "GIF", "BMP", "WEBP"):
        whole = as_file(Image.fromarray(own_picture("bag")[:60, :60]), format=kind)
        for length in range(0, len(whole), max(len(whole) // 40, 1)):
            try:
                assert load_picture(whole[:length]).shape == (60, 60, 3)
            except PictureFileError:
                continue


def test_bytes_changed_by_chance():
    whole, random = bytearray(as_file(PLAIN, format="PNG")), np.random.default_rng(0)
    for _ in range(200):
        changed = bytearray(whole)
        changed[random.integers(len(whole))] = random.integers(256)
        try:
            load_picture(bytes(changed))
        except PictureFileError:
            continue


def test_a_missing_asset_says_where_to_look():
    with pytest.raises(FileNotFoundError, match="no_such.png in the folder assets"):
        asset("no_such.png")


# ------------------------------------------------------------------------------------------ from the pixels


def test_resize_is_the_mean_of_blocks():
    grey = np.random.default_rng(0).uniform(0, 255, (280, 280))
    assert np.allclose(resize(grey), grey.reshape(28, 10, 28, 10).mean(axis=(1, 3)), atol=0.01)
    assert resize(np.ones((37, 91))).shape == (28, 28)


def test_trim():
    paper = np.full((60, 90, 3), 255, np.uint8)
    assert trim(paper) is paper
    paper[10:30, 50:60] = (0, 0, 200)
    cut = trim(paper)
    assert cut.shape == (20, 20, 3)
    assert (cut[:, 5:15] == (0, 0, 200)).all() and (cut[:, :5] == 255).all() and (cut[:, 15:] == 255).all()
    assert np.array_equal(trim(cut), cut)


def test_move():
    pixels = np.full((100, 100, 3), 255, np.uint8)
    pixels[40:60, 20:30] = 0
    assert np.array_equal(move(pixels), pixels)
    shifted = move(pixels, right=0.1, down=-0.2)
    assert np.array_equal(shifted[20:40, 30:40], pixels[40:60, 20:30]) and (shifted[:20] == 255).all()
    dark = np.argwhere(move(pixels, turn=90)[:, :, 0] < 128)
    assert dark.min(axis=0).tolist() == [20, 40] and dark.max(axis=0).tolist() == [29, 59]  # clockwise
    assert np.sum(move(shifted, right=0.15, down=0.2, zoom=2)[:, :, 0] < 128) == pytest.approx(4 * 200, rel=0.1)


# ------------------------------------------------------------------------------------------------ pictures


def test_pictures_are_redrawn_quickly_and_right(model):
    picture = AnswerPicture()
    for name in OWN:
        row = prepare(own_picture(name))
        picture.update(row, model.predict(row), garments.CLASS_NAMES)
        assert picture.png() == picture.redrawn_png()
        assert garments.CLASS_NAMES[OWN[name]] in picture.alt


def test_only_what_moved_is_drawn_again(model, monkeypatch):
    """Else the sketch pad could not keep up with the mouse."""
    picture, drawn = AnswerPicture(), []
    rows = [prepare(own_picture(name)) for name in OWN]
    for row in rows[:2]:
        picture.update(row, model.predict(row), garments.CLASS_NAMES).png()
    monkeypatch.setattr(picture._painting, "paint_background", lambda layers: drawn.append(layers))
    for row in [*rows, np.zeros((1, 784))]:
        picture.update(row, model.predict(row), garments.CLASS_NAMES).png()
    assert drawn == []


def test_pictures_hold_together(model):
    rows = np.vstack([prepare(own_picture(name)) for name in OWN])
    answers = AnsweredPictures(4).update(rows, model.predict(rows), garments.CLASS_NAMES, list(OWN))
    assert all(garments.CLASS_NAMES[number] in answers.alt for number in OWN.values())
    sketch = SketchPicture().update(own_picture("bag"), rows[3:], model.predict(rows[3:]), garments.CLASS_NAMES)
    assert "The longest is Bag" in sketch.alt and sketch.png() == sketch.redrawn_png()
    assert "nothing has been painted" in PaintedPicture().update(..., model.predict, garments.CLASS_NAMES).alt
    for odd in (np.zeros((1, 784)), [[1], [1, 2]], "trousers", 5):
        assert "is not 28 by 28" in PaintedPicture().update(odd, model.predict, garments.CLASS_NAMES).alt
    painted = PaintedPicture().update(np.zeros((28, 28)), model.predict, garments.CLASS_NAMES)
    assert "The longest is" in painted.alt


def test_trousers_painted_with_slices():
    pixels = chapter_22.painting_of((1, 8, 8, 20), (8, 27, 8, 13), (8, 27, 15, 20))
    assert chapter_22.painted(pixels).state == "right"
    assert chapter_22.painted(np.zeros((28, 28))).state == "hint"
    assert chapter_22.painted("trousers").state in ("hint", "wrong")


@pytest.mark.parametrize("pixels, words", [
    (chapter_22.TROUSERS // 200, "very dark"),
    (chapter_22.TROUSERS // 4, "very dark"),
    (chapter_22.TROUSERS.T, "lie on their side"),
    (chapter_22.painting_of((0, 8, 0, 28), (8, 28, 0, 12), (8, 28, 16, 28)), "leave some black around"),
    (255 - chapter_22.TROUSERS, "leave some black around"),
    (chapter_22.painting_of((1, 27, 11, 17)), "a dark gap between"),
    (chapter_22.painting_of((1, 27, 8, 13)), "a dark gap between"),
])  # fmt: skip
def test_hints_for_painted_trousers(pixels, words):
    verdict = chapter_22.painted(pixels)
    assert verdict.state == "hint" and words in verdict.sentence
