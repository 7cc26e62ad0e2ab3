"""Seats that come free, whoever frees them."""

from datetime import datetime

from mingchuang.council.models import Seat, Stakeholder
from mingchuang.council.rules.register import SeatState
from mingchuang.council.words.reasons import WITHDREW
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON


def take(seat: Seat, *, at: datetime, **told: JSON) -> Seat:
    """Note that whoever has the seat comes, themselves or through a proxy."""
    return _keep(seat, SeatState.ACCEPTED, "seat.taken", at=at, **told)


def give_up(seat: Seat, *, at: datetime, **told: JSON) -> Seat:
    """Note that they do not come; the seat waits for a refill."""
    return _keep(seat, SeatState.DECLINED, "seat.given_up", at=at, **told)


def mark_lost(seat: Seat, reason: str, *, at: datetime, **told: JSON) -> Seat:
    """Note that a seat is empty, so that it can be refilled. Needs the topic locked."""
    seat.lost_because = reason
    return _keep(seat, SeatState.LOST, "seat.lost", at=at, **told)


def _keep(seat: Seat, state: SeatState, verb: str, *, at: datetime, **told: JSON) -> Seat:
    seat.state, seat.answered_at = state, at
    seat.save(update_fields=["state", "lost_because", "answered_at"])
    record(verb, seat.subject, at=at, digest="", **told)
    return seat


def vacate(who: Stakeholder, *, at: datetime) -> None:
    """Free whatever seat somebody who withdrew still held."""
    for seat in who.seats.held().select_related("roster__topic", "stakeholder"):
        mark_lost(seat, WITHDREW, at=at)
