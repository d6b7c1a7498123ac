"""Pictures of activation functions: lines that bend, what they add up to, and softmax (chapter 4)."""

import numpy as np

from nnfs_helpers.check import has_blank
from nnfs_helpers.figures.picture import FAINT, INK, MARKERS, PALETTE, Picture, scatter_classes
from nnfs_helpers.figures.plane import ColouredPlane, limit_of
from nnfs_helpers.figures.vectors import number

LINE, CHOSEN, SKY = PALETTE[0], PALETTE[1], PALETTE[6]
STILL = 0.8  # the order of painting for what stands still: below all that moves, it is painted only once


# ------------------------------------------------------------------------------------ straight, and bent


class StraightAndBentPicture(Picture):
    """The plane as two networks colour it, with the points of a spiral.

    points, labels: the points, shape (samples, 2), and their classes. networks: two functions from points to scores,
    shape (samples, 3).
    """

    def __init__(self, points, labels, networks, width=7.0, height=3.9):
        super().__init__(width, height)
        right = [np.sum(np.argmax(network(points), axis=1) == labels) for network in networks]
        titles = ("64 neurons, no bend", "the same 64, each with a bend")
        for axes, network, title, count in zip(self.figure.subplots(1, 2), networks, titles, right):
            ColouredPlane(axes, limit_of(points)).update(network)
            scatter_classes(axes, points, labels)
            axes.set_title(f"{title}\n{count} of {len(points)} right")
        self.alt = ("Twice the points of the spiral over a plane in three colours. Left, without a bend, the borders "
                    f"are straight lines that cut through all arms, and {right[0]} of {len(points)} points lie in "
                    "their own colour; right, with a bend in each neuron, the coloured areas wind along the arms, "
                    f"and {right[1]} do.")  # fmt: skip


def straight_and_bent(n_neurons=64):
    """The first figure of chapter 4: what a bend in the hidden layer does to the borders on the plane.

    Both networks have the same hidden layer with random numbers. Their output layers are not trained: they are
    the best there are for these hidden neurons (least squares).
    """
    from nnfs.datasets import spiral_data

    from nnfs_helpers.precision import book_precision

    with book_precision(seed=0):
        points, labels = spiral_data(samples=100, classes=3)
    random = np.random.RandomState(0)
    weights = random.normal(0, 4, size=(2, n_neurons))
    biases = random.uniform(-2, 2, size=n_neurons)

    def straight(points):
        return points @ weights + biases

    def bent(points):
        return np.maximum(0, straight(points))

    networks = [best_output_layer(hidden, points, labels) for hidden in (straight, bent)]
    return StraightAndBentPicture(points, labels, networks)


def best_output_layer(hidden, points, labels):
    """The function from points to three scores that fit the labels best, behind a given hidden layer."""
    wanted = np.where(np.eye(3)[labels] == 1, 1.0, -1.0)
    weights, *_ = np.linalg.lstsq(with_ones(hidden(points)), wanted, rcond=None)
    return lambda places: with_ones(hidden(places)) @ weights


def with_ones(array):
    """The array with one more column of ones: its weight is the bias."""
    return np.column_stack([array, np.ones(len(array))])


# ---------------------------------------------------------------------------------- graphs of functions


class GraphsPicture(Picture):
    """The graph of each of four functions of one number."""

    def __init__(self, functions, width=6.5, height=4.0):
        super().__init__(width, height)
        places = np.linspace(-4.0, 4.0, 401)
        facts = []
        for axes, function in zip(self.figure.subplots(2, 2).flat, functions):
            values = np.array([function(x) for x in places], dtype=float)
            draw_cross(axes)
            # Two halves, so that no line is drawn where the function jumps at 0.
            axes.plot(places[:201], values[:201], color=LINE, linewidth=2.5)
            axes.plot(places[201:], values[201:], color=LINE, linewidth=2.5)
            axes.set(title=function.__name__, xlim=(-4, 4), xlabel="input", ylabel="output")
            low, high = values.min(), values.max()
            margin = 0.12 * (high - low)
            axes.set_ylim(low - margin, high + margin)
            facts.append(f"{function.__name__} is {shape_of(values)}, from {number(low, 2)} to {number(high, 2)}")
        self.alt = f"Graphs over inputs from −4 to 4: {'; '.join(facts)}."


