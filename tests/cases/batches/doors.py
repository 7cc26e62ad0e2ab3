"""A batch of the town to knock at: a list in every stage, handled by the town's own handler."""

from typing import TYPE_CHECKING

from django.utils.timezone import now

from mingchuang.cases.actions.batch_items import ask_for_papers, move_people
from mingchuang.cases.actions.batch_post import send_delivery
from mingchuang.cases.actions.batches import name_contact, open_batch
from mingchuang.cases.actions.dispatch import acknowledge_case, dispatch_case
from mingchuang.cases.actions.reception import accept_case
from mingchuang.cases.models import Batch
from tests.build import a_dispatcher, the_town
from tests.cases.batches.build import a_company, a_row, a_sheet, a_workbook, code, sent
from tests.hall.build import an_item

if TYPE_CHECKING:
    from tests.town import Town

OPENING = {
    "organisation": "宁波海澜纺织有限公司",
    "credit_code": "91350100M000100Y43",
    "name": "李文员",
    "phone": "13900000001",
    "address": "江滨路 1 号",
    "people": "300",
    "key": "o" * 32,
}


def the_batch(town: "Town") -> Batch:
    return Batch.objects.first() or _made(town)


def _made(town: "Town") -> Batch:
    handler, at = next(who for role, who in town.people.items() if role == "handler"), now()
    batched = an_item("batched", name="养老保险关系转入", unit=town.unit)
    said = open_batch(a_sheet(batched), a_company(), unit=the_town(), at=at)
    batch = Batch.objects.get(case=said.case)
    accept_case(batch.number, by=a_dispatcher(), at=at)
    dispatch_case(batch.number, town.unit, by=a_dispatcher(), at=at)
    acknowledge_case(batch.number, by=handler, at=at)
    name_contact(batch.number, handler, by=handler, at=at)
    rows = (a_row(n, 姓名="Ann Lee") for n in range(1, 6))
    upload = sent(batch, a_workbook(*rows, a_row(6, 手机号码="错")), at=at)
    # Faults are told in the language of whoever sent the list: readers of another one see theirs.
    upload.faults = []
    upload.save()
    for to in ("accepted", "done"):
        move_people(batch.number, "1", to, by=handler, at=at)
    ask_for_papers(batch.number, "2", ["劳动合同", "户口本首页"], by=handler, at=at)
    move_people(batch.number, "4", "declined", "已在本地参保，不用转入。", by=handler, at=at)
    send_delivery(batch.number, "1", "ems", "EA123456789CN", by=handler, at=at)
    batch.refresh_from_db()
    return batch


def item(town: "Town") -> tuple[object, ...]:
    return (the_batch(town).item.code,)


def number(town: "Town") -> tuple[object, ...]:
    return (the_batch(town).number,)


def own(town: "Town") -> tuple[object, ...]:
    batch = the_batch(town)
    return (batch.number, code(batch))


def own_parcel(town: "Town") -> tuple[object, ...]:
    return (*own(town), the_batch(town).deliveries.get().pk)
