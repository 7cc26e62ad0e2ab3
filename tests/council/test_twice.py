"""A form pressed twice makes one thing; what is written otherwise on it is never lost."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from html import unescape
from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.urls import reverse

from mingchuang.base.errors import Refused
from mingchuang.base.once import new_key
from mingchuang.council.actions import own
from mingchuang.council.actions._register import Named
from mingchuang.council.actions.ballots import Called, call_ballot
from mingchuang.council.actions.costs import Drawn, draw_up_cost
from mingchuang.council.actions.money import Moved, collect_payment, refund_payment, spend_money
from mingchuang.council.actions.objecting import Against, object_to
from mingchuang.council.actions.register import add_stakeholder
from mingchuang.council.actions.sittings import convene_sitting
from mingchuang.council.actions.topics import propose_topic
from mingchuang.council.errors.owners import PaperUsed
from mingchuang.council.errors.sittings import SittingStillAhead
from mingchuang.council.errors.topics import RegisteredAlready
from mingchuang.council.models import CostShare
from mingchuang.council.rules.proposing import Proposed
from mingchuang.people.actions.posts import give_post
from mingchuang.people.rules.roles import Role
from tests.build import MONDAY, a_unit
from tests.council.ballots import TEN_DAYS, TUESDAY, a_fixed_cost, a_payment, an_owners_topic
from tests.council.build import SHEDS, WAYS, a_convenor, a_key, a_topic
from tests.council.sittings import TEN_DAYS_ON, a_decision, a_seated_topic, what_is_called

pytestmark = pytest.mark.django_db
PAID = Moved(100_00, "SK-0001", date(2026, 3, 3), "1幢101")
GIVEN = Moved(50_00, "ZC-0001", date(2026, 3, 3), "1幢101", "买水泥")
CALLED = Called("同意吗？", "use_fund", MONDAY, MONDAY + TEN_DAYS)
DRAWN = Drawn("化粪池", 400_00, "floor", {"1": 0, "2": 50})
ANN = Named("near", "王芳", "13800000031", "3幢201", features={"age": "70+"})
BUILT = Proposed("车棚怎么办", SHEDS, WAYS)


class Pressed(NamedTuple):
    """A form of the council: what it does with a key, what it says, and other words for it."""

    press: Callable[[Any, str], object]
    said: Any
    changed: Any
    refused: type[Refused] | None = None


def calling_a_sitting() -> Pressed:
    topic, by, said = a_seated_topic(), a_convenor(), what_is_called()
    return Pressed(
        lambda one, key: convene_sitting(topic.number, one, key=key, by=by, at=MONDAY),
        said,
        said._replace(agenda="改过的议程。"),
        SittingStillAhead,
    )


def calling_a_ballot() -> Pressed:
    topic, by = an_owners_topic(), a_convenor()
    return Pressed(
        lambda one, key: call_ballot(topic.number, one, key=key, by=by, at=MONDAY),
        CALLED,
        CALLED._replace(closes_at=MONDAY + 2 * TEN_DAYS),
    )


def drawing_up() -> Pressed:
    topic, by = an_owners_topic(), a_convenor()
    return Pressed(
        lambda one, key: draw_up_cost(topic.number, one, key=key, by=by, at=MONDAY),
        DRAWN,
        DRAWN._replace(floors={"1": 0, "2": 100}),
    )


def proposing() -> Pressed:
    unit, by = a_unit(), a_convenor()
    give_post(by, unit, Role.CONVENOR, at=MONDAY)
    return Pressed(
        lambda one, key: propose_topic(one, unit, key=key, by=by, at=MONDAY),
        BUILT,
        BUILT._replace(options=(*WAYS, "维持原样")),
    )


def proposing_another_round() -> Pressed:
    decided, by = a_decision(published=True).topic, a_convenor()
    return Pressed(
        lambda before, key: propose_topic(
            BUILT, decided.unit, follows=before, key=key, by=by, at=TEN_DAYS_ON
        ),
        "",
        decided.number,
    )


def objecting() -> Pressed:
    number, said = a_decision(published=True).topic.number, Against("太亮。", "王芳")
    return Pressed(
        lambda one, key: object_to(number, one, key=key, at=TEN_DAYS_ON),
        said,
        said._replace(text="太吵。"),
    )


def registering_oneself() -> Pressed:
    topic = a_topic("gathering")
    return Pressed(
        lambda one, key: own.register_oneself(topic.number, ANN, key=key, claim=one, at=MONDAY),
        "",
        "我的轮椅停在车棚里",
    )


def writing_down_somebody() -> Pressed:
    topic, by = a_topic("gathering"), a_convenor()
    return Pressed(
        lambda one, key: add_stakeholder(topic.number, one, key=key, by=by, at=MONDAY),
        ANN,
        ANN._replace(affected="direct", must_because="住在车棚里"),
        RegisteredAlready,
    )


def of_the_account(
    move: Callable[..., object], said: Moved, **changed: Any
) -> Callable[[], Pressed]:
    def pressed() -> Pressed:
        cost, by = a_fixed_cost(), a_convenor()
        a_payment(cost)
        return Pressed(
            lambda one, key: move(cost.topic.number, 1, one, key=key, by=by, at=TUESDAY),
            said,
            said._replace(**changed),
            None if "paper" in changed else PaperUsed,
        )

    return pressed


FORMS: Mapping[str, Callable[[], Pressed]] = {
    "sitting": calling_a_sitting,
    "ballot": calling_a_ballot,
    "cost": drawing_up,
    "topic": proposing,
    "round": proposing_another_round,
    "objection": objecting,
    "own": registering_oneself,
    "register": writing_down_somebody,
    "payment": of_the_account(collect_payment, PAID, amount=90_00, paper="SK-0002"),
    "refund": of_the_account(refund_payment, GIVEN, why="多交了", paper="SK-0002"),
    "expense": of_the_account(spend_money, GIVEN, why="买沙子", paper="SK-0002"),
    "amount": of_the_account(collect_payment, PAID, amount=90_00),
}
TAKEN = [name for name in FORMS if name not in {"sitting", "register", "amount"}]
REFUSED = [name for name in FORMS if name not in TAKEN]


@pytest.mark.parametrize("name", FORMS)
def test_a_double_tap_is_one_thing(name: str) -> None:
    form, key = FORMS[name](), a_key()

    made = form.press(form.said, key)

    assert form.press(form.said, key) == made


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_written_otherwise_on_a_form_that_was_sent_is_another_thing(name: str) -> None:
    form, key = FORMS[name](), a_key()

    made = form.press(form.said, key)
    other = form.press(form.changed, key)

    assert other != made
    assert form.press(form.changed, key) == other


@pytest.mark.parametrize("name", REFUSED)
def test_or_it_is_refused_for_its_own_reason(name: str) -> None:
    form, key = FORMS[name](), a_key()
    form.press(form.said, key)

    assert form.refused
    with pytest.raises(form.refused):
        form.press(form.changed, key)


def test_a_receipt_and_an_expense_under_one_key_are_two_things() -> None:
    cost, key, by = a_fixed_cost(), a_key(), a_convenor()

    received = collect_payment(cost.topic.number, 1, PAID, key=key, by=by, at=TUESDAY)
    spent = spend_money(cost.topic.number, 1, GIVEN, key=key, by=by, at=TUESDAY)

    assert (received.kind, spent.kind) == ("payment", "expense")


def test_who_registers_or_objects_elsewhere_under_one_key_is_taken() -> None:
    key, by, ann = a_key(), a_convenor(), Named("near", "王芳")
    topics = [a_topic("gathering"), a_topic("gathering")]
    decisions = [a_decision(published=True), a_decision(published=True)]

    people = {add_stakeholder(one.number, ann, key=key, by=by, at=MONDAY) for one in topics}
    said = {
        object_to(one.topic.number, Against("太亮。"), key=key, at=TEN_DAYS_ON) for one in decisions
    }

    assert (len(people), len(said)) == (2, 2)


def keys_in(page: str, way: str) -> dict[str, str]:
    """Return the keys a form comes back with, as its next press sends them."""
    [form] = re.findall(rf'<form[^>]*action="{re.escape(way)}".*?</form>', page, re.DOTALL)
    return {
        name: found[1]
        for name in ("once", "key")
        if (found := re.search(rf'name="{name}" value="([^"]+)"', form))
    }


def collecting(cost: CostShare) -> str:
    return reverse("council:cost_deed", args=[cost.topic.number, cost.number, "collect"])


def test_a_receipt_written_anew_is_said_to_be_another_and_pressed_again_it_is_kept(
    client: Client,
) -> None:
    cost = a_fixed_cost()
    client.force_login(a_convenor())
    first = {"label": "1幢101", "amount": "100", "paper": "SK-1", "on": cost.at.date().isoformat()}
    sent = {**first, "once": new_key(), "key": new_key()}
    client.post(collecting(cost), sent)

    changed = {**sent, "label": "1幢201", "paper": "SK-2"}
    page = client.post(collecting(cost), changed)
    again = client.post(
        collecting(cost), {**changed, **keys_in(page.content.decode(), collecting(cost))}
    )

    assert (page.status_code, again.status_code) == (422, 302)
    assert "内容与这次不同" in unescape(page.content.decode())
    assert [move.paper for move in cost.movements.order_by("pk")] == ["SK-1", "SK-2"]


def test_a_receipt_tapped_twice_is_kept_once_and_no_fault(client: Client) -> None:
    cost = a_fixed_cost()
    client.force_login(a_convenor())
    sent = {"label": "1幢101", "amount": "100", "paper": "SK-1", "on": cost.at.date().isoformat()}
    sent |= {"once": new_key(), "key": new_key()}

    pages = [client.post(collecting(cost), sent) for _ in range(2)]

    assert [page.status_code for page in pages] == [302, 302]
    assert cost.movements.count() == 1
