"""A real JupyterLab with the system's Chromium or Chrome looking at it, for tests and for looking oneself.

To look at a notebook after *Run All*, as pictures of the browser's window from its top to its end:

    python -m tests.lab screenshot notebooks/02_coding_our_first_neurons.ipynb some_folder [--dark] [--moves 5]

With `--moves`, each slider first goes that many steps towards its farther end, each list to another choice, and
each box to tick is ticked or cleared. Then there also is a picture of each explore box by itself.
"""

import argparse
import base64
import contextlib
import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import nbformat
from PIL import Image

PROJECT = Path(__file__).resolve().parent.parent
BROWSERS = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
]
WIDGET = "application/vnd.jupyter.widget-view+json"

SETTINGS = {
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension/plugin": {"autosave": False},
    # Cells that are out of sight are in the page all the same.
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
}


def find_browser():
    """The path of the system's Chromium or Chrome, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def write_notebook(folder, name, *cells):
    """Write a notebook of these code cells into the folder; returns its name."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, Path(folder) / name)
    return name


# ------------------------------------------------------------------------------------------------ server


class LabServer:
    """JupyterLab on 127.0.0.1, for use in a `with` statement. Nothing of the user's own settings gets in or out.

    folder: where the notebooks are; they are run there, so give it a copy.
    dark: the dark theme.
    """

    def __init__(self, folder, dark=False):
        self.folder = Path(folder).resolve()
        self.theme = "JupyterLab Dark" if dark else "JupyterLab Light"
        self.url = None

    def __enter__(self):
        self.own = Path(tempfile.mkdtemp(prefix="lab-"))
        self._write_settings()
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.log = (self.own / "server.log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *self._options(port)],
            env=self._environment(), cwd=self.folder, stdout=self.log, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)  # one is enough: it stops the kernels too
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.own, ignore_errors=True)

    def _write_settings(self):
        settings = {**SETTINGS, "@jupyterlab/apputils-extension/themes": {"theme": self.theme}}
        for name, values in settings.items():
            file = self.own / "settings" / f"{name}.jupyterlab-settings"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(values))

    def _environment(self):
        own_folders = {
            "JUPYTERLAB_SETTINGS_DIR": "settings",
            "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "IPYTHONDIR": "ipython",
        }
        folders = {variable: str(self.own / name) for variable, name in own_folders.items()}
        search = os.pathsep.join(filter(None, [str(PROJECT), os.environ.get("PYTHONPATH")]))
        # A proxy that is not there: nothing that runs in a kernel reaches the outside either.
        nowhere = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "no_proxy": "127.0.0.1"}
        return {**os.environ, **folders, **nowhere, "PYTHONPATH": search}

    def _options(self, port):
        return [
            "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0",
            "--IdentityProvider.token=", "--ServerApp.password=", "--ServerApp.disable_check_xsrf=True",
            f"--ServerApp.root_dir={self.folder}", "--LabApp.expose_app_in_browser=True",
        ]  # fmt: skip

    def _wait(self):
        end = time.monotonic() + 60
        while time.monotonic() < end and self.process.poll() is None:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.url}/api/status", timeout=2).read()
                return
            time.sleep(0.1)
        raise RuntimeError("JupyterLab did not start:\n" + (self.own / "server.log").read_text())


# ------------------------------------------------------------------------------------------------ browser


class LabBrowser:
    """The system's browser, without a window, for use in a `with` statement. It reaches the server, nothing else."""

    def __init__(self, server, width=1280, height=1000):
        self.server = server
        self.size = {"width": width, "height": height}
        self.opened = 0

    def __enter__(self):
        from playwright.sync_api import sync_playwright

        self.playwright = sync_playwright().start()
        options = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        self.browser = self.playwright.chromium.launch(executable_path=find_browser(), args=options)
        self.context = self.browser.new_context(viewport=self.size)
        return self

    def __exit__(self, *_):
        for page in self.context.pages:  # closing the browser alone takes ten seconds
            page.close()
        self.browser.close()
        self.playwright.stop()

    def open(self, path):
        """The notebook at `path` (from the server's folder), its kernel started; see `NotebookPage`."""
        self.opened += 1
        page = self.context.new_page()
        notebook = NotebookPage(page, self.server.url)
        # Two pages in one workspace stop each other, so each has its own.
        address = f"{self.server.url}/doc/workspaces/page{self.opened}/tree/{path}?reset"
        page.goto(address, wait_until="domcontentloaded")
        page.wait_for_function("window.jupyterapp && window.jupyterapp.shell", timeout=60_000)
        page.evaluate("async () => { await jupyterapp.started; await jupyterapp.restored }")
        page.wait_for_function(NOTEBOOK_IS_READY, arg=str(path), timeout=60_000)
        return notebook


