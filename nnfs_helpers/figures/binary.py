"""Pictures of yes or no: sigmoid and its slope, the price of an answer, and where to put the threshold (chapter 16)."""

import numpy as np

from nnfs_helpers.check import has_blank
from nnfs_helpers.figures.picture import FAINT, INK, PALETTE, Picture

NO, YES = PALETTE[:2]  # as the classes 0 and 1 in all pictures of points
LINE = PALETTE[2]
QUIET_WORDS = "#555555"

# ---------------------------------------------------------------------------------------- two heaps of scores


class Heaps:
    """Two heaps of scores over one axis from 0 to 1: the yes upwards, the no downwards, with a threshold.

    most_yes, most_no: how many scores the highest column can show.
    """

    BINS = 20

    def __init__(self, axes, most_yes, most_no):
        self.axes = axes
        self.edges = np.linspace(0, 1, self.BINS + 1)
        middles, width = (self.edges[1:] + self.edges[:-1]) / 2, 0.86 / self.BINS
        empty = np.zeros(self.BINS)
        self.ups = axes.bar(middles, empty, width, color=YES, zorder=2)
        self.downs = axes.bar(middles, empty, width, color=NO, zorder=2)
        self.limits = {1: most_yes, 0: most_no}
        axes.axhline(0, color=INK, linewidth=0.8, zorder=3)
        axes.set(xlim=(0, 1), ylim=(-most_no, most_yes), xlabel="output of the network")
        self.line = axes.axvline(0.5, color=INK, linestyle="--", linewidth=1.8, zorder=4)

    def update(self, scores, truth, threshold):
        """scores, truth: one number each for every sample."""
        scores, truth = np.ravel(scores), np.ravel(truth)
        for bars, answer, sign in ((self.ups, 1, 1), (self.downs, 0, -1)):
            counts, _ = np.histogram(scores[truth == answer], self.edges)
            for bar, count in zip(bars, counts):
                bar.set_height(sign * min(count, self.limits[answer]))
        self.line.set_xdata([threshold, threshold])


class HeapsPicture(Picture):
    """Two heaps of scores that overlap, with a dashed line between them."""

    def __init__(self, width=6.5, height=2.9):
        super().__init__(width, height)
        random = np.random.RandomState(4)
        scores = np.concatenate([random.beta(2.2, 4.2, 60), random.beta(4.6, 2.2, 60)])
        truth = np.repeat([0, 1], 60)
        axes = self.figure.subplots()
        Heaps(axes, 13, 13).update(scores, truth, 0.5)
        axes.set(yticks=[], xlabel="how sure the network is that somebody is ill")
        axes.spines["left"].set_visible(False)
        axes.text(0.02, 7, "ill", color=YES, weight="bold", fontsize=12)
        axes.text(0.99, -8, "healthy", color=NO, weight="bold", fontsize=12, ha="right")
        self.alt = ("Two heaps of people along a scale from 0 to 1, the ill above and the healthy below. They "
                    "overlap in the middle, where a dashed line stands, so that some of both are on its wrong "
                    "side.")  # fmt: skip


def binary_preview():
    """The first figure of chapter 16."""
    return HeapsPicture()


# --------------------------------------------------------------------------------------------------- sigmoid


class SigmoidPicture(Picture):
    """A function and its slope: by formula as a line, by trying out as dots."""

    def __init__(self, width=7.0, height=3.0):
        super().__init__(width, height)
        self.parts = self.figure.subplots(1, 2)
        for axes, title in zip(self.parts, ("sigmoid", "its slope")):
            axes.set(xlabel="score z", title=title, xlim=(-6.2, 6.2), xticks=(-6, -3, 0, 3, 6))
            axes.grid(axis="y")
        self.parts[0].set(ylim=(-0.05, 1.05), yticks=(0, 0.5, 1))
        self.parts[1].set(ylim=(-0.05, 1.05), yticks=(0, 0.25, 0.5, 0.75, 1))
        (self.curve,) = self.parts[0].plot([], [], color=NO)
        (self.formula,) = self.parts[1].plot([], [], color=NO)
        (self.tried,) = self.parts[1].plot([], [], "o", color=YES, markersize=6)
        self.parts[1].text(-5.9, 0.86, "line: by formula", color=NO)
        self.parts[1].text(-5.9, 0.73, "dots: by trying out", color=YES)

    def update(self, function, slope_of):
        """function: takes an array of scores. slope_of: takes what the function gives, as the formula does."""
        scores, places = np.linspace(-6, 6, 241), np.linspace(-6, 6, 13)
        tried = (function(places + 1e-5) - function(places - 1e-5)) / 2e-5
        self.curve.set_data(scores, function(scores))
        self.formula.set_data(scores, slope_of(function(scores)))
        self.tried.set_data(places, tried)
        highest = places[np.argmax(tried)]
        agree = "lie on the line" if np.allclose(tried, slope_of(function(places)), atol=1e-6) else "leave the line"
        self.alt = (f"Left a curve that climbs from 0 to 1 and is flat at both ends. Right its slope, a hill whose top "
                    f"is {tried.max():.2f} high and stands at {highest:g}; the slopes found by trying out "
                    f"{agree}.")  # fmt: skip
        return self


