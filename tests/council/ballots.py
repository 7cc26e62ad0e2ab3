"""Plain builders of ballots and shared costs; they call the real actions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils.timezone import localdate

from mingchuang.council.actions.ballots import Called, call_ballot, close_ballot, publish_ballot
from mingchuang.council.actions.costs import Drawn, draw_up_cost, fix_cost
from mingchuang.council.actions.flats import import_flats
from mingchuang.council.actions.money import Moved, collect_payment
from mingchuang.council.actions.votes import OnPaper, cast_vote, enter_vote
from mingchuang.council.models import CostShare, Flat, Movement, Owner, OwnersBallot, Topic, Vote
from mingchuang.council.rules.flats import FlatRow
from tests.build import A_DAY, MONDAY
from tests.council.build import a_convenor, a_key, a_topic

_serial = count(1)
TEN_DAYS = timedelta(days=10)
# A moment at which every ballot built here is open.
TUESDAY = MONDAY + A_DAY
OVER = MONDAY + TEN_DAYS


def a_row(label: str, owners: str = "", *, area: int = 100_00, **given: Any) -> FlatRow:
    return FlatRow(label=label, area=area, owners=owners or f"业主{label}", **given)


def four_flats() -> list[FlatRow]:
    """Four heads with a hundred square metres each."""
    return [a_row(f"1幢{n}01") for n in range(1, 5)]


def an_owners_topic(rows: Sequence[FlatRow] = (), *, at: datetime = MONDAY) -> Topic:
    """A public topic the owners decide, with its register of flats."""
    topic = a_topic("gathering", legal="ballot", title="化粪池谁来修", at=at)
    import_flats(topic.number, rows or four_flats(), by=a_convenor(), at=at)
    return topic


def an_owner(topic: Topic | None = None, *, number: int = 1) -> Owner:
    return (topic or an_owners_topic()).owners.get(number=number)


def a_flat() -> Flat:
    return an_owners_topic().flats.get(number=1)


def a_ballot(
    rows: Sequence[FlatRow] = (),
    *,
    topic: Topic | None = None,
    matter: str = "use_fund",
    at: datetime = MONDAY,
) -> OwnersBallot:
    topic = topic or an_owners_topic(rows, at=at)
    said = Called("同意用维修资金修化粪池吗？", matter, at, at + TEN_DAYS)
    return call_ballot(topic.number, said, key=a_key(), by=a_convenor(), at=at)


def vote(ballot: OwnersBallot, number: int, choice: str = "for", *, at: datetime = TUESDAY) -> Vote:
    """The owner of this number votes by their own link."""
    return cast_vote(an_owner(ballot.topic, number=number).code, ballot.number, choice, at=at)


def vote_on_paper(
    ballot: OwnersBallot, label: str, choice: str = "for", *, at: datetime = TUESDAY
) -> Vote:
    said = OnPaper(label, choice, f"P-{next(_serial)}")
    return enter_vote(ballot.topic.number, ballot.number, said, by=a_convenor(), at=at)


def a_closed_ballot() -> OwnersBallot:
    ballot = a_ballot()
    for number in range(1, 5):
        vote(ballot, number)
    return close_ballot(ballot.topic.number, ballot.number, by=a_convenor(), at=OVER)


def a_published_ballot() -> OwnersBallot:
    ballot = a_closed_ballot()
    return publish_ballot(ballot.topic.number, ballot.number, by=a_convenor(), at=OVER)


def a_cost(
    rows: Sequence[FlatRow] = (),
    *,
    topic: Topic | None = None,
    total: int = 4000_00,
    basis: str = "equal",
    at: datetime = MONDAY,
) -> CostShare:
    topic = topic or an_owners_topic(rows, at=at)
    floors = {"1": 0, "2": 50, "3": 100}
    said = Drawn("修化粪池", total, basis, floors)
    return draw_up_cost(topic.number, said, key=a_key(), by=a_convenor(), at=at)


def a_fixed_cost(**given: Any) -> CostShare:
    cost = a_cost(**given)
    return fix_cost(cost.topic.number, cost.number, by=a_convenor(), at=MONDAY)


def a_payment(
    cost: CostShare | None = None,
    *,
    label: str = "1幢101",
    amount: int = 600_00,
    at: datetime | None = None,
) -> Movement:
    """Somebody pays, the day after the cost was drawn up."""
    cost = cost or a_fixed_cost()
    at = at or cost.at + A_DAY
    said = Moved(amount, f"SK-{next(_serial)}", localdate(at), label)
    return collect_payment(
        cost.topic.number, cost.number, said, key=a_key(), by=a_convenor(), at=at
    )
