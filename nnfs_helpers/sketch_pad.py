"""The sketch pad: draw a piece of clothing, and watch what the network makes of it while you draw (chapter 22).

    sketch_pad(model, prepare, class_names)

You draw with the mouse or a finger; or you begin with a ready shape, or with a picture file, by buttons alone.
Nothing runs by itself: the pad works when something is drawn, and only then.
"""

import base64
import html
import threading
import time

import ipywidgets as widgets
import numpy as np
from ipyevents import Event

from nnfs_helpers.explore import ONE_AT_A_TIME, UNSEEN
from nnfs_helpers.figures.inference import AnswerPicture, SketchPicture
from nnfs_helpers.figures.png import quick_png
from nnfs_helpers.picture_files import PictureFileError, load_picture, resize, trim
from nnfs_helpers.playground import descendants, image_of, running_loop, where_it_is_made
from nnfs_helpers.playground_panel import alert, hint

SIDE = 280  # pixels of the paper along each side: ten for each one that the network sees
WHITE, INK = 255.0, 50.0
FRAME = 1  # pixels around the paper
PENS = {"thin": 6, "medium": 11, "thick": 20}  # half the width of the line, in pixels
SOFT = 3  # pixels over which the edge of a line fades
STEPS_BACK = 30
BETWEEN_ANSWERS = 1 / 40  # seconds: the bars do not move more often
PEN, RUBBER, FILL = "pen", "rubber", "fill"
WATCHED = ["mousedown", "mousemove", "mouseup", "touchstart", "touchmove", "touchend", "touchcancel", "dragstart"]


def mirrored(points):
    """The right half of an outline to the left one: both together, once around."""
    return [*points, *[(100 - x, y) for x, y in reversed(points)]]


# Ready shapes: corners, from 0 to 100, x to the right and y down. Those with a plus belong to others.
STAMPS = {
    "T-shirt": mirrored([(50, 14), (62, 8), (80, 15), (97, 38), (83, 46), (75, 36), (75, 93), (50, 94)]),
    "trousers": mirrored([(50, 5), (66, 5), (71, 50), (70, 96), (55, 96), (51, 36), (50, 36)]),
    "dress": mirrored([(50, 18), (56, 18), (60, 5), (64, 5), (66, 26), (60, 45), (76, 96), (50, 97)]),
    "bag": mirrored([(50, 36), (88, 38), (95, 90), (50, 92)]),
    "low shoe": [(4, 66), (22, 58), (46, 36), (54, 44), (76, 44), (90, 34), (96, 46), (97, 66), (97, 74), (4, 74)],
    "+ long sleeves": [[(66, 9), (82, 17), (97, 84), (84, 87), (70, 40)], [(34, 9), (18, 17), (3, 84), (16, 87),
                                                                          (30, 40)]],  # fmt: skip
    "+ shaft": [(52, 6), (97, 6), (97, 50), (46, 50)],
}
HANDLE = [(29, 40), (31, 22), (40, 11), (50, 8), (60, 11), (69, 22), (71, 40)]


def sketch_pad(model, prepare, class_names):
    """White paper and ten bars; see `SketchPad` for driving it from code.

    model: a trained model with ten outputs.
    prepare: your function from pixels, shape (height, width, 3), 0 to 255, to what the model takes, shape (1, 784).
    class_names: what the ten outputs mean.
    """
    return SketchPad(model, prepare, class_names)


def sketch_pad_still(model, prepare, class_names, stamp="trousers"):
    """What the sketch pad shows when it starts with a ready shape, as a `Picture`."""
    paper = Paper()
    paper.stamp(stamp)
    row = prepare(trim(paper.colours()))
    return SketchPicture().update(paper.colours(), row, model.predict(row), class_names)


# ------------------------------------------------------------------------------------------------ the paper