# ----------------------------------------------------------------------------------------- the price of an answer


class YesNoPricePicture(Picture):
    """What an output costs if the truth is yes, and what it costs if the truth is no, with some dots."""

    def __init__(self, width=6.5, height=3.3):
        super().__init__(width, height)
        axes = self.figure.subplots()
        outputs = np.append(np.logspace(-7, -2, 100), np.linspace(0.011, 1 - 0.011, 300))
        outputs = np.append(outputs, 1 - np.logspace(-2, -7, 100))
        axes.plot(outputs, -np.log(outputs), color=YES)
        axes.plot(outputs, -np.log(1 - outputs), color=NO, linestyle="--")
        axes.set(xlim=(0, 1), ylim=(0, 5), xlabel="output: how sure of yes", ylabel="loss")
        axes.text(0.06, 3.9, "the truth is yes", color=YES)
        axes.text(0.94, 3.9, "the truth is no", color=NO, ha="right")
        self.axes = axes
        (self.dots,) = axes.plot([], [], "o", color=INK, markersize=8, clip_on=False, zorder=5)
        self.words = []

    def update(self, outputs, truths, losses):
        """outputs, truths, losses: one number each for every dot."""
        for words in self.words:
            words.remove()
        self.dots.set_data(outputs, losses)
        self.words = []
        said = []
        for output, truth, loss in zip(outputs, truths, losses):
            # clear of the curves: to the left of a dear dot, straight above a cheap one
            place = (-10, -4) if loss > 1.5 else (0, 12)
            side = "right" if loss > 1.5 else "center"
            text = self.axes.annotate(f"{loss:.2f}", (output, loss), xytext=place, textcoords="offset points", ha=side)
            self.words.append(text)
            said.append(f"{output:g} costs {loss:.2f} if the truth is {'yes' if truth else 'no'}")
        self.alt = f"Two curves, mirror images, that cross at one half. On them: {', '.join(said)}."
        return self


# ------------------------------------------------------------------------------------------------ the threshold


class ThresholdPicture(Picture):
    """The outputs for yes and no as two heaps, with a threshold; the four counts; and the point on the ROC curve.

    most_yes, most_no: how many outputs the highest column can show.
    """

    def __init__(self, most_yes=160, most_no=400, width=7.0, height=4.6):
        super().__init__(width, height)
        grid = self.figure.add_gridspec(2, 2, width_ratios=[1.35, 1], height_ratios=[1.45, 1])
        self.heaps = Heaps(self.figure.add_subplot(grid[0, 0]), most_yes, most_no)
        axes = self.heaps.axes
        axes.set_yticks([-400, -200, 0, 100], ["400", "200", "0", "100"])
        axes.set_ylabel("points")
        zero = most_no / (most_no + most_yes)
        ground = {"facecolor": "white", "edgecolor": "none", "pad": 2}
        axes.text(0.03, zero + 0.07, "truth: yes", color=YES, transform=axes.transAxes, bbox=ground, zorder=5)
        axes.text(0.97, zero - 0.14, "truth: no", color=NO, transform=axes.transAxes, ha="right", va="top",
                  bbox=ground, zorder=5)  # fmt: skip
        self.says_no = axes.text(0.5, most_yes, "← says no", ha="right", va="bottom")
        self.says_yes = axes.text(0.5, most_yes, "says yes →", ha="left", va="bottom")
        self.build_table(self.figure.add_subplot(grid[1, 0]))
        self.build_curve(self.figure.add_subplot(grid[:, 1]))

    def build_table(self, axes):
        axes.set(xlim=(0, 4), ylim=(0, 3))
        axes.set_axis_off()
        for column, text in ((1.9, "says yes"), (3.2, "says no")):
            axes.text(column, 2.55, text, ha="center", va="center", color=QUIET_WORDS)
        self.counts = []
        for row, text, colour in ((1.6, "truth: yes", YES), (0.55, "truth: no", NO)):
            axes.text(1.1, row, text, ha="right", va="center", color=colour)
            for column, name in ((1.9, "found" if colour == YES else "false alarm"),
                                 (3.2, "missed" if colour == YES else "rightly no")):  # fmt: skip
                count = axes.text(column, row + 0.16, "", ha="center", va="center", fontsize=13, weight="bold")
                axes.text(column, row - 0.32, name, ha="center", va="center", color=QUIET_WORDS)
                self.counts.append(count)

    def build_curve(self, axes):
        axes.plot([0, 1], [0, 1], color=FAINT, linestyle=":", linewidth=1.5, zorder=0.5)
        (self.curve,) = axes.plot([], [], color=LINE, clip_on=False, zorder=3)
        (self.point,) = axes.plot([], [], "o", color=INK, markersize=11, clip_on=False, zorder=5)
        axes.set(xlim=(0, 1), ylim=(0, 1), aspect="equal", xticks=(0, 0.5, 1), yticks=(0, 0.5, 1))
        axes.set(xlabel="share of the no: false alarms", ylabel="share of the yes: found")
        self.words = axes.text(0.98, 0.05, "", transform=axes.transAxes, ha="right", va="bottom", linespacing=1.5)

    def update(self, scores, truth, threshold, counts, curve):
        """scores, truth: one number each for every point. counts: found, missed, false alarms and rightly no.

        curve: for many thresholds the pairs (share of false alarms, share found), shape (thresholds, 2).
        """
        found, missed, alarms, rightly_no = counts
        self.heaps.update(scores, truth, threshold)
        self.says_no.set_x(threshold - 0.02)
        self.says_no.set_visible(threshold > 0.3)  # where there is room for the words
        self.says_yes.set_x(threshold + 0.02)
        self.says_yes.set_visible(threshold < 0.75)
        for words, count in zip(self.counts, (found, missed, alarms, rightly_no)):
            words.set_text(f"{count:,}")
        self.curve.set_data(*np.transpose(curve))
        place = alarms / (alarms + rightly_no), found / (found + missed)
        self.point.set_data([place[0]], [place[1]])
        accuracy = (found + rightly_no) / np.sum(counts)
        says_yes = found + alarms
        trust = f"{found / says_yes:.2f}" if says_yes else "–"
        self.words.set_text(f"accuracy {accuracy:.3f}\nprecision {trust}")
        self.alt = (f"Two heaps of outputs, yes above and no below, with a line at {threshold:g}; {amount(place[1])} "
                    f"of the yes are found, at the price of {amount(place[0])} of the no as false alarms.")  # fmt: skip
        return self


