"""A list is forgotten after the days of the table; places, stages and proofs stay."""

import pytest

from mingchuang.cases.actions.batch_items import ask_for_papers
from mingchuang.cases.actions.keeping import erase_due, load_terms
from mingchuang.cases.actions.voice import withdraw_submission
from mingchuang.cases.models import Paper, Retention
from mingchuang.cases.queries.batch_audit import batch_faults
from mingchuang.cases.queries.keeping import some_due
from mingchuang.cases.rules.keeping import BATCHES, Term
from tests.build import A_DAY, MONDAY
from tests.cases.batches.build import a_list, code, the_contact

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
    withdraw_submission(batch.number, code(batch), at=MONDAY)
    load_terms([Term(BATCHES, 365, "本市规定第三条")], at=MONDAY)
    term = Retention.objects.get(category=BATCHES)

    erased = [erase_due(term, some, at=later) for some in some_due(term, later)]

    assert erased == [2]
    assert not batch.people.exclude(person="", person_index="", salt=b"").exists()
    assert Paper.objects.get().name == ""
    assert list(batch_faults()) == []
