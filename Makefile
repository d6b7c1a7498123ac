# make lab opens the course, make test proves it. Both build .venv the first time and need no network afterwards.

# The Python that .venv is made with is the first of these that will do. To choose: make lab PYTHON=/path/to/python
PYTHON ?=
PYTHONS = python3.14 python3.13 python3.12 python3.11 python3 python

LAB_ARGS ?=
TEST_ARGS ?=
BENCH_ARGS ?=

INSTALL = .venv/bin/python -m ensurepip >/dev/null && .venv/bin/python -m pip --disable-pip-version-check install
FAILED = echo "The installation stopped; the reason stands above. The same command again goes on from there." >&2

# An environment whose Python has gone (uninstalled, or replaced by a newer one) is made again.
$(shell .venv/bin/python --version >/dev/null 2>&1 || rm -rf .venv/bin/python .venv/installed*)

.PHONY: help lab test bench notebooks long-runs clean

help:
	@echo "make lab        open the course in JupyterLab       (LAB_ARGS='--port 9999' goes to JupyterLab)"
	@echo "make test       run every check there is            (TEST_ARGS='-k losses' goes to pytest)"
	@echo "make bench      measure how fast it is             (three minutes; BENCH_ARGS='--only W1' takes a part)"
	@echo "make notebooks  run the notebooks again and store their outputs in the agreed form"
	@echo "make long-runs  make the stored training runs again     (a quarter of an hour)"
	@echo "make clean      remove .venv and everything else that was made here"

lab: .venv/installed
	@.venv/bin/python -m nnfs_helpers $(LAB_ARGS)

# Last and alone what takes times in the browser: how soon a picture follows the slider.
test: .venv/installed-tests
	.venv/bin/python -m pytest -n 2 --dist loadgroup -m "not stopwatch" $(TEST_ARGS)
	.venv/bin/python -m pytest -m stopwatch $(TEST_ARGS)

bench: .venv/installed
	OPENBLAS_NUM_THREADS=1 .venv/bin/python -m benchmarks $(BENCH_ARGS)

notebooks: .venv/installed-tests
	.venv/bin/python -m tests.course.normalise

long-runs: .venv/installed
	OPENBLAS_NUM_THREADS=1 .venv/bin/python -m nnfs_helpers.long_runs

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
	find . -name .ipynb_checkpoints -prune -exec rm -rf {} +

# The last line of each recipe leaves a mark. An installation that was cut short has none and is taken up again.

.venv/installed: pyproject.toml | .venv/bin/python
	@echo "Installing what the notebooks need into .venv (once; a minute or two)"
	@$(INSTALL) --editable . || { $(FAILED); exit 1; }
	@touch $@

.venv/installed-tests: .venv/installed
	@echo "Installing what the tests need into .venv (once)"
	@$(INSTALL) --editable ".[tests]" || { $(FAILED); exit 1; }
	@touch $@

.venv/bin/python:
	@recent=; \
	for python in $(if $(PYTHON),"$(PYTHON)",$(PYTHONS)); do \
	    "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	    recent="$$python"; \
	    "$$python" -c 'import ensurepip, venv' 2>/dev/null || continue; \
	    echo "Making .venv with $$("$$python" --version)"; \
	    exec "$$python" -m venv --clear --without-pip .venv; \
	done; \
	if [ -n "$$recent" ]; then \
	    echo "$$recent was found, but its venv module, which makes environments, is not complete." >&2; \
	    echo "On Debian and Ubuntu install it with: sudo apt install python3-venv" >&2; \
	else \
	    echo "This course needs Python 3.11 or newer. Looked for: $(if $(PYTHON),$(PYTHON),$(PYTHONS))" >&2; \
	    echo "Get it from https://www.python.org/downloads/ (Debian and Ubuntu: sudo apt install python3 python3-venv)," >&2; \
	    echo "or name the one you have: make lab PYTHON=/path/to/python" >&2; \
	fi; \
	exit 1
