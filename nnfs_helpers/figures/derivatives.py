"""Pictures of slopes: secants and tangents, the error of a measured slope, and a loss over one weight (chapter 7)."""

import numpy as np

from nnfs_helpers.check import has_blank
from nnfs_helpers.figures.picture import FAINT, INK, MARKERS, PALETTE, Picture
from nnfs_helpers.figures.vectors import number

CURVE, TOUCH = PALETTE[:2]
GREY = "#666666"


def line_through(x, y, slope, places):
    """The heights, at some places, of the straight line through (x, y)."""
    return y + slope * (np.asarray(places) - x)


# ------------------------------------------------------------------------------------------------ preview


class SlopesPreviewPicture(Picture):
    """A line with its steps, a curve with lines that touch it, and a loss with such a line.

    weights, losses: the curve of the third part. weight: where its dot is.
    """

    def __init__(self, weights, losses, weight, width=7.0, height=2.7):
        super().__init__(width, height)
        panels = self.figure.subplots(1, 3)
        for axes, title in zip(panels, ("a line", "a curve", "a loss")):
            axes.set(title=title, xticks=(), yticks=())
        self.draw_line(panels[0])
        self.draw_curve(panels[1])
        self.draw_loss(panels[2], weights, losses, weight)
        self.alt = ("Three graphs. A straight line with two equal steps. A curve, and three lines that touch it: "
                    "one falls, one is level, one rises. The loss over one weight of a network, a smooth valley, "
                    "with a dot on its left slope, and a straight line that touches it there.")  # fmt: skip

    def draw_line(self, axes):
        axes.plot([0, 4], [0, 8], color=CURVE, linewidth=2.5)
        for left in (0.8, 2.4):
            axes.plot([left, left + 0.8, left + 0.8], np.array([0, 0, 1.6]) + 2 * left, color=TOUCH)
        axes.set(xlim=(0, 4), ylim=(0, 8.4))

    def draw_curve(self, axes):
        places = np.linspace(-2.2, 2.2, 101)
        axes.plot(places, places**2, color=CURVE, linewidth=2.5)
        for x in (-1.4, 0, 1.6):
            ends = np.array([x - 0.45, x + 0.45])
            axes.plot(ends, line_through(x, x**2, 2 * x, ends), color=TOUCH)
            axes.plot([x], [x**2], "o", color=TOUCH)
        axes.set(xlim=(-2.4, 2.4), ylim=(-0.8, 5.2))

    def draw_loss(self, axes, weights, losses, weight):
        here = np.searchsorted(weights, weight)
        slope = (losses[here + 1] - losses[here - 1]) / (weights[here + 1] - weights[here - 1])
        ends = np.array([weights[here] - 1.6, weights[here] + 1.9])
        axes.plot(weights, losses, color=CURVE, linewidth=2.5)
        axes.plot(ends, line_through(weights[here], losses[here], slope, ends), color=TOUCH)
        axes.plot([weights[here]], [losses[here]], "o", color=TOUCH, markersize=9)
        axes.set(xlabel="one weight", ylabel="loss")


def slopes_preview():
    """The first figure of chapter 7. Its loss is that of the network of section 7, over another of its weights."""
    from nnfs.datasets import vertical_data

    from nnfs_helpers.precision import book_precision

    with book_precision(seed=0):
        points, labels = vertical_data(samples=100, classes=3)
    random = np.random.RandomState(0)
    first, second = random.randn(2, 3), random.randn(3, 3)
    hidden = np.maximum(0, points @ first)
    weights, losses = np.linspace(-3.0, 3.8, 137), []
    for weight in weights:
        second[1, 1] = weight
        scores = hidden @ second
        sums = np.log(np.sum(np.exp(scores), axis=1))
        losses.append(np.mean(sums - scores[np.arange(len(labels)), labels]))
    return SlopesPreviewPicture(weights, np.array(losses), weight=-0.7)


