"""At the end of a run: one line for each sample, of what it reached."""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Write what each sample that passed has reached, in their order."""
    passed = terminalreporter.stats.get("passed", [])
    told = (dict(report.user_properties).get("reached") for report in passed)
    if reached := sorted(str(line) for line in told if line):
        terminalreporter.section("what each sample reached")
        for line in reached:
            terminalreporter.write_line(line)
