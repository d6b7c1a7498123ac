"""The datasets: the same numbers as the `nnfs` package, and Fashion-MNIST under every kind of bad luck.

A server of our own on 127.0.0.1 serves files, cuts them short, changes a byte, falls silent. The files are
small and made here; where FASHION_MNIST_DIR names a folder with the real ones, these are served and read too.
No test reaches the internet or the user's own cache.
"""

import gzip
import hashlib
import http.server
import os
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from nnfs_helpers import datasets, garments
from nnfs_helpers.datasets import load_fashion_mnist, read_idx, sine_data, spiral_data, vertical_data
from nnfs_helpers.precision import book_precision

PROJECT = Path(__file__).parents[1]
REAL_FOLDER = os.environ.get("FASHION_MNIST_DIR")
REAL_FILES = dict(datasets.FILES)
REAL_TIME_LIMITS = datasets.SECONDS_FOR_AN_ANSWER, datasets.SECONDS_OF_SILENCE
REAL_DRAWING = garments.draw_dataset, garments.SHA256
needs_real_files = pytest.mark.skipif(not REAL_FOLDER, reason="FASHION_MNIST_DIR names no folder")


def run_python(code):
    """Run some lines in a Python of their own, so that `nnfs.init()` changes NumPy there and not here."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True).stdout


# ---- the book's small datasets ----

PRINT_FINGERPRINTS = """
import hashlib
import numpy as np, nnfs
nnfs.init()
from {module} import spiral_data, vertical_data, sine_data
for X, y in (spiral_data(100, 3), vertical_data(50, classes=4), sine_data(), sine_data(samples=7)):
    y = y if y.dtype == np.uint8 else y.astype(np.float32)
    print(hashlib.sha256(X.astype(np.float32).tobytes() + y.tobytes()).hexdigest(), X.shape, y.shape)
print(np.random.randn(3))
"""


def fingerprints_here():
    lines = []
    for X, y in (spiral_data(100, 3), vertical_data(50, classes=4), sine_data(), sine_data(samples=7)):
        lines.append(f"{hashlib.sha256(X.tobytes() + y.tobytes()).hexdigest()} {X.shape} {y.shape}")
    return [*lines, str(np.random.randn(3).astype(np.float32))]


def test_the_numbers_are_those_of_nnfs_with_and_without_its_precision():
    expected = run_python(PRINT_FINGERPRINTS.format(module="nnfs.datasets")).splitlines()
    assert run_python(PRINT_FINGERPRINTS.format(module="nnfs_helpers.datasets")).splitlines() == expected
    np.random.seed(0)
    assert fingerprints_here() == expected
    with book_precision(seed=0):
        assert fingerprints_here() == expected


def test_the_spiral_is_the_books():
    np.random.seed(0)
    X, y = spiral_data(samples=100, classes=3)
    np.testing.assert_allclose(X[1:3], [[0.00299556, 0.00964661], [0.01288097, 0.01556285]], atol=1e-8)
    assert np.bincount(y).tolist() == [100, 100, 100]


@pytest.mark.parametrize("data", [spiral_data, vertical_data])
def test_types_are_those_of_the_book(data):
    X, y = data(10, 2)
    assert (X.dtype, y.dtype) == (np.float32, np.uint8)


def test_sine_is_float32():
    X, y = sine_data()
    assert (X.dtype, y.dtype, X.shape, y.shape) == (np.float32, np.float32, (1000, 1), (1000, 1))
    np.testing.assert_allclose(y[:3, 0], [0.0, 0.006283143965558951, 0.012566039883352607], rtol=1e-6)
    assert np.std(y) / 250 == pytest.approx(0.0028284271)


def test_numpy_stays_as_it_was():
    before = np.dot, np.zeros, np.eye, np.random.randn
    spiral_data(3, 2), vertical_data(3, 2), sine_data(3)
    assert (np.dot, np.zeros, np.eye, np.random.randn) == before


@pytest.mark.parametrize(("call", "words"), [
    (lambda: spiral_data(0, 3), ["spiral_data: samples is 0", "1 or more"]),
    (lambda: spiral_data(100, -1), ["spiral_data: classes is -1"]),
    (lambda: vertical_data(10.5, 3), ["vertical_data: samples is 10.5", "whole number"]),
    (lambda: sine_data("many"), ["sine_data: samples is 'many'", "sine_data(samples=3)"]),
    (lambda: spiral_data(1, 257), ["classes is 257", "at most 256"]),
])
def test_a_wrong_count_is_explained(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)


# ---- files and a server ----


def packed_idx(array):
    """A .gz file in the IDX format, as Fashion-MNIST's are."""
    header = struct.pack(f">4B{array.ndim}I", 0, 0, 8, array.ndim, *array.shape)
    return gzip.compress(header + array.tobytes(), mtime=0)


