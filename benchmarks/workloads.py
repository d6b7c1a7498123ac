"""The workloads: the book's own networks, and what a unit of work is for each of them.

The data are made here from a fixed seed, in float32, so that every contestant works on the same numbers. The
pictures of W4 and W5 have the size of Fashion-MNIST's and random points: the time does not depend on them.
"""

from dataclasses import dataclass

import numpy as np

L2 = 5e-4
DROPOUT = 0.1
PIECE = 512  # W5 predicts in pieces of so many samples


@dataclass(frozen=True)
class Workload:
    """sizes: inputs, hidden layers and outputs. samples: how many there are. batch: how many a step sees.

    micro_batch: of how many samples the package's gradients are added up (chapter 19); None: of the whole batch.
    """

    title: str
    unit: str
    sizes: tuple
    samples: int
    batch: int
    kind: str = "classes"
    micro_batch: int | None = None


WORKLOADS = {
    "W1": Workload("spiral, 2-64-3, Adam", "epoch", (2, 64, 3), 300, 300),
    "W2": Workload("spiral, 2-512-3, L2, dropout", "epoch", (2, 512, 3), 3000, 3000),
    "W2 parts": Workload("the same, in parts of 256", "epoch", (2, 512, 3), 3000, 3000, micro_batch=256),
    "W3": Workload("sine, 1-64-64-1", "epoch", (1, 64, 64, 1), 1000, 1000, kind="numbers"),
    "W4": Workload("pictures, 784-128-128-10, batches of 128", "20 steps", (784, 128, 128, 10), 2560, 128),
    "W5": Workload("predict 10,000 pictures, in pieces of 512", "pass", (784, 128, 128, 10), 10_000, PIECE),
    "W6": Workload("softmax backward, 1000 x 10", "call", (10,), 1000, 1000),
    "W6 small": Workload("softmax backward, 300 x 3", "call", (3,), 300, 300),
}

# What Adam is set to, as in the chapters.
SETTINGS = {
    "W1": {"learning_rate": 0.05, "decay": 5e-7},
    "W2": {"learning_rate": 0.05, "decay": 5e-5},
    "W2 parts": {"learning_rate": 0.05, "decay": 5e-5},
    "W3": {"learning_rate": 0.005, "decay": 1e-3},
    "W4": {"learning_rate": 0.001, "decay": 1e-3},
}


def data(name):
    """Inputs in float32, and targets: class numbers as bytes, or numbers in float32."""
    workload = WORKLOADS[name]
    random = np.random.RandomState(0)
    if workload.kind == "numbers":
        X = np.arange(workload.samples, dtype=np.float32).reshape(-1, 1) / workload.samples
        return X, np.sin(2 * np.pi * X).astype(np.float32)
    if name.startswith(("W1", "W2")):
        return spiral(workload.samples // 3, random)
    X = random.uniform(-1, 1, (workload.samples, workload.sizes[0])).astype(np.float32)
    return X, random.randint(0, workload.sizes[-1], workload.samples).astype(np.uint8)


def spiral(samples, random):
    """Three arms of points, as in the book's data: the radius grows from 0 to 1, the angle by 4."""
    radius = np.linspace(0, 1, samples)
    points = []
    for arm in range(3):
        angle = np.linspace(4 * arm, 4 * (arm + 1), samples) + 0.2 * random.randn(samples)
        points.append(np.column_stack([radius * np.sin(2.5 * angle), radius * np.cos(2.5 * angle)]))
    return np.vstack(points).astype(np.float32), np.repeat(np.arange(3, dtype=np.uint8), samples)


def probabilities_and_gradient(name):
    """What softmax gave, and the slopes that come back to it (W6)."""
    workload = WORKLOADS[name]
    random = np.random.RandomState(0)
    exponentials = np.exp(random.randn(workload.samples, workload.sizes[0]))
    probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
    return probabilities.astype(np.float32), random.randn(*probabilities.shape).astype(np.float32)
