"""The public account: sums that tell of no household alone, and that nothing changes afterwards."""

from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingchuang.council.actions.flats import import_flats
from mingchuang.council.actions.money import Moved, refund_payment, spend_money, strike_movement
from mingchuang.council.models import CostShare, HouseholdSum, Movement
from mingchuang.council.queries.accounts import Together, public_account, sums_told
from mingchuang.council.queries.audit import council_faults
from mingchuang.council.rules.account import Reckoned, may_be_summed
from mingchuang.ledger.models import Entry
from tests.council.ballots import TUESDAY, a_fixed_cost, a_payment, a_row
from tests.council.build import a_convenor, a_key

FLATS = range(1, 8)
SHARE = 100_00
OWES = Reckoned(due=100, summed=0, waits=0)
PAYS = Reckoned(due=100, summed=0, waits=100)
PAYS_A_PART = Reckoned(due=100, summed=0, waits=40)
READ = Reckoned(due=100, summed=100, waits=0)
GETS_IT_BACK = Reckoned(due=100, summed=100, waits=-100)
NOTHING_DUE = Reckoned(due=0, summed=0, waits=0)


def seven_pay() -> CostShare:
    """A cost of seven households with 100.00 each."""
    rows = [a_row(f"1幢{n}01") for n in FLATS]
    return a_fixed_cost(rows=rows, total=len(rows) * SHARE)


def pays(cost: CostShare, *numbers: int, amount: int = SHARE) -> list[Movement]:
    return [a_payment(cost, label=f"1幢{n}01", amount=amount) for n in numbers]


def strike(movement: Movement) -> None:
    cost = movement.cost
    where = (cost.topic.number, cost.number, movement.pk)
    strike_movement(*where, "写错了户", by=a_convenor(), at=TUESDAY)


def refund(payment: Movement, amount: int) -> Movement:
    cost = payment.cost
    said = Moved(amount, f"TK-{payment.pk}", payment.on, payment.share.flat.label, "多收了")  # type: ignore[union-attr]
    where = (cost.topic.number, cost.number, said)
    return refund_payment(*where, key=a_key(), by=a_convenor(), at=TUESDAY)


def spend(payment: Movement, amount: int) -> Movement:
    said = Moved(amount, "FP-1", payment.on, why="清掏化粪池")
    where = (payment.cost.topic.number, payment.cost.number, said)
    return spend_money(*where, key=a_key(), by=a_convenor(), at=TUESDAY)


def read(cost: CostShare) -> str:
    address = reverse("council:public_cost", args=[cost.topic.number, cost.number])
    return Client().get(address).content.decode()


def shown(cost: CostShare) -> list[tuple[int, int]]:
    return [(one.households, one.amount) for one in sums_told(cost)]


@pytest.mark.parametrize(
    ("households", "may"),
    [
        ([], False),
        ([OWES] * 3, False),
        ([PAYS] * 2, False),
        ([PAYS] * 3, True),
        ([PAYS] * 3 + [OWES], False),
        ([PAYS] * 3 + [OWES] * 2, False),
        ([PAYS] * 3 + [OWES] * 3, True),
        ([PAYS] * 2 + [PAYS_A_PART], False),
        ([PAYS_A_PART] * 3, True),
        ([READ] * 3 + [PAYS] * 2, False),
        ([READ] * 3 + [PAYS] * 3, True),
        ([GETS_IT_BACK] * 2 + [OWES], False),
        ([GETS_IT_BACK] * 3, True),
        ([GETS_IT_BACK] * 3 + [READ], False),
        ([GETS_IT_BACK] * 3 + [READ] * 3, True),
    ],
)
def test_a_sum_tells_of_three_and_leaves_nobody_or_three(
    households: list[Reckoned], may: bool
) -> None:
    assert may_be_summed(households) == may
    assert may_be_summed([*households, NOTHING_DUE]) == may


@pytest.mark.django_db
def test_three_are_summed_and_the_last_four_only_together() -> None:
    cost = seven_pay()
    pays(cost, 1, 2, 3)
    first = shown(cost)

    pays(cost, 4, 5, 6)
    between = public_account(cost)
    pays(cost, 7)

    assert first == [(3, 300_00)]
    assert (len(between.sums), between.waiting) == (1, 3)
    assert shown(cost) == [(3, 300_00), (4, 400_00)]


@pytest.mark.django_db
def test_who_paid_a_part_remains_outside_until_the_rest_came_in() -> None:
    cost = a_fixed_cost(total=400_00)
    pays(cost, 1, amount=40_00)
    pays(cost, 2, 3, 4)
    before = shown(cost)

    pays(cost, 1, amount=60_00)

    assert before == []
    assert shown(cost) == [(4, 400_00)]


