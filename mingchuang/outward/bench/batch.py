"""A company's list: three hundred people read from a workbook, checked and put on the list by the
action the upload page calls; and the most memory `mingchuang import_batch` takes for a list of ten
thousand and of a hundred thousand, each in a process of its own, marked copy included."""

import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from django.conf import settings
from xlsxwriter import Workbook

from mingchuang.base.once import new_key
from mingchuang.cases.actions.batch_lists import keep_upload
from mingchuang.cases.actions.batches import Company, offer_batches, open_batch
from mingchuang.cases.batching.reading import read_upload
from mingchuang.cases.models import Batch, BatchSheet
from mingchuang.cases.queries.receipts import code_of
from mingchuang.cases.rules.batches.numbers import check_of
from mingchuang.cases.rules.said import Said
from mingchuang.cases.workbook.reading import parts_of
from mingchuang.hall.models import ServiceItem
from mingchuang.outward.errors import ProgramFailed
from mingchuang.outward.measuring.apart import Taken, taken_by
from mingchuang.outward.measuring.asked import Asked, Found
from mingchuang.outward.measuring.fill.town import build_synthetic_town
from mingchuang.outward.measuring.results import Row, ours_at_most, ratio_at_most
from mingchuang.outward.measuring.times import percentile
from mingchuang.outward.measuring.towns import address_of_town, scratch

OURS = [sys.executable, "-c", "from mingchuang.cli import main; main()", "import_batch"]
CODE, COLUMNS = "91350100M000100Y43", "原参保地 文字 必填"
HEADER = ("姓名", "身份证号码", "手机号码", "原参保地")
PEOPLE, TIMES = 300, 5
SMALL, LARGE = 10_000, 100_000
# One row in so many has a fault, so that the marked copy is written as well.
FAULTY = 50
FAR_AWAY = 1_000_000


def measure(asked: Asked) -> Found:
    with scratch("batch"):
        rows = measured_here(asked)
    return Found(rows, notes=[f"One row in {FAULTY} has a fault."])


def measured_here(asked: Asked) -> list[Row]:
    """Measure in the database that is open now: lists as large as ours, or smaller if asked."""
    sheet, taken = _sheet(asked.at), list[tuple[int, Taken]]()
    with TemporaryDirectory() as folder:
        times = range(min(asked.rounds, TIMES))
        seconds = [read_once(sheet, PEOPLE, n, Path(folder), at=asked.at) for n in times]
        for many in (min(asked.few, SMALL), min(asked.many, LARGE)):
            asked.tell(f"{many:,} …")
            taken.append((many, read_apart(sheet, many, Path(folder), at=asked.at)))
    return _rows(seconds, *taken)


def read_once(sheet: BatchSheet, many: int, nth: int, folder: Path, *, at: datetime) -> float:
    """Return the seconds from a workbook sent to everybody on the list."""
    batch = _batch(sheet, nth, at=at)
    file = workbook(folder / "small.xlsx", many)
    said = batch.case.submissions.get()
    began = perf_counter()
    kept = keep_upload(said.number, code_of(said), parts_of(file), key=new_key(), at=at)
    read_upload(kept, lambda: at)
    return perf_counter() - began


def read_apart(sheet: BatchSheet, many: int, folder: Path, *, at: datetime) -> Taken:
    """Return what the command takes for a list of so many, run by itself."""
    batch, file = _batch(sheet, many, at=at), workbook(folder / f"{many}.xlsx", many)
    command = [
        "env",
        f"DATABASE_URL={address_of_town()}",
        f"MINGCHUANG_HOME={settings.HOME}",
        "DJANGO_SETTINGS_MODULE=mingchuang.settings",
        *OURS,
        str(file),
        "--case",
        batch.number,
        "--faults",
        str(folder / "marked.xlsx"),
    ]
    taken = taken_by(command)
    batch.refresh_from_db()
    if batch.size != many - len(range(FAULTY, many, FAULTY)):
        raise ProgramFailed(program="import_batch", why=f"{batch.size} / {many}")
    return taken


def workbook(path: Path, many: int) -> Path:
    """Write a list of so many invented people."""
    with Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, HEADER)
        for row, person in enumerate(islice(_people(), many), start=1):
            sheet.write_row(row, 0, person)
    return path


def _people() -> Iterator[tuple[str, str, str, str]]:
    for n in range(FAR_AWAY):
        born = date(1970, 1, 1) + timedelta(n // 500)
        first = f"330211{born:%Y%m%d}{n % 500:03d}"
        phone = "" if n and n % FAULTY == 0 else f"138{n:08d}"
        yield "王演示", first + check_of(first), phone, "上海市"


def _sheet(at: datetime) -> BatchSheet:
    root = build_synthetic_town(at=at).root
    plain = {"name": "养老保险关系转入", "item_kind": "on_the_spot", "audience": "individual"}
    item = ServiceItem.objects.create(code="bench-batch", unit=root, **plain)
    return offer_batches(item, COLUMNS, minutes=12, at=at)


def _batch(sheet: BatchSheet, nth: int, *, at: datetime) -> Batch:
    """Each of another company's clerk, so that nobody stands in an earlier list of theirs."""
    said = Said(
        text="员工的养老保险关系要转入。",
        key=new_key(),
        kind="assistance",
        title="批量办理",
        name="李演示",
        phone=f"139{nth:08d}",
        address="江滨路 1 号",
    )
    kept = open_batch(sheet, Company("演示公司", CODE, said), unit=sheet.item.unit, at=at)
    return Batch.objects.get(case=kept.case)


def _rows(seconds: list[float], small: tuple[int, Taken], large: tuple[int, Taken]) -> list[Row]:
    (few, little), (many, much) = small, large
    told = f"{PEOPLE} rows checked and listed, slowest of {len(seconds)}"
    return [
        Row(told, percentile(seconds, 100), "ms", goal=ours_at_most(1000)),
        Row(f"{many:,} rows, start to end", much.seconds, "s"),
        Row(
            f"most memory for {many:,} rows",
            much.mebibytes,
            "MiB",
            peer=little.mebibytes,
            peer_name=f"{few:,} rows",
            ratio=much.mebibytes / little.mebibytes,
            goal=ratio_at_most(1.25),
        ),
    ]
