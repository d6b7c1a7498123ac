"""Pictures of chapter 21: what lies in a file, what a power cut leaves, and how few bits a weight needs."""

import zipfile

import numpy as np
from matplotlib.patches import Rectangle

from nnfs_helpers.check import has_blank
from nnfs_helpers.figures.model_object import arrow, box, inches
from nnfs_helpers.figures.picture import FAINT, INK, PALETTE, Picture

# What is in a file, in the order of the legend: its name, the word in a member's name that tells it, its colour.
KINDS = [
    ("contents.json", "contents", INK),
    ("weights", "weights", PALETTE[0]),
    ("biases", "biases", PALETTE[2]),
    ("momentums", "momentums", PALETTE[1]),
    ("cache", "cache", PALETTE[4]),
]
OLD, NEW = "#A9CBE4", PALETTE[1]
QUIET_WORDS = "#666666"


class FilesPreview(Picture):
    """A trained model, a file, and the same model again."""

    def __init__(self, width=7.0, height=2.7):
        super().__init__(width, height)
        axes = inches(self.figure, width, height)
        for x, title in ((1.05, "today"), (5.95, "tomorrow")):
            box(axes, x, 1.3, 1.8, 1.7).set(facecolor="#F4F8FB", edgecolor=PALETTE[0], linewidth=2, zorder=0)
            axes.text(x, 2.4, title, ha="center", va="center", fontsize=13, weight="bold", color=PALETTE[0])
            for y, name in ((1.8, "layers"), (1.3, "loss"), (0.8, "optimizer")):
                box(axes, x, y, 1.3, 0.38)
                axes.text(x, y, name, ha="center", va="center", zorder=4)
        axes.add_patch(Rectangle((2.75, 0.45), 1.5, 1.7, facecolor="white", edgecolor=INK, linewidth=1.3))
        axes.text(3.5, 2.4, "a file", ha="center", va="center", fontsize=13, weight="bold")
        for number, (name, colour) in enumerate((("weights", PALETTE[0]), ("biases", PALETTE[2]), ("and what", INK),
                                                 ("else?", INK))):  # fmt: skip
            axes.text(3.5, 1.88 - 0.37 * number, name, ha="center", va="center", color=colour, fontsize=12)
        for start, end, word in ((2.0, 2.7, "save"), (4.3, 5.0, "load")):
            arrow(axes, (start, 1.3), (end, 1.3), INK)
            axes.text((start + end) / 2, 1.48, word, ha="center", va="center")
        self.alt = ("A model with layers, loss and optimizer; an arrow, save, into a file with weights, biases and a "
                    "question: what else? An arrow, load, leads to the same model tomorrow.")  # fmt: skip


# ------------------------------------------------------------------------------------------- what is in a file


class FileMapPicture(Picture):
    """Files as bars, cut into what lies in them, as long as it is large.

    names: one for each bar. kilobytes: how far the axis goes.
    """

    def __init__(self, names, kilobytes=1600, width=7.0, height=None):
        super().__init__(width, height or 1.45 + 0.5 * len(names))
        axes = self.axes = self.figure.subplots()
        axes.set(xlim=(0, kilobytes), ylim=(len(names) - 0.4, -0.6),
                 xlabel="kilobytes (1000 bytes); biases and contents.json are too small to see")  # fmt: skip
        axes.set_yticks(range(len(names)), names)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        handles = [Rectangle((0, 0), 1, 1, color=colour) for _, _, colour in KINDS]
        self.figure.legend(handles, [name for name, _, _ in KINDS], loc="outside upper center", ncols=5,
                           handlelength=1, columnspacing=1.4)  # fmt: skip
        self.parts = []

    def update(self, files):
        """files: for each bar a path, or a dictionary from the name of what lies in it to its size in bytes."""
        files = [members_in(file) if isinstance(file, str) else file for file in files]
        for part in self.parts:
            part.remove()
        self.parts = []
        said = []
        for row, members in enumerate(files):
            start, sums = 0.0, {}
            for name, size in members.items():
                kind, colour = kind_of(name)
                sums[kind] = sums.get(kind, 0) + size
                bar = Rectangle((start / 1000, row - 0.3), size / 1000, 0.6, facecolor=colour, edgecolor="white",
                                linewidth=0.5)  # fmt: skip
                self.parts.append(self.axes.add_patch(bar))
                start += size
            large = [kind for kind, size in sums.items() if size > 0.02 * start]
            said.append(f"a bar of {round(start / 10000) * 10} kilobytes, nearly all of it {' and '.join(large)}")
        self.alt = f"The contents of {len(files)} files, by size: {'; '.join(said)}."
        return self


