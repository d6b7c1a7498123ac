"""The way in: what is installed, the two commands, the start of JupyterLab, and what the README says."""

import ast
import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import tomllib
import urllib.error
import urllib.request
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PIL import Image

from nnfs_helpers import __main__ as start
from tests.lab import free_port

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text())
README = (ROOT / "README.md").read_text()
MAKEFILE = (ROOT / "Makefile").read_text()

CONDA_NAMES = {"matplotlib-base": "matplotlib"}
ONLY_FOR_CONDA = {"python", "pip"}
ONE_CHAPTER = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


# --------------------------------------------------------------------------------- what is installed


def bounds(specifications):
    """A dictionary from each package's name to its bounds."""
    requirements = [Requirement(text) for text in specifications]
    return {canonicalize_name(requirement.name): str(requirement.specifier) for requirement in requirements}


def conda_bounds(environment):
    """The same from environment.yml, with the names that Python's own installer knows."""
    entries = environment["dependencies"]
    from_conda = bounds(entry for entry in entries if isinstance(entry, str))
    (from_pip,) = [entry["pip"] for entry in entries if isinstance(entry, dict)]
    from_pip = bounds(entry for entry in from_pip if not entry.startswith("-e"))
    return {CONDA_NAMES.get(name, name): text for name, text in (from_conda | from_pip).items()}


def test_environment_yml_says_the_same_as_pyproject():
    conda = conda_bounds(ENVIRONMENT)
    assert conda.pop("python") == PROJECT["project"]["requires-python"]
    assert conda.pop("pip") == ""
    assert conda == bounds(PROJECT["project"]["dependencies"])


def test_environment_yml_takes_from_conda_forge_alone_and_installs_this_folder():
    assert ENVIRONMENT["channels"] == ["conda-forge", "nodefaults"]
    assert "-e ." in ENVIRONMENT["dependencies"][-1]["pip"]


@pytest.mark.parametrize(
    "text",
    PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["tests"],
)
def test_bounds_hold_for_what_is_installed(text):
    requirement = Requirement(text)
    assert version(requirement.name) in requirement.specifier


@pytest.mark.parametrize("text", PROJECT["project"]["dependencies"])
def test_versions_are_ranges_and_not_pins(text):
    operators = {specifier.operator for specifier in Requirement(text).specifier}
    assert ">=" in operators and operators <= {">=", "<"}


def test_packages_are_the_folders():
    folders = [path.parent for path in (ROOT / "nnfs_helpers").rglob("__init__.py")]
    names = sorted(".".join(folder.relative_to(ROOT).parts) for folder in folders)
    assert sorted(PROJECT["tool"]["setuptools"]["packages"]) == names


def imported(folder):
    """The names of the packages that the folder's files import, but for Python's own and ours."""
    names = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names.add(node.module.split(".")[0])
    neighbours = {path.stem for path in folder.glob("*.py")}
    return names - set(sys.stdlib_module_names) - {"nnfs_helpers", "tests", "benchmarks"} - neighbours


@pytest.mark.parametrize(
    ("folder", "extras"),
    [("nnfs_helpers", []), ("assets", []), ("benchmarks", ["tests", "pytorch"]), ("tests", ["tests", "pytorch"])],
)
def test_what_is_imported_is_declared(folder, extras):
    optional = PROJECT["project"]["optional-dependencies"]
    declared = bounds(PROJECT["project"]["dependencies"] + [text for extra in extras for text in optional[extra]])
    homes = packages_distributions()
    missing = []
    for name in imported(ROOT / folder):
        distributions = {canonicalize_name(home) for home in homes.get(name, [name])}
        if not distributions & set(declared):
            missing.append(name)
    assert missing == []


# ------------------------------------------------------------------------------------- the Makefile

needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


@pytest.fixture
def folder(tmp_path):
    """A folder with a space in its name that holds no more than the Makefile needs."""
    folder = tmp_path / "a folder"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    return folder


def make(folder, *arguments):
    clean = {name: text for name, text in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(["make", *arguments], cwd=folder, env=clean, capture_output=True, text=True)


def program(path, *lines):
    """A shell script that stands in for another program."""
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)
    return path


@needs_make
def test_make_builds_an_environment_and_leaves_it_alone_afterwards(folder):
    python = f"PYTHON={sys.executable}"
    assert make(folder, ".venv/installed", python, "INSTALL=true").returncode == 0
    version_line = subprocess.run([folder / ".venv/bin/python", "--version"], capture_output=True, text=True)
    assert version_line.stdout == f"Python {sys.version.split()[0]}\n"
    again = make(folder, ".venv/installed", python, "INSTALL=false")
    assert (again.returncode, again.stderr) == (0, "")


