"""Draws the pictures of assets/pictures, for chapter 22: clothes and a house, coloured on white, as photos would be.

Run it from the project's folder: python assets/make_pictures.py
"""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

FOLDER = Path(__file__).parent / "pictures"
SIZE = 280  # pixels along each side: ten for each one that the network sees
FINER = 4  # everything is drawn larger first, so that edges become smooth
WHITE = (255, 255, 255)


def main():
    FOLDER.mkdir(exist_ok=True)
    for draw in (tshirt, trousers, ankle_boot, bag, house):
        draw().save(FOLDER / f"{draw.__name__}.png", optimize=True)
    paper = Image.new("RGB", (400, 300), WHITE)
    paper.paste(tshirt().resize((120, 120), Image.Resampling.LANCZOS), (262, 160))
    paper.save(FOLDER / "small_in_a_corner.png", optimize=True)


class Canvas:
    """Shapes in units of 0 to 100, x to the right and y down."""

    def __init__(self):
        self.image = Image.new("RGB", (SIZE * FINER, SIZE * FINER), WHITE)
        self.draw = ImageDraw.Draw(self.image)

    def pixels(self, points):
        return [(x * SIZE * FINER / 100, y * SIZE * FINER / 100) for x, y in points]

    def shape(self, points, colour):
        self.draw.polygon(self.pixels(points), fill=colour)

    def line(self, points, colour, width):
        corners = self.pixels(points)
        thick = round(width * SIZE * FINER / 100)
        self.draw.line(corners, fill=colour, width=thick, joint="curve")
        for x, y in (corners[0], corners[-1]):
            self.draw.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=colour)

    def dot(self, x, y, radius, colour):
        (left, top), (right, bottom) = self.pixels([(x - radius, y - radius), (x + radius, y + radius)])
        self.draw.ellipse((left, top, right, bottom), fill=colour)

    def finish(self, shadow=0.16):
        """Light from the upper left on the cloth, then the final size."""
        pixels = np.asarray(self.image, float)
        cloth = (pixels.min(axis=2) < 250)[..., np.newaxis]
        blurred = self.image.convert("L").filter(ImageFilter.GaussianBlur(6 * FINER))
        down, across = np.mgrid[-1:1:pixels.shape[0] * 1j, -1:1:pixels.shape[1] * 1j][..., np.newaxis]
        slope = np.asarray(blurred, float)[..., np.newaxis] / 255
        shade = 1 - shadow * (0.5 * across + 0.4 * down) + 0.25 * (slope - slope[cloth[..., 0]].mean())
        image = Image.fromarray(np.where(cloth, np.clip(pixels * shade, 0, 254), pixels).astype(np.uint8))
        return image.resize((SIZE, SIZE), Image.Resampling.LANCZOS)


def curve(points, steps=12):
    """A smooth line through the points (Catmull and Rom's)."""
    points = np.array(points, float)
    ends = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, np.newaxis]
    found = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:]):
        found.append(b + t * (c - a) / 2 + t**2 * (a - 2.5 * b + 2 * c - 0.5 * d)
                     + t**3 * (1.5 * (b - c) + (d - a) / 2))  # fmt: skip
    return [tuple(point) for point in [*np.vstack(found), points[-1]]]


def mirrored(points):
    """The right half to a left one: both together, once around."""
    return [*points, *[(100 - x, y) for x, y in reversed(points)]]


def tshirt():
    canvas, blue, dark = Canvas(), (52, 118, 178), (36, 86, 136)
    right = [*curve([(50, 15), (57, 13), (62, 7)]), *curve([(62, 7), (77, 12), (84, 18), (96, 39)]),
             *curve([(96, 39), (90, 44), (82, 46)]), *curve([(82, 46), (77, 39), (75, 36)]),
             *curve([(75, 36), (74, 55), (75, 75), (76, 94)]), *curve([(76, 94), (65, 96), (50, 96.5)])]  # fmt: skip
    canvas.shape(mirrored(right), blue)
    for side in (1, -1):
        def place(points, side=side):
            return [(50 + side * (x - 50), y) for x, y in points]

        canvas.line(place(curve([(75, 36), (72, 25), (74, 14)])), dark, 0.6)
        canvas.line(place(curve([(94, 36), (88, 41), (81, 43)])), dark, 0.6)
        canvas.line(place(curve([(70, 52), (66, 66), (67, 80)])), (44, 103, 158), 0.9)
    canvas.line(curve([(38, 7), (43, 14.5), (50, 17), (57, 14.5), (62, 7)]), dark, 2.4)
    canvas.line(curve([(24.5, 91), (50, 93), (75.5, 91)]), dark, 0.5)
    return canvas.finish()


