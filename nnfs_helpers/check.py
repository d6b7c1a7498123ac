"""Was the answer right? Exercises with hints, the numerical gradient check, and the shape diary.

The last line of an exercise is a call such as `check.second_neuron(answer)`. It shows *Not yet*, *Right*
or a hint, and it never stops the notebook. What each exercise expects stands in `nnfs_helpers.exercises`.
"""

import copy
import html
import re
from functools import partial

import numpy as np

TODO = "Replace the `...` and run the cell again."
NOTHING = ("You gave `None`: that is what a function or a method gives that returns nothing. If it stores its result, "
           "read it from there, for example `layer.output` after `layer.forward(inputs)`.")
# Only the line at the left is coloured: text and background stay those of the reader's light or dark theme.
LABELS = {"not yet": "Not yet.", "right": "Right.", "hint": "Hint:", "wrong": "Not right yet."}
LINE_COLOURS = {"not yet": "#888888", "right": "#009E73", "hint": "#E69F00", "wrong": "#D55E00"}


class Verdict:
    """What a check has to say: `state` is "not yet", "right", "hint" or "wrong"; `sentence` says more."""

    def __init__(self, state, sentence):
        self.state = state
        self.sentence = sentence

    def __repr__(self):
        return f"{LABELS[self.state]} {self.sentence}"

    def _repr_html_(self):
        sentence = re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(self.sentence, quote=False))
        style = f"border-left: 0.3em solid {LINE_COLOURS[self.state]}; padding: 0.2em 0.8em"
        return f'<div style="{style}"><b>{LABELS[self.state]}</b> {sentence}</div>'


# ---------------------------------------------------------------------------------------------- exercises


class Exercise:
    """An exercise whose answer is a value: a number, a list or array of numbers, or a word.

    answer: the right one. Lists, tuples and arrays count as equal when shape and numbers agree.
    right: one sentence shown when the answer is right.
    wrong: a dictionary from a hint to the wrong answer that it belongs to.
    todo: what is to be done, shown while the answer still has a blank (`...` or `None`) in it.
    tolerance: how far a number may be off, as a part of the largest number in the right answer.
    """

    def __init__(self, answer, right, wrong=None, todo=TODO, tolerance=1e-4):
        self.answer = answer
        self.right = right
        self.wrong = wrong or {}
        self.todo = todo
        self.tolerance = tolerance

    def __call__(self, answer):
        """The verdict on `answer`. Whatever the answer is, this never raises an error."""
        try:
            return self.judge(answer)
        except Exception as error:
            return Verdict("wrong", f"Your answer could not be compared ({type(error).__name__}: {error}).")

    def not_yet(self, answer):
        return Verdict("not yet", NOTHING if answer is None else self.todo)

    def judge(self, answer):
        if has_blank(answer):
            return self.not_yet(answer)
        if same(answer, self.answer, self.tolerance):
            return Verdict("right", self.right)
        for hint, wrong_answer in self.wrong.items():
            if same(answer, wrong_answer, self.tolerance):
                return Verdict("hint", hint)
        return Verdict("wrong", difference(answer, self.answer, self.tolerance))


class FunctionExercise(Exercise):
    """An exercise whose answer is a function.

    reference: a function that is right.
    cases: a list of tuples; the answer and the reference are called with each tuple's values and must agree.
    wrong: a dictionary from a hint to a function that makes this mistake.
    """

    def __init__(self, reference, cases, right, wrong=None, todo=TODO, tolerance=1e-4):
        super().__init__(reference, right, wrong, todo, tolerance)
        self.cases = cases

    def judge(self, answer):
        if has_blank(answer):
            return self.not_yet(answer)
        if not callable(answer):
            return Verdict("wrong", f"A function is expected, without brackets; you gave {describe(answer)}.")
        results = [outcome(answer, case) for case in self.cases]
        if any(is_blank_error(result) for result in results):
            return Verdict("not yet", self.todo)
        if any(has_blank(result) for result in results):
            return Verdict("not yet", f"{self.todo} (So far the function returns nothing.)")
        if self.agree(results, self.answer):
            return Verdict("right", self.right)
        for hint, wrong_function in self.wrong.items():
            if self.agree(results, wrong_function):
                return Verdict("hint", hint)
        return self.first_difference(results)

    def agree(self, results, function):
        expected = [outcome(function, case) for case in self.cases]
        return all(same(result, value, self.tolerance) for result, value in zip(results, expected))

    def first_difference(self, results):
        for case, result in zip(self.cases, results):
            called = f"Called with {', '.join(short(value) for value in case)}"
            if isinstance(result, Exception):
                return Verdict("wrong", f"{called}, your function stopped: {type(result).__name__}: {result}")
            expected = outcome(self.answer, case)
            if not same(result, expected, self.tolerance):
                return Verdict("wrong", f"{called}: {difference(result, expected, self.tolerance)}")


