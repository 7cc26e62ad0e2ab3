"""One named person on each side (专人对接): who they are, and who reads that one changes."""

import pytest
from django.test import Client
from django.urls import reverse

from mingchuang.cases.actions.batch_items import move_people
from mingchuang.cases.actions.batches import change_clerk, check_company, name_contact
from mingchuang.cases.batching.errors import NobodyNamed
from mingchuang.cases.errors import CodeRenewed
from mingchuang.cases.models import Batch, Submission
from mingchuang.cases.queries.audit import gone
from mingchuang.cases.queries.batch_audit import BATCHED, batch_faults
from mingchuang.cases.queries.batches import clerk_of
from mingchuang.ledger.queries import entries_of
from mingchuang.people.rules.roles import Role
from tests.build import A_DAY, MONDAY, a_person, the_handler
from tests.cases.batches.build import (
    a_batch,
    a_list,
    a_row,
    a_sheet,
    a_workbook,
    code,
    in_hand,
    moved,
    sent,
    the_contact,
)
from tests.cases.batches.test_items import facts_of
from tests.cases.batches.test_pages import desk, own, seated

pytestmark = pytest.mark.django_db


def test_without_a_named_contact_nobody_on_the_list_moves() -> None:
    batch = a_list(1)
    contact, by = the_contact(batch), the_handler(batch.case)
    Batch.objects.update(contact=None)

    way = desk(batch, "move", name="batch_deed")
    refused = seated(by).post(way, {"places": "1", "to": "accepted"}).content.decode()
    with pytest.raises(NobodyNamed, match="先指定专人"):
        move_people(batch.number, "1", "accepted", by=by, at=MONDAY)
    name_contact(batch.number, contact, by=by, at=MONDAY)
    moved(batch, "1", "accepted")

    assert "单位不知道找谁" in refused
    assert batch.people.get().stage == "accepted"


def test_the_company_reads_who_the_contact_is_and_who_went_before(client: Client) -> None:
    batch = a_list(1)
    first, second = the_contact(batch), a_person(Role.HANDLER, unit=batch.item.unit)

    given = {"to": second.pk, "phone": "0574-87654321"}
    seated(the_handler(batch.case)).post(desk(batch, "contact", name="batch_deed"), given)

    told = client.get(own(batch)).content.decode()
    assert f"{second.name}</b>" in told
    assert 'href="tel:0574-87654321"' in told
    assert f"工号 {first.badge} 不再经手" in told
    assert facts_of(batch, "batch.contact_named")["contact"] == second.badge


def test_the_staff_read_who_speaks_for_the_company_now(client: Client) -> None:
    batch, given = a_list(1), {"name": "周接手", "phone": "13900000088"}
    before = seated(the_contact(batch)).get(desk(batch)).content.decode()
    colleague = a_person(Role.HANDLER, unit=batch.item.unit)

    without = client.post(own(batch, "batch_clerk"), {**given, "phone": "8"})
    client.post(own(batch, "batch_clerk"), given)

    told, far = (
        seated(one).get(desk(batch)).content.decode() for one in (the_contact(batch), colleague)
    )
    assert without.status_code == 422
    assert ["李文员" in before, "李文员" in told, "周接手" in far] == [True, False, False]
    assert "周接手" in told
    assert 'href="tel:13900000088"' in told
    assert "起换了人" in told


def test_a_company_is_the_same_with_another_clerk_once_the_staff_made_sure_of_both() -> None:
    sheet = a_sheet()
    earlier, later = in_hand(a_batch(sheet)), in_hand(a_batch(sheet, phone="13900000009"))
    sent(earlier, a_workbook(a_row(1), a_row(2)))
    check_company(earlier.number, "letter", by=the_contact(earlier), at=MONDAY)

    unsure = sent(later, a_workbook(a_row(1)))
    way = desk(later, "company", name="batch_deed")
    seated(the_contact(later)).post(way, {"proof": "call"})
    sure = sent(later, a_workbook(a_row(2)))

    assert (unsure.good, unsure.faulty, sure.good, sure.faulty) == (1, 0, 0, 1)
    assert earlier.number in sure.faults[0][1]
    assert list(batch_faults()) == []
    Batch.objects.update(proof="seen")
    assert {fault.facts["tells"] for fault in batch_faults()} == {"letter", "call"}


def test_what_was_made_sure_of_a_company_is_taken_back_once() -> None:
    batch = a_list(1)
    seat, way = seated(the_contact(batch)), desk(batch, "uncheck", name="batch_deed")
    check_company(batch.number, "letter", by=the_contact(batch), at=MONDAY)

    offered, done = way in seat.get(desk(batch)).text, seat.post(way)
    again = seat.post(way)

    assert (offered, done.status_code, again.status_code) == (True, 302, 422)
    assert "还没有核对" in seat.get(desk(batch)).text
    assert list(batch_faults()) == []


def test_another_clerk_is_in_the_ledger_and_every_proof_holds() -> None:
    batch = a_list(1)
    old = code(batch)

    change_clerk(batch.number, old, "周接手", "13900000088", at=MONDAY + A_DAY)
    with pytest.raises(CodeRenewed):
        change_clerk(batch.number, old, "何文员", "13900000077", at=MONDAY + A_DAY)

    clerk = clerk_of(batch)
    assert clerk is not None
    assert (clerk.name, clerk.phone) == ("周接手", "13900000088")
    assert entries_of(clerk.subject).latest("pk").verb == "requester.corrected"
    assert facts_of(batch, "batch.clerk_changed") == {"by": "requester", "renewed": 1}
    assert [*batch_faults(), *gone(BATCHED)] == []
    assert Submission.objects.update(renewed=0)
    assert [fault.facts["tells"] for fault in batch_faults()] == ["1"]


def test_the_link_of_the_clerk_before_opens_nothing_once_another_took_over(client: Client) -> None:
    batch, given = a_list(1), {"name": "周接手", "phone": "13900000088", "once": "o" * 32}
    old, receipt, form = own(batch), own(batch, "receipt"), own(batch, "batch_clerk")

    new = client.post(form, given).headers["Location"]
    again = client.post(form, given).headers["Location"]
    told = client.get(new).content.decode()
    gone = [client.get(old), client.get(receipt), client.post(form, {**given, "once": ""})]
    tried = {"number": batch.number, "code": old.split("/")[-2]}
    typed = client.post(reverse("cases:track"), tried).content.decode()

    assert new == again == own(batch) != old
    assert "王小明" not in "".join(one.content.decode() for one in gone)
    assert [one.status_code for one in gone] == [410] * 3
    assert all("原来的链接和查询码已经作废" in one.content.decode() for one in gone)
    assert "原来的链接和查询码已经作废" in typed
    assert "请马上保存" in told


def test_a_link_nobody_handed_on_is_given_to_the_new_clerk_once_the_staff_made_sure() -> None:
    batch, given = a_list(1), {"name": "周接手", "phone": "13900000088", "proof": "letter"}
    old, way = own(batch), desk(batch, "clerk", name="batch_deed")
    contact, colleague = the_contact(batch), a_person(Role.HANDLER, unit=batch.item.unit)

    unsure = seated(contact).post(way, {**given, "proof": ""})
    far = seated(colleague).post(way, given)
    told = seated(contact).post(way, given).content.decode()

    assert [unsure.status_code, far.status_code] == [422, 404]
    assert code(batch) in told
    assert code(batch) not in seated(contact).get(desk(batch)).content.decode()
    assert Client().get(old).status_code == 410
    facts = {"by": contact.badge, "proof": "letter", "renewed": 1}
    assert facts_of(batch, "batch.clerk_changed") == facts
