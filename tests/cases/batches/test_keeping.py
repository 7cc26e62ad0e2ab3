"""A list is forgotten after the days of the table; places, stages and proofs stay."""

import pytest

from mingchuang.cases.actions._forgetting import forget_own_words
from mingchuang.cases.actions.batch_crossing_out import cross_out
from mingchuang.cases.actions.batch_items import ask_for_papers, hand_in
from mingchuang.cases.actions.batch_lists import let_go_of_copies
from mingchuang.cases.actions.batch_post import send_delivery
from mingchuang.cases.actions.keeping import erase_due, load_terms
from mingchuang.cases.actions.voice import withdraw_submission
from mingchuang.cases.models import BatchPiece, Delivery, Paper, Retention
from mingchuang.cases.queries.audit import gone
from mingchuang.cases.queries.batch_audit import BATCHED, batch_faults
from mingchuang.cases.queries.erased import erased_since_last_run
from mingchuang.cases.queries.keeping import some_due
from mingchuang.cases.rules.keeping import BATCHES, WORDS, Term
from tests.build import A_DAY, MONDAY
from tests.cases.batches.build import (
    a_batch,
    a_list,
    a_row,
    a_workbook,
    an_identity,
    code,
    in_hand,
    moved,
    sent,
    the_contact,
)
from tests.cases.traces import rows
from tests.town import a_photo

pytestmark = pytest.mark.django_db


def test_after_its_days_nobody_stands_on_the_list_and_every_proof_holds() -> None:
    batch = a_list(2)
    ask_for_papers(batch.number, "1", ["劳动合同"], by=the_contact(batch), at=MONDAY)
    withdraw_submission(batch.number, code(batch), at=MONDAY)
    load_terms([Term(BATCHES, 365, "本市规定第三条")], at=MONDAY)
    term = Retention.objects.get(category=BATCHES)

    soon = some_due(term, MONDAY + 300 * A_DAY)
    erased = [erase_due(term, some, at=MONDAY) for some in some_due(term, MONDAY + 400 * A_DAY)]

    assert (soon, erased) == ([], [0])
    assert batch.people.exclude(person="").count() == 2


def test_what_is_due_is_emptied_with_its_papers() -> None:
    batch, later = a_list(2), MONDAY + 400 * A_DAY
    ask_for_papers(batch.number, "1", ["劳动合同"], by=the_contact(batch), at=MONDAY)
    cross_out(batch.number, code(batch), "2", "写错人了。", at=MONDAY)
    withdraw_submission(batch.number, code(batch), at=MONDAY)
    load_terms([Term(BATCHES, 365, "本市规定第三条")], at=MONDAY)
    term = Retention.objects.get(category=BATCHES)

    erased = [erase_due(term, some, at=later) for some in some_due(term, later)]

    assert erased == [2]
    assert not batch.people.exclude(person="", person_index="", crossed_index="", salt=b"").exists()
    assert Paper.objects.get().name == ""
    assert list(batch_faults()) == []


def test_with_who_stood_on_the_list_the_photos_of_their_papers_go() -> None:
    batch, later = a_list(1), MONDAY + 400 * A_DAY
    ask_for_papers(batch.number, "1", ["身份证复印件"], by=the_contact(batch), at=MONDAY)
    hand_in(batch.number, code(batch), [Paper.objects.get().pk], [a_photo()], at=MONDAY)
    withdraw_submission(batch.number, code(batch), at=MONDAY)
    load_terms([Term(BATCHES, 365, "本市规定第三条")], at=MONDAY)
    term = Retention.objects.get(category=BATCHES)

    for some in some_due(term, later):
        erase_due(term, some, at=later)

    assert batch.case.submissions.get().attachments.get().is_erased
    assert list(batch_faults()) == []


def test_the_number_of_a_parcel_goes_with_the_last_of_those_in_it() -> None:
    batch, later = a_list(2), MONDAY + 400 * A_DAY
    by = the_contact(batch)
    moved(batch, "1-2", "accepted", "done")
    send_delivery(batch.number, "1-2", "ems", "EA123456789CN", by=by, at=MONDAY)
    withdraw_submission(batch.number, code(batch), at=MONDAY)
    load_terms([Term(BATCHES, 365, "本市规定第三条")], at=MONDAY)
    term, left = Retention.objects.get(category=BATCHES), []

    for some in some_due(term, later)[0]:
        erase_due(term, [some], at=later)
        left.append(Delivery.objects.get().tracking)

    assert left == ["EA123456789CN", ""]
    assert [*batch_faults(), *gone(BATCHED)] == []
    assert erased_since_last_run()[BATCHES] == 2


def test_a_marked_workbook_of_which_nobody_came_on_the_list_goes_with_the_case() -> None:
    batch = in_hand(a_batch())
    upload = sent(batch, a_workbook(a_row(1, 手机号码="123")))

    kept = let_go_of_copies(at=MONDAY + A_DAY)
    withdraw_submission(batch.number, code(batch), at=MONDAY + A_DAY)
    gone = let_go_of_copies(at=MONDAY + A_DAY)

    assert (kept, gone, upload.pieces.count()) == (0, 1, 0)


def test_with_every_word_of_the_case_nothing_of_anybody_is_left_in_any_row() -> None:
    batch, later = a_list(2), MONDAY + 400 * A_DAY
    sent(batch, a_workbook(a_row(3, 原参保地="")))
    withdraw_submission(batch.number, code(batch), at=MONDAY)
    load_terms([Term(WORDS, 365, "本市规定第三条")], at=MONDAY)
    term = Retention.objects.get(category=WORDS)

    for some in some_due(term, later):
        erase_due(term, some, at=later)

    left = rows()
    assert not BatchPiece.objects.exists()
    assert not any(text in left for text in ("王小明", an_identity(1), an_identity(3)))


def test_with_the_words_of_the_company_alone_its_list_goes_and_what_others_said_stays() -> None:
    batch = a_list(2)
    ask_for_papers(batch.number, "1", ["劳动合同"], by=the_contact(batch), at=MONDAY)
    said = batch.case.submissions.get()
    withdraw_submission(batch.number, code(batch), at=MONDAY)

    forget_own_words(said, {"source": "个人信息保护法第四十七条", "by": "system"}, at=MONDAY)

    left = rows()
    assert not any(text in left for text in ("王小明", an_identity(1), "劳动合同"))
    assert list(batch_faults()) == []