class OpenExercise(Exercise):
    """An exercise with many right answers.

    look: a function that is given the answer and returns None when it is right, else a hint.
    wrong: a dictionary from each hint that `look` can return to an answer that earns it.
    """

    def __init__(self, look, right, wrong=None, todo=TODO):
        super().__init__(None, right, wrong, todo)
        self.look = look

    def judge(self, answer):
        if has_blank(answer):
            return self.not_yet(answer)
        hint = self.look(answer)
        return Verdict("right", self.right) if hint is None else Verdict("hint", hint)


# --------------------------------------------------------------------------------------- comparing answers


def has_blank(answer):
    """True where nothing has been filled in yet: `...` or None, alone or anywhere inside."""
    if answer is None or answer is ...:
        return True
    if isinstance(answer, dict):
        return any(has_blank(value) for value in answer.values())
    if isinstance(answer, np.ndarray) and answer.dtype == object:
        return any(has_blank(value) for value in answer.ravel())
    return isinstance(answer, (list, tuple)) and any(has_blank(value) for value in answer)


def is_blank_error(result):
    """True for the error that comes from calculating with `...` inside a function."""
    return isinstance(result, TypeError) and "ellipsis" in str(result)


def outcome(function, case):
    """What the function returns for its own copy of the case, or the error with which it stops."""
    try:
        return function(*copy.deepcopy(case))
    except Exception as error:
        return error


def same(answer, expected, tolerance):
    """True where both are the same word, the same kind of error, or equal numbers in the same shape."""
    if isinstance(answer, Exception) or isinstance(expected, Exception):
        return type(answer) is type(expected)
    if isinstance(answer, str) and isinstance(expected, str):
        return answer.strip().lower() == expected.strip().lower()
    answer, expected = numbers_in(answer), numbers_in(expected)
    if answer is None or expected is None or answer.shape != expected.shape:
        return False
    return bool(np.all(close(answer, expected, tolerance)))


def close(answer, expected, tolerance):
    """One True or False per number: is it near enough to the expected one?"""
    scale = np.max(np.abs(expected), initial=0.0, where=np.isfinite(expected))
    return np.isclose(answer, expected, rtol=0, atol=tolerance * (scale or 1.0), equal_nan=True)


def numbers_in(answer):
    """The answer as an array of float64, or None where it is not made of numbers in rows of equal length."""
    try:
        array = np.asarray(answer)
        return array.astype(np.float64) if array.dtype.kind in "bifu" else None
    except (ValueError, TypeError):
        return None


def difference(answer, expected, tolerance):
    """The most useful fact about an answer that is not right, as a sentence that does not give it away."""
    numbers, right = numbers_in(answer), numbers_in(expected)
    if right is None and isinstance(answer, str) and isinstance(expected, str):
        return f"{answer.strip()!r} is not it. Have another look."
    if right is None or numbers is None:
        where = " Its result is in `.output`." if hasattr(answer, "output") else ""
        return f"You gave {describe(answer)}; {describe(expected, show=False)} is expected.{where}"
    if numbers.shape != right.shape:
        return shape_difference(numbers, right, tolerance)
    if np.isnan(numbers).any():
        return "There is a `nan` (not a number) in it. It comes from 0/0, or from the log of a negative number."
    if np.all(close(-numbers, right, tolerance)):
        return "The sign is the wrong way round."
    if right.ndim == 0:
        return number_difference(float(numbers), float(right))
    if np.all(close(np.sort(numbers, axis=None), np.sort(right, axis=None), tolerance)):
        return "These are the right numbers in the wrong order."
    return places_difference(numbers, right, tolerance)


