"""Pictures of a price on large weights: L1 and L2 regularization (chapter 14)."""

import numpy as np

from nnfs_helpers.check import has_blank
from nnfs_helpers.figures.picture import FAINT, INK, MARKERS, PALETTE, Picture, scatter_classes
from nnfs_helpers.figures.plane import ColouredPlane, answers, limit_of, through

L1, L2 = PALETTE[1], PALETTE[0]
NEAR_ZERO = 0.01  # smaller weights count as zero
QUIET_WORDS = "#666666"
BOX = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}

# ------------------------------------------------------------------------------------------ the first figure


def penalties_preview():
    """The first figure of chapter 14: two prices of a weight, and what a price does to a valley."""
    return PenaltiesPicture()


class PenaltiesPicture(Picture):
    """Two prices over one weight, a V and a bowl, and a loss with and without such a price."""

    def __init__(self, width=7.0, height=2.9):
        super().__init__(width, height)
        left, middle, right = self.figure.subplots(1, 3, width_ratios=[1, 1, 1.25])
        weights = np.linspace(-2, 2, 201)
        for axes, price, colour, name in ((left, np.abs, L1, "price 1"), (middle, np.square, L2, "price 2")):
            axes.plot(weights, price(weights), color=colour)
            axes.plot(1.4, price(1.4), "o", color=INK, markersize=11, zorder=3)
            axes.set(xlim=(-2, 2), ylim=(0, 4), title=name, xlabel="weight", xticks=(-2, 0, 2), yticks=(0, 2, 4))
        left.set_ylabel("price")
        weights = np.linspace(-0.5, 4, 201)
        valley = 0.5 + 0.35 * (weights - 3) ** 2
        dearer = valley + 0.2 * weights**2
        right.plot(weights, valley, color=QUIET_WORDS, linestyle="--", linewidth=1.6)
        right.plot(weights, dearer, color=L2)
        for curve, colour, marker in ((valley, QUIET_WORDS, "v"), (dearer, L2, "o")):
            right.plot(weights[curve.argmin()], curve.min(), marker, color=colour, markersize=10, zorder=3)
        right.text(3.05, 0.1, "loss", color=QUIET_WORDS, ha="center")
        right.text(0.9, 3.15, "loss + price 2", color=L2, ha="left", bbox=BOX)
        right.set(xlim=(-0.5, 4), ylim=(0, 4), title="one weight of a network", xlabel="weight", yticks=(0, 2, 4))
        right.set_xticks((0, 2, 4))
        self.alt = ("Two prices over one weight: a V and a bowl, both lowest at 0, each with a marble on its right "
                    "side. Beside them the valley of a loss: with a price added its lowest place lies nearer to "
                    "0.")  # fmt: skip


# ---------------------------------------------------------------------------------------- two networks


class TwoWeightsPicture(Picture):
    """Two networks: the plane in their colours, and below it every weight of their two layers as a small line.

    points, labels: the data they have learned from. reach: how far the axis of the weights goes from 0.
    """

    def __init__(self, points, labels, reach=60, width=7.0, height=5.4):
        super().__init__(width, height)
        self.points, self.labels = np.asarray(points), np.asarray(labels)
        above, below = self.figure.subplots(2, 2, height_ratios=[2.4, 1])
        self.planes = [ColouredPlane(axes, limit_of(points)) for axes in above]
        self.strips = []
        for axes in below:
            axes.set(xlim=(-reach, reach), ylim=(1.6, -0.6), xlabel="weights", yticks=(0, 1))
            axes.set_yticklabels(["layer 1", "layer 2"])
            axes.tick_params(axis="y", length=0)
            axes.spines["left"].set_visible(False)
            axes.axvline(0, color=FAINT, linewidth=1, zorder=0)
            self.strips.append([axes.plot([], [], "|", color=colour, markersize=16, markeredgewidth=0.9)[0]
                                for colour in (PALETTE[2], PALETTE[3])])  # fmt: skip
        for plane in self.planes:
            scatter_classes(plane.axes, points, labels, size=14)

    def update(self, *networks):
        """networks: two tuples (title, layers), the layers without the softmax at their end."""
        said = []
        for plane, strips, (title, layers) in zip(self.planes, self.strips, networks):
            plane.update(with_softmax(layers))
            plane.axes.set_title(title)
            weights = [layer.weights for layer in layers if hasattr(layer, "weights")]
            for row, (strip, array) in enumerate(zip(strips, weights)):
                strip.set_data(array.ravel(), np.full(array.size, row))
            spread = [size_in_words(array) for array in weights]
            said.append(f"{title}: layer 1 {spread[0]}, layer 2 {spread[1]}")
        self.alt = f"Two coloured planes, and below them the weights of both layers. {'; '.join(said)}."
        return self


