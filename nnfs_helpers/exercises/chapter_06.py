"""The exercises of chapter 6, Introducing Optimization."""

from nnfs_helpers.check import Exercise, FunctionExercise, OpenExercise

# ------------------------------------------------------------------------------------------ the new bests


def places_of_new_bests(losses):
    best, places = 9999999, []
    for place, loss in enumerate(losses):
        if loss < best:
            best = loss
            places.append(place)
    return places


def lower_than_first(losses):
    return [0] + [place for place, loss in enumerate(losses) if loss < losses[0]]


def lower_than_previous(losses):
    return [0] + [place for place in range(1, len(losses)) if losses[place] < losses[place - 1]]


def with_equals(losses):
    best, places = 9999999, []
    for place, loss in enumerate(losses):
        if loss <= best:
            best = loss
            places.append(place)
    return places


new_bests = FunctionExercise(
    reference=places_of_new_bests,
    cases=[([1.2, 1.5, 0.9, 1.0, 0.8, 0.8, 0.85, 0.3],), ([0.7, 0.9, 0.8],), ([3.0, 2.0, 2.5, 1.0],)],
    right="This is the heart of every search of this chapter: compare with the best so far, and remember it.",
    wrong={
        "The best never changes: it has to become the new loss each time one is lower.": lower_than_first,
        "You compare each loss with the one before it. Compare it with the best of *all* before it.":
            lower_than_previous,
        "An equal loss is not better. Ask for *lower*: `<`, not `<=`.": with_equals,
        "Those are the losses. Wanted are their places, counted from 0.":
            lambda losses: [losses[place] for place in places_of_new_bests(losses)],
        "The first loss is a new best, too: begin with a best that any loss beats.":
            lambda losses: places_of_new_bests(losses)[1:],
        "That is only the last new best. Collect all of them in a list.":
            lambda losses: places_of_new_bests(losses)[-1],
    },
)  # fmt: skip

# ------------------------------------------------------------------------------------------ two nudges

two_nudges = Exercise(
    answer=[-0.1, 0.1],
    right="Two measurements, and you know a good direction. No luck was needed.",
    wrong={
        "Up was worse for the first parameter. So go the other way.": [0.1, 0.1],
        "Both are turned round: up was worse for the first parameter and better for the second.": [0.1, -0.1],
        "Up was better for the second parameter. So go that way.": [-0.1, -0.1],
        "The first parameter also has something to give: up made it worse, so down should help.": [0, 0.1],
        "Those are the changes of the loss. Wanted are the changes of the two parameters, each −0.1 or 0.1.":
            [0.03, -0.06],
    },
)  # fmt: skip

# --------------------------------------------------------------------------------------- down without luck

STANDS = "You stay where you are. Return the new place, changed by a little, as `a, b`."
UPHILL = "Your walk ends higher than it began. Are the signs the right way round?"
STUCK = (
    "Down it goes, but it ends too high. Either your steps are too short for 60 of them (try 0.5), "
    "or one of the parameters never gets its own question."
)


def look_at_losses(losses):
    """The hint for the losses along a walk, or None where it ends deep in the valley."""
    if max(losses) == min(losses):
        return STANDS
    if losses[-1] > losses[0]:
        return UPHILL
    return None if losses[-1] < 0.25 else STUCK


walk_down = OpenExercise(
    look=look_at_losses,
    right="No step was left to luck: you felt the slope under your feet, and went down.",
    wrong={
        STANDS: [2.5, 2.5, 2.5],
        UPHILL: [2.5, 2.8, 3.4],
        STUCK: [2.5, 2.0, 1.1, 1.1],
    },
)
