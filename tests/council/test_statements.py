"""Pages of the council cost as many statements with thirty rows as with three."""

from collections.abc import Callable, Iterator
from copy import copy
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from mingchuang.council.actions.decisions import decide, publish_decision
from mingchuang.council.actions.minutes import Spoken, add_statement
from mingchuang.council.models import Minutes, Option, Place
from tests.build import A_DAY, MONDAY
from tests.council.ballots import a_ballot, a_cost, a_fixed_cost, a_payment, a_row, vote
from tests.council.build import a_convenor, a_key, a_stakeholder, a_topic
from tests.council.neighbours import a_refilled_lottery
from tests.council.sittings import (
    BY_SATURDAY,
    a_seated_topic,
    a_sitting,
    against,
    an_objection,
    by_the_convenor,
    one_of,
    some_minutes,
    what_was_decided,
    what_was_promised,
)

pytestmark = pytest.mark.django_db
Pages = Iterator[str]


def copied(row: Model, rows: int, **change: Callable[[int], Any]) -> None:
    """Write a row again and again, each time with another number, until there are so many."""
    made = []
    for n in range(2, rows + 1):
        one = copy(row)
        one.pk = None
        for name, of in change.items():
            setattr(one, name, of(n))
        made.append(one)
    type(row)._default_manager.bulk_create(made)


def number(n: int) -> int:
    return n


def pages(*names: str, at: tuple[object, ...]) -> Pages:
    for name in names:
        yield reverse(f"council:{name}", args=at)


def of_topics(rows: int) -> Pages:
    for _ in range(rows):
        a_topic("gathering")
    return pages("public", "topics", at=())


def of_lotteries(rows: int) -> Pages:
    """So many that were promised and are void, beside one that was drawn and refilled as often."""
    lottery = a_refilled_lottery()
    copied(
        lottery,
        rows,
        number=lambda n: 100 + n,
        voided_at=lambda _n: MONDAY,
        voided_because=lambda _n: "人数变了",
    )
    copied(lottery.refills.get(), rows, round=number)
    return pages("public_lottery", "lottery", at=(lottery.roster.topic.number,))


def of_a_register(rows: int) -> Pages:
    topic = a_topic("gathering")
    for n in range(rows):
        who = a_stakeholder(topic)
        if n % 3 == 0:
            against(who)
    Place.objects.bulk_create(Place(topic=topic, number=n, name=f"{n} 号棚") for n in range(rows))
    Option.objects.bulk_create(
        Option(topic=topic, number=10 + n, text=f"办法 {n}") for n in range(rows)
    )
    return pages("register", "topic", "public_topic", at=(topic.number,))


def of_sittings(rows: int) -> Pages:
    sitting = a_sitting("closed")
    copied(sitting, rows, number=number, key=lambda n: a_key())
    for one in sitting.topic.sittings.filter(minutes=None):
        Minutes.objects.create(sitting=one, stage="draft", at=BY_SATURDAY)
    at = (sitting.topic.number,)
    return pages("sittings", "public_sittings", "topic", "public_topic", at=at)


def of_a_full_room(rows: int) -> Pages:
    sitting = a_sitting("open", topic=a_seated_topic(seats=rows, opponents=rows // 3))
    yield from pages("sitting", "sheet", at=(sitting.topic.number, sitting.number))
    yield from pages("inviting", at=(sitting.topic.number,))


def of_a_decision(rows: int) -> Pages:
    sitting = a_sitting("closed", topic=a_seated_topic(seats=rows, opponents=1))
    where, by = (sitting.topic.number, sitting.number), a_convenor()
    for n in range(rows):
        said = Spoken(f"第 {n} 句。", who=one_of(sitting).number)
        add_statement(*where, said, **by_the_convenor(BY_SATURDAY))
    promised = [what_was_promised(text=f"第 {n} 件") for n in range(rows)]
    decision = decide(*where, what_was_decided(promised=promised), by=by, at=BY_SATURDAY)
    some_minutes("frozen", sitting=sitting)
    publish_decision(where[0], 7, by=by, at=BY_SATURDAY + 4 * A_DAY)
    for _ in range(rows):
        an_objection(decision)
    yield from pages("decision", "decision_desk", "public_topic", at=where[:1])
    yield from pages("minutes", at=where)


def of_a_ballot(rows: int) -> Pages:
    ballot = a_ballot([a_row(f"{n}幢101") for n in range(1, rows + 1)], at=now())
    for n in range(1, rows):
        vote(ballot, n, at=now())
    yield from pages(
        "ballot", "sign_list", "public_ballot", at=(ballot.topic.number, ballot.number)
    )
    yield from pages("flats", at=(ballot.topic.number,))


def of_ballots_and_costs(rows: int) -> Pages:
    ballot = a_ballot()
    copied(ballot, rows, number=number, key=lambda _n: a_key())
    copied(a_cost(topic=ballot.topic), rows, number=number, key=lambda _n: a_key())
    return pages("topic", "public_topic", at=(ballot.topic.number,))


def of_a_cost(rows: int) -> Pages:
    cost = a_fixed_cost(rows=[a_row(f"{n}幢101") for n in range(1, rows + 1)])
    for n in range(1, rows + 1):
        a_payment(cost, label=f"{n}幢101", amount=100)
    return pages("cost", "public_cost", at=(cost.topic.number, cost.number))


@pytest.mark.parametrize(
    "built",
    [
        of_topics,
        of_lotteries,
        of_a_register,
        of_sittings,
        of_a_full_room,
        of_a_decision,
        of_a_ballot,
        of_ballots_and_costs,
        of_a_cost,
    ],
)
def test_thirty_rows_cost_as_many_statements_as_three(
    client: Client, built: Callable[[int], Pages]
) -> None:
    client.force_login(a_convenor())
    three = list(built(3))
    # What is looked up once and remembered is no row.
    taken(client, three)

    few, many = taken(client, three), taken(client, list(built(30)))

    assert few == many


def taken(client: Client, some: list[str]) -> list[int]:
    """Return how many statements each page takes."""
    counts = []
    for page in some:
        with CaptureQueriesContext(connection) as statements:
            assert client.get(page).status_code == 200, page
        counts.append(len(statements))
    return counts
