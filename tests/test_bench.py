"""The benchmark runs, measures what it says, and its package is the one that keeps the book's digits.

Nothing here depends on how fast the machine is: only on ratios that are far from their limits.
"""

import importlib.util
import json
import math
import subprocess
import sys

import numpy as np
import pytest

from benchmarks import __main__ as bench
from benchmarks import imports, memory, package, published, scaling, workloads
from benchmarks.race import ROOT, Contestant, contestants_at_hand, race
from nnfs_helpers.precision import book_precision
from tests import reference

AT_LEAST = {"W1": 1.1, "W6": 50, "W6 small": 50}  # the book's time over the package's: a fraction of what is measured


@pytest.fixture(scope="module")
def result():
    """A round or two of everything in the race."""
    return bench.run(rounds=2, workloads=list(workloads.WORKLOADS), with_the_rest=False)


@pytest.mark.slow
def test_every_workload_and_contestant_has_its_turn(result):
    assert json.loads(json.dumps(result)) == result
    assert result["threads"] == 1 and result["versions"]["numpy"] == np.__version__
    assert list(result["workloads"]) == list(workloads.WORKLOADS)
    for entry in result["workloads"].values():
        assert list(entry["ratios"]) == list(entry["seconds_per_unit"]) == contestants_at_hand()
        for times in entry["seconds_per_unit"].values():
            assert len(times) == 2 and all(0 < seconds < 60 for seconds in times)
        for ratio in entry["ratios"].values():
            assert 0 < ratio["lower_quartile"] <= ratio["median"] <= ratio["upper_quartile"] < math.inf
        assert entry["ratios"]["package"]["median"] == 1


@pytest.mark.slow
def test_the_package_is_faster_than_the_book(result):
    for name, limit in AT_LEAST.items():
        assert result["workloads"][name]["ratios"]["published"]["upper_quartile"] > limit, name


@pytest.mark.slow
def test_the_table_shows_the_ratios(result):
    lines = list(bench.table(result))
    (line,) = [line for line in lines if line.startswith("W3")]
    assert bench.cell(result["workloads"]["W3"]["ratios"]["published"]) in line
    assert f"{result['rounds']} rounds" in "".join(lines)


FIVE = ("W1", "W2", "W3", "W4", "W5")
MEMORY = "memory_in_megabytes"
STORED = json.loads((ROOT / "benchmarks" / "results.json").read_text())


@pytest.mark.parametrize("name", list(workloads.WORKLOADS))
def test_the_table_in_words_is_what_is_stored(name):
    ratios = STORED["workloads"][name]["ratios"]
    cells = []
    for other in bench.OTHERS:
        ratio = bench.turned_round(ratios[other]) if other.startswith("floor") else ratios[other]
        cells.append(bench.cell(ratio).replace("-", "–"))
    if name.startswith("W6"):
        cells[-2:] = "––"
    (row,) = [line for line in (ROOT / "benchmarks" / "README.md").read_text().splitlines() if f"**{name}**" in line]
    assert row.endswith(f"| {' | '.join(cells)} |")


def test_the_readme_says_how_fast_it_is():
    readme = (ROOT / "README.md").read_text()
    for other, words in (("published", "the book's arithmetic"), ("pytorch", "PyTorch")):
        medians = [STORED["workloads"][name]["ratios"][other]["median"] for name in ("W1", "W2", "W3", "W4")]
        assert f"{min(medians):.1f} to {max(medians):.1f} times as fast as {words}" in readme
    predicting = STORED["workloads"]["W5"]["ratios"]["pytorch"]["median"]
    assert f"{predicting:.1f}" == "0.9" and "in prediction PyTorch is a tenth faster" in readme


def test_the_other_figures_in_words_are_what_is_stored():
    words = (ROOT / "benchmarks" / "README.md").read_text()
    ratios = {name: entry["ratios"] for name, entry in STORED["workloads"].items()}
    best = [ratios[name]["published"]["median"] / ratios[name]["floor_with_passes"]["median"] for name in FIVE]
    *most, last = (f"{ratio:.1f}" for ratio in best)
    assert f"has {', '.join(most)} and {last} times the book's speed in W1 to W5" in words
    memory = {name: {who: f"{size:.0f}" for who, size in sizes.items()} for name, sizes in STORED[MEMORY].items()}
    assert f"{memory['W4']['package']} MB in W4 (the book's arithmetic {memory['W4']['published']})" in words
    assert f"{memory['W2']['package']} MB in W2 (the book's {memory['W2']['published']})" in words
    assert f"in parts {memory['W2 parts']['package']} MB" in words
    assert f"takes {STORED['imports']['package_over_numpy']['median']:.1f} times as long as importing NumPy" in words
    assert f"after {STORED['seconds_until_kernel_is_ready']['processor']:.1f} seconds of the processor" in words
    assert f"{STORED['processor']}, {STORED['cores']} cores" in words and f"{STORED['rounds']} rounds" in words


def test_a_busy_machine_is_told_of():
    quiet = {"load_before": 0.1, "workloads": {"W1": {"ratios": {"published": bench.summary([2.0, 2.1, 2.1, 2.2])}}}}
    assert list(bench.warnings(quiet)) == []
    (warning,) = bench.warnings(quiet | {"load_before": 3.0})
    assert "busy" in warning
    quiet["workloads"]["W1"]["ratios"]["published"] = bench.summary([1.0, 2.0, 3.0, 4.0])
    (warning,) = bench.warnings(quiet)
    assert "uncertain" in warning


