"""Pictures of the loss: what a confidence costs, and why loss moves while accuracy stands (chapter 5)."""

import numpy as np
from matplotlib.patches import Rectangle

from nnfs_helpers.check import has_blank, numbers_in
from nnfs_helpers.figures.bends import with_ones
from nnfs_helpers.figures.picture import FAINT, INK, MARKERS, PALETTE, Picture, scatter_classes
from nnfs_helpers.figures.plane import ColouredPlane, limit_of
from nnfs_helpers.figures.vectors import GREY, clear, number, sheet, two_places, word

CURVE, WRONG = PALETTE[:2]
TINT, GREY_TINT, MEAN = "#D3E6F2", "#EFEFEF", "#555555"


# ------------------------------------------------------------------------------------- staircase and slope


class StaircasePicture(Picture):
    """Accuracy and loss of a small network while one of its weights is turned, with a dot at one weight.

    The network sees one number of each sample and says with which probability it belongs to class 1.
    """

    BIAS = -3.0
    SAMPLES = np.array([-1.5, 0.75, 1.2, 1.5, 2.4, 4.5])
    LABELS = np.array([0, 0, 0, 1, 1, 1])

    def __init__(self, weight=7.0, width=7.0, height=3.0):
        super().__init__(width, height)
        weights = np.linspace(-1.0, 9.0, 1001)
        here = self.measure(np.array([weight]))
        panels = self.figure.subplots(1, 2)
        for axes, values, value in zip(panels, self.measure(weights), here):
            axes.plot(weights, values, color=CURVE, linewidth=2.5)
            axes.plot([weight], value, "o", color=WRONG, markersize=10, zorder=5)
            axes.set(xlim=(-1, 9), xlabel="one weight")
        panels[0].set(title="accuracy", ylabel="share of right answers", ylim=(0, 1.1), yticks=(0, 0.5, 1))
        panels[1].set(title="loss", ylabel="how wrong", ylim=(0, 3))
        self.alt = ("Two curves over one weight of a network. Left the accuracy: a staircase, flat nearly everywhere. "
                    "Right the loss: a smooth valley. A dot marks one weight: on a flat step on the left, "
                    "on a slope on the right.")  # fmt: skip

    def measure(self, weights):
        """Accuracy and loss for each of some weights."""
        scores = weights[:, np.newaxis] * self.SAMPLES + self.BIAS
        confidences = 1 / (1 + np.exp(np.where(self.LABELS == 1, -scores, scores)))
        return np.mean(confidences > 0.5, axis=1), np.mean(-np.log(confidences), axis=1)


# ------------------------------------------------------------------------------------ the price of one answer


def draw_price_curve(axes, top):
    """The curve −log(confidence), with its axes; as in the loss, no confidence is below 1e-7."""
    confidences = np.append(np.logspace(-7, -2, 200), np.linspace(0.011, 1, 500))
    axes.plot(confidences, -np.log(confidences), color=CURVE, linewidth=2.5)
    axes.set(xlim=(0, 1.03), ylim=(0, top), xlabel="confidence: probability of the right class", ylabel="loss")


class PriceCurvePicture(Picture):
    """The loss of one sample over its confidence, with some dots on the curve."""

    def __init__(self, width=6.5, height=3.5):
        super().__init__(width, height)
        self.axes = self.figure.subplots()
        draw_price_curve(self.axes, top=5)
        self.axes.set_xlabel("confidence: the probability given to the right class")
        self.drawn = []

    def update(self, confidences, losses):
        """confidences, losses: one number each for every dot."""
        for artist in self.drawn:
            artist.remove()
        self.drawn = self.axes.plot(confidences, losses, "o", color=WRONG, markersize=8, clip_on=False, zorder=5)
        prices = dict(zip(confidences, losses))
        for confidence, loss in prices.items():
            self.draw_words(confidence, loss)
            if confidence / 2 in prices:
                self.draw_halving(confidence, loss, prices[confidence / 2])
        costs = ", ".join(f"{number(confidence)} costs {price(loss)}" for confidence, loss in prices.items())
        self.alt = f"A curve that falls steeply at first, then gently, down to 0 at confidence 1. On it: {costs}."
        return self

    def draw_words(self, confidence, loss):
        """What one dot costs. Near confidence 1 the dots stand close together: there not each has room for words."""
        if 0.9 < confidence < 1:
            return
        above = {"xytext": (0, 26 if confidence == 0.9 else 9), "ha": "center"}
        place = {"xytext": (9, 3)} if confidence < 0.5 else above
        text = f"{number(confidence)}: {price(loss)}"
        self.drawn.append(self.axes.annotate(text, (confidence, loss), textcoords="offset points", **place))

    def draw_halving(self, confidence, low, high):
        """Two level lines from a dot and the dot at half its confidence; between them, what the half costs more."""
        for start, loss in ((confidence, low), (confidence / 2, high)):
            self.drawn += self.axes.plot([start, 0.45], [loss, loss], color=GREY, linewidth=1, zorder=1)
        arrow = {"arrowstyle": "<|-|>", "color": INK, "shrinkA": 0, "shrinkB": 0}
        self.drawn.append(self.axes.annotate("", (0.42, high), (0.42, low), arrowprops=arrow))
        words = f"half the confidence: {price(high - low)} more"
        self.drawn.append(self.axes.text(0.46, (low + high) / 2, words, va="center"))


