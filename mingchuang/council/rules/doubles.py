"""Who may stand on a register twice, and which homes a lottery takes for one. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from mingchuang.council.rules.register import household_typed


class Like(StrEnum):
    """By what several look like one person."""

    PHONE = "phone"
    NAME = "name"


class Standing(NamedTuple):
    """Somebody as they stand on a register; an empty name or phone is like no other."""

    number: int
    home: str
    name: str
    phone: str


class Double(NamedTuple):
    """The numbers of who may be one person, the smallest first."""

    numbers: tuple[int, ...]
    like: Like


def doubles_among(people: Iterable[Standing]) -> Sequence[Double]:
    """Return who left the same phone, and who has the same name in the same home without that."""
    alike: dict[tuple[Like, str, str], list[int]] = defaultdict(list)
    for one in sorted(people):
        if one.phone:
            alike[Like.PHONE, one.phone, ""].append(one.number)
        if one.name:
            alike[Like.NAME, one.home, household_typed(one.name)].append(one.number)
    found = {tuple(numbers): like for (like, *_of), numbers in reversed(alike.items())}
    return sorted(Double(numbers, like) for numbers, like in found.items() if len(numbers) > 1)


def homes_joined(people: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return for each home the one it counts as: those of who left the same phone are one. Told are
    a home and a phone for each, which is empty where it joins nothing."""
    counts_as: dict[str, str] = {}
    with_phone: dict[str, str] = {}
    for home, phone in people:
        counts_as.setdefault(home, home)
        if phone:
            first = _end(counts_as, with_phone.setdefault(phone, home))
            counts_as[_end(counts_as, home)] = first
    return {home: _end(counts_as, home) for home in counts_as}


def _end(counts_as: Mapping[str, str], home: str) -> str:
    while counts_as[home] != home:
        home = counts_as[home]
    return home
