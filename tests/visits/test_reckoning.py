"""Nights teach, plans are made: beside the pages, one at a time, and to the end if killed."""

import io
import json
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import localtime, now

from mingchuang.base.memory import forget
from mingchuang.hall.models import OpeningHours
from mingchuang.ledger.models import Entry
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from mingchuang.visits.actions.calling import call_next, finish
from mingchuang.visits.actions.forecasts import NIGHTS, keep_known
from mingchuang.visits.actions.plans import ask_plan
from mingchuang.visits.models import Forecast, Known, Line, Plan, Rota, Slot
from mingchuang.visits.queries.forecasts import day_to_learn
from mingchuang.visits.queries.past import past_visits
from mingchuang.visits.queries.plans import on_rota
from mingchuang.visits.queries.renewal import what_slots_follow
from mingchuang.visits.reckoning import is_anything_to_reckon, reckon
from mingchuang.visits.rules.forecast.forecaster import Forecaster
from mingchuang.visits.rules.forecast.stored import restored, stored
from mingchuang.visits.rules.making import Making
from mingchuang.visits.rules.past import GREEN, PastVisit
from mingchuang.visits.rules.plan import PLAIN, day_like
from tests.build import A_DAY, MONDAY, the_holder
from tests.visits.hall import a_clerk, a_line, a_visit

MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db


def a_day_at(line: Line, nine: datetime, *, people: int = 6) -> None:
    """So many take a number two minutes apart, the third of them green; each takes six minutes."""
    clerk = a_clerk(line, at=nine) if not line.site.windows.get(number=1).desks.exists() else None
    clerk = clerk or line.site.windows.get(number=1).desks.get(until=None).person
    for n in range(people):
        a_visit(line, at=nine + 2 * n * MINUTE, green="elderly" if n == 2 else "")
    for n in range(people):
        call_next(by=clerk, at=nine + (3 + 6 * n) * MINUTE)
        finish(by=clerk, at=nine + (9 + 6 * n) * MINUTE)


def the_supervisor(line: Line) -> Person:
    return the_holder(Role.SUPERVISOR, line.site.unit)


def the_next_morning() -> datetime:
    return MONDAY + A_DAY


def test_a_night_teaches_what_the_day_showed_and_the_next_goes_on() -> None:
    line = a_line()
    a_day_at(line, MONDAY)
    a_day_at(line, MONDAY + A_DAY)

    done = reckon(lambda: MONDAY + 2 * A_DAY)

    first, second = Known.objects.all()
    assert done["days"] == 2
    assert (first.day, first.heard, second.heard) == (MONDAY.date(), 6, 6)
    assert restored(bytes(first.content)).past.sums["", "", -1].n == 6
    assert restored(bytes(second.content)).past.sums["", "", -1].n == 12
    assert Entry.objects.filter(verb="forecast.learned").count() == 2


def test_a_night_goes_on_from_what_is_stored_as_if_nobody_had_stopped() -> None:
    line = a_line()
    a_day_at(line, MONDAY)
    reckon(lambda: MONDAY + A_DAY)
    a_day_at(line, MONDAY + A_DAY)
    reckon(lambda: MONDAY + 2 * A_DAY)
    in_steps = bytes(Known.objects.latest("day").content)
    Known.objects.all().delete()

    reckon(lambda: MONDAY + 2 * A_DAY)

    anew = bytes(Known.objects.latest("day").content)
    assert restored(anew).past == restored(in_steps).past
    assert restored(anew).record == restored(in_steps).record


def test_today_teaches_nothing_before_it_is_over() -> None:
    a_day_at(a_line(), MONDAY)

    assert day_to_learn(MONDAY) is None
    assert day_to_learn(the_next_morning()) == MONDAY.date()
    assert is_anything_to_reckon(the_next_morning())


def test_a_day_is_learned_from_once() -> None:
    a_day_at(a_line(), MONDAY)
    reckon(the_next_morning)

    assert reckon(the_next_morning).total() == 0
    assert not is_anything_to_reckon(the_next_morning())


def test_who_comes_after_the_night_is_told_by_what_it_taught() -> None:
    line = a_line()
    a_day_at(line, MONDAY)
    before = a_visit(line, at=MONDAY + A_DAY).forecast
    reckon(the_next_morning)
    forget()
    after = a_visit(line, at=MONDAY + A_DAY).forecast

    assert after.known["row"] != before.known["row"]


def test_only_the_last_nights_are_kept_and_moments_not_for_ever() -> None:
    a_day_at(a_line(), MONDAY)
    content = stored(Forecaster())

    for n in range(NIGHTS + 2):
        keep_known(date(2026, 6, 1) + n * A_DAY, content, heard=0, at=MONDAY)

    assert Known.objects.count() == NIGHTS
    assert not Forecast.objects.exclude(known={}).exists()


def test_the_log_is_read_as_past_visits() -> None:
    line = a_line()
    a_day_at(line, MONDAY)
    a_visit(line, at=MONDAY + 90 * MINUTE)

    visits = past_visits(line, PLAIN, before=MONDAY.date() + A_DAY)

    assert len(visits) == 6, "who still waits is not over"
    came = localtime(MONDAY).replace(tzinfo=None)
    assert visits[0] == PastVisit(came, came + 9 * MINUTE, came + 15 * MINUTE)
    assert [visit.kind for visit in visits].count(GREEN) == 1