def price(loss):
    """A loss with two digits after the point; never a negative zero."""
    return two_places(abs(loss) if abs(loss) < 0.005 else loss)


# ------------------------------------------------------------------------------------------ picking


class PickingPicture(Picture):
    """How the confidence of the right class is picked: by a class number, or by a one-hot row."""

    CELL_WIDTH, CELL_HEIGHT, TOP = 0.62, 0.4, 1.4

    def __init__(self, width=7.0, height=2.1):
        super().__init__(width, height)
        self.axes = sheet(self)

    def update(self, outputs, class_targets, one_hot, confidences):
        """outputs, one_hot: samples × classes. class_targets, confidences: one number for each sample."""
        clear(self.axes)
        chosen = np.arange(len(outputs)), np.asarray(class_targets)
        marks = np.zeros(np.shape(outputs), dtype=bool)
        marks[chosen] = True
        self.draw_table(0.12, "class\nnumber", np.reshape(class_targets, (-1, 1)))
        self.draw_table(1.3, "softmax outputs", outputs, marks)
        self.draw_table(3.72, "one-hot labels", one_hot, marks)
        self.draw_table(6.14, "confidence", np.reshape(confidences, (-1, 1)), marks[:, :1] | True)
        picks = ", ".join(f"class {target} of sample {row} with {number(outputs[row, target], 2)}"
                          for row, target in enumerate(class_targets))  # fmt: skip
        self.alt = f"A table of softmax outputs beside class numbers and one-hot rows. Both mark {picks}."
        return self

    def draw_table(self, left, heading, array, marks=None):
        array = np.asarray(array)
        middle = left + array.shape[1] * self.CELL_WIDTH / 2
        word(self.axes, middle, self.TOP + 0.45, heading, colour="#555555")
        for column in range(array.shape[1] if array.shape[1] > 1 else 0):
            word(self.axes, left + (column + 0.5) * self.CELL_WIDTH, self.TOP + 0.14, str(column), colour="#555555")
        for (row, column), value in np.ndenumerate(array):
            x, y = left + column * self.CELL_WIDTH, self.TOP - (row + 1) * self.CELL_HEIGHT
            marked = marks is not None and marks[row, column]
            self.axes.add_patch(Rectangle((x, y), self.CELL_WIDTH, self.CELL_HEIGHT, zorder=3 if marked else 2,
                                          facecolor=TINT if marked else "white",
                                          edgecolor=CURVE if marked else GREY))  # fmt: skip
            word(self.axes, x + self.CELL_WIDTH / 2, y + self.CELL_HEIGHT / 2, number(value, 2), zorder=4,
                 weight="bold" if marked else "normal")  # fmt: skip


# ----------------------------------------------------------------------------- the price of confidence

BARS = ("first", "second", "third", "mean")
LOW_TOP, HIGH_TOP = 5.5, 18.0  # how high the axes go: mostly, and when a loss is higher
DOT_SIZES = (19, 13, 8)  # in this order dots at one place lie within one another, and all are seen