def draw_cross(axes):
    """Thin lines through zero, upright and level."""
    axes.axhline(0, color=FAINT, linewidth=0.8, zorder=0.7)
    axes.axvline(0, color=FAINT, linewidth=0.8, zorder=0.7)


def shape_of(values):
    """What kind of graph equally spaced values make."""
    rises = np.diff(values)
    turns = np.abs(np.diff(rises)) > 1e-9
    if np.max(np.abs(rises)) > 0.5:
        return "a line with a jump"
    if not turns.any():
        return "a straight line"
    return "a line with one bend" if turns.sum() <= 2 else "a smooth curve"


class BentLinesPicture(Picture):
    """The output of one neuron for some settings of its weight and its bias, side by side.

    neuron: a function of x, weight and bias. settings: a list of (weight, bias).
    """

    def __init__(self, neuron, settings, width=7.0, height=2.7):
        super().__init__(width, height)
        places = np.linspace(-1.0, 1.0, 201)
        self.figure.get_layout_engine().set(w_pad=0.1)
        panels = self.figure.subplots(1, len(settings), sharey=True)
        before, facts = None, []
        for axes, (weight, bias) in zip(panels, settings):
            values = [neuron(x, weight, bias) for x in places]
            draw_cross(axes)
            if before is not None:
                axes.plot(places, before, color=SKY, linewidth=1.5, linestyle="--")
            axes.plot(places, values, color=LINE, linewidth=2.5)
            axes.plot([-bias / weight], [0], "o", color=CHOSEN, markersize=8, clip_on=False)
            axes.set(xlim=(-1, 1), ylim=(-0.2, 3.2), xticks=(-1, 0, 1), xlabel="x")
            axes.set_title(f"weight {number(weight)}\nbias {number(bias)}")
            way = "rises to the right" if weight > 0 else "rises to the left"
            bend = number(-bias / weight)
            facts.append(f"weight {number(weight)}, bias {number(bias)}: it bends at {bend} and {way}")
            before = values
        panels[0].set_ylabel("output")
        self.alt = f"The output of a neuron, flat on one side of its bend. {'; '.join(facts)}."


# --------------------------------------------------------------------------------------- pairs of neurons


class WavePicture(Picture):
    """Above, how two neurons make a plateau, in three steps; below, eight such pairs and their sum, a wave.

    steps: three functions of x. pair: a function of x and a bias, used with 1, 2, 3 …
    out_weights: what each pair's output is multiplied by. wave: a function of x, the sum.
    """

    def __init__(self, steps, pair, out_weights, wave, width=7.0, height=5.2):
        super().__init__(width, height)
        places = np.linspace(0.0, 1.0, 401)
        self.figure.get_layout_engine().set(w_pad=0.1)
        grid = self.figure.add_gridspec(2, 6, height_ratios=(1, 1.5))
        upper = [self.figure.add_subplot(grid[0, left:left + 2]) for left in (0, 2, 4)]
        self.draw_steps(upper, places, steps)
        self.draw_pieces(self.figure.add_subplot(grid[1, :3]), places, pair, out_weights)
        self.draw_sum(self.figure.add_subplot(grid[1, 3:]), places, wave)
        self.alt = ("Above: a line that falls to 0; the same line turned over and lifted; and, cut off at 0, a ramp "
                    f"that ends in a plateau at {number(steps[-1](1.0))}. "
                    f"Below: {len(out_weights)} such ramps, each climbing or falling in its own stretch; "
                    "and their sum, a chain of straight pieces that follows the sine.")  # fmt: skip

    def draw_steps(self, panels, places, steps):
        for axes, step, title in zip(panels, steps, ("first neuron", "turned and lifted", "second neuron")):
            draw_cross(axes)
            axes.plot(places, [step(x) for x in places], color=LINE, linewidth=2.5)
            axes.set(xlim=(0, 1), ylim=(-1.3, 2.3), xticks=(0, 0.5, 1), yticks=(-1, 0, 1, 2), title=title, xlabel="x")

    def draw_pieces(self, axes, places, pair, out_weights):
        draw_cross(axes)
        for bias, out_weight in enumerate(out_weights, start=1):
            line = [out_weight * pair(x, bias) for x in places]
            colour, style = (LINE, "-") if out_weight >= 0 else (CHOSEN, "--")
            axes.plot(places, line, color=colour, linestyle=style, linewidth=1.8)
        mark_eighths(axes)
        axes.set(ylim=(-1.25, 1.25), xlabel="x", title=f"{len(out_weights)} pairs times their out-weights")

    def draw_sum(self, axes, places, wave):
        draw_cross(axes)
        axes.plot(places, np.sin(2 * np.pi * places), color=SKY, linewidth=7, solid_capstyle="butt", label="sine")
        axes.plot(places, [wave(x) for x in places], color=INK, linewidth=2, label="sum")
        mark_eighths(axes)
        axes.set(ylim=(-1.25, 1.25), xlabel="x", title="their sum")
        axes.legend(loc="upper right")


