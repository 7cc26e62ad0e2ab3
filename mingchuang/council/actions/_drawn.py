"""Seats: taken by who was drawn, and by who was drawn for somebody else."""

from collections.abc import Sequence
from datetime import datetime

from mingchuang.council.actions._seats import vacate
from mingchuang.council.models import Lottery, Seat, Stakeholder
from mingchuang.council.queries.lotteries import named_in
from mingchuang.council.queries.refills import seats_to_refill
from mingchuang.council.rules.register import SeatState, Why


def seat_drawn(lottery: Lottery, names: Sequence[str], *, at: datetime) -> None:
    """Give their seats to who is on the ticket. Needs the topic locked."""
    people = named_in(lottery)
    Seat.objects.bulk_create(
        Seat(
            roster=lottery.roster,
            stakeholder=people[name],
            household=people[name].household,
            why=Why.MUST if people[name].is_direct else Why.DRAWN,
            state=SeatState.DRAWN,
            at=at,
        )
        for name in names
    )
    _let_withdrawn_go([people[name] for name in names], at=at)


def seat_refilled(lottery: Lottery, names: Sequence[str], *, at: datetime) -> None:
    """Give the seats that came free to who is new on the ticket, in the order of both. Needs the
    topic locked."""
    people, roster = named_in(lottery), lottery.roster
    held = set(roster.seats.values_list("stakeholder", flat=True))
    new = [people[name] for name in names if people[name].pk not in held]
    Seat.objects.bulk_create(
        Seat(
            roster=roster,
            stakeholder=one,
            household=one.household,
            why=Why.REFILL,
            state=SeatState.DRAWN,
            refills=free,
            at=at,
        )
        for one, free in zip(new, seats_to_refill(roster), strict=True)
    )
    _let_withdrawn_go(new, at=at)


def _let_withdrawn_go(people: Sequence[Stakeholder], *, at: datetime) -> None:
    """Free the seats of who withdrew after the plan was made: the plan stays as it was promised,
    and their seats wait for a refill."""
    for one in people:
        if one.is_withdrawn:
            vacate(one, at=at)
