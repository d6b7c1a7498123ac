"""The data of the book: spirals, vertical bands, a sine curve, and the 70,000 pictures of Fashion-MNIST.

The first three come from the book's own package, `nnfs`, with the same numbers for the same seed (chapter 3).
Fashion-MNIST (chapter 19) is by Han Xiao, Kashif Rasul and Roland Vollgraf, "Fashion-MNIST: a Novel Image
Dataset for Benchmarking Machine Learning Algorithms", 2017. It is looked for in this order:

1. the folder that the environment variable FASHION_MNIST_DIR names: a teacher can hand the four files out on
   a stick;
2. the cache, one folder per user that all copies of this course share;
3. the official address, then a second one. What is fetched goes into the cache;
4. without any of these, a stand-in that this package draws itself (`garments.py`).

Every file is checked against its known SHA-256 sum before it is used.
"""

import contextlib
import gzip
import hashlib
import io
import math
import os
import struct
import tempfile
import threading
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from nnfs_helpers import garments
from nnfs_helpers.precision import book_precision

FOLDER_VARIABLE = "FASHION_MNIST_DIR"
SOURCES = (
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
)
TRAINING_IMAGES = "train-images-idx3-ubyte.gz"
TRAINING_LABELS = "train-labels-idx1-ubyte.gz"
TEST_IMAGES = "t10k-images-idx3-ubyte.gz"
TEST_LABELS = "t10k-labels-idx1-ubyte.gz"

