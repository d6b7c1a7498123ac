"""The drawn stand-in for Fashion-MNIST: 70,000 small pictures of clothes, drawn with NumPy.

Where the real pictures cannot be had (no network, no folder handed out), `load_fashion_mnist` gives these.
They have the same ten classes in the same order, the same shapes and the same kind of numbers. As in the real
ones, shirts are hard to tell from T-shirts, pullovers and coats, and sneakers from sandals and ankle boots.

How a picture comes about: every pixel knows its place (`across`, `down`, in pixels from the middle). A shape
is a rule that says for each pixel how far it lies inside the edges; `inside` makes a mask of that, 1 within
the shape and 0 outside. `paint` lays a shade of grey over the pixels under a mask. Many pictures are drawn at
once: a random choice is an array of shape (pictures, 1, 1), a mask one of shape (pictures, 28, 28).

Only sums, products, quotients, square roots, rounding and comparisons are used, and random numbers between 0
and 1: these are the same on every machine, to the last bit, so everyone has the same pictures (chapter 19).
"""

import hashlib

import numpy as np

CLASS_NAMES = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
               "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot")
TRAINING_IMAGES_PER_CLASS = 6000
TEST_IMAGES_PER_CLASS = 1000
IMAGE_SIZE = 28
BLOCK = 250  # pictures drawn at the same time: a size that a processor's fast memory holds
SEED = 28

# The fingerprint of all pictures and labels. A stored copy that does not have it is drawn again.
SHA256 = "ccad6eade3e49aac1d3da53d7d04bb49c05434a3c14bd70e261ddabf13759054"


def draw_dataset():
    """All pictures and labels: X (60000, 28, 28), y (60000,), X_test (10000, 28, 28), y_test (10000,), uint8.

    The classes come in random order, as in the real dataset. It takes some seconds.
    """
    per_class = TRAINING_IMAGES_PER_CLASS + TEST_IMAGES_PER_CLASS
    pictures = np.stack([draw(label, per_class) for label in range(len(CLASS_NAMES))])
    X, y = _mixed(pictures[:, :TRAINING_IMAGES_PER_CLASS], seed=SEED)
    X_test, y_test = _mixed(pictures[:, TRAINING_IMAGES_PER_CLASS:], seed=SEED + 1)
    return X, y, X_test, y_test


def fingerprint(arrays):
    """The SHA-256 sum of all numbers in some arrays: equal arrays, and only those, have an equal one."""
    numbers = hashlib.sha256()
    for array in arrays:
        numbers.update(np.ascontiguousarray(array))
    return numbers.hexdigest()


def draw(label, count):
    """`count` different pictures of one class, an array of shape (count, 28, 28) of type uint8."""
    random = np.random.default_rng([SEED, label])
    blocks = []
    for start in range(0, count, BLOCK):
        drawing = Drawing(random, min(BLOCK, count - start))
        DRAW_CLASS[label](drawing)
        blocks.append(drawing.developed())
    return np.concatenate(blocks)


def _mixed(pictures, seed):
    """Pictures of shape (classes, per class, 28, 28) as one row in random order, and their labels."""
    classes, per_class = pictures.shape[:2]
    labels = np.repeat(np.arange(classes, dtype=np.uint8), per_class)
    order = np.argsort(np.random.default_rng(seed).random(len(labels)), kind="stable")
    return pictures.reshape(-1, IMAGE_SIZE, IMAGE_SIZE)[order], labels[order]