def small_files():
    random = np.random.default_rng(1)
    files = {}
    for images, labels, count in ((datasets.TRAINING_IMAGES, datasets.TRAINING_LABELS, 60),
                                  (datasets.TEST_IMAGES, datasets.TEST_LABELS, 20)):
        files[images] = packed_idx(random.integers(0, 256, (count, 28, 28), dtype=np.uint8))
        files[labels] = packed_idx(random.integers(0, 10, count, dtype=np.uint8))
    return files


GOOD = small_files()
KNOWN = {name: (len(content), hashlib.sha256(content).hexdigest()) for name, content in GOOD.items()}


class FileServer(http.server.ThreadingHTTPServer):
    """Serves `files`; `trouble[name]` says what goes wrong with a file, `asked` lists the files sent for.

    Trouble: "cut", "changed", "stalls", "missing", "login page" (another page with status 200), "silent" (no
    answer at all), "together" (waits until two have asked).
    """

    daemon_threads = True

    def __init__(self, files):
        super().__init__(("127.0.0.1", 0), Answer)
        self.files = files
        self.trouble = {}
        self.asked = []
        self.released = threading.Event()
        self.two_at_once = threading.Barrier(2)
        self.address = f"http://127.0.0.1:{self.server_port}/"
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self):
        self.released.set()
        self.shutdown()
        self.server_close()


class Answer(http.server.BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.answer(with_content=False)

    def do_GET(self):
        self.server.asked.append(self.path.strip("/"))
        self.answer(with_content=True)

    def answer(self, with_content):
        name = self.path.strip("/")
        trouble = self.server.trouble.get(name)
        if trouble == "silent":
            self.server.released.wait(60)
            return
        if trouble == "missing" or name not in self.server.files:
            self.send_error(404)
            return
        content = b"Please log in" if trouble == "login page" else self.server.files[name]
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if with_content:
            self.send_content(content, trouble)

    def send_content(self, content, trouble):
        middle = len(content) // 2
        if trouble == "together":
            self.server.two_at_once.wait(60)
        if trouble == "changed":
            content = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1:]
        if trouble not in ("cut", "stalls"):
            self.wfile.write(content)
            return
        self.wfile.write(content[:middle])
        self.wfile.flush()
        if trouble == "stalls":
            self.server.released.wait(60)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def servers():
    """Two servers with the small files, the official address and the second one."""
    both = FileServer(dict(GOOD)), FileServer(dict(GOOD))
    yield both
    for server in both:
        server.stop()


@pytest.fixture
def server(servers):
    return servers[0]


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """A cache of its own for each test, no handed-out folder, time limits that a busy machine keeps."""
    monkeypatch.delenv(datasets.FOLDER_VARIABLE, raising=False)
    monkeypatch.setenv("NO_PROXY", "*")
    folder = tmp_path / "cache" / "nnfs_helpers"
    monkeypatch.setattr(datasets, "cache_folder", lambda: folder)
    monkeypatch.setattr(datasets, "SOURCES", ())
    monkeypatch.setattr(datasets, "FILES", KNOWN)
    set_time_limits(monkeypatch, 30)
    return folder


