"""A rating is given once, for good: by who was served, by somebody at the window, or on paper."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.base.once import sent_twice_taken_once
from mingchuang.hall.models import Window
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person
from mingchuang.reviews.errors import NotYours, RatedAlready
from mingchuang.reviews.models import Rating, Review
from mingchuang.reviews.queries.rated import (
    Event,
    called_here,
    case_event,
    event_of_case,
    may_complete,
    next_of,
    said_of,
    visit_event,
)
from mingchuang.reviews.queries.raters import contact_of
from mingchuang.reviews.queries.reviewing import offices
from mingchuang.reviews.queries.verifying import first_contact_by
from mingchuang.reviews.rules.offices import Duty
from mingchuang.reviews.rules.ratings import FIRST, ORIGINS, Channel, Origin, agrees, is_bad
from mingchuang.reviews.rules.tags import CURRENT, as_text


@sent_twice_taken_once
@transaction.atomic
def rate_visit(
    code: str,
    grade: int,
    *,
    at: datetime,
    words: str = "",
    tags: Iterable[int] = (),
    phone: str = "",
    may_show: bool = False,
    channel: Channel = Channel.TICKET,
) -> Rating:
    """Say how one was served: the voice of who holds the visit's code, once; and once more after
    what was bad was put right."""
    event = visit_event(code)
    said = _said(channel, grade, tags, words, phone=phone, may_show=may_show)
    return _give(event, said, at=at)


@sent_twice_taken_once
@transaction.atomic
def rate_case(
    number: str,
    code: str,
    grade: int,
    *,
    at: datetime,
    words: str = "",
    tags: Iterable[int] = (),
    phone: str = "",
    may_show: bool = False,
) -> Rating:
    """Say how one's matter was dealt with: the voice of who holds the receipt, once; and once more
    after what was bad was put right."""
    event = case_event(number, code)
    said = _said(Channel.RECEIPT, grade, tags, words, phone=phone, may_show=may_show)
    return _give(event, said, at=at)


@sent_twice_taken_once
@transaction.atomic
def rate_number(
    window: Window,
    number: str,
    grade: int,
    *,
    at: datetime,
    words: str = "",
    tags: Iterable[int] = (),
    phone: str = "",
) -> Rating:
    """Say how a number of today was served here: kept apart, since anybody could have typed it."""
    event = called_here(window, number, localdate(at))
    return _give(event, _said(Channel.WINDOW, grade, tags, words, phone=phone), at=at)


@sent_twice_taken_once
@transaction.atomic
def enter_visit_paper(
    window: Window,
    number: str,
    on: date,
    grade: int,
    *,
    paper: str,
    by: Person,
    at: datetime,
    words: str = "",
    tags: Iterable[int] = (),
    phone: str = "",
) -> Rating:
    """Enter what somebody wrote on a sheet about a visit: kept apart, it counts in no rate."""
    said = _said(Channel.PAPER, grade, tags, words, phone=phone)
    return _enter(called_here(window, number, on), said, paper=paper, by=by, at=at)


@sent_twice_taken_once
@transaction.atomic
def enter_case_paper(
    number: str,
    grade: int,
    *,
    paper: str,
    by: Person,
    at: datetime,
    words: str = "",
    tags: Iterable[int] = (),
    phone: str = "",
) -> Rating:
    """Enter what somebody wrote on a sheet about a matter: kept apart, it counts in no rate."""
    said = _said(Channel.PAPER, grade, tags, words, phone=phone)
    return _enter(event_of_case(number), said, paper=paper, by=by, at=at)


@transaction.atomic
def complete_rating(
    event: Event,
    words: str,
    *,
    at: datetime,
    phone: str = "",
    slip: bool = False,
    may_show: bool = False,
) -> Rating:
    """Say once more words than one tap at the machine could, or that it was a slip of the hand;
    the grade stays as it was given."""
    mine = [one.pk for one in said_of(event)]
    list(Rating.objects.filter(pk__in=mine).select_for_update().values_list("pk"))
    if not may_complete(event, at=at):
        raise RatedAlready(number=event.shown)
    rating = said_of(event)[0]
    rating.words, rating.phone = words.strip(), phone if is_bad(rating.grade) else ""
    rating.may_show = agrees(rating.grade, rating.words, may_show=may_show)
    rating.save(update_fields=["words", "phone", "may_show"])
    told: dict[str, JSON] = {"of": rating.entry.digest, **({"slip": True} if slip else {})}
    record("rating.completed", rating.subject, at=at, digest=rating.digest, **told)
    reachable = bool(contact_of(rating)[1])
    Review.objects.filter(rating=rating).update(reachable=reachable, said_a_slip=slip)
    return rating


def _enter(event: Event, said: Rating, *, paper: str, by: Person, at: datetime) -> Rating:
    """Sheets are opened by the reviewing office, never by the one they are about."""
    if not offices(by).may(Duty.VERIFY, event.unit.pk):
        raise NotYours
    said.entered_by, said.paper = by, paper
    return _give(event, said, at=at)


def _said(
    channel: Channel,
    grade: int,
    tags: Iterable[int],
    words: str,
    *,
    phone: str = "",
    may_show: bool = False,
) -> Rating:
    return Rating(
        channel=channel,
        origin=ORIGINS[channel],
        grade=grade,
        tags=as_text(tags, grade=grade),
        tags_version=CURRENT,
        words=words.strip(),
        phone=phone if is_bad(grade) else "",
        may_show=agrees(grade, words, may_show=may_show),
    )


def _give(event: Event, said: Rating, *, at: datetime) -> Rating:
    """Keep a rating. Its entry tells that there was one and whose word it is, and nothing that
    would tell the window whose visit it was about."""
    said.nth = next_of(event, Origin(said.origin), at=at)
    if said.nth != FIRST:
        # Who is called about it left a number when they came.
        said.phone = ""
    said.visit, said.window, said.submission = event.visit, event.window, event.submission
    said.unit, said.given_at = event.unit, at
    told = {"origin": str(said.origin)}
    said.entry = record("rating.received", said.subject, at=at, digest=said.digest, **told)
    said.save()
    if is_bad(said.grade):
        # Whoever says it: whether it counts is one thing, that it is looked into another.
        Review.objects.create(
            rating=said,
            unit=said.unit,
            reachable=bool(contact_of(said)[1]),
            due_at=first_contact_by(at),
        )
    return said
