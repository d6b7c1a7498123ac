"""The rules for a notebook that a program can see. Each rule is a function that returns what is wrong.

`python -m tests.course.lint [notebooks ...]` prints all faults. Each rule has a planted fault in
tests/test_lint.py that shows that it can fail.
"""

import ast
import builtins
import html
import re
import statistics
import sys
from functools import cached_property
from pathlib import Path

from tests.course.ledger import MODULES, keep_mark, name_of
from tests.course.normalise import WIDGET_VIEW, is_live
from tests.course.notebooks import CHAPTERS, PACKAGE, chapter_of, existing, read, tags

RULES = []
# Chapters in which arrays play no part, or the same small part as in the chapter before.
WITHOUT_SHAPES = {1, 6, 7}
# Chapters that may have more cells than the others: in 9, the heart of the course, five classes grow, each with its
# derivation, its picture and its check; in 10 five classes, each with its runs, three things to explore, and a look at
# the clock.
# In 18 the model grows method by method, and seven classes of earlier chapters grow for it.
# In 19 four classes grow, method by method, and two things are explored, besides the book's long run; at the end
# there is a way to save memory, to be left out if time is short.
# In 21 four things can be explored: a stop, a power cut, fewer bits, one bit; and the same network runs in PyTorch.
LARGER = {9: 60, 10: 62, 18: 60, 19: 73, 21: 60}
# `Model.train` of chapter 19 is one method of the package: it cannot be kept in two cells.
LONGEST_CELL = {19: 28}
FOLD = re.compile(r"<details>\s*<summary>(.*?)</summary>(.*?)</details>", re.DOTALL)
SOMETHING_TO_DO = re.compile(r"\b(Predict|Mission|Your turn|Recall|Quiz|Break it|Try)\b")


def rule(function):
    RULES.append(function)
    return function


class Chapter:
    """A notebook with what the rules look at."""

    def __init__(self, path, notebook=None):
        self.path = Path(path)
        self.number = chapter_of(path)
        self.notebook = read(path) if notebook is None else notebook
        self.cells = self.notebook.cells

    @cached_property
    def code(self):
        """(number, cell) of the code cells."""
        return [(number, cell) for number, cell in enumerate(self.cells) if cell.cell_type == "code"]

    @cached_property
    def text(self):
        """(number, cell) of the Markdown cells."""
        return [(number, cell) for number, cell in enumerate(self.cells) if cell.cell_type == "markdown"]

    @cached_property
    def prose(self):
        return "\n\n".join(cell.source for _, cell in self.text)

    @cached_property
    def trees(self):
        """The syntax tree of each code cell that can be parsed, by the cell's number."""
        trees = {}
        for number, cell in self.code:
            try:
                trees[number] = ast.parse(cell.source)
            except SyntaxError:
                continue
        return trees

    def kind(self, number):
        """ "markdown" or "code"; None where there is no such cell."""
        return self.cells[number].cell_type if 0 <= number < len(self.cells) else None

    def section(self, title):
        """(text, number of figures) below the heading that begins with `title`, up to the next one as high."""
        level, found, shown = None, [], 0
        for cell in self.cells:
            if cell.cell_type == "code":
                shown += len(pictures(cell)) if level else 0
                continue
            for piece in re.split(r"(?m)^(?=#+ )", cell.source):
                heading = re.match(r"(#+) +(?:\d+\. +)?(.*)", piece)
                if heading and level is None and heading[2].startswith(title):
                    level = len(heading[1])
                elif heading and level and len(heading[1]) <= level:
                    return "\n\n".join(found), shown
                if level:
                    found.append(piece)
        return "\n\n".join(found), shown

    def faults(self):
        return [f"{self.path.name}: {fault}" for rule in RULES for fault in rule(self)]


def code_lines(source):
    return [line for line in source.splitlines() if line.strip() and not line.strip().startswith("#")]


def words(source):
    """How many words a reader meets: without folded parts, formulas, code, tables and headings."""
    source = FOLD.sub("", source)
    source = re.sub(r"```.*?```|\$\$.*?\$\$", "", source, flags=re.DOTALL)
    lines = [line for line in source.splitlines() if not re.match(r"\s*(\||#|!\[|<)", line)]
    return len(re.findall(r"\w[\w'’.-]*", "\n".join(lines)))


def called_names(tree):
    """The names of everything that is called: explore, check.second_neuron, np.array …"""
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


