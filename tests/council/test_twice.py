"""A form whose key was used for something else is refused in words, whatever it makes."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from mingchuang.cases.errors import AlreadySent
from mingchuang.council.actions._register import Named
from mingchuang.council.actions.ballots import Called, call_ballot
from mingchuang.council.actions.costs import Drawn, draw_up_cost
from mingchuang.council.actions.money import Moved, collect_payment, spend_money
from mingchuang.council.actions.objecting import Against, object_to
from mingchuang.council.actions.register import add_stakeholder
from mingchuang.council.actions.sittings import convene_sitting
from mingchuang.council.actions.topics import propose_topic
from mingchuang.council.rules.proposing import Proposed
from mingchuang.people.actions.posts import give_post
from mingchuang.people.rules.roles import Role
from tests.build import MONDAY, a_unit
from tests.council.ballots import TEN_DAYS, TUESDAY, a_fixed_cost, an_owners_topic
from tests.council.build import SHEDS, WAYS, a_convenor, a_key, a_topic
from tests.council.sittings import TEN_DAYS_ON, a_decision, a_seated_topic, what_is_called

pytestmark = pytest.mark.django_db
PAID = Moved(100_00, "SK-0001", date(2026, 3, 3), "1幢101")


def a_call(key: str) -> object:
    number, by = a_seated_topic().number, a_convenor()
    return convene_sitting(number, what_is_called(), key=key, by=by, at=MONDAY)


def a_ballot_call(key: str) -> object:
    called = Called("同意吗？", "use_fund", MONDAY, MONDAY + TEN_DAYS)
    return call_ballot(an_owners_topic().number, called, key=key, by=a_convenor(), at=MONDAY)


def a_cost(key: str) -> object:
    said = Drawn("化粪池", 400_00, "area", {})
    return draw_up_cost(an_owners_topic().number, said, key=key, by=a_convenor(), at=MONDAY)


def a_collection(key: str) -> object:
    number = a_fixed_cost().topic.number
    return collect_payment(number, 1, PAID, key=key, by=a_convenor(), at=TUESDAY)


def a_proposal(key: str) -> object:
    unit, by = a_unit(), a_convenor()
    give_post(by, unit, Role.CONVENOR, at=MONDAY)
    said = Proposed("车棚怎么办", SHEDS, WAYS)
    return propose_topic(said, unit, key=key, by=by, at=MONDAY)


MADE: Mapping[str, Callable[[str], object]] = {
    "sitting": a_call,
    "ballot": a_ballot_call,
    "cost": a_cost,
    "movement": a_collection,
    "topic": a_proposal,
}


@pytest.mark.parametrize("name", MADE)
def test_a_key_that_made_something_elsewhere_is_refused_in_words(name: str) -> None:
    key = a_key()
    MADE[name](key)

    with pytest.raises(AlreadySent, match="已经提交过一次"):
        MADE[name](key)


def test_a_receipt_and_an_expense_under_one_key_are_two_things() -> None:
    cost, key, by = a_fixed_cost(), a_key(), a_convenor()
    collect_payment(cost.topic.number, 1, PAID, key=key, by=by, at=TUESDAY)

    with pytest.raises(AlreadySent):
        spend_money(cost.topic.number, 1, PAID, key=key, by=by, at=TUESDAY)


def test_who_registers_or_objects_elsewhere_under_one_key_is_taken() -> None:
    key, by, ann = a_key(), a_convenor(), Named("near", "王芳")
    topics = [a_topic("gathering"), a_topic("gathering")]
    decisions = [a_decision(published=True), a_decision(published=True)]

    people = {add_stakeholder(one.number, ann, key=key, by=by, at=MONDAY) for one in topics}
    said = {
        object_to(one.topic.number, Against("太亮。"), key=key, at=TEN_DAYS_ON) for one in decisions
    }

    assert (len(people), len(said)) == (2, 2)
