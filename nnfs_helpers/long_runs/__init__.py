"""Training runs that take minutes: made whole once (`make long-runs`), stored as figures of every hundredth epoch.

A notebook runs the beginning of such a run itself, checks that it equals the stored beginning, and draws the rest.
"""

import json
from pathlib import Path

FOLDER = Path(__file__).parent


def stored_run(name):
    """A stored training run as a dictionary.

    settings: what was trained, in words. versions: of what made it. seconds: how long it took there.
    history: a dictionary of lists: epoch, accuracy, loss, data_loss, regularization_loss, learning_rate. In the
        runs from many starts only accuracy and loss, at the last epoch, with an entry for each start.
    test: accuracy and loss on data drawn after the training, where the chapter draws some.
    Raises ValueError for a name that there is not.
    """
    path = FOLDER / f"{name}.json"
    if not path.exists():
        raise ValueError(f"stored_run({name!r}): there is no such run. There are {', '.join(stored_names())}.")
    return json.loads(path.read_text(encoding="utf-8"))


def stored_names():
    return sorted(path.stem for path in FOLDER.glob("*.json"))
