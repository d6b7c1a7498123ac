"""Draws the cards in assets/cards: one derivation on each, every step with its reason, and index.json with their words.

Run it from the project's folder: python assets/make_cards.py
Each card brings along a check that its formulas are true, by numbers. It runs before the card is drawn.
In its formulas ŷ and ∂ stand for themselves; `spelled` turns them into what matplotlib understands.
"""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch, Rectangle
from PIL import Image

from nnfs_helpers.check import numerical_gradient
from nnfs_helpers.figures.picture import FAINT, INK, PALETTE, STYLE

FOLDER = Path(__file__).with_name("cards")
WIDTH, HEIGHT, DPI = 8.0, 6.0, 150  # 1200 × 900 pixels
BLUE, RED, GREEN = PALETTE[:3]
WORDS, GROUND, TINT = "#555555", "#F4F4F2", "#DFF1EA"
BLUE_TINT, RED_TINT = "#D3E6F2", "#F9DFCC"
MATHS = {"mathtext.fontset": "stix"}


@dataclass
class Card:
    """One derivation.

    idea: in one sentence. lines: pairs of a formula and its reason; the last ones, as many as `results`, are the
    result. symbols: what each one means.
    sketch: draws a small picture of the idea. check: fails if a formula is wrong.
    alt: one sentence for those who cannot see the card.
    """

    name: str
    title: str
    idea: str
    lines: list
    symbols: dict
    sketch: Callable
    check: Callable
    alt: str
    results: int = 1


# ------------------------------------------------------------------------------------------------ sketches


def plain_axes(figure, x_limits, y_limits):
    """Small axes at the top right, without ticks."""
    axes = figure.add_axes((5.95 / WIDTH, (HEIGHT - 1.17) / HEIGHT, 1.65 / WIDTH, 0.9 / HEIGHT))
    axes.set(xlim=x_limits, ylim=y_limits, xticks=[], yticks=[])
    axes.set_axis_off()
    return axes


def sketch_curve(figure, function, x_limits, y_limits, tangent_at=None):
    """A curve over a thin cross of axes, perhaps with a tangent."""
    axes = plain_axes(figure, x_limits, y_limits)
    x = np.linspace(*x_limits, 400)
    axes.axhline(0, color=FAINT, linewidth=1)
    axes.axvline(0, color=FAINT, linewidth=1)
    axes.plot(x, function(x), color=BLUE, linewidth=2.5)
    if tangent_at is not None:
        slope = (function(tangent_at + 1e-5) - function(tangent_at - 1e-5)) / 2e-5
        reach = 0.13 * (x_limits[1] - x_limits[0]) / np.hypot(1, slope * np.ptp(x_limits) / np.ptp(y_limits) / 2)
        ends = np.array([tangent_at - 2 * reach, tangent_at + 2 * reach])
        axes.plot(ends, function(tangent_at) + slope * (ends - tangent_at), color=RED, linewidth=2)
        axes.plot([tangent_at], [function(tangent_at)], "o", color=RED, markersize=6)


def sketch_chain(figure):
    axes = plain_axes(figure, (0, 1.65), (0, 0.9))
    axes.plot([0.15, 1.5], [0.45, 0.45], color=FAINT, linewidth=1.5, zorder=1)
    for x, text in ((0.3, "×"), (0.8, "+"), (1.3, "max")):
        axes.add_patch(Circle((x, 0.45), 0.19, facecolor="white", edgecolor=INK, linewidth=1.3, zorder=2))
        axes.text(x, 0.44, text, ha="center", va="center", fontsize=9 if len(text) > 1 else 15)
    arrow = {"arrowstyle": "-|>", "color": RED, "linewidth": 1.8, "connectionstyle": "arc3,rad=0.35"}
    for start, end in ((1.2, 0.9), (0.7, 0.4)):
        axes.annotate("", (end, 0.68), (start, 0.68), arrowprops=arrow)


def sketch_shapes(figure):
    axes = plain_axes(figure, (0, 1.65), (0, 0.9))
    boxes = [(0.04, 0.42, 0.34, BLUE_TINT, "$X^{T}$"), (0.6, 0.24, 0.42, RED_TINT, "$D$"),
             (1.18, 0.28, 0.34, TINT, "$dW$")]  # fmt: skip
    for x, width, height, colour, text in boxes:
        axes.add_patch(Rectangle((x, 0.45 - height / 2), width, height, facecolor=colour, edgecolor=INK, linewidth=1))
        axes.text(x + width / 2, 0.44, text, ha="center", va="center", fontsize=12)
    axes.text(0.53, 0.44, "·", ha="center", va="center", fontsize=18)
    axes.text(1.02, 0.44, "=", ha="center", va="center", fontsize=14)


def sketch_relu(figure):
    sketch_curve(figure, lambda z: np.maximum(0, z), (-2, 2), (-0.3, 2))


