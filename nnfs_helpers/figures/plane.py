"""Points of a plane, and what a network says about every place of it (chapters 3 to 19)."""

import copy

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.image import PcolorImage

from nnfs_helpers.figures.curves import LossCurve
from nnfs_helpers.figures.picture import PALETTE, Picture, scatter_classes

PLACES_ACROSS = 150  # so many places across and up are asked for their class
BLOCK = 2048  # so many at a time: their numbers then stay in the processor's fast memory


class PointsPicture(Picture):
    """Points of a plane, each class with its colour and marker.

    points: shape (samples, 2). labels: shape (samples,), whole numbers from 0.
    """

    def __init__(self, width=4.2, height=4.0):
        super().__init__(width, height)
        self.axes = self.figure.subplots()
        self.groups = []

    def update(self, points, labels):
        for group in self.groups:
            group.remove()
        self.groups = scatter_classes(self.axes, points, labels)
        prepare_plane(self.axes, limit_of(points))
        sizes = np.bincount(labels)
        self.alt = f"{len(labels)} points of a plane in {len(sizes)} classes of {listed(sizes)} points."
        return self


class DecisionBoundary(Picture):
    """The plane in the colours of the classes that a network sees there, with the data's points on it.

    points: shape (samples, 2). labels: shape (samples,), whole numbers from 0.
    last_epoch: with it, a loss curve up to that epoch stands beside the plane; greatest_loss is its top.
    """

    def __init__(self, points, labels, last_epoch=None, greatest_loss=1.2):
        has_curve = last_epoch is not None
        super().__init__(6.5 if has_curve else 3.9, 3.4 if has_curve else 3.7)
        self.points, self.labels = np.asarray(points), np.asarray(labels)
        parts = self.figure.subplots(1, 1 + has_curve, squeeze=False, width_ratios=[1.2, 1][: 1 + has_curve])[0]
        self.plane = ColouredPlane(parts[0], limit_of(points))
        scatter_classes(parts[0], points, labels)
        self.curve = LossCurve(parts[1], last_epoch, greatest_loss) if has_curve else None

    def update(self, network, epochs=None, losses=None):
        """network: a list of layers, or a function from points to class probabilities; see `answers`.

        epochs, losses: for the curve, one entry each for every epoch so far.
        """
        self.plane.update(network)
        right = np.mean(answers(network, self.points).argmax(axis=1) == self.labels)
        self.plane.axes.set_title(f"{right:.0%} correct")
        self.alt = f"The plane coloured by class; about {5 * round(20 * right)}% of the points lie on their own colour."
        if self.curve is not None:
            self.curve.update(epochs, losses)
            self.alt += f" Beside it the loss, {losses[-1]:.1f} at epoch {epochs[-1]}."
        return self


class ColouredPlane:
    """A plane in one part of a picture: at each place the colours of the classes, mixed by their probabilities."""

    def __init__(self, axes, limit):
        self.axes = axes
        self.edges = np.linspace(-limit, limit, PLACES_ACROSS + 1)
        middles = (self.edges[1:] + self.edges[:-1]) / 2
        self.places = np.column_stack([numbers.ravel() for numbers in np.meshgrid(middles, middles)])
        self.colours = np.array([lightened(colour) for colour in PALETTE], dtype=np.float32)
        white = np.full((PLACES_ACROSS, PLACES_ACROSS, 3), 255, dtype=np.uint8)
        # Above the ticks (0.5), which then need not be painted again, and below the frame and the points.
        self.image = axes.add_image(QuickImage(axes, self.edges, self.edges, white, zorder=0.6))
        prepare_plane(axes, limit)

    def update(self, network):
        probabilities = answers(network, self.places)
        mixed = probabilities @ self.colours[: probabilities.shape[1]]
        pixels = (255 * mixed + 0.5).astype(np.uint8)
        self.image.set_data(self.edges, self.edges, pixels.reshape(PLACES_ACROSS, PLACES_ACROSS, 3))


class QuickImage(PcolorImage):
    """The kind of image that matplotlib paints fastest, made to fill its axes."""

    def get_window_extent(self, renderer=None):
        return self.axes.bbox


def answers(network, points):
    """The class probabilities that a network gives to each point, shape (points, classes), float32.

    network: a list of layers, each with `forward` and then `output`; they are used as copies and stay as they are.
    Or a function that takes points and returns probabilities. Where a network gives any other numbers, the class
    with the largest counts as certain.
    Raises ValueError when the answer has another shape.
    """
    predict = network if callable(network) else through(network)
    points = np.asarray(points, dtype=np.float32)
    blocks = []
    for start in range(0, len(points), BLOCK):
        block = points[start : start + BLOCK]
        answer = np.asarray(predict(block), dtype=np.float32)
        if answer.ndim != 2 or len(answer) != len(block):
            raise ValueError(
                f"The network was given {len(block)} points and answered with an array of shape {answer.shape}; "
                f"a row for each point and a column for each class is needed, for example ({len(block)}, 3)."
            )
        blocks.append(answer)
    return as_probabilities(np.concatenate(blocks))


def through(layers):
    """The function that sends points through copies of the layers, in float32."""
    layers = [copy.copy(layer) for layer in layers]
    for layer in layers:
        for name in {"weights", "biases"} & vars(layer).keys():
            setattr(layer, name, np.asarray(getattr(layer, name), dtype=np.float32))

    def predict(points):
        for layer in layers:
            layer.forward(points)
            points = layer.output
        return points

    return predict


def as_probabilities(numbers):
    """`numbers`, if each row is not negative and adds up to 1; else 1 for the largest of each row and 0 for others."""
    if numbers.min() >= 0 and np.allclose(numbers.sum(axis=1), 1, atol=1e-3):
        return numbers
    return np.eye(numbers.shape[1], dtype=np.float32)[numbers.argmax(axis=1)]


def lightened(colour, white=0.6):
    """The colour with a part of white, as three numbers from 0 to 1."""
    return (1 - white) * np.array(to_rgb(colour)) + white


def limit_of(points):
    """How far a square around 0 has to reach to show all points."""
    return 1.1 * float(np.abs(points).max())


def prepare_plane(axes, limit):
    axes.set(xlim=(-limit, limit), ylim=(-limit, limit), aspect="equal")
    axes.set(xlabel="first feature", ylabel="second feature")
    axes.locator_params(nbins=5)


def listed(numbers):
    *first, last = map(str, numbers)
    return f"{', '.join(first)} and {last}" if first else last
