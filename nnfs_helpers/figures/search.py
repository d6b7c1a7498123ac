"""Pictures of random search: what luck finds, where it fails, and the landscape it walks on (chapter 6)."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from nnfs_helpers.check import has_blank
from nnfs_helpers.figures.picture import FAINT, INK, PALETTE, Picture, scatter_classes
from nnfs_helpers.figures.plane import ColouredPlane, limit_of

CURVE, WALK = PALETTE[:2]
GUESSING = np.log(3)  # the loss of a network that gives each of three classes one third


def draw_guessing(axes, where, height=GUESSING):
    """A dashed line at the loss of guessing among three classes, with its name."""
    axes.axhline(height, color=FAINT, linestyle="--", linewidth=1.2, zorder=0)
    axes.text(where, height + 0.02, "guessing", color="#666666", ha="right", va="bottom")


# ------------------------------------------------------------------------------------------------ preview

# What 10,000 random steps of the book's search found, to two digits: weights and biases of both layers.
FOUND_VERTICAL = (
    [[-3.78, 4.19, 2.56], [1.24, -0.93, 2.26]], [[2.72, 0.74, -0.30]],
    [[3.19, 0.41, -3.66], [-3.50, 1.33, 2.50], [-1.20, -0.52, 2.50]], [[-0.56, 1.25, -1.68]],
)  # fmt: skip
FOUND_SPIRAL = (
    [[-0.86, 0.79, 0.32], [0.60, 0.28, 0.30]], [[0.13, 0.89, -0.99]],
    [[-0.77, 0.96, -0.18], [0.11, 0.88, -0.17], [0.47, 0.69, -0.68]], [[0.31, -0.78, 0.41]],
)  # fmt: skip


class SearchPreviewPicture(Picture):
    """Two planes side by side, each with its points and the colours that a network gives to it."""

    def __init__(self, data, networks, titles, width=7.0, height=3.7):
        super().__init__(width, height)
        for axes, (points, labels), network, title in zip(self.figure.subplots(1, 2), data, networks, titles):
            ColouredPlane(axes, limit_of(points)).update(network)
            scatter_classes(axes, points, labels)
            axes.set_title(title)
        self.alt = ("Two planes coloured by a network. Left three clouds of points side by side, nearly all in their "
                    "own colour. Right the spiral: the coloured areas do not follow its arms.")  # fmt: skip


def search_preview():
    """The first figure of chapter 6: what the same random search finds for two sets of data."""
    from nnfs.datasets import spiral_data, vertical_data

    from nnfs_helpers.precision import book_precision

    data = []
    for make in (vertical_data, spiral_data):
        with book_precision(seed=0):
            data.append(make(samples=100, classes=3))
    networks = [network_of(*map(np.array, found)) for found in (FOUND_VERTICAL, FOUND_SPIRAL)]
    return SearchPreviewPicture(data, networks, ("vertical data", "spiral data"))


def network_of(weights1, biases1, weights2, biases2):
    """The function from points to class probabilities of two layers with these parameters."""

    def probabilities(points):
        scores = np.maximum(0, points @ weights1 + biases1) @ weights2 + biases2
        powers = np.exp(scores - np.max(scores, axis=1, keepdims=True))
        return powers / np.sum(powers, axis=1, keepdims=True)

    return probabilities


# ------------------------------------------------------------------------------------------------ records


class RecordsPicture(Picture):
    """The loss of each try of a search as a dot, and the best so far as a staircase; tries on a logarithmic scale."""

    def __init__(self, width=7.0, height=3.4):
        super().__init__(width, height)
        self.axes = self.figure.subplots()
        number = "number of the try, from 1 (each mark is ten times the one before)"
        self.axes.set(xscale="log", xlabel=number, ylabel="loss")
        (self.dots,) = self.axes.plot([], [], ".", color=PALETTE[6], markersize=2, label="a try", alpha=0.5)
        (self.stairs,) = self.axes.plot([], [], color=CURVE, drawstyle="steps-post", label="best so far")
        (self.records,) = self.axes.plot([], [], "o", color=WALK, markersize=7, label="a new best", clip_on=False)

    def update(self, losses, improvements):
        """losses: one for each try. improvements: for each new best its try, counted from 0, and its loss."""
        tries = np.arange(1, len(losses) + 1)
        self.dots.set_data(tries, losses)
        self.stairs.set_data(tries, np.minimum.accumulate(losses))
        self.records.set_data([step[0] + 1 for step in improvements], [step[1] for step in improvements])
        low, high = np.min(losses), np.percentile(losses, 99.5)
        self.axes.set(xlim=(0.9, 1.1 * len(losses)), ylim=(low - 0.1 * (high - low), high))
        self.axes.ticklabel_format(axis="y", useOffset=False)
        self.axes.set_xticks([10**power for power in range(len(str(len(losses))))])
        self.axes.set_xticklabels([f"{10**power:,}" for power in range(len(str(len(losses))))])
        self.axes.legend(loc="lower left", markerscale=1.5)
        self.alt = (f"The losses of {len(losses):,} tries form one dense cloud around {np.mean(losses):.2f}. Below it "
                    f"a staircase, the best so far, goes down in {len(improvements)} small steps, spread over "
                    f"the whole width of a scale where each mark is ten times the one before.")  # fmt: skip
        return self


# ------------------------------------------------------------------------------------------- two searches


class TwoSearchesPicture(Picture):
    """What one search found for two sets of data: above the coloured planes, below the best loss so far.

    datasets: two pairs of points, shape (samples, 2), and labels. titles: a name for each.
    """

    def __init__(self, datasets, titles=("vertical data", "spiral data"), width=7.0, height=5.7):
        super().__init__(width, height)
        self.titles = titles
        above, self.curves = self.figure.subplots(2, 2, height_ratios=[1.55, 1])
        self.planes = []
        for axes, (points, labels) in zip(above, datasets):
            self.planes.append(ColouredPlane(axes, limit_of(points)))
            scatter_classes(axes, points, labels, size=18)
        for axes in self.curves:
            axes.grid(axis="y")

    def update(self, networks, searches, tries):
        """networks: two lists of layers. searches: for each a list of new bests (try, loss, accuracy, …)."""
        said = []
        parts = zip(self.titles, self.planes, self.curves, networks, searches)
        for title, plane, curve, network, improvements in parts:
            plane.update(network)
            last_try, loss, accuracy = improvements[-1][:3]
            plane.axes.set_title(f"{title}: {accuracy:.0%} right")
            moments = [step[0] for step in improvements] + [tries]
            losses = [step[1] for step in improvements] + [loss]
            curve.clear()
            curve.grid(axis="y")
            curve.plot(moments, losses, color=CURVE, drawstyle="steps-post", linewidth=2.5)
            curve.set(xlim=(0, tries), ylim=(0, 1.4), yticks=(0, 0.5, 1), xlabel="tries", ylabel="best loss")
            curve.set_xticks([0, tries // 2, tries], ["0", f"{tries // 2:,}", f"{tries:,}"])
            draw_guessing(curve, tries)
            curve.set_title(f"best loss {loss:.2f}")
            said.append(f"{title}: loss {loss:.2f}, {accuracy:.0%} right")
        self.alt = (f"Two coloured planes with their points, and below each the best loss over {tries:,} tries. "
                    f"{'; '.join(said)}. The left curve falls steeply and then lies flat, the right one hardly "
                    f"leaves the line of guessing.")  # fmt: skip
        return self


# --------------------------------------------------------------------------------------------- the walk


class WalkPicture(Picture):
    """A random search to play with: the plane it has coloured so far, and the loss of each try.

    datasets: a dictionary from names to pairs of points, shape (samples, 2), and labels.
    most: the greatest number of tries there can be.
    """

    TOP = 1.6  # higher losses are drawn here

    def __init__(self, datasets, most, width=7.0, height=4.2):
        super().__init__(width, height)
        plane, curve = self.figure.subplots(1, 2, width_ratios=[1.15, 1])
        self.plane = ColouredPlane(plane, max(limit_of(points) for points, _ in datasets.values()))
        self.groups = {name: scatter_classes(plane, *data, size=20) for name, data in datasets.items()}
        look = {"clip_on": False, "label": "undone"}
        (self.tried,) = curve.plot([], [], "x", color=FAINT, markersize=4, **look)
        look = {"clip_on": False, "label": "best so far", "drawstyle": "steps-post"}
        (self.best,) = curve.plot([], [], color=CURVE, linewidth=2.5, **look)
        curve.set(xlim=(0, most), ylim=(0, self.TOP), xlabel="tries", ylabel="loss")
        curve.set_yticks([0, 0.5, 1, self.TOP], ["0", "0.5", "1", f"{self.TOP}+"])
        guessing = curve.axhline(GUESSING, color=INK, linestyle="--", linewidth=1, zorder=0, label="guessing")
        curve.set_title("best loss\nsteps kept")
        handles = [self.best, self.tried, guessing]
        self.figure.legend(handles=handles, loc="outside lower right", ncols=3)
        self.curve = curve

    def update(self, name, network, improvements, losses, accuracy):
        """name: of the data. improvements: (try, loss, …) for each step kept. losses: one for each try."""
        for other, groups in self.groups.items():
            for group in groups:
                group.set_visible(other == name)
        self.plane.update(network)
        kept = [step[0] for step in improvements]
        undone = np.setdiff1d(np.arange(len(losses)), kept)
        self.tried.set_data(undone, np.minimum(np.asarray(losses)[undone], self.TOP))
        best = [step[1] for step in improvements] + [improvements[-1][1]]
        self.best.set_data(kept + [len(losses)], np.minimum(best, self.TOP))
        self.plane.axes.set_title(f"{accuracy:.0%} right")
        self.curve.set_title(f"best loss {improvements[-1][1]:.3f}\n{len(kept)} of {len(losses)} steps kept")
        self.alt = (f"The plane of the {name} data, coloured by the best network of {len(losses)} tries. Beside it "
                    f"the losses: {'most steps were' if len(kept) < len(losses) / 2 else 'few steps were'} undone, "
                    f"the best loss so far falls to {improvements[-1][1]:.2f}.")  # fmt: skip
        return self


# ------------------------------------------------------------------------------------------------ shares


class SharesPicture(Picture):
    """The share of random steps that lower the loss, as bars: while a search goes on, and while a network grows."""

    def __init__(self, width=7.0, height=3.3):
        super().__init__(width, height)
        self.panels = self.figure.subplots(1, 2, sharey=True)
        self.panels[0].set(ylabel="steps that lower the loss", xlabel="loss reached", title="as the search goes on")
        self.panels[1].set(xlabel="parameters", title="as the network grows")

    def update(self, by_loss, by_size):
        """by_loss: for losses their shares. by_size: for numbers of parameters their shares. Both dictionaries."""
        names = [f"{loss:.2f}" for loss in by_loss], [f"{size:,}" for size in by_size]
        colours = CURVE, PALETTE[2]
        for axes, labels, shares, colour in zip(self.panels, names, (by_loss, by_size), colours):
            for artist in [*axes.patches, *axes.texts]:
                artist.remove()
            places = range(len(labels))
            axes.bar(places, list(shares.values()), 0.7, color=colour)
            for place, share in zip(places, shares.values()):
                axes.text(place, share + 0.012, in_percent(share), ha="center")
            axes.set_xticks(places, labels)
            axes.tick_params(axis="x", length=0)
            axes.set(ylim=(0, 0.6), xlim=(-0.6, len(labels) - 0.4), yticks=(0, 0.25, 0.5))
        self.panels[0].set_yticks((0, 0.25, 0.5), ("0", "25%", "50%"))
        said = [", ".join(f"{in_percent(share)} at {label}" for label, share in zip(labels, shares.values()))
                for labels, shares in zip(names, (by_loss, by_size))]  # fmt: skip
        self.alt = (f"Bars: the share of random steps that lower the loss. As the loss falls: {said[0]}. "
                    f"As the number of parameters grows: {said[1]}.")  # fmt: skip
        return self


def in_percent(share):
    return f"{share:.1%}" if 0 < share < 0.0095 else f"{share:.0%}"


# --------------------------------------------------------------------------------------------- landscape

HEIGHTS = ["#0B4F7A", "#4E9DC8", "#CFE6F3", "#F7E9C8", "#D9A441"]  # from a deep lake to high ground
DEEP_TO_HIGH = LinearSegmentedColormap.from_list("deep to high", HEIGHTS)
LEVELS = np.geomspace(0.17, 8.5, 15)


class MapPicture(Picture):
    """The loss as a landscape over two parameters, seen from above, with a walk on it.

    a, b: the values of the two parameters, one number for each column and row. losses: shape (len(b), len(a)).
    """

    def __init__(self, a, b, losses, names=("one weight", "one bias"), width=6.5, height=5.2):
        super().__init__(width, height)
        axes = self.figure.subplots()
        levels = np.log(LEVELS)
        heights = np.clip(np.log(losses), levels[0], levels[-1])
        filled = axes.contourf(a, b, heights, levels=levels, cmap=DEEP_TO_HIGH, zorder=0.6)
        axes.contour(a, b, heights, levels=levels, colors="white", linewidths=0.7, linestyles="solid", zorder=0.7)
        bar = self.figure.colorbar(filled, ax=axes, label="loss")
        marks = np.array([0.2, 0.5, 1, 2, 4, 8])
        bar.set_ticks(np.log(marks), labels=[f"{mark:g}" for mark in marks])
        axes.set(xlim=(a[0], a[-1]), ylim=(b[0], b[-1]), xlabel=names[0], ylabel=names[1])
        cross = {"color": "white", "markeredgecolor": INK, "markeredgewidth": 0.6}  # seen on every height
        (self.undone,) = axes.plot([], [], "X", markersize=6, label="undone", **cross)
        (self.path,) = axes.plot([], [], "o-", color=WALK, markersize=5, linewidth=2, label="kept")
        (self.start,) = axes.plot([], [], "s", color="white", markeredgecolor=INK, markersize=9, label="start")
        self.figure.legend(handles=[self.start, self.path, self.undone], loc="outside lower center", ncols=3)
        self.axes = axes

    def update(self, path, undone, loss):
        """path: the places of the walk, start first. undone: places it was sent back from. loss: at the path's end.

        A path that is blank (`...`) leaves the map empty.
        """
        if has_blank(path):
            self.axes.set_title("no walk yet")
            self.alt = "A landscape seen from above: a deep valley that bends. There is no walk on it yet."
            return self
        path, undone = np.reshape(path, (-1, 2)), np.reshape(undone, (-1, 2))
        self.path.set_data(*path.T)
        self.start.set_data(*path[:1].T)
        self.undone.set_data(*undone.T)
        tries = len(path) - 1 + len(undone)
        self.axes.set_title(f"{len(path) - 1} of {tries} steps kept, loss {loss:.2f}")
        self.alt = (f"A landscape seen from above: a deep valley that bends. A walk of {len(path) - 1} kept steps, out "
                    f"of {tries} tried, goes down from a square to a loss of {loss:.2f}.")  # fmt: skip
        return self

    def follow(self, step, loss_at, start=(-6.0, 6.0), tries=60):
        """Draw the walk of a function `step` from a place `a, b` to the next; its losses are in `self.losses`.

        As long as `step` returns nothing, the map stays empty and `self.losses` is blank (`...`).
        """
        path = [start]
        while len(path) <= tries and path[-1] is not None:
            path.append(step(*path[-1]))
        if has_blank(path):
            self.losses = ...
            return self.update(..., [], None)
        self.losses = [float(loss_at(*place)) for place in path]
        return self.update(path, [], self.losses[-1])


# -------------------------------------------------------------------------------------------------- quiz


class SearchQuizPicture(Picture):
    """Three curves of a loss over tries; one of them goes up in places (quiz)."""

    CURVES = {
        "A": ([0, 4, 9, 20, 28, 45, 62, 80], [1.1, 1.0, 0.85, 0.6, 0.45, 0.36, 0.33, 0.33]),
        "B": ([0, 6, 14, 22, 34, 50, 66, 80], [1.1, 0.95, 0.7, 0.82, 0.55, 0.63, 0.35, 0.35]),
        "C": ([0, 35, 60, 80], [1.1, 1.06, 1.04, 1.04]),
    }

    def __init__(self, width=7.0, height=2.7):
        super().__init__(width, height)
        for axes, (name, (tries, losses)), colour in zip(
            self.figure.subplots(1, 3, sharey=True), self.CURVES.items(), PALETTE
        ):
            axes.plot(tries, losses, color=colour, drawstyle="steps-post", linewidth=2.5)
            axes.set(title=name, xlim=(0, 80), ylim=(0, 1.3), xlabel="tries", yticks=(0, 0.5, 1))
            axes.grid(axis="y")
        self.figure.axes[0].set_ylabel("loss")
        self.alt = ("Three staircases of a loss over tries. A goes down in six steps to about 0.3. B goes down, "
                    "twice up a little, and ends as low. C takes two tiny steps and stays above 1.")  # fmt: skip
