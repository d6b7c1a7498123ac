"""Every notebook is normalised and, run again on the staged package, shows what is stored; strictly, by nbval.

A strict comparison of what training printed needs the arithmetic of the stored logs; see
`nnfs_helpers.precision.same_digits_as_book`.
"""

import pytest

from tests.course import normalise, sample
from tests.course.compare import compare
from tests.course.notebooks import CHAPTERS, existing
from tests.course.sample import code


@pytest.mark.parametrize("path", existing(), ids=lambda path: path.name)
def test_notebook_shows_what_is_stored(path, record_property):
    assert normalise.form_problem(path) is None
    faults, seconds = compare(path)
    record_property("notebook seconds", ("run and compared", path.name, seconds))
    assert not faults, f"\n{faults}"
    # By the clock, so with room for a slow machine that others use, too.
    assert seconds < 240, f"{seconds:.0f} s; a notebook should take less than 60"


# --------------------------------------------------------------------------------------- planted faults

PICTURE = '''class Picture:
    def _repr_mimebundle_(self, **options):
        image = '<img alt="{0}" src="data:image/png;base64,{1}">'
        return {{"text/html": image, "text/plain": "{0}"}}

Picture()'''


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A notebook with its outputs."""
    path = sample.save(
        tmp_path_factory.mktemp("stored") / CHAPTERS[1][2],
        "import time\nprint(2 + 2)\n[0.5, 2.25]",
        "print(f'{time.perf_counter():.3f} seconds', object())",
        code("[1][3]", "raises-exception"),
        PICTURE.format("A line that rises.", "AAAA"),
    )
    assert normalise.normalise(path)[-1] is None
    return path.read_text()


def compare_changed(stored, tmp_path, *changes):
    """Compare after replacing some text, once each; outputs come before the source of their cell."""
    for old, new in changes:
        assert old in stored
        stored = stored.replace(old, new, 1)
    path = tmp_path / CHAPTERS[1][2]
    path.write_text(stored)
    return compare(path)[0]


def test_equal_outputs_pass_whatever_the_pixels_and_the_durations(stored, tmp_path):
    assert compare_changed(stored, tmp_path, ("AAAA", "AAAB"), (" seconds <", "1 seconds <")) == ""


def test_wrong_stored_outputs_are_found(stored, tmp_path):
    faults = compare_changed(
        stored, tmp_path,
        ('"4\\n"', '"5\\n"'),
        ('"evalue": "list index out of range"', '"evalue": "something else"'),
        ('"A line that rises."\n', '"A line that falls."\n'),
    )
    for wrong in ("Cell 0: Cell outputs differ", "'5\\n'", "Cell 2: Cell outputs differ", "something else",
                  "Cell 3: Cell outputs differ", "A line that falls."):
        assert wrong in faults, faults
    assert len(faults.splitlines()) < 62


def test_wrong_stored_value_and_a_cell_that_stops_are_found(stored, tmp_path):
    faults = compare_changed(stored, tmp_path, ("[0.5, 2.25]", "[0.5, 2.26]"), ("time.perf_counter()", "now"))
    assert "[0.5, 2.26]" in faults and "NameError" in faults


def test_book_digits_are_compared_where_the_processor_can_give_them(tmp_path):
    path = sample.save(tmp_path / CHAPTERS[1][2], code("print(0.1234567)", "book-digits"), "print(0.5)")
    assert normalise.normalise(path)[-1] is None
    stored = path.read_text()
    path.write_text(stored.replace("0.1234567\\n", "0.1234568\\n"))
    assert path.read_text() != stored
    assert "0.1234568" in compare(path, same_digits=True)[0]
    assert compare(path, same_digits=False)[0] == ""
    path.write_text(stored.replace("0.5\\n", "0.6\\n"))
    assert "0.6" in compare(path, same_digits=False)[0]


def test_outputs_of_the_real_data_are_compared_where_it_is(tmp_path, monkeypatch):
    source = "import os\nprint(os.environ['FASHION_MNIST_DIR'])"
    path = sample.save(tmp_path / CHAPTERS[1][2], code(source, "real-data"))
    monkeypatch.setenv("FASHION_MNIST_DIR", "pictures")
    assert normalise.normalise(path)[-1] is None
    assert compare(path)[0] == ""
    monkeypatch.setenv("FASHION_MNIST_DIR", "other pictures")
    assert "other pictures" in compare(path)[0]
    assert compare(path, real_data=False)[0] == ""


def test_without_the_real_data_no_stored_output_is_replaced(tmp_path, monkeypatch):
    path = sample.save(tmp_path / CHAPTERS[1][2], code("print(1)", "real-data"))
    before = path.read_text()
    monkeypatch.delenv("FASHION_MNIST_DIR", raising=False)
    monkeypatch.setattr("nnfs_helpers.datasets.cache_folder", lambda: tmp_path)
    assert "not on this machine" in normalise.normalise(path)[-1]
    assert path.read_text() == before
