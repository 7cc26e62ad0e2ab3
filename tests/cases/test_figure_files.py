"""Figures as files: nothing in them is ever reckoned, and who took rows out is on record."""

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from mingchuang.cases.workbook.tables import guarded, kept_whole, table_bytes
from mingchuang.ledger.models import Entry
from mingchuang.people.rules.roles import Role
from tests.build import A_DAY, a_case, a_person, a_supervisor

HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1"]
ROWS = "/desk/figures/rows.{}?what=submissions"


def cells_of(kind: str, file: bytes) -> list[list[object]]:
    if kind == "csv":
        return [list(row) for row in csv.reader(io.StringIO(file.decode("utf-8-sig"), newline=""))]
    sheet = load_workbook(io.BytesIO(file)).active
    assert sheet is not None
    assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_a_formula_is_text(kind: str, text: str) -> None:
    found = cells_of(kind, table_bytes([[text, 7]], kind))

    assert str(found[0][0]).startswith("'")
    assert str(found[0][1]) == "7"


@given(st.text(max_size=20))
def test_no_cell_begins_with_what_is_reckoned(text: str) -> None:
    assert not str(guarded(text)).lstrip().startswith(("=", "+", "-", "@"))


@given(st.text(max_size=20) | st.text('0123456789="٣', min_size=14, max_size=20))
def test_only_digits_of_our_own_number_become_a_formula(text: str) -> None:
    kept = str(kept_whole(text))

    assert kept == guarded(text) or re.fullmatch(r'="[0-9]{16,}"', kept)


def test_a_csv_says_that_it_is_utf8() -> None:
    assert table_bytes([["灯"]], "csv") == "\ufeff灯\r\n".encode()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("path", ["/figures/", "/desk/figures/"])
def test_the_table_is_handed_out_with_numerators_and_denominators(
    client: Client, path: str, kind: str
) -> None:
    client.force_login(a_supervisor())
    a_case("replied", at=now() - 4 * A_DAY)

    answer = client.get(f"{path}table.{kind}")

    head, total, *_ = cells_of(kind, answer.content)
    assert [head[5], head[6], head[7], head[8]] == [
        "按时答复率 比率",
        "按时答复率 分子",
        "按时答复率 分母",
        "按时答复率 未计入",
    ]
    assert total[1] == "合计"


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_rows_are_handed_out_without_names_and_it_is_on_record(client: Client, kind: str) -> None:
    client.force_login(a_supervisor())
    said: dict[str, Any] = {"name": "张小明", "phone": "13800000000"}
    a_case(title='=HYPERLINK("http://x","y")', at=now(), **said)
    a_case(title="工地半夜施工", confidential=True, at=now(), **said)

    answer = client.post(ROWS.format(kind))

    cells = [str(cell) for row in cells_of(kind, answer.content) for cell in row]
    assert '\'=HYPERLINK("http://x","y")' in cells
    assert "（身份保密）" in cells
    assert not [c for c in cells if "张小明" in c or "13800000000" in c or "工地" in c]
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.facts["by"], entry.facts["rows"]) == (
        "figures.exported",
        a_supervisor().badge,
        2,
    )


@pytest.mark.django_db
def test_who_may_write_nothing_takes_no_rows_out(client: Client) -> None:
    client.force_login(a_person(Role.AUDITOR))

    assert client.post(ROWS.format("csv")).status_code == 404


@pytest.mark.django_db
def test_there_is_no_other_kind_of_file(client: Client) -> None:
    client.force_login(a_supervisor())

    assert client.get("/figures/table.exe").status_code == 404
    assert client.post(ROWS.format("exe")).status_code == 404


BACKWARDS = "since=2026-03-31&until=2026-03-01"
UNREADABLE = [BACKWARDS, "since=heute", "since=1066-10-14", "kind=nonsense&since=2026-03-01"]


@pytest.mark.django_db
@pytest.mark.parametrize("asked", UNREADABLE)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("path", ["/figures/", "/desk/figures/"])
def test_a_file_of_what_cannot_be_read_is_refused_in_words(
    client: Client, path: str, kind: str, asked: str
) -> None:
    client.force_login(a_supervisor())

    answer = client.get(f"{path}table.{kind}?{asked}")

    assert answer.status_code == 422
    assert "统计的条件有误，没有统计" in answer.content.decode()


@pytest.mark.django_db
def test_rows_of_what_cannot_be_read_are_neither_shown_nor_handed_out(client: Client) -> None:
    client.force_login(a_supervisor())
    a_case(at=now())

    shown = client.get(f"/desk/figures/rows/?what=submissions&{BACKWARDS}")
    taken = client.post(f"{ROWS.format('csv')}&{BACKWARDS}")

    assert (shown.status_code, taken.status_code) == (422, 422)
    assert "请对调" in shown.content.decode()
    assert not Entry.objects.filter(verb="figures.exported").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/figures/", "/desk/figures/"])
def test_the_page_keeps_what_was_typed_and_counts_nothing_else(client: Client, path: str) -> None:
    client.force_login(a_supervisor())

    answer = client.get(f"{path}?{BACKWARDS}")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="2026-03-31"' in page
    assert "结束的日子早于开始的日子，请对调。" in page
    assert "按月" not in page
