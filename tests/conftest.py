"""What all tests share."""

import os

import pytest

# Two test processes on two cores: one thread each, or they wait for one another. Set before NumPy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# The table of seconds per notebook at the end of a run.
pytest_plugins = ["tests.course.seconds"]

SUCCESS = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)


def pytest_addoption(parser):
    parser.addoption("--no-skips", action="store_true", help="fail when a test was skipped")


def skipped_tests(config):
    """The reports of the tests that were skipped, where --no-skips forbids it."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not config.getoption("--no-skips"):
        return []
    return reporter.stats.get("skipped", [])


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session):
    # `make test` runs pytest twice, and what TEST_ARGS chooses may lie in one half only.
    if session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
        session.exitstatus = pytest.ExitCode.OK
    if skipped_tests(session.config) and session.exitstatus in SUCCESS:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    skipped = skipped_tests(config)
    if skipped:
        line = f"FAILED: {len(skipped)} skipped, and --no-skips allows none."
        terminalreporter.write_line(line, red=True)
