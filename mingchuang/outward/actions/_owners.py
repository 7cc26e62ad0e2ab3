"""A house of the demo town whose council proposes, and whose owners vote and pay together; every
one of them is invented."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.timezone import localdate

from mingchuang.council.actions.ballots import Called, call_ballot, close_ballot, publish_ballot
from mingchuang.council.actions.checking import miss_next
from mingchuang.council.actions.costs import Drawn, Weighed, draw_up_cost, fix_cost, weigh_share
from mingchuang.council.actions.flats import import_flats
from mingchuang.council.actions.money import (
    Moved,
    collect_payment,
    enter_pledge,
    refund_payment,
    spend_money,
)
from mingchuang.council.actions.votes import OnPaper, cast_vote, enter_vote
from mingchuang.council.models import OwnersBallot, Topic
from mingchuang.council.queries.costs import standings_of
from mingchuang.council.rules.flats import FlatRow
from mingchuang.council.rules.shares import hundredths
from mingchuang.outward.actions._deliberation import (
    A_DAY,
    A_MINUTE,
    Plan,
    bring_to_the_table,
    plan_in,
)
from mingchuang.outward.actions._table import look_at_all_due, sit_and_decide
from mingchuang.people.models import Person, Unit

OWNERS = plan_in("owners.json")


def let_owners_decide(
    units: Mapping[str, Unit], staff: Mapping[str, Person], *, at: datetime
) -> Topic:
    """Let a council propose what only owners decide; let them vote, pay together, and vote again;
    and let one promise be forgotten."""
    by, began = staff[OWNERS["by"]], at - 22 * A_DAY
    topic = bring_to_the_table(OWNERS, units[OWNERS["unit"]], by, now=at)
    sit_and_decide(topic, OWNERS, by, now=at)
    rows = [_row(*one) for one in OWNERS["flats"]]
    import_flats(topic.number, rows, by=by, at=began + 2 * A_MINUTE)
    first, second = OWNERS["ballots"]
    done = _vote(topic, first, by=by, at=at)
    close_ballot(topic.number, done.number, by=by, at=done.closes_at)
    publish_ballot(topic.number, done.number, by=by, at=done.closes_at + A_DAY)
    _share(topic, OWNERS["cost"], by=by, at=at - 4 * A_DAY)
    _vote(topic, second, by=by, at=at)
    look_at_all_due(topic, by, now=at - 3 * A_DAY)
    miss_next(at=at - A_DAY)
    return topic


def _row(label: str, area: float, floor: int, owners: str, phone: str, *developer: bool) -> FlatRow:
    square = hundredths(f"{area:.2f}") or 0
    return FlatRow(label, square, owners, phone, floor, with_developer=any(developer))


def _vote(topic: Topic, plan: Plan, *, by: Person, at: datetime) -> OwnersBallot:
    opens, closes = at + plan["opens"] * A_DAY, at + plan["closes"] * A_DAY
    said = Called(plan["question"], plan["matter"], opens, closes)
    key = f"demo-ballot-{plan['matter']}"
    ballot = call_ballot(topic.number, said, key=key, by=by, at=opens)
    codes = dict(topic.owners.values_list("number", "code"))
    then = opens + 3 * A_MINUTE
    for choice, numbers in plan["link"].items():
        for number in numbers:
            then += A_MINUTE
            cast_vote(codes[number], ballot.number, choice, at=then)
    for choice, labels in plan["paper"].items():
        for label in labels:
            then += A_MINUTE
            paper = OnPaper(label, choice, f"BJ-{ballot.number}{label[-3:]}")
            enter_vote(topic.number, ballot.number, paper, by=by, at=then)
    return ballot


def _share(topic: Topic, plan: Plan, *, by: Person, at: datetime) -> None:
    said = Drawn(plan["title"], plan["total"], plan["basis"], plan["floors"])
    number, key = topic.number, "demo-cost"
    cost = draw_up_cost(number, said, key=key, by=by, at=at)
    label, exempt, because = plan["exempt"]
    weigh_share(number, cost.number, Weighed(label, 100, exempt, because), by=by, at=at)
    cost = fix_cost(number, cost.number, by=by, at=at + A_MINUTE)
    due = {row.share.flat.label: row.due for row in standings_of(cost)}
    for n, label in enumerate(plan["pledges"]):
        enter_pledge(number, cost.number, label, by=by, at=at + A_DAY + n * A_MINUTE)
    for n, label in enumerate([*plan["paid"], plan["twice"]], 1):
        moved = Moved(due[label], f"SK-{n:04d}", localdate(at + A_DAY), label)
        collect_payment(number, cost.number, moved, key=f"{key}-{n}", by=by, at=at + A_DAY)
    back = Moved(
        due[plan["twice"]], "TK-0001", localdate(at + 2 * A_DAY), plan["twice"], "重复交款"
    )
    refund_payment(number, cost.number, back, key=f"{key}-back", by=by, at=at + 2 * A_DAY)
    what, cents, paper = plan["spent"]
    spent = Moved(cents, paper, localdate(at + 3 * A_DAY), why=what)
    spend_money(number, cost.number, spent, key=f"{key}-spent", by=by, at=at + 3 * A_DAY)