def size_in_words(weights):
    """How far weights reach, in words that do not hang on digits."""
    size = float(np.sqrt(np.mean(np.square(weights, dtype=np.float64))))
    names = ((1.5, "close to 0"), (8, "spread over some units"), (15, "spread widely"))
    return next((name for limit, name in names if size < limit), "spread very widely")


# ------------------------------------------------------------------------------------------- long runs


class LongRunsPicture(Picture):
    """Loss and accuracy of some long training runs: dots for what was run here, lines for the stored run.

    The axis of the epochs goes in factors of ten, so that the beginning can be seen.
    """

    def __init__(self, width=7.0, height=3.6):
        super().__init__(width, height)
        self.parts = self.figure.subplots(1, 2)
        for axes, name, limits in zip(self.parts, ("data loss", "accuracy"), ((0, 1), (0.5, 1))):
            axes.set(xscale="log", xlim=(85, 10_000), ylim=limits, xlabel="epoch", title=name)
            axes.set_xticks([100, 1000, 10_000], ["100", "1,000", "10,000"])
            axes.minorticks_off()
            axes.grid(axis="y")

    def update(self, runs, level=None):
        """runs: for each name the history of a stored run and how many of its entries were run here.

        level: for the right part, a level line to compare with: words and a height.
        """
        said, handles = [], []
        for (name, (history, here)), colour, marker in zip(runs.items(), PALETTE, MARKERS):
            for axes, figure in zip(self.parts, ("data_loss", "accuracy")):
                axes.plot(history["epoch"][1:], history[figure][1:], color=colour, linewidth=1.4)
                axes.plot(history["epoch"][1:here], history[figure][1:here], marker, color=colour, markersize=7,
                          linestyle="", zorder=3)  # fmt: skip
            handles += axes.plot([], [], color=colour, marker=marker, markersize=7, linewidth=1.4, label=name)
            said.append(f"{name} ends at {history['data_loss'][-1]:.2f} and {history['accuracy'][-1]:.2f}")
        if level is not None:
            words, height = level
            self.parts[1].axhline(height, color=INK, linestyle=":", linewidth=1.5, zorder=0)
            self.parts[1].text(95, height + 0.015, words, color=INK)
        self.figure.legend(handles=handles, loc="outside upper center", ncols=len(handles))
        self.alt = (f"Data loss and accuracy of {len(runs)} networks over 10,000 epochs: steep at first, then slow. "
                    f"{'; '.join(said)}.")  # fmt: skip
        return self


# ------------------------------------------------------------------------------------ diamond and circle


