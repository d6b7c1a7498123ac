"""The playground: watch a network learn, and change everything about it while it does.

    playground(seed=0)

It trains with the classes of the course, as far as they have been built, in short slices on the kernel's own loop:
between two slices the kernel is free for other cells.
"""

import asyncio
import base64
import sys
import threading
import time
from collections import deque
from dataclasses import asdict

import ipywidgets as widgets
import numpy as np
from ipyevents import Event

from nnfs_helpers.explore import ONE_AT_A_TIME
from nnfs_helpers.figures.playground import PlaygroundPicture
from nnfs_helpers.playground_panel import MOST_LAYERS, MOST_NEURONS, REMOVE, Panel, alert, hint
from nnfs_helpers.training_run import (  # noqa: F401
    DATA_SETS,
    OWN,
    OwnPoints,
    Settings,
    TrainingRun,
    circles_data,
    moons_data,
    named_optimizers,
)

SLICE = 0.02  # seconds: after so long in training a picture is due
PICTURE_TIME = 1 / 35  # seconds from one picture to the next, if the machine can
BREATH = 0.004  # seconds: at least so long the kernel is free between two pictures
PICTURES_PER_BEAT = 16  # are sent before the page has to show that it is still there
NOBODY = 60  # seconds without a sign of the page: nobody is watching any more


def playground(
    seed=0, *, data=None, samples=100, noise=0.0, hidden=(64,), optimizer=None, learning_rate=0.05, l2=0.0,
    dropout=0.0, optimizers=None, X=None, y=None, X_test=None, y_test=None,
):  # fmt: skip
    """A network in training, with its controls; see `Playground` for driving it from code.

    seed: for the data, the first weights and dropout. The same seed and settings give the same run.
    data: "spiral", "vertical", "circles", "moons" or "own points". samples: points per class.
    noise: the spread of what is added to each coordinate.
    hidden: how many neurons each hidden layer has, such as [16, 16].
    optimizers: those to choose from, a list of classes or a dictionary from names to classes, or to pairs such as
        (Optimizer_SGD, {"momentum": 0.9}). Without it those of nnfs_helpers.
    optimizer: the name of the one to begin with, such as "Adam".
    l2, dropout: a preview of chapters 14 and 15.
    X, y, X_test, y_test: points of your own, shape (samples, 2), and their labels, whole numbers from 0 to 7.
    """
    return Playground(make_run(**locals()))


def playground_still(epochs=300, seed=0, **settings):
    """What the playground shows after so many epochs, as a `Picture`. settings: see `playground`."""
    run = make_run(seed=seed, **settings)
    run.train(epochs)
    return PlaygroundPicture().update(run, window_of(run))


def make_run(optimizers=None, X=None, y=None, X_test=None, y_test=None, **settings):
    """The run for the arguments of `playground`. Raises ValueError or TypeError, with what to do."""
    own = OwnPoints.from_arrays(X, y, X_test, y_test)
    optimizers = named_optimizers(optimizers)
    usual = {"data": "spiral" if X is None else OWN, "optimizer": "Adam" if "Adam" in optimizers else [*optimizers][-1]}
    settings = usual | {name: value for name, value in settings.items() if value is not None}
    return TrainingRun(Settings(**checked_settings(settings, optimizers)), own, optimizers)