class PricePicture(Picture):
    """Three samples on the price curve, and beside it their losses and the mean as bars."""

    def __init__(self, width=7.0, height=4.1):
        super().__init__(width, height)
        left, right = self.figure.subplots(1, 2, sharey=True, width_ratios=(1.15, 1))
        draw_price_curve(left, HIGH_TOP)
        left.set_title("what a confidence costs")
        left.axvspan(0, 1 / 3, color=GREY_TINT, linewidth=0, zorder=0)
        left.text(0.19, 0.68, "answer\nwrong", ha="center", va="bottom", transform=left.get_xaxis_transform())
        left.text(0.68, 0.68, "answer\nright", ha="center", va="bottom", transform=left.get_xaxis_transform())
        right.set(xlim=(-0.6, 3.6), xticks=range(4), xticklabels=BARS, xlabel="sample")
        right.tick_params(axis="x", length=0, pad=11.5)
        left.tick_params(axis="x", pad=8)  # below the largest dot
        colours = (*PALETTE[:3], MEAN)
        self.dots = [left.plot([0.5], [0], MARKERS[row], color=colours[row], markersize=DOT_SIZES[row], clip_on=False,
                               zorder=5 + row, markeredgecolor="white")[0] for row in range(3)]  # fmt: skip
        self.bars = [right.add_patch(Rectangle((row - 0.35, 0), 0.7, 0, facecolor=colours[row])) for row in range(4)]
        self.prices = [right.text(row, 0, "", ha="center", va="bottom") for row in range(4)]
        self.left, self.right = left, right
        right.set_title("mean loss\naccuracy\nsum")
        self.set_top(HIGH_TOP)
        self._arrange()  # now, while the axis has its widest numbers

    def set_top(self, top):
        """How high the axes go, with fitting ticks."""
        self.left.set(ylim=(0, top), yticks=range(0, int(top) + 1, 5 if top == HIGH_TOP else 1))

    def update(self, confidences, losses, mean_loss, accuracy):
        """confidences, losses: three numbers each. mean_loss, accuracy: one number each."""
        top = HIGH_TOP if max(losses) > 5 else LOW_TOP
        if self.left.get_ylim()[1] != top:
            self.set_top(top)
        for dot, confidence, loss in zip(self.dots, confidences, losses):
            dot.set_data([confidence], [loss])
        for bar, text, loss in zip(self.bars, self.prices, (*losses, mean_loss)):
            bar.set_height(loss)
            text.set_text(price(loss))
            text.set_y(loss + 0.012 * top)
        share = f"sum {price(np.sum(losses))}, largest part {np.max(losses) / np.sum(losses):.0%}"
        self.right.set_title(f"mean loss {mean_loss:.3f}\naccuracy {accuracy:.2f}\n{share}")
        costs = ", ".join(f"{confidence:.2f} costs {price(loss)}" for confidence, loss in zip(confidences, losses))
        self.alt = (f"Three dots on a falling curve: {costs}; {share}. "
                    f"The mean loss is {mean_loss:.3f}, the accuracy {accuracy:.2f}.")  # fmt: skip
        return self


# --------------------------------------------------------------------------------- a network grows louder


def fitted_parameters(points, labels, n_neurons=64):
    """Parameters of a network that colours the spiral rather well, without training: that of chapter 4's first figure.

    The hidden layer has random numbers; behind it comes ReLU. The output layer is the best there is for it (least
    squares, a shortcut that works for the last layer alone).
    Returns four arrays: hidden weights, hidden biases, output weights, output biases.
    """
    random = np.random.RandomState(0)
    weights = random.normal(0, 4, size=(2, n_neurons))
    biases = random.uniform(-2, 2, size=(1, n_neurons))
    hidden = np.maximum(0, points @ weights + biases)
    wanted = np.where(np.eye(labels.max() + 1)[labels] == 1, 1.0, -1.0)
    fitted, *_ = np.linalg.lstsq(with_ones(hidden), wanted, rcond=None)
    return weights, biases, fitted[:-1], fitted[-1:]


HIGHEST = 3.0  # how high the axis of the loss goes


class LouderPicture(Picture):
    """The plane in the colours of a network, and its loss and accuracy over the loudness of its scores.

    loudnesses: the loudnesses at which the curves are wanted.
    """

    def __init__(self, points, labels, width=7.0, height=3.7):
        super().__init__(width, height)
        self.loudnesses = np.logspace(-1, 3, 41)
        grid = self.figure.add_gridspec(2, 2, width_ratios=(1.15, 1), height_ratios=(1.6, 1))
        plane = self.figure.add_subplot(grid[:, 0])
        self.plane = ColouredPlane(plane, limit_of(points))
        scatter_classes(plane, points, labels, size=16)
        plane.set_title("a point on its own colour: right\nstrong colour: sure")
        self.parts = [self.figure.add_subplot(grid[row, 1]) for row in range(2)]
        self.curves, self.dots = [], []
        for axes, (top, step) in zip(self.parts, ((HIGHEST, 1), (1, 0.5))):
            axes.set(xscale="log", xlim=(0.1, 1000), xticks=(0.1, 1, 10, 100, 1000), ylim=(0, top))
            axes.set(xticklabels=("0.1", "1", "10", "100", "1000"), yticks=np.arange(0, top + step, step))
            axes.minorticks_off()
            axes.grid(axis="y")
            self.curves.append(axes.plot([], [], color=CURVE)[0])
            self.dots.append(axes.plot([], [], "o", color=WRONG, markersize=9, clip_on=False, zorder=5)[0])
        self.parts[0].axhline(np.log(labels.max() + 1), color=INK, linewidth=1.2, linestyle="--")
        self.parts[0].text(900, np.log(labels.max() + 1) - 0.1, "guessing", ha="right", va="top")
        self.parts[0].set_title("loss 0.00")
        self.parts[1].set(title="accuracy 0.00", xlabel="loudness")

    def update(self, layers, loudness, curve, here):
        """layers: the network at the present loudness.

        curve: a pair of loss and accuracy for each of `loudnesses`. here: the pair at the present loudness.
        """
        self.plane.update(layers)
        for line, values in zip(self.curves, zip(*curve)):
            line.set_data(self.loudnesses, values)
        loss, accuracy = here
        self.dots[0].set_data([loudness], [min(loss, HIGHEST)])
        self.dots[1].set_data([loudness], [accuracy])
        self.parts[0].set_title(f"loss {loss:.2f}{', above the frame' if loss > HIGHEST else ''}")
        self.parts[1].set_title(f"accuracy {accuracy:.2f}")
        self.alt = (f"The plane in the colours of a network, at loudness {loudness:g}. Beside it the loss over the "
                    f"loudness, here {loss:.2f}, and the accuracy, a level line at {accuracy:.2f}.")  # fmt: skip
        return self