NOTEBOOK_IS_READY = """path => {
    const found = [...jupyterapp.shell.widgets('main')].find(one => one.context && one.context.path === path);
    if (!found) return false;
    window.notebook = found;
    return found.context.isReady && found.content.widgets.length > 0 && found.sessionContext.isReady
        && found.sessionContext.session?.kernel?.status === 'idle';
}"""

# Or have been given up because one before them stopped with an error.
ALL_HAVE_RUN = """() => {
    const cells = notebook.content.widgets.filter(cell => cell.model.type === 'code');
    const isError = output => output.output_type === 'error';
    const stopped = cells.some(cell => cell.model.outputs.toJSON().some(isError)
        && !(cell.model.getMetadata('tags') || []).includes('raises-exception'));
    return stopped || cells.every(cell => cell.model.executionCount !== null || !cell.model.sharedModel.source.trim());
}"""

RUN_CODE = """async code => {
    const future = notebook.sessionContext.session.kernel.requestExecute({code});
    let printed = '';
    future.onIOPub = message => { printed += message.content.text || '' };
    await future.done;
    return printed;
}"""

CELLS = """() => notebook.content.widgets.map((cell, number) => ({
    number, type: cell.model.type, source: cell.model.sharedModel.source, tags: cell.model.getMetadata('tags') || [],
    outputs: cell.model.type === 'code' ? cell.model.outputs.toJSON() : []}))"""

# The picture of an explore box as a text that is the same exactly when all pixels are.
PIXELS = """async image => {
    const decoded = () => image.decode().then(() => true, () => false);  // not while it is being exchanged
    for (let attempts = 1; !await decoded(); attempts += 1) {
        if (attempts === 50) throw new Error('the picture cannot be shown');
        await new Promise(requestAnimationFrame);
    }
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL();
}"""


WHOLE_DRAWINGS = """
import time
seconds = []
for _ in range(7):
    start = time.perf_counter()
    {picture}.redrawn_png()
    seconds.append(time.perf_counter() - start)
print(1000 * sorted(seconds)[3])
"""

# Words of controls that do not fit into their place.
CUT_OFF = """cell => [...cell.querySelectorAll('.widget-label, button, .widget-readout, .widget-html-content')]
    .filter(part => part.offsetParent && part.scrollWidth > part.clientWidth + 1).map(part => part.innerText)"""


@contextlib.contextmanager
def faultless(browser, name):
    """A notebook after Run All, for use in a `with` statement; at its end nothing may have gone wrong in it."""
    with browser.open(name) as notebook:
        notebook.run_all()
        yield notebook
        assert notebook.errors() == []
        assert notebook.complaints == []
        assert notebook.outside == []


class NotebookPage:
    """A notebook that is open in the browser, for use in a `with` statement.

    page: Playwright's page.
    complaints: what the browser's console calls an error.
    outside: the addresses of requests to anywhere but the server; they were refused.
    """

    def __init__(self, page, server):
        self.page = page
        self.server = server
        self.complaints = []
        self.outside = []
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.route("**/*", self._let_through_or_refuse)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.page.close()

    def _listen(self, message):
        if message.type == "error":
            self.complaints.append(message.text)

    def _let_through_or_refuse(self, route):
        address = route.request.url
        if address.startswith((self.server, "data:", "blob:")):
            route.continue_()
        else:
            self.outside.append(address)
            route.abort()

    def whole_drawing(self, picture):
        """How many milliseconds a whole drawing of a picture in the kernel takes just now: the middle one of seven."""
        return float(self.printed_by(WHOLE_DRAWINGS.format(picture=picture)))

    def run_all(self, seconds=300):
        """Run all cells; comes back when every one has its outputs, also the pictures of the explore boxes."""
        run_command = "async name => { await jupyterapp.commands.execute(name) }"
        self.page.evaluate(run_command, "notebook:clear-all-cell-outputs")
        self.page.evaluate(run_command, "notebook:run-all-cells")
        self.page.wait_for_function(ALL_HAVE_RUN, timeout=seconds * 1000)
        # The kernel's answer to nothing at all comes after all outputs.
        self.printed_by("")
        for box in self.boxes():
            box.pixels()

    def printed_by(self, code):
        """Run code in the notebook's kernel; gives what it prints."""
        return self.page.evaluate(RUN_CODE, code)

    def cells(self):
        """Number, type, source, tags and outputs of each cell."""
        return self.page.evaluate(CELLS)

    def errors(self):
        """The error outputs of cells that are not meant to have one, as (cell number, name, message)."""
        return [
            (cell["number"], output["ename"], output["evalue"])
            for cell in self.cells() if "raises-exception" not in cell["tags"]
            for output in cell["outputs"] if output["output_type"] == "error"
        ]  # fmt: skip

    def boxes(self):
        """The explore boxes of the notebook, from its top to its end. A progress bar, which has no picture, is none."""
        shown = [cell for cell in self.cells() if any(is_box(output.get("data", {})) for output in cell["outputs"])]
        cells = self.page.locator(".jp-Notebook .jp-Cell")
        return [ExploreBox(self.page, cells.nth(cell["number"]), cell["number"]) for cell in shown]


