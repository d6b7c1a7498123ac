"""A network in training at one glance: the plane, the loss, and what each hidden neuron sees."""

import textwrap

import numpy as np
from matplotlib.colors import to_rgb

from nnfs_helpers.figures.picture import FAINT, INK, MARKERS, PALETTE, PIXELS_PER_INCH, Picture
from nnfs_helpers.figures.plane import QuickImage, answers, lightened

WIDTH, HEIGHT = 691, 420  # pixels of the page, as all lengths here
PLANE = (58, 54, 322, 322)  # left, bottom, width, height
LOSS = (446, 224, 220, 130)
NEURONS = (446, 8, 234, 148)

LAST_EPOCHS = [factor * 10**power for power in range(2, 9) for factor in (1, 3)]  # where the loss curve may end
GREATEST_LOSS = 1.2  # a little more than what guessing among three classes costs
POINTS_OF_A_CURVE = 600  # more cannot be told apart
PLACES_ACROSS = 107  # so many places of the plane are asked for their class, across and up: one for 3 × 3 pixels
FEWEST_PLACES_ACROSS = 65  # for a large network
WORK = 6e7  # multiplications for one picture of the plane
LARGEST_TILE = 48
SILENT = 205  # the grey of a neuron that gives 0 everywhere
FRAME = 225  # the grey between the tiles
INK_OF_TILES = 255 * (1 - np.array(to_rgb(PALETTE[0]), dtype=np.float32))  # what the strongest colour takes from white


class PlaygroundPicture(Picture):
    """What `playground` shows of a `TrainingRun`."""

    def __init__(self):
        super().__init__(WIDTH / PIXELS_PER_INCH, HEIGHT / PIXELS_PER_INCH)
        self.figure.set_layout_engine("none")  # every length is known
        self.plane = Plane(self.add_axes(PLANE))
        self.loss = LossCurves(self.add_axes(LOSS))
        self.neurons = NeuronTiles(self.add_axes(NEURONS), NEURONS[2:])
        for words in (self.plane.axes.title, self.loss.training_words, self.loss.test_words):
            # They have room enough; what is clipped need not be measured again at each picture.
            words.set(clip_box=self.figure.bbox, clip_on=True)

    def add_axes(self, place):
        left, bottom, width, height = place
        return self.figure.add_axes((left / WIDTH, bottom / HEIGHT, width / WIDTH, height / HEIGHT))

    def update(self, run, window, kept=None, shows_test=False, cross=None):
        """Show a run as it is now.

        window: (middle, reach) of the plane. kept: (history, label) of another run to compare with.
        shows_test: whether to draw the test points too. cross: a place to be marked, or None.
        """
        now = run.measures()
        self.plane.show_window(*window)
        self.plane.show_points(run, shows_test)
        self.plane.show_cross(cross)
        if not run.has_diverged:  # else the last picture before stays
            self.plane.show_network(run.network)
            self.neurons.update(run.layers, *window)
        self.plane.show_title(run.epoch, now["accuracy"])
        self.loss.update(run.history, now, kept)
        self.alt = sentence(run, now, kept)
        return self

    def place_of(self, x, y):
        """The place of the plane at a pixel of the picture, counted from its upper left corner; None outside."""
        left, bottom, width, height = PLANE
        across, up = (x - left) / width, (HEIGHT - y - bottom) / height
        if not (0 <= across <= 1 and 0 <= up <= 1):
            return None
        (x_min, x_max), (y_min, y_max) = self.plane.axes.get_xlim(), self.plane.axes.get_ylim()
        return x_min + across * (x_max - x_min), y_min + up * (y_max - y_min)


# ------------------------------------------------------------------------------------------------ plane