def set_time_limits(monkeypatch, seconds):
    monkeypatch.setattr(datasets, "SECONDS_FOR_AN_ANSWER", seconds)
    monkeypatch.setattr(datasets, "SECONDS_OF_SILENCE", seconds)


@pytest.fixture(autouse=True)
def quick_stand_in(monkeypatch):
    """A stand-in that is drawn in no time."""
    pictures = np.arange(20 * 784, dtype=np.uint8).reshape(20, 28, 28)
    arrays = pictures, np.arange(20, dtype=np.uint8) % 10, pictures[:10], np.arange(10, dtype=np.uint8)
    monkeypatch.setattr(garments, "draw_dataset", lambda: arrays)
    monkeypatch.setattr(garments, "SHA256", garments.fingerprint(arrays))


@pytest.fixture
def sources(servers, monkeypatch):
    monkeypatch.setattr(datasets, "SOURCES", tuple(server.address for server in servers))


def fill(folder, files=GOOD):
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def content_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def without_stand_in(files):
    return {name: content for name, content in files.items() if name != datasets.DRAWN_FILE}


def assert_is_the_small_dataset(data):
    assert (data.is_stand_in, data.note) == (False, "")
    np.testing.assert_array_equal(data.X, read_idx("images", GOOD[datasets.TRAINING_IMAGES], dimensions=3))
    np.testing.assert_array_equal(data.y, read_idx("labels", GOOD[datasets.TRAINING_LABELS], dimensions=1))
    np.testing.assert_array_equal(data.X_test, read_idx("images", GOOD[datasets.TEST_IMAGES], dimensions=3))
    np.testing.assert_array_equal(data.y_test, read_idx("labels", GOOD[datasets.TEST_LABELS], dimensions=1))


# ---- fetching ----


def test_a_download_gives_the_dataset_and_fills_the_cache(server, servers, sources, cache):
    data = load_fashion_mnist()
    assert_is_the_small_dataset(data)
    assert data.source == "a download"
    assert content_of(cache) == GOOD
    assert server.asked == list(GOOD)
    assert servers[1].asked == []


def test_a_full_cache_needs_no_network(servers, sources, cache, capsys):
    fill(cache)
    data = load_fashion_mnist()
    assert_is_the_small_dataset(data)
    assert data.source == f"the cache {cache}"
    assert servers[0].asked == servers[1].asked == []
    assert capsys.readouterr().out == ""


def test_only_what_is_missing_is_fetched(server, sources, cache):
    fill(cache, {name: GOOD[name] for name in (datasets.TRAINING_IMAGES, datasets.TEST_LABELS)})
    assert_is_the_small_dataset(load_fashion_mnist())
    assert server.asked == [datasets.TRAINING_LABELS, datasets.TEST_IMAGES]


@pytest.fixture(params=["cut", "changed", "stalls", "missing", "login page", "silent"])
def trouble(request, monkeypatch):
    if request.param in ("stalls", "silent"):
        set_time_limits(monkeypatch, 1)
    return request.param


def test_a_broken_download_comes_from_the_second_address(trouble, servers, sources, cache):
    servers[0].trouble[datasets.TEST_IMAGES] = trouble
    assert_is_the_small_dataset(load_fashion_mnist())
    assert content_of(cache) == GOOD
    assert servers[1].asked == [datasets.TEST_IMAGES, datasets.TEST_LABELS]


def test_a_broken_download_leaves_nothing_behind(trouble, servers, sources, cache, capsys):
    for server in servers:
        server.trouble[datasets.TRAINING_IMAGES] = trouble
    start = time.monotonic()
    assert load_fashion_mnist().is_stand_in
    assert time.monotonic() - start < 15
    assert without_stand_in(content_of(cache)) == {}
    printed = capsys.readouterr().out.splitlines()[-1]
    assert printed.startswith("Fashion-MNIST could not be had: ")
    assert all(server.address in printed for server in servers)
    assert {"missing": "answers 404", "cut": "cannot be reached, or broke off", "changed": "SHA-256 sum",
            "login page": "it has 13 bytes, expected"}.get(trouble, "") in printed


