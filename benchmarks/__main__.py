"""`make bench`: the race, memory and imports; prints ratios, and writes them with all times as JSON."""

import argparse
import importlib.util
import json
import os
import platform
import statistics
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from benchmarks import imports
from benchmarks.race import CONTESTANTS, ROOT, contestants_at_hand, race
from benchmarks.workloads import WORKLOADS

RESULTS = ROOT / "build" / "bench.json"
OTHERS = CONTESTANTS[1:]
HEADS = {
    "published": "book",
    "pytorch": "PyTorch",
    "pytorch_fused": "PyTorch fused",
    "floor": "floor",
    "floor_with_passes": "with passes",
}
TOO_WIDE = 0.15  # quartiles further than this from the median: something disturbed the race
TOO_BUSY = 0.5  # programs that waited for a processor before the race began


def say(words):
    """One line that the next one overwrites, if somebody is watching."""
    if sys.stderr.isatty():
        print(f"\r{words:60}", end="", file=sys.stderr, flush=True)


def load():
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


def summary(values):
    lower, middle, upper = statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    return {"median": middle, "lower_quartile": lower, "upper_quartile": upper}


def ratios(times):
    """For each other contestant: its time over the package's, of the same round."""
    package = times["package"]
    return {name: summary([other / own for own, other in zip(package, times[name])]) for name in times}


def processor():
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def versions():
    found = {"python": platform.python_version()}
    for name in ("numpy", "torch"):
        if importlib.util.find_spec(name) is not None:
            found[name] = version(name)
    return found


def memory():
    """Megabytes above the loaded data, for each contestant that trains."""
    table = {}
    for workload in ("W2", "W2 parts", "W4"):
        for name in ("package", "published", *[name for name in contestants_at_hand() if name == "pytorch"]):
            command = [sys.executable, "-m", "benchmarks.memory", f"benchmarks.{name}", workload]
            answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
            table.setdefault(workload, {})[name] = None if answer == "unknown" else float(answer)
    return table


def run(rounds, workloads, with_the_rest=True):
    """Everything that is measured, as it is written to the file."""
    result = {"versions": versions(), "processor": processor(), "cores": os.cpu_count(), "threads": 1}
    result |= {"load_before": load(), "rounds": rounds, "workloads": {}}
    for name, times in race(rounds, workloads, say=say).items():
        workload = WORKLOADS[name]
        result["workloads"][name] = {
            "title": workload.title,
            "unit": workload.unit,
            "ratios": ratios(times),
            "seconds_per_unit": times,
        }
    result["load_after"] = load()
    if with_the_rest:
        say("memory and imports")
        times = imports.measure(max(3, rounds // 3))
        result["memory_in_megabytes"] = memory()
        result["imports"] = {
            "package_over_numpy": summary([own / numpy for own, numpy in zip(times["package"], times["numpy"])]),
            "seconds": times,
        }
        result["seconds_until_kernel_is_ready"] = imports.seconds_until_kernel_is_ready()
    say("")
    return result


# ------------------------------------------------------------------------------------------------- the table


def cell(ratio):
    """3.1 [2.9-3.3]: median and quartiles. Ratios against the floor are turned round by the caller."""
    digits = 0 if ratio["median"] >= 20 else 2
    return f"{ratio['median']:.{digits}f} [{ratio['lower_quartile']:.{digits}f}-{ratio['upper_quartile']:.{digits}f}]"


def turned_round(ratio):
    return {
        "median": 1 / ratio["median"],
        "lower_quartile": 1 / ratio["upper_quartile"],
        "upper_quartile": 1 / ratio["lower_quartile"],
    }


def table(result):
    """The lines that are printed: how many times the package's time the others take, and it the floor's."""
    names = [name for name in OTHERS if name in next(iter(result["workloads"].values()))["ratios"]]
    yield "Processor time of the others over the package's (above 1 the package is faster);"
    yield "for the floor the package's over the floor's. Medians and quartiles of the ratios of each round."
    yield ""
    yield " ".join([f"{'':46}", *(f"{HEADS[name]:>18}" for name in names)])
    for name, entry in result["workloads"].items():
        cells = []
        for other in names:
            ratio = entry["ratios"][other]
            cells.append(cell(turned_round(ratio) if other.startswith("floor") else ratio))
        if name.startswith("W6"):  # there is no product in it: the floor says nothing
            cells = ["-" if other.startswith("floor") else words for other, words in zip(names, cells)]
        yield " ".join([f"{name + ' ' + entry['title']:46.46}", *(f"{words:>18}" for words in cells)])
    yield ""
    if "imports" in result:
        yield f"Import: {cell(result['imports']['package_over_numpy'])} times as long as NumPy's own."
        for workload, sizes in result["memory_in_megabytes"].items():
            words = ", ".join(f"{name} {size}" for name, size in sizes.items() if size is not None)
            yield f"Memory of {workload} at its peak, above the loaded data, in MB: {words or 'not known here'}"
        ready = result["seconds_until_kernel_is_ready"]
        yield (
            f"A kernel has run a notebook's first cell after {ready['clock']:.1f} s by the clock, "
            f"{ready['processor']:.1f} s of the processor."
        )
    system = ", ".join(f"{name} {number}" for name, number in result["versions"].items())
    yield f"{result['processor']}, {result['cores']} cores, 1 thread; {system}; {result['rounds']} rounds"
    yield from warnings(result)


def warnings(result):
    if result["load_before"] is not None and result["load_before"] > TOO_BUSY:
        yield f"WARNING: the machine was busy (load {result['load_before']:.1f}). Trust the medians, not single digits."
    for name, entry in result["workloads"].items():
        for other, ratio in entry["ratios"].items():
            spread = max(ratio["upper_quartile"], 1e-12) / max(ratio["lower_quartile"], 1e-12) - 1
            if spread > 2 * TOO_WIDE:
                yield f"WARNING: {name} against {HEADS.get(other, other)} is uncertain: quartiles {spread:.0%} apart."


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=40, help="how often each contestant has its turn (40)")
    parser.add_argument("--only", nargs="+", choices=list(WORKLOADS), metavar="WORKLOAD", help="some workloads only")
    parser.add_argument("--output", type=Path, default=RESULTS, help="the file with all numbers")
    choices = parser.parse_args()
    result = run(choices.rounds, choices.only or list(WORKLOADS), with_the_rest=not choices.only)
    print("\n".join(table(result)))
    choices.output.parent.mkdir(parents=True, exist_ok=True)
    choices.output.write_text(json.dumps(result, indent=1) + "\n")
    print("All times:", choices.output)


if __name__ == "__main__":
    main()
