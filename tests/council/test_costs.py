"""Shared costs: drawn up, tried on each basis, fixed to the cent, paid, given back, spent."""

from datetime import date

import pytest

from mingchuang.base.errors import NotFound, Refused
from mingchuang.council.actions.costs import Drawn, Weighed, change_cost, fix_cost, weigh_share
from mingchuang.council.actions.money import (
    Moved,
    collect_payment,
    enter_pledge,
    pledge_shares,
    refund_payment,
    spend_money,
    strike_movement,
)
from mingchuang.council.errors.owners import (
    CostFixed,
    CostNotFixed,
    DayAhead,
    DayBefore,
    MoreThanLeft,
    MoreThanPaid,
    NobodyPays,
    NoSuchFlat,
    PaperUsed,
    RefundStands,
    SpentAlready,
)
from mingchuang.council.models import CostShare, Movement, Share
from mingchuang.council.queries.accounts import account_of
from mingchuang.council.queries.costs import public_cost, standings_of, standings_of_owner
from mingchuang.council.rules.account import Account, Paid
from mingchuang.ledger.models import Entry
from mingchuang.ledger.rules.canonical import salted_digest
from mingchuang.people.rules.roles import Role
from tests.build import MONDAY, a_person
from tests.council.ballots import (
    TUESDAY,
    a_cost,
    a_fixed_cost,
    a_payment,
    a_row,
    an_owner,
    an_owners_topic,
)
from tests.council.build import a_convenor, a_key

pytestmark = pytest.mark.django_db
A_DATE = date(2026, 3, 3)


def weigh(cost: CostShare, label: str, **given: object) -> Share:
    said = Weighed(label, **given)  # type: ignore[arg-type]
    return weigh_share(cost.topic.number, cost.number, said, by=a_convenor(), at=MONDAY)


def fix(cost: CostShare) -> CostShare:
    return fix_cost(cost.topic.number, cost.number, by=a_convenor(), at=MONDAY)


def refund(payment: Movement, amount: int, *, paper: str = "TK-1") -> Movement:
    said = Moved(amount, paper, A_DATE, "1幢101", "多收了")
    cost = payment.cost
    return refund_payment(
        cost.topic.number, cost.number, said, key=a_key(), by=a_convenor(), at=TUESDAY
    )


def spend(cost: CostShare, amount: int, *, paper: str = "FP-1", on: date = A_DATE) -> Movement:
    said = Moved(amount, paper, on, why="清掏化粪池")
    return spend_money(
        cost.topic.number, cost.number, said, key=a_key(), by=a_convenor(), at=TUESDAY
    )


def strike(movement: Movement) -> Movement:
    cost = movement.cost
    return strike_movement(
        cost.topic.number, cost.number, movement.pk, "写错了户", by=a_convenor(), at=TUESDAY
    )


def test_before_it_is_fixed_every_basis_is_seen_side_by_side() -> None:
    cost = a_cost(
        [a_row("1幢101", area=50_00, floor=1), a_row("1幢201", area=150_00, floor=2)],
        total=1000_01,
    )

    first, second = standings_of(cost)

    assert first.by_basis == {"equal": 500_01, "area": 250_00, "floor": 0, "benefit": 500_01}
    assert second.by_basis == {"equal": 500_00, "area": 750_01, "floor": 1000_01, "benefit": 500_00}


def test_a_cost_is_fixed_to_the_cent_and_owed_from_then_on() -> None:
    fixed = a_fixed_cost(total=100_01)

    amounts = [row.due for row in standings_of(fixed)]

    assert amounts == [25_01, 25_00, 25_00, 25_00]
    assert sum(amounts) == fixed.total
    assert Entry.objects.get(verb="cost.fixed").facts["cents"] == 100_01