# ----------------------------------------------------------------------------------------------- tangents


class TangentsPicture(Picture):
    """A curve, and straight lines that touch it at some places.

    function: the curve's, of one number.
    """

    def __init__(self, function, width=6.5, height=4.0):
        super().__init__(width, height)
        self.function = function
        self.axes = self.figure.subplots()
        places = np.linspace(-0.6, 5.0, 200)
        self.axes.plot(places, [function(x) for x in places], color=FAINT, linewidth=6)
        self.axes.set(xlim=(-0.6, 6.3), ylim=(-4, 50), xticks=range(6), xlabel="x", ylabel="y")
        self.axes.grid(axis="y")
        self.drawn = []

    def update(self, places, slopes, starts):
        """places: where the lines touch. slopes: theirs. starts: their heights at x = 0, the book's b."""
        for artist in self.drawn:
            artist.remove()
        self.drawn = []
        for index, (x, slope, start) in enumerate(zip(places, slopes, starts)):
            colour, marker = PALETTE[index % 6], MARKERS[index % 6]
            ends = np.array([x - 0.6, x + 0.9])
            self.drawn += self.axes.plot(ends, slope * ends + start, color=colour)
            self.drawn += self.axes.plot([x], [self.function(x)], marker, color=colour, markersize=9)
            text = f"slope {slope:.4f}"
            place = (ends[1] + 0.1, slope * ends[1] + start)
            self.drawn.append(self.axes.text(*place, text, color=INK, va="center"))
        said = ", ".join(f"{slope:.1f} at {number(x)}" for x, slope in zip(places, slopes))
        self.alt = f"A curve that rises ever more steeply, and lines that touch it. Their slopes: {said}."
        return self


# ---------------------------------------------------------------------------------------- secant, tangent


class SecantPicture(Picture):
    """A curve with the line through two of its points; and the same, magnified so that the points stay apart.

    functions: a dictionary from names to functions of one number.
    """

    FRAMES = {"parabola": (-1, 8.6), "wave": (-1.6, 1.6), "relu": (-0.6, 2.2)}

    def __init__(self, functions, width=7.0, height=3.8):
        super().__init__(width, height)
        self.functions, self.name = functions, None
        self.places = np.linspace(-1.25, 2.1, 336)
        self.near = np.linspace(-1.5, 1.5, 121)
        left, right = self.figure.subplots(1, 2, width_ratios=(1.25, 1))
        (self.curve,) = left.plot([], [], color=CURVE, linewidth=2.5, label="curve")
        (self.tangent,) = left.plot([], [], color=GREY, linestyle="--", linewidth=1.5, label="tangent at x")
        (self.secant,) = left.plot([], [], color=TOUCH, label="secant")
        (self.second,) = left.plot([1], [1], "s", color=TOUCH, markersize=8, clip_on=False)
        (self.first,) = left.plot([], [], "o", color=INK, markersize=9)
        left.set(xlim=(-1.25, 2.1), xlabel="x", ylabel="y", xticks=(-1, 0, 1, 2))
        (self.near_curve,) = right.plot([], [], color=CURVE, linewidth=4)
        (self.near_secant,) = right.plot([], [], color=TOUCH)
        (self.near_second,) = right.plot([], [], "s", color=TOUCH, markersize=8)
        right.plot([0], [0], "o", color=INK, markersize=9)
        right.set(xlim=(-1.5, 1.5), ylim=(-5, 5), xticks=(-1, 0, 1), yticks=(-4, -2, 0, 2, 4))
        right.set(xticklabels=("x − h", "x", "x + h"), yticklabels=("−4h", "−2h", "0", "2h", "4h"))
        right.set_title("under the microscope")
        right.grid(axis="both")
        left.set_title("slope of the secant 00.0000")
        self.figure.legend(handles=[self.curve, self.secant, self.tangent], loc="outside lower center", ncols=3)
        self.left = left
        self.set_frame("wave")
        self._arrange()  # now, while the axis has its widest numbers

    def set_frame(self, name):
        """The curve of another function, with heights that suit it."""
        self.name = name
        self.curve.set_data(self.places, [self.functions[name](x) for x in self.places])
        self.left.set_ylim(*self.FRAMES[name])

    def update(self, name, x, h, slope):
        """name: of the function. x, h: the two points are at x and x + h. slope: of the line through them."""
        function = self.functions[name]
        if name != self.name:
            self.set_frame(name)
        y = function(x)
        after, before = ((function(x + step) - y) / step for step in (1e-6, -1e-6))
        is_smooth = abs(after - before) < 0.01
        ends = self.places[[0, -1]]
        self.first.set_data([x], [y])
        self.second.set_data([x + h], [function(x + h)])
        self.secant.set_data(ends, line_through(x, y, slope, ends))
        self.tangent.set_data(ends, line_through(x, y, (after + before) / 2, ends))
        self.tangent.set_visible(is_smooth)
        self.near_curve.set_data(self.near, [(function(x + step * h) - y) / h for step in self.near])
        self.near_secant.set_data([-1.5, 1.5], [-1.5 * slope, 1.5 * slope])
        self.near_second.set_data([1], [slope])
        words = f"slope of the secant {slope:.4f}".replace("-", "−")
        self.left.set_title(words if is_smooth else f"{words}; no tangent")
        kink = "" if is_smooth else " The curve has a kink at x, so no tangent is drawn."
        self.alt = (f"The {name} with a line through its points at {number(x, 2)} and {number(h, 4)} further on; its "
                    f"slope is {number(slope, 2)}. Beside it the same, magnified.{kink}")  # fmt: skip
        return self


