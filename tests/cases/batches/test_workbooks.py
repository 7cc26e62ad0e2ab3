"""A company's workbook: good rows go on, every fault comes back at its cell in words."""

import tracemalloc
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.db.models import TextField
from django.db.models.functions import Cast
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from mingchuang.base.locks import leading
from mingchuang.cases.actions._batch_pieces import keep_pieces
from mingchuang.cases.actions._batch_reading import Count
from mingchuang.cases.actions.batch_lists import finish_upload, keep_upload
from mingchuang.cases.actions.voice import withdraw_submission
from mingchuang.cases.batching.reading import is_light, read_at_once, read_uploads
from mingchuang.cases.batching.template import template_bytes
from mingchuang.cases.models import BatchItem, BatchPiece, BatchUpload
from mingchuang.cases.queries.batch_pieces import marked_pieces, pieces_of
from mingchuang.cases.workbook.reading import opened
from mingchuang.ledger.models import Entry
from tests.build import AN_HOUR, MONDAY
from tests.cases.batches.build import (
    HEADER,
    a_batch,
    a_row,
    a_sheet,
    a_workbook,
    an_identity,
    cells_of,
    code,
    saved,
    sent,
)
from tests.cases.workbooks import PINK

SHEET = "xl/worksheets/sheet1.xml"
pytestmark = pytest.mark.django_db


def counts(upload: BatchUpload) -> tuple[int, int, int]:
    return upload.good, upload.known, upload.faulty


def test_good_rows_stand_on_the_list_and_the_workbook_is_let_go() -> None:
    batch = a_batch()

    upload = sent(batch, a_workbook(a_row(1), a_row(2)))

    batch.refresh_from_db()
    assert (batch.size, counts(upload), marked(upload)) == (2, (2, 0, 0), b"")
    assert not upload.pieces.exists()
    assert [(item.place, item.stage) for item in batch.people.all()] == [(1, "sent"), (2, "sent")]


def test_who_somebody_is_stands_nowhere_in_plain_letters() -> None:
    batch = a_batch()

    sent(batch, a_workbook(a_row(1)))

    stored = BatchItem.objects.values_list(Cast("person", TextField()), flat=True)[0]
    assert stored.startswith("gAAAA")
    assert not any(
        an_identity(1) in str(entry.facts) or "王小明" in str(entry.facts)
        for entry in Entry.objects.all()
    )


def test_every_fault_comes_back_at_its_cell_in_words() -> None:
    batch = a_batch()
    wrong = a_row(2, 身份证号码="330211197001010010", 手机号码="12345")

    upload = sent(batch, a_workbook(a_row(1), wrong))

    copy = marked(upload)
    assert counts(upload) == (1, 0, 1)
    assert cells_of(copy)[2][-1] == (
        "“身份证号码”的最后一位对不上，有一位写错了，请对照证件核对。"
        "“手机号码”不是 11 位的手机号码，请核对。"
    )
    assert pink(copy) == ["B3", "C3"]
    assert upload.faults == [[3, cells_of(copy)[2][-1]]]


def test_the_copy_is_a_template_still_and_each_faulty_cell_says_why() -> None:
    upload = sent(a_batch(), a_workbook(a_row(1), a_row(2, 手机号码="12345")))

    book = load_workbook(BytesIO(marked(upload)))
    sheet = book.worksheets[0]
    blank = load_workbook(BytesIO(template_bytes(upload.batch.column_list)))
    note = sheet["C3"].comment
    assert note is not None
    assert note.text == "“手机号码”不是 11 位的手机号码，请核对。"
    assert sheet["B3"].comment is None
    assert sheet["C3"].number_format == "@"
    assert [sheet.column_dimensions[at].width for at in "ABC"] == [
        blank.worksheets[0].column_dimensions[at].width for at in "ABC"
    ]
    assert len(sheet.data_validations.dataValidation) == len(
        blank.worksheets[0].data_validations.dataValidation
    )
    assert book.sheetnames[1:] == blank.sheetnames[1:]


@pytest.mark.parametrize(
    ("title", "called", "beside"),
    [
        ("填写说明", "填写说明", "填写说明 2"),
        ("😀" * 31, "😀" * 15, "填写说明"),
        ("a" * 30 + "😀", "a" * 30, "填写说明"),
        ("'[]'", "Sheet1", "填写说明"),
    ],
)
def test_whatever_a_sheet_is_called_its_faults_come_back(
    title: str, called: str, beside: str
) -> None:
    workbook = titled(a_workbook(a_row(1), a_row(2, 手机号码="错")), title)

    upload = sent(a_batch(), workbook)

    assert (upload.sentence, upload.faulty) == ("", 1)
    assert load_workbook(BytesIO(marked(upload))).sheetnames == [called, beside]


