"""What somebody lost, and which found thing it may be: looked at both ways, explained. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from mingchuang.cases.rules.found import Kind
from mingchuang.cases.rules.likeness import letters, pairs, runs


class Search(StrEnum):
    SEARCHING = "searching"
    MATCHED = "matched"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


OPEN = frozenset({Search.SEARCHING, Search.MATCHED})
ENDED = frozenset(Search) - OPEN
LIFE: Mapping[str, Mapping[Search | None, Search]] = {
    "lost.reported": {None: Search.SEARCHING},
    "lost.completed": {state: state for state in OPEN},
    "lost.matched": {Search.SEARCHING: Search.MATCHED, Search.MATCHED: Search.MATCHED},
    "lost.told_apart": {Search.MATCHED: Search.SEARCHING},
    "lost.given_back": {Search.MATCHED: Search.RETURNED, Search.SEARCHING: Search.RETURNED},
    "lost.sought_again": {Search.RETURNED: Search.SEARCHING},
    "lost.withdrawn": dict.fromkeys(OPEN, Search.WITHDRAWN),
    "lost.ended": dict.fromkeys(OPEN, Search.LAPSED),
}


def may_step(state: Search, verb: str) -> bool:
    """Say whether this can happen to a report that stands so."""
    return state in LIFE[verb]


def state_told(verbs: Iterable[str]) -> Search | None:
    """Return the state once all this happened in this order; what is no step changes nothing, and
    None is what cannot have happened so."""
    state: Search | None = None
    for verb in verbs:
        if verb in LIFE:
            state = LIFE[verb].get(state)
            if state is None:
                return None
    return state


class Lost(NamedTuple):
    """What somebody says they lost."""

    kind: str
    lost_on: date
    place: str
    description: str
    name: str = ""
    phone: str = ""


# What was remembered later stands on a line of its own with its day: it may have been heard since.
LATER = re.compile(r"^〔\d{4}-\d\d-\d\d〕 ", re.MULTILINE)
MOST_ADDED = 5


def with_more(description: str, more: str, on: date) -> str:
    """Return the description with what was remembered on this day below it."""
    return f"{description}\n〔{on.isoformat()}〕 {' '.join(more.split())}"


def times_added(description: str) -> int:
    return len(LATER.findall(description))


def without_days(description: str) -> str:
    """Return what is compared of a description: the days on which it was written are not."""
    return LATER.sub("", description)


# A report is looked after as long as the law gives its thing: a year, and the days of a notice.
SEARCHED_FOR = timedelta(days=400)

# Our own weights: together a hundred. Kind and day count most, since words are few.
SAME_KIND, KIN_KIND, NEAR, SAME_SITE, UNKNOWN_SITE, SAME_WORDS = 40, 20, 25, 15, 5, 20
LIKELY = 55
# One remembers a day wrongly; later than a month hardly anything is handed in.
EARLIEST, LATEST = -1, 30
MOST_SHARED = 6
SHORT = 2
# What one calls a wallet the other calls a bag.
FAMILIES = (
    frozenset({Kind.WALLET, Kind.CARD, Kind.DOCUMENT, Kind.BAG}),
    frozenset({Kind.PHONE, Kind.POWER_BANK, Kind.BAG}),
    frozenset({Kind.BOOK, Kind.DOCUMENT, Kind.BAG}),
    frozenset({Kind.CLOTHING, Kind.BAG}),
    frozenset({Kind.FOOD, Kind.FRESH}),
)


@dataclass(frozen=True)
class Traits:
    """What is compared of a thing: of a found one the day it was found, of a lost one the day it
    was lost; `site` is a code, empty where nobody knows."""

    kind: str
    day: date
    site: str = ""
    place: str = ""
    words: str = ""

    @property
    def public(self) -> "Traits":
        """The same without what is kept back: nobody learns whether a guess was good."""
        return replace(self, place="", words="")


class Likeness(NamedTuple):
    """How likely it is the same thing, of a hundred, and what speaks for it."""

    score: int
    same_kind: bool
    days: int
    same_site: bool
    shared: tuple[str, ...]


def kin_of(kind: str) -> frozenset[Kind]:
    """Return the kinds under which the same thing may have been written down."""
    if kind == Kind.OTHER:
        return frozenset(Kind)
    families = (family for family in FAMILIES if kind in family)
    return frozenset({Kind(kind), Kind.OTHER}).union(*families)


def likeness(found: Traits, lost: Traits) -> Likeness | None:
    """Return how likely what was found is what was lost; None where it cannot be."""
    days = (found.day - lost.day).days
    if not EARLIEST <= days <= LATEST or lost.kind not in kin_of(found.kind):
        return None
    same_kind, shared = found.kind == lost.kind, _shared(found, lost)
    score = SAME_KIND if same_kind else KIN_KIND
    score += NEAR * (LATEST - max(days, 0)) // LATEST
    score += _site(found.site, lost.site) + round(SAME_WORDS * _overlap(found, lost))
    same_site = found.site == lost.site != ""
    return Likeness(score, same_kind, days, same_site, shared)


def is_likely(found: Likeness | None) -> bool:
    """Say whether it is worth a look."""
    return found is not None and found.score >= LIKELY


def _site(one: str, other: str) -> int:
    if not (one and other):
        return UNKNOWN_SITE
    return SAME_SITE if one == other else 0


def _runs(traits: Traits) -> set[str]:
    return {*runs(traits.place), *runs(traits.words)}


def _overlap(found: Traits, lost: Traits) -> float:
    """Return the share of what the shorter one says that the other says too: 0 to 1."""
    one, other = _runs(found), _runs(lost)
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _shared(found: Traits, lost: Traits) -> tuple[str, ...]:
    """Return what both say, the longest first: a number of two digits says nothing."""
    common = _runs(found) & _runs(lost)
    spans = {one for text in (lost.place, lost.words) for one in _joined(letters(text), common)}
    telling = (one for one in spans if len(one) > SHORT or not one.isdigit())
    return tuple(sorted(telling, key=lambda one: (-len(one), one))[:MOST_SHARED])


def _joined(said: str, common: set[str]) -> Iterator[str]:
    """Yield the runs that are common, those that overlap as one."""
    if said in common:
        yield said
        return
    span = ""
    for run in pairs(said):
        if run in common:
            span = span + run[-1] if span else run
        elif span:
            yield span
            span = ""
    if span:
        yield span
