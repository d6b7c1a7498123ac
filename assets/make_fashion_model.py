"""Trains the network that chapter 22 uses, and writes it to assets/fashion_model.nnfs.

From the project's folder, with the real Fashion-MNIST at hand (it takes about a quarter of an hour):

    python assets/make_fashion_model.py

The network is made of the course's own classes. It learns from 54,000 of the 60,000 training pictures; the other
6,000 are for looking at on the way. The test pictures are looked at once, when all is done: nothing was chosen by them.

People photograph and draw otherwise than a catalogue does. So in every epoch each picture comes twice: as it is, and
altered by chance: shifted, turned, stretched or mirrored, some lighter, blurred or noisy, some as a silhouette or an
outline, as in a drawing (the idea of chapter 13). Some drawn clothes of `nnfs_helpers.garments` are among them.
None is ever inverted: what then happens is chapter 22's lesson.
"""

import sys
from pathlib import Path

import numpy as np

from nnfs_helpers import (
    Accuracy_Categorical,
    Activation_ReLU,
    Activation_Softmax,
    Layer_Dense,
    Layer_Dropout,
    Loss_CategoricalCrossentropy,
    Model,
    Optimizer_Adam,
)
from nnfs_helpers.datasets import load_fashion_mnist

MODEL_FILE = Path(__file__).parent / "fashion_model.nnfs"
SEED = 22
EPOCHS = 30
VALIDATION = 6_000  # pictures at the end of the training pictures
DRAWN = 12_000  # drawn pictures in each epoch
BLOCK = 4_000  # pictures that are altered at a time: they fit into memory


def main(epochs=EPOCHS):
    clothes, drawn = load_fashion_mnist(), load_fashion_mnist(stand_in=True)
    if clothes.is_stand_in:
        sys.exit("This needs the real Fashion-MNIST; without it no model is written.")
    X, y = clothes.X[:-VALIDATION], clothes.y[:-VALIDATION]
    validation = scaled(clothes.X[-VALIDATION:]), clothes.y[-VALIDATION:]
    random = np.random.default_rng(SEED)
    np.random.seed(SEED)
    model = new_model()
    for epoch in range(1, epochs + 1):
        some = random.choice(len(drawn.X), DRAWN, replace=False)
        pictures = np.concatenate([scaled(X), scaled(altered(X, random)), scaled(altered(drawn.X[some], random))])
        labels = np.concatenate([y, y, drawn.y[some]])
        order = random.permutation(len(labels))
        history = model.train(pictures[order], labels[order], batch_size=128, print_every=0)
        print(f"epoch {epoch}: {history['accuracy'][-1]:.4f}, validation ", end="")
        model.evaluate(*validation, batch_size=1000)
    print("on the 10,000 test pictures: ", end="")
    model.evaluate(scaled(clothes.X_test), clothes.y_test, batch_size=1000)
    print("on the drawn stand-in's test pictures: ", end="")
    model.evaluate(scaled(drawn.X_test), drawn.y_test, batch_size=1000)
    without_memory(model).save(MODEL_FILE)
    print(f"{MODEL_FILE.name}: {MODEL_FILE.stat().st_size / 1e6:.2f} MB")


def new_model():
    model = Model()
    for layer in (Layer_Dense(784, 256), Activation_ReLU(), Layer_Dropout(0.2),
                  Layer_Dense(256, 128), Activation_ReLU(), Layer_Dropout(0.1),
                  Layer_Dense(128, 10), Activation_Softmax()):  # fmt: skip
        model.add(layer)
    model.set(loss=Loss_CategoricalCrossentropy(), accuracy=Accuracy_Categorical(),
              optimizer=Optimizer_Adam(learning_rate=0.001, decay=2e-4))  # fmt: skip
    model.finalize()
    return model


def without_memory(trained):
    """The same model without optimizer: its memory would make the file three times as long, and nobody trains on."""
    model = new_model()
    model.optimizer = None
    model.set_parameters(trained.get_parameters())
    return model


def scaled(pixels):
    """From pictures, 0 to 255, to rows of 784 numbers, -1 to 1."""
    return (pixels.reshape(len(pixels), -1).astype(np.float32) - 127.5) / 127.5


# ------------------------------------------------------------------------------------- altered by chance


