"""Pictures of chapter 18: the layers as a chain, and the calls that a model makes along it."""

import copy

import numpy as np
from matplotlib.patches import FancyBboxPatch

from nnfs_helpers.check import has_blank
from nnfs_helpers.figures.curves import TrainingCurves
from nnfs_helpers.figures.dropout import DropoutRunsPicture
from nnfs_helpers.figures.picture import FAINT, INK, PALETTE, Picture

AHEAD, BACK = PALETTE[0], PALETTE[1]  # the ways forward and backward
ON = "#DCEEF8"
BACK_ON = "#FBE3D2"


def title_of(layer):
    """The name on a box: Layer_Dense is Dense, with its sizes; a loss is loss."""
    name = type(layer).__name__
    if name.startswith("Loss_"):
        return "loss"
    short = "input" if name == "Layer_Input" else name.removeprefix("Layer_").removeprefix("Activation_")
    return f"{short}\n{layer.weights.shape[0]} to {layer.weights.shape[1]}" if hasattr(layer, "weights") else short


def box(axes, x, y, width, height):
    patch = FancyBboxPatch((x - width / 2, y - height / 2), width, height, boxstyle="round,pad=0,rounding_size=0.06",
                           facecolor="white", edgecolor=INK, linewidth=1.3, zorder=2)  # fmt: skip
    return axes.add_patch(patch)


def arrow(axes, start, end, colour, bend=0.0):
    look = {"arrowstyle": "-|>", "color": colour, "linewidth": 1.6, "shrinkA": 0, "shrinkB": 0,
            "connectionstyle": f"arc3,rad={bend}"}  # fmt: skip
    return axes.annotate("", xy=end, xytext=start, arrowprops=look, zorder=3)


class Chain:
    """Boxes in a row, `next` as blue arrows above and `prev` as orange arrows below.

    axes: with inches as its unit. names: one for each box. y: the height of the row. width: of a box.
    nexts, prevs: for each box the number of the box that it leads to, or None.
    """

    def __init__(self, axes, names, nexts, prevs, left, y, step, width=0.74, height=0.5):
        places = left + step * np.arange(len(names))
        for x, name in zip(places, names):
            box(axes, x, y, width, height)
            axes.text(x, y, name, ha="center", va="center", zorder=4)
        for links, side, colour in ((nexts, 1, AHEAD), (prevs, -1, BACK)):
            for number, target in enumerate(links):
                if target is None:
                    continue
                way = 1 if target > number else -1
                start = (places[number] + way * 0.16, y + side * height / 2)
                end = (places[target] - way * 0.16, y + side * height / 2)
                far = abs(target - number) > 1
                arrow(axes, start, end, colour, bend=-way * side * (0.42 if far else 0.55))


def inches(figure, width, height):
    """Axes over the whole figure with inches as their unit."""
    figure.set_layout_engine("none")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(0, height))
    axes.axis("off")
    return axes


NAMES = ["input", "Dense", "ReLU", "Dense", "Softmax", "loss"]


class ChainPicture(Picture):
    """A model's layers in a row with their links.

    layers: the layers of a finalized model. The links drawn are those that the layers hold.
    """

    def __init__(self, model, width=7.0, height=1.75):
        super().__init__(width, height)
        axes = inches(self.figure, width, height)
        chain = [model.input_layer, *model.layers, model.loss]
        places = {id(layer): number for number, layer in enumerate(chain)}
        nexts = [places.get(id(getattr(layer, "next", None))) for layer in chain]
        prevs = [places.get(id(getattr(layer, "prev", None))) for layer in chain]
        step = 6.0 / (len(chain) - 1)
        Chain(axes, [title_of(layer) for layer in chain], nexts, prevs, 0.5, 0.8, step)
        axes.text(0.15, 1.58, "next", color=AHEAD, va="center", fontsize=12, weight="bold")
        axes.text(0.15, 0.14, "prev", color=BACK, va="center", fontsize=12, weight="bold")
        self.alt = (f"{len(chain)} boxes in a row, from the input to the loss. Blue arrows lead from each layer to the "
                    f"box behind it, the last one to the loss; orange ones to the box before it.")  # fmt: skip


