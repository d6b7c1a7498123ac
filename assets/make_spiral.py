"""Draws spiral.gif, the moving picture of the README: the network of chapter 10 learns the spiral.

Run it from the project's folder: python assets/make_spiral.py
"""

import io
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from nnfs.datasets import spiral_data
from PIL import Image

from nnfs_helpers import (
    Activation_ReLU,
    Activation_Softmax,
    Activation_Softmax_Loss_CategoricalCrossentropy,
    Layer_Dense,
    Optimizer_Adam,
)
from nnfs_helpers.precision import book_precision

PICTURE = Path(__file__).with_name("spiral.gif")
EPOCHS = 5_000
FRAMES = 75
FRAME_MILLISECONDS = 90
LAST_FRAME_MILLISECONDS = 4000

COLOURS = ["#0072B2", "#E69F00", "#009E73"]  # Okabe and Ito's blue, orange and bluish green
MARKERS = ["o", "s", "^"]
INK = "#333333"
REACH = 1.08  # the picture shows the plane from -REACH to REACH
GRID = 180  # squares along each side, each coloured by the network's answer there
CONFIDENCE_STEPS = np.array([0.0, 0.5, 0.7, 0.85, 0.95])
STRENGTH = np.array([0.16, 0.24, 0.32, 0.41, 0.50])  # how strong the class's colour is at each step


def frame_epochs():
    """The epochs that get a frame: close together at first, when most happens, then ever further apart."""
    return set(np.unique(np.geomspace(1, EPOCHS + 1, FRAMES).astype(int) - 1).tolist())


def plane():
    """The middle of each square of the picture, as samples of shape (GRID * GRID, 2)."""
    line = np.linspace(-REACH, REACH, GRID)
    return np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)


def train(X, y):
    """Train the network; yields, before each step, loss, accuracy, and where a frame is due the answers.

    The answers are the probabilities at each place of the plane, shape (GRID * GRID, 3), otherwise None.
    """
    hidden, relu, output = Layer_Dense(2, 64), Activation_ReLU(), Layer_Dense(64, 3)
    softmax, softmax_and_loss = Activation_Softmax(), Activation_Softmax_Loss_CategoricalCrossentropy()
    optimizer = Optimizer_Adam(learning_rate=0.05, decay=1e-3)

    def forward(samples):
        hidden.forward(samples)
        relu.forward(hidden.output)
        output.forward(relu.output)

    shown = frame_epochs()
    for epoch in range(EPOCHS + 1):
        answers = None
        if epoch in shown:
            forward(plane())
            softmax.forward(output.output)
            answers = softmax.output

        forward(X)
        loss = softmax_and_loss.forward(output.output, y)
        accuracy = np.mean(softmax_and_loss.output.argmax(axis=1) == y)
        yield float(loss), float(accuracy), answers

        softmax_and_loss.backward(softmax_and_loss.output, y)
        output.backward(softmax_and_loss.dinputs)
        relu.backward(output.dinputs)
        hidden.backward(relu.dinputs)
        optimizer.pre_update_params()
        optimizer.update_params(hidden)
        optimizer.update_params(output)
        optimizer.post_update_params()


def tinted(probabilities):
    """The colour of each square, shape (GRID, GRID, 3): the likeliest class's, the stronger the surer."""
    colours = np.array([to_rgb(colour) for colour in COLOURS])[probabilities.argmax(axis=1)]
    step = np.searchsorted(CONFIDENCE_STEPS, probabilities.max(axis=1), side="right") - 1
    strength = STRENGTH[step][:, np.newaxis]
    return (strength * colours + (1 - strength)).reshape(GRID, GRID, 3)


class Film:
    """One figure, drawn once for each frame."""

    def __init__(self, X, y):
        self.figure = Figure(figsize=(7.2, 3.6), dpi=100, facecolor="white")
        FigureCanvasAgg(self.figure)
        self.plane = self.figure.add_axes((0.015, 0.03, 0.47, 0.94))
        self.curve = self.figure.add_axes((0.615, 0.175, 0.365, 0.555))
        self.draw_points(X, y)
        self.draw_curve()
        self.epoch = self.figure.text(0.535, 0.875, "", fontsize=17, weight="bold", color=INK)
        self.accuracy = self.figure.text(0.535, 0.79, "", fontsize=12, color=INK)

    def draw_points(self, X, y):
        extent = (-REACH, REACH, -REACH, REACH)
        blank = np.ones((GRID, GRID, 3))
        self.areas = self.plane.imshow(blank, origin="lower", extent=extent, interpolation="bilinear")
        for number, (colour, marker) in enumerate(zip(COLOURS, MARKERS)):
            x_values, y_values = X[y == number].T
            style = {"c": colour, "marker": marker, "edgecolors": "white", "linewidths": 0.6}
            self.plane.scatter(x_values, y_values, s=22, **style)
        self.plane.set_axis_off()

    def draw_curve(self):
        self.curve.set(xlim=(1, EPOCHS), ylim=(0, 1.2), xscale="log", yticks=[0, 0.5, 1])
        self.curve.xaxis.set_major_formatter("{x:,.0f}")
        self.curve.set_xlabel("epoch", fontsize=12, color=INK)
        self.curve.set_ylabel("loss", fontsize=12, color=INK)
        self.curve.tick_params(labelsize=11, colors=INK)
        self.curve.tick_params(which="minor", length=0)
        self.curve.spines[["top", "right"]].set_visible(False)
        (self.line,) = self.curve.plot([], [], color="#D55E00", linewidth=2)
        (self.dot,) = self.curve.plot([], [], "o", color="#D55E00", markersize=7, clip_on=False)

    def frame(self, losses, accuracy, probabilities):
        """The picture after as many epochs as there are losses."""
        epochs = np.arange(1, len(losses) + 1)
        self.areas.set_data(tinted(probabilities))
        self.line.set_data(epochs, losses)
        self.dot.set_data(epochs[-1:], losses[-1:])
        self.epoch.set_text(f"epoch {len(losses) - 1:,}")
        self.accuracy.set_text(f"{accuracy:.0%} of the points on their own colour")
        file = io.BytesIO()
        self.figure.savefig(file, format="png", dpi=100)
        return Image.open(file).convert("RGB")


def save(frames, picture, frame_milliseconds=FRAME_MILLISECONDS):
    """Write the frames as a GIF that loops, all in one set of colours so that nothing shimmers."""
    first_middle_last = np.vstack([frames[0], frames[len(frames) // 2], frames[-1]])
    palette = Image.fromarray(first_middle_last).quantize(128, kmeans=3)
    # The background is white, not almost white.
    colours = [255 if colour > 248 else colour for colour in palette.getpalette()]
    palette.putpalette(colours)
    flat = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    durations = [frame_milliseconds] * (len(flat) - 1) + [LAST_FRAME_MILLISECONDS]
    flat[0].save(picture, save_all=True, append_images=flat[1:], duration=durations, loop=0, optimize=True)


def main():
    with book_precision(seed=0):
        X, y = spiral_data(samples=100, classes=3)
        steps = list(train(X, y))

    film = Film(X, y)
    losses = [loss for loss, _, _ in steps]
    frames = [
        film.frame(losses[: epoch + 1], accuracy, answers)
        for epoch, (_, accuracy, answers) in enumerate(steps)
        if answers is not None
    ]
    save(frames, PICTURE)
    megabytes = PICTURE.stat().st_size / 1e6
    print(f"{PICTURE.name}: {len(frames)} frames, {megabytes:.2f} MB, last loss {losses[-1]:.3f}")


if __name__ == "__main__":
    main()
