"""What may be done with the people of a batch, and what the company hears of it."""

from datetime import date, timedelta

import pytest

from mingchuang.base.errors import NotFound, Refused
from mingchuang.cases.actions.batch_crossing_out import cross_out, cross_out_for
from mingchuang.cases.actions.batch_items import (
    ask_for_papers,
    hand_in,
    move_people,
    note_handed_in,
    put_back,
    say_not_received,
)
from mingchuang.cases.actions.batch_lists import keep_upload
from mingchuang.cases.actions.batch_looks import reveal_person, take_out_masked
from mingchuang.cases.actions.batch_plans import (
    agree_to_overtime,
    ask_plan,
    keep_plan,
    withdraw_overtime,
)
from mingchuang.cases.actions.batch_post import confirm_delivery, send_delivery
from mingchuang.cases.actions.batch_watch import remind_of_promises
from mingchuang.cases.actions.batches import name_contact, offer_batches, open_batch
from mingchuang.cases.batching import errors
from mingchuang.cases.batching.errors import (
    AgreedAlready,
    AskedOnce,
    BadColumns,
    DayOver,
    DayTooFar,
    NoSuchContact,
    NoSuchPlaces,
    NotCrossedOut,
    NothingAgreed,
    NothingClaimed,
    NothingHandedIn,
    NothingToAsk,
    NothingToPlan,
    NotInHand,
    NotYetDone,
    ParcelNamedTwice,
    ReasonMissing,
    SentAlready,
    StandsAgain,
    UploadWaits,
    WrongStage,
)
from mingchuang.cases.errors import NotYourDuty, WrongReceipt
from mingchuang.cases.models import Batch, Case, Paper
from mingchuang.cases.queries import holdings
from mingchuang.cases.queries.batch_audit import batch_faults
from mingchuang.cases.queries.batch_ends import must_leave_nobody_waiting
from mingchuang.cases.queries.batch_pages import standing_of
from mingchuang.cases.queries.batches import batch_for, batch_of
from mingchuang.cases.queries.casefile import case_file
from mingchuang.cases.queries.photos import photo_for
from mingchuang.ledger.queries import entries_of
from mingchuang.people.rules.roles import Role
from tests.build import A_DAY, AN_HOUR, MONDAY, a_person, a_unit, the_handler, the_town
from tests.cases.batches.build import (
    a_batch,
    a_company,
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
from tests.hall.build import a_site, a_window
from tests.town import a_photo

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 3, 3)


def stages(batch: Batch) -> list[str]:
    return list(batch.people.order_by("place").values_list("stage", flat=True))


def facts_of(batch: Batch, verb: str) -> dict[str, object]:
    return dict(entries_of(batch.subject).filter(verb=verb).latest("pk").facts)


def test_a_company_opens_a_batch_with_one_form_and_one_receipt() -> None:
    company = a_company()
    sheet = a_sheet()

    first = open_batch(sheet, company, unit=the_town(), at=MONDAY)
    again = open_batch(sheet, company, unit=the_town(), at=MONDAY)

    assert first == again
    assert batch_of(first.number, code(Batch.objects.get()))[0].organisation
    assert facts_of(Batch.objects.get(), "batch.received") == {
        "item": sheet.item.code,
        "by": "requester",
    }


def test_a_wrong_code_opens_nothing() -> None:
    batch = a_batch()

    with pytest.raises(WrongReceipt):
        batch_of(batch.number, "XXXX-XXXX-XXXX")


def test_columns_nobody_understands_are_not_kept() -> None:
    sheet = a_sheet()

    with pytest.raises(BadColumns, match="第 1 行"):
        offer_batches(sheet.item, "原参保地", minutes=10, at=MONDAY)


def test_a_batch_keeps_the_columns_it_began_with() -> None:
    sheet = a_sheet()
    batch = a_batch(sheet)

    offer_batches(sheet.item, "首次参保日期 日期 必填", minutes=20, at=MONDAY)

    batch.refresh_from_db()
    assert [column.name for column in batch.column_list][-1] == "原参保地"
    assert batch.minutes == 12