def test_a_broken_download_replaces_no_file(trouble, servers, sources, cache):
    damaged = {**GOOD, datasets.TRAINING_IMAGES: b"damaged"}
    fill(cache, damaged)
    before = {path.name: path.stat().st_mtime_ns for path in cache.iterdir()}
    for server in servers:
        server.trouble[datasets.TRAINING_IMAGES] = trouble
    assert load_fashion_mnist().is_stand_in
    assert without_stand_in(content_of(cache)) == damaged
    assert {name: (cache / name).stat().st_mtime_ns for name in damaged} == before


@pytest.mark.parametrize("damage", [
    lambda content: content[:-1],
    lambda content: content[:50] + b"x" + content[51:],
    lambda content: b"",
])
def test_a_damaged_file_in_the_cache_is_noticed_and_repaired(damage, server, sources, cache, capsys):
    fill(cache, {**GOOD, datasets.TEST_IMAGES: damage(GOOD[datasets.TEST_IMAGES])})
    assert_is_the_small_dataset(load_fashion_mnist())
    assert server.asked == [datasets.TEST_IMAGES]
    assert content_of(cache) == GOOD
    assert f"{datasets.TEST_IMAGES} in the cache is damaged" in capsys.readouterr().out


def test_without_leave_to_download_nobody_is_asked(servers, sources, capsys):
    data = load_fashion_mnist(download=False)
    assert data.is_stand_in
    assert servers[0].asked == servers[1].asked == []
    assert "download=False" in capsys.readouterr().out


def test_a_computer_without_a_network_does_not_wait_for_long(monkeypatch):
    """Looking up a name can hang for half a minute, whatever time limit the connection has."""
    monkeypatch.setattr(datasets, "SOURCES", ("http://one.invalid/", "http://two.invalid/"))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *arguments, **more: time.sleep(60))
    set_time_limits(monkeypatch, 0.5)
    start = time.monotonic()
    assert load_fashion_mnist().is_stand_in
    assert time.monotonic() - start < 15


def test_a_refused_connection_is_not_waited_for(monkeypatch):
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        monkeypatch.setattr(datasets, "SOURCES", (f"http://127.0.0.1:{nobody_listens.getsockname()[1]}/",))
        set_time_limits(monkeypatch, 60)
        start = time.monotonic()
        assert load_fashion_mnist().is_stand_in
        assert time.monotonic() - start < 15


def test_the_time_limits_are_short():
    assert REAL_TIME_LIMITS == (3, 10)


def test_a_cache_that_cannot_be_written_does_not_cost_the_data(sources, cache, capsys):
    cache.parent.mkdir(parents=True)
    cache.write_text("a file where the folder should be")
    assert_is_the_small_dataset(load_fashion_mnist())
    assert "could not be kept in the cache" in capsys.readouterr().out
    assert cache.read_text() == "a file where the folder should be"


def test_a_file_that_cannot_be_moved_into_its_place_leaves_nothing_behind(sources, cache, monkeypatch):
    def fail(*arguments):
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", fail)
    assert_is_the_small_dataset(load_fashion_mnist())
    assert content_of(cache) == {}


FETCH_IN_A_PROCESS = """
from pathlib import Path
from nnfs_helpers import datasets
datasets.cache_folder = lambda: Path({cache!r})
datasets.SOURCES = ({address!r},)
datasets.FILES = {known!r}
datasets.SECONDS_FOR_AN_ANSWER = datasets.SECONDS_OF_SILENCE = 60
data = datasets.load_fashion_mnist()
print("stand-in" if data.is_stand_in else "real", data.X.sum(dtype=int))
"""


