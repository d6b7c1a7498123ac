"""`explore`, driven from code: settings, errors, the line to copy, reset. In the page: test_browser.py."""

import base64
import contextlib
import html
import threading
import time

import ipywidgets as widgets
import numpy as np
import pytest

from nnfs_helpers.explore import Explorer, explore, log_range
from nnfs_helpers.figures import Picture


class Bar(Picture):
    def __init__(self):
        super().__init__(3, 2)
        self.axes = self.figure.subplots()
        self.axes.set(xlim=(-1, 1), ylim=(-10, 10))
        (self.bar,) = self.axes.bar([0], [0])

    def update(self, height):
        self.bar.set_height(height)
        self.alt = f"A bar <{height}> high."
        return self


def make_draw():
    picture, calls = Bar(), []

    def draw(height=2, slope=0.5, rate=0.02, mode="up", shown=True):
        calls.append({"height": height, "slope": slope, "rate": rate, "mode": mode, "shown": shown})
        if height == 7:
            raise ZeroDivisionError("no <seven> please")
        return picture.update(height if mode == "up" else -height)

    return draw, calls


RANGES = {
    "height": (0, 9, 1),
    "slope": (-1.0, 1.0, 0.1),
    "rate": log_range(0.001, 1),
    "mode": ["up", "down"],
    "shown": bool,
}


@pytest.fixture
def box():
    draw, calls = make_draw()
    box = explore(draw, **RANGES)
    box.calls = calls
    return box


def test_each_range_has_its_control(box):
    kinds = {name: type(control) for name, control in box.controls.items()}
    assert kinds == {
        "height": widgets.IntSlider,
        "slope": widgets.FloatSlider,
        "rate": widgets.SelectionSlider,
        "mode": widgets.Dropdown,
        "shown": widgets.Checkbox,
    }


def test_it_starts_at_the_defaults_and_draws_once(box):
    assert box.calls == [{"height": 2, "slope": 0.5, "rate": 0.02, "mode": "up", "shown": True}]
    assert box.code == "draw(height=2, slope=0.5, rate=0.02, mode='up', shown=True)"
    assert box.error is None


def test_a_moved_control_draws_and_shows_the_new_picture(box):
    before = bytes(box.image.value)
    box.controls["height"].value = 5
    assert box.calls[-1]["height"] == 5 and len(box.calls) == 2
    assert box.code.startswith("draw(height=5, ")
    assert bytes(box.image.value) != before


def test_the_line_makes_the_picture_that_is_shown(box):
    box.set(height=4, mode="down", rate=0.1)
    assert box.code == "draw(height=4, slope=0.5, rate=0.1, mode='down', shown=True)"
    assert eval(box.code, {"draw": box.draw}).png() == bytes(box.image.value)
    assert html.escape(box.code) in box.line.value
    assert html.escape("A bar <-4> high.") in box.line.value  # for a screen reader


def test_set_draws_once_however_many_controls_move(box):
    box.set(height=1, slope=-0.3, shown=False)
    assert len(box.calls) == 2
    assert box.calls[-1] == {"height": 1, "slope": -0.3, "rate": 0.02, "mode": "up", "shown": False}


@pytest.mark.parametrize("way", ["from code", "by the button"])
def test_reset_goes_back_to_the_start(box, way):
    first, line = bytes(box.image.value), box.code
    box.set(height=4, slope=0.0, rate=1.0, mode="down", shown=False)
    assert bytes(box.image.value) != first
    box.reset() if way == "from code" else button(box, "Reset").click()
    assert bytes(box.image.value) == first
    assert box.code == line
    assert len(box.calls) == 3


def button(box, word):
    return next(part for row in box.children for part in getattr(row, "children", []) if part.description == word)


# ---------------------------------------------------------------------------------------------- errors in draw


def test_an_error_in_draw_is_shown_and_the_old_picture_stays(box):
    before = bytes(box.image.value)
    box.controls["height"].value = 7
    assert isinstance(box.error, ZeroDivisionError)
    assert bytes(box.image.value) == before
    assert box.trouble.layout.display != "none"
    assert "ZeroDivisionError: no &lt;seven&gt; please" in box.trouble.value
    assert "draw(height=7, " in box.trouble.value


def test_the_message_goes_when_the_error_is_gone(box):
    box.controls["height"].value = 7
    box.controls["height"].value = 8
    assert box.error is None
    assert box.trouble.layout.display == "none" and box.trouble.value == ""


def test_from_code_the_error_is_raised_too(box):
    with pytest.raises(ZeroDivisionError, match="seven"):
        box.set(height=7)
    box.reset()
    assert box.error is None and box.controls["height"].value == 2