class Drawing:
    """A block of pictures on which the same garment is drawn, each with its own random choices.

    across, down: where each pixel lies, in pixels right of and below the middle, shape (count, 28, 28)
    side: the distance from the middle line, for garments that are alike left and right
    picture: the shades painted so far, 0 (black, nothing) to 1 (white)
    """

    def __init__(self, random, count):
        self.random = random
        self.count = count
        places = np.arange(IMAGE_SIZE, dtype=np.float32) - np.float32((IMAGE_SIZE - 1) / 2)
        right = places[None, None, :] + self.between(-1.2, 1.2)
        below = places[None, :, None] + self.between(-1.2, 1.2)
        lean = self.between(-0.1, 0.1)
        self.across = (right + lean * below) / self.between(0.86, 1.08)
        self.down = (below - lean * right) / self.between(0.9, 1.04)
        self.side = np.abs(self.across)
        self.picture = np.zeros_like(self.across)
        self.shade = self.between(0.35, 1.0)

    def between(self, low, high):
        """One random number per picture, from low to high."""
        numbers = self.random.random((self.count, 1, 1), dtype=np.float32)
        return np.float32(low) + np.float32(high - low) * numbers

    def sometimes(self, share):
        """1 for a random share of the pictures, 0 for the others."""
        return (self.between(0, 1) < share).astype(np.float32)

    def paint(self, mask, shade):
        """Lay a shade (0 to 1) over the pixels under a mask (0 to 1)."""
        self.picture += mask * (shade - self.picture)

    def developed(self):
        """The finished pictures as whole numbers from 0 to 255: with light, cloth and grain."""
        grain = self.random.random(self.picture.shape, dtype=np.float32) - np.float32(0.5)
        light = 1 + self.between(-0.018, 0.018) * self.across + self.between(-0.018, 0.018) * self.down
        picture = self.picture * (light + self.between(0.03, 0.3) * grain)
        return np.rint(255 * np.clip(picture, 0, 1)).astype(np.uint8)


# ---- shapes: masks of shape (count, 28, 28), 1 inside and 0 outside ----


def inside(*distances):
    """Where all distances (to an edge, in pixels, negative beyond it) are positive; the edge is grey."""
    least = distances[0]
    for distance in distances[1:]:
        least = np.minimum(least, distance)
    return np.clip(least + np.float32(0.5), 0, 1)


def path(place, *points):
    """A line through points (place, value), straight between them and level beyond the first and last."""
    start, value = points[0]
    line = value
    for end, next_value in points[1:]:
        line = line + np.clip((place - start) / (end - start), 0, 1) * (next_value - value)
        start, value = end, next_value
    return line


def ellipse(across, down, width, height):
    """Inside an ellipse around the place where across and down are 0; width and height from its middle."""
    return inside((1 - np.sqrt((across / width) ** 2 + (down / height) ** 2)) * np.minimum(width, height))


def ring(across, down, width, height, thickness):
    """The line along an ellipse."""
    distance = np.abs(1 - np.sqrt((across / width) ** 2 + (down / height) ** 2))
    return inside(thickness - distance * np.minimum(width, height))


def band(place, middle, thickness):
    """Everything within `thickness` pixels of a line."""
    return inside(thickness - np.abs(place - middle))


def box(across, down, left, top, right, bottom):
    """A rectangle; its sides may be lines that depend on the place."""
    return inside(across - left, right - across, down - top, bottom - down)


def limb(across, down, start, end, start_width, end_width):
    """A sleeve or a strap: from one point (across, down) to another, getting wider or narrower on the way."""
    run, drop = end[0] - start[0], end[1] - start[1]
    length = np.sqrt(run * run + drop * drop)
    along = ((across - start[0]) * run + (down - start[1]) * drop) / length
    beside = np.abs((down - start[1]) * run - (across - start[0]) * drop) / length
    width = start_width + np.clip(along / length, 0, 1) * (end_width - start_width)
    return inside(width - beside, along + start_width, length - along)


def stripes(place, distance):
    """Lines at equal distances: 0 to 1 and back, again and again, in straight steps."""
    turns = place / distance
    return np.abs(2 * (turns - np.floor(turns)) - 1)


# ---- parts of garments ----


def trunk(drawing, shoulder, waist, hem_width, top, hem):
    """The part of a garment that covers the body: sloping shoulders, a waist, a hem; no sleeves."""
    down = drawing.down
    width = path(down, (top, shoulder), (top + 6, (shoulder + waist) / 2), (2.0, waist), (hem, hem_width))
    shoulder_line = top + np.maximum(drawing.side - 3, 0) * drawing.between(0.2, 0.45)
    return inside(width - drawing.side, down - shoulder_line, hem - down)