def shape_difference(numbers, right, tolerance):
    shapes = f"Your answer is {kind(numbers)}, but {kind(right)} is expected"
    if numbers.T.shape == right.shape and np.all(close(numbers.T, right, tolerance)):
        return f"{shapes}: rows and columns are swapped."
    if numbers.size == right.size and np.all(close(numbers.reshape(right.shape), right, tolerance)):
        return f"{shapes}. The numbers themselves are right."
    return f"{shapes}."


def number_difference(number, right):
    if np.isclose(number, right, rtol=0.01):
        return f"{number:g} is very near: calculate without rounding on the way."
    return f"{number:g} is too {'large' if number > right else 'small'}."


def places_difference(numbers, right, tolerance):
    matches = close(numbers, right, tolerance)
    place = tuple(np.argwhere(~matches)[0])
    return (f"The shape is right, and so are {matches.sum()} of {matches.size} numbers. "
            f"Look at `[{written(place)}]`: you have {numbers[place]:g} there.")


def written(place):
    """A place in an array as it is written between square brackets."""
    return ", ".join(str(int(position)) for position in place)


def describe(answer, show=True):
    """What kind of thing an answer is, in words."""
    if isinstance(answer, str):
        return f"the text {answer!r}" if show else "a text"
    numbers = numbers_in(answer)
    if numbers is not None:
        return kind(numbers)
    if isinstance(answer, (list, tuple)):
        return f"a {type(answer).__name__} that is not made of numbers in rows of equal length"
    return "a function" if callable(answer) else f"something of type {type(answer).__name__}"


def kind(numbers):
    """What an array of numbers is for a reader: one number, a list of numbers, or an array with its shape."""
    if numbers.ndim == 0:
        return "one number"
    if numbers.ndim == 1:
        return f"a list of {len(numbers)} {'number' if len(numbers) == 1 else 'numbers'}"
    return f"an array of shape {numbers.shape}"


def short(value, length=60):
    text = " ".join(repr(value).split())
    return text if len(text) <= length else text[: length - 1] + "…"


# ---------------------------------------------------------------------------------------- gradient checks


def numerical_gradient(function, array, step=1e-5):
    """The slope of `function` along every number in `array`, found by trying out (central differences).

    function: takes an array of the same shape and returns one number.
    Returns an array of the same shape, float64. See chapters 7 and 9.
    """
    array = np.array(array, dtype=np.float64)
    gradient = np.empty_like(array)
    for place in np.ndindex(array.shape):
        value = array[place]
        array[place] = value + step
        above = float(function(array))
        array[place] = value - step
        below = float(function(array))
        array[place] = value
        gradient[place] = (above - below) / (2 * step)
    return gradient


def gradient_check(function, array, analytic, name="gradient", tolerance=1e-6):
    """Compare a gradient from formulas with the slopes found by trying out.

    function: takes an array like `array`, returns one number, and calculates in float64.
    array: the point; keep away from kinks, such as inputs of exactly 0 for ReLU.
    analytic: the gradient that the formulas give there, same shape as `array`.
    Returns a Verdict: right, or the place where the two disagree most.
    """
    analytic = np.asarray(analytic, dtype=np.float64)
    if analytic.shape != np.shape(array):
        return Verdict("wrong", f"{name} has the shape {analytic.shape}; one slope for every number would be "
                                f"{np.shape(array)}.")
    if np.dot(np.ones(1), np.ones(1)).dtype != np.float64:
        return Verdict("hint", "After `nnfs.init()`, or inside `book_precision`, NumPy rounds to float32. "
                               "That is too coarse for this check: run it outside.")
    tried_out = numerical_gradient(function, array)
    distance = np.nan_to_num(np.abs(analytic - tried_out), nan=np.inf)
    largest = max(np.max(np.abs(tried_out), initial=0.0), 1e-3)
    if np.all(distance <= tolerance * largest):
        return Verdict("right", f"{name}: all {analytic.size} slopes agree with those found by trying out.")
    place = np.unravel_index(np.argmax(distance), distance.shape)
    return Verdict("wrong", f"{name}: at `[{written(place)}]` the formula says {analytic[place]:.4g}, "
                            f"trying out says {tried_out[place]:.4g}.")


