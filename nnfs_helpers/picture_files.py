"""From a picture file, whoever made it, to an array of pixels; and where the course's own files are (chapter 22).

    pixels = load_picture(asset("pictures/tshirt.png"))   # shape (height, width, 3), 0 to 255
"""

import io
import warnings
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
LARGEST_FILE = 30_000_000  # bytes
MOST_PIXELS = 40_000_000  # a few bytes can unpack to more than the memory holds: such a file is refused unopened
TOO_LARGE = (
    f"At most {MOST_PIXELS:,} are allowed. Make it smaller with any program for pictures; 1,000 by 1,000 is plenty."
)
PAPER = 240  # what is lighter than this, on a scale from 0 to 255, counts as paper


class PictureFileError(ValueError):
    """A file that cannot be used as a picture; the message says what was found and what to do."""


def asset(name):
    """The path of a file in the course's folder `assets`, such as asset("pictures/tshirt.png")."""
    here, now = Path(__file__).resolve().parent, Path.cwd()
    for folder in (here.parent, now.parent, now):
        if (folder / "assets" / name).is_file():
            return folder / "assets" / name
    raise FileNotFoundError(
        f"There is no {name} in the folder assets, neither beside the notebooks nor beside the package. "
        "Copy the folder assets from where you got the course."
    )


def load_picture(source):
    """The pixels of a picture file, shape (height, width, 3), uint8: red, green and blue, 0 to 255.

    source: the file's path, or its bytes.
    What is see-through becomes white, a photo is turned as the camera noted it, of a film the first picture counts.
    PictureFileError when it is no picture, is damaged or too large; FileNotFoundError when there is no such file.
    """
    name, content = read_bytes(source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own remarks on large files: the limit here is ours
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise PictureFileError(f"{name} would unpack to {width} by {height} pixels. {TOO_LARGE}")
            picture = ImageOps.exif_transpose(picture)
            return np.array(on_white(picture))
    except PictureFileError:
        raise
    except Image.DecompressionBombError:
        raise PictureFileError(f"{name} would unpack to far too many pixels. {TOO_LARGE}") from None
    except Image.UnidentifiedImageError:
        raise PictureFileError(
            f"{name} is not a picture that can be read. Readable are {', '.join(FORMATS)}. "
            "Open it in a program for pictures and save it as PNG."
        ) from None
    except Exception as problem:  # a damaged file may fail anywhere in its decoder
        raise PictureFileError(
            f"{name} begins like a picture, but is damaged ({type(problem).__name__}: {problem}). Get or save it again."
        ) from None


def read_bytes(source):
    """(a name for messages, the bytes) of a path, or of bytes."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        name, content = "The file", bytes(source)
        size = len(content)
    else:
        path = Path(source).expanduser()
        if not path.is_file():
            raise FileNotFoundError(f"There is no file {path}. Is its name, with its ending, spelled right?")
        name, size = path.name, path.stat().st_size
        content = path.read_bytes() if size <= LARGEST_FILE else b""
    if size > LARGEST_FILE:
        raise PictureFileError(
            f"{name} has {size / 1e6:.0f} MB; at most {LARGEST_FILE / 1e6:.0f} are read. Save it smaller."
        )
    if size == 0:
        raise PictureFileError(f"{name} is empty. Get or save it again.")
    return name, content


def on_white(picture):
    """The picture in red, green and blue; what is see-through shows white paper."""
    picture = picture.convert("RGBA")
    paper = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(paper, picture).convert("RGB")


def resize(grey, size=28):
    """A grey picture, shape (height, width), as a square of `size` by `size`: each new pixel the mean of old ones."""
    picture = Image.fromarray(np.asarray(grey, dtype=np.float32))
    return np.array(picture.resize((size, size), Image.Resampling.BOX))


def trim(pixels):
    """Cut the paper away, and lay what is left on a square of paper, its longer side from edge to edge.

    That is how the pictures of Fashion-MNIST were made. pixels: (height, width, 3), dark on light.
    A picture without anything darker than paper is returned as it is.
    """
    darkest = np.asarray(pixels).min(axis=2)
    rows, columns = np.flatnonzero((darkest < PAPER).any(axis=1)), np.flatnonzero((darkest < PAPER).any(axis=0))
    if len(rows) == 0:
        return pixels
    cut = pixels[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
    height, width, _ = cut.shape
    size = max(height, width)
    square = np.full((size, size, 3), 255, np.uint8)
    down, across = (size - height) // 2, (size - width) // 2
    square[down:down + height, across:across + width] = cut
    return square


def move(pixels, right=0.0, down=0.0, turn=0.0, zoom=1.0):
    """The picture shifted, turned and enlarged on its paper; where nothing comes in from, it is white.

    right, down: as a share of width and height. turn: in degrees, clockwise. zoom: 1 leaves the size as it is.
    """
    picture = Image.fromarray(np.asarray(pixels, np.uint8))
    width, height = picture.size
    angle, across, up = np.radians(turn), width / 2, height / 2
    cosine, sine = np.cos(angle) / zoom, np.sin(angle) / zoom
    # Where each pixel of the new picture comes from in the old one.
    x, y = across * (1 + 2 * right), up * (1 + 2 * down)
    places = (cosine, sine, across - cosine * x - sine * y, -sine, cosine, up + sine * x - cosine * y)
    return np.array(picture.transform(picture.size, Image.Transform.AFFINE, places,
                                      Image.Resampling.BILINEAR, fillcolor="white"))  # fmt: skip
