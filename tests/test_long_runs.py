"""The stored training runs: all there, made by the settings they name, and their beginnings come out again."""

import pytest

from nnfs_helpers.long_runs import stored_names, stored_run
from nnfs_helpers.long_runs.__main__ import ONE_ULP_APART, STARTS, runs
from nnfs_helpers.precision import book_precision, same_digits_as_book

EPOCHS = 101


def test_every_run_is_stored_and_no_other():
    assert stored_names() == sorted(runs())


@pytest.mark.parametrize("name", ONE_ULP_APART)
def test_stored_run_from_many_starts(name):
    words, run = runs()[name]
    stored = stored_run(name)
    assert stored["settings"] == words
    assert {len(figures) for figures in stored["history"].values()} == {STARTS}
    ends, _ = run(starts=1)
    if same_digits_as_book():
        assert {figure: numbers[:1] for figure, numbers in stored["history"].items()} == ends


@pytest.mark.parametrize("name", sorted(set(runs()) - set(ONE_ULP_APART)))
def test_stored_run(name):
    words, run = runs()[name]
    stored = stored_run(name)
    assert stored["settings"] == words
    assert {len(figures) for figures in stored["history"].values()} == {101}
    assert stored["history"]["epoch"][-1] == 10_000
    with book_precision(seed=0):
        history, _ = run(epochs=EPOCHS)
    beginning = {figure: numbers[: len(history["epoch"])] for figure, numbers in stored["history"].items()}
    if same_digits_as_book():
        assert beginning == history
    else:
        assert beginning["loss"] == pytest.approx(history["loss"], abs=0.1)


def test_unknown_name_is_explained():
    with pytest.raises(ValueError, match="there is no such run. There are chapter_10_one"):
        stored_run("chapter_99")
