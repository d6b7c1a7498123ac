"""Pictures of dropout: neurons that are missing, what the next neuron hears, and what it does to a network (ch. 15)."""

import numpy as np
from matplotlib.collections import LineCollection

from nnfs_helpers.check import has_blank
from nnfs_helpers.figures.picture import FAINT, INK, MARKERS, PALETTE, Picture, scatter_classes
from nnfs_helpers.figures.plane import ColouredPlane, answers, limit_of

ON, OFF_EDGE = "#A9CBE4", "#999999"
QUIET_WORDS = "#666666"
KNOWN, NEW = PALETTE[:2]  # what a network has learned from, and what it has never seen
GUESSING = np.log(3)  # the loss of a network that gives each of three classes one third


# ------------------------------------------------------------------------------------ neurons that are missing


class ThinnedColumns:
    """Columns of neurons with lines between them in one part of a picture; missing neurons have no lines.

    axes: where to draw. sizes: neurons of each column. circle: the diameter of a neuron in points.
    """

    def __init__(self, axes, sizes, circle=15, left=0.1, right=0.9, bottom=0.06, top=0.94):
        self.axes = axes
        axes.set(xlim=(0, 1), ylim=(0, 1))
        axes.axis("off")
        across = np.linspace(left, right, len(sizes))
        step = (top - bottom) / (max(sizes) - 1)
        middle = (bottom + top) / 2
        self.places = [
            np.column_stack([np.full(size, x), middle - step * (np.arange(size) - (size - 1) / 2)])
            for x, size in zip(across, sizes)
        ]
        self.lines = axes.add_collection(LineCollection([], colors=PALETTE[0], linewidths=0.9, zorder=1))
        points = np.concatenate(self.places)
        self.circles = axes.scatter(*points.T, s=circle**2, linewidths=1.2, zorder=3)
        look = {"marker": "x", "color": OFF_EDGE, "linewidths": 1.5}
        self.crosses = axes.scatter([], [], s=(0.55 * circle) ** 2, zorder=4, **look)

    def update(self, on):
        """on: one list of True and False for each column."""
        segments = [
            (start, end)
            for left, right, left_on, right_on in zip(self.places, self.places[1:], on, on[1:])
            for start, is_start in zip(left, left_on)
            for end, is_end in zip(right, right_on)
            if is_start and is_end
        ]
        self.lines.set_segments(segments)
        is_on = np.concatenate(on).astype(bool)
        self.circles.set_facecolor([ON if each else "white" for each in is_on])
        self.circles.set_edgecolor([INK if each else FAINT for each in is_on])
        self.crosses.set_offsets(np.concatenate(self.places)[~is_on].reshape(-1, 2))


class ThinnedPicture(Picture):
    """The same network at several moments, each time with other hidden neurons missing."""

    def __init__(self, titles, sizes=(2, 8, 3), width=7.0, height=3.0):
        super().__init__(width, height)
        self.sizes = sizes
        parts = self.figure.subplots(1, len(titles))
        self.columns = [ThinnedColumns(axes, sizes, circle=13, top=0.93, bottom=0.07) for axes in parts]
        for axes, title in zip(parts, titles):
            axes.set_title(title)

    def update(self, masks):
        """masks: for each moment which of the hidden neurons take part."""
        for columns, mask in zip(self.columns, masks):
            columns.update([np.ones(self.sizes[0]), mask, np.ones(self.sizes[2])])
        missing = ", ".join(str(int(np.sum(~np.asarray(mask, dtype=bool)))) for mask in masks)
        self.alt = (f"One network at {len(masks)} moments. Of its {self.sizes[1]} hidden neurons {missing} are crossed "
                    f"out and have no lines, each time other ones.")  # fmt: skip
        return self


def thinned_preview():
    """The first figure of chapter 15: three steps of training and one of use, with other neurons missing each time."""
    masks = [[1, 0, 1, 1, 0, 0, 1, 0], [0, 1, 1, 0, 1, 0, 0, 1], [1, 1, 0, 0, 0, 1, 1, 0], [1] * 8]
    picture = ThinnedPicture(["step 1", "step 2", "step 3", "in use"]).update(np.array(masks, dtype=bool))
    picture.alt = ("One network at three steps of its training and in use. At each step half of its hidden neurons are "
                   "crossed out, each time other ones; in use none is.")  # fmt: skip
    return picture


# ------------------------------------------------------------------------------------------------- the bench


