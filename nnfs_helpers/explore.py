"""Sliders for a picture: `explore(draw, angle=(-180, 180, 5))`.

`draw` is a function of the notebook: it takes some settings, computes with the reader's own code, and returns a
`Picture`. Each setting gets a control. When a control moves, `draw` is called, and its picture is shown.
"""

import base64
import html
import inspect
import math
import threading
from decimal import Decimal

import ipywidgets as widgets

# JupyterLab may run the work for two controls in two threads. `draw` and the reader's code are for one at a time.
ONE_AT_A_TIME = threading.RLock()

STEPS_PER_DECADE = 10  # of a slider on a logarithmic scale, so 1, 1.3, 1.6, 2, 2.5, 3.2, 4, 5, 6.3, 7.9, 10


def explore(draw, **ranges):
    """Controls for the settings of `draw`, above its picture; see `Explorer` for driving them from code.

    draw: a function that returns a `Picture`. The defaults of its parameters are where the controls start.
    ranges: for each parameter that gets a control one of
        (least, greatest, step)   a slider, for whole numbers when all three are whole
        log_range(low, high)      a slider on a logarithmic scale
        [first, second, ...]      a choice from a list
        bool                      a box to tick
        a widget of ipywidgets    that widget

    Raises TypeError or ValueError, with what to do, when `draw` and the ranges do not fit together.
    """
    return Explorer(draw, ranges)


def log_range(low, high):
    """The range of a slider whose steps multiply instead of adding: for learning rates and the like."""
    return LogRange(low, high)


class LogRange:
    """Numbers from `low` to `high`, ten for each power of ten, rounded to two digits."""

    def __init__(self, low, high):
        if not 0 < low < high:
            raise ValueError(
                f"log_range({low!r}, {high!r}): on a logarithmic scale both numbers are greater than 0 and "
                f"the first is the smaller one, for example log_range(0.001, 1)."
            )
        self.low = float(low)
        self.high = float(high)

    def values(self):
        steps = round(STEPS_PER_DECADE * math.log10(self.high / self.low))
        between = [self.low * 10 ** (step / STEPS_PER_DECADE) for step in range(1, steps)]
        return [self.low, *(float(f"{value:.2g}") for value in between), self.high]

    def __repr__(self):
        return f"log_range({self.low:g}, {self.high:g})"