def start_fetching(server, cache):
    code = FETCH_IN_A_PROCESS.format(cache=str(cache), address=server.address, known=KNOWN)
    return subprocess.Popen([sys.executable, "-c", code], cwd=PROJECT, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_two_processes_may_fetch_at_the_same_time(server, cache):
    server.trouble[datasets.TRAINING_IMAGES] = "together"
    processes = [start_fetching(server, cache) for _ in range(2)]
    outputs = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], outputs
    expected = read_idx("images", GOOD[datasets.TRAINING_IMAGES], dimensions=3).sum(dtype=int)
    assert [output.splitlines()[-1] for output, _ in outputs] == [f"real {expected}"] * 2
    assert content_of(cache) == GOOD
    assert sorted(server.asked) == sorted(2 * list(GOOD))


def test_a_killed_download_leaves_nothing_behind(server, cache):
    server.trouble[datasets.TRAINING_LABELS] = "stalls"
    process = start_fetching(server, cache)
    deadline = time.monotonic() + 60
    while datasets.TRAINING_LABELS not in server.asked and time.monotonic() < deadline:
        time.sleep(0.02)
    process.kill()
    process.communicate()
    assert content_of(cache) == {datasets.TRAINING_IMAGES: GOOD[datasets.TRAINING_IMAGES]}


def test_the_cache_belongs_to_the_user_not_to_the_clone(monkeypatch):
    monkeypatch.undo()
    folder = datasets.cache_folder()
    assert folder.name == "nnfs_helpers"
    assert PROJECT not in folder.parents
    assert Path.home() in folder.parents or os.environ.get("XDG_CACHE_HOME", "nowhere") in str(folder)


# ---- the folder that is handed out ----


@pytest.fixture
def handed_out(tmp_path, monkeypatch):
    folder = tmp_path / "stick"
    fill(folder)
    monkeypatch.setenv(datasets.FOLDER_VARIABLE, str(folder))
    return folder


def test_a_handed_out_folder_comes_first(handed_out, servers, sources, cache):
    fill(cache, dict.fromkeys(GOOD, b"damaged"))
    data = load_fashion_mnist()
    assert_is_the_small_dataset(data)
    assert data.source == f"the folder {handed_out}"
    assert servers[0].asked == servers[1].asked == []
    assert content_of(handed_out) == GOOD


def lose_a_file(folder):
    (folder / datasets.TEST_LABELS).unlink()
    return FileNotFoundError, [f"there is no {datasets.TEST_LABELS} in it"]


def damage_a_file(folder):
    path = folder / datasets.TEST_IMAGES
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    return ValueError, [str(path), "SHA-256 sum", f"expected {KNOWN[datasets.TEST_IMAGES][1]}"]


def cut_a_file(folder):
    (folder / datasets.TRAINING_IMAGES).write_bytes(GOOD[datasets.TRAINING_IMAGES][:100])
    return ValueError, [datasets.TRAINING_IMAGES, f"100 bytes, expected {KNOWN[datasets.TRAINING_IMAGES][0]}"]


def lose_the_folder(folder):
    folder.rename(folder.with_name("renamed"))
    return FileNotFoundError, [str(folder), "there is no such folder"]


@pytest.mark.parametrize("mishap", [lose_a_file, damage_a_file, cut_a_file, lose_the_folder])
def test_a_wrong_handed_out_folder_is_explained(mishap, handed_out, servers, sources):
    kind, words = mishap(handed_out)
    with pytest.raises(kind) as error:
        load_fashion_mnist()
    for word in [*words, "Copy the four files", datasets.FOLDER_VARIABLE]:
        assert word in str(error.value)
    assert servers[0].asked == servers[1].asked == []


def test_an_empty_variable_is_no_folder(monkeypatch, cache):
    monkeypatch.setenv(datasets.FOLDER_VARIABLE, "")
    fill(cache)
    assert_is_the_small_dataset(load_fashion_mnist())


# ---- reading the files ----


def images(count=3):
    return np.arange(count * 784, dtype=np.uint8).reshape(count, 28, 28)


def other_start(*start, numbers=784):
    return gzip.compress(bytes(start) + struct.pack(">3I", 1, 28, 28) + bytes(numbers))