def trousers():
    canvas, cloth, dark = Canvas(), (58, 66, 96), (36, 42, 66)
    right = [(50, 4), *curve([(66, 4), (68, 14), (71, 40), (71, 70), (70, 97)]), (54.5, 97),
             *curve([(54.5, 97), (54, 70), (52.5, 45), (50, 33)])]  # fmt: skip
    canvas.shape(mirrored(right), cloth)
    canvas.shape([(33.6, 4), (66.4, 4), (67.2, 10), (32.8, 10)], (48, 55, 82))
    canvas.line([(50, 10), (50, 31)], dark, 0.7)
    canvas.line(curve([(53.5, 10), (54, 22), (50, 29)]), dark, 0.5)
    for side in (1, -1):
        canvas.line([(50 + side * (x - 50), y) for x, y in curve([(58, 10), (61, 17), (69, 20)])], dark, 0.7)
        canvas.line([(50 + side * (x - 50), y) for x, y in curve([(61, 34), (62.5, 60), (62, 95)])], (72, 81, 114), 0.9)
        canvas.line([(50 + side * (x - 50), y) for x, y in [(54.5, 93.5), (70, 93.5)]], dark, 0.5)
    canvas.dot(50, 7, 1.1, (190, 180, 150))
    return canvas.finish()


def ankle_boot():
    canvas, leather, dark = Canvas(), (122, 78, 46), (74, 45, 25)
    boot = [*curve([(50, 8), (51, 22), (49, 38), (42, 50)]),
            *curve([(42, 50), (28, 59), (12, 66), (5, 75), (6, 84)]), (92, 84),
            *curve([(92, 84), (94, 66), (92, 45), (93, 8)]), *curve([(93, 8), (72, 10), (50, 8)])]  # fmt: skip
    canvas.shape(boot, leather)
    canvas.shape([(5, 83), (93, 83), (93, 94), (66, 94), (63, 88), (40, 89), (6, 89)], (50, 36, 28))
    canvas.line(curve([(70, 9), (72, 40), (76, 62), (91, 68)]), dark, 0.7)
    canvas.line(curve([(30, 58), (36, 68), (36, 83)]), dark, 0.7)
    for step in range(6):
        y = 14 + 7 * step
        x = 51 if step < 4 else 51 - 4.5 * (step - 3)
        canvas.line([(x, y), (x + 9, y + 2)], (222, 205, 170), 1.2)
    return canvas.finish()


def bag():
    canvas, leather, dark = Canvas(), (196, 96, 60), (128, 56, 32)
    canvas.line(curve([(27, 40), (30, 16), (50, 7), (70, 16), (73, 40)]), dark, 4.2)
    canvas.shape([*curve([(12, 39), (50, 37), (88, 39)]), *curve([(88, 39), (94, 66), (95, 88)]),
                  *curve([(95, 88), (50, 94), (5, 88)]), *curve([(5, 88), (6, 66), (12, 39)])], leather)  # fmt: skip
    canvas.shape([*curve([(12, 39), (50, 37), (88, 39)]), *curve([(88, 39), (86, 54), (78, 61)]),
                  *curve([(78, 61), (50, 66), (22, 61)]), *curve([(22, 61), (14, 54), (12, 39)])], (174, 82, 50))
    canvas.line(curve([(13, 42), (16, 54), (23, 60), (50, 65), (77, 60), (84, 54), (87, 42)]), dark, 0.6)
    canvas.dot(50, 63, 3.4, (226, 200, 120))
    canvas.dot(50, 63, 1.6, dark)
    return canvas.finish()


def house():
    """No clothing at all."""
    canvas, brick, tiles, dark = Canvas(), (96, 64, 52), (126, 50, 40), (46, 34, 30)
    canvas.shape([(71, 25), (80, 25), (80, 46), (71, 46)], brick)
    canvas.shape([(8, 46), (92, 46), (92, 95), (8, 95)], brick)
    canvas.shape([(50, 22), (97, 48), (3, 48)], tiles)
    canvas.shape([(43, 69), (57, 69), (57, 95), (43, 95)], dark)
    canvas.dot(54, 83, 1, (190, 180, 150))
    for left in (19, 67):
        canvas.shape([(left, 57), (left + 14, 57), (left + 14, 71), (left, 71)], (104, 132, 152))
        canvas.line([(left + 7, 57), (left + 7, 71)], dark, 0.8)
        canvas.line([(left, 64), (left + 14, 64)], dark, 0.8)
    return canvas.finish()


if __name__ == "__main__":
    main()
