"""An inspection: what may follow what, who may do it, and how the points are counted."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from mingchuang.people.rules.roles import Role, Scope
from mingchuang.reviews.rules.offices import Duty as Rating
from mingchuang.reviews.rules.offices import Offices


class Manner(StrEnum):
    """Whether the hall knows that somebody comes."""

    OPEN = "open"
    MYSTERY = "mystery"


class State(StrEnum):
    PLANNED = "planned"
    FINISHED = "finished"
    UNDONE = "undone"
    CALLED_OFF = "called_off"


class Answer(StrEnum):
    KEPT = "kept"
    BROKEN = "broken"
    NOT_APPLICABLE = "none"


class Deed(StrEnum):
    PLAN = "arranged"
    FINISH = "walked"
    HAND_OVER = "entrusted"
    ANSWER = "answered"
    UNDO = "undone"
    CALL_OFF = "called_off"


class Duty(StrEnum):
    PLAN = "plan"
    WALK = "walk"
    ANSWER = "answer"


# Who carries which deed, from which state, and what it leads to.
DUTIES: Mapping[Deed, Duty] = {
    Deed.FINISH: Duty.WALK,
    Deed.HAND_OVER: Duty.PLAN,
    Deed.ANSWER: Duty.ANSWER,
    Deed.UNDO: Duty.PLAN,
    Deed.CALL_OFF: Duty.PLAN,
}
STEPS: Mapping[Deed, tuple[State, State]] = {
    Deed.FINISH: (State.PLANNED, State.FINISHED),
    Deed.HAND_OVER: (State.FINISHED, State.FINISHED),
    Deed.ANSWER: (State.FINISHED, State.FINISHED),
    Deed.UNDO: (State.FINISHED, State.UNDONE),
    Deed.CALL_OFF: (State.PLANNED, State.CALLED_OFF),
}
# What the inspected office may know of.
TOLD = frozenset({State.FINISHED, State.UNDONE})
# Whose work it may be to walk through a hall of another office.
WALKERS = (Role.RECEPTION, Role.HANDLER, Role.CALLBACK, Role.SUPERVISOR)


def may_step(state: State, deed: Deed) -> bool:
    return deed in STEPS and STEPS[deed][0] == state


@dataclass(frozen=True)
class Rights:
    """Units by what one person may do about inspections of them. Nobody plans, walks through, or
    knows of before it is over, what their own office answers for."""

    plans: frozenset[int]
    audits: frozenset[int]
    reads: frozenset[int]
    answers: frozenset[int]


def rights_of(offices: Offices, scope: Scope) -> Rights:
    """Return where a person plans, reads everything, reads what is finished, and answers.

    Who audits the very office they sit in reads of it what it reads itself, and no sooner.
    """
    audited, answers = scope.units(Role.AUDITOR), offices.answered
    return Rights(
        plans=offices.of[Rating.DECIDE],
        audits=audited & offices.reviewed,
        reads=offices.reviewed | audited | answers,
        answers=answers,
    )


class Marked(NamedTuple):
    """What one clause may cost at most and for each finding, in tenths, and what was found."""

    maximum: int
    deduction: int
    answer: Answer
    times: int = 0


class Score(NamedTuple):
    """Points that are left, and points there were to be had, in tenths."""

    points: int
    whole: int


def lost(one: Marked) -> int:
    """Return what a clause costs: so much for each finding, never more than it is worth."""
    if one.answer != Answer.BROKEN:
        return 0
    return min(one.maximum, one.deduction * one.times)


def score(marks: Iterable[Marked]) -> Score:
    """Add up what is left. What does not apply here counts on neither side."""
    counted = [one for one in marks if one.answer != Answer.NOT_APPLICABLE]
    whole = sum(one.maximum for one in counted)
    return Score(whole - sum(map(lost, counted)), whole)


def is_known(standing: str, seen: Collection[str], key: str) -> bool:
    """Say whether whoever writes down a mark knew the one that stands: none, this very one sent
    again, or one their page showed."""
    return standing in {"", key, *seen}


def points_text(tenths: int) -> str:
    """Write 865 tenths as 86.5, and 900 as 90."""
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}" if rest else str(whole)
