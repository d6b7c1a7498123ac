"""A network's health, layer by layer: the sizes of outputs, gradients and updates, and dead neurons (chapter 9)."""

import numpy as np

from nnfs_helpers.figures.picture import FAINT, INK, PALETTE, Picture
from nnfs_helpers.health import groups_of, health

OUTPUT, GRADIENT = PALETTE[:2]
OUTPUT_TINT, GRADIENT_TINT, DEAD_TINT, BAND = "#79B4D9", "#EFA981", "#D0D0D0", "#DCEFE8"

# The sizes are counted on a scale of powers of ten; what is smaller or larger counts for the last bin.
DECADES = np.linspace(-8, 2, 21)
ZERO = (-9.9, -9.1)  # where the bar of the numbers that are exactly 0 stands


class HealthPicture(Picture):
    """One row for each layer with weights: how its outputs and the gradients of its weights are spread by size,
    the share of its dead neurons, and the size of an update as a part of the size of the weights.

    A neuron is dead that gave 0 for every sample, so that no gradient comes through its ReLU.
    """

    LEFT, RIGHT, DEAD, UPDATE = (0.13, 0.375), (0.4, 0.645), (0.675, 0.78), (0.81, 0.965)
    BOTTOM, TOP = 0.22, 0.91
    GUIDE = (3e-4, 3e-3)  # where the size of an update over that of the weights is usual

    def __init__(self, width=7.0, height=4.0):
        super().__init__(width, height)
        self.figure.set_layout_engine("none")  # every part has its place here
        columns = [(self.LEFT, "outputs", "size"), (self.RIGHT, "gradients", "size of dweights"),
                   (self.DEAD, "dead", "of the\nneurons"), (self.UPDATE, "update", "size of update\nover weights")]
        for (left, right), title, below in columns:
            self.figure.text((left + right) / 2, 0.935, title, ha="center", weight="bold", fontsize=12)
            height = 0.14 if title != "dead" else 0.2
            self.figure.text((left + right) / 2, height, below, ha="center", va="top", linespacing=1.25)
        self.dead = self.add_column(self.DEAD, (0, 1))
        self.dead.set_xticks([])
        self.ratio = self.add_column(self.UPDATE, (1e-6, 1), xscale="log")
        self.ratio.set_xticks([1e-6, 1e-3, 1], ["$10^{-6}$", "$10^{-3}$", "1"])
        self.ratio.minorticks_off()
        self.ratio.axvspan(*self.GUIDE, color=BAND, linewidth=0, zorder=0)
        (self.dots,) = self.ratio.plot([], [], "o", color=INK, markersize=9, clip_on=False)
        self.missing = self.ratio.text(0.5, 0.5, "no update\nyet", ha="center", va="center", color="#666666",
                                       transform=self.ratio.transAxes)  # fmt: skip
        self.rows = []

    def add_column(self, place, limits, **settings):
        left, right = place
        axes = self.figure.add_axes((left, self.BOTTOM, right - left, self.TOP - self.BOTTOM))
        axes.set(**settings)
        axes.set(xlim=limits, ylim=(1, 0), yticks=[])
        axes.spines["left"].set_visible(False)
        return axes

    def update(self, layers, updates=None):
        """layers: the network's layers and activations, in order, after a forward and a backward pass.

        updates: what is added to the weights of each layer with weights, one array each; None if there is nothing.
        """
        groups, numbers = groups_of(layers), health(layers, updates)
        shapes = [layer.weights.shape for layer, _ in groups]
        if shapes != [row.shape for row in self.rows]:
            self.build_rows(shapes)
        for row, (layer, last), found in zip(self.rows, groups, numbers):
            row.update(last.output, layer.dweights, found["dead"])
        ratios = np.array([found["update_ratio"] for found in numbers], dtype=float)
        self.dots.set_data(np.clip(ratios, 1e-6, 1), self.middles(len(ratios)))
        self.missing.set_visible(updates is None)
        self.alt = f"The health of a network: {'; '.join(map(sentence, numbers))}."
        return self

    def middles(self, count):
        """The heights of the rows, from 0 at the top to 1."""
        return (np.arange(count) + 0.5) / count

    def build_rows(self, shapes):
        for row in self.rows:
            row.remove()
        height = (self.TOP - self.BOTTOM) / len(shapes)
        self.rows = []
        for number, (shape, middle) in enumerate(zip(shapes, self.middles(len(shapes))), start=1):
            panels = []
            for left, right in (self.LEFT, self.RIGHT):
                bottom = self.TOP - height * number
                panels.append(self.figure.add_axes((left, bottom, right - left, 0.85 * height)))
            bar = self.dead.barh(middle, 0, 0.5 / len(shapes), color=DEAD_TINT)[0]
            words = self.dead.text(0.05, middle, "", va="center", ha="left", zorder=4)
            self.rows.append(HealthRow(panels, bar, words, number, shape, is_last=number == len(shapes)))


