"""Who may do what to a case: roles at the unit that took it in, leads it, or assists."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mingchuang.people.rules.roles import Role, Scope


class Duty(StrEnum):
    READ = "read"
    RECEIVE = "receive"
    DISPATCH = "dispatch"
    COORDINATE = "coordinate"
    HANDLE = "handle"
    ASSIGN = "assign"
    NOTE = "note"
    DECIDE = "decide"
    EXCLUDE = "exclude"
    RESUME = "resume"
    REMIND = "remind"
    SUPERVISE = "supervise"
    CALL_BACK = "call_back"
    REVEAL = "reveal"
    PRIVACY = "privacy"


@dataclass(frozen=True)
class Seats:
    """Roles that carry a duty, by the tie between their unit and the case."""

    intake: frozenset[Role] = frozenset()
    lead: frozenset[Role] = frozenset()
    assist: frozenset[Role] = frozenset()
    anywhere: frozenset[Role] = frozenset()


def _roles(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


SEATS: Mapping[Duty, Seats] = {
    Duty.READ: Seats(
        intake=_roles(Role.RECEPTION, Role.DISPATCHER, Role.CALLBACK, Role.SUPERVISOR),
        lead=_roles(Role.HANDLER, Role.SUPERVISOR, Role.CONVENOR),
        assist=_roles(Role.HANDLER),
        anywhere=_roles(Role.AUDITOR),
    ),
    Duty.RECEIVE: Seats(intake=_roles(Role.RECEPTION, Role.DISPATCHER)),
    Duty.DISPATCH: Seats(intake=_roles(Role.DISPATCHER)),
    # Whose it is, where two units have said “not ours”: above whoever dispatched it.
    Duty.COORDINATE: Seats(intake=_roles(Role.SUPERVISOR)),
    Duty.HANDLE: Seats(lead=_roles(Role.HANDLER)),
    Duty.ASSIGN: Seats(lead=_roles(Role.HANDLER, Role.SUPERVISOR)),
    Duty.NOTE: Seats(
        intake=_roles(Role.RECEPTION, Role.DISPATCHER, Role.CALLBACK, Role.SUPERVISOR),
        lead=_roles(Role.HANDLER, Role.SUPERVISOR),
        assist=_roles(Role.HANDLER),
    ),
    Duty.DECIDE: Seats(
        intake=_roles(Role.DISPATCHER, Role.SUPERVISOR), lead=_roles(Role.SUPERVISOR)
    ),
    # What is left out of the figures is decided where the word came in, not by whom it measures.
    Duty.EXCLUDE: Seats(intake=_roles(Role.DISPATCHER, Role.SUPERVISOR)),
    Duty.RESUME: Seats(
        intake=_roles(Role.DISPATCHER, Role.SUPERVISOR),
        lead=_roles(Role.HANDLER, Role.SUPERVISOR),
    ),
    Duty.REMIND: Seats(intake=_roles(Role.DISPATCHER, Role.SUPERVISOR)),
    Duty.SUPERVISE: Seats(intake=_roles(Role.SUPERVISOR)),
    Duty.CALL_BACK: Seats(intake=_roles(Role.CALLBACK)),
    Duty.REVEAL: Seats(
        intake=_roles(Role.DISPATCHER, Role.CALLBACK, Role.SUPERVISOR),
        lead=_roles(Role.HANDLER),
    ),
    Duty.PRIVACY: Seats(intake=_roles(Role.DISPATCHER, Role.SUPERVISOR)),
}
# A confidential requester is known only where the submission was taken in (promise P6).
CONFIDENTIAL = Seats(intake=SEATS[Duty.REVEAL].intake)


def is_seated_everywhere(scope: Scope, seats: Seats) -> bool:
    """Say whether this scope holds one of these seats on every case there is."""
    return scope.holds(*seats.anywhere) or bool(seats.intake & scope.everywhere)