def amount(share):
    """A share in words that stay true when a few points change sides."""
    for limit, words in ((0.005, "none"), (0.25, "few"), (0.45, "less than half"), (0.6, "about half"),
                         (0.8, "most"), (0.995, "nearly all")):  # fmt: skip
        if share < limit:
            return words
    return "all"


# -------------------------------------------------------------------------------------------------- what it costs


class CostPicture(Picture):
    """The bill over the threshold: what missed ones and false alarms cost together, and the reader's choice.

    missed, alarm: the price of one.
    """

    def __init__(self, missed=20, alarm=1, width=6.5, height=2.9):
        super().__init__(width, height)
        self.missed, self.alarm = missed, alarm
        self.axes = self.figure.subplots()
        self.axes.set(xlabel="threshold", ylabel="bill", xlim=(0, 1), ylim=(0, 1))
        (self.curve,) = self.axes.plot([], [], color=NO)
        (self.choice,) = self.axes.plot([], [], "o", color=YES, markersize=11, zorder=5)

    def update(self, scores, truth, threshold):
        """scores, truth: one number each for every point. threshold: the choice; a blank shows an empty picture."""
        if has_blank(threshold):
            self.alt = "An empty diagram for the bill over the threshold: nothing has been chosen yet."
            return self
        scores, truth = np.ravel(scores), np.ravel(truth)
        thresholds = np.linspace(0, 1, 201)
        bills = [self.bill(scores, truth, each) for each in thresholds]
        own = self.bill(scores, truth, float(threshold))
        self.curve.set_data(thresholds, bills)
        self.choice.set_data([threshold], [own])
        self.axes.set_ylim(0, max(5 * min(bills), 1.1 * own, 1))
        near = "near its bottom" if own < 1.3 * min(bills) else "well above its bottom"
        self.alt = f"The bill over the threshold, a curve with a valley far to the left; your choice lies {near}."
        return self

    def bill(self, scores, truth, threshold):
        says_yes = scores > threshold
        return self.missed * np.sum(~says_yes & (truth == 1)) + self.alarm * np.sum(says_yes & (truth == 0))


# ------------------------------------------------------------------------------------------------------ quiz


class ScoresQuizPicture(Picture):
    """Three networks, each with two heaps of scores."""

    #                 no: from, to    yes: from, to
    RANGES = {"A": ((0.05, 0.62), (0.38, 0.95)), "B": ((0.52, 0.74), (0.77, 0.99)), "C": ((0.05, 0.3), (0.6, 0.95))}

    def __init__(self, width=7.0, height=2.7):
        super().__init__(width, height)
        random = np.random.RandomState(1)
        for axes, (name, (no, yes)) in zip(self.figure.subplots(1, 3, sharey=True), self.RANGES.items()):
            scores = np.concatenate([no[0] + (no[1] - no[0]) * random.beta(3, 3, 60),
                                     yes[0] + (yes[1] - yes[0]) * random.beta(3, 3, 60)])  # fmt: skip
            heaps = Heaps(axes, 36, 36)
            heaps.update(scores, np.repeat([0, 1], 60), 0.5)
            axes.set(title=name, yticks=[], xticks=(0, 0.5, 1), xlabel="output")
            axes.set_xticks((0, 0.5, 1), ("0", "0.5", "1"))
            axes.spines["left"].set_visible(False)
            axes.text(0.03, 27, "yes", color=YES)
            axes.text(0.03, -31, "no", color=NO)
        self.alt = ("Three networks with their outputs for yes and for no and a line at one half. In A the heaps "
                    "overlap in the middle; in B both lie right of the line, apart from each other; in C they lie "
                    "far apart, one on each side.")  # fmt: skip
