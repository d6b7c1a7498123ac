"""The rules for notebooks: all notebooks keep them, and each rule can fail (a planted fault for each)."""

import nbformat.v4 as v4
import pytest

from tests.course import lint, sample
from tests.course.notebooks import CHAPTERS, existing
from tests.course.sample import code, figure, fold, text

NAME = "02_coding_our_first_neurons.ipynb"


@pytest.mark.parametrize("path", existing(), ids=lambda path: path.name)
def test_notebook_keeps_the_rules(path):
    faults = lint.Chapter(path).faults()
    assert not faults, "\n" + "\n".join(faults)


@pytest.fixture
def cells(tmp_path, monkeypatch):
    """A chapter without a fault, and a module with its exercises."""
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "chapter_02.py").write_text("first = 1\nsecond = 2\n")
    for target in (tmp_path / CHAPTERS[0][2], tmp_path.parent / "README.md"):  # where the last line leads
        target.touch()
    monkeypatch.setattr(lint, "PACKAGE", tmp_path)
    return sample.complete_chapter()


def faults(cells, tmp_path, rule=None):
    chapter = lint.Chapter(tmp_path / NAME, v4.new_notebook(cells=cells))
    return chapter.faults() if rule is None else rule(chapter)


def test_chapter_without_fault(cells, tmp_path):
    assert faults(cells, tmp_path) == []


def find(cells, words):
    return next(number for number, cell in enumerate(cells) if words in cell.source)


def change(cells, words, new):
    """Replace some words in the one cell that has them."""
    number = find(cells, words)
    cells[number].source = cells[number].source.replace(words, new)


def change_all(cells, words, new):
    for cell in cells:
        cell.source = cell.source.replace(words, new)


def tag(cells, words, *new_tags):
    cells[find(cells, words)].metadata["tags"] = list(new_tags)


def insert(cells, words, *new):
    """Put cells in before the one that has these words."""
    number = find(cells, words)
    cells[number:number] = new


def remove(cells, words):
    del cells[find(cells, words)]


def picture_without_sentence(cells):
    data = {"image/png": "AAAA", "text/plain": "<Figure>"}
    cells[find(cells, "overview()")].outputs = [v4.new_output("display_data", data)]


def cells_without_figure(cells, words):
    cells[find(cells, words)].outputs = []


def stored_widget(cells):
    data = {lint.WIDGET_VIEW: {"model_id": "1"}}
    cells[find(cells, "overview()")].outputs.append(v4.new_output("display_data", data))


LONG = "\n".join(f"line_{number} = {number}" for number in range(26))

