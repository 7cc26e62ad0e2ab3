"""Who is in the room of a sitting, and whether they are enough."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from mingchuang.council.models import Attendance, Seat, Sitting, Stakeholder, Tally
from mingchuang.council.rules.quorum import Counted, Quorum, fewest, quorum_of
from mingchuang.council.rules.sitting import was_there


class Seated(NamedTuple):
    """One line of the sign-in sheet: a seat, or somebody who comes without one."""

    stakeholder: Stakeholder
    seat: Seat | None
    attendance: Attendance | None

    @property
    def is_there(self) -> bool:
        return self.attendance is not None and self.attendance.left_at is None

    def was_there(self, voted: datetime, *, closed: datetime | None) -> bool:
        there = self.attendance
        return there is not None and was_there(there.stay, voted=voted, closed=closed)


class RoomNow(NamedTuple):
    """Who could be in the room, who is, and whether they are enough; once it was voted, whether
    they were then."""

    lines: Sequence[Seated]
    counted: Counted
    quorum: Quorum
    has_voted: bool

    @property
    def came(self) -> set[int]:
        """Who came, also if they left again: they were reached, however they heard of it."""
        return {line.stakeholder.pk for line in self.lines if line.attendance}


def room_of(sitting: Sitting) -> RoomNow:
    """Return the sign-in sheet of a sitting: its seats, then who else came or is to be heard."""
    drawn = list(
        Seat.objects.filter(roster=sitting.roster_id)
        .select_related("stakeholder__requester", "stakeholder__topic", "proxy")
        .order_by("stakeholder__number")
    )
    people = sitting.topic.stakeholders.present()
    opponents = list(people.opponents().select_related("requester", "topic"))
    there = {
        one.stakeholder_id: one for one in _stays(sitting).select_related("stakeholder__requester")
    }
    sat = {one.seat_id for one in there.values()}
    held = [seat for seat in drawn if seat.is_held or seat.pk in sat]
    seats = [seat for seat in held if sitting.counts_seat_of(seat.at)]
    lines = [Seated(seat.stakeholder, seat, there.get(seat.stakeholder_id)) for seat in seats]
    seated = {seat.stakeholder_id for seat in seats}
    others = {one.pk: one for one in opponents} | {pk: one.stakeholder for pk, one in there.items()}
    lines += [
        Seated(who, None, there.get(pk))
        for pk, who in sorted(others.items(), key=lambda one: one[1].number)
        if pk not in seated
    ]
    # As many seats as were drawn at first: whose seat was lost is missing, and makes none enough.
    seats_drawn = sum(seat.refills_id is None for seat in drawn)
    against = {one.pk for one in opponents}
    voted = list(Tally.objects.filter(minutes__sitting=sitting).values_list("at", flat=True))
    opposed = sum(seat.refills_id is None and seat.stakeholder_id in against for seat in drawn)
    drawn_at_first = Counted(seats_drawn, 0, opposed, 0)
    counted = fewest(
        [_counted(drawn_at_first, here, against) for here in _rooms(sitting, lines, voted)]
    )
    return RoomNow(lines, counted, quorum_of(sitting.bar, counted), has_voted=bool(voted))


def seated_at(sitting: Sitting, voted: datetime) -> int:
    """Return how many seats were filled when it was voted."""
    seated = _stays(sitting).filter(seat__isnull=False)
    return sum(was_there(one.stay, voted=voted, closed=sitting.closed_at) for one in seated)


def _stays(sitting: Sitting) -> QuerySet[Attendance]:
    return sitting.attendances.prefetch_related("aways")


def _rooms(
    sitting: Sitting, lines: Sequence[Seated], voted: Sequence[datetime]
) -> list[list[Seated]]:
    """Return who is in the room; once it was voted, who was at each vote: nobody undoes it by
    going home."""
    if not voted:
        return [[line for line in lines if line.is_there]]
    closed = sitting.closed_at
    return [[line for line in lines if line.was_there(at, closed=closed)] for at in voted]


def _counted(drawn: Counted, here: Sequence[Seated], against: set[int]) -> Counted:
    seated = [line for line in here if line.seat is not None]
    opposed = sum(line.stakeholder.pk in against for line in seated)
    return drawn._replace(seats_present=len(seated), opponents_present=opposed)