def test_the_contact_comes_from_the_unit_that_handles_it() -> None:
    batch = in_hand(a_batch())

    with pytest.raises(NoSuchContact):
        name_contact(
            batch.number,
            a_person(Role.HANDLER, unit=a_unit()),
            by=the_handler(batch.case),
            at=MONDAY,
        )


def test_only_the_contact_and_the_handler_see_into_the_list() -> None:
    batch = a_list(1)
    colleague = a_person(Role.HANDLER, unit=batch.item.unit)

    for close in (the_contact(batch), the_handler(batch.case)):
        assert reveal_person(batch.number, 1, by=close, at=MONDAY).person
    assert batch_for(colleague, batch.number) == batch
    with pytest.raises(NotFound):
        reveal_person(batch.number, 1, by=colleague, at=MONDAY)
    with pytest.raises(NotFound):
        take_out_masked(batch.number, by=colleague, at=MONDAY)


def test_each_look_at_a_person_is_in_the_ledger() -> None:
    batch = a_list(2)

    reveal_person(batch.number, 2, by=the_contact(batch), at=MONDAY)

    assert facts_of(batch, "batch.revealed") == {"listed": 2, "by": the_contact(batch).badge}


def test_people_move_together_in_one_entry() -> None:
    batch = a_list(5)

    moved(batch, "1-3、5", "accepted")

    assert stages(batch) == ["accepted", "accepted", "accepted", "sent", "accepted"]
    assert facts_of(batch, "batch.stepped") == {
        "to": "accepted",
        "listed": "1-3,5",
        "people": 4,
        "by": the_contact(batch).badge,
    }


def test_where_one_cannot_go_none_goes() -> None:
    batch = a_list(3)
    moved(batch, "2", "accepted", "done")

    with pytest.raises(WrongStage, match="第 2 位现在不能“受理”"):
        moved(batch, "1-3", "accepted")

    assert stages(batch) == ["sent", "done", "sent"]


def test_who_is_declined_is_told_why() -> None:
    batch = a_list(2)
    by = the_contact(batch)

    with pytest.raises(ReasonMissing):
        move_people(batch.number, "1", "declined", by=by, at=MONDAY)
    move_people(batch.number, "1", "declined", "已在本地参保，不用转入。", by=by, at=MONDAY)

    assert batch.people.get(place=1).because == "已在本地参保，不用转入。"
    assert "不用转入" not in str(facts_of(batch, "batch.stepped"))


def test_who_was_written_wrong_is_crossed_out_and_sent_again_in_a_small_list() -> None:
    batch, right = a_list(3), a_workbook(a_row(2, 姓名="王小鸣"))
    moved(batch, "2", "accepted")

    before = sent(batch, right)
    cross_out(batch.number, code(batch), "2", "王小鸣写成了王小明。", at=MONDAY)
    same = sent(batch, a_workbook(*(a_row(n) for n in (1, 2, 3))))
    after = sent(batch, right)

    assert (before.faulty, after.good) == (1, 1)
    assert "先在名单页划去第 2 位" in before.faults[0][1]
    assert (same.known, same.faulty) == (2, 1)
    assert "那一位已划去，没有列入" in same.faults[0][1]
    assert stages(batch) == ["sent", "taken_out", "sent", "sent"]
    assert facts_of(batch, "batch.taken_out") == {"people": 1, "listed": "2", "by": "requester"}
    assert list(batch_faults()) == []


def test_nobody_crosses_out_whose_matter_is_done_nor_on_the_list_of_another() -> None:
    batch, stranger = a_list(2), a_person(Role.HANDLER, unit=a_unit("别处"))
    moved(batch, "1", "accepted", "done")
    because = "不在职了。"

    with pytest.raises(NotCrossedOut, match="第 1 位"):
        cross_out_for(batch.number, "1-2", because, by=the_contact(batch), at=MONDAY)
    with pytest.raises(NotFound):
        cross_out_for(batch.number, "2", because, by=stranger, at=MONDAY)
    cross_out_for(batch.number, "2", because, by=the_contact(batch), at=MONDAY)

    assert stages(batch) == ["done", "taken_out"]
    must_leave_nobody_waiting(batch.case)