def test_who_is_exempt_is_carried_by_the_others_and_why_stays_out_of_the_ledger() -> None:
    cost = a_cost(total=300_00)
    weigh(cost, "1幢101", exempt=100, because="低保家庭")
    weigh(cost, "1幢201", benefit=200)

    change_cost(
        cost.topic.number,
        1,
        Drawn("修化粪池", 400_00, "benefit", {}),
        by=a_convenor(),
        at=MONDAY,
    )
    fixed = fix(cost)

    assert [row.due for row in standings_of(fixed)] == [0, 200_00, 100_00, 100_00]
    assert "低保" not in "".join(str(e.facts) for e in Entry.objects.all())


def test_where_everybody_is_exempt_nothing_can_be_fixed() -> None:
    cost = a_cost([a_row("1幢101")])
    weigh(cost, "1幢101", exempt=100, because="全免")

    with pytest.raises(NobodyPays):
        fix(cost)


def test_what_is_fixed_is_changed_no_more() -> None:
    cost = a_fixed_cost()

    with pytest.raises(CostFixed):
        weigh(cost, "1幢101", benefit=50)
    with pytest.raises(CostFixed):
        fix(cost)


def test_nothing_is_collected_before_it_is_fixed() -> None:
    with pytest.raises(CostNotFixed):
        a_payment(a_cost())


def test_the_account_adds_up() -> None:
    cost = a_fixed_cost()
    first = a_payment(cost, amount=1100_00)
    a_payment(cost, label="1幢201", amount=1000_00)

    refund(first, 100_00)
    spend(cost, 800_50)

    account = account_of(cost)
    assert account == Account(collected=2100_00, refunded=100_00, spent=800_50)
    assert account.left == 1199_50
    assert [row.paid for row in standings_of(cost)] == [1000_00, 1000_00, 0, 0]


def test_each_household_sees_how_it_stands() -> None:
    cost = a_fixed_cost()
    a_payment(cost, amount=400_00)

    [mine] = standings_of_owner(an_owner(cost.topic))
    [other] = standings_of_owner(an_owner(cost.topic, number=2))

    assert (mine.due, mine.paid, mine.owed, mine.state) == (1000_00, 400_00, 600_00, Paid.PARTLY)
    assert (other.owed, other.state) == (1000_00, Paid.UNPAID)


def test_a_payment_sent_twice_is_one_payment_and_a_receipt_number_is_used_once() -> None:
    cost, key = a_fixed_cost(), a_key()
    said = Moved(100_00, "SK-0001", A_DATE, "1幢101")

    def collect(moved: Moved, key: str) -> Movement:
        return collect_payment(cost.topic.number, 1, moved, key=key, by=a_convenor(), at=TUESDAY)

    assert collect(said, key) == collect(said, key)
    with pytest.raises(PaperUsed, match="SK-0001"):
        collect(said._replace(label="1幢201"), a_key())


def test_the_ledger_holds_what_somebody_paid_and_tells_neither_whose_nor_how_much() -> None:
    payment = a_payment(amount=400_00)
    enter_pledge(payment.cost.topic.number, 1, "1幢101", by=a_convenor(), at=TUESDAY)

    entry = Entry.objects.get(verb="cost.collected")
    pledged = Entry.objects.get(verb="cost.pledged")

    assert entry.subject == payment.cost.subject
    assert entry.facts == {
        "kind": "payment",
        "paper": payment.paper,
        "witness": salted_digest(bytes(payment.salt), {"cents": 400_00, "share": payment.share_id}),
        "by": a_convenor().badge,
    }
    assert "cents" not in pledged.facts


def test_the_ledger_tells_what_was_spent() -> None:
    cost = a_payment(amount=400_00).cost

    spend(cost, 40_00)

    assert Entry.objects.get(verb="cost.spent").facts["cents"] == 40_00


def test_nobody_gets_back_more_than_they_paid() -> None:
    payment = a_payment(amount=100_00)
    refund(payment, 60_00)

    with pytest.raises(MoreThanPaid, match="40\\.00"):
        refund(payment, 40_01, paper="TK-2")