def outputs(cell):
    return cell.get("outputs", [])


def pictures(cell):
    """The outputs of a cell that are pictures."""
    return [output for output in outputs(cell)
            if "<img" in output.get("data", {}).get("text/html", "")
            or any(kind.startswith("image/") for kind in output.get("data", {}))]


# ------------------------------------------------------------------------------------------------- size


@rule
def number_of_cells(chapter):
    """About 30 to 45."""
    count = len(chapter.cells)
    return [] if 28 <= count <= LARGER.get(chapter.number, 50) else [f"{count} cells; about 30 to 45 are right"]


@rule
def number_of_figures(chapter):
    count = sum(len(pictures(cell)) for _, cell in chapter.code)
    return [] if 4 <= count <= 8 else [f"{count} figures; 4 to 8 are right"]


@rule
def size_of_file(chapter):
    if not chapter.path.exists():
        return []
    kilobytes = chapter.path.stat().st_size / 1000
    return [f"{kilobytes:.0f} KB; 400 KB at most"] if kilobytes > 400 else []


@rule
def length_of_code_cells(chapter):
    faults = []
    for number, cell in chapter.code:
        is_class = keep_mark(cell.source) and any(isinstance(line, ast.ClassDef) for line in chapter.trees[number].body)
        length = len(code_lines(cell.source))
        if length > LONGEST_CELL.get(chapter.number, 25) and not is_class:
            faults.append(f"cell {number} has {length} lines of code; 25 at most, but for a kept class")
    median = statistics.median(len(code_lines(cell.source)) for _, cell in chapter.code)
    if median > 5:
        faults.append(f"the median code cell has {median:g} lines; 5 at most")
    return faults


@rule
def code_cells_in_a_row(chapter):
    kinds = [cell.cell_type for cell in chapter.cells]
    return [f"cells {number} to {number + 2}: three code cells in a row; two at most, with words between"
            for number in range(len(kinds) - 2) if kinds[number:number + 3] == ["code"] * 3
            and kinds[number - 1:number] != ["code"]]


@rule
def words_between_code(chapter):
    """Between two code cells 25 to 80 words; a new section may take more."""
    if not chapter.code:
        return []
    first, last = chapter.code[0][0], chapter.code[-1][0]
    gaps, count = [], 0
    for number in range(first, last + 1):
        cell = chapter.cells[number]
        if cell.cell_type == "markdown":
            count += words(cell.source)
        elif count:
            gaps.append((number, count))
            count = 0
    faults = [f"{count} words before code cell {number}; 160 at most (fold some, or let the reader run something)"
              for number, count in gaps if count > 160]
    median = statistics.median(count for _, count in gaps) if gaps else 0
    if not 25 <= median <= 80:
        faults.append(f"the median of words between code cells is {median:g}; 25 to 80 are right")
    return faults


@rule
def something_to_do(chapter):
    """Something to type, predict or decide at least every six cells."""
    doing = [number for number, cell in enumerate(chapter.cells)
             if "exercise" in tags(cell) or is_live_cell(cell) or SOMETHING_TO_DO.search(cell.source)]
    ends = [2, *doing, len(chapter.cells) - 3]
    return [f"nothing to type, predict or decide from cell {before} to cell {after}; six cells at most"
            for before, after in zip(ends, ends[1:]) if after - before > 6]


def is_live_cell(cell):
    return cell.cell_type == "code" and is_live(cell)


# ------------------------------------------------------------------------------------------- what is shown


@rule
def every_figure_has_its_sentence(chapter):
    return [f"cell {number}: {fault}" for number, cell in chapter.code for output in pictures(cell)
            if (fault := figure_fault(output["data"]))]


def figure_fault(data):
    image = re.search(r"<img\b[^>]*>", data.get("text/html", ""))
    if image is None:
        return "a bare picture; return a Picture, which carries its sentence"
    alt = re.search(r'\balt="([^"]*)"', image[0])
    sentence = html.unescape(alt[1]).strip() if alt else ""
    if len(sentence.split()) < 5:
        return f"the picture's sentence (alt) says too little: {sentence!r}"
    if data.get("text/plain", "").strip() != sentence:
        return "text/plain does not hold the picture's sentence"
    return None