def sketch_logarithm(figure):
    sketch_curve(figure, lambda p: -np.log(np.maximum(p, 1e-3)), (-0.03, 1.05), (-0.1, 3), tangent_at=0.4)


def sketch_jacobian(figure):
    axes = plain_axes(figure, (0, 1.65), (0, 0.9))
    probabilities = np.array([0.7, 0.1, 0.2])
    jacobian = np.diagflat(probabilities) - np.outer(probabilities, probabilities)
    for row, column in np.ndindex(3, 3):
        value = jacobian[row, column]
        colour = BLUE if value > 0 else RED
        place = (0.37 + 0.3 * column, 0.6 - 0.3 * row)
        axes.add_patch(Rectangle(place, 0.28, 0.28, color=colour, alpha=float(0.2 + 3.5 * abs(value)), linewidth=0))
        axes.text(place[0] + 0.14, place[1] + 0.13, "+" if value > 0 else "−", ha="center", va="center", fontsize=12)


def sketch_difference(figure):
    axes = plain_axes(figure, (-0.5, 2.5), (-0.8, 0.6))
    prediction, truth = np.array([0.2, 0.5, 0.3]), np.array([0, 1, 0])
    difference = prediction - truth
    axes.axhline(0, color=INK, linewidth=1)
    axes.bar(range(3), difference, 0.6, color=[BLUE if value > 0 else RED for value in difference])
    for place, value in enumerate(difference):
        up = 0.13 if value > 0 else -0.15
        axes.text(place, value + up, f"{value:+.1f}".replace("-", "−"), ha="center", va="center", fontsize=11)


def sketch_mean(figure):
    axes = plain_axes(figure, (0, 1.65), (0, 0.9))
    for number in range(4):
        y = 0.78 - 0.22 * number
        axes.add_patch(Rectangle((0.1, y - 0.08), 0.5, 0.16, facecolor=BLUE_TINT, edgecolor=BLUE, linewidth=1))
        axes.plot([0.64, 1.12], [y, 0.45], color=FAINT, linewidth=1.5, zorder=0)
    axes.add_patch(Circle((1.25, 0.45), 0.17, facecolor=TINT, edgecolor=GREEN, linewidth=1.5))
    axes.text(1.25, 0.44, "$L$", ha="center", va="center", fontsize=14)


def sketch_parabola(figure):
    sketch_curve(figure, lambda y: y**2, (-1.7, 1.7), (-0.5, 2.6), tangent_at=0.9)


def sketch_sizes(figure):
    sketch_curve(figure, np.abs, (-1.7, 1.7), (-0.2, 2.6), tangent_at=0.9)


def sketch_sigmoid(figure):
    sketch_curve(figure, sigmoid, (-6, 6), (-0.1, 1.1), tangent_at=0.0)


def sketch_yes_or_no(figure):
    axes = plain_axes(figure, (-0.03, 1.03), (-0.1, 3))
    outputs = np.linspace(1e-3, 1 - 1e-3, 400)
    axes.axhline(0, color=FAINT, linewidth=1)
    axes.plot(outputs, -np.log(outputs), color=RED, linewidth=2.5)
    axes.plot(outputs, -np.log(1 - outputs), color=BLUE, linewidth=2.5, linestyle="--")
    axes.text(0.17, 2.35, "yes", color=RED, fontsize=11)
    axes.text(0.83, 2.35, "no", color=BLUE, fontsize=11, ha="right")


def sketch_pull(figure):
    axes = plain_axes(figure, (-6, 6), (-1.1, 1.1))
    scores = np.linspace(-6, 6, 400)
    axes.axhline(0, color=FAINT, linewidth=1)
    axes.plot(scores, sigmoid(scores) - 1, color=RED, linewidth=2.5)
    axes.plot(scores, sigmoid(scores), color=BLUE, linewidth=2.5, linestyle="--")
    axes.text(-5.8, -0.75, "yes", color=RED, fontsize=11)
    axes.text(5.8, 0.5, "no", color=BLUE, fontsize=11, ha="right")


def sketch_prices(figure):
    axes = plain_axes(figure, (-1.7, 1.7), (-0.15, 2.4))
    weights = np.linspace(-1.7, 1.7, 400)
    axes.axhline(0, color=FAINT, linewidth=1)
    axes.plot(weights, np.abs(weights), color=RED, linewidth=2.5)
    axes.plot(weights, weights**2, color=BLUE, linewidth=2.5)