def test_a_picture_that_cannot_be_drawn_is_an_error_like_any_other(box):
    def draw(**settings):
        picture = Bar()
        picture.axes.set_title("$\\nonsense$")
        return picture

    draw.__name__ = "draw"
    box.draw = draw
    box.controls["height"].value = 3
    assert "nonsense" in str(box.error)


def test_an_error_at_the_start_is_raised_at_once():
    draw, _ = make_draw()
    with pytest.raises(ZeroDivisionError):
        explore(lambda height=7: draw(height), height=(0, 9, 1))


# ---------------------------------------------------------------------------------------------- two at a time


def drawn_at_once():
    """Move two controls in two threads, as JupyterLab may; how many calls of `draw` ran at once, and the box."""
    picture, running, most = Bar(), [], []

    def draw(height=0, other=0):
        running.append(1)
        most.append(len(running))
        time.sleep(0.002)
        running.pop()
        return picture.update(height - other)

    box = explore(draw, height=(0, 9, 1), other=(0, 9, 1))

    together = threading.Barrier(2)

    def move(name):
        together.wait()
        for value in range(1, 10):
            box.controls[name].value = value

    threads = [threading.Thread(target=move, args=[name]) for name in ("height", "other")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return max(most), box


def test_draw_is_never_called_twice_at_once():
    most, box = drawn_at_once()
    assert most == 1
    assert box.code == "draw(height=9, other=9)"
    assert bytes(box.image.value) == box.draw(height=9, other=9).redrawn_png()


def test_calls_at_once_would_be_seen(monkeypatch):
    monkeypatch.setattr("nnfs_helpers.explore.ONE_AT_A_TIME", contextlib.nullcontext())
    # On a busy machine one thread may be through before the other gets its turn.
    assert any(drawn_at_once()[0] == 2 for _ in range(20))


# ---------------------------------------------------------------------------------------------- numbers


def test_values_are_free_of_float_noise(box):
    for tenths in range(-10, 11):
        box.controls["slope"].value = -1 + 0.1 * (tenths + 10)  # 0.30000000000000004 and its kind
        assert box.calls[-1]["slope"] == tenths / 10
        assert f"slope={tenths / 10!r}," in box.code
        assert "-0.0" not in box.code


def test_a_number_typed_beside_the_slider_goes_to_the_nearest_step(box):
    box.controls["slope"].value = 0.333
    assert box.calls[-1]["slope"] == 0.3


@pytest.mark.parametrize(("given", "start", "steps"), [
    ((-2.0, 2.0, 0.25), 0.5, [-2.0, -1.75, -1.5]),
    ((0, 1, 0.1), 0, [0.0, 0.1, 0.2, 0.3]),
    ((0.05, 0.35, 0.1), 0.15, [0.05, 0.15, 0.25, 0.35]),
    ((1e-7, 5e-7, 1e-7), 1e-7, [1e-7, 2e-7, 3e-7]),
])  # fmt: skip
def test_float_sliders_walk_in_clean_steps(given, start, steps):
    picture, seen = Bar(), []

    def draw(slope=start):
        seen.append(slope)
        return picture.update(slope)

    slider = explore(draw, slope=given).controls["slope"]
    slider.value = given[1]
    seen.clear()
    for number in range(len(steps)):
        slider.value = given[0] + number * given[2]
    assert seen == steps
    assert [str(value) for value in seen] == [str(value) for value in steps]


def test_whole_numbers_stay_whole(box):
    assert isinstance(box.calls[0]["height"], int)


def test_a_log_range_has_ten_round_steps_for_each_power_of_ten():
    values = log_range(0.01, 1).values()
    assert values[:11] == [0.01, 0.013, 0.016, 0.02, 0.025, 0.032, 0.04, 0.05, 0.063, 0.079, 0.1]
    assert values[-1] == 1.0 and len(values) == 21
    assert log_range(0.002, 0.5).values()[0] == 0.002 and log_range(0.002, 0.5).values()[-1] == 0.5


def test_a_start_between_the_steps_of_a_log_range_is_kept():
    box = explore(lambda rate=0.85: Bar().update(rate), rate=log_range(0.1, 1))
    assert box.settings == {"rate": 0.85}
    box.controls["rate"].index += 1
    assert box.settings == {"rate": 1.0}


def test_any_widget_will_do():
    control = widgets.IntText()
    box = explore(lambda height=3: Bar().update(height), height=control)
    assert box.controls["height"] is control and control.value == 3
    box.set(height=40)
    assert box.settings == {"height": 40}


# ---------------------------------------------------------------------------------------------- errors for learners


def wrong_calls():
    draw, _ = make_draw()
    bar = Bar()

    def needy(height, slope=1):
        return bar.update(height)

    def forgetful(height=1):
        bar.update(height)

    def numeric(height=1):
        return height

    return {
        "has no parameter 'hight'.*height, slope, rate, mode, shown": lambda: explore(draw, hight=(0, 9, 1)),
        "'height' of needy has no default.*def needy\\(height=1\\)": lambda: explore(needy, height=(0, 9, 1)),
        "'height' of needy has no default": lambda: explore(needy, slope=(0, 9, 1)),
        "forgetful returned None.*return picture.update": lambda: explore(forgetful, height=(0, 9, 1)),
        "numeric returned a value of type int": lambda: explore(numeric, height=(0, 9, 1)),
        "height starts at 2.*goes from 3 to 9": lambda: explore(draw, height=(3, 9, 1)),
        "height starts at 2.*between two steps of 3.*nearest is 3": lambda: explore(draw, height=(0, 9, 3)),
        "rate starts at 0.02.*goes from 0.1 to 1": lambda: explore(draw, rate=log_range(0.1, 1)),
        "mode starts at 'up'.*choices are 'left', 'right'": lambda: explore(draw, mode=["left", "right"]),
        "height=\\(9, 0, 1\\).*goes up": lambda: explore(draw, height=(9, 0, 1)),
        "height=\\(0, 9, 0\\).*goes up": lambda: explore(draw, height=(0, 9, 0)),
        "height=\\(0, 9, 4\\).*whole steps": lambda: explore(draw, height=(0, 9, 4)),
        "height=\\(0, 9\\) is not a range.*log_range": lambda: explore(draw, height=(0, 9)),
        "height=3 is not a range": lambda: explore(draw, height=3),
        "log_range\\(0, 1\\).*greater than 0": lambda: log_range(0, 1),
        "log_range\\(1, 0.1\\).*smaller": lambda: log_range(1, 0.1),
        "set\\(hight=3\\).*the controls are height": lambda: explore(draw, height=(0, 9, 1)).set(hight=3),
        "set\\(height=10\\).*from 0 to 9": lambda: explore(draw, height=(0, 9, 1)).set(height=10),
        "set\\(slope=0.33\\).*nearest is 0.3\\.": lambda: explore(draw, slope=(0.0, 1.0, 0.1)).set(slope=0.33),
        "set\\(mode='left'\\).*choices": lambda: explore(draw, mode=["up", "down"]).set(mode="left"),
        "set\\(rate=0.03\\).*nearest is 0.032": lambda: explore(draw, rate=log_range(0.01, 1)).set(rate=0.03),
    }  # fmt: skip


@pytest.mark.parametrize("message", wrong_calls())
def test_what_does_not_fit_is_said(message):
    with pytest.raises((TypeError, ValueError), match=message):
        wrong_calls()[message]()


def test_a_refused_setting_changes_nothing(box):
    with pytest.raises(ValueError):
        box.set(height=4, slope=55)
    assert box.controls["height"].value == 2 and len(box.calls) == 1


# ---------------------------------------------------------------------------------------------- in the page


def test_the_picture_has_a_frame_of_fixed_size(box):
    assert (box.image.width, box.image.height) == ("288", "192")
    assert (box.image.layout.width, box.image.layout.height) == ("288px", "192px")


def test_labels_are_words_and_have_room():
    box = explore(lambda learning_rate=1.0: Bar().update(1), learning_rate=(0.0, 2.0, 0.5))
    control = box.controls["learning_rate"]
    assert control.description == "learning rate"
    assert float(control.style.description_width.removesuffix("em")) > 0.5 * len("learning rate")


def test_the_number_beside_a_slider_has_all_its_digits():
    box = explore(lambda rate=0.005: Bar().update(rate), rate=(0.0, 0.01, 0.005))
    assert box.controls["rate"].readout_format == ".3f"


def test_without_a_kernel_the_first_picture_is_shown(box):
    box.set(height=5)
    shown = box._repr_mimebundle_()
    assert base64.b64decode(shown["image/png"]).startswith(b"\x89PNG")
    assert shown["text/plain"] == "A bar <2> high. (Run this cell to move the controls.)"
    assert "application/vnd.jupyter.widget-view+json" in shown


def test_pixels_shown_are_those_of_a_whole_drawing(box):
    random = np.random.default_rng(3)
    for height in random.integers(0, 7, 12):
        box.controls["height"].value = int(height)
        assert bytes(box.image.value) == box.draw(height=int(height)).redrawn_png()


def test_it_is_a_box_of_controls_line_message_and_picture(box):
    assert isinstance(box, Explorer)
    assert box.children[:5] == tuple(box.controls.values())
    assert box.children[-2:] == (box.trouble, box.image)
