"""`Picture`: one figure that is drawn again and again, quickly; and the colours, markers and style of all figures.

A picture of this course is made once and then *updated*: its `update(...)` moves the lines, points and words
that are already there. So the same picture serves as a still figure and, under sliders, as a moving one.
"""

import base64
import functools
import html
import threading

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from nnfs_helpers.figures.painting import Painting
from nnfs_helpers.figures.png import quick_png, small_png

# The colours of Okabe and Ito, which stay apart for people who see colours differently.
# The strong ones come first: the last two are too light for thin lines and for words.
PALETTE = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#000000", "#56B4E9", "#F0E442"]

# One marker for each colour, so that nothing is told by colour alone.
MARKERS = ["o", "s", "^", "D", "v", "P", "X", "*"]

INK = "#222222"  # words and frames
FAINT = "#BBBBBB"  # guide lines, and what is only there to compare with

PIXELS_PER_INCH = 96  # as browsers count: a picture 6.5 inches wide takes 624 pixels of the page

OWN_STYLE = {
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "font.family": "DejaVu Sans",  # comes with matplotlib: the same letters on every machine
    "font.size": 11,
    "axes.titlesize": 12,
    "axes.labelsize": 11,
    "xtick.labelsize": 11,
    "ytick.labelsize": 11,
    "legend.fontsize": 11,
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.titley": 1.0,  # titles stay where they are
    "axes.prop_cycle": matplotlib.cycler(color=PALETTE),
    "grid.color": "#E4E4E4",
    "grid.linewidth": 0.8,
    "legend.frameon": False,
    "lines.linewidth": 2.0,
    "lines.markersize": 7.0,
    "lines.solid_capstyle": "round",
}

# With matplotlib's defaults for all else, so that the reader's own settings do not show.
DRAWING_SETTINGS = (
    "axes", "boxplot", "contour", "errorbar", "figure", "font", "grid", "hatch", "hist", "image", "legend", "lines",
    "markers", "mathtext", "patch", "path", "scatter", "text", "xaxis", "xtick", "yaxis", "ytick",
)  # fmt: skip
STYLE = {
    name: value for name, value in matplotlib.rcParamsDefault.items() if name.startswith(DRAWING_SETTINGS)
} | OWN_STYLE

# JupyterLab may run a slider's work in a thread of its own. Two that draw at once would spoil each other's picture.
DRAWING_ALONE = threading.RLock()


def in_style(function):
    """Decorator: what `function` draws has the style of this course, whatever the reader's own settings are."""

    @functools.wraps(function)
    def styled(*arguments, **named_arguments):
        with DRAWING_ALONE, matplotlib.rc_context(STYLE):
            return function(*arguments, **named_arguments)

    return styled


class Picture:
    """One figure that is drawn again and again.

    A subclass builds its axes and artists once, in `__init__`. Its method `update(...)` changes them by their
    `set_...` methods, sets `self.alt` and returns `self`. Both methods run in the style of the course.

    figure: matplotlib's figure, `width` × `height` inches.
    alt: one sentence that says what is to be seen, for those who cannot see it.

    In a notebook a picture shows itself when it is the last value of a cell.
    """

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        for name in {"__init__", "update"} & vars(cls).keys():
            setattr(cls, name, in_style(vars(cls)[name]))

    def __init__(self, width=6.5, height=3.2):
        self.figure = Figure((width, height), dpi=PIXELS_PER_INCH, facecolor="white", layout="constrained")
        self.figure.get_layout_engine().set(w_pad=0.08, h_pad=0.08)  # inches around each of the axes
        self.canvas = FigureCanvasAgg(self.figure)
        self.alt = ""
        self._painting = Painting(self.canvas)
        self._png = None

    @property
    def size(self):
        """Width and height in the page, in pixels."""
        width, height = self.figure.get_size_inches() * PIXELS_PER_INCH
        return round(width), round(height)

    @in_style
    def png(self):
        """The picture as the bytes of a PNG file.

        Only what changed since the last call is drawn again, and what lies above it, yet every pixel is as if all
        were. When limits or ticks change, or artists come or go, all is drawn again; that takes ten times as long.
        """
        self._arrange()
        if self._painting.refresh():
            self._png = quick_png(self._pixels())
        return self._png

    @in_style
    def redrawn_png(self):
        """What `png()` must be equal to: the whole figure drawn from nothing. For tests."""
        self.png()
        self._painting.repaint()
        return quick_png(self._pixels())

    @in_style
    def _repr_mimebundle_(self, include=None, exclude=None):
        self.png()
        data = base64.b64encode(small_png(self._pixels())).decode()
        width, height = self.size
        image = (
            f'<img alt="{html.escape(self.alt)}" width="{width}" height="{height}" '
            f'style="max-width: 100%; height: auto" src="data:image/png;base64,{data}">'
        )
        return {"text/html": image, "text/plain": self.alt}

    def _arrange(self):
        """Give everything its place before the first drawing. From then on nothing jumps about."""
        engine = self.figure.get_layout_engine()
        if engine is not None:
            engine.execute(self.figure)
            self.figure.set_layout_engine("none")

    def _pixels(self):
        # Without the fourth channel nothing shines through: legible on dark pages.
        return np.ascontiguousarray(np.asarray(self.canvas.buffer_rgba())[..., :3])


def scatter_classes(axes, points, labels, names=None, size=24):
    """Draw points of a plane, each class with its colour and marker; the list of what was drawn, class by class.

    points: shape (samples, 2). labels: shape (samples,), whole numbers from 0.
    names: one for each class, for a legend.
    """
    points, labels = np.asarray(points), np.asarray(labels)
    groups = []
    for label in range(int(labels.max()) + 1):
        look = {"color": PALETTE[label % len(PALETTE)], "marker": MARKERS[label % len(MARKERS)]}
        name = names[label] if names else f"class {label}"
        x, y = points[labels == label].T
        groups.append(axes.scatter(x, y, s=size, edgecolors="white", linewidths=0.5, label=name, **look))
    return groups
