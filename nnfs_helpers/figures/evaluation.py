"""Pictures of chapter 20: what a network confuses, how sure it is when it is wrong, and how much of a score is luck."""

import numpy as np
from matplotlib.patches import Rectangle

from nnfs_helpers.check import has_blank
from nnfs_helpers.figures.clothes import ConfusionMatrix, GarmentsPicture, ImageGrid, said
from nnfs_helpers.figures.picture import FAINT, INK, PALETTE, Picture

RIGHT, WRONG = PALETTE[0], PALETTE[1]
QUIET_WORDS = "#555555"
SHORT = {"T-shirt/top": "T-shirt", "Ankle boot": "Boot"}


def short(name):
    """The name of a class where there is little room."""
    return SHORT.get(name, name)


def add_note(figure, note):
    """The sentence below a figure that says what its pictures are, where they are not the real ones."""
    if note:
        figure.supxlabel(note, fontsize=11, color=QUIET_WORDS)


def many_of(number, everything):
    """How many of how many; "all 500" where none is missing."""
    return f"all {everything:,}" if number == everything else f"{number:,} of {everything:,}"


def mixed(colour, share):
    """White at 0, the colour at 1; shape (..., 3), numbers from 0 to 1."""
    full = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return 1 - np.asarray(share)[..., np.newaxis] * (1 - full)


# ------------------------------------------------------------------------------------------------- preview


class EvaluationPreview(Picture):
    """One number, and four questions about it; the little diagrams show no real figures."""

    def __init__(self, width=7.0, height=2.5):
        super().__init__(width, height)
        parts = self.figure.subplots(1, 4)
        for axes, title in zip(parts, ("on which\npictures?", "in which\nclasses?", "how sure of\neach answer?",
                                       "how much of\nit is luck?")):  # fmt: skip
            axes.set(xticks=[], yticks=[])
            axes.set_title(title)
        parts[0].bar([0, 1, 2], [0.9, 0.9, 0.9], 0.7, color=[PALETTE[0], PALETTE[2], PALETTE[4]])
        parts[0].set(xlim=(-0.6, 2.6), ylim=(0, 1.1))
        parts[1].imshow(mixed(PALETTE[0], 0.85 * np.eye(5)), aspect="auto")
        for edge in range(1, 5):
            parts[1].axhline(edge - 0.5, color=FAINT, linewidth=0.8)
            parts[1].axvline(edge - 0.5, color=FAINT, linewidth=0.8)
        parts[2].bar(np.arange(8), (np.arange(8) + 1) / 8, 0.85, color=PALETTE[0])
        parts[2].plot([-0.5, 7.5], [0, 1.03], "--", color=INK, linewidth=1.5)
        parts[2].set(xlim=(-0.6, 7.7), ylim=(0, 1.1))
        places = np.linspace(-3, 3, 61)
        parts[3].fill_between(places, np.exp(-(places**2) / 2), color=PALETTE[0])
        parts[3].axvline(0, color=INK, linestyle="--", linewidth=1.5)
        parts[3].set(xlim=(-3, 3), ylim=(0, 1.2))
        for axes in (parts[0], parts[2], parts[3]):
            axes.spines["left"].set_visible(False)
        self.figure.suptitle("one accuracy, four questions", fontsize=14, weight="bold")
        self.alt = ("One accuracy, four questions, each with a small diagram: on which pictures, in which classes, how "
                    "sure of each answer, how much of it is luck.")  # fmt: skip


def evaluation_preview():
    """The first figure of chapter 20."""
    return EvaluationPreview()


# -------------------------------------------------------------------------------------- the confusion matrix


