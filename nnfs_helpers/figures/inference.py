"""Pictures of chapter 22: from a picture file to an answer."""

import numpy as np

from nnfs_helpers.check import has_blank, numbers_in
from nnfs_helpers.figures.model_object import arrow, box, inches
from nnfs_helpers.figures.picture import FAINT, PALETTE, Picture

FIRST, OTHERS = PALETTE[0], "#9CC7E4"  # the most probable class, and the other nine
SIDE = 28
INK_LEVELS = {"cmap": "gray", "vmin": -1, "vmax": 1}  # as the network sees them: -1 is black, 1 is white


def as_square(row):
    """The 28 by 28 numbers that a row of 784 holds."""
    return np.asarray(row, dtype=float).reshape(SIDE, SIDE)


def place(figure, left, bottom, width, height, **options):
    """Axes at a place given in inches."""
    across, up = figure.get_size_inches()
    return figure.add_axes((left / across, bottom / up, width / across, height / up), **options)


def picture_axes(axes, title=""):
    """Axes for an image: a thin frame, no ticks."""
    axes.set(xticks=[], yticks=[], title=title)
    for spine in axes.spines.values():
        spine.set(visible=True, color=FAINT, linewidth=0.8)
    return axes


def best(probabilities, class_names):
    """(class name, probability) of the most probable class."""
    number = int(np.argmax(probabilities))
    return class_names[number], float(np.ravel(probabilities)[number])


# ----------------------------------------------------------------------------------------------- the way


class InferencePreview(Picture):
    """A picture, two boxes, ten bars."""

    def __init__(self, pixels, width=7.0, height=2.3):
        super().__init__(width, height)
        axes = inches(self.figure, width, height)
        photo = picture_axes(place(self.figure, 0.15, 0.55, 1.45, 1.45))
        photo.imshow(pixels)
        axes.text(0.87, 0.3, "a file of your own", ha="center", va="center")
        for x, name, what in ((2.35, "prepare", "28 by 28,\nas in training"), (3.95, "predict", "your model")):
            box(axes, x, 1.27, 1.0, 0.55)
            axes.text(x, 1.27, name, ha="center", va="center", fontsize=13, weight="bold", zorder=4)
            axes.text(x, 0.72, what, ha="center", va="center")
        for start, end in ((1.65, 1.83), (2.87, 3.43), (4.47, 4.85)):
            arrow(axes, (start, 1.27), (end, 1.27), FIRST)
        axes.text(3.15, 1.78, "784 numbers", ha="center", va="center", color=FIRST)
        bars = [0.16, 0.1, 0.22, 0.12, 0.18, 0.14, 0.26, 0.1, 0.2, 0.15]
        for number, length in enumerate(bars):
            axes.plot([4.95, 4.95 + 2.2 * length], [2.0 - 0.16 * number] * 2, color=OTHERS, linewidth=8,
                      solid_capstyle="butt")  # fmt: skip
        axes.text(6.25, 1.27, "?", ha="center", va="center", fontsize=34, color=FIRST)
        axes.text(5.75, 0.3, "ten probabilities", ha="center", va="center")
        self.alt = ("From left to right: a picture file, a box named prepare, 784 numbers, a box named predict, and "
                    "ten bars with a question mark.")  # fmt: skip


class StepsPicture(Picture):
    """What becomes of a picture, step by step."""

    def __init__(self, count=4, width=7.0, height=2.25):
        super().__init__(width, height)
        self.figure.set_layout_engine("none")
        side = (width - 0.3 - 0.3 * (count - 1)) / count
        self.parts = []
        for number in range(count):
            axes = picture_axes(place(self.figure, 0.15 + number * (side + 0.3), 0.32, side, side))
            self.parts.append((axes, axes.set_xlabel("")))

    def update(self, **steps):
        """steps: for each step its name and the array that it gives."""
        for (axes, label), (name, pixels) in zip(self.parts, steps.items()):
            pixels = np.asarray(pixels)
            look = {"vmin": 0, "vmax": 255} if pixels.max() > 1 else {"vmin": -1, "vmax": 1}
            axes.imshow(pixels.astype(np.uint8)) if pixels.ndim == 3 else axes.imshow(pixels, cmap="gray", **look)
            axes.set_title(name)
            label.set_text(f"{pixels.min():.0f} to {pixels.max():.0f}")
        self.alt = f"The same piece of clothing, step by step: {', '.join(steps)}. Only the last is light on dark."
        return self


