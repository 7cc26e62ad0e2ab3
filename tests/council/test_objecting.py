"""Anybody objects to a decision, in time or later; it is answered, or something is added."""

from datetime import date

import pytest
from django.db.models import ProtectedError

from mingchuang.base.errors import NotFound
from mingchuang.council.actions.decisions import close_topic
from mingchuang.council.actions.objecting import (
    Against,
    Measured,
    answer_objection,
    object_to,
    review_objection,
    uphold_objection,
)
from mingchuang.council.errors.decisions import CommitmentNeedsDates, WrongObjectionStep
from mingchuang.council.errors.topics import ObjectionsWait
from mingchuang.council.models import Check, Measure, Objection
from mingchuang.council.rules.fingerprint import fingerprint
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import evidence_faults
from mingchuang.people.models import Requester
from tests.build import A_DAY
from tests.council.build import a_convenor, a_key
from tests.council.sittings import (
    TEN_DAYS_ON,
    a_decision,
    an_objection,
    what_was_promised,
)

pytestmark = pytest.mark.django_db
LATER = TEN_DAYS_ON + 60 * A_DAY
IN_JULY = date(2026, 7, 1)
GREEN = Measured(
    "墙面做垂直绿化。", [what_was_promised(text="墙面种满爬藤", first_on=IN_JULY, last_on=IN_JULY)]
)
GIST = "绿地少了，夏天太热。"
AGAIN = "夏天热了多少，能补种什么。"


def test_anybody_objects_without_a_name() -> None:
    decision = a_decision(published=True)

    objection = object_to(decision.topic.number, Against("太亮。"), key=a_key(), at=TEN_DAYS_ON)

    assert (objection.number, objection.requester, objection.is_late) == (1, None, False)
    assert len(objection.code) == 32


def test_what_was_written_is_private_and_its_digest_stands_in_the_ledger() -> None:
    objection = an_objection()

    entry = Entry.objects.get(verb="objection.received")
    assert entry.digest == objection.digest != ""
    assert entry.facts == {"late": False}
    assert list(evidence_faults(Objection.objects.all())) == []
    assert Requester.objects.get(objections=objection).name == "王小明"


def test_sent_twice_with_one_key_it_is_one_objection() -> None:
    decision = a_decision(published=True)
    key, number = a_key(), decision.topic.number

    first = object_to(number, Against("太亮。"), key=key, at=TEN_DAYS_ON)

    assert object_to(number, Against("太亮。"), key=key, at=TEN_DAYS_ON) == first
    assert object_to(number, Against("太吵。"), key=key, at=TEN_DAYS_ON) != first


def test_who_comes_after_the_notice_is_heard_and_it_says_so() -> None:
    objection = an_objection(at=LATER)

    assert objection.is_late


def test_before_a_decision_is_posted_there_is_nothing_to_object_to() -> None:
    decision = a_decision()

    with pytest.raises(NotFound):
        object_to(decision.topic.number, Against("太亮。"), key=a_key(), at=TEN_DAYS_ON)


def test_an_answer_is_read_by_everybody_with_the_gist_alone() -> None:
    objection = an_objection()

    answered = answer_objection(
        objection.decision.topic.number, 1, "灯太亮。", "换成暖光灯。", by=a_convenor(), at=LATER
    )

    assert (answered.stage, answered.gist) == ("answered", "灯太亮。")
    with pytest.raises(WrongObjectionStep, match="已答复"):
        review_objection(objection.decision.topic.number, 1, AGAIN, by=a_convenor(), at=LATER)


def test_a_later_objection_leads_to_a_measure_linked_for_ever() -> None:
    objection = an_objection(at=LATER)
    number, by = objection.decision.topic.number, a_convenor()
    review_objection(number, 1, AGAIN, by=by, at=LATER)

    measure = uphold_objection(number, 1, GIST, GREEN, by=by, at=LATER + A_DAY)

    assert (measure.objection, measure.decision) == (objection, objection.decision)
    told = Entry.objects.get(verb="objection.reviewed").facts["text"]
    assert (measure.objection.review_of, told) == (AGAIN, fingerprint(AGAIN))
    promise = measure.commitments.get()
    assert (promise.number, promise.checks.count()) == (2, 1)
    assert objection.decision.commitments.count() == 2
    with pytest.raises(ProtectedError):
        Objection.objects.filter(pk=objection.pk).delete()


def test_a_measure_comes_of_a_review_and_promises_something() -> None:
    objection = an_objection()
    number, by = objection.decision.topic.number, a_convenor()

    with pytest.raises(WrongObjectionStep):
        uphold_objection(number, 1, GIST, GREEN, by=by, at=LATER)
    review_objection(number, 1, AGAIN, by=by, at=LATER)
    with pytest.raises(CommitmentNeedsDates):
        uphold_objection(number, 1, GIST, Measured("会研究。", []), by=by, at=LATER)

    assert not Measure.objects.exists()


def test_a_topic_with_an_objection_nobody_answered_is_not_closed() -> None:
    objection = an_objection()
    Check.objects.all().delete()

    with pytest.raises(ObjectionsWait, match="1 条反对意见"):
        close_topic(objection.decision.topic.number, by=a_convenor(), at=LATER)
