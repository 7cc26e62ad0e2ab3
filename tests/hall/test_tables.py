"""Loading the statutory calendar and the time-limit profiles."""

from dataclasses import replace
from datetime import date, time

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from mingchuang.cases.queries.terms import rectifying_profile_called
from mingchuang.hall.actions import load_calendar, load_profiles, load_shipped_calendars
from mingchuang.hall.models import CalendarDay, CalendarYear, OpeningHours, TimeLimit
from mingchuang.hall.queries import (
    NoTimeLimit,
    closing_for,
    profiles,
    time_limit_for,
    work_calendar,
)
from mingchuang.hall.rules.days import DayKind, Mark
from mingchuang.hall.rules.kinds import Kind, Urgency
from mingchuang.hall.rules.spans import Closing, Measure, Span, StartRule
from mingchuang.ledger.models import Entry
from tests.hall.build import MONDAY, a_clerk, a_site, a_unit
from tests.hall.days import on, shipped

pytestmark = pytest.mark.django_db

NEW_YEAR = (date(2027, 1, 1), Mark(DayKind.HOLIDAY, "元旦"))
TABLE_2027 = replace(shipped(2026), year=2027, marks=(NEW_YEAR,))
ALL = [(kind, urgency) for kind in Kind for urgency in Urgency]


def test_a_loaded_year_is_in_force_and_recorded() -> None:
    changed = load_calendar(shipped(2026), at=MONDAY, by=a_clerk())

    entry = Entry.objects.get(subject="calendar:2026")
    assert changed
    assert work_calendar().after(on(9, 30), 1) == on(10, 8)
    assert work_calendar().is_provisional(2027)
    assert entry.verb == "calendar.loaded"
    assert entry.facts["days"] == 39
    assert entry.facts["version"] == shipped(2026).version


def test_the_same_year_twice_changes_and_records_nothing() -> None:
    load_calendar(shipped(2026), at=MONDAY)

    changed = load_calendar(shipped(2026), at=MONDAY)

    assert not changed
    assert Entry.objects.filter(verb="calendar.loaded").count() == 1
    assert CalendarDay.objects.count() == 39


def test_a_changed_file_replaces_that_year_only() -> None:
    load_calendar(TABLE_2027, at=MONDAY)
    load_calendar(shipped(2026), at=MONDAY)
    less = replace(shipped(2026), marks=shipped(2026).marks[:3])

    load_calendar(less, at=MONDAY)

    assert CalendarDay.objects.filter(calendar__year=2026).count() == 3
    assert CalendarDay.objects.filter(calendar__year=2027).count() == 1
    assert work_calendar().is_working_day(on(10, 1))


def test_a_december_day_named_by_two_notices_follows_the_later_one() -> None:
    day = on(12, 28, year=2026)
    earlier = replace(shipped(2026), marks=((day, Mark(DayKind.HOLIDAY, "元旦")),))
    later = replace(TABLE_2027, marks=((day, Mark(DayKind.MAKEUP, "元旦")), NEW_YEAR))
    load_calendar(later, at=MONDAY)

    load_calendar(earlier, at=MONDAY)

    assert work_calendar().is_working_day(day)


