"""What a bench finds: rows of us and the peer, in one shape for the screen, JSON and the page."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Goal:
    """What must hold: `of` is the column it speaks of, ours or the ratio."""

    of: str
    least: float | None = None
    most: float | None = None

    def __str__(self) -> str:
        sign, bound = ("≤", self.most) if self.least is None else ("≥", self.least)
        return f"{sign} {figure(bound)}{' ×' if self.of == 'ratio' else ''}"

    def holds(self, value: float) -> bool:
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )


def ours_at_least(bound: float) -> Goal:
    return Goal("ours", least=bound)


def ours_at_most(bound: float) -> Goal:
    return Goal("ours", most=bound)


def ratio_at_least(bound: float) -> Goal:
    return Goal("ratio", least=bound)


def ratio_at_most(bound: float) -> Goal:
    return Goal("ratio", most=bound)


@dataclass(frozen=True)
class Row:
    """One thing that was measured, in plain words, with its unit (ms, /s, statements …).

    `ratio` is computed by the bench, which knows whether more or less is better: of two times
    `peer / ours` says how many times as fast we are, `ours / peer` how many times as long we take.
    A peer that was `stopped` takes longer than its figure says, and the ratio is larger.
    """

    what: str
    ours: float
    unit: str
    peer: float | None = None
    peer_name: str = ""
    ratio: float | None = None
    goal: Goal | None = None
    stopped: bool = False

    @property
    def holds(self) -> bool | None:
        """Whether the goal is met; None where none was set."""
        if self.goal is None:
            return None
        value = self.ours if self.goal.of == "ours" else self.ratio
        return value is not None and self.goal.holds(value)

    def as_json(self) -> dict[str, Any]:
        told = str(self.goal) if self.goal else ""
        return {**asdict(self), "goal": told, "holds": self.holds}


@dataclass(frozen=True)
class Result:
    """One bench that was run: what it found, when, on which machine and which versions.

    `database` is empty where none is asked. `notes` say what a reader of the figures must know.
    """

    name: str
    rows: Sequence[Row]
    date: str
    seconds: float
    database: str = ""
    machine: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()

    @property
    def holds(self) -> bool:
        return all(row.holds is not False for row in self.rows)

    def as_json(self) -> dict[str, Any]:
        rows = [row.as_json() for row in self.rows]
        return {**asdict(self), "rows": rows, "holds": self.holds}


def figure(value: float | None) -> str:
    """Write a number as a person reads it: three digits that count, thousands apart."""
    if value is None:
        return ""
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3g}"
