"""`mingchuang import_messages`: real letters and their answers become cases and replies."""

from collections.abc import Mapping
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from mingchuang.cases.actions.dispatch import acknowledge_case, dispatch_case
from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.actions.importing import Terms, import_letters
from mingchuang.cases.actions.intake import receive_submission
from mingchuang.cases.actions.reception import accept_case
from mingchuang.cases.models import Case, DueChange, Note, Reply, Submission
from mingchuang.cases.queries.audit import case_faults
from mingchuang.cases.queries.lists import public_answers
from mingchuang.cases.rules.letters import Letter
from mingchuang.cases.rules.said import Said
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from mingchuang.people.models import Person, Post, Requester
from mingchuang.people.rules.roles import Role
from tests.build import (
    A_DAY,
    LONG_AGO,
    MONDAY,
    SHANGHAI,
    a_dispatcher,
    a_person,
    a_unit,
    the_holder,
    the_town,
)
from tests.cases.workbooks import (
    HEADER,
    a_row,
    a_workbook,
    cells_of,
    coloured,
    imported,
    problems,
    refused,
    rewritten,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=SHANGHAI)
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    the_town()
    return tmp_path / "letters.xlsx"


def a_letter(number: int = 1, **given: Any) -> Letter:
    plain = {"name": "A0001", "title": "楼道灯坏了", "text": "楼道灯坏了三天。", "at": MONDAY}
    answer = {"reply": "灯已修好。", "replied_at": MONDAY + 3 * A_DAY}
    return Letter(number=str(number), **{**plain, **answer, **given})


def an_importer() -> Person:
    return a_person(Role.DISPATCHER, Role.HANDLER)


def told_of(case: Case) -> list[tuple[str, datetime, Mapping[str, object]]]:
    """What the entries of a case say, but for the handle under which its requester is kept."""
    entries = entries_of(case.subject)
    return [(one.verb, one.at, {**one.facts, "requester": ""}) for one in entries]


def test_a_message_with_its_answer_becomes_an_answered_case(path: Path) -> None:
    a_workbook(path, a_row(2549))

    status, told = imported(path)

    case = Case.objects.get()
    assert (status, told["rows"], told["imported"], told["replied"]) == (0, 1, 1, 1)
    assert (case.state, case.title, case.kind) == ("replied", "楼道灯坏了", "other")
    assert case.received_at == datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
    assert case.replies.get().at == datetime(2026, 3, 5, 9, 0, tzinfo=SHANGHAI)
    assert case.submissions.get().channel == "import"


def test_its_life_is_the_same_as_through_the_doors(path: Path) -> None:
    clerk, town, letter = an_importer(), the_town(), a_letter()
    then = letter.at + 3 * A_DAY
    said = Said(letter.text, "a-key", title=letter.title, name=letter.name, channel="import")
    number = receive_submission(said, unit=town, taken_by=clerk, at=letter.at).number
    accept_case(number, profile="bureau_13", by=clerk, at=letter.at)
    dispatch_case(number, town, by=clerk, at=letter.at)
    acknowledge_case(number, by=clerk, at=then)
    reply_to_case(number, letter.reply, disposition="explained", by=clerk, at=then)

    import_letters([letter], Terms(town, "bureau_13", clerk), at=NOW)

    walked, brought = Case.objects.order_by("pk")
    assert told_of(brought) == told_of(walked)
    assert _rows(brought) == _rows(walked)
    assert _plain(brought) == _plain(walked)
    assert list(case_faults()) == []


def _plain(row: Any) -> dict[str, object]:
    """The fields of a row, without what is its own: numbers, keys, salts, and what it hangs on."""
    own = {"id", "number", "key", "fingerprint", "salt", "entry", "case", "requester"}
    return {name: value for name, value in model_to_dict(row).items() if name not in own}


def _rows(case: Case) -> list[dict[str, object]]:
    models = (Submission, DueChange, Note, Reply)
    return [_plain(row) for model in models for row in model._default_manager.filter(case=case)]


def test_who_wrote_it_is_sealed_and_the_ledger_does_not_know(path: Path) -> None:
    a_workbook(path, a_row(留言用户="张小明"))

    imported(path)

    assert Requester.objects.get().name == "张小明"
    assert not Entry.objects.filter(facts__icontains="张小明").exists()
    assert Submission.objects.get().reachable is False


