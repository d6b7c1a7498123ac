"""Pictures of clothes, of what a network takes them for, and of its training on them (chapters 19 to 22).

Two parts can stand in any figure: `ImageGrid`, pictures in rows and columns, and `ConfusionMatrix`.
"""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import FancyBboxPatch, Rectangle

from nnfs_helpers.check import has_blank
from nnfs_helpers.figures.curves import TrainingCurves
from nnfs_helpers.figures.picture import INK, PALETTE, Picture

SIDE = 28  # pixels
RIGHT = LinearSegmentedColormap.from_list("right", ["white", PALETTE[0]])
WRONG = LinearSegmentedColormap.from_list("wrong", ["white", PALETTE[1]])
WEIGHTS = LinearSegmentedColormap.from_list("weights", [PALETTE[1], "white", PALETTE[0]])
QUIET_WORDS = "#666666"
MARGIN_OF_NOTE = 0.3  # inches


def in_two_lines(name):
    """A class name for a narrow column: "Ankle boot" in two lines."""
    return name.replace("/", "\n/").replace(" ", "\n")


def inches(figure, left, bottom, width, height):
    """Axes at a place that is given in inches."""
    figure.set_layout_engine("none")
    across, up = figure.get_size_inches()
    return figure.add_axes((left / across, bottom / up, width / across, height / up))


def write_note(figure, note):
    """The sentence that every picture made from the stand-in shows, at the lower edge; nothing for the real data."""
    if note:
        across, up = figure.get_size_inches()
        figure.text(0.5, 0.07 / up, note, ha="center", va="bottom", color=QUIET_WORDS)


def said(note):
    """The note as the end of a picture's sentence."""
    return f" {note}" if note else ""


# ----------------------------------------------------------------------------------------- pictures in a grid


class ImageGrid:
    """Pictures in rows and columns, with words below each, in one part of a figure.

    axes: where to draw. lines: how many lines of words have room below each picture.
    """

    def __init__(self, axes, rows, columns, lines=0, gap=3, fontsize=11):
        self.rows, self.columns = rows, columns
        self.across, self.down = SIDE + gap, SIDE + gap + 9 * lines
        height, width = rows * self.down, columns * self.across
        self.canvas = np.full((height, width, 3), 255, dtype=np.uint8)
        self.image = axes.imshow(self.canvas, interpolation="nearest")
        axes.axis("off")
        self.words = []
        if lines:
            places = [(column * self.across + SIDE / 2, row * self.down + SIDE + 1)
                      for row in range(rows) for column in range(columns)]  # fmt: skip
            self.words = [axes.text(x, y, "", ha="center", va="top", fontsize=fontsize, linespacing=1.1)
                          for x, y in places]  # fmt: skip
        self.axes = axes

    def update(self, images, words=(), colours=()):
        """images: shape (n, 28, 28), 0 (black) to 255 (white), or (n, 28, 28, 3) in colours; n may be too few.

        words: one text for each picture. colours: one colour for each text.
        """
        canvas = np.full_like(self.canvas, 255)
        for number, image in enumerate(np.asarray(images)[: self.rows * self.columns]):
            row, column = divmod(number, self.columns)
            image = image if image.ndim == 3 else image[..., np.newaxis]
            top, left = row * self.down, column * self.across
            canvas[top : top + SIDE, left : left + SIDE] = np.clip(image, 0, 255).astype(np.uint8)
        self.image.set_data(canvas)
        for number, text in enumerate(self.words):
            text.set_text(words[number] if number < len(words) else "")
            text.set_color(colours[number] if number < len(colours) else INK)


class GarmentsPicture(Picture):
    """Pictures of clothes in rows and columns.

    titles: words above the columns. lines: how many lines of words have room below each picture.
    note: `data.note`, shown below.
    """

    def __init__(self, rows, columns, titles=(), lines=0, note="", width=7.0):
        step = (width - 0.2) / columns
        height_of_row = step * (SIDE + 3 + 9 * lines) / (SIDE + 3)
        head, foot = 0.5 * bool(titles), MARGIN_OF_NOTE * bool(note) + 0.05
        super().__init__(width, rows * height_of_row + head + foot + 0.05)
        axes = inches(self.figure, 0.1, foot, columns * step, rows * height_of_row)
        self.grid = ImageGrid(axes, rows, columns, lines)
        for number, title in enumerate(titles):
            axes.text(number * self.grid.across + SIDE / 2, -3, title, ha="center", va="baseline", linespacing=1.0)
        write_note(self.figure, note)
        self.note = note

    def update(self, images, words=(), colours=(), alt=""):
        """See `ImageGrid.update`. alt: one sentence that says what is to be seen."""
        self.grid.update(images, words, colours)
        self.alt = (alt or f"{len(images)} pictures of clothes in rows.") + said(self.note)
        return self