class PrecisionRecallPicture(Picture):
    """A confusion matrix with the recall of each row at its end and the precision of each column at its foot.

    names: of the classes. note: see `add_note`.
    """

    def __init__(self, names, note="", width=7.0, height=5.2):
        super().__init__(width, height)
        self.names, self.note = [short(name) for name in names], note
        classes = len(names)
        self.axes = axes = self.figure.subplots()
        self.matrix = ConfusionMatrix(axes, self.names, numbers=True)
        axes.set(aspect="auto", xlim=(-0.5, classes + 0.9), ylim=(classes + 0.6, -0.5), xlabel="what the network says")
        axes.set_xticks(range(classes), self.names, rotation=35, ha="right", rotation_mode="anchor")
        axes.spines[:].set_visible(False)
        self.recalls = [self.words(classes + 0.25, row, RIGHT) for row in range(classes)]
        self.precisions = [self.words(column, classes + 0.1, WRONG) for column in range(classes)]
        axes.text(classes + 0.25, -0.66, "recall", ha="center", va="bottom", color=RIGHT, weight="bold")
        axes.text(classes - 0.4, classes + 0.1, "precision", va="center", color=WRONG, weight="bold")
        frame = {"fill": False, "linewidth": 2.4, "zorder": 3}
        axes.add_patch(Rectangle((-0.5, -0.5), classes, classes, fill=False, edgecolor=FAINT, linewidth=1))
        self.row = axes.add_patch(Rectangle((-0.5, 0), classes, 1, edgecolor=RIGHT, **frame))
        self.column = axes.add_patch(Rectangle((0, -0.5), 1, classes, edgecolor=WRONG, **frame))
        add_note(self.figure, note)

    def words(self, x, y, colour):
        return self.axes.text(x, y, "", ha="center", va="center", color=colour, zorder=4)

    def update(self, matrix, precisions, recalls, chosen):
        """matrix: a row for each truth, a column for each answer. precisions, recalls: one number for each class.

        chosen: the number of the class whose row and column have a frame.
        """
        self.matrix.update(matrix)
        for number in range(len(self.names)):
            look = "bold" if number == chosen else "normal"
            self.recalls[number].set(text=f"{recalls[number]:.2f}", weight=look)
            self.precisions[number].set(text=f"{precisions[number]:.2f}", weight=look)
        self.row.set_y(chosen - 0.5)
        self.column.set_x(chosen - 0.5)
        lowest = self.names[int(np.argmin(recalls))]
        self.alt = (f"A table of ten rows and ten columns, its diagonal full. The row and the column of "
                    f"{self.names[chosen]} have a frame; the lowest recall is that of {lowest}, with "
                    f"{np.min(recalls):.2f}.{said(self.note)}")  # fmt: skip
        return self


# --------------------------------------------------------------------------------------------- the gallery


class GalleryPicture(GarmentsPicture):
    """Pictures of clothes, each with its label, with what the network says, and how sure it is.

    names: of the classes. note: shown below.
    """

    def __init__(self, names, note="", rows=2, columns=5):
        super().__init__(rows, columns, lines=2, note=note)
        self.names = [short(name) for name in names]

    def update(self, images, truths, answers, confidences):
        """One entry each for every picture; what finds no place is left out."""
        places = self.grid.rows * self.grid.columns
        words = [f"label {self.names[truth]}\nsays {self.names[answer]}\n{confidence:.3f}"
                 for truth, answer, confidence in zip(truths[:places], answers[:places], confidences)]  # fmt: skip
        first = (f"; the first is labelled {self.names[truths[0]]}, and the network says {self.names[answers[0]]}"
                 if words else "")  # fmt: skip
        alt = f"{len(words)} pictures of clothes, each with its label and another answer of the network{first}."
        return super().update(images[:places], words, alt=alt)


# -------------------------------------------------------------------------------------------- reliability


class Reliability:
    """Bars: what share of the answers is right; diamonds: how sure the network was of them, on average."""

    FEWEST = 20  # a bin with fewer answers is left out: its share would be luck

    def __init__(self, axes, title):
        self.axes = axes
        middles, nothing = np.arange(10) / 10 + 0.05, np.zeros(10)
        self.bars = axes.bar(middles, nothing, 0.085, color=RIGHT, zorder=2)
        (self.claims,) = axes.plot([], [], "D", color=WRONG, markeredgecolor="white", markersize=8, zorder=4,
                                   clip_on=False)  # fmt: skip
        axes.plot([0, 1], [0, 1], "--", color=INK, linewidth=1.2, zorder=3)
        axes.set(xlim=(0, 1), ylim=(0, 1.02), xlabel="confidence", title=title)
        axes.set_xticks((0, 0.5, 1), ("0", "0.5", "1"))
        axes.set_yticks((0, 0.5, 1), ("0", "0.5", "1"))

    def update(self, table):
        """table: for each bin how many answers, their mean confidence, and the share that is right."""
        shown = [(number, line) for number, line in enumerate(table) if line[0] >= self.FEWEST]
        for bar in self.bars:
            bar.set_height(0)
        for number, (_, _, share) in shown:
            self.bars[number].set_height(share)
        self.claims.set_data([number / 10 + 0.05 for number, _ in shown], [line[1] for _, line in shown])


