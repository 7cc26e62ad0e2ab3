"""A company that comes with many, and its workbooks, through the real doors."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from io import BytesIO
from itertools import count
from typing import Any

from openpyxl import Workbook, load_workbook

from mingchuang.cases.actions.batch_items import move_people
from mingchuang.cases.actions.batch_lists import keep_upload
from mingchuang.cases.actions.batches import Company, name_contact, offer_batches, open_batch
from mingchuang.cases.actions.dispatch import acknowledge_case, dispatch_case
from mingchuang.cases.actions.reception import accept_case
from mingchuang.cases.batching.reading import read_upload
from mingchuang.cases.models import Batch, BatchSheet, BatchUpload, Case
from mingchuang.cases.queries.receipts import code_of
from mingchuang.cases.rules.batches.numbers import check_of
from mingchuang.cases.rules.said import Said
from mingchuang.hall.models import ServiceItem
from mingchuang.people.models import Person
from tests.build import AN_HOUR, MONDAY, a_dispatcher, a_person, a_unit, the_handler, the_town
from tests.hall.build import an_item

ORGANISATION, CREDIT_CODE = "宁波海澜纺织有限公司", "91350100M000100Y43"
HEADER = ("姓名", "身份证号码", "手机号码", "原参保地")
COLUMNS = "原参保地 文字 必填"
_serial = count(1)


def an_identity(n: int) -> str:
    """The number of an invented person: different for every n, and in order."""
    first = f"330211{date(1970, 1, 1) + timedelta(n // 500):%Y%m%d}{n % 500:03d}"
    return first + check_of(first)


def a_row(n: int = 1, **given: Any) -> tuple[Any, ...]:
    """One good row, in the order of HEADER; name only the cells the test is about."""
    plain = {
        "姓名": "王小明",
        "身份证号码": an_identity(n),
        "手机号码": f"138{n:08d}",
        "原参保地": "上海市",
    }
    return tuple({**plain, **given}.values())


def a_workbook(*rows: Sequence[object], header: Sequence[str] = HEADER) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名单"
    for row in (header, *rows):
        sheet.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    book.save(file := BytesIO())
    return file.getvalue()


def cells_of(workbook: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(BytesIO(workbook)).worksheets[0].iter_rows(values_only=True))


def a_sheet(item: ServiceItem | None = None, *, columns: str = COLUMNS) -> BatchSheet:
    n = next(_serial)
    item = item or an_item(f"pension-{n}", name="养老保险关系转入", unit=a_unit("社保中心"))
    return offer_batches(item, columns, minutes=12, at=MONDAY)


def a_company(**given: Any) -> Company:
    plain = {
        "text": "300 名员工随公司迁来，养老保险要转入。",
        "key": f"batch-{next(_serial):026d}",
        "kind": "assistance",
        "title": "批量办理：养老保险关系转入",
        "name": "李文员",
        "phone": "13900000001",
        "address": "江滨路 1 号",
    }
    return Company(ORGANISATION, CREDIT_CODE, Said(**{**plain, **given}))


def a_batch(sheet: BatchSheet | None = None, *, at: datetime = MONDAY, **given: Any) -> Batch:
    said = open_batch(sheet or a_sheet(), a_company(**given), unit=the_town(), at=at)
    return Batch.objects.get(case=said.case)


def in_hand(batch: Batch, *, at: datetime = MONDAY) -> Batch:
    """The batch dispatched to the unit of its item, signed for, and given a contact."""
    number = batch.number
    accept_case(number, by=a_dispatcher(), at=at)
    dispatch_case(number, batch.item.unit, by=a_dispatcher(), at=at)
    case = Case.objects.get(pk=batch.case_id)
    acknowledge_case(number, by=the_handler(case), at=at)
    contact = a_person("handler", unit=batch.item.unit)  # type: ignore[arg-type]
    return name_contact(number, contact, by=the_handler(case), at=at)


def the_contact(batch: Batch) -> Person:
    assert batch.contact is not None
    return batch.contact


def code(batch: Batch) -> str:
    return code_of(batch.case.submissions.get())


def sent(batch: Batch, workbook: bytes, *, at: datetime = MONDAY + AN_HOUR) -> BatchUpload:
    """The workbook kept and read to its end."""
    key = f"upload-{next(_serial):025d}"
    upload = keep_upload(batch.number, code(batch), [workbook], key=key, at=at)
    read_upload(upload, lambda: at)
    return BatchUpload.objects.get(pk=upload.pk)


def moved(batch: Batch, places: str, *ways: str) -> None:
    """These people brought from stage to stage by the contact."""
    for to in ways:
        move_people(batch.number, places, to, by=the_contact(batch), at=MONDAY)


def a_list(many: int, *, at: datetime = MONDAY, **given: Any) -> Batch:
    """A batch in hand, with so many people on its list."""
    batch = in_hand(a_batch(at=at, **given), at=at)
    sent(batch, a_workbook(*(a_row(n) for n in range(1, many + 1))), at=at)
    batch.refresh_from_db()
    return batch