@pytest.mark.django_db
def test_a_line_struck_out_changes_no_sum_that_people_have_read() -> None:
    cost = seven_pay()
    wrong, *_others = pays(cost, 1, 2, 3)
    before = sums_told(cost)

    strike(wrong)
    struck = public_account(cost)
    right = pays(cost, 1, amount=90_00)
    pays(cost, 4, 5, 6, 7)
    pays(cost, 1, amount=10_00)

    assert struck.sums == before
    assert struck.waiting == 1
    assert sums_told(cost)[0] == before[0]
    assert shown(cost)[1:] == [(3, 190_00), (3, 210_00)]
    assert sums_told(cost)[1].struck == [wrong.paper]
    assert {right[0].paper, wrong.paper} <= {*sums_told(cost)[1].papers, *sums_told(cost)[0].papers}


@pytest.mark.django_db
def test_a_line_struck_out_before_anybody_read_of_it_is_in_no_sum() -> None:
    cost = seven_pay()
    [wrong] = pays(cost, 1)
    strike(wrong)

    pays(cost, 2, 3)
    before = shown(cost)
    pays(cost, 4)

    assert before == []
    assert shown(cost) == [(3, 300_00)]
    assert wrong.paper not in read(cost)


@pytest.mark.django_db
def test_who_got_all_of_it_back_is_not_one_of_three() -> None:
    cost = seven_pay()
    back, _other = pays(cost, 1, 2)
    refund(back, SHARE)

    pays(cost, 3)

    assert shown(cost) == []


@pytest.mark.django_db
def test_owners_who_turn_out_to_be_one_change_no_sum_that_people_have_read() -> None:
    cost = seven_pay()
    pays(cost, 1, 2, 3)
    before = sums_told(cost)
    same: dict[str, Any] = {"owners": "张三", "phone": "13800000001"}

    rows = [a_row("1幢101", **same), a_row("1幢201", **same)]
    import_flats(cost.topic.number, rows, by=a_convenor(), at=TUESDAY)

    assert cost.topic.flats.filter(number__in=[1, 2]).values("owner").distinct().count() == 1
    assert sums_told(cost) == before


@pytest.mark.django_db
def test_owners_who_turn_out_to_be_one_are_one_of_three_from_then_on() -> None:
    cost = seven_pay()
    same: dict[str, Any] = {"owners": "张三", "phone": "13800000001"}
    rows = [a_row("1幢101", **same), a_row("1幢201", **same)]
    pays(cost, 1, 2)
    import_flats(cost.topic.number, rows, by=a_convenor(), at=TUESDAY)

    pays(cost, 3)
    before = shown(cost)
    pays(cost, 4)

    assert before == []
    assert shown(cost) == [(3, 400_00)]


@pytest.mark.django_db
def test_no_two_versions_of_the_page_differ_by_one_household() -> None:
    cost = seven_pay()
    versions: list[list[Together]] = []

    lines = []
    for n in FLATS:
        lines += pays(cost, n)
        versions.append(sums_told(cost))
    for line in lines:
        strike(line)
        versions.append(sums_told(cost))

    assert [one.amount for one in versions[-1]] == [300_00, 400_00, -300_00, -400_00]
    for before, after in pairwise(versions):
        assert after[: len(before)] == before
        assert len(after) - len(before) <= 1


@pytest.mark.django_db
def test_what_is_left_is_told_once_nothing_waits() -> None:
    cost = a_fixed_cost(total=400_00)
    spend(pays(cost, 1, 2, 3)[0], 250_00)
    before = read(cost)

    pays(cost, 4)

    assert public_account(cost).account.left == 150_00
    assert "结余" in read(cost)
    assert "150.00" in read(cost)
    assert "-250.00" not in before
    assert "<dt>结余</dt>" not in before
    assert "有交款还没有算进“已收”" in before


@pytest.mark.django_db
def test_each_sum_is_an_entry_and_is_held_by_it() -> None:
    cost = seven_pay()
    wrong, *_others = pays(cost, 1, 2, 3)
    strike(wrong)

    entry = Entry.objects.get(verb="cost.summed")
    before = list(council_faults())
    HouseholdSum.objects.update(households=4)

    assert entry.facts == {"sum": 1, "heads": 3, "cents": 300_00}
    assert before == []
    assert len(list(council_faults())) == 1


@pytest.mark.django_db
def test_a_payment_taken_out_of_its_sum_is_found() -> None:
    cost = seven_pay()
    pays(cost, 1, 2, 3)

    Movement.objects.filter(paper=pays(cost, 4)[0].paper).update(summed=HouseholdSum.objects.get())

    assert [str(fault.facts["what"]) for fault in council_faults()] == ["cents"]


@pytest.mark.django_db
def test_the_account_of_many_is_told_in_few_statements(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    cost = seven_pay()
    pays(cost, 1, 2, 3)
    pays(cost, 4, 5, 6, 7)

    with django_assert_max_num_queries(6):
        account = public_account(cost)

    assert account.account.collected == 7 * SHARE
