"""Pictures of answers that are numbers: two losses and an outlier, and the sine with its stuck start (chapter 17)."""

import numpy as np

from nnfs_helpers.check import has_blank
from nnfs_helpers.figures.picture import INK, MARKERS, PALETTE, Picture

TARGET, ANSWER = "#8A8A8A", PALETTE[0]
SQUARED, ABSOLUTE = PALETTE[:2]
SILENT = "#E3E3E3"
QUIET_WORDS = "#555555"

# ------------------------------------------------------------------------------------------- answers to a curve


class AnswerAxes:
    """The targets of a curve and a network's answers to it; grey where nobody listens, and the bends of layer 1.

    x, targets: the samples. reach: how far the axis of the answers goes from 0.
    """

    def __init__(self, axes, x, targets, reach=1.35):
        self.axes = axes
        self.x, self.targets = np.ravel(x), np.ravel(targets)
        axes.set(xlim=(0, 1), ylim=(-reach, reach), xlabel="x", xticks=(0, 0.5, 1), yticks=(-1, 0, 1))
        edges = np.append(self.x, 2 * self.x[-1] - self.x[-2])
        self.zone = axes.stairs(np.full(len(self.x), -reach), edges, baseline=-reach, fill=True, color=SILENT, zorder=0)
        axes.plot(self.x, self.targets, color=TARGET, linestyle="--", linewidth=1.8, zorder=2)
        (self.line,) = axes.plot([], [], color=ANSWER, linewidth=2.4, zorder=3)
        (self.bends,) = axes.plot([], [], "|", color=INK, markersize=11, markeredgewidth=1.2, zorder=4)
        self.reach = reach

    def update(self, outputs, is_silent=None, bends=()):
        """outputs: one per sample. is_silent: True for the samples at which nobody listens. bends: places on x."""
        self.line.set_data(self.x, np.ravel(outputs))
        is_silent = np.zeros(len(self.x), bool) if is_silent is None else np.ravel(is_silent)
        self.zone.set_data(np.where(is_silent, self.reach, -self.reach))
        bends = np.ravel(bends)
        bends = bends[(bends > 0) & (bends < 1)]
        self.bends.set_data(bends, np.full(len(bends), -0.9 * self.reach))


def follows(outputs, targets):
    """How well answers follow their targets, in words that do not hang on digits."""
    error = float(np.mean((np.ravel(outputs) - np.ravel(targets)) ** 2))
    names = ((0.003, "follow the wave"), (0.02, "nearly follow the wave"), (0.045, "follow a part of the wave"),
             (0.3, "follow the wave roughly"), (0.6, "hardly follow the wave"))  # fmt: skip
    return next((name for limit, name in names if error < limit), "are far off")


def silence(is_silent):
    """How large a part is grey, in words."""
    share = float(np.mean(is_silent))
    names = ((0.01, "nothing is grey"), (0.2, "a small part is grey"), (0.45, "a third or so is grey"),
             (0.95, "most of it is grey"))  # fmt: skip
    return next((name for limit, name in names if share < limit), "all is grey")


# Two trained networks of the chapter as the corners of their curves: weight scale 0.1 and 0.01, rate 0.01, epoch 300.
LEARNED = [
    (0, -0.02), (0.09, 0.49), (0.13, 0.7), (0.17, 0.84), (0.2, 0.93), (0.24, 0.97), (0.28, 0.95), (0.31, 0.89),
    (0.35, 0.78), (0.4, 0.56), (0.49, 0.06), (0.56, -0.41), (0.63, -0.76), (0.67, -0.92), (0.7, -0.99), (0.74, -1.03),
    (0.79, -0.99), (0.84, -0.84), (0.88, -0.71), (1, -0.06),
]  # fmt: skip
STUCK = [
    (0, 0.72), (0.37, 0.72), (0.4, 0.6), (0.44, 0.34), (0.6, -0.61), (0.66, -0.86), (0.7, -0.95), (0.72, -0.99),
    (0.75, -1), (0.79, -0.97), (0.84, -0.83), (0.9, -0.56), (1, -0.02),
]  # fmt: skip


