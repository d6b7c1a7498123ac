"""The exercises of chapter 22, Prediction and Inference."""

import functools

import numpy as np

from nnfs_helpers.check import FunctionExercise, OpenExercise
from nnfs_helpers.garments import CLASS_NAMES

# ---------------------------------------------------------------------------------------------- back again


def random_scan(seed):
    """A grey picture, 28 by 28, dark on light, as uint8."""
    return np.random.default_rng(seed).integers(0, 256, (28, 28), dtype=np.uint8)


def to_row(grey):
    return ((255 - grey - 127.5) / 127.5).reshape(1, -1)


to_row = FunctionExercise(
    reference=to_row,
    cases=[(random_scan(0),), (random_scan(1),), (np.full((28, 28), 255, np.uint8),)],
    right="Any grey scan now reaches the network as its own pictures did.",
    wrong={
        "It is not inverted: the paper must become -1.": lambda grey: -to_row_of(grey),
        "`-grey` stays uint8, where -95 becomes 161. Write `255 - grey`.":
            lambda grey: ((-grey + 127.5) / 127.5).reshape(1, -1),
        "This is scaled from 0 to 1. In training it was -1 to 1.":
            lambda grey: ((255 - grey) / 255).reshape(1, -1),
        "Nearly: the model wants a table with one row, shape (1, 784).": lambda grey: to_row_of(grey).reshape(-1),
        "The right numbers, but still a square. The model wants one row, shape (1, 784).":
            lambda grey: to_row_of(grey).reshape(28, 28),
        "Inverted, but not scaled: that is still 0 to 255.": lambda grey: (255 - grey).reshape(1, -1),
    },
)  # fmt: skip


def to_row_of(grey):
    return to_row.answer(grey)


# ------------------------------------------------------------------------------------------ sure or silent

SOME = np.array([[0.1, 0.7, 0.2], [0.4, 0.35, 0.25], [0.05, 0.05, 0.9], [0.5, 0.3, 0.2]])
TEN = np.random.default_rng(22).dirichlet(np.full(10, 0.3), 12)


def decide(probabilities, cut, refused=-1, greatest=np.argmax):
    return np.where(np.max(probabilities, axis=1) >= cut, greatest(probabilities, axis=1), refused)


decide = FunctionExercise(
    reference=decide,
    cases=[(SOME, 0.5), (SOME, 0.6), (SOME, 0.95), (TEN, 0.8), (TEN, 0.0)],
    right="It answers where it is sure, and says so where it is not.",
    wrong={
        "The wrong way round: you keep what is below the cut.": lambda probabilities, cut: np.where(
            np.max(probabilities, axis=1) < cut, np.argmax(probabilities, axis=1), -1),
        "That is yes or no. Wanted is the class number, or -1.":
            lambda probabilities, cut: np.max(probabilities, axis=1) >= cut,
        "The class numbers are right, but the unsure ones are still among them: put -1 there.":
            lambda probabilities, cut: np.argmax(probabilities, axis=1),
        "NumPy stopped: the shapes do not fit. One number for each row first, `np.max(probabilities, axis=1)`.":
            lambda probabilities, cut: np.where(probabilities >= cut, np.argmax(probabilities, axis=1), -1),
        "Wanted is the number of the class, not its probability.": lambda probabilities, cut: np.where(
            np.max(probabilities, axis=1) >= cut, np.max(probabilities, axis=1), -1),
        "For unsure samples wanted is -1. Yours is 0, which is a class: T-shirt/top.":
            lambda probabilities, cut: decide_with(probabilities, cut, refused=0),
        "At the cut exactly, it answers: only what is below becomes -1.": lambda probabilities, cut: np.where(
            np.max(probabilities, axis=1) > cut, np.argmax(probabilities, axis=1), -1),
        "You took the greatest of the whole table; look along each row, with `axis=1`.":
            lambda probabilities, cut: np.where(np.max(probabilities) >= cut, np.argmax(probabilities, axis=1), -1),
        "Your class numbers are places in the whole table: `np.argmax`, too, needs `axis=1`.":
            lambda probabilities, cut: np.where(np.max(probabilities, axis=1) >= cut, np.argmax(probabilities), -1),
    },
)  # fmt: skip


def decide_with(probabilities, cut, refused):
    return decide.answer(probabilities, cut, refused)


# ---------------------------------------------------------------------------------------- paint by slices

PAINTED = CLASS_NAMES.index("Trouser")
ENOUGH = 0.9
DARK = 80  # paint that is no lighter than this is too dark to be seen well
LEGS = "two long legs, with a dark gap between, and a waist that joins them"


@functools.cache
def shipped_model():
    from nnfs_helpers.model import Model
    from nnfs_helpers.picture_files import asset

    return Model.load(asset("fashion_model.nnfs"))


def look_at_painting(pixels):
    """What is wrong with a picture, shape (28, 28), 0 to 255, that is to be taken for trousers; None if nothing is."""
    pixels = np.asarray(pixels)
    if pixels.shape != (28, 28):
        return "The picture must stay 28 by 28. Paint into parts of it, as in `painting[4:24, 8:12] = 200`."
    if pixels.min() < 0 or pixels.max() > 255:
        return "Pixels go from 0 (black) to 255 (white)."
    if pixels.max() == 0:
        return "It is still all black. Paint with slices, as in `painting[4:24, 8:12] = 200`."
    first, share = answer_to(pixels)
    if first == PAINTED and share >= ENOUGH:
        return None
    if pixels.max() < DARK:
        return "Your paint is very dark: 255 is white. Take 200."
    if pixels[[0, 0, -1, -1], [0, -1, 0, -1]].min() > 127:
        return "The corners are light. In training the ground was dark and the clothes light: leave some black around."
    if first != PAINTED and answer_to(pixels.T)[0] == PAINTED:
        return "Your trousers lie on their side: the first slice counts rows, from the top."
    if first != PAINTED:
        return f"The network takes it for: {CLASS_NAMES[first]}. Trousers have {LEGS}."
    return f"Trouser leads, with {share:.2f}. Make it {ENOUGH}: {LEGS}."


def answer_to(pixels):
    """(most probable class, probability of trousers)"""
    row = ((pixels.astype(np.float32) - 127.5) / 127.5).reshape(1, -1)
    probabilities = shipped_model().forward(row)[0]
    return int(np.argmax(probabilities)), float(probabilities[PAINTED])


def painting_of(*parts, ground=0):
    """A picture with light rectangles (top, bottom, left, right)."""
    pixels = np.full((28, 28), ground)
    for top, bottom, left, right in parts:
        pixels[top:bottom, left:right] = 200 if ground == 0 else 50
    return pixels


TROUSERS = painting_of((1, 8, 8, 20), (8, 27, 8, 13), (8, 27, 15, 20))
painted = OpenExercise(
    look=look_at_painting,
    right="A few slices, and the network sees trousers. Does it know what trousers are?",
    wrong={
        "The picture must stay 28 by 28. Paint into parts of it, as in `painting[4:24, 8:12] = 200`.":
            np.full((14, 14), 200),
        "Pixels go from 0 (black) to 255 (white).": painting_of((1, 27, 8, 20)) * 2,
        "The corners are light. In training the ground was dark and the clothes light: leave some black around.":
            painting_of((1, 27, 8, 20), ground=255),
        "Your paint is very dark: 255 is white. Take 200.": TROUSERS // 10,
        "Your trousers lie on their side: the first slice counts rows, from the top.": TROUSERS.T,
        f"The network takes it for: Dress. Trousers have {LEGS}.": painting_of((1, 27, 11, 17)),
    },
)  # fmt: skip
