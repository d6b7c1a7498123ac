"""Pictures of known and new data: the gap between them, and how one may fool oneself (chapters 11 and 12)."""

import numpy as np

from nnfs_helpers.check import has_blank
from nnfs_helpers.figures.picture import FAINT, INK, MARKERS, PALETTE, Picture, scatter_classes
from nnfs_helpers.figures.plane import ColouredPlane, answers, limit_of

KNOWN, NEW = PALETTE[:2]  # what a network has learned from, and what it has never seen
QUIET_WORDS = "#666666"
GUESSING = np.log(3)  # the loss of a network that gives each of three classes one third

# ------------------------------------------------------------------------------------------ two planes


class TwoPlanesPicture(Picture):
    """Two planes side by side, each with its points, and a ring around each point that is wrong.

    limit: how far the planes reach from 0.
    """

    def __init__(self, limit, width=7.0, height=3.6):
        super().__init__(width, height)
        self.planes = [ColouredPlane(axes, limit) for axes in self.figure.subplots(1, 2)]
        self.drawn = []

    def update(self, *sides):
        """sides: two tuples (title, network, points, labels); for network see `answers`."""
        for artist in self.drawn:
            artist.remove()
        self.drawn, said = [], []
        for plane, (title, network, points, labels) in zip(self.planes, sides):
            plane.update(network)
            wrong = answers(network, points).argmax(axis=1) != labels
            rings = plane.axes.scatter(*points[wrong].T, s=75, facecolors="none", edgecolors=INK, linewidths=1.3,
                                       zorder=4)  # fmt: skip
            self.drawn += [*scatter_classes(plane.axes, points, labels, size=18), rings]
            plane.axes.set_title(title)
            said.append(f"{title}: {ringed(wrong)} of {len(labels)} points")
        self.alt = f"Two coloured planes with points; each point on a wrong colour has a ring. {'; '.join(said)}."
        return self


def ringed(wrong):
    """How many are wrong, in words that stay true when a few change sides."""
    return "hardly any ring, a few" if wrong.sum() < 5 else f"rings on about {10 * round(wrong.sum() / 10)}"


def two_teachers():
    """The first figure of chapter 11: two ways to colour the plane for the same known points."""
    points, labels = book_spiral()
    picture = TwoPlanesPicture(limit_of(points))
    nearest = nearest_neighbour(points, labels)
    return picture.update(("A", along_the_arms, points, labels), ("B", nearest, points, labels))


def book_spiral():
    from nnfs.datasets import spiral_data

    from nnfs_helpers.precision import book_precision

    with book_precision(seed=0):
        return spiral_data(samples=100, classes=3)


def along_the_arms(points):
    """1 for the arm that is nearest along the circle, else 0: the best that can be said about the spiral."""
    radius = np.sqrt(np.sum(points**2, axis=1, keepdims=True))
    angle = np.arctan2(points[:, :1], points[:, 1:])
    arms = 2.5 * (4 * np.arange(3) + 4 * radius)
    return np.eye(3)[np.cos(angle - arms).argmax(axis=1)]


def nearest_neighbour(known, labels):
    """The function that gives each point the class of the nearest known point."""

    def predict(points):
        # The squared distance, without the part that is the same for all known points.
        distances = np.sum(known**2, axis=1) - 2 * points @ known.T
        return np.eye(labels.max() + 1)[labels[distances.argmin(axis=1)]]

    return predict


# ----------------------------------------------------------------------------------------- two curves


