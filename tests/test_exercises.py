"""What a reader may try in every notebook: each exercise three ways, each slider at its ends."""

import pytest

from tests.course import sample
from tests.course.drive import drive, faults_of
from tests.course.folds import CLAIMS
from tests.course.notebooks import CHAPTERS, existing
from tests.course.sample import code, fold, text


@pytest.mark.parametrize("path", existing(), ids=lambda path: path.name)
def test_exercises_and_sliders(path, record_property):
    faults, seconds = drive(path)
    record_property("notebook seconds", ("exercises and sliders", path.name, seconds))
    assert not faults, "\n" + "\n".join(faults)


# --------------------------------------------------------------------------------------- planted faults

SET_UP = '''import numpy as np
from types import SimpleNamespace
from nnfs_helpers.check import Exercise
from nnfs_helpers.explore import explore
from nnfs_helpers.figures import Picture

class LinePicture(Picture):
    def __init__(self):
        super().__init__()
        self.axes = self.figure.subplots()
        self.axes.set(xlim=(0, 1), ylim=(-10, 10))
        self.line, = self.axes.plot([0, 1], [0, 0])

    def update(self, slope):
        self.line.set_ydata([0, slope])
        self.alt = f"A line that rises by {slope} from left to right."
        return self
'''
CHECK = '''check = SimpleNamespace(double=Exercise(
    answer=4, right="Yes.", wrong={"You squared.": 9, "You halved.": 1}))'''
STUB = "answer = ...\ncheck.double(answer)"
SOLUTION = "answer = 2 * 2\ncheck.double(answer)"
DRAW = '''picture = LinePicture()
def draw(slope=2, shown=True):
    return picture.update(slope if shown else 0)
draw()'''
EXPLORE = "explore(draw, slope=(0, 8, 1), shown=bool)"


def faults(tmp_path, check=CHECK, stub=STUB, solution=SOLUTION, set_up=SET_UP, draw=DRAW, explore=EXPLORE, end="",
           in_this_process=True):
    path = sample.save(tmp_path / CHAPTERS[1][2], set_up, check, code(stub, "exercise"),
                       text(fold("Solution", f"```python\n{solution}\n```")), draw, explore, end)
    return "\n".join(faults_of(path) if in_this_process else drive(path)[0])


def test_a_folded_answer_that_is_not_so(tmp_path, monkeypatch):
    monkeypatch.setitem(CLAIMS, 2, {"the answer is none": "answer is None"})
    assert "a folded answer says 'the answer is none', and it is not so" in faults(tmp_path)


@pytest.mark.parametrize("in_this_process", [True, False])
def test_a_notebook_without_fault(tmp_path, in_this_process):
    assert faults(tmp_path, in_this_process=in_this_process) == ""


@pytest.mark.parametrize(("change", "words"), [
    ({"stub": "answer = 4\ncheck.double(answer)"}, "as it stands, the exercise says Right. Yes."),
    ({"stub": "answer = 1 + ...\ncheck.double(answer)"}, "cell 2 stopped"),
    ({"solution": "answer = 5\ncheck.double(answer)"}, "the solution is not right: Not right yet. 5 is too large."),
    ({"solution": "answer = five\ncheck.double(answer)"}, "the solution stopped"),
    ({"check": CHECK.replace('"You squared.": 9', '"You squared.": 4')},
     "the wrong answer to the hint 'You squared.' gets Right. Yes."),
    ({"check": CHECK.replace('"You squared.": 9', '"Same.": 1, "You squared.": 1')}, "gets Hint: Same."),
    ({"check": CHECK.replace(', "You halved.": 1', "")}, "knows 1 wrong answers"),
])
def test_planted_faults_in_an_exercise_are_found(tmp_path, change, words):
    assert words in faults(tmp_path, **change)


@pytest.mark.parametrize(("change", "words"), [
    ({"draw": DRAW.replace("slope if", "slope / (8 - slope) if")}, "draw(slope=8, shown=True) stopped with ZeroDiv"),
    ({"draw": DRAW.replace("slope if", "slope / (np.float64(slope) - 8) if")}, "RuntimeWarning"),
    ({"set_up": SET_UP.replace('f"A line that rises by {slope} from left to right."', '""')},
     "the picture's sentence says too little"),
    ({"draw": DRAW.replace(" if shown else 0", "")}, "moving shown does not change the picture"),
    ({"end": "picture = None"}, "AttributeError: 'NoneType'"),
    ({"end": "picture.png = lambda: b'old pixels'"}, "differs from one drawn from nothing"),
    ({"draw": DRAW + "\ndraw.__name__ = 'drew'\ndrew = lambda slope, shown: LinePicture().update(slope + 1)"},
     "the line to copy, does not make the picture"),
    ({"explore": "explore(draw, slope=(0, 8, 1), height=(0, 1, 1))"}, "no parameter 'height'"),
])
def test_planted_faults_under_a_slider_are_found(tmp_path, change, words):
    assert words in faults(tmp_path, **change)


def test_the_notebook_runs_on_the_staged_package(tmp_path):
    found = faults(tmp_path, end="from nnfs_helpers.layers import Layer_Dense", in_this_process=False)
    assert "cannot import name 'Layer_Dense'" in found