def sleeves(drawing, shoulder, top, length, width, spread):
    """Two sleeves. length: 0 (none) to 1 (down to the hands); spread: how far the hands are from the body."""
    start = shoulder - 1.5, top + 2.0
    end = start[0] + length * spread, start[1] + length * (24 - 1.3 * spread)
    return limb(drawing.side, drawing.down, start, end, width, width * drawing.between(0.68, 0.85))


def paint_top(drawing, shoulder, waist, hem_width, hem, sleeve_length, sleeve_width, spread, top=-12.5):
    """Sleeves and trunk of a shirt, pullover or coat, with the seam between them."""
    shade = drawing.shade
    drawing.paint(sleeves(drawing, shoulder, top, sleeve_length, sleeve_width, spread),
                  shade * drawing.between(0.82, 1.0))
    body = trunk(drawing, shoulder, waist, hem_width, top, hem)
    seam = trunk(drawing, shoulder + 0.9, waist + 0.9, hem_width + 0.9, top, hem)
    drawing.paint(seam * (drawing.picture > 0), shade * drawing.between(0.45, 0.95))
    drawing.paint(body, shade)
    return body


def paint_neck(drawing, width, depth, top=-12.5, rim=0.0):
    """A round neckline: the inside of the back, seen through the opening, and its rim."""
    below = drawing.down - top
    edge = ring(drawing.across, below, width + 0.6, depth + 0.6, 0.6) * (drawing.picture > 0)
    drawing.paint(edge * rim, drawing.shade * drawing.between(0.55, 1.25))
    opening = ellipse(drawing.across, below, width, depth)
    drawing.paint(opening, drawing.shade * drawing.between(0.0, 0.35) * drawing.sometimes(0.5))


def paint_cloth(drawing, cloth, plain):
    """A pattern on the cloth: stripes across, stripes down, checks, or (with the share `plain`) none."""
    kind = drawing.between(0, 1)
    strength = drawing.between(0.15, 0.7) * (kind > plain)
    part = (kind - plain) / (1 - plain)
    lines = stripes(drawing.down, drawing.between(2.5, 7.0))
    columns = stripes(drawing.across, drawing.between(2.5, 7.0))
    pattern = lines * (part < 0.7) + columns * (part > 0.5)
    drawing.picture *= 1 - cloth * strength * np.clip(pattern, 0, 1)


def paint_print(drawing, share):
    """A picture or a word on the chest, lighter or darker than the cloth."""
    middle, width, height = drawing.between(-6, -1), drawing.between(2, 5), drawing.between(0.8, 3.5)
    spots = np.floor(drawing.random.random(drawing.across.shape, dtype=np.float32) + np.float32(0.7))
    place = box(drawing.across, drawing.down, -width, middle - height, width, middle + height)
    drawing.paint(place * spots * drawing.sometimes(share), drawing.between(0.05, 1.0))


def paint_collar(drawing, share, size):
    """Two pointed flaps beside the neck."""
    beside = drawing.side - path(drawing.down, (-13.0, 2.2), (-13.0 + size, 0.3))
    flap = inside(beside, 2.6 - beside, drawing.down + 14.0, size - 12.5 - drawing.down)
    here = drawing.sometimes(share)
    drawing.paint(inside(-beside) * inside(-12.0 + size - 1 - drawing.down) * here, drawing.shade * 0.15)
    drawing.paint(flap * here, np.minimum(drawing.shade * drawing.between(0.8, 1.5), 1))


def paint_buttons(drawing, share, hem):
    """A line down the front with buttons on it."""
    here = drawing.sometimes(share)
    front = band(drawing.across, 0.0, 0.35) * inside(hem - drawing.down) * (drawing.picture > 0)
    drawing.paint(front * here, drawing.shade * drawing.between(0.35, 0.8))
    dots = front * (stripes(drawing.down, drawing.between(3.0, 4.5)) > 0.62)
    drawing.paint(dots * here * drawing.sometimes(0.7), np.minimum(drawing.shade + 0.35, 1))


# ---- the ten classes ----