def mark_eighths(axes):
    """From 0 to 1, with a mark at each eighth and a number at every second one."""
    axes.set_xlim(0, 1)
    axes.set_xticks(np.arange(9) / 8, ("0", "", "2/8", "", "4/8", "", "6/8", "", "1"))


# ------------------------------------------------------------------------------------------------- bricks


class BricksPicture(Picture):
    """Left the bent line of each brick with its number, right their sum over what it is meant to be.

    A brick is one ReLU neuron with the weight of its output: (weight, bias, out-weight).
    places: the inputs, shape (201,). wanted: what the sum should be there, shape (201,). wanted_name: its name.
    line_limit, sum_limit: how far up and down the two parts reach.
    """

    def __init__(self, wanted=None, wanted_name="sine", line_limit=6.0, sum_limit=2.0, width=7.0, height=3.6):
        super().__init__(width, height)
        self.places = np.linspace(0.0, 1.0, 201)
        self.wanted = np.sin(2 * np.pi * self.places) if wanted is None else wanted(self.places)
        self.wanted_name = wanted_name
        self.line_limit, self.sum_limit = line_limit, sum_limit
        left, right = self.figure.subplots(1, 2)
        for axes, limit in ((left, line_limit), (right, sum_limit)):
            draw_cross(axes)
            mark_eighths(axes)
            axes.set(ylim=(-limit, limit), xlabel="x")
        self.heading = left.set_title("each brick")
        right.set_title("their sum", zorder=STILL)
        (wanted_line,) = right.plot(self.places, self.wanted, color=SKY, zorder=STILL)
        wanted_line.set(linewidth=7, solid_capstyle="butt")
        self.lines = [left.plot([], [], color=LINE, linewidth=1.3)[0] for _ in range(8)]
        self.names = [left.text(1.03, 0, "", va="center") for _ in range(8)]
        (self.chosen_line,) = left.plot([], [], color=CHOSEN, linewidth=3.5)
        (self.sum_line,) = right.plot([], [], color=INK, linewidth=2)
        self.bends = [axes.axvline(0, color=CHOSEN, linewidth=1.2, linestyle="--") for axes in (left, right)]
        self.figure.get_layout_engine().set(rect=(0, 0.1, 1, 0.9), wspace=0.08)  # room below, and for the numbers
        self.figure.legend([wanted_line, self.sum_line], [wanted_name, "sum"], loc="lower right", ncols=2)
        self.words = self.figure.text(0.02, 0.055, "", va="center")

    def update(self, bricks, lines, distance, chosen=None):
        """bricks: a list of (weight, bias, out-weight). lines: the output of each, shape (201,).

        distance: the mean squared distance of their sum from what is wanted. chosen: the number of a brick, from 1.
        """
        for artist in [*self.lines, self.chosen_line]:
            artist.set_data([], [])
        for artist, line in zip(self.lines, lines):
            artist.set_data(self.places, line)
        self.write_names([line[-1] for line in lines], chosen)
        total = np.sum([np.zeros(len(self.places)), *lines], axis=0)
        self.sum_line.set_data(self.places, total)
        self.words.set_text(f"mean squared distance: {written(distance)}{in_sight(total, self.sum_limit)}")
        self.heading.set_text("each brick")
        self.alt = (f"The sum of {len(lines)} bent line{'' if len(lines) == 1 else 's'} over the {self.wanted_name}; "
                    f"the mean squared distance is {written(distance)}.")  # fmt: skip
        for bend in self.bends:
            bend.set_visible(False)
        if chosen is not None:
            self.mark(bricks[chosen - 1], lines[chosen - 1], chosen)
        return self

    def write_names(self, ends, chosen):
        """The number of each brick at the right end of its line; where lines end close together, moved up a little."""
        for artist in self.names:
            artist.set_text("")
        limit = 0.95 * self.line_limit
        heights = spread(np.clip(ends, -limit, limit), 0.14 * self.line_limit, limit)
        for index, height in enumerate(heights):
            self.names[index].set_y(height)
            self.names[index].set_text(str(index + 1))
            self.names[index].set_color(CHOSEN if index + 1 == chosen else LINE)

    def mark(self, brick, line, chosen):
        """Draw one brick thick, with a dashed line through its bend."""
        weight, bias, out_weight = brick
        self.chosen_line.set_data(self.places, line)
        bend = -bias / weight if weight else np.nan
        for artist in self.bends:
            artist.set_xdata([bend, bend])
            artist.set_visible(bool(0 <= bend <= 1))
        is_seen = 0 <= bend <= 1
        place = f"bends at {number(8 * bend, 2)}/8" if is_seen else "has no bend between 0 and 1"
        self.heading.set_text(f"each brick (thick: {chosen}, {place if is_seen else 'no bend here'})")
        self.alt += f" Brick {chosen}, drawn thick, {place}; its out-weight is {number(out_weight)}."