def test_ratios_are_those_of_each_round():
    times = {"package": [1.0, 2.0, 4.0], "published": [3.0, 6.0, 40.0]}
    ratio = bench.ratios(times)["published"]
    assert (ratio["lower_quartile"], ratio["median"], ratio["upper_quartile"]) == (3.0, 3.0, 6.5)
    assert bench.turned_round(ratio)["upper_quartile"] == 1 / 3


def test_a_contestant_that_stops_is_told_of():
    with pytest.raises(RuntimeError, match="stopped"):
        race(1, ["W1"], ["nobody"])


def test_the_package_in_the_race_gives_the_books_digits():
    """500 epochs of W1: the race's own loop against the plain arithmetic, both in the book's precision."""
    with book_precision(seed=0):
        own, plain = package.make("W1")(), published.make("W1")()
        own(500)
        plain(500)
    for layer, plain_layer in zip(own.layers, plain.layers):
        np.testing.assert_array_equal(layer.weights, plain_layer["weights"])
        np.testing.assert_array_equal(layer.biases, plain_layer["biases"])


def test_the_books_spellings_are_the_same_formulas():
    probabilities, dvalues = workloads.probabilities_and_gradient("W6 small")
    labels = np.random.RandomState(1).randint(0, 3, len(probabilities))
    for name, spelling in (
        ("categorical_losses", published.clip_then_pick),
        ("softmax_and_categorical_backward", published.softmax_and_categorical_backward),
    ):
        np.testing.assert_array_equal(spelling(probabilities, labels), getattr(reference, name)(probabilities, labels))
    np.random.seed(0)
    mask = reference.dropout_mask((50, 40), 0.1)
    np.random.seed(0)
    np.testing.assert_allclose(published.dropout_mask((50, 40), 0.1), mask, rtol=1e-6)


@pytest.mark.parametrize("name", ["W1", "W3", "W4"])
def test_the_contestants_do_the_same_work(name):
    """After two units from the same start package and book have the same parameters but for rounding."""
    own, plain = package.make(name)(), published.make(name)()
    own(2)
    plain(2)
    for layer, plain_layer in zip(own.layers, plain.layers):
        np.testing.assert_allclose(layer.weights, plain_layer["weights"], atol=2e-3)


if importlib.util.find_spec("torch"):

    def test_pytorch_does_the_same_work():
        """From the package's own start, with its learning rate that decays: the same weights but for rounding."""
        import torch

        from benchmarks import pytorch

        own = package.make("W1")()
        run = pytorch.make("W1")()
        with torch.no_grad():
            for theirs, layer in zip((run.network[0], run.network[2]), own.layers):
                theirs.weight.copy_(torch.from_numpy(layer.weights.T))
                theirs.bias.copy_(torch.from_numpy(layer.biases[0]))
        own(5)
        run(5)
        for theirs, layer in zip((run.network[0], run.network[2]), own.layers):
            np.testing.assert_allclose(theirs.weight.detach().numpy().T, layer.weights, atol=1e-4)


def test_memory_is_that_of_training():
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.memory", "benchmarks.package", "W4"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert answer == "unknown" or 0 <= float(answer) < 30
    if memory.PROCESS.joinpath("status").exists():
        now, peak = memory.now_and_peak()
        assert 0 < now <= peak


def test_imports_are_timed():
    times = imports.measure(rounds=1)
    assert times["python"][0] < times["numpy"][0] + 0.5
    assert all(0 < seconds[0] < 60 for seconds in times.values())


@pytest.mark.slow
def test_a_kernel_is_ready_in_time():
    """Two seconds of the processor, with as much again for a slow one."""
    ready = imports.seconds_until_kernel_is_ready(rounds=1)
    assert 0 < ready["processor"] < 4 and ready["clock"] > 0


def test_kept_modules_import_nothing_but_numpy():
    """The reason why their import takes hardly longer than NumPy's own."""
    question = "import numpy, sys; before = set(sys.modules); import nnfs_helpers; print(*set(sys.modules) - before)"
    command = [sys.executable, "-c", question]
    new = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert not {name.split(".")[0] for name in new} & {"matplotlib", "IPython", "ipywidgets", "tqdm", "PIL", "requests"}


def test_the_stored_costs_are_whole():
    costs = json.loads(scaling.COST.read_text())
    assert list(costs) == list(scaling.SWEEPS)
    for name, sweep in costs.items():
        assert sweep["points"] == scaling.SWEEPS[name]["points"] and len(sweep["cost"]) == len(sweep["points"])
        assert sweep["exponents"] == scaling.exponents(sweep["points"], sweep["cost"])
        assert sorted(sweep["cost"])[-1] == sweep["cost"][-1]


def test_a_point_of_the_costs_can_be_measured():
    few = {"samples": {**scaling.SWEEPS["samples"], "points": [75, 2400]}}
    (sweep,) = scaling.measure(rounds=1, sweeps=few).values()
    assert sweep["cost"][0] < sweep["cost"][1]


def test_the_picture_of_the_costs_can_be_drawn():
    source = ROOT / "assets" / "make_cost.py"
    specification = importlib.util.spec_from_file_location("make_cost", source)
    make_cost = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(make_cost)
    figure = make_cost.draw(json.loads(scaling.COST.read_text()))
    assert len(figure.axes) == 3 and all(axes.get_xlabel() for axes in figure.axes)
    assert make_cost.PICTURE.exists()


def test_a_contestant_works_when_told_to():
    contestant = Contestant("package", core=None)
    try:
        contestant.wait_until_ready()
        contestant.calibrate("W1")
        assert contestant.units["W1"] >= 1 and contestant.seconds_per_unit("W1") > 0
    finally:
        contestant.stop()