@pytest.mark.parametrize(("packed", "words"), [
    pytest.param(b"not a packed file", ["cannot be unpacked"], id="not packed"),
    pytest.param(packed_idx(images())[:200], ["cannot be unpacked"], id="cut"),
    pytest.param(packed_idx(images())[:10] + bytes([255] * 20), ["cannot be unpacked"], id="other content"),
    pytest.param(packed_idx(images())[:-8] + bytes(8), ["cannot be unpacked"], id="other check sum"),
    pytest.param(gzip.compress(b""), ["starts with the bytes []", "[0, 0, 8, 3]"], id="empty"),
    pytest.param(gzip.compress(bytes([0, 0, 8, 3, 0, 0])), ["3 sizes of four bytes"], id="sizes cut"),
    pytest.param(packed_idx(np.arange(5, dtype=np.uint8)), ["[0, 0, 8, 1], expected [0, 0, 8, 3]"], id="y"),
    pytest.param(other_start(0, 0, 9, 3), ["[0, 0, 9, 3]"], id="other type"),
    pytest.param(other_start(0, 0, 8, 3, numbers=9), ["(1, 28, 28)", "784 numbers", "holds 9."], id="few"),
    pytest.param(other_start(0, 0, 8, 3, numbers=785), ["784 numbers", "holds 785."], id="many"),
])
def test_a_file_that_is_not_what_it_should_be_is_explained(packed, words):
    with pytest.raises(ValueError) as error:
        read_idx("some-images.gz", packed, dimensions=3)
    for word in ["some-images.gz", "fetch it again", *words]:
        assert word in str(error.value)


def test_the_arrays_that_are_read_may_be_changed():
    read = read_idx("images", packed_idx(images()), dimensions=3)
    np.testing.assert_array_equal(read, images())
    read[0] = 0


@pytest.mark.parametrize(("name", "array", "words"), [
    (datasets.TRAINING_LABELS, np.zeros(59, np.uint8), ["(60, 28, 28)", "59 labels"]),
    (datasets.TEST_IMAGES, np.zeros((20, 28, 27), np.uint8), ["(20, 28, 27)", "28 by 28"]),
    (datasets.TEST_LABELS, np.full(20, 10, np.uint8), ["the label 10", "expected 0 to 9"]),
])
def test_files_that_do_not_fit_each_other_are_explained(name, array, words, monkeypatch, handed_out):
    content = packed_idx(array)
    fill(handed_out, {name: content})
    known = len(content), hashlib.sha256(content).hexdigest()
    monkeypatch.setattr(datasets, "FILES", {**KNOWN, name: known})
    with pytest.raises(ValueError) as error:
        load_fashion_mnist()
    for word in words:
        assert word in str(error.value)


def test_class_order_sorts_and_keeps_the_order_within_a_class(cache):
    fill(cache)
    data = load_fashion_mnist()
    ordered = data.in_class_order()
    for X, y, X_ordered, y_ordered in ((data.X, data.y, ordered.X, ordered.y),
                                       (data.X_test, data.y_test, ordered.X_test, ordered.y_test)):
        np.testing.assert_array_equal(X_ordered, np.concatenate([X[y == label] for label in range(10)]))
        np.testing.assert_array_equal(y_ordered, np.sort(y))
    assert (ordered.source, ordered.is_stand_in, ordered.note) == (data.source, data.is_stand_in, data.note)


# ---- the real files, where they are ----


@needs_real_files
def test_the_real_files_are_fetched_and_read(server, monkeypatch, cache):
    server.files = {name: (Path(REAL_FOLDER) / name).read_bytes() for name in REAL_FILES}
    monkeypatch.setattr(datasets, "FILES", REAL_FILES)
    monkeypatch.setattr(datasets, "SOURCES", (server.address,))
    data = load_fashion_mnist()
    assert not data.is_stand_in
    assert content_of(cache) == server.files
    assert (data.X.shape, data.y.shape) == ((60000, 28, 28), (60000,))
    assert (data.X_test.shape, data.y_test.shape) == ((10000, 28, 28), (10000,))
    assert {array.dtype for array in (data.X, data.y, data.X_test, data.y_test)} == {np.dtype(np.uint8)}
    assert np.bincount(data.y).tolist() == [6000] * 10
    assert np.bincount(data.y_test).tolist() == [1000] * 10