def spread(heights, gap, limit):
    """The heights, moved up where two are nearer than `gap`; none above `limit`."""
    order = np.argsort(heights, kind="stable")
    spread_out = np.array(heights, dtype=float)
    for lower, upper in zip(order, order[1:]):
        spread_out[upper] = max(spread_out[upper], spread_out[lower] + gap)
    ceiling = limit
    for index in order[::-1]:
        spread_out[index] = min(spread_out[index], ceiling)
        ceiling = spread_out[index] - gap
    return spread_out


def in_sight(total, limit):
    """A remark where the sum is too large for the picture."""
    inside = np.abs(total) <= limit
    if inside.all():
        return ""
    return " (partly out of sight)" if inside.any() else " (out of sight)"


def written(distance):
    """A distance with as many digits as matter."""
    return f"{distance:.4f}" if distance < 10 else f"{distance:.0f}"


class HatPicture(BricksPicture):
    """Bricks whose sum is to be a hat: 0, up to 1 in the middle, down to 0 again. For an exercise.

    brick_line: a function that gives the output of a brick (weight, bias, out-weight) at `places`.
    """

    def __init__(self, brick_line):
        super().__init__(hat, "hat", line_limit=3.0, sum_limit=3.0)
        self.brick_line = brick_line

    def update(self, bricks):
        """bricks: a list of (weight, bias, out-weight); what is blank (`...`) or has not three numbers is not drawn."""
        bricks = [] if bricks is ... else [brick for brick in bricks if np.size(brick) == 3 and not has_blank(brick)]
        lines = [self.brick_line(brick) for brick in bricks]
        total = sum(lines, np.zeros(len(self.places)))
        return super().update(bricks, lines, np.mean((total - self.wanted) ** 2))


def hat(x):
    """0 up to 0.25, 1 at 0.5, 0 again from 0.75 on; straight between."""
    return np.maximum(0, 1 - 4 * np.abs(x - 0.5))


# ------------------------------------------------------------------------------------------------ softmax

HEADINGS = ("score", "÷ temperature", "− largest", "exponential")


