"""Who may do what. A post joins a person, a unit and a role; the role decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    RECEPTION = "reception"
    DISPATCHER = "dispatcher"
    HANDLER = "handler"
    CALLBACK = "callback"
    SUPERVISOR = "supervisor"
    CONVENOR = "convenor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class May(StrEnum):
    READ = "read"
    TAKE_IN = "take_in"
    DISPATCH = "dispatch"
    REDACT = "redact"
    HANDLE = "handle"
    CALL_BACK = "call_back"
    SUPERVISE = "supervise"
    CONVENE = "convene"
    REVEAL = "reveal"
    SEE_NEEDS = "see_needs"
    MANAGE = "manage"


# The auditor reads all and writes nothing, not even the entry of a reveal; the administrator
# keeps the house but reads no case. A vulnerability is health-like: few may see its category.
MAY: dict[Role, frozenset[May]] = {
    Role.RECEPTION: frozenset({May.READ, May.TAKE_IN, May.SEE_NEEDS}),
    Role.DISPATCHER: frozenset(
        {May.READ, May.TAKE_IN, May.DISPATCH, May.REDACT, May.REVEAL, May.SEE_NEEDS}
    ),
    Role.HANDLER: frozenset({May.READ, May.HANDLE, May.REVEAL}),
    Role.CALLBACK: frozenset({May.READ, May.CALL_BACK, May.REVEAL}),
    Role.SUPERVISOR: frozenset({May.READ, May.SUPERVISE, May.REVEAL, May.SEE_NEEDS}),
    Role.CONVENOR: frozenset({May.READ, May.CONVENE}),
    Role.AUDITOR: frozenset({May.READ}),
    Role.ADMINISTRATOR: frozenset({May.MANAGE}),
}


@dataclass(frozen=True)
class Scope:
    """Where one person holds which role now: ids of units, each post with its whole subtree.

    `everywhere` are the roles held at the top of the tree: there is no unit without them.
    """

    places: Mapping[Role, frozenset[int]] = field(default_factory=dict, hash=False)
    everywhere: frozenset[Role] = frozenset()

    def holds(self, *roles: Role) -> bool:
        return any(role in self.places for role in roles)

    def units(self, *roles: Role) -> frozenset[int]:
        return frozenset().union(*(self.places.get(role, frozenset()) for role in roles))

    def may(self, deed: May) -> bool:
        return any(deed in MAY[role] for role in self.places)


def lasts_longer(until: datetime | None, *, than: datetime | None) -> bool:
    """Whether a post that ends then, or has no end (None), gives power the other one did not."""
    return than is not None and (until is None or until > than)