class DiamondPicture(Picture):
    """A bowl over two weights from above, the price through its cheapest place, and how that place moves.

    slope_across: how much the bowl leans: the loss is (a − c)² + (b − d)² + lean · (a − c)(b − d).
    """

    REACH = 2.6

    def __init__(self, lean=0.0, width=7.0, height=4.6):
        super().__init__(width, height)
        axes, bars = self.figure.subplots(1, 2, width_ratios=[2.6, 1])
        self.lean = lean
        axes.set(xlim=(-self.REACH, self.REACH), ylim=(-self.REACH, self.REACH), aspect="equal")
        axes.set(xlabel="weight a", ylabel="weight b", xticks=range(-2, 3), yticks=range(-2, 3))
        axes.axhline(0, color=FAINT, linewidth=1, zorder=0)
        axes.axvline(0, color=FAINT, linewidth=1, zorder=0)
        self.ovals = [axes.plot([], [], color="#9A9A9A", linewidth=1.1, zorder=1)[0] for _ in range(6)]
        (self.touching,) = axes.plot([], [], color=INK, linewidth=1.8, zorder=2)
        (self.price,) = axes.plot([], [], color=L1, linewidth=2.4, zorder=2)
        (self.trail,) = axes.plot([], [], color=PALETTE[2], linewidth=2.2, linestyle="--", zorder=3)
        (self.bowl,) = axes.plot([], [], "X", color=INK, markersize=10, markeredgecolor="white", zorder=4)
        (self.dot,) = axes.plot([], [], "o", color=PALETTE[2], markersize=11, markeredgecolor="white", zorder=5)
        self.axes = axes
        bars.set(ylim=(-2.2, 2.2), xlim=(-0.6, 1.6), title="weights")
        bars.set_xticks((0, 1), ("a", "b"))
        bars.axhline(0, color=INK, linewidth=0.8)
        bars.spines["bottom"].set_visible(False)
        bars.tick_params(axis="x", length=0)
        self.bars = bars.bar((0, 1), (0, 0), 0.6, color=PALETTE[2])
        self.words = [bars.text(place, 0, "", ha="center", va="center") for place in (0, 1)]

    def update(self, price, centre, trail):
        """price: "L1" or "L2". centre: where the bowl is lowest. trail: the cheapest places as the strength grows,
        the present one last; each a pair of weights."""
        place = np.asarray(trail[-1], dtype=float)
        self.bowl.set_data([centre[0]], [centre[1]])
        self.trail.set_data(*np.transpose(trail))
        self.dot.set_data([place[0]], [place[1]])
        directions = directions_of_bowl(self.lean)
        height = bowl_height(place, centre, self.lean)
        for oval, level in zip([*self.ovals, self.touching], [*np.linspace(0.4, 2.4, 6) ** 2, height]):
            oval.set_data(*(np.asarray(centre)[:, np.newaxis] + np.sqrt(level) * directions))
        turn = np.linspace(0, 2 * np.pi, 201)
        around = np.array([np.cos(turn), np.sin(turn)])
        if price == "L1":
            around /= np.sum(np.abs(around), axis=0)
            size = np.sum(np.abs(place))
        else:
            size = np.sqrt(np.sum(place**2))
        self.price.set_data(*(size * around))
        self.price.set_color(L1 if price == "L1" else L2)
        for bar, words, number in zip(self.bars, self.words, place):
            bar.set_height(number)
            words.set_text("0" if abs(number) < 0.005 else f"{number:.2f}".replace("-", "−"))
            words.set_y(number + (0.18 if number >= 0 else -0.18))
        zeros = int(np.sum(np.abs(place) < 0.005))
        said = ("no weight is 0", "one weight is 0", "both weights are 0")[zeros]
        self.axes.set_title(f"{price}: {said}")
        shape = "diamond" if price == "L1" else "circle"
        self.alt = f"Ovals of a bowl over two weights, and a {shape} around 0 that touches one of them: {said}."
        return self


def bowl_height(place, centre, lean):
    a, b = place[0] - centre[0], place[1] - centre[1]
    return max(float(a**2 + b**2 + lean * a * b), 0.0)


def directions_of_bowl(lean):
    """The contour line of height 1 around (0, 0), shape (2, points)."""
    turn = np.linspace(0, 2 * np.pi, 201)
    a, b = np.cos(turn), np.sin(turn)
    return np.array([a, b]) / np.sqrt(a**2 + b**2 + lean * a * b)


# -------------------------------------------------------------------------------------------- lambda dial


