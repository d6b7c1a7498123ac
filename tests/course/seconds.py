"""At the end of a test run: how many seconds each notebook took."""


def pytest_terminal_summary(terminalreporter):
    """A table from the tests that recorded the property "notebook seconds"."""
    rows = [value for reports in terminalreporter.stats.values() for report in reports
            for name, value in getattr(report, "user_properties", []) if name == "notebook seconds"
            and getattr(report, "when", None) == "call"]
    if rows:
        terminalreporter.section("seconds per notebook")
        for what, notebook, seconds in sorted(rows):
            terminalreporter.write_line(f"{seconds:7.1f} s  {what}  {notebook}")
