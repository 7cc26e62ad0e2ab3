"""Thanks (锦旗、感谢信、感谢的话): their life, what hangs on the wall, how they are counted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from mingchuang.people.rules.masking import mask_giver


class Kind(StrEnum):
    BANNER = "banner"
    LETTER = "letter"
    WORDS = "words"


class Source(StrEnum):
    """How it came into the register."""

    STAFF = "staff"
    PUBLIC = "public"
    BOOK = "book"


class Shown(StrEnum):
    """How who gave it wished to be called on the wall."""

    HIDDEN = "hidden"
    MASKED = "masked"
    FULL = "full"


class Naming(StrEnum):
    """What of its staff a unit lets the wall say: nobody is named unless the unit settled it."""

    NOBODY = "nobody"
    BADGE = "badge"
    NAME = "name"


class State(StrEnum):
    WAITING = "waiting"
    KEPT = "kept"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Deed(StrEnum):
    """What is done about an entry of the register, by the words of the ledger."""

    HANG = "hung"
    KEEP = "kept"
    DECLINE = "turned_down"
    CORRECT = "corrected"
    TAKE_DOWN = "taken_down"
    JOIN = "joined"
    PART = "parted"
    WITHDRAW = "revoked"
    RESTORE = "restored"


STEPS: Mapping[tuple[State, Deed], State] = {
    (State.WAITING, Deed.HANG): State.KEPT,
    (State.WAITING, Deed.KEEP): State.KEPT,
    (State.WAITING, Deed.DECLINE): State.DECLINED,
    (State.DECLINED, Deed.RESTORE): State.WAITING,
    (State.KEPT, Deed.HANG): State.KEPT,
    (State.KEPT, Deed.CORRECT): State.KEPT,
    (State.KEPT, Deed.TAKE_DOWN): State.KEPT,
    (State.KEPT, Deed.JOIN): State.KEPT,
    (State.KEPT, Deed.PART): State.KEPT,
    (State.KEPT, Deed.WITHDRAW): State.WITHDRAWN,
    (State.WITHDRAWN, Deed.RESTORE): State.KEPT,
}
# What needs the thing to hang, to be joined, or not to be either.
HANGS, JOINED = {Deed.TAKE_DOWN}, {Deed.PART}
APART = {Deed.HANG, Deed.JOIN}
# What would put words back into an entry of which they were forgotten.
TELLS_ANEW = frozenset({Deed.HANG, Deed.CORRECT})


def may_step(state: State, deed: Deed, *, hangs: bool, joined: bool, forgotten: bool) -> bool:
    """Say whether this may be done now; what was joined to another hangs there, not by itself,
    and what was forgotten is not told anew."""
    if (state, deed) not in STEPS or (forgotten and deed in TELLS_ANEW):
        return False
    return (
        (hangs or deed not in HANGS)
        and (joined or deed not in JOINED)
        and not (joined and deed in APART)
    )


def after(state: State, deed: Deed) -> State:
    return STEPS[state, deed]


def giver_on_wall(name: str, shown: Shown) -> str:
    """Return how who gave it is called on the wall; empty where they stay unnamed."""
    ways = {Shown.HIDDEN: "", Shown.MASKED: mask_giver(name), Shown.FULL: name.strip()}
    return ways[shown]


def person_on_wall(name: str, badge: str, naming: Naming) -> str:
    """Return how who is thanked is called on the wall, by what their unit settled."""
    ways = {Naming.NOBODY: "", Naming.BADGE: badge, Naming.NAME: name}
    return ways[naming]


class Some(NamedTuple):
    """So many entries of one unit, one kind and one state; `joined`, if they belong to another."""

    unit: int
    kind: Kind
    state: State
    joined: bool
    n: int


class LeftOut(StrEnum):
    """Why an entry is not counted."""

    JOINED = "joined"
    WAITING = "waiting"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Count:
    """What was counted: by unit and kind, and what was left out and why."""

    by_unit: Mapping[int, Mapping[Kind, int]]
    left_out: Mapping[LeftOut, int]

    @property
    def by_kind(self) -> Mapping[Kind, int]:
        all_of = Counter[Kind]()
        for kinds in self.by_unit.values():
            all_of.update(kinds)
        return {kind: all_of[kind] for kind in Kind}

    @property
    def valid(self) -> int:
        return sum(self.by_kind.values())


def counted(entries: Iterable[Some]) -> Count:
    """Count each thing somebody was thanked for once: a letter and a banner for one deed are one.

    What waits, was not taken, or was withdrawn stands beside, with its reason.
    """
    by_unit: dict[int, Counter[Kind]] = {}
    left_out: Counter[LeftOut] = Counter()
    for one in entries:
        why = left_out_because(one.state, joined=one.joined)
        if why is None:
            by_unit.setdefault(one.unit, Counter())[one.kind] += one.n
        else:
            left_out[why] += one.n
    return Count(by_unit, {why: left_out[why] for why in LeftOut if left_out[why]})


def left_out_because(state: State, *, joined: bool) -> LeftOut | None:
    """Return why an entry is not counted; nothing where it is."""
    if state == State.KEPT:
        return LeftOut.JOINED if joined else None
    return LeftOut(state.value)
