"""The batches of the demo town: a company that moved here, and its 300 people whose pensions are
brought along; and a small one before it, whose batch is over. Companies and people are invented;
their identity numbers belong to nobody: the part for the place is that of no county."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import NamedTuple

from django.utils.timezone import localdate
from openpyxl import Workbook

from mingchuang.cases.actions.batch_items import ask_for_papers, hand_in, move_people
from mingchuang.cases.actions.batch_lists import keep_upload
from mingchuang.cases.actions.batch_papers import add_papers, turn_back_papers
from mingchuang.cases.actions.batch_plans import agree_to_overtime, ask_plan, keep_plan
from mingchuang.cases.actions.batch_post import (
    answer_missed,
    confirm_delivery,
    miss_parcel,
    send_delivery,
)
from mingchuang.cases.actions.batches import (
    Company,
    check_company,
    name_contact,
    offer_batches,
    open_batch,
)
from mingchuang.cases.actions.callbacks import record_callback
from mingchuang.cases.actions.dispatch import acknowledge_case, dispatch_case
from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.actions.pleas import ask_extension, decide_plea
from mingchuang.cases.actions.reception import accept_case
from mingchuang.cases.batching.reading import read_upload
from mingchuang.cases.models import Batch, BatchSheet, Paper
from mingchuang.cases.queries.receipts import code_of
from mingchuang.cases.rules.batches.columns import BASE
from mingchuang.cases.rules.batches.numbers import check_of
from mingchuang.cases.rules.said import Said
from mingchuang.hall.models import ServiceItem
from mingchuang.outward.drawn import drawn
from mingchuang.people.models import Person, Unit
from mingchuang.visits.queries.idle import idle_minutes

MANY, MINUTES = 300, 12
A_DAY = timedelta(days=1)
COLUMNS = "原参保地 文字 必填\n转移险种 选择 必填 养老保险、失业保险\n首次参保日期 过去日期 选填"
FAMILIES, GIVEN = "王李张刘陈杨黄赵周吴", "伟芳娜敏静丽强磊军洋"
PLACES = ("上海市", "杭州市", "南京市")
PAPERS = ["原单位劳动合同", "参保缴费凭证"]
LEFT_OUT, FORGOTTEN = "身份证复印件", "本人改过名，当时没有看出来。"
BLURRED = "反光，看不到缴费年月。"
LONGER, GRANTED = "人多，窗口空闲的时间要排到两周以后。", "同意，请按计划办完。"
NOT_NEEDED = "本人已在本市参保，不用转入。"


class Coming(NamedTuple):
    """A company that comes with many: who speaks for it, and which of the invented people."""

    key: str
    organisation: str
    credit_code: str
    text: str
    name: str
    phone: str
    address: str
    people: range


LARGE = Coming(
    "demo-batch",
    "甬江海澜纺织有限公司（示例）",
    "91350100M000100Y43",
    "公司迁到甬江市，300 名员工的养老保险关系要转入。希望批量办理，结果寄到公司。",
    "何文员",
    "13900000300",
    "甬江市示例路 300 号",
    range(MANY),
)
SMALL = Coming(
    "demo-batch-over",
    "甬江青禾食品有限公司（示例）",
    "91350200M0002000YH",
    "公司新招 12 名员工，养老保险关系要转入，希望一次办好。",
    "施文员",
    "13900000012",
    "甬江市示例路 12 号",
    range(400, 412),
)


def bring_a_company(
    units: Mapping[str, Unit], staff: Mapping[str, Person], *, at: datetime
) -> None:
    """Take its list in, bring most of it on, ask some for papers, send two parcels, and promise a
    day for the rest."""
    item, began, by = (
        ServiceItem.objects.get(code="pension-transfer"),
        at - 5 * A_DAY,
        staff["shebao"],
    )
    sheet = offer_batches(item, COLUMNS, minutes=MINUTES, at=at - 30 * A_DAY)
    _be_over(sheet, units, staff, began=at - 25 * A_DAY)
    number, code = _opened(sheet, LARGE, units, staff, began=began)
    move_people(number, f"1-{MANY - 60}", "accepted", by=by, at=began)
    move_people(number, "253", "declined", NOT_NEEDED, by=by, at=began)
    _papers(number, code, by, began=began)
    move_people(number, "1-80", "done", by=by, at=at - 2 * A_DAY)
    _post(number, code, by, at=at - 2 * A_DAY)
    # Beside the people in the hall there is no room before the first due time.
    plea = ask_extension(number, LONGER, days=10, by=by, at=at - 2 * A_DAY)
    decide_plea(plea.pk, granted=True, decision=GRANTED, by=staff["duban"], at=at - A_DAY)
    agree_to_overtime(number, _saturday(at), 120, by=by, at=at)
    asked = ask_plan(number, by=by, at=at)
    keep_plan(asked, idle_minutes(item, localdate(at)), at=at)


def _papers(number: str, code: str, by: Person, *, began: datetime) -> None:
    """Twelve are asked for papers; of two who handed them in one cannot be read, and one more
    paper was left out of the list."""
    batch = ask_for_papers(number, "241-252", PAPERS, by=by, at=began)
    came = Paper.objects.filter(item__batch=batch, item__place__in=[241, 242])
    papers = list(came.order_by("pk").values_list("pk", flat=True))
    hand_in(number, code, papers, [drawn("receipt")], at=began + A_DAY)
    turn_back_papers(number, papers[-1:], "unreadable", BLURRED, by=by, at=began + 2 * A_DAY)
    add_papers(number, "243", [LEFT_OUT], FORGOTTEN, by=by, at=began + 2 * A_DAY)


def _be_over(
    sheet: BatchSheet, units: Mapping[str, Unit], staff: Mapping[str, Person], *, began: datetime
) -> None:
    """The small one: one of its people declined, the others done and in the post, and all told."""
    number, code = _opened(sheet, SMALL, units, staff, began=began)
    by, many = staff["shebao"], len(SMALL.people)
    move_people(number, f"1-{many - 1}", "accepted", by=by, at=began + A_DAY)
    move_people(number, f"{many}", "declined", NOT_NEEDED, by=by, at=began + A_DAY)
    move_people(number, f"1-{many - 1}", "done", by=by, at=began + 6 * A_DAY)
    to = (number, f"1-{many - 1}", "ems", "EA000000002CN")
    parcel = send_delivery(*to, by=by, at=began + 7 * A_DAY)
    confirm_delivery(number, code, parcel.pk, at=began + 9 * A_DAY)
    text = f"{many - 1} 人已经转入，1 人不用转，结果已寄到公司。"
    reply_to_case(number, text, disposition="done", by=by, at=began + 9 * A_DAY)
    asked = {"outcome": "reached", "solved": True, "satisfied": "yes"}
    record_callback(number, **asked, by=staff["huifang"], at=began + 10 * A_DAY)  # type: ignore[arg-type]


def _opened(
    sheet: BatchSheet,
    coming: Coming,
    units: Mapping[str, Unit],
    staff: Mapping[str, Person],
    *,
    began: datetime,
) -> tuple[str, str]:
    """Let a company come, hand its wish to who handles it, and read its list."""
    said = open_batch(sheet, _company(coming), unit=units["YJ"], at=began)
    code, by = code_of(said), staff["shebao"]
    number = Batch.objects.get(case=said.case).number
    accept_case(number, by=staff["paidan"], at=began)
    dispatch_case(number, units["YJ-RS"], by=staff["paidan"], at=began)
    acknowledge_case(number, by=by, at=began)
    name_contact(number, by, by=by, at=began)
    check_company(number, "letter", by=by, at=began)
    kept = keep_upload(number, code, [_workbook(coming)], key=coming.key, at=began)
    read_upload(kept, lambda: began)
    return number, code


def _post(number: str, code: str, by: Person, *, at: datetime) -> None:
    parcel = send_delivery(number, "1-60", "ems", "EA000000001CN", by=by, at=at)
    confirm_delivery(number, code, parcel.pk, at=at + A_DAY)
    later = send_delivery(number, "61-80", "sf", "SF0000000001", by=by, at=at)
    miss_parcel(number, code, later.pk, "前台没有收到。", at=at + A_DAY)
    answer_missed(number, later.pk, "还在路上，明天送到。", by=by, at=at + A_DAY)


def _company(coming: Coming) -> Company:
    said = Said(
        text=coming.text,
        key=f"{coming.key}-company",
        kind="assistance",
        title="批量办理：企业职工养老保险关系转移接续",
        name=coming.name,
        phone=coming.phone,
        address=coming.address,
        representative_of=len(coming.people),
    )
    return Company(coming.organisation, coming.credit_code, said)


def _workbook(coming: Coming) -> bytes:
    """A good row for each; and three with what people get wrong, where there are many."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([*(column.name for column in BASE), "原参保地", "转移险种", "首次参保日期"])
    for n in coming.people:
        sheet.append(_row(n))
    for row in _wrong() if len(coming.people) == MANY else ():
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
    day = localdate(at)
    return day + timedelta(days=(4 - day.weekday()) % 7 + 1)