class Plane:
    """The plane in the colours of the classes that the network sees there, and the points."""

    def __init__(self, axes):
        self.axes = axes
        self.window = None
        self.colours = np.array([lightened(colour) for colour in PALETTE], dtype=np.float32)
        white = np.full((1, 1, 3), 255, dtype=np.uint8)
        # Above the ticks (0.5), which then need not be painted again, and below the frame and the points.
        self.image = axes.add_image(QuickImage(axes, [0, 1], [0, 1], white, zorder=0.6))
        self.test = [self.add_points(label, is_test=True) for label in range(len(PALETTE))]
        self.training = [self.add_points(label, is_test=False) for label in range(len(PALETTE))]
        (self.cross,) = axes.plot([], [], "+", color=INK, markersize=16, markeredgewidth=2, zorder=4)
        axes.set(xlabel="first feature", ylabel="second feature")
        axes.locator_params(nbins=5)

    def add_points(self, label, is_test):
        """An empty group of points; those of the test are hollow."""
        look = {"facecolors": "white", "edgecolors": PALETTE[label], "linewidths": 1, "s": 14, "zorder": 2}
        if not is_test:
            look = {"facecolors": PALETTE[label], "edgecolors": "white", "linewidths": 0.5, "s": 24, "zorder": 3}
        return self.axes.scatter([], [], marker=MARKERS[label], **look)

    def show_window(self, middle, reach):
        """Changing it takes ten times as long as all else: only when it is another one."""
        if self.window == (middle, reach):
            return
        self.window = middle, reach
        x, y = middle
        self.axes.set(xlim=(x - reach, x + reach), ylim=(y - reach, y + reach))

    def show_points(self, run, shows_test):
        self.set_points(self.training, run.X, run.y)
        test = (run.X_test, run.y_test) if shows_test else (run.X_test[:0], run.y_test[:0])
        self.set_points(self.test, *test)

    def set_points(self, groups, points, labels):
        for label, group in enumerate(groups):
            chosen = points[labels == label]
            if not np.array_equal(chosen, group.get_offsets()):
                group.set_offsets(chosen)

    def show_cross(self, place):
        x, y = ([], []) if place is None else ([place[0]], [place[1]])
        self.cross.set_data(x, y)

    def show_network(self, network):
        across = places_across(network)
        (x, y), reach = self.window
        edges = np.linspace(-reach, reach, across + 1)
        middles = (edges[1:] + edges[:-1]) / 2
        places = np.column_stack([numbers.ravel() for numbers in np.meshgrid(x + middles, y + middles)])
        probabilities = answers(network, places)
        mixed = probabilities @ self.colours[: probabilities.shape[1]]
        pixels = (255 * mixed + 0.5).astype(np.uint8)
        self.image.set_data(x + edges, y + edges, pixels.reshape(across, across, 3))

    def show_title(self, epoch, accuracy):
        correct = "" if accuracy is None else f", {accuracy:.0%} correct"
        self.axes.set_title(f"epoch {epoch:,}{correct}")


def places_across(network):
    """Fewer for a large network, so that the picture comes as quickly."""
    weights = sum(layer.weights.size for layer in network if hasattr(layer, "weights"))
    return int(np.clip((WORK / weights) ** 0.5, FEWEST_PLACES_ACROSS, PLACES_ACROSS))


# ------------------------------------------------------------------------------------------------ loss