def test_a_message_without_an_answer_waits_at_its_unit(path: Path) -> None:
    unit = a_unit()
    a_workbook(path, a_row(答复意见=None, 答复时间=None))

    _, told = imported(path, "--unit", unit.code)

    case = Case.objects.get()
    assert (case.state, case.responsible_unit, told["replied"]) == ("dispatched", unit, 0)
    assert told["on_time"] == {"numerator": 0, "denominator": 1, "excluded": 0}


def test_an_answer_that_came_later_is_given_when_the_message_comes_again(path: Path) -> None:
    imported(a_workbook(path, a_row(答复意见=None, 答复时间=None)))

    status, told = imported(a_workbook(path, a_row()))

    case = Case.objects.get()
    assert (status, told["already_there"], told["replied"]) == (0, 1, 1)
    assert (case.state, case.replies.get().text) == ("replied", "灯已修好。")
    assert list(case_faults()) == []


def test_an_answer_that_is_there_is_never_overwritten(path: Path) -> None:
    imported(a_workbook(path, a_row()))

    status, told = imported(a_workbook(path, a_row(答复意见="另一个说法。")))

    assert (status, told["faulty"]) == (1, 1)
    assert Reply.objects.get().text == "灯已修好。"
    assert "已有别的答复" in problems(path.with_name("faults.xlsx"))[2]
    assert coloured(path.with_name("faults.xlsx")) == ["F2"]


def test_a_case_somebody_works_on_is_not_answered_by_a_workbook(path: Path) -> None:
    imported(a_workbook(path, a_row(答复意见=None, 答复时间=None)))
    case = Case.objects.get()
    acknowledge_case(case.number, by=the_holder(Role.HANDLER, the_town()), at=MONDAY + A_DAY)

    status, _ = imported(a_workbook(path, a_row()))

    assert status == 1
    assert not Reply.objects.exists()


def test_a_second_run_doubles_nothing(path: Path) -> None:
    a_workbook(path, *(a_row(number) for number in range(1, 251)))
    _, first = imported(path)
    entries = Entry.objects.count()

    status, again = imported(path)

    assert (status, again["imported"], again["already_there"]) == (0, 0, 250)
    assert (Submission.objects.count(), Requester.objects.count()) == (250, 250)
    assert Entry.objects.count() == entries
    assert again["on_time"] == first["on_time"]


def test_a_number_belongs_to_its_unit(path: Path) -> None:
    unit = a_unit()
    a_workbook(path, a_row(1))

    imported(path)
    imported(path, "--unit", unit.code)

    assert Case.objects.filter(responsible_unit=the_town()).count() == 1
    assert Case.objects.filter(responsible_unit=unit).count() == 1


def test_the_same_number_with_other_words_is_a_fault_in_its_row(path: Path) -> None:
    a_workbook(path, a_row(7), a_row(7), a_row("7", 留言详情="水管漏了。"))

    status, told = imported(path)

    assert (status, told["imported"], told["already_there"], told["faulty"]) == (1, 1, 1, 1)
    assert problems(path.with_name("faults.xlsx")) == {
        4: f"留言编号 7 已经用于另一段留言（{Submission.objects.get().number}），"
        "请核对编号。原来的留言没有改动。"
    }
    assert coloured(path.with_name("faults.xlsx")) == ["A4"]
    assert Requester.objects.count() == 1


def test_faults_come_back_in_their_rows_and_the_rest_is_imported(path: Path) -> None:
    a_workbook(
        path,
        a_row(1),
        a_row(2, 留言时间="2019/13/45"),
        a_row(3, 留言详情="  \n "),
        a_row(4, 留言详情="很长的话"),
        a_row(5, 留言主题="=A1", 留言详情="=SUM(1,2)"),
        a_row(None),
        a_row(7, 答复时间="2026/3/1 9:00"),
        a_row(8),
    )
    rewritten(path, SHEET, "很长的话", "长" * 40_000)

    status, told = imported(path)

    assert (status, told["imported"], told["faulty"]) == (1, 2, 6)
    assert told["faults"] == str(path.with_name("faults.xlsx"))
    assert problems(path.with_name("faults.xlsx")) == {
        3: "“留言时间”的“2019/13/45”不是时间，请写成 2026-03-02 09:30 的样子。",
        4: "“留言详情”是空的，请填写。",
        5: "“留言详情”有 40000 个字，最多 20000 个，请缩短。",
        6: "“留言主题”是公式（以等号开头），请用“粘贴为数值”换成文字。"
        "“留言详情”是公式（以等号开头），请用“粘贴为数值”换成文字。",
        7: "“留言编号”是空的，请填写。",
        8: "答复时间早于留言时间，请核对；只写了日期的，请补上几点几分。",
    }
    assert coloured(path.with_name("faults.xlsx")) == ["D3", "E4", "E5", "C6", "E6", "A7", "G8"]