class ReliabilityPicture(Picture):
    """Two networks, and how much their confidences are worth."""

    def __init__(self, titles, note="", width=7.0, height=3.7):
        super().__init__(width, height)
        self.titles, self.note = titles, note
        self.parts = [Reliability(axes, title) for axes, title in zip(self.figure.subplots(1, 2), titles)]
        for part, title in zip(self.parts, titles):
            part.axes.set_title(f"{title}\nerror 0.000")  # room for two lines
        self.parts[0].axes.set_ylabel("share")
        look = {"transform": self.parts[0].axes.transAxes}
        self.parts[0].axes.text(0.04, 0.93, "bar: share that is right", color=RIGHT, **look)
        self.parts[0].axes.text(0.04, 0.84, "diamond: confidence", color=WRONG, **look)
        add_note(self.figure, note)

    def update(self, tables, errors):
        """tables: see `Reliability.update`. errors: how far confidences and bars are apart, one number for each."""
        found = []
        for part, title, table, error in zip(self.parts, self.titles, tables, errors):
            part.update(table)
            part.axes.set_title(f"{title}\nerror {error:.3f}")
            found.append(f"{title}: {self.how_far_apart(table)}")
        self.alt = f"Two diagrams, the share of right answers over the confidence. {'; '.join(found)}.{said(self.note)}"
        return self

    @staticmethod
    def how_far_apart(table):
        """What the bins with 100 answers or more show, in words."""
        full = [(number, sure, share) for number, (count, sure, share) in enumerate(table) if count >= 100]
        if max(abs(sure - share) for _, sure, share in full) < 0.1:
            return "bars and diamonds nearly meet"
        if all(share < sure for _, sure, share in full):
            return f"from {full[0][0] / 10:g} on, the bars stay below their diamonds"
        return "bars and diamonds lie far apart"


class ReliabilityQuizPicture(Picture):
    """Three networks: too modest, honest, too sure."""

    BENDS = {"A": 0.16, "B": 0.0, "C": -0.22}

    def __init__(self, width=7.0, height=2.8):
        super().__init__(width, height)
        for axes, (name, bend) in zip(self.figure.subplots(1, 3), self.BENDS.items()):
            middles = np.arange(10) / 10 + 0.05
            shares = middles + bend * 4 * middles * (1 - middles) * np.where(middles > 0.6, 1.0, 0.8)
            Reliability(axes, name).update([(100 if middle > 0.2 else 0, middle, share)
                                            for middle, share in zip(middles, shares)])  # fmt: skip
            axes.set_ylabel("share" if name == "A" else "")
        self.figure.supxlabel("bar: share that is right, diamond: confidence", fontsize=11)
        self.alt = ("Three diagrams of the share of right answers over the confidence. In A the bars reach above the "
                    "diagonal, in B they end on it, in C they stay below it.")  # fmt: skip


# ------------------------------------------------------------------------------------------------- the cut


class CutPicture(Picture):
    """Answers below a confidence do not count: how many are left, how many of them are right, and some that are not.

    names: of the classes. note: see `add_note`.
    """

    MISTAKES = 5

    def __init__(self, names, note="", width=7.0, height=4.9):
        super().__init__(width, height)
        self.names = [short(name) for name in names]
        grid = self.figure.add_gridspec(2, 1, height_ratios=[1.15, 1])
        self.axes = axes = self.figure.add_subplot(grid[0])
        axes.set(xlim=(0, 1), ylim=(0, 1.02), xlabel="cut: the least confidence", ylabel="share", title=" ")
        axes.set_yticks((0, 0.5, 1), ("0", "0.5", "1"))
        axes.grid(axis="y")
        (self.accuracy,) = axes.plot([], [], color=RIGHT)
        (self.coverage,) = axes.plot([], [], "--", color=WRONG)
        self.line = axes.axvline(0, color=INK, linewidth=1.2)
        (self.upper,) = axes.plot([], [], "o", color=RIGHT, markersize=9, clip_on=False, zorder=5)
        (self.lower,) = axes.plot([], [], "s", color=WRONG, markersize=9, clip_on=False, zorder=5)
        axes.text(0.02, 0.22, "line: right among the answers", color=RIGHT)
        axes.text(0.02, 0.08, "dashes: answered at all", color=WRONG)
        self.mistakes = ImageGrid(self.figure.add_subplot(grid[1]), 1, self.MISTAKES, lines=2, gap=18)
        self.note = note
        add_note(self.figure, note)

    def update(self, curve, cut, counts, mistakes):
        """curve: for many cuts (cut, share answered, share right or None). counts: all, answered, right among these.

        mistakes: images, truths, answers and confidences of some wrong answers above the cut.
        """
        everything, answered, right = counts
        cuts, coverages, shares = zip(*curve)
        self.accuracy.set_data(cuts, [np.nan if share is None else share for share in shares])
        self.coverage.set_data(cuts, coverages)
        self.line.set_xdata([cut, cut])
        self.lower.set_data([cut], [answered / everything])
        self.upper.set_data([cut], [right / answered if answered else np.nan])
        share = f"{right / answered:.3f}" if answered else "–"
        self.axes.set_title(f"answered: {answered:,} of {everything:,}    wrong: {answered - right:,}    "
                            f"right: {share}")  # fmt: skip
        images, truths, answers, confidences = mistakes
        words = [f"is {self.names[truth]}\nsays {self.names[answer]}\n{confidence:.2f}"
                 for truth, answer, confidence in zip(truths[: self.MISTAKES], answers, confidences)]  # fmt: skip
        self.mistakes.update(images[: self.MISTAKES], words)
        self.alt = (f"Over the cut, the share of right answers rises and the share answered falls. At {cut:g} the "
                    f"network answers {answered:,} of {everything:,} and {answered - right:,} of these answers are "
                    f"wrong; below, {len(words)} of them as pictures.{said(self.note)}")  # fmt: skip
        return self