def kind_of(member):
    """What a member of a file is, and its colour. Adam's bias_cache is a cache, not biases."""
    for name, word, colour in KINDS:
        if word in member:
            return name, colour
    raise ValueError(f"{member} is nothing that a file of this course holds.")


def members_in(path):
    """What lies in a file of `storage`: each name with its size in bytes."""
    with zipfile.ZipFile(path) as archive:
        return {member.filename: member.file_size for member in archive.infolist()}


MEMBERS = {"weights": (401_408, 65_536, 5_120), "biases": (512, 512, 40)}  # bytes, of the book's network


def members_of(*names):
    """A file with these arrays of the book's network: weights, biases, weight_momentums and so on."""
    sizes = {"contents": 2_000}
    for layer in range(3):
        for name in names:
            sizes[f"layer_{layer + 1}_{name}"] = MEMBERS["biases" if name.startswith("bias") else "weights"][layer]
    return sizes


class FilesQuizPicture(FileMapPicture):
    """Three files; which of them lets a run with Adam go on?"""

    def __init__(self):
        super().__init__(["A", "B", "C"])
        self.update([
            members_of("weights", "biases", "weight_cache", "bias_cache"),
            members_of("weights", "biases"),
            members_of("weights", "biases", "weight_momentums", "bias_momentums", "weight_cache", "bias_cache"),
        ])  # fmt: skip


# --------------------------------------------------------------------------------------------- the power goes


class PowerCutPicture(Picture):
    """What lies on a disk after a power cut: two ways to save, each with its files, cut into pieces.

    names: of the two ways. files: the names of the two files, the model's first. pieces: of a file.
    """

    def __init__(self, names, files, pieces=6, width=7.0, height=3.7):
        super().__init__(width, height)
        axes = inches(self.figure, width, height)
        self.pieces, self.files, self.names = pieces, files, names
        self.boxes, self.verdicts = [], []
        axes.text(0.12, 3.5, "on the disk:", va="center", color=QUIET_WORDS)
        for colour, word, x in ((OLD, "old piece", 1.75), (NEW, "new piece", 3.35)):
            axes.add_patch(Rectangle((x, 3.4), 0.25, 0.2, facecolor=colour, edgecolor=INK))
            axes.text(x + 0.35, 3.5, word, va="center")
        for name, top in zip(names, (3.0, 1.4)):
            axes.text(0.12, top, name, va="center", fontsize=12, weight="bold")
            verdict = axes.text(6.9, top, "", va="center", ha="right")
            self.verdicts.append(verdict)
            for row, file in enumerate(files):
                y = top - 0.42 - 0.42 * row
                axes.text(2.5, y, file, va="center", ha="right")
                self.boxes.append([
                    axes.add_patch(Rectangle((2.75 + 0.68 * place, y - 0.15), 0.62, 0.3, linewidth=1))
                    for place in range(pieces)
                ])  # fmt: skip
        axes.plot([0.1, 6.9], [1.77, 1.77], color=FAINT, linewidth=1)

    def update(self, disks):
        """disks: for each way a dictionary from a file's name to its pieces, each "old" or "new"."""
        said = []
        for number, (name, disk) in enumerate(zip(self.names, disks)):
            for row, file in enumerate(self.files):
                pieces = disk.get(file, [])
                for place, piece in enumerate(self.boxes[2 * number + row]):
                    is_there = place < len(pieces)
                    piece.set_facecolor({"old": OLD, "new": NEW}[pieces[place]] if is_there else "white")
                    piece.set_edgecolor(INK if is_there else "#DDDDDD")
            verdict = self.verdict(disk.get(self.files[0]))
            self.verdicts[number].set_text(verdict)
            self.verdicts[number].set_color("#A84A00" if verdict.startswith("no model") else INK)
            said.append(f"{name}: {verdict}")
        self.alt = f"Two ways to save, after a power cut. {'; '.join(said)}."
        return self

    def verdict(self, pieces):
        if pieces is None:
            return "no model: no file of that name"
        if len(pieces) == self.pieces and len(set(pieces)) == 1:
            return f"whole: the {pieces[0]} one"
        return f"no model: {len(pieces)} of {self.pieces} pieces written"