def test_the_workbook_that_came_back_is_imported_once_it_is_repaired(path: Path) -> None:
    imported(a_workbook(path, a_row(1), a_row(2, 留言时间="昨天"), a_row(3)))
    header, *rows = cells_of(path.with_name("faults.xlsx"))
    repaired = [row if row[0] != 2 else (*row[:3], "2026/3/2 9:00", *row[4:]) for row in rows]

    status, told = imported(a_workbook(path, *repaired, header=[str(name) for name in header]))

    assert (status, told["imported"], told["already_there"]) == (0, 1, 2)


def test_a_formula_that_came_back_as_text_is_still_no_message(path: Path) -> None:
    imported(a_workbook(path, a_row(留言详情="=SUM(1,2)")))
    back = path.with_name("faults.xlsx").rename(path.with_name("back.xlsx"))

    status, told = imported(back)

    assert (status, told["faulty"]) == (1, 1)


def test_columns_may_stand_in_any_order_and_others_are_left_alone(path: Path) -> None:
    header = (*reversed(HEADER), "反对数", "类型")
    a_workbook(
        path, (*reversed(a_row(1)), 3, "投诉"), (*reversed(a_row(2)), 4, "吐槽"), header=header
    )

    _, told = imported(path)

    assert (told["imported"], Case.objects.get().kind) == (1, "complaint")
    assert cells_of(path.with_name("faults.xlsx"))[2][7:9] == (4, "吐槽")
    assert coloured(path.with_name("faults.xlsx")) == ["I3"]


def test_missing_columns_are_named_and_every_row_says_so(path: Path, capsys: Any) -> None:
    a_workbook(path, a_row()[2:], header=HEADER[2:])

    status, told = imported(path)

    assert (status, told["imported"], told["faulty"]) == (1, 0, 1)
    assert "第一行缺少“留言编号”、“留言用户”" in capsys.readouterr().err
    assert problems(path.with_name("faults.xlsx"))[2].startswith("表里没有“留言编号”这一列")


def test_without_the_columns_of_the_answer_messages_are_imported(path: Path) -> None:
    a_workbook(path, a_row()[:5], header=HEADER[:5])

    status, told = imported(path)

    assert (status, told["imported"], told["replied"]) == (0, 1, 0)


def test_answers_without_their_times_wait_for_the_missing_column(path: Path, capsys: Any) -> None:
    a_workbook(path, a_row()[:6], header=HEADER[:6])

    status, told = imported(path)

    assert (status, told["imported"], told["replied"]) == (0, 1, 0)
    assert "缺少“答复时间”，所以没有导入答复" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("profile", "kept"), [("shandong_2020", 0), ("bureau_13", 1), ("shandong_2017", 1)]
)
def test_answers_are_measured_by_the_profile_that_is_chosen(
    path: Path, profile: str, kept: int
) -> None:
    a_workbook(path, a_row(答复时间="2026/3/13 9:00"))

    _, told = imported(path, "--profile", profile)

    assert told["on_time"] == {"numerator": kept, "denominator": 1, "excluded": 0}


def test_the_import_acts_in_a_name_nobody_can_sign_in_with(path: Path) -> None:
    a_workbook(path, a_row())

    imported(path)
    imported(path)

    clerk = Person.objects.get(badge="IMPORT")
    assert not clerk.has_usable_password()
    assert sorted(clerk.posts.values_list("role", flat=True)) == ["dispatcher", "handler"]
    assert Entry.objects.filter(verb="post.given", subject="person:IMPORT").count() == 2


