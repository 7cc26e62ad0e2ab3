"""Old registers made to hurt, handed in on the page: each is answered with one clear sentence."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from mingchuang.reviews.models import Commendation
from mingchuang.reviews.rules.thanks_sheet import COLUMNS
from tests.build import a_unit
from tests.cases.batches.test_hostile import (
    Parts,
    Whole,
    bomb_of_a_gigabyte,
    empty_rows,
    entities,
    one_endless_row,
    with_macros,
)
from tests.reviews.test_thanks import a_book
from tests.reviews.thanks import a_settler

pytestmark = pytest.mark.django_db
OFFICE = "滨江区人社局"
GOOD = ("2019-05-06", "锦旗", OFFICE, "", "某公司", "利企惠民", "三楼")
LEAKS = ("/tmp", "sent.xlsx")


def handed_in(workbook: bytes) -> Any:
    """The page after a supervisor of the office handed this in."""
    client = Client()
    client.force_login(a_settler(a_unit(OFFICE)))
    file = SimpleUploadedFile("旧登记簿.xlsx", workbook)
    return client.post(reverse("reviews:import_thanks"), {"workbook": file})


def hurt_by(hurt: Callable[[Whole], Parts], workbook: bytes) -> bytes:
    """The workbook with its parts written anew."""
    with ZipFile(BytesIO(workbook)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1) as book:
        for name, part in hurt(parts).items():
            with book.open(name, "w") as piece:
                piece.writelines([part] if isinstance(part, bytes) else part)
    return out.getvalue()


def mended(change: Callable[[Workbook], object], *rows: tuple[object, ...]) -> bytes:
    """A register as somebody left it in their program of tables."""
    book = load_workbook(BytesIO(a_book(*rows)))
    change(book)
    book.save(out := BytesIO())
    return out.getvalue()


@pytest.mark.parametrize(
    ("hurt", "said"),
    [
        pytest.param(bomb_of_a_gigabyte, "展开后超过 1 GB", marks=pytest.mark.slow),
        (with_macros, "带有宏。请在表格软件里另存为不带宏的"),
        (entities, "已经损坏，读不出来"),
        pytest.param(one_endless_row, "已经损坏，读不出来", marks=pytest.mark.slow),
    ],
)
def test_a_workbook_made_to_hurt_is_refused_in_a_sentence_that_names_no_place_of_ours(
    hurt: Callable[[Whole], Parts], said: str
) -> None:
    page = handed_in(hurt_by(hurt, a_book(GOOD)))

    told = page.content.decode()
    assert page.status_code == 422
    assert said in told
    assert not any(place in told for place in LEAKS)


@pytest.mark.slow
def test_a_million_empty_rows_below_one_thing_are_one_thing() -> None:
    page = handed_in(hurt_by(empty_rows, a_book(GOOD)))

    assert "新登记 1 件" in page.content.decode()
    assert Commendation.objects.count() == 1


def test_a_register_in_which_nothing_stands_says_so() -> None:
    page = handed_in(a_book())

    assert page.status_code == 422
    assert "一行也没有填" in page.content.decode()


def test_a_register_on_the_second_sheet_is_asked_to_be_moved() -> None:
    def put_another_before(book: Workbook) -> None:
        book.worksheets[0].title = "登记簿"
        book.create_sheet("封面", 0).append(["某局感谢登记"])

    page = handed_in(mended(put_another_before, GOOD))

    assert page.status_code == 422
    assert "登记簿在“登记簿”里，不在第一张表“封面”里" in page.content.decode()


def test_joined_cells_are_asked_to_be_parted() -> None:
    page = handed_in(mended(lambda book: book.worksheets[0].merge_cells("A2:A3"), GOOD, GOOD))

    assert page.status_code == 422
    assert "合并的单元格" in page.content.decode()
    assert not Commendation.objects.exists()


def test_a_formula_is_asked_to_be_written_out_and_never_run() -> None:
    row = ("=TODAY()", "锦旗", OFFICE, "", "", '=HYPERLINK("http://x")', "")

    page = handed_in(a_book(row, GOOD))

    told = page.content.decode()
    assert "“日期”是公式算出来的（=TODAY()）" in told
    assert "“内容”是公式算出来的" in told
    assert "新登记 1 件" in told


def test_columns_that_are_not_there_are_named() -> None:
    page = handed_in(a_book(header=("日子", *COLUMNS[1:])))

    assert page.status_code == 422
    assert "第一行少了这几列：日期" in page.content.decode()
