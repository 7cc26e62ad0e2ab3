"""Who is affected by a topic: how, what features a lottery may ask for, which camp. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum

# The letters a topic's number begins with: YS-2026-0001.
SERIES = "YS"
LONGEST_SERIAL = 12
LONGEST_BUILDING = 20


class Affected(StrEnum):
    DIRECT = "direct"
    NEAR = "near"
    INTERESTED = "interested"


class Camp(StrEnum):
    SUPPORT = "support"
    OPPOSE = "oppose"
    UNDECIDED = "undecided"


class Proof(StrEnum):
    """How a camp is known. Staff set none: they write down a paper, or refer to an objection."""

    LINK = "link"
    PAPER = "paper"
    OBJECTION = "objection"


# The kinds of cases in which somebody can have said that they are against.
SAID_AGAINST = frozenset({"complaint", "suggestion"})


class Why(StrEnum):
    """Why somebody has a seat: directly affected, drawn, or drawn for a seat that was lost."""

    MUST = "must"
    DRAWN = "drawn"
    REFILL = "refill"


class SeatState(StrEnum):
    DRAWN = "drawn"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LOST = "lost"


# Whoever has a seat in one of these counts as one of the roster.
HELD = frozenset({SeatState.DRAWN, SeatState.ACCEPTED})

# What a lottery may balance: categories people name themselves, never a diagnosis.
FEATURES: Mapping[str, tuple[str, ...]] = {
    "age": ("18-34", "35-54", "55-69", "70+"),
    "tenure": ("owner", "tenant"),
    "mobility": ("full", "limited"),
}
# Where one lives becomes a quota that everybody reads: a number and what is counted, no free text.
BUILDING = "building"
A_BUILDING = re.compile("(?:[A-Z]?[0-9]{1,3}|[A-Z])(?:幢|栋|座|号楼|号|楼)?")


def known_features(given: Mapping[str, str]) -> dict[str, str]:
    """Return what of this a lottery may ask for; what is unknown or empty is left out."""
    found = {name: value for name, value in given.items() if value in FEATURES.get(name, ())}
    if building := building_typed(given.get(BUILDING, "")):
        found[BUILDING] = building
    return found


def building_typed(text: str) -> str:
    """Return a building as it is compared: ３ 幢 is 3幢; nothing of what is not a building."""
    plain = household_typed(text)
    return plain if A_BUILDING.fullmatch(plain) else ""


def household_typed(text: str) -> str:
    """Return names and addresses without width, case and blanks: 3幢 201 and ３幢201 are one."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(letter for letter in plain if not letter.isspace())


def number_parts(text: str) -> tuple[str, int] | None:
    """Return series and serial of a topic's number; None of what cannot be one."""
    series, _, serial = unicodedata.normalize("NFKC", text).strip().upper().rpartition("-")
    good = serial.isdecimal() and len(serial) <= LONGEST_SERIAL
    return (series, int(serial)) if good else None
