"""The database is the last guard of the hall's tables, whoever writes them."""

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from mingchuang.hall.actions import load_calendar, load_profiles
from mingchuang.hall.models import (
    CalendarDay,
    CalendarYear,
    Notice,
    OpeningHours,
    ServiceItem,
    Site,
    SpecialHours,
    TimeLimit,
    Window,
)
from tests.hall.build import MONDAY, a_guide, a_site, a_window, an_item
from tests.hall.days import shipped

pytestmark = pytest.mark.django_db

ROOM = apps.get_app_config("hall")
A_DAY = date(2026, 10, 1)
Breach = Callable[[], object]


def a_shift() -> OpeningHours:
    return OpeningHours.objects.create(
        site=a_site(), weekday=0, opens=time(8, 30), closes=time(17, 30)
    )


def a_special_shift() -> SpecialHours:
    return SpecialHours.objects.create(
        site=a_site(), day=A_DAY, kind="extended", opens=time(8, 30), closes=time(20)
    )


def a_day_shut() -> SpecialHours:
    return SpecialHours.objects.create(site=a_site(), day=A_DAY, kind="closed")


def a_notice() -> Notice:
    return Notice.objects.create(title="停电", text="上午停电。", since=A_DAY)


def a_notice_of_one_site() -> Notice:
    return Notice.objects.create(title="停电", text="上午停电。", since=A_DAY, site=a_site())


def the_calendar() -> CalendarDay:
    load_calendar(shipped(2026), at=MONDAY)
    return CalendarDay.objects.earliest("pk")


def the_limits() -> TimeLimit:
    load_profiles(at=MONDAY)
    return TimeLimit.objects.earliest("pk")


def changed(build: Callable[[], models.Model], /, **fields: Any) -> Breach:
    """Write these columns of a row that was good."""

    def breach() -> object:
        row = build()
        return type(row)._default_manager.filter(pk=row.pk).update(**fields)

    return breach


def again(build: Callable[[], models.Model]) -> Breach:
    """Insert a good row a second time."""

    def breach() -> None:
        row = build()
        row.pk = None
        row._state.adding = True
        row.save()

    return breach


def no_time_to(part: str) -> Breach:
    return changed(the_limits, **{f"{part}_amount": 0})


def the_year() -> CalendarYear:
    return the_calendar().calendar


def a_good_window() -> Window:
    return a_window(a_site(), 3)


BREACHES: Mapping[str, Breach] = {
    "hall_site_can_be_found": changed(a_site, address=""),
    "hall_window_one_per_number": again(a_good_window),
    "hall_window_has_name": changed(a_good_window, name=""),
    "hall_hours_one_shift_per_start": again(a_shift),
    "hall_hours_weekday": changed(a_shift, weekday=7),
    "hall_hours_close_after_opening": changed(a_shift, closes=time(8, 30)),
    "hall_special_one_shift_per_start": again(a_special_shift),
    "hall_special_shut_once": again(a_day_shut),
    "hall_special_kind": changed(a_special_shift, kind="party"),
    "hall_special_shut_or_open": changed(a_special_shift, opens=None, closes=None),
    "hall_notice_says_something": changed(a_notice, text=""),
    "hall_notice_ends_after_it_began": changed(a_notice, until=date(2026, 9, 30)),
    "hall_item_has_name": changed(an_item, name=""),
    "hall_item_kind": changed(an_item, item_kind="someday"),
    "hall_item_audience": changed(an_item, audience="nobody"),
    "hall_guide_names_limit_and_fee": changed(a_guide, fee=""),
    "hall_calendar_names_source": changed(the_year, source=""),
    "hall_day_once_per_notice": again(the_calendar),
    "hall_day_kind": changed(the_calendar, kind="party"),
    "hall_day_has_name": changed(the_calendar, name=""),
    "hall_limit_one_per_kind_and_urgency": again(the_limits),
    "hall_limit_first_contact": no_time_to("first_contact"),
    "hall_limit_finish": no_time_to("finish"),
    "hall_limit_callback": no_time_to("callback"),
    "hall_limit_return": no_time_to("return"),
    "hall_limit_extension": changed(the_limits, extension_measure="fortnight"),
    "hall_limit_assumes_known_parts": changed(the_limits, assumed=["patience"]),
    "hall_limit_kind": changed(the_limits, kind="riddle"),
    "hall_limit_urgency": changed(the_limits, urgency="soon"),
    "hall_limit_start_rule": changed(the_limits, start_rule="whenever"),
    "hall_limit_names_source": changed(the_limits, source=""),
}
UNIQUE = {
    constraint.name
    for model in ROOM.get_models()
    for constraint in model._meta.constraints
    if isinstance(constraint, models.UniqueConstraint)
}


def test_every_constraint_of_the_room_is_tried() -> None:
    named = {c.name for model in ROOM.get_models() for c in model._meta.constraints}

    assert set(BREACHES) == named


@pytest.mark.parametrize("name", sorted(set(BREACHES) - UNIQUE))
def test_the_database_refuses(name: str) -> None:
    breach = BREACHES[name]

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        breach()


# SQLite names the columns of a broken uniqueness and PostgreSQL the constraint.
@pytest.mark.parametrize("name", sorted(UNIQUE))
def test_the_database_refuses_a_second(name: str) -> None:
    breach = BREACHES[name]

    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        breach()


@pytest.mark.parametrize(
    "hours", [{"opens": None}, {"closes": None}, {"closes": time(8)}, {"kind": "closed"}]
)
def test_a_day_is_shut_or_has_both_its_hours(hours: dict[str, Any]) -> None:
    half = changed(a_special_shift, **hours)

    with pytest.raises(IntegrityError, match="hall_special_shut_or_open"), transaction.atomic():
        half()


@pytest.mark.parametrize(
    "assumed", [5, None, "finish", {"finish": True}, [5], [["finish"]], ["finish", "patience"]]
)
def test_what_is_assumed_is_a_list_of_parts(assumed: Any) -> None:
    wrong = changed(the_limits, assumed=models.Value(assumed, models.JSONField()))

    with pytest.raises(IntegrityError, match="hall_limit_assumes_known_parts"):
        wrong()


@pytest.mark.parametrize("assumed", [[], ["finish"], ["return", "extension", "extension_times"]])
def test_any_of_the_parts_may_be_assumed(assumed: list[str]) -> None:
    limit = the_limits()

    TimeLimit.objects.filter(pk=limit.pk).update(assumed=assumed)

    limit.refresh_from_db()
    assert limit.assumed == assumed


@pytest.mark.parametrize("build", [a_good_window, a_shift, a_special_shift, a_notice_of_one_site])
def test_a_site_stays_while_something_hangs_on_it(build: Callable[[], Any]) -> None:
    site = build().site

    with pytest.raises(models.ProtectedError):
        site.delete()

    assert Site.objects.filter(pk=site.pk).exists()


def test_an_item_stays_while_it_has_a_guide() -> None:
    guide = a_guide()

    with pytest.raises(models.ProtectedError):
        guide.item.delete()

    assert ServiceItem.objects.filter(guide=guide).exists()
