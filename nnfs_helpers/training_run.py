"""A network in training that can be changed on the way, and the code that makes the same network.

`TrainingRun` is what `nnfs_helpers.playground` shows; it works without a page too. It drives the classes of the
course: layers, activations, the loss, and the optimizers that it is given.
"""

import contextlib
import inspect
import textwrap
from dataclasses import dataclass, replace

import numpy as np
from nnfs.datasets import spiral_data, vertical_data

from nnfs_helpers.figures.plane import through

NOTED_EVERY = 10  # epochs between two entries of the history
MANY_POINTS = 60  # so many points of one's own, and the code names them instead of listing them
TEST_SEED = 1_000_000  # added to the seed for the test points: others than any training points


# ------------------------------------------------------------------------------------------------- data


def circles_data(samples, classes):
    """Rings around each other: points of the shape (samples * classes, 2) and their labels."""
    points = []
    for label in range(classes):
        angles = np.linspace(0, 2 * np.pi, samples)
        radii = (label + 1) / classes + 0.05 * np.random.randn(samples)
        points.append(np.column_stack([radii * np.cos(angles), radii * np.sin(angles)]))
    return np.concatenate(points), np.repeat(np.arange(classes), samples)


def moons_data(samples, classes=2):
    """Two half circles, one hooked into the other: points of the shape (samples * 2, 2) and their labels."""
    angles = np.linspace(0, np.pi, samples)
    upper = np.column_stack([np.cos(angles), np.sin(angles)])
    points = np.concatenate([upper, (1, 0.5) - upper]) + 0.08 * np.random.randn(samples * classes, 2)
    return points, np.repeat(np.arange(classes), samples)


@dataclass(frozen=True)
class DataSet:
    """make: gives points and labels. home: the module it is imported from.

    middle, reach: the window of the plane that shows it, from `middle - reach` to `middle + reach`.
    """

    make: object = None
    classes: int = 3
    home: str = ""
    middle: tuple = (0.0, 0.0)
    reach: float = 1.3


OWN = "own points"
DATA_SETS = {
    "spiral": DataSet(spiral_data, 3, "nnfs.datasets"),
    "vertical": DataSet(vertical_data, 3, "nnfs.datasets", middle=(0.33, 0.5), reach=0.8),
    "circles": DataSet(circles_data, 3, "nnfs_helpers.playground"),
    "moons": DataSet(moons_data, 2, "nnfs_helpers.playground", middle=(0.5, 0.25), reach=1.9),
    OWN: DataSet(),
}
NO_POINTS = np.zeros((0, 2), dtype=np.float32), np.zeros(0, dtype=int)


@dataclass(frozen=True, eq=False)
class OwnPoints:
    """Points of the reader's own.

    points: shape (samples, 2). labels: shape (samples,). test: a pair of such arrays, maybe empty.
    """

    points: np.ndarray
    labels: np.ndarray
    test: tuple

    @classmethod
    def from_arrays(cls, X=None, y=None, X_test=None, y_test=None):
        """Raises ValueError with what to do when the arrays are not points of a plane and their labels."""
        points, labels = checked_points("X", X, "y", y)
        return cls(points, labels, checked_points("X_test", X_test, "y_test", y_test))

    @property
    def classes(self):
        return int(max([2, *self.labels, *self.test[1]])) + 1

    def with_point(self, point, label):
        new = np.array([point], dtype=np.float32)
        return replace(self, points=np.concatenate([self.points, new]), labels=np.append(self.labels, label))

    def without(self, number):
        return replace(self, points=np.delete(self.points, number, axis=0), labels=np.delete(self.labels, number))

    def nearest(self, point):
        """The number of the point that is nearest to a place."""
        return int(np.argmin(np.sum((self.points - point) ** 2, axis=1)))


def checked_points(points_name, points, labels_name, labels):
    if points is None and labels is None:
        return NO_POINTS
    points, labels = np.array(points, dtype=np.float32), np.array(labels)
    if points.ndim != 2 or points.shape[1] != 2 or labels.shape != points.shape[:1]:
        raise ValueError(
            f"{points_name} has the shape {points.shape} and {labels_name} the shape {labels.shape}; needed are "
            f"points of a plane, shape (samples, 2), and a label for each of them, shape (samples,)."
        )
    if not np.issubdtype(labels.dtype, np.integer) or labels.min(initial=0) < 0 or labels.max(initial=0) > 7:
        raise ValueError(f"{labels_name}: the labels are whole numbers from 0 to 7.")
    return points, labels.astype(int)