class GapCurvesPicture(Picture):
    """Loss and accuracy on known and on new data, from epoch to epoch, and where the new loss was lowest.

    greatest_loss: the top of the left part.
    """

    def __init__(self, greatest_loss=None, width=7.0, height=3.3):
        super().__init__(width, height)
        self.greatest_loss = greatest_loss
        self.parts = self.figure.subplots(1, 2)
        self.lines = []
        for axes, name in zip(self.parts, ("loss", "accuracy")):
            axes.set(xlabel="epoch", ylabel=name)
            axes.grid(axis="y")
            (known,) = axes.plot([], [], color=KNOWN, label="known")
            (new,) = axes.plot([], [], color=NEW, linestyle="--", label="new")
            self.lines.append((known, new))
        (self.lowest,) = self.parts[0].plot([], [], "v", color=NEW, markersize=10, markeredgecolor="white")
        self.parts[0].set(xlim=(0, 1000), ylim=(0, 1.2))
        self.parts[1].set(xlim=(0, 1000), ylim=(0, 1))
        self.figure.legend(handles=self.lines[0], loc="outside upper center", ncols=2)

    def update(self, run):
        """run: a dictionary with the lists "epochs", "known" and "new", the last two of pairs of loss and accuracy.

        A run that is blank (`...`) leaves the picture empty.
        """
        if has_blank(run):
            self.alt = "Two empty diagrams, for loss and accuracy over the epochs: nothing has been trained yet."
            return self
        epochs, known, new = run["epochs"], np.array(run["known"], dtype=float), np.array(run["new"], dtype=float)
        for part, lines in enumerate(self.lines):
            lines[0].set_data(epochs, known[:, part])
            lines[1].set_data(epochs, new[:, part])
        best = int(new[:, 0].argmin())
        self.lowest.set_data([epochs[best]], [new[best, 0] + 0.03 * self.top(known, new)])
        self.parts[0].set(xlim=(0, epochs[-1]), ylim=(0, self.top(known, new)))
        self.parts[1].set_xlim(0, epochs[-1])
        for axes in self.parts:
            axes.set_xticks(np.linspace(0, epochs[-1], 3), [f"{epoch:,.0f}" for epoch in np.linspace(0, epochs[-1], 3)])
        turned = "turns up again early" if best < 0.5 * len(new) else "stays low"
        grown = "a wide gap" if new[-1, 0] > 1.5 * known[-1, 0] + 0.1 else "hardly a gap"
        self.alt = (f"Loss and accuracy over {epochs[-1]:,} epochs. The known loss falls, the new loss "
                    f"{turned}; at the end there is {grown} between them.")  # fmt: skip
        return self

    def top(self, known, new):
        return self.greatest_loss or 1.1 * max(known[:, 0].max(), new[:, 0].max())


# --------------------------------------------------------------------------------------- many test sets


class ManyScoresPicture(Picture):
    """The accuracies of one network on many sets of new data, as a heap of dots, and one of them marked."""

    def __init__(self, width=6.5, height=2.6):
        super().__init__(width, height)
        self.axes = self.figure.subplots()
        self.axes.set(xlabel="accuracy on a test set of its own", yticks=[])
        self.axes.spines["left"].set_visible(False)

    def update(self, scores, ours, known):
        """scores: one for each test set. ours: the first one. known: the accuracy on the training data."""
        heights, counts = [], {}
        for score in scores:
            place = round(score * 100)
            counts[place] = counts.get(place, 0) + 1
            heights.append(counts[place])
        self.axes.plot(np.round(scores, 2), heights, "o", color=PALETTE[6], markersize=6, label="a test set")
        top = max(heights) + 1
        named = ("our test set", ours, NEW, "--"), ("training data", known, KNOWN, "-")
        for name, place, colour, style in named:
            self.axes.axvline(place, color=colour, linestyle=style)
            self.axes.text(place - 0.003, top + 0.4, name, color=colour, ha="right")
        self.axes.axvline(np.mean(scores), color=INK, linewidth=1.2)
        self.axes.text(np.mean(scores) + 0.003, top + 0.4, "mean", color=INK)
        self.axes.set(ylim=(0, top + 2.2), xlim=(min(scores) - 0.02, 1))
        self.alt = (f"A heap of {len(scores)} dots, the scores of one network on as many test sets, from about "
                    f"{min(scores):.2f} to {max(scores):.2f}; all of them lie far below the score on the "
                    f"training data.")  # fmt: skip
        return self


# -------------------------------------------------------------------------------------------- what helps


