"""The exercises of chapter 8, Gradients, Partial Derivatives, and the Chain Rule."""

import numpy as np

from nnfs_helpers.check import Exercise, FunctionExercise, OpenExercise

# -------------------------------------------------------------------------------------- two partial derivatives

two_slopes = Exercise(
    answer=[12, 7],
    right="Whatever stands still is a constant: a factor stays, a term that is alone vanishes.",
    wrong={
        "You swapped them: first the slope along x, then the one along y.": [7, 12],
        "Along x the y stands still, but as a factor it stays: x² · y has the slope 2x · y.": [4, 7],
        "Along y the x stands still, but as a factor it stays: x² · y has the slope x².": [12, 4],
        "Along x the term 3y stands still: a constant that is added has the slope 0.": [15, 7],
        "Those are the two terms of the function at (2, 3). Wanted are its slopes.": [12, 9],
        "Along y the term x² · y is x² times y, so its slope is x², which is 4; and 3y has a slope, too.": [12, 3],
    },
)  # fmt: skip

# ------------------------------------------------------------------------------------------------ a chain

chain_slope = FunctionExercise(
    reference=lambda x: 3 * (x**2 + 1) ** 2 * 2 * x,
    cases=[(2.0,), (-1.0,), (0.5,), (0.0,)],
    right="The rate of the last wheel, taken where it stands, times the rate of the first.",
    wrong={
        "That is the rate of the last wheel alone. The first one has a rate, too.": lambda x: 3 * (x**2 + 1) ** 2,
        "The last wheel stands at `u`, not at `x`: its rate is `3 * u**2`.": lambda x: 3 * x**2 * 2 * x,
        "Rates along a chain multiply; you added them.": lambda x: 3 * (x**2 + 1) ** 2 + 2 * x,
        "That is the value of the function. Wanted is its slope.": lambda x: (x**2 + 1) ** 3,
        "That is the rate of the first wheel alone. The last one has a rate, too.": lambda x: 2 * x,
        "The last wheel stands at `u`, not at the slope `2 * x`: its rate is `3 * u**2`. Then comes `2 * x`, once.": (
            lambda x: 3 * (2 * x) ** 2
        ),
        "Nearly: lower the power by one, so `u**2`.": lambda x: 3 * (x**2 + 1) ** 3 * 2 * x,
        "The power 3 comes down as a factor.": lambda x: (x**2 + 1) ** 2 * 2 * x,
    },
)  # fmt: skip

# -------------------------------------------------------------------------------------- a surface to order

FLAT = "Its gradient at (1, 2) is zero: nothing changes there when x or y does."
ONLY_X = "The slope along x is right. Look at the one along y: it has to be −4 at (1, 2)."
ONLY_Y = "The slope along y is right. Look at the one along x: it has to be 3 at (1, 2)."
ONE_NUMBER = "Return the height, one number. The gradient is what then comes out of it."
SIGNS = "The sizes are right. Look at the signs: up along x, down along y."
SWAPPED = "The two slopes are swapped: 3 along x, −4 along y."
ELSEWHERE = "The slopes at (1, 2) are other ones. Work out both partial derivatives, and put in x = 1 and y = 2."


def look_at_surface(function, h=1e-5):
    """The hint for a function of two numbers, or None where its gradient at (1, 2) is (3, -4); `...` for a stub."""
    if np.ndim(function(1.0, 2.0)) > 0:
        return ONE_NUMBER
    x = (function(1 + h, 2) - function(1 - h, 2)) / (2 * h)
    y = (function(1, 2 + h) - function(1, 2 - h)) / (2 * h)
    fits_x, fits_y = abs(x - 3) < 1e-3, abs(y + 4) < 1e-3
    if fits_x and fits_y:
        return None
    if abs(x) + abs(y) < 1e-3:
        return FLAT
    if abs(abs(x) - 3) < 1e-3 and abs(abs(y) - 4) < 1e-3:
        return SIGNS
    if abs(x + 4) < 1e-3 and abs(y - 3) < 1e-3:
        return SWAPPED
    return ONLY_X if fits_x else ONLY_Y if fits_y else ELSEWHERE


class SurfaceExercise(OpenExercise):
    """An open exercise whose answer is a function of two numbers."""

    def judge(self, answer):
        if callable(answer) and answer(1.0, 2.0) in (None, ...):
            return self.not_yet(...)
        return super().judge(answer)


surface_to_order = SurfaceExercise(
    look=look_at_surface,
    right="At (1, 2) it rises by 3 along x and falls by 4 along y. Elsewhere it may do as it likes.",
    wrong={
        FLAT: lambda x, y: (x - 1) ** 2 + (y - 2) ** 2,
        ONLY_X: lambda x, y: 3 * x,
        ONLY_Y: lambda x, y: x - 4 * y,
        SIGNS: lambda x, y: 3 * x + 4 * y,
        SWAPPED: lambda x, y: -4 * x + 3 * y,
        ONE_NUMBER: lambda x, y: [3, -4],
        ELSEWHERE: lambda x, y: 3 * x**2 - 4 * y**2,
    },
)
