"""The race: all contestants are live at once, and work by turns in short chunks, so that what disturbs one
disturbs all. What counts is the ratio of two times of the same round.
"""

import importlib.util
import json
import os
import random
import subprocess
import sys
from pathlib import Path

from benchmarks.workloads import WORKLOADS

ROOT = Path(__file__).resolve().parent.parent
CONTESTANTS = ("package", "published", "pytorch", "pytorch_fused", "floor", "floor_with_passes")
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
CHUNK = 0.015  # seconds


class Contestant:
    """A process of its own, held on one core where the system can do that."""

    def __init__(self, name, core):
        self.name = name
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.contestant", f"benchmarks.{name}" if "." not in name else name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, **ONE_THREAD},
        )
        if core is not None:
            os.sched_setaffinity(self.process.pid, {core})
        self.units = {}

    def wait_until_ready(self):
        self.answer()

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"The contestant {self.name} stopped; its error stands above.")
        return json.loads(line)

    def work(self, workload, units):
        self.process.stdin.write(json.dumps({"workload": workload, "units": units}) + "\n")
        self.process.stdin.flush()
        return self.answer()["seconds"]

    def calibrate(self, workload):
        """Finds how many units make a chunk."""
        self.work(workload, 1)
        units = 1
        while (seconds := self.work(workload, units)) < CHUNK / 3:
            units *= 4
        self.units[workload] = max(1, round(units * CHUNK / seconds))

    def seconds_per_unit(self, workload):
        return self.work(workload, self.units[workload]) / self.units[workload]

    def stop(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


def contestants_at_hand():
    there_is_torch = importlib.util.find_spec("torch") is not None
    return [name for name in CONTESTANTS if there_is_torch or not name.startswith("pytorch")]


def race(rounds, workloads=tuple(WORKLOADS), names=None, say=lambda words: None):
    """Returns for each workload and contestant the seconds per unit of every round."""
    names = names or contestants_at_hand()
    core = max(os.sched_getaffinity(0)) if hasattr(os, "sched_setaffinity") else None
    contestants = []
    try:
        contestants += [Contestant(name, core) for name in names]
        for contestant in contestants:
            contestant.wait_until_ready()
        say("finding out how much work makes a chunk")
        for workload in workloads:
            for contestant in contestants:
                contestant.calibrate(workload)
        times = {workload: {name: [] for name in names} for workload in workloads}
        order = random.Random(0)
        for number in range(rounds):
            say(f"round {number + 1} of {rounds}")
            for workload in workloads:
                for contestant in order.sample(contestants, len(contestants)):
                    times[workload][contestant.name].append(contestant.seconds_per_unit(workload))
    finally:
        for contestant in contestants:
            contestant.stop()
    return times
