"""Which visit may be rated, and what was said of it."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from mingchuang.cases.queries.audit import Untold, facts_in
from mingchuang.cases.queries.bound import contradicted
from mingchuang.hall.models import Window
from mingchuang.ledger.queries import evidence_faults
from mingchuang.ledger.reading import replaced_digests
from mingchuang.ledger.rules.audit import Fault
from mingchuang.ledger.rules.canonical import moment_text
from mingchuang.reviews.errors import NeverCalledHere, NotCalledYet, RatedAlready, TooLateToRate
from mingchuang.reviews.models import Rating
from mingchuang.reviews.rules import PATIENCE, Origin, may_be_rated
from mingchuang.visits.models import Call
from mingchuang.visits.queries.booked import visit_of

# What this room keeps that the ledger holds a digest of.
RATED = (Rating,)
RECEIVED = "rating.received"
SLICE = 500
NUMBER = re.compile(r"([A-Z]{1,2})0*([1-9][0-9]{0,4})")


def own_call(code: str) -> Call | None:
    """Return the last call of the visit whose holder knows its code."""
    return visit_of(code).calls.select_related("visit", "window__site").last()


def call_to_rate(code: str, *, at: datetime) -> Call:
    """Return the last call of one's own visit, if it may still be rated."""
    call = own_call(code)
    if call is None:
        raise NotCalledYet
    if not may_be_rated(call.at, at):
        raise TooLateToRate(days=PATIENCE.days)
    return call


def called_here(window: Window, number: str, on: date) -> Call:
    """Return the last call of this number of that day to this window."""
    read = NUMBER.fullmatch(number.strip().upper())
    calls = Call.objects.filter(window=window, visit__day=on).select_related(
        "visit", "window__site"
    )
    call = read and calls.filter(visit__prefix=read[1], visit__number=int(read[2])).last()
    if not call:
        raise NeverCalledHere(window=window.number, number=number.strip().upper())
    return call


def own_rating(code: str) -> Rating | None:
    """Return what the holder of this code said."""
    ratings = Rating.objects.filter(visit=visit_of(code), origin=Origin.CITIZEN)
    return ratings.select_related("window").first()


def refuse_second(call: Call, origin: Origin) -> None:
    """Raise that this visit has been rated from there already."""
    if Rating.objects.filter(visit=call.visit_id, origin=origin).exists():
        raise RatedAlready(number=call.visit.shown)


def rating_faults() -> Iterator[Fault | Untold]:
    """Yield every rating that says otherwise than its entry, or hangs elsewhere; one that is gone
    is found with every other private part (`RATED`)."""
    replaced = replaced_digests()
    ratings = Rating.objects.select_related("visit", "window__site", "entry").order_by("pk")
    for rating in ratings.iterator(chunk_size=SLICE):
        yield from evidence_faults([rating], replaced)
        yield from _contradicted(rating)


def _contradicted(rating: Rating) -> Iterator[Untold]:
    entry = rating.entry
    here = {"subject": entry.subject, "verb": entry.verb}
    if (entry.subject, entry.verb) != (rating.subject, RECEIVED):
        yield Untold("moved", {**here, "stands": rating.subject})
    tells = {**facts_in(entry.facts), "at": moment_text(entry.at)}
    says = {
        "at": moment_text(rating.given_at),
        "grade": rating.grade,
        "origin": rating.origin,
        "window": rating.window.subject,
    }
    for what in contradicted(says, tells):
        facts = {"what": what, "stands": str(says[what]), "tells": str(tells[what])}
        yield Untold("contradicted", {**here, **facts})
