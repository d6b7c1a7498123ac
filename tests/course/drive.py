"""Run a notebook's code without a kernel, all cells in one namespace, and try what a reader may try.

Each exercise three ways: as it stands it is *not yet*, its solution is *right*, each known wrong answer gets its
hint. Each `explore`: every control at its least, first and greatest value; no error, a sentence for every
picture, and the quickly redrawn picture equal to one drawn from nothing. The numbers that
only folded answers name are worked out, too (tests/course/folds.py).

`drive(path)` does it in a process of its own, on the staged package.
"""

import ast
import functools
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from tests.course.folds import untrue_claims
from tests.course.lint import code_lines, solution
from tests.course.normalise import environment
from tests.course.notebooks import ROOT, chapter_of, read, tags

CHOICES_TRIED = 12


def drive(path):
    """Try everything in a notebook. Returns (faults as a list of sentences, seconds)."""
    path = Path(path).resolve()
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        variables = environment(chapter_of(path), folder, path.parent)
        variables["PYTHONPATH"] += f"{os.pathsep}{ROOT}"
        variables["MPLBACKEND"] = "agg"
        result = Path(folder) / "faults.json"
        command = [sys.executable, "-P", "-m", "tests.course.drive", str(path), str(result)]
        run = subprocess.run(command, cwd=path.parent, env=variables, capture_output=True, text=True)
        if not result.exists():
            return [f"{path.name}: {run.stderr[-2000:]}"], time.perf_counter() - start
        faults = json.loads(result.read_text())
    return [f"{path.name}: {fault}" for fault in faults], time.perf_counter() - start


def faults_of(path):
    """What goes wrong in this process."""
    faults, explorers, namespace = [], [], {"__name__": "__main__", "display": lambda *things: None}
    cells = read(path).cells
    for number, cell in enumerate(cells):
        if cell.cell_type != "code":
            continue
        try:
            value = run_cell(cell.source, namespace, number)
        except Exception:
            if "raises-exception" not in tags(cell):
                faults.append(f"cell {number} stopped: {last_lines()}")
                return faults
            continue
        if "exercise" in tags(cell):
            faults += [f"cell {number}: {fault}" for fault in exercise_faults(cells, number, value, namespace)]
        if type(value).__name__ == "Explorer":
            explorers.append((number, value))
    try:
        faults += untrue_claims(chapter_of(path), namespace)
    except Exception:
        faults.append(f"what the folded answers say could not be worked out: {last_lines()}")
    # Readers run all cells first and move the sliders then.
    for number, explorer in explorers:
        try:
            faults += [f"cell {number}: {fault}" for fault in explorer_faults(explorer, namespace)]
        except Exception:
            faults.append(f"cell {number}: {explorer.code} stopped: {last_lines()}")
    return faults


def run_cell(source, namespace, number):
    """Run a cell as a kernel does; returns the value of its last line where that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, f"cell {number}", "exec"), namespace)
    return eval(compile(ast.Expression(last.value), f"cell {number}", "eval"), namespace) if last else None


def last_lines(lines=4):
    return " | ".join(traceback.format_exc().strip().splitlines()[-lines:])


# ---------------------------------------------------------------------------------------------- exercises


def exercise_faults(cells, number, verdict, namespace):
    """The stub, the solution and the known wrong answers of one exercise."""
    if getattr(verdict, "state", None) != "not yet":
        yield f"as it stands, the exercise says {verdict!r}; it should say that nothing has been filled in yet"
    code = solution(cells, number)
    if code is None:
        yield "the exercise has no solution"
    else:
        try:
            solved = run_cell(code, dict(namespace), number)
            if getattr(solved, "state", None) != "right":
                yield f"the solution is not right: {solved!r}"
        except Exception:
            yield f"the solution stopped: {last_lines()}"
    name = re.match(r"check\.(\w+)\(", code_lines(cells[number].source)[-1])
    exercise = getattr(namespace.get("check"), name[1] if name else "", None)
    if exercise is None:
        yield "the exercise does not end in check.…(answer)"
        return
    if len(exercise.wrong) < 2:
        yield f"the exercise knows {len(exercise.wrong)} wrong answers with their hints; two to four are usual"
    for hint, wrong_answer in exercise.wrong.items():
        answered = exercise(wrong_answer)
        if answered.state != "hint" or answered.sentence != hint:
            yield f"the wrong answer to the hint {hint!r} gets {answered!r}"


# ------------------------------------------------------------------------------------------------ sliders


def explorer_faults(explorer, namespace):
    """Every control at its ends and at its start."""
    drawn = []
    draw = explorer.draw

    @functools.wraps(draw)
    def watched(**settings):
        drawn.append(draw(**settings))
        return drawn[-1]

    explorer.draw = watched
    for name, control in explorer.controls.items():
        shown = set()
        for value in tried_values(control):
            explorer.reset()
            yield from setting_faults(explorer, drawn, {name: value})
            shown.add(explorer.image.value)
        if len(shown) < 2:
            yield f"{draw.__name__}: moving {name} does not change the picture"
    for end in (0, -1):
        yield from setting_faults(explorer, drawn, {name: tried_values(control)[end]
                                                    for name, control in explorer.controls.items()})
    explorer.reset()
    again = eval(explorer.code, namespace)
    if again.png() != explorer.image.value:
        yield f"{explorer.code}, the line to copy, does not make the picture that is shown"


def tried_values(control):
    """Least, first and greatest value of a slider; all choices of a list, or some of a long one."""
    if hasattr(control, "options"):
        values = [option[1] if isinstance(option, tuple) else option for option in control.options]
        if len(values) > CHOICES_TRIED:
            values = [values[0], control.value, values[-1]]
        return values
    if isinstance(control.value, bool):
        return [False, True]
    return [control.min, control.value, control.max]


def setting_faults(explorer, drawn, values):
    """Move the controls and look at the picture."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        try:
            explorer.set(**values)
        except Exception as error:
            yield f"{explorer.code} stopped with {type(error).__name__}: {error}"
            return
    picture = drawn[-1]
    if len(picture.alt.split()) < 5:
        yield f"{explorer.code}: the picture's sentence says too little: {picture.alt!r}"
    if explorer.image.value != picture.redrawn_png():
        yield f"{explorer.code}: the quickly redrawn picture differs from one drawn from nothing"


if __name__ == "__main__":
    with redirect_stdout(StringIO()):
        found = faults_of(sys.argv[1])
    Path(sys.argv[2]).write_text(json.dumps(found))