class Explorer(widgets.VBox):
    """Controls, the line of code that makes the present picture, and the picture.

    controls: the control of each setting, by name.
    image: the picture, an `ipywidgets.Image`.
    code: the line that makes the present picture, such as "draw(angle=55, bias=0.0)".
    error: what `draw` raised at the present setting, or None. The picture then is the last one that worked.
    """

    def __init__(self, draw, ranges):
        self.draw = draw
        self.ranges = ranges
        self.start = start_values(draw, ranges)
        self.controls = {name: make_control(name, ranges[name], start) for name, start in self.start.items()}
        self.settings = dict(self.start)
        self.error = None
        self.is_listening = True

        picture = self.draw_picture()
        self.first_sentence = picture.alt
        self.image = fixed_image(picture)
        self.line = widgets.HTML()
        self.trouble = widgets.HTML()
        self.show_words(picture.alt, error=None)
        super().__init__([*self.controls.values(), self.bottom_row(), self.trouble, self.image])
        align(self.controls.values(), width=picture.size[0])
        for control in self.controls.values():
            control.observe(self.when_moved, names="value")

    def bottom_row(self):
        button = widgets.Button(description="Reset", icon="undo", tooltip="Every control back to where it started")
        button.layout = widgets.Layout(width="6.5em", flex="0 0 auto")
        button.on_click(lambda _: self.move(self.start))
        return widgets.HBox([button, self.line], layout=widgets.Layout(align_items="center", grid_gap="0.5em"))

    # -------------------------------------------------------------------------------------- from code

    @property
    def code(self):
        settings = ", ".join(f"{name}={value!r}" for name, value in self.settings.items())
        return f"{self.draw.__name__}({settings})"

    def set(self, **values):
        """Move controls and draw once, such as `box.set(angle=90, bias=1.0)`. Raises what `draw` raised."""
        for name, value in values.items():
            if name not in self.controls:
                raise TypeError(f"set({name}={value!r}): the controls are {listed(self.controls)}.")
            if not isinstance(self.ranges[name], widgets.Widget):
                check_value(f"set({name}={value!r})", self.controls[name], value)
        self.move(values)
        if self.error is not None:
            raise self.error

    def reset(self):
        """Put every control back to where it started. Raises what `draw` raised."""
        self.set(**self.start)

    # -------------------------------------------------------------------------------------- when a control moves

    def when_moved(self, change):
        with ONE_AT_A_TIME:
            if self.is_listening:
                self.show()

    def move(self, values):
        """Set several controls, but draw only once."""
        with ONE_AT_A_TIME:
            self.is_listening = False
            try:
                for name, value in values.items():
                    self.controls[name].value = value
            finally:
                self.is_listening = True
            self.show()

    def show(self):
        """Show the picture of the present settings. If `draw` fails, say so and leave the old picture in place."""
        try:
            picture = self.draw_picture()
            self.image.value = picture.png()
        except Exception as error:
            self.error = error
            self.show_words("", error)
        else:
            self.error = None
            self.show_words(picture.alt, error=None)

    def draw_picture(self):
        self.settings = {name: value_of(control) for name, control in self.controls.items()}
        picture = self.draw(**self.settings)
        if not hasattr(picture, "png"):
            what = "None" if picture is None else f"a value of type {type(picture).__name__}"
            raise TypeError(
                f"explore: {self.draw.__name__} returned {what}; it has to return the picture that it drew. "
                f"End it with a line such as `return picture.update(...)`."
            )
        return picture

    def show_words(self, sentence, error):
        """The line of code; the picture's sentence, which a screen reader reads and nobody sees; and what failed."""
        self.line.value = (
            f'<code style="user-select: all" title="The line that makes this picture, to copy">'
            f"{html.escape(self.code)}</code>"
            f'<span role="status" style="{UNSEEN}">{html.escape(sentence)}</span>'
        )
        self.trouble.layout.display = "none" if error is None else ""
        self.trouble.value = "" if error is None else trouble_message(self.code, error)

    def _repr_mimebundle_(self, **options):
        """For pages without a kernel: the first picture and its sentence."""
        bundle = dict(super()._repr_mimebundle_(**options))
        bundle["image/png"] = base64.b64encode(self.image.value).decode()
        bundle["text/plain"] = f"{self.first_sentence} (Run this cell to move the controls.)"
        return bundle


# ---------------------------------------------------------------------------------------------- controls


def start_values(draw, ranges):
    """The default of each parameter of `draw` that gets a control."""
    parameters = inspect.signature(draw).parameters
    for name in ranges:
        if name not in parameters:
            raise TypeError(
                f"explore: {draw.__name__} has no parameter {name!r}. "
                f"It has {listed(parameters) or 'no parameters at all'}."
            )
    for name, parameter in parameters.items():
        if parameter.default is inspect.Parameter.empty:
            raise TypeError(
                f"explore: the parameter {name!r} of {draw.__name__} has no default, so it is not clear where to "
                f"start. Give it one, for example `def {draw.__name__}({name}=1):`."
            )
    return {name: parameters[name].default for name in ranges}


def make_control(name, given, start):
    """The widget for one setting; `given` is what `explore` was given for it."""
    where = f"explore: {name} starts at {start!r}, the default in the function"
    label = name.replace("_", " ")
    if isinstance(given, widgets.Widget):
        given.value = start
        return given
    if given is bool:
        return widgets.Checkbox(value=start, description=label)
    if isinstance(given, list):
        control = widgets.Dropdown(options=given, description=label)
    elif isinstance(given, LogRange):
        control = make_log_slider(label, given, start)
    elif isinstance(given, tuple) and len(given) == 3:
        control = make_slider(label, given, f"explore: {name}={given!r}")
    else:
        raise TypeError(
            f"explore: {name}={given!r} is not a range. Give (least, greatest, step), log_range(low, high), "
            f"a list of choices, or bool."
        )
    check_value(where, control, start)
    control.value = start
    return control


