"""How long found things are kept, when the year is over, and what may be what."""

from calendar import isleap
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.cases.rules.found import (
    Care,
    Fate,
    Kind,
    care_of,
    is_year_over,
    kept_until,
    last_day_to_claim,
    same_day_next_year,
    storage_of,
)
from mingchuang.cases.rules.lost import (
    EARLIEST,
    LATEST,
    Traits,
    is_likely,
    kin_of,
    likeness,
)
from mingchuang.hall.rules.days import WorkCalendar
from tests.hall.days import CALENDAR

DAYS = st.dates(date(2000, 1, 1), date(2098, 12, 31))
KINDS = st.sampled_from(sorted(Kind))
TEXTS = st.text("黑白长短柄伞钱包手机梅花木头 ab1", max_size=12)
SITES = st.sampled_from(["", "north", "south"])
TRAITS = st.builds(Traits, KINDS, st.dates(date(2026, 3, 1), date(2026, 5, 1)), SITES, TEXTS, TEXTS)
PLAIN = WorkCalendar()
MONDAY = date(2026, 3, 2)


@given(DAYS)
def test_a_year_ends_on_the_same_day_of_the_next(day: date) -> None:
    end = same_day_next_year(day)

    assert (end.year, end.month) == (day.year + 1, day.month)
    assert end.day == day.day or (day.month, day.day, end.day) == (2, 29, 28)


@given(DAYS)
def test_between_the_notice_and_its_last_day_lies_a_year_and_the_first_day_is_not_counted(
    day: date,
) -> None:
    days = (same_day_next_year(day) - day).days

    holds_a_29th = isleap(day.year) and day <= date(day.year, 2, 28)
    holds_a_29th |= isleap(day.year + 1) and day >= date(day.year, 3, 1)
    assert days == 365 + holds_a_29th


@given(DAYS, st.integers(0, 500))
def test_nothing_belongs_to_the_state_before_the_last_day_is_over(day: date, later: int) -> None:
    today = day + timedelta(days=later)

    is_over = is_year_over(day, today, PLAIN)

    assert is_over == (today > last_day_to_claim(day, PLAIN))
    assert not (is_over and later <= 365)


def test_a_last_day_off_is_the_next_working_day() -> None:
    # 2026-01-01 to 01-03 are off, 01-04 is a make-up day; 2026-10-01 to 10-07 are off.
    assert last_day_to_claim(date(2025, 1, 2), CALENDAR) == date(2026, 1, 4)
    assert last_day_to_claim(date(2025, 10, 3), CALENDAR) == date(2026, 10, 8)
    assert last_day_to_claim(date(2025, 3, 3), CALENDAR) == date(2026, 3, 3)


def test_without_a_notice_no_clock_runs() -> None:
    assert not is_year_over(None, date(2099, 1, 1), PLAIN)


@pytest.mark.parametrize(
    ("kind", "hours", "fate"),
    [
        ("umbrella", None, Fate.STATE),
        ("wallet", 168, Fate.POLICE),
        ("document", 168, Fate.POLICE),
        ("cup", 720, Fate.DISPOSE),
        ("power_bank", 168, Fate.DISPOSE),
        ("food", 360, Fate.DISPOSE),
        ("fresh", 24, Fate.DISPOSE),
        ("animal", 0, Fate.POLICE),
    ],
)
def test_each_kind_is_kept_as_long_as_the_table_says(
    kind: str, hours: int | None, fate: Fate
) -> None:
    assert storage_of(kind, care_of(kind)) == (hours, fate)


@given(KINDS)
def test_nothing_valuable_is_thrown_away_or_left_to_the_state_unseen(kind: str) -> None:
    storage = storage_of(kind, Care.VALUABLE)

    assert storage.hours is not None
    assert storage.fate != Fate.STATE


@given(KINDS, st.sampled_from(["", *sorted(Care)]))
def test_a_clerk_may_ask_for_more_care_and_never_for_less(kind: str, asked: str) -> None:
    least = care_of(kind)

    care = care_of(kind, asked)

    assert care == least or least == Care.ORDINARY


@given(st.datetimes(timezones=st.just(UTC), max_value=datetime(2090, 1, 1)), KINDS)
def test_time_is_counted_from_when_it_was_found(found_at: datetime, kind: str) -> None:
    storage = storage_of(kind, Care.ORDINARY)

    until = kept_until(found_at, storage)

    assert (until is None) == (storage.fate == Fate.STATE)
    assert until is None or until - found_at == timedelta(hours=storage.hours or 0)


@given(TRAITS, TRAITS)
def test_likeness_is_a_share_of_a_hundred_and_words_never_count_against(
    found: Traits, lost: Traits
) -> None:
    whole, public = likeness(found, lost), likeness(found.public, lost.public)

    assert (whole is None) == (public is None)
    assert whole is None or public is None or 0 <= public.score <= whole.score <= 100


@given(TRAITS, TRAITS)
def test_what_cannot_be_is_not_proposed(found: Traits, lost: Traits) -> None:
    days = (found.day - lost.day).days

    seen = likeness(found, lost)

    may_be = EARLIEST <= days <= LATEST and lost.kind in kin_of(found.kind)
    assert (seen is not None) == may_be


@given(KINDS, KINDS)
def test_kin_are_kin_both_ways(one: str, other: str) -> None:
    assert (other in kin_of(one)) == (one in kin_of(other))


@given(TRAITS)
def test_nothing_is_likelier_than_the_thing_itself(found: Traits) -> None:
    same = likeness(found, found)

    other = likeness(found, Traits(found.kind, found.day - timedelta(days=3), "elsewhere"))
    assert same is not None
    assert other is not None
    assert same.score >= other.score
    assert is_likely(same)


def test_an_umbrella_is_known_by_its_handle_and_the_reasons_are_told() -> None:
    found = Traits("umbrella", MONDAY, "north", "一楼取号机旁", "黑色长柄伞，木头弯把")
    lost = Traits("umbrella", MONDAY, "north", "取号机", "黑色长柄伞")

    seen = likeness(found, lost)

    assert seen is not None
    assert seen.score == 100
    assert (seen.same_kind, seen.days, seen.same_site) == (True, 0, True)
    assert seen.shared == ("黑色长柄伞", "取号机")


def test_what_both_say_is_told_in_whole_words_and_a_short_number_is_none() -> None:
    found = Traits("card", MONDAY, words="印着滨江服务区，尾号00")
    lost = Traits("card", MONDAY, words="卡片印着滨江服务区。00 号")

    seen = likeness(found, lost)

    assert seen is not None
    assert seen.shared == ("印着滨江服务区",)