def draw_t_shirt(drawing):
    """Short sleeves, a round or a pointed neckline, often a print. A few have long sleeves or none."""
    kind = drawing.between(0, 1)
    length = drawing.between(0.24, 0.42)
    length = np.where(kind < 0.1, drawing.between(0.6, 0.95), np.where(kind > 0.9, 0.02, length))
    hem = drawing.between(9.5, 13.3)
    shoulder = drawing.between(6.2, 8.4)
    waist = drawing.between(5.0, 8.0)
    cloth = paint_top(drawing, shoulder, waist, waist + drawing.between(-0.6, 1.4), hem,
                      length, drawing.between(2.2, 3.4), drawing.between(7, 15))
    paint_cloth(drawing, cloth, plain=0.7)
    paint_neck(drawing, drawing.between(2.6, 4.6), drawing.between(1.6, 4.5), rim=drawing.sometimes(0.6))
    paint_print(drawing, share=0.4)
    paint_buttons(drawing, share=0.12, hem=drawing.between(-8, 0))
    paint_collar(drawing, share=0.1, size=3)


def draw_trouser(drawing):
    """Two legs under a waistband; tight, straight or wide, sometimes cut short."""
    hip, down, side = drawing.between(4.2, 6.6), drawing.down, drawing.side
    crotch, hem = drawing.between(-7, -3), drawing.between(10.5, 13.3)
    hem = np.where(drawing.between(0, 1) < 0.06, drawing.between(1, 5), hem)
    outer = path(down, (-13.0, hip * 0.85), (-8.0, hip), (13.0, hip * drawing.between(0.8, 1.25)))
    inner = path(down, (crotch, 0.0), (crotch + 3, 0.5), (13.0, outer * drawing.between(0.1, 0.45)))
    legs = inside(outer - side, side - inner + (down < crotch), down + 13.2, hem - down)
    drawing.paint(legs, drawing.shade)
    paint_cloth(drawing, legs, plain=0.88)
    crease = band(side, (outer + inner) / 2, 0.5) * legs
    drawing.paint(crease, drawing.shade * drawing.between(0.75, 1.3))
    drawing.paint(band(down, -12.4, 0.8) * legs, drawing.shade * drawing.between(0.4, 1.2))
    drawing.paint(band(drawing.across, 0.0, 0.3) * inside(crotch - down) * legs, drawing.shade * 0.5)


def draw_pullover(drawing):
    """Long sleeves, a ribbed hem and cuffs, a round neckline or a turtleneck, often stripes."""
    length = drawing.between(0.82, 1.03)
    hem = drawing.between(8.5, 12.8)
    waist = drawing.between(6.0, 8.2)
    cloth = paint_top(drawing, drawing.between(6.4, 8.4), waist, waist + drawing.between(-0.8, 0.8), hem,
                      length, drawing.between(2.1, 3.1), drawing.between(2.4, 5.0))
    paint_cloth(drawing, cloth, plain=0.62)
    drawing.paint(band(drawing.down, hem - 0.8, 0.9) * cloth, drawing.shade * drawing.between(0.6, 1.15))
    paint_neck(drawing, drawing.between(2.4, 4.0), drawing.between(1.0, 3.2), rim=drawing.sometimes(0.7))
    roll = box(drawing.across, drawing.down, -3.2, -13.6, 3.2, -11.0) * drawing.sometimes(0.2)
    drawing.paint(roll, drawing.shade * drawing.between(0.7, 1.1))
    paint_print(drawing, share=0.22)
    paint_collar(drawing, share=0.14, size=drawing.between(3, 5))
    paint_buttons(drawing, share=0.2, hem=hem)


def draw_dress(drawing):
    """Long and narrow: straps or sleeves, a waist, a skirt that is tight or wide."""
    down, side = drawing.down, drawing.side
    top, hem = -13.0, drawing.between(10.5, 13.5)
    chest, waist = drawing.between(3.4, 6.2), drawing.between(2.8, 5.6)
    middle, skirt = drawing.between(-4.0, 0.0), drawing.between(3.4, 9.0)
    kind = drawing.between(0, 1)
    short, long = drawing.between(0.15, 0.35), drawing.between(0.6, 0.95)
    length = np.where(kind < 0.4, 0.02, np.where(kind < 0.75, short, long))
    arms = sleeves(drawing, chest, top, length, drawing.between(1.4, 2.2), drawing.between(4, 9))
    drawing.paint(arms * (kind >= 0.4), drawing.shade * drawing.between(0.8, 1.0))
    width = path(down, (top, chest * 0.9), (-8.0, chest), (middle, waist), (13.0, skirt))
    cloth = inside(width - side, down - top, hem - down)
    drawing.paint(cloth, drawing.shade)
    paint_cloth(drawing, cloth, plain=0.68)
    belt = band(down, middle, 0.7) * cloth * drawing.sometimes(0.35)
    drawing.paint(belt, drawing.between(0.05, 1.0))
    folds = stripes(drawing.across / width, drawing.between(0.25, 0.6)) * cloth * inside(down - middle)
    drawing.picture *= 1 - folds * drawing.between(0.0, 0.35)
    paint_neck(drawing, drawing.between(1.6, 3.2), drawing.between(1.5, 5.0), top=top)
    paint_buttons(drawing, share=0.1, hem=3.0)


