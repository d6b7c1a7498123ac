"""A contestant: a process of its own that waits for work, does it, and says how much processor time it took.

`python -m benchmarks.contestant MODULE`, then a line of JSON for each request: {"workload": "W1", "units": 20}.
Each request starts afresh, so the numbers that are worked on are always the same ones, and no run goes on so
long that its smallest numbers slow the processor down (denormal numbers; chapter 10).
"""

import importlib
import json
import sys
import time


def main(module):
    contestant = importlib.import_module(module)
    contestant.start()
    starters = {}
    print(json.dumps({"ready": module}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        workload = request["workload"]
        if workload not in starters:
            starters[workload] = contestant.make(workload)
        run = starters[workload]()
        run(1)  # fills the caches, and makes the optimizer's memory
        start = time.process_time()
        run(request["units"])
        print(json.dumps({"seconds": time.process_time() - start}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
