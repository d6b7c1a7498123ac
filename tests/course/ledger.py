"""Keep and replay: what each notebook keeps, and whether the package says the same.

A code cell whose first line is `# keep: layers` keeps its classes, functions and constants in
`nnfs_helpers/layers.py`. `# keep: model.Model` keeps methods, each decorated with `@add_to(Model)`, in that
class, and values of the class, such as `Model.finalized = False`. A name that is kept again replaces what was
kept before. Comments, docstrings and layout are free, code is not.

`python -m tests.course.ledger` prints the table of what each chapter adds.
"""

import ast
import copy
import difflib
import re
from dataclasses import dataclass
from pathlib import Path

from tests.course.notebooks import CHAPTERS, IDEAS, NOTEBOOKS, PACKAGE, chapter_of, code_cells, existing, read

MODULES = ("layers", "activations", "losses", "optimizers", "accuracy", "model")
MARK = re.compile(r"# keep: (\w+)(?:\.(\w+))?\s*")
DEFINITIONS = (ast.ClassDef, ast.FunctionDef)


class KeepError(ValueError):
    """A kept cell that cannot be read."""


@dataclass
class Kept:
    """A definition as it stands after some notebook."""

    module: str
    name: str
    tree: ast.stmt
    source: str
    notebook: str
    chapter: int

    @property
    def address(self):
        return f"{self.module}.{self.name}"


# ------------------------------------------------------------------------------------------------- reading


def keep_mark(source):
    """(module, class or None) where the first line of a cell says that it is kept, else None."""
    match = MARK.fullmatch(source.split("\n", 1)[0])
    return match.groups() if match else None


def name_of(statement):
    """The name that a statement defines, or None where it is no definition."""
    if isinstance(statement, DEFINITIONS):
        return statement.name
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id
    return None


def collect(paths, steps=None):
    """The ledger after the given notebooks: a dictionary from "module.name" to Kept, oldest first.

    steps: a list to which every keeping is added, as (chapter, address of the name, first time or not).
    """
    ledger = {}
    for path in paths:
        for cell in code_cells(read(path)):
            if keep_mark(cell.source):
                for kept in kept_in_cell(cell.source, Path(path), ledger):
                    if steps is not None:
                        steps.append((kept.chapter, kept.address, kept.address not in ledger))
                    ledger[kept.address] = kept
    return ledger


def kept_in_cell(source, path, ledger):
    module, growing_class = keep_mark(source)
    if module not in MODULES:
        raise KeepError(f"{path.name}: `# keep: {module}` is not one of the modules {', '.join(MODULES)}.")
    for statement in ast.parse(source).body:
        if growing_class is not None and isinstance(statement, ast.Assign):
            statement = as_inside(statement, growing_class, path)
        name = name_of(statement)
        if name is None:
            raise KeepError(f"{path.name}: a kept cell holds definitions only, but `# keep: {module}` holds "
                            f"`{ast.unparse(statement).splitlines()[0]}`.")
        text = ast.get_source_segment(source, statement)
        if growing_class is None:
            yield Kept(module, name, statement, text, path.name, chapter_of(path))
            continue
        address = f"{module}.{growing_class}"
        if address not in ledger:
            raise KeepError(f"{path.name}: {name} is kept in {address}, a class that no cell before keeps.")
        tree = with_method(ledger[address].tree, without_attaching(statement, growing_class, path))
        yield Kept(module, growing_class, tree, ast.unparse(tree), path.name, chapter_of(path))


def as_inside(assignment, growing_class, path):
    """`Model.finalized = False` as it would stand inside the class: `finalized = False`."""
    target = assignment.targets[0]
    if not isinstance(target, ast.Attribute) or ast.unparse(target.value) != growing_class:
        raise KeepError(f"{path.name}: `{ast.unparse(assignment)}` is kept in a class, so it needs `{growing_class}.` "
                        "before the name.")
    return ast.copy_location(ast.Assign([ast.Name(target.attr, ast.Store())], assignment.value), assignment)


def without_attaching(method, growing_class, path):
    """The method without its `@add_to(...)` line; a value of the class needs none."""
    if isinstance(method, ast.Assign):
        return ast.fix_missing_locations(method)
    method = copy.deepcopy(method)
    attaching = f"add_to({growing_class})"
    decorators = [ast.unparse(decorator) for decorator in getattr(method, "decorator_list", [])]
    if attaching not in decorators:
        raise KeepError(f"{path.name}: the kept {name_of(method)} needs the line `@{attaching}` above it.")
    del method.decorator_list[decorators.index(attaching)]
    return method