class GapsPicture(Picture):
    """For some trials the losses on known and on new data, as two dots, with the gap as a bar between them."""

    def __init__(self, width=7.0, height=3.0):
        super().__init__(width, height)
        self.axes = self.figure.subplots()

    def update(self, trials):
        """trials: for each name the pairs of known and new loss, one for each seed, shape (seeds, 2)."""
        axes = self.axes
        axes.clear()
        said = []
        for row, (name, pairs) in enumerate(trials.items()):
            known, new = np.mean(pairs, axis=0)
            axes.plot([known, new], [row, row], color=FAINT, linewidth=7, solid_capstyle="butt", zorder=1)
            for column, colour, marker in ((0, KNOWN, MARKERS[0]), (1, NEW, MARKERS[1])):
                values = np.asarray(pairs)[:, column]
                axes.plot(values, [row + 0.28] * len(values), "|", color=colour, markersize=7, zorder=2)
                axes.plot(values.mean(), row, marker, color=colour, markersize=10, zorder=3)
            said.append(f"{name}: {known:.1f} and {new:.1f}")
        axes.set_yticks(range(len(trials)), list(trials))
        axes.tick_params(axis="y", length=0)
        axes.set(ylim=(len(trials) - 0.4, -0.6), xlim=(0, 1.25), xlabel="loss (small lines: the single seeds)")
        axes.axvline(GUESSING, color=FAINT, linestyle="--", linewidth=1.2, zorder=0)
        axes.text(GUESSING + 0.01, 0, "guessing", color=QUIET_WORDS, va="center")
        known, new = (axes.plot([], [], marker, color=colour, markersize=10, label=label)[0]
                      for marker, colour, label in zip(MARKERS, (KNOWN, NEW), ("known", "new")))  # fmt: skip
        self.figure.legend(handles=[known, new], loc="outside upper center", ncols=2)
        self.alt = f"Pairs of dots, the mean loss on known and on new data. {'; '.join(said)}."
        return self


# ----------------------------------------------------------------------------------------------- explore


class GapPicture(Picture):
    """A plane with known and new points, and beside it both losses up to the present epoch.

    last_epoch: how far the curves can go. limit: how far the plane reaches from 0. greatest_loss: the top.
    """

    def __init__(self, last_epoch, limit=1.1, greatest_loss=2.5, width=7.0, height=4.0):
        super().__init__(width, height)
        plane, curve = self.figure.subplots(1, 2, width_ratios=[1.2, 1])
        self.plane = ColouredPlane(plane, limit)
        self.filled, self.hollow = [], []
        for label in range(3):
            look = {"marker": MARKERS[label], "linestyle": "", "zorder": 3}
            colour = PALETTE[label]
            self.hollow += plane.plot([], [], markerfacecolor="none", markeredgecolor=colour, markersize=5, **look)
            self.filled += plane.plot([], [], color=colour, markeredgecolor="white", markeredgewidth=0.6,
                                      markersize=6.5, **look)  # fmt: skip
        curve.set(xlim=(0, last_epoch), ylim=(0, greatest_loss), xlabel="epoch", ylabel="loss")
        curve.grid(axis="y")
        curve.axhline(GUESSING, color=FAINT, linestyle=":", linewidth=1.5, zorder=0)
        (self.gap,) = curve.plot([], [], color=FAINT, linewidth=7, solid_capstyle="butt")
        (self.known,) = curve.plot([], [], color=KNOWN, label="known: filled points")
        (self.new,) = curve.plot([], [], color=NEW, linestyle="--", label="new: hollow points")
        self.dots = [curve.plot([], [], marker, color=colour, markersize=8, clip_on=False)[0]
                     for marker, colour in zip(MARKERS, (KNOWN, NEW))]  # fmt: skip
        self.curve = curve
        self.figure.legend(handles=[self.known, self.new], loc="outside lower center", ncols=2)

    def update(self, network, known, new, run, epoch):
        """known, new: pairs of points and labels. run: as for `GapCurvesPicture`. epoch: the last one to show."""
        epochs = [each for each in run["epochs"] if each <= epoch]
        known_scores, new_scores = run["known"][: len(epochs)], run["new"][: len(epochs)]
        self.plane.update(network)
        for artists, (points, labels) in ((self.filled, known), (self.hollow, new)):
            for label, artist in enumerate(artists):
                artist.set_data(*points[labels == label].T)
        known_scores, new_scores = np.array(known_scores), np.array(new_scores)
        self.known.set_data(epochs, known_scores[:, 0])
        self.new.set_data(epochs, new_scores[:, 0])
        ends = known_scores[-1, 0], new_scores[-1, 0]
        self.gap.set_data([epochs[-1]] * 2, ends)
        for dot, end in zip(self.dots, ends):
            dot.set_data([epochs[-1]], [end])
        self.plane.axes.set_title(f"right: known {known_scores[-1, 1]:.0%}, new {new_scores[-1, 1]:.0%}")
        self.curve.set_title(f"loss: known {ends[0]:.2f}, new {ends[1]:.2f}")
        gap = ends[1] - ends[0]
        wide = "a wide gap" if gap > 0.4 else "a gap" if gap > 0.1 else "next to no gap"
        self.alt = (f"A coloured plane with filled known points and hollow new points. Beside it the losses on both "
                    f"up to epoch {epochs[-1]}: {wide} between them.")  # fmt: skip
        return self