def test_who_was_crossed_out_by_mistake_is_put_back_unless_they_stand_there_again() -> None:
    batch, why = a_list(2), "划错了。"
    by = the_contact(batch)
    cross_out_for(batch.number, "1-2", "不在职了。", by=by, at=MONDAY)
    sent(batch, a_workbook(a_row(2, 姓名="王小鸣")))

    with pytest.raises(StandsAgain, match="第 2 位"):
        put_back(batch.number, "1-2", why, by=by, at=MONDAY)
    put_back(batch.number, "1", why, by=by, at=MONDAY)

    assert stages(batch) == ["accepted", "taken_out", "sent"]
    assert sent(batch, a_workbook(a_row(1))).known == 1
    assert list(batch_faults()) == []


@pytest.mark.parametrize("places", ["", "0", "4", "1-4", "三"])
def test_places_that_are_not_on_the_list_are_told(places: str) -> None:
    batch = a_list(3)

    with pytest.raises(NoSuchPlaces, match="现有 3 人"):
        moved(batch, places, "accepted")


def test_before_the_case_is_signed_for_nothing_moves() -> None:
    batch = a_list(1)
    batch.case.state = "paused"
    batch.case.save()

    with pytest.raises(NotInHand):
        moved(batch, "1", "accepted")


def test_what_is_needed_is_asked_once_and_all_together() -> None:
    batch = a_list(3)
    by = the_contact(batch)

    ask_for_papers(batch.number, "1-2", ["劳动合同", "户口本首页"], by=by, at=MONDAY)

    assert stages(batch) == ["needs_more", "needs_more", "sent"]
    assert Paper.objects.count() == 4
    with pytest.raises(AskedOnce, match="第 1 位"):
        ask_for_papers(batch.number, "1、3", ["照片"], by=by, at=MONDAY)


def test_who_has_handed_in_everything_goes_on_by_themselves() -> None:
    batch = a_list(2)
    ask_for_papers(batch.number, "1-2", ["合同", "照片"], by=the_contact(batch), at=MONDAY)
    first, second, third, _fourth = Paper.objects.order_by("pk").values_list("pk", flat=True)

    hand_in(batch.number, code(batch), [first, second, third], [a_photo()], at=MONDAY)

    assert stages(batch) == ["accepted", "needs_more"]
    assert Paper.objects.filter(photos__isnull=False).count() == 3
    assert facts_of(batch, "batch.supplied") == {"papers": 3, "listed": "1", "by": "requester"}


def test_what_was_handed_in_before_is_never_asked_for_again() -> None:
    sheet = a_sheet()
    earlier = in_hand(a_batch(sheet))
    sent(earlier, a_workbook(a_row(1)))
    by = the_contact(earlier)
    ask_for_papers(earlier.number, "1", ["劳动合同"], by=by, at=MONDAY)
    note_handed_in(earlier.number, [Paper.objects.get().pk], by=by, at=MONDAY)
    later = in_hand(a_batch())
    sent(later, a_workbook(a_row(1), a_row(2)))

    ask_for_papers(later.number, "1-2", ["劳动合同"], by=the_contact(later), at=MONDAY)

    assert stages(later) == ["sent", "needs_more"]
    with pytest.raises(NothingToAsk):
        ask_for_papers(later.number, "1", ["劳动合同"], by=the_contact(later), at=MONDAY)