# ------------------------------------------------------------------------------------------------- valley


class ValleyPicture(Picture):
    """The error of a measured slope over the distance h, and the digits from which one slope is calculated.

    steps: the distances at which errors are wanted, those of log_range(1e-15, 1), so that the dot is on the curve.
    """

    LOWEST, HIGHEST = 1e-12, 100.0

    def __init__(self, width=7.0, height=4.0):
        super().__init__(width, height)
        self.steps = np.array([float(f"{10 ** (tenth / 10):.2g}") for tenth in range(-150, 1)])
        words, axes = self.figure.subplots(1, 2, width_ratios=(1, 1.45))
        words.set(xlim=(0, 1), ylim=(0, 1))
        words.axis("off")
        self.lines = [words.text(0, 0.94 - 0.13 * row + 0.035 * (row % 2), "") for row in range(7)]
        for line in self.lines[1::2]:
            line.set_family("DejaVu Sans Mono")
        self.lines[6].set_weight("bold")
        (self.curve,) = axes.plot([], [], color=CURVE, linewidth=1.5)
        (self.dot,) = axes.plot([1e-3], [1e-3], "o", color=TOUCH, markersize=10, clip_on=False)
        axes.set(xscale="log", yscale="log", xlim=(1e-15, 1), ylim=(self.LOWEST, self.HIGHEST))
        axes.set(xlabel="h", ylabel="error of the slope", title="float64, from one side")
        axes.set_xticks([1e-15, 1e-12, 1e-9, 1e-6, 1e-3, 1], ["1e-15", "1e-12", "1e-9", "1e-6", "1e-3", "1"])
        axes.set_yticks([1e-12, 1e-9, 1e-6, 1e-3, 1], ["1e-12", "1e-9", "1e-6", "1e-3", "1"])
        axes.minorticks_off()
        axes.grid(axis="both")
        self.axes = axes

    def update(self, precision, both_sides, h, heights, slope, error, errors):
        """heights: of the second and the first point. error: of the slope at h. errors: one for each of `steps`."""
        slope, error = float(slope), float(error)
        digits = 16 if precision == "float64" else 8
        ahead, behind = "x + h", "x − h" if both_sides else "x"
        self.lines[0].set_text(f"height at {ahead}")
        self.lines[1].set_text(f"{float(heights[0]):.{digits - 1}f}")
        self.lines[2].set_text(f"height at {behind}")
        self.lines[3].set_text(f"{float(heights[1]):.{digits - 1}f}")
        self.lines[4].set_text("slope (7.75 is right)")
        self.lines[5].set_text(f"{slope:.{digits - 1}f}")
        self.lines[6].set_text(f"error {error:.2f}" if error > 0.1 else f"error {error:.1e}")
        self.curve.set_data(self.steps, np.clip(errors, self.LOWEST, self.HIGHEST))
        self.dot.set_data([h], np.clip([error], self.LOWEST, self.HIGHEST))
        way = "from both sides" if both_sides else "from one side"
        self.axes.set_title(f"{precision}, {way}")
        size = "below 1e-12" if error < self.LOWEST else f"about 1e{round(float(np.log10(error)))}"
        size = f"about {error:.1f}" if error > 0.1 else size
        end = " and at last stands still" if precision == "float32" else ""
        self.alt = (f"The error of a slope measured {way} in {precision}, over h: as h shrinks it falls, then rises "
                    f"again in jumps{end}. At h = {h:g} it is {size}.")  # fmt: skip
        return self


