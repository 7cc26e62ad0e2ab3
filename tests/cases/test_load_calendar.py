"""`mingchuang load_calendar`: a year comes into force, and what it touches is promised anew."""

import json
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from mingchuang.cases.actions.intake import receive_submission
from mingchuang.cases.actions.reception import accept_case
from mingchuang.cases.models import Case
from mingchuang.cases.queries.audit import case_faults
from mingchuang.hall.actions import load_calendar
from mingchuang.hall.models import CalendarYear
from mingchuang.hall.rules.table import CalendarTable, parse_calendar
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from tests.build import SHANGHAI, a_case, a_dispatcher, the_town, what_was_said

pytestmark = pytest.mark.django_db

HEAD = "year: 2027\nsource: 国务院 2027 年节假日安排\nretrieved: 2026-11-22\n"
NEW_YEAR = HEAD + "2027-01-01 holiday 元旦\n2027-01-02 makeup 元旦\n2027-01-04 holiday 元旦\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    the_town()
    path = tmp_path / "2027.txt"
    path.write_text(NEW_YEAR, encoding="utf-8")
    return path


def loaded(path: Path) -> dict[str, Any]:
    told = StringIO()
    call_command("load_calendar", str(path), "--json", stdout=told)
    return dict(json.loads(told.getvalue()))


def a_promise(day: datetime) -> Case:
    """A case accepted on that day, with five working days to answer."""
    submission = receive_submission(what_was_said(), unit=the_town(), at=day)
    return accept_case(submission.number, by=a_dispatcher(), at=day)


def at(month: int, day: int, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, 9, 0, tzinfo=SHANGHAI)


def test_a_provisional_promise_is_computed_anew_with_an_entry(path: Path) -> None:
    case = a_promise(at(12, 28))
    assert (case.provisional, case.due_at) == (True, datetime(2027, 1, 5, tzinfo=SHANGHAI))

    told = loaded(path)

    case.refresh_from_db()
    assert (told["changed"], told["checked"], told["moved"]) == (True, 1, 1)
    assert (case.provisional, case.due_at) == (False, datetime(2027, 1, 6, tzinfo=SHANGHAI))
    entry = entries_of(case.subject).last()
    assert entry is not None
    assert (entry.verb, entry.facts["by"]) == ("case.due_moved", "system")
    assert entry.facts["due_at"] == "2027-01-05T16:00:00.000000Z"
    assert list(case_faults()) == []


def test_a_promise_that_becomes_certain_has_an_entry_too(path: Path) -> None:
    path.write_text(HEAD + "2027-05-03 holiday 劳动节\n", encoding="utf-8")
    case = a_promise(at(12, 28))

    loaded(path)

    due_at, case_then = case.due_at, Case.objects.get()
    assert (case_then.due_at, case_then.provisional) == (due_at, False)
    assert entries_of(case.subject).filter(verb="case.due_moved").count() == 1


def test_the_same_file_twice_changes_nothing(path: Path) -> None:
    a_promise(at(12, 28))
    loaded(path)
    entries = Entry.objects.count()

    told = loaded(path)

    assert (told["changed"], told["moved"]) == (False, 0)
    assert Entry.objects.count() == entries


def test_a_day_named_in_the_december_before_moves_a_promise(path: Path) -> None:
    path.write_text(HEAD + "2026-12-26 makeup 元旦\n", encoding="utf-8")
    case = a_promise(at(12, 23))

    told = loaded(path)

    case.refresh_from_db()
    assert told["moved"] == 1
    assert case.due_at == datetime(2026, 12, 30, tzinfo=SHANGHAI)


def test_a_promise_for_new_year_s_eve_becomes_certain_with_the_next_notice(path: Path) -> None:
    case = a_promise(at(12, 24))
    assert (case.provisional, case.due_at) == (True, datetime(2027, 1, 1, tzinfo=SHANGHAI))

    told = loaded(path)

    case.refresh_from_db()
    assert told["moved"] == 1
    assert (case.provisional, case.due_at) == (False, datetime(2027, 1, 1, tzinfo=SHANGHAI))


def test_what_the_year_does_not_touch_is_not_looked_at(path: Path) -> None:
    a_promise(at(3, 2))
    a_case("replied", unit=None)

    assert loaded(path)["checked"] == 0


def test_a_run_that_was_cut_short_is_completed_by_the_next(path: Path) -> None:
    case = a_promise(at(12, 28))
    table = parse_calendar(NEW_YEAR)
    assert isinstance(table, CalendarTable)
    load_calendar(table, at=at(11, 22))

    told = loaded(path)

    case.refresh_from_db()
    assert (told["changed"], told["moved"], case.provisional) == (False, 1, False)


def test_faults_are_named_by_their_lines_and_nothing_is_loaded(path: Path, capsys: Any) -> None:
    path.write_text(HEAD + "2027-02-30 holiday 春节\n2027-03-01 party 春节\n", encoding="utf-8")

    with pytest.raises(SystemExit) as stopped:
        call_command("load_calendar", str(path))

    told = capsys.readouterr().err
    assert stopped.value.code == 1
    assert "第 4 行：“2027-02-30”不是日期" in told
    assert "第 5 行：“party”不是类别" in told
    assert not CalendarYear.objects.filter(year=2027).exists()


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("year: 2028\n2028-01-03 holiday 元旦\n", "第 7 行：“year: 2028”前面已经写过"),
        ("20270501 holiday 劳动节\n", "第 7 行：“20270501”不是日期"),
        ("2027-W01-1 holiday 元旦\n", "第 7 行：“2027-W01-1”不是日期"),
        ("1999-05-05 holiday 劳动节\n", "第 7 行：1999-05-05 不在这一年"),
    ],
)
def test_one_wrong_line_loads_nothing(path: Path, capsys: Any, lines: str, sentence: str) -> None:
    path.write_text(NEW_YEAR + lines, encoding="utf-8")

    with pytest.raises(SystemExit):
        call_command("load_calendar", str(path))

    assert sentence in capsys.readouterr().err
    assert not CalendarYear.objects.filter(year__gte=2027).exists()


@pytest.mark.parametrize("name", ["2027.txt", "nowhere.txt", "."])
def test_a_file_that_cannot_be_read_is_refused(path: Path, name: str) -> None:
    path.write_bytes("year: 2027 # 年份".encode("gbk"))

    with pytest.raises(CommandError, match="UTF-8") as stopped:
        call_command("load_calendar", str(path.parent / name))

    assert stopped.value.returncode == 2


def test_the_end_is_told_in_words(path: Path) -> None:
    a_promise(at(12, 28))
    told = StringIO()

    call_command("load_calendar", str(path), stdout=told)

    assert "已载入 2027 年的工作日安排" in told.getvalue()
    assert "核对了 1 件在办工单，1 件改了到期时间。" in told.getvalue()