class HealthRow:
    """One layer: two histograms, and the share of its dead neurons."""

    def __init__(self, panels, bar, words, number, shape, is_last):
        self.panels, self.bar, self.words, self.shape = panels, bar, words, shape
        self.stairs = []
        edges = np.concatenate([ZERO, DECADES])
        for axes, tint in zip(panels, (OUTPUT_TINT, GRADIENT_TINT)):
            axes.set(xlim=(-10.3, 2.3), ylim=(0, 1.05), yticks=[])
            axes.set_xticks([-9.5, -6, -3, 0], ["0", "$10^{-6}$", "$10^{-3}$", "1"] if is_last else [""] * 4)
            axes.spines["left"].set_visible(False)
            for power_of_ten in (-6, -3, 0):
                axes.axvline(power_of_ten, color=FAINT, linewidth=0.8, zorder=0)
            self.stairs.append(axes.stairs(np.zeros(len(edges) - 1), edges, fill=True, color=tint))
        inputs, neurons = shape
        self.label = panels[0].text(-0.04, 0.45, f"layer {number}\n{inputs} → {neurons}", ha="right", va="center",
                                    linespacing=1.4, transform=panels[0].transAxes)  # fmt: skip

    def update(self, outputs, gradients, dead):
        for stairs, array in zip(self.stairs, (outputs, gradients)):
            stairs.set_data(heights(array))
        self.bar.set_width(dead or 0.0)
        self.words.set_text("–" if dead is None else f"{dead:.0%}")

    def remove(self):
        for part in (*self.panels, self.bar, self.words):
            part.remove()


def heights(array):
    """How many numbers are exactly 0, a gap, and how many have each size; the highest bar is 1."""
    sizes = np.abs(np.asarray(array, dtype=np.float64)).ravel()
    logarithms = np.log10(sizes[sizes > 0])
    counts, _ = np.histogram(np.clip(logarithms, DECADES[0], DECADES[-1]), DECADES)
    counts = np.array([np.sum(sizes == 0), 0, *counts], dtype=float)
    return counts / (counts.max() or 1.0)


def sentence(found):
    """What is to be said about one layer; only powers of ten, no digits."""
    said = (f"{found['layer']}: outputs of a size near {power(found['output_size'])}, "
            f"gradients near {power(found['gradient_size'])}")  # fmt: skip
    if found["dead"] is not None:
        said += f", {found['dead']:.0%} of its neurons dead"
    if found["update_ratio"] is not None:
        low, high = HealthPicture.GUIDE
        place = "below" if found["update_ratio"] < low else "above" if found["update_ratio"] > high else "inside"
        said += f", its update {place} the guide band"
    return said


def power(size):
    """The nearest power of ten, in words that a screen reader can read."""
    return "0" if size == 0 else f"{10.0 ** np.round(np.log10(size)):.6g}"