@needs_real_files
def test_the_class_order_is_the_books(monkeypatch):
    monkeypatch.setenv(datasets.FOLDER_VARIABLE, REAL_FOLDER)
    monkeypatch.setattr(datasets, "FILES", REAL_FILES)
    data = load_fashion_mnist().in_class_order()
    assert data.X[7 * 6000 + 2].sum(dtype=int) == 38707  # the book's picture train/7/0002.png
    assert data.X[4 * 6000 + 11].sum(dtype=int) == 45306  # and train/4/0011.png
    with book_precision(seed=0):
        keys = np.arange(60000)
        np.random.shuffle(keys)
    assert data.y[keys][:15].tolist() == [0, 3, 9, 1, 6, 5, 3, 9, 0, 4, 8, 9, 0, 6, 6]


# ---- the stand-in ----


def test_everyone_can_see_that_it_is_the_stand_in(servers, sources, capsys):
    data = load_fashion_mnist(stand_in=True)
    assert data.is_stand_in
    assert data.note == "Drawn stand-in pictures, not the real Fashion-MNIST."
    assert data.note in repr(data)
    assert data.source == "drawn by nnfs_helpers"
    assert data.class_names == ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
                                "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot")
    assert servers[0].asked == servers[1].asked == []
    assert capsys.readouterr().out == ""


def test_the_stand_in_is_asked_for_even_where_the_real_one_is(cache, handed_out):
    fill(cache)
    assert load_fashion_mnist(stand_in=True).is_stand_in


def count_drawings(monkeypatch):
    drawings, draw = [], garments.draw_dataset
    monkeypatch.setattr(garments, "draw_dataset", lambda: drawings.append(1) or draw())
    return drawings


def test_the_stand_in_is_drawn_once_and_kept(monkeypatch, cache):
    drawings = count_drawings(monkeypatch)
    first, second = load_fashion_mnist(stand_in=True), load_fashion_mnist(stand_in=True)
    assert drawings == [1]
    assert [path.name for path in cache.iterdir()] == [datasets.DRAWN_FILE]
    np.testing.assert_array_equal(first.X, second.X)
    np.testing.assert_array_equal(first.y_test, second.y_test)