def checked_settings(settings, optimizers):
    """The settings, with `hidden` as a tuple. Raises ValueError or TypeError for one that is not possible."""
    known = asdict(Settings())
    for name in settings:
        if name not in known:
            raise TypeError(f"playground: there is no setting {name!r}. The settings are {', '.join(known)}.")
    settings = dict(settings)
    if "hidden" in settings:
        settings["hidden"] = tuple(map(int, np.atleast_1d(settings["hidden"])))
    limits = {
        "data": (lambda data: data in DATA_SETS, f"one of {', '.join(map(repr, DATA_SETS))}"),
        "optimizer": (lambda name: name in optimizers, f"one of {', '.join(map(repr, optimizers))}"),
        "hidden": (lambda sizes: len(sizes) <= MOST_LAYERS and all(1 <= size <= MOST_NEURONS for size in sizes),
                   f"up to {MOST_LAYERS} numbers from 1 to {MOST_NEURONS}, such as [16, 16]"),
        "samples": (lambda number: number >= 2, "at least 2"),
        "seed": (lambda number: 0 <= number < 2**31, "a whole number from 0"),
        "learning_rate": (lambda rate: rate > 0, "greater than 0"),
        "noise": (lambda noise: noise >= 0, "at least 0"),
        "l2": (lambda l2: l2 >= 0, "at least 0"),
        "dropout": (lambda rate: 0 <= rate < 1, "at least 0 and less than 1"),
    }  # fmt: skip
    for name, value in settings.items():
        is_possible, wanted = limits[name]
        if not is_possible(value):
            raise ValueError(f"playground: {name}={value!r} does not work; {name} is {wanted}.")
    return settings


def window_of(run):
    """(middle, reach): the part of the plane to be shown."""
    data_set = DATA_SETS[run.settings.data]
    if run.settings.data != OWN or np.abs(run.own.points).max(initial=0) <= data_set.reach:
        return data_set.middle, data_set.reach
    low, high = run.own.points.min(axis=0), run.own.points.max(axis=0)
    middle = tuple(map(float, (low + high) / 2))
    return middle, float(0.55 * (high - low).max()) or 1.0


# ------------------------------------------------------------------------------------------------ the box


