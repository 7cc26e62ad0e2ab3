"""How a case stands, in a few words: what presses, what is left, how long it has waited."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from mingchuang.cases.actions.watch import supervise_case
from mingchuang.cases.models import Case
from mingchuang.cases.queries.inbox import InboxFilter, inbox
from mingchuang.cases.templatetags.standing import alarm, signs_of, waited
from mingchuang.hall.queries import work_calendar
from tests.build import A_DAY, MONDAY, a_case, a_dispatcher, a_supervisor

TUESDAY = MONDAY + A_DAY


def listed(case: Case, *, at: datetime = TUESDAY) -> Case:
    """The case as it stands in the inbox."""
    rows = inbox(a_dispatcher(), view="all", wanted=InboxFilter(), now=at)
    return next(row for row in rows[:100] if row.pk == case.pk)


def line_of(case: Case, *, at: datetime = TUESDAY) -> list[tuple[str, str]]:
    signs = signs_of(listed(case, at=at), at, work_calendar())
    return [(str(sign.words), sign.tone) for sign in signs]


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(), "刚到"),
        (timedelta(minutes=59), "刚到"),
        (timedelta(hours=1), "已等 1 小时"),
        (timedelta(hours=23, minutes=59), "已等 23 小时"),
        (timedelta(days=1), "已等 1 天"),
        (timedelta(days=2, hours=23), "已等 2 天"),
    ],
)
def test_waiting_is_told_in_days_or_in_hours(length: timedelta, words: str) -> None:
    assert waited(length) == words


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "tone"), [("received", "soon"), ("needs_info", "")])
def test_what_has_no_day_yet_says_how_long_it_has_waited(state: str, tone: str) -> None:
    case = a_case(state)

    assert line_of(case, at=MONDAY + 2 * A_DAY) == [("已等 2 天", tone)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "tone"),
    [
        (TUESDAY, ""),
        (datetime(2026, 3, 8, 2, 30, tzinfo=MONDAY.tzinfo), "soon"),
        (datetime(2026, 3, 10, tzinfo=MONDAY.tzinfo), "late"),
    ],
)
def test_time_left_is_told_in_words_and_its_tone_follows(at: datetime, tone: str) -> None:
    case = a_case("handling")

    [(words, told)] = line_of(case, at=at)

    assert told == tone
    assert words.startswith("逾期" if tone == "late" else "还剩")


@pytest.mark.django_db
def test_supervision_stands_before_the_time_left() -> None:
    case = a_case("handling")
    supervise_case(case.number, by=a_supervisor(), at=TUESDAY)

    assert [words[:2] for words, _tone in line_of(case)] == ["督办", "还剩"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "line"),
    [
        (TUESDAY, [("4月1日（周三）复核", "")]),
        (MONDAY + 30 * A_DAY, [("该复核了", "soon")]),
    ],
)
def test_a_paused_case_says_when_it_is_looked_at_again(
    at: datetime, line: list[tuple[str, str]]
) -> None:
    case = a_case("paused")

    assert line_of(case, at=at) == line


@pytest.mark.django_db
def test_an_answered_case_waits_for_its_call() -> None:
    assert line_of(a_case("replied")) == [("待回访", "")]


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["archived", "declined", "merged", "withdrawn"])
def test_what_is_over_has_nothing_left(state: str) -> None:
    assert line_of(a_case(state)) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"text": "楼道灯坏了。"}, ""),
        ({"text": "楼道灯坏了。", "urgency": "urgent"}, "紧急"),
        ({"text": "楼道灯坏了。", "urgency": "critical"}, "特急"),
        ({"text": "三楼着火了，快来人！"}, "紧急"),
        ({"text": "三楼着火了，快来人！", "urgency": "critical"}, "特急"),
    ],
)
def test_danger_and_urgent_words_are_flagged(said: dict[str, Any], word: str) -> None:
    case = a_case("received", **said)

    assert alarm(listed(case)) == word


@pytest.mark.django_db
def test_danger_that_somebody_has_taken_on_is_flagged_no_more() -> None:
    assert alarm(listed(a_case("accepted", text="三楼着火了，快来人！"))) == ""
