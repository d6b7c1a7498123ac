"""Slopes that flow back: a network's weights beside its slopes, a downhill run, and the quiz of chapter 9."""

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch

from nnfs_helpers.check import has_blank, numerical_gradient
from nnfs_helpers.figures.networks import DASHES, NEGATIVE, POSITIVE, NetworkDrawing
from nnfs_helpers.figures.picture import FAINT, INK, PALETTE, Picture
from nnfs_helpers.figures.vectors import link, number, sheet, word

VALUE, GRADIENT = PALETTE[:2]

# ----------------------------------------------------------------------------------- weights and their slopes


class WeightsAndSlopesPicture(Picture):
    """A network twice: left its weights, right the slope of the loss along each of them, as thick as they are large."""

    def __init__(self, width=7.0, height=3.5):
        super().__init__(width, height)
        self.figure.set_layout_engine("none")  # every part has its place here
        self.drawings = []
        for left, title in ((0.0, "the weights"), (0.5, "the slope of the loss along each")):
            axes = self.figure.add_axes((left, 0.0, 0.5, 1.0))
            self.drawings.append(NetworkDrawing(axes, circle=20, left=0.12, right=0.88, bottom=0.2, top=0.84))
            axes.text(0.5, 0.93, title, ha="center", va="center", fontsize=12, weight="bold")
        positive = Line2D([], [], color=POSITIVE, linewidth=3, label="above 0")
        negative = Line2D([], [], color=NEGATIVE, linewidth=3, linestyle=DASHES, label="below 0")
        self.figure.legend(handles=[positive, negative], loc="lower center", ncols=2, handlelength=3)

    def update(self, weights, slopes):
        """weights, slopes: one array of shape (inputs, neurons) per layer."""
        for drawing, arrays in zip(self.drawings, (weights, slopes)):
            drawing.update(arrays)
        self.alt = ("A small network twice, each line as thick as its number is large. On the left the weights, on "
                    "the right the slopes of the loss along them: other lines are thick.")  # fmt: skip
        return self


def backward_preview():
    """The first figure of chapter 9: a network of the spiral and the slopes of its loss, found by trying out."""
    from nnfs.datasets import spiral_data

    from nnfs_helpers.precision import book_precision

    with book_precision(seed=0):
        points, labels = spiral_data(samples=100, classes=3)
    random = np.random.RandomState(2)
    arrays = [random.normal(size=shape) for shape in ((2, 5), (1, 5), (5, 3), (1, 3))]
    slopes = []
    for place in (0, 2):

        def loss_with(array, place=place):
            return mean_loss(points, labels, *arrays[:place], array, *arrays[place + 1 :])

        slopes.append(numerical_gradient(loss_with, arrays[place]))
    return WeightsAndSlopesPicture().update([arrays[0], arrays[2]], slopes)


def mean_loss(points, labels, weights1, biases1, weights2, biases2):
    """The cross-entropy of two layers with these parameters."""
    scores = np.maximum(0, points @ weights1 + biases1) @ weights2 + biases2
    scores = scores - np.max(scores, axis=1, keepdims=True)
    logs = scores - np.log(np.sum(np.exp(scores), axis=1, keepdims=True))
    return -np.mean(logs[np.arange(len(labels)), labels])


# --------------------------------------------------------------------------------------------- downhill


