"""The follower passes on what nobody answered for, and draws a holiday by itself."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from mingchuang.outward.management.commands.follow import follow
from mingchuang.visits.actions.booking import cancel_visit
from mingchuang.visits.models import Release, SignUp, Standby
from mingchuang.visits.rules.standby import StandbyState
from tests.visits import places, the_town

A_DAY = timedelta(days=1)


@pytest.mark.django_db(transaction=True)
def test_a_place_nobody_answered_for_goes_to_the_next() -> None:
    day, then = localdate() + 3 * A_DAY, now() - A_DAY
    visit, *_ = places.a_full_day(day, at=then)
    for _ in range(2):
        places.a_standby(visit.line, day, at=then)
    cancel_visit(visit.code, at=then)

    follow()

    states = list(Standby.objects.order_by("pk").values_list("state", flat=True))
    assert states == [StandbyState.LAPSED, StandbyState.OFFERED]


@pytest.mark.django_db(transaction=True)
def test_a_holiday_whose_window_is_over_is_closed_sealed_and_drawn() -> None:
    day, then = localdate() + 8 * A_DAY, now() - A_DAY
    until = now() - timedelta(minutes=1)
    release = places.a_release(the_town.special_line(day), day, quota=1, at=then, until=until)
    for _ in range(2):
        places.a_sign_up(release, at=then)

    follow()
    between = Release.objects.get().drawn_at
    follow()

    assert between is None
    assert Release.objects.get().drawn_at is not None
    assert list(SignUp.objects.order_by("rank").values_list("rank", flat=True)) == [1, 2]