# --------------------------------------------------------------------------------------------- settings


@dataclass(frozen=True)
class Settings:
    """What a run depends on, besides the reader's own points.

    samples: points per class. noise: the spread of what is added to each coordinate.
    hidden: the neurons of each hidden layer. optimizer: a name.
    l2: how hard large weights are punished. dropout: the share of hidden neurons switched off in each epoch.
    """

    data: str = "spiral"
    samples: int = 100
    noise: float = 0.0
    seed: int = 0
    hidden: tuple = (64,)
    optimizer: str = "Adam"
    learning_rate: float = 0.05
    l2: float = 0.0
    dropout: float = 0.0

    @property
    def label(self):
        """In a few words, for a curve in a plot."""
        neurons = "-".join(map(str, self.hidden)) or "no hidden layer"
        parts = [f"{self.optimizer} {self.learning_rate:g}", neurons]
        parts += [f"{name} {value:g}" for name, value in self.previews.items() if value]
        parts += [f"noise {self.noise:g}"] if self.noise else []
        return ", ".join([*parts, self.data])

    @property
    def previews(self):
        """What later chapters build."""
        return {"L2": self.l2, "dropout": self.dropout}


# Another value of one of these asks for a new network. The others act on the one in training.
STARTS_ANEW = {"data", "samples", "noise", "seed", "hidden"}


def named_optimizers(given=None):
    """A dictionary from each name to (class, its arguments besides the learning rate).

    given: a list of classes, or a dictionary from names to classes or to pairs (class, dictionary of arguments).
        A class in a list that knows momentum appears twice, without and with it. None: those of nnfs_helpers.
    Raises ValueError when there is none.
    """
    if given is None:
        import nnfs_helpers

        names = ["Optimizer_SGD", "Optimizer_Adagrad", "Optimizer_RMSprop", "Optimizer_Adam"]
        given = [getattr(nnfs_helpers, name) for name in names if hasattr(nnfs_helpers, name)]
    if isinstance(given, dict):
        found = {name: one if isinstance(one, tuple) else (one, {}) for name, one in given.items()}
    else:
        found = {}
        for one in given:
            name = one.__name__.removeprefix("Optimizer_")
            found[name] = (one, {})
            if "momentum" in inspect.signature(one).parameters:
                found[f"{name} with momentum"] = (one, {"momentum": 0.9})
    if not found:
        raise ValueError(
            "There is no optimizer yet. Hand over those that you have built: playground(optimizers=[Optimizer_SGD])."
        )
    return found


# ------------------------------------------------------------------------------------------------- run


@dataclass
class Change:
    """What was changed between two epochs.

    settings: those from here on. is_exchanged: whether the optimizer is a new one.
    left_over: the names of what the one before had left on the layers.
    points: a line of code for each of the reader's points that came or went.
    """

    settings: Settings
    is_exchanged: bool = False
    left_over: tuple = ()
    points: tuple = ()