# ----------------------------------------------------------------------------------------------- going on


class StopPicture(Picture):
    """The loss, step by step, of a run that was never stopped, and of two that went on from a file.

    losses: of the run that was never stopped, after each step; the first entry is before step 1.
    epoch: how many steps an epoch has. before: how many steps before the stop are shown. after: how many behind.
    """

    def __init__(self, losses, epoch, note="", before=12, after=16, width=7.0, height=3.8):
        super().__init__(width, height)
        self.losses, self.epoch, self.before = np.asarray(losses), epoch, before
        axes = self.axes = self.figure.subplots()
        axes.set(xlim=(-before, after + 0.6), xlabel="steps after the stop", ylabel="loss")
        axes.yaxis.set_major_formatter("{x:.2f}")  # as wide at every stop
        axes.grid(axis="y")
        axes.axvline(0, color=INK, linestyle="--", linewidth=1)
        (self.never,) = axes.plot([], [], color=PALETTE[0], linewidth=2.5, label="never stopped")
        look = {"linestyle": "none", "markersize": 8}
        (self.whole,) = axes.plot([], [], "o", markerfacecolor="none", markeredgecolor=INK, markeredgewidth=1.5,
                                  label="whole model", **look)  # fmt: skip
        (self.alone,) = axes.plot([], [], "s-", color=PALETTE[1], markersize=6, linewidth=1, label="parameters alone")
        self.figure.legend(loc="outside upper center", ncols=3)
        self.title = axes.set_title("", loc="left", fontsize=11)
        add_note(self.figure, note)

    def update(self, stop, whole, alone, moves):
        """stop: after which epoch. whole, alone: the losses after each step since, of the two that went on.

        moves: how far the first step moved a weight on average, whole and alone.
        """
        place = stop * self.epoch
        steps = np.arange(1, len(whole) + 1)
        shown = self.losses[place - self.before : place + len(whole) + 1]
        self.never.set_data(np.arange(len(shown)) - self.before, shown)
        self.whole.set_data(steps, whole)
        self.alone.set_data(np.arange(len(alone) + 1), [self.losses[place], *alone])
        seen = np.concatenate([shown, whole, alone])
        room = 0.1 * (seen.max() - seen.min())
        self.axes.set_ylim(seen.min() - room, seen.max() + room)
        is_equal = np.array_equal(whole, self.losses[place + 1 : place + len(whole) + 1])
        jumps = [losses[0] - self.losses[place] for losses in (whole, alone)]
        self.title.set_text("\n".join(f"first step, {name}: loss {jump:+.3f}, a weight moves by {move:.5f}"
                                      for name, jump, move in zip(("whole model", "parameters alone"), jumps, moves)))
        word = "up" if jumps[1] > 0.01 else "down" if jumps[1] < -0.01 else "hardly"
        self.alt = (f"Losses around a stop after epoch {stop}. With the whole model the circles lie "
                    f"{'on' if is_equal else 'beside'} the line of the run that was never stopped; with the parameters "
                    f"alone the first step leads {word}{' anywhere' if word == 'hardly' else ''}: the loss "
                    f"changes by {jumps[1]:+.3f}, a weight by {moves[1]:.5f}, and not by {moves[0]:.5f}.")  # fmt: skip
        return self


