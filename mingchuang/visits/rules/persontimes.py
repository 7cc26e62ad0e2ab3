"""Person-times (人次): how many were accompanied, beside how many asked. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import TypeVar

K = TypeVar("K")


@dataclass(frozen=True)
class PersonTimes:
    """Each person counts once for each assistance. `asked` is the sum of the others."""

    done: int = 0
    cancelled: int = 0
    missed: int = 0
    lapsed: int = 0
    open: int = 0

    @property
    def asked(self) -> int:
        return sum(getattr(self, field.name) for field in fields(self))

    def __add__(self, other: "PersonTimes") -> "PersonTimes":
        names = [field.name for field in fields(self)]
        return PersonTimes(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True)
class Cell:
    """What was counted of one site, category, kind of need and month."""

    site: int
    category: str
    need: str
    month: int
    times: PersonTimes


def summed(cells: Iterable[Cell], by: Callable[[Cell], K]) -> Mapping[K, PersonTimes]:
    """Return the sums of the cells that are alike in this respect."""
    sums: dict[K, PersonTimes] = {}
    for cell in cells:
        sums[by(cell)] = sums.get(by(cell), PersonTimes()) + cell.times
    return sums


def total(cells: Iterable[Cell]) -> PersonTimes:
    return sum((cell.times for cell in cells), PersonTimes())