class BenchPicture(Picture):
    """Ten outputs, some switched off, on their way to one neuron; and what it hears, over many masks.

    outputs: the ten numbers. The neuron adds them up. What lies beyond the right edge counts for the last bar.
    """

    LAST, BARS = 30.0, 60

    def __init__(self, outputs, width=7.0, height=4.0):
        super().__init__(width, height)
        self.figure.set_layout_engine("none")  # every part has its place here
        self.whole = float(np.sum(outputs))
        left = self.figure.add_axes((0.01, 0.03, 0.36, 0.85))
        self.columns = ThinnedColumns(left, (len(outputs), 1), circle=19, left=0.3, right=0.8, bottom=0.06, top=0.94)
        self.words = [left.text(0.19, y, "", ha="right", va="center") for _, y in self.columns.places[0]]
        self.sum = left.text(*(self.columns.places[1][0] + (0, 0.1)), "", ha="center", va="center")
        self.head = self.figure.text(0.19, 0.93, "", ha="center", va="center", fontsize=12)
        axes = self.figure.add_axes((0.44, 0.2, 0.53, 0.6))
        axes.set(xlim=(-0.5, self.LAST), ylim=(0, 1.12), yticks=[], xlabel="what the neuron hears: the sum")
        self.edges = np.linspace(-0.25, self.LAST - 0.25, self.BARS + 1)
        self.bars = axes.stairs(np.zeros(self.BARS), self.edges, fill=True, color=PALETTE[6], zorder=1)
        axes.axvline(self.whole, color=INK, linestyle="--", linewidth=1.5, zorder=2)
        (self.spread,) = axes.plot([], [], color=PALETTE[1], linewidth=4, solid_capstyle="butt", zorder=3)
        (self.mean,) = axes.plot([], [], "v", color=PALETTE[1], markeredgecolor="white", markersize=12, zorder=4)
        axes.set_title("dashed: no dropout")
        self.axes = axes
        self.said = self.figure.text(0.705, 0.93, "", ha="center", va="center", fontsize=12)

    def update(self, outputs, sums):
        """outputs: the ten numbers after dropout, for one mask. sums: what the neuron hears, for many masks."""
        outputs, sums = np.asarray(outputs), np.asarray(sums)
        on = outputs != 0
        self.columns.update([on, [True]])
        for words, number, is_on in zip(self.words, outputs, on):
            words.set_text(f"{number:.2f}")
            words.set_color(INK if is_on else OFF_EDGE)
        self.sum.set_text(f"{outputs.sum():.2f}")
        off = int(np.sum(~on))
        self.head.set_text(f"one mask: {off} of {len(on)} off" if off else "all ten take part")
        counts, _ = np.histogram(np.clip(sums, self.edges[0], self.edges[-1]), self.edges)
        self.bars.set_data(counts / counts.max())
        mean, spread = float(np.mean(sums)), float(np.std(sums))
        self.mean.set_data([mean], [1.06])
        self.spread.set_data([max(mean - spread, -0.5), min(mean + spread, self.LAST)], [1.06, 1.06])
        self.said.set_text(f"mean {mean:.1f}, spread {spread:.1f}")
        where = "at" if abs(mean - self.whole) < 0.04 * self.whole else "left of" if mean < self.whole else "right of"
        size = "no spread" if spread < 0.01 else "a narrow heap" if spread < 1.5 else "a wide heap"
        self.alt = (f"Ten neurons feed one; {off or 'none'} of them crossed out. Beside it what the one hears over "
                    f"many masks: {size}, with its mean {where} the sum without dropout.")  # fmt: skip
        return self


# ---------------------------------------------------------------------------------------------- the long runs


class DropoutRunsPicture(Picture):
    """Loss and accuracy of stored runs, every hundredth epoch, and what was trained here; diamonds: new points.

    names: what the runs are called.
    """

    def __init__(self, names, width=7.0, height=3.6):
        super().__init__(width, height)
        self.parts = self.figure.subplots(1, 2)
        self.lines, self.diamonds, self.live = [], [], []
        for axes, name, top in zip(self.parts, ("loss", "accuracy"), (1.15, 1.0)):
            axes.set(xlim=(0, 10_300), ylim=(0, top), xlabel="epoch", ylabel=name)
            axes.set_xticks([0, 5000, 10_000], ["0", "5,000", "10,000"])
            axes.grid(axis="y")
            self.lines.append([axes.plot([], [], color=colour, linewidth=1.3, label=called)[0]
                               for colour, called in zip(PALETTE, names)])  # fmt: skip
            self.diamonds.append([axes.plot([], [], "D", color=colour, markersize=8, clip_on=False, zorder=4,
                                            markeredgecolor="white")[0] for colour, _ in zip(PALETTE, names)])
            (live,) = axes.plot([], [], color=INK, linewidth=5, label="trained here", solid_capstyle="butt", zorder=3)
            self.live.append(live)
        self.figure.legend(handles=[*self.lines[0], self.live[0]], loc="outside upper center", ncols=3)

    def update(self, runs, live):
        """runs: what `stored_run` gives, one for each name. live: a history with epoch, loss and accuracy."""
        for part, name in enumerate(("loss", "accuracy")):
            for run, line, diamond in zip(runs, self.lines[part], self.diamonds[part]):
                line.set_data(run["history"]["epoch"], run["history"][name])
                diamond.set_data([10_000], [run["test"][f"validation_{name}"]])
            self.live[part].set_data(live["epoch"], live[name])
        ends = " and ".join(f"{run['history']['loss'][-1]:.1f}" for run in runs)
        self.alt = (f"Loss and accuracy over 10,000 epochs of two runs, which end at losses near {ends}, all jagged. A "
                    f"short thick piece at the left was trained here. On new points both do better than their own "
                    f"line.")  # fmt: skip
        return self


