"""Pictures of neurons, vectors and matrices: numbers that are multiplied and added. See chapter 2.

In all of them the inputs are blue, the weights red, the bias is purple and the output green.
"""

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Rectangle

from nnfs_helpers.figures.picture import FAINT, INK, PALETTE, Picture, in_style

__all__ = [
    "DotProductPicture",
    "LayerPicture",
    "LetterPicture",
    "MatrixProductPicture",
    "NeuronPicture",
    "QUIZ_INPUTS",
    "QUIZ_WEIGHTS",
    "ShapesPicture",
    "arrow",
    "arrow_quiz",
    "first_layer",
    "letter_batch",
]

INPUT, WEIGHT, OUTPUT = PALETTE[:3]
BIAS = "#A2508B"  # a darker shade of the palette's purple: it is used for words
TINTS = {INPUT: "#D3E6F2", WEIGHT: "#F9DFCC", BIAS: "#EEDCE9", OUTPUT: "#CDE8DF"}
GREY = "#8C8C8C"


# --------------------------------------------------------------------------------------- numbers and arrows


def number(value, digits=3):
    """A number as a short text, with a true minus sign and without a trailing or a negative zero."""
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def two_places(value):
    """A number with two digits after the point, always."""
    return f"{value:.2f}".replace("-", "−")


def numbers(values, digits=3):
    """Some numbers as text: "1, 2 and 3"."""
    texts = [number(value, digits) for value in values]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def arrow(angle, length=1.0):
    """The two numbers of an arrow: its way to the right and its way up.

    angle: in degrees, from the right, turning to the left. Returns an array of shape (2,).
    """
    return length * np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])


def angle_of(vector):
    """The direction of an arrow in degrees, between -180 and 180."""
    return float(np.degrees(np.arctan2(vector[1], vector[0])))


# ------------------------------------------------------------------------------------- pieces of a drawing


def place_by_hand(picture, place):
    """Axes that stay exactly where they are put: left, bottom, width and height as parts of the picture."""
    picture.figure.set_layout_engine("none")
    return picture.figure.add_axes(place)