class ClassesPicture(GarmentsPicture):
    """One column of pictures for each class."""

    def __init__(self, class_names, rows=5, note=""):
        super().__init__(rows, len(class_names), [in_two_lines(name) for name in class_names], note=note)
        self.class_names = class_names

    def update(self, images, labels):
        """images: shape (samples, 28, 28). labels: class numbers. The first few of each class are shown."""
        images, rows = np.asarray(images), self.grid.rows
        columns = [images[np.flatnonzero(labels == label)[:rows]] for label in range(len(self.class_names))]
        in_rows = np.stack(columns, axis=1).reshape(-1, SIDE, SIDE)
        names = ", ".join(self.class_names)
        return super().update(in_rows, alt=f"{rows} pictures of each class, a column for each: {names}.")


# ------------------------------------------------------------------------------------------ confusion matrix


def confusion_counts(y_true, answers, classes=10):
    """How often each class got each answer: shape (classes, classes), a row for each true class."""
    together = classes * np.asarray(y_true, dtype=np.int64) + np.asarray(answers, dtype=np.int64)
    return np.bincount(together, minlength=classes * classes).reshape(classes, classes)


class ConfusionMatrix:
    """A row for each true class, a column for each answer: blue where it is right, orange where it is wrong.

    axes: where to draw. class_names: in order. numbers: whether each square shows its number.
    """

    def __init__(self, axes, class_names, numbers=False):
        classes = len(class_names)
        self.image = axes.imshow(np.ones((classes, classes, 3)), interpolation="nearest")
        axes.set_xticks(range(classes), class_names, rotation=90)
        axes.set_yticks(range(classes), class_names)
        axes.tick_params(length=0)
        axes.spines[["top", "right"]].set_visible(True)
        axes.set(xlabel="the answer", ylabel="what it is")
        self.numbers = [[axes.text(column, row, "", ha="center", va="center") for column in range(classes)]
                        for row in range(classes * numbers)]  # fmt: skip
        self.axes = axes

    def update(self, counts):
        """counts: shape (classes, classes), how often each class got each answer."""
        counts = np.asarray(counts)
        shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
        # Small shares of wrong answers are what one looks for, so the square root makes them stronger.
        colours = WRONG(np.sqrt(shares))[..., :3]
        same = np.arange(len(counts))
        colours[same, same] = RIGHT(shares[same, same])[..., :3]
        self.image.set_data(colours)
        for row, texts in enumerate(self.numbers):
            for column, text in enumerate(texts):
                text.set_text(f"{counts[row, column]:g}" if counts[row, column] else "")
                text.set_color("white" if colours[row, column].mean() < 0.55 else INK)


def most_frequent_mistake(counts):
    """The place of the largest count off the diagonal: (true class, answer)."""
    counts = np.array(counts)
    np.fill_diagonal(counts, 0)
    return np.unravel_index(np.argmax(counts), counts.shape)


def confusion_sentence(counts, class_names):
    """What a confusion matrix shows, in one sentence: the share of right answers, and the most frequent mistake."""
    right = np.trace(counts) / max(np.sum(counts), 1)
    row, column = most_frequent_mistake(counts)
    return (f"{right:.0%} of the answers lie on the diagonal, where they are right; the darkest square off it: "
            f"{class_names[row]} taken for {class_names[column]}.")  # fmt: skip


# -------------------------------------------------------------------------------------------- where it goes


def batches_preview():
    """The first figure of chapter 19."""
    return BatchesPreview()


