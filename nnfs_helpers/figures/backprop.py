"""Backpropagation to look at: one neuron as a graph, step by step; gradients beside those tried out (chapter 9)."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Circle, FancyBboxPatch, Polygon

from nnfs_helpers.figures.picture import INK, PALETTE, Picture
from nnfs_helpers.figures.vectors import sheet, word

VALUE, GRADIENT, AGREES = PALETTE[:3]
TRIED, WIRE = "#666666", "#999999"
TINT, MARKED = "#EFEFEF", "#F9E98C"

# ------------------------------------------------------------------------------------------------ stepper

LEAVES = ["x0", "w0", "x1", "w1", "x2", "w2", "b"]
PRODUCTS = ["xw0", "xw1", "xw2"]


class BackpropStepper(Picture):
    """One neuron with three inputs as a graph: values above its wires, gradients below, revealed step by step.

    The wires, and the keys of what `update` takes, are x0 w0 x1 w1 x2 w2 b (the leaves), xw0 xw1 xw2 (the
    products), z (the sum), output (after ReLU) and, where a loss stands behind the neuron, loss.

    loss: a short name for the box of the loss, such as "loss"; None for a neuron without one.
    last_step: after this step all is known. After step 0 only the leaves are.
    """

    def __init__(self, loss=None, width=7.0, height=4.5):
        super().__init__(width, height)
        self.axes = sheet(self)
        self.steps = list_steps(loss is not None)
        self.last_step = len(self.steps) - 1
        self.last_wire = "output" if loss is None else "loss"
        self.places = node_places(loss is not None)
        self.wires = {name: wire_path(name, self.places) for name in self.places}
        self.band = self.axes.add_collection(LineCollection([], colors=MARKED, linewidths=9, zorder=1))
        self.axes.add_collection(LineCollection(list(self.wires.values()), colors=WIRE, linewidths=1.2, zorder=1.5))
        x, y = self.wires[self.last_wire][-1]
        self.axes.add_patch(Polygon([(x, y + 0.06), (x, y - 0.06), (x + 0.13, y)], color=WIRE, zorder=1.5))
        labels = dict.fromkeys(PRODUCTS, "×") | {"z": "+", "output": "ReLU", "loss": loss}
        self.nodes = {name: self.add_node(labels.get(name, name), *place) for name, place in self.places.items()}
        self.words = {name: self.add_words(name) for name in self.wires}
        self.heading = word(self.axes, width / 2, height - 0.2, "", size=12, weight="bold")
        self.caption = word(self.axes, width / 2, height - 0.53, "", linespacing=1.4)
        word(self.axes, 0.1, 0.16, "above a wire: its value", VALUE, align="left")
        self.below = word(self.axes, 2.3, 0.16, "below: its gradient", GRADIENT, align="left")
        self.tried = word(self.axes, 4.1, 0.16, "✓ ✗  the gradient by trying out", TRIED, align="left")

    def add_node(self, label, x, y):
        """A circle, or for a function with a name a box. It bears the name of the wire that leaves it."""
        if len(label) > 2:
            shape = FancyBboxPatch((x - 0.27, y - 0.17), 0.54, 0.34, boxstyle="round,pad=0,rounding_size=0.08")
        else:
            shape = Circle((x, y), 0.185)
        shape.set(facecolor=TINT if x > 1 else "white", edgecolor=INK, linewidth=1.2, zorder=3)
        word(self.axes, x, y - 0.01, label, size=16 if label in "×+" else 11, zorder=4)
        return self.axes.add_patch(shape)

    def add_words(self, name):
        """The three numbers of a wire. The one tried out stands beside the gradient, or where it is tight, below."""
        (x, y), (bend, _), _ = self.wires[name]
        left = x + (0.27 if name in ("output", "loss") else 0.185)
        if name in LEAVES:
            middle, tried, align = left + 0.32, (left + 0.65, y - 0.13), "left"
        else:
            middle = (left + bend) / 2
            tried, align = (middle, y - 0.34), "center"
        return {
            "value": word(self.axes, middle, y + 0.12, "", VALUE, zorder=5),
            "gradient": word(self.axes, middle, y - 0.13, "", GRADIENT, zorder=5),
            "tried": word(self.axes, *tried, "", TRIED, align=align, zorder=5),
        }

    def update(self, values, gradients=None, numeric=None, step=None):
        """Show what is known after a step.

        values: the number on each wire. gradients: of the last wire, with respect to each of them.
        numeric: the same as gradients, but found by trying out; for all wires or for some.
        step: None shows all that is given.
        """
        gradients, numeric = gradients or {}, numeric or {}
        if step is None:
            step = self.last_step if gradients else self.steps.index(("forward", self.last_wire, [self.last_wire]))
        known = {"start": [], "forward": [], "backward": []}
        for direction, _, names in self.steps[: step + 1]:
            known[direction] += names
        for name in self.wires:
            has_value = name in known["start"] + known["forward"]
            self.write(name, "value", short(values[name]) if has_value else "")
            has_gradient = name in known["backward"] and name in gradients
            self.write(name, "gradient", short(gradients[name]) if has_gradient else "")
            has_both = has_gradient and name in numeric
            self.write(name, "tried", *compared(gradients[name], numeric[name]) if has_both else ("", TRIED))
        self.mark(step)
        self.below.set_visible(bool(gradients))
        self.tried.set_visible(bool(numeric))
        self.caption.set_text(explain(*self.steps[step], values, gradients, self.last_wire))
        self.describe(step, known, values, gradients, numeric)
        return self

    def write(self, name, kind, text, colour=None):
        artist = self.words[name][kind]
        artist.set_text(text)
        if colour:
            artist.set_color(colour)

    def mark(self, step):
        """The node that works in this step, and the wires whose numbers are new."""
        direction, present, names = self.steps[step]
        for name, node in self.nodes.items():
            plain = "white" if name in LEAVES else TINT
            node.set_facecolor(MARKED if name == present else plain)
        self.band.set_segments([] if direction == "start" else [self.wires[name] for name in names])
        directions = {"start": "nothing is calculated yet", "forward": "forward", "backward": "backward"}
        self.heading.set_text(f"step {step} of {self.last_step}: {directions[direction]}")

    def describe(self, step, known, values, gradients, numeric):
        shown = ", ".join(f"{name} {short(values[name])}" for name in self.wires
                          if name in known["start"] + known["forward"])  # fmt: skip
        self.alt = f"The graph of one neuron after step {step} of {self.last_step}, with values on its wires: {shown}."
        found = {name: gradients[name] for name in known["backward"] if name in gradients}
        if not found:
            return
        listed = ", ".join(f"{name} {short(value)}" for name, value in found.items())
        self.alt = f"{self.alt[:-1]}; gradients below: {listed}"
        both = found.keys() & numeric.keys()
        wrong = [name for name in found if name in both and not agree(found[name], numeric[name])]
        if both:
            verdict = f"differ at {', '.join(wrong)}" if wrong else "agree"
            self.alt = f"{self.alt}; those tried out {verdict}"
        self.alt += "."


def list_steps(has_loss):
    """What happens in each step: the direction, the node that works, and the wires whose numbers become known."""
    forward = [("start", None, LEAVES), *[("forward", name, [name]) for name in [*PRODUCTS, "z", "output"]]]
    backward = [("backward", "output", ["z"]), ("backward", "z", [*PRODUCTS, "b"])]
    backward += [("backward", name, [f"x{name[-1]}", f"w{name[-1]}"]) for name in PRODUCTS]
    if not has_loss:
        return [*forward, ("backward", None, ["output"]), *backward]
    around = [("forward", "loss", ["loss"]), ("backward", None, ["loss"]), ("backward", "loss", ["output"])]
    return [*forward, *around, *backward]


def node_places(has_loss):
    """Where the middle of each node is, in inches."""
    places = {name: (0.27, 3.51 - 0.475 * row) for row, name in enumerate(LEAVES)}
    for name in PRODUCTS:
        places[name] = (2.3, (places[f"x{name[-1]}"][1] + places[f"w{name[-1]}"][1]) / 2)
    across = {"z": 3.32, "output": 4.39, "loss": 5.6} if has_loss else {"z": 3.6, "output": 5.1}
    return places | {name: (x, places["xw1"][1]) for name, x in across.items()}


def wire_path(name, places):
    """The three points of a wire: from its node level to the right, then straight to the next node."""
    x, y = places[name]
    follows = {"z": "output", "output": "loss"}.get(name, "z")
    if name in LEAVES[:-1]:
        follows = f"xw{name[-1]}"
    if name == "loss" or follows not in places:
        return [(x, y), (6.8, y), (6.8, y)]
    end = places[follows]
    if end[1] == y and name in ("z", "output"):
        return [(x, y), (end[0] - 0.27, y), end]
    return [(x, y), (1.88 if name in LEAVES[:-1] else places["z"][0] - 0.28, y), end]


def short(value):
    """A number in at most six characters, as long as it is not huge: two places, or fewer when it is large."""
    places = 2 if abs(value) < 99.995 else 1 if abs(value) < 999.95 else 0
    text = f"{value:.{places}f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", "−")


def agree(gradient, tried, tolerance=0.005):
    return bool(abs(gradient - tried) <= tolerance * max(1.0, abs(tried)))


def compared(gradient, tried):
    """The gradient that was tried out, with a mark, and its colour."""
    if agree(gradient, tried):
        return f"✓ {short(tried)}", TRIED
    return f"✗ {short(tried)}", INK


def explain(direction, present, names, values, gradients, last_wire):
    """What a step does, with its numbers."""
    if direction == "start":
        return "inputs x, weights w and the bias b"
    if direction == "forward":
        return explain_forward(present, values)
    if not gradients:
        return ""
    if present is None:
        return f"backward begins with the gradient at the {last_wire}: {short(gradients[last_wire])}"
    behind = gradients[present]
    if present == "loss":
        return f"gradient of output: gradient of loss · slope of the loss there = {short(gradients['output'])}"
    if present == "output":
        slope = float(values["z"] > 0)
        return product_line("z", "output", "slope of ReLU", behind, slope, gradients["z"], f"{slope:g}")
    if present == "z":
        return f"a sum passes the gradient on as it is: {short(behind)} for xw0, xw1, xw2 and b"
    x, w = names
    return "\n".join([product_line(x, present, w, behind, values[w], gradients[x]),
                      product_line(w, present, x, behind, values[x], gradients[w])])  # fmt: skip


def explain_forward(name, values):
    result = short(values[name])
    if name in PRODUCTS:
        x, w = f"x{name[-1]}", f"w{name[-1]}"
        return f"{name} = {x} · {w} = {short(values[x])} · {in_brackets(values[w])} = {result}"
    if name == "z":
        first, *others = [values[part] for part in [*PRODUCTS, "b"]]
        terms = " + ".join([short(first), *map(in_brackets, others)])
        return f"z = xw0 + xw1 + xw2 + b = {terms} = {result}"
    if name == "output":
        return f"output = ReLU(z) = max(0, {short(values['z'])}) = {result}"
    return f"the loss at output {short(values['output'])} is {result}"


def product_line(name, behind_name, factor_name, behind, factor, gradient, factor_text=None):
    """One line: the gradient of a wire is the gradient behind its node times the slope of the node."""
    sign = "=" if agree(gradient, behind * factor) else "≠"
    factor_text = factor_text or in_brackets(factor)
    return (f"gradient of {name} = gradient of {behind_name} · {factor_name} = "
            f"{short(behind)} · {factor_text} {sign} {short(gradient)}")  # fmt: skip


def in_brackets(value):
    text = short(value)
    return f"({text})" if text.startswith("−") else text


# ----------------------------------------------------------------------------------------- gradient check


class GradientCheckPicture(Picture):
    """For each parameter array the gradient by formulas as bars, by trying out as dots, and how far they differ.

    Each row has its own scale. The relative difference is the largest distance between bar and dot, as a part of
    the largest of all these numbers; below `TOLERANCE` the two agree.
    """

    TOLERANCE = 1e-5
    LEAST, MOST = 1e-13, 10.0  # the ends of the axis of relative differences

    def __init__(self, width=7.0, height=4.2):
        super().__init__(width, height)
        self.figure.set_layout_engine("none")  # every part has its place here
        self.right = self.figure.add_axes((0.71, 0.15, 0.255, 0.77))
        self.right.axvspan(self.LEAST, self.TOLERANCE, color="#DCEFE8", linewidth=0, zorder=0)
        self.right.set(xscale="log", xlim=(self.LEAST, self.MOST), ylim=(1, 0), yticks=[])
        self.right.set_xticks([1e-12, 1e-8, 1e-4, 1], ["$10^{-12}$", "$10^{-8}$", "$10^{-4}$", "1"])
        self.right.minorticks_off()
        self.right.set_xlabel("relative difference")
        self.right.spines["left"].set_visible(False)
        for where, text, colour in ((2e-9, "agree", AGREES), (0.006, "differ", INK)):
            self.right.text(where, -0.02, text, color=colour, ha="center", va="bottom")
        (self.good,) = self.right.plot([], [], "o", color=AGREES, markersize=10, clip_on=False)
        (self.bad,) = self.right.plot([], [], "X", color=GRADIENT, markersize=11, clip_on=False)
        self.figure.text(0.165, 0.935, "bars: by formulas", color=VALUE, va="bottom")
        self.figure.text(0.42, 0.935, "dots: by trying out", color=GRADIENT, va="bottom")
        self.rows = {}

    def update(self, analytic, numeric):
        """analytic, numeric: dictionaries from a name, such as "weights 1", to an array; the keys are the rows."""
        shapes = {name: np.shape(array) for name, array in numeric.items()}
        if shapes != {name: row.shape for name, row in self.rows.items()}:
            self.build_rows(shapes)
        differences = {}
        for name, row in self.rows.items():
            differences[name] = relative_difference(analytic[name], numeric[name])
            row.update(np.asarray(analytic[name]), np.asarray(numeric[name]))
        heights = (np.arange(len(differences)) + 0.5) / len(differences)
        shown = np.clip(list(differences.values()), self.LEAST, self.MOST)
        is_good = shown < self.TOLERANCE
        self.good.set_data(shown[is_good], heights[is_good])
        self.bad.set_data(shown[~is_good], heights[~is_good])
        wrong = [name for name, difference in differences.items() if not difference < self.TOLERANCE]
        right = [name for name in differences if name not in wrong]
        verdicts = [f"{listed(names)} {verb}" for names, verb in ((right, "agree"), (wrong, "differ")) if names]
        self.alt = f"Gradients by formulas beside those by trying out: {', '.join(verdicts)}."
        return self

    def build_rows(self, shapes):
        for row in self.rows.values():
            row.axes.remove()
        height = 0.77 / len(shapes)
        most = max(int(np.prod(shape)) for shape in shapes.values())
        self.rows = {}
        for number, (name, shape) in enumerate(shapes.items()):
            axes = self.figure.add_axes((0.165, 0.92 - height * (number + 0.92), 0.51, 0.84 * height))
            self.rows[name] = GradientRow(axes, name, shape, min(most, 9))


class GradientRow:
    """One array: bars, dots, and words where they cannot be compared. room: for how many bars at least."""

    def __init__(self, axes, name, shape, room):
        self.axes, self.shape = axes, shape
        size = int(np.prod(shape))
        self.edges = np.sort(np.concatenate([np.arange(size) - 0.36, np.arange(size) + 0.36]))
        axes.set(xlim=(-0.7, max(size, room) - 0.3), ylim=(-1.15, 1.15), xticks=[], yticks=[])
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.axhline(0, color="#999999", linewidth=0.8, zorder=0)
        self.bars = axes.stairs(np.zeros(len(self.edges) - 1), self.edges, fill=True, color="#79B4D9")
        (self.dots,) = axes.plot(np.arange(size), np.zeros(size), "o", color=GRADIENT, clip_on=False,
                                 markersize=float(np.clip(150 / size, 2.5, 7)))  # fmt: skip
        rows_and_columns = " × ".join(map(str, shape))
        axes.text(-0.3, 0.5, f"{name}\n{rows_and_columns}", transform=axes.transAxes, va="center", linespacing=1.4)
        self.words = axes.text(0.02, 0.58, "", transform=axes.transAxes, va="bottom")

    def update(self, analytic, numeric):
        comparable = analytic.shape == self.shape
        self.bars.set_visible(comparable)
        self.words.set_text("" if comparable else f"shape {analytic.shape} instead of {self.shape}")
        scale = largest(numeric, analytic) or 1.0
        self.dots.set_ydata(numeric.ravel() / scale if comparable else np.full(numeric.size, np.nan))
        if comparable:
            heights = np.zeros(len(self.edges) - 1)
            heights[::2] = np.nan_to_num(analytic.ravel() / scale)
            self.bars.set_data(heights)


def largest(*arrays):
    """The greatest size of a number in some arrays."""
    return max(float(np.max(np.abs(np.nan_to_num(array)), initial=0.0)) for array in arrays)


def relative_difference(analytic, numeric):
    """The largest distance of two arrays, as a part of their largest number; infinite for different shapes."""
    analytic, numeric = np.asarray(analytic, dtype=float), np.asarray(numeric, dtype=float)
    if analytic.shape != numeric.shape or not np.isfinite(analytic).all():
        return np.inf
    return largest(analytic - numeric) / (largest(analytic, numeric) or 1.0)


def listed(names):
    """weights 1, biases 1 and weights 2."""
    names = list(names)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
