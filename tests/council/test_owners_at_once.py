"""Many at the same moment: no head votes twice, no vote slips past the count, no money doubles."""

from datetime import date
from functools import partial

import pytest

from mingchuang.council.actions.ballots import close_ballot
from mingchuang.council.actions.costs import fix_cost
from mingchuang.council.actions.flats import take_out_flat
from mingchuang.council.actions.money import Moved, collect_payment, refund_payment
from mingchuang.council.actions.votes import OnPaper, cast_vote, enter_vote
from mingchuang.council.models import Movement, OwnersBallot, Vote
from mingchuang.council.queries.accounts import account_of
from tests.council.ballots import (
    OVER,
    TUESDAY,
    a_ballot,
    a_cost,
    a_fixed_cost,
    a_payment,
    an_owner,
    vote,
)
from tests.council.build import a_convenor, a_key
from tests.tools.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
A_DATE = date(2026, 3, 3)


def test_a_head_that_votes_on_two_phones_at_once_has_one_vote() -> None:
    ballot = a_ballot()
    code = an_owner(ballot.topic).code

    became = at_once(
        *[partial(cast_vote, code, 1, choice, at=TUESDAY) for choice in ("for", "against", "for")]
    )

    assert became == ["done"] * 3
    assert Vote.objects.live().count() == 1


def test_a_paper_entered_by_two_clerks_at_once_is_one_vote() -> None:
    ballot, clerk = a_ballot(), a_convenor()
    deeds = [
        partial(
            enter_vote,
            ballot.topic.number,
            1,
            OnPaper("1幢101", "for", f"P-{n}"),
            by=clerk,
            at=TUESDAY,
        )
        for n in range(3)
    ]

    assert at_once(*deeds) == ["done", "voted_already", "voted_already"]
    assert Vote.objects.count() == 1


def test_what_is_counted_is_what_was_voted_however_late_a_vote_comes() -> None:
    ballot, clerk = a_ballot(), a_convenor()
    for number in (1, 2, 3):
        vote(ballot, number)
    last = an_owner(ballot.topic, number=4).code

    at_once(
        partial(close_ballot, ballot.topic.number, 1, by=clerk, at=OVER),
        partial(cast_vote, last, 1, "for", at=TUESDAY),
    )

    counted = OwnersBallot.objects.get().result["took_part"][0]
    assert counted == Vote.objects.live().count()


def test_a_receipt_number_used_by_two_at_once_is_used_once() -> None:
    cost, clerk = a_fixed_cost(), a_convenor()
    deeds = [
        partial(
            collect_payment,
            cost.topic.number,
            1,
            Moved(100_00, "SK-0001", A_DATE, label),
            key=a_key(),
            by=clerk,
            at=TUESDAY,
        )
        for label in ("1幢101", "1幢201")
    ]

    assert at_once(*deeds) == ["done", "paper_used"]
    assert Movement.objects.count() == 1


def test_what_was_paid_is_not_given_back_twice() -> None:
    cost, clerk = a_payment(amount=100_00).cost, a_convenor()
    deeds = [
        partial(
            refund_payment,
            cost.topic.number,
            1,
            Moved(60_00, f"TK-{n}", A_DATE, "1幢101", "多收了"),
            key=a_key(),
            by=clerk,
            at=TUESDAY,
        )
        for n in range(2)
    ]

    assert at_once(*deeds) == ["done", "more_than_paid"]
    assert account_of(cost).left == 40_00


def test_no_flat_is_taken_out_of_a_cost_that_is_fixed_meanwhile() -> None:
    cost, clerk = a_cost(), a_convenor()
    number = cost.topic.number

    at_once(
        partial(fix_cost, number, 1, by=clerk, at=TUESDAY),
        partial(take_out_flat, number, 4, "录错了", by=clerk, at=TUESDAY),
    )

    paying = cost.shares.order_by().values_list("amount", "flat__taken_out_at")
    assert sum(amount or 0 for amount, _out in paying) == cost.total
    assert {out for _amount, out in paying} == {None}
