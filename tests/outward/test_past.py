"""The past of the demo town: whenever it is put up, its hall has had days before."""

from datetime import date, datetime, timedelta

import pytest

from mingchuang.hall.models import Site
from mingchuang.ledger.models import Entry
from mingchuang.outward.actions.demo import build_town
from mingchuang.outward.errors import NotTheDemoTown
from mingchuang.outward.past import play_past
from mingchuang.reviews.models import Review
from mingchuang.reviews.queries.contesting import decides_within
from mingchuang.visits.models import Desk, Forecast, Known, Plan, Visit
from mingchuang.visits.queries.audit import visit_faults
from mingchuang.visits.queries.replayed import called_out_of_turn
from tests.build import MONDAY

pytestmark = pytest.mark.django_db
SATURDAY = date(2026, 2, 28)
# Where on the clock it is put up, and on which days the hall had been open before.
WHEN = {
    "on a Monday before the doors open": ("2026-03-02T07:40+08:00", ["02-27", "02-28"]),
    "on a Monday at night, its Sunday not yet ended": (
        "2026-03-02T01:00+08:00",
        ["02-27", "02-28"],
    ),
    "on a Sunday": ("2026-03-08T12:00+08:00", ["03-06", "03-07"]),
    "in the middle of an open day": ("2026-03-04T10:30+08:00", ["03-02", "03-03"]),
    "after a long holiday": ("2026-10-08T08:00+08:00", ["09-29", "09-30"]),
}


@pytest.mark.parametrize(("at", "days"), WHEN.values(), ids=WHEN)
def test_the_last_open_days_are_past_whenever_it_is_put_up(at: str, days: list[str]) -> None:
    moment = datetime.fromisoformat(at)
    build_town(at=moment)

    play_past(at=moment, many=2)

    seen = sorted({f"{day:%m-%d}" for day in Visit.objects.values_list("day", flat=True)})
    assert seen == days
    assert not Entry.objects.filter(at__gt=moment).exists()
    assert not Visit.objects.filter(ended_at=None).exists()
    assert not Desk.objects.filter(until=None).exists()


def test_what_the_past_tells_adds_up() -> None:
    build_town(at=MONDAY)

    came = play_past(at=MONDAY, many=1)

    assert Visit.objects.count() == came > 20
    assert list(visit_faults()) == []
    assert called_out_of_turn(Site.objects.get(code="civic-centre"), SATURDAY) == []
    numbers = Visit.objects.filter(number__isnull=False)
    assert Forecast.objects.count() == numbers.count()
    assert Known.objects.get().day == SATURDAY
    assert Plan.objects.get().line.prefix == "A"
    decided = [(one.decided_by, one) for one in Review.objects.filter(upheld=True)]
    assert decided
    assert not any(by is None or decides_within(by, one) for by, one in decided)


def test_a_hall_to_which_somebody_came_has_no_other_past() -> None:
    build_town(at=MONDAY)
    play_past(at=MONDAY, many=1)
    before = Entry.objects.count()

    assert play_past(at=MONDAY + timedelta(days=1), many=1) == 0
    assert Entry.objects.count() == before


def test_what_was_said_is_not_said_again_later_that_day() -> None:
    """The days run fast, and what a process remembers for seconds must be as short in them."""
    build_town(at=MONDAY)

    play_past(at=MONDAY, many=1)

    in_the_line = Forecast.objects.filter(visit__prefix="A").values_list("middle", flat=True)
    assert len(set(in_the_line)) > len(in_the_line) / 2


def test_a_real_town_has_its_own_past() -> None:
    with pytest.raises(NotTheDemoTown):
        play_past(at=MONDAY)
