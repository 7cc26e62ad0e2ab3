"""Counts what pytest reports say: how many passed, how many failed, what was not run and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree


@dataclass
class Tally:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    pure: int = 0
    reasons: dict[str, list[str]] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"

    def add(self, run: str, report: Path) -> None:
        """Add one JUnit report; a run that left none counts as one failure."""
        if not report.exists():
            self.failed += 1
            return
        for case in _cases(report):
            self.pure += case.find("properties/property[@name='pure']") is not None
            outcomes = {child.tag for child in case}
            if outcomes & {"failure", "error"}:
                self.failed += 1
            elif "skipped" in outcomes:
                self._skip(run, case)
            else:
                self.passed += 1

    def lines(self) -> list[str]:
        """Say what was skipped, grouped by reason."""
        return [
            line
            for reason, names in sorted(self.reasons.items())
            for line in (f"  {reason}", *(f"      {name}" for name in names))
        ]

    def _skip(self, run: str, case: ElementTree.Element) -> None:
        self.skipped += 1
        told = case.find("skipped")
        reason = "" if told is None else told.get("message", "")
        name = f"{case.get('classname')}::{case.get('name')} ({run})"
        self.reasons.setdefault(reason or "no reason given", []).append(name)


def _cases(report: Path) -> Iterable[ElementTree.Element]:
    """Return each test once: one that fails and then also fails to tidy up is written twice."""
    cases: dict[tuple[str | None, str | None], ElementTree.Element] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        key = case.get("classname"), case.get("name")
        cases.setdefault(key, case).extend(list(case) if key in cases else [])
    return cases.values()