# -------------------------------------------------------------------------------------------------- quiz


class GapQuizPicture(Picture):
    """Three networks, each with the losses on known and on new data (quiz of chapter 11)."""

    CURVES = {
        "A": ([1.1, 0.6, 0.35, 0.2, 0.12, 0.07, 0.05], [1.1, 0.75, 0.62, 0.7, 0.85, 1.0, 1.1]),
        "B": ([1.1, 1.06, 1.04, 1.03, 1.02, 1.02, 1.02], [1.1, 1.07, 1.06, 1.05, 1.04, 1.04, 1.04]),
        "C": ([1.1, 0.7, 0.52, 0.42, 0.37, 0.34, 0.33], [1.1, 0.76, 0.6, 0.51, 0.46, 0.43, 0.42]),
    }

    def __init__(self, width=7.0, height=2.9):
        super().__init__(width, height)
        for axes, (name, (known, new)) in zip(self.figure.subplots(1, 3, sharey=True), self.CURVES.items()):
            epochs = np.linspace(0, 600, len(known))
            (first,) = axes.plot(epochs, known, color=KNOWN, label="known")
            (second,) = axes.plot(epochs, new, color=NEW, linestyle="--", label="new")
            axes.set(title=name, xlim=(0, 600), ylim=(0, 1.25), xlabel="epoch")
            axes.set(xticks=(0, 300, 600), yticks=(0, 0.5, 1))
            axes.grid(axis="y")
        self.figure.axes[0].set_ylabel("loss")
        self.figure.legend(handles=[first, second], loc="outside upper center", ncols=2)
        self.alt = ("Three diagrams of two losses. A: the known loss falls to nearly 0, the new one falls and then "
                    "rises to 1.1. B: both stay above 1, close together. C: both fall together, to 0.33 and "
                    "0.42.")  # fmt: skip

# ==================================================================== chapter 12: three sets and many choices

CHOOSING, EXAMINING = PALETTE[4], PALETTE[2]  # data to choose by, and data for the last examination
TINTS = {"training": "#A9CBE4", "validation": "#F3CE7A", "test": "#8FD3BD"}
USES = {"training": "to learn from", "validation": "to choose by", "test": "to examine, once"}


class ThreeSetsPicture(Picture):
    """All data as one bar, cut into three parts, each with its use: the first figure of chapter 12."""

    def __init__(self, width=7.0, height=2.2):
        super().__init__(width, height)
        axes = self.figure.subplots()
        left = 0.0
        for (name, use), share in zip(USES.items(), (0.6, 0.2, 0.2)):
            axes.barh(0, share - 0.006, left=left, height=0.5, align="edge", color=TINTS[name])
            axes.text(left + share / 2, 0.25, name, ha="center", va="center", weight="bold", fontsize=12)
            axes.text(left + share / 2, -0.12, use, ha="center", va="top")
            left += share
        axes.text(0, 0.62, "all the data there is, in random order", va="bottom")
        axes.set(xlim=(-0.01, 1.01), ylim=(-0.4, 0.9))
        axes.axis("off")
        self.alt = ("A bar, all the data, cut into three: a long part for training, to learn from; a short one for "
                    "validation, to choose by; a short one for the test, to examine once.")  # fmt: skip


