"""When a case may be archived (promise P3): everyone answered, everyone called back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ATTEMPTS = 3
ON_DAYS = 2


class Outcome(StrEnum):
    """What became of one call-back attempt."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    WOULD_NOT_SAY = "would_not_say"
    TEXTED = "texted"


# The person was spoken to; what they say (or would not say) ends the calling.
SPOKEN = frozenset({Outcome.REACHED, Outcome.WOULD_NOT_SAY})


@dataclass(frozen=True)
class Call:
    """One try to call one requester back, after the newest reply."""

    on: date
    outcome: Outcome
    solved: bool | None


@dataclass(frozen=True)
class Owed:
    """What one submission is still owed: may be reached, and the calls so far."""

    reachable: bool
    calls: Sequence[Call] = ()


def is_called_back(owed: Owed) -> bool:
    """Say whether the call-back owed to one requester is done.

    Done means: nobody could be reached by design (no phone left: the answer stands on the
    receipt page), or somebody was spoken to, or three attempts were made on two days.
    """
    if not owed.reachable:
        return True
    if any(call.outcome in SPOKEN for call in owed.calls):
        return True
    days = {call.on for call in owed.calls}
    return len(owed.calls) >= ATTEMPTS and len(days) >= ON_DAYS


def may_end_unclear(*, reachable: bool, tries: int) -> bool:
    """Say whether what nobody understands may be ended: who could be reached was tried as often as
    for a call-back; who left no number finds the question on the receipt page."""
    return not reachable or tries >= ATTEMPTS


def is_settled(owed: Owed) -> bool:
    """Say whether nothing more is to be heard from one requester since the newest reply.

    Called back; or, where nobody can be called, they said by themselves that it is solved.
    """
    return is_called_back(owed) and (owed.reachable or bool(owed.calls))


def may_archive(*, has_reply: bool, all_owed: Collection[Owed]) -> bool:
    """Say whether a replied case may be archived; a requester's “not solved” forbids it."""
    said_no = any(call.solved is False for owed in all_owed for call in owed.calls)
    return has_reply and not said_no and all(is_called_back(owed) for owed in all_owed)