class Paper:
    """A sheet of SIDE by SIDE grey values, 0 (black) to 255 (white), and what was on it before."""

    def __init__(self):
        down, across = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
        self.down, self.across = down, across
        self.grey = np.full((SIDE, SIDE), WHITE, np.float32)
        self.before = []

    @property
    def is_empty(self):
        return bool((self.grey == WHITE).all())

    def colours(self):
        """shape (SIDE, SIDE, 3), uint8."""
        return np.repeat(self.grey.astype(np.uint8)[:, :, np.newaxis], 3, axis=2)

    def remember(self):
        """Call it before a change; `undo` takes the change back."""
        self.before = [*self.before[1 - STEPS_BACK:], self.grey.copy()]

    def undo(self):
        if self.before:
            self.grey = self.before.pop()

    def line(self, start, end, radius, ink=INK):
        """A soft line from one pixel (x, y) to another."""
        (x, y), (x_end, y_end) = start, end
        reach = radius + SOFT
        left, right = (int(np.clip(edge, 0, SIDE)) for edge in (min(x, x_end) - reach, max(x, x_end) + reach + 1))
        top, bottom = (int(np.clip(edge, 0, SIDE)) for edge in (min(y, y_end) - reach, max(y, y_end) + reach + 1))
        part = slice(top, bottom), slice(left, right)
        across, down = self.across[part] - x, self.down[part] - y
        dx, dy = x_end - x, y_end - y
        along = np.clip((across * dx + down * dy) / max(dx * dx + dy * dy, 1e-9), 0, 1)
        distance = np.hypot(across - along * dx, down - along * dy)
        self.cover(part, np.clip((radius - distance) / SOFT + 0.5, 0, 1), ink)

    def cover(self, part, share, ink):
        """Lay ink (or white, for the rubber) over a part; share: how much of it each pixel gets."""
        old = self.grey[part]
        new = old + share * (ink - old)
        self.grey[part] = np.minimum(old, new) if ink < WHITE else np.maximum(old, new)

    def fill(self, x, y, ink=110.0):
        """Fill the area around a pixel, as far as there is paper of about the same shade."""
        x, y = int(np.clip(x, 0, SIDE - 1)), int(np.clip(y, 0, SIDE - 1))
        allowed = np.pad(np.abs(self.grey - self.grey[y, x]) < 40, 1)
        area = np.zeros_like(allowed)
        area[y + 1, x + 1] = True
        size = 0
        while area.sum() > size:
            size = area.sum()
            for _ in range(8):
                wider = area.copy()
                wider[1:] |= area[:-1]
                wider[:-1] |= area[1:]
                wider[:, 1:] |= area[:, :-1]
                wider[:, :-1] |= area[:, 1:]
                area = wider & allowed
        self.grey[area[1:-1, 1:-1]] = ink

    def stamp(self, name):
        """Lay a ready shape on the paper."""
        corners = STAMPS[name]
        for outline in corners if isinstance(corners[0], list) else [corners]:
            self.polygon(np.array(outline, float) * SIDE / 100)
        if name == "bag":
            for start, end in zip(HANDLE, HANDLE[1:]):
                self.line(np.array(start) * SIDE / 100, np.array(end) * SIDE / 100, 6)

    def polygon(self, corners, ink=90.0):
        """Fill an outline: a pixel is inside when a ray from it crosses the outline an odd number of times."""
        inside = np.zeros((SIDE, SIDE), bool)
        for (x, y), (x_end, y_end) in zip(corners, np.roll(corners, -1, axis=0)):
            if y != y_end:
                between = (self.down < y) != (self.down < y_end)
                inside ^= between & (self.across < x + (self.down - y) * (x_end - x) / (y_end - y))
        self.cover((slice(None), slice(None)), inside.astype(np.float32), ink)

    def lay(self, pixels):
        """A picture in the middle of white paper, as large as fits."""
        height, width, _ = pixels.shape
        size = max(height, width)
        square = np.full((size, size), WHITE)
        down, across = (size - height) // 2, (size - width) // 2
        square[down:down + height, across:across + width] = pixels @ [0.299, 0.587, 0.114]
        self.grey = np.clip(resize(square, SIDE), 0, WHITE).astype(np.float32)


# -------------------------------------------------------------------------------------------------- the pad


