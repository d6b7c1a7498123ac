"""Pictures of optimizers: paths over surfaces, training runs side by side, and the rate dial (chapter 10)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from nnfs_helpers.check import has_blank
from nnfs_helpers.figures.curves import LossCurve
from nnfs_helpers.figures.picture import FAINT, INK, MARKERS, PALETTE, Picture, scatter_classes
from nnfs_helpers.figures.plane import ColouredPlane, QuickImage, answers, limit_of

LOW_TO_HIGH = LinearSegmentedColormap.from_list("low to high", ["#8AA3B3", "#BFCDD6", "#E3E8EA", "#FAFAF7"])
A_LIMITS, B_LIMITS = (-5.0, 5.0), (-3.0, 3.0)
MUTED = "#666666"
BOX = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 2}
BANDS = 14  # of equal height, on a scale that shows the small losses near the lowest place, too


# ------------------------------------------------------------------------------------------------ surfaces


@dataclass(frozen=True)
class Surface:
    """A loss over two parameters.

    loss, slopes: functions of a and b; `slopes` returns two numbers, one for each parameter.
    start: where a marble is put down.
    """

    loss: Callable
    slopes: Callable
    start: tuple


def loss_of_ravine(a, b):
    return 0.1 * a**2 + 2 * b**2


def slopes_of_ravine(a, b):
    return 0.2 * a, 4 * b


ROOT = np.sqrt(0.5)  # the ravine turned by an eighth of a full turn


def loss_of_turned_ravine(a, b):
    return loss_of_ravine(ROOT * (a + b), ROOT * (b - a))


def slopes_of_turned_ravine(a, b):
    along, across = slopes_of_ravine(ROOT * (a + b), ROOT * (b - a))
    return ROOT * (along - across), ROOT * (along + across)


def loss_of_saddle(a, b):
    return 0.2 * a**2 + 0.05 * (b**2 - 4) ** 2


def slopes_of_saddle(a, b):
    return 0.4 * a, 0.2 * b * (b**2 - 4)


def loss_of_plateau(a, b):
    return 2 - 2 * np.exp(-(a**2 + b**2) / 4)


def slopes_of_plateau(a, b):
    near = np.exp(-(a**2 + b**2) / 4)
    return a * near, b * near


SURFACES = {
    "ravine": Surface(loss_of_ravine, slopes_of_ravine, (-4.0, 1.0)),
    "turned ravine": Surface(loss_of_turned_ravine, slopes_of_turned_ravine, (-ROOT * 5, -ROOT * 3)),
    "saddle": Surface(loss_of_saddle, slopes_of_saddle, (-4.0, 0.01)),
    "plateau": Surface(loss_of_plateau, slopes_of_plateau, (-4.0, 1.0)),
}


def heights_of(surface, across, up):
    """The places a, b across and up a surface, and its height there: from 0 to 1, small losses stretched."""
    a, b = np.meshgrid(np.linspace(*A_LIMITS, across), np.linspace(*B_LIMITS, up))
    heights = surface.loss(a, b) ** 0.4
    return a, b, heights / heights.max()


def bands_of(surface, across, up):
    """The colours of a surface seen from above, in bands; low is dark."""
    heights = heights_of(surface, across, up)[2]
    return (255 * LOW_TO_HIGH(np.floor(heights * BANDS) / (BANDS - 1))[..., :3] + 0.5).astype(np.uint8)


def prepare_surface(axes):
    axes.set(xlim=A_LIMITS, ylim=B_LIMITS, xlabel="a", xticks=(-4, -2, 0, 2, 4), yticks=(-2, 0, 2))


def draw_surface(axes, surface):
    """A surface that stays as it is."""
    a, b, heights = heights_of(surface, 240, 160)
    levels = np.linspace(0, 1, BANDS + 1)
    axes.contourf(a, b, heights, levels=levels, cmap=LOW_TO_HIGH, zorder=0.6)
    axes.contour(a, b, heights, levels=levels, colors="white", linewidths=0.8, zorder=0.7)
    prepare_surface(axes)


# ----------------------------------------------------------------------------------------------- still paths


class RavinePicture(Picture):
    """Paths on a surface, one part of the picture for each.

    names: their titles. surface: a name of SURFACES.
    """

    def __init__(self, names, surface="ravine", width=7.0, height=2.5):
        super().__init__(width, height)
        self.surface = SURFACES[surface]
        self.lines = {}
        parts = self.figure.subplots(1, len(names), sharey=True, squeeze=False)[0]
        for axes, name, colour in zip(parts, names, PALETTE):
            draw_surface(axes, self.surface)
            axes.set_title(name)
            (line,) = axes.plot([], [], "o-", color=colour, markersize=4, linewidth=1.5)
            axes.plot(*self.surface.start, "s", color="white", markeredgecolor=INK, markersize=8)
            axes.plot(0, 0, "+", color=INK, markersize=9, markeredgewidth=1.5)
            self.lines[name] = line
        self.figure.axes[0].set_ylabel("b")

    def update(self, paths):
        """paths: for each name its places, the start first, each place a pair a, b."""
        said = []
        for name, line in self.lines.items():
            path = np.reshape(paths[name], (-1, 2))
            line.set_data(*path.T)
            said.append(f"{name}: {describe_path(path, self.surface)}")
        self.alt = f"A narrow valley seen from above, a cross at its lowest place. Paths: {'; '.join(said)}."
        return self


def describe_path(path, surface):
    """Where a path ends, in a few words that do not hang on its last digits."""
    a, b = path[-1]
    outside = np.any((np.abs(path[:, 0]) > A_LIMITS[1]) | (np.abs(path[:, 1]) > B_LIMITS[1]))
    if outside:
        return "it swings out of the picture"
    if surface.loss(a, b) < 0.05:
        return "it ends near the lowest place"
    return f"it ends on the way, near a = {a:.0f}"


class OwnPathPicture(Picture):
    """The path that a reader's own step takes down the ravine, and its loss.

    follow(step): draws it. step: a function from a gradient and a memory to a step and the new memory.
    losses: the loss at each place of the path; blank (`...`) as long as `step` returns nothing, and empty when it
        does not return a step of two numbers and a memory.
    """

    def __init__(self, steps=30, goal=0.001, width=7.0, height=2.9):
        super().__init__(width, height)
        self.surface, self.steps, self.losses = SURFACES["ravine"], steps, ...
        map_axes, curve = self.figure.subplots(1, 2, width_ratios=[1.25, 1])
        draw_surface(map_axes, self.surface)
        map_axes.set_ylabel("b")
        map_axes.plot(*self.surface.start, "s", color="white", markeredgecolor=INK, markersize=8)
        map_axes.plot(0, 0, "+", color=INK, markersize=9, markeredgewidth=1.5)
        (self.path,) = map_axes.plot([], [], "o-", color=PALETTE[1], markersize=4, linewidth=1.5)
        curve.set(xlim=(0, steps), ylim=(1e-6, 30), yscale="log", xlabel="step", ylabel="loss")
        curve.set_yticks([1e-6, 1e-4, 1e-2, 1], ["0.000001", "0.0001", "0.01", "1"])
        curve.axhline(goal, color=MUTED, linestyle="--", linewidth=1.2, zorder=1)
        curve.text(0.4, goal / 1.5, "the goal", color=MUTED, va="top")
        (self.curve,) = curve.plot([], [], color=PALETTE[1])
        self.map_axes = map_axes

    def follow(self, step):
        place, memory, path = np.array(self.surface.start), 0.0, []
        for _ in range(self.steps + 1):
            path.append(place)
            answer = step(np.array(self.surface.slopes(*place)), memory)
            if has_blank(answer):
                return self.update(...)
            if not (isinstance(answer, tuple) and len(answer) == 2 and np.shape(answer[0]) == (2,)):
                self.losses = []
                return self.update(...)
            own_step, memory = answer
            place = place + own_step
        return self.update(path)

    def update(self, path):
        """path: its places, the start first; blank leaves the ravine empty."""
        if has_blank(path):
            self.map_axes.set_title("no step yet")
            self.alt = "A narrow valley seen from above, with a start and no path yet."
            return self
        path = np.reshape(path, (-1, 2)).astype(np.float64)
        self.losses = [float(loss) for loss in self.surface.loss(*path.T)]
        self.path.set_data(*path.T)
        self.curve.set_data(range(len(path)), np.clip(self.losses, 1e-7, 1e3))
        self.map_axes.set_title(f"loss after {self.steps} steps: {self.losses[-1]:.2g}")
        self.alt = (f"A narrow valley seen from above with a path of {self.steps} steps: "
                    f"{describe_path(path, self.surface)}. Beside it its loss and the goal, dashed.")  # fmt: skip
        return self


# ------------------------------------------------------------------------------------------------- preview

# Three of the chapter's runs, as their logs print them: epochs, and the loss at each.
PREVIEW_EPOCHS = [0, 100, 200, 500, 1000, 2000, 4000, 6000, 8000, 10000]
PREVIEW_LOSSES = [
    [1.099, 1.087, 1.077, 1.071, 1.062, 1.037, 0.971, 0.940, 0.874, 0.874],
    [1.099, 1.077, 1.072, 1.036, 0.961, 0.874, 0.794, 0.738, 0.699, 0.666],
    [1.099, 0.705, 0.522, 0.303, 0.217, 0.151, 0.109, 0.091, 0.081, 0.074],
]


class PreviewPicture(Picture):
    """Three training runs without names: the same network, data and gradients, and three ways to step (preview)."""

    def __init__(self, width=6.5, height=2.9):
        super().__init__(width, height)
        axes = self.figure.subplots()
        for losses, colour, marker in zip(PREVIEW_LOSSES, PALETTE, MARKERS):
            axes.plot(PREVIEW_EPOCHS, losses, color=colour, marker=marker, markersize=6, clip_on=False)
        axes.set(xlim=(0, 10_000), ylim=(0, 1.2), xlabel="steps", ylabel="loss", yticks=(0, 0.5, 1))
        axes.set_xticks([0, 5000, 10_000], ["0", "5,000", "10,000"])
        axes.grid(axis="y")
        self.alt = ("Three curves of a loss from the same start at 1.1. After 10,000 steps one is still high, one in "
                    "the middle, and one near zero.")  # fmt: skip


def optimizers_preview():
    """The first figure of chapter 10."""
    return PreviewPicture()


# ---------------------------------------------------------------------------------------------------- runs


class RunsPicture(Picture):
    """Losses of training runs on a logarithmic scale: different optimizers, one of them from several starts, and ends.

    Above, curves: left one for each optimizer, right one for each start. Below, where runs end: one row of dots for
    an optimizer from many starts, and on top of them the only runs of the others.
    """

    TICKS = {"ticks": [0.1, 0.2, 0.5, 1], "labels": ["0.1", "0.2", "0.5", "1"]}

    def __init__(self, width=7.0, height=5.6):
        super().__init__(width, height)
        parts = self.figure.subplot_mosaic([["runs", "starts"], ["ends", "ends"]], height_ratios=[2.3, 1])
        self.parts, self.ends = [parts["runs"], parts["starts"]], parts["ends"]
        for axes in self.parts:
            axes.set(yscale="log", ylim=(0.05, 1.6), xlabel="epoch", xlim=(0, 10_000))
            axes.set_yticks(**self.TICKS)
            axes.set_xticks([0, 5000, 10_000], ["0", "5,000", "10,000"])
            axes.minorticks_off()
            axes.grid(axis="y")
        self.parts[0].set(ylabel="loss", title="six runs")
        self.parts[1].tick_params(labelleft=False)
        self.ends.set(xscale="log", xlim=(0.025, 1.6), xlabel="loss at the end", title="many starts; bars: medians",
                      yticks=())  # fmt: skip
        self.ends.set_xticks(**self.TICKS)
        self.ends.minorticks_off()
        self.ends.grid(axis="x")

    def update(self, runs, starts, ends, title="one optimizer, three starts"):
        """runs, starts: dictionaries from names to the losses of all epochs. ends: to the last losses of many runs."""
        self.parts[1].set_title(title)
        for axes, lines in zip(self.parts, (runs, starts)):
            for losses, colour in zip(lines.values(), PALETTE):
                axes.plot(np.arange(len(losses))[::20], losses[::20], color=colour, linewidth=1.4)
            heights = apart([losses[-1] for losses in lines.values()])
            for name, height, colour in zip(lines, heights, PALETTE):
                axes.text(10_150, height, name, color=colour, va="center")
        self.draw_ends(runs, ends)
        best = min(runs, key=lambda name: runs[name][-1])
        self.alt = (f"Left the losses of {len(runs)} training runs over 10,000 epochs; {best} ends lowest, SGD "
                    f"highest. Right {len(starts)} runs of one optimizer: at first one line, then they part and end "
                    f"far from each other. Below the ends of many runs: {describe_ends(ends)}.")  # fmt: skip
        return self

    def draw_ends(self, runs, ends):
        rows = ["one run each", *ends]
        self.ends.set_ylim(len(rows) - 0.4, -0.6)
        for row, name in enumerate(rows):
            self.ends.text(0.026, row, name, va="center")
        alone = [place for place, name in enumerate(runs) if not name.startswith(("SGD", "momentum", "decay"))]
        for place in alone:
            name, losses = list(runs.items())[place]
            colour, end = PALETTE[place], losses[-1]
            self.ends.plot(end, 0, MARKERS[place], color=colour, markersize=8)
            has_right_neighbour = any(end < list(runs.values())[other][-1] < 2.5 * end for other in alone)
            self.ends.annotate(name.split()[0], (end, 0), (-8 if has_right_neighbour else 8, 0), color=colour,
                               textcoords="offset points", va="center",
                               ha="right" if has_right_neighbour else "left")  # fmt: skip
        for row, losses in enumerate(ends.values(), start=1):
            spread = row + 0.11 * (np.arange(len(losses)) % 5 - 2)
            self.ends.plot(losses, spread, "o", color=INK, alpha=0.45, markersize=5, markeredgewidth=0)
            self.ends.plot([np.median(losses)] * 2, [row - 0.38, row + 0.38], color=PALETTE[1], linewidth=2.5)


def describe_ends(ends):
    said = []
    for name, losses in ends.items():
        far = "far apart" if max(losses) > 2 * min(losses) else "all at one place"
        said.append(f"{len(losses)} of {name} lie {far}")
    return ", ".join(said)


def apart(heights, ratio=1.23):
    """Heights on a logarithmic scale, moved up where they are too near for words."""
    moved, below = {}, 0.0
    for place in np.argsort(heights):
        below = max(heights[place], below * ratio)
        moved[place] = below
    return [moved[place] for place in range(len(heights))]


# ---------------------------------------------------------------------------------------------------- race


class RacePicture(Picture):
    """Marbles on a surface, one for each optimizer: their paths from above, and the loss of each.

    names: of the optimizers. most: the greatest number of steps there can be.
    """

    def __init__(self, names, most, width=7.0, height=3.7):
        super().__init__(width, height)
        map_axes, curve = self.figure.subplots(1, 2, width_ratios=[1.35, 1])
        edges = np.linspace(*A_LIMITS, 401), np.linspace(*B_LIMITS, 241)
        self.pixels = {name: bands_of(surface, 400, 240) for name, surface in SURFACES.items()}
        self.edges = edges
        self.image = map_axes.add_image(QuickImage(map_axes, *edges, self.pixels["ravine"], zorder=0.6))
        prepare_surface(map_axes)
        map_axes.set_ylabel("b")
        curve.set(xlim=(0, most), ylim=(1e-4, 100), yscale="log", xlabel="step", ylabel="loss")
        curve.set_yticks([1e-4, 1e-2, 1, 100], ["0.0001", "0.01", "1", "100"])
        curve.minorticks_off()
        curve.grid(axis="y")
        self.paths, self.curves, self.heads = {}, {}, {}
        for name, colour, marker in zip(names, PALETTE, MARKERS):
            (self.paths[name],) = map_axes.plot([], [], color=colour, linewidth=1.8)
            (self.heads[name],) = map_axes.plot([], [], marker, color=colour, markersize=8, markeredgecolor="white",
                                                label=name, zorder=3)  # fmt: skip
            (self.curves[name],) = curve.plot([], [], color=colour, linewidth=1.8)
        (self.start,) = map_axes.plot([], [], "s", color="white", markeredgecolor=INK, markersize=8)
        self.figure.legend(loc="outside upper center", ncols=len(names), handletextpad=0.1, columnspacing=1.2)
        self.map_axes = map_axes

    def update(self, name, paths):
        """name: of the surface. paths: for each optimizer its places, the start first."""
        surface = SURFACES[name]
        self.image.set_data(*self.edges, self.pixels[name])
        self.start.set_data([surface.start[0]], [surface.start[1]])
        ends = {}
        for runner, path in paths.items():
            path = np.nan_to_num(np.reshape(path, (-1, 2)), nan=1e3)
            path = np.clip(path, -1e3, 1e3)  # what flies away stays a number
            losses = surface.loss(*path.T)
            self.paths[runner].set_data(*path.T)
            self.heads[runner].set_data(*path[-1:].T)
            self.curves[runner].set_data(range(len(path)), np.clip(losses, 1e-5, 1e3))
            ends[runner] = losses[-1]
        steps = len(path) - 1
        order = sorted(ends, key=ends.get)
        self.map_axes.set_title(f"{name}, {steps} {'step' if steps == 1 else 'steps'}")
        self.alt = (f"Marbles on the {name} after {steps} steps; {order[0]} is lowest, {order[-1]} highest. "
                    f"Beside it the loss of each.")  # fmt: skip
        return self


# ---------------------------------------------------------------------------------------------------- dial


class DialPicture(Picture):
    """The spiral after a short training: the plane in the network's colours, and the loss of each epoch.

    points: shape (samples, 2). labels: shape (samples,). last_epoch: how long the training is.
    """

    TOP = 2.2  # of the loss curve; what is higher is drawn at the top

    def __init__(self, points, labels, last_epoch, width=6.5, height=3.7):
        super().__init__(width, height)
        self.health = self.figure.supxlabel("", fontsize=11, color=INK)
        self.points, self.labels = np.asarray(points), np.asarray(labels)
        plane, curve = self.figure.subplots(1, 2, width_ratios=[1.15, 1])
        self.plane = ColouredPlane(plane, limit_of(points))
        scatter_classes(plane, points, labels, size=20)
        self.curve = LossCurve(curve, last_epoch, self.TOP)
        curve.axhline(np.log(3), color=FAINT, linestyle="--", linewidth=1.2, zorder=0)
        curve.text(last_epoch, np.log(3) + 0.03, "guessing", color=MUTED, ha="right", va="bottom")
        self.note = curve.text(0.5 * last_epoch, 0.93 * self.TOP, "", color=PALETTE[1], ha="center", va="top",
                               bbox=BOX, zorder=4)  # fmt: skip

    def update(self, network, losses, numbers=None):
        """network: a list of layers. losses: the loss before each step. numbers: what `health.health` found, if asked.

        Of the health the share of dead neurons in the hidden layer is shown, and the last update of each layer.
        """
        self.plane.update(network)
        right = np.mean(answers(network, self.points).argmax(axis=1) == self.labels)
        self.plane.axes.set_title(f"{right:.0%} right")
        shown = np.nan_to_num(np.asarray(losses, dtype=np.float64), nan=99, posinf=99)
        self.curve.update(range(len(shown)), np.minimum(shown, self.TOP))
        self.curve.axes.set_title(f"loss {losses[-1]:.3f}")
        if numbers:
            self.health.set_text(sentence_of_health(numbers))
        above = int(np.sum(shown > self.TOP))
        self.note.set_text(f"{above} epochs above {self.TOP}" if above else "")
        self.alt = (f"The plane of the spiral, coloured by a network after {len(shown)} epochs. "
                    f"Beside it the loss, {fate(shown)}.")  # fmt: skip
        return self


def sentence_of_health(numbers):
    """The dead neurons of the first layer, and how long the last update of each layer was beside its weights."""
    updates = " and ".join(f"{found['update_ratio']:.1g}" for found in numbers)
    return f"{numbers[0]['dead']:.0%} of the hidden neurons dead; update over weights {updates}"


def fate(losses):
    """What became of a short training, in words that do not hang on last digits."""
    if losses[-1] > 1.3:
        return "far above guessing"
    if losses[-1] > 1.05:
        return "still near guessing"
    return "half way down" if losses[-1] > 0.75 else "well below guessing"


# ---------------------------------------------------------------------------------------------------- quiz


class OptimizersQuizPicture(RavinePicture):
    """Three paths down the ravine, each of another optimizer (quiz)."""

    def __init__(self):
        super().__init__(["A", "B", "C"])
        rolling = with_momentum(0.85, 0.06, steps=32)
        self.update({"A": with_momentum(0.0, 0.44), "B": rolling, "C": with_own_lengths(0.9)})
        self.alt = ("Three paths down a narrow valley. A jumps from side to side of the valley while it creeps along "
                    "it. B curves, swings over and runs past the lowest place. C goes straight across at first, "
                    "at the same pace in both directions.")  # fmt: skip


def with_momentum(share, rate, steps=24):
    place, memory, path = np.array(SURFACES["ravine"].start), np.zeros(2), []
    for _ in range(steps):
        path.append(place)
        memory = share * memory - rate * np.array(slopes_of_ravine(*place))
        place = place + memory
    return path


def with_own_lengths(rate, steps=24):
    place, cache, path = np.array(SURFACES["ravine"].start), np.zeros(2), []
    for _ in range(steps):
        path.append(place)
        slopes = np.array(slopes_of_ravine(*place))
        cache = cache + slopes**2
        place = place - rate * slopes / (np.sqrt(cache) + 1e-7)
    return path
