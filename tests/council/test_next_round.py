"""A complaint about a decision is an objection to it, and whoever objected is called again."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingchuang.base.errors import NotFound
from mingchuang.council.actions.objecting import Against, object_by_case, object_to
from mingchuang.council.actions.topics import close_register, open_register, propose_topic
from mingchuang.council.errors.decisions import ObjectedAlready
from mingchuang.council.models import Decision, Stakeholder, Topic
from mingchuang.council.queries.audit import council_faults
from mingchuang.council.rules.proposing import Proposed
from mingchuang.ledger.models import Entry
from mingchuang.people.rules.roles import Role
from tests.build import a_case, a_person, a_unit, the_town
from tests.council.build import SHEDS, WAYS, a_convenor, a_key
from tests.council.sittings import TEN_DAYS_ON, a_decision, an_objection

pytestmark = pytest.mark.django_db

CALLER: dict[str, Any] = {"name": "冯小明", "phone": "13800000001"}


def _a_complaint(**given: Any) -> str:
    return a_case("dispatched", unit=the_town(), **{**CALLER, **given}).number


def _faults_about(what: str) -> list[str]:
    """What the audit finds about it; sittings that were built are not told by the ledger."""
    return [str(fault.facts) for fault in council_faults() if what in str(fault.facts)]


def _said_in(number: str, decision: Decision) -> None:
    where = decision.topic.number
    object_by_case(where, number, key=a_key(), by=a_convenor(), at=TEN_DAYS_ON)


def _again(topic: Topic) -> Topic:
    said = Proposed("绿化带再议一次", SHEDS, WAYS)
    who: dict[str, Any] = {"by": a_convenor(), "at": TEN_DAYS_ON}
    return propose_topic(said, the_town(), key=a_key(), follows=topic.number, **who)


def _against(topic: Topic) -> list[tuple[str, str]]:
    there = Stakeholder.objects.filter(topic=topic, camp="oppose").order_by("number")
    return [(who.requester.name, who.objection) for who in there]


def test_a_case_is_an_objection_and_its_words_stay_where_they_are() -> None:
    decision, number = a_decision(published=True), _a_complaint()

    _said_in(number, decision)

    objection = decision.objections.get()
    assert (objection.case and objection.case.number, objection.text) == (number, "")
    assert objection.stage == "received"
    assert _faults_about(objection.subject) == []


def test_the_ledger_holds_which_case_objects_and_tells_nobody() -> None:
    decision, number, other = a_decision(published=True), _a_complaint(), a_case("dispatched")
    _said_in(number, decision)
    objection = decision.objections.get()

    told = Entry.objects.get(verb="objection.received").facts
    assert number not in str(told)
    decision.objections.update(case=other)
    assert any(fault.code == "private_changed" for fault in council_faults())
    assert objection.entry.digest == objection.digest


def test_one_case_objects_once() -> None:
    decision, number = a_decision(published=True), _a_complaint()
    _said_in(number, decision)

    with pytest.raises(ObjectedAlready, match=number):
        _said_in(number, decision)


def test_the_case_leads_to_the_minutes(client: Client) -> None:
    decision, number = a_decision(published=True), _a_complaint()
    _said_in(number, decision)
    client.force_login(a_convenor())

    page = client.get(reverse("council:of_case", args=[number])).content.decode()

    sitting = decision.sitting.number
    assert reverse("council:minutes", args=[decision.topic.number, sitting]) in page


def test_whoever_objected_stands_on_the_register_of_the_next_round() -> None:
    decision, number = a_decision(published=True), _a_complaint()
    _said_in(number, decision)
    written = an_objection(decision)

    topic = _again(decision.topic)

    assert _against(topic) == [("冯小明", number), ("王小明", written.subject)]
    assert _faults_about(topic.number) == []


def test_whoever_objected_stands_in_every_round_that_follows() -> None:
    decision, number = a_decision(published=True), _a_complaint()
    _said_in(number, decision)

    first, second = _again(decision.topic), _again(decision.topic)

    assert _against(first) == _against(second) == [("冯小明", number)]


def test_whoever_objects_meanwhile_is_called_before_the_lottery() -> None:
    decision = a_decision(published=True)
    topic = _again(decision.topic)
    open_register(topic.number, by=a_convenor(), at=TEN_DAYS_ON)
    said = Against("不同意。", name="赵云", phone="13800000005")
    object_to(decision.topic.number, said, key=a_key(), at=TEN_DAYS_ON)

    close_register(topic.number, by=a_convenor(), at=TEN_DAYS_ON)

    assert [name for name, _record in _against(topic)] == ["赵云"]


def test_the_page_leads_to_the_decision_before_once_it_is_posted(client: Client) -> None:
    decided = {posted: a_decision(published=posted).topic for posted in (True, False)}
    leads = {}

    for posted, before in decided.items():
        topic = _again(before)
        open_register(topic.number, by=a_convenor(), at=TEN_DAYS_ON)
        page = client.get(reverse("council:public_topic", args=[topic.number])).content.decode()
        leads[posted] = reverse("council:decision", args=[before.number]) in page

    assert leads == {True: True, False: False}


def test_whoever_spoke_in_confidence_is_not_named_to_the_convenor() -> None:
    decision = a_decision(published=True)
    secret = _a_complaint(confidential=True)
    _said_in(secret, decision)

    topic = _again(decision.topic)

    assert _against(topic) == []


def test_only_what_was_decided_is_talked_about_again() -> None:
    said = Proposed("再议", SHEDS, WAYS)
    other = a_person(Role.CONVENOR, unit=a_unit())
    decided = a_decision(published=True).topic.number

    with pytest.raises(NotFound):
        propose_topic(
            said, the_town(), key=a_key(), follows="YS-2026-9999", by=a_convenor(), at=TEN_DAYS_ON
        )
    with pytest.raises(NotFound):
        propose_topic(said, the_town(), key=a_key(), follows=decided, by=other, at=TEN_DAYS_ON)


def test_what_one_may_not_see_leads_nowhere(client: Client) -> None:
    number = _a_complaint()
    client.force_login(a_person(Role.HANDLER, unit=a_unit()))

    assert client.get(reverse("council:of_case", args=[number])).status_code == 404
