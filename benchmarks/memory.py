"""How much memory training takes at its peak, above what was there with the data loaded (Linux only).

`python -m benchmarks.memory benchmarks.package W4` prints megabytes, or "unknown".
"""

import importlib
import sys
from pathlib import Path

PROCESS = Path("/proc/self")


def now_and_peak():
    """Megabytes of this process, now and at its peak since the last `forget_peak`."""
    lines = (PROCESS / "status").read_text().splitlines()
    sizes = {line.split(":")[0]: line.split()[1] for line in lines if line.startswith("Vm")}
    return int(sizes["VmRSS"]) / 1024, int(sizes["VmHWM"]) / 1024


def forget_peak():
    (PROCESS / "clear_refs").write_text("5")


def peak_of_training(module, workload):
    contestant = importlib.import_module(module)
    contestant.start()
    contestant.make("W1")()(3)  # loads what is loaded only when it is needed
    prepare = contestant.make(workload)
    try:
        forget_peak()
        before, _ = now_and_peak()
    except OSError:
        return None
    prepare()(3)
    return now_and_peak()[1] - before


if __name__ == "__main__":
    peak = peak_of_training(*sys.argv[1:3])
    print("unknown" if peak is None else f"{peak:.1f}")
