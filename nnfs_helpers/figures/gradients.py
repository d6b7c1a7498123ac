"""Pictures of slopes in several directions and of slopes through a chain (chapter 8)."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Wedge

from nnfs_helpers.check import has_blank
from nnfs_helpers.figures.picture import FAINT, INK, PALETTE, Picture
from nnfs_helpers.figures.search import DEEP_TO_HIGH
from nnfs_helpers.figures.vectors import TINTS, ball, link, sheet, word

CURVE, ARROW, OUTER = PALETTE[:3]
DOWN_TO_UP = LinearSegmentedColormap.from_list("down to up", [CURVE, "white", ARROW])
DOT = {"color": "white", "markeredgecolor": INK, "markeredgewidth": 1.5, "markersize": 9}


def two(value):
    """A number with two digits after the point, a true minus sign, and no minus before zero."""
    return f"{round(float(value), 2) + 0:.2f}".replace("-", "−")


def heights_of(function, x, y):
    """The function of two numbers at all places of a grid: shape (len(y), len(x)), float64."""
    return np.array([[float(function(each_x, each_y)) for each_x in x] for each_y in y])


# ------------------------------------------------------------------------------------ pieces of a picture


class HeightMap:
    """A function of two numbers as a map seen from above: dark blue is low, a white line stays at one height.

    axes: where to draw. low, high: how far the map goes, across and up.
    """

    def __init__(self, axes, function, low, high, places=49, levels=13):
        self.axes = axes
        grid = self.grid = np.linspace(low, high, places)
        self.heights = heights_of(function, grid, grid)
        self.range = float(self.heights.min()), float(self.heights.max())
        steps = np.linspace(self.range[0] - 1e-6, self.range[1] + 1e-6, levels)
        self.filled = axes.contourf(grid, grid, self.heights, levels=steps, cmap=DEEP_TO_HIGH, zorder=0.6)
        lines = {"colors": "white", "linewidths": 0.8, "linestyles": "solid", "zorder": 0.7}
        self.lines = axes.contour(grid, grid, self.heights, levels=steps[1:-1], **lines)
        axes.set(xlim=(low, high), ylim=(low, high), aspect="equal", xlabel="x", ylabel="y")

    def set_visible(self, is_visible):
        self.filled.set_visible(is_visible)
        self.lines.set_visible(is_visible)

    def greatest_slope(self, within):
        """About the greatest slope from -within to within, both ways, to know how long an arrow can get."""
        up, across = np.gradient(self.heights, self.grid[1] - self.grid[0])
        inside = np.abs(self.grid) <= within
        return float(np.max(np.hypot(up, across)[np.ix_(inside, inside)]))


class Cut:
    """A curve, a dot on it, and the straight line with the slope that it has there."""

    def __init__(self, axes, low, high, label, places=81):
        self.axes, self.places = axes, np.linspace(low, high, places)
        (self.curve,) = axes.plot([], [], color=CURVE)
        (self.tangent,) = axes.plot([], [], color=ARROW, linestyle="--")
        (self.dot,) = axes.plot([], [], "o", zorder=3, **DOT)
        axes.set(xlim=(low, high), xlabel=label)

    def update(self, heights, at, height, slope):
        """heights: of the curve at `self.places`. at, height: the dot. slope: measured there."""
        self.curve.set_data(self.places, heights)
        self.tangent.set_data(self.places, height + slope * (self.places - at))
        self.dot.set_data([at], [height])


def draw_arrow(axes, x, y, across, up, colour=ARROW, width=0.011, **look):
    """An arrow from (x, y), so far across and so far up; its `set_offsets` and `set_UVC` move it."""
    look = {"edgecolor": "white", "linewidth": 0.8, "zorder": 3, **look}
    return axes.quiver([x], [y], [across], [up], angles="xy", scale_units="xy", scale=1, color=colour, width=width,
                       headwidth=4.2, headlength=5, headaxislength=4.6, **look)  # fmt: skip


def hill(x, y):
    """An oval hill: three times as steep across as along."""
    return 3 - 0.5 * x**2 - 1.5 * y**2


# ------------------------------------------------------------------------------------------------ preview


def wheel_outline(x, y, radius, angle, teeth=14):
    """The corners of a toothed wheel, turned by `angle` degrees to the right; shape (4 · teeth, 2)."""
    turns = np.arange(teeth)[:, None] / teeth + np.array([-0.3, -0.16, 0.16, 0.3]) / teeth - angle / 360
    distances = radius * np.array([0.87, 1.06, 1.06, 0.87])
    angles = 2 * np.pi * turns
    return np.column_stack([(x + distances * np.cos(angles)).ravel(), (y + distances * np.sin(angles)).ravel()])


class GradientPreviewPicture(Picture):
    """Two questions: which way is steepest, and how far does the last wheel turn?"""

    def __init__(self, width=7.0, height=3.3):
        super().__init__(width, height)
        left, right = self.figure.subplots(1, 2, width_ratios=[1, 1.35])
        HeightMap(left, hill, -2, 2)
        left.plot([-1.2], [0.7], "o", zorder=3, **DOT)
        for angle in np.radians([-80, -30, 20, 70]):
            across, up = 0.62 * np.array([np.cos(angle), np.sin(angle)])
            left.annotate("", (-1.2 + across, 0.7 + up), (-1.2, 0.7), zorder=2,
                          arrowprops={"arrowstyle": "->", "linestyle": "--", "color": INK, "shrinkA": 8})  # fmt: skip
        left.set(xticks=(-2, 0, 2), yticks=(-2, 0, 2), title="which way is steepest?")
        right.set(xlim=(-0.1, 6.1), ylim=(-2.1, 2.4), aspect="equal", title="how far does the last one turn?")
        right.set_axis_off()
        wheels = [(1.05, 1.0, "x", CURVE), (2.75, 0.62, "u", ARROW), (4.62, 1.16, "y", OUTER)]
        for x, radius, name, colour in wheels:
            right.add_patch(Polygon(wheel_outline(x, 0, radius, 0), facecolor=TINTS[colour], edgecolor=colour))
            word(right, x, 0, name, size=13)
        turning = {"arrowstyle": "->", "connectionstyle": "arc3,rad=-0.5", "color": CURVE, "linewidth": 2}
        right.annotate("", (1.6, 1.15), (0.5, 1.15), arrowprops=turning)
        word(right, 1.05, 1.85, "a little")
        word(right, 4.62, 1.6, "?", size=16)
        self.alt = ("Left a map of an oval hill, with a dot on its slope and four dashed arrows that might be the "
                    "steepest way. Right three wheels with teeth, x, u and y, in a row: the first turns a "
                    "little, and a question mark stands above the last.")  # fmt: skip


def gradient_preview():
    """The first figure of chapter 8."""
    return GradientPreviewPicture()


# ------------------------------------------------------------------------------------------------- slices


class SlicesPicture(Picture):
    """A function of two numbers seen from above, and two cuts through it at one place: along x and along y."""

    def __init__(self, function, low=-1.0, high=5.0, width=7.0, height=2.9):
        super().__init__(width, height)
        self.function = function
        parts = self.figure.subplots(1, 3, width_ratios=[1.05, 1, 1])
        self.map = HeightMap(parts[0], function, low, high)
        parts[0].set(title="from above", xticks=(0, 2, 4), yticks=(0, 2, 4))
        (self.along_x,) = parts[0].plot([], [], color=INK, linewidth=1.6, zorder=1)
        (self.along_y,) = parts[0].plot([], [], color=INK, linewidth=1.6, linestyle=":", zorder=1)
        (self.dot,) = parts[0].plot([], [], "o", zorder=3, **DOT)
        self.limits = low, high
        self.cuts = [Cut(axes, low, high, name) for axes, name in zip(parts[1:], ("x", "y"))]
        for cut in self.cuts:
            bottom, top = self.map.range
            cut.axes.set(ylim=(bottom - 0.03 * (top - bottom), top), xticks=(0, 2, 4))
            cut.axes.grid(axis="y")

    def update(self, x, y, slope_x, slope_y):
        """x, y: the place. slope_x, slope_y: measured there."""
        height = self.function(x, y)
        self.along_x.set_data(self.limits, (y, y))
        self.along_y.set_data((x, x), self.limits)
        self.dot.set_data([x], [y])
        across, up = self.cuts
        across.update([self.function(each, y) for each in across.places], x, height, slope_x)
        up.update([self.function(x, each) for each in up.places], y, height, slope_y)
        across.axes.set(title=f"along x: slope {two(slope_x)}", xlabel=f"x, while y stays {y:g}")
        up.axes.set(title=f"along y: slope {two(slope_y)}", xlabel=f"y, while x stays {x:g}")
        self.alt = (f"Left a map with a dot at x = {x:g}, y = {y:g}, and through it a level line and "
                    f"an upright, dotted one. Middle the cut along x: its tangent has the slope {two(slope_x)}. Right "
                    f"the cut along y: a parabola, its tangent has the slope {two(slope_y)}.")  # fmt: skip
        return self


# ------------------------------------------------------------------------------------------------ compass


class CompassPicture(Picture):
    """The gradient as an arrow on a map, the slope in every direction, and three cuts: along x, along y, one's own way.

    surfaces: a dictionary from names to functions of two numbers.
    """

    LOW, HIGH = -2.5, 2.5
    WITHIN = 1.5  # the dot stays within -1.5 and 1.5, both ways
    LONGEST = 1.0  # so long the arrow at the steepest place there is drawn: it stays on the map

    def __init__(self, surfaces, width=7.0, height=5.6):
        super().__init__(width, height)
        self.surfaces = surfaces
        self.angles = np.arange(0, 361, 5)
        parts = self.figure.subplot_mosaic([[*"MMMAAA"], [*"XXYYWW"]], height_ratios=[1.7, 1])
        plan, around, cuts = parts["M"], parts["A"], [parts[name] for name in "XYW"]
        self.maps = {name: HeightMap(plan, function, self.LOW, self.HIGH) for name, function in surfaces.items()}
        self.greatest = {name: each.greatest_slope(self.WITHIN) for name, each in self.maps.items()}
        plan.set(xticks=(-2, -1, 0, 1, 2), yticks=(-2, -1, 0, 1, 2))
        (self.path,) = plan.plot([], [], color=INK, linestyle="--", linewidth=1.4, zorder=1)
        self.way = draw_arrow(plan, 0, 0, 0, 0, INK, width=0.014, zorder=3.1)
        self.arrow = draw_arrow(plan, 0, 0, 0, 0, width=0.024, zorder=3.2)
        (self.dot,) = plan.plot([], [], "o", zorder=3.5, clip_on=False, **DOT)
        self.plan, self.around = plan, around
        around.axhline(0, color=FAINT, linewidth=1.2, zorder=0)
        (self.curve,) = around.plot([], [], color=CURVE)
        (self.this_way,) = around.plot([], [], "o", zorder=3, clip_on=False, **DOT)
        around.set(xlim=(0, 360), xticks=(0, 90, 180, 270, 360), xlabel="direction")
        around.grid(axis="x")
        names = "x", "y", "dashed line"
        self.cuts = [Cut(axes, self.LOW, self.HIGH, name) for axes, name in zip(cuts, names)]
        for axes in cuts:
            axes.set(xticks=(-2, 0, 2))
        for axes in cuts[1:]:
            axes.tick_params(labelleft=False)
        marks = {"marker": r"$\rightarrow$", "markersize": 15, "linestyle": "none"}
        self.figure.legend(handles=[Line2D([], [], color=ARROW, label="gradient (longer: steeper)", **marks),
                                    Line2D([], [], color=INK, label="your direction", **marks)],
                           loc="outside lower center", ncols=2)  # fmt: skip
        self.present = None

    def update(self, name, x, y, gradient, around, direction, slope):
        """name: of the surface. x, y: the place. gradient: the two slopes there.

        around: the slope in each of the directions `self.angles`. direction: in degrees. slope: in that direction.
        """
        if name != self.present:
            self.change_surface(name)
        function, height = self.surfaces[name], self.surfaces[name](x, y)
        steepness = np.hypot(*gradient) + 1e-9  # its root makes the arrow: small ones remain to be seen
        length = self.LONGEST * np.sqrt(steepness / self.greatest[name])
        across, up = length / steepness * np.asarray(gradient, dtype=float)
        self.arrow.set_offsets([(x, y)])
        self.arrow.set_UVC([across], [up])
        turned = np.array([np.cos(np.radians(direction)), np.sin(np.radians(direction))])
        self.way.set_offsets([(x, y)])
        self.way.set_UVC(*(0.95 * turned[:, None]))
        self.path.set_data(*np.transpose([(x, y) - 6 * turned, (x, y) + 6 * turned]))
        self.dot.set_data([x], [y])
        self.plan.set_title(f"gradient ({two(gradient[0])}, {two(gradient[1])})")
        self.curve.set_data(self.angles, around)
        self.this_way.set_data([direction], [slope])
        self.around.set_title(f"slope in direction {direction}: {two(slope)}")
        along_x, along_y, this_way = self.cuts
        along_x.update([function(each, y) for each in along_x.places], x, height, gradient[0])
        along_y.update([function(x, each) for each in along_y.places], y, height, gradient[1])
        this_way.update([function(x + each * turned[0], y + each * turned[1]) for each in this_way.places], 0, height,
                        slope)  # fmt: skip
        along_x.axes.set_title(f"along x: slope {two(gradient[0])}")
        along_y.axes.set_title(f"along y: slope {two(gradient[1])}")
        this_way.axes.set_title(f"your way: slope {two(slope)}")
        self.alt = (f"A map of the surface {name}. {self.said_of_arrow(function, x, y, gradient)} "
                    f"The slope in direction {direction} degrees is {two(slope)}. Below three cuts with tangents: "
                    f"along x (slope {two(gradient[0])}), y ({two(gradient[1])}), and this way.")  # fmt: skip
        return self

    def change_surface(self, name):
        for other, each in self.maps.items():
            each.set_visible(other == name)
        bottom, top = self.maps[name].range
        margin = 0.08 * (top - bottom)
        for cut in self.cuts:
            cut.axes.set_ylim(bottom - margin, top + margin)
        self.around.set_ylim(-1.15 * self.greatest[name], 1.15 * self.greatest[name])
        self.present = name

    @staticmethod
    def said_of_arrow(function, x, y, gradient, step=1e-3):
        if np.hypot(*gradient) < 0.005:
            return f"At ({two(x)}, {two(y)}) there is no arrow: the gradient is zero."
        if abs(function(x + step, y) + function(x - step, y) - 2 * function(x, y)) > 0.1 * step:
            return f"At ({two(x)}, {two(y)}) the surface has a kink; the arrow is only what measuring gives there."
        return (f"At ({two(x)}, {two(y)}) an arrow, the gradient, crosses the contour line at a right angle and points "
                f"uphill.")  # fmt: skip


# -------------------------------------------------------------------------------------------------- gears


class GearsPicture(Picture):
    """Three wheels, x, u and y: the first turns the second, the second the third; below, the two functions.

    first, last: dictionaries from names to functions of one number, for the wheels between x and u, and u and y.
    """

    PLACES = [(0.75, CURVE, "x"), (3.5, ARROW, "u"), (6.25, OUTER, "y")]
    RADIUS, HEIGHT = 0.62, 1.0
    DEGREES = 180  # a wheel turns so far when its number grows by 1

    def __init__(self, first, last, width=7.0, height=4.9):
        super().__init__(width, height)
        self.first, self.last = first, last
        parts = self.figure.subplot_mosaic([["wheels", "wheels"], ["first", "last"]], height_ratios=[1.12, 1])
        self.axes, left, right = parts["wheels"], parts["first"], parts["last"]
        self.axes.set(xlim=(0, 7), ylim=(-0.6, 2.2), aspect="equal")
        self.axes.set_axis_off()
        self.draw_wheels()
        self.cuts = [Cut(left, -1, 1, "x"), Cut(right, -1.3, 1.3, "u")]
        self.afters = []
        for cut, top in zip(self.cuts, (1.3, 3.5)):
            cut.axes.set_ylim(-top, top)
            cut.axes.grid()
            (after,) = cut.axes.plot([], [], "o", color=INK, markersize=5, zorder=2.5)
            self.afters.append(after)
        left.set_ylabel("u")
        right.set_ylabel("y")

    def draw_wheels(self):
        self.wheels, self.wedges, self.pointers, self.values, self.turns, self.rates = [], [], [], [], [], []
        for x, colour, _ in self.PLACES:
            wheel = Polygon(wheel_outline(x, self.HEIGHT, self.RADIUS, 0), facecolor=TINTS[colour], edgecolor=colour,
                            linewidth=1.5)  # fmt: skip
            self.wheels.append(self.axes.add_patch(wheel))
            wedge = Wedge((x, self.HEIGHT), 0.8 * self.RADIUS, 90, 90, facecolor=colour, alpha=0.55, zorder=2)
            self.wedges.append(self.axes.add_patch(wedge))
            (pointer,) = self.axes.plot([], [], color=INK, linewidth=2.4, zorder=3)
            self.pointers.append(pointer)
            self.values.append(word(self.axes, x, 2.02, "", size=12))
            self.turns.append(word(self.axes, x, 0.02, "", size=12))
        for (left, _, _), (right, _, _) in zip(self.PLACES, self.PLACES[1:]):
            link(self.axes, (left + 0.78, self.HEIGHT), (right - 0.78, self.HEIGHT))
            self.rates.append(word(self.axes, (left + right) / 2, self.HEIGHT + 0.2, "", size=12))
        self.says = word(self.axes, 3.5, -0.42, "", size=12)

    def update(self, first, last, before, after, rates):
        """first, last: names of the two functions. before, after: x, u and y before and after the first wheel turns.

        rates: how many times as far u turns as x, and y as u.
        """
        turned = [float(b - a) for a, b in zip(before, after)]
        for number, (x, _, name) in enumerate(self.PLACES):
            self.turn_wheel(number, x, self.DEGREES * turned[number])
            self.values[number].set_text(f"{name} = {two(before[number])}")
            self.turns[number].set_text(f"turns by {signed(turned[number])}")
        for text, rate in zip(self.rates, rates):
            text.set_text(f"× {two(rate)}")
        product = rates[0] * rates[1]
        self.says.set_text(f"product of the rates {two(rates[0])} · {two(rates[1])} = {two(product)}, "
                           f"so y should turn by {signed(product * turned[0])}")  # fmt: skip
        for number, (cut, names, chosen) in enumerate(zip(self.cuts, (self.first, self.last), (first, last))):
            function = names[chosen]
            heights = [function(place) for place in cut.places]
            cut.update(heights, before[number], before[number + 1], rates[number])
            self.afters[number].set_data([after[number]], [after[number + 1]])
            cut.axes.set_title(f"{('u', 'y')[number]} = {chosen}, slope {two(rates[number])}")
        self.alt = (f"Three wheels. x turns by {signed(turned[0])}, u by {signed(turned[1])}, y by "
                    f"{signed(turned[2])}. Below, the functions u = {first} and y = {last} with tangents of the slopes "
                    f"{two(rates[0])} and {two(rates[1])}; their product is {two(product)}.")  # fmt: skip
        return self

    def turn_wheel(self, number, x, degrees):
        self.wheels[number].set_xy(wheel_outline(x, self.HEIGHT, self.RADIUS, degrees))
        shown = float(np.clip(degrees, -359.9, 359.9))
        wedge = self.wedges[number]
        wedge.set_theta1(min(90, 90 - shown))
        wedge.set_theta2(max(90, 90 - shown))
        angle = np.radians(90 - degrees)
        end = x + 0.8 * self.RADIUS * np.cos(angle), self.HEIGHT + 0.8 * self.RADIUS * np.sin(angle)
        self.pointers[number].set_data([x, end[0]], [self.HEIGHT, end[1]])


def signed(value):
    """A small number with its sign and three digits after the point."""
    rounded = round(float(value), 3) + 0
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else ''}{abs(rounded):.3f}"


# -------------------------------------------------------------------------------------------------- paths


class PathsPicture(Picture):
    """x reaches y on two paths, over u and over v; the rate stands on each line, the product behind each path."""

    def __init__(self, width=6.5, height=2.7):
        super().__init__(width, height)
        self.axes = sheet(self)

    def update(self, values, rates):
        """values: a dictionary with x, u, v and y. rates: a dictionary with "x to u", "u to y", "x to v", "v to y"."""
        axes = self.axes
        places = {"x": (0.6, 1.35, CURVE), "u": (2.2, 2.05, ARROW), "v": (2.2, 0.65, ARROW), "y": (3.8, 1.35, OUTER)}
        for way, rate in rates.items():
            start, end = (np.array(places[name][:2]) for name in way.split(" to "))
            step = (end - start) / np.hypot(*(end - start))
            link(axes, start + 0.34 * step, end - 0.34 * step)
            middle = (start + end) / 2 + np.array([0, 0.24 if "u" in way else -0.24])
            word(axes, *middle, f"× {rate:g}", ARROW, 12, weight="bold")
        for name, (x, y, colour) in places.items():
            ball(axes, x, y, f"{values[name]:g}", colour, radius=0.3)
            word(axes, x, y - 0.43 if name == "v" else y + 0.43, name, colour="#555555")
        products = [rates["x to u"] * rates["u to y"], rates["x to v"] * rates["v to y"]]
        above = f"over u: {rates['x to u']:g} · {rates['u to y']:g} = {products[0]:g}"
        below = f"over v: {rates['x to v']:g} · {rates['v to y']:g} = {products[1]:g}"
        word(axes, 4.45, 1.75, above, size=12, align="left")
        word(axes, 4.45, 1.3, below, size=12, align="left")
        word(axes, 4.45, 0.8, f"together: {sum(products):g}", size=12, align="left", weight="bold")
        self.alt = (f"x leads to u and to v, and both lead to y. Over u the rates multiply to {products[0]:g}, over v "
                    f"to {products[1]:g}; together that is {sum(products):g}.")  # fmt: skip
        return self


# -------------------------------------------------------------------------------------- slopes of weights


class WeightSlopesPicture(Picture):
    """A picture of 28 × 28 dots, and beside it the slopes of the loss along the weights that look at these dots."""

    def __init__(self, width=7.0, height=2.5):
        super().__init__(width, height)
        self.parts = self.figure.subplots(1, 4)
        for axes in self.parts:
            axes.set(xticks=(), yticks=())
            axes.spines[["top", "right"]].set_visible(True)
        self.bar = None

    def update(self, picture, slopes):
        """picture: 784 numbers from 0 to 1. slopes: for three neurons, a dictionary from a title to 784 slopes."""
        self.parts[0].imshow(np.reshape(picture, (28, 28)), cmap="gray", vmin=0, vmax=1)
        self.parts[0].set_title("the picture")
        limit = max(float(np.max(np.abs(each))) for each in slopes.values())
        for axes, (title, each) in zip(self.parts[1:], slopes.items()):
            image = axes.imshow(np.reshape(each, (28, 28)), cmap=DOWN_TO_UP, vmin=-limit, vmax=limit)
            axes.set_title(title)
        if self.bar is None:
            self.bar = self.figure.colorbar(image, ax=self.parts[1:], shrink=0.8)
            self.bar.set_label("slope")
            edge = float(f"{0.8 * limit:.1g}")
            self.bar.set_ticks((-edge, 0, edge))
        said = [f"those of {title} {self.look(each)}" for title, each in slopes.items()]
        self.alt = (f"A picture of a ring, and three squares of 28 × 28 slopes: {', '.join(said[:-1])}, and "
                    f"{said[-1]}.")  # fmt: skip
        return self

    @staticmethod
    def look(slopes):
        if np.max(np.abs(slopes)) < 1e-8:
            return "are all zero"
        return f"show the same ring, with {'positive' if np.sum(slopes) > 0 else 'negative'} slopes"


# -------------------------------------------------------------------------------------------------- order


class OrderedSurfacePicture(Picture):
    """A surface made to order: the arrow that was wanted at a place, and the one that the surface has there."""

    def __init__(self, place=(1, 2), wanted=(3, -4), width=4.6, height=4.3):
        super().__init__(width, height)
        self.place, self.wanted = place, wanted
        self.axes = self.figure.subplots()
        self.map = None
        draw_arrow(self.axes, *place, *(0.25 * np.array(wanted)), colour="#888888", width=0.03)
        self.arrow = draw_arrow(self.axes, *place, 0, 0, zorder=3.2)
        self.axes.plot(*place, "o", zorder=3.5, **DOT)
        self.axes.set(xlim=(-1, 3), ylim=(0, 4), aspect="equal", xlabel="x", ylabel="y",
                      xticks=(-1, 0, 1, 2, 3), yticks=(0, 1, 2, 3, 4))  # fmt: skip
        marks = {"markersize": 15, "linestyle": "none", "marker": r"$\rightarrow$"}
        self.figure.legend(handles=[Line2D([], [], color="#888888", label="wanted", **marks),
                                    Line2D([], [], color=ARROW, label="yours", **marks)],
                           loc="outside lower center", ncols=2)  # fmt: skip

    def update(self, function, step=1e-5):
        """function: of two numbers. As long as it returns nothing, the map stays empty."""
        x, y = self.place
        corners = [function(x + step, y), function(x - step, y), function(x, y + step), function(x, y - step)]
        if not has_blank(corners) and np.ndim(corners) > 1:
            self.axes.set_title("a height is one number")
            self.alt = "An empty map with an arrow: the function did not return one number."
            return self
        if has_blank(corners):
            self.axes.set_title("no surface yet")
            self.alt = "An empty map with a dot at (1, 2) and the arrow that is wanted there: to the right and down."
            return self
        gradient = (corners[0] - corners[1]) / (2 * step), (corners[2] - corners[3]) / (2 * step)
        self.arrow.set_UVC([0.25 * gradient[0]], [0.25 * gradient[1]])
        across, up = np.linspace(-1, 3, 49), np.linspace(0, 4, 49)
        heights = heights_of(function, across, up)
        if np.ptp(heights) > 0:
            self.axes.contourf(across, up, heights, levels=13, cmap=DEEP_TO_HIGH, zorder=0.6)
            lines = {"colors": "white", "linewidths": 0.8, "linestyles": "solid", "zorder": 0.7}
            self.axes.contour(across, up, heights, levels=13, **lines)
        self.axes.set_title(f"gradient ({two(gradient[0])}, {two(gradient[1])})")
        self.alt = (f"A map of your surface. At (1, 2) its gradient is ({two(gradient[0])}, {two(gradient[1])}); "
                    f"wanted is (3, −4).")  # fmt: skip
        return self


# --------------------------------------------------------------------------------------------------- quiz


class GradientQuizPicture(Picture):
    """An oval hill from above with a dot on it and three arrows, one of which is the gradient (quiz)."""

    def __init__(self, width=4.8, height=4.0):
        super().__init__(width, height)
        axes = self.figure.subplots()
        HeightMap(axes, hill, -2, 2)
        x, y = -1.4, -0.8
        slopes = np.array([-x, -3 * y])
        uphill = slopes / np.hypot(*slopes)
        to_top = -np.array([x, y]) / np.hypot(x, y)
        arrows = {"A": np.array([uphill[1], -uphill[0]]), "B": to_top, "C": uphill}
        for (name, arrow), colour in zip(arrows.items(), (INK, PALETTE[0], ARROW)):
            draw_arrow(axes, x, y, *(1.0 * arrow), colour=colour, width=0.015)
            box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.85}
            word(axes, *(np.array([x, y]) + 1.22 * arrow), name, colour, 12, weight="bold", bbox=box, zorder=4)
        axes.plot([x], [y], "o", zorder=3.5, **DOT)
        axes.set(xticks=(-2, 0, 2), yticks=(-2, 0, 2))
        self.alt = ("An oval hill from above; its top is in the middle. From a dot at the lower left three arrows "
                    "start: A runs along the contour line, B points to the top, C crosses the contour line at a right "
                    "angle, uphill.")  # fmt: skip
