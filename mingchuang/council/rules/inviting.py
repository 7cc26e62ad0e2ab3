"""One try to reach one person: by which way, and what came of it. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class Channel(StrEnum):
    NOTICE = "notice"
    SMS = "sms"
    CALL = "call"
    DOOR = "door"
    FAMILY = "family"
    LINK = "link"


class Outcome(StrEnum):
    LEFT = "left"
    REACHED = "reached"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ABSENT = "absent"
    WRONG = "wrong"


ANSWERED = frozenset({Outcome.ACCEPTED, Outcome.DECLINED})
SPOKEN = frozenset({Outcome.REACHED, Outcome.ABSENT, Outcome.WRONG, *ANSWERED})
# A notice on the wall says nothing of who read it; a link is answered by its holder alone.
POSSIBLE: Mapping[Channel, frozenset[Outcome]] = {
    Channel.NOTICE: frozenset({Outcome.LEFT}),
    Channel.SMS: frozenset({Outcome.LEFT, Outcome.WRONG}),
    Channel.CALL: SPOKEN,
    Channel.DOOR: SPOKEN | {Outcome.LEFT},
    Channel.FAMILY: frozenset({Outcome.REACHED, *ANSWERED}),
    Channel.LINK: ANSWERED,
}
