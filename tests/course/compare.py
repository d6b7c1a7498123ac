"""Strict comparison of a notebook's stored outputs with new ones: nbval, on the staged package.

Some cells are run everywhere but compared only where their outputs can be had again; they assert bands:

- `book-digits`: some processors round the exponential of a float32 number otherwise than those that made the stored
  logs (see `nnfs_helpers.precision`).
- `real-data`: where the real Fashion-MNIST is not at hand, the drawn stand-in takes its place.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

from nnfs_helpers.precision import same_digits_as_book
from tests.course.normalise import SANITIZER, SECONDS_PER_CELL, environment, real_data_is_here
from tests.course.notebooks import chapter_of, read, tags

# The tests' own settings are not for the pytest that runs nbval.
NOT_HANDED_ON = ("PYTEST_ADDOPTS", "PYTEST_CURRENT_TEST", "PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT")


def compare(path, same_digits=None, real_data=None):
    """Run a notebook and compare. Returns (faults as text, "" when all is equal; seconds).

    same_digits: whether cells tagged `book-digits` are compared, too; by default this processor decides.
    real_data: the same for cells tagged `real-data`; by default the files on this machine decide.
    """
    path = Path(path).resolve()
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "pytest.ini"
        settings.write_text("[pytest]\n")
        variables = environment(chapter_of(path), folder, path.parent)
        variables = {name: value for name, value in variables.items() if name not in NOT_HANDED_ON}
        can_be_had = {"book-digits": same_digits_as_book() if same_digits is None else same_digits,
                      "real-data": real_data_is_here() if real_data is None else real_data}
        path = without_outputs_of({tag for tag, can in can_be_had.items() if not can}, path, folder)
        command = [sys.executable, "-P", "-m", "pytest", "-c", settings, "--rootdir", folder, "-p", "no:xdist",
                   "-p", "no:cacheprovider", "-q", "--no-header", "--color=no", "--disable-warnings",
                   "--nbval", "--nbval-current-env", "--nbval-sanitize-with", SANITIZER,
                   "--nbval-cell-timeout", SECONDS_PER_CELL, path]
        run = subprocess.run([os.fspath(part) if isinstance(part, Path) else str(part) for part in command],
                             cwd=folder, env=variables, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    return "" if run.returncode == 0 else short_report(run.stdout + run.stderr), seconds


def without_outputs_of(ignored, path, folder):
    """A copy in which nbval leaves the outputs of the cells with one of these tags alone."""
    notebook = read(path)
    for cell in notebook.cells:
        if ignored & set(tags(cell)):
            cell.metadata["tags"] = [*tags(cell), "nbval-ignore-output"]
    copy = Path(folder) / path.name
    nbformat.write(notebook, str(copy))
    return copy


def short_report(text, lines=60):
    """What nbval says about the first cells that differ, without its frame."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    text = re.sub(r"[A-Za-z0-9+/=]{200,}", "…", text)
    _, _, failures = text.partition("= FAILURES =")
    failures = re.split(r"\n=+ ", failures or text)[0].lstrip("=\n")
    shown = [line for line in failures.splitlines() if line.strip()]
    return "\n".join(shown[:lines] + (["…"] if len(shown) > lines else []))