def test_a_paper_that_came_without_a_photo_may_be_said_not_to_be_here() -> None:
    batch = a_list(2)
    by = the_contact(batch)
    ask_for_papers(batch.number, "1-2", ["劳动合同"], by=by, at=MONDAY)
    one, other = Paper.objects.order_by("pk").values_list("pk", flat=True)
    hand_in(batch.number, code(batch), [one], [], at=MONDAY)
    hand_in(batch.number, code(batch), [other], [a_photo()], at=MONDAY)

    say_not_received(batch.number, [one, other], "窗口没有收到原件。", by=by, at=MONDAY)

    assert stages(batch) == ["needs_more", "accepted"]
    assert Paper.objects.get(pk=one).because == "窗口没有收到原件。"
    assert facts_of(batch, "batch.not_received") == {"papers": 1, "listed": "1", "by": by.badge}
    assert batch.notes.get(entry__verb="batch.not_received").text == "窗口没有收到原件。"
    assert list(batch_faults()) == []


def test_what_is_not_here_is_handed_in_again_and_the_reason_goes() -> None:
    batch = a_list(1)
    by = the_contact(batch)
    ask_for_papers(batch.number, "1", ["劳动合同"], by=by, at=MONDAY)
    paper = Paper.objects.get().pk
    hand_in(batch.number, code(batch), [paper], [], at=MONDAY)
    say_not_received(batch.number, [paper], "没有收到原件。", by=by, at=MONDAY)

    hand_in(batch.number, code(batch), [paper], [a_photo()], at=MONDAY)

    item = batch.people.get()
    assert (item.stage, item.because) == ("accepted", "")
    with pytest.raises(NothingClaimed):
        say_not_received(batch.number, [paper], "没有收到原件。", by=by, at=MONDAY)


def test_what_only_the_company_says_was_handed_in_is_asked_for_in_the_next_batch() -> None:
    sheet = a_sheet()
    earlier = in_hand(a_batch(sheet))
    sent(earlier, a_workbook(a_row(1)))
    ask_for_papers(earlier.number, "1", ["劳动合同"], by=the_contact(earlier), at=MONDAY)
    hand_in(earlier.number, code(earlier), [Paper.objects.get().pk], [], at=MONDAY)
    later = in_hand(a_batch())
    sent(later, a_workbook(a_row(1)))

    ask_for_papers(later.number, "1", ["劳动合同"], by=the_contact(later), at=MONDAY)

    assert stages(later) == ["needs_more"]


def test_what_the_company_says_it_handed_in_stands_once_the_matter_is_done() -> None:
    earlier = a_list(1)
    ask_for_papers(earlier.number, "1", ["劳动合同"], by=the_contact(earlier), at=MONDAY)
    hand_in(earlier.number, code(earlier), [Paper.objects.get().pk], [], at=MONDAY)
    moved(earlier, "1", "in_progress", "done")
    later = in_hand(a_batch())
    sent(later, a_workbook(a_row(1)))

    with pytest.raises(NothingToAsk):
        ask_for_papers(later.number, "1", ["劳动合同"], by=the_contact(later), at=MONDAY)


def test_why_a_paper_is_not_here_is_forgotten_once_it_comes() -> None:
    batch = a_list(1)
    by = the_contact(batch)
    ask_for_papers(batch.number, "1", ["劳动合同"], by=by, at=MONDAY)
    paper = Paper.objects.get().pk
    hand_in(batch.number, code(batch), [paper], [], at=MONDAY)
    say_not_received(batch.number, [paper], "没有收到原件。", by=by, at=MONDAY)

    hand_in(batch.number, code(batch), [paper], [], at=MONDAY)

    assert Paper.objects.get().because == batch.people.get().because == ""
    assert list(batch_faults()) == []


def test_nothing_ticked_is_nothing_handed_in() -> None:
    batch = a_list(1)

    with pytest.raises(NothingHandedIn):
        hand_in(batch.number, code(batch), [7], [], at=MONDAY)


def test_a_paper_of_another_batch_cannot_be_handed_in_here() -> None:
    other, batch = a_list(1), a_list(1, phone="13900000009")
    ask_for_papers(other.number, "1", ["合同"], by=the_contact(other), at=MONDAY)

    with pytest.raises(NothingHandedIn):
        hand_in(batch.number, code(batch), [Paper.objects.get().pk], [], at=MONDAY)