class ModelPreview(Picture):
    """One frame around layers, loss, optimizer and accuracy."""

    def __init__(self, width=7.0, height=3.0):
        super().__init__(width, height)
        axes = inches(self.figure, width, height)
        frame = box(axes, 3.95, 1.45, 5.9, 2.7)
        frame.set(facecolor="#F4F8FB", edgecolor=AHEAD, linewidth=2, zorder=0)
        axes.text(1.2, 2.57, "Model", fontsize=14, weight="bold", color=AHEAD, va="center")
        places = 1.55 + 0.97 * np.arange(6)
        for x, name in zip(places, NAMES):
            box(axes, x, 1.75, 0.74, 0.5)
            axes.text(x, 1.75, name, ha="center", va="center", zorder=4)
        for left, right in zip(places, places[1:]):
            arrow(axes, (left + 0.38, 1.83), (right - 0.38, 1.83), AHEAD)
            arrow(axes, (right - 0.38, 1.67), (left + 0.38, 1.67), BACK)
        axes.text(0.42, 1.75, "X, y", ha="center", va="center", fontsize=12)
        arrow(axes, (0.68, 1.75), (1.17, 1.75), INK)
        for x, name, what in ((2.5, "optimizer", "changes the weights"), (5.3, "accuracy", "counts what is right")):
            box(axes, x, 0.85, 1.2, 0.4)
            axes.text(x, 0.85, name, ha="center", va="center", zorder=4)
            axes.text(x, 0.42, what, ha="center", va="center", zorder=4)
        self.alt = ("A frame named Model; in it a row of boxes from the input over the layers to the loss, with arrows "
                    "there and back, and below it the optimizer and the accuracy.")  # fmt: skip


# ------------------------------------------------------------------------------------------------- the trace


HELD = ("weights", "biases", "inputs", "binary_mask", "output", "dweights", "dbiases", "dinputs")


def trace(model, X, y, training):
    """Who is called when a copy of a model goes forward and, while training, back.

    Returns the chain, from the input layer to the loss, and the calls, as `TracePicture.update` wants them.
    """
    model, calls = copy.deepcopy(model), []

    def listen(layer, name):
        method = getattr(layer, name)

        def call(*arguments):
            result = method(*arguments)
            calls.append((name, layer, {what: vars(layer)[what].shape for what in HELD if what in vars(layer)}))
            return result

        setattr(layer, name, call)

    chain = [model.input_layer, *model.layers, model.loss]
    for layer in chain:
        listen(layer, "forward")
    for layer in filter(None, [*chain[1:], model.softmax_classifier_output]):
        listen(layer, "backward")
    output = model.forward(X, training)
    model.loss.calculate(output, y)
    if training:
        model.backward(output, y)
    return chain, calls