@rule
def pictures_in_text_have_sentences(chapter):
    return [f"cell {number}: the picture {target} has no sentence between its square brackets"
            for number, cell in chapter.text for alt, target in re.findall(r"!\[([^\]]*)\]\(([^)\s]+)", cell.source)
            if len(alt.split()) < 5]


@rule
def no_widget_state(chapter):
    faults = ["the notebook stores widget state"] if "widgets" in chapter.notebook.metadata else []
    return faults + [f"cell {number} stores a widget" for number, cell in chapter.code for output in outputs(cell)
                     if WIDGET_VIEW in output.get("data", {})]


@rule
def errors_only_where_meant(chapter):
    faults = []
    for number, cell in chapter.code:
        failed = any(output.output_type == "error" for output in outputs(cell))
        if failed and "raises-exception" not in tags(cell):
            faults.append(f"cell {number} ends in an error without the tag raises-exception")
        if not failed and "raises-exception" in tags(cell):
            faults.append(f"cell {number} has the tag raises-exception, but no error")
    return faults


@rule
def no_paths_of_this_machine(chapter):
    faults = []
    for number, cell in enumerate(chapter.cells):
        if found := re.search(r"(?<![\w.:/])/(?:home|root|tmp|work|Users|usr)/\S*", cell.source + str(outputs(cell))):
            faults.append(f"cell {number} names a folder of this machine: {found[0][:60]}")
    return faults


# --------------------------------------------------------------------------------------------------- code


@rule
def code_can_be_read(chapter):
    return [f"cell {number} is not plain Python (no magics, no shell commands)"
            for number, _ in chapter.code if number not in chapter.trees]


@rule
def no_forbidden_code(chapter):
    """No pyplot, no interact, no Output widget, no clear_output, no installs, no global `fig`."""
    forbidden = {"plt": "pyplot", "pyplot": "pyplot", "interact": "interact", "interactive": "interact",
                 "interactive_output": "interact", "Output": "the Output widget", "clear_output": "clear_output",
                 "fig": "a global figure", "get_ipython": "magics", "subprocess": "commands"}
    faults = []
    for number, tree in chapter.trees.items():
        used = {word: what for name in names_used(tree) for word, what in forbidden.items() if name == word}
        faults += [f"cell {number} uses {what} (`{word}`)" for word, what in sorted(used.items())]
        if re.search(r"\b(pip|conda)3? install\b", chapter.cells[number].source):
            faults.append(f"cell {number} installs something")
    return faults


def names_used(tree):
    """All names in a tree: read, written, imported, and attributes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                yield from alias.name.split(".")


@rule
def one_set_up_cell(chapter):
    """The first code cell imports; at most 8 lines; nothing else imports what the whole chapter needs."""
    if not chapter.code:
        return ["no code"]
    number, cell = chapter.code[0]
    faults = []
    if "import" not in cell.source:
        faults.append(f"cell {number}, the first code cell, is not the set-up cell with the imports")
    if len(code_lines(cell.source)) > 8:
        faults.append(f"the set-up cell has {len(code_lines(cell.source))} lines; 8 at most")
    for later, tree in list(chapter.trees.items())[1:]:
        if keep_mark(chapter.cells[later].source):
            continue  # a kept method may import what the package, too, imports only when it is called
        lines = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
        homes = [getattr(line, "module", None) or line.names[0].name for line in lines]
        faults += [f"cell {later} imports {home}; that belongs in the set-up cell" for home in homes
                   if home.split(".")[0] in ("numpy", "nnfs_helpers", "matplotlib")]
    return faults


@rule
def kept_cells(chapter):
    """Kept cells can be read, and the section Kept names everything they keep."""
    faults, names = [], []
    section, _ = chapter.section("Kept")
    for _, cell in chapter.code:
        if keep_mark(cell.source) and keep_mark(cell.source)[0] in MODULES:
            names += [name_of(statement) for statement in ast.parse(cell.source).body]
    for name in names:
        if name and not re.search(rf"`[^`]*\b{name}\b", section):
            faults.append(f"the section Kept does not name `{name}`")
    return faults


@rule
def pictures_do_not_change_under_the_reader(chapter):
    """What a draw function uses is not assigned again later: sliders are moved after Run All."""
    faults = []
    top_level = {}
    for number, tree in chapter.trees.items():
        for statement in tree.body:
            if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
                top_level.setdefault(statement.name, []).append((number, statement))
    for explored in explored_functions(chapter):
        if len(top_level.get(explored, [])) != 1:
            faults.append(f"`{explored}` is explored, so it must be defined once, "
                          f"not {len(top_level.get(explored, []))} times")
            continue
        defined_in = top_level[explored][0][0]
        used = names_reached(explored, top_level, defined_in)
        for number, tree in chapter.trees.items():
            if number > defined_in:
                faults += [f"cell {number} changes `{name}`, which `{explored}` in cell {defined_in} uses"
                           for name in sorted(used & changed_names(tree))]
    return faults


def explored_functions(chapter):
    """The functions handed to explore(...), by name."""
    found = []
    for tree in chapter.trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "explore" and node.args:
                found.append(ast.unparse(node.args[0]))
    return found


def names_reached(function, top_level, cell):
    """The notebook's names that a function uses, itself or through functions and classes it uses."""
    reached, waiting = {function}, [function]
    while waiting:
        name = waiting.pop()
        for number, definition in top_level.get(name, []):
            if number <= cell:
                new = free_names(definition) - reached
                reached |= new
                waiting += new
    return reached


