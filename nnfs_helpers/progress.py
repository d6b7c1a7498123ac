"""A progress bar for long training runs, in a notebook or a terminal; elsewhere only the printed lines."""

import os
import sys
import time

PATIENCE = 2  # seconds without a bar: short work needs none


class ProgressBar:
    """Use it in a `with` block: `advance()` after each step, `write(line)` in place of print.

    total: the number of steps.
    """

    def __init__(self, total):
        # tqdm is loaded here, not above: who only looks at a layer should not wait for it.
        from tqdm.auto import tqdm

        # tqdm heeds this variable everywhere but in notebooks.
        is_wanted = os.environ.get("TQDM_DISABLE", "0") in ("", "0")
        someone_watches = is_wanted and ("ipykernel" in sys.modules or sys.stderr.isatty())
        settings = {} if someone_watches else {"disable": True}
        self.bar = tqdm(total=total, unit=" steps", delay=PATIENCE, leave=False, **settings)
        self.start = time.monotonic()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.bar.close()

    def advance(self):
        self.bar.update()

    def write(self, line):
        if self.bar.disable or time.monotonic() - self.start < PATIENCE:
            print(line)
        else:
            self.bar.write(line)