def layer_gradient_check(layer, inputs):
    """Check `backward` of a layer or an activation: dinputs, and dweights and dbiases where it has them.

    inputs: samples × features. The layer itself stays as it is. Penalties (chapter 14) are not part of the
    check, and a layer that draws random numbers cannot be checked this way.
    Returns a Verdict: the first disagreement, or right.
    """
    layer = copy.deepcopy(layer)
    inputs = np.array(inputs, dtype=np.float64)
    arrays = {"inputs": inputs}
    for name in ("weights", "biases"):
        if hasattr(layer, name):
            arrays[name] = np.array(getattr(layer, name), dtype=np.float64)
            setattr(layer, name, arrays[name])
    layer.forward(inputs)
    # One number per output, no two alike, so that no mistake cancels another.
    dvalues = np.cos(np.arange(1.0, layer.output.size + 1)).reshape(layer.output.shape)
    layer.backward(dvalues.copy())

    def weighted_output(name, array):
        probe = copy.copy(layer)
        if name != "inputs":
            setattr(probe, name, array)
        probe.forward(array if name == "inputs" else inputs)
        return np.sum(probe.output * dvalues)

    for name, array in arrays.items():
        gradient = getattr(layer, f"d{name}")
        verdict = gradient_check(partial(weighted_output, name), array, gradient, f"d{name}")
        if verdict.state != "right":
            return verdict
    checked = ", ".join(f"d{name}" for name in arrays)
    return Verdict("right", f"{checked}: all slopes agree with those found by trying out.")


def loss_gradient_check(loss, y_pred, y_true):
    """Check `backward` of a loss: dinputs is the slope of the mean loss along every prediction."""
    loss = copy.deepcopy(loss)
    y_pred = np.array(y_pred, dtype=np.float64)
    loss.backward(y_pred.copy(), y_true)
    return gradient_check(lambda array: np.mean(loss.forward(array, y_true)), y_pred, loss.dinputs, "dinputs")


# ------------------------------------------------------------------------------------------- shape diary


class ShapeDiary:
    """A table of arrays: name, shape, what a row is, what a column is."""

    def __init__(self, entries):
        self.lines = [("name", "shape", "a row is", "a column is")]
        for name, (array, row, column) in entries.items():
            self.lines.append((name, str(np.shape(array)), row, column))

    def __repr__(self):
        widths = [max(len(text) for text in column) for column in zip(*self.lines)]
        padded = [[text.ljust(width) for text, width in zip(line, widths)] for line in self.lines]
        return "\n".join("   ".join(line).rstrip() for line in padded)

    def _repr_html_(self):
        heading, *rows = self.lines
        return f"<table>{html_row(heading, 'th')}{''.join(html_row(row, 'td') for row in rows)}</table>"


def html_row(texts, tag):
    cells = [f'<{tag} style="text-align: left">{html.escape(text)}</{tag}>' for text in texts]
    return f"<tr>{''.join(cells)}</tr>"


def shape_diary(**entries):
    """The shapes of some arrays and what they mean, as a table.

    Each entry is name=(array, what a row is, what a column is). An array with one axis has no columns:
    say what one of its numbers is, and put "–" for the column.
    """
    for name, entry in entries.items():
        if not isinstance(entry, tuple) or len(entry) != 3:
            raise ValueError(f"shape_diary: {name} is {short(entry)}; three things in brackets are expected: "
                             '(array, "what a row is", "what a column is").')
    return ShapeDiary(entries)