def altered(pictures, random):
    """A copy of each picture, altered by chance; shape (samples, 28, 28), 0 to 255."""
    blocks = [pictures[start:start + BLOCK] for start in range(0, len(pictures), BLOCK)]
    return np.concatenate([looks(moved(block.astype(np.float32), random), random) for block in blocks])


def moved(pictures, random):
    """Shifted, turned, stretched, and half of them mirrored; black comes in from outside."""
    count, size, middle = len(pictures), 28, 13.5

    def between(low, high):
        return random.uniform(low, high, (count, 1)).astype(np.float32)

    angle, size_of_all = np.radians(between(-14, 14)), between(0.78, 1.08)
    wide, high = size_of_all * between(0.92, 1.08), size_of_all * between(0.92, 1.08)
    mirror = np.where(random.random((count, 1)) < 0.5, -1, 1).astype(np.float32)
    down, across = np.mgrid[0:size, 0:size].reshape(2, 1, -1).astype(np.float32) - middle
    across, down = across - between(-2.5, 2.5), down - between(-2.5, 2.5)
    # Where each pixel of the new picture comes from in the old one.
    column = (across * np.cos(angle) + down * np.sin(angle)) / wide * mirror + middle
    row = (down * np.cos(angle) - across * np.sin(angle)) / high + middle
    return sampled(pictures, row, column).reshape(count, size, size)


def sampled(pictures, row, column):
    """The brightness at places between the pixels: a mixture of the four around it."""
    count, size = len(pictures), pictures.shape[1]
    rim, width = np.pad(pictures, ((0, 0), (1, 2), (1, 2))), size + 3
    row, column = np.clip(row, -1, size) + 1, np.clip(column, -1, size) + 1
    above, left = row.astype(np.int32), column.astype(np.int32)
    down, right = row - above, column - left
    place = above * width + left + width**2 * np.arange(count, dtype=np.int32).reshape(-1, 1)
    upper = rim.take(place) * (1 - right) + rim.take(place + 1) * right
    lower = rim.take(place + width) * (1 - right) + rim.take(place + width + 1) * right
    return upper * (1 - down) + lower * down


def looks(pictures, random):
    """Six looks by chance: lighter or darker, blurred, noisy, a silhouette, an outline, a filled outline."""
    kinds = (recoloured, soft, noisy, silhouette, outline, coloured_in)
    kind = random.choice(len(kinds), len(pictures), p=[0.3, 0.1, 0.1, 0.2, 0.2, 0.1])
    changed = np.empty_like(pictures)
    for number, look in enumerate(kinds):
        chosen = pictures[kind == number]
        shade = random.uniform(0.4, 1, (len(chosen), 1, 1)).astype(np.float32)
        changed[kind == number] = look(chosen, shade, random)
    return changed


def recoloured(pictures, shade, random):
    return np.clip(pictures * (0.4 + shade), 0, 255)


def soft(pictures, shade, random):
    return blurred(blurred(pictures))


def noisy(pictures, shade, random):
    return np.clip(pictures + 25 * random.standard_normal(pictures.shape, np.float32), 0, 255)


def silhouette(pictures, shade, random):
    return 255 * shade * blurred(inside_of(pictures))


def outline(pictures, shade, random):
    return 255 * np.maximum(shade, 0.6) * blurred(rim_of(inside_of(pictures), random))


def coloured_in(pictures, shade, random):
    inside = inside_of(pictures)
    return 255 * np.maximum(0.5 * shade * inside, blurred(rim_of(inside, random)))


def inside_of(pictures):
    """1 where there is clothing, 0 outside."""
    return (blurred(pictures) > 28).astype(np.float32)


def rim_of(inside, random):
    """The outermost one, two or three pixels of what is inside."""
    once = np.minimum.reduce(neighbours(inside))
    twice = np.minimum.reduce(neighbours(once))
    thrice = np.minimum.reduce(neighbours(twice))
    times = random.choice(3, len(inside), p=[0.3, 0.5, 0.2])
    return inside - np.stack([once, twice, thrice])[times, np.arange(len(inside))]


def neighbours(pictures):
    """The pictures themselves, and shifted by one pixel in each of the four directions."""
    rim = np.pad(pictures, ((0, 0), (1, 1), (1, 1)))
    return [rim[:, 1:-1, 1:-1], rim[:, :-2, 1:-1], rim[:, 2:, 1:-1], rim[:, 1:-1, :-2], rim[:, 1:-1, 2:]]


def blurred(pictures):
    return sum(neighbours(pictures)) / 5


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
