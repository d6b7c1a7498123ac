"""Pictures of data and what is done to it before training: scaling, shuffling, augmentation (chapter 13)."""

import numpy as np

from nnfs_helpers.check import has_blank
from nnfs_helpers.figures.optimizers import BANDS, LOW_TO_HIGH
from nnfs_helpers.figures.picture import FAINT, INK, MARKERS, PALETTE, Picture, scatter_classes
from nnfs_helpers.figures.plane import QuickImage

QUIET_WORDS = "#666666"
WEIGHT_LIMIT = 2.2  # how far the maps over two weights reach from 0
START = (-1.5, 1.5)
FAR_AWAY = 1e6  # a loss from which nothing comes back
ACROSS = 160  # so many places across and up a map


# ------------------------------------------------------------------------------- the loss over two weights


class WeightMap:
    """The mean squared error of one neuron without a bias over its two weights, seen from above; and a path.

    axes: where to draw.
    """

    def __init__(self, axes):
        self.axes = axes
        self.edges = np.linspace(-WEIGHT_LIMIT, WEIGHT_LIMIT, ACROSS + 1)
        middles = (self.edges[1:] + self.edges[:-1]) / 2
        self.first, self.second = np.meshgrid(middles, middles)
        white = np.full((ACROSS, ACROSS, 3), 255, dtype=np.uint8)
        self.image = axes.add_image(QuickImage(axes, self.edges, self.edges, white, zorder=0.6))
        axes.set(xlim=(-WEIGHT_LIMIT, WEIGHT_LIMIT), ylim=(-WEIGHT_LIMIT, WEIGHT_LIMIT), aspect="equal")
        axes.set(xticks=(-2, -1, 0, 1, 2), yticks=(-2, -1, 0, 1, 2), xlabel="first weight")
        (self.path,) = axes.plot([], [], "o-", color=PALETTE[1], markersize=4, linewidth=1.5)
        axes.plot(*START, "s", color="white", markeredgecolor=INK, markersize=8)
        (self.lowest,) = axes.plot([], [], "+", color=INK, markersize=10, markeredgewidth=1.8)

    def update(self, inputs, targets, path):
        """inputs: shape (samples, 2). targets: one number for each. path: pairs of weights, the start first."""
        inputs, targets = np.asarray(inputs, dtype=np.float64), np.ravel(targets)
        best = np.linalg.lstsq(inputs, targets, rcond=None)[0]
        (a, b), (_, c) = inputs.T @ inputs / len(inputs)
        right, up = self.first - best[0], self.second - best[1]
        heights = (a * right**2 + 2 * b * right * up + c * up**2) ** 0.4
        bands = np.floor(heights / heights.max() * BANDS) / (BANDS - 1)
        self.image.set_data(self.edges, self.edges, (255 * LOW_TO_HIGH(bands)[..., :3] + 0.5).astype(np.uint8))
        self.lowest.set_data(best[:1], best[1:])
        self.path.set_data(*np.clip(np.reshape(path, (-1, 2)), -1e3, 1e3).T)


def walked(inputs, targets, rate, steps):
    """The weights of a descent from START, for the still pictures."""
    weights, path = np.array(START), [START]
    for _ in range(steps):
        weights = weights - rate * 2 * inputs.T @ (inputs @ weights - targets) / len(inputs)
        path.append(tuple(weights))
    return path


def even_readings():
    """Forty pairs of readings with the mean 0 and the spread 1, and what a neuron is to find out: their sum."""
    readings = np.random.default_rng(0).normal(size=(40, 2))
    readings = (readings - readings.mean(axis=0)) / readings.std(axis=0)
    readings[:, 1] -= readings[:, 0] * np.mean(readings[:, 0] * readings[:, 1])
    readings[:, 1] /= readings[:, 1].std()
    return readings, readings.sum(axis=1)


class WeightMapsPicture(Picture):
    """Maps of the loss over two weights side by side, each with a path.

    parts: for each title a pair of numbers, by which the two columns of readings are multiplied; the learning
    rate; and the number of steps.
    """

    def __init__(self, parts, width=6.5, height=3.4):
        super().__init__(width, height)
        readings, targets = even_readings()
        axes_of_parts = self.figure.subplots(1, len(parts), sharey=True)
        for axes, (title, (scales, rate, steps)) in zip(axes_of_parts, parts.items()):
            inputs = readings * scales
            WeightMap(axes).update(inputs, targets, walked(inputs, targets, rate, steps))
            axes.set_title(title)
        self.figure.axes[0].set_ylabel("second weight")