def test_what_stood_in_a_cell_is_never_repeated_on_the_page() -> None:
    batch = a_batch()

    upload = sent(batch, a_workbook(a_row(1, 姓名="长" * 101, 手机号码="12345678")))

    told = str(upload.faults)
    assert "12345678" not in told
    assert "长长" not in told


def test_the_marked_copy_mended_and_sent_again_adds_only_who_was_missing() -> None:
    batch = a_batch()
    first = sent(batch, a_workbook(a_row(1), a_row(2, 手机号码="错")))
    book = load_workbook(BytesIO(marked(first)))
    book.worksheets[0]["C3"] = "13800000002"

    again = sent(batch, saved(book))

    batch.refresh_from_db()
    assert (batch.size, counts(again)) == (2, (1, 1, 0))


def test_a_marked_cell_is_text_so_that_a_long_number_keeps_its_end() -> None:
    upload = sent(a_batch(), a_workbook(a_row(1, 身份证号码="错")))

    cell = load_workbook(BytesIO(marked(upload))).worksheets[0]["B2"]

    assert cell.number_format == "@"


def test_one_person_in_two_rows_is_told_with_the_row_it_clashes_with() -> None:
    batch = a_batch()

    again, other = a_row(1, 手机号码="13800000009"), a_row(1, 姓名="李大海")
    upload = sent(batch, a_workbook(a_row(1), a_row(2), again, other))

    assert counts(upload) == (2, 0, 2)
    assert upload.faults[0][0] == 4
    assert "第 2 行是同一个人" in upload.faults[0][1]
    assert "和第 2 行的身份证号码一样，姓名不同，请核对号码" in upload.faults[1][1]


def test_who_is_on_the_list_with_other_words_is_told_and_not_overwritten() -> None:
    batch = a_batch()
    sent(batch, a_workbook(a_row(1)))

    again = sent(batch, a_workbook(a_row(1, 手机号码="13700000001")))

    assert counts(again) == (0, 0, 1)
    assert "名单第 1 位" in again.faults[0][1]
    assert "13800000001" in batch.people.get().person


def test_who_is_in_an_earlier_batch_of_the_company_is_told() -> None:
    sheet = a_sheet()
    sent(a_batch(sheet), a_workbook(a_row(1)))

    later = sent(a_batch(sheet), a_workbook(a_row(1), a_row(2)))

    assert counts(later) == (1, 0, 1)
    assert "较早的一批" in later.faults[0][1]


def test_another_company_does_not_learn_whose_matters_are_here() -> None:
    sheet = a_sheet()
    sent(a_batch(sheet), a_workbook(a_row(1)))

    other = sent(a_batch(sheet, phone="13900000002"), a_workbook(a_row(1)))

    assert counts(other) == (1, 0, 0)


def test_read_again_after_the_power_went_nobody_is_on_the_list_twice() -> None:
    batch = a_batch()
    upload = sent(batch, a_workbook(a_row(1), a_row(2)))
    again(upload, a_workbook(a_row(1), a_row(2)))

    read_uploads(lambda: MONDAY + 2 * AN_HOUR)

    upload.refresh_from_db()
    batch.refresh_from_db()
    assert (batch.size, counts(upload)) == (2, (2, 0, 0))


def test_a_number_kept_as_a_number_is_told_before_its_end_is_trusted() -> None:
    upload = sent(a_batch(), a_workbook(a_row(1, 身份证号码=330211197001010012)))

    assert "后三位已经丢失" in upload.faults[0][1]


def test_a_formula_is_told_at_its_cell_and_never_reckoned() -> None:
    upload = sent(a_batch(), a_workbook(a_row(1, 姓名='=HYPERLINK("http://x","王")'), a_row(2)))

    assert counts(upload) == (1, 0, 1)
    assert upload.faults[0][1] == "“姓名”是公式（以等号开头），请用“粘贴为数值”换成文字。"


def test_joined_cells_are_told_where_they_hide_something() -> None:
    book = load_workbook(BytesIO(a_workbook(a_row(1), a_row(2), a_row(3))))
    book.worksheets[0].merge_cells("D2:D3")

    upload = sent(a_batch(), saved(book))

    assert counts(upload) == (2, 0, 1)
    assert upload.faults == [[3, "“原参保地”和别的格子合并了，请取消合并，逐格填写。"]]


