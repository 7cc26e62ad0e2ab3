"""Who is affected is written down once, by whom is kept, and their name is nobody's business."""

import pytest

from mingchuang.council.errors import MustNeedsAReason, RegisteredAlready, RegisterShut
from mingchuang.council.models import Household
from mingchuang.ledger.models import Entry
from tests.council.build import a_convenor, a_stakeholder, a_topic

pytestmark = pytest.mark.django_db


def test_who_added_somebody_stays_with_them_and_the_ledger_names_nobody() -> None:
    who = a_stakeholder(name="张三", phone="13800000001")

    entry = Entry.objects.get(verb="stakeholder.added")
    assert (who.number, who.added_by) == (1, a_convenor())
    assert entry.subject == f"stakeholder:{who.topic.number}-001"
    assert entry.facts == {"affected": "near", "by": a_convenor().badge}
    assert who.requester.name == "张三"


def test_who_live_together_are_one_household() -> None:
    topic = a_topic("gathering")

    first = a_stakeholder(topic, household="3幢 201")
    second = a_stakeholder(topic, household="３幢201")
    third = a_stakeholder(topic, household="")

    assert first.household == second.household != third.household
    assert Household.objects.count() == 2


def test_one_phone_is_registered_once_a_topic() -> None:
    topic = a_topic("gathering")
    a_stakeholder(topic, phone="138 0000 0001")

    with pytest.raises(RegisteredAlready, match="第 1 号"):
        a_stakeholder(topic, phone="13800000001")

    assert topic.stakeholders.count() == 1


def test_who_must_be_there_says_why() -> None:
    topic = a_topic("gathering")

    with pytest.raises(MustNeedsAReason):
        a_stakeholder(topic, affected="direct")
    who = a_stakeholder(topic, affected="direct", must_because="住在车棚里")

    assert who.is_direct


def test_nobody_is_added_to_a_closed_register() -> None:
    topic = a_topic("drawing")

    with pytest.raises(RegisterShut):
        a_stakeholder(topic)