@needs_make
def test_make_takes_up_an_installation_that_was_cut_short(folder):
    python = f"PYTHON={sys.executable}"
    failed = make(folder, ".venv/installed", python, "INSTALL=false")
    assert failed.returncode != 0
    assert "The same command again goes on from there." in failed.stderr
    second = make(folder, ".venv/installed", python, "INSTALL=true")
    assert second.returncode == 0
    assert "Making .venv" not in second.stdout
    assert (folder / ".venv/installed").exists()


@needs_make
def test_make_builds_an_environment_again_when_its_python_has_gone(folder):
    python = f"PYTHON={sys.executable}"
    make(folder, ".venv/installed", python, "INSTALL=true")
    (folder / ".venv/bin/python").unlink()
    (folder / ".venv/bin/python").symlink_to("/nowhere/python3")
    again = make(folder, ".venv/installed", python, "INSTALL=false")
    assert "Making .venv" in again.stdout
    assert "The installation stopped" in again.stderr


@needs_make
def test_make_says_what_to_do_without_a_recent_python(folder, tmp_path):
    pretend = "import sys; sys.version_info = (3, 10, 4)"
    old = program(tmp_path / "bin" / "python3", f"exec '{sys.executable}' -c \"{pretend}; $2\"")
    result = make(folder, "lab", f"PYTHON={old}")
    assert result.returncode != 0
    assert "This course needs Python 3.11 or newer" in result.stderr
    assert str(old) in result.stderr


@needs_make
def test_make_says_what_to_do_without_the_venv_module(folder, tmp_path):
    without_venv = program(tmp_path / "bin" / "python3", 'case "$2" in *ensurepip*) exit 1;; esac')
    result = make(folder, "lab", f"PYTHON={without_venv}")
    assert result.returncode != 0
    assert "sudo apt install python3-venv" in result.stderr


@needs_make
def test_make_passes_over_a_python_that_will_not_do(folder, tmp_path, monkeypatch):
    program(tmp_path / "bin" / "python3.14", "exit 1")
    program(tmp_path / "bin" / "python3.13", f"exec '{sys.executable}' \"$@\"")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    assert make(folder, ".venv/bin/python").returncode == 0
    assert (folder / ".venv/bin/python").exists()