def test_when_and_by_whom_the_past_was_written_stands_in_the_ledger(path: Path) -> None:
    clerk = an_importer()
    a_workbook(path, a_row(1), a_row(2))

    imported(path, "--by", clerk.badge)

    entry = Entry.objects.get(verb="submission.imported")
    first, last = [case.number for case in Case.objects.order_by("pk")]
    assert entry.subject == "unit:YJ"
    assert entry.facts == {"by": clerk.badge, "cases": 2, "first": first, "last": last}
    assert entry.at > NOW - A_DAY
    assert not Person.objects.filter(badge="IMPORT").exists()


def test_a_clerk_without_the_posts_cannot_import(path: Path) -> None:
    clerk = a_dispatcher()
    a_workbook(path, a_row())

    status, told = refused(path, "--by", clerk.badge, "--faults", str(path.with_name("f.xlsx")))

    assert (status, clerk.badge in told) == (2, True)
    assert not Submission.objects.exists()


def test_answers_are_published_when_asked_under_a_title_that_names_nobody(path: Path) -> None:
    a_workbook(path, a_row(留言用户="张小明", 留言主题="我是张小明，电话 13800000000，灯坏了"))

    imported(path, "--publish")

    answer = public_answers().get()
    assert (answer.text, answer.published_at) == ("灯已修好。", answer.at)
    assert "张小明" not in answer.headline
    assert "13800000000" not in answer.headline


def test_answers_are_not_published_unasked(path: Path) -> None:
    imported(a_workbook(path, a_row()))

    assert not public_answers().exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--unit", "NOWHERE"), "没有代码为“NOWHERE”的单位"),
        (("--by", "9999"), "没有工号为“9999”的工作人员"),
        (("--profile", "mars"), "没有名为“mars”的时限方案。现有：bureau_13、"),
        (("--faults", "/nowhere/out.xlsx"), "--faults"),
    ],
)
def test_a_wrong_word_is_said_plainly_before_anything_is_read(
    path: Path, words: tuple[str, ...], sentence: str
) -> None:
    a_workbook(path, a_row())

    status, told = refused(path, *words)

    assert (status, sentence in told) == (2, True)
    assert not Person.objects.filter(badge="IMPORT").exists()


def test_a_list_of_something_else_is_refused(path: Path) -> None:
    a_workbook(path, ("张三", "310101"), header=("姓名", "身份证号"))

    status, told = refused(path)

    assert (status, "“留言编号”、“留言用户”" in told) == (2, True)


def test_a_town_without_units_is_told_what_to_do(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", a_row())

    status, told = refused(path)

    assert status == 2
    assert "时限方案" in told


def test_the_end_is_told_in_words(path: Path, capsys: Any) -> None:
    told = StringIO()

    call_command("import_messages", str(a_workbook(path, a_row())), stdout=told)

    assert "读了 1 行。\n新导入 1 条，原已导入 0 条，有问题 0 行。" in told.getvalue()
    assert "到期应答复 1 条，其中按时 1 条。" in told.getvalue()
    assert capsys.readouterr().err == "", "no progress bar where nobody watches"


def test_a_hundred_messages_take_few_statements(path: Path) -> None:
    clerk = an_importer()
    letters = [a_letter(number) for number in range(100)]

    with CaptureQueriesContext(connection) as statements:
        import_letters(letters, Terms(the_town(), "bureau_13", clerk), at=NOW)

    assert len(statements) < 60


def test_what_lies_in_the_future_is_not_history(path: Path) -> None:
    clerk = an_importer()

    with pytest.raises(ValueError, match="past"):
        import_letters([a_letter()], Terms(the_town(), "bureau_13", clerk), at=LONG_AGO)

    assert Post.objects.filter(person=clerk).exists()


def test_real_messages_get_their_real_answers(tmp_path: Path, optional_data: Path) -> None:
    the_town()
    path = tmp_path / "real.xlsx"
    path.symlink_to(optional_data / "messages_with_replies.xlsx")

    status, told = imported(path, "--profile", "shandong_2017")
    again_status, again = imported(path, "--profile", "shandong_2017")

    assert (status, told["rows"], told["imported"], told["replied"]) == (0, 1408, 1408, 1408)
    assert (again_status, again["already_there"], again["imported"]) == (0, 1408, 0)
    assert told["on_time"] == again["on_time"]
    assert (Submission.objects.count(), Reply.objects.count()) == (1408, 1408)
    assert Case.objects.get(submissions__text__contains="景蓉华苑").received_at == datetime(
        2019, 4, 25, 9, 32, 9, tzinfo=SHANGHAI
    )
    assert list(case_faults()) == []
