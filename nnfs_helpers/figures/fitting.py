"""Pictures of fitting by hand: points, a line or curve through them, and the score (chapter 1)."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Arc, Circle, Ellipse, Rectangle

from nnfs_helpers.check import has_blank
from nnfs_helpers.figures.picture import FAINT, INK, PALETTE, Picture, in_style
from nnfs_helpers.figures.vectors import (
    BIAS,
    GREY,
    INPUT,
    OUTPUT,
    TINTS,
    WEIGHT,
    ball,
    label,
    link,
    number,
    place_by_hand,
    sheet,
    word,
)

POINT, LINE, GOOD = PALETTE[:3]
MISS = "#8A8A8A"  # from a point to the line
PLACES = 101  # of a line or a curve
CLOSE = 4  # times the mark: below that the bar of the score is enlarged

# ------------------------------------------------------------------------------------------------- a face


class FacePicture(Picture):
    """A face whose mouth is a curve, drawn from two numbers. To practise with."""

    ACROSS = np.linspace(-0.55, 0.55, 41)

    def __init__(self, width=3.6, height=3.4):
        super().__init__(width, height)
        axes = place_by_hand(self, (0, 0, 1, 1))
        axes.set(xlim=(-1.25, 1.25), ylim=(-1.18, 1.18), aspect="equal")
        axes.set_axis_off()
        axes.add_patch(Circle((0, 0), 1.08, facecolor="#FBE88A", edgecolor=INK, linewidth=2.5))
        self.cheeks = [axes.add_patch(Circle((x, -0.22), 0.15, color="#F2A66B", alpha=0)) for x in (-0.68, 0.68)]
        for x in (-0.36, 0.36):
            axes.add_patch(Ellipse((x, 0.28), 0.36, 0.46, facecolor="white", edgecolor=INK, linewidth=1.8))
        self.pupils = [axes.add_patch(Circle((x, 0.28), 0.1, color=INK)) for x in (-0.36, 0.36)]
        self.brows = [axes.plot([], [], color=INK, linewidth=4)[0] for _ in range(2)]
        self.mouth = axes.plot([], [], color=INK, linewidth=5)[0]

    def update(self, smile, tilt):
        """smile: how far the corners of the mouth go up, from −1 to 1. tilt: how much the right one goes higher."""
        middle = -0.5 - 0.12 * smile
        self.mouth.set_data(self.ACROSS, middle + smile * self.ACROSS**2 + 0.25 * tilt * self.ACROSS)
        for x, cheek, pupil, brow in zip((-0.36, 0.36), self.cheeks, self.pupils, self.brows):
            cheek.set_alpha(0.8 * max(0.0, smile))
            pupil.set_center((x + 0.06 * tilt, 0.26 + 0.07 * smile))
            outer, inner = x + np.sign(x) * 0.16, x - np.sign(x) * 0.16
            brow.set_data([outer, inner], [0.68 + 0.02 * smile, 0.67 + 0.1 * smile])
        mood = "smiles" if smile > 0.05 else "looks grumpy" if smile < -0.05 else "keeps a straight mouth"
        side = f" The {'right' if tilt > 0 else 'left'} corner of the mouth is higher." if abs(tilt) > 0.05 else ""
        self.alt = f"A round yellow face that {mood}, with smile {number(smile)} and tilt {number(tilt)}.{side}"
        return self


# ---------------------------------------------------------------------------------- one neuron, and many


def knob(axes, x, y, colour, angle, radius=0.24):
    """A round knob with a pointer. angle: in degrees, from straight up to the right."""
    axes.add_patch(Circle((x, y), radius, facecolor=TINTS[colour], edgecolor=colour, linewidth=1.8, zorder=3))
    axes.add_patch(Arc((x, y), 2.9 * radius, 2.9 * radius, theta1=-50, theta2=230, color=GREY, linewidth=1, zorder=2))
    towards = np.radians(90 - angle)
    axes.plot([x, x + radius * np.cos(towards)], [y, y + radius * np.sin(towards)], color=colour, linewidth=2.5,
              zorder=4)  # fmt: skip


@in_style
def one_and_many():
    """A neuron with its two knobs, and a network of many: numbers in on the left, numbers out on the right."""
    picture = Picture(7, 3.2)
    axes = sheet(picture)
    draw_one(axes)
    axes.plot([3.72, 3.72], [0.25, 2.95], color=FAINT, linewidth=1)
    draw_many(axes)
    picture.alt = ("Left one neuron: the number 4 goes in, is multiplied by the weight 3, the bias 5 is added, 17 "
                   "comes out; weight and bias are drawn as knobs. Right a network: columns of many neurons, each "
                   "joined to all of the next one, numbers in on the left and numbers out on the right.")  # fmt: skip
    return picture


def draw_one(axes, height=1.5):
    word(axes, 1.8, 2.95, "one neuron", weight="bold")
    for start, end in ((0.62, 0.95), (1.49, 1.99), (2.53, 2.86)):
        link(axes, (start, height), (end, height))
    ball(axes, 0.34, height, "4", INPUT)
    knob(axes, 1.22, height, WEIGHT, 70)
    knob(axes, 2.26, height, BIAS, -30)
    axes.add_patch(Circle((3.14, height), 0.26, facecolor=TINTS[OUTPUT], edgecolor=OUTPUT, linewidth=1.8, zorder=3))
    word(axes, 3.14, height, "17", size=12, weight="bold", zorder=4)
    label(axes, 1.22, height + 0.62, "× 3", WEIGHT)
    label(axes, 2.26, height + 0.62, "+ 5", BIAS)
    for x, name in ((0.34, "input"), (1.22, "weight"), (2.26, "bias"), (3.14, "output")):
        word(axes, x, height - 0.62, name, colour="#555555")


def draw_many(axes):
    word(axes, 5.42, 2.95, "a network of many", weight="bold")
    columns = [column(4.25, 5), column(5.05, 6), column(5.85, 6), column(6.6, 3)]
    for left, right in zip(columns, columns[1:]):
        for start in left:
            for end in right:
                link(axes, start, end, FAINT, 0.9, head="-")
    for colour, places in zip((INPUT, INK, INK, OUTPUT), columns):
        for place in places:
            face = TINTS.get(colour, "white")
            axes.add_patch(Circle(place, 0.13, facecolor=face, edgecolor=colour, linewidth=1.8, zorder=3))
    word(axes, 4.3, 0.22, "numbers in", colour="#555555")
    word(axes, 6.35, 0.22, "numbers out", colour="#555555")


def column(x, count, middle=1.58, gap=0.4):
    """The places of `count` circles one above the other."""
    return [(x, middle + gap * (row - (count - 1) / 2)) for row in range(count)]


# ---------------------------------------------------------------------------- points, a line, and a score


class FittedPoints:
    """Points in one part of a picture, with a line or a curve, and how far each point misses it.

    features, labels: a number each for every point. limits: least and greatest feature and label shown.
    """

    def __init__(self, axes, features, labels, names, limits):
        self.features, self.labels = features, labels
        self.lowest, self.highest = limits[2], limits[3]
        self.places = np.linspace(limits[0], limits[1], PLACES).tolist()
        axes.set(xlim=limits[:2], ylim=limits[2:], xlabel=names[0], ylabel=names[1])
        axes.grid(True)
        self.misses = axes.add_collection(LineCollection([], colors=MISS, linewidths=1.6, linestyles=[(0, (2, 1.4))]))
        self.line = axes.plot([], [], color=LINE, linewidth=2.6, zorder=3)[0]
        axes.plot(features, labels, "o", color=POINT, markersize=8, markeredgecolor="white", zorder=4)

    def update(self, line, guesses):
        """line: its height at each of the `places`. guesses: its height at each point."""
        self.line.set_data(self.places, line)
        self.misses.set_segments([[(x, y), (x, guess)] for x, y, guess in zip(self.features, self.labels, guesses)])

    def hide(self):
        self.line.set_data([], [])
        self.misses.set_segments([])


class FitPicture(Picture):
    """Points, a line or curve that should pass near them, and its score as a bar. The bar must get below a mark.

    Near the mark the bar is shown enlarged, so that small progress can be seen.

    features, labels: the points. mark: a good score. names: of both axes.
    limits: least and greatest feature and label shown. top: the greatest score that fits into the bar.
    places: where the height of the line is wanted.
    """

    def __init__(self, features, labels, mark, top, names, limits, width=6.8, height=3.6):
        super().__init__(width, height)
        plane, side = self.figure.subplots(1, 2, width_ratios=(6, 1))
        self.points = FittedPoints(plane, features, labels, names, limits)
        self.places, self.mark, self.top = self.points.places, mark, top
        self.title, self.side = plane, side
        plane.set_title("score 0.000")
        side.set(xlim=(-0.6, 0.6), xticks=[], ylim=(0, top), title="close-up")
        self.bar = side.add_patch(Rectangle((-0.45, 0), 0.9, 0, facecolor=LINE))
        self.above = side.text(0, 0.97, "↑", transform=side.get_xaxis_transform(), ha="center", va="top",
                               color="white", size=18, visible=False)  # fmt: skip
        side.axhline(mark, color=INK, linewidth=1.6, linestyle=(0, (3, 1.5)))
        side.annotate(f"mark {number(mark)}", (0, mark), xytext=(0, 3), textcoords="offset points", ha="center",
                      va="bottom", zorder=5,
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85})  # fmt: skip

    def update(self, line, guesses, score):
        """line: its height at each of `places`. guesses: its height at each point. score: one number."""
        self.points.update(line, guesses)
        reached, near = score < self.mark, score < CLOSE * self.mark
        limits = 0, CLOSE * self.mark if near else self.top
        if self.side.get_ylim() != limits:  # new limits mean that everything is drawn again
            self.side.set_ylim(limits)
        self.side.set_title("close-up" if near else "score")
        self.bar.set_height(min(score, self.top))
        self.bar.set_facecolor(GOOD if reached else LINE)
        self.above.set_visible(score > self.top)
        self.title.set_title(f"score {written(score)}{': below the mark!' if reached else ''}")
        self.alt = (f"{len(guesses)} points and {shape_of(line)}, with a dashed upright from each point to it. "
                    f"The score is {written(score)}, {'below' if reached else 'not below'} the mark of "
                    f"{number(self.mark)}.")  # fmt: skip
        return self


def lemonade_picture(hours, glasses):
    """The first game: a line through the days of the lemonade stand."""
    names = ("hours of sunshine", "glasses sold")
    return FitPicture(hours, glasses, mark=5, top=160, names=names, limits=(0, 10, 0, 45))


TRACK = {"mark": 0.1, "names": ("place along the track", "height"), "limits": (-2.2, 2.2, -3, 5)}


def track_picture(track, heights):
    """The second game: a curve with four knobs through the points of a roller coaster."""
    return FitPicture(track, heights, top=4, **TRACK)


def written(score):
    """A score with three digits that count, more or less: 156.5, 15.7, 3.50, 0.024."""
    digits = 1 if score >= 10 else 2 if score >= 1 else 3
    return f"{score:.{digits}f}"


def shape_of(line):
    """A word for a line or a curve, and whether it rises or falls."""
    bends = np.diff(line, 2)
    if np.max(np.abs(bends)) > 1e-6:
        return "a curve"
    rise = line[-1] - line[0]
    return "a level line" if abs(rise) < 1e-9 else "a rising line" if rise > 0 else "a falling line"


class TeaPicture(FitPicture):
    """Glasses of tea sold on days of different warmth, and a line. For an exercise: it draws blanks, too."""

    WARMTH = [0, 3, 6, 10, 14, 18, 22, 25]
    TEAS = [41, 39, 33, 30, 20, 17, 7, 4]

    def __init__(self):
        names = ("warmth of the day in °C", "glasses of tea sold")
        super().__init__(self.WARMTH, self.TEAS, mark=4, top=40, names=names, limits=(-1, 26, -2, 50))

    def update(self, weight, bias):
        """weight, bias: the numbers of the line, or `...`."""
        if has_blank([weight, bias]):
            self.points.hide()
            self.title.set_title("no line yet")
            self.side.set_title("score")
            self.alt = "Eight points that fall from the upper left to the lower right; no line yet."
            return self
        guesses = [weight * warmth + bias for warmth in self.WARMTH]
        score = np.mean((np.array(guesses) - self.TEAS) ** 2)
        return super().update([weight * place + bias for place in self.places], guesses, score)


# --------------------------------------------------------------------------------------- a machine at it


class MachinePicture(Picture):
    """A curve that a machine tunes, and its score after each attempt.

    features, labels: the points. mark: a good score. top: the greatest score shown.
    most_attempts: how far the axis of the attempts goes. places: where the height of the curve is wanted.
    """

    def __init__(self, features, labels, mark, top, names, limits, most_attempts, width=7.0, height=3.5):
        super().__init__(width, height)
        plane, side = self.figure.subplots(1, 2, width_ratios=(1.25, 1))
        self.points = FittedPoints(plane, features, labels, names, limits)
        self.places, self.mark, self.top, self.side = self.points.places, mark, top, side
        side.set(xlim=(0, most_attempts), ylim=(0, top), xlabel="attempts", ylabel="best score so far")
        side.set_title("score 0.000")
        side.axhline(mark, color=INK, linewidth=1.6, linestyle=(0, (3, 1.5)))
        side.text(most_attempts, mark + 0.015 * top, f"mark {number(mark)}", ha="right", va="bottom")
        whole = {"clip_on": False, "zorder": 5}  # the dots, also where they lie on the edge
        self.scores = side.plot([], [], "o-", color=GOOD, linewidth=2.4, markevery=[-1], **whole)[0]  # a dot at the end
        self.reached = side.plot([0], [mark], "o", color=LINE, markersize=9, visible=False, **whole)[0]
        self.title = plane
        plane.set_title("mark not reached")

    def update(self, line, guesses, scores):
        """line: its height at each of `places`. guesses: at each point. scores: the first and one per attempt."""
        self.points.update(line, guesses)
        attempts = np.arange(len(scores))
        self.scores.set_data(attempts, np.minimum(scores, self.top))
        below = np.flatnonzero(np.asarray(scores) < self.mark)[:1]
        self.reached.set_visible(len(below) > 0)
        self.reached.set_data(below, np.asarray(scores)[below])
        self.title.set_title(f"mark reached at attempt {below[0]}" if len(below) else "mark not reached")
        self.side.set_title(f"score {written(scores[-1])}")
        self.alt = (f"{len(guesses)} points and {shape_of(line)}. Beside it the best score over the attempts: after "
                    f"{len(scores) - 1} it is {written(scores[-1])}; the mark is "
                    f"{f'reached at attempt {below[0]}' if len(below) else 'not reached'}.")  # fmt: skip
        return self


def machine_picture(track, heights):
    """The roller coaster once more, with a machine at the knobs: at most 400 attempts."""
    return MachinePicture(track, heights, top=3.2, most_attempts=400, **TRACK)


# ------------------------------------------------------------------------------------- learnt or memorized


def curve_through(features, labels):
    """A curve that hits every point: a function from a feature to a height.

    It is the polynomial of the lowest degree; with n points it has n knobs.
    """
    features, labels = list(features), list(labels)

    def height(place):
        total = 0.0
        for one, feature in enumerate(features):
            part = labels[one]
            for other, other_feature in enumerate(features):
                if other != one:
                    part *= (place - other_feature) / (feature - other_feature)
            total += part
        return total

    return height


class MemoryPicture(Picture):
    """A line and a curve that hits every known point, and new points that neither has seen.

    known, new: two lists each, features and labels.
    """

    def __init__(self, known, new, width=6.5, height=3.6):
        super().__init__(width, height)
        axes = self.figure.subplots()
        axes.set(xlim=(0, 10), ylim=(0, 45), xlabel="hours of sunshine", ylabel="glasses sold")
        axes.grid(True)
        self.places = np.linspace(0, 10, 401).tolist()
        self.curve = axes.plot([], [], color=PALETTE[3], linewidth=2.2, linestyle="--", label="curve through all")[0]
        self.line = axes.plot([], [], color=LINE, linewidth=2.4, label="line")[0]
        axes.plot(*known, "o", color=POINT, markersize=8, markeredgecolor="white", label="known days")
        axes.plot(*new, "s", color=GOOD, markersize=8, markeredgecolor="white", label="new days")
        self.figure.legend(loc="outside upper center", ncols=4, handlelength=1.6, columnspacing=1.4)
        self.counts = len(known[0]), len(new[0])

    def update(self, line, curve):
        """line, curve: their heights at each of `places`."""
        self.line.set_data(self.places, line)
        self.curve.set_data(self.places, curve)
        self.alt = ("{} known days and {} new days as points. The straight line passes near all of them. The dashed "
                    "curve hits every known day, swings far up and down between them, and misses most of the new "
                    "days.").format(*self.counts)  # fmt: skip
        return self


# ------------------------------------------------------------------------------------------------- quiz


class LinesQuizPicture(Picture):
    """Four points and two lines (quiz): A hits three points and misses one by 6, B misses three by 2."""

    FEATURES, LABELS = [1, 2, 3, 4], [2, 2, 2, 8]
    LINES = {"A": [2, 2, 2, 2], "B": [0, 2, 4, 6]}

    def __init__(self, width=6.2, height=3.0):
        super().__init__(width, height)
        panels = self.figure.subplots(1, 2, sharey=True)
        for axes, (name, heights) in zip(panels, self.LINES.items()):
            misses = [[(x, y), (x, height)] for x, y, height in zip(self.FEATURES, self.LABELS, heights)]
            axes.add_collection(LineCollection(misses, colors=MISS, linewidths=1.6, linestyles=[(0, (2, 1.4))]))
            axes.plot(self.FEATURES, heights, color=LINE, linewidth=2.6)
            axes.plot(self.FEATURES, self.LABELS, "o", color=POINT, markersize=9, markeredgecolor="white", zorder=4)
            axes.set(title=name, xlabel="feature", xlim=(0.5, 4.5), ylim=(-1, 9), xticks=self.FEATURES)
            axes.set_yticks(range(0, 9, 2))
            axes.grid(True)
        panels[0].set_ylabel("label")
        self.alt = ("The same four points twice, at the heights 2, 2, 2 and 8. A is a level line at 2: it hits three "
                    "points and misses the last by 6. B rises from 0 to 6: it misses three points by 2 and hits the "
                    "second one.")  # fmt: skip