# For each rule faults to plant: a function that changes the cells, and words of the message.
PLANTED = [
    ("number_of_cells", lambda c: c.extend(text("More.") for _ in range(20)), "30 to 45"),
    ("number_of_figures", lambda c: c.extend(figure("more()") for _ in range(9)), "4 to 8"),
    ("length_of_code_cells", lambda c: c.append(code(LONG)), "26 lines of code"),
    ("length_of_code_cells", lambda c: c.extend(code("\n".join(["a = 1"] * 9)) for _ in range(20)), "median"),
    ("code_cells_in_a_row", lambda c: insert(c, "len(weights)", code("a = 1"), code("b = 1")), "three code cells"),
    ("words_between_code", lambda c: change(c, "## 1. The idea", "word " * 161), "160 at most"),
    ("words_between_code", lambda c: change_all(c, sample.PLAIN, ""), "25 to 80"),
    ("something_to_do", lambda c: insert(c, "## 2.", *[text("Only read.") for _ in range(6)]), "six cells"),
    ("every_figure_has_its_sentence", picture_without_sentence, "bare picture"),
    ("every_figure_has_its_sentence", lambda c: c.append(figure("more()", "A plot")), "says too little"),
    ("every_figure_has_its_sentence",
     lambda c: c[find(c, "overview()")].outputs[0].data.update({"text/plain": "<Figure>"}), "text/plain"),
    ("pictures_in_text_have_sentences", lambda c: change(c, "![A plot of a line that rises]", "![]"), "no sentence"),
    ("no_widget_state", stored_widget, "stores a widget"),
    ("errors_only_where_meant", lambda c: tag(c, "np.dot"), "without the tag"),
    ("errors_only_where_meant", lambda c: tag(c, "len(weights)", "raises-exception"), "but no error"),
    ("no_paths_of_this_machine", lambda c: c.append(code("open('/home/me/file')")), "/home/me/file"),
    ("code_can_be_read", lambda c: c.append(code("%matplotlib inline")), "not plain Python"),
    ("no_forbidden_code", lambda c: c.append(code("import matplotlib.pyplot as plt")), "pyplot"),
    ("no_forbidden_code", lambda c: c.append(code("widgets.interact(draw)")), "interact"),
    ("no_forbidden_code", lambda c: c.append(code("fig = 1")), "global figure"),
    ("no_forbidden_code", lambda c: c.append(code("# pip install numpy")), "installs"),
    ("one_set_up_cell", lambda c: insert(c, "import numpy", code("a = 1")), "set-up cell"),
    ("one_set_up_cell", lambda c: c.append(code("from nnfs_helpers import figures")), "belongs in the set-up"),
    ("one_set_up_cell", lambda c: change(c, "import numpy as np", LONG), "8 at most"),
    ("kept_cells", lambda c: change(c, "`Layer`", "It"), "`Layer`"),
    ("kept_marks_are_right", lambda c: change(c, "# keep: layers", "# Keep layers"), "a keep mark reads"),
    ("kept_marks_are_right", lambda c: change(c, "# keep: layers", "a = 1\n# keep: layers"), "first line"),
    ("pictures_do_not_change_under_the_reader",
     lambda c: c.append(code("weights = 1")), "changes `weights`"),
    ("pictures_do_not_change_under_the_reader",
     lambda c: c.append(code("weights[0] = 1")), "changes `weights`"),
    ("pictures_do_not_change_under_the_reader",
     lambda c: c.append(code("for weights in range(3): pass")), "changes `weights`"),
    ("pictures_do_not_change_under_the_reader",
     lambda c: c.append(code("def draw(angle=0): pass")), "defined once"),
    ("title", lambda c: change(c, "60 minutes", "an hour"), "minutes"),
    ("title", lambda c: change(c, "Chapter 2", "Chapter 3"), "book's chapter"),
    ("title", lambda c: change(c, "# Neurons", "Neurons"), "title"),
    ("teachers_note", lambda c: change(c, "For the teacher", "Note"), "For the teacher"),
    ("teachers_note", lambda c: change(c, "10 min", "Ten"), "minutes per section"),
    ("recall", lambda c: change(c, "And that?", ""), "no Recall"),
    ("recall", lambda c: change(c, fold("Answers", "1 and 2"), ""), "no Recall"),
    ("predictions", lambda c: change(c, "**Predict**: how many?", "How many?"), "1 predictions"),
    ("predictions", lambda c: change(c, "(b) two", "two"), "options"),
    ("shapes", lambda c: remove(c, "shape_diary"), "no shape diary"),
    ("shapes", lambda c: remove(c, "np.dot"), "on purpose"),
    ("explore_cells", lambda c: remove(c, "explore("), "nothing to explore"),
    ("explore_cells", lambda c: change(c, "explore(", "a = 1\nexplore("), "stands alone"),
    ("explore_cells", lambda c: tag(c, "explore("), "nbval-ignore-output"),
    ("explore_cells", lambda c: cells_without_figure(c, "draw()"), "no still figure"),
    ("explore_cells", lambda c: change(c, "explore(draw, angle=(0, 1, 1))", "playground(seed=0)"), "no still figure"),
    ("explore_cells", lambda c: change(c, "**Mission**", "Question"), "no mission"),
    ("explore_cells", lambda c: change(c, "What you saw", "Answer"), "What you saw"),
    ("break_it", lambda c: change(c, "Break it", "Bugs"), "Break it"),
    ("misconception", lambda c: change(c, "People think", "Some say"), "misconception"),
    ("exercises", lambda c: tag(c, "check.first"), "1 exercises"),
    ("exercises", lambda c: tag(c, "check.first"), "lacks the tag"),
    ("exercises", lambda c: change(c, "check.first", "check.third"), "has no third"),
    ("exercises", lambda c: change(c, "answer = ...", "answer = 2"), "blank"),
    ("exercises", lambda c: change(c, "Solution", "Hint"), "no folded Solution"),
    ("exercises", lambda c: change(c, "check.first(answer)", "answer"), "ends in check"),
    ("quiz", lambda c: change(c, fold("Answer 3", "Because."), ""), "2 folded answers"),
    ("quiz", lambda c: change(c, "![A plot of a line that rises](https://example.org/line.png)", ""), "plot"),
    ("ending", lambda c: change(c, "## Kept", "## Saved"), "no section Kept"),
    ("ending", lambda c: change(c, "two layers?", "two layers."), "asks no question"),
    ("ending", lambda c: change(c, "## Next", "## End"), "next question"),
    ("way_back", lambda c: change(c, "[All chapters](../README.md)", ""), "table of all chapters"),
    ("folds_work", lambda c: change(c, "</summary>\n\n10 min", "</summary>10 min"), "empty line"),
    ("folds_work", lambda c: change(c, "</details>", ""), "do not match"),
    ("headings", lambda c: change(c, "## Recall", "# Recall"), "second title"),
    ("headings", lambda c: change(c, "## Recall", "#### Recall"), "level 4"),
    ("links_lead_somewhere", lambda c: c.append(text("[see](03_nowhere.ipynb)")), "03_nowhere.ipynb"),
    ("links_lead_somewhere", lambda c: c.append(text("[see](#Nowhere)")), "#Nowhere"),
]