def draw_coat(drawing):
    """Long sleeves, a long front that opens in the middle, lapels or a hood, pockets."""
    hem = drawing.between(10.5, 13.4)
    waist = drawing.between(6.2, 8.2)
    cloth = paint_top(drawing, drawing.between(6.6, 8.6), waist, waist + drawing.between(-0.4, 1.4), hem,
                      drawing.between(0.85, 1.05), drawing.between(2.2, 3.3), drawing.between(2.4, 5.0))
    paint_cloth(drawing, cloth, plain=0.82)
    open_neck = drawing.sometimes(0.6)
    lapel = path(drawing.down, (-13.0, drawing.between(2.0, 4.0)), (drawing.between(-7, 0), 0.0))
    throat = inside(lapel - drawing.side, drawing.down + 13.0) * (lapel > 0) * open_neck
    edge = band(drawing.side, lapel + 0.7, 0.8) * cloth * (lapel > 0) * open_neck
    drawing.paint(edge, np.minimum(drawing.shade * drawing.between(0.6, 1.4), 1))
    drawing.paint(throat, drawing.between(0.0, 0.6))
    opening = band(drawing.across, 0.0, drawing.between(0.3, 0.8)) * cloth
    drawing.paint(opening * drawing.sometimes(0.75), drawing.shade * drawing.between(0.05, 0.6))
    paint_collar(drawing, share=0.35, size=drawing.between(3, 5))
    paint_buttons(drawing, share=0.3, hem=hem)
    pocket = band(drawing.down, drawing.between(3, 6), 0.5) * band(drawing.side, 4.5, 1.6)
    drawing.paint(pocket * drawing.sometimes(0.5), drawing.shade * drawing.between(0.4, 0.8))
    hood = ellipse(drawing.across, drawing.down + 11.8, 4.4, 2.6) * drawing.sometimes(0.25)
    drawing.paint(hood, drawing.shade * drawing.between(0.6, 1.0))
    belt = band(drawing.down, 2.0, 0.8) * cloth * drawing.sometimes(0.15)
    drawing.paint(belt, drawing.shade * drawing.between(0.3, 0.7))


def draw_shirt(drawing):
    """A collar and buttons, checks or stripes; long sleeves or short ones: whatever the others have, too."""
    long = drawing.sometimes(0.62)
    length = long * drawing.between(0.82, 1.02) + (1 - long) * drawing.between(0.22, 0.45)
    spread = long * drawing.between(2.4, 5.0) + (1 - long) * drawing.between(7, 14)
    hem = drawing.between(9.5, 13.2)
    waist = drawing.between(5.8, 8.0)
    cloth = paint_top(drawing, drawing.between(6.3, 8.4), waist, waist + drawing.between(-0.5, 1.3), hem,
                      length, drawing.between(2.0, 3.1), spread)
    paint_cloth(drawing, cloth, plain=0.5)
    paint_neck(drawing, drawing.between(2.4, 4.2), drawing.between(1.4, 4.5), rim=drawing.sometimes(0.4))
    paint_buttons(drawing, share=0.55, hem=hem)
    paint_collar(drawing, share=0.55, size=drawing.between(3, 5))
    throat = path(drawing.down, (-13.0, drawing.between(1.5, 3.5)), (drawing.between(-8, 0), 0.0))
    unbuttoned = inside(throat - drawing.side) * (throat > 0) * drawing.sometimes(0.15)
    drawing.paint(unbuttoned, drawing.between(0.0, 0.5))
    pocket = box(drawing.across, drawing.down, 2.0, -6.0, 5.0, -3.0) * cloth
    drawing.paint(pocket * drawing.sometimes(0.25), drawing.shade * drawing.between(0.6, 0.9))
    paint_print(drawing, share=0.08)