def test_a_sheet_joined_all_over_is_refused_in_one_sentence() -> None:
    book = load_workbook(BytesIO(a_workbook(*(a_row(n) for n in range(1, 411)))))
    for row in range(2, 410, 2):
        book.worksheets[0].merge_cells(f"D{row}:D{row + 1}")

    upload = sent(a_batch(), saved(book))

    assert "取消合并" in upload.sentence
    assert counts(upload) == (0, 0, 0)


def test_a_list_on_another_sheet_is_found_and_asked_to_be_the_first() -> None:
    book = load_workbook(BytesIO(a_workbook(a_row(1))))
    book.create_sheet("说明", 0)["A1"] = "请先看说明"

    upload = sent(a_batch(), saved(book))

    assert upload.sentence == (
        "名单在“名单”里，不在第一张表“说明”里。请把它移到第一张，再报送一次。"
    )


def test_a_hidden_sheet_is_read_over() -> None:
    book = load_workbook(BytesIO(a_workbook(a_row(1))))
    book.create_sheet("隐藏", 0)["A1"] = "姓名"
    book.worksheets[0].sheet_state = "hidden"
    book.active = 1

    upload = sent(a_batch(), saved(book))

    assert (upload.sentence, upload.good) == ("", 1)


def test_a_title_above_the_names_of_the_columns_is_asked_to_go() -> None:
    book = load_workbook(BytesIO(a_workbook(a_row(1))))
    book.worksheets[0].insert_rows(1, 2)
    book.worksheets[0]["A1"] = "某公司转移名单"

    upload = sent(a_batch(), saved(book))

    assert "的第 3 行。请删掉它上面的标题行" in upload.sentence


def test_a_small_list_is_read_while_a_large_one_of_somebody_else_is() -> None:
    batch = a_batch()
    kept = keep_upload(batch.number, code(batch), [a_workbook(a_row(1))], key="k" * 32, at=MONDAY)

    with leading("batches"):
        read_at_once(kept, lambda: MONDAY)

    assert BatchUpload.objects.get().good == 1


def test_a_workbook_of_something_else_is_told_which_columns_it_lacks() -> None:
    upload = sent(a_batch(), a_workbook(("灯坏了",), header=("留言",)))

    assert "缺少“姓名”、“身份证号码”、“手机号码”、“原参保地”" in upload.sentence


def test_two_columns_of_one_name_are_refused_before_either_is_believed() -> None:
    rows = [(*a_row(1), "13900000002"), (*a_row(2), "13900000003")]

    upload = sent(a_batch(), a_workbook(*rows, header=(*HEADER, "手机 号码")))

    assert "不止一列叫“手机号码”" in upload.sentence
    assert (upload.rows, BatchItem.objects.count()) == (0, 0)


def test_a_refused_list_leaves_the_marked_copy_of_the_one_before(client: Client) -> None:
    batch = a_batch()
    before = sent(batch, a_workbook(a_row(1), a_row(2, 手机号码="1")))
    copy = marked(before)

    upload = sent(batch, b"no workbook")

    page = client.get(reverse("cases:own_batch", args=[batch.number, code(batch)])).content.decode()
    assert str(upload.sentence)[:5] in page
    assert "较早一份标出问题的工作簿还在" in page
    assert marked(before) == copy != b""


def test_a_workbook_with_macros_is_refused() -> None:
    file = BytesIO(a_workbook(a_row(1)))
    with ZipFile(file, "a") as book:
        book.writestr("xl/vbaProject.bin", b"Sub Auto_Open")

    upload = sent(a_batch(), file.getvalue())

    assert upload.sentence == (
        "“这份工作簿”带有宏。请在表格软件里另存为不带宏的 .xlsx 工作簿，再试一次。"
    )


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", "姓名,电话".encode()])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    upload = sent(a_batch(), content)

    assert "不是完好的 .xlsx 工作簿" in upload.sentence


def test_a_file_made_to_fill_the_memory_is_refused_before_it_is_unpacked() -> None:
    file = BytesIO(a_workbook(a_row(1)))
    nothing = b" " * (1 << 20)
    with (
        ZipFile(file, "a", ZIP_DEFLATED, compresslevel=1) as book,
        book.open("xl/media/b", "w") as part,
    ):
        for _ in range(1025):
            part.write(nothing)

    upload = sent(a_batch(), file.getvalue())

    assert "超过 1 GB" in upload.sentence
    assert not upload.pieces.exists()


def test_only_empty_rows_are_told_as_nobody() -> None:
    upload = sent(a_batch(), a_workbook((None,), ("",), (None,)))

    assert upload.sentence == "表里只有空行，没有人员。请从第二行起，每行写一人。"