def test_the_plan_promises_the_last_day_on_which_there_is_room() -> None:
    batch = a_list(7)
    ask_plan(batch.number, by=the_contact(batch), at=MONDAY)

    keep_plan(batch, {TUESDAY: 40, TUESDAY + timedelta(1): 100}, at=MONDAY)

    batch.refresh_from_db()
    assert batch.promised_on == TUESDAY + timedelta(1)
    assert (batch.plan_asked_at, batch.short) == (None, 0)
    assert batch.people.filter(planned_on=TUESDAY).count() == 3
    assert list(batch_faults()) == []


def test_without_room_nothing_is_promised_and_the_missing_minutes_are_said() -> None:
    batch = a_list(3)

    keep_plan(batch, {TUESDAY: 24}, at=MONDAY)

    batch.refresh_from_db()
    assert (batch.promised_on, batch.short) == (None, 12)


def test_a_day_that_was_promised_and_went_by_is_called_to_mind_once() -> None:
    batch, case = a_list(2), Case.objects.get()
    keep_plan(batch, {TUESDAY: 60}, at=MONDAY)

    chased = [remind_of_promises(at=MONDAY + n * A_DAY) for n in (1, 2, 3)]

    case.refresh_from_db()
    last = case_file(the_handler(case), case.number).story[-1]
    assert (chased, case.reminders) == ([0, 1, 0], 1)
    assert last.sentence.endswith("办完，逾期没有办完，系统自动催办")
    standing = standing_of(batch)
    assert (standing.ahead, standing.passed) == ([], 2)


def test_two_batches_do_not_have_the_same_minutes() -> None:
    sheet = a_sheet()
    one, other = in_hand(a_batch(sheet)), in_hand(a_batch(sheet, phone="13900000009"))
    sent(one, a_workbook(a_row(1), a_row(2)))
    sent(other, a_workbook(a_row(3)))
    idle = {TUESDAY: 24, TUESDAY + timedelta(1): 24}

    keep_plan(one, idle, at=MONDAY)
    keep_plan(other, idle, at=MONDAY)

    other.refresh_from_db()
    assert other.promised_on == TUESDAY + timedelta(1)


def test_two_batches_at_one_window_do_not_have_the_same_minutes() -> None:
    one, other = a_list(2), a_list(2, phone="13900000009")
    a_window(a_site(), 1, one.item, other.item)

    keep_plan(one, {TUESDAY: 24}, at=MONDAY)
    keep_plan(other, {TUESDAY: 24, TUESDAY + timedelta(1): 24}, at=MONDAY)

    other.refresh_from_db()
    assert other.promised_on == TUESDAY + timedelta(1)


def test_who_still_owes_papers_has_the_last_of_the_days() -> None:
    batch = a_list(2)
    ask_for_papers(batch.number, "1", ["劳动合同"], by=the_contact(batch), at=MONDAY)

    keep_plan(batch, {TUESDAY: 12, TUESDAY + timedelta(1): 12}, at=MONDAY)

    assert batch.people.get(place=2).planned_on == TUESDAY
    assert batch.people.get(place=1).planned_on == TUESDAY + timedelta(1)


def test_overtime_counts_only_by_consent_of_who_works_it() -> None:
    batch = a_list(3)
    saturday, by = date(2026, 3, 7), the_contact(batch)
    keep_plan(batch, {TUESDAY: 24}, at=MONDAY)

    agree_to_overtime(batch.number, saturday, 60, by=by, at=MONDAY)

    batch.refresh_from_db()
    assert batch.plan_asked_at == MONDAY
    keep_plan(batch, {TUESDAY: 24}, at=MONDAY)
    batch.refresh_from_db()
    assert batch.promised_on == saturday
    assert facts_of(batch, "batch.overtime_agreed")["by"] == by.badge