def heel_lift(drawing, heel):
    """How much higher than its toe a foot stands at each place along a shoe that looks to the left."""
    return heel * np.clip((drawing.across + 4) / 14, 0, 1)


def paint_sole(drawing, ground, thickness, floor, heel, shade):
    """The sole under the line `ground` that the foot stands on, and the heel from there down to the floor."""
    sole = box(drawing.across, drawing.down, -13.2, ground - 0.5, 12.9, ground + thickness)
    block = box(drawing.across, drawing.down, 12.9 - drawing.between(2.5, 6), ground, 12.6, floor + thickness)
    drawing.paint(np.maximum(sole, block * (heel > 0.8)), shade)


def paint_shoe(drawing, floor, instep, opening, back):
    """The upper part of a low shoe; instep, opening and back: how high above the floor it reaches there."""
    across, above = drawing.across, floor - drawing.down
    height = path(across, (-13.5, 0.8), (-11.0, drawing.between(2.5, 4.0)),
                  (-5.0, drawing.between(4.0, 5.5)), (1.0, instep), (4.0, opening), (11.0, back))
    upper = inside(height - above, above, across + 13.2, 12.4 - across)
    drawing.paint(upper, drawing.shade)
    return upper


def draw_sandal(drawing):
    """A sole and a few straps, flat or with a heel; between the straps one sees through."""
    across = drawing.across
    floor, thickness = drawing.between(5.0, 8.5), drawing.between(0.7, 2.0)
    heel = drawing.between(2, 10) * drawing.sometimes(0.5)
    ground = floor - heel_lift(drawing, heel)
    above = ground - drawing.down
    height = path(across, (-13.0, 0.5), (-9.0, drawing.between(2.5, 5)), (-3.0, drawing.between(4, 6.5)),
                  (5.0, drawing.between(5, 9)), (12.0, drawing.between(6, 10)))
    foot = inside(height - above, above, across + 12.8, 12.6 - across)
    slanted = across - drawing.between(-0.9, 0.9) * above + drawing.between(0, 6)
    straps = np.clip(3 * (stripes(slanted, drawing.between(5.0, 10.0)) - drawing.between(0.3, 0.75)), 0, 1)
    straps = np.maximum(straps, drawing.sometimes(0.12))
    rim = band(above, height - 0.5, drawing.between(0.4, 1.0)) * drawing.sometimes(0.95)
    drawing.paint(foot * np.maximum(straps, rim), drawing.shade)
    buckle = ellipse(across - 6.0, above - drawing.between(3, 6), 1.1, 1.1) * foot
    drawing.paint(buckle * drawing.sometimes(0.3), drawing.between(0.6, 1.0))
    paint_sole(drawing, ground, thickness, floor, heel, drawing.shade * drawing.between(0.6, 1.1))


def draw_sneaker(drawing):
    """A low shoe with a light sole, laces and a stripe; some reach up to the ankle."""
    floor = drawing.between(4.0, 7.0)
    high = drawing.sometimes(0.25) * drawing.between(1, 8)
    instep = drawing.between(6.5, 9.0) + 0.6 * high
    upper = paint_shoe(drawing, floor, instep, instep + drawing.between(-2.0, 0.5) + 0.4 * high,
                       drawing.between(7.0, 9.5) + high)
    paint_cloth(drawing, upper, plain=0.8)
    slanted = drawing.across + 0.9 * (drawing.down - floor) + 2
    stripe = band(slanted, drawing.between(0, 5), drawing.between(0.6, 1.6))
    drawing.paint(stripe * upper * drawing.sometimes(0.6), drawing.between(0.05, 1.0))
    laces = band(drawing.across, -1.5, 3.0) * band(floor - drawing.down, instep - 2.0, 1.4) * upper
    laces *= stripes(drawing.across, 2.2) > 0.5
    drawing.paint(laces * drawing.sometimes(0.7), drawing.between(0.2, 1.0))
    toe_lift = drawing.between(0, 2) * np.clip(-drawing.across / 12 - 0.6, 0, 1)
    paint_sole(drawing, floor - toe_lift, drawing.between(0.9, 1.9), floor, 0, drawing.between(0.3, 1.0))


