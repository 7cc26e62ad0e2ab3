"""How a batch ends, is planned no more, is put back; and what was said of its people."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from mingchuang.cases.actions.batch_items import ask_for_papers, move_people, put_back
from mingchuang.cases.actions.batch_lists import keep_upload
from mingchuang.cases.actions.batch_plans import ask_plan, keep_plan
from mingchuang.cases.actions.batch_post import send_delivery
from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.actions.merging import merge_case
from mingchuang.cases.actions.reception import accept_case, answer_at_once
from mingchuang.cases.actions.voice import say_not_solved, withdraw_submission
from mingchuang.cases.batching.errors import (
    ListUnread,
    NotEnded,
    PeopleWait,
    SentAlready,
    StandsAlone,
)
from mingchuang.cases.models import Batch, BatchSheet, Paper
from mingchuang.cases.queries.alike import like_cases
from mingchuang.cases.queries.batch_audit import batch_faults
from mingchuang.cases.queries.batch_pages import standing_of
from mingchuang.cases.queries.batches import batches_to_plan, is_any_plan_asked
from mingchuang.cases.queries.casefile import case_file
from mingchuang.cases.queries.desk import case_for
from mingchuang.cases.queries.suggestion import suggestion_for
from mingchuang.cases.views.deeds import DEEDS
from mingchuang.ledger.queries import entries_of
from tests.build import MONDAY, a_case, a_dispatcher, a_submission, the_handler
from tests.cases.batches.build import (
    a_batch,
    a_company,
    a_list,
    a_row,
    a_sheet,
    a_workbook,
    cells_of,
    code,
    in_hand,
    sent,
    the_contact,
)
from tests.cases.batches.test_workbooks import marked

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 3, 3)
WEDNESDAY = TUESDAY + timedelta(1)


def moved(batch: Batch, places: str, *ways: str, because: str = "") -> None:
    for to in ways:
        move_people(batch.number, places, to, because, by=the_contact(batch), at=MONDAY)


def answered(batch: Batch) -> None:
    by = the_handler(batch.case)
    reply_to_case(batch.number, "已经办好。", disposition="solved", by=by, at=MONDAY)


def a_second_list(batch: Batch, sheet: BatchSheet) -> Batch:
    """Another batch of the same company for the same thing, with the people of the first."""
    other = in_hand(a_batch(sheet))
    sent(other, a_workbook(a_row(1), a_row(2)))
    other.refresh_from_db()
    return other


def stages(batch: Batch) -> list[str]:
    return list(batch.people.order_by("place").values_list("stage", flat=True))


def test_a_batch_is_not_answered_while_somebody_waits() -> None:
    batch = a_list(3)
    moved(batch, "1", "accepted", "done")
    moved(batch, "2", "declined", because="已在本地参保。")

    with pytest.raises(PeopleWait, match="还有 1 人"):
        answered(batch)
    moved(batch, "3", "accepted", "done")
    answered(batch)

    batch.case.refresh_from_db()
    assert batch.case.state == "replied"


def test_a_list_that_nobody_read_yet_waits_too() -> None:
    batch = in_hand(a_batch())
    keep_upload(batch.number, code(batch), [b"x"], key="w" * 32, at=MONDAY)

    with pytest.raises(ListUnread):
        answered(batch)


def test_a_batch_is_not_answered_on_the_spot_while_somebody_waits() -> None:
    batch = a_batch()
    sent(batch, a_workbook(a_row(1)))

    with pytest.raises(PeopleWait):
        answer_at_once(batch.number, "好。", disposition="explained", by=a_dispatcher(), at=MONDAY)


def test_a_batch_is_joined_to_nothing_and_nothing_to_it() -> None:
    batch, other = a_batch(), a_case("accepted", at=MONDAY)
    by = a_dispatcher()
    accept_case(batch.number, by=by, at=MONDAY)

    for one, into in ((batch, other), (other, batch)):
        with pytest.raises(StandsAlone, match="不能和别的工单合并"):
            merge_case(one.number, into.number, by=by, at=MONDAY)
    offered = {deed.name for deed in DEEDS if deed.is_offered(case_file(by, batch.number))}
    assert "dispatch" in offered
    assert "merge" not in offered


def test_a_batch_is_suggested_to_the_unit_of_its_item_first() -> None:
    batch, by = a_batch(), a_dispatcher()
    accept_case(batch.number, by=by, at=MONDAY)

    found = suggestion_for(by, case_for(by, batch.number), on=localdate(MONDAY))

    assert found.chosen["unit"] == batch.item.unit.pk
    assert found.grounds_for(batch.item.unit) == {"grounds": "item"}


def test_two_companies_with_the_same_words_are_not_taken_for_one_matter() -> None:
    sheet = a_sheet()
    one, other = a_batch(sheet), a_batch(sheet, phone="13900000008")
    same = a_submission(text=a_company().said.text, at=MONDAY).case
    twin = a_submission(text=a_company().said.text, at=MONDAY).case

    asked = [like_cases(a_dispatcher(), case) for case in (one.case, other.case, same)]

    assert [[like.case for like in likes] for likes in asked] == [[], [], [twin]]


def test_a_batch_that_is_over_takes_no_minutes_of_others() -> None:
    over, other = a_list(2), a_list(2, phone="13900000007")
    Batch.objects.update(item=over.item)
    idle = {TUESDAY: 24, WEDNESDAY: 24}
    keep_plan(over, idle, at=MONDAY)
    withdraw_submission(over.number, code(over), at=MONDAY)

    keep_plan(Batch.objects.get(pk=other.pk), idle, at=MONDAY)

    other.refresh_from_db()
    assert other.promised_on == TUESDAY


def test_who_comes_on_a_list_later_is_planned_for_and_promised_nothing_before() -> None:
    batch = a_list(2)
    batch = keep_plan(batch, {TUESDAY: 24}, at=MONDAY)

    sent(batch, a_workbook(a_row(3)), at=MONDAY)

    batch.refresh_from_db()
    standing = standing_of(batch)
    assert (batch.promised_on, batch.plan_asked_at, standing.undated) == (TUESDAY, MONDAY, 1)


def test_a_batch_that_is_over_is_planned_no_more() -> None:
    batch = a_list(1)
    asked = ask_plan(batch.number, by=the_contact(batch), at=MONDAY)
    withdraw_submission(batch.number, code(batch), at=MONDAY)

    waiting, any_asked = batches_to_plan(), is_any_plan_asked()
    keep_plan(asked, {TUESDAY: 100}, at=MONDAY)

    batch.refresh_from_db()
    assert (waiting, any_asked, batch.promised_on) == ([], False, None)
    assert not entries_of(batch.subject).filter(verb="batch.scheduled").exists()


def test_who_was_ended_by_mistake_goes_on_and_the_days_are_counted_anew() -> None:
    batch = a_list(2)
    moved(batch, "1", "accepted", "done")
    moved(batch, "2", "declined", because="已在本地参保。")
    keep_plan(batch, {TUESDAY: 100}, at=MONDAY)

    put_back(batch.number, "1-2", "名字看错了。", by=the_contact(batch), at=MONDAY)

    batch.refresh_from_db()
    assert stages(batch) == ["accepted", "accepted"]
    assert batch.people.get(place=2).because == ""
    assert batch.plan_asked_at == MONDAY
    assert batch.notes.last().text == "名字看错了。"  # type: ignore[union-attr]
    assert "名字看错了" not in str(entries_of(batch.subject).values_list("facts"))
    assert list(batch_faults()) == []


def test_reopened_the_days_are_counted_again() -> None:
    batch = a_list(1)
    keep_plan(batch, {TUESDAY: 60}, at=MONDAY)
    moved(batch, "1", "accepted", "done")
    answered(batch)

    say_not_solved(batch.number, code(batch), "第 1 位的还没有转过来。", at=MONDAY)

    assert [one.pk for one in batches_to_plan()] == [batch.pk]
    assert keep_plan(batch, {WEDNESDAY: 60}, at=MONDAY).promised_on is None


def test_who_still_owes_papers_waits_for_them_again() -> None:
    batch = a_list(2)
    ask_for_papers(batch.number, "1", ["劳动合同"], by=the_contact(batch), at=MONDAY)
    moved(batch, "1-2", "declined", because="已在本地参保。")

    put_back(batch.number, "1-2", "参保地查错了。", by=the_contact(batch), at=MONDAY)

    assert stages(batch) == ["needs_more", "accepted"]
    assert list(batch_faults()) == []


def test_what_is_in_the_post_or_goes_on_is_not_put_back() -> None:
    batch, why = a_list(2), "弄错了。"
    by = the_contact(batch)
    moved(batch, "1", "accepted", "done")
    send_delivery(batch.number, "1", "ems", "EA123456789CN", by=by, at=MONDAY)

    with pytest.raises(SentAlready, match="第 1 位"):
        put_back(batch.number, "1", why, by=by, at=MONDAY)
    with pytest.raises(NotEnded, match="第 2 位"):
        put_back(batch.number, "2", why, by=by, at=MONDAY)


def test_another_reason_or_another_paper_than_was_said_is_found() -> None:
    batch = a_list(2)
    moved(batch, "1", "declined", because="已在本地参保。")
    ask_for_papers(batch.number, "2", ["劳动合同"], by=the_contact(batch), at=MONDAY)
    whole = list(batch_faults())

    item = batch.people.get(place=1)
    item.because = "没有理由。"
    item.save()
    paper = Paper.objects.get()
    paper.name = "房产证"
    paper.save()

    assert (len(whole), len(list(batch_faults()))) == (0, 2)


def test_who_is_done_in_an_earlier_batch_is_told_with_its_number_and_place() -> None:
    sheet = a_sheet()
    first = in_hand(a_batch(sheet))
    sent(first, a_workbook(a_row(1), a_row(2)))
    first.refresh_from_db()
    moved(first, "1-2", "accepted", "done")
    answered(first)

    upload = sent(a_batch(sheet), a_workbook(a_row(2)))

    said = str(cells_of(marked(upload))[1][-1])
    assert f"较早的一批 {first.number} 里（第 2 位），已经办结" in said


def test_who_was_declined_or_left_behind_may_be_sent_again() -> None:
    sheet = a_sheet()
    first = in_hand(a_batch(sheet))
    sent(first, a_workbook(a_row(1), a_row(2)))
    first.refresh_from_db()
    moved(first, "1", "declined", because="还没有迁来。")
    withdraw_submission(first.number, code(first), at=MONDAY)

    upload = sent(a_batch(sheet), a_workbook(a_row(1), a_row(2)))

    assert (upload.good, upload.faulty) == (2, 0)