def test_who_waits_before_shut_doors_needs_no_window_until_they_open() -> None:
    line, at = a_line(), MONDAY + 90 * MINUTE
    opens = (localtime(MONDAY) + 95 * MINUTE).time()
    OpeningHours.objects.create(site=line.site, weekday=0, opens=opens, closes=time(17))
    clerk = a_clerk(line, at=at)
    a_visit(line, at=at)
    call_next(by=clerk, at=MONDAY + 99 * MINUTE)
    finish(by=clerk, at=MONDAY + 105 * MINUTE)

    [visit] = past_visits(line, PLAIN, before=MONDAY.date() + A_DAY)

    assert visit.came.time() == opens


def test_only_days_of_the_kind_are_read() -> None:
    line = a_line()
    a_day_at(line, MONDAY)

    assert past_visits(line, "1", before=MONDAY.date() + A_DAY) == []
    assert len(past_visits(line, "0", before=MONDAY.date() + A_DAY)) == 6
    assert past_visits(line, "0", before=MONDAY.date()) == []


def test_a_plan_is_made_beside_and_stands_there_afterwards() -> None:
    line = a_line()
    a_day_at(line, MONDAY, people=12)
    plan = ask_plan(
        line.pk, kind=PLAIN, share=90, minutes=20, by=the_supervisor(line), at=MONDAY + A_DAY
    )

    done = reckon(the_next_morning)

    plan.refresh_from_db()
    assert done["plans"] == 1
    assert (plan.state, plan.made_at) == (Making.MADE, the_next_morning())
    assert plan.facts["days"] == 1
    assert [half["from"] for half in plan.facts["plan"]] == ["09:00"]
    assert plan.facts["what_if"][0]["what"] == "as_planned"


def test_the_same_plan_asked_twice_waits_once() -> None:
    line = a_line()
    who = the_supervisor(line)
    wanted: dict[str, Any] = {"kind": "0", "share": 90, "minutes": 20, "by": who, "at": MONDAY}

    first, second = ask_plan(line.pk, **wanted), ask_plan(line.pk, **wanted)

    assert first == second
    assert Entry.objects.filter(verb="plan.begun").count() == 1


def test_without_anybody_served_there_is_no_plan_and_it_says_so() -> None:
    line = a_line()
    ask_plan(line.pk, kind=PLAIN, share=90, minutes=20, by=the_supervisor(line), at=MONDAY)

    reckon(the_next_morning)

    assert Plan.objects.get().state == Making.NOT_MADE


def test_windows_on_the_rota_are_counted_by_half_hours_and_shared_ones_in_part() -> None:
    line = a_line(windows=2)
    OpeningHours.objects.create(site=line.site, weekday=0, opens=time(9), closes=time(10))
    second = line.site.windows.get(number=2)
    Rota.objects.create(window=second, weekday=0, since=time(9, 15), until=time(9, 30))

    assert on_rota(line, "0", MONDAY) == {18: 2, 19: 1}
    other = a_line("B", site=line.site, windows=0)
    second.items.add(*other.items.all())
    assert on_rota(line, "0", MONDAY) == {18: Fraction(3, 2), 19: 1}
    assert day_like(PLAIN, date(2026, 3, 7)) == date(2026, 3, 9)


def test_a_command_does_all_that_waits() -> None:
    a_day_at(a_line(), MONDAY)
    out = io.StringIO()

    call_command("reckon", "--json", stdout=out)

    assert json.loads(out.getvalue()) == {
        "days": 1,
        "plans": 0,
        "lotteries": 0,
        "batches": 0,
        "workbooks": 0,
    }


def test_staffing_reads_our_own_log_as_it_reads_a_file() -> None:
    line = a_line()
    a_day_at(line, localtime(now()).replace(hour=9, minute=0, second=0) - 7 * A_DAY, people=12)
    kind = str((localtime(now()) - 7 * A_DAY).weekday())
    out = io.StringIO()

    words = ("--site", line.site.code, "--line", "A", "--days", kind, "--json")
    call_command("staffing", *words, stdout=out)

    assert json.loads(out.getvalue())["visits"] == 12


def test_staffing_says_what_it_needs() -> None:
    line = a_line()

    with pytest.raises(CommandError, match="请给一个文件"):
        call_command("staffing")
    with pytest.raises(CommandError, match="还没有办完的来访"):
        call_command("staffing", "--site", line.site.code, "--line", "A")
    with pytest.raises(CommandError, match="没有这个队列"):
        call_command("staffing", "--site", "nowhere", "--line", "A")


def test_the_follower_renews_slots_and_learns() -> None:
    line = a_line()
    for weekday in range(7):
        OpeningHours.objects.create(site=line.site, weekday=weekday, opens=time(9), closes=time(11))
    a_day_at(line, MONDAY)

    call_command("follow", "--once", stdout=io.StringIO())
    again = Entry.objects.filter(verb="line.renewed").count()
    call_command("follow", "--once", stdout=io.StringIO())

    assert Slot.objects.filter(line=line).exists()
    assert Entry.objects.filter(verb="line.renewed").count() == again == 1
    assert Known.objects.filter(day=MONDAY.date()).exists()


def test_what_slots_are_made_of_is_known_again_and_a_change_is_seen() -> None:
    line = a_line()
    today = MONDAY.date()
    before = what_slots_follow(today)

    same = what_slots_follow(today)
    Rota.objects.create(window=line.site.windows.get(), weekday=0, since=time(9), until=time(10))

    assert same == before
    assert what_slots_follow(today) != before
    assert what_slots_follow(today + A_DAY) != what_slots_follow(today)