class Playground(widgets.VBox):
    """Controls, the picture, and a `TrainingRun`.

    From code: play, pause, step, reset, set, compare, forget, add_point, remove_point, close; and
    epoch, loss, accuracy, history, network, settings, code, is_playing.

    Everything happens in the thread in which it was made; JupyterLab may run the work for a control in another one.
    """

    def __init__(self, run):
        self.run = run
        self.home, self.loop = threading.get_ident(), running_loop()
        self.cell, self.moment = where_it_is_made()
        self.task = None
        self.kept = None
        self.error = None
        self.speedometer = Speedometer()
        self.picture = PlaygroundPicture().update(run, window_of(run))
        self.first_sentence = self.picture.alt
        self.image = image_of(self.picture)
        self.panel = Panel(self, run, self.at_home)
        super().__init__([*self.panel.top, self.image, *self.panel.bottom])
        self.watch_page()
        self.show()
        take_place(self)

    def watch_page(self):
        self.clicks = Event(source=self.image, watched_events=["click"])
        self.clicks.on_dom_event(lambda event: self.at_home(self.when_clicked, event))
        self._view_count = 0  # from now on the page counts in how many places the box is shown
        self.observe(lambda change: self.at_home(self.when_views_change, change), names="_view_count")

    # ---------------------------------------------------------------------------------------- from code

    @property
    def is_playing(self):
        return self.task is not None

    @property
    def epoch(self):
        return self.run.epoch

    @property
    def loss(self):
        return self.run.measures()["loss"]

    @property
    def accuracy(self):
        return self.run.measures()["accuracy"]

    @property
    def history(self):
        return self.run.history

    @property
    def network(self):
        return self.run.network

    @property
    def settings(self):
        return asdict(self.run.settings)

    @property
    def code(self):
        return self.run.code

    def play(self):
        """Go on training until `pause`. It happens while no cell is running."""
        if self.is_playing or not self.run.can_train:
            return
        self.loop = self.loop or running_loop()
        if self.loop is None:
            raise RuntimeError("Nothing can go on by itself here; box.step(epochs=100) trains at once.")
        for other in PLAYGROUNDS:
            other.pause()
        self.speedometer = Speedometer()
        self.beat()
        self.task = self.loop.create_task(self.keep_going(), name="playground")
        self.panel.show_playing(True)

    def pause(self):
        if self.is_playing:
            self.task.cancel()
            self.task = None
            self.panel.show_playing(False)
            self.show_words()

    def step(self, epochs=1):
        """Pause, and train so many epochs at once."""
        self.pause()
        self.attempt(self.run.train, epochs)

    def reset(self):
        """Pause; then the first weights again, epoch 0."""
        self.pause()
        self.attempt(self.run.reset)

    def set(self, **values):
        """Change settings, such as box.set(learning_rate=0.1, hidden=[16, 16], data="moons").

        data, samples, noise, seed and hidden make a new network; the others act from the next epoch on. If it
        plays, it goes on playing. Raises ValueError or TypeError for a setting that is not possible.
        """
        values = checked_settings(values, self.run.optimizers)
        self.panel.show_settings({**self.settings, **values})
        self.attempt(self.run.change, **values)

    def compare(self):
        """Keep the curve of this run: pale, with its settings as a label, beside those of the next ones."""
        history, now = self.run.history, self.run.measures()
        self.kept = {name: [*history[name], now[name]] for name in history}, self.run.label
        self.show()

    def forget(self):
        """Take the kept curve away."""
        self.kept = None
        self.show()

    def add_point(self, x, y, label):
        """Place a point of your own. The network in training goes on with it."""
        if self.run.settings.data != OWN:
            self.set(data=OWN)
        self.attempt(self.run.add_point, (x, y), label)

    def remove_point(self, x=None, y=None):
        """Take away the point of your own that is nearest to (x, y); the last one if no place is given."""
        if self.run.settings.data == OWN and len(self.run.own.points):
            number = len(self.run.own.points) - 1 if x is None else self.run.own.nearest((x, y))
            self.attempt(self.run.remove_point, number)

    def close(self):
        """Stop, and give back everything that the page and the kernel hold of it."""
        self.pause()
        if self in PLAYGROUNDS:
            PLAYGROUNDS.remove(self)
        for widget in [self.clicks, *descendants(self), self]:
            for part in ("layout", "style"):
                if getattr(widget, part, None) is not None:
                    getattr(widget, part).close()
            widgets.Widget.close(widget)

    # ---------------------------------------------------------------------------------------- while it plays

    async def keep_going(self):
        """Slice by slice, as long as the page takes the pictures."""
        while True:
            start = time.perf_counter()
            if self.pictures_due > 0:
                self.pictures_due -= 1
                self.tick()
            elif start - self.last_beat > NOBODY:
                self.pause()
            taken = time.perf_counter() - start
            await asyncio.sleep(max(BREATH, PICTURE_TIME - taken))

    def beat(self):
        """The page is there, and has taken what was sent before."""
        self.pictures_due = PICTURES_PER_BEAT
        self.last_beat = time.perf_counter()

    def tick(self):
        """Train for a moment, then show the picture."""
        self.attempt(self.train_for_a_moment)
        if self.error or not self.run.can_train:
            self.pause()

    def train_for_a_moment(self):
        """As many epochs as are wanted for a picture, or fewer where they take too long."""
        end = time.perf_counter() + SLICE
        last = self.run.epoch + (self.panel.speed.value or 10**9)
        while self.run.can_train and self.run.epoch < last and time.perf_counter() < end:
            self.run.train(1)

    # ---------------------------------------------------------------------------------------- from the page

    def at_home(self, function, *arguments):
        """Call a function in the thread in which the playground was made, as soon as that is free."""
        if self.loop is None or threading.get_ident() == self.home:
            function(*arguments)
        else:
            self.loop.call_soon_threadsafe(function, *arguments)

    def when_views_change(self, change):
        """The cell was cleared, deleted or run again: nobody sees it any more."""
        if change["old"] and not change["new"]:
            self.pause()

    def when_clicked(self, event):
        """event: of the browser, with the pixel of the picture, counted from its upper left corner."""
        place = self.picture.place_of(event.get("dataX", -1), event.get("dataY", -1))
        if place is not None and self.run.settings.data == OWN:
            self.use_tool(*place)

    def use_tool(self, x, y):
        """Place or remove a point, whichever is chosen."""
        if self.panel.tool.value == REMOVE:
            self.remove_point(x, y)
        else:
            self.add_point(x, y, self.panel.tool.value)

    # ---------------------------------------------------------------------------------------- showing

    def attempt(self, function, *arguments, **named_arguments):
        """Do something with the reader's classes, and show the outcome. What they raise is said in the page."""
        self.error = None
        with ONE_AT_A_TIME:
            try:
                function(*arguments, **named_arguments)
            except Exception as error:
                self.error = error
        self.show()

    def show(self):
        """Bring the picture up to date, and the words."""
        try:
            self.picture.update(
                self.run, window_of(self.run), self.kept, self.panel.test_points.value, self.panel.cross
            )
            self.image.value = self.picture.png()
        except Exception as error:
            self.error = error
        self.speedometer.note(self.run.epoch)
        if not self.is_playing:
            self.show_words()
        elif self.speedometer.is_due():
            self.panel.show_speed(self.speedometer.words())
        self.panel.show_kept(self.kept)
        self.panel.show_trouble(self.trouble())

    def show_words(self):
        """The sentence for screen readers, and the code: not while both change all the time."""
        self.panel.show_sentence(self.picture.alt)
        self.panel.show_code(self.code)

    def trouble(self):
        """What stands in the way, as HTML."""
        if self.error is not None:
            return alert(f"Training stopped with {type(self.error).__name__}: {self.error}")
        if self.run.has_diverged:
            return alert("The loss is no longer a number. Is the learning rate too high? Lower it and press Reset.")
        if not self.run.can_train:
            return hint("Choose a class and click in the plane. Training needs points of at least two classes.")
        return ""

    def _repr_mimebundle_(self, **options):
        """For pages without a kernel: the first picture and its sentence."""
        bundle = dict(super()._repr_mimebundle_(**options))
        bundle["image/png"] = base64.b64encode(self.image.value).decode()
        bundle["text/plain"] = f"{self.first_sentence} (Run this cell to play.)"
        return bundle