def flip_a_byte(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def put_other_pictures(path):
    zeros = np.zeros((20, 28, 28), np.uint8)
    np.savez(path, X=zeros, y=zeros, X_test=zeros, y_test=zeros)


@pytest.mark.parametrize("damage", [
    flip_a_byte,
    put_other_pictures,
    lambda path: path.write_bytes(b""),
    lambda path: path.write_bytes(path.read_bytes()[:3000]),
])
def test_a_damaged_copy_of_the_stand_in_is_drawn_again(damage, monkeypatch, cache):
    expected = load_fashion_mnist(stand_in=True).X
    damage(cache / datasets.DRAWN_FILE)
    drawings = count_drawings(monkeypatch)
    np.testing.assert_array_equal(load_fashion_mnist(stand_in=True).X, expected)
    np.testing.assert_array_equal(load_fashion_mnist(stand_in=True).X, expected)
    assert drawings == [1]


class RunsWhenUnpickled:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


def test_nothing_in_the_copy_of_the_stand_in_is_executed(cache, tmp_path):
    trace = tmp_path / "executed"
    cache.mkdir(parents=True)
    np.savez(cache / datasets.DRAWN_FILE, X=np.array([RunsWhenUnpickled(trace)], dtype=object))
    assert load_fashion_mnist(stand_in=True).X.shape == (20, 28, 28)
    assert not trace.exists()


# ---- the drawing itself ----


@pytest.mark.slow
def test_the_drawn_dataset_is_the_same_everywhere():
    draw_dataset, expected = REAL_DRAWING
    X, y, X_test, y_test = draw_dataset()
    assert (X.shape, X_test.shape) == ((60000, 28, 28), (10000, 28, 28))
    assert {array.dtype for array in (X, y, X_test, y_test)} == {np.dtype(np.uint8)}
    assert np.bincount(y).tolist() == [6000] * 10
    assert np.bincount(y_test).tolist() == [1000] * 10
    assert len(set(y[:100])) == 10
    assert garments.fingerprint((X, y, X_test, y_test)) == expected
    assert len({picture.tobytes() for picture in np.concatenate([X, X_test])}) == 70000


def small_drawn_dataset(training, test):
    pictures = np.stack([garments.draw(label, training + test) for label in range(10)])
    pictures = (pictures.reshape(10, training + test, 784).astype(np.float32) - 127.5) / 127.5
    labels = np.arange(10)
    return (pictures[:, :training].reshape(-1, 784), np.repeat(labels, training),
            pictures[:, training:].reshape(-1, 784), np.repeat(labels, test))


def predictions_of_a_small_network(X, y, X_test, epochs=8, learning_rate=0.05, batch_size=32):
    """784-64-10 with ReLU and softmax, plain gradient descent, nothing but NumPy."""
    random = np.random.default_rng(0)
    weights_1 = random.normal(0, 0.04, (784, 64)).astype(np.float32)
    weights_2 = random.normal(0, 0.1, (64, 10)).astype(np.float32)
    biases_1, biases_2 = np.zeros(64, np.float32), np.zeros(10, np.float32)
    for _ in range(epochs):
        for batch in np.split(random.permutation(len(X)), len(X) // batch_size):
            hidden = np.maximum(X[batch] @ weights_1 + biases_1, 0)
            output = hidden @ weights_2 + biases_2
            error = np.exp(output - output.max(axis=1, keepdims=True))
            error /= error.sum(axis=1, keepdims=True)
            error[np.arange(len(batch)), y[batch]] -= 1
            error /= len(batch)
            hidden_error = (error @ weights_2.T) * (hidden > 0)
            weights_2 -= learning_rate * hidden.T @ error
            biases_2 -= learning_rate * error.sum(axis=0)
            weights_1 -= learning_rate * X[batch].T @ hidden_error
            biases_1 -= learning_rate * hidden_error.sum(axis=0)
    hidden = np.maximum(X_test @ weights_1 + biases_1, 0)
    return np.argmax(hidden @ weights_2 + biases_2, axis=1)


def test_a_small_network_confuses_what_is_hard_to_tell_in_life():
    X, y, X_test, y_test = small_drawn_dataset(training=800, test=200)
    predictions = predictions_of_a_small_network(X, y, X_test)
    assert 0.78 < np.mean(predictions == y_test) < 0.92
    confusion = np.zeros((10, 10), int)
    np.add.at(confusion, (y_test, predictions), 1)
    names = list(garments.CLASS_NAMES)
    tops = [names.index(name) for name in ("T-shirt/top", "Pullover", "Coat", "Shirt", "Dress")]
    shoes = [names.index(name) for name in ("Sandal", "Sneaker", "Ankle boot")]
    wrong = confusion - np.diag(np.diag(confusion))
    expected_mistakes = wrong[np.ix_(tops, tops)].sum() + wrong[np.ix_(shoes, shoes)].sum()
    assert expected_mistakes > 0.85 * wrong.sum()
    assert wrong[np.ix_(shoes, shoes)].sum() > 0.02 * wrong.sum()
    accuracy = np.diag(confusion) / 200
    assert names[np.argmin(accuracy)] == "Shirt"
    assert accuracy[names.index("Trouser")] > 0.9 and accuracy[names.index("Bag")] > 0.9


def test_the_garments_of_a_class_differ():
    for label in range(10):
        pictures = garments.draw(label, 100).reshape(100, 784).astype(float)
        assert len(np.unique(pictures, axis=0)) == 100
        assert pictures.max() > 200
        assert pictures.std(axis=0).mean() > 20