# The size in bytes and the SHA-256 sum of each file.
FILES = {
    TRAINING_IMAGES: (26421880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
    TRAINING_LABELS: (29515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
    TEST_IMAGES: (4422102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
    TEST_LABELS: (5148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
}
DRAWN_FILE = "drawn_garments.npz"
FETCH_AGAIN = "Delete the file and fetch it again."
STAND_IN_NOTE = "Drawn stand-in pictures, not the real Fashion-MNIST."

SECONDS_FOR_AN_ANSWER = 3  # an address that takes longer is given up: without a network nobody waits for long
SECONDS_OF_SILENCE = 10  # a download that stands still for longer is given up


# ---- the book's small datasets ----


def spiral_data(samples, classes):
    """Points on spiral arms, one arm per class: the book's dataset from chapter 3 on.

    samples: points per class; classes: how many arms
    Returns X, shape (samples * classes, 2), float32, and the labels y, shape (samples * classes,), uint8.

    The points scatter at random: the same seed (`np.random.seed`, `book_precision(seed=0)`) gives the same.
    """
    return _from_nnfs("spiral_data", samples=samples, classes=classes)


def vertical_data(samples, classes):
    """Points in vertical bands side by side, one band per class: the book's dataset in chapter 6.

    samples: points per class; classes: how many bands
    Returns X, shape (samples * classes, 2), float32, and the labels y, shape (samples * classes,), uint8.
    """
    return _from_nnfs("vertical_data", samples=samples, classes=classes)


def sine_data(samples=1000):
    """One full turn of a sine curve: the book's dataset for regression, from chapter 17 on.

    samples: the number of points
    Returns X, the numbers from 0 up to 1 (without 1), and y = sin(2 pi X): shape (samples, 1), float32.
    (`nnfs` itself gives float64 in this one place, and then the whole network computes in float64.)
    """
    X, y = _from_nnfs("sine_data", samples=samples)
    return X.astype(np.float32), y.astype(np.float32)


def _from_nnfs(name, **counts):
    """Call the `nnfs` package's own function, in the precision that it has after `nnfs.init()`."""
    import nnfs.datasets

    for argument, count in counts.items():
        if not isinstance(count, (int, np.integer)) or count < 1:
            raise ValueError(f"{name}: {argument} is {count!r}, expected a whole number of 1 or more, "
                             f"for example {name}({', '.join(f'{key}=3' for key in counts)}).")
    if counts.get("classes", 1) > 256:
        raise ValueError(f"{name}: classes is {counts['classes']}, expected at most 256 "
                         f"(the labels are stored in one byte each). Ask for fewer classes.")
    with book_precision():
        return getattr(nnfs.datasets, name)(**counts)


# ---- Fashion-MNIST ----


@dataclass(eq=False, repr=False)
class FashionMNIST:
    """The dataset, and where it came from.

    X, X_test: the pictures, shapes (60000, 28, 28) and (10000, 28, 28), uint8, 0 (black) to 255 (white)
    y, y_test: their labels, shapes (60000,) and (10000,), uint8, 0 to 9
    class_names: what the ten labels mean, in order
    source: where the pictures came from, in words
    is_stand_in: True for the drawn pictures, False for the real ones
    note: the sentence that every figure made from the stand-in shows; empty for the real dataset
    """

    X: np.ndarray
    y: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray
    source: str
    is_stand_in: bool = False
    note: str = ""
    class_names: tuple = garments.CLASS_NAMES

    def in_class_order(self):
        """The same dataset sorted by label: all T-shirts first, then all trousers, and so on.

        Within a class the pictures keep their order. This is the order in which the book reads them (one
        folder per class), so that its shuffle, and every number after it, comes out the same. See chapter 19.
        """
        training, test = np.argsort(self.y, kind="stable"), np.argsort(self.y_test, kind="stable")
        return replace(self, X=self.X[training], y=self.y[training],
                       X_test=self.X_test[test], y_test=self.y_test[test])

    def __repr__(self):
        text = f"Fashion-MNIST: {len(self.X)} training images and {len(self.X_test)} test images"
        return f"{text}. {self.note}" if self.note else text


def load_fashion_mnist(download=True, stand_in=False):
    """Fashion-MNIST as a `FashionMNIST`: the real dataset where it can be had, else the drawn stand-in.

    download: False never asks the network
    stand_in: True gives the drawn stand-in at once

    When the stand-in takes the place of the real dataset, one printed line says why; `is_stand_in` and `note`
    say so later on. FileNotFoundError and ValueError tell of a folder in FASHION_MNIST_DIR that does not hold
    the four files as they should be: a wrong folder is never passed over in silence.
    """
    if stand_in:
        return _drawn()
    handed_out = os.environ.get(FOLDER_VARIABLE)
    if handed_out:
        return _real(_from_folder(Path(handed_out).expanduser()), f"the folder {handed_out}")
    files = _from_cache()
    if len(files) == len(FILES):
        return _real(files, f"the cache {cache_folder()}")
    reason = "it is not in the cache, and download=False was asked for"
    if download:
        try:
            files.update(_download([name for name in FILES if name not in files]))
            return _real(files, "a download")
        except ConnectionError as problem:
            reason = problem
    print(f"Fashion-MNIST could not be had: {reason}. Drawn stand-in pictures take its place "
          "(drawing them takes some seconds, the first time only).")
    return _drawn()


def cache_folder():
    """The folder, one per user, where the files are kept once they have been fetched."""
    import pooch

    return Path(pooch.os_cache("nnfs_helpers"))


def is_cached():
    """True where the real Fashion-MNIST lies in the cache, whole, so that it loads without a network."""
    return len(_from_cache()) == len(FILES)


# ---- the files: from a folder, from the cache, from the network. Each gives {file name: its bytes}. ----


def _fault(name, content):
    """What is wrong with the bytes of a file, in words; empty if they are what they should be."""
    size, checksum = FILES[name]
    if len(content) != size:
        return f"it has {len(content)} bytes, expected {size}"
    found = hashlib.sha256(content).hexdigest()
    return "" if found == checksum else f"its SHA-256 sum is {found}, expected {checksum}"


def _from_folder(folder):
    """The four files from a folder that was handed out, all of them as they should be, or an error."""
    advice = (f"Copy the four files there again, as they are, not unpacked ({', '.join(FILES)}), or remove "
              f"the environment variable {FOLDER_VARIABLE}: then they are downloaded once.")
    if not folder.is_dir():
        raise FileNotFoundError(f"{FOLDER_VARIABLE} is {folder}, but there is no such folder. {advice}")
    files = {}
    for name in FILES:
        if not (folder / name).is_file():
            raise FileNotFoundError(f"{FOLDER_VARIABLE} is {folder}, but there is no {name} in it. {advice}")
        files[name] = (folder / name).read_bytes()
        fault = _fault(name, files[name])
        if fault:
            raise ValueError(f"{folder / name} is not the file it should be: {fault}. {advice}")
    return files


def _from_cache():
    """Those of the four files that lie in the cache and are whole."""
    files = {}
    for name in FILES:
        try:
            content = (cache_folder() / name).read_bytes()
        except OSError:
            continue
        fault = _fault(name, content)
        if fault:
            print(f"{name} in the cache is damaged and not used: {fault}.")
        else:
            files[name] = content
    return files


def _download(names):
    """Fetch files, each from the first address that gives it whole, and keep them in the cache.

    ConnectionError, with what went wrong at each address, if a file could not be had from any.
    """
    size = sum(FILES[name][0] for name in names) / 1e6
    print(f"Fashion-MNIST: fetching {len(names)} files ({size:.1f} MB), once, into {cache_folder()}.")
    files, problems = {}, []
    for source in SOURCES:
        try:
            _wait_for_answer(source + names[0])
            for name in names:
                if name not in files:
                    files[name] = _fetch(source, name)
                    _keep(name, files[name])
            return files
        except ValueError as problem:
            problems.append(f"{source} gave a wrong file, {problem}")
        except OSError as problem:
            answer = getattr(problem, "response", None)
            fault = "cannot be reached, or broke off" if answer is None else f"answers {answer.status_code}"
            problems.append(f"{source} {fault}")
    raise ConnectionError("; ".join(problems))


def _wait_for_answer(url):
    """Come back as soon as an address has answered or refused; a TimeoutError after a few seconds of nothing.

    The question is asked in a thread of its own, which is left behind: without a network, looking up a name
    can take half a minute, and Python cannot cut that short.
    """
    import pooch

    answered = threading.Event()

    def ask():
        # A refusal is an answer, too: the download that follows will say what is wrong.
        with contextlib.suppress(Exception):
            pooch.HTTPDownloader(timeout=2 * SECONDS_FOR_AN_ANSWER)(url, None, None, check_only=True)
        answered.set()

    threading.Thread(target=ask, daemon=True).start()
    if not answered.wait(SECONDS_FOR_AN_ANSWER):
        raise TimeoutError(f"no answer from {url} within {SECONDS_FOR_AN_ANSWER} seconds")


def _fetch(source, name):
    """The bytes of one file from one address; a ValueError if they are not what they should be.

    They stay in memory until they are known to be right: a broken download leaves nothing on the disk.
    """
    import pooch
    from tqdm.auto import tqdm

    content = io.BytesIO()
    timeout = SECONDS_FOR_AN_ANSWER, SECONDS_OF_SILENCE
    # disable=None: a bar in a notebook and on a screen, none in a log file.
    with tqdm(desc=name, total=FILES[name][0], unit="B", unit_scale=True, disable=None) as progress:
        download = pooch.HTTPDownloader(progressbar=progress, chunk_size=2**15, timeout=timeout)
        download(source + name, content, None)
    fault = _fault(name, content.getvalue())
    if fault:
        raise ValueError(f"{name}: {fault}")
    return content.getvalue()


def _keep(name, content):
    """Put a file into the cache: whole or not at all. If it cannot be written there, go on without."""
    folder = cache_folder()
    unfinished = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            unfinished = Path(file.name)
            file.write(content)
        unfinished.replace(folder / name)
    except OSError as problem:
        print(f"{name} could not be kept in the cache {folder} ({problem}): next time it is made again.")
    finally:
        if unfinished is not None:
            unfinished.unlink(missing_ok=True)


# ---- from files to arrays ----


def _real(files, source):
    """The dataset from the bytes of its four files."""
    X, y = _images_and_labels(files, TRAINING_IMAGES, TRAINING_LABELS)
    X_test, y_test = _images_and_labels(files, TEST_IMAGES, TEST_LABELS)
    return FashionMNIST(X, y, X_test, y_test, source)


def _images_and_labels(files, images_name, labels_name):
    """The images (n, 28, 28) and labels (n,) of two files that belong together."""
    images = read_idx(images_name, files[images_name], dimensions=3)
    labels = read_idx(labels_name, files[labels_name], dimensions=1)
    if images.shape != (len(labels), garments.IMAGE_SIZE, garments.IMAGE_SIZE):
        raise ValueError(f"{images_name} holds the shape {images.shape}, {labels_name} {len(labels)} labels; "
                         f"expected were images of 28 by 28 pixels and as many labels. {FETCH_AGAIN}")
    if np.any(labels >= len(garments.CLASS_NAMES)):
        raise ValueError(f"{labels_name} holds the label {labels.max()}, expected 0 to 9. {FETCH_AGAIN}")
    return images, labels


def read_idx(name, packed, dimensions):
    """The array in a packed IDX file, the format of MNIST and Fashion-MNIST.

    name: for the messages; packed: the bytes of the .gz file; dimensions: 3 for images, 1 for labels
    Inside: two bytes 0, one byte 8 (for "numbers of one byte"), one byte with the number of dimensions, the
    size along each dimension in four bytes, and then the numbers. A ValueError says what does not fit.
    """
    try:
        content = gzip.decompress(packed)
    except (OSError, EOFError, zlib.error) as problem:
        raise ValueError(f"{name} cannot be unpacked: {problem}. {FETCH_AGAIN}") from problem
    start = bytes([0, 0, 8, dimensions])
    header = 4 + 4 * dimensions
    if content[:4] != start or len(content) < header:
        raise ValueError(f"{name} starts with the bytes {list(content[:4])}, expected {list(start)} and then "
                         f"{dimensions} sizes of four bytes. {FETCH_AGAIN}")
    shape = struct.unpack(f">{dimensions}I", content[4:header])
    if len(content) - header != math.prod(shape):
        raise ValueError(f"{name} announces the shape {shape}, {math.prod(shape)} numbers, but holds "
                         f"{len(content) - header}. {FETCH_AGAIN}")
    return np.frombuffer(content, np.uint8, offset=header).reshape(shape).copy()


# ---- the stand-in ----


def _drawn():
    """The stand-in, from the cache if a good copy lies there, else drawn now and kept."""
    arrays = _drawn_in_cache()
    if arrays is None:
        arrays = garments.draw_dataset()
        X, y, X_test, y_test = arrays
        file = io.BytesIO()
        np.savez(file, X=X, y=y, X_test=X_test, y_test=y_test)
        _keep(DRAWN_FILE, file.getbuffer())
    return FashionMNIST(*arrays, source="drawn by nnfs_helpers", is_stand_in=True, note=STAND_IN_NOTE)


def _drawn_in_cache():
    """The four arrays of the stand-in from the cache, or None if they are not there or not whole."""
    try:
        with np.load(cache_folder() / DRAWN_FILE, allow_pickle=False) as file:
            arrays = tuple(file[name] for name in ("X", "y", "X_test", "y_test"))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        return None
    return arrays if garments.fingerprint(arrays) == garments.SHA256 else None
