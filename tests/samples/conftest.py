"""The clock of the stories, and at the end of a run one line for each, of what it reached."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.samples.doors import HouseClock


@pytest.fixture(autouse=True)
def _time_may_go_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HouseClock, "ahead", timedelta())
    monkeypatch.setattr(timezone, "datetime", HouseClock)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Write what each sample that passed has reached, in their order."""
    passed = terminalreporter.stats.get("passed", [])
    told = (dict(report.user_properties).get("reached") for report in passed)
    if reached := sorted(str(line) for line in told if line):
        terminalreporter.section("what each sample reached")
        for line in reached:
            terminalreporter.write_line(line)
