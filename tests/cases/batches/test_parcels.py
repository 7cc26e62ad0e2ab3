"""Parcels: a number put right, one that did not come, and who is in which."""

import pytest
from django.test import Client
from django.urls import reverse

from mingchuang.base.errors import NotFound
from mingchuang.cases.actions.batch_post import (
    answer_missed,
    confirm_delivery,
    correct_parcel,
    miss_parcel,
    send_delivery,
    unconfirm_delivery,
)
from mingchuang.cases.actions.keeping import erase_due, load_terms
from mingchuang.cases.actions.voice import withdraw_submission
from mingchuang.cases.batching.errors import NothingMissed, NothingToTakeBack, ParcelThere
from mingchuang.cases.models import Batch, Delivery, Retention
from mingchuang.cases.queries.audit import gone
from mingchuang.cases.queries.batch_audit import BATCHED, batch_faults
from mingchuang.cases.queries.keeping import some_due
from mingchuang.cases.rules.keeping import BATCHES, Term
from mingchuang.ledger.queries import entries_of
from mingchuang.people.rules.roles import Role
from tests.build import A_DAY, MONDAY, a_person
from tests.cases.batches.build import a_list, code, moved, the_contact
from tests.cases.batches.test_pages import desk, handling, own, seated

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + A_DAY


def a_parcel(many: int = 1) -> tuple[Batch, Delivery]:
    """A list of whose people the first ones are done and in the post."""
    batch = a_list(many)
    moved(batch, f"1-{many}", "accepted", "done")
    by = the_contact(batch)
    places = f"1-{many}"
    return batch, send_delivery(batch.number, places, "ems", "EA000000001CN", by=by, at=MONDAY)


def test_a_number_written_wrong_is_put_right_and_every_proof_holds() -> None:
    batch, parcel = a_parcel()
    by, to = the_contact(batch), (batch.number, parcel.pk)
    colleague = a_person(Role.HANDLER, unit=batch.item.unit)

    with pytest.raises(NotFound):
        correct_parcel(*to, "sf", "SF0000000002", by=colleague, at=TUESDAY)
    correct_parcel(*to, "sf", "SF0000000002", by=by, at=TUESDAY)

    parcel.refresh_from_db()
    told = entries_of(batch.subject).get(verb="parcel.corrected").facts
    assert (parcel.carrier, parcel.tracking) == ("sf", "SF0000000002")
    assert told == {"of": parcel.entry.digest, "carrier": "sf", "by": by.badge}
    assert list(batch_faults()) == []


def test_who_waits_for_a_parcel_is_answered_and_may_ask_again() -> None:
    batch, parcel = a_parcel()
    by = the_contact(batch)

    with pytest.raises(NothingMissed):
        answer_missed(batch.number, parcel.pk, "在查。", by=by, at=TUESDAY)
    miss_parcel(batch.number, code(batch), parcel.pk, "前台没有。", at=TUESDAY)
    answer_missed(batch.number, parcel.pk, "在驿站，今天送到。", by=by, at=TUESDAY)
    answered = Delivery.objects.get()
    miss_parcel(batch.number, code(batch), parcel.pk, "还是没有。", at=TUESDAY)

    again = Delivery.objects.get()
    assert answered.answer == "在驿站，今天送到。"
    assert (again.missed, again.answer, again.answered_at) == ("还是没有。", "", None)
    assert [note.text for note in batch.notes.order_by("pk")] == [
        "前台没有。",
        "在驿站，今天送到。",
        "还是没有。",
    ]


def test_that_a_parcel_is_there_may_be_taken_back(client: Client) -> None:
    batch, parcel = a_parcel()
    door = own(batch, "batch_parcel", parcel.pk)
    client.post(door)
    told = client.get(own(batch)).content.decode()

    client.post(door, {"back": "1"})

    parcel.refresh_from_db()
    assert 'name="back"' in told
    assert parcel.received_at is None
    assert entries_of(batch.subject).filter(verb="batch.undelivered").count() == 1
    with pytest.raises(NothingToTakeBack):
        unconfirm_delivery(batch.number, code(batch), parcel.pk, at=TUESDAY)


def test_what_is_there_is_neither_missed_nor_put_right() -> None:
    batch, parcel = a_parcel()
    confirm_delivery(batch.number, code(batch), parcel.pk, at=TUESDAY)

    with pytest.raises(ParcelThere):
        miss_parcel(batch.number, code(batch), parcel.pk, "", at=TUESDAY)
    with pytest.raises(ParcelThere):
        correct_parcel(batch.number, parcel.pk, "sf", "SF1", by=the_contact(batch), at=TUESDAY)


def test_what_was_put_right_and_said_of_a_parcel_is_forgotten_with_it() -> None:
    batch, parcel = a_parcel()
    by, later = the_contact(batch), MONDAY + 400 * A_DAY
    correct_parcel(batch.number, parcel.pk, "sf", "SF0000000002", by=by, at=TUESDAY)
    miss_parcel(batch.number, code(batch), parcel.pk, "前台没有。", at=TUESDAY)
    withdraw_submission(batch.number, code(batch), at=TUESDAY)
    load_terms([Term(BATCHES, 365, "本市规定第三条")], at=MONDAY)
    term = Retention.objects.get(category=BATCHES)

    for some in some_due(term, later):
        erase_due(term, some, at=later)

    left = Delivery.objects.get()
    assert (left.tracking, left.missed, left.answer) == ("", "", "")
    assert [*batch_faults(), *gone(BATCHED)] == []


def test_both_sides_read_who_is_in_a_parcel_and_talk_about_it(client: Client) -> None:
    batch, parcel = a_parcel(21)
    contact = the_contact(batch)
    colleague = a_person(Role.HANDLER, unit=batch.item.unit)

    client.post(own(batch, "batch_missed", parcel.pk), {"said": "前台没有。"})
    waiting = seated(contact).get(reverse("cases:desk_batches")).content.decode()
    given = {"parcel": parcel.pk, "carrier": "ems", "tracking": "？"}
    refused = handling(batch, "renumber", given).content.decode()
    handling(batch, "renumber", {**given, "tracking": "EA000000009CN"})
    handling(batch, "answer", {"parcel": parcel.pk, "answer": "单号写错了，已更正。"})

    told = client.get(own(batch)).content.decode()
    near, far = (seated(one).get(desk(batch)).content.decode() for one in (contact, colleague))
    assert "有快递没收到" in waiting
    assert 'value="？"' in refused
    assert ["第 1-21 位：" in page for page in (told, near, far)] == [True, True, False]
    assert ["等 21 人" in page for page in (told, near)] == [True, True]
    assert ["前台没有。" in page for page in (told, near, far)] == [True, True, False]
    assert "EA000000009CN" in told
    assert "答复：</b>单号写错了，已更正。" in told
