"""How long imports take, and how soon a notebook's kernel is ready."""

import os
import statistics
import subprocess
import sys
import time

from benchmarks.race import ONE_THREAD, ROOT

STATEMENTS = {
    "numpy": "import numpy",
    "package": "import nnfs_helpers",
    "python": "pass",
}
FIRST_CELL = """
import time
import numpy as np
from nnfs_helpers import *
from nnfs_helpers import figures
from nnfs_helpers.explore import explore
print(time.process_time())
"""


def seconds_of(statement):
    """Processor time of a fresh Python that runs one statement; where that is not to be had, time by the clock."""
    start = time.perf_counter()
    command = [sys.executable, "-c", statement]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **ONE_THREAD})
    if not hasattr(os, "wait4"):
        process.wait()
        return time.perf_counter() - start
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return usage.ru_utime + usage.ru_stime


def measure(rounds):
    """Seconds of each statement, round by round."""
    for statement in STATEMENTS.values():
        seconds_of(statement)  # writes the compiled files, fills the caches
    return {
        name: list(times)
        for name, times in zip(
            STATEMENTS, zip(*[[seconds_of(statement) for statement in STATEMENTS.values()] for _ in range(rounds)])
        )
    }


def seconds_until_kernel_is_ready(rounds=3):
    """From the start of a kernel to the end of a notebook's first cell: by the clock, and the processor's; medians."""
    from jupyter_client.manager import start_new_kernel

    clock, processor = [], []
    for _ in range(rounds):
        start, printed = time.perf_counter(), []
        manager, client = start_new_kernel(cwd=str(ROOT), stderr=subprocess.DEVNULL)
        client.execute_interactive(FIRST_CELL, timeout=120, output_hook=printed.append)
        clock.append(time.perf_counter() - start)
        (text,) = [message["content"]["text"] for message in printed if message["header"]["msg_type"] == "stream"]
        processor.append(float(text))
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return {"clock": statistics.median(clock), "processor": statistics.median(processor)}
