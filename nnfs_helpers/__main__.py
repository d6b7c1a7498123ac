"""Opens the course: `python -m nnfs_helpers` starts JupyterLab on the first chapter there is.

Whatever stands behind it goes to JupyterLab, for example `python -m nnfs_helpers --port 9999`.
"""

import os
import sys
from pathlib import Path
from urllib.parse import quote

PROJECT = Path(__file__).resolve().parent.parent


def first_chapter(folder):
    """The path of the first notebook in the folder.

    Raises FileNotFoundError when there is no such folder or no chapter in it.
    """
    chapters = sorted(folder.glob("[0-9][0-9]_*.ipynb"))
    if not chapters:
        raise FileNotFoundError(
            f"There are no chapters in {folder}, where the notebooks of the course should be. "
            "Open the folder of the course in a terminal, type `python -m pip install -e .` "
            "and then `python -m nnfs_helpers`."
        )
    return chapters[0]


def is_root():
    """Whether this is the administrator of a Unix machine, as in most containers."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def has_screen():
    """Whether a browser can open a window here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def lab_arguments(chapter):
    """What JupyterLab is told: serve this machine and this project only, and open the chapter in its folder.

    The project, not its folder of notebooks, for these show pictures of the folder beside theirs.
    """
    folder = chapter.parent
    arguments = [
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={folder.parent}",
        f"--ServerApp.preferred_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{quote(folder.name)}/{quote(chapter.name)}",
    ]
    if is_root():
        arguments.append("--allow-root")
    if not has_screen():
        arguments.append("--no-browser")
    return arguments


def put_first(variable, folder):
    """Put the folder before those that the environment variable names already."""
    folders = [str(folder), os.environ.get(variable)]
    os.environ[variable] = os.pathsep.join(filter(None, folders))


def main(extra_arguments):
    """Start JupyterLab; comes back when it is stopped."""
    try:
        chapter = first_chapter(PROJECT / "notebooks")
    except FileNotFoundError as error:
        sys.exit(str(error))
    # The notebooks import the package that stands beside them, even after the folder was moved.
    put_first("PYTHONPATH", PROJECT)
    # Our defaults for JupyterLab; the reader's own settings win over them.
    put_first("JUPYTER_CONFIG_PATH", PROJECT / ".jupyter")

    print(f"Opening {chapter.name} in JupyterLab. To stop it, press Ctrl-C twice in this window.")
    if not has_screen():
        print("There is no screen here: copy the address with ?token= that appears below into a browser.")
    sys.stdout.flush()

    from jupyterlab.labapp import LabApp

    LabApp.launch_instance(lab_arguments(chapter) + extra_arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
