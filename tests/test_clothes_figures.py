"""The pictures of clothes, and the parts that chapters 19 to 22 share."""

import numpy as np
import pytest

from nnfs_helpers import garments
from nnfs_helpers.datasets import STAND_IN_NOTE
from nnfs_helpers.figures import clothes
from nnfs_helpers.figures.picture import PALETTE

NAMES = garments.CLASS_NAMES


@pytest.fixture
def images():
    return np.random.default_rng(0).integers(0, 256, (40, 28, 28), dtype=np.uint8)


def shown(grid):
    return np.asarray(grid.image.get_array())


def film_of(note=""):
    random = np.random.default_rng(0)
    history = {"accuracy": [0.75, 0.8], "validation_accuracy": [0.8, 0.82]}
    snapshots = [(random.normal(size=(784, 16)), random.integers(0, 100, (10, 10))) for _ in range(3)]
    return clothes.FilmPicture(history, snapshots, NAMES, note)


def test_a_grid_shows_each_picture_in_its_place(images):
    picture = clothes.GarmentsPicture(2, 3, lines=1)
    picture.update(images[:4], [f"picture {number}" for number in range(4)], [PALETTE[1]])
    canvas = shown(picture.grid)
    assert np.array_equal(canvas[:28, 31:59, 0], images[1])
    assert np.array_equal(canvas[40:68, :28, 2], images[3])
    assert np.all(canvas[40:68, 31:59] == 255)  # fewer pictures than places
    assert [text.get_text() for text in picture.grid.words] == [f"picture {number}" for number in range(4)] + ["", ""]
    assert picture.grid.words[0].get_color() == PALETTE[1]


def test_a_grid_takes_pictures_in_colours(images):
    colours = np.stack([images, images // 2, images // 3], axis=-1)
    picture = clothes.GarmentsPicture(1, 1).update(colours[:1])
    assert np.array_equal(shown(picture.grid)[:28, :28], colours[0])


def test_one_column_for_each_class(images):
    labels = np.arange(40) % 10
    picture = clothes.ClassesPicture(NAMES, rows=3).update(images, labels)
    assert np.array_equal(shown(picture.grid)[31:59, 62:90, 0], images[12])  # the second of class 2
    assert all(name in picture.alt for name in NAMES)


def test_confusion_counts():
    counts = clothes.confusion_counts(np.array([0, 0, 1, 9], dtype=np.uint8), np.array([0, 3, 1, 0]))
    assert counts.shape == (10, 10) and counts.sum() == 4
    assert counts[0, 0] == counts[0, 3] == counts[1, 1] == counts[9, 0] == 1


def test_the_sentence_names_the_most_frequent_mistake():
    counts = np.diag([8] * 10)
    counts[6, 0] = 5
    sentence = clothes.confusion_sentence(counts, NAMES)
    assert "94%" in sentence and "Shirt taken for T-shirt/top" in sentence
    assert counts[0, 0] == 8  # what is given stays as it is


def test_a_confusion_matrix_is_blue_where_right_and_orange_where_wrong():
    film = film_of()
    counts = np.zeros((10, 10), dtype=int)
    counts[:, 3] = 10
    film.matrix.update(counts)
    colours = np.asarray(film.matrix.image.get_array())
    red, _, blue = colours[3, 3]
    assert blue > red
    red, _, blue = colours[5, 3]
    assert red > blue
    assert np.all(colours[5, 4] == 1)


def test_the_film_names_the_most_frequent_mistake():
    film = film_of()
    film.snapshots[1][1][:] = np.diag([90] * 10)
    film.snapshots[1][1][6, 0] = 148
    film.update(1, 0)
    assert film.mistake.get_text() == "most often: 148 × Shirt → T-shirt/top"


def test_the_preview_mixes_and_keeps_every_row():
    order = clothes.BatchesPreview.ORDER
    assert sorted(order) == list(range(8))
    batches = np.reshape(order, (4, 2)) // 2
    assert np.all(batches[:, 0] != batches[:, 1])  # two classes in each batch


def test_weights_become_colours():
    weights = np.zeros((784, 2))
    weights[0, 0], weights[783, 1] = 1, -1
    first, second = clothes.as_pictures(weights, strongest=1)
    assert first[0, 0, 2] > first[0, 0, 0] and second[27, 27, 0] > second[27, 27, 2]
    assert np.allclose(first[1:], 255, atol=2)


def test_the_row_is_framed_and_its_numbers_are_the_bars(images):
    picture = clothes.PixelRowPicture().update(images[0], 7, "Bag")
    assert [bar.get_height() for bar in picture.bars] == images[0, 7].tolist()
    assert "Bag" in picture.alt and "places 196 to 223" in picture.titles[1].get_text()


def test_the_film_before_the_first_step_has_no_dots():
    film = film_of()
    film.update(0, 0)
    assert all(len(dot.get_xdata()) == 0 for dot in film.dots)
    assert "below" in film.below.get_text()
    film.update(2, 8)
    assert [dot.get_ydata()[0] for dot in film.dots] == [0.8, 0.82]
    assert "neurons 8 to 15" in film.legend.get_text() and film.below.get_text() == ""


@pytest.mark.parametrize("steps", [[(0, 0), (2, 8)], [(2, 0), (1, 0), (0, 8)]])
def test_the_film_is_quickly_redrawn_yet_equal(steps):
    film = film_of(STAND_IN_NOTE)
    for epoch, first_neuron in steps:
        film.update(epoch, first_neuron)
        assert film.png() == film.redrawn_png()


def test_every_picture_of_the_stand_in_says_so(images):
    labels, history = np.arange(40) % 10, {"epoch": [1, 2], "accuracy": [0.5, 0.6], "loss": [2, 1]}
    rows = images[:3].reshape(3, -1)
    made = [
        clothes.GarmentsPicture(1, 3, note=STAND_IN_NOTE).update(images[:3]),
        clothes.ClassesPicture(NAMES, 2, STAND_IN_NOTE).update(images, labels),
        clothes.PixelRowPicture(STAND_IN_NOTE).update(images[0], 3, "Bag"),
        film_of(STAND_IN_NOTE).update(1, 0),
        clothes.BatchSizePicture(STAND_IN_NOTE).update([8, 64, 512], [3, 1, 0.5], [0.7, 0.6, 0.4]),
        clothes.OwnClothesPicture(STAND_IN_NOTE).update(history),
        clothes.FlattenQuizPicture({"A": rows, "B": rows, "C": rows}, STAND_IN_NOTE),
    ]
    for picture in made:
        assert STAND_IN_NOTE in picture.alt
        words = [text.get_text() for text in picture.figure.texts]
        assert STAND_IN_NOTE in words or picture.figure._supxlabel.get_text() == STAND_IN_NOTE


def test_no_note_for_the_real_pictures(images):
    picture = clothes.ClassesPicture(NAMES, 2).update(images, np.arange(40) % 10)
    assert "stand-in" not in picture.alt and not picture.figure.texts


def test_every_batch_size_has_its_tick():
    picture = clothes.BatchSizePicture().update([8, 32, 128, 512, 2048], [5, 2, 1, 0.8, 0.7], [0.8, 0.7, 0.5, 0.4, 0.2])
    assert [label.get_text() for label in picture.result.get_xticklabels()] == ["8", "32", "128", "512", "2,048"]


def test_no_model_yet():
    assert "no model" in clothes.OwnClothesPicture().update(...).alt
