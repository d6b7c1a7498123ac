"""Draws sketch.gif for the README: trousers, then a shoe that becomes a boot, on the sketch pad of chapter 22.

Run it from the project's folder: python assets/make_sketch.py
"""

import io
from pathlib import Path

import numpy as np
from make_spiral import save
from PIL import Image

from nnfs_helpers import Model
from nnfs_helpers.figures.inference import SketchPicture
from nnfs_helpers.garments import CLASS_NAMES
from nnfs_helpers.picture_files import resize, trim
from nnfs_helpers.sketch_pad import PENS, SIDE, STAMPS, Paper

FOLDER = Path(__file__).parent
PICTURE = FOLDER / "sketch.gif"
STEPS = 24  # frames while an outline is drawn
PAUSE = 7  # frames in which nothing moves
FRAME_MILLISECONDS = 90


def prepare(pixels):
    """Grey, small, inverted, scaled and flat, as chapter 22 prepares a picture file."""
    inverted = 255 - resize(np.dot(pixels, [0.299, 0.587, 0.114]))
    return ((inverted - 127.5) / 127.5).reshape(1, -1)


def along(corners, count):
    """The places of a pen that goes once around an outline in `count` strokes of the same length."""
    corners = np.array([*corners, corners[0]], float) * SIDE / 100
    lengths = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    places = np.linspace(0, lengths[-1], 8 * count + 1)
    return np.stack([np.interp(places, lengths, axis) for axis in corners.T], axis=1)


def drawings():
    """The paper after each frame."""
    paper = Paper()
    for name, inside in (("trousers", (50, 20)), ("low shoe", (60, 58))):
        paper.grey[:] = 255
        yield from [paper] * 2
        places = along(STAMPS[name], STEPS)
        for frame in range(STEPS):
            for start, end in zip(places[8 * frame:8 * frame + 8], places[8 * frame + 1:8 * frame + 9]):
                paper.line(start, end, PENS["thin"])
            yield paper
        paper.fill(*(np.array(inside) * SIDE / 100))
        yield from [paper] * PAUSE
    paper.stamp("+ shaft")
    yield paper


def main():
    model = Model.load(FOLDER / "fashion_model.nnfs")
    picture, frames, answers = SketchPicture(), [], []
    for paper in drawings():
        row = prepare(trim(paper.colours()))
        probabilities = model.predict(row)
        picture.update(paper.colours(), row, probabilities, CLASS_NAMES)
        frames.append(Image.open(io.BytesIO(picture.redrawn_png())).convert("RGB"))
        answers.append(CLASS_NAMES[int(np.argmax(probabilities))])
    save(frames, PICTURE, FRAME_MILLISECONDS)
    print(f"{PICTURE.name}: {len(frames)} frames, {PICTURE.stat().st_size / 1e6:.2f} MB; last answer: {answers[-1]}")


if __name__ == "__main__":
    main()
