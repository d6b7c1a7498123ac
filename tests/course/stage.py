"""The package as it stood before a chapter: so that no chapter can use what a later one builds."""

import ast
import shutil
from pathlib import Path

from tests.course.ledger import MODULES, collect, package_names
from tests.course.notebooks import NOTEBOOKS, PACKAGE, chapter_of, existing


def stage(number, folder, package=PACKAGE, notebooks=NOTEBOOKS):
    """Write `folder`/nnfs_helpers: the tools as they are, the kept modules as after chapter number-1.

    Returns the folder, which is to be put first in PYTHONPATH.
    """
    target = Path(folder) / "nnfs_helpers"
    shutil.copytree(package, target, ignore=shutil.ignore_patterns("__pycache__"))
    # What the package looks for beside itself: the pictures and the trained model of chapter 22.
    for asset in ("fashion_model.nnfs", "pictures"):
        copy_if_there(Path(package).parent / "assets" / asset, Path(folder) / "assets" / asset)
    ledger = collect(path for path in existing(notebooks) if chapter_of(path) < number)
    homes = {kept.name: kept.module for kept in ledger.values()}
    for module in MODULES:
        definitions = [kept for kept in ledger.values() if kept.module == module]
        source = (Path(package) / f"{module}.py").read_text(encoding="utf-8")
        text = module_text(module, definitions, homes, source, number)
        (target / f"{module}.py").write_text(text, encoding="utf-8")
    return Path(folder)


def copy_if_there(source, target):
    """Copy a file or a folder; nothing happens where there is none."""
    target.parent.mkdir(exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.exists():
        shutil.copy(source, target)


def module_text(module, definitions, homes, package_source, number):
    """A kept module's text, made of what has been kept so far."""
    lines = [f'"""{module}, as built in the chapters before chapter {number}."""', "import numpy as np"]
    lines += tool_imports(package_source)
    used = {node.id for kept in definitions for node in ast.walk(kept.tree) if isinstance(node, ast.Name)}
    for name in sorted(used & set(homes)):
        if homes[name] != module:
            lines.append(f"from nnfs_helpers.{homes[name]} import {name}")
    lines.append(f"__all__ = {[kept.name for kept in definitions]!r}")
    return "\n".join(lines) + "\n\n\n" + "\n\n\n".join(kept.source for kept in definitions) + "\n"


def tool_imports(package_source):
    """The package's own import lines, but for those of other kept modules."""
    skipped = {"numpy", *(f"nnfs_helpers.{module}" for module in MODULES)}
    lines = ast.parse(package_source).body
    lines = [line for line in lines if isinstance(line, (ast.Import, ast.ImportFrom))]
    homes = [getattr(line, "module", None) or line.names[0].name for line in lines]
    return [ast.unparse(line) for line, home in zip(lines, homes) if home not in skipped]


def leaked_names(number, notebooks=NOTEBOOKS, package=PACKAGE):
    """The names that a chapter must not see yet."""
    before = collect(path for path in existing(notebooks) if chapter_of(path) < number)
    return sorted(address.split(".")[1] for address in set(package_names(package)) - set(before))
