"""The exercises of chapter 9, Backpropagation."""

import numpy as np

from nnfs_helpers.check import Exercise, FunctionExercise, OpenExercise

# ---------------------------------------------------------------------------------- a neuron with a loss

neuron_with_loss = Exercise(
    answer=[-6.0, -12.0, 6.0, -6.0],
    right="Four slopes, each by one multiplication from what came in. The negative ones say: more, please.",
    wrong={
        "`dz` is right, but a weight's slope is `dz` times its *input*. You took the weights.":
            [-6.0, -9.0, 3.0, -6.0],
        "The loss's slope is missing: multiply what comes in, `doutput`, by ReLU's slope. You began with 1.":
            [1.0, 2.0, -1.0, 1.0],
        "You began with the loss itself. What goes back is its slope, `doutput`.": [9.0, 18.0, -9.0, 9.0],
        "`dz` is right. But the slopes before it are not the inputs alone: multiply each by `dz`.":
            [-6.0, 2.0, -1.0, 1.0],
        "The weights are right. The bias meets a 1 on the way forward: its slope is `dz` times 1.":
            [-6.0, -12.0, 6.0, 1.0],
        "The bias meets a 1, not itself: its slope is `dz` times 1.": [-6.0, -12.0, 6.0, 9.0],
        "You multiplied `dz` by `z`. ReLU's slope is 1 where `z` is above 0, else 0.": [-12.0, -24.0, 12.0, -12.0],
        "The gate is open: `z` is 2, above 0. So ReLU's slope is 1.": [0.0, 0.0, 0.0, 0.0],
    },
)  # fmt: skip

# ---------------------------------------------------------------------------------------- a leaking gate

INPUTS = np.array([[2.0, -1.0, 0.5], [-3.0, 4.0, -0.2]])
DVALUES = np.array([[1.0, 2.0, -3.0], [4.0, -5.0, -6.0]])
LARGER_INPUTS = np.array([[-0.5, 0.1], [3.0, -2.0], [1.5, -7.0], [-4.0, 6.0]])
LARGER_DVALUES = np.array([[0.3, -0.7], [-1.1, 0.9], [2.0, -0.4], [-0.6, 1.7]])

leaky_backward = FunctionExercise(
    reference=lambda inputs, dvalues: dvalues * np.where(inputs > 0, 1, 0.1),
    cases=[(INPUTS, DVALUES), (LARGER_INPUTS, LARGER_DVALUES)],
    right="What is stopped in ReLU passes here, ten times weaker. That is why these neurons never die.",
    wrong={
        "That is the ordinary ReLU: below 0 the slope is 0.1 here, not 0.":
            lambda inputs, dvalues: dvalues * (inputs > 0),
        "Those are the slopes of the gate. Multiply them by what comes in: `dvalues`.":
            lambda inputs, dvalues: np.where(inputs > 0, 1, 0.1),
        "The gate is decided on the way forward, by the sign of `inputs`. You asked for the sign of `dvalues`.":
            lambda inputs, dvalues: np.where(dvalues > 0, dvalues, 0.1 * dvalues),
        "That is the way forward again. On the way back the *slope* multiplies, 1 or 0.1, and not the output.":
            lambda inputs, dvalues: dvalues * np.where(inputs > 0, inputs, 0.1 * inputs),
        "That is the output. On the way back return the slope, 1 or 0.1, times what comes in: `dvalues`.":
            lambda inputs, dvalues: np.where(inputs > 0, inputs, 0.1 * inputs),
        "Above 0 the slope is 1, and 1 times what comes in is `dvalues`, not 1.":
            lambda inputs, dvalues: np.where(inputs > 0, 1, 0.1 * dvalues),
        "The two slopes are the wrong way round: 1 above 0, and 0.1 below.":
            lambda inputs, dvalues: dvalues * np.where(inputs > 0, 0.1, 1),
        "Below 0 you give 0.1, whatever comes in. It has to be 0.1 times `dvalues`.":
            lambda inputs, dvalues: np.where(inputs > 0, dvalues, 0.1),
    },
)  # fmt: skip

# ---------------------------------------------------------------------------------------- better than luck

STILL = "The loss does not move at all. Does `step` change `layer.weights` and `layer.biases`, with `+=` or `-=`?"
UPHILL = "The loss ends higher than it began. Either the step goes *along* the slopes, or the rate is far too large."
TOO_SHORT = "Down it goes, but hardly: your steps are too short for 300 of them. Try a larger rate."
TOO_LONG = "Your steps are too long: they leap across the valley, or kill the ReLUs at once. Try a smaller rate."
HALF = "With this rate, both the weights and the biases bring it further down. Does `step` change both, `-=` each time?"
NEARLY = "Down it goes, but not below 0.25 yet. Try a rate that is two or three times as large, or as small."


def look_at_descent(answer):
    """The hint for a rate and its losses, or None where the run ends below 0.25."""
    rate, losses = answer[0], np.asarray(answer[1], dtype=float)
    if np.all(losses == losses[0]):
        return STILL
    if not np.isfinite(losses[-1]) or losses[-1] > losses[0] + 0.01:
        return UPHILL
    if losses[-1] < 0.25:
        return None
    if 0.3 <= rate <= 2 and losses[-1] > 0.5:
        return HALF
    if rate > 2 or losses[-1] > np.min(losses) + 0.1:
        return TOO_LONG
    return TOO_SHORT if losses[-1] > 0.9 else NEARLY


descent = OpenExercise(
    look=look_at_descent,
    right="In 300 steps luck came down to 0.38. How to choose the rate, and whether it should stay, is chapter 10.",
    wrong={
        STILL: [1.0, [1.0986, 1.0986, 1.0986]],
        UPHILL: [-1.0, [1.0986, 1.3, 5.0, 10.7]],
        TOO_SHORT: [0.01, [1.0986, 1.0986, 1.0985]],
        TOO_LONG: [3.0, [1.0986, 0.7588, 1.05, 1.0986]],
        HALF: [1.0, [1.0986, 0.9, 0.79, 0.784]],
        NEARLY: [0.3, [1.0986, 1.04, 0.48, 0.331]],
    },
)
