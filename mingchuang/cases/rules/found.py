"""Found things: how long each is kept, when the year of the notice is over, what may happen. Pure.

The year is Civil Code (民法典) article 318: what nobody claims within a year of the found-property
notice belongs to the State. It is counted by articles 201 to 203: the day of the notice is not
counted, the last day is the same day a year later (the last of the month where there is none), and
a day off moves it on. Storage times are our own defaults, after the published table of an airport;
a town changes them.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from mingchuang.hall.rules.days import WorkCalendar


class State(StrEnum):
    KEPT = "kept"
    RETURNED = "returned"
    HANDED_OVER = "handed_over"
    DISPOSED = "disposed"


ENDED = frozenset(State) - {State.KEPT}
# Verbs are ledger verbs; each says what it makes of what it may happen to, None being nothing yet.
LIFE: Mapping[str, Mapping[State | None, State]] = {
    "found.registered": {None: State.KEPT},
    "found.announced": {State.KEPT: State.KEPT},
    "found.shelved": {State.KEPT: State.KEPT},
    "found.corrected": {State.KEPT: State.KEPT},
    "found.claim_refused": {State.KEPT: State.KEPT},
    "found.given_back": {State.KEPT: State.RETURNED},
    "found.paper_kept": {State.RETURNED: State.RETURNED},
    "found.handed_over": {State.KEPT: State.HANDED_OVER},
    "found.disposed": {State.KEPT: State.DISPOSED},
    # Done by mistake: it lies here again.
    "found.taken_back": dict.fromkeys(ENDED, State.KEPT),
}


def may_step(state: State, verb: str) -> bool:
    """Say whether this can happen to a thing that stands so."""
    return state in LIFE[verb]


def state_told(verbs: Iterable[str]) -> State | None:
    """Return the state once all this happened in this order; what is no step changes nothing, and
    None is what cannot have happened so."""
    state: State | None = None
    for verb in verbs:
        if verb in LIFE:
            state = LIFE[verb].get(state)
            if state is None:
                return None
    return state


class Kind(StrEnum):
    UMBRELLA = "umbrella"
    PHONE = "phone"
    WALLET = "wallet"
    JEWELLERY = "jewellery"
    DOCUMENT = "document"
    CARD = "card"
    KEY = "key"
    BAG = "bag"
    CLOTHING = "clothing"
    GLASSES = "glasses"
    BOOK = "book"
    CUP = "cup"
    POWER_BANK = "power_bank"
    FOOD = "food"
    FRESH = "fresh"
    ANIMAL = "animal"
    OTHER = "other"


class Care(StrEnum):
    """Valuables and documents are counted, kept and given out by two people."""

    ORDINARY = "ordinary"
    VALUABLE = "valuable"
    DOCUMENT = "document"


CARE: Mapping[Kind, Care] = {
    Kind.PHONE: Care.VALUABLE,
    Kind.WALLET: Care.VALUABLE,
    Kind.JEWELLERY: Care.VALUABLE,
    Kind.DOCUMENT: Care.DOCUMENT,
    Kind.CARD: Care.DOCUMENT,
}


def care_of(kind: str, asked: str = "") -> Care:
    """Return the care a thing needs: what its kind asks for, or more where somebody saw why."""
    least = CARE.get(Kind(kind), Care.ORDINARY)
    return Care(asked) if asked and least is Care.ORDINARY else least


class Fate(StrEnum):
    """Where a thing goes once its time is over."""

    DISPOSE = "dispose"
    POLICE = "police"
    STATE = "state"


class Storage(NamedTuple):
    """So many hours after it was found, and where it goes then; None: until the year is over."""

    hours: int | None
    fate: Fate


A_DAY, A_WEEK = 24, 7 * 24
UNTIL_THE_YEAR_IS_OVER = Storage(None, Fate.STATE)
STORAGE: Mapping[Kind, Storage] = {
    **dict.fromkeys(CARE, Storage(A_WEEK, Fate.POLICE)),
    Kind.CUP: Storage(30 * A_DAY, Fate.DISPOSE),
    Kind.POWER_BANK: Storage(A_WEEK, Fate.DISPOSE),
    Kind.FOOD: Storage(15 * A_DAY, Fate.DISPOSE),
    Kind.FRESH: Storage(A_DAY, Fate.DISPOSE),
    # What lives is not kept.
    Kind.ANIMAL: Storage(0, Fate.POLICE),
}
# What the town may keep longer or shorter, and neither throw away nor leave lying for a year.
TO_THE_POLICE = frozenset(kind for kind, own in STORAGE.items() if own.fate is Fate.POLICE)
# Longer than the year of the law nothing has to be kept.
MOST_HOURS = 366 * A_DAY


def storage_of(kind: str, care: str) -> Storage:
    """Return how long a thing of this kind is kept; anything valuable goes to the police."""
    own = STORAGE.get(Kind(kind), UNTIL_THE_YEAR_IS_OVER)
    special = own.hours is None and care != Care.ORDINARY
    return Storage(A_WEEK, Fate.POLICE) if special else own


def kept_until(found_at: datetime, storage: Storage) -> datetime | None:
    """Return until when it is kept; None where only the year of the notice ends it."""
    return None if storage.hours is None else found_at + timedelta(hours=storage.hours)


def same_day_next_year(day: date) -> date:
    """Return the day on which a year after `day` ends (Civil Code articles 201 and 202)."""
    last = monthrange(day.year + 1, day.month)[1]
    return day.replace(year=day.year + 1, day=min(day.day, last))


def last_day_to_claim(announced_on: date, calendar: WorkCalendar) -> date:
    """Return the last day of the year of the notice: on a day off, the next day people work
    (Civil Code article 203)."""
    return calendar.next_working(same_day_next_year(announced_on))


def is_year_over(announced_on: date | None, today: date, calendar: WorkCalendar) -> bool:
    """Say whether what was announced then belongs to the State by now; never without a notice."""
    return announced_on is not None and today > last_day_to_claim(announced_on, calendar)


class Found(NamedTuple):
    """What is written down of a thing that was handed in."""

    kind: str
    place: str
    found_at: datetime
    features: str
    shelf: str
    care: str = ""
    cents: int = 0
    name: str = ""
    phone: str = ""


class Claimed(NamedTuple):
    """What somebody showed and said who wants a thing back."""

    name: str
    phone: str
    proof: str
    said: str
    # For whom they came, by a signed mandate; empty where the thing is their own.
    principal: str = ""
    # The mandate was taken in, and the papers of both were looked at.
    mandated: bool = False
    signed: bool = False
    cents: int = 0