def regression_preview():
    """The first figure of chapter 17."""
    return TwoAnswersPicture()


class TwoAnswersPicture(Picture):
    """The answers of two trained networks to the sine: one follows it, one in part."""

    def __init__(self, width=6.5, height=2.7):
        super().__init__(width, height)
        x = np.linspace(0, 1, 401)
        parts = self.figure.subplots(1, 2, sharey=True)
        for axes, name, corners in zip(parts, "AB", (LEARNED, STUCK)):
            AnswerAxes(axes, x, np.sin(2 * np.pi * x)).update(np.interp(x, *np.transpose(corners)))
            axes.set_title(name)
        parts[0].set_ylabel("answer")
        self.alt = ("Twice one wave, dashed, with a network's answers as a line. A follows the whole wave. B is level "
                    "over the first third, and follows from there on.")  # fmt: skip


class AnswersPicture(Picture):
    """The answers of some networks to the sine, side by side, with silent places and bends."""

    def __init__(self, x, targets, names, width=7.0, height=2.9):
        super().__init__(width, height)
        parts = np.atleast_1d(self.figure.subplots(1, len(names), sharey=True))
        self.parts = {name: AnswerAxes(axes, x, targets) for name, axes in zip(names, parts)}
        for name, part in self.parts.items():
            part.axes.set_title(name)
        parts[0].set_ylabel("answer")

    def update(self, looks):
        """looks: for each name the answers, where it is silent, and the bends."""
        said = []
        for name, (outputs, is_silent, bends) in looks.items():
            part = self.parts[name]
            part.update(outputs, is_silent, bends)
            said.append(f"{name}: the answers {follows(outputs, part.targets)}, {silence(is_silent)}")
        self.alt = f"The sine, dashed, and the answers of {len(looks)} networks. {'; '.join(said)}."
        return self


# ---------------------------------------------------------------------------------------------- an outlier


class OutlierPicture(Picture):
    """Points with one outlier, a line for each of two losses, and how far the lines are from the other points.

    x: where the points stand. least, greatest: the ends of the axis of y.
    """

    def __init__(self, x, least, greatest, width=7.0, height=3.6):
        super().__init__(width, height)
        axes, bars = self.figure.subplots(1, 2, width_ratios=[2.3, 1])
        self.x = np.ravel(x)
        margin = 0.05 * np.ptp(self.x)
        axes.set(xlim=(self.x[0] - margin, self.x[-1] + margin), ylim=(least, greatest), xlabel="x", ylabel="y")
        axes.set_yticks((0, 5, 10))
        (self.points,) = axes.plot([], [], "o", color=INK, markersize=7, zorder=3)
        (self.outlier,) = axes.plot([], [], "X", color=PALETTE[3], markersize=13, markeredgecolor="white", zorder=4)
        self.lines = [
            axes.plot(self.x, 0 * self.x, color=colour, linestyle=style, linewidth=2.6, label=name)[0]
            for name, colour, style in (("squared", SQUARED, "-"), ("absolute", ABSOLUTE, "--"))
        ]
        self.figure.legend(handles=self.lines, loc="outside upper center", ncols=2)
        bars.set(xlim=(0, 2), ylim=(1.6, -0.6), title="the other nine", xlabel="off by", xticks=(0, 1, 2))
        bars.set_yticks((0, 1), ["squared", "absolute"])
        bars.tick_params(axis="y", length=0)
        self.bars = bars.barh((0, 1), (0, 0), 0.5, color=(SQUARED, ABSOLUTE))

    def update(self, y, place, lines, misses):
        """y: the points' heights. place: the number of the outlier. lines: the heights of both lines at the points,
        that of the squared error first. misses: how far off each is from the other points, on average."""
        y = np.ravel(y)
        others = np.arange(len(y)) != place
        self.points.set_data(self.x[others], y[others])
        self.outlier.set_data(self.x[[place]], y[[place]])
        for line, heights in zip(self.lines, lines):
            line.set_ydata(np.ravel(heights))
        for bar, miss in zip(self.bars, misses):
            bar.set_width(miss)
        pulled = "is pulled away from" if misses[0] > 1.5 * misses[1] + 0.05 else "stays close to"
        self.alt = (f"Ten points, one of them an outlier, and two lines. The line of the absolute error stays close to "
                    f"the other nine, that of the squared error {pulled} them.")  # fmt: skip
        return self