def free_names(definition):
    """The names a definition loads that are neither its own nor Python's."""
    nodes = list(ast.walk(definition))
    own = {node.arg for node in nodes if isinstance(node, ast.arg)}
    own |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    loaded = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    return loaded - own - set(dir(builtins))


def changed_names(tree):
    """The names that a cell's own lines assign, define, import or change in place (`name[0] = 1`)."""
    changed = set()
    inner = {node for outer in ast.walk(tree) if isinstance(outer, (ast.FunctionDef, ast.ClassDef, ast.Lambda))
             for node in ast.walk(outer) if node is not outer}
    for node in ast.walk(tree):
        if node in inner:
            continue
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            changed.add(node.name)
        elif isinstance(node, ast.alias):
            changed.add((node.asname or node.name).split(".")[0])
        elif isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del)):
            while isinstance(node, (ast.Subscript, ast.Attribute)):
                node = node.value
            if isinstance(node, ast.Name):
                changed.add(node.id)
    return changed


# ----------------------------------------------------------------------------------------------- the parts


@rule
def title(chapter):
    source = chapter.cells[0].source if chapter.cells else ""
    name = CHAPTERS[chapter.number - 1][1]
    faults = []
    if not source.startswith("# "):
        faults.append("the first cell does not begin with the title (# …)")
    if name.lower() not in source.lower() or not re.search(rf"\b[Cc]hapter {chapter.number}\b", source):
        faults.append(f"the first cell does not name the book's chapter ({chapter.number}, {name})")
    if not re.search(r"\b\d+(?:[–-]\d+)? minutes\b", source):
        faults.append("the first cell does not say how many minutes the chapter takes")
    if words(source) < 20:
        faults.append("the first cell makes no promise and does not say what you need")
    return faults


@rule
def teachers_note(chapter):
    folds = [fold for cell in chapter.cells[:4] for fold in FOLD.findall(cell.source)]
    note = [body for summary, body in folds if "teacher" in summary.lower()]
    if not note:
        return ["no folded note For the teacher in the first cells"]
    return [] if "min" in note[0] else ["the note For the teacher gives no minutes per section"]


@rule
def recall(chapter):
    """Two questions from earlier chapters, answers folded."""
    if chapter.number == 1:
        return []
    for _, cell in chapter.text[:6]:
        if "Recall" in cell.source and FOLD.search(cell.source) and FOLD.sub("", cell.source).count("?") >= 2:
            return []
    return ["no Recall near the beginning: two questions with a ?, answers folded, in one cell"]


@rule
def predictions(chapter):
    """At least two questions before a run, each with options to choose from, and code right after."""
    asked = [(number, cell) for number, cell in chapter.text if re.search(r"\bPredict\b", cell.source)]
    faults = [] if len(asked) >= 2 else [f"{len(asked)} predictions (Predict …) before a run; 2 at least"]
    for number, cell in asked:
        if len(set(re.findall(r"\([a-c]\)", cell.source))) < 2:
            faults.append(f"cell {number}: a prediction needs two or three options: (a) … (b) …")
        if "code" not in (chapter.kind(number + 1), chapter.kind(number + 2)):
            faults.append(f"cell {number}: a prediction, but nothing is run after it")
    return faults


