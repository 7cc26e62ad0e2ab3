"""The batch of the demo town: a company that moved here, and its 300 people whose pensions are
brought along. Company and people are invented; their identity numbers belong to nobody: the part
for the place is that of no county."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from io import BytesIO

from openpyxl import Workbook

from mingchuang.cases.actions.batch_items import ask_for_papers, move_people
from mingchuang.cases.actions.batch_lists import keep_upload
from mingchuang.cases.actions.batch_plans import agree_to_overtime, ask_plan, keep_plan
from mingchuang.cases.actions.batch_post import confirm_delivery, send_delivery
from mingchuang.cases.actions.batches import Company, name_contact, offer_batches, open_batch
from mingchuang.cases.actions.dispatch import acknowledge_case, dispatch_case
from mingchuang.cases.actions.reception import accept_case
from mingchuang.cases.batching.reading import read_upload
from mingchuang.cases.models import Batch
from mingchuang.cases.queries.receipts import code_of
from mingchuang.cases.rules.batches.columns import BASE
from mingchuang.cases.rules.batches.numbers import check_of
from mingchuang.cases.rules.said import Said
from mingchuang.hall.models import ServiceItem
from mingchuang.people.models import Person, Unit
from mingchuang.visits.queries.idle import idle_minutes

MANY, MINUTES = 300, 12
COLUMNS = "原参保地 文字 必填\n转移险种 选择 必填 养老保险、失业保险\n首次参保日期 过去日期 选填"
FAMILIES, GIVEN = "王李张刘陈杨黄赵周吴", "伟芳娜敏静丽强磊军洋"
PLACES = ("上海市", "杭州市", "南京市")
PAPERS = ["原单位劳动合同", "参保缴费凭证"]


def bring_a_company(
    units: Mapping[str, Unit], staff: Mapping[str, Person], *, at: datetime
) -> None:
    """Take its list in, bring most of it on, ask some for papers, send a first parcel."""
    item, began = ServiceItem.objects.get(code="pension-transfer"), at - timedelta(days=5)
    sheet = offer_batches(item, COLUMNS, minutes=MINUTES, at=began)
    said = open_batch(sheet, _company(), unit=units["YJ"], at=began)
    batch, code, by = Batch.objects.get(case=said.case), code_of(said), staff["shebao"]
    number = batch.number
    accept_case(number, by=staff["paidan"], at=began)
    dispatch_case(number, units["YJ-RS"], by=staff["paidan"], at=began)
    acknowledge_case(number, by=by, at=began)
    name_contact(number, by, by=by, at=began)
    kept = keep_upload(number, code, [_workbook()], key="demo-batch", at=began)
    read_upload(kept, lambda: began)
    move_people(number, f"1-{MANY - 60}", "accepted", by=by, at=began)
    ask_for_papers(number, "241-252", PAPERS, by=by, at=began)
    move_people(number, "253", "declined", "本人已在本市参保，不用转入。", by=by, at=began)
    move_people(number, "1-80", "done", by=by, at=at - timedelta(days=2))
    _post(number, code, by, at=at - timedelta(days=2))
    agree_to_overtime(number, _saturday(at), 120, by=by, at=at)
    asked = ask_plan(number, by=by, at=at)
    keep_plan(asked, idle_minutes(item, at.date()), at=at)


def _post(number: str, code: str, by: Person, *, at: datetime) -> None:
    parcel = send_delivery(number, "1-60", "ems", "EA000000001CN", by=by, at=at)
    confirm_delivery(number, code, parcel.pk, at=at + timedelta(days=1))
    send_delivery(number, "61-80", "sf", "SF0000000001", by=by, at=at + timedelta(days=1))


def _company() -> Company:
    text = "公司迁到甬江市，300 名员工的养老保险关系要转入。希望批量办理，结果寄到公司。"
    said = Said(
        text=text,
        key="demo-batch-company",
        kind="assistance",
        title="批量办理：企业职工养老保险关系转移接续",
        name="何文员",
        phone="13900000300",
        address="甬江市示例路 300 号",
        representative_of=MANY,
    )
    return Company("甬江海澜纺织有限公司（示例）", "91350100M000100Y43", said)


def _workbook() -> bytes:
    """Three hundred good rows, and three with what people get wrong."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([*(column.name for column in BASE), "原参保地", "转移险种", "首次参保日期"])
    for n in range(MANY):
        sheet.append(_row(n))
    for row in _wrong():
        sheet.append([*row])
    book.save(file := BytesIO())
    return file.getvalue()


def _row(n: int) -> list[str]:
    name = FAMILIES[n % 10] + GIVEN[n // 10 % 10] + GIVEN[n // 30 % 10]
    # 330299 is no county.
    first = f"330299{date(1965, 1, 1) + timedelta(days=37 * n):%Y%m%d}{n:03d}"
    phone = f"139{n:08d}"
    return [name, first + check_of(first), phone, PLACES[n % 3], "养老保险", "2015-07-01"]


def _wrong() -> Sequence[Sequence[str]]:
    twice, typo, short = _row(0), _row(301), _row(302)
    typo[1] = typo[1][:16] + str((int(typo[1][16]) + 1) % 10) + typo[1][17]
    short[2] = short[2][:9]
    return twice, typo, short


def _saturday(at: datetime) -> date:
    return at.date() + timedelta(days=(4 - at.weekday()) % 7 + 1)