def add_note(figure, note):
    """The sentence about stand-in pictures, below everything."""
    if note:
        figure.supxlabel(note, fontsize=11, color=QUIET_WORDS)


# --------------------------------------------------------------------------------------------- fewer bits


class SizePlane:
    """File size against accuracy, with a point for each number of bits."""

    def __init__(self, axes):
        axes.set(xscale="log", xlim=(22, 1500), ylim=(0, 1), xlabel="kilobytes in the file", ylabel="accuracy")
        axes.set_xticks([30, 100, 300, 1000], ["30", "100", "300", "1000"])
        axes.minorticks_off()
        axes.grid(axis="y")
        self.axes = axes
        (self.points,) = axes.plot([], [], "o-", color=FAINT, markerfacecolor="white", markeredgecolor=QUIET_WORDS,
                                   linewidth=1, zorder=2)  # fmt: skip
        self.words = []

    def update(self, results):
        """results: from the number of bits to the pair (bytes, accuracy)."""
        sizes, accuracies = np.array(list(results.values())).T
        self.points.set_data(sizes / 1000, accuracies)
        if [word.get_text() for word in self.words] != [str(bits) for bits in results]:
            for word in self.words:
                word.remove()
            self.words = [self.word(bits, size / 1000, accuracy) for bits, (size, accuracy) in results.items()]

    def word(self, bits, size, accuracy):
        """The number of bits above its point; where the line is steep, to the left of it."""
        is_high = accuracy > 0.7
        place = (size, accuracy + 0.055) if is_high else (size / 1.12, accuracy + 0.01)
        return self.axes.text(*place, str(bits), ha="center" if is_high else "right", color=QUIET_WORDS)


class SqueezePicture(Picture):
    """How large the file is and how good the network, for each number of bits; and the weights as they come back."""

    EDGES = np.linspace(-0.27, 0.27, 121)  # of the bars, where the weights have very many values
    WIDEST = 0.012  # of a bar that stands for one value

    def __init__(self, results, note="", width=7.0, height=3.5):
        super().__init__(width, height)
        self.results = results
        left, right = self.figure.subplots(1, 2)
        self.plane = SizePlane(left)
        self.plane.update(results)
        (self.dot,) = left.plot([], [], "o", color=PALETTE[1], markersize=12, zorder=4)
        right.set(xlim=(-0.27, 0.27), yscale="log", ylim=(0.7, 3e5), xlabel="a weight, as it comes back",
                  ylabel="how many weights")  # fmt: skip
        right.set_xticks([-0.2, 0, 0.2])
        right.set_yticks([1, 100, 10_000], ["1", "100", "10,000"])
        right.minorticks_off()
        self.bars = right.stairs(np.zeros(120), self.EDGES, baseline=0.1, fill=True, color=PALETTE[0])
        self.titles = [axes.set_title("") for axes in (left, right)]
        add_note(self.figure, note)

    def update(self, bits, weights):
        """bits: of each weight. weights: an array of them, as they come back."""
        size, accuracy = self.results[bits]
        weights = np.asarray(weights)
        self.dot.set_data([size / 1000], [accuracy])
        values = np.unique(weights)
        many = f"{len(values)} different values" if len(values) < 1000 else "more than 1000 values"
        self.bars.set_data(*self.bars_of(weights, values))
        self.titles[0].set_text(f"{bits} bits a weight:\n{size / 1000:.0f} kilobytes, accuracy {accuracy:.3f}")
        self.titles[1].set_text(f"{many},\n{100 * np.mean(weights == 0):.0f} of 100 weights are 0")
        level = "near its best" if accuracy > self.results[32][1] - 0.02 else \
            "near guessing" if accuracy < 0.2 else "lower"
        self.alt = (f"File size against accuracy for {len(self.results)} numbers of bits, from 2 to 64. With {bits} "
                    f"bits the accuracy is {level}, and the weights have {many}.")  # fmt: skip
        return self

    def bars_of(self, weights, values):
        """How many weights there are in each bar, and the edges of the bars."""
        if not 1 < len(values) < 1000:
            counts, edges = np.histogram(np.clip(weights, self.EDGES[0], self.EDGES[-1]), self.EDGES)
            return np.maximum(counts, 0.1), edges
        step = np.min(np.diff(values))
        numbers = np.round(weights / step).astype(int)
        furthest = np.max(np.abs(numbers))
        counts = np.bincount(numbers.ravel() + furthest, minlength=2 * furthest + 1)
        middles = step * np.arange(-furthest, furthest + 1)
        # One bar for each value; where they would stand very near, they touch.
        width = step if step < 0.004 else min(0.6 * step, self.WIDEST)
        edges = np.column_stack([middles - width / 2, middles + width / 2])
        heights = np.column_stack([counts, np.zeros(len(counts))])
        if width == step:
            return np.maximum(counts, 0.1), np.append(edges[:, 0], edges[-1, 1])
        return np.maximum(heights.ravel()[:-1], 0.1), edges.ravel()


