"""What may be rated: a visit that was begun, a matter that ended; and what was said of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mingchuang.base.errors import NotFound, Refused
from mingchuang.cases.models import Case, Submission
from mingchuang.cases.queries.receipts import submission_for
from mingchuang.cases.rules.life import ANSWERED, State
from mingchuang.cases.rules.said import UNASKED
from mingchuang.hall.models import Window
from mingchuang.ledger.models import Entry
from mingchuang.people.models import Unit
from mingchuang.reviews.errors import (
    NeverCalledHere,
    NeverTakenOn,
    NoFollowUp,
    NoSuchNumberToday,
    NotCalledYet,
    NotFinishedYet,
    NotServedYet,
    NotToBeRated,
    RatedAlready,
    SentElsewhere,
    TakenBackByThemselves,
    TooLateToRate,
)
from mingchuang.reviews.models import Rating, Review
from mingchuang.reviews.queries.served import was_served
from mingchuang.reviews.rules.ratings import (
    FIRST,
    FOLLOW_UP,
    PATIENCE,
    PATIENCE_CASE,
    PATIENCE_FOLLOW_UP,
    Channel,
    Origin,
    may_be_rated,
)
from mingchuang.visits.models import Call, Visit
from mingchuang.visits.queries.booked import visit_of
from mingchuang.visits.rules.codes import code_in, those_meant

NUMBER = re.compile(r"([A-Z]{1,2})0*([1-9][0-9]{0,4})")
# Ended without anything that could be rated.
NEVER_RATED: Mapping[str, type[Refused]] = {
    State.DECLINED: NeverTakenOn,
    State.REFERRED: SentElsewhere,
    State.WITHDRAWN: TakenBackByThemselves,
}
RELATED = ("visit__requester", "window__site__unit")


@dataclass(frozen=True)
class Event:
    """One thing that may be rated: whom the rating is about, and since when it may be given."""

    shown: str
    unit: Unit
    since: datetime
    patience: timedelta
    visit: Visit | None = None
    window: Window | None = None
    submission: Submission | None = None
    is_served: bool = True


def visit_event(code: str) -> Event:
    """Return what the holder of this code came for, by the last call of their visit."""
    call = visit_of(code).calls.select_related(*RELATED).last()
    if call is None:
        raise NotCalledYet
    return _of_call(call)


def called_here(window: Window, number: str, on: date) -> Event:
    """Return what this number of that day was called to this window for, the last time."""
    read = NUMBER.fullmatch(number.strip().upper())
    calls = Call.objects.filter(window=window, visit__day=on).select_related(*RELATED)
    call = read and calls.filter(visit__prefix=read[1], visit__number=int(read[2])).last()
    if not call:
        raise NeverCalledHere(window=window.number, number=number.strip().upper())
    return _of_call(call)


def _of_call(call: Call) -> Event:
    visit, window = call.visit, call.window
    served = was_served(visit, window)
    return Event(visit.shown, window.site.unit, call.at, PATIENCE, visit, window, None, served)


def case_event(number: str, code: str) -> Event:
    """Return the matter that the holder of a receipt asked for, once it has ended."""
    return _of_submission(submission_for(number, code))


def event_of_case(number: str) -> Event:
    """Return the matter with this number, by a sheet of paper that names it."""
    case = Case.objects.numbered(number).first()
    said = case and case.submissions.live().select_related("case").order_by("pk").first()
    if not said:
        raise NotFound
    return _of_submission(said)


def _of_submission(said: Submission) -> Event:
    case = said.case
    # What is put right has its follow-up rating instead.
    if said.channel in UNASKED:
        raise NotToBeRated
    if said.withdrawn_at is not None:
        raise TakenBackByThemselves
    if case.state in NEVER_RATED:
        raise NEVER_RATED[case.state]
    if case.state != State.ARCHIVED or case.ended_at is None:
        raise NotFinishedYet
    unit = case.responsible_unit or case.intake_unit
    return Event(said.number, unit, case.ended_at, PATIENCE_CASE, submission=said)


def said_of(event: Event, origin: Origin = Origin.CITIZEN) -> list[Rating]:
    """Return what was said of it from there, the first word first."""
    ratings = Rating.objects.filter(origin=origin).select_related("window", "unit")
    same = ratings.filter(visit=event.visit, submission=event.submission)
    return list(same.order_by("nth"))


def next_of(event: Event, origin: Origin, *, at: datetime) -> int:
    """Return which word on it comes next: the first, or the one after what was bad was put right
    or found a slip of the hand.

    Raises in words where none may be given (any more).
    """
    said = said_of(event, origin)
    if not said and not event.is_served:
        raise NotServedYet
    if not said:
        _must_be_in_time(event.since, at, event.patience)
        return FIRST
    if len(said) > 1 or origin != Origin.CITIZEN:
        raise RatedAlready(number=event.shown)
    review = review_of(said[0])
    if review is None:
        raise RatedAlready(number=event.shown)
    answered = may_say_again_since(review)
    if answered is None:
        raise NoFollowUp(number=event.shown)
    _must_be_in_time(answered, at, PATIENCE_FOLLOW_UP)
    return FOLLOW_UP


def review_of(rating: Rating) -> Review | None:
    """Return what became of a bad rating."""
    found = Review.objects.select_related("rectification__case")
    return found.filter(rating=rating).first()


def may_say_again_since(review: Review) -> datetime | None:
    """Return since when who rated may say it once more: they can read what was put right, or that
    it counts as a slip of the hand."""
    if review.is_slip:
        return review.found_at
    case = review.rectification.case if review.rectification else None
    return case.replied_at if case and case.state in ANSWERED else None


def may_follow_up(review: Review, *, at: datetime) -> bool:
    """Say whether who rated may say now how it was put right."""
    answered = may_say_again_since(review)
    return answered is not None and may_be_rated(answered, at, patience=PATIENCE_FOLLOW_UP)


def may_complete(event: Event, *, at: datetime) -> bool:
    """Say whether who tapped at the machine may still say more, once: nothing was added to it or
    forgotten of it, and nobody has verified it."""
    said = said_of(event)
    if len(said) != 1 or said[0].channel != Channel.KIOSK:
        return False
    verified = Review.objects.found().filter(rating=said[0])
    is_whole = Entry.objects.filter(subject=said[0].subject).count() == 1
    return is_whole and may_be_rated(event.since, at) and not verified.exists()


def _must_be_in_time(since: datetime, at: datetime, patience: timedelta) -> None:
    if not may_be_rated(since, at, patience=patience):
        raise TooLateToRate(days=patience.days)


def code_served(typed: str, site: str, on: date) -> str:
    """Return the code of a visit of that day that was called at this site, by what was scanned or
    typed at the machine: also of one that is over."""
    served = Visit.objects.filter(site__code=site, day=on, called_at__isnull=False)
    codes, scanned = served.values_list("code", flat=True), code_in(typed)
    found = list(codes.filter(code=scanned)) if scanned else those_meant(typed, codes)
    if len(found) != 1:
        raise NoSuchNumberToday
    return found[0]