@rule
def shapes(chapter):
    if chapter.number in WITHOUT_SHAPES:
        return []
    faults = []
    if not any("shape_diary" in called_names(tree) for tree in chapter.trees.values()):
        faults.append("no shape diary: shape_diary(name=(array, row, column), …)")
    if not any("raises-exception" in tags(cell) for _, cell in chapter.code):
        faults.append("no error is shown on purpose (tag raises-exception) and read")
    return faults


@rule
def explore_cells(chapter):
    """Mission, still figure, live twin without output, and what there was to see, folded."""
    live = [number for number, cell in chapter.code if is_live(cell)]
    faults = [] if live else ["nothing to explore: explore(draw, …)"]
    for number in live:
        cell = chapter.cells[number]
        body = chapter.trees[number].body
        if len(body) != 1 or not ast.unparse(body[0]).startswith(("explore(", "playground(", "sketch_pad(")):
            faults.append(f"cell {number}: explore(...), playground(...) or sketch_pad(...) stands alone in its cell")
        if outputs(cell) or "nbval-ignore-output" not in tags(cell):
            faults.append(f"cell {number}: a live cell has no stored output and the tag nbval-ignore-output")
        still = chapter.cells[number - 1]
        if chapter.kind(number - 1) != "code" or not pictures(still) or not shows_the_same(still, body[-1]):
            faults.append(f"cell {number}: the cell before it shows no still figure of the same function")
        before = "".join(cell.source for cell in chapter.cells[max(0, number - 4):number])
        if "Mission" not in before:
            faults.append(f"cell {number}: no mission before it (Mission: …)")
        folds = FOLD.findall(chapter.cells[number + 1].source) if chapter.kind(number + 1) == "markdown" else []
        if not any("you saw" in summary for summary, _ in folds):
            faults.append(f"cell {number}: no folded What you saw right after it")
    return faults


def shows_the_same(still, live):
    """Whether a cell draws with the function that the live line explores; playground and sketch pad have their own."""
    line = ast.unparse(live)
    drawn = re.match(r"explore\((\w+)", line)
    name = drawn[1] if drawn else f"{line.split('(')[0]}_still("
    return name in still.source


@rule
def break_it(chapter):
    return [] if re.search(r"Break it", chapter.prose) else ["nothing to break: Break it"]


@rule
def misconception(chapter):
    for _, cell in chapter.text:
        if re.search(r"People think.*\bTry\b.*\bIn fact\b", cell.source, re.DOTALL | re.IGNORECASE):
            return []
    return ["no misconception box: People think … / Try … / In fact …, in one cell"]


@rule
def exercises(chapter):
    cells = [(number, cell) for number, cell in chapter.code if "exercise" in tags(cell)]
    faults = [] if 2 <= len(cells) <= 4 else [f"{len(cells)} exercises; 2 to 4 are right"]
    module = PACKAGE / "exercises" / f"chapter_{chapter.number:02}.py"
    source = module.read_text(encoding="utf-8") if module.exists() else ""
    offered = {name_of(line) for line in ast.parse(source).body}
    for number, cell in cells:
        check = re.match(r"check\.(\w+)\(", code_lines(cell.source)[-1])
        if not check:
            faults.append(f"cell {number}: an exercise ends in check.…(answer)")
        elif check[1] not in offered:
            faults.append(f"cell {number}: exercises/{module.name} has no {check[1]}")
        if "..." not in cell.source:
            faults.append(f"cell {number}: an exercise has a blank (...)")
        if solution(chapter.cells, number) is None:
            faults.append(f"cell {number}: no folded Solution with a ```python block in the text after it")
    for number, tree in chapter.trees.items():
        is_exercise = "exercise" in tags(chapter.cells[number])
        if not is_exercise and any(name.startswith("check.") for name in called_names(tree)):
            faults.append(f"cell {number} checks an answer, but lacks the tag exercise")
    return faults


def solution(cells, number):
    """The code of the folded solution in the first text after the exercise, or None."""
    following = next((cell.source for cell in cells[number + 1:] if cell.cell_type == "markdown"), "")
    for summary, body in FOLD.findall(following):
        block = re.search(r"```python\n(.*?)```", body, re.DOTALL)
        if "Solution" in summary and block:
            return block[1].strip("\n")
    return None