class SoftmaxPicture(Picture):
    """Softmax at work on the three scores of one sample: each step a column, the probabilities as bars."""

    def __init__(self, width=7.0, height=3.4):
        super().__init__(width, height)
        self.figure.set_layout_engine("none")  # every part has its place here
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set(xlim=(0, width), ylim=(0, height))
        self.axes.axis("off")
        self.heights = (2.35, 1.75, 1.15)
        self.rights = (1.05, 2.4, 3.35, 4.5)
        for right, heading in zip(self.rights, HEADINGS):
            self.axes.text(right, 2.98, heading, ha="right", va="center", zorder=STILL)
        self.axes.text(4.85, 2.98, "probability", ha="left", va="center", zorder=STILL)
        self.axes.plot([0.15, width - 0.15], [2.72, 2.72], color=FAINT, linewidth=1, zorder=STILL)
        for row, height in enumerate(self.heights):
            self.axes.plot([0.28], [height], MARKERS[row], color=PALETTE[row], markersize=10, zorder=STILL)
            track = self.axes.plot([4.85, 6.15], [height, height], color="#E4E4E4", zorder=STILL)[0]
            track.set(linewidth=16, solid_capstyle="butt")
        self.cells = [[self.axes.text(right, height, "", ha="right", va="center") for right in self.rights]
                      for height in self.heights]  # fmt: skip
        self.bars = [self.axes.plot([], [], color=PALETTE[row], linewidth=16, solid_capstyle="butt")[0]
                     for row in range(3)]  # fmt: skip
        self.shares = [self.axes.text(6.3, height, "", ha="left", va="center", fontsize=12) for height in self.heights]
        self.words = self.axes.text(width / 2, 0.42, "", ha="center", va="center", linespacing=1.4)

    def update(self, scores, temperature, subtract_largest, probabilities):
        """scores, probabilities: shape (1, 3), those of one sample; the steps between are computed here."""
        divided = scores[0] / temperature
        shifted = divided - divided.max() if subtract_largest else divided
        with np.errstate(over="ignore"):
            powers = np.exp(shifted)
            total = np.sum(powers)
        for row in range(3):
            texts = (short(scores[0, row]), short(divided[row]), short(shifted[row]), short(powers[row]))
            if not subtract_largest:
                texts = (*texts[:2], "–", texts[3])
            for cell, text in zip(self.cells[row], texts):
                cell.set_text(text)
                cell.set_color(CHOSEN if text == "inf" else INK)
            self.show_share(row, probabilities[0, row])
        self.explain(total, probabilities[0])
        return self

    def show_share(self, row, probability):
        share = 0 if np.isnan(probability) else probability
        height = self.heights[row]
        self.bars[row].set_data([4.85, 4.85 + 1.3 * share], [height, height])
        self.bars[row].set_visible(bool(share > 0))
        self.shares[row].set_text("nan" if np.isnan(probability) else f"{probability:.3f}")
        self.shares[row].set_color(CHOSEN if np.isnan(probability) else INK)

    def explain(self, total, probabilities):
        if np.isnan(probabilities).any():
            self.words.set_text("inf is too large for the computer, and inf / inf has no value: nan, not a number.\n"
                                "Tick “subtract largest”, and the bars come back.")
            self.alt = ("The exponential of the largest score has become infinite, so its probability is nan, "
                        "not a number, and its bar is missing.")  # fmt: skip
            return
        self.words.set_text(f"sum of the exponentials: {short(total)}\nprobability = exponential / sum")
        shares = ", ".join(f"{probability:.3f}" for probability in probabilities)
        self.alt = f"Three scores become the probabilities {shares}, drawn as bars."


def short(value):
    """A number with about four digits, with a power of ten where it is very large or very small."""
    if 1000 <= abs(value) < 1e5:
        return f"{value:.0f}".replace("-", "−")
    if value == 0 or np.isinf(value) or 1e-3 <= abs(value) < 1000:
        return f"{value:.4g}".replace("-", "−")
    mantissa, exponent = f"{value:.1e}".split("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "−")


# --------------------------------------------------------------------------------------------------- quiz


class BendsQuizPicture(Picture):
    """Three curves; one of them can be the sum of two bricks and a bias (quiz)."""

    def __init__(self, width=7.0, height=2.4):
        super().__init__(width, height)
        x = np.linspace(-1.0, 1.0, 401)
        curves = {
            "(a)": np.interp(x, [-1, -0.5, 0, 0.5, 1], [-0.7, -0.7, 0.7, -0.7, -0.7]),
            "(b)": np.interp(x, [-1, -0.3, 0.4, 1], [0.1, 0.1, 0.8, -0.8]),
            "(c)": 0.8 * np.sin(4 * x),
        }
        for axes, (letter, values) in zip(self.figure.subplots(1, 3, sharey=True), curves.items()):
            draw_cross(axes)
            axes.plot(x, values, color=LINE, linewidth=2.5)
            axes.set(xlim=(-1, 1), ylim=(-1, 1), xticks=[], yticks=[], title=letter, xlabel="x")
        self.alt = ("Three curves from left to right. (a): flat, steep up to a peak, steep down, flat again. (b): "
                    "flat, then straight up to a peak, then straight down. (c): a smooth wave.")  # fmt: skip
