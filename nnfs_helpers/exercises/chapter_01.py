"""The exercises of chapter 1, Introducing Neural Networks."""

from nnfs_helpers.check import Exercise, FunctionExercise, OpenExercise, numbers_in
from nnfs_helpers.figures.fitting import TeaPicture

# ---------------------------------------------------------------------------------------- three guesses

three_guesses = Exercise(
    answer=14 / 3,
    right="The last guess alone makes up nearly two thirds of it: large misses weigh more.",
    wrong={
        "That is the sum of the squares. Divide by the number of guesses.": 14,
        "That is the average miss, without its sign. Square each miss first.": 2,
        "Misses of different signs have cancelled. Square each miss before you add them up.": -2 / 3,
        "You squared at the end. Square each miss, then take the average.": 4 / 9,
    },
)

# --------------------------------------------------------------------------------------- a tuner for one knob


def valley(knob):
    """A score that is best at 3."""
    return (knob - 3) ** 2


def best_of(knob, step, score_of):
    return min([knob, knob - step, knob + step], key=score_of)


better = FunctionExercise(
    reference=best_of,
    cases=[(1, 0.5, valley), (5, 0.5, valley), (3, 0.5, valley), (2.5, 4, valley)],
    right="It finds its way from both sides, and it stays where it is best. Call it in a loop, and it is a machine.",
    wrong={
        "That is the smallest *score*. Wanted is the knob that has it.":
            lambda knob, step, score_of: min(score_of(knob), score_of(knob - step), score_of(knob + step)),
        "That is the place with the *largest* score. Small is good.":
            lambda knob, step, score_of: max([knob, knob - step, knob + step], key=score_of),
        "It always moves. Where both neighbours are worse, the knob should stay.":
            lambda knob, step, score_of: min([knob - step, knob + step], key=score_of),
        "It only goes up. Try `knob - step`, too.":
            lambda knob, step, score_of: min([knob, knob + step], key=score_of),
        "It only goes down. Try `knob + step`, too.":
            lambda knob, step, score_of: min([knob, knob - step], key=score_of),
    },
)  # fmt: skip

# ------------------------------------------------------------------------------------------------- tea

TWO_NUMBERS = "Two numbers are asked for: one weight and one bias."
RISES = "Your line rises. Tea sells *worse* on warm days: which sign makes a line fall?"
TOO_FLAT = "Below the points on the left, above them on the right: the line has to fall more steeply."
TOO_STEEP = "Above the points on the left, below them on the right: the line falls too steeply."
TOO_HIGH = "Most points lie below the line: lower the bias."
TOO_LOW = "Most points lie above the line: raise the bias."
NEARLY = "Not below 4 yet, but the line passes through the crowd. Turn each knob by a little and compare the scores."


def look_at_tea(answer):
    """The hint for a weight and a bias, or None where the score is below 4."""
    numbers = numbers_in(answer)
    if numbers is None or numbers.shape != (2,):
        return TWO_NUMBERS
    weight, bias = numbers
    misses = [weight * warmth + bias - teas for warmth, teas in zip(TeaPicture.WARMTH, TeaPicture.TEAS)]
    if sum(miss**2 for miss in misses) / len(misses) < 4:
        return None
    if weight >= 0:
        return RISES
    left, right = sum(misses[:4]) / 4, sum(misses[4:]) / 4
    if left < -2 and right > 2:
        return TOO_FLAT
    if left > 2 and right < -2:
        return TOO_STEEP
    if abs(left + right) > 3:
        return TOO_HIGH if left + right > 0 else TOO_LOW
    return NEARLY


tea = OpenExercise(
    look=look_at_tea,
    right="A weight may be negative, a bias large: nobody told you the numbers, you found them.",
    wrong={
        TWO_NUMBERS: (-1.5, [42]),
        RISES: (1.5, 10),
        TOO_FLAT: (-1.0, 36.5),
        TOO_STEEP: (-2.2, 51),
        TOO_HIGH: (-1.5, 50),
        TOO_LOW: (-1.5, 35),
        NEARLY: (-1.4, 42),
    },
)
