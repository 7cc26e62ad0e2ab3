"""A topic is proposed, opened to everybody, and never forgotten without a reason."""

import pytest

from mingchuang.base.errors import NotFound
from mingchuang.council.actions.topics import (
    close_register,
    drop_topic,
    open_register,
    propose_topic,
    reopen_register,
)
from mingchuang.council.errors.topics import OptionNeeded, WrongTopicStep
from mingchuang.council.models import Topic
from mingchuang.council.queries.topics import public_topic, topic_for
from mingchuang.council.rules.fingerprint import fingerprint
from mingchuang.council.rules.life import state_told
from mingchuang.council.rules.proposing import Proposed, Surveyed
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from mingchuang.people.rules.roles import Role
from tests.build import A_DAY, MONDAY, a_case, a_person, a_supervisor, a_unit, the_town
from tests.council.build import SHEDS, WAYS, a_convenor, a_key, a_stakeholder, a_topic

pytestmark = pytest.mark.django_db


def test_a_topic_has_a_number_its_options_and_its_places() -> None:
    sheds = [Surveyed("3幢车棚", 2), Surveyed("5幢车棚", note="没有窗")]

    topic = a_topic(places=sheds)

    assert topic.number == f"YS-2026-{topic.pk:04d}"
    assert topic.origin == "survey"
    assert [option.number for option in topic.options.all()] == [1, 2]
    assert [(p.name, p.many) for p in topic.places.all()] == [("3幢车棚", 2), ("5幢车棚", 1)]


def test_the_ledger_tells_of_a_topic_and_of_nobody() -> None:
    topic = a_topic()

    entry = entries_of(topic.subject).get()
    assert entry.verb == "topic.proposed"
    assert entry.facts == {
        "unit": the_town().code,
        "origin": "itself",
        "legal": "deliberation",
        "options": 2,
        "places": 0,
        "text": fingerprint(topic.wording),
        "by": a_convenor().badge,
    }


def test_only_a_convenor_of_the_unit_acts_and_others_read() -> None:
    topic = a_topic()
    elsewhere = a_person(Role.CONVENOR, unit=a_unit())

    with pytest.raises(NotFound):
        open_register(topic.number, by=a_supervisor(), at=MONDAY)
    with pytest.raises(NotFound):
        topic_for(elsewhere, topic.number)

    assert topic_for(a_supervisor(), topic.number) == topic
    assert Topic.objects.get().state == "proposed"


def test_until_it_is_opened_nobody_outside_finds_it() -> None:
    topic = a_topic()

    with pytest.raises(NotFound):
        public_topic(topic.number)
    open_register(topic.number, by=a_convenor(), at=MONDAY)

    assert public_topic(topic.number).opened_at == MONDAY


def test_one_way_is_no_choice() -> None:
    topic = a_topic(options=["拆掉车棚"])

    with pytest.raises(OptionNeeded):
        open_register(topic.number, by=a_convenor(), at=MONDAY)


def test_how_many_are_on_the_register_when_it_closes_is_told() -> None:
    topic = a_topic("gathering")
    a_stakeholder(topic)

    close_register(topic.number, by=a_convenor(), at=MONDAY)

    told = Entry.objects.get(verb="topic.gathered").facts
    assert told == {"people": 1, "opponents": 0, "by": a_convenor().badge}


def test_a_closed_register_opens_again_until_somebody_is_drawn() -> None:
    topic = a_topic("drawing")

    again = reopen_register(topic.number, by=a_convenor(), at=MONDAY + A_DAY)

    assert (again.state, again.opened_at) == ("gathering", MONDAY)


def test_a_dropped_topic_says_why_and_goes_nowhere() -> None:
    topic = a_topic("gathering")

    drop_topic(topic.number, "物业已经解决。", by=a_convenor(), at=MONDAY)

    assert public_topic(topic.number).dropped_because == "物业已经解决。"
    with pytest.raises(WrongTopicStep, match="不再议"):
        close_register(topic.number, by=a_convenor(), at=MONDAY)


def test_the_ledger_tells_how_a_topic_stands() -> None:
    topic = a_topic("drawing")

    verbs = [entry.verb for entry in entries_of(topic.subject)]

    assert state_told(verbs) == topic.state


def test_a_topic_is_proposed_from_no_case_its_convenor_may_not_read() -> None:
    case, elsewhere = a_case("dispatched"), a_unit()
    by, said = a_convenor(elsewhere), Proposed("车棚怎么办", SHEDS, WAYS)

    with pytest.raises(NotFound):
        propose_topic(said, elsewhere, key=a_key(), by=by, at=MONDAY, case=case.number)

    assert not Topic.objects.exists()
