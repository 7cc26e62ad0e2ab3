"""What households paid is published in sums: each stays as it was read."""

from datetime import datetime

from mingchuang.council.actions._steps import next_number
from mingchuang.council.models import CostShare, HouseholdSum, Movement
from mingchuang.council.queries.accounts import reckoned, unsummed
from mingchuang.council.rules.account import may_be_summed
from mingchuang.ledger.actions import record


def sum_up(cost: CostShare, *, at: datetime) -> None:
    """Publish what waits in one sum, if it tells of no household alone. Needs the cost locked."""
    households = reckoned(cost)
    if not may_be_summed(households):
        return
    lines, strikes = unsummed(cost)
    n, many = next_number(cost.sums), sum(1 for one in households if one.waits)
    made = HouseholdSum.objects.create(cost=cost, number=n, households=many, at=at)
    _put_in(lines, summed=made)
    _put_in(strikes, struck_in=made)
    told = {"sum": n, "heads": many, "cents": made.amount}
    record("cost.summed", cost.subject, at=at, digest="", **told)


def _put_in(lines: list[Movement], **where: HouseholdSum) -> None:
    Movement.objects.filter(pk__in=[line.pk for line in lines]).update(**where)