class TrainingRun:
    """A network in training.

    settings: `Settings`. own: `OwnPoints`. optimizers: see `named_optimizers`.
    X, y: the training points, shapes (samples, 2) and (samples,). X_test, y_test: points it never trains on.
    sizes: how many numbers go through the network, from the two features to the classes.
    layers: dense layers with ReLU between them. network: the same with softmax at the end.
    epoch: how many have been trained. history: a dictionary of lists, an entry each every ten epochs.
    has_diverged: the loss is no longer a number, and nothing more can be learned.
    """

    def __init__(self, settings, own, optimizers):
        self.settings = settings
        self.own = own
        self.optimizers = optimizers
        self.reset()

    def reset(self):
        """New data, a new network, epoch 0."""
        self.start = self.settings, self.own
        self.changes = {}
        self.epoch = 0
        self.has_diverged = False
        with random_numbers(self.settings.seed):
            self.X, self.y = self.make_data(self.own.points, self.own.labels)
            self.make_layers()
        with random_numbers(self.settings.seed + TEST_SEED):
            self.X_test, self.y_test = self.make_data(*self.own.test)
        self.masks = np.random.default_rng(self.settings.seed)
        self.make_optimizer()
        self.history = {name: [] for name in ["epoch", "loss", "accuracy", "test_loss", "test_accuracy"]}
        self.note()

    def make_data(self, own_points, own_labels):
        data_set = DATA_SETS[self.settings.data]
        if data_set.make is None:
            return own_points, own_labels
        points, labels = data_set.make(samples=self.settings.samples, classes=data_set.classes)
        if self.settings.noise:
            points += self.settings.noise * np.random.randn(*points.shape)
        return points.astype(np.float32), labels

    def make_layers(self):
        import nnfs_helpers as built  # as far as the reader has come

        classes = self.own.classes if self.settings.data == OWN else DATA_SETS[self.settings.data].classes
        self.sizes = [2, *self.settings.hidden, classes]
        self.layers = []
        for inputs, neurons in zip(self.sizes, self.sizes[1:]):
            self.layers += [built.Layer_Dense(inputs, neurons), built.Activation_ReLU()]
        self.layers.pop()  # behind the last layer comes softmax
        self.loss_activation = built.Activation_Softmax_Loss_CategoricalCrossentropy()
        self.judge = built.Loss_CategoricalCrossentropy()
        self.network = [*self.layers, built.Activation_Softmax()]

    @property
    def dense_layers(self):
        return self.layers[::2]

    def make_optimizer(self):
        chosen, arguments = self.optimizers[self.settings.optimizer]
        self.optimizer = chosen(learning_rate=self.settings.learning_rate, **arguments)

    # ---------------------------------------------------------------------------------------- training

    @property
    def can_train(self):
        """Whether there is anything to learn: points of two classes, and a loss that is a number."""
        return not self.has_diverged and len(np.unique(self.y)) > 1

    def train(self, epochs=1):
        """So many epochs, or fewer when the loss is no longer a number."""
        if not self.can_train:
            return
        with np.errstate(all="ignore"):
            for _ in range(epochs):
                loss = self.one_epoch()
                self.epoch += 1
                if not np.isfinite(loss):
                    self.has_diverged = True
                    return
                if self.epoch % NOTED_EVERY == 0:
                    self.note()

    def one_epoch(self):
        """Forward, backward, update; gives the loss before the update."""
        output = self.X
        for layer in self.layers:
            layer.forward(output)
            output = self.dropped(layer, layer.output)
        loss = self.loss_activation.forward(output, self.y)
        self.loss_activation.backward(self.loss_activation.output, self.y)
        gradient = self.loss_activation.dinputs
        for layer in reversed(self.layers):
            layer.backward(self.dropped_gradient(layer, gradient))
            gradient = layer.dinputs
        self.optimizer.pre_update_params()
        for layer in self.dense_layers:
            if self.settings.l2:
                layer.dweights += 2 * self.settings.l2 * layer.weights  # a preview of chapter 14
            self.optimizer.update_params(layer)
        self.optimizer.post_update_params()
        return loss

    def dropped(self, layer, output):
        """A preview of chapter 15: some hidden neurons are switched off, the others speak up for them."""
        rate = self.settings.dropout
        if not rate or hasattr(layer, "weights"):
            return output
        layer.mask = (self.masks.random(output.shape) >= rate) / np.float32(1 - rate)
        return output * layer.mask

    def dropped_gradient(self, layer, gradient):
        if not self.settings.dropout or hasattr(layer, "weights"):
            return gradient
        return gradient * layer.mask

    # ---------------------------------------------------------------------------------------- looking

    def predict(self, points):
        """Class probabilities, shape (points, classes); the network stays as it is."""
        with np.errstate(all="ignore"):
            return through(self.network)(points)

    def measure(self, points, labels):
        """(loss, accuracy), or a pair of None where there are no points."""
        if not len(points):
            return None, None
        probabilities = self.predict(points)
        with np.errstate(all="ignore"):
            loss = self.judge.calculate(probabilities, labels)
        return float(loss), float(np.mean(probabilities.argmax(axis=1) == labels))

    def measures(self):
        """The present entry of the history, as a dictionary."""
        training, test = self.measure(self.X, self.y), self.measure(self.X_test, self.y_test)
        return dict(zip(self.history, [self.epoch, *training, *test]))

    def note(self):
        for name, value in self.measures().items():
            self.history[name].append(value)

    # ---------------------------------------------------------------------------------------- changing

    def change(self, **values):
        """Other settings: for the network in training, or for a new one where they ask for that."""
        old, self.settings = self.settings, replace(self.settings, **values)
        changed = {name for name in values if getattr(old, name) != getattr(self.settings, name)}
        if changed & STARTS_ANEW or not self.epoch:
            self.reset()
            return
        change = self.change_here()
        if "optimizer" in changed:
            self.exchange_optimizer(change)
        elif "learning_rate" in changed:
            self.optimizer.learning_rate = self.optimizer.current_learning_rate = self.settings.learning_rate

    def change_here(self):
        """The note about what is changed at the present epoch."""
        change = self.changes.setdefault(self.epoch, Change(self.settings))
        change.settings = self.settings
        return change

    def exchange_optimizer(self, change):
        """The new one starts from nothing: what the old one had left on the layers goes."""
        left_over = {name for layer in self.dense_layers for name in set(vars(layer)) - self.names_of_a_layer()}
        for layer in self.dense_layers:
            for name in left_over:
                delattr(layer, name)
        change.is_exchanged = True
        change.left_over += tuple(sorted(left_over))
        self.make_optimizer()

    def names_of_a_layer(self):
        """What a layer has that no optimizer has come near."""
        layer = type(self.layers[0])(1, 1)
        layer.forward(np.ones((1, 1), dtype=np.float32))
        layer.backward(np.ones((1, 1), dtype=np.float32))
        return set(vars(layer))

    def add_point(self, point, label):
        """One more point of the reader's own; the network goes on with it, or starts anew for a new class."""
        point = np.round(np.array(point, dtype=np.float32), 2)
        self.own = self.own.with_point(point, label)
        self.use_own_points(f"X, y = np.vstack([X, np.float32({plain(point)})]), np.append(y, {label})")

    def remove_point(self, number):
        """One of the reader's own points goes; the network goes on without it."""
        self.own = self.own.without(number)
        self.use_own_points(f"X, y = np.delete(X, {number}, axis=0), np.delete(y, {number})")

    def use_own_points(self, line):
        if not self.epoch or self.own.classes > self.sizes[-1]:
            self.reset()
            return
        self.X, self.y = self.own.points, self.own.labels
        self.change_here().points += (line,)

    # ---------------------------------------------------------------------------------------- as code

    @property
    def label(self):
        """The settings in a few words."""
        return self.settings.label + (" (changed on the way)" if self.code_of_changes() else "")

    @property
    def code(self):
        """A program that makes the same network, to copy."""
        return "\n".join([*self.code_of_data(), *self.code_of_network(), "", *self.code_of_loop()]) + "\n"

    def was_used(self, name):
        """Whether a setting was ever another one than 0."""
        all_settings = [self.start[0], *(change.settings for change in self.changes.values())]
        return any(getattr(settings, name) for settings in all_settings)

    def code_of_data(self):
        settings, own = self.start
        data_set = DATA_SETS[settings.data]
        if data_set.make:
            sources = [f"from {data_set.home} import {settings.data}_data"]
            data = [f"X, y = {settings.data}_data(samples={settings.samples}, classes={data_set.classes})"]
            data += [f"X += {settings.noise} * np.random.randn(*X.shape)  # noise"] if settings.noise else []
            data += ["X = X.astype(np.float32)"]
        elif len(own.points) > MANY_POINTS:
            sources = []
            data = ["X, y = np.array(X, dtype=np.float32), np.array(y)  # your own points"]
        else:
            sources = []
            data = [*wrapped(f"X = np.array({plain(own.points)}, dtype=np.float32)"),
                    *wrapped(f"y = np.array({own.labels.tolist()})")]  # fmt: skip
        lines = ["import numpy as np", *sources, "from nnfs_helpers import *", ""]
        return [*lines, f"np.random.seed({settings.seed})", *data]

    def code_of_network(self):
        settings = self.start[0]
        pairs = zip(self.sizes, self.sizes[1:])
        layers = ", Activation_ReLU(), ".join(f"Layer_Dense({inputs}, {neurons})" for inputs, neurons in pairs)
        lines = [
            *wrapped(f"layers = [{layers}]"),
            "loss_activation = Activation_Softmax_Loss_CategoricalCrossentropy()",
            f"optimizer = {self.code_of_optimizer(settings)}",
        ]
        if self.was_used("l2"):
            lines.append(f"l2 = {settings.l2}")
        if self.was_used("dropout"):
            lines += [f"dropout = {settings.dropout}", f"rng = np.random.default_rng({settings.seed})"]
        return lines

    def code_of_optimizer(self, settings):
        chosen, arguments = self.optimizers[settings.optimizer]
        texts = [f"{name}={value!r}" for name, value in {"learning_rate": settings.learning_rate, **arguments}.items()]
        return f"{chosen.__name__}({', '.join(texts)})"

    def code_of_loop(self):
        has_l2, has_dropout = self.was_used("l2"), self.was_used("dropout")
        lines = [*self.code_of_changes(), *FORWARD]
        lines += DROP_OUTPUT if has_dropout else []
        lines += BACKWARD
        lines += DROP_GRADIENT if has_dropout else []
        lines += UPDATE
        lines += PENALTY if has_l2 else []
        lines += UPDATE_END
        return [f"for epoch in range({self.epoch}):", *indented(lines)]

    def code_of_changes(self):
        """What was changed on the way, at its epoch."""
        lines, settings = [], self.start[0]
        for epoch, change in self.changes.items():
            inner = self.code_of_change(change, settings)
            if inner and epoch < self.epoch:
                lines += [f"if epoch == {epoch}:", *indented(inner)]
            settings = change.settings
        return lines

    def code_of_change(self, change, before):
        after, lines = change.settings, []
        for name in ("l2", "dropout"):
            if getattr(after, name) != getattr(before, name):
                lines.append(f"{name} = {getattr(after, name)}")
        if change.is_exchanged:
            lines.append(f"optimizer = {self.code_of_optimizer(after)}")
        elif after.learning_rate != before.learning_rate:
            lines.append(f"optimizer.learning_rate = optimizer.current_learning_rate = {after.learning_rate}")
        if change.left_over:
            names = ", ".join(f"layer.{name}" for name in change.left_over)
            lines += ["for layer in layers[::2]:  # what the optimizer before left there", f"    del {names}"]
        return [*lines, *change.points]


