"""Who deals with ratings: the office that reviews them, and the one they are about.

Whoever sits in the rated office is kept from the ratings of it, whatever else they hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mingchuang.people.rules.roles import Role, Scope
from mingchuang.reviews.rules.life import Deed


class Duty(StrEnum):
    READ = "read"
    VERIFY = "verify"
    DECIDE = "decide"
    ANSWER = "answer"


REVIEWERS: Mapping[Duty, tuple[Role, ...]] = {
    Duty.READ: (Role.CALLBACK, Role.SUPERVISOR, Role.AUDITOR),
    Duty.VERIFY: (Role.CALLBACK,),
    Duty.DECIDE: (Role.SUPERVISOR,),
}
# Which duty carries which deed.
DUTIES: Mapping[Deed, Duty] = {
    Deed.CALL: Duty.VERIFY,
    Deed.FIND: Duty.VERIFY,
    Deed.AGREE: Duty.ANSWER,
    Deed.CONTEST: Duty.ANSWER,
    Deed.DECIDE: Duty.DECIDE,
    Deed.HAND_OVER: Duty.VERIFY,
    Deed.CLOSE: Duty.VERIFY,
}
# Who serves people, and who answers for those who do.
SERVES = frozenset({Role.RECEPTION, Role.HANDLER})
ANSWERS = (Role.RECEPTION, Role.HANDLER, Role.SUPERVISOR)


@dataclass(frozen=True)
class Offices:
    """Units by what one person may do there about ratings of them."""

    of: Mapping[Duty, frozenset[int]]

    def may(self, duty: Duty, unit: int) -> bool:
        return unit in self.of[duty]

    @property
    def reviewed(self) -> frozenset[int]:
        return self.of[Duty.READ]

    @property
    def answered(self) -> frozenset[int]:
        return self.of[Duty.ANSWER]


def offices_of(scope: Scope, above: Mapping[int, int | None]) -> Offices:
    """Return where a person reviews and where they are the rated; `above` names each unit's
    parent, None at the top."""
    seats = _seats(scope, above)
    reviews = {duty: scope.units(*roles) - seats for duty, roles in REVIEWERS.items()}
    return Offices({**reviews, Duty.ANSWER: scope.units(*ANSWERS) & seats})


def _seats(scope: Scope, above: Mapping[int, int | None]) -> frozenset[int]:
    """Return the units in which a person sits: a handler wherever they handle, others where their
    post is. A post above a unit is no post in it; at the top sits who serves people there."""
    return frozenset(
        unit
        for role, units in scope.places.items()
        for unit in units
        if role == Role.HANDLER or _is_seat(role, above.get(unit), units)
    )


def _is_seat(role: Role, parent: int | None, units: frozenset[int]) -> bool:
    return role in SERVES if parent is None else parent not in units
