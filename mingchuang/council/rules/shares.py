"""Who pays what (费用分摊), to the cent. Pure.

Each household's weight is 1, its area, the coefficient of its floor, or what the matter is worth
to it; an exemption takes a part of the weight away, so that the others carry what it would have
paid and the sum is the total. Shares are rounded down to the cent, and the cents that are left go
one by one to the largest remainders (Hamilton's method); of equal remainders the first in the
register gets it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple, TypeAlias

Exact: TypeAlias = int | Decimal | Fraction
# A coefficient for each floor from which on it counts: {1: 0, 2: 0.5, 3: 1}.
Floors: TypeAlias = Mapping[int, Decimal]


# Digits as a Chinese keyboard types them.
WIDE = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


class Basis(StrEnum):
    EQUAL = "equal"
    AREA = "area"
    FLOOR = "floor"
    BENEFIT = "benefit"


class Sharer(NamedTuple):
    """One household that the cost concerns, in the order of the register."""

    area: int
    floor: int = 1
    benefit: Decimal = Decimal(1)
    # In hundredths: 100 pays nothing, 50 pays half.
    exempt: int = 0


def coefficient(floor: int, floors: Floors) -> Decimal:
    """Return the coefficient of the highest step at or below a floor; nothing below the first."""
    below = [step for step in floors if step <= floor]
    return floors[max(below)] if below else Decimal(0)


def weight(one: Sharer, basis: Basis, floors: Floors) -> Fraction:
    """Return how much a household carries, before it is set against the others."""
    whole: Mapping[Basis, Exact] = {
        Basis.EQUAL: 1,
        Basis.AREA: one.area,
        Basis.FLOOR: coefficient(one.floor, floors),
        Basis.BENEFIT: one.benefit,
    }
    return Fraction(whole[basis]) * (100 - one.exempt) / 100


def shares(
    total: int, sharers: Iterable[Sharer], basis: Basis, *, floors: Floors | None = None
) -> list[int]:
    """Return what each pays in cents, in the order given; the sum is the total.

    Nothing at all where nobody carries anything: then the cost cannot be shared so.
    """
    return divided(total, [weight(one, basis, floors or {}) for one in sharers])


def divided(total: int, weights: Sequence[Exact]) -> list[int]:
    """Divide whole cents by weights that are not negative, by the largest remainders."""
    exact = [Fraction(one) for one in weights]
    whole = sum(exact, Fraction(0))
    if not whole:
        return []
    due = [total * one / whole for one in exact]
    cents = [one.__floor__() for one in due]
    left = total - sum(cents)
    # Sorting is stable: of equal remainders the first of the register comes first.
    order = sorted(range(len(due)), key=lambda i: cents[i] - due[i])
    for i in order[:left]:
        cents[i] += 1
    return cents


def yuan(cents: int) -> str:
    """Return an amount as it is written: 1234567 is 12,345.67."""
    sign, rest = ("-", -cents) if cents < 0 else ("", cents)
    return f"{sign}{rest // 100:,}.{rest % 100:02d}"


def cents_of(text: str) -> int | None:
    """Return an amount somebody wrote in yuan as cents; None of what is none."""
    return hundredths(text.replace("¥", "").replace("￥", "").removesuffix("元"))


def hundredths(text: str) -> int | None:
    """Return a number of at most two decimals as hundredths, in digits of whatever width; None of
    anything else."""
    plain = "".join(text.translate(WIDE).split()).replace(",", "")
    whole, _, part = plain.partition(".")
    good = whole.isascii() and whole.isdecimal() and len(whole) <= 12
    if not good or (part and not (part.isascii() and part.isdecimal())):
        return None
    if len(part.rstrip("0")) > 2:
        return None
    return int(whole) * 100 + int((part + "00")[:2])


def coefficients_typed(text: str) -> dict[int, int] | None:
    """Return what somebody typed line by line, floor and coefficient, in hundredths by floor;
    None of what cannot be read."""
    found: dict[int, int] = {}
    for line in filter(str.strip, re.split(r"[\n;；]", text)):
        floor, *rest = re.split(r"[,，:：]", line)
        value = hundredths(rest[0]) if len(rest) == 1 else None
        if value is None or not re.fullmatch(r"\s*-?\d{1,3}\s*", floor, re.ASCII):
            return None
        found[int(floor)] = value
    return found