def make_slider(label, given, where):
    least, greatest, step = given
    if step <= 0 or least >= greatest or not is_on_grid(greatest, least, step):
        raise ValueError(
            f"{where}: a range (least, greatest, step) goes up from the least to the greatest value "
            f"in whole steps, for example (-2.0, 2.0, 0.25)."
        )
    if all(isinstance(number, int) for number in given):
        return widgets.IntSlider(min=least, max=greatest, step=step, description=label)
    digits = max(decimals(least), decimals(step))
    return widgets.FloatSlider(min=least, max=greatest, step=step, description=label, readout_format=f".{digits}f")


def make_log_slider(label, given, start):
    # A slider over a list of numbers: each is exactly what is shown. `start` need not be one of the round ones.
    inside = {start} if given.low <= start <= given.high else set()
    options = [(f"{value:g}", value) for value in sorted({*given.values(), *inside})]
    return widgets.SelectionSlider(options=options, description=label)


def check_value(where, control, value):
    """Raises ValueError when the control has no such value."""
    if isinstance(control, widgets.SelectionSlider):
        values = [number for _, number in control.options]
        if not values[0] <= value <= values[-1]:
            raise ValueError(f"{where}, but the slider goes from {values[0]:g} to {values[-1]:g}.")
        if value not in values:
            nearest = min(values, key=lambda number: abs(number - value))
            raise ValueError(f"{where}, between two steps of the slider; the nearest is {nearest:g}.")
    elif isinstance(control, widgets.Dropdown):
        if value not in control.options:
            raise ValueError(f"{where}, but the choices are {', '.join(map(repr, control.options))}.")
    elif isinstance(control, (widgets.IntSlider, widgets.FloatSlider)):
        if not control.min <= value <= control.max:
            raise ValueError(f"{where}, but the slider goes from {control.min} to {control.max}.")
        if not is_on_grid(value, control.min, control.step):
            nearest = on_grid(value, control)
            raise ValueError(f"{where}, between two steps of {control.step}; the nearest is {nearest}.")


def value_of(control):
    return on_grid(control.value, control) if isinstance(control, widgets.FloatSlider) else control.value


def on_grid(value, slider):
    """The step of the slider that is nearest to `value`, free of float noise: 0.3, not 0.30000000000000004."""
    steps = round((value - slider.min) / slider.step)
    digits = max(decimals(slider.min), decimals(slider.step))
    return round(slider.min + steps * slider.step, digits) + 0  # + 0 turns -0.0 into 0.0


def is_on_grid(value, least, step):
    steps = (value - least) / step
    return math.isclose(steps, round(steps), abs_tol=1e-6)


def decimals(number):
    """How many digits a number has behind its decimal point."""
    return max(0, -Decimal(repr(number)).normalize().as_tuple().exponent)


# ---------------------------------------------------------------------------------------------- looks

# Out of sight, but not hidden from a screen reader.
UNSEEN = "position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)"


def fixed_image(picture):
    """The picture in a frame that keeps its size, so that the page stays still while it is exchanged."""
    width, height = picture.size
    image = widgets.Image(value=picture.png(), format="png", width=width, height=height)
    image.layout = widgets.Layout(width=f"{width}px", height=f"{height}px", flex="0 0 auto")
    return image


def align(controls, width):
    """As wide as the picture, all labels in one column that the longest of them fits."""
    widest = max((width_of(control.description) for control in controls), default=0)
    for control in controls:
        control.style.description_width = f"{widest + 1:.1f}em"
        control.layout.width = f"{width}px"


def width_of(words):
    """About how wide words are in the page's font, in em: an m takes three times as much as an i."""
    return sum(0.3 if letter in "fijlrt .,'|" else 0.9 if letter in "mwMW" else 0.6 for letter in words)


def trouble_message(code, error):
    return (
        '<div role="alert" style="border-left: 0.3em solid #D55E00; padding: 0.2em 0.8em; line-height: 1.4">'
        f"<code>{html.escape(code)}</code> stopped with {type(error).__name__}: {html.escape(str(error))}<br>"
        "The picture below is the last one that worked.</div>"
    )


def listed(names):
    return ", ".join(map(str, names))