# ---------------------------------------------------------------------------------------------------- luck


class SpreadPicture(Picture):
    """The accuracies of two networks on many draws of pictures: a dot for each draw."""

    def __init__(self, titles, note="", width=7.0, height=3.2):
        super().__init__(width, height)
        self.titles, self.note = titles, note
        self.axes = axes = self.figure.subplots()
        self.dots = [axes.plot([], [], ".", color=colour, markersize=3.5)[0] for colour in (WRONG, RIGHT)]
        axes.set(xlim=(0.5, 1.01), ylim=(-0.55, 1.55), xlabel="accuracy on the pictures drawn", title=" \n ")
        axes.set_yticks((0, 1), titles)
        axes.tick_params(axis="y", length=0)
        for label, colour in zip(axes.get_yticklabels(), (WRONG, RIGHT)):
            label.set_color(colour)
        axes.set_xticks((0.5, 0.6, 0.7, 0.8, 0.9, 1.0))
        axes.spines["left"].set_visible(False)
        axes.grid(axis="x")
        self.jitter = np.random.RandomState(0).uniform(-0.36, 0.36, 5000)
        add_note(self.figure, note)

    def update(self, accuracies, pictures):
        """accuracies: for the first and the second network one number for each draw. pictures: drawn each time."""
        for y, (dots, numbers) in enumerate(zip(self.dots, accuracies)):
            dots.set_data(numbers, y + self.jitter[: len(numbers)])
        first, second = (np.asarray(numbers) for numbers in accuracies)
        ahead = f"{self.titles[1]} ahead in {many_of(np.sum(second > first), len(second))} draws"
        far = np.percentile(np.abs(second - np.mean(second)), 95)
        self.axes.set_title(f"{pictures:,} pictures: {ahead}\nits dots: 95 of 100 within {far:.3f} of their middle")
        touch = "overlap" if np.min(accuracies[1]) < np.max(accuracies[0]) else "lie apart"
        self.alt = (f"Two heaps of dots along the accuracy, {self.titles[0]} and {self.titles[1]}. With {pictures:,} "
                    f"pictures they {touch}, with {ahead}.{said(self.note)}")  # fmt: skip
        return self


# ------------------------------------------------------------------------------------------- an own pair


class MixedPairPicture(GarmentsPicture):
    """Two classes that are mixed up: above, pictures of the one that are taken for the other; below, the reverse.

    names: of the classes. note: shown below.
    """

    def __init__(self, names, note=""):
        super().__init__(2, 6, lines=2, note=note)
        self.names = [short(name) for name in names]

    def update(self, images, truths, answers, pair):
        """images, truths, answers: of all pictures. pair: two numbers of classes; anything else shows empty frames."""
        if has_blank(pair) or np.shape(pair) != (2,) or any(number not in range(len(self.names)) for number in pair):
            frame = np.full((28, 28), 190)
            frame[1:-1, 1:-1] = 255
            return super().update([frame] * 12, alt="Two rows of empty frames with room for clothes: no pair yet.")
        pair = [int(number) for number in pair]
        shown, words, counts = [], [], []
        for truth, answer in (pair, pair[::-1]):
            places = np.flatnonzero((truths == truth) & (answers == answer))
            own = list(images[places[: self.grid.columns]])
            missing = self.grid.columns - len(own)
            shown += own + [np.full((28, 28), 255)] * missing
            words += [f"is {self.names[truth]}\nsays {self.names[answer]}"] * len(own) + [""] * missing
            counts.append(len(places))
        first, second = (self.names[number] for number in pair)
        alt = (f"Two rows of pictures: {counts[0]} times {first} is taken for {second}, and {counts[1]} times {second} "
               f"for {first}.")  # fmt: skip
        return super().update(np.array(shown), words, alt=alt)