def sheet(picture):
    """An empty sheet over the whole picture, measured in inches, without axes."""
    width, height = picture.figure.get_size_inches()
    axes = place_by_hand(picture, (0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(0, height))
    axes.set_axis_off()
    return axes


def clear(axes):
    """Wipe a sheet for the next drawing."""
    limits = axes.get_xlim(), axes.get_ylim()
    axes.clear()
    axes.set(xlim=limits[0], ylim=limits[1])
    axes.set_axis_off()


def word(axes, x, y, text, colour=INK, size=11, align="center", **style):
    return axes.text(x, y, text, color=colour, fontsize=size, ha=align, va="center", **style)


def ball(axes, x, y, text, colour, radius=0.26, size=12):
    """A circle with a number in it."""
    axes.add_patch(Circle((x, y), radius, facecolor=TINTS[colour], edgecolor=colour, linewidth=1.8, zorder=3))
    return word(axes, x, y, text, size=size, zorder=4)


def link(axes, start, end, colour=GREY, width=1.5, head="-|>,head_length=0.5,head_width=0.22", scale=14, zorder=1):
    """A straight arrow, or with head="-" a line."""
    return axes.add_patch(FancyArrowPatch(start, end, arrowstyle=head, mutation_scale=scale, linewidth=width,
                                          color=colour, shrinkA=0, shrinkB=0, zorder=zorder))  # fmt: skip


def draw_output(axes, x, y, output, edge=OUTPUT, face=TINTS[OUTPUT], weight="bold"):
    """An output, in a rounded box."""
    axes.add_patch(FancyBboxPatch((x - 0.34, y - 0.15), 0.68, 0.3, boxstyle="round,pad=0.05", facecolor=face,
                                  edgecolor=edge, linewidth=2, zorder=3))  # fmt: skip
    word(axes, x, y, number(output), size=12, weight=weight, zorder=4)


def label(axes, x, y, text, colour, align="center"):
    """Bold words on white, so that no line runs through them."""
    return word(axes, x, y, text, colour, 12, align, weight="bold", zorder=5,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip


def block(axes, array, left, top, width=0.52, height=0.3, rows=(), columns=(), colour=INPUT, write=number):
    """A matrix as a block of cells, with its upper left corner at (left, top); `rows` and `columns` are tinted.

    write: how a number becomes a text.
    """
    for (row, column), value in np.ndenumerate(array):
        x, y = left + column * width, top - (row + 1) * height
        marked = row in rows or column in columns
        face, edge, zorder = (TINTS[colour], colour, 3) if marked else ("white", GREY, 2)
        axes.add_patch(Rectangle((x, y), width, height, facecolor=face, edgecolor=edge, zorder=zorder))
        word(axes, x + width / 2, y + height / 2, write(value), zorder=4)


# --------------------------------------------------------------------------------------------- one neuron


class NeuronPicture(Picture):
    """One neuron at work: every input times its weight, the products and the bias added up."""

    def __init__(self):
        super().__init__(6.5, 3.3)
        self.axes = sheet(self)

    def update(self, inputs, weights, bias, output):
        """inputs, weights: as many numbers each (up to 5). bias, output: a number."""
        axes, heights = self.axes, np.linspace(2.55, 0.35, len(inputs))
        middle = 1.45
        clear(axes)
        for x, heading in ((0.5, "inputs"), (1.6, "weights"), (2.75, "products"), (6.0, "output")):
            word(axes, x, 3.05, heading, colour="#555555")
        for height, value, weight in zip(heights, inputs, weights):
            link(axes, (0.76, height), (2.38, height), WEIGHT)
            ball(axes, 0.5, height, number(value), INPUT)
            label(axes, 1.55, height, f"× {number(weight)}", WEIGHT)
            word(axes, 2.72, height, number(value * weight), size=12)
            link(axes, (3.05, height), (4.05, middle + 0.15 * (height - middle)))
        self.draw_sum(middle, bias, output)
        self.alt = (f"A neuron: the inputs {numbers(inputs)} are multiplied by the weights {numbers(weights)}; "
                    f"the products and the bias {number(bias)} add up to the output {number(output)}.")  # fmt: skip
        return self

    def draw_sum(self, middle, bias, output):
        axes = self.axes
        link(axes, (4.45, 2.68), (4.45, middle + 0.42), BIAS)
        word(axes, 4.45, 3.05, "bias", colour="#555555")
        ball(axes, 4.45, 2.68, number(bias), BIAS)
        axes.add_patch(Circle((4.45, middle), 0.4, facecolor="white", edgecolor=INK, linewidth=2.2, zorder=3))
        word(axes, 4.45, middle, "sum", size=13, zorder=4)
        link(axes, (4.85, middle), (5.57, middle))
        draw_output(axes, 6.0, middle, output)


# ------------------------------------------------------------------------------------- a layer, and a batch


def draw_layer(axes, weights, left, right, bottom, top, neuron=None):
    """The connections of a layer; those of one neuron can stand out. Returns the places of inputs and neurons."""
    neuron_count, input_count = np.shape(weights)
    inputs = [(left, y) for y in np.linspace(top, bottom, input_count)]
    margin = 0.12 * (top - bottom)
    neurons = [(right, y) for y in np.linspace(top - margin, bottom + margin, neuron_count)]
    for row, end in enumerate(neurons):
        for start in inputs:
            link(axes, start, end, WEIGHT if row == neuron else FAINT, 1.8 if row == neuron else 1.0, head="-")
    return inputs, neurons


class LayerPicture(Picture):
    """A layer: all neurons look at the same inputs, each with weights of its own. One neuron is picked out."""

    def __init__(self):
        super().__init__(6.5, 3.6)
        self.axes = sheet(self)

    def update(self, inputs, weights, biases, outputs, show=0):
        """inputs: a list. weights: a row for each neuron. biases, outputs: a number for each neuron.

        show: the index of the neuron whose weights are written beside their lines.
        """
        axes = self.axes
        clear(axes)
        for x, heading in ((0.5, "inputs"), (3.65, "neurons"), (4.72, "sum + bias"), (5.8, "outputs")):
            word(axes, x, 3.37, heading, colour="#555555")
        starts, ends = draw_layer(axes, weights, 0.5, 3.65, 0.5, 2.85, show)
        for (x, y), value, weight in zip(starts, inputs, weights[show]):
            ball(axes, x, y, number(value), INPUT)
            end_x, end_y = ends[show]
            label(axes, x + 0.42 * (end_x - x), y + 0.42 * (end_y - y), f"× {number(weight)}", WEIGHT)
        sums = np.dot(weights, inputs)
        for index, (x, y) in enumerate(ends):
            self.draw_neuron(x, y, index, sums[index], biases[index], outputs[index], index == show)
        self.alt = (f"A layer of {len(biases)} neurons with {len(inputs)} inputs each. Neuron {show} has the weights "
                    f"{numbers(weights[show])}: its products add up to {number(sums[show])}, and its bias is "
                    f"{number(biases[show])}. The outputs of the layer are {numbers(outputs)}.")  # fmt: skip
        return self

    def draw_neuron(self, x, y, index, products, bias, output, marked):
        """products: the sum of the neuron's products. marked: whether this is the neuron to look at."""
        axes, weight = self.axes, "bold" if marked else "normal"
        frame, edge, face = (INK, OUTPUT, TINTS[OUTPUT]) if marked else (GREY, GREY, "white")
        axes.add_patch(Circle((x, y), 0.36, facecolor="white", edgecolor=frame, linewidth=2, zorder=3))
        word(axes, x, y, str(index), size=13, weight=weight, zorder=4)
        word(axes, 4.72, y + 0.17, number(products), align="right", weight=weight)
        word(axes, 4.77, y + 0.17, f"+ {number(bias)}", BIAS, align="left", weight=weight)
        link(axes, (x + 0.36, y), (5.38, y), edge)
        draw_output(axes, 5.8, y, output, edge, face, weight)


class BatchPicture(Picture):
    """A batch on its way through a layer: a row of numbers for each sample goes in, a row of outputs comes out."""

    def __init__(self):
        super().__init__(7, 2.9)
        self.axes = sheet(self)

    def update(self, batch, weights, outputs, sample=0):
        """batch: samples × inputs. weights: neurons × inputs. outputs: samples × neurons. sample: the row to mark."""
        axes, top = self.axes, 1.95
        clear(axes)
        block(axes, batch, 0.15, top, rows=[sample], colour=INPUT)
        block(axes, outputs, 5.15, top, width=0.56, rows=[sample], colour=OUTPUT)
        starts, ends = draw_layer(axes, weights, 3.0, 4.3, 0.7, 2.3)
        for start in starts:
            axes.add_patch(Circle(start, 0.09, color=INPUT, zorder=3))
        for end in ends:
            axes.add_patch(Circle(end, 0.2, facecolor="white", edgecolor=INK, linewidth=1.8, zorder=3))
        height = top - (sample + 0.5) * 0.3
        link(axes, (0.15 + 0.52 * np.shape(batch)[1] + 0.06, height), (2.82, height), INPUT, 2.2)
        link(axes, (4.62, height), (5.09, height), OUTPUT, 2.2)
        word(axes, 1.19, 2.6, f"in: {len(batch)} rows\nof {np.shape(batch)[1]} numbers")
        word(axes, 3.65, 2.7, "a layer")
        word(axes, 3.0, 0.5, count(np.shape(weights)[1], "inputs"), INPUT)
        word(axes, 4.3, 0.5, count(len(weights), "neurons"))
        word(axes, 5.99, 2.6, f"out: {len(outputs)} rows\nof {np.shape(outputs)[1]} numbers")
        word(axes, 3.5, 0.15, f"row {sample}:  {numbers(batch[sample])}  →  {numbers(outputs[sample])}")
        self.alt = (f"A table of {len(batch)} rows of {np.shape(batch)[1]} numbers goes through a layer of "
                    f"{len(weights)} neurons and becomes a table of {len(outputs)} rows of {np.shape(outputs)[1]} "
                    f"numbers; row {sample} becomes {numbers(outputs[sample])}.")  # fmt: skip
        return self


def first_layer():
    """Where chapter 2 goes: the book's three samples and the outputs of its layer of three neurons."""
    batch = np.array([[1, 2, 3, 2.5], [2, 5, -1, 2], [-1.5, 2.7, 3.3, -0.8]])
    weights = np.array([[0.2, 0.8, -0.5, 1], [0.5, -0.91, 0.26, -0.5], [-0.26, -0.27, 0.17, 0.87]])
    outputs = np.array([2, 3, 0.5]) + batch @ weights.T
    return BatchPicture().update(batch, weights, outputs)


# -------------------------------------------------------------------------------- the dot product as arrows


def plane(picture, place, limit):
    """Axes for arrows that start at the origin: both directions from -limit to limit, equally long."""
    axes = place_by_hand(picture, place)
    axes.set(xlim=(-limit, limit), ylim=(-limit, limit), aspect="equal", xlabel="first number", ylabel="second number")
    ticks = np.arange(-np.floor(limit), np.floor(limit) + 1)
    axes.set(xticks=ticks, yticks=ticks)
    axes.grid(True)
    axes.axhline(0, color=GREY, linewidth=1)
    axes.axvline(0, color=GREY, linewidth=1)
    return axes


def thick_arrow(axes, end, colour):
    """A vector: an arrow that starts at the origin."""
    return link(axes, (0, 0), tuple(end), colour, 3.2, "-|>,head_length=0.45,head_width=0.25", scale=20, zorder=5)


class DotProductPicture(Picture):
    """The dot product as agreement: inputs and weights as two arrows; the products, the bias and their sum as bars."""

    LIMIT = 8.4

    def __init__(self):
        super().__init__(7, 3.4)
        self.plane = plane(self, (0.09, 0.155, 0.38, 0.80), 2.6)
        self.input_arrow = thick_arrow(self.plane, (1, 0), INPUT)
        self.weight_arrow = thick_arrow(self.plane, (0, 1), WEIGHT)
        self.input_name = label(self.plane, -2.45, -1.84, "", INPUT, align="left")
        self.weight_name = label(self.plane, -2.45, -2.32, "", WEIGHT, align="left")
        (self.arc,) = self.plane.plot([], [], color=INK, linewidth=1.4, zorder=4)
        self.between = word(self.plane, 0, 0, "", size=11, zorder=6)
        self.draw_bars()

    def draw_bars(self):
        self.sums = self.figure.add_axes((0.57, 0.155, 0.42, 0.80))
        self.sums.set(xlim=(-0.6, 3.6), ylim=(-self.LIMIT, self.LIMIT), ylabel="sum so far (rounded)",
                      yticks=range(-8, 9, 2))  # fmt: skip
        self.sums.set_xticks(range(4), ["first\nproduct", "second\nproduct", "bias", "output"])
        self.sums.tick_params(axis="x", length=0)
        self.sums.axhline(0, color=INK, linewidth=1)
        self.bars = self.sums.bar(range(4), [1] * 4, width=0.62, zorder=3, linewidth=1.8,
                                  color=[TINTS[colour] for colour in (WEIGHT, WEIGHT, BIAS, OUTPUT)],
                                  edgecolor=[WEIGHT, WEIGHT, BIAS, OUTPUT])  # fmt: skip
        self.steps = [self.sums.plot([], [], color=INK, linewidth=1.2, linestyle=":", zorder=4)[0] for _ in range(3)]
        self.values = [word(self.sums, place, 0, "", size=12, weight="bold", zorder=5) for place in range(4)]

    def update(self, inputs, weights, bias, output):
        """inputs, weights: two numbers each, inside a circle of radius 2.5 around 0. bias, output: a number."""
        self.move_arrows(np.asarray(inputs, dtype=float), np.asarray(weights, dtype=float))
        products = [inputs[0] * weights[0], inputs[1] * weights[1]]
        self.move_bars([*products, bias], output)
        self.alt = (f"{self.meeting} The products {number(products[0], 2)} and {number(products[1], 2)} and the bias "
                    f"{number(bias, 2)} add up to the output {number(output, 2)}.")  # fmt: skip
        return self

    def move_arrows(self, inputs, weights):
        length = float(np.hypot(*weights))
        start, turn = angle_of(inputs), (angle_of(weights) - angle_of(inputs) + 180) % 360 - 180
        self.input_arrow.set_positions((0, 0), tuple(inputs))
        self.weight_arrow.set_visible(length > 0.05)
        self.weight_arrow.set_positions((0, 0), tuple(weights) if length > 0.05 else (0, 1))
        self.input_name.set_text(f"inputs  {number(inputs[0], 2)}, {number(inputs[1], 2)}")
        self.weight_name.set_text(f"weights  {number(weights[0], 2)}, {number(weights[1], 2)}")
        self.arc.set_data(*np.transpose([arrow(angle, 0.55) for angle in np.linspace(start, start + turn, 40)]))
        self.arc.set_visible(length > 0.05)
        beside = start + turn / 2 if abs(turn) > 30 else start - 35 * (1 if turn >= 0 else -1)
        self.between.set_position(tuple(arrow(beside, 1.1)))
        self.between.set_text(f"{abs(turn):.0f}°" if length > 0.05 else "")
        self.meeting = (f"Two arrows, inputs and weights, {abs(turn):.0f} degrees apart." if length > 0.05
                        else "One arrow, the inputs; the weights have no length.")  # fmt: skip

    def move_bars(self, parts, output):
        """Each part starts at the height where the one before it ended; the output starts at 0."""
        level = 0.0
        for place, part in enumerate(parts):
            self.bars[place].set(y=level, height=part)
            self.put_text(self.values[place], part, level + part)
            level += part
            self.steps[place].set_data([place - 0.31, place + 1.31], [level, level])
        if parts[-1] == 0:  # a 0 high above the axis would look like a value of the sum
            self.values[2].set_text("")
        self.bars[3].set(y=0, height=output)
        self.put_text(self.values[3], output, output)

    @staticmethod
    def put_text(text, value, end):
        """Above a bar that goes up, below one that goes down."""
        text.set_text(number(value, 2))
        text.set_y(end + 0.65 if value >= 0 else end - 0.75)


# The question of the quiz: the inputs, and a row of weights for each of the neurons A, B and C.
QUIZ_INPUTS = np.array([2, 1])
QUIZ_WEIGHTS = np.array([[-1, 2.3], [1.2, -0.4], [-2, -0.6]])


@in_style
def arrow_quiz(inputs, weights):
    """A picture of the inputs and some arrows of weights to choose from.

    inputs: two numbers. weights: a row of two numbers for each neuron; the neurons are called A, B, C, …
    """
    picture = Picture(4.2, 3.6)
    axes = plane(picture, (0.15, 0.15, 0.82, 0.82), 2.9)
    thick_arrow(axes, inputs, INPUT)
    word(axes, inputs[0], inputs[1] + 0.3, "inputs", INPUT, 12, weight="bold")
    choices = list(zip("ABCDE", weights))
    for letter, ends in choices:
        thick_arrow(axes, ends, WEIGHT)
        word(axes, *arrow(angle_of(ends), np.hypot(*ends) + 0.28), letter, WEIGHT, size=14, weight="bold")
    others = "; ".join(f"weights {letter} to {numbers(ends, 1)}" for letter, ends in choices)
    picture.alt = f"Arrows from the origin: inputs to {numbers(inputs, 1)}; {others}."
    return picture


# --------------------------------------------------------------------------------------- matrices and shapes


class MatrixProductPicture(Picture):
    """A matrix product: each number of the result is the dot product of a row on the left and a column above."""

    WIDTH, HEIGHT = 0.52, 0.3

    def __init__(self):
        super().__init__(6.5, 4.0)
        self.axes = sheet(self)

    def update(self, left, right, row=0, column=0):
        """left: rows × n. right: n × columns; up to 5 rows and columns. row, column: which result to explain."""
        axes, result = self.axes, np.dot(left, right)
        clear(axes)
        x, y = 0.95, 2.05
        far, up = x + np.shape(left)[1] * self.WIDTH + 0.5, y + np.shape(right)[0] * self.HEIGHT + 0.35
        block(axes, left, x, y, self.WIDTH, self.HEIGHT, rows=[row], colour=INPUT, write=two_places)
        block(axes, right, far, up, self.WIDTH, self.HEIGHT, columns=[column], colour=WEIGHT, write=two_places)
        block(axes, result, far, y, self.WIDTH, self.HEIGHT, write=two_places)
        self.mark(result[row, column], far, y, row, column)
        word(axes, x - 0.1, y - (row + 0.5) * self.HEIGHT, f"row {row}", INPUT, 12, "right", weight="bold")
        word(axes, far + (column + 0.5) * self.WIDTH, up + 0.17, f"column {column}", WEIGHT, 12, weight="bold")
        self.name_shapes(left, right, result, x, far, y, up)
        terms = " + ".join(f"{two_places(a)}·{two_places(b)}" for a, b in zip(left[row], np.transpose(right)[column]))
        sign = "=" if np.isclose(result[row, column], round(result[row, column], 2)) else "≈"
        word(axes, 3.25, 0.15, f"{terms}  {sign}  {two_places(result[row, column])}", size=12)
        self.alt = (f"A matrix of shape {np.shape(left)} times a matrix of shape {np.shape(right)} gives the shape "
                    f"{result.shape}. Row {row} on the left and column {column} on the right give "
                    f"{two_places(result[row, column])}.")  # fmt: skip
        return self

    def name_shapes(self, left, right, result, x, far, y, up):
        """The shape of each matrix; x and far: where they begin, y and up: the height of their tops."""
        middle = far + np.shape(right)[1] * self.WIDTH / 2
        places = {x + np.shape(left)[1] * self.WIDTH / 2: (left, y), middle: (result, y)}
        for place, (array, top) in places.items():
            word(self.axes, place, top - len(array) * self.HEIGHT - 0.16, str(np.shape(array)), weight="bold")
        word(self.axes, far - 0.12, up - len(right) * self.HEIGHT / 2, str(np.shape(right)), align="right",
             weight="bold")  # fmt: skip

    def mark(self, value, left, top, row, column):
        """The number where the row and the column meet."""
        x, y = left + column * self.WIDTH, top - (row + 1) * self.HEIGHT
        middle_x, middle_y = x + self.WIDTH / 2, y + self.HEIGHT / 2
        self.axes.add_patch(Rectangle((x, y), self.WIDTH, self.HEIGHT, facecolor=TINTS[OUTPUT], edgecolor=OUTPUT,
                                      linewidth=2.4, zorder=5))  # fmt: skip
        word(self.axes, middle_x, middle_y, two_places(value), size=12, weight="bold", zorder=6)
        link(self.axes, (left - 0.45, middle_y), (left - 0.05, middle_y), INPUT, 2)
        link(self.axes, (middle_x, top + 0.32), (middle_x, top + 0.04), WEIGHT, 2)


class ShapesPicture(Picture):
    """Do two shapes fit? A batch times weights as blocks, and what NumPy says to their product."""

    def __init__(self):
        super().__init__(7, 3.5)
        axes = sheet(self)
        self.batch = Block(axes, 1.35, INPUT, "batch")
        word(axes, 2.38, Block.MIDDLE, "·", size=32, weight="bold")
        self.weights = Block(axes, 3.6, WEIGHT, "weights")
        word(axes, 4.62, Block.MIDDLE, "=", size=26, weight="bold")
        self.result = Block(axes, 5.85, OUTPUT, "result")
        self.no_result = word(axes, 5.85, Block.MIDDLE, "no result", WEIGHT, size=12, weight="bold")
        self.meeting = word(axes, 3.5, 0.62, "", size=12, weight="bold")
        self.answer = word(axes, 3.5, 0.25, "", family="monospace")

    def update(self, batch, weights, transpose):
        """batch: samples × inputs. weights: neurons × inputs. Up to 6 of each.

        transpose: whether the batch is multiplied by weights.T or by the weights as they are.
        """
        right, names = (weights.T, ("inputs", "neurons")) if transpose else (weights, ("neurons", "inputs"))
        inside = [count(batch.shape[1], "inputs"), count(right.shape[0], names[0])]
        outside = [count(batch.shape[0], "samples"), count(right.shape[1], names[1])]
        fits = batch.shape[1] == right.shape[0]

        self.batch.update(batch.shape, outside[0], inside[0])
        self.weights.update(right.shape, inside[1], outside[1])
        self.weights.name.set_text("weights.T" if transpose else "weights")
        meant = inside[0] == inside[1]
        columns = outside[1] if meant else f"{right.shape[1]} of what?"
        self.result.update((batch.shape[0], right.shape[1]), outside[0], columns)
        self.result.paint(OUTPUT if meant else GREY, TINTS[OUTPUT] if meant else "#EFEFEF")
        self.result.set_visible(fits)
        self.no_result.set_visible(not fits)

        meeting = f"{inside[0]} {'meet' if batch.shape[1] > 1 else 'meets'} {inside[1]}"
        answer = self.ask_numpy(batch, right)
        self.meeting.set_text(meeting)
        self.meeting.set_color(WEIGHT if not fits else OUTPUT if meant else INK)
        self.answer.set_text(answer)
        self.alt = f"A batch of shape {batch.shape} times weights of shape {right.shape}: {meeting}. NumPy: {answer}."
        return self

    @staticmethod
    def ask_numpy(left, right):
        """The shape of the product, or NumPy's own message where there is none."""
        try:
            return f"no error, the result has the shape {np.dot(left, right).shape}"
        except ValueError as error:
            return f"ValueError: {error}"


class Block:
    """A matrix as cells without numbers: name above, shape below, the meaning of its two sides beside them."""

    CELL, MIDDLE, NAME = 0.26, 1.9, 3.3  # in inches: a cell, and the heights of the block's middle and of its name

    def __init__(self, axes, middle, colour, name):
        self.middle = middle
        self.cells = axes.add_collection(PolyCollection([], facecolors=TINTS[colour], edgecolors=colour, linewidths=1))
        self.name = word(axes, middle, self.NAME, name, colour, size=12, weight="bold")
        self.side = word(axes, middle, self.MIDDLE, "", rotation=90)
        self.top = word(axes, middle, self.MIDDLE, "")
        self.shape = word(axes, middle, self.MIDDLE, "", weight="bold")

    def update(self, shape, rows, columns):
        """shape: how many cells down and across. rows, columns: words for them."""
        width, height = shape[1] * self.CELL, shape[0] * self.CELL
        left, top = self.middle - width / 2, self.MIDDLE + height / 2
        corners = self.CELL * np.array([(0, 0), (1, 0), (1, -1), (0, -1)])
        self.cells.set_verts([corners + (left + column * self.CELL, top - row * self.CELL)
                              for row, column in np.ndindex(shape)])  # fmt: skip
        self.top.set_text(columns)
        self.top.set_y(top + 0.15)
        self.shape.set_text(str(shape))
        self.shape.set_y(top - height - 0.17)
        self.side.set_text(rows)
        self.side.set_x(min(left, self.middle - 0.4) - 0.15)

    def set_visible(self, visible):
        for artist in (self.cells, self.name, self.side, self.top, self.shape):
            artist.set_visible(visible)

    def paint(self, edge, face):
        self.cells.set(edgecolor=edge, facecolor=face)
        self.name.set_color(edge)


def count(size, name):
    """A number of things in words: "1 input", "2 inputs"."""
    return f"{size} {name}" if size > 1 else f"{size} {name[:-1]}"


# ---------------------------------------------------------------------------------- neurons that read letters

LETTERS = {
    "I": ["..#..", "..#..", "..#..", "..#..", "..#.."],
    "L": ["#....", "#....", "#....", "#....", "#####"],
    "T": ["#####", "..#..", "..#..", "..#..", "..#.."],
}


def letter_batch():
    """Pictures of I, L and T of 5 × 5 dots, 1 for ink and 0 for paper, each laid out as a row: shape (3, 25)."""
    return np.array([[int(dot == "#") for line in lines for dot in line] for lines in LETTERS.values()])


class LetterPicture(Picture):
    """Three letters, and below each what three neurons answer to it.

    The strongest answer is coloured: green where the letter's own neuron gives it alone, else orange.
    """

    def __init__(self):
        super().__init__(6.5, 4.0)
        self.images = [place_by_hand(self, (left, 0.58, 0.28, 0.4)) for left in (0.07, 0.38, 0.69)]
        self.bars = [place_by_hand(self, (left, 0.2, 0.28, 0.34)) for left in (0.07, 0.38, 0.69)]

    def update(self, letters, weights, biases):
        """letters: shape (3, 25). weights: shape (3, 25), biases: shape (3,), or `...` while there are none."""
        outputs = self.outputs(letters, weights, biases)
        answers = [None] * len(LETTERS) if outputs is None else outputs
        for own, (image, bars) in enumerate(zip(self.images, self.bars)):
            image.clear()
            image.pcolormesh(np.reshape(letters[own], (5, 5)), cmap="Greys", vmin=0, vmax=1.3, edgecolors=FAINT)
            image.set(aspect="equal")
            image.invert_yaxis()
            image.set_axis_off()
            self.draw_bars(bars, own, answers[own])
            if outputs is not None:
                bars.set_ylim(min(0, 1.5 * outputs.min()), max(1, 1.25 * outputs.max()))
        self.bars[0].set_ylabel("output")
        self.tell(answers)
        return self

    @staticmethod
    def outputs(letters, weights, biases):
        """The outputs of the layer: shape (3, 3); None while weights and biases do not fit."""
        try:
            outputs = np.dot(letters, np.transpose(weights)) + biases
            return outputs if outputs.shape == (3, 3) else None
        except (TypeError, ValueError):
            return None

    @staticmethod
    def strongest(outputs):
        """The names of the neurons with the largest output; several where they are equally strong."""
        return [name for name, output in zip(LETTERS, outputs) if output == np.max(outputs)]

    def draw_bars(self, axes, own, outputs):
        """own: the place of the letter's own neuron. outputs: three numbers, or None while there are none."""
        axes.clear()
        heights = np.zeros(len(LETTERS)) if outputs is None else outputs
        names = [] if outputs is None else self.strongest(outputs)
        right = names == [list(LETTERS)[own]]
        colours = [(OUTPUT if right else WEIGHT) if name in names else FAINT for name in LETTERS]
        axes.bar(range(len(LETTERS)), heights, color=colours, width=0.6)
        for position, height in enumerate(heights):
            text = "?" if outputs is None else number(height, 1)
            shift, side = (3, "bottom") if height >= 0 else (-3, "top")
            axes.annotate(text, (position, height), (0, shift), textcoords="offset points", ha="center", va=side)
        axes.set(yticks=[], ylim=(0, 1), xlabel="neuron")
        if names:
            verdict = f"strongest: {', '.join(names)}  {'✓' if right else '✗'}"
            word(axes, 0.5, -0.48, verdict, OUTPUT if right else WEIGHT, weight="bold", transform=axes.transAxes)
        axes.set_xticks(range(len(LETTERS)), list(LETTERS))
        axes.tick_params(length=0)
        axes.spines["bottom"].set_visible(False)
        axes.axhline(0, color=INK, linewidth=0.8)

    def tell(self, answers):
        """answers: for each letter three outputs, or None."""
        if any(outputs is None for outputs in answers):
            self.alt = "The letters I, L and T as pictures of 5 by 5 dots. The three neurons do not answer yet."
            return
        strongest = [f"{' and '.join(self.strongest(outputs))} for {letter}"
                     for letter, outputs in zip(LETTERS, answers)]  # fmt: skip
        self.alt = f"The letters I, L and T, and the outputs of three neurons. Strongest: {', '.join(strongest)}."
