"""PyTorch, eager, with the Adam that does all passes in one."""

from benchmarks import pytorch

pytorch.FUSED = True
start, make = pytorch.start, pytorch.make