class BatchesPreview(Picture):
    """From a heap of pictures over rows of numbers, mixed, to batches and a step for each."""

    ORDER = [3, 6, 1, 4, 7, 2, 0, 5]  # which row comes where when they are mixed

    def __init__(self, width=7.0, height=2.75):
        super().__init__(width, height)
        axes = inches(self.figure, 0, 0, width, height)
        axes.set(xlim=(0, width), ylim=(0, height))
        axes.axis("off")
        self.axes = axes
        for place in range(5):
            x, y = 0.3 + 0.1 * place, 1.45 - 0.1 * place
            axes.add_patch(Rectangle((x, y), 0.55, 0.55, facecolor="black", edgecolor="white", zorder=2 + place))
        shirt = [(0.8, 1.5), (0.92, 1.5), (0.97, 1.46), (1.02, 1.5), (1.14, 1.5), (1.21, 1.36), (1.13, 1.32),
                 (1.11, 1.38), (1.11, 1.1), (0.83, 1.1), (0.83, 1.38), (0.81, 1.32), (0.73, 1.36)]  # fmt: skip
        axes.fill(*zip(*shirt), color="#DDDDDD", zorder=8)
        sorted_heights = [2.3 - 0.2 * place for place in range(8)]
        mixed_heights = [2.42 - 0.2 * place - 0.08 * (place // 2) for place in range(8)]  # a gap behind every batch
        for place, origin in enumerate(self.ORDER):
            colour, y = PALETTE[origin // 2], mixed_heights[place]
            self.row(1.95, sorted_heights[origin], colour)
            self.row(4.1, y, colour)
            self.arrow((3.0, sorted_heights[origin] + 0.07), (4.05, y + 0.07), colour)
        for step in range(4):
            y = mixed_heights[2 * step + 1]
            axes.add_patch(Rectangle((4.06, y - 0.04), 1.08, 0.42, fill=False, edgecolor=INK, linewidth=1.2))
            self.box(5.8, y + 0.05, 0.85, 0.24, f"step {step}")
            self.arrow((5.18, y + 0.17), (5.74, y + 0.17))
        self.arrow((1.4, 1.6), (1.85, 1.6))
        for x, words in ((0.75, "pictures"), (2.45, "rows of numbers,\nclass by class"),
                         (4.6, "mixed, and cut\ninto batches"), (6.22, "one epoch:\nall batches once")):  # fmt: skip
            axes.text(x, 0.6, words, ha="center", va="top", linespacing=1.15)
        self.alt = ("From left to right: a heap of pictures; eight rows of numbers, class by class; arrows that cross "
                    "lead to the same rows, mixed and cut into four batches of two; a step of training for each "
                    "batch, and all of them together one epoch.")  # fmt: skip

    def row(self, x, y, colour, width=1.0, height=0.14):
        for place in range(6):
            self.axes.add_patch(Rectangle((x + place * width / 6, y), width / 6, height, facecolor=colour, alpha=0.55,
                                          edgecolor="white", linewidth=1))  # fmt: skip

    def box(self, x, y, width, height, words):
        self.axes.add_patch(FancyBboxPatch((x, y), width, height, boxstyle="round,pad=0,rounding_size=0.05",
                                           facecolor="white", edgecolor=INK, linewidth=1.2))  # fmt: skip
        self.axes.text(x + width / 2, y + height / 2 - 0.01, words, ha="center", va="center")

    def arrow(self, start, end, colour=INK):
        look = {"arrowstyle": "-|>", "color": colour, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0}
        self.axes.annotate("", xy=end, xytext=start, arrowprops=look)


# ---------------------------------------------------------------------------------------- a picture is numbers


class PixelRowPicture(Picture):
    """A picture with one of its rows marked, and the 28 numbers of that row as bars.

    note: `data.note`, shown below.
    """

    def __init__(self, note="", width=7.0, height=3.0):
        super().__init__(width, height + MARGIN_OF_NOTE * bool(note))
        foot = MARGIN_OF_NOTE * bool(note)
        left = inches(self.figure, 0.15, 0.25 + foot, 2.3, 2.3)
        self.image = left.imshow(np.zeros((SIDE, SIDE)), cmap="gray", vmin=0, vmax=255, interpolation="nearest")
        left.set(xticks=[], yticks=[])
        (self.frame,) = left.plot([], [], color=PALETTE[1], linewidth=2, clip_on=False, zorder=5)
        right = inches(self.figure, 3.4, 0.6 + foot, 2.9, 1.95)
        self.bars = right.bar(range(SIDE), [0] * SIDE, 0.9, color=PALETTE[1])
        right.set(xlim=(-0.7, SIDE - 0.3), ylim=(0, 262), xlabel="pixel of this row", ylabel="its number")
        right.set(xticks=(0, 9, 18, 27), yticks=(0, 127.5, 255))
        right.set_yticklabels(["0", "127.5", "255"])
        scaled = right.secondary_yaxis("right", functions=(lambda pixel: (pixel - 127.5) / 127.5,
                                                           lambda scaled: 127.5 * scaled + 127.5))  # fmt: skip
        scaled.set_yticks([-1, 0, 1], ["−1", "0", "1"])
        scaled.set_ylabel("scaled")
        self.titles = [left.set_title(" "), right.set_title(" ")]
        write_note(self.figure, note)
        self.note = note

    def update(self, picture, row, name):
        """picture: shape (28, 28), 0 to 255. row: which of its rows. name: of its class."""
        picture = np.asarray(picture)
        self.image.set_data(picture)
        self.frame.set_data([-0.5, 27.5, 27.5, -0.5, -0.5], [row - 0.5, row - 0.5, row + 0.5, row + 0.5, row - 0.5])
        for bar, number in zip(self.bars, picture[row]):
            bar.set_height(number)
        self.titles[0].set_text(name)
        self.titles[1].set_text(f"row {row}: places {SIDE * row} to {SIDE * row + SIDE - 1} of 784")
        is_light = picture[row] > 127
        self.alt = (f"A picture of the class {name} with its row {row} framed, and the 28 numbers of that row as bars: "
                    f"{np.sum(is_light)} of them are above the middle, {np.sum(picture[row] == 0)} are 0."
                    f"{said(self.note)}")  # fmt: skip
        return self


# ------------------------------------------------------------------------------------------------ the film


def as_pictures(weights, strongest):
    """The weights of some neurons, shape (784, neurons), as coloured pictures: orange below 0, blue above."""
    shades = np.clip(weights.T.reshape(-1, SIDE, SIDE) / strongest, -1, 1)
    shades = np.sign(shades) * np.sqrt(np.abs(shades))  # so that small weights can be seen, too
    return 255 * WEIGHTS(0.5 + shades / 2)[..., :3]


class FilmPicture(Picture):
    """A training from epoch to epoch: its accuracy, what is taken for what, and what eight neurons look for.

    history: what `Model.train` recorded, with validation data, as a dictionary of lists.
    snapshots: for each epoch, and one before the first, a pair: the weights of the first layer, shape
    (784, neurons), and the counts of the confusion matrix, shape (classes, classes).
    class_names: in order. note: `data.note`, shown below.
    """

    def __init__(self, history, snapshots, class_names, note="", width=7.0, height=4.3):
        super().__init__(width, height + MARGIN_OF_NOTE * bool(note))
        foot = MARGIN_OF_NOTE * bool(note)
        self.history, self.snapshots, self.class_names, self.note = history, snapshots, class_names, note
        self.strongest = np.abs(snapshots[-1][0]).max()  # gets the full colour, in all epochs
        curves = inches(self.figure, 0.62, 2.5 + foot, 2.3, 1.45)
        epochs = range(1, len(history["accuracy"]) + 1)
        self.dots = []
        # Blue and orange say right and wrong in the table, plus and minus in the weights: no third meaning here.
        for name, words, line, inside in (("accuracy", "training", "-", INK),
                                          ("validation_accuracy", "validation", "--", "white")):  # fmt: skip
            curves.plot(epochs, history[name], line, color=INK, linewidth=1.4, label=words)
            self.dots += curves.plot([], [], "o", color=INK, markerfacecolor=inside, clip_on=False, zorder=4)
        lowest = min(history["accuracy"] + history["validation_accuracy"])
        curves.set(xlim=(0, len(epochs) + 0.3), ylim=(np.floor(20 * lowest - 0.5) / 20, 0.92), ylabel="accuracy")
        curves.set(xticks=(0, 2, 4, 6, 8, 10), xlabel="epoch")
        curves.grid(axis="y")
        curves.legend(loc="lower right", bbox_to_anchor=(1.03, -0.06), handlelength=2.2, labelspacing=0.2)
        self.below = curves.text(0.27, 0.42, "", transform=curves.transAxes)
        self.head = curves.set_title(" ")
        self.grid = ImageGrid(inches(self.figure, 0.12, 0.42 + foot, 2.85, 1.42), 2, 4)
        self.legend = self.figure.text(0.2 / width, (0.14 + foot) / self.figure.get_size_inches()[1], "", va="bottom")
        self.matrix = ConfusionMatrix(inches(self.figure, 4.3, 1.35 + foot, 2.6, 2.6), class_names)
        self.mistake = self.matrix.axes.set_title(" ", fontsize=11, loc="right")
        write_note(self.figure, note)

    def update(self, epoch, first_neuron):
        """epoch: 0 is before the training. first_neuron: the number of the first of the eight."""
        weights, counts = self.snapshots[epoch]
        for dot, name in zip(self.dots, ("accuracy", "validation_accuracy")):
            dot.set_data([epoch][: epoch > 0], self.history[name][epoch - 1 : epoch] if epoch else [])
        self.below.set_text("" if epoch else "epoch 0 lies below ↓")
        right = np.trace(counts) / np.sum(counts)
        self.head.set_text(f"epoch {epoch}: validation {right:.3f}")
        self.matrix.update(counts)
        row, column = most_frequent_mistake(counts)
        name, answer = self.class_names[row], self.class_names[column]
        self.mistake.set_text(f"most often: {counts[row, column]} × {name} → {answer}")
        self.grid.update(as_pictures(weights[:, first_neuron : first_neuron + 8], self.strongest))
        self.legend.set_text(f"weights of neurons {first_neuron} to {first_neuron + 7}: blue +, orange −")
        self.alt = (f"Epoch {epoch} of a training: the curves of the accuracy, the weights of eight neurons of the "
                    f"first layer as pictures, and a table of colours. {confusion_sentence(counts, self.class_names)}"
                    f"{said(self.note)}")  # fmt: skip
        return self


# ------------------------------------------------------------------------------------------------- batch size


class BatchSizePicture(Picture):
    """For some batch sizes: how long an epoch takes, and how far it gets. note: `data.note`, shown below."""

    def __init__(self, note="", width=7.0, height=3.1):
        super().__init__(width, height + MARGIN_OF_NOTE * bool(note))
        foot = MARGIN_OF_NOTE * bool(note)
        self.time = inches(self.figure, 0.75, 0.65 + foot, 2.5, 1.85)
        self.result = inches(self.figure, 4.25, 0.65 + foot, 2.5, 1.85)
        self.note = note
        write_note(self.figure, note)

    def update(self, sizes, seconds, accuracies):
        """sizes: of a batch. seconds, accuracies: one for each size, after an epoch."""
        for axes, values, words, colour in (
            (self.time, seconds, "seconds\nfor one epoch", PALETTE[0]),
            (self.result, accuracies, "validation accuracy\nafter one epoch", PALETTE[1]),
        ):
            axes.plot(sizes, values, "o-", color=colour, clip_on=False)
            axes.set(xscale="log", xlabel="batch size", title=words)
            axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
            axes.minorticks_off()
            axes.grid(axis="y")
        self.time.set_ylim(0, None)
        self.result.set_ylim(0, 1)
        best = sizes[int(np.argmax(accuracies))]
        self.alt = (f"For batches of {sizes[0]} to {sizes[-1]:,} pictures. Left, the seconds for one epoch: most for "
                    f"the smallest batches. Right, the validation accuracy after it: best with batches of {best}, "
                    f"low with the largest.{said(self.note)}")  # fmt: skip
        return self


# ---------------------------------------------------------------------------------- the reader's own, and the quiz


class OwnClothesPicture(TrainingCurves):
    """The curves of the reader's model, or empty ones while there is none. note: `data.note`, shown below."""

    def __init__(self, note="", most_epochs=5):
        super().__init__(6.5, 2.9 + MARGIN_OF_NOTE * bool(note))
        self.note, self.most_epochs = note, most_epochs
        if note:
            self.figure.supxlabel(note, fontsize=11, color=QUIET_WORDS)

    def update(self, history):
        if has_blank(history) or not isinstance(history, dict):
            for axes in self.parts.values():
                axes.set(xlim=(0, self.most_epochs), ylim=(0, 1))
            self.alt = "Two empty diagrams, for loss and accuracy: no model has been trained yet."
            return self
        super().update(history)
        for axes in self.parts.values():
            axes.set_xticks(history["epoch"])
            for line in axes.lines:
                line.set_marker("o")
        self.alt += said(self.note)
        return self


class FlattenQuizPicture(Picture):
    """What three ways of making rows out of pictures do, three rows of each shown as pictures again.

    ways: for each name the rows, shape (3, 784), 0 to 255. note: `data.note`, shown below.
    """

    def __init__(self, ways, note="", width=7.0, height=1.5):
        super().__init__(width, height + MARGIN_OF_NOTE * bool(note))
        foot = MARGIN_OF_NOTE * bool(note)
        for place, (name, rows) in enumerate(ways.items()):
            grid = ImageGrid(inches(self.figure, 0.15 + 2.3 * place, 0.2 + foot, 2.1, 0.72), 1, 3)
            grid.update(np.reshape(rows, (-1, SIDE, SIDE)))
            grid.axes.set_title(name)
        write_note(self.figure, note)
        self.alt = ("Three rows of each way, shown as pictures again. A: clothes. B: scattered pixels, three times the "
                    f"same disorder. C: woven patterns, three times nearly the same.{said(note)}")  # fmt: skip