class SketchPad(widgets.VBox):
    """Paper, bars and buttons.

    From code: draw, erase, fill, stamp, open_file, undo, clear, close; and pixels, probabilities, answer, error.
    """

    def __init__(self, model, prepare, class_names):
        self.model, self.prepare, self.class_names = model, prepare, list(class_names)
        self.paper = Paper()
        self.home, self.loop = threading.get_ident(), running_loop()
        self.cell, self.moment = where_it_is_made()
        self.last_place = None  # of the pen, while it is down
        self.answer_is_due, self.answered_at, self.is_closed = False, 0.0, False
        self.error = self.probabilities = None
        self.picture = AnswerPicture(4.6, SIDE / 96, side=1.35)
        side = f"{SIDE + 2 * FRAME}px"
        layout = widgets.Layout(width=side, height=side, border=f"{FRAME}px solid #888888", flex="0 0 auto")
        self.paper_image = widgets.Image(format="png", width=SIDE, height=SIDE, layout=layout)
        self.make_controls()
        self.paper.stamp("trousers")
        self.look()
        self.answer_image = image_of(self.picture)
        self.first_sentence = self.sentence_now()
        rows = [[self.tool, self.pen, self.undo_button, self.clear_button], [self.paper_image, self.answer_image],
                self.stamps, [self.trimmed, self.file]]  # fmt: skip
        super().__init__([*(self.row(*parts) for parts in rows), self.trouble, self.words])
        self.events = Event(source=self.paper_image, watched_events=WATCHED, prevent_default_action=True)
        self.events.on_dom_event(lambda event: self.at_home(self.when_touched, event))
        self.show_paper()
        self.show_words()
        take_place(self)

    def make_controls(self):
        self.tool = widgets.ToggleButtons(options=[PEN, RUBBER, FILL], tooltips=["Draw", "Rub out", "Fill an area"])
        self.tool.style.button_width = "5.5em"
        self.pen = widgets.Dropdown(options=PENS, value=PENS["medium"], description="line")
        self.pen.layout.width, self.pen.style.description_width = "10em", "2.2em"
        self.undo_button = self.button("Undo", "Take the last change back", self.undo, icon="undo")
        self.clear_button = self.button("Clear", "A new sheet of paper", self.clear, icon="trash")
        self.stamps = [self.button(name, "Lay this shape on the paper", lambda name=name: self.stamp(name))
                       for name in STAMPS]  # fmt: skip
        self.trimmed = widgets.Checkbox(value=True, indent=False, description="cut the paper away, as for the dataset")
        self.trimmed.layout.width = "auto"
        self.trimmed.observe(lambda _: self.at_home(self.show), names="value")
        self.file = widgets.FileUpload(accept="image/*", description="Open a picture", multiple=False)
        self.file.layout.width = "auto"
        self.file.observe(lambda _: self.at_home(self.when_uploaded), names="value")
        self.trouble, self.words = widgets.HTML(), widgets.HTML()

    def button(self, words, tooltip, action, icon=""):
        made = widgets.Button(description=words, tooltip=tooltip, icon=icon)
        made.layout.width, made.layout.flex = "auto", "0 0 auto"
        made.on_click(lambda _: self.at_home(action))
        return made

    def row(self, *parts):
        layout = widgets.Layout(flex_flow="row wrap", grid_gap="0 0.3em", align_items="center", max_width="740px")
        return widgets.HBox(parts, layout=layout)

    # -------------------------------------------------------------------------------------- from code

    @property
    def pixels(self):
        """What is on the paper, as a picture file would give it: shape (280, 280, 3), uint8."""
        return self.paper.colours()

    @property
    def answer(self):
        """The name of the most probable class."""
        return None if self.probabilities is None else self.class_names[int(np.argmax(self.probabilities))]

    def draw(self, points, radius=None):
        """A line through points (x, y), 0 to 280."""
        self.change(self.stroke, points, radius or self.pen.value, INK)

    def erase(self, points, radius=None):
        self.change(self.stroke, points, radius or self.pen.value, WHITE)

    def stroke(self, points, radius, ink):
        points = [*points] if len(points) > 1 else [points[0], points[0]]
        for start, end in zip(points, points[1:]):
            self.paper.line(start, end, radius, ink)

    def fill(self, x, y):
        """Fill the area around a pixel."""
        self.change(self.paper.fill, x, y)

    def stamp(self, name):
        """Lay a ready shape on the paper: one of STAMPS."""
        if name not in STAMPS:
            raise ValueError(f"sketch_pad: there is no shape {name!r}. The shapes are {', '.join(STAMPS)}.")
        self.change(self.paper.stamp, name)

    def open_file(self, source):
        """Lay a picture file, a path or bytes, on the paper. PictureFileError when it is none."""
        self.change(self.paper.lay, trim(load_picture(source)))

    def undo(self):
        self.paper.undo()
        self.show()

    def clear(self):
        self.change(self.paper.grey.fill, WHITE)

    def change(self, action, *arguments):
        self.paper.remember()
        action(*arguments)
        self.show()

    def close(self):
        """Give back everything that the page and the kernel hold of it."""
        self.is_closed = True
        if self in PADS:
            PADS.remove(self)
        for widget in (self.events, *descendants(self), self):
            for part in ("layout", "style"):
                if getattr(widget, part, None) is not None:
                    getattr(widget, part).close()
            widgets.Widget.close(widget)

    # -------------------------------------------------------------------------------------- from the page

    def at_home(self, function, *arguments):
        """Call a function in the thread in which the pad was made, as soon as that is free."""
        if self.loop is None or threading.get_ident() == self.home:
            function(*arguments)
        else:
            self.loop.call_soon_threadsafe(function, *arguments)

    def when_touched(self, event):
        """event: of the browser, for a mouse or a finger."""
        kind, position = event.get("event", ""), place_on_paper(event)
        if kind in ("mousedown", "touchstart") and position is not None:
            self.put_down(position)
        elif kind in ("mousemove", "touchmove") and None not in (self.last_place, position):
            if kind == "mousemove" and not event.get("buttons", 1) & 1:
                self.lift()  # it was let go outside
            else:
                self.go_on(position)
        elif kind in ("mouseup", "touchend", "touchcancel"):
            self.lift()

    def put_down(self, position):
        self.paper.remember()
        if self.tool.value == FILL:
            self.paper.fill(*position)
            self.show()
        else:
            self.last_place = position
            self.go_on(position)

    def go_on(self, position):
        """The pen moved: ink at once, an answer as soon as one is due."""
        ink = WHITE if self.tool.value == RUBBER else INK
        self.paper.line(self.last_place, position, self.pen.value, ink)
        self.last_place = position
        self.answer_soon()

    def lift(self):
        if self.last_place is not None:
            self.last_place = None
            self.show()

    def when_uploaded(self):
        """A file of the reader's. Whatever is in it, nothing worse happens than a sentence."""
        for item in self.file.value:
            try:
                self.open_file(bytes(item["content"]))
            except PictureFileError as problem:
                self.say(alert(str(problem).replace("The file", item["name"], 1)))

    # -------------------------------------------------------------------------------------- showing

    def answer_soon(self):
        """Many moves of the mouse may lie between two pictures: one picture is made of them all."""
        if self.loop is None:
            self.show()
        elif not self.answer_is_due:
            self.answer_is_due = True
            wait = self.answered_at + BETWEEN_ANSWERS - time.perf_counter()
            self.loop.call_later(max(wait, 0.001), self.answer_now)

    def answer_now(self):
        self.answer_is_due = False
        if not self.is_closed:
            self.show()

    def show(self):
        self.show_paper()
        self.look()
        self.answer_image.value = self.picture.png()
        self.answered_at = time.perf_counter()
        if self.last_place is None:
            self.show_words()

    def show_paper(self):
        self.paper_image.value = quick_png(self.paper.colours())

    def look(self):
        """Ask the network. What the reader's own functions raise is said in the page."""
        pixels = self.paper.colours()
        try:
            with ONE_AT_A_TIME:
                row = self.prepare(trim(pixels) if self.trimmed.value else pixels)
                self.probabilities = self.model.predict(row)[0]
            self.picture.update(row, self.probabilities, self.class_names)
            self.error = None
        except Exception as error:
            self.error, self.probabilities = error, None

    def show_words(self):
        """What is to be said; not while the pen moves."""
        if self.error is not None:
            self.say(alert(f"No answer: {type(self.error).__name__}: {self.error}"))
        elif self.paper.is_empty:
            self.say(hint("The paper is empty, and the network answers all the same."))
        else:
            self.say("")
        self.words.value = f'<span role="status" style="{UNSEEN}">{html.escape(self.sentence_now())}</span>'

    def sentence_now(self):
        return f"A sketch on white paper. {self.picture.alt}" if self.error is None else "No answer to the sketch."

    def say(self, words):
        self.trouble.value = words

    def _repr_mimebundle_(self, **options):
        """For pages without a kernel: the first picture and its sentence."""
        bundle = dict(super()._repr_mimebundle_(**options))
        bundle["image/png"] = base64.b64encode(self.answer_image.value).decode()
        bundle["text/plain"] = f"{self.first_sentence} (Run this cell to draw.)"
        return bundle


def place_on_paper(event):
    """The pixel of the paper that an event tells of, counted from the upper left corner; None without one.

    Not the event's own dataX and dataY: while the browser exchanges the image they are 0.
    """
    if event.get("event", "").startswith("touch"):
        event = (event.get("targetTouches") or event.get("changedTouches") or [{}])[0]
    width, height = event.get("boundingRectWidth"), event.get("boundingRectHeight")
    if not width or not height:
        return None
    scale_x, scale_y = SIDE / max(width - 2 * FRAME, 1), SIDE / max(height - 2 * FRAME, 1)
    return (event["relativeX"] - FRAME) * scale_x, (event["relativeY"] - FRAME) * scale_y


PADS = []  # all that are open


def take_place(pad):
    """What the same cell made when it ran before is closed."""
    for other in list(PADS):
        if pad.cell is not None and other.cell == pad.cell and other.moment != pad.moment:
            other.close()
    PADS.append(pad)