# -------------------------------------------------------------------------------------------- the stored runs


def running_median(values, reach=4):
    """The median of each value and its neighbours, up to `reach` on each side, as many left as right."""
    reaches = [min(reach, place, len(values) - 1 - place) for place in range(len(values))]
    return [np.median(values[place - reach:place + reach + 1]) for place, reach in enumerate(reaches)]


class SineRunsPicture(Picture):
    """Loss and accuracy of the book's runs on the sine: lines for what is stored, dots for what was run here.

    Faint lines are the accuracies, strong ones their running median.
    """

    EPOCHS = (100, 1000, 10_000)
    LOSSES = (1e-6, 1e-4, 1e-2, 1)
    WIDTHS = (1.5, 3.4, 1.5, 2.2, 1.2)  # where losses lie on each other, all can be seen

    def __init__(self, width=7.0, height=5.2):
        super().__init__(width, height)
        self.parts = self.figure.subplots(2, 2, sharex=True, sharey="row")
        for axes in self.parts.flat:
            axes.set(xscale="log", xlim=(85, 17_000))
            axes.set_xticks(self.EPOCHS, [f"{epoch:,}" for epoch in self.EPOCHS])
            axes.minorticks_off()
            axes.grid(axis="y")
        for axes in self.parts[0]:
            axes.set(yscale="log", ylim=(4e-7, 1.2))
            axes.set_yticks(self.LOSSES, ["$10^{-6}$", "$10^{-4}$", "$10^{-2}$", "1"])
            axes.minorticks_off()
        for axes in self.parts[1]:
            axes.set(ylim=(-0.03, 1), xlabel="epoch")
        self.parts[0, 0].set_ylabel("loss")
        self.parts[1, 0].set_ylabel("accuracy")

    def update(self, columns, marks):
        """columns: for each title the runs by name: the stored history, and how many of its entries were run here.
        marks: for each letter to be written at the end of a run its title and its name."""
        looks, handles, said = {}, {}, []
        for column, (title, runs) in zip(self.parts.T, columns.items()):
            column[0].set_title(title)
            for name, (history, here) in runs.items():
                number = looks.setdefault(name, len(looks))
                look = {"color": PALETTE[number], "linestyle": (0, (4, 2)) if number == 4 else "-", "label": name}
                epochs, losses, accuracies = (history[figure][1:] for figure in ("epoch", "loss", "accuracy"))
                column[0].plot(epochs, losses, linewidth=self.WIDTHS[number], **look)
                column[1].plot(epochs, accuracies, color=PALETTE[number], linewidth=0.6, alpha=0.35)
                column[1].plot(epochs, running_median(accuracies), linewidth=1.8, **look)
                dots = {"marker": MARKERS[number], "markersize": 7} if here else {}
                handles.setdefault(name, column[1].plot([], [], linewidth=1.8, **dots, **look)[0])
                for axes, values in zip(column, (losses, accuracies)):
                    axes.plot(epochs[:max(0, here - 1)], values[:max(0, here - 1)], MARKERS[number],
                              color=PALETTE[number], markersize=7, zorder=3)  # fmt: skip
            stuck = sum(history["loss"][-1] > 0.01 for history, _ in runs.values())
            said.append(f"{title}: {stuck} of {len(runs)} runs end with a loss above 0.01")
            for letter, (marked_title, name) in marks.items():
                if marked_title == title:
                    self.mark(column, letter, runs[name][0], PALETTE[looks[name]])
        self.figure.legend(handles=list(handles.values()), loc="outside upper center", ncols=len(handles),
                           columnspacing=1.2, handletextpad=0.5)  # fmt: skip
        ends = {letter: columns[title][name][0]["accuracy"][-1] for letter, (title, name) in marks.items()}
        self.alt = (f"Loss and accuracy of {sum(map(len, columns.values()))} training runs over 10,000 epochs. "
                    f"{'; '.join(said)}. Most accuracies jump up and down. "
                    f"{', '.join(f'{letter} ends at {accuracy:.2f}' for letter, accuracy in ends.items())}."
                    )  # fmt: skip
        return self

    def mark(self, column, letter, history, colour):
        """Write a letter at the end of a run, beside its last loss and its last accuracy."""
        for axes, figure in zip(column, ("loss", "accuracy")):
            end = history["epoch"][-1], history[figure][-1]
            axes.plot(*end, "o", color=colour, markeredgecolor=INK, markersize=6, zorder=4)
            axes.annotate(letter, end, (6, 0), textcoords="offset points", va="center", weight="bold", zorder=4)