def is_box(data):
    """Whether an output is a box to explore: a widget that brings a picture for pages without a kernel."""
    return WIDGET in data and "image/png" in data


class ExploreBox:
    """An explore box in the page. number: that of its cell."""

    SECONDS = 20  # to wait for a picture

    def __init__(self, page, cell, number):
        self.page = page
        self.cell = cell
        self.number = number
        # The last one: the sketch pad has its paper before it.
        self.image = cell.locator(".jp-OutputArea img.widget-image").last
        self.sliders = cell.locator(".noUi-handle")
        self.lists = cell.locator(".jp-OutputArea select")
        self.ticks = cell.locator(".jp-OutputArea input[type=checkbox]")
        self.trouble = cell.locator(".jp-OutputArea [role=alert]")
        self.reset = cell.get_by_role("button", name="Reset")
        self.line = cell.locator(".jp-OutputArea code[title]")

    def pixels(self):
        """All pixels of the picture as one text; waits until the picture is complete."""
        return self.image.evaluate(PIXELS)

    def pixels_after(self, before):
        """The pixels once they are no longer `before`. Raises AssertionError when they stay as they are."""
        return self._wait(lambda pixels: pixels != before, "the picture did not change")

    def wait_for(self, wanted):
        """Wait until the pixels are as wanted. Raises AssertionError when they do not come."""
        self._wait(lambda pixels: pixels == wanted, "the wanted picture did not come")

    def _wait(self, is_right, complaint):
        end = time.monotonic() + self.SECONDS
        while True:
            pixels = self.pixels()
            if is_right(pixels):
                return pixels
            if time.monotonic() > end:
                raise AssertionError(f"cell {self.number}: {complaint}")
            self.page.wait_for_timeout(20)

    def step(self, slider):
        """Move a slider by one step with the keyboard: up, or down from its greatest value."""
        handle = self.sliders.nth(slider)
        at_the_end = handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")
        handle.focus()
        self.page.keyboard.press("ArrowLeft" if at_the_end else "ArrowRight")

    def move_away(self, steps):
        """Move every control, each slider by so many steps towards its farther end; gives the line of code then."""
        for slider in self.sliders.all():
            key, room = slider.evaluate(FARTHER_END)
            for _ in range(min(steps, room)):
                self._told(slider.press, key)
        for choices in self.lists.all():
            here, last = choices.evaluate("it => [it.selectedIndex, it.length - 1]")
            self._told(choices.select_option, index=0 if here == last else last)
        for tick in self.ticks.all():
            self._told(tick.press, "Space")
        self.pixels()
        return self.line.inner_text()

    def _told(self, move, *arguments, **named_arguments):
        """Call `move`, then wait until the line of code tells of it. Raises AssertionError when it does not."""
        from playwright.sync_api import expect

        before = self.line.inner_text()
        move(*arguments, **named_arguments)
        expect(self.line, f"cell {self.number}").not_to_have_text(before, timeout=1000 * self.SECONDS)

    def drag(self, slider):
        """Drag a slider's handle to the other half of its range with the mouse."""
        handle = self.sliders.nth(slider)
        handle.scroll_into_view_if_needed()
        here, whole = handle.bounding_box(), self.cell.locator(".noUi-base").nth(slider).bounding_box()
        x, y = here["x"] + here["width"] / 2, here["y"] + here["height"] / 2
        share = 0.25 if x > whole["x"] + whole["width"] / 2 else 0.75
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(whole["x"] + share * whole["width"], y, steps=5)
        self.page.mouse.up()

    def steps_in_time(self, slider, steps):
        """Move a slider by so many steps; gives the milliseconds from each key to its picture."""
        self.image.evaluate(WATCH)
        for number in range(steps):
            self.step(slider)
            self.page.wait_for_function("number => times.length > number", arg=number)
        return self.page.evaluate("times")

    def frames(self, slider, steps):
        """Move a slider; gives what stood on the screen in the picture's place, frame by frame, as PIL images."""
        self.sliders.nth(slider).focus()
        self.image.scroll_into_view_if_needed()
        self.page.wait_for_timeout(500)
        place = self.image.bounding_box()
        corners = place["x"], place["y"], place["x"] + place["width"], place["y"] + place["height"]
        shown, session = [], self.page.context.new_cdp_session(self.page)

        def keep(frame):
            shown.append(frame["data"])
            session.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

        session.on("Page.screencastFrame", keep)
        session.send("Page.startScreencast", {"format": "png"})
        pixels = self.pixels()
        for _ in range(steps):
            self.step(slider)
            pixels = self.pixels_after(pixels)
        self.page.wait_for_timeout(300)
        session.send("Page.stopScreencast")
        session.detach()
        assert self.image.bounding_box() == place, "the page has moved"
        return [Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB").crop(corners) for data in shown]


# The key towards the farther end of a slider's range, and how many steps it is to there.
FARTHER_END = """handle => {
    const slider = handle.closest('.noUi-target').noUiSlider, {range, step} = slider.options;
    const here = slider.get(true), down = here - range.min, up = range.max - here;
    return [up < down ? 'ArrowLeft' : 'ArrowRight', Math.round(Math.max(up, down) / step)];
}"""

WATCH = """image => {
    window.times = [];
    if (window.pressed !== undefined) return;
    window.pressed = 0;
    document.addEventListener('keydown', () => { pressed = performance.now() }, true);
    image.addEventListener('load', () => requestAnimationFrame(() => times.push(performance.now() - pressed)));
}"""


# ------------------------------------------------------------------------------------------------ looking


def screenshot(notebook, folder, dark=False, moves=0):
    """Run a copy of the notebook and save pictures of the whole page; gives their paths.

    moves: how many steps each slider is moved first, as `ExploreBox.move_away` does; then each explore box also
        gets a picture of its own.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    name = Path(notebook).stem
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(Path(notebook).parent, f"{copy}/notebooks")
        shutil.copytree(PROJECT / "assets", f"{copy}/assets")
        with (
            LabServer(copy, dark) as server,
            LabBrowser(server) as browser,
            browser.open(f"notebooks/{Path(notebook).name}") as opened,
        ):
            opened.run_all()
            paths = []
            for box in opened.boxes() if moves else []:
                if box.line.count():  # the playground has no line of code that tells of a move: it is left as it is
                    print(f"cell {box.number}: {box.move_away(moves)}")
                paths.append(folder / f"{name}_cell_{box.number:02d}.png")
                box.cell.screenshot(path=paths[-1])
            paths += _pieces(opened.page, folder, name)
            report = {"errors": opened.errors(), "console": opened.complaints, "outside": opened.outside}
    for what, found in report.items():
        print(f"{what}: {found or 'none'}")
    return paths


def _pieces(page, folder, name):
    """Save the page window by window."""
    scroller = page.locator(".jp-NotebookPanel-notebook .jp-WindowedPanel-outer, .jp-NotebookPanel-notebook")
    scroller = scroller.last if scroller.count() > 1 else scroller
    height, whole = scroller.evaluate("it => [it.clientHeight, it.scrollHeight]")
    for number, top in enumerate(range(0, whole, height - 60)):
        scroller.evaluate("(it, top) => { it.scrollTop = top }", top)
        page.wait_for_timeout(200)
        path = folder / f"{name}_{number:02d}.png"
        page.screenshot(path=path)
        yield path
        if top + height >= whole:
            break


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.lab", description="Look at a notebook in JupyterLab.")
    parser.add_argument("what", choices=["screenshot"])
    parser.add_argument("notebook", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dark", action="store_true", help="the dark theme")
    parser.add_argument("--moves", type=int, default=0, help="how many steps each slider is moved first")
    given = parser.parse_args()
    if find_browser() is None:
        sys.exit("No Chromium or Chrome was found on this machine.")
    for path in screenshot(given.notebook, given.folder, given.dark, given.moves):
        print(path)


if __name__ == "__main__":
    main()