class DescentPicture(Picture):
    """The loss from step to step, beside that of chapter 6's random search in as many tries."""

    # Some of the new bests in the first 300 tries of chapter 6, section 3: iteration and loss.
    LUCK = (
        (0, 1.099), (22, 1.088), (31, 1.064), (43, 1.037), (60, 1.021), (70, 0.991), (87, 0.954), (102, 0.918),
        (121, 0.879), (137, 0.832), (148, 0.760), (160, 0.705), (178, 0.657), (190, 0.609), (198, 0.548), (213, 0.510),
        (231, 0.476), (250, 0.456), (277, 0.413), (288, 0.395), (297, 0.382), (300, 0.382),
    )  # fmt: skip

    def __init__(self, width=6.5, height=3.2):
        super().__init__(width, height)
        self.axes = self.figure.subplots()
        self.axes.set(xlim=(0, 300), ylim=(0, 1.6), xlabel="step, or try", ylabel="loss")
        self.axes.grid(axis="y")
        (self.luck,) = self.axes.plot(*zip(*self.LUCK), color=INK, linestyle=":", drawstyle="steps-post")
        (self.line,) = self.axes.plot([], [], color=PALETTE[0])
        self.axes.axhline(0.25, color=FAINT, linestyle="--", zorder=0.9)
        self.axes.text(2, 0.17, "below 0.25", va="center")
        self.axes.text(297, 0.47, "luck", ha="right")
        self.words = self.axes.set_title("")

    def update(self, losses):
        """losses: one per step; with a blank in them only the random search is drawn."""
        self.line.set_data([], [])
        luck = "A dotted staircase: the loss of the random search, from 1.1 down to 0.38 in 300 tries."
        if has_blank(losses) or not len(losses):
            self.words.set_text("your curve is still missing")
            self.alt = luck
            return self
        losses = np.asarray(losses, dtype=float)
        shown = np.where(np.isfinite(losses), losses, np.nan)
        self.line.set_data(np.arange(len(losses)), np.minimum(shown, 5.0))
        self.words.set_text(f"your loss: from {losses[0]:.2f} to {losses[-1]:.2f} in {len(losses)} steps")
        self.alt = f"{luck} A blue curve: your loss, from {losses[0]:.2f} to {losses[-1]:.2f}."
        return self


# ------------------------------------------------------------------------------------------------- quiz


class GraphQuizPicture(Picture):
    """A graph in which one input leads on by two ways, one of them through a closed ReLU (quiz)."""

    def __init__(self, width=6.5, height=2.5):
        super().__init__(width, height)
        axes = sheet(self)
        upper, middle, lower = 1.85, 1.3, 0.75
        for row, factor, value in ((upper, "× 3", 6), (lower, "× (−2)", -4)):
            link(axes, (0.62, middle), (1.72, row))
            add_box(axes, 2.05, row, factor)
            word(axes, 2.72, row + 0.15, number(value), VALUE)
        link(axes, (2.38, upper), (4.5, middle + 0.14))
        link(axes, (2.38, lower), (3.05, lower))
        add_box(axes, 3.4, lower, "ReLU")
        link(axes, (3.73, lower), (4.5, middle - 0.14))
        word(axes, 3.95, lower + 0.36, "0", VALUE)
        add_box(axes, 4.7, middle, "+", half_width=0.22)
        link(axes, (4.92, middle), (5.95, middle))
        word(axes, 5.4, middle + 0.16, "6", VALUE)
        word(axes, 5.4, middle - 0.16, "1", GRADIENT)
        add_box(axes, 0.4, middle, "x", half_width=0.22)
        word(axes, 0.4, middle + 0.34, "2", VALUE)
        word(axes, 0.4, middle - 0.35, "?", GRADIENT, size=14, weight="bold")
        word(axes, 0.2, 0.2, "above: the value", VALUE, align="left")
        word(axes, 2.1, 0.2, "below: the gradient", GRADIENT, align="left")
        self.alt = ("A graph: x is 2. Its upper way leads through times 3, value 6; its lower way through times −2, "
                    "value −4, and then ReLU, value 0. Both ways meet in a sum, value 6, with the gradient 1. The "
                    "gradient of x is asked for.")  # fmt: skip


def add_box(axes, x, y, text, half_width=0.33):
    axes.add_patch(FancyBboxPatch((x - half_width, y - 0.18), 2 * half_width, 0.36, facecolor="#EFEFEF", edgecolor=INK,
                                  boxstyle="round,pad=0,rounding_size=0.08", linewidth=1.2, zorder=3))  # fmt: skip
    word(axes, x, y - 0.01, text, size=12, zorder=4)