class StrengthPicture(Picture):
    """The plane in a network's colours, and beside it how its weights are spread, with those near zero counted.

    known, new: pairs of points and labels.
    """

    EDGES = np.linspace(-16, 16, 33)
    TOP = 100

    def __init__(self, known, new, width=7.0, height=3.9):
        super().__init__(width, height)
        plane, spread = self.figure.subplots(1, 2, width_ratios=[1.15, 1])
        self.known, self.new = known, new
        self.plane = ColouredPlane(plane, limit_of(known[0]))
        scatter_classes(plane, *known, size=18)
        spread.set(xlim=(-16.5, 16.5), ylim=(0, self.TOP), xlabel="weights of both layers", ylabel="how many")
        spread.set_xticks((-10, 0, 10), ("−10", "0", "10"))
        self.stairs = spread.stairs(np.zeros(32), self.EDGES, fill=True, color=PALETTE[6])
        (self.zeros,) = spread.bar([0], [0], 0.7, color=L1, zorder=3)
        (self.cut_off,) = spread.plot([0], [self.TOP - 2], "^", color=L1, markersize=11, visible=False, zorder=4)
        self.words = spread.text(16, self.TOP * 0.96, "", ha="right", va="top", color=L1, bbox=BOX, zorder=4)
        self.spread = spread

    def update(self, layers):
        """layers: those of a network, without the softmax at their end. A blank (`...`) leaves the picture empty."""
        if has_blank(layers):
            self.alt = "A plane with points, not coloured yet, and an empty diagram for the weights."
            return self
        predict = with_softmax(layers)
        self.plane.update(predict)
        weights = np.concatenate([layer.weights.ravel() for layer in layers if hasattr(layer, "weights")])
        near = np.abs(weights) < NEAR_ZERO
        counts, _ = np.histogram(np.clip(weights[~near], -15.99, 15.99), self.EDGES)
        self.stairs.set_data(counts)
        self.zeros.set_height(min(near.sum(), self.TOP))
        self.cut_off.set_visible(near.sum() > self.TOP)
        self.words.set_text(f"{near.sum()} of {len(weights)}\nnear 0")
        scores = [score(predict, *data) for data in (self.known, self.new)]
        self.plane.axes.set_title(f"right: known {scores[0][1]:.0%}, new {scores[1][1]:.0%}")
        self.spread.set_title(f"loss: known {scores[0][0]:.2f}, new {scores[1][0]:.2f}")
        self.alt = (
            f"A coloured plane with points; beside it a heap of {len(weights)} weights, "
            f"{share_in_words(near.mean())} of them near 0. {losses_in_words(*[loss for loss, _ in scores])}"
        )
        return self


def with_softmax(layers):
    """The function from points to the class probabilities of a network whose layers end in scores."""
    scores_of = through(layers)

    def predict(points):
        scores = scores_of(points)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)

    return predict


def score(predict, points, labels):
    """Mean loss and accuracy."""
    probabilities = answers(predict, points)
    confidences = np.clip(probabilities[np.arange(len(labels)), labels], 1e-7, 1 - 1e-7)
    return float(np.mean(-np.log(confidences))), float(np.mean(probabilities.argmax(axis=1) == labels))


def losses_in_words(known, new):
    """What the losses on known and new points say, in words that do not hang on digits (guessing costs 1.1)."""
    if known > 0.9:
        return "Both losses are near that of guessing."
    if new > 0.9:
        return "The loss is low on known points, and about that of guessing on new ones."
    return "Both losses are below that of guessing."


def share_in_words(share):
    names = ((0.05, "hardly any"), (0.25, "a few"), (0.4, "a third"), (0.65, "about half"), (0.9, "most"))
    return next((name for limit, name in names if share < limit), "nearly all")


# -------------------------------------------------------------------------------------------------- quiz


class WeightsQuizPicture(Picture):
    """The weights of three networks, each as a heap (quiz of chapter 14)."""

    def __init__(self, width=7.0, height=2.6):
        super().__init__(width, height)
        random = np.random.RandomState(3)
        large = random.choice((-1, 1), 40) * random.uniform(0.8, 4, 40)
        heaps = {"A": random.randn(200) * 0.55, "B": random.randn(200) * 2.8,
                 "C": np.concatenate([random.randn(160) * 0.003, large])}  # fmt: skip
        edges = np.linspace(-6.1, 6.1, 62)
        for axes, (name, weights) in zip(self.figure.subplots(1, 3), heaps.items()):
            counts, _ = np.histogram(np.clip(weights, -6, 6), edges)
            axes.stairs(counts, edges, fill=True, color=PALETTE[6])
            axes.set(title=name, xlim=(-6.2, 6.2), xlabel="weights", xticks=(-6, -3, 0, 3, 6))
            axes.set_ylim(0, 1.12 * counts.max())
            axes.locator_params(axis="y", nbins=4)
        self.figure.axes[0].set_ylabel("how many")
        self.alt = ("The weights of three networks as heaps. A: a narrow bell around 0. B: a wide, low bell from "
                    "−6 to 6. C: one high column at 0, and a few weights far out on both sides.")  # fmt: skip