# ------------------------------------------------------------------------------------------- two networks


class TwoNetworksPicture(Picture):
    """The losses of two networks on the same three samples, as bars, with mean loss and accuracy. For an exercise."""

    def __init__(self, width=7.0, height=3.1):
        super().__init__(width, height)
        self.panels = self.figure.subplots(1, 2, sharey=True)
        for axes, title in zip(self.panels, ("cautious", "yours")):
            axes.set(xlim=(-0.6, 3.6), xticks=range(4), xticklabels=BARS, xlabel="sample", ylim=(0, 3.5), title=title)
            axes.tick_params(axis="x", length=0)
        self.panels[0].set_ylabel("loss")

    def update(self, cautious, yours, labels):
        """cautious, yours: probabilities, samples × classes; yours may be blank (`...`). labels: class numbers."""
        said = [self.draw(axes, title, outputs, labels)
                for axes, title, outputs in zip(self.panels, ("cautious", "yours"), (cautious, yours))]  # fmt: skip
        self.alt = f"The losses of two networks as bars. {' '.join(said)}"
        return self

    def draw(self, axes, title, outputs, labels):
        for artist in [*axes.patches, *axes.texts]:
            artist.remove()
        outputs = None if has_blank(outputs) else numbers_in(outputs)
        if outputs is None or outputs.shape != (len(labels), 3):
            axes.set_title(f"{title}\n")
            axes.text(1.5, 1.6, "nothing here yet", ha="center", color=GREY)
            return f"{title.capitalize()}: nothing to be seen yet."
        losses = -np.log(np.clip(outputs[np.arange(len(labels)), labels], 1e-7, 1 - 1e-7))
        accuracy = np.mean(np.argmax(outputs, axis=1) == labels)
        for row, loss in enumerate((*losses, np.mean(losses))):
            height = min(loss, 3)
            colour = (*PALETTE[:3], MEAN)[row]
            axes.add_patch(Rectangle((row - 0.35, 0), 0.7, height, facecolor=colour))
            axes.text(row, height + 0.06, f"↑ {loss:.1f}" if loss > 3 else price(loss), ha="center")
        facts = f"mean loss {np.mean(losses):.3f}, accuracy {accuracy:.2f}"
        axes.set_title(f"{title}\n{facts}")
        return f"{title.capitalize()}: {facts}."


# -------------------------------------------------------------------------------------------------- quiz


class LossQuizPicture(Picture):
    """The confidences of three networks on five samples each, as dots on a line (quiz)."""

    NETWORKS = {
        "A": [0.44, 0.48, 0.52, 0.56, 0.6],
        "B": [0.0, 0.86, 0.9, 0.94, 0.98],
        "C": [0.8, 0.84, 0.88, 0.92, 0.96],
    }

    def __init__(self, width=6.5, height=2.3):
        super().__init__(width, height)
        axes = self.figure.subplots()
        for row, confidences in enumerate(self.NETWORKS.values()):
            axes.axhline(-row, color=FAINT, linewidth=0.8, zorder=0)
            axes.plot(confidences, np.full(5, -row), MARKERS[row], color=PALETTE[row], markersize=9, clip_on=False)
        axes.set(xlim=(-0.03, 1), ylim=(-2.5, 0.5), yticks=(0, -1, -2), yticklabels=self.NETWORKS,
                 xlabel="confidence: the probability given to the right class")  # fmt: skip
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        self.alt = ("Five dots for each of three networks on a line from 0 to 1. A: all between 0.4 and 0.6. B: "
                    "four above 0.85, and one at 0. C: all from 0.8 up.")  # fmt: skip