def sketch_dropout(figure):
    axes = plain_axes(figure, (0, 1.65), (0, 0.9))
    axes.set_aspect("equal")
    for number, size in enumerate((1, 1, 0, 0, 1, 1)):
        x, y = 0.25 + 0.57 * (number % 3), 0.68 - 0.46 * (number // 3)
        if size:
            axes.add_patch(Circle((x, y), 0.19, facecolor=BLUE_TINT, edgecolor=BLUE, linewidth=1.5))
        else:
            axes.add_patch(Circle((x, y), 0.15, facecolor="white", edgecolor=FAINT, linewidth=1))
            axes.plot([x - 0.06, x + 0.06], [y - 0.06, y + 0.06], color=RED, linewidth=1.5)
            axes.plot([x - 0.06, x + 0.06], [y + 0.06, y - 0.06], color=RED, linewidth=1.5)


# ------------------------------------------------------------------------------------------------ checks


def softmax(z):
    powers = np.exp(z - np.max(z))
    return powers / np.sum(powers)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def is_close(formula, function, place):
    """Fails unless a gradient by formula is the one found by trying out."""
    np.testing.assert_allclose(formula, numerical_gradient(function, place), atol=1e-8)


X = np.array([[1.0, -2.0, 3.0], [0.5, 1.5, -1.0]])  # two samples with three numbers each
W = np.array([[-3.0, 0.4], [-1.0, 1.1], [2.0, -0.6]])
BIASES = np.array([[1.0, 0.3]])
D = np.array([[0.7, -0.2], [1.3, 0.5]])
SCORES = np.array([0.3, -1.2, 0.8])
TRUTH = np.array([0.0, 1.0, 0.0])


def check_chain():
    inputs, weights, bias = X[0], W[:, 0], BIASES[0, 0]
    assert inputs @ weights + bias > 0
    is_close(inputs, lambda w: max(0, inputs @ w + bias), weights)
    is_close(weights, lambda x: max(0, x @ weights + bias), inputs)
    is_close(np.zeros(3), lambda w: max(0, inputs @ w + bias), -weights)


def check_dense():
    # With D for the gradient at the output, the loss is near here like the sum of D times the outputs.
    is_close(X.T @ D, lambda weights: np.sum(D * (X @ weights + BIASES)), W)
    is_close(D.sum(axis=0, keepdims=True), lambda biases: np.sum(D * (X @ W + biases)), BIASES)
    is_close(D @ W.T, lambda inputs: np.sum(D * (inputs @ W + BIASES)), X)


def check_relu():
    z = X @ W + BIASES
    is_close(D * (z > 0), lambda z: np.sum(D * np.maximum(0, z)), z)


def cross_entropy(probabilities):
    return -np.sum(TRUTH * np.log(probabilities))


def check_cross_entropy():
    probabilities = softmax(SCORES)
    formula = -TRUTH / probabilities
    is_close(formula, cross_entropy, probabilities)
    assert formula[1] == -1 / probabilities[1] and not formula[[0, 2]].any()


def check_jacobian():
    probabilities = softmax(SCORES)
    column = probabilities.reshape(-1, 1)
    jacobian = np.diagflat(column) - column @ column.T
    for number in range(3):
        is_close(jacobian[number], lambda z, number=number: softmax(z)[number], SCORES)
    np.testing.assert_allclose(jacobian, column * (np.eye(3) - probabilities))


def check_together():
    is_close(softmax(SCORES) - TRUTH, lambda z: cross_entropy(softmax(z)), SCORES)


def check_mean():
    def mean_loss(weights):
        return np.mean([cross_entropy(softmax(np.append(sample @ weights, 0))) for sample in X])

    by_sample = np.array([softmax(np.append(sample @ W, 0)) - TRUTH for sample in X])[:, :2] / len(X)
    is_close(X.T @ by_sample, mean_loss, W)


def check_squared_error():
    truth, prediction = X[0], X[1]
    is_close(2 * (prediction - truth) / 3, lambda guess: np.mean((truth - guess) ** 2), prediction)


def check_absolute_error():
    truth, prediction = X[0], X[1]
    is_close(np.sign(prediction - truth) / 3, lambda guess: np.mean(np.abs(truth - guess)), prediction)


def check_sigmoid():
    is_close(sigmoid(SCORES) * (1 - sigmoid(SCORES)), lambda z: np.sum(sigmoid(z)), SCORES)
    np.testing.assert_allclose(np.exp(-SCORES) / (1 + np.exp(-SCORES)), 1 - sigmoid(SCORES))


def yes_or_no_loss(outputs):
    return np.mean(-(TRUTH * np.log(outputs) + (1 - TRUTH) * np.log(1 - outputs)))


def check_binary_cross_entropy():
    outputs = sigmoid(SCORES)
    is_close(-(TRUTH / outputs - (1 - TRUTH) / (1 - outputs)) / 3, yes_or_no_loss, outputs)


def check_sigmoid_together():
    outputs = sigmoid(SCORES)
    is_close((outputs - TRUTH) / 3, lambda z: yes_or_no_loss(sigmoid(z)), SCORES)
    slopes = -(TRUTH / outputs - (1 - TRUTH) / (1 - outputs)) / 3
    np.testing.assert_allclose(slopes * outputs * (1 - outputs), (outputs - TRUTH) / 3)


def check_penalties():
    strength1, strength2 = 0.3, 0.7

    def loss(weights):
        data_loss = np.sum(D * (X @ weights + BIASES))
        return data_loss + strength1 * np.sum(np.abs(weights)) + strength2 * np.sum(weights**2)

    is_close(X.T @ D + strength1 * np.sign(W) + 2 * strength2 * W, loss, W)


def check_dropout():
    q, mask = 0.8, np.array([[1, 0, 1], [1, 1, 0]])
    is_close(D[:, :1] * mask / q, lambda inputs: np.sum(D[:, :1] * inputs * mask / q), X)
    for x in X.ravel():  # the mean over both ways the coin can fall, each as often as it does
        np.testing.assert_allclose(q * (x * 1 / q) + (1 - q) * (x * 0 / q), x)


# ------------------------------------------------------------------------------------------------ the cards

CARDS = [
    Card(
        "chain_rule",
        "Backwards through one neuron",
        "Each node multiplies by its own slope.",
        [
            (r"$z = x_0w_0 + x_1w_1 + x_2w_2 + b$", "forward: products and their sum,\nthen $a = \\max(0, z)$"),
            (r"$\frac{∂a}{∂z} = 1 \quad (z > 0)$", "ReLU hands it on;\nat $z \\leq 0$ the slope is 0"),
            (r"$\frac{∂z}{∂(x_0w_0)} = 1$", "a sum grows just as much\nas each of its terms"),
            (r"$\frac{∂(x_0w_0)}{∂w_0} = x_0$", "the slope of a product is\nthe other factor"),
            (r"$\frac{∂a}{∂w_0} = 1 \cdot 1 \cdot x_0 = x_0 \quad (z > 0)$",
             "chain rule: multiply the slopes\nalong the way"),
        ],
        {"$x_0$": "an input", "$w_0$": "its weight", "$b$": "the bias", "$z$": "the sum", "$a$": "the output"},
        sketch_chain,
        check_chain,
        "Card: the gradient of a neuron's output with respect to a weight is the product of the slopes of ReLU, of the "
        "sum and of the product; above zero it is the input that belongs to the weight.",
    ),
    Card(
        "dense_backward",
        "Backwards through a layer",
        "Each number collects from wherever it takes part.",
        [
            (r"$z_{ij} = \sum_k\,x_{ik}\,w_{kj} + b_j \quad Z = XW + b$",
             "forward: $n$ samples $i$,\n$p$ inputs $k$, $m$ neurons $j$"),
            (r"$dw_{kj} = \sum_i\,x_{ik}\,d_{ij} \quad dW = X^{T}D$",
             "a weight works in every sample:\n$(p, n) \\cdot (n, m)$ gives $(p, m)$"),
            (r"$db_j = \sum_i\,d_{ij}$", "a bias too, with slope 1:\nadd the $n$ rows, $(1, m)$"),
            (r"$dx_{ik} = \sum_j\,d_{ij}\,w_{kj} \quad dX = D\,W^{T}$",
             "an input reaches every neuron:\n$(n, m) \\cdot (m, p)$ gives $(n, p)$"),
        ],
        {"$X$": "inputs, $(n, p)$", "$W$": "weights, $(p, m)$", "$b$": "biases, $(1, m)$",
         "$D$": "dvalues, $(n, m)$", "$dW$": "dweights", "$db,\\ dX$": "dbiases, dinputs"},
        sketch_shapes,
        check_dense,
        "Card: backwards through a dense layer dweights is the transposed inputs times dvalues, dbiases the sum of the "
        "rows of dvalues, and dinputs dvalues times the transposed weights; each has the shape of what it belongs to.",
        results=3,
    ),
    Card(
        "relu",
        "Backwards through ReLU",
        "A gate: open where the input was above zero.",
        [
            (r"$a = \max(0,\ z)$", "forward"),
            (r"$z > 0: \quad \frac{∂a}{∂z} = 1$", "there $a$ is $z$ itself"),
            (r"$z < 0: \quad \frac{∂a}{∂z} = 0$", "there $a$ stays 0, whatever $z$ does"),
            (r"$z = 0: \quad \frac{∂a}{∂z} = 0$", "a kink has no slope:\nwe agree on 0"),
            (r"$\frac{∂L}{∂z} = \frac{∂L}{∂a} \cdot \frac{∂a}{∂z}$",
             "chain rule: times 1 or times 0;\nthe input $z$ decides which"),
        ],
        {"$z$": "an input of ReLU", "$a$": "its output", "$L$": "the loss",
         "$∂L/∂a$": "one of dvalues", "$∂L/∂z$": "one of dinputs"},
        sketch_relu,
        check_relu,
        "Card: ReLU hands the gradient on unchanged where its input was above zero and makes it 0 elsewhere.",
    ),
    Card(
        "cross_entropy",
        "The slope of cross-entropy",
        "Only the probability of the right class counts.",
        [
            (r"$L_i = -\sum_j\,y_j \,\log\, ŷ_j$", "forward, for one sample"),
            (r"$\frac{d}{du}\,\log\,u = \frac{1}{u}$", "the slope of the logarithm of $u$"),
            (r"$\frac{∂L_i}{∂ŷ_j} = -\frac{y_j}{ŷ_j}$", "of the sum, only the term\nwith $ŷ_j$ in it has a slope"),
            (r"$\frac{∂L_i}{∂ŷ_k} = -\frac{1}{ŷ_k}\,, \quad \mathrm{else}\ \ 0$",
             "$y$ is 1 at the right class $k$, else 0.\nA small $ŷ_k$: a steep slope"),
        ],
        {"$ŷ_j$": "probability given to class $j$", "$y_j$": "1 if $j$ is the right class, else 0",
         "$k$": "the right class", "$L_i$": "the loss of one sample"},
        sketch_logarithm,
        check_cross_entropy,
        "Card: the slope of cross-entropy along the probability of the right class is minus one over it; along the "
        "other probabilities it is 0.",
    ),
    Card(
        "softmax_jacobian",
        "The slopes of softmax",
        "One score moves every probability.",
        [
            (r"$ŷ_j = \frac{e^{z_j}}{E}\,, \quad E = e^{z_1} + e^{z_2} + \ldots$",
             "forward, for one sample. The slope\nof $u/v$ is $(u'v - uv') \\,/\\, v^2$"),
            (r"$\frac{∂ŷ_j}{∂z_j} = \frac{e^{z_j}E - e^{z_j}e^{z_j}}{E^2} = ŷ_j\,(1 - ŷ_j)$",
             "its own score stands above\nand below the line"),
            (r"$\frac{∂ŷ_j}{∂z_l} = \frac{0 \cdot E - e^{z_j}e^{z_l}}{E^2} = -ŷ_j\,ŷ_l$",
             "another score, $l$ not $j$,\nstands only below"),
            (r"$\frac{∂ŷ_j}{∂z_l} = ŷ_j\,(\delta_{jl} - ŷ_l)$", "both in one line"),
            (r"$\frac{∂ŷ}{∂z} = \mathrm{diag}(ŷ) - ŷ\,ŷ^{T}$",
             "all at once: $ŷ$ on the diagonal,\nminus all products of two"),
        ],
        {"$z_j$": "score of class $j$", "$ŷ_j$": "its probability", "$\\delta_{jl}$": "1 if $j$ is $l$, else 0",
         "$∂ŷ/∂z$": "the Jacobian matrix", "$ŷ$": "here a column"},
        sketch_jacobian,
        check_jacobian,
        "Card: the slope of a softmax probability along its own score is the probability times one minus itself, along "
        "another score minus the product of both; as a matrix, the probabilities on the diagonal minus all products.",
    ),
    Card(
        "softmax_cross_entropy",
        "Softmax with cross-entropy",
        "Two long steps become a short one.",
        [
            (r"$\frac{∂L_i}{∂z_l} = \sum_j\,\frac{∂L_i}{∂ŷ_j} \cdot \frac{∂ŷ_j}{∂z_l}$",
             "chain rule: a score reaches the\nloss through every probability"),
            (r"$\quad\ = \sum_j\,-\frac{y_j}{ŷ_j} \cdot ŷ_j\,(\delta_{jl} - ŷ_l)$", "both slopes from their cards"),
            (r"$\quad\ = -\sum_j\,y_j\,\delta_{jl} + ŷ_l\,\sum_j\,y_j$", "$ŷ_j$ cancels; multiply out"),
            (r"$\quad\ = -y_l + ŷ_l \cdot 1$",
             "only $j = l$ is left of the first sum;\nthe second has a single 1 in it"),
            (r"$\frac{∂L_i}{∂z_l} = ŷ_l - y_l$", "prediction minus truth"),
        ],
        {"$z_l$": "score of class $l$", "$ŷ_l$": "its probability", "$y_l$": "1 if $l$ is right, else 0",
         "$\\delta_{jl}$": "1 if $j$ is $l$, else 0", "$L_i$": "the loss of one sample"},
        sketch_difference,
        check_together,
        "Card: through softmax and cross-entropy together the gradient at each score is the probability minus the "
        "truth, since the probability in the slope of softmax cancels the one in the slope of the loss.",
    ),
    Card(
        "mean_over_the_batch",
        "Why divide by the samples?",
        "The loss is a mean: each sample has one share.",
        [
            (r"$L = \frac{1}{n}\,(L_1 + L_2 + \ldots + L_n)$", "forward: the mean of a batch"),
            (r"$\frac{∂L}{∂L_i} = \frac{1}{n}$", "each sample's loss has\none share of $n$"),
            (r"$\frac{∂L}{∂z_i} = \frac{1}{n} \cdot \frac{∂L_i}{∂z_i}$",
             "chain rule: divide once,\nin backward of the loss"),
            (r"$\frac{∂L}{∂w} = \sum_i\,\frac{1}{n} \cdot \frac{∂L_i}{∂w}$",
             "then the layers only add up:\nit is a mean, whatever $n$ is"),
        ],
        {"$n$": "number of samples", "$L_i$": "loss of sample $i$", "$L$": "the mean loss",
         "$z_i$": "scores of sample $i$", "$w$": "any weight or bias"},
        sketch_mean,
        check_mean,
        "Card: the loss of a batch is the mean of its samples' losses, so the loss divides its gradient by the number "
        "of samples once, and the layers only add up.",
    ),
    Card(
        "squared_error",
        "The slope of the squared error",
        "The further away, the stronger the pull back.",
        [
            (r"$L_i = \frac{1}{J}\,\sum_j\,(y_j - ŷ_j)^2$", "forward, for one sample:\nthe mean over its $J$ outputs"),
            (r"$\frac{d}{du}\,u^2 = 2u$", "the slope of the square of $u$"),
            (r"$\frac{∂(y_j - ŷ_j)}{∂ŷ_j} = -1$", "one up in $ŷ_j$ is one down\nin the difference"),
            (r"$\frac{∂L_i}{∂ŷ_j} = -\frac{2}{J}\,(y_j - ŷ_j)$",
             "chain rule: multiply. For a batch,\ndivide by the samples as well"),
        ],
        {"$ŷ_j$": "an output: the prediction", "$y_j$": "its target", "$J$": "number of outputs",
         "$L_i$": "the loss of one sample"},
        sketch_parabola,
        check_squared_error,
        "Card: the slope of the mean squared error of one sample along an output is minus two times the difference, "
        "target minus output, divided by the number of outputs.",
    ),
    Card(
        "absolute_error",
        "The slope of the absolute error",
        "Near or far: the pull back is the same.",
        [
            (r"$L_i = \frac{1}{J}\,\sum_j\,|y_j - ŷ_j|$", "forward, for one sample:\nthe mean over its $J$ outputs"),
            (r"$\frac{d}{du}\,|u| = \mathrm{sign}\,(u)$",
             "a V: 1 right of 0, −1 left of it;\nat the kink we agree on 0"),
            (r"$\frac{∂(y_j - ŷ_j)}{∂ŷ_j} = -1$", "one up in $ŷ_j$ is one down\nin the difference"),
            (r"$\frac{∂L_i}{∂ŷ_j} = \frac{1}{J}\,\mathrm{sign}\,(ŷ_j - y_j)$",
             "chain rule: −1 turns it around. For\na batch, divide by samples as well"),
        ],
        {"$ŷ_j$": "an output: the prediction", "$y_j$": "its target", "$J$": "number of outputs",
         "$L_i$": "the loss of one sample"},
        sketch_sizes,
        check_absolute_error,
        "Card: the slope of the mean absolute error of one sample along an output is the sign of prediction minus "
        "target, divided by the number of outputs.",
    ),
    Card(
        "sigmoid",
        "The slope of sigmoid",
        "Steepest in the middle, nearly flat at both ends.",
        [
            (r"$a = \frac{1}{1 + e^{-z}}$", "forward"),
            (r"$\frac{∂a}{∂z} = -\frac{1}{(1 + e^{-z})^2} \cdot (-e^{-z})$",
             "$1/u$ is $u^{-1}$, its slope $-u^{-2}$;\ntimes the slope of $u = 1 + e^{-z}$"),
            (r"$\quad\ = \frac{1}{1 + e^{-z}} \cdot \frac{e^{-z}}{1 + e^{-z}}$",
             "the two minus signs cancel;\nwritten as a product"),
            (r"$\frac{e^{-z}}{1 + e^{-z}} = 1 - \frac{1}{1 + e^{-z}} = 1 - a$", "both parts together are 1"),
            (r"$\frac{∂a}{∂z} = a\,(1 - a)$", "the output alone is enough\nto know the slope"),
        ],
        {"$z$": "an input of sigmoid", "$a$": "its output, from 0 to 1"},
        sketch_sigmoid,
        check_sigmoid,
        "Card: the slope of sigmoid is its output times one minus its output.",
    ),
    Card(
        "binary_cross_entropy",
        "Slope of binary cross-entropy",
        "Yes costs by one logarithm, no by the other.",
        [
            (r"$L_j = -y_j\,\log\,ŷ_j - (1 - y_j)\,\log\,(1 - ŷ_j)$",
             "forward, for one output:\nyes or no, one of the two is 0"),
            (r"$\frac{d}{du}\,\log\,u = \frac{1}{u}$", "the slope of the logarithm of $u$"),
            (r"$\frac{d}{dŷ_j}\,\log\,(1 - ŷ_j) = -\frac{1}{1 - ŷ_j}$",
             "chain rule: the slope of\n$1 - ŷ_j$ is $-1$"),
            (r"$\frac{∂L_j}{∂ŷ_j} = -\frac{y_j}{ŷ_j} + \frac{1 - y_j}{1 - ŷ_j}$", "both terms, each with its sign"),
            (r"$\frac{∂L}{∂ŷ_j} = -\frac{1}{J}\,\left(\frac{y_j}{ŷ_j} - \frac{1 - y_j}{1 - ŷ_j}\right)$",
             "the sample's loss is a mean of $J$.\nFor a batch, divide by samples"),
        ],
        {"$ŷ_j$": "output $j$", "$y_j$": "1 for yes, 0 for no", "$J$": "number of outputs",
         "$L_j$": "loss of output $j$", "$L$": "loss of the sample"},
        sketch_yes_or_no,
        check_binary_cross_entropy,
        "Card: the slope of binary cross-entropy along an output is minus the truth over the output plus one minus the "
        "truth over one minus the output, divided by the number of outputs.",
    ),
    Card(
        "sigmoid_cross_entropy",
        "Sigmoid with cross-entropy",
        "Two long steps become a short one, once more.",
        [
            (r"$\frac{∂L_j}{∂z_j} = \frac{∂L_j}{∂ŷ_j} \cdot \frac{∂ŷ_j}{∂z_j}$",
             "chain rule: a score reaches\nthe loss on one path only"),
            (r"$\quad = \left(-\frac{y_j}{ŷ_j} + \frac{1 - y_j}{1 - ŷ_j}\right) \cdot ŷ_j\,(1 - ŷ_j)$",
             "both slopes from their cards"),
            (r"$\quad = -y_j\,(1 - ŷ_j) + (1 - y_j)\,ŷ_j$", "in each term one\ndenominator cancels"),
            (r"$\quad = -y_j + y_j\,ŷ_j + ŷ_j - y_j\,ŷ_j$", "multiply out: $y_j\\,ŷ_j$ goes"),
            (r"$\frac{∂L_j}{∂z_j} = ŷ_j - y_j$", "prediction minus truth, as with\nsoftmax; nothing to divide by"),
        ],
        {"$z_j$": "score $j$", "$ŷ_j$": "its sigmoid", "$y_j$": "1 for yes, 0 for no", "$L_j$": "loss of output $j$"},
        sketch_pull,
        check_sigmoid_together,
        "Card: through sigmoid and binary cross-entropy together the gradient at each score is the output minus the "
        "truth, since the denominators in the slope of the loss cancel the factors in the slope of sigmoid.",
    ),
    Card(
        "penalties",
        "The slopes of L1 and L2",
        "One pulls with constant force, the other fades.",
        [
            (r"$L = L_0 + \lambda_1 \sum\,|w| + \lambda_2 \sum\,w^2$",
             "forward: the data's loss,\nand a price for each weight"),
            (r"$\frac{d}{dw}\,w^2 = 2w$", "a bowl: the nearer to 0,\nthe weaker the pull"),
            (r"$\frac{d}{dw}\,|w| = 1 \ \ \mathrm{or}\ -1$", "a V: right of 0 it rises by 1,\nleft of 0 it falls by 1"),
            (r"$w = 0: \quad s = 1$", "a kink has no slope: the book\nsays 1, others say 0"),
            (r"$\frac{∂L}{∂w} = \frac{∂L_0}{∂w} + \lambda_1\,s + 2\,\lambda_2\,w$",
             "the slope of a sum is\nthe sum of the slopes"),
        ],
        {"$w$": "any weight or bias", "$s$": "its sign, 1 or −1", "$\\lambda_1,\\ \\lambda_2$": "strengths of L1, L2",
         "$L_0$": "loss of the data", "$L$": "loss with the price"},
        sketch_prices,
        check_penalties,
        "Card: the slope of the L2 penalty along a weight is two times its strength times the weight; that of the L1 "
        "penalty is its strength with the weight's sign; both are added to the gradient of the loss.",
    ),
    Card(
        "dropout",
        "There and back through dropout",
        "Some are switched off; the rest speaks louder.",
        [
            (r"$a = x \cdot \frac{m}{q}$", "forward: $m$ is 1 for a share $q$\nof the times, otherwise 0"),
            (r"$\mathrm{mean\ of}\ m = q \cdot 1 + (1 - q) \cdot 0 = q$", "two cases, each times its share"),
            (r"$\mathrm{mean\ of}\ a = x \cdot \frac{q}{q} = x$", "that is why we divide by $q$:\nthe mean stays"),
            (r"$\frac{∂a}{∂x} = \frac{m}{q}$",
             "on: $a$ is $x/q$, with slope $1/q$;\noff: $a$ stays 0, whatever $x$ is"),
            (r"$\frac{∂L}{∂x} = \frac{∂L}{∂a} \cdot \frac{m}{q}$",
             "chain rule: back through the\nsame mask, with the factor"),
        ],
        {"$x$": "an input", "$m$": "its mask, 1 or 0", "$q$": "share on, 1 − rate", "$a$": "the output",
         "$L$": "the loss"},
        sketch_dropout,
        check_dropout,
        "Card: dropout multiplies an input by a mask of 1 or 0 and divides by the share that stays on, so the mean "
        "stays; the gradient goes back through the same mask with the same factor.",
    ),
]  # fmt: skip


# ------------------------------------------------------------------------------------------------ drawing


def draw(card):
    """The card as a picture of 1200 × 900 pixels."""
    return Image.fromarray(np.asarray(draw_figure(card).canvas.buffer_rgba())[..., :3].copy())


def draw_figure(card):
    """The card as matplotlib's figure, drawn."""
    with matplotlib.rc_context(STYLE | MATHS):
        figure = Figure((WIDTH, HEIGHT), dpi=DPI, facecolor="white")
        canvas = FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, WIDTH), ylim=(0, HEIGHT))
        axes.set_axis_off()
        axes.add_patch(Rectangle((0, 0), 0.14, HEIGHT, color=BLUE, linewidth=0))
        axes.text(0.5, HEIGHT - 0.5, card.title, fontsize=20, weight="bold", va="center")
        axes.text(0.5, HEIGHT - 0.93, card.idea, fontsize=13, color=WORDS, va="center")
        draw_lines(axes, card.lines, card.results)
        draw_symbols(axes, card.symbols)
        card.sketch(figure)
        canvas.draw()
        return figure