def draw_bag(drawing):
    """A box with a handle or a strap, a flap and a clasp; some are flat and without a handle."""
    across, down, side = drawing.across, drawing.down, drawing.side
    width, top, bottom = drawing.between(8.5, 13.2), drawing.between(-5.5, 0.5), drawing.between(8.0, 12.5)
    kind = drawing.between(0, 1)
    high = np.where(kind < 0.6, drawing.between(4, 8), top + 13) * (kind < 0.86)
    wide = width * drawing.between(0.35, 0.9)
    handle = ring(across, down - top, wide, np.maximum(high, 0.5), drawing.between(0.4, 1.0))
    drawing.paint(handle * inside(top - down) * (high > 0), drawing.shade * drawing.between(0.5, 1.1))
    edge = path(down, (top, width * drawing.between(0.75, 1.0)), (bottom, width))
    body = inside(edge - side, down - top, bottom - down)
    drawing.paint(body, drawing.shade)
    paint_cloth(drawing, body, plain=0.75)
    flap = top + drawing.between(2, 6)
    flap_edge = band(down, flap, 0.5) * body
    drawing.paint(flap_edge * drawing.sometimes(0.6), drawing.shade * drawing.between(0.3, 0.8))
    clasp = ellipse(across, down - flap - 0.5, 1.4, 1.2)
    drawing.paint(clasp * drawing.sometimes(0.5), drawing.between(0.0, 1.0))
    sides = band(side, width - 1.5, 0.5) * body * drawing.sometimes(0.3)
    drawing.paint(sides, drawing.shade * 0.6)


def draw_ankle_boot(drawing):
    """A shoe with a shaft above the ankle, flat or with a heel, a zip or laces."""
    across, down = drawing.across, drawing.down
    floor, heel = drawing.between(7.5, 10.5), drawing.between(0, 6) * drawing.sometimes(0.6)
    ground = floor - heel_lift(drawing, heel)
    above = ground - down
    low = drawing.sometimes(0.18)
    shaft = drawing.between(15.5, 21.0) * (1 - low) + drawing.between(9, 15) * low
    start = drawing.between(-3.0, 1.5)
    height = path(across, (-13.5, 0.8), (-11.0, drawing.between(2.5, 4.5)),
                  (start - 2, drawing.between(6, 9)), (start, shaft),
                  (11.0, shaft + drawing.between(-1.0, 1.0)))
    narrowing = path(down, (-6.0, drawing.between(0.0, 2.0)), (2.0, drawing.between(0, 1.2)), (8.0, 0.0))
    boot = inside(height - above, above, across + 13.0, 12.3 - narrowing - across)
    drawing.paint(boot, drawing.shade)
    paint_cloth(drawing, boot, plain=0.9)
    zip_line = band(across, start + drawing.between(1, 7), 0.4) * boot
    drawing.paint(zip_line * drawing.sometimes(0.5), drawing.shade * drawing.between(0.4, 1.4))
    laces = band(across, start + 1.0, 1.6) * (stripes(down, 2.6) > 0.5) * boot
    drawing.paint(laces * drawing.sometimes(0.3), drawing.between(0.1, 1.0))
    cuff = band(height - above, 0.8, 0.9) * boot * inside(across - start)
    drawing.paint(cuff * drawing.sometimes(0.4), drawing.shade * drawing.between(0.5, 1.3))
    sole_shade = drawing.shade * drawing.between(0.2, 1.0)
    paint_sole(drawing, ground, drawing.between(0.7, 1.5), floor, heel, sole_shade)


# In the order of CLASS_NAMES.
DRAW_CLASS = (draw_t_shirt, draw_trouser, draw_pullover, draw_dress, draw_coat,
              draw_sandal, draw_shirt, draw_sneaker, draw_bag, draw_ankle_boot)
