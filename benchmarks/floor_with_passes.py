"""The floor, with one pass for each elementwise step that cannot be left out."""

from benchmarks import floor

floor.PASSES = True
start, make = floor.start, floor.make