# -------------------------------------------------------------------------------------------------- rules


class RulesPicture(Picture):
    """The graphs of nine functions, each with its measured slopes as dots.

    functions: a dictionary from titles to functions of one number. slope_of: a function of a function and a place.
    """

    HEIGHTS = ((-3, 4.5), (-13, 13), (-4.5, 8.5))

    def __init__(self, functions, slope_of, width=7.0, height=6.6):
        super().__init__(width, height)
        panels = self.figure.subplots(3, 3, sharex=True, sharey="row")
        for index, (axes, (title, function)) in enumerate(zip(panels.flat, functions.items())):
            low = 0.25 if title == "log x" else -2
            places, dots = np.linspace(max(low, -2) - 0.2 * (low > 0), 2, 101), np.arange(low, 2.01, 0.25)
            axes.axhline(0, color=FAINT, linewidth=0.8, zorder=0.7)
            axes.axvline(0, color=FAINT, linewidth=0.8, zorder=0.7)
            (line,) = axes.plot(places, [function(x) for x in places], color=CURVE, label="height")
            (slopes,) = axes.plot(dots, [slope_of(function, x) for x in dots], "o", color=TOUCH, markersize=4.5,
                                  label="measured slope")  # fmt: skip
            axes.set(title=title, xlim=(-2.1, 2.1), xticks=(-2, -1, 0, 1, 2), ylim=self.HEIGHTS[index // 3])
            axes.grid(axis="both")
        self.figure.legend(handles=[line, slopes], loc="outside lower center", ncols=2)
        names = ", ".join(functions).replace("$e^x$", "e to the power x")
        self.alt = (f"Nine graphs, each with its measured slopes as dots: {names}. For a line the dots are level, "
                    "for x to the power 2 they lie on a line through 0, for x to the power 3 on a parabola, "
                    "for e to the power x on the graph itself.")  # fmt: skip


# --------------------------------------------------------------------------------------------- one weight


class WeightPicture(Picture):
    """The loss of a network over one of its weights; on it a dot with its tangent, or a walk.

    loss_at: a function from the weight to the loss.
    """

    def __init__(self, loss_at, low=-3.0, high=4.0, width=6.5, height=3.6):
        super().__init__(width, height)
        self.low, self.high = low, high
        weights = np.linspace(low, high, 71)
        axes = self.figure.subplots()
        axes.plot(weights, [loss_at(weight) for weight in weights], color=CURVE, linewidth=2.5, label="loss")
        (self.tangent,) = axes.plot([], [], color=TOUCH, label="tangent")
        (self.path,) = axes.plot([], [], "o-", color=TOUCH, markersize=6, linewidth=1.2)
        (self.dot,) = axes.plot([], [], "o", color=TOUCH, markersize=10)
        axes.set(xlim=(low, high), ylim=(0, 5.5), xlabel="one weight", ylabel="loss", title=" ")
        axes.grid(axis="y")
        self.axes = axes

    def update(self, weight, loss, slope):
        """weight, loss: where the dot is. slope: of the tangent there."""
        ends = np.array([self.low, self.high])
        self.path.set_data([], [])
        self.dot.set_data([weight], [loss])
        self.tangent.set_data(ends, line_through(weight, loss, slope, ends))
        self.axes.set_title(f"at weight {number(weight, 2)}: loss {number(loss, 2)}, slope {number(slope, 2)}")
        way = "rises to the right" if slope > 0 else "falls to the right"
        self.alt = (f"The loss over one weight, a smooth valley. A dot at {number(weight, 2)} with a loss of "
                    f"{number(loss, 2)}; its tangent {way} and leaves the curve further off.")  # fmt: skip
        return self

    def follow(self, next_weight, loss_at, slope_at, start=3.0, steps=20):
        """Draw the walk of a function `next_weight(weight, slope)`; its losses are in `self.losses`.

        As long as it returns nothing, there is no walk, and `self.losses` is blank (`...`).
        """
        self.tangent.set_data([], [])
        weights = [start]
        while len(weights) <= steps and not has_blank(weights[-1]):
            weights.append(next_weight(weights[-1], slope_at(weights[-1])))
        if has_blank(weights):
            self.losses = ...
            self.axes.set_title("no walk yet")
            self.alt = "The loss over one weight, a smooth valley. There is no walk on it yet."
            return self
        self.losses = [float(loss_at(weight)) for weight in weights]
        self.path.set_data(weights, self.losses)
        self.dot.set_data(weights[-1:], self.losses[-1:])
        self.axes.set_title(f"{steps} steps: loss {self.losses[0]:.2f} to {self.losses[-1]:.3f}")
        self.alt = (f"The loss over one weight, a smooth valley. A walk of {steps} steps goes from a loss of "
                    f"{self.losses[0]:.2f} to {self.losses[-1]:.2f}.")  # fmt: skip
        return self


# -------------------------------------------------------------------------------------------------- quiz


class SlopeQuizPicture(Picture):
    """A curve, and below it three others; one of them shows its slopes (quiz)."""

    def __init__(self, width=7.0, height=4.4):
        super().__init__(width, height)
        places = np.linspace(-2, 2, 161)
        curve = places**3 / 3 - places
        grid = self.figure.add_gridspec(2, 3, height_ratios=(1.1, 1))
        above = self.figure.add_subplot(grid[0, :])
        above.plot(places, curve, color=CURVE, linewidth=2.5)
        above.set_title("a curve")
        below = [self.figure.add_subplot(grid[1, column]) for column in range(3)]
        for axes, name, values, colour in zip(below, "ABC", (-curve, 1 - places**2, places**2 - 1), PALETTE[1:]):
            axes.plot(places, values, color=colour, linewidth=2.5)
            axes.set_title(name)
        for axes in (above, *below):
            axes.axhline(0, color=FAINT, linewidth=0.8, zorder=0.7)
            axes.axvline(0, color=FAINT, linewidth=0.8, zorder=0.7)
            axes.set(xlim=(-2, 2), ylim=(-1.6, 1.6), xticks=(-2, -1, 0, 1, 2), yticks=(-1, 0, 1))
            axes.grid(axis="x")
        self.alt = ("Above a curve that rises to x = −1, falls to x = 1 and rises again. Below three curves. A is the "
                    "first turned upside down. B is a hill, above 0 between −1 and 1. C is a valley, "
                    "below 0 between −1 and 1.")  # fmt: skip