@pytest.mark.parametrize(("name", "plant", "words"), PLANTED, ids=lambda value: value if isinstance(value, str) else "")
def test_planted_fault_is_found(name, plant, words, cells, tmp_path):
    plant(cells)
    found = faults(cells, tmp_path, getattr(lint, name))
    assert any(words in fault for fault in found), found


def test_large_file_is_found(tmp_path):
    path = sample.save(tmp_path / NAME, text("x" * 400_001))
    assert "400 KB at most" in lint.size_of_file(lint.Chapter(path))[0]


def test_every_rule_has_a_planted_fault():
    planted = {name for name, _, _ in PLANTED} | {"size_of_file"}
    assert {rule.__name__ for rule in lint.RULES} == planted


def test_a_playground_is_something_to_explore(cells, tmp_path):
    change(cells, "explore(draw, angle=(0, 1, 1))", "playground(seed=0)")
    change(cells, "\n\ndraw()", "\n\nplayground_still(seed=0)")
    assert faults(cells, tmp_path, lint.explore_cells) == []


def test_links_to_headings_are_followed(cells, tmp_path):
    cells.append(text("[back](#Break-it)"))
    assert faults(cells, tmp_path, lint.links_lead_somewhere) == []


def test_names_reached_through_other_functions_count(cells, tmp_path):
    change(cells, "weights = [1, 2]", "weights = [1, 2]\nbias = 3\ndef neuron():\n    return bias")
    change(cells, "picture.update(angle, weights)", "picture.update(neuron())")
    cells.append(code("bias = 4"))
    assert "changes `bias`" in faults(cells, tmp_path, lint.pictures_do_not_change_under_the_reader)[0]


def test_own_names_of_a_function_do_not_count(cells, tmp_path):
    cells.append(code("def other(weights):\n    weights = 3\n    return weights"))
    assert faults(cells, tmp_path, lint.pictures_do_not_change_under_the_reader) == []


