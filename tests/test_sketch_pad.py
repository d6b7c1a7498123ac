"""The sketch pad, driven from code and by the events that a browser sends. In the page: test_browser_sketch_pad.py."""

import asyncio
import io
import threading
import time
from datetime import datetime

import ipywidgets as widgets
import numpy as np
import pytest
from PIL import Image

from nnfs_helpers import Model, garments
from nnfs_helpers.picture_files import PictureFileError, asset, resize
from nnfs_helpers.sketch_pad import PADS, SIDE, STAMPS, Paper, place_on_paper, sketch_pad, sketch_pad_still

MODEL = Model.load(asset("fashion_model.nnfs"))
WIDTH = SIDE + 2  # of the paper in the page, with its frame


def prepare(pixels):
    return ((127.5 - resize(np.dot(pixels, [0.299, 0.587, 0.114]))) / 127.5).reshape(1, -1)


@pytest.fixture(autouse=True)
def nothing_is_left_open():
    yield
    for pad in list(PADS):
        pad.close()


@pytest.fixture
def pad():
    pad = sketch_pad(MODEL, prepare, garments.CLASS_NAMES)
    pad.clear()
    return pad


def at(kind, x, y, **more):
    """The event of a mouse at a pixel of the paper."""
    return {"event": kind, "relativeX": x + 1, "relativeY": y + 1, "boundingRectWidth": WIDTH,
            "boundingRectHeight": WIDTH, "buttons": 0 if kind == "mouseup" else 1, **more}  # fmt: skip


# ------------------------------------------------------------------------------------------------- paper


def test_a_line_is_where_it_should_be():
    paper = Paper()
    paper.line((50, 50), (150, 50), radius=10)
    assert (paper.grey[42:59, 50:150] < 100).all()
    assert (paper.grey[:36] == 255).all() and (paper.grey[65:] == 255).all()
    rim = paper.grey[30:52, 100]
    assert (np.diff(rim) <= 0).all() and np.unique(rim).size > 3  # soft


@pytest.mark.parametrize("start, end", [((-50, -50), (400, 400)), ((0, 0), (0, 0)), ((279, 279), (500, 0)),
                                        ((1000, 1000), (1200, 1200))])  # fmt: skip
def test_lines_may_leave_the_paper(start, end):
    paper = Paper()
    paper.line(start, end, radius=10)
    assert paper.grey.shape == (SIDE, SIDE) and np.isfinite(paper.grey).all()
    assert paper.grey.min() >= 0 and paper.grey.max() <= 255


def test_rubber_and_undo():
    paper = Paper()
    paper.remember()
    paper.line((0, 100), (279, 100), radius=10)
    drawn = paper.grey.copy()
    paper.remember()
    paper.line((0, 100), (279, 100), radius=20, ink=255.0)
    assert paper.is_empty
    paper.undo()
    assert np.array_equal(paper.grey, drawn)
    paper.undo()
    assert paper.is_empty
    paper.undo()  # nothing more to take back
    assert paper.is_empty


def test_fill_stays_inside_and_ends_in_a_maze():
    paper = Paper()
    for start, end in [((60, 60), (200, 60)), ((200, 60), (200, 200)), ((200, 200), (60, 200)), ((60, 200), (60, 60))]:
        paper.line(start, end, radius=8)
    paper.fill(130, 130)
    assert paper.grey[130, 130] == 110 and paper.grey[10, 10] == 255
    paper.fill(10, 10)
    assert paper.grey[270, 270] == 110
    paper.fill(-5, 1000)  # beside the paper: its nearest pixel


@pytest.mark.parametrize("name, answer", [("T-shirt", "T-shirt/top"), ("trousers", "Trouser"), ("dress", "Dress"),
                                          ("bag", "Bag"), ("low shoe", "Sneaker")])  # fmt: skip
def test_ready_shapes_are_recognised(pad, name, answer):
    pad.stamp(name)
    assert pad.answer == answer


def test_shapes_that_belong_to_others(pad):
    pad.stamp("low shoe")
    pad.stamp("+ shaft")
    assert pad.answer == "Ankle boot"
    with pytest.raises(ValueError, match="The shapes are T-shirt"):
        pad.stamp("hat")
    assert all(isinstance(button.description, str) for button in pad.stamps) and len(pad.stamps) == len(STAMPS)