def with_method(class_tree, method):
    """A copy of the class in which the method stands: in the place of the old one, or last."""
    class_tree = copy.deepcopy(class_tree)
    names = [name_of(statement) for statement in class_tree.body]
    if name_of(method) in names:
        class_tree.body[names.index(name_of(method))] = method
    else:
        class_tree.body.append(method)
    return class_tree


def package_names(package=PACKAGE):
    """What stands in the package's kept modules: a dictionary from "module.name" to the syntax tree."""
    names = {}
    for module in MODULES:
        for statement in ast.parse((Path(package) / f"{module}.py").read_text(encoding="utf-8")).body:
            name = name_of(statement)
            if name not in (None, "__all__"):
                names[f"{module}.{name}"] = statement
    return names


# ----------------------------------------------------------------------------------------------- comparing


def bare(tree):
    """A copy of the tree without docstrings."""
    tree = copy.deepcopy(tree)
    for node in ast.walk(tree):
        if isinstance(node, DEFINITIONS) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:]
        if isinstance(node, DEFINITIONS):
            node.body = [line for line in node.body if not isinstance(line, ast.Pass)] or [ast.Pass()]
    return tree


def same(first, second):
    """Whether two definitions say the same. The order of a class's parts is free: where it grew, the last came last."""
    first, second = ({name: ast.dump(bare(part)) for name, part in parts(tree).items()} for tree in (first, second))
    return first == second


def parts(tree):
    """A definition in parts: a class's methods and values by name, and its first line; else all of it."""
    if not isinstance(tree, ast.ClassDef):
        return {"all of it": tree}
    tree = bare(tree)
    pieces = {name_of(statement): statement for statement in tree.body if name_of(statement)}
    tree.body = [line for line in tree.body if name_of(line) is None and not isinstance(line, ast.Pass)]
    return {"class line": tree, **pieces}


def short_diff(kept, package, lines=14):
    """The lines that differ, notebook first."""
    texts = [ast.unparse(bare(tree)).splitlines() for tree in (kept, package)]
    difference = list(difflib.unified_diff(*texts, "notebook", "package", n=1, lineterm=""))
    return "\n".join(difference[:lines] + (["…"] if len(difference) > lines else []))


def problems(paths=None, package=PACKAGE):
    """Everything in which notebooks and package disagree, as sentences."""
    ledger, names = collect(existing() if paths is None else paths), package_names(package)
    found = []
    for address, kept in ledger.items():
        if address not in names:
            found.append(f"{address}: {kept.notebook} keeps it, but it is not in the package.")
        elif not same(kept.tree, names[address]):
            found.append(f"{address}: {kept.notebook} and nnfs_helpers/{kept.module}.py differ:\n"
                         f"{short_diff(kept.tree, names[address])}")
    found += [f"{address}: is in the package, but no notebook keeps it." for address in names if address not in ledger]
    return found


# ------------------------------------------------------------------------------------------------- the table


def additions(paths=None):
    """What each chapter adds: a dictionary from the chapter's number to (new names, names that grow)."""
    steps = []
    collect(existing() if paths is None else paths, steps)
    added = {number: ([], []) for number, _, _ in CHAPTERS}
    for chapter, address, is_new in steps:
        new, grown = added[chapter]
        name = address.split(".")[1]
        if is_new:
            new.append(name)
        elif name not in new and name not in grown:
            grown.append(name)
    return added


def table(links="notebooks/", folder=NOTEBOOKS):
    """The table "what each chapter adds" in Markdown, with links to the notebooks."""
    lines = ["| | Chapter | What it is about | What it adds to the package |", "|---:|---|---|---|"]
    added = additions(existing(folder))
    for number, title, file_name in CHAPTERS:
        new, grown = (", ".join(f"`{name}`" for name in names) for names in added[number])
        if grown:
            grown = f"more in {grown}"
        adds = "; ".join(filter(None, [new, grown]))
        lines.append(f"| {number} | [{title}]({links}{file_name}) | {IDEAS[number]} | {adds} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(table(), end="")
