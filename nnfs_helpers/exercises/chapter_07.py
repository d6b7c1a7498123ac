"""The exercises of chapter 7, Derivatives."""

from nnfs_helpers.check import Exercise, FunctionExercise, OpenExercise

# ------------------------------------------------------------------------------------- a slope by the rules

slope_by_rules = FunctionExercise(
    reference=lambda x: 8 * x**3 - 6 * x + 6,
    cases=[(1.5,), (-2.0,), (0.5,)],
    right="Term by term, and the 1 is gone: a constant lifts a graph, it does not tilt it.",
    wrong={
        "The constant −1 has the slope 0, so it leaves no trace.": lambda x: 8 * x**3 - 6 * x + 5,
        "The power becomes one smaller: the slope of x to the power 4 is 4 times x to the power *3*.":
            lambda x: 8 * x**4 - 6 * x**2 + 6 * x,
        "The factors are right. But each power becomes one smaller: x to the power 4 leaves x to the power 3, "
        "and x to the power 2 leaves x.": lambda x: 8 * x**4 - 6 * x**2 + 6,
        "The power comes down as a factor: the slope of x to the power 4 is *4* times x to the power 3.":
            lambda x: 2 * x**3 - 3 * x + 6,
        "The constant factors are missing: they stay in front of the slopes.": lambda x: 4 * x**3 - 2 * x + 1,
        "Mind the minus in front of the second term: it stays.": lambda x: 8 * x**3 + 6 * x + 6,
        "The slope of 6x is 6: each step to the right adds 6.": lambda x: 8 * x**3 - 6 * x,
        "That is the function itself. Wanted is its slope.": lambda x: 2 * x**4 - 3 * x**2 + 6 * x - 1,
    },
    todo="Replace the `...` by the slope of each term, and run the cell again.",
)  # fmt: skip

# ------------------------------------------------------------------------------------------- the bottom

lowest_place = Exercise(
    answer=2.0,
    right="Found without a single try: at the bottom the slope is 0, and 6x − 12 = 0 says where.",
    wrong={
        "That is the height at the bottom. Wanted is the place, x.": -7.0,
        "Check the sign: 6x − 12 = 0 means 6x = 12.": -2.0,
        "12 is what 6x has to be. Divide by 6.": 12.0,
        "At 0 the graph crosses the y-axis, but its slope there is −12: it still falls.": 0.0,
        "The slope of 3x² is 6x, not 3x: the power comes down as a factor.": 4.0,
        "6x is 6 *times* x. So 6x = 12 asks for 12 divided by 6, not for 12 less 6.": 6.0,
    },
)

# ------------------------------------------------------------------------------------ turn a weight by its slope

STANDS = "The weight never moves. Return a new one that depends on the slope."
UPHILL = "The loss ends higher than it began. A positive slope means that *down* is to the left."
JUMPS = "You cross the valley again and again, and end beside its bottom. Take shorter steps where the slope is small."
FORGETS = "Your next weight ignores where you stand. A step starts there: add something to `weight`, or take it away."
BLIND = "The slope is not used. From the other side of the valley this rule would walk away from the bottom."
SHORT = "Down it goes, but 20 such steps are too short to arrive. Step further, or further where it is steep."


def look_at_walk(answer):
    """The hint for [a function next_weight(weight, slope), the losses along its walk]; None where all is well."""
    next_weight, losses = answer
    if max(losses) == min(losses):
        return STANDS
    if next_weight(1.0, 0.5) == next_weight(2.0, 0.5):
        return FORGETS
    if losses[-1] > losses[0]:
        return UPHILL
    if losses[-1] < 1.28:
        return BLIND if next_weight(1.0, 0.5) == next_weight(1.0, -0.5) else None
    went_up = any(after > before + 0.001 for before, after in zip(losses, losses[1:]))
    return JUMPS if went_up else SHORT


follow_slope = OpenExercise(
    look=look_at_walk,
    right="The slope said which way, and how boldly. Do this for all weights at once, and a network learns.",
    wrong={
        STANDS: [lambda weight, slope: weight, [3.8, 3.8, 3.8]],
        FORGETS: [lambda weight, slope: -slope, [3.8, 1.5, 1.3, 1.27]],
        UPHILL: [lambda weight, slope: weight + slope, [3.8, 4.4, 5.0]],
        BLIND: [lambda weight, slope: weight - 0.15, [3.8, 2.4, 1.27]],
        JUMPS: [lambda weight, slope: weight - 5 * slope, [3.8, 1.5, 1.4, 1.5, 1.4]],
        SHORT: [lambda weight, slope: weight - 0.1 * slope, [3.8, 3.6, 3.4, 3.2]],
    },
)