def preprocessing_preview():
    """The first figure of chapter 13."""
    picture = WeightMapsPicture({"before": ((1, 6), 0.026, 30), "after": ((1, 1), 0.35, 30)})
    picture.alt = ("Two landscapes of a loss, seen from above, each with a path of 30 steps from the same start. "
                   "Before: a narrow ravine, and the path creeps along it and does not arrive. After: a round bowl, "
                   "and the path runs straight to the cross at its lowest place.")  # fmt: skip
    return picture


class BowlQuizPicture(WeightMapsPicture):
    """Three maps of a loss over two weights (quiz of chapter 13)."""

    def __init__(self):
        super().__init__({"A": ((4, 1), 0.05, 12), "B": ((1, 1), 0.3, 12), "C": ((1, 4), 0.05, 12)}, 7.0, 2.9)
        self.alt = ("Three landscapes of a loss over two weights. A: a narrow ravine that runs up and down, along the "
                    "second weight. B: a round bowl. C: a narrow ravine that runs from left to right, along the "
                    "first weight.")  # fmt: skip


class BowlPicture(Picture):
    """The loss over two weights with a path; beside it the loss of each step, and the step that reaches the goal.

    goal: the loss to reach. most: the greatest number of steps.
    """

    def __init__(self, goal=0.01, most=1000, width=7.0, height=3.6):
        super().__init__(width, height)
        self.goal, self.most = goal, most
        map_axes, curve = self.figure.subplots(1, 2, width_ratios=[1.1, 1])
        self.map = WeightMap(map_axes)
        map_axes.set_ylabel("second weight")
        curve.set(xscale="log", yscale="log", xlim=(1, most), ylim=(1e-4, 1e4), xlabel="step", ylabel="loss")
        curve.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1,000"])
        curve.set_yticks([1e-4, 1e-2, 1, 100, 1e4], ["0.0001", "0.01", "1", "100", "10,000"])
        curve.minorticks_off()
        curve.grid(axis="y")
        curve.axhline(goal, color=QUIET_WORDS, linestyle="--", linewidth=1.2, zorder=1)
        curve.text(1.15, goal / 1.6, "the goal", color=QUIET_WORDS, va="top")
        (self.curve,) = curve.plot([], [], "o-", color=PALETTE[0], markersize=4, linewidth=1.5)
        self.map.axes.set_title(" ")
        self.curve_axes = curve

    def update(self, inputs, targets, path, losses):
        """inputs, targets: the neuron's data. path: pairs of weights. losses: one for each pair; the start first."""
        self.map.update(inputs, targets, path)
        losses = np.nan_to_num(np.asarray(losses, dtype=np.float64), nan=1e9, posinf=1e9)
        self.curve.set_data(np.arange(1, len(losses)), np.clip(losses[1:], 1e-6, 1e9))
        spreads = np.std(inputs, axis=0)
        ratio = spreads.max() / spreads.min()
        shape = "a round bowl" if ratio < 1.5 else "a long valley" if ratio < 3 else "a narrow ravine"
        if losses[-1] <= self.goal:
            words = f"goal reached in {len(losses) - 1} step" + "s" * (len(losses) > 2)
            fate = "the path reaches the goal"
        elif losses[-1] >= FAR_AWAY:
            words, fate = "it flies away", "the path swings wider and wider and flies away"
        elif losses[-1] > losses[0] / 10:
            words, fate = "it swings to and fro", "the path swings from side to side and does not reach the goal"
        else:
            words, fate = f"not there after {len(losses) - 1} steps", "the path does not reach the goal in time"
        self.curve_axes.set_title(words)
        self.map.axes.set_title(shape)
        self.alt = (f"The loss over two weights, seen from above: {shape}; {fate}. Beside it the loss from step to "
                    f"step and the goal, dashed.")  # fmt: skip
        return self


# ------------------------------------------------------------------------------------------------ batches


class ForgettingPicture(Picture):
    """What a network answers, step by step, when its batches are sorted by class, and when they are mixed."""

    def __init__(self, width=7.0, height=3.3):
        super().__init__(width, height)
        self.parts = self.figure.subplots(1, 2, sharey=True)
        self.parts[0].set(ylabel="share of the answers", yticks=(0, 0.5, 1), ylim=(-0.16, 1.04))

    def update(self, histories):
        """histories: two entries, a title and (shares, shape (steps, classes), and the class of each batch or None)."""
        for axes, (title, (shares, classes)) in zip(self.parts, histories.items()):
            shares = np.asarray(shares)
            steps = np.arange(1, len(shares) + 1)
            for label in range(shares.shape[1]):
                axes.plot(steps, shares[:, label], color=PALETTE[label], marker=MARKERS[label], markersize=5,
                          linewidth=1.5, markevery=4, label=f"class {label}")  # fmt: skip
                if classes is not None:
                    fed = np.asarray(classes) == label
                    axes.bar(steps[fed], 0.07, 1.0, bottom=-0.14, color=PALETTE[label])
            if classes is None:
                axes.bar(steps, 0.07, 1.0, bottom=-0.14, color=FAINT)
            axes.set(title=title, xlabel="step", xlim=(0, len(shares) + 1))
        handles, names = self.parts[0].get_legend_handles_labels()
        self.figure.legend(handles, names, loc="outside upper center", ncols=len(names))
        self.alt = ("What share of all points a network gives to each class, step by step. Left, batches sorted by "
                    "class: the answers swing over to the class that is shown just now, wider and wider. Right, "
                    "mixed batches: each class keeps about a third.")  # fmt: skip
        return self