class TracePicture(Picture):
    """The calls of a model, one after the other: which layer is at work, what has passed, what it holds."""

    BOXES = 8

    def __init__(self, width=7.0, height=4.1):
        super().__init__(width, height)
        axes = inches(self.figure, width, height)
        self.places = 0.47 + 0.866 * np.arange(self.BOXES)
        self.boxes = [box(axes, x, 2.7, 0.76, 0.56) for x in self.places]
        self.titles = [axes.text(x, 2.7, "", ha="center", va="center", zorder=4) for x in self.places]
        middles = (self.places[1:] + self.places[:-1]) / 2
        self.ahead = [arrow(axes, (x - 0.42, 3.13), (x + 0.42, 3.13), AHEAD) for x in middles]
        self.back = [arrow(axes, (x + 0.42, 2.27), (x - 0.42, 2.27), BACK) for x in middles]
        self.outputs = [axes.text(x, 3.31, "", ha="center", va="center", color=AHEAD) for x in middles]
        self.gradients = [axes.text(x, 2.08, "", ha="center", va="center", color="#A84A00") for x in middles]
        axes.text(0.1, 3.57, "output", color=AHEAD)
        axes.text(0.1, 1.77, "dinputs", color="#A84A00")
        self.head = axes.text(3.5, 3.88, "", ha="center", va="center", fontsize=13, weight="bold")
        axes.plot([0.1, 6.9], [1.62, 1.62], color=FAINT, linewidth=1)
        self.holds = axes.text(0.3, 1.4, "", va="center", weight="bold", fontsize=12)
        rows = [(0.3 + 2.2 * (place // 3), 1.05 - 0.33 * (place % 3)) for place in range(9)]
        self.held = [axes.text(x, y, "", va="center") for x, y in rows]

    def update(self, chain, calls, step, training=True):
        """chain: input layer, layers and loss. calls: (method, layer, what it holds); `step` of them are done.

        What a layer holds: a dictionary from a name to a shape. A layer that is not in the chain stands for the
        last two together. training: whether the model learns, for the headline.
        """
        step = min(step, len(calls))
        done = calls[:step]
        places = {id(layer): number for number, layer in enumerate(chain)}
        last = len(chain) - 1
        self.update_boxes(chain, done, places, last)
        for number in range(self.BOXES - 1):
            self.show(self.ahead[number], self.outputs[number], "")
            self.show(self.back[number], self.gradients[number], "")
        for method, layer, held in done:
            place = places.get(id(layer), last - 1)
            if method == "forward" and place < last:
                self.show(self.ahead[place], self.outputs[place], held.get("output"))
            elif method == "backward" and place > 0:
                number = last - 2 if id(layer) not in places else place - 1
                self.show(self.back[number], self.gradients[number], held.get("dinputs"))
        self.update_words(done, len(calls), places, "training" if training else "in use")
        return self

    def show(self, line, words, shape):
        line.set_visible(bool(shape))
        words.set_text(str(shape or ""))

    def update_boxes(self, chain, done, places, last):
        busy = []
        if done:
            busy = [places[id(done[-1][1])]] if id(done[-1][1]) in places else [last - 1, last]
        colour = ON if done and done[-1][0] == "forward" else BACK_ON
        for number, (patch, words) in enumerate(zip(self.boxes, self.titles)):
            is_there = number < len(chain)
            patch.set_visible(is_there)
            patch.set_facecolor(colour if number in busy else "white")
            patch.set_linewidth(2.6 if number in busy else 1.3)
            words.set_text(title_of(chain[number]) if is_there else "")

    def update_words(self, done, number_of_calls, places, mode):
        for words in self.held:
            words.set_text("")
        ahead = sum(method == "forward" for method, _, _ in done)
        if not done:
            self.head.set_text(f"{mode}: no call yet")
            self.holds.set_text("")
            self.alt = f"The boxes of a model ({mode}) in a row, from the input to the loss; no call has been made yet."
            return
        method, layer, held = done[-1]
        together = id(layer) not in places
        name = "softmax and loss together" if together else title_of(layer).split("\n")[0]
        self.head.set_text(f"call {len(done)} of {number_of_calls}: {name}, {method}")
        verb = "hold" if together else "holds"
        self.holds.set_text(f"{name} now {verb}" if held else f"{name} {verb} no array")
        for words, (label, shape) in zip(self.held, held.items()):
            words.set_text(f"{label}  {shape}")
        self.alt = (f"A model's boxes in a row. {ahead} calls forward and {len(done) - ahead} backward are done; the "
                    f"last was {method} of {name}, which now {verb} {', '.join(held) or 'no array'}.")  # fmt: skip


# --------------------------------------------------------------------------------------------- runs and quiz


class FinalRunPicture(DropoutRunsPicture):
    """The book's last run: stored figures, and what was trained here; a diamond for new points.

    names: what the run is called. new: what the diamond is called.
    """

    def __init__(self, names, new="300 new points"):
        super().__init__(names)
        for (diamond,) in self.diamonds:
            # Hollow, so that the line can be seen to its end.
            diamond.set(markerfacecolor="none", markeredgecolor=PALETTE[1], markeredgewidth=2.2, label=new)
            diamond.set(linestyle="none")
        self.figure.legends[0].remove()
        handles = [*self.lines[0], self.live[0], self.diamonds[0][0]]
        self.figure.legend(handles=handles, loc="outside upper center", ncols=3)

    def update(self, runs, live):
        super().update(runs, live)
        self.parts[0].set_ylim(0, 1.08 * max(live["loss"]))
        self.alt = ("Loss and accuracy over 10,000 epochs, jagged: the loss falls fast, then ever more slowly; a short "
                    "thick piece at the left was trained here. New points, a diamond, have a lower loss, and an "
                    "accuracy a little lower.")  # fmt: skip
        return self


class OwnModelPicture(TrainingCurves):
    """The curves of the reader's model, or empty ones while there is none."""

    def update(self, history):
        if has_blank(history) or not isinstance(history, dict) or not history.get("epoch"):
            for axes in self.parts.values():
                axes.set(xlim=(0, 150), ylim=(0, 1))
            self.alt = "Two empty diagrams, for loss and accuracy: no model has been trained yet."
            return self
        super().update(history)
        losses = [*history["loss"], *history.get("validation_loss", [])]
        self.parts["loss"].set_ylim(0, 1.08 * max(losses))
        for entry in (self.legend.get_lines()[1], self.legend.get_texts()[1]):
            entry.set_visible("validation_loss" in history)
        self.legend.set_visible(True)
        return self


class ChainQuizPicture(Picture):
    """Three chains, two of them with a wrong link (quiz of chapter 18)."""

    def __init__(self, width=7.0, height=4.3):
        super().__init__(width, height)
        axes = inches(self.figure, width, height)
        forth = [None, 2, 3, 4, 5, None]
        back = [None, 0, 1, 2, 3, None]
        for name, y, nexts, prevs in (("A", 3.55, forth, [None, 0, 1, 1, 3, None]),
                                      ("B", 2.15, [None, 2, 3, 4, None, None], back),
                                      ("C", 0.75, forth, back)):  # fmt: skip
            Chain(axes, NAMES, nexts, prevs, 1.05, y, 1.09)
            axes.text(0.3, y, name, ha="center", va="center", fontsize=14, weight="bold")
        axes.text(0.15, 4.05, "next", color=AHEAD, va="center", fontsize=12, weight="bold")
        axes.text(0.15, 0.2, "prev", color=BACK, va="center", fontsize=12, weight="bold")
        self.alt = ("Three chains from the input to the loss. In A the second Dense has its prev at the first Dense; "
                    "in B Softmax has no next; in C every layer has both.")  # fmt: skip
