"""What each notebook costs: `python -m benchmarks.notebooks [notebooks ...]`.

Runs and compares the notebooks one after the other, as the tests do, and prints the seconds by the clock and the
processor time. Where others use the machine too, the processor time is the one to look at.
"""

import os
import sys
import time
from pathlib import Path

from tests.course.compare import compare
from tests.course.notebooks import existing


def processor_time():
    """Of all programs that were started and have ended, those that they started included."""
    times = os.times()
    return times.children_user + times.children_system


def main(paths):
    total = 0
    print(f"{'':46}{'clock':>9}{'processor':>12}")
    for path in paths or existing():
        clock, processor = time.perf_counter(), processor_time()
        faults, _ = compare(path)
        clock, processor = time.perf_counter() - clock, processor_time() - processor
        total += processor
        remark = "" if not faults else "   differs from what is stored"
        print(f"{Path(path).name:46}{clock:7.1f} s{processor:10.1f} s{remark}", flush=True)
    print(f"{'all':46}{'':9}{total:10.1f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