# ------------------------------------------------------------------------------------- crooked pictures


class CrookedPicture(Picture):
    """Six garments, what two networks say to each, and how many of all pictures each network gets right.

    names: of the two networks.
    """

    def __init__(self, names, note="", width=7.0, height=3.3):
        super().__init__(width, height)
        grid = self.figure.add_gridspec(2, 6, height_ratios=[1.1, 1])
        self.names, self.images, self.marks = list(names), [], []
        for column in range(6):
            axes = self.figure.add_subplot(grid[0, column])
            self.images.append(axes.imshow(np.zeros((28, 28)), cmap="gray", vmin=0, vmax=255))
            axes.set(xticks=[], yticks=[])
            self.marks.append([axes.text(0.5, -0.14 - 0.19 * row, "Ankle boot", transform=axes.transAxes, ha="center",
                                         va="center", color=PALETTE[row]) for row in range(2)])  # fmt: skip
        bars = self.figure.add_subplot(grid[1, :])
        self.bars = bars.barh([0, 1], [0, 0], height=0.62, color=PALETTE[:2])
        self.figures = [bars.text(0, row, "", va="center") for row in range(2)]
        bars.set(xlim=(0, 1.08), ylim=(1.5, -0.5), xlabel=f"share of right answers {note}")
        bars.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
        bars.set_yticks([0, 1], self.names)
        bars.tick_params(axis="y", length=0)

    def update(self, garments, answers, right):
        """garments: six pictures, shape (6, 28, 28). answers: for each network six words. right: two shares."""
        for image, garment in zip(self.images, garments):
            image.set_data(garment)
        for column, marks in enumerate(self.marks):
            for mark, words in zip(marks, answers):
                mark.set_text(words[column])
        for bar, figure, share in zip(self.bars, self.figures, right):
            bar.set_width(share)
            figure.set_position((share + 0.01, figure.get_position()[1]))
            figure.set_text(f"{share:.2f}")
        first, second = self.names
        better = "about as often as" if abs(right[0] - right[1]) < 0.05 else (
            "more often than" if right[0] > right[1] else "less often than")  # fmt: skip
        self.alt = (f"Six garments and what two networks call them. Below, the share of right answers: the network "
                    f"\"{first}\" is right {better} the network \"{second}\".")  # fmt: skip
        return self


# ------------------------------------------------------------------------------------------------- a cure


class CurePicture(Picture):
    """Data as a reader has prepared it, and the loss of each step of a training with it.

    follow(X, y, run): draws it. run: a function from X and y to the losses and the accuracy at the end (and
    maybe more).
    accuracy: what `run` returned; blank (`...`) as long as X or y is blank.
    """

    def __init__(self, width=7.0, height=3.2):
        super().__init__(width, height)
        self.accuracy = ...
        self.plane, self.curve = self.figure.subplots(1, 2)
        self.plane.set(xlabel="first feature", ylabel="second feature")
        self.curve.set(xlabel="step", ylabel="loss of the batch", ylim=(0, 2))
        self.curve.axhline(np.log(3), color=FAINT, linestyle="--", linewidth=1.2, zorder=0)

    def follow(self, X, y, run):
        if has_blank(X) or has_blank(y):
            return self.update(..., ..., ..., ...)
        losses, self.accuracy, *_ = run(X, y)
        return self.update(X, y, losses, self.accuracy)

    def update(self, X, y, losses, accuracy):
        if has_blank(X) or has_blank(y):
            self.plane.set_title("no data yet")
            self.alt = "Two empty diagrams, for the data and for the loss of a training."
            return self
        scatter_classes(self.plane, X, y, size=18)
        self.plane.set_title("your data")
        self.curve.plot(np.minimum(np.nan_to_num(losses, nan=99), 2), color=PALETTE[0], linewidth=1)
        self.curve.set_xlim(0, len(losses))
        self.curve.set_title(f"accuracy {accuracy:.2f}")
        fate = "falls well below guessing" if accuracy > 0.6 else "stays near guessing or swings to and fro"
        self.alt = f"Left the points of three classes as they were prepared. Right the loss of each step: it {fate}."
        return self