class SmallFilePicture(Picture):
    """Where a file of one's own lies between those with the same bits in all layers, and where it should lie.

    results: from the number of bits to the pair (bytes, accuracy). to_beat: such a pair; better lies left and above.
    """

    def __init__(self, results, to_beat, note="", width=6.0, height=3.6):
        super().__init__(width, height)
        axes = self.figure.subplots()
        self.plane = SizePlane(axes)
        self.plane.update(results)
        self.to_beat = to_beat
        size, accuracy = to_beat
        for word, result in zip(self.plane.words, results.values()):
            if result == to_beat:
                word.set(position=(size / 1000, accuracy - 0.05), va="top")  # above it begins the green corner
        axes.add_patch(Rectangle((22, accuracy), size / 1000 - 22, 1 - accuracy, facecolor="#DCEFE8",
                                 edgecolor=PALETTE[2], zorder=0))  # fmt: skip
        axes.text(130, 0.5, "your file should lie\nin the green corner\n(at the points: bits of each weight)",
                  va="center")  # fmt: skip
        self.words = axes.text(130, 0.2, "", va="center", linespacing=1.4)
        (self.dot,) = axes.plot([], [], "*", color=PALETTE[1], markersize=14, zorder=4)
        add_note(self.figure, note)

    def update(self, result):
        """result: the pair (bytes, accuracy), or `...` while there is none."""
        said = [f"to beat: {in_words(self.to_beat)}"]
        if has_blank(result):
            self.dot.set_data([], [])
            self.alt = "File size against accuracy, with a green corner for small and good files; no file there yet."
        else:
            size, accuracy = result
            self.dot.set_data([size / 1000], [accuracy])
            said.append(f"yours: {in_words(result)}")
            self.alt = (f"File size against accuracy, with a green corner for small and good files; a star for a file "
                        f"of {size / 1000:.0f} kilobytes and an accuracy of {accuracy:.2f}.")  # fmt: skip
        self.words.set_text("\n".join(said))
        return self


def in_words(result):
    size, accuracy = result
    return f"{size:,.0f} bytes, {accuracy:.3f}"


# ------------------------------------------------------------------------------------------------- one bit