def around(x, y, radius, points=40):
    """A circle as a pen draws it."""
    angles = np.linspace(0, 2 * np.pi, points + 1)
    return list(zip(x + radius * np.cos(angles), y + radius * np.sin(angles)))


STAR = [(140 + (45 if corner % 2 else 110) * np.sin(corner * np.pi / 5),
         145 - (45 if corner % 2 else 110) * np.cos(corner * np.pi / 5)) for corner in range(11)]  # fmt: skip


@pytest.mark.parametrize("lines, is_sure", [
    ([around(140, 140, 100)], True),
    ([STAR], True),
    ([[(40, 40), (240, 240)], [(240, 40), (40, 240)]], True),
    ([[(140, 250), (140, 160)], around(140, 95, 70)], False),  # a tree
])  # fmt: skip
def test_what_is_no_clothing(pad, lines, is_sure):
    """As the chapter says of a circle, a star and a cross, drawn with the medium line, and of a tree."""
    for line in lines:
        pad.draw(line)
    assert pad.probabilities.max() > 0.8 if is_sure else pad.probabilities.max() < 0.5


def test_two_strokes_are_trousers(pad):
    pad.draw([(115, 40), (110, 250)], radius=20)
    assert pad.answer == "Dress"
    pad.draw([(165, 40), (170, 250)], radius=20)
    assert pad.answer == "Trouser"


def test_the_still_picture():
    still = sketch_pad_still(MODEL, prepare, garments.CLASS_NAMES)
    assert "The longest is Trouser" in still.alt


# ---------------------------------------------------------------------------------------- mouse and finger


def test_drawn_with_the_mouse(pad):
    pad.when_touched(at("mousedown", 50, 50))
    pad.when_touched(at("mousemove", 150, 50))
    pad.when_touched(at("mouseup", 150, 50))
    pad.when_touched(at("mousemove", 150, 200, buttons=0))
    assert pad.paper.grey[50, 100] < 100 and pad.paper.grey[150, 150] == 255
    pad.undo()
    assert pad.paper.is_empty


def test_let_go_outside(pad):
    pad.when_touched(at("mousedown", 50, 50))
    pad.when_touched(at("mousemove", 200, 200, buttons=0))
    assert pad.last_place is None and pad.paper.grey[200, 200] == 255


def test_drawn_with_a_finger(pad):
    def finger(kind, x, y):
        spot = at(kind, x, y)
        return {"event": kind, "targetTouches": [] if kind == "touchend" else [spot], "changedTouches": [spot]}

    for event in (finger("touchstart", 40, 40), finger("touchmove", 40, 200), finger("touchend", 40, 200)):
        pad.when_touched(event)
    assert pad.paper.grey[120, 40] < 100


@pytest.mark.parametrize("event", [{}, {"event": "mousedown"}, {"event": "touchmove", "targetTouches": []},
                                   {"event": "mousemove", "boundingRectWidth": 0, "boundingRectHeight": 0},
                                   {"event": "dragstart"}])  # fmt: skip
def test_events_without_a_place(pad, event):
    pad.when_touched(event)
    assert pad.paper.is_empty


def test_a_page_that_shows_the_paper_smaller():
    size = {"boundingRectWidth": 142, "boundingRectHeight": 142}
    assert place_on_paper({"event": "mousemove", "relativeX": 71, "relativeY": 71, **size}) == (140, 140)


def test_fill_with_the_mouse(pad):
    pad.tool.value = "fill"
    pad.when_touched(at("mousedown", 100, 100))
    pad.when_touched(at("mousemove", 150, 100))
    pad.when_touched(at("mouseup", 150, 100))
    assert (pad.paper.grey == 110).all()


# --------------------------------------------------------------------------------------- answers and errors


def test_many_moves_share_one_answer():
    """While a pen moves, the answer comes at intervals; the last one is that of the whole drawing."""

    async def draw():
        pad = sketch_pad(MODEL, prepare, garments.CLASS_NAMES)
        pad.clear()
        answers = []
        pad.answer_image.observe(answers.append, names="value")
        pad.when_touched(at("mousedown", 100, 20))
        for y in range(20, 260):
            pad.when_touched(at("mousemove", 100, y))
        assert len(answers) == 0
        await asyncio.sleep(0.5)
        assert len(answers) == 1
        pad.when_touched(at("mouseup", 100, 260))
        return pad

    pad = asyncio.run(draw())
    assert np.allclose(pad.probabilities, MODEL.predict(pad.picture.seen.get_array().reshape(1, -1))[0], atol=1e-5)