# The lines of the training loop that is printed, the same as `TrainingRun.one_epoch`.
FORWARD = """\
output = X
for layer in layers:
    layer.forward(output)
    output = layer.output""".splitlines()
DROP_OUTPUT = """\
    if dropout and isinstance(layer, Activation_ReLU):  # a preview of chapter 15
        layer.mask = (rng.random(output.shape) >= dropout) / np.float32(1 - dropout)
        output = output * layer.mask""".splitlines()
BACKWARD = """\
loss = loss_activation.forward(output, y)
loss_activation.backward(loss_activation.output, y)
gradient = loss_activation.dinputs
for layer in reversed(layers):""".splitlines()
DROP_GRADIENT = """\
    if dropout and isinstance(layer, Activation_ReLU):
        gradient = gradient * layer.mask""".splitlines()
UPDATE = """\
    layer.backward(gradient)
    gradient = layer.dinputs
optimizer.pre_update_params()
for layer in layers[::2]:""".splitlines()
PENALTY = """\
    if l2:  # a preview of chapter 14
        layer.dweights += 2 * l2 * layer.weights""".splitlines()
UPDATE_END = """\
    optimizer.update_params(layer)
optimizer.post_update_params()""".splitlines()


def indented(lines):
    return [f"    {line}" for line in lines]


def wrapped(line):
    """A long line of code, broken inside its brackets."""
    return textwrap.wrap(line, 100, subsequent_indent="    ", break_long_words=False)


def plain(points):
    """An array of float32 numbers as the shortest text that means the same, such as [[0.31, -0.5]]."""
    return str([[float(str(number)) for number in point] for point in np.atleast_2d(points)])


@contextlib.contextmanager
def random_numbers(seed):
    """NumPy's random numbers from a seed; afterwards the reader's own go on as if nothing had been."""
    state = np.random.get_state()
    np.random.seed(seed)
    try:
        yield
    finally:
        np.random.set_state(state)