@needs_make
def test_make_help_names_every_command(folder):
    (commands,) = re.findall(r"^\.PHONY: (.*)", MAKEFILE, re.MULTILINE)
    text = make(folder, "help").stdout
    assert [name for name in commands.split() if name != "help" and f"make {name}" not in text] == []


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize("with_data", [True, False])
def test_ci_runs_all_tests_and_names_the_data_where_there_are_any(tmp_path, with_data):
    project = tmp_path / "project"
    shutil.copytree(ROOT / ".ci", project / ".ci")
    data = tmp_path / "shared" / "data" / "fashion-mnist"
    if with_data:
        data.mkdir(parents=True)
    for name in ("apt-get", "chromium", "python3"):
        program(tmp_path / "bin" / name)
    program(tmp_path / "bin" / "make", 'echo "$@ in $PWD with ${FASHION_MNIST_DIR-nothing}"')
    environment = {**os.environ, "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    environment.pop("FASHION_MNIST_DIR", None)
    command = [project / ".ci" / "run"]
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    expected = f"test TEST_ARGS=--no-skips in {project} with {data if with_data else 'nothing'}\n"
    assert (result.stdout, result.returncode) == (expected, 0)


# ------------------------------------------------------------------------------------- the start


def test_the_first_chapter_is_the_one_with_the_least_number(tmp_path):
    for name in ("10_optimizers.ipynb", "02_coding.ipynb", "notes.ipynb"):
        (tmp_path / name).touch()
    assert start.first_chapter(tmp_path).name == "02_coding.ipynb"


def test_the_start_says_what_to_do_when_there_is_no_chapter(tmp_path, monkeypatch):
    monkeypatch.setattr(start, "PROJECT", tmp_path)
    with pytest.raises(SystemExit, match="There are no chapters in .*notebooks.*python -m pip install -e"):
        start.main([])


@pytest.mark.parametrize(
    ("variable", "expected"),
    [(None, False), ("DISPLAY", True), ("WAYLAND_DISPLAY", True)],
)
def test_a_browser_is_opened_only_where_there_is_a_screen(monkeypatch, variable, expected):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    if variable:
        monkeypatch.setenv(variable, ":0")
    assert ("--no-browser" not in start.lab_arguments(Path("02_coding.ipynb"))) is expected


@pytest.mark.parametrize("user", [0, 1000])
def test_root_is_allowed_only_as_root(monkeypatch, user):
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    assert ("--allow-root" in start.lab_arguments(Path("02_coding.ipynb"))) is (user == 0)


def answer_of(url, seconds=20):
    """The status and the text that the server gives. It prints its address a little before it listens."""
    without_proxy = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    last_moment = time.monotonic() + seconds
    while True:
        try:
            with without_proxy.open(url, timeout=seconds) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, ""
        except urllib.error.URLError:
            if time.monotonic() > last_moment:
                raise
            time.sleep(0.1)


def test_jupyterlab_starts_on_the_chapter_for_this_machine_only_and_keeps_its_token(tmp_path):
    project = tmp_path / "a folder"
    shutil.copytree(ROOT / "nnfs_helpers", project / "nnfs_helpers")
    shutil.copytree(ROOT / ".jupyter", project / ".jupyter")
    (project / "notebooks").mkdir()
    (project / "notebooks" / "02_one_chapter.ipynb").write_text(ONE_CHAPTER)
    (project / "assets").mkdir()
    (project / "assets" / "picture.png").write_bytes(b"a picture")
    places = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR")
    environment = {**os.environ, **{name: str(tmp_path / name) for name in places}}
    environment.pop("JUPYTER_TOKEN", None)
    port = free_port()
    command = [sys.executable, "-m", "nnfs_helpers", "--no-browser", f"--port={port}"]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(command, cwd=project, env=environment, **streams) as server:
        last_moment = threading.Timer(60, server.kill)
        last_moment.start()
        try:
            lines = []
            found = None
            while found is None:
                lines.append(server.stdout.readline())
                assert lines[-1], "JupyterLab did not start:\n" + "".join(lines)
                found = re.search(rf"(http://127\.0\.0\.1:{port})(/lab/tree/\S+)\?token=(\w+)", lines[-1])
            address, page, token = found.groups()
            assert page == "/lab/tree/notebooks/02_one_chapter.ipynb"
            assert answer_of(f"{address}/api/contents")[0] == 403
            status, text = answer_of(f"{address}/api/contents/notebooks?token={token}")
            assert status == 200 and "02_one_chapter.ipynb" in text
            status, text = answer_of(f"{address}{page}?token={token}")
            assert status == 200 and "JupyterLab" in text
            # A chapter shows ../assets/picture.png.
            assert answer_of(f"{address}/files/assets/picture.png?token={token}")[0] == 200
            settings = f"{address}/lab/api/settings/@jupyterlab/apputils-extension:notification?token={token}"
            assert '"default": "false"' in answer_of(settings)[1]
            # Another address of this same machine, where only a server that is open to others answers.
            with pytest.raises(OSError), socket.create_connection(("127.0.0.2", port), timeout=5):
                pass
        finally:
            last_moment.cancel()
            server.terminate()
    assert "Opening 02_one_chapter.ipynb" in "".join(lines)


# ----------------------------------------------------------------------------------- --no-skips

ONE_SKIPPED = """
import pytest

def test_passes():
    pass

@pytest.mark.skip(reason="as an example")
def test_skipped():
    pass
"""


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["-n", "0"], 0), (["-n", "0", "--no-skips"], 1), (["-n", "2", "--no-skips"], 1)],
)
def test_no_skips_turns_a_skipped_test_into_a_failed_run(tmp_path, arguments, status):
    (tmp_path / "test_example.py").write_text(ONE_SKIPPED)
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "xdist", *arguments]
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert result.returncode == status, result.stdout
    assert ("FAILED: 1 skipped, and --no-skips allows none." in result.stdout) is bool(status)


# ------------------------------------------------------------------------------------ the README


def code_in(text):
    """What stands in code blocks and between backquotes."""
    blocks = re.findall(r"^```$(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return "\n".join(blocks + re.findall(r"`([^`\n]+)`", text))


def test_commands_in_the_readme_exist():
    commands = set(re.findall(r"\bmake ([a-z-]+)", code_in(README)))
    modules = set(re.findall(r"-m ([\w.]+)", README))
    assert {"lab", "test", "notebooks"} <= commands
    assert [name for name in commands if not re.search(rf"^{name}:", MAKEFILE, re.MULTILINE)] == []
    assert [name for name in modules if name not in ("venv", "pip") and not importlib.util.find_spec(name)] == []


def test_conda_name_in_the_readme_is_that_of_the_environment():
    assert f"conda activate {ENVIRONMENT['name']}" in README


def test_extras_in_the_readme_exist():
    extras = set(re.findall(r"\.\[(\w+)\]", README))
    assert extras and extras <= set(PROJECT["project"]["optional-dependencies"])


def test_files_that_the_readme_links_to_exist():
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert [link for link in links if not link.startswith("https://") and not (ROOT / link).exists()] == []


def test_the_moving_picture_moves_and_is_small():
    path = ROOT / "assets" / "spiral.gif"
    with Image.open(path) as picture:
        assert picture.n_frames > 30
        assert 640 <= picture.width <= 800
    assert path.stat().st_size < 1_500_000