class LuckPicture(Picture):
    """The best score among many coin tossers, for tests of different lengths, over the number of tossers."""

    def __init__(self, width=6.5, height=3.3):
        super().__init__(width, height)
        self.axes = self.figure.subplots()
        self.axes.set(xscale="log", ylim=(0.45, 1.02), ylabel="best score, on average")
        self.axes.set(xlabel="how many toss (each mark is ten times the one before)")
        self.axes.grid(axis="y")
        self.axes.axhline(0.5, color=FAINT, linestyle="--", linewidth=1.2, zorder=0)

    def update(self, tossers, curves):
        """tossers: numbers of tossers. curves: for each number of questions the best scores, one for each of them."""
        for (questions, scores), colour, marker in zip(curves.items(), PALETTE, MARKERS):
            self.axes.plot(tossers, scores, color=colour, marker=marker)
            self.axes.text(tossers[-1] * 1.15, scores[-1], f"{questions} questions", color=colour, va="center")
        self.axes.set_xlim(tossers[0] * 0.8, tossers[-1] * 4.5)
        self.axes.set_xticks(tossers, [f"{number:,}" for number in tossers])
        self.axes.minorticks_off()
        ends = "; ".join(f"{questions} questions: {scores[-1]:.1f}" for questions, scores in curves.items())
        self.alt = (f"Curves that rise from one half: the best score among up to {tossers[-1]:,} coin tossers. "
                    f"At the right end, {ends}.")  # fmt: skip
        return self


class FoldsPicture(Picture):
    """Samples as columns, rounds as rows: which samples a network learns from in each round, and which judge it."""

    def __init__(self, width=7.0, height=3.0):
        super().__init__(width, height)
        self.axes = self.figure.subplots()

    def update(self, folds, tested=()):
        """folds: the numbers of the samples of each fold. tested: those that are laid aside for the test."""
        axes, count = self.axes, sum(map(len, folds))
        axes.clear()
        for row, fold in enumerate(folds):
            for place in range(count + len(tested)):
                use = "test" if place >= count else "validation" if place in fold else "training"
                axes.barh(row, 0.9, left=place + 0.05, height=0.76, color=TINTS[use])
                if use == "validation":
                    axes.text(place + 0.5, row, "?", ha="center", va="center", weight="bold", fontsize=12)
        axes.set_yticks(range(len(folds)), [f"round {row}" for row in range(len(folds))])
        axes.set_xticks(np.arange(count + len(tested)) + 0.5, [*range(count), *tested])
        axes.set(xlim=(0, count + len(tested)), ylim=(len(folds) - 0.5, -0.5), xlabel="number of the sample")
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        uses = ["training", "validation"] + ["test"] * bool(len(tested))
        bars = [axes.barh(0, 0, color=TINTS[use], label=use) for use in uses]
        self.figure.legend(handles=bars, loc="outside upper center", ncols=len(uses))
        self.alt = (f"A grid of {len(folds)} rounds and {count} samples. In each round another fold of samples "
                    f"is marked for validation and the rest for training; each sample is marked once.")  # fmt: skip
        return self


class ChoicePicture(Picture):
    """The validation scores of some settings, a small dot for each fold, their mean as a large one, and the choice."""

    def __init__(self, label="setting", width=6.5, height=3.1):
        super().__init__(width, height)
        self.axes = self.figure.subplots()
        self.label = label

    def update(self, scores):
        """scores: for each setting the list of its validation accuracies. Blank (`...`) scores leave it empty."""
        axes = self.axes
        axes.clear()
        axes.set(xlabel="accuracy on validation data", xlim=(0, 1))
        if has_blank(scores):
            axes.set_yticks([])
            self.alt = "An empty diagram for validation scores: nothing has been compared yet."
            return self
        means = [float(np.mean(values)) for values in scores.values()]
        best = int(np.argmax(means))
        for row, values in enumerate(scores.values()):
            axes.plot(values, [row] * len(values), "o", color=CHOOSING, markersize=6, alpha=0.75, zorder=2)
            axes.plot(means[row], row, "D", color=INK, markersize=9, zorder=3)
        axes.plot(means[best], best, "o", markersize=20, markerfacecolor="none", markeredgecolor=PALETTE[1])
        axes.set_yticks(range(len(scores)), [f"{self.label} {setting}" for setting in scores])
        axes.set_ylim(len(scores) - 0.5, -0.5)
        axes.grid(axis="x")
        axes.tick_params(axis="y", length=0)
        axes.set_title("small: each fold, diamond: their mean, ring: the highest mean", fontsize=11)
        self.alt = (f"For {len(scores)} settings the validation scores of all folds as dots, widely spread, and their "
                    f"mean; the highest mean, about {means[best]:.1f}, has a ring.")  # fmt: skip
        return self


