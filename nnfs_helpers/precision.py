"""The book's precision, switched on for a few lines and switched off again.

The book calls `nnfs.init()` once: from then on `np.dot` computes in float64 and rounds to float32, and
`np.zeros`, `np.eye` and `np.random.randn` give float32. That is what makes the book's training logs come out
the same on most machines, to the last digit. But it changes NumPy for the whole program. Here the same
change lasts as long as a `with` block.
"""

import hashlib
from contextlib import contextmanager

import numpy as np

# The fingerprint of the float32 exponentials that the course's logs were made with:
# NumPy 1.21 and newer on x86-64 processors that have AVX2.
EXPONENTIALS_OF_THE_LOGS = "b08baf653de2"


@contextmanager
def book_precision(seed=None):
    """Inside the `with` block NumPy computes as it does after the book's `nnfs.init()`.

    seed: the start of NumPy's random numbers inside the block (the book uses 0). Without a seed the random
        numbers simply run on.

    Afterwards NumPy's functions are back and, if a seed was given, its random numbers go on from where they
    were before the block. Blocks may stand inside each other. See chapter 3.
    """
    import nnfs

    replaced = np.dot, np.zeros, np.eye, np.random.randn
    random_state = np.random.get_state()
    nnfs.init(random_seed=seed)
    try:
        yield
    finally:
        np.dot, np.zeros, np.eye, np.random.randn = replaced
        if seed is not None:
            np.random.set_state(random_state)


def same_digits_as_book():
    """True where training under `book_precision` gives the course's printed digits, to the last one.

    One step in training, the exponential of a float32 number, is rounded differently by some processors
    (all ARM ones, and very old ones of the x86 kind). There the logs start alike and part after some epochs.
    """
    numbers = np.linspace(-20.0, 0.0, 4001, dtype=np.float32)
    return hashlib.sha256(np.exp(numbers).tobytes()).hexdigest()[:12] == EXPONENTIALS_OF_THE_LOGS