# ------------------------------------------------------------------------------------------ sine and the start


class SinePicture(Picture):
    """A network's answers to a curve at one epoch, and the losses of its training run.

    x, targets: the samples. last_epoch: how far the axis of the epochs goes.
    """

    LOSSES = (1e-5, 1000)

    def __init__(self, x, targets, last_epoch=300, width=7.0, height=3.6):
        super().__init__(width, height)
        answers, losses = self.figure.subplots(1, 2, width_ratios=[1.7, 1])
        self.answers = AnswerAxes(answers, x, targets)
        answers.set_ylabel("answer")
        losses.set(xlim=(0, last_epoch), ylim=self.LOSSES, yscale="log", xlabel="epoch", ylabel="loss")
        losses.set_yticks((1e-4, 1e-2, 1, 100), ["$10^{-4}$", "$10^{-2}$", "1", "100"])
        losses.minorticks_off()
        losses.locator_params(axis="x", nbins=4)
        losses.grid(axis="y")
        (self.line,) = losses.plot([], [], color=ANSWER)
        (self.dot,) = losses.plot([], [], "o", color=ANSWER, markersize=9, zorder=3, clip_on=False)
        self.dot.set_in_layout(False)  # it may reach over the edge of the axes; nothing has to make room for it
        self.losses = losses

    def update(self, run, epoch=None):
        """run: a history with the lists "epoch", "loss" and "look", a look being the answers, where it is silent, and
        the bends. epoch: the one to show; without it the last. A blank (`...`) leaves the picture empty."""
        if has_blank(run):
            self.alt = "A wave, dashed, without answers, and an empty diagram for the loss: nothing has been trained."
            return self
        place = len(run["epoch"]) - 1 if epoch is None else run["epoch"].index(epoch)
        outputs, is_silent, bends = run["look"][place]
        self.answers.update(outputs, is_silent, bends)
        self.line.set_data(run["epoch"], np.clip(run["loss"], *self.LOSSES))
        self.dot.set_data([run["epoch"][place]], [np.clip(run["loss"][place], *self.LOSSES)])
        self.answers.axes.set_title(f"epoch {run['epoch'][place]}")
        loss = run["loss"][place]
        self.losses.set_title(f"loss {loss:.4f}" if loss < 10 else f"loss {loss:.0f}")
        self.alt = (f"The targets, dashed, and a network's answers at epoch {run['epoch'][place]}: they "
                    f"{follows(outputs, self.answers.targets)}; {silence(is_silent)}.")  # fmt: skip
        return self


# -------------------------------------------------------------------------------------------------- quiz


class RegressionQuizPicture(Picture):
    """The answers of three networks to the sine (quiz of chapter 17)."""

    def __init__(self, width=7.0, height=2.7):
        super().__init__(width, height)
        x = np.linspace(0, 1, 401)
        wave = np.sin(2 * np.pi * x)
        answers = {"A": wave + 0.06, "B": np.where(x < 0.75, wave, -1), "C": wave + 0.2 * np.sin(14 * np.pi * x)}
        parts = self.figure.subplots(1, 3, sharey=True)
        for axes, (name, outputs) in zip(parts, answers.items()):
            AnswerAxes(axes, x, wave).update(outputs)
            axes.set_title(name)
        parts[0].set_ylabel("answer")
        self.alt = ("Three networks and the sine, dashed. A lies everywhere a little above it. B is on it up to three "
                    "quarters and level from there on. C swings around it all the way.")  # fmt: skip