def image_of(picture):
    """The picture in a frame that keeps its size."""
    width, height = picture.size
    layout = widgets.Layout(width=f"{width}px", height=f"{height}px", flex="0 0 auto")
    return widgets.Image(value=picture.png(), format="png", width=width, height=height, layout=layout)


class Speedometer:
    """How many epochs and pictures a second there are."""

    SECONDS = 1.0  # over which it is measured
    DUE = 0.25  # seconds between two readings

    def __init__(self):
        self.notes = deque()
        self.read = 0

    def note(self, epoch):
        """One more picture, at this epoch."""
        now = time.perf_counter()
        self.notes.append((now, epoch))
        while now - self.notes[0][0] > self.SECONDS:
            self.notes.popleft()

    def is_due(self):
        return time.perf_counter() - self.read > self.DUE and len(self.notes) > 2

    def words(self):
        self.read = time.perf_counter()
        (start, first), (end, last) = self.notes[0], self.notes[-1]
        epochs, pictures = (last - first) / (end - start), (len(self.notes) - 1) / (end - start)
        return f"{epochs:,.0f} epochs and {pictures:.0f} pictures a second"


# ---------------------------------------------------------------------------------------- one at a time

PLAYGROUNDS = []  # all that are open


def take_place(box):
    """Of all playgrounds at most one goes on, and what the same cell made when it ran before is closed."""
    for other in list(PLAYGROUNDS):
        other.pause()
        if box.cell is not None and other.cell == box.cell and other.moment != box.moment:
            other.close()
    PLAYGROUNDS.append(box)


def where_it_is_made():
    """(the cell's id, the id of this run of it), or a pair of None outside a notebook."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    request = shell.get_parent() if hasattr(shell, "get_parent") else {}
    return request.get("metadata", {}).get("cellId"), request.get("header", {}).get("msg_id")


def running_loop():
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def descendants(box):
    """All widgets inside a box."""
    for child in getattr(box, "children", ()):
        yield from descendants(child)
        yield child
