"""Run notebooks and write them back so that the same course always gives the same bytes.

`make notebooks`, or `python -m tests.course.normalise [--check] [notebooks ...]`, from the project's folder.
Each notebook runs against the package as it stood before its chapter. With --check nothing runs: it fails for
a notebook whose form is not that of a normalised one.
"""

import argparse
import ast
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import zip_longest
from pathlib import Path

import nbformat

from nnfs_helpers import datasets
from tests.course.notebooks import NOTEBOOKS, PACKAGE, ROOT, chapter_of, code_cells, existing, read, tags
from tests.course.stage import stage

SANITIZER = ROOT / "tests" / "nbval_sanitize.cfg"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
SECONDS_PER_CELL = 300
NEEDS_REAL_DATA = (
    "Its outputs are those of the real Fashion-MNIST, which is not on this machine. Fetch it once with "
    f"`load_fashion_mnist()`, or name the folder of its four files in {datasets.FOLDER_VARIABLE}."
)


# --------------------------------------------------------------------------------------------- environment


def environment(number, folder, notebooks=NOTEBOOKS, package=PACKAGE):
    """The environment in which chapter `number` runs: the staged package first, quiet, one thread."""
    stage(number, folder, package, notebooks)
    quiet = {"TQDM_DISABLE": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1",
             "IPYTHONDIR": str(Path(folder) / "ipython")}
    return {**os.environ, **quiet, "PYTHONPATH": str(folder)}


def real_data_is_here():
    """Whether the real Fashion-MNIST lies on this machine: in the folder handed out, or whole in the cache."""
    return bool(os.environ.get(datasets.FOLDER_VARIABLE)) or datasets.is_cached()


# ------------------------------------------------------------------------------------------------ the form


LIVE = {"explore", "playground", "sketch_pad"}


def is_live(cell):
    """True for a cell that calls explore(...) or another of LIVE: what it shows lives only while a kernel runs."""
    try:
        calls = [node.func for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
    except SyntaxError:
        return False
    return any(getattr(function, "id", getattr(function, "attr", None)) in LIVE for function in calls)


def normalise_form(notebook):
    """Bring an executed notebook into its one form, in place."""
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    seen = {}
    for cell in notebook.cells:
        cell.source = cell.source.strip("\n")
        cell.id = cell_id(cell, seen)
        cell.pop("attachments", None)
        if cell.cell_type == "code":
            normalise_outputs(cell)
        kept = {"tags": sorted(set(tags(cell)))} if tags(cell) else {}
        cell.metadata = nbformat.from_dict(kept)
    for count, cell in enumerate(code_cells(notebook), start=1):
        cell.execution_count = count
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = count
    return notebook


def cell_id(cell, seen):
    """An id that depends on the cell's text alone; equal cells are counted."""
    digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:12]
    seen[digest] = seen.get(digest, 0) + 1
    return digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"


def normalise_outputs(cell):
    if is_live(cell) or any(WIDGET_VIEW in output.get("data", {}) for output in cell.outputs):
        cell.outputs = []
        cell.metadata["tags"] = [*tags(cell), "nbval-ignore-output"]
    cell.outputs = merge_streams(cell.outputs)
    for output in cell.outputs:
        if "metadata" in output:
            output.metadata = nbformat.from_dict({})
        if output.output_type == "stream":
            output.text = without_paths(output.text)
        if output.output_type == "error":
            output.traceback = [without_paths(line) for line in output.traceback]


def merge_streams(outputs):
    """One output per run of printed text: it arrives in pieces of random length."""
    merged = []
    for output in outputs:
        stream = output.name if output.output_type == "stream" else None
        if stream and merged and merged[-1].get("name") == stream:
            merged[-1].text += output.text
        else:
            merged.append(output)
    return merged


def without_paths(text):
    """No folder of this machine and no process number in warnings and tracebacks."""
    text = re.sub(r"[^\s\x1b'\"(]{0,200}ipykernel_\d+[/\\]\d+\.py", "ipykernel_0/0.py", text)
    return re.sub(r"[^\s\x1b'\"(]{0,200}[/\\](?=(?:site-packages|nnfs_helpers)[/\\])", "", text)


# ------------------------------------------------------------------------------------------------- running


