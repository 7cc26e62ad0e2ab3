"""What a bench is asked for, and what it brings back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from mingchuang.outward.measuring.results import Row


def _silence(_words: str) -> None:
    """Nobody listens."""


@dataclass(frozen=True)
class Asked:
    """How much to measure: `many` and `few` cases, `rounds` of what is repeated, `seconds` of load.

    `tell` says on the screen what is being done, because some of it takes minutes.
    """

    at: datetime
    many: int = 1_000_000
    few: int = 10_000
    rounds: int = 200
    seconds: float = 20.0
    workers: int = 2
    file: Path | None = None
    tell: Callable[[str], None] = _silence


@dataclass(frozen=True)
class Found:
    """What a bench brings back: its rows, the versions of its peers, what must be known."""

    rows: Sequence[Row]
    versions: dict[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()