def test_overtime_is_agreed_to_once_a_day_and_for_days_to_come() -> None:
    batch = a_list(1)
    by, saturday = the_contact(batch), date(2026, 3, 7)
    agree_to_overtime(batch.number, saturday, 60, by=by, at=MONDAY)

    with pytest.raises(AgreedAlready):
        agree_to_overtime(batch.number, saturday, 30, by=by, at=MONDAY)
    with pytest.raises(DayOver):
        agree_to_overtime(batch.number, MONDAY.date(), 30, by=by, at=MONDAY)
    with pytest.raises(DayTooFar, match="今后 60 天"):
        agree_to_overtime(batch.number, date(2026, 6, 7), 30, by=by, at=MONDAY)


def test_an_offer_to_stay_is_taken_back_and_the_plan_made_without_it() -> None:
    batch = a_list(3)
    saturday, by = date(2026, 3, 7), the_contact(batch)
    agree_to_overtime(batch.number, saturday, 60, by=by, at=MONDAY)
    keep_plan(batch, {TUESDAY: 24}, at=MONDAY)

    withdraw_overtime(batch.number, saturday, by=by, at=MONDAY + A_DAY)

    batch.refresh_from_db()
    assert batch.plan_asked_at == MONDAY + A_DAY
    keep_plan(batch, {TUESDAY: 24}, at=MONDAY)
    batch.refresh_from_db()
    assert (batch.promised_on, batch.short) == (None, 12)
    assert agree_to_overtime(batch.number, saturday, 30, by=by, at=MONDAY).minutes == 30


def test_nobody_takes_back_what_another_offered_or_what_is_over() -> None:
    batch = a_list(1)
    saturday, by = date(2026, 3, 7), the_contact(batch)
    agree_to_overtime(batch.number, saturday, 60, by=by, at=MONDAY)

    with pytest.raises(NothingAgreed):
        withdraw_overtime(batch.number, saturday, by=the_handler(batch.case), at=MONDAY)
    with pytest.raises(NothingAgreed):
        withdraw_overtime(batch.number, saturday, by=by, at=MONDAY + 6 * A_DAY)


def test_who_does_not_work_there_cannot_offer_overtime() -> None:
    batch = a_list(1)
    reader = a_person(Role.SUPERVISOR)

    with pytest.raises(NotYourDuty):
        agree_to_overtime(batch.number, date(2026, 3, 7), 60, by=reader, at=MONDAY)


def test_a_list_with_nobody_waiting_needs_no_plan() -> None:
    batch = a_list(1)
    moved(batch, "1", "accepted", "done")

    with pytest.raises(NothingToPlan):
        ask_plan(batch.number, by=the_contact(batch), at=MONDAY)


def test_what_is_done_goes_into_the_post_once() -> None:
    batch = a_list(4)
    moved(batch, "1-3", "accepted", "in_progress", "done")
    by = the_contact(batch)

    send_delivery(batch.number, "1-2", "ems", "EA123456789CN", by=by, at=MONDAY)

    assert batch.people.filter(delivery__isnull=False).count() == 2
    assert "EA123456789CN" not in str(facts_of(batch, "batch.sent"))
    with pytest.raises(SentAlready, match="第 1 位"):
        send_delivery(batch.number, "1", "sf", "SF1", by=by, at=MONDAY)
    with pytest.raises(NotYetDone, match="第 4 位"):
        send_delivery(batch.number, "4", "sf", "SF1", by=by, at=MONDAY)
    with pytest.raises(ParcelNamedTwice):
        send_delivery(batch.number, "3", "ems", "ea１２３ 456789cn", by=by, at=MONDAY)


def test_the_company_says_that_the_parcel_is_there() -> None:
    batch = a_list(1)
    moved(batch, "1", "accepted", "done")
    parcel = send_delivery(batch.number, "1", "sf", "SF1", by=the_contact(batch), at=MONDAY)

    confirm_delivery(batch.number, code(batch), parcel.pk, at=MONDAY + A_DAY)
    confirm_delivery(batch.number, code(batch), parcel.pk, at=MONDAY + 2 * A_DAY)

    parcel.refresh_from_db()
    assert parcel.received_at == MONDAY + A_DAY
    assert entries_of(batch.subject).filter(verb="batch.delivered").count() == 1


