"""Notebooks and package say the same; and every part of the machinery that proves it can fail (planted faults)."""

import os
import re
import subprocess
import sys

import nbformat
import pytest

from nnfs_helpers.growing import add_to
from tests.course import ledger, normalise, notebooks, sample
from tests.course.notebooks import CHAPTERS, NOTEBOOKS, PACKAGE, ROOT, existing, read
from tests.course.sample import code, text
from tests.course.stage import leaked_names, stage

DENSE = '''# keep: layers
class Dense:
    """A first draft."""

    def __init__(self, size):
        self.size = size

    def forward(self, inputs):
        return self.size * inputs
'''
DENSE_BACKWARD = DENSE + '''
    def backward(self, dvalues):  # the comment is free
        return self.size * dvalues
'''
USER = "# keep: losses\nSCALE = 2\ndef loss(x):\n    return SCALE * Dense(3).forward(x)"
MODEL = "# keep: model\nclass Model:\n    def __init__(self):\n        self.layers = []"
ADD = "# keep: model.Model\n@add_to(Model)\ndef add(self, layer):\n    self.layers.append(layer)"


@pytest.fixture
def course(tmp_path):
    """A course of two chapters with its package, in step with each other."""
    return Course(tmp_path)


class Course:
    def __init__(self, folder):
        self.notebooks, self.package = folder / "notebooks", folder / "nnfs_helpers"
        self.notebooks.mkdir()
        self.package.mkdir()
        self.write_notebook(3, DENSE)
        self.write_notebook(4, DENSE_BACKWARD, USER)
        self.write_module("__init__", "from nnfs_helpers.layers import *\n")
        for module in ledger.MODULES:
            self.write_module(module, "import numpy as np\n\n__all__ = []\n")
        self.write_module("layers", DENSE_BACKWARD.replace("A first draft.", "The last word."))
        self.write_module("losses", "from nnfs_helpers.layers import Dense\n" + USER)

    def write_notebook(self, number, *cells):
        sample.save(self.notebooks / CHAPTERS[number - 1][2], "import numpy as np", *cells)

    def write_module(self, module, source):
        (self.package / f"{module}.py").write_text(source)

    def problems(self):
        return ledger.problems(existing(self.notebooks), self.package)


# ------------------------------------------------------------------------------------- the real course


def test_notebooks_and_package_say_the_same():
    problems = ledger.problems()
    assert not problems, "\n" + "\n".join(problems)


def test_notebooks_have_the_names_of_the_chapters():
    assert {path.name for path in NOTEBOOKS.glob("*.ipynb")} <= {file_name for _, _, file_name in CHAPTERS}
    assert len(CHAPTERS) == 22


def test_the_table_in_the_readme_is_the_ledgers():
    readme = ROOT / "README.md"
    if "| | Chapter |" in (readme.read_text() if readme.exists() else ""):
        assert ledger.table() in readme.read_text(), "`python -m tests.course.ledger` prints the new table"
    else:
        pytest.fail("README.md has no table of what each chapter adds (`python -m tests.course.ledger` prints it)")


def test_the_readme_says_how_long_it_takes():
    minutes = [int(re.search(r"(\d+) minutes", read(path).cells[0].source)[1]) for path in existing()]
    words = f"Each takes {min(minutes)} to {max(minutes)} minutes with its exercises, all of them together "
    assert f"{words}{round(sum(minutes) / 60)} hours." in (ROOT / "README.md").read_text(encoding="utf-8")


def test_package_offers_exactly_what_its_kept_modules_define():
    for module in ledger.MODULES:
        namespace = {}
        source = (PACKAGE / f"{module}.py").read_text()
        offered = re.search(r"__all__ = (\[.*?\])", source, re.DOTALL)
        defined = [address.split(".")[1] for address in ledger.package_names() if address.startswith(f"{module}.")]
        assert sorted(eval(offered[1], namespace)) == sorted(defined), module