# --------------------------------------------------------------------------------------------------- damage


class DamagePicture(Picture):
    """The planes of two networks side by side, each with the points, and below how it does with neurons missing.

    points, labels: what both have learned. titles: one for each network.
    """

    def __init__(self, points, labels, titles, width=7.0, height=3.6):
        super().__init__(width, height)
        self.points, self.labels, self.titles = points, labels, titles
        self.planes = []
        for axes in self.figure.subplots(1, 2):
            self.planes.append(ColouredPlane(axes, limit_of(points)))
            scatter_classes(axes, points, labels, size=14)

    def update(self, networks, off):
        """networks: two functions or lists of layers, see `answers`. off: how many neurons are missing."""
        scores = []
        for plane, title, network in zip(self.planes, self.titles, networks):
            plane.update(network)
            scores.append(float(np.mean(answers(network, self.points).argmax(axis=1) == self.labels)))
            plane.axes.set_title(f"{title}: {scores[-1]:.0%} right")
        rough = [f"about {10 * round(10 * score)}%" for score in scores]
        neurons = f"{off} hidden neuron" + "s" * (off != 1)
        self.alt = (f"Two coloured planes over the spiral with {neurons} switched off. {self.titles[0]}: "
                    f"{rough[0]} right; {self.titles[1]}: {rough[1]}.")  # fmt: skip
        return self


# ---------------------------------------------------------------------------------------------------- rates


class RatesPicture(Picture):
    """Loss and accuracy over the rate of dropout, on known and on new data: a dot per seed, a line for the mean."""

    def __init__(self, greatest_loss=1.1, width=7.0, height=3.4):
        super().__init__(width, height)
        self.parts = self.figure.subplots(1, 2)
        for axes, name, top in zip(self.parts, ("loss", "accuracy"), (greatest_loss, 1.04)):
            axes.set(xlim=(-0.05, 1.0), ylim=(-0.04, top), xlabel="rate: the share that is off", ylabel=name)
            axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1.0])
            axes.grid(axis="y")
        lines = [self.parts[0].plot([], [], marker, color=colour, linestyle=style, label=name)[0]
                 for name, colour, marker, style in (("known", KNOWN, MARKERS[0], "-"), ("new", NEW, MARKERS[1], "--"))]
        self.figure.legend(handles=lines, loc="outside upper center", ncols=2)
        self.drawn = []

    def update(self, results):
        """results: for each rate a list of tuples, one for each seed: loss and accuracy on known data, then on new.

        Blank (`...`) results leave it empty.
        """
        for artist in self.drawn:
            artist.remove()
        self.drawn = []
        if has_blank(results):
            self.alt = "Two empty diagrams, for loss and accuracy over the rate: nothing has been trained yet."
            return self
        rates = list(results)
        numbers = np.array([results[rate] for rate in rates])  # rates × seeds × 4
        for part, axes in enumerate(self.parts):
            for shift, colour, marker, style in ((0, KNOWN, MARKERS[0], "-"), (2, NEW, MARKERS[1], "--")):
                chosen = numbers[:, :, shift + part]
                self.drawn += axes.plot(rates, chosen.mean(axis=1), color=colour, linestyle=style, marker=marker)
                self.drawn += axes.plot(rates, chosen, marker, color=colour, markersize=4, alpha=0.5)
        new = numbers[:, :, 2].mean(axis=1)
        best = rates[int(new.argmin())]
        place = "at the rate 0" if best == 0 else "in the middle" if best < max(rates) else "at the largest rate"
        self.alt = (f"Loss and accuracy over {len(rates)} rates. The loss on known data grows with the rate; the loss "
                    f"on new data is lowest {place}.")  # fmt: skip
        return self


# ----------------------------------------------------------------------------------------------------- quiz


class DropoutQuizPicture(Picture):
    """What a neuron hears over many masks, for three settings of one layer (quiz of chapter 15)."""

    def __init__(self, width=7.0, height=2.8):
        super().__init__(width, height)
        random = np.random.RandomState(3)
        numbers = random.uniform(0.1, 1.1, 20)
        kept = {share: random.random_sample((4000, 20)) < share for share in (0.5, 0.9)}
        heaps = {"A": kept[0.5] @ numbers / 0.5, "B": kept[0.9] @ numbers / 0.9, "C": kept[0.5] @ numbers}
        for axes, (name, sums) in zip(self.figure.subplots(1, 3, sharex=True), heaps.items()):
            axes.hist(sums, np.linspace(0, 28, 57), color=PALETTE[6])
            axes.axvline(numbers.sum(), color=INK, linestyle="--", linewidth=1.5)
            axes.set(title=name, xlim=(0, 24), yticks=[], xlabel="what it hears")
        self.alt = ("Three heaps, with a dashed line where the sum without dropout is. A: wide, around the line. B: "
                    "narrow, around the line. C: well to the left of the line.")  # fmt: skip
