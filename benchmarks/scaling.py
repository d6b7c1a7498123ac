"""What an epoch costs when there are more samples, wider layers or more layers: `python -m benchmarks.scaling`.

Writes cost.json, from which assets/make_cost.py draws the picture. All times are in units of one epoch of the
book's spiral (300 samples, 2-64-3, all at once), measured in the same rounds.
"""

import json
import os
import statistics
import time
from pathlib import Path

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # before NumPy is loaded

import numpy as np  # noqa: E402

import nnfs_helpers as nn  # noqa: E402
from benchmarks import workloads  # noqa: E402

COST = Path(__file__).with_name("cost.json")
CHUNK = 0.01
REFERENCE = {"samples": 300, "sizes": (2, 64, 3)}
SWEEPS = {
    "samples": {
        "title": "all samples at once, 2-64-3",
        "points": [75, 150, 300, 600, 1200, 2400, 4800, 9600, 19200],
        "settings": lambda samples: {"samples": samples, "sizes": (2, 64, 3)},
    },
    "samples in batches": {
        "title": "in batches of 300",
        "points": [300, 600, 1200, 2400, 4800, 9600, 19200],
        "settings": lambda samples: {"samples": samples, "sizes": (2, 64, 3), "batch_size": 300},
    },
    "width": {
        "title": "2-h-h-3, 300 samples",
        "points": [8, 16, 32, 64, 128, 256, 512, 1024],
        "settings": lambda width: {"samples": 300, "sizes": (2, width, width, 3)},
    },
    "depth": {
        "title": "128 neurons in each hidden layer, 300 samples",
        "points": [1, 2, 4, 8, 16],
        "settings": lambda depth: {"samples": 300, "sizes": (2, *[128] * depth, 3)},
    },
}


def make_model(sizes):
    """Weights as wide as the layer before allows (He et al., 2015): with 0.01 deep networks die (chapter 17)."""
    model = nn.Model()
    for n_inputs, n_neurons in zip(sizes, sizes[1:]):
        scale = (2 / n_inputs) ** 0.5
        model.add(nn.Layer_Dense(n_inputs, n_neurons, weight_scale=scale))
        model.add(nn.Activation_ReLU())
    model.layers[-1] = nn.Activation_Softmax()
    accuracy = nn.Accuracy_Categorical()
    model.set(loss=nn.Loss_CategoricalCrossentropy(), optimizer=nn.Optimizer_Adam(), accuracy=accuracy)
    model.finalize()
    return model


class Case:
    """One network with its data; `seconds()` is the processor time of an epoch."""

    def __init__(self, samples, sizes, batch_size=None):
        np.random.seed(0)
        self.X, self.y = workloads.spiral(-(-samples // 3), np.random.RandomState(0))
        self.X, self.y = self.X[:samples], self.y[:samples]
        self.sizes, self.batch_size, self.epochs = sizes, batch_size, 1
        seconds = self.seconds()
        while seconds * self.epochs < CHUNK / 3:
            self.epochs *= 4
            seconds = self.seconds()
        self.epochs = max(1, round(CHUNK / seconds))

    def seconds(self):
        model = make_model(self.sizes)
        model.train(self.X, self.y, epochs=1, batch_size=self.batch_size, print_every=0)
        start = time.process_time()
        model.train(self.X, self.y, epochs=self.epochs, batch_size=self.batch_size, print_every=0)
        return (time.process_time() - start) / self.epochs


def measure(rounds, sweeps=SWEEPS):
    """For each sweep and point the cost of an epoch, in epochs of the spiral: the median over the rounds."""
    reference = Case(**REFERENCE)
    cases = {name: [Case(**sweep["settings"](point)) for point in sweep["points"]] for name, sweep in sweeps.items()}
    ratios = {name: [[] for _ in cases[name]] for name in cases}
    for _ in range(rounds):
        for name in cases:
            for case, own in zip(cases[name], ratios[name]):
                own.append(case.seconds() / reference.seconds())
    return {
        name: {
            "title": sweeps[name]["title"],
            "points": sweeps[name]["points"],
            "cost": [statistics.median(own) for own in ratios[name]],
            "exponents": exponents(sweeps[name]["points"], [statistics.median(own) for own in ratios[name]]),
        }
        for name in cases
    }


def exponents(points, costs):
    """Between neighbours: twice as much of it costs 2 to the power of this."""
    pairs = list(zip(points, costs))
    return [
        round(float(np.log(after[1] / before[1]) / np.log(after[0] / before[0])), 2)
        for before, after in zip(pairs, pairs[1:])
    ]


if __name__ == "__main__":
    result = measure(rounds=15)
    COST.write_text(json.dumps(result, indent=1) + "\n")
    for name, sweep in result.items():
        print(f"{name} ({sweep['title']})")
        print("   ", "  ".join(f"{point}: {cost:.2f}" for point, cost in zip(sweep["points"], sweep["cost"])))
        print("    exponents", *sweep["exponents"])
