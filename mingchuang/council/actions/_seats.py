"""Seats that come free, whoever frees them."""

from datetime import datetime

from django.utils.translation import gettext as _

from mingchuang.council.models import Seat, Stakeholder
from mingchuang.council.rules.register import SeatState
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON


def mark_lost(seat: Seat, reason: str, *, at: datetime, **told: JSON) -> Seat:
    """Note that a seat is empty, so that it can be refilled. Needs the topic locked."""
    seat.state, seat.lost_because, seat.answered_at = SeatState.LOST, reason, at
    seat.save(update_fields=["state", "lost_because", "answered_at"])
    record("seat.lost", seat.subject, at=at, digest="", **told)
    return seat


def vacate(who: Stakeholder, *, at: datetime) -> None:
    """Free whatever seat somebody who withdrew still held."""
    for seat in who.seats.held().select_related("roster__topic", "stakeholder"):
        mark_lost(seat, _("本人退出登记"), at=at)
