"""Ballots and shared costs in the town that doors are tried in; made when first asked for."""

from datetime import timedelta

from django.utils.timezone import localtime, now

from mingchuang.council.actions.costs import fix_cost
from mingchuang.council.actions.topics import drop_topic
from mingchuang.council.models import CostShare, Movement, Owner, OwnersBallot, Topic
from tests.council.ballots import a_ballot, a_cost, a_payment, a_row, an_owners_topic
from tests.council.build import a_convenor

ONCE = "o" * 32
KEY = "k" * 32
MATTER = {"question": "同意修化粪池吗？", "matter": "use_fund", "key": KEY}
TODAY = f"{localtime():%Y-%m-%d}"
LATER = f"{localtime() + timedelta(days=20):%Y-%m-%dT%H:%M}"
CALLED = {**MATTER, "opens_at": f"{localtime():%Y-%m-%dT%H:%M}", "closes_at": LATER}
PAPER = {"label": "1幢101", "choice": "for", "filed": "P-1"}
COST = {"title": "修化粪池", "total": "1280.50", "basis": "equal", "floors": "", "key": KEY}
EXEMPT = {"label": "1幢101", "benefit": "100", "exempt": "50", "because": "困难家庭"}
PAID = {"label": "1幢101", "amount": "320", "paper": "SK-9", "on": TODAY, "key": KEY}


def topic() -> Topic:
    """A topic the owners decide, with its register."""
    found = Topic.objects.filter(ended_at=None).filter(legal="ballot").first()
    return found or _with_four_owners()


def _with_four_owners() -> Topic:
    """Names that are read alike in every language."""
    return an_owners_topic([a_row(f"1幢{n}01", f"Owner {n}") for n in range(1, 5)], at=now())


def spare_topic() -> Topic:
    """A register by which nobody votes or pays."""
    return _with_four_owners()


def owner() -> Owner:
    return topic().owners.get(number=1)


def ballot() -> OwnersBallot:
    """A ballot that runs now."""
    return OwnersBallot.objects.first() or a_ballot(topic=topic(), at=now())


def cost() -> CostShare:
    """A cost that is not fixed yet."""
    found = CostShare.objects.filter(fixed_at=None).first()
    return found or a_cost(topic=topic(), at=now())


def fixed_cost() -> CostShare:
    found = CostShare.objects.filter(fixed_at__isnull=False).first()
    if found is None:
        made = cost()
        found = fix_cost(made.topic.number, made.number, by=a_convenor(), at=now())
    return found


def payment() -> Movement:
    return Movement.objects.first() or a_payment(fixed_cost())


def of_ballot(*more: object) -> tuple[object, ...]:
    found = ballot()
    return (found.topic.number, found.number, *more)


def of_cost(found: CostShare, *more: object) -> tuple[object, ...]:
    return (found.topic.number, found.number, *more)


def of_owner(*more: object) -> tuple[object, ...]:
    return (owner().code, *more)


def of_owner_done() -> tuple[object, ...]:
    """The link of an owner whose topic is over."""
    over = _with_four_owners()
    drop_topic(over.number, "不修了", by=a_convenor(), at=now())
    return (over.owners.get(number=1).code,)


def voting() -> tuple[object, ...]:
    return of_owner(ballot().number)


def owing() -> tuple[object, ...]:
    return of_owner(fixed_cost().number)