# ------------------------------------------------------------------------------------------------ answers


class AnswerPicture(Picture):
    """What the network sees, and its ten probabilities.

    left: inches that stay free for something else. side: of the image, in inches.
    """

    def __init__(self, width=6.5, height=3.3, left=0.15, side=2.3):
        super().__init__(width, height)
        self.figure.set_layout_engine("none")
        seen = picture_axes(place(self.figure, left, height - 0.48 - side, side, side))
        self.seen = seen.imshow(np.full((SIDE, SIDE), -1.0), **INK_LEVELS)
        self.write(left, height - 0.26, "the network sees", fontsize=12)
        self.note = self.write(left, 0.2, "")
        start, scale = left + side + 1.22, (width - left - side - 1.77)
        # Wider than its scale, so that the numbers beside the bars have room inside.
        self.bars_axes = place(self.figure, start, 0.5, scale + 0.5, height - 0.98)
        self.bars_axes.set(xlim=(0, 1 + 0.5 / scale), ylim=(9.6, -0.6), xticks=[0, 0.5, 1], yticks=range(10))
        self.bars_axes.spines["bottom"].set_bounds(0, 1)
        self.bars_axes.set_xlabel("probability", labelpad=1, x=0.5 * scale / (scale + 0.5))
        self.bars_axes.tick_params(axis="y", length=0)
        self.class_names = None
        self.bars = self.bars_axes.barh(range(10), np.zeros(10), height=0.72, color=OTHERS)
        self.numbers = [self.bars_axes.text(0, number, "", va="center", clip_on=True) for number in range(10)]
        # The answer stands on a ground of its own, which it never leaves: so it is quickly exchanged.
        start = left + max(side, 1.5) + 0.2
        ground = place(self.figure, start, height - 0.42, width - start, 0.32)
        ground.set(xticks=[], yticks=[], xlim=(0, 1), ylim=(0, 1))
        ground.spines[:].set_visible(False)
        self.head = ground.text(0, 0.5, "", va="center", clip_on=True, fontsize=13, weight="bold")

    def write(self, x, y, words, **look):
        """Words at a place given in inches."""
        width, height = self.figure.get_size_inches()
        return self.figure.text(x / width, y / height, words, va="center", **look)

    def update(self, row, probabilities, class_names, note=""):
        """row: the 784 numbers that went in. probabilities: the ten that came out."""
        self.seen.set_data(as_square(row))
        self.note.set_text(note)
        self.name_bars(class_names)
        self.show_bars(np.ravel(probabilities))
        name, share = best(probabilities, class_names)
        self.head.set_text(f"{name}, {share:.2f}")
        self.alt = (f"Left the picture that the network sees, 28 by 28; right ten bars. The longest is {name}, "
                    f"{share:.2f}.{' ' + note if note else ''}")  # fmt: skip
        return self

    def name_bars(self, class_names):
        if self.class_names != list(class_names):
            self.class_names = list(class_names)
            self.bars_axes.set_yticklabels(class_names)

    def show_bars(self, probabilities):
        first = int(np.argmax(probabilities))
        for number, (bar, text, share) in enumerate(zip(self.bars, self.numbers, probabilities)):
            bar.set_width(share)
            bar.set_color(FIRST if number == first else OTHERS)
            text.set_text(f"{share:.2f}" if share >= 0.005 else "")
            text.set_x(share + 0.03)