@pytest.mark.slow
def test_a_million_empty_rows_are_read_over() -> None:
    workbook = with_empty_rows(a_workbook(a_row(1)), many=1_000_000)

    upload = sent(a_batch(), workbook)

    assert not is_light(BytesIO(workbook))
    assert counts(upload) == (1, 0, 0)


def test_empty_rows_leave_nothing_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(with_empty_rows(a_workbook(a_row(1)), many=50_000))

    tracemalloc.start()
    with opened(path) as sheet:
        many = sum(1 for _ in sheet.rows)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert many == 1
    assert peak < 1_500_000, "fifty thousand husks of rows are three million bytes"


def test_a_large_workbook_waits_for_the_process_beside_the_pages() -> None:
    many = a_workbook(*(a_row(n) for n in range(1, 3001)))

    assert not is_light(BytesIO(many))
    assert is_light(BytesIO(a_workbook(*(a_row(n) for n in range(1, 301)))))


def test_a_large_workbook_lies_in_pieces_and_comes_back_whole() -> None:
    batch = a_batch()
    content = [bytes([n]) * 100_000 for n in range(5)]

    upload = keep_upload(batch.number, code(batch), content, key="p" * 32, at=MONDAY)

    assert b"".join(pieces_of(upload)) == b"".join(content)
    assert upload.pieces.count() == 3


def test_read_by_two_at_once_it_is_finished_once() -> None:
    upload = sent(a_batch(), a_workbook(a_row(1), a_row(2, 手机号码="错")))

    later = finish_upload(upload, Count(good=7), [b"other"], None, at=MONDAY + 2 * AN_HOUR)

    assert counts(later) == (1, 0, 1)
    assert marked(later) == marked(upload)
    assert Entry.objects.filter(verb="batch.read").count() == 1


def test_nobody_is_added_once_the_case_is_over() -> None:
    batch = a_batch()
    sent(batch, a_workbook(a_row(1)))
    withdraw_submission(batch.number, code(batch), at=MONDAY)

    upload = again(batch.uploads.get(), a_workbook(a_row(1), a_row(2)))
    read_uploads(lambda: MONDAY + 2 * AN_HOUR)

    upload.refresh_from_db()
    assert "已经办结" in upload.sentence
    assert batch.people.count() == 1


def test_the_template_has_the_columns_as_text_and_says_how_to_fill_them() -> None:
    columns = a_sheet(columns="类别 选择 必填 养老、失业").column_list

    book = load_workbook(BytesIO(template_bytes(columns)))

    names = [cell.value for cell in book.worksheets[0][1]]
    assert names == [*HEADER[:3], "类别"]
    assert book.worksheets[0].column_dimensions["B"].number_format == "@"
    assert book.worksheets[1]["C5"].value == "从这几项里选一项：养老、失业。"


def test_a_template_filled_in_is_taken_as_it_is() -> None:
    batch = a_batch()
    book = load_workbook(BytesIO(template_bytes(batch.column_list)))
    for place, cell in enumerate(a_row(1), start=1):
        book.worksheets[0].cell(row=2, column=place, value=cell)

    assert counts(sent(batch, saved(book))) == (1, 0, 0)


def test_three_hundred_rows_ask_few_questions(
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    batch, many = a_batch(), a_workbook(*(a_row(n) for n in range(1, 301)))

    with django_assert_max_num_queries(60):
        sent(batch, many)


def marked(upload: BatchUpload) -> bytes:
    return b"".join(marked_pieces(upload))


def pink(workbook: bytes) -> list[str]:
    rows = load_workbook(BytesIO(workbook)).worksheets[0].iter_rows()
    return [cell.coordinate for row in rows for cell in row if cell.fill.fgColor.rgb == PINK]


def titled(workbook: bytes, title: str) -> bytes:
    """The workbook with its first sheet called this, as another program would write it."""
    book = load_workbook(BytesIO(workbook))
    book.worksheets[0]._WorkbookChild__title = title  # type: ignore[attr-defined]
    return saved(book)


def again(upload: BatchUpload, workbook: bytes) -> BatchUpload:
    """The workbook as it stands where its reading was cut off: all of it still to be read."""
    keep_pieces(upload, BatchPiece.SENT, [workbook])
    upload.read_at = None
    upload.good = upload.known = upload.faulty = upload.rows = 0
    upload.save()
    return upload


def with_empty_rows(workbook: bytes, *, many: int) -> bytes:
    """The workbook with a row that holds nothing, again and again, behind its own."""
    with ZipFile(BytesIO(workbook)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    empty = "".join(f'<row r="{row}"/>' for row in range(10, many)).encode()
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", empty + b"</sheetData>")
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return file.getvalue()