@pytest.mark.parametrize("number", [1, 2, 10, 22])
def test_staged_package_can_be_imported(number, tmp_path):
    stage(number, tmp_path)
    names = leaked_names(number)
    question = f"import nnfs_helpers; print([name for name in {names!r} if hasattr(nnfs_helpers, name)])"
    answer = subprocess.run([sys.executable, "-P", "-c", question], capture_output=True, text=True, check=True,
                            env={**os.environ, "PYTHONPATH": str(tmp_path)}, cwd=tmp_path).stdout
    assert answer.strip() == "[]"


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")) + sorted(PACKAGE.glob("figures/*.py"))
                         + sorted(PACKAGE.glob("exercises/*.py")), ids=lambda path: path.stem)
def test_tools_import_no_kept_name_at_the_top(path):
    """A tool must work in the staged package of chapter 2, where no name has been kept."""
    if path.stem in (*ledger.MODULES, "__init__"):
        return
    top = [line for line in path.read_text().splitlines() if re.match(r"from nnfs_helpers\.\w+ import|import", line)]
    kept = rf"from nnfs_helpers\.({'|'.join(ledger.MODULES)}) import"
    assert not [line for line in top if re.match(kept, line)]


def test_style():
    """ruff's rules, for the package, the tests and the notebooks."""
    run = subprocess.run([sys.executable, "-m", "ruff", "check", "--output-format=concise", "."], cwd=ROOT,
                         capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


# ---------------------------------------------------------------------------------- planted: keep and replay


def test_a_course_in_step_has_no_problems(course):
    assert course.problems() == []


def test_a_changed_line_in_a_kept_class_is_found(course):
    course.write_module("layers", DENSE_BACKWARD.replace("self.size * dvalues", "dvalues * self.size"))
    (problem,) = course.problems()
    assert problem.startswith("layers.Dense: 04_activation_functions.ipynb and nnfs_helpers/layers.py differ")
    assert "-        return self.size * dvalues\n+        return dvalues * self.size" in problem


def test_comments_docstrings_and_layout_are_free(course):
    course.write_module("layers", DENSE_BACKWARD.replace("(self, size):", "(\n        self, size):  # free")
                        .replace('"""A first draft."""', '"""Something\n\n    longer."""'))
    assert course.problems() == []


def test_the_last_keep_wins(course):
    course.write_notebook(4, DENSE, USER)
    assert "differ" in course.problems()[0]


def test_a_name_missing_in_the_package_is_found(course):
    course.write_notebook(4, DENSE_BACKWARD, USER, "# keep: layers\ndef extra():\n    return 1")
    assert course.problems() == ["layers.extra: 04_activation_functions.ipynb keeps it, but it is not in the package."]


def test_a_name_missing_in_the_notebooks_is_found(course):
    course.write_module("optimizers", "LIMIT = 3\n")
    assert course.problems() == ["optimizers.LIMIT: is in the package, but no notebook keeps it."]


def test_a_class_grows_method_by_method(course):
    course.write_notebook(5, MODEL, ADD)
    grown = MODEL + "\n\n    def add(self, layer):\n        self.layers.append(layer)\n"
    course.write_module("model", grown)
    assert course.problems() == []
    course.write_module("model", grown.replace("append", "insert"))
    assert "model.Model" in course.problems()[0]
    course.write_module("model", grown)
    course.write_notebook(6, ADD.replace("append(layer)", "extend([layer])"))
    assert "extend([layer])" in course.problems()[0]


def test_a_value_of_a_class_is_kept_like_a_method(course):
    value = "# keep: model.Model\nModel.size = 3"
    course.write_notebook(5, MODEL, value)
    course.write_module("model", f"{MODEL}\n\n    size = 3\n")
    assert course.problems() == []
    course.write_module("model", f"{MODEL}\n\n    size = 4\n")
    assert "model.Model" in course.problems()[0]
    course.write_notebook(5, MODEL, value.replace("Model.size", "size"))
    with pytest.raises(ledger.KeepError, match="needs `Model.` before the name"):
        course.problems()


def test_the_order_of_methods_is_free(course):
    course.write_notebook(5, MODEL, ADD)
    head, init = MODEL.split("\n    def __init__")
    course.write_module("model", f"{head}\n    def add(self, layer):\n        self.layers.append(layer)\n\n"
                                 f"    def __init__{init}")
    assert course.problems() == []


@pytest.mark.parametrize(("cell", "words"), [
    ("# keep: layer\nx = 1", "not one of the modules"),
    ("# keep: layers\nprint(1)", "definitions only"),
    (ADD, "a class that no cell before keeps"),
    (MODEL + "\n", None),
])
def test_kept_cells_that_cannot_be_read(course, cell, words):
    course.write_notebook(5, cell)
    if words:
        with pytest.raises(ledger.KeepError, match=re.escape(words)):
            course.problems()


def test_a_kept_method_needs_its_decorator(course):
    course.write_notebook(5, MODEL, ADD.replace("@add_to(Model)\n", ""))
    with pytest.raises(ledger.KeepError, match=re.escape("@add_to(Model)")):
        course.problems()


def test_add_to_puts_methods_into_a_class():
    class Counter:
        pass

    first = Counter()

    @add_to(Counter)
    def count(self):
        return 1

    assert first.count() == 1 and count.__qualname__ == "Counter.count"

    @add_to(Counter)
    def count(self):
        return 2

    assert first.count() == 2


def test_table(course):
    table = ledger.table("notebooks/", course.notebooks).splitlines()
    title = "| 3 | [Adding Layers](notebooks/03_adding_layers.ipynb) |"
    assert f"{title} layers behind layers, and why depth alone is nothing | `Dense` |" in table
    assert any(line.startswith("| 4 | [Activation Functions]") and "`SCALE`, `loss`; more in `Dense`" in line
               for line in table)
    assert len(table) == 24


# ------------------------------------------------------------------------------------------ planted: stage


def in_stage(course, number, folder, question):
    stage(number, folder, course.package, course.notebooks)
    return subprocess.run([sys.executable, "-P", "-c", question], capture_output=True, text=True, cwd=folder,
                          env={**os.environ, "PYTHONPATH": str(folder)})


def test_stage_is_the_package_as_it_stood_before_the_chapter(course, tmp_path):
    question = "from nnfs_helpers.layers import *; print(Dense(2).forward(3), hasattr(Dense, 'backward'))"
    assert in_stage(course, 4, tmp_path / "4", question).stdout == "6 False\n"
    assert in_stage(course, 5, tmp_path / "5", question).stdout == "6 True\n"
    assert "Dense" in in_stage(course, 3, tmp_path / "3", question).stderr


def test_stage_imports_what_kept_names_need(course, tmp_path):
    question = "from nnfs_helpers.losses import *; print(loss(2), SCALE)"
    assert in_stage(course, 5, tmp_path / "5", question).stdout == "12 2\n"


def test_later_code_in_an_early_chapter_is_found(course, tmp_path):
    """Chapter 4 uses what only chapter 4 itself builds, before building it: with the full package that would work."""
    early = "from nnfs_helpers.layers import Dense\nDense(2).backward(1)"
    path = course.notebooks / CHAPTERS[3][2]
    sample.save(path, early, DENSE_BACKWARD)
    before = path.read_text()
    _, _, changed, error = normalise.normalise(path, course.package)
    assert "AttributeError: 'Dense' object has no attribute 'backward'" in error
    assert not changed and path.read_text() == before


# -------------------------------------------------------------------------------------- planted: normaliser


@pytest.fixture(scope="module")
def normalised(tmp_path_factory):
    """The text of a notebook with all that may differ from run to run, normalised once."""
    path = sample.save(
        tmp_path_factory.mktemp("normalised") / CHAPTERS[1][2],
        "import time, warnings\nprint('a', flush=True)\nprint('b')\n3",
        "start = time.perf_counter()\nprint(f'{time.perf_counter() - start:.9f} seconds', object())",
        "warnings.warn('careful')",
        code("1 / 0", "raises-exception"),
        code("def explore(thing):\n    return thing\n\nexplore(3)"),
        text("The same words.\n\n"), text("The same words."),
    )
    notebook = notebooks.read(path)
    notebook.metadata["widgets"] = {"state": {}}
    notebook.cells[0].metadata["collapsed"] = True
    nbformat.write(notebook, path)
    assert normalise.normalise(path)[2:] == (True, None)
    return path.read_text()


@pytest.fixture
def run_once(normalised, tmp_path):
    """A notebook that has been normalised once."""
    path = tmp_path / CHAPTERS[1][2]
    path.write_text(normalised)
    return path


def test_second_run_changes_no_byte(run_once):
    before = run_once.read_bytes()
    assert normalise.normalise(run_once)[2:] == (False, None)
    assert run_once.read_bytes() == before
    assert normalise.form_problem(run_once) is None
    assert normalise.main(["--check", str(run_once)]) == 0


def test_normalised_form(run_once):
    content = run_once.read_text()
    cells = notebooks.read(run_once).cells
    assert cells[0].outputs[0].text == "a\nb\n" and len(cells[0].outputs) == 2
    assert cells[4].outputs == [] and cells[4].metadata.tags == ["nbval-ignore-output"]
    assert cells[5].id + "-2" == cells[6].id
    assert [cell.execution_count for cell in notebooks.code_cells(notebooks.read(run_once))] == [1, 2, 3, 4, 5]
    for word in ("widgets", "collapsed", str(run_once.parent), "ipykernel_1", "iopub", "3.1"):
        assert word not in content, word


@pytest.mark.parametrize(("old", "new", "words"), [
    ('"execution_count": 2,', '"execution_count": 7,', "line"),
    ('"metadata": {},', '"metadata": {"collapsed": true},', "line"),
    ('"name": "python"\n', '"name": "python",\n   "version": "3.13.1"\n', "line"),
    ('"execution_count": 2,', '"execution_count": null,', "has not been run"),
])
def test_a_notebook_that_is_not_normalised_is_found(run_once, old, new, words, capsys):
    content = run_once.read_text()
    assert old in content
    run_once.write_text(content.replace(old, new, 1))
    assert words in normalise.form_problem(run_once)
    assert normalise.main(["--check", str(run_once)]) == 1
    assert run_once.name in capsys.readouterr().out


def test_a_failing_cell_leaves_the_file_alone(tmp_path):
    path = sample.save(tmp_path / CHAPTERS[1][2], "1 / 0")
    before = path.read_bytes()
    _, _, changed, error = normalise.normalise(path)
    assert "ZeroDivisionError" in error and not changed and path.read_bytes() == before
