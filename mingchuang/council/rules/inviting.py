"""One try to reach one person: by which way, and what came of it. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple


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


class Attempt(NamedTuple):
    """One try as the rule sees it: by which way, what came of it, on which day."""

    channel: Channel
    outcome: Outcome
    day: date


class Rule(NamedTuple):
    """When somebody was duly invited: so many ways, on so many days, one of them by voice; and how
    many days before a sitting people know when and where it is (local rules ask for a week)."""

    channels: int = 2
    days: int = 2
    in_person: bool = True
    notice: int = 7


class Todo(StrEnum):
    CHANNEL = "channel"
    DAY = "day"
    IN_PERSON = "in_person"


class Standing(NamedTuple):
    """Whether somebody was duly invited, and what is missing where they were not."""

    answered: bool
    todo: tuple[Todo, ...]
    used: tuple[Channel, ...]

    @property
    def is_duly_invited(self) -> bool:
        return not self.todo


# By these one is spoken to, or would have been had somebody been there; a note at the door speaks
# to nobody. By the first two and the link a person answers for themselves.
BY_VOICE = frozenset({Channel.CALL, Channel.DOOR, Channel.FAMILY})
THEIR_OWN = frozenset({Channel.CALL, Channel.DOOR, Channel.LINK})


def _is_by_voice(one: Attempt) -> bool:
    return one.channel in BY_VOICE and one.outcome in SPOKEN


def standing(attempts: Iterable[Attempt], rule: Rule) -> Standing:
    """Say how somebody stands (promise P10). What went to a wrong number or door went to nobody;
    that nobody was at home is nobody's fault. Who answered needs no more; what the family says
    for somebody without a mandate is no answer."""
    counted = [one for one in attempts if one.outcome != Outcome.WRONG]
    used = tuple(channel for channel in Channel if channel in {one.channel for one in counted})
    if any(one.outcome in ANSWERED and one.channel in THEIR_OWN for one in counted):
        return Standing(True, (), used)
    missing = {
        Todo.CHANNEL: len(used) < rule.channels,
        Todo.DAY: len({one.day for one in counted}) < rule.days,
        Todo.IN_PERSON: rule.in_person and not any(map(_is_by_voice, counted)),
    }
    return Standing(False, tuple(todo for todo, lacks in missing.items() if lacks), used)