def execute(notebook, path, package):
    """Run all cells in a fresh kernel; raises where a cell fails that is not meant to."""
    from nbclient import NotebookClient

    with tempfile.TemporaryDirectory() as staged:
        client = NotebookClient(
            notebook, timeout=SECONDS_PER_CELL, kernel_name="python3", record_timing=False,
            store_widget_state=False, resources={"metadata": {"path": str(path.parent)}},
        )
        variables = environment(chapter_of(path), staged, path.parent, package)
        client.execute(env=variables, stderr=subprocess.DEVNULL)


def sanitise(text):
    """The text without what may differ between two runs (the same rules as in the tests)."""
    rules = re.findall(r"^regex: (.*)$\n^replace: (.*)$", SANITIZER.read_text(encoding="utf-8"), re.MULTILINE)
    for pattern, replacement in rules:
        if "data:image" not in pattern:
            text = re.sub(pattern, replacement, text)
    return text


def keep_what_is_equal(notebook, stored):
    """Where a new output differs from the stored one only in what may (durations), keep the stored one."""
    before = {cell.id: cell for cell in code_cells(stored)}
    for new in code_cells(notebook):
        old = before.get(new.id)
        if old and sanitise(nbformat.v4.writes(one_cell(new))) == sanitise(nbformat.v4.writes(one_cell(old))):
            new.outputs = old.outputs


def one_cell(cell):
    return nbformat.v4.new_notebook(cells=[cell])


def as_text(notebook):
    return nbformat.writes(notebook) + "\n"


def normalise(path, package=PACKAGE):
    """Run one notebook and write it back. Returns (file name, seconds, changed or not, error or None)."""
    path = Path(path).resolve()
    start = time.perf_counter()
    before = path.read_text(encoding="utf-8")
    notebook, stored = read(path), read(path)
    if any("real-data" in tags(cell) for cell in notebook.cells) and not real_data_is_here():
        return path.name, 0.0, False, NEEDS_REAL_DATA
    try:
        execute(notebook, path, package)
    except Exception as error:  # one notebook's failure must not hide the others
        return path.name, time.perf_counter() - start, False, short_error(error)
    normalise_form(notebook)
    keep_what_is_equal(notebook, normalise_form(stored))
    text = as_text(notebook)
    if text != before:
        new = path.with_suffix(".new")
        new.write_text(text, encoding="utf-8", newline="\n")
        os.replace(new, path)
    return path.name, time.perf_counter() - start, text != before, None


def short_error(error, lines=25):
    text = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
    return "\n".join(text.strip().splitlines()[-lines:])


# ------------------------------------------------------------------------------------------------ checking


def form_problem(path):
    """None for a notebook in its normalised form, else what is not as it should be."""
    text = Path(path).read_text(encoding="utf-8")
    notebook = read(path)
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "code" and cell.execution_count is None:
            return f"cell {number} has not been run; `make notebooks` runs it"
    expected = as_text(normalise_form(notebook))
    if text == expected:
        return None
    pairs = list(zip_longest(text.splitlines(), expected.splitlines(), fillvalue=""))
    line = next((number for number, (now, normal) in enumerate(pairs) if now != normal), len(pairs) - 1)
    now, normal = (side.strip()[:80] for side in pairs[line])
    return f"line {line + 1} of the file is {now!r}, normalised it is {normal!r}; run `make notebooks`"


def check(paths):
    faults = {path: form_problem(path) for path in paths}
    for path, fault in faults.items():
        if fault:
            print(f"{Path(path).name}: {fault}")
    return 1 if any(faults.values()) else 0


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Run the notebooks and write them in their normalised form.")
    parser.add_argument("--check", action="store_true", help="run nothing, only look at the form")
    parser.add_argument("notebooks", nargs="*", help="default: all")
    options = parser.parse_args(arguments)
    paths = options.notebooks or existing()
    if options.check:
        return check(paths)
    failed = False
    with ProcessPoolExecutor(2) as pool:
        for name, seconds, changed, error in pool.map(normalise, paths):
            result = "FAILED" if error else "changed" if changed else "unchanged"
            print(f"{name}: {result}, {seconds:.1f} s", flush=True)
            if error:
                print(error, flush=True)
                failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
