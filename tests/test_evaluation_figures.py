"""The pictures of chapter 20, with invented answers of a network: what they show, and what they say they show."""

import numpy as np
import pytest
from matplotlib.text import Text

from nnfs_helpers.figures import (
    CutPicture,
    GalleryPicture,
    MixedPairPicture,
    PrecisionRecallPicture,
    ReliabilityPicture,
    ReliabilityQuizPicture,
    SpreadPicture,
    evaluation_preview,
)
from nnfs_helpers.figures.evaluation import Reliability, many_of, mixed
from nnfs_helpers.garments import CLASS_NAMES

NOTE = "Drawn stand-in pictures, not the real Fashion-MNIST."
RANDOM = np.random.RandomState(0)
TRUTHS = np.repeat(np.arange(10), 30)
ANSWERS = np.where(RANDOM.uniform(size=300) < 0.8, TRUTHS, RANDOM.randint(0, 10, 300))
IMAGES = RANDOM.randint(0, 256, (300, 28, 28)).astype(np.uint8)
CONFIDENCES = RANDOM.uniform(0.3, 1, 300)
MATRIX = np.bincount(10 * TRUTHS + ANSWERS, minlength=100).reshape(10, 10)
PRECISIONS, RECALLS = np.diag(MATRIX) / MATRIX.sum(axis=0), np.diag(MATRIX) / MATRIX.sum(axis=1)
TABLE = [(0, 0, 0)] * 5 + [(100, 0.55, 0.5), (200, 0.65, 0.6), (5, 0.75, 1.0), (300, 0.85, 0.8), (900, 0.95, 0.93)]
TOO_SURE = [(count, sure, share - 0.3 if count else 0) for count, sure, share in TABLE]
CURVE = [(0.0, 1.0, 0.9), (0.5, 0.8, 0.95), (0.99, 0.0, None)]


def words_in(picture):
    return [text.get_text() for text in picture.figure.findobj(Text) if text.get_visible() and text.get_text()]


def drawn(picture):
    """The picture, after a look whether the quick way gives what drawing everything gives."""
    assert picture.png() == picture.redrawn_png()
    assert len(picture.alt.split()) >= 5
    return picture


def mistakes(number):
    return IMAGES[:number], TRUTHS[:number], ANSWERS[:number], CONFIDENCES[:number]


def test_a_matrix_with_precision_and_recall():
    picture = PrecisionRecallPicture(CLASS_NAMES, NOTE)
    for chosen in (6, 0):
        drawn(picture.update(MATRIX, PRECISIONS, RECALLS, chosen))
        assert CLASS_NAMES[chosen].removesuffix("/top") in picture.alt and NOTE in picture.alt
        assert picture.row.get_y() == picture.column.get_x() == chosen - 0.5
    words = words_in(picture)
    assert NOTE in words and words.count(str(MATRIX[0, 0])) >= 1
    assert [text.get_text() for text in picture.recalls] == [f"{recall:.2f}" for recall in RECALLS]
    assert [text.get_weight() for text in picture.precisions] == ["bold"] + ["normal"] * 9


def test_the_gallery_takes_any_number_of_pictures():
    picture = GalleryPicture(CLASS_NAMES, NOTE)
    for number in (10, 3, 0, 20):
        drawn(picture.update(*mistakes(number)))
        assert picture.alt.startswith(f"{min(number, 10)} pictures") and NOTE in picture.alt


def test_reliability_shows_bins_with_enough_answers_only():
    picture = drawn(ReliabilityPicture(["one", "other"], NOTE).update([TABLE, TOO_SURE], [0.03, 0.31]))
    heights = [bar.get_height() for bar in picture.parts[0].bars]
    assert np.allclose(heights, [0, 0, 0, 0, 0, 0.5, 0.6, 0, 0.8, 0.93])
    assert "one\nerror 0.030" in words_in(picture) and NOTE in words_in(picture)
    assert "one: bars and diamonds nearly meet; other: from 0.5 on, the bars stay below their diamonds" in picture.alt
    drawn(picture.update([TOO_SURE, TABLE], [0.31, 0.03]))
    too_modest = [(count, sure, share + 0.15 if count else 0) for count, sure, share in TABLE]
    assert "other: bars and diamonds lie far apart" in picture.update([TABLE, too_modest], [0.03, 0.13]).alt
    assert Reliability.FEWEST > 5


@pytest.mark.parametrize("counts", [(300, 250, 240), (300, 0, 0), (300, 300, 300)])
def test_the_cut(counts):
    picture = CutPicture(CLASS_NAMES, NOTE)
    drawn(picture.update(CURVE, 0.5, counts, mistakes(5)))
    drawn(picture.update(CURVE, 0.99, counts, mistakes(2)))
    everything, answered, right = counts
    share = f"{right / answered:.3f}" if answered else "–"
    assert f"answered: {answered} of 300    wrong: {answered - right}    right: {share}" in words_in(picture)
    assert NOTE in picture.alt and NOTE in words_in(picture)


def test_the_spread_says_who_is_ahead():
    picture = SpreadPicture(["first", "second"], NOTE)
    drawn(picture.update(([0.7, 0.72, 0.71], [0.8, 0.82, 0.81]), 1000))
    assert "lie apart" in picture.alt
    assert picture.axes.get_title().startswith("1,000 pictures: second ahead in all 3 draws\n")
    assert "within 0.010 of their middle" in picture.axes.get_title()
    drawn(picture.update(([0.7, 0.85, 0.71], [0.8, 0.82, 0.81]), 30))
    assert "overlap" in picture.alt and "lie apart" not in picture.alt
    assert "second ahead in 2 of 3 draws" in picture.axes.get_title() and "ahead in 2 of 3" in picture.alt


def test_nearly_all_is_not_all():
    assert [many_of(number, 500) for number in (500, 499, 0)] == ["all 500", "499 of 500", "0 of 500"]


def test_a_mixed_up_pair():
    picture = MixedPairPicture(CLASS_NAMES, NOTE)
    for blank in (..., None, (..., 2), 7, ("Coat", "Shirt"), (6, 10), (-1, 2), (0.5, 2)):
        assert "no pair" in drawn(picture.update(IMAGES, TRUTHS, ANSWERS, blank)).alt
    drawn(picture.update(IMAGES, TRUTHS, ANSWERS, (0, 6)))
    assert f"{MATRIX[0, 6]} times T-shirt is taken for Shirt, and {MATRIX[6, 0]} times" in picture.alt


def test_preview_and_quiz_stand_for_themselves():
    drawn(evaluation_preview())
    drawn(ReliabilityQuizPicture())


def test_colours_from_white_to_full():
    assert np.allclose(mixed("#FF0000", np.array([0.0, 1.0])), [[1, 1, 1], [1, 0, 0]])
