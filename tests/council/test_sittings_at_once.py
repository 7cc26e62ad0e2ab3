"""A room at the same moment: somebody taps twice, and the sheet is typed while it is decided."""

from functools import partial

import pytest

from mingchuang.council.actions.attending import sign_in, sign_in_on_paper
from mingchuang.council.actions.decisions import decide
from mingchuang.council.actions.minutes import Counting, count_vote
from mingchuang.council.actions.sittings import close_sitting, open_sitting
from mingchuang.council.models import Attendance, Decision, Tally
from mingchuang.ledger.models import Entry
from tests.council.build import a_convenor
from tests.council.sittings import (
    BY_SATURDAY,
    SATURDAY,
    a_seated_topic,
    a_sitting,
    one_of,
    signed,
    what_was_decided,
)
from tests.tools.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_taps_many_times_is_there_once() -> None:
    sitting = a_sitting()
    open_sitting(sitting.topic.number, 1, by=a_convenor(), at=SATURDAY)
    who = one_of(sitting)

    became = at_once(*[partial(sign_in, who.code, 1, sitting.word, at=SATURDAY)] * 5)

    assert became == ["done"] * 5
    assert Attendance.objects.count() == 1
    assert Entry.objects.filter(verb="sitting.attended").count() == 1


def test_a_phone_and_the_sheet_at_once_are_one_person() -> None:
    sitting = a_sitting()
    by, who = a_convenor(), one_of(sitting)
    open_sitting(sitting.topic.number, 1, by=by, at=SATURDAY)

    became = at_once(
        partial(sign_in, who.code, 1, sitting.word, at=SATURDAY),
        partial(sign_in_on_paper, sitting.topic.number, 1, who.number, by=by, at=SATURDAY),
    )

    assert became == ["done", "done"]
    assert Attendance.objects.count() == 1


def test_who_is_written_down_while_it_is_decided_counts_or_is_refused() -> None:
    sitting = a_sitting(topic=a_seated_topic(seats=4))
    by, where = a_convenor(), (sitting.topic.number, 1)
    open_sitting(*where, by=by, at=SATURDAY)
    first, *others = (seat.stakeholder for seat in sitting.roster.seats.order_by("pk"))
    for who in others:
        signed(sitting, who)
    count_vote(*where, Counting(1, "hands", len(others)), by=by, at=SATURDAY)
    close_sitting(*where, by=by, at=BY_SATURDAY)

    became = at_once(
        partial(decide, *where, what_was_decided(), by=by, at=BY_SATURDAY),
        partial(sign_in_on_paper, *where, first.number, by=by, at=BY_SATURDAY),
    )

    there = Attendance.objects.count()
    assert Decision.objects.get().seats_present == there
    assert became == (["done", "done"] if there == 4 else ["done", "nobody_to_sign_in"])


def test_two_recorders_who_count_one_vote_leave_one_count() -> None:
    sitting, by = a_sitting("open"), a_convenor()
    counts = [Counting(1, "hands", 2, 1), Counting(1, "hands", 3)]

    became = at_once(
        *[partial(count_vote, sitting.topic.number, 1, one, by=by, at=SATURDAY) for one in counts]
    )

    assert became == ["done", "done"]
    assert Tally.objects.count() == 1
    assert Entry.objects.filter(verb="minutes.counted").count() == 2