def test_closing_while_an_answer_is_due():
    async def draw():
        pad = sketch_pad(MODEL, prepare, garments.CLASS_NAMES)
        pad.when_touched(at("mousedown", 100, 20))
        pad.when_touched(at("mousemove", 100, 90))
        answered = pad.answered_at
        pad.close()
        await asyncio.sleep(0.2)
        assert pad.answered_at == answered

    asyncio.run(draw())


def test_work_from_another_thread_comes_home():
    async def press():
        pad = sketch_pad(MODEL, prepare, garments.CLASS_NAMES)
        threads, show = [], pad.show
        pad.show = lambda: (threads.append(threading.get_ident()), show())
        thread = threading.Thread(target=lambda: pad.clear_button.click())
        thread.start()
        thread.join()
        await asyncio.sleep(0.2)
        assert threads == [threading.get_ident()] and pad.paper.is_empty

    asyncio.run(press())


def test_empty_paper_gets_an_answer_and_a_remark(pad):
    assert pad.probabilities.sum() == pytest.approx(1, abs=1e-5)
    assert "answers all the same" in pad.trouble.value
    pad.stamp("bag")
    assert pad.trouble.value == "" and "The longest is Bag" in pad.words.value


def test_what_the_readers_function_raises_is_said():
    def broken(pixels):
        raise ValueError("no <grey> here")

    pad = sketch_pad(MODEL, broken, garments.CLASS_NAMES)
    assert "ValueError: no &lt;grey&gt; here" in pad.trouble.value and pad.answer is None
    pad.prepare = lambda pixels: np.zeros((1, 3))
    pad.stamp("bag")
    assert "3 features per sample" in pad.trouble.value
    pad.prepare = prepare
    pad.clear()
    assert pad.answer is not None


def test_cutting_the_paper_away(pad):
    pad.draw([(200, 200), (240, 200)])
    whole = np.mean(pad.picture.seen.get_array() > 0)
    pad.trimmed.value = False
    assert np.mean(pad.picture.seen.get_array() > 0) < whole / 3


def upload(pad, content, name="photo.png"):
    pad.file.value = ({"name": name, "type": "image/png", "size": len(content), "content": memoryview(content),
                       "last_modified": datetime(2020, 1, 1)},)  # fmt: skip


def test_a_file_of_the_readers(pad):
    upload(pad, asset("pictures/ankle_boot.png").read_bytes())
    assert pad.answer == "Ankle boot"
    before = pad.pixels
    for content in (b"", b"no picture", b"\x89PNG\r\n\x1a\n<script>"):
        upload(pad, content, "<b>bad</b>.png")
        assert 'role="alert"' in pad.trouble.value and "&lt;b&gt;bad" in pad.trouble.value
        assert np.array_equal(pad.pixels, before)
    pad.undo()
    assert pad.paper.is_empty


@pytest.mark.parametrize("size", [(1, 1), (1, 400), (3000, 10), (280, 280)])
def test_files_of_any_shape(pad, size):
    file = io.BytesIO()
    Image.new("RGB", size, "navy").save(file, "PNG")
    pad.open_file(file.getvalue())
    assert pad.error is None and not pad.paper.is_empty
    with pytest.raises(PictureFileError):
        pad.open_file(b"no picture")


# -------------------------------------------------------------------------------------------------- the box


def test_nothing_is_left_after_closing():
    before = set(widgets.widget._instances)
    sketch_pad(MODEL, prepare, garments.CLASS_NAMES).close()
    assert set(widgets.widget._instances) <= before and not PADS


def test_pages_without_a_kernel(pad):
    bundle = pad._repr_mimebundle_()
    assert bundle["text/plain"].endswith("(Run this cell to draw.)") and "image/png" in bundle


def test_an_answer_is_quick(pad):
    """A move of the pen costs little beside drawing the whole picture anew."""
    pad.stamp("trousers")
    pad.draw([(20, 20), (40, 20)])
    seconds, whole = [], []
    for step in range(9):
        start = time.perf_counter()
        pad.paper.line((20 + step, 30), (40 + step, 35), 11)
        pad.show()
        seconds.append(time.perf_counter() - start)
        start = time.perf_counter()
        pad.picture.redrawn_png()
        whole.append(time.perf_counter() - start)
    assert np.median(seconds) < 1.5 * np.median(whole)