def draw_lines(axes, lines, results, top=HEIGHT - 1.3, bottom=1.06):
    """The steps from top to bottom; the result stands on a green ground."""
    step = (top - bottom) / len(lines)
    box = FancyBboxPatch((0.38, bottom + 0.03), 7.36, step * results - 0.06, facecolor=TINT, edgecolor=GREEN,
                         boxstyle="round,pad=0,rounding_size=0.1", zorder=0)  # fmt: skip
    axes.add_patch(box)
    for number, (formula, reason) in enumerate(lines):
        middle = top - step * (number + 0.5)
        if 0 < number < len(lines) - results:
            axes.plot([0.5, 7.6], [middle + step / 2] * 2, color="#E6E6E6", linewidth=1)
        axes.text(0.55, middle, spelled(formula), fontsize=16 if len(lines) > 4 else 17, va="center")
        axes.text(4.7, middle, spelled(reason), fontsize=12, color=WORDS, va="center", linespacing=1.35)


def spelled(text):
    """The text with its signs as matplotlib spells them, and with large fractions."""
    return text.replace("ŷ", r"\hat{y}").replace("∂", r"\partial ").replace(r"\frac", r"\dfrac")


def draw_symbols(axes, symbols):
    """What each symbol means, in columns at the bottom."""
    axes.add_patch(Rectangle((0.14, 0), WIDTH, 0.92, color=GROUND, linewidth=0))
    columns = 3 if len(symbols) > 4 else 2
    for number, (symbol, meaning) in enumerate(symbols.items()):
        row, column = divmod(number, columns)
        rows = -(-len(symbols) // columns)
        x, y = 0.55 + column * 7.2 / columns, 0.46 + 0.17 * (rows - 1) - 0.34 * row
        text = axes.text(x, y, spelled(symbol), fontsize=14, va="center_baseline")
        box = text.get_window_extent(axes.figure.canvas.get_renderer()).transformed(axes.transData.inverted())
        axes.text(box.x1 + 0.14, y, spelled(meaning), fontsize=12, color=WORDS, va="center_baseline")


def png(picture):
    """The picture as the bytes of a small PNG file."""
    file = io.BytesIO()
    picture.quantize(96, dither=Image.Dither.NONE).save(file, format="png", optimize=True)
    return file.getvalue()


def index():
    """What index.json holds: for each card its file, its title, its sentence and its lines."""
    return [
        {"file": f"{card.name}.png", "title": card.title, "alt": card.alt, "lines": [list(line) for line in card.lines]}
        for card in CARDS
    ]


def main():
    FOLDER.mkdir(exist_ok=True)
    for card in CARDS:
        card.check()
        data = png(draw(card))
        (FOLDER / f"{card.name}.png").write_bytes(data)
        print(f"{card.name}.png: {len(data) / 1000:.0f} kB")
    (FOLDER / "index.json").write_text(json.dumps(index(), indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