class PeekingPicture(Picture):
    """Many networks judged by one small set, the best of them, and what its score is worth.

    most: the greatest number of networks.
    """

    NAMES = ("score it was\nchosen by", "score in\nthe report", "1,000 new\ncoins")

    def __init__(self, most, width=7.0, height=3.9):
        super().__init__(width, height)
        judged, worth = self.figure.subplots(1, 2, width_ratios=[1.25, 1], sharey=True)
        judged.set(xlim=(0, most + 1), ylim=(0, 1), xlabel="network", ylabel="accuracy")
        (self.dots,) = judged.plot([], [], "o", color=FAINT, markersize=4)
        (self.stairs,) = judged.plot([], [], color=CHOOSING, drawstyle="steps-post")
        (self.ring,) = judged.plot([], [], "o", markersize=14, markerfacecolor="none", markeredgecolor=PALETTE[1],
                                   markeredgewidth=2, clip_on=False)  # fmt: skip
        self.judged = judged
        self.bars = worth.bar(range(3), [0, 0, 0], 0.62, color=[CHOOSING, PALETTE[1], EXAMINING])
        (self.means,) = worth.plot(range(3), [0.5] * 3, "D", color=INK, markersize=8, zorder=4)
        self.words = [worth.text(place, 0.95, "", ha="center", va="center") for place in range(3)]
        worth.set_xticks(range(3), self.NAMES)
        worth.tick_params(axis="x", length=0)
        worth.set_xlim(-0.5, 2.5)
        worth.set_title("bar: this seed, ◆: mean of 100", fontsize=11)
        for axes in (judged, worth):
            axes.axhline(0.5, color=INK, linestyle=":", linewidth=1.2, zorder=0.5)

    def update(self, scores, results, means, choose_by):
        """scores: of each network, on the set that chooses. results: the chosen one's score there, in the report and
        on 1,000 new coins. means: the same three, the mean of many repetitions. choose_by: "test" or "validation".
        """
        numbers = np.arange(1, len(scores) + 1)
        best = int(np.argmax(scores))
        self.dots.set_data(numbers, scores)
        self.stairs.set_data(numbers, np.maximum.accumulate(scores))
        self.ring.set_data([numbers[best]], [scores[best]])
        for bar, height in zip(self.bars, results):
            bar.set_height(height)
        self.means.set_ydata(means)
        for words, mean in zip(self.words, means):
            words.set_text(f"◆ {mean:.2f}")
        self.judged.set_title(f"best of {len(scores)} by {choose_by}: {scores[best]:.2f}", fontsize=11)
        flattery = means[1] - means[2]
        verdict = "flatters by far" if flattery > 0.05 else "flatters" if flattery > 0.02 else "is honest"
        cloud = (f"The scores of {len(scores)} networks around one half, the best with a ring"
                 if len(scores) > 1 else "The score of a single network")  # fmt: skip
        self.alt = (f"{cloud}, chosen by {choose_by}; beside it three bars. On average the score in the report "
                    f"{verdict}.")  # fmt: skip
        return self


class UsesQuizPicture(Picture):
    """Three ways to use the same data, as bars with arrows between their parts in words (quiz of chapter 12)."""

    WAYS = {
        "A": [("training", 0.6, "train"), ("validation", 0.2, "choose"), ("test", 0.2, "report")],
        "B": [("training", 0.7, "train"), ("test", 0.3, "choose and report")],
        "C": [("training", 0.8, "train and choose"), ("test", 0.2, "report")],
    }

    def __init__(self, width=7.0, height=2.6):
        super().__init__(width, height)
        axes = self.figure.subplots()
        for row, (name, parts) in enumerate(self.WAYS.items()):
            left = 0.0
            for use, share, words in parts:
                axes.barh(row, share - 0.006, left=left, height=0.62, color=TINTS[use])
                axes.text(left + share / 2, row, words, ha="center", va="center")
                left += share
            axes.text(-0.03, row, name, ha="right", va="center", weight="bold", fontsize=12)
        axes.set(xlim=(-0.07, 1.01), ylim=(2.5, -0.5))
        axes.axis("off")
        self.alt = ("Three bars of data. A has three parts: train, choose, report. B has two: train, and one part for "
                    "both choose and report. C has two: one for both train and choose, and report.")  # fmt: skip