class SketchPicture(AnswerPicture):
    """The sketch pad as a still picture: the paper, what the network sees, ten bars."""

    def __init__(self, width=7.0, height=3.0):
        super().__init__(width, height, left=2.65, side=1.3)
        paper = picture_axes(place(self.figure, 0.12, 0.2, 2.35, 2.35))
        self.paper = paper.imshow(np.full((10, 10, 3), 255, np.uint8), extent=(0, 1, 1, 0))
        self.write(0.12, height - 0.26, "the paper", fontsize=12)

    def update(self, pixels, row, probabilities, class_names):
        self.paper.set_data(pixels)
        super().update(row, probabilities, class_names)
        self.alt = f"A sketch on white paper. {self.alt}"
        return self


class PaintedPicture(AnswerPicture):
    """The reader's own 28 by 28 numbers and the answer to them, or a dark square without any."""

    def update(self, pixels, predict, class_names):
        """pixels: shape (28, 28), 0 to 255, light on dark. predict: from a row to ten probabilities."""
        numbers = numbers_in(pixels)
        if has_blank(pixels) or numbers is None or numbers.shape != (SIDE, SIDE):
            why = "nothing has been painted yet" if has_blank(pixels) else "the painting is not 28 by 28"
            self.alt = f"A dark square and ten bars without length: {why}."
            self.name_bars(class_names)
            return self
        row = ((numbers.astype(np.float32) - 127.5) / 127.5).reshape(1, -1)
        return super().update(row, predict(row), class_names)


class AnsweredPictures(Picture):
    """Several pictures side by side, as the network sees them, each with its answer below."""

    def __init__(self, count=4, width=7.0):
        side = (width - 0.3 - 0.2 * (count - 1)) / count
        super().__init__(width, side + 1.05)
        self.figure.set_layout_engine("none")
        gap = (width - count * side) / (count + 1)
        self.parts = []
        for number in range(count):
            axes = picture_axes(place(self.figure, gap + number * (side + gap), 0.7, side, side))
            self.parts.append((axes.imshow(np.full((SIDE, SIDE), -1.0), **INK_LEVELS), axes.set_xlabel(""), axes))

    def update(self, rows, probabilities, class_names, titles=None):
        """rows: shape (pictures, 784). probabilities: shape (pictures, 10)."""
        answers = [best(each, class_names) for each in probabilities]
        titles = titles or [""] * len(answers)
        for (image, label, axes), row, (name, share), title in zip(self.parts, rows, answers, titles):
            image.set_data(as_square(row))
            label.set_text(f"{name}\n{share:.2f}")
            axes.set_title(title)
        shown = [f"{title + ': ' if title else ''}{name} {share:.2f}" for title, (name, share) in zip(titles, answers)]
        self.alt = f"{len(answers)} pictures as the network sees them, with its answers: {'; '.join(shown)}."
        return self


# --------------------------------------------------------------------------------------------------- quiz


class ValuesQuizPicture(Picture):
    """How often each number occurs in what the network is given: three ways to prepare a picture (quiz)."""

    def __init__(self, rows, width=7.0, height=2.5):
        super().__init__(width, height)
        for name, row, axes in zip("ABC", rows, self.figure.subplots(1, 3)):
            row = np.ravel(row)
            low, high = (-1, 1) if row.max() <= 1 else (0, 255)
            axes.hist(row, bins=np.linspace(low, high, 21), color=FIRST)
            axes.set(title=name, xlim=(low, high), xticks=[low, high], xlabel="number", ylim=(0, 784),
                     yticks=[0, 392, 784])  # fmt: skip
        self.figure.axes[0].set_ylabel("pixels")
        self.alt = ("Three diagrams of how often each number occurs. A goes from -1 to 1, with the highest bar at 1; "
                    "B from 0 to 255, with the highest at 0; C from -1 to 1, with the highest at -1.")  # fmt: skip