def test_the_calendar_is_built_once_and_asked_for_with_one_statement(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    load_calendar(shipped(2026), at=MONDAY)
    built = work_calendar()

    with django_assert_num_queries(1):
        again = work_calendar()

    assert again is built


def test_nothing_loaded_is_the_plain_week() -> None:
    assert work_calendar().after(on(9, 30), 1) == on(10, 1)
    assert work_calendar().is_provisional(2026)


def test_the_shipped_years_are_loaded_once() -> None:
    assert load_shipped_calendars(at=MONDAY) == 23
    assert load_shipped_calendars(at=MONDAY) == 0
    assert CalendarYear.objects.count() == 23


def test_a_year_the_deployment_loaded_is_not_replaced_by_the_shipped_one() -> None:
    own = replace(shipped(2026), source="本市通知")
    load_calendar(own, at=MONDAY)

    load_shipped_calendars(at=MONDAY)

    assert CalendarYear.objects.get(year=2026).source == "本市通知"


def test_six_profiles_come_with_their_sources() -> None:
    loaded = load_profiles(at=MONDAY)

    assert loaded == 6
    assert profiles() == [
        "bureau_13",
        "ratings_15",
        "ratings_dezhou",
        "ratings_zhejiang",
        "shandong_2017",
        "shandong_2020",
    ]
    assert not TimeLimit.objects.filter(source="").exists()
    assert Entry.objects.filter(verb="profile.loaded").count() == 6


def test_loading_profiles_again_leaves_what_the_deployment_changed() -> None:
    load_profiles(at=MONDAY)
    TimeLimit.objects.filter(profile="bureau_13").update(finish_amount=7)

    loaded = load_profiles(at=MONDAY)

    assert loaded == 0
    assert set(
        TimeLimit.objects.filter(profile="bureau_13").values_list("finish_amount", flat=True)
    ) == {7}


def test_a_database_of_old_gets_the_kinds_its_profiles_did_not_know() -> None:
    load_profiles(at=MONDAY)
    TimeLimit.objects.filter(kind="rectify").delete()
    TimeLimit.objects.filter(profile="bureau_13").update(finish_amount=7)
    with pytest.raises(NoTimeLimit):
        rectifying_profile_called("bureau_13")

    loaded = load_profiles(at=MONDAY)

    assert loaded == 6
    assert rectifying_profile_called("bureau_13") == "bureau_13"
    changed = TimeLimit.objects.filter(profile="bureau_13").exclude(kind="rectify")
    assert set(changed.values_list("finish_amount", flat=True)) == {7}


@pytest.mark.parametrize("profile", ["shandong_2020", "shandong_2017", "bureau_13"])
def test_every_kind_and_urgency_has_its_limits(profile: str) -> None:
    load_profiles(at=MONDAY)

    limits = [time_limit_for(profile, kind, urgency) for kind, urgency in ALL]

    assert [limit.kind for limit in limits] == [kind for kind, _urgency in ALL]


def test_a_profile_says_what_its_source_says() -> None:
    load_profiles(at=MONDAY)

    limit = time_limit_for("shandong_2020", "complaint", "normal")

    assert limit.finish == Span(5, Measure.WORKING_DAY)
    assert limit.extension_max == Span(10, Measure.WORKING_DAY)
    assert limit.return_window == Span(2, Measure.WORKING_DAY)
    assert limit.assumed == ["first_contact", "callback", "extension_times"]


def test_a_critical_case_has_the_urgent_limit_where_there_is_no_other() -> None:
    load_profiles(at=MONDAY)

    limit = time_limit_for("bureau_13", "complaint", "critical")

    assert limit.finish == Span(1, Measure.DAY, StartRule.SAME_DAY)
    assert limit.first_contact == Span(2, Measure.HOUR, StartRule.SAME_DAY)
    assert limit.callback == Span(1, Measure.DAY)


@pytest.mark.parametrize("profile", ["shandong_2020", "shandong_2017", "bureau_13"])
def test_what_is_critical_is_contacted_within_hours_by_every_profile(profile: str) -> None:
    load_profiles(at=MONDAY)

    limit = time_limit_for(profile, "assistance", "critical")

    assert limit.first_contact == Span(2, Measure.HOUR, StartRule.SAME_DAY)
    assert limit.finish.measure != Measure.WORKING_DAY


def test_an_unknown_profile_or_urgency_is_refused_in_words() -> None:
    load_profiles(at=MONDAY)

    with pytest.raises(NoTimeLimit, match="时限方案“mars”里没有这类诉求的办理时限"):
        time_limit_for("mars", "complaint", "normal")
    with pytest.raises(NoTimeLimit):
        time_limit_for("bureau_13", "complaint", "yesterday")


def test_a_limit_is_asked_for_with_one_statement(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    load_profiles(at=MONDAY)

    with django_assert_num_queries(1):
        time_limit_for("bureau_13", "complaint", "critical")


def test_the_database_itself_refuses_a_limit_of_no_time() -> None:
    load_profiles(at=MONDAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        TimeLimit.objects.update(finish_amount=0)


def test_a_unit_closes_when_its_hall_does() -> None:
    site = a_site()
    OpeningHours.objects.create(site=site, weekday=0, opens=time(8, 30), closes=time(12))
    OpeningHours.objects.create(site=site, weekday=0, opens=time(13, 30), closes=time(17, 30))

    assert closing_for(site.unit) == Closing((time(17, 30), *[None] * 6))


def test_a_unit_without_a_hall_has_until_midnight() -> None:
    assert closing_for(a_unit()) is None


def test_the_database_itself_refuses_a_hall_nobody_can_find() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        a_site(address="")
