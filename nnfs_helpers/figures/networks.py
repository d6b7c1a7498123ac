"""Pictures of networks: neurons, weights, and what a network says about every point of a plane (chapter 3)."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from nnfs_helpers.check import has_blank
from nnfs_helpers.figures.picture import FAINT, INK, PALETTE, Picture, scatter_classes
from nnfs_helpers.figures.plane import ColouredPlane, PointsPicture, limit_of, through

POSITIVE, NEGATIVE = PALETTE[0], PALETTE[1]
DASHES = (0, (4, 1.5))
GREY = "#777777"  # where blue and orange stand for classes


# ------------------------------------------------------------------------------------ a network in one axes


class NetworkDrawing:
    """A network in one part of a picture: a circle for every neuron, a line for every weight.

    The thicker a line, the larger the weight; positive ones are solid, negative ones dashed.
    Of a long column of neurons only both ends are drawn, with three dots between them.

    axes: where to draw; left, right, bottom, top: the part of it, from 0 to 1.
    circle: the diameter of a neuron in points. most_circles: the longest column drawn in full.
    colours: of positive and of negative weights.
    """

    def __init__(self, axes, circle=15, most_circles=16, left=0.08, right=0.92, bottom=0.05, top=0.95,
                 colours=(POSITIVE, NEGATIVE)):  # fmt: skip
        self.axes = axes
        self.most_circles = most_circles
        self.left, self.right, self.bottom, self.top = left, right, bottom, top
        axes.set(xlim=(0, 1), ylim=(0, 1))
        axes.axis("off")
        self.positive = axes.add_collection(LineCollection([], colors=colours[0]))
        self.negative = axes.add_collection(LineCollection([], colors=colours[1], linestyles=[DASHES]))
        self.neurons = axes.scatter([], [], s=circle**2, linewidths=1.2, zorder=3)
        self.dots = axes.scatter([], [], s=6, color=INK, zorder=3)

    def update(self, weights, last_colours=None):
        """weights: one array of shape (inputs, neurons) per layer. last_colours: of the last column.

        Returns the places of the circles: one array of rows (x, y) per column, the inputs first.
        """
        sizes = column_sizes(weights)
        across = np.linspace(self.left, self.right, len(sizes))
        shown = [both_ends(size, self.most_circles) for size in sizes]
        places = [self.column(x, rows, size) for x, rows, size in zip(across, shown, sizes)]
        self.draw_lines(weights, shown, places)
        faces = ["white"] * sum(map(len, shown))
        if last_colours is not None:
            faces[-len(shown[-1]):] = last_colours
        self.neurons.set_offsets(np.concatenate(places))
        self.neurons.set_facecolor(faces)
        self.neurons.set_edgecolor(INK)
        shortened = [column for column, size in zip(places, sizes) if len(column) < size]
        self.dots.set_offsets(np.reshape([three_dots(column) for column in shortened], (-1, 2)))
        return places

    def set_alpha(self, alpha):
        for artist in (self.positive, self.negative, self.neurons, self.dots):
            artist.set_alpha(alpha)

    def set_visible(self, visible):
        for artist in (self.positive, self.negative, self.neurons, self.dots):
            artist.set_visible(visible)

    def column(self, x, rows, size):
        """The places of one column of circles, centred, with a gap where some are left out."""
        heights = np.arange(len(rows), dtype=float)
        if len(rows) < size:
            heights[len(rows) // 2:] += 1.5
        step = (self.top - self.bottom) / max(4.0, heights[-1])
        middle = (self.bottom + self.top) / 2
        return np.column_stack([np.full(len(rows), x), middle - step * (heights - heights.mean())])

    def draw_lines(self, weights, shown, places):
        lines, values = [], []
        for layer, array in enumerate(weights):
            for row, start in zip(shown[layer], places[layer]):
                for column, end in zip(shown[layer + 1], places[layer + 1]):
                    lines.append((start, end))
                    values.append(array[row, column])
        lines, values = np.array(lines), np.array(values)
        thickest = 4.0 if len(lines) < 100 else 1.8
        widths = 0.3 + thickest * np.abs(values) / (np.max(np.abs(values)) or 1.0)
        for collection, chosen in ((self.positive, values >= 0), (self.negative, values < 0)):
            collection.set_segments(list(lines[chosen]))
            collection.set_linewidths(widths[chosen])


def column_sizes(weights):
    """How many circles each column of the network stands for, the inputs first."""
    return [weights[0].shape[0], *(array.shape[1] for array in weights)]


def both_ends(size, most):
    """Which of `size` neurons are drawn: all of them, or as many from both ends as fit."""
    if size <= most:
        return list(range(size))
    half = most // 2 - 1
    return [*range(half), *range(size - half, size)]


def three_dots(column):
    """Three places in the gap of a shortened column."""
    upper, lower = column[len(column) // 2 - 1], column[len(column) // 2]
    return [upper + (lower - upper) * part for part in (0.35, 0.5, 0.65)]


def layer_names(n_layers):
    """What the columns of a drawn network are called."""
    hidden = ["hidden layer"] if n_layers == 2 else [f"hidden layer {number}" for number in range(1, n_layers)]
    return ["inputs", *hidden, "output layer"]


def write_sizes(axes, places, sizes, names, height):
    """Writes under each column what it is and how many circles it stands for."""
    for column, size, name in zip(places, sizes, names):
        text = f"{size} {name}" if name == "inputs" else f"{name}\n{size} neurons"
        axes.text(column[0, 0], height, text, ha="center", va="top")


# --------------------------------------------------------------------------------------- one whole network


class NetworkPicture(Picture):
    """A small network with a name in every circle.

    The weights of its first input and of its first output neuron are written on their lines.
    """

    def __init__(self, width=6.5, height=3.9):
        super().__init__(width, height)
        self.figure.set_layout_engine("none")  # every part has its place here
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.drawing = NetworkDrawing(self.axes, circle=36, left=0.1, right=0.9, bottom=0.25, top=0.98)
        positive = Line2D([], [], color=POSITIVE, linewidth=3, label="positive weight")
        negative = Line2D([], [], color=NEGATIVE, linewidth=3, linestyle=DASHES, label="negative weight")
        self.axes.legend(handles=[positive, negative], loc="lower center", ncols=2, handlelength=3)

    def update(self, weights, names=("x", "h", "out")):
        """weights: one array of shape (inputs, neurons) per layer. names: of a circle in each column."""
        sizes = column_sizes(weights)
        places = self.drawing.update(weights)
        for column, name in zip(places, names):
            for number, (x, y) in enumerate(column):
                self.axes.text(x, y, f"{name}{number}", ha="center", va="center", zorder=4)
        for neuron, value in zip(places[1], weights[0][0]):
            self.write_on_line(places[0][0], neuron, value)
        for neuron, value in zip(places[-2], weights[-1][:, 0]):
            self.write_on_line(places[-1][0], neuron, value)
        write_sizes(self.axes, places, sizes, layer_names(len(weights)), 0.24)
        neurons = " and ".join(f"{size} neurons" for size in sizes[1:])
        self.alt = (f"A network: {sizes[0]} inputs, then {neurons}. Lines run only from one column to the next; "
                    "none runs from an input to an output neuron. "
                    f"The weights of {names[0]}0 and of {names[-1]}0 are written on their lines.")  # fmt: skip
        return self

    def write_on_line(self, near, far, value):
        """Writes a weight on its line, a little nearer to the circle `near`, with a white ground."""
        x, y = near + 0.3 * (far - near)
        ground = {"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"}
        self.axes.text(x, y, f"{value:g}".replace("-", "−"), ha="center", va="center", zorder=5, bbox=ground)


class ParameterCountPicture(Picture):
    """A network with the number of its parameters written over every layer."""

    def __init__(self, width=7.0, height=4.5):
        super().__init__(width, height)
        self.figure.set_layout_engine("none")  # every part has its place here
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.drawing = NetworkDrawing(self.axes, circle=12, most_circles=10, bottom=0.25, top=0.79)

    def update(self, layers):
        """layers: the network, as a list of layers with weights and biases."""
        weights = [layer.weights for layer in layers]
        sizes = column_sizes(weights)
        places = self.drawing.update(weights)
        write_sizes(self.axes, places, sizes, layer_names(len(layers)), 0.19)
        counts = [layer.weights.size + layer.biases.size for layer in layers]
        for left, right, layer, count in zip(places, places[1:], layers, counts):
            inputs, neurons = layer.weights.shape
            text = f"{inputs} × {neurons} weights\n+ {neurons} biases\n= {count:,}"
            self.axes.text((left[0, 0] + right[0, 0]) / 2, 0.98, text, ha="center", va="top")
        total = f"{' + '.join(f'{count:,}' for count in counts)} = {sum(counts):,} parameters"
        self.axes.text(0.5, 0.03, total, ha="center", va="bottom", weight="bold")
        self.alt = (f"A network {'-'.join(map(str, sizes))} with its parameters layer by layer: "
                    f"{', '.join(f'{count:,}' for count in counts)}; together {sum(counts):,}.")  # fmt: skip
        return self


# ----------------------------------------------------------------------------------------- layers collapse


class LayersCollapsePicture(Picture):
    """Left a stack of layers from one input to one output, right its output for many inputs.

    inputs: the inputs to send through the stack, shape (41, 1).
    """

    def __init__(self, width=7.0, height=3.8):
        super().__init__(width, height)
        self.figure.set_layout_engine("none")  # every part has its place here
        self.inputs = np.linspace(-2.0, 2.0, 41).reshape(-1, 1)
        left = self.figure.add_axes((0.005, 0, 0.42, 1))
        self.stack = NetworkDrawing(left, circle=15, bottom=0.2, top=0.84)
        self.single = NetworkDrawing(left, circle=24, bottom=0.2, top=0.84)
        self.sizes = left.text(0.5, 0.907, "", ha="center", va="center")
        self.axes = self.figure.add_axes((0.56, 0.31, 0.42, 0.56))
        self.axes.set(xlim=(-2, 2), xlabel="input", ylabel="output")
        self.axes.axhline(0, color=FAINT, linewidth=0.8)
        self.axes.axvline(0, color=FAINT, linewidth=0.8)
        (self.stack_line,) = self.axes.plot([], [], color=PALETTE[6], linewidth=8, solid_capstyle="butt")
        (self.single_line,) = self.axes.plot([], [], color=INK, linewidth=2, linestyle="--")
        self.verdict = self.axes.text(0.5, -0.33, "", ha="center", va="top", transform=self.axes.transAxes)

    def update(self, layers, single, stack_output, single_output, merged):
        """layers: the stack; single: the one layer it merges into; then the outputs of both for `inputs`.

        merged: whether the single layer and its line are shown as well.
        """
        self.stack.update([layer.weights for layer in layers])
        self.single.update([single.weights])
        self.stack.set_alpha(0.12 if merged else 1.0)
        self.single.set_visible(merged)
        shown = [single] if merged else layers
        n_weights, n_biases = (sum(getattr(layer, name).size for layer in shown) for name in ("weights", "biases"))
        sizes = f"{counted(len(shown), 'layer')}: {counted(n_weights, 'weight')}, {counted(n_biases, 'bias')}"
        self.sizes.set_text(sizes)

        self.scale_axis(np.max(np.abs(stack_output)))
        self.stack_line.set_data(self.inputs[:, 0], stack_output[:, 0])
        self.single_line.set_data(self.inputs[:, 0], single_output[:, 0])
        self.single_line.set_visible(merged)
        weight, bias = single.weights[0, 0], single.biases[0, 0]
        sign = "−" if bias < 0 else "+"
        formula = f"output = {weight:.2f} · input {sign} {abs(bias):.2f}".replace("-", "−")
        self.axes.set_title(formula if merged else "output of the stack")
        self.judge(layers, np.max(np.abs(stack_output - single_output)), merged)
        return self

    def scale_axis(self, largest):
        """A few fixed scales, so that the axis seldom jumps."""
        limit = next((limit for limit in (1.0, 2.0, 4.0, 8.0, 16.0) if largest <= limit), 1.1 * largest)
        if self.axes.get_ylim() != (-limit, limit):
            self.axes.set_ylim(-limit, limit)

    def judge(self, layers, difference, merged):
        stack = f"A stack of {counted(len(layers), 'layer')} draws a straight line"
        if not merged:
            self.verdict.set_text("tick merged:\none layer instead of all")
            self.alt = f"{stack} from left to right: output against input, without any bend."
            return
        self.verdict.set_text(f"dashed: the one layer,\n{difference:.1g} away at most")
        within = "agree except for rounding" if difference < 1e-12 else f"are up to {difference:.1e} apart"
        self.alt = f"{stack}; the line of the one merged layer, dashed, lies on it: the two {within}."


def two_digits(number):
    """0.000024, 24, 290: as people write it, as long as that is not too long."""
    number = float(f"{number:.2g}")
    return f"{number:,.0f}" if abs(number) >= 10 else f"{number:g}"


def counted(number, word):
    """1 layer, 3 layers, 2 biases."""
    plural = f"{word}es" if word.endswith("s") else f"{word}s"
    return f"{number} {word if number == 1 else plural}"


# ------------------------------------------------------------------------------- a network's view of a plane


class SpiralPicture(PointsPicture):
    """The points of `spiral_data`, with a pale line along each arm: where its points would lie without chance."""

    def __init__(self, width=5.6, height=4.0):
        super().__init__(width, height)

    def update(self, points, labels):
        super().update(points, labels)
        for label in np.unique(labels):
            radius = np.linspace(0.0, 1.0, 100)
            angle = 2.5 * (4 * label + 4 * radius)  # the package nnfs turns each arm by this much
            self.axes.plot(radius * np.sin(angle), radius * np.cos(angle), color=PALETTE[label], alpha=0.35,
                           linewidth=5, zorder=0.9)  # fmt: skip
        self.axes.set(xlabel="first feature", ylabel="second feature")
        self.axes.legend(loc="center left", bbox_to_anchor=(1.02, 0.5), markerscale=1.5)
        self.alt = f"{self.alt} Each class is one arm of a spiral; the arms wind around each other."
        return self


class SpiralNetworkPicture(Picture):
    """Left a network from two inputs to three outputs, right the class it gives to every place of the plane.

    points: the points drawn over the plane, shape (samples, 2). labels: their classes, shape (samples,).
    """

    def __init__(self, points, labels, width=7.0, height=3.9):
        super().__init__(width, height)
        self.figure.set_layout_engine("none")  # every part has its place here
        self.points, self.labels = points, labels
        left = self.figure.add_axes((0.005, 0, 0.42, 1))
        self.network = NetworkDrawing(left, circle=16, bottom=0.16, top=0.86, colours=(GREY, GREY))
        self.sizes = left.text(0.5, 0.935, "", ha="center", va="center")
        self.largest = left.text(0.5, 0.06, "", ha="center", va="center")
        right = self.figure.add_axes((0.55, 0.15, 0.42, 0.754))
        self.plane = ColouredPlane(right, limit_of(points))
        right.set(xlabel="first feature", ylabel="second feature")
        scatter_classes(right, points, labels)

    def update(self, layers):
        """layers: the network, as a list of layers. A place gets the colour of its largest output."""
        outputs = through(layers)(self.points)
        share = f"{np.mean(np.argmax(outputs, axis=1) == self.labels):.0%}"
        self.network.update([layer.weights for layer in layers], last_colours=PALETTE[:3])
        self.plane.update(layers)
        self.sizes.set_text(" – ".join(str(size) for size in column_sizes([layer.weights for layer in layers])))
        self.largest.set_text(f"largest output: {two_digits(np.max(outputs))}")
        self.plane.axes.set_title(f"{share} of the points in their own colour")
        n_areas = len(np.unique(np.argmax(through(layers)(self.plane.places), axis=1)))
        areas = "one colour everywhere" if n_areas == 1 else f"{n_areas} areas with straight borders"
        self.alt = (f"The plane as a network of {counted(len(layers), 'layer')} colours it: {areas}. "
                    f"{share} of the spiral's points lie in the area of their own colour.")  # fmt: skip
        return self


def spiral_network_preview():
    """The first figure of chapter 3: what the chapter builds, with weights of its own."""
    from nnfs.datasets import spiral_data

    from nnfs_helpers.precision import book_precision

    with book_precision(seed=0):
        points, labels = spiral_data(samples=100, classes=3)
    random = np.random.RandomState(10)
    weights = [random.normal(size=size) for size in ((2, 6), (6, 6), (6, 3))]
    picture = SpiralNetworkPicture(points, labels).update([DrawnLayer(array) for array in weights])
    picture.largest.set_text("dashed: negative weight")  # the size of the outputs is for later
    return picture


class DrawnLayer:
    """As much of a layer as a picture needs before the reader has built one."""

    def __init__(self, weights):
        self.weights = weights

    def forward(self, inputs):
        self.output = np.dot(inputs, self.weights)


# --------------------------------------------------------------------------------- exercises and quiz


class BorderPicture(Picture):
    """The plane as a layer of two neurons divides it, and the border that it is meant to have."""

    def __init__(self, border=0.5, width=4.4, height=4.1):
        super().__init__(width, height)
        self.border = border
        axes = self.figure.subplots()
        self.plane = ColouredPlane(axes, 1.0)
        axes.set(xlabel="x", ylabel="y", title=f"The border should be at x = {border}")
        axes.axvline(border, color=INK, linestyle="--", zorder=3)
        self.words = axes.text(-0.25, 0, "", ha="center", va="center")
        ground = {"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": "none"}
        self.names = [
            axes.text(0, 0, f"neuron {number}\nlarger", ha="center", va="center", zorder=4, bbox=ground)
            for number in (0, 1)
        ]

    def update(self, weights, biases):
        """weights: shape (2, 2), biases: shape (1, 2). Anything else leaves the plane white, and says why."""
        if has_blank([weights, biases]):
            problem = "choose the numbers first"
        elif np.shape(weights) != (2, 2) or np.shape(biases) != (1, 2):
            problem = "the shapes should be\n(2, 2) and (1, 2)"
        else:
            problem = ""
        self.words.set_text(problem)
        for name in self.names:
            name.set_visible(False)
        asked = f"A dashed line at x = {self.border} shows the wanted border."
        if problem:
            self.alt = f"{asked} The plane is still white: {' '.join(problem.split())}."
            return self

        def layer(points):
            return np.dot(points, weights) + np.array(biases)

        self.plane.update(layer)
        wanted = self.plane.places[:, 0] > self.border
        winner = np.argmax(layer(self.plane.places), axis=1)
        self.name_areas(winner)
        share = np.mean(winner == wanted)
        self.alt = f"{asked} Neuron 0 wins the blue part, neuron 1 the orange; {share:.0%} of the plane is as asked."
        return self

    def name_areas(self, winner):
        """Writes into each area which neuron is the larger there, unless the area is too narrow for it."""
        for number, name in enumerate(self.names):
            area = self.plane.places[winner == number]
            name.set_visible(len(area) > 0.15 * len(winner))
            if name.get_visible():
                name.set_position(area.mean(axis=0))


class StraightOrBentPicture(Picture):
    """Three planes in three colours; only the first can come from layers alone (quiz of chapter 3)."""

    def __init__(self, width=7.0, height=2.7):
        super().__init__(width, height)
        parts = self.figure.subplots(1, 3)
        for axes, letter, outputs in zip(parts, "ABC", (wedges, disc, corner)):
            ColouredPlane(axes, 1.0).update(outputs)
            axes.set(xticks=[], yticks=[], xlabel="", ylabel="", title=letter)
            axes.spines[:].set_visible(True)
        self.alt = ("Three planes in three colours. A: three straight borders meet in one point. "
                    "B: a round area. C: the border between two of the colours has a corner.")  # fmt: skip


def wedges(points):
    x, y = points.T
    return np.column_stack([x - 0.3, -0.6 * x + y, -0.4 * x - y + 0.2])


def disc(points):
    x, y = points.T
    return np.column_stack([0.3 - x**2 - y**2, 0.05 * x, -0.05 * x])


def corner(points):
    x, y = points.T
    return np.column_stack([y - np.abs(x) + 0.3, np.zeros_like(x), np.minimum(x, -y) - 0.5])