class LossCurves:
    """The loss of the training points and of the test points, and, pale, those of another run."""

    def __init__(self, axes):
        self.axes = axes
        self.last_epoch = LAST_EPOCHS[0]
        axes.set(xlim=(0, self.last_epoch), ylim=(0, GREATEST_LOSS), xlabel="epoch", ylabel="loss")
        axes.set_xticks([0, self.last_epoch])
        axes.set_yticks([0, 0.5, 1])
        axes.grid(axis="y")
        self.kept_test = self.add_curve(FAINT, "--")
        self.kept_training = self.add_curve(FAINT, "-")
        self.test = self.add_curve(PALETTE[1], "--")
        self.training = self.add_curve(PALETTE[0], "-")
        (self.dot,) = axes.plot([], [], "o", color=PALETTE[0], markersize=6, zorder=3)
        self.training_words = self.add_words(0, 1.04, PALETTE[0])
        self.test_words = self.add_words(0.53, 1.04, PALETTE[1])
        self.kept_words = self.add_words(0, 1.17, "#777777")
        self.kept_words.set_zorder(0)  # below what moves: seldom painted

    def add_curve(self, colour, style):
        (line,) = self.axes.plot([], [], style, color=colour, linewidth=1.8)
        return line

    def add_words(self, x, y, colour):
        return self.axes.text(x, y, "", color=colour, fontsize=11, transform=self.axes.transAxes, va="bottom")

    def update(self, history, now, kept):
        """history: the run's. now: the entry of the present epoch. kept: (history, label) or None."""
        epochs = [*history["epoch"], now["epoch"]]
        self.show_curve(self.training, epochs, [*history["loss"], now["loss"]])
        self.show_curve(self.test, epochs, [*history["test_loss"], now["test_loss"]])
        self.dot.set_data([now["epoch"]], [number(now["loss"])])
        self.training_words.set_text(words("training", now["loss"]))
        self.test_words.set_text(words("test", now["test_loss"]))
        self.show_kept(kept)
        self.show_until(max(epochs[-1], kept[0]["epoch"][-1] if kept else 0))

    def show_kept(self, kept):
        history, label = kept or ({"epoch": [], "loss": [], "test_loss": []}, "")
        self.show_curve(self.kept_training, history["epoch"], history["loss"])
        self.show_curve(self.kept_test, history["epoch"], history["test_loss"])
        lines = textwrap.wrap(f"kept: {label}", 36, max_lines=2, placeholder=" …") if label else []
        self.kept_words.set_text("\n".join(lines))

    def show_curve(self, line, epochs, losses):
        every = max(1, len(epochs) // POINTS_OF_A_CURVE)
        line.set_data([*epochs[::every], *epochs[-1:]], [number(loss) for loss in [*losses[::every], *losses[-1:]]])

    def show_until(self, epoch):
        last_epoch = next((last for last in LAST_EPOCHS if last >= epoch), epoch)
        if last_epoch != self.last_epoch:
            self.last_epoch = last_epoch
            self.axes.set_xlim(0, last_epoch)
            self.axes.set_xticks([0, last_epoch], ["0", f"{last_epoch:,}"])


def number(loss):
    """A gap in the curve where there is no loss; along the upper edge where it is greater than what is shown."""
    return np.nan if loss is None else min(loss, GREATEST_LOSS)


def words(name, loss):
    return "" if loss is None else f"{name} {loss:.3f}"


# --------------------------------------------------------------------------------------------- neurons


class NeuronTiles:
    """A small map of the plane for each hidden neuron: white where it gives 0, blue where it speaks up."""

    def __init__(self, axes, size):
        self.axes = axes
        self.width, self.height = size
        white = np.full((self.height, self.width, 3), 255, dtype=np.uint8)
        edges = np.arange(self.width + 1), np.arange(self.height + 1)
        self.image = axes.add_image(QuickImage(axes, *edges, white, zorder=1))
        self.edges = edges
        axes.set(xlim=(0, self.width), ylim=(0, self.height))
        axes.axis("off")
        self.title = axes.text(0, self.height + 4, "", fontsize=11, zorder=0)

    def update(self, layers, middle, reach):
        """layers: of the network, dense layers with their activations between them."""
        sizes = [layer.weights.shape[1] for layer in layers[:-1:2]]
        tile, places = tiling(tuple(sizes), self.width, self.height)
        canvas = np.full((self.height, self.width, 3), 255, dtype=np.uint8)
        outputs = hidden_outputs(layers, middle, reach, tile - 2) if sizes else []
        maps = [pixels for output in outputs for pixels in coloured(output, tile - 2)]
        for (top, left), pixels in zip(places, maps):
            canvas[top : top + tile, left : left + tile] = FRAME
            canvas[top + 1 : top + tile - 1, left + 1 : left + tile - 1] = pixels
        self.image.set_data(*self.edges, canvas[::-1])
        self.title.set_text(tiles_title(sum(sizes)))


def tiling(sizes, width, height):
    """(tile, places): the largest tiles with which all neurons fit, and the upper left corner of each.

    Each layer begins a new row.
    """
    tile = LARGEST_TILE
    while tile > 4 and sum(-(-size // (width // tile)) for size in sizes) * tile + 4 * len(sizes) > height:
        tile -= 1
    across, top, places = width // tile, 0, []
    for size in sizes:
        rows = -(-size // across)
        places += [(top + tile * (n // across), tile * (n % across)) for n in range(size)]
        top += tile * rows + 4
    return tile, places


def hidden_outputs(layers, middle, reach, across):
    """What the hidden layers give at across × across places of the plane: arrays (places, neurons)."""
    steps = np.linspace(-reach, reach, across)
    # From the top of the plane down, as pixels are counted.
    grid = np.meshgrid(middle[0] + steps, middle[1] - steps)
    outputs, inputs = [], np.column_stack([numbers.ravel() for numbers in grid]).astype(np.float32)
    for layer in layers[:-1:2]:
        inputs = np.maximum(0, inputs @ layer.weights + layer.biases)
        outputs.append(inputs)
    return outputs


def coloured(outputs, across):
    """From what a layer gives to pixels, shape (neurons, across, across, 3).

    White for 0, blue for the largest number that a neuron gives anywhere.
    """
    largest = outputs.max(axis=0)
    shares = outputs / np.where(largest > 0, largest, 1)
    pixels = (255.5 - shares.T[..., np.newaxis] * INK_OF_TILES).astype(np.uint8)
    pixels[~(largest > 0)] = SILENT
    return pixels.reshape(-1, across, across, 3)


def tiles_title(neurons):
    if not neurons:
        return "no hidden neurons"
    return f"{neurons} neuron{'s' * (neurons > 1)} (grey: silent)"


# ---------------------------------------------------------------------------------------------- sentence


def sentence(run, now, kept):
    """What is to be seen, in words that hold on every machine."""
    network = "-".join(map(str, run.sizes))
    text = f"A {network} network on {run.settings.data}, {run.settings.optimizer} at {run.settings.learning_rate:g}, "
    text += f"after {run.epoch} epochs: "
    if run.has_diverged:
        return text + "the loss is no longer a number."
    if now["accuracy"] is None:
        return text + "there are no points yet."
    text += f"{share(now['accuracy'])} of the training points "
    if now["test_accuracy"] is not None:
        text += f"and {share(now['test_accuracy'])} of the test points "
    text += "lie on their own colour."
    return text + (f" Pale, the loss of another run: {kept[1]}." if kept else "")


def share(part):
    """A share in words; broad ones, as runs differ a little from machine to machine."""
    bounds = [(0.45, "fewer than half"), (0.55, "about half"), (0.7, "more than half"), (0.95, "most")]
    return next((words for bound, words in bounds if part < bound), "nearly all")
