"""What the database refuses of ballots, shares and money."""

from collections.abc import Mapping
from datetime import timedelta

from mingchuang.council.actions.money import enter_pledge
from mingchuang.council.models import HouseholdSum, Movement, Paper, Pledge, Share
from mingchuang.ledger.actions import record
from mingchuang.people.actions.requesters import add_requester
from tests.build import MONDAY
from tests.council.ballots import (
    a_ballot,
    a_closed_ballot,
    a_cost,
    a_fixed_cost,
    a_flat,
    a_payment,
    a_published_ballot,
    a_row,
    an_owner,
    an_owners_topic,
    vote,
    vote_on_paper,
)
from tests.council.breaches import Breach, again, changed
from tests.council.build import a_convenor


def a_paper() -> Paper:
    return a_ballot().papers.all()[0]


def a_share() -> Share:
    return a_cost().shares.all()[0]


def a_pledge() -> Pledge:
    cost = a_fixed_cost()
    return enter_pledge(cost.topic.number, cost.number, "1幢101", by=a_convenor(), at=MONDAY)[0]


def a_second_owner(*, row: str = "", developer: bool = False, **fields: object) -> Breach:
    """Insert a good owner once more, under a name of their own."""

    def breach() -> object:
        rows = [a_row("1幢101", "张三", phone=row, with_developer=developer)]
        owner = an_owner(an_owners_topic(rows))
        owner.requester = add_requester(name="李四", at=MONDAY)
        return again(lambda: owner, **{"code": "c", "number": 9, **fields})()

    return breach


def a_sum() -> HouseholdSum:
    """What four households paid, in one sum."""
    cost = a_fixed_cost(total=400_00)
    for n in range(1, 5):
        a_payment(cost, label=f"1幢{n}01", amount=100_00)
    return cost.sums.get()


def spent_in_a_sum() -> object:
    rows = Movement.objects.filter(pk=a_sum().moves.all()[0].pk)
    return rows.update(kind="expense", share=None, why="清掏化粪池")


def minus_of_a_line_that_stands() -> object:
    made = a_sum()
    return Movement.objects.filter(pk=made.moves.all()[0].pk).update(struck_in=made)


def a_second_vote() -> object:
    ballot = a_ballot()
    told = vote(ballot, 1)
    told.entry = record("vote.cast", ballot.subject, at=MONDAY, digest="")
    return again(lambda: told)()


BALLOT_BREACHES: Mapping[str, Breach] = {
    "council_owner_number_once": a_second_owner(number=1),
    "council_owner_is_one_head": a_second_owner(row="13800000001"),
    "council_developer_is_one_head": a_second_owner(developer=True, same_index="another"),
    "council_flat_number_once": again(a_flat, label_index="x"),
    "council_flat_label_once": again(a_flat, number=99),
    "council_flat_has_a_label": changed(a_flat, label_index=""),
    "council_flat_has_an_area": changed(a_flat, area=0),
    "council_ballot_number_once": again(a_ballot, key="k"),
    "council_ballot_asks": changed(a_ballot, question=""),
    "council_ballot_matter_is_of_the_law": changed(a_ballot, matter="weather"),
    "council_ballot_state_is_known": changed(a_closed_ballot, state="lost"),
    "council_ballot_ends_after_it_begins": changed(
        a_ballot, closes_at=MONDAY - timedelta(seconds=1)
    ),
    "council_ballot_counted_when_closed": changed(a_closed_ballot, result={}),
    "council_ballot_published_when_published": changed(a_published_ballot, published_at=None),
    "council_ballot_revoked_has_a_reason": changed(a_ballot, state="revoked", revoked_at=MONDAY),
    "council_paper_one_a_head": again(a_paper),
    "council_paper_counts_something": changed(a_paper, area=0),
    "council_vote_salt_whole_or_erased": changed(lambda: vote(a_ballot(), 1), salt=b"short"),
    "council_vote_one_a_paper": a_second_vote,
    "council_vote_choice_is_known": changed(lambda: vote(a_ballot(), 1), choice="maybe"),
    "council_vote_on_paper_was_entered_and_filed": changed(
        lambda: vote_on_paper(a_ballot(), "1幢101"), filed=""
    ),
    "council_vote_reason_only_where_replaced": changed(
        lambda: vote(a_ballot(), 1), replaced_because="看错了"
    ),
    "council_cost_number_once": again(a_cost, key="k"),
    "council_cost_is_something": changed(a_cost, total=0),
    "council_cost_has_a_title": changed(a_cost, title=""),
    "council_cost_basis_is_known": changed(a_cost, basis="mood"),
    "council_share_once_a_flat": again(a_share),
    "council_flat_taken_out_has_a_reason": changed(a_flat, taken_out_at=MONDAY),
    "council_share_exemption_has_a_reason": changed(a_share, exempt=50),
    "council_share_exempt_pays_nothing": changed(
        a_share, exempt=100, exempt_because="低保", amount=1
    ),
    "council_pledge_salt_whole_or_erased": changed(a_pledge, salt=b"short"),
    "council_movement_salt_whole_or_erased": changed(a_payment, salt=b"short"),
    "council_pledge_is_something": changed(a_pledge, amount=0),
    "council_movement_paper_once": again(a_payment, key="k"),
    "council_movement_moves_something": changed(a_payment, amount=0),
    "council_movement_has_a_paper": changed(a_payment, paper=""),
    "council_movement_of_a_household_names_it": changed(a_payment, share=None),
    "council_movement_out_has_a_reason": changed(a_payment, kind="refund"),
    "council_movement_struck_has_a_reason": changed(a_payment, struck_at=MONDAY),
    "council_movement_spent_is_in_no_sum": spent_in_a_sum,
    "council_movement_minus_follows_its_line": minus_of_a_line_that_stands,
    "council_sum_number_once": again(a_sum),
    "council_sum_is_of_three_at_least": changed(a_sum, households=2),
}
