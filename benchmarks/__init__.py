"""How fast the package is: ratios from one run, against the book's arithmetic, PyTorch, and the bare products.

`make bench` runs it all; `python -m benchmarks --help` says what can be chosen.
"""