class BitPicture(Picture):
    """The 32 bits of one weight, one of them flipped, and what that does to the network."""

    GROUPS = [("sign", 1, "#F3DDE9"), ("exponent", 8, "#FBE3D2"), ("fraction", 23, "#DCEEF8")]

    def __init__(self, note="", width=7.0, height=3.2):
        super().__init__(width, height)
        axes = inches(self.figure, width, height)
        colours = [colour for _, count, colour in self.GROUPS for _ in range(count)]
        self.step = 6.72 / 32
        self.middles = 0.14 + self.step * (np.arange(32) + 0.5)
        self.boxes, self.digits = [], []
        for x, colour in zip(self.middles, colours):
            self.boxes.append(axes.add_patch(Rectangle((x - self.step / 2, 2.2), self.step, 0.4, facecolor=colour,
                                                       edgecolor=INK, linewidth=0.7, zorder=2)))  # fmt: skip
            self.digits.append(axes.text(x, 2.4, "", ha="center", va="center", zorder=4))
        start = 0
        for name, count, _ in self.GROUPS:
            middle = self.middles[start : start + count].mean()
            axes.text(max(middle, 0.3), 2.79, name, ha="center", va="center")
            start += count
        self.numbers = {bit: axes.text(self.middles[31 - bit], 1.99, str(bit), ha="center", va="center",
                                       color=QUIET_WORDS) for bit in (31, 23, 0)}  # fmt: skip
        self.number = axes.text(0, 1.99, "", ha="center", va="center", color="#A84A00", weight="bold")
        self.frame = axes.add_patch(Rectangle((0, 2.12), self.step, 0.56, facecolor="none", edgecolor=PALETTE[1],
                                              linewidth=3, zorder=5))  # fmt: skip
        axes.text(3.5, 3.05, note, ha="center", va="center", color=QUIET_WORDS)
        for y, name in ((1.3, "before"), (0.75, "after")):
            axes.text(0.85, y, name, ha="right", va="center", weight="bold")
        self.values = [axes.text(1.05, y, "", va="center") for y in (1.3, 0.75)]
        axes.text(1.05, 1.65, "the weight", va="center", color=QUIET_WORDS)
        axes.text(3.2, 1.65, "the network's accuracy", va="center", color=QUIET_WORDS)
        self.bars, self.shares = [], []
        for y, colour in ((1.3, PALETTE[0]), (0.75, PALETTE[1])):
            axes.add_patch(Rectangle((3.2, y - 0.14), 2.8, 0.28, facecolor="#F0F0F0", edgecolor="none", zorder=1))
            self.bars.append(axes.add_patch(Rectangle((3.2, y - 0.14), 0, 0.28, facecolor=colour, zorder=2)))
            self.shares.append(axes.text(6.1, y, "", va="center"))
        self.head = axes.text(0.14, 0.25, "", va="center", fontsize=12)

    def update(self, bit, before, after, accuracies):
        """bit: 31 for the sign to 0. before, after: the weight. accuracies: the network's, before and after."""
        before, after = np.float32(before), np.float32(after)
        pattern = f"{after.view(np.uint32):032b}"
        for digit, words in zip(pattern, self.digits):
            words.set_text(digit)
        self.frame.set_x(self.middles[31 - bit] - self.step / 2)
        self.number.set(x=self.middles[31 - bit], text=str(bit))
        for other, words in self.numbers.items():
            words.set_visible(abs(other - bit) > 1)  # the number of the flipped bit needs the place
        for value, words in zip((before, after), self.values):
            words.set_text(f"{value:.8g}")
        for accuracy, bar, words in zip(accuracies, self.bars, self.shares):
            bar.set_width(2.8 * accuracy)
            words.set_text(f"{accuracy:.3f}")
        group = "the sign" if bit == 31 else "the exponent" if bit >= 23 else "the fraction"
        self.head.set_text(f"Bit {bit} is flipped. It belongs to {group}. The row shows the bits after that.")
        is_worse = accuracies[1] < accuracies[0] - 0.01
        self.alt = (f"The 32 bits of a weight with bit {bit} flipped, in {group}. The weight goes from {before:.2g} to "
                    f"{after:.2g}; the network {'gets worse' if is_worse else 'stays as good as it was'}.")  # fmt: skip
        return self