def test_nothing_is_spent_or_given_back_that_is_not_there() -> None:
    payment = a_payment(amount=100_00)
    spend(payment.cost, 60_00)

    with pytest.raises(MoreThanLeft, match="40\\.00"):
        spend(payment.cost, 40_01, paper="FP-2")
    with pytest.raises(MoreThanLeft, match="40\\.00"):
        refund(payment, 50_00)
    with pytest.raises(SpentAlready):
        strike(payment)
    assert account_of(payment.cost).left == 40_00


@pytest.mark.parametrize(
    ("on", "refused"), [(date(2026, 3, 1), DayBefore), (date(2026, 3, 4), DayAhead)]
)
def test_no_line_is_of_a_day_before_the_cost_or_ahead(on: date, refused: type[Refused]) -> None:
    cost = a_payment(amount=100_00).cost

    with pytest.raises(refused):
        spend(cost, 1_00, on=on)

    assert account_of(cost).spent == 0


def test_a_number_written_otherwise_is_the_same_number() -> None:
    cost = a_payment(amount=100_00).cost
    first = spend(cost, 1_00, paper="fp－ 77")

    with pytest.raises(PaperUsed, match="FP-77"):
        spend(cost, 1_00, paper="ＦＰ-７７")

    assert first.paper == "FP-77"


def test_a_line_written_by_mistake_is_struck_out_and_stays_to_be_read() -> None:
    payment = a_payment(amount=100_00)

    struck = strike(payment)

    assert (struck.struck_because, account_of(payment.cost).collected) == ("写错了户", 0)
    assert Movement.objects.count() == 1
    assert strike(payment).struck_at == struck.struck_at
    assert Entry.objects.filter(verb="cost.struck").count() == 1


def test_a_payment_that_was_given_back_is_not_struck_out() -> None:
    payment = a_payment(amount=100_00)
    back = refund(payment, 60_00)

    with pytest.raises(RefundStands):
        strike(payment)
    strike(back)
    strike(payment)

    assert account_of(payment.cost) == Account()


def test_who_pledges_twice_has_pledged_once() -> None:
    cost = a_fixed_cost()
    owner = an_owner(cost.topic)

    [pledge] = pledge_shares(owner.code, cost.number, at=TUESDAY)

    assert (pledge.amount, pledge.by) == (1000_00, None)
    assert pledge_shares(owner.code, cost.number, at=TUESDAY) == []
    assert enter_pledge(cost.topic.number, 1, "1幢101", by=a_convenor(), at=TUESDAY) == []
    assert Entry.objects.filter(verb="cost.pledged").count() == 1


def test_a_pledge_moves_no_money() -> None:
    cost = a_fixed_cost()

    enter_pledge(cost.topic.number, 1, "1幢201", by=a_convenor(), at=TUESDAY)

    assert account_of(cost) == Account()


def test_a_flat_the_register_does_not_know_pays_nothing() -> None:
    with pytest.raises(NoSuchFlat):
        a_payment(label="9幢909")


def test_a_cost_is_public_once_it_is_fixed() -> None:
    cost = a_cost()
    with pytest.raises(NotFound):
        public_cost(cost.topic.number, 1)

    fix(cost)

    assert public_cost(cost.topic.number, 1).total == cost.total


def test_only_a_convenor_of_the_unit_keeps_the_account() -> None:
    cost = a_fixed_cost()

    with pytest.raises(NotFound):
        collect_payment(
            cost.topic.number,
            1,
            Moved(1, "SK-1", A_DATE, "1幢101"),
            key=a_key(),
            by=a_person(Role.SUPERVISOR),
            at=TUESDAY,
        )


def test_the_shares_of_many_are_told_in_few_statements(
    django_assert_max_num_queries: object,
) -> None:
    cost = a_cost(topic=an_owners_topic([a_row(f"{n}幢101") for n in range(1, 30)]))

    with django_assert_max_num_queries(3):  # type: ignore[operator]
        standings_of(cost)
