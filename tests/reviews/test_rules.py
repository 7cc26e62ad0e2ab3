"""Ratings, their tags, what becomes of a bad one, and who may know: pure answers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.cases.rules.figures import month_of
from mingchuang.people.rules.roles import Role, Scope
from mingchuang.reviews.rules import life, tags
from mingchuang.reviews.rules.figures import (
    FEWEST,
    Begun,
    Counted,
    Name,
    begun_in,
    is_told,
    told_apart,
    told_days,
)
from mingchuang.reviews.rules.life import Deed, Finding, State
from mingchuang.reviews.rules.offices import Duty, offices_of
from mingchuang.reviews.rules.ratings import GRADES, Origin, is_bad
from mingchuang.reviews.words.tags import TAGS, tag_words
from tests.build import A_DAY, MONDAY

TOWN, HALL, DESK = 1, 2, 3
ABOVE = {TOWN: None, HALL: TOWN, DESK: HALL}
ALL = frozenset(ABOVE)
grades = st.sampled_from(list(GRADES))
counts = st.integers(0, 1000)


@given(grades, st.lists(st.integers(100, 599)))
def test_a_tag_is_kept_only_with_the_grade_it_begins_with(grade: int, codes: list[int]) -> None:
    kept = tags.as_codes(tags.as_text(codes, grade=grade))

    assert kept == sorted(set(codes) & set(tags.tags_of(grade)))
    assert all(str(code).startswith(str(grade)) for code in kept)


def test_every_code_has_its_words_and_no_words_are_without_a_code() -> None:
    codes = {code for grade in GRADES for code in tags.tags_of(grade)}

    assert codes == set(TAGS[tags.CURRENT])
    assert len(codes) == 8 * len(GRADES)


def test_a_tag_of_a_set_nobody_knows_is_shown_as_its_number() -> None:
    assert tag_words("v9", "101,102") == ["101", "102"]


@given(st.sampled_from(list(State)), st.lists(st.sampled_from(list(Deed)), max_size=9))
def test_nothing_happens_to_what_is_closed(state: State, deeds: list[Deed]) -> None:
    for deed in deeds:
        if life.may_step(state, deed):
            state = life.after(state, deed)

    assert not any(life.may_step(State.CLOSED, deed) for deed in Deed)
    assert state in set(State)


@given(st.timedeltas(timedelta(), timedelta(days=30)), st.booleans(), st.booleans())
def test_the_rated_office_is_heard_or_may_still_speak(
    later: timedelta, agreed: bool, decided: bool
) -> None:
    at = MONDAY + later

    heard = life.was_heard(MONDAY, at, agreed=agreed, decided=decided)

    assert heard != life.may_contest(MONDAY, at, agreed=agreed, decided=decided)
    assert heard == (agreed or decided or later >= life.TO_CONTEST)


def test_nobody_finds_alone_that_somebody_meant_harm() -> None:
    assert Finding.MALICIOUS not in life.findings_open(was_heard=True)
    assert Finding.MISTAKEN not in life.findings_open(was_heard=False)
    assert not life.TO_RECTIFY & set(life.UPHELD)


@given(st.dictionaries(st.sampled_from(list(Role)), st.sets(st.sampled_from([1, 2, 3]))))
def test_who_sits_in_an_office_never_reviews_it(places: dict[Role, set[int]]) -> None:
    scope = Scope({role: frozenset(units) for role, units in places.items()})

    offices = offices_of(scope, ABOVE)

    assert not offices.answered & offices.reviewed
    assert not offices.answered & offices.of[Duty.VERIFY]
    assert not offices.answered & offices.of[Duty.DECIDE]


@pytest.mark.parametrize(
    ("role", "units", "duty", "may"),
    [
        (Role.CALLBACK, ALL, Duty.VERIFY, {TOWN, HALL, DESK}),
        (Role.SUPERVISOR, ALL, Duty.DECIDE, {TOWN, HALL, DESK}),
        (Role.AUDITOR, ALL, Duty.READ, {TOWN, HALL, DESK}),
        (Role.CALLBACK, {HALL, DESK}, Duty.VERIFY, {DESK}),
        (Role.SUPERVISOR, {HALL, DESK}, Duty.ANSWER, {HALL}),
        (Role.RECEPTION, {HALL, DESK}, Duty.ANSWER, {HALL}),
        (Role.RECEPTION, ALL, Duty.ANSWER, {TOWN}),
        (Role.HANDLER, ALL, Duty.ANSWER, {TOWN, HALL, DESK}),
        (Role.ADMINISTRATOR, ALL, Duty.READ, set()),
    ],
)
def test_each_post_opens_what_it_is_for(
    role: Role, units: set[int], duty: Duty, may: set[int]
) -> None:
    offices = offices_of(Scope({role: frozenset(units)}), ABOVE)

    assert offices.of[duty] == may


@given(st.dictionaries(st.tuples(st.sampled_from(list(Origin)), grades), counts))
def test_only_what_citizens_say_counts_and_each_part_lies_in_its_whole(
    said: dict[tuple[Origin, int], int],
) -> None:
    voices = sum(many for (origin, _), many in said.items() if origin == Origin.CITIZEN)
    bad = sum(n for (one, grade), n in said.items() if one == Origin.CITIZEN and is_bad(grade))
    counted = Counted(said, {(Finding.MISTAKEN, "1"): bad // 2, (Finding.MALICIOUS, "2"): bad // 4})

    by_name = {share.name: share for share in counted.shares}

    assert counted.valid == voices - bad // 2 - bad // 4
    assert by_name[Name.GOOD].part + by_name[Name.BAD].part == counted.valid
    assert all(0 <= share.part <= share.whole for share in counted.shares)
    assert sum(counted.others.values()) == sum(said.values()) - voices


def test_what_is_verified_late_counts_against_us_and_nothing_before_its_time() -> None:
    early, due, late = MONDAY, MONDAY + A_DAY, MONDAY + 2 * A_DAY
    steps = [(early, due), (due, due), (late, due), (None, due), (None, late), (early, late)]

    assert begun_in(steps, due) == Begun(kept=2, due=5, running=1)


@pytest.mark.parametrize(("said", "told"), [(4, False), (5, True)])
def test_a_month_that_runs_is_told_up_to_yesterday_and_from_five_on(said: int, told: bool) -> None:
    december, third = month_of(date(2026, 12, 3)), date(2026, 12, 3)
    over, heard = month_of(date(2026, 11, 3)), Counted({(Origin.CITIZEN, 5): said})

    assert told_days(december, third).last == date(2026, 12, 2)
    assert told_days(over, third) == over
    assert is_told(heard, december, third) is told
    assert is_told(Counted(), over, third)


@given(st.dictionaries(st.integers(1, 9), st.integers(0, 12)))
def test_no_service_is_told_apart_by_which_another_could_be_reckoned(said: dict[int, int]) -> None:
    of_each = {item: Counted({(Origin.CITIZEN, 5): many}) for item, many in said.items()}

    apart = told_apart(of_each)

    left = sum(many for item, many in said.items() if item not in apart)
    assert all(said[item] >= FEWEST for item in apart)
    assert left == 0 or left >= FEWEST or not apart