def test_a_parcel_of_another_company_cannot_be_confirmed() -> None:
    batch = a_list(1)
    moved(batch, "1", "accepted", "done")
    parcel = send_delivery(batch.number, "1", "sf", "SF1", by=the_contact(batch), at=MONDAY)
    other = a_batch(phone="13900000009")

    with pytest.raises(NotFound):
        confirm_delivery(other.number, code(other), parcel.pk, at=MONDAY)


def test_the_next_workbook_waits_until_the_one_before_is_read() -> None:
    batch = a_batch()
    keep_upload(batch.number, code(batch), [b"x"], key="a" * 32, at=MONDAY)

    again = keep_upload(batch.number, code(batch), [b"x"], key="a" * 32, at=MONDAY)
    with pytest.raises(UploadWaits):
        keep_upload(batch.number, code(batch), [b"x"], key="b" * 32, at=MONDAY + AN_HOUR)

    assert batch.uploads.get() == again


def test_what_was_changed_behind_our_back_is_found() -> None:
    batch = a_list(2)
    moved(batch, "1", "accepted")
    assert list(batch_faults()) == []

    batch.people.filter(place=2).update(stage="done")

    found = list(batch_faults())
    assert [fault.facts["stands"] for fault in found] == ["2: done"]


def test_a_name_changed_behind_our_back_is_found() -> None:
    batch = a_list(1)
    item = batch.people.get()
    item.person = item.person.replace("王小明", "王大明")
    item.save()

    assert len(list(batch_faults())) == 1


def test_no_refusal_of_a_batch_is_left_without_a_sentence() -> None:
    ours = [one for one in vars(errors).values() if isinstance(one, type)]
    refusals = [one for one in ours if issubclass(one, Refused) and "batch" in one.code]

    assert len({one.code for one in refusals}) == len(refusals) >= 20


def test_a_list_of_many_may_hand_in_more_photos_than_one_person() -> None:
    batch = a_list(10)
    ask_for_papers(batch.number, "1-10", ["劳动合同"], by=the_contact(batch), at=MONDAY)

    for n, pk in enumerate(Paper.objects.order_by("pk").values_list("pk", flat=True)):
        photos = [a_photo(f"rgb({n}, {shade}, 0)") for shade in range(4)]
        hand_in(batch.number, code(batch), [pk], photos, at=MONDAY + n * AN_HOUR)

    assert [paper.photos.count() for paper in Paper.objects.all()] == [4] * 10


def test_a_paper_of_somebody_on_the_list_is_seen_by_the_contact_and_the_handler_alone() -> None:
    batch = a_list(1)
    ask_for_papers(batch.number, "1", ["身份证复印件"], by=the_contact(batch), at=MONDAY)
    hand_in(batch.number, code(batch), [Paper.objects.get().pk], [a_photo()], at=MONDAY)
    photo = batch.case.submissions.get().attachments.get()
    colleague = a_person(Role.HANDLER, unit=batch.item.unit)

    assert photo_for(the_contact(batch), photo.pk) == photo_for(the_handler(batch.case), photo.pk)
    assert [one.photos for one in case_file(colleague, batch.number).speakers] == [[]]
    with pytest.raises(NotFound):
        photo_for(colleague, photo.pk)


def test_a_copy_of_ones_own_data_holds_no_paper_of_somebody_on_the_list() -> None:
    batch = a_list(1)
    ask_for_papers(batch.number, "1", ["身份证复印件"], by=the_contact(batch), at=MONDAY)
    hand_in(batch.number, code(batch), [Paper.objects.get().pk], [a_photo()], at=MONDAY)

    held = holdings.Held(batch.case.submissions.get(), masked=False)

    assert (held.photos, holdings.facts_of(held)["photos"]) == ([], [])
