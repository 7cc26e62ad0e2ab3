"""Three ten-sided dice thrown in the room, or three digits of a public lottery. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import normalize

DICE, SIDES = 3, 10
# One for each throw, so that each is as likely as any other.
TICKETS: int = SIDES**DICE


def read_dice(text: str) -> tuple[int, ...] | None:
    """Read 4,7,1 (also with 、 or blanks, or in full width); None if it is not three digits from
    0 to 9."""
    told = normalize("NFKC", text).replace("、", ",").replace(" ", ",").split(",")
    digits = [one for one in told if one]
    good = all(one.isascii() and one.isdecimal() and len(one) == 1 for one in digits)
    return tuple(map(int, digits)) if good and len(digits) == DICE else None


def ticket_number(dice: Sequence[int]) -> int:
    """Return the number of the ticket, 0 to 999: the dice are its digits in the order thrown."""
    number = 0
    for one in dice:
        number = SIDES * number + one
    return number


def drawn(plan: Mapping[str, Any], dice: Sequence[int]) -> dict[str, Any]:
    """Return what the dice picked, as it is read out and kept."""
    number = ticket_number(dice)
    people = list(plan["tickets"][number])
    return {
        "commitment": plan["commitment"],
        "dice": list(dice),
        "ticket": number,
        "people": people,
    }


def record_of(plan: Mapping[str, Any], dice: Sequence[int], at: str) -> dict[str, Any]:
    """Return what the dice picked, as it is kept: of what was promised from a moment on, also the
    moment they were thrown, as a plan writes moments."""
    return {**drawn(plan, dice), **({"at": at} if plan.get("due") else {})}
