"""How a figure is painted again in a few milliseconds: the inner working of `Picture`.

What stands still is painted once and kept as pixels, the *background*. For a new picture those pixels are put back
and only the rest is painted over them. The outcome has to be, to the pixel, what painting everything gives;
so the rest is not only what moved but also all that lies above it.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox


class Painting:
    """A figure's pixels, kept up to date with little work.

    canvas: the figure's `FigureCanvasAgg`.
    """

    def __init__(self, canvas):
        self.canvas = canvas
        self.figure = canvas.figure
        self.moving = set()  # the artists that have changed since the first painting
        self.background = None
        self.layers = []
        self.setting = None

    def refresh(self):
        """Bring the pixels up to date; says whether there was anything to do."""
        layers = find_layers(self.figure)
        setting = find_setting(self.figure, layers)
        changed = {part for layer in layers for part in layer.parts if has_changed(part)}
        if self.background is not None:
            if not changed and setting == self.setting:
                return False
            self.moving |= {part for part in changed if not is_frame(part)}
        if setting != self.setting or not self.background_serves(changed):
            self.paint_background(layers)
        self.paint_front()
        return True

    def repaint(self):
        """Paint the whole figure from nothing, by matplotlib alone."""
        self.canvas.draw()
        mark_as_painted(self.figure)

    def background_serves(self, changed):
        """Whether the background is free of all that changed, and no part went where another layer is."""
        if self.background is None:
            return False
        renderer = self.canvas.get_renderer()
        front = {part: layer for layer in self.layers for part in layer.front}
        return all(part in front and front[part].holds(part, renderer) for part in changed)

    def paint_background(self, layers):
        """Paint all that stands still and has nothing moving below it, and keep those pixels."""
        self.choose_fronts(layers)
        front = [part for layer in layers for part in layer.front]
        self.background = None
        for part in front:
            part.set_animated(True)  # matplotlib then leaves it out
        try:
            self.canvas.draw()
        finally:
            for part in front:
                part.set_animated(False)
        self.background = self.canvas.copy_from_bbox(self.figure.bbox)
        self.layers = layers
        self.setting = find_setting(self.figure, layers)  # the first painting may have set limits
        mark_as_painted(self.figure)

    def choose_fronts(self, layers):
        """The front of a layer starts at its first moving part; all of it is front when it lies over another's."""
        for layer in layers:
            layer.start_front(self.moving)
        if len(layers) < 2 or not any(layer.front for layer in layers):
            return
        renderer = self.canvas.get_renderer()
        for number, layer in enumerate(layers):
            layer.measure(renderer)
            if any(below.front and layer.overlaps(below) for below in layers[:number]):
                layer.front = layer.parts

    def paint_front(self):
        renderer = self.canvas.get_renderer()
        self.canvas.restore_region(self.background)
        for layer in self.layers:
            for part in layer.front:
                part.draw(renderer)
                mark_as_painted(part)


class Layer:
    """Axes, or one artist that belongs to the figure itself.

    parts: its artists in the order in which they are painted.
    front: those that are painted each time.
    box: where they all are, in pixels; None when that does not matter, because there is no other layer.
    """

    def __init__(self, parts):
        self.parts = parts
        self.front = []
        self.box = None

    def start_front(self, moving):
        first = next((number for number, part in enumerate(self.parts) if part in moving), len(self.parts))
        self.front = self.parts[first:]

    def measure(self, renderer):
        boxes = [box for part in self.parts if (box := find_box(part, renderer))]
        self.box = Bbox.union(boxes).padded(2) if boxes else Bbox.null()

    def overlaps(self, other):
        return self.box.overlaps(other.box)

    def holds(self, part, renderer):
        """Whether a part that may have moved is still inside the box."""
        is_clipped = part.get_clip_on() and part.get_clip_box() is not None
        if self.box is None or is_clipped:
            return True
        box = find_box(part, renderer)
        return box is None or np.array_equal(Bbox.union([box, self.box]).extents, self.box.extents)


def find_layers(figure):
    """What the figure consists of, in the order of painting."""
    contents = sorted(figure.get_children(), key=lambda artist: artist.get_zorder())
    return [Layer(find_parts(artist)) for artist in contents if artist is not figure.patch]


def find_parts(artist):
    """The parts of axes in the order of painting. Any other artist is its own only part."""
    if not isinstance(artist, Axes):
        return [artist]
    if not artist.get_visible():
        return []
    framed = artist.axison and artist.get_frame_on()
    left_out = {artist.patch}
    if not framed:
        left_out.update(artist.spines.values())
    if not artist.axison:
        left_out.update([artist.xaxis, artist.yaxis])
    parts = [part for part in artist.get_children() if part not in left_out]
    parts.sort(key=lambda part: part.get_zorder())
    return [artist.patch, *parts] if framed else parts


def find_setting(figure, layers):
    """What all artists depend on. When it changes, everything has to be painted again."""
    places = [(axes.viewLim.bounds, axes.bbox.bounds, axes.get_xscale(), axes.get_yscale()) for axes in figure.axes]
    order = [part for layer in layers for part in layer.parts]
    return figure.bbox.bounds, figure.get_facecolor(), places, order


def has_changed(part):
    """Whether a part has to be painted again; matplotlib calls it stale."""
    # An annotation's arrow can be moved by `annotation.xy = ...`, of which matplotlib takes no note.
    return isinstance(part, Annotation) or is_stale(part)


def is_stale(artist):
    return artist.stale or any(map(is_stale, artist.get_children()))


def mark_as_painted(artist):
    for piece in artist.findobj():
        piece.stale = False


def is_frame(part):
    """Ticks with their numbers, and the ground of axes: slow to paint and seldom changed."""
    return isinstance(part, Axis) or (part.axes is not None and part is part.axes.patch)


def find_box(part, renderer):
    """Where a part is, in pixels, or None when it is nowhere to be seen."""
    box = part.get_tightbbox(renderer) if part.get_visible() else None
    is_somewhere = box is not None and np.isfinite(box.extents).all() and (box.width or box.height)
    return box if is_somewhere else None