@rule
def quiz(chapter):
    """Three questions, one with a plot; answers folded, each in a fold of its own or 1. 2. 3. in one fold."""
    section, shown = chapter.section("Quiz")
    folds = [body for _, body in FOLD.findall(section)]
    answers = len(folds) if len(folds) > 1 else len(re.findall(r"(?m)^(?:\*\*)?\d\.", "".join(folds)))
    faults = [] if answers == 3 else [f"the section Quiz has {answers} folded answers; 3 are right"]
    if not shown and "![" not in section:
        faults.append("no question of the quiz comes with a plot")
    return faults


@rule
def ending(chapter):
    faults = [] if chapter.section("Kept")[0] else ["no section Kept"]
    last = "\n".join(cell.source for cell in chapter.cells[-3:])
    if chapter.number < len(CHAPTERS) and not re.search(r"(?m)^#+ .*\bNext\b|\*\*Next\b|^#+ .*next question", last):
        faults.append("the last cells do not ask the next question (Next: …)")
    if chapter.number < len(CHAPTERS) and "?" not in chapter.cells[-1].source:
        faults.append("the last cell asks no question")
    return faults


@rule
def way_back(chapter):
    """The last line leads back to the chapter before, and to the table of all chapters."""
    links = re.findall(r"\]\(([^)]+)\)", chapter.cells[-1].source.rstrip().splitlines()[-1])
    before = [CHAPTERS[chapter.number - 2][2]] if chapter.number > 1 else []
    return [] if links == [*before, "../README.md"] else ["the last line does not lead to the chapter before and to "
                                                          f"the table of all chapters: {[*before, '../README.md']}"]


# --------------------------------------------------------------------------------------- Markdown and links


@rule
def folds_work(chapter):
    """In a fold Markdown works only with an empty line after the summary and before the end."""
    faults = []
    for number, cell in chapter.text:
        if cell.source.count("<details>") != cell.source.count("</details>"):
            faults.append(f"cell {number}: <details> and </details> do not match")
        for summary, body in FOLD.findall(cell.source):
            if not (body.startswith("\n\n") and body.endswith("\n\n")):
                faults.append(f"cell {number}: the fold {summary!r} needs an empty line after </summary> and "
                              "before </details>")
    return faults


@rule
def headings(chapter):
    """One title; below it no level is left out."""
    faults, before = [], 0
    for number, cell in chapter.text:
        without_code = re.sub(r"```.*?```", "", cell.source, flags=re.DOTALL)
        for marks in re.findall(r"(?m)^(#+) ", without_code):
            if len(marks) == 1 and before:
                faults.append(f"cell {number}: a second title (# …)")
            if len(marks) > before + 1:
                faults.append(f"cell {number}: a heading of level {len(marks)} under one of level {before}")
            before = len(marks)
    return faults


@rule
def links_lead_somewhere(chapter):
    return [f"cell {number}: the link {target} leads nowhere" for number, cell in chapter.text
            for target in re.findall(r"\]\(([^)\s]+)\)|(?:href|src)=\"([^\"]+)\"", cell.source)
            for target in filter(None, target) if not leads_somewhere(chapter, target)]


def leads_somewhere(chapter, target):
    if target.startswith(("https://", "mailto:", "data:")):
        return True
    file_name, _, anchor = target.partition("#")
    path = (chapter.path.parent / file_name).resolve() if file_name else chapter.path
    if file_name and not path.exists():
        return False
    if not anchor:
        return True
    cells = chapter.cells if not file_name else read(path).cells if path.suffix == ".ipynb" else []
    return anchor in anchors(cells)


def anchors(cells):
    """The anchors of a notebook, as JupyterLab makes them from headings, and those set by hand."""
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    titles = re.findall(r"(?m)^#+ +(.+?)\s*$", text)
    return {title.replace(" ", "-") for title in titles} | set(re.findall(r'id="([^"]+)"', text))


@rule
def kept_marks_are_right(chapter):
    faults = []
    for number, cell in chapter.code:
        if re.match(r"#\s*keep", cell.source, re.IGNORECASE) and not keep_mark(cell.source):
            faults.append(f"cell {number}: a keep mark reads `# keep: layers` or `# keep: model.Model`, nothing else")
        if re.search(r"\n\s*# keep:", cell.source):
            faults.append(f"cell {number}: a keep mark is the first line of its cell")
    return faults


def main(arguments):
    faults = [fault for path in arguments or existing() for fault in Chapter(path).faults()]
    print("\n".join(faults) or "no faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
