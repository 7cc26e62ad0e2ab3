"""Turns go round: who sat lately has smaller chances, and just after that sits out."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from mingchuang.council.actions.lotteries import ask_lottery, commit_lottery, draw_lottery
from mingchuang.council.actions.refills import ask_refill
from mingchuang.council.models import Attendance, Lottery, Stakeholder, Topic
from mingchuang.council.queries.lotteries import lot_of, plan_in, register_seen
from mingchuang.council.queries.refills import public_refill
from mingchuang.council.reckoning import plan_lotteries
from mingchuang.council.rules.asking import Registered, Terms, pools_of
from mingchuang.council.rules.looking import looked_at
from mingchuang.council.rules.lottery.check import untruths
from mingchuang.council.rules.lottery.check_refill import untruths_of_refills
from mingchuang.council.rules.lottery.commitment import sealed
from mingchuang.council.rules.lottery.pool import Quota
from tests.build import A_DAY, AN_HOUR, MONDAY
from tests.council.build import a_convenor
from tests.council.lots import a_house
from tests.council.neighbours import AGES, PLACE, a_neighbourhood, decline
from tests.council.sittings import a_sitting
from tests.council.test_lottery_plan import plan_for


def somebody(n: int, camp: str = "", **given: Any) -> Registered:
    told = Registered(f"p{n}", f"h{n}", camp, {"age": "70+"}, sittings=1, rests=True)
    return replace(told, **given)


def weights_of(people: list[Registered], terms: Terms) -> list[dict[str, Fraction]]:
    """Return the weights that are tried first, and those that are where they allow no panel."""
    return [{one.id: one.weight for one in pool.people} for pool in pools_of(people, terms)]


REST = [somebody(n, rests=False, sittings=0) for n in range(3, 9)]


def test_who_just_sat_sits_out_but_for_who_is_against_or_must_be_there() -> None:
    people = [somebody(0), somebody(1, "oppose"), somebody(2, because="住在车棚里"), *REST]

    first, second = weights_of(people, Terms(4, 0, []))

    assert first["p0"] == 0
    assert first["p1"] == first["p2"] == second["p0"] == Fraction(1, 2)
    assert first["p3"] == 1


def test_where_nobody_sat_lately_there_is_one_pool_and_nobody_who_rests_is_named() -> None:
    only, *others = pools_of(REST, Terms(4, 0, []))

    assert others == []
    assert only.rest_waived == []


A_YOUNG_ONE = [Quota("age", "70+", 0, 4), Quota("age", "18-34", 1, 4)]
A_TENANT = [Quota("tenure", "owner", 0, 4), Quota("tenure", "tenant", 1, 4)]
# Each quota is kept by somebody who did not sit; both at once not, as these two share a home.
A_COUPLE = [
    somebody(
        1, household="h", rests=False, sittings=0, features={"age": "18-34", "tenure": "owner"}
    ),
    somebody(
        2, household="h", rests=False, sittings=0, features={"age": "70+", "tenure": "tenant"}
    ),
]
OWNERS = [replace(one, features={"age": "70+", "tenure": "owner"}) for one in REST]
LATELY = somebody(0, features={"age": "18-34", "tenure": "owner"})
BOTH = Terms(4, 0, [*A_YOUNG_ONE, *A_TENANT])


@pytest.mark.parametrize(
    ("people", "terms"),
    [
        ([somebody(0, features={"age": "18-34"}), *REST], Terms(7, 0, [])),
        ([somebody(0, features={"age": "18-34"}), *REST], Terms(4, 0, A_YOUNG_ONE)),
        ([LATELY, *A_COUPLE, *OWNERS], BOTH),
        ([somebody(0), somebody(1), somebody(2)], Terms(2, 0, [])),
    ],
)
def test_nobody_sits_out_where_no_panel_could_be_made_without_them(
    people: list[Registered], terms: Terms
) -> None:
    look = looked_at(people, terms)

    assert look.is_possible
    assert look.rest_waived == sum(one.rests for one in people)


def test_who_sat_lately_sits_out_where_a_panel_can_be_made_without_them() -> None:
    look = looked_at([LATELY, *A_COUPLE, *OWNERS], Terms(4, 0, A_YOUNG_ONE))

    assert look.is_possible
    assert look.rest_waived == 0


def test_what_is_impossible_with_everybody_is_told_as_ever() -> None:
    terms = Terms(4, 0, [Quota("age", "70+", 0, 4), Quota("age", "18-34", 3, 4)])

    look = looked_at([LATELY, *A_COUPLE, *OWNERS], terms)

    assert look.impossible is not None
    assert [one["to_min"] for one in look.impossible["relaxation"]] == [2]


def test_who_lives_with_somebody_who_must_be_there_is_not_said_to_rest() -> None:
    people = [somebody(0, household="h"), somebody(1, household="h", because="就住在车棚里"), *REST]

    assert [pool.rest_waived for pool in pools_of(people, Terms(4, 0, []))] == [[]]


WAIVED = plan_for(
    replace(
        a_house(),
        people=[replace(one, weight=Fraction(1, 2 - (one.id != "p1"))) for one in a_house().people],
        rest_waived=["p1"],
    )
)


@pytest.mark.parametrize(
    ("named", "found"),
    [
        (["p1"], []),
        (["p1", "p1"], ["p1"]),
        (["p1", "p2"], ["p2"]),
        (["p1", "nobody"], ["waived"]),
    ],
)
def test_whose_rest_was_waived_is_told_once_and_has_the_weight_of_who_sat(
    named: list[str], found: list[str]
) -> None:
    plan = sealed({**WAIVED, "rest_waived": named})

    assert [one.what for one in untruths(plan)] == found


def test_where_the_rest_of_one_was_waived_nobody_sits_out() -> None:
    people = [replace(one, weight=Fraction(one.id not in ("p1", "p3"))) for one in a_house().people]
    plan = plan_for(replace(a_house(), people=people))

    found = untruths(sealed({**plan, "rest_waived": ["p1"]}))

    assert {one.code for one in found} == {"waived"}


def test_who_sits_out_is_on_no_ticket_and_those_at_home_may_be() -> None:
    pool = a_house()
    people = [replace(one, weight=Fraction(one.id != "p1")) for one in pool.people]

    plan = plan_for(replace(pool, people=people))

    assert plan["people"]["p1"] == {
        "class": None, "features": [], "home": 1, "must": None, "weight": 0
    }  # fmt: skip
    assert plan["marginals"]["p1"] == {"tickets": 0, "of": 1000, "chance": 0}
    assert plan["people"]["p2"]["home"] == 1
    assert plan["marginals"]["p2"]["tickets"] > 0
    assert untruths(plan) == []


def test_nobody_is_left_out_who_does_not_sit_out() -> None:
    plan = plan_for(a_house())
    plan["people"]["p1"] |= {"weight": 0}

    assert {one.code for one in untruths(sealed(plan))} >= {"class"}


@pytest.mark.django_db
class TestInTheHall:
    def test_who_sat_last_month_reads_that_they_sit_out(self, client: Client) -> None:
        topic = a_neighbourhood(6, against=3)
        who = sat(topic, MONDAY - 30 * A_DAY)

        lottery = planned(topic)

        lot = lot_of(who)
        assert lot is not None
        assert (lot.rests, lot.beside, lot.tickets) == (True, False, 0)
        assert untruths(plan_in(lottery)) == []
        assert "这次轮空" in client.get(f"/council/me/{who.code}/").content.decode()

    def test_who_sat_last_year_reads_that_their_chance_is_smaller(self, client: Client) -> None:
        topic = a_neighbourhood(6, against=3)
        who = sat(topic, MONDAY - 300 * A_DAY)

        planned(topic)

        lot = lot_of(who)
        assert lot is not None
        assert (lot.rests, lot.is_lighter) == (False, True)
        assert lot.tickets > 0
        assert "按轮换规定，机会小一些" in client.get(f"/council/me/{who.code}/").content.decode()

    def test_who_lives_with_somebody_who_must_be_there_reads_why(self, client: Client) -> None:
        topic = a_neighbourhood(6, against=3)
        who = topic.stakeholders.get(number=2)

        planned(topic)

        assert lot_of(who).beside  # type: ignore[union-attr]
        assert "一户只来一人" in client.get(f"/council/me/{who.code}/").content.decode()

    def test_no_chance_is_above_one_though_who_sat_weighs_less(self, client: Client) -> None:
        topic = a_neighbourhood(6, against=3)
        sat(topic, MONDAY - 30 * A_DAY)
        lottery = planned(topic, TOGETHER)
        client.force_login(a_convenor())

        page = client.get(f"/desk/council/{topic.number}/lottery/").content.decode()

        assert plan_in(lottery)["top"]["largest"] == 2
        assert "200%" not in page
        assert "<dd>100%</dd>" in page
        assert "证明里比的是折算以前的机会，最小 0%" in page
        assert "没坐过席位的人的最小中签机会" in page

    def test_the_price_knows_whose_turn_it_was(self) -> None:
        topic = a_neighbourhood(6, against=3)
        who = sat(topic, MONDAY - 30 * A_DAY)

        seen = {one.id: (one.sittings, one.rests) for one in register_seen(topic, MONDAY)}

        assert seen[str(who.number)] == (1, True)
        assert sum(rests for _sittings, rests in seen.values()) == 1

    def test_everybody_reads_the_rule_beside_the_lottery(self, client: Client) -> None:
        lottery = planned(a_neighbourhood(6, against=3))

        page = client.get(f"/council/{lottery.roster.topic.number}/lottery/").content.decode()

        assert "24 个月" in page
        assert "3 个月" in page

    def test_where_no_panel_can_be_made_without_them_everybody_reads_that_nobody_rests(
        self, client: Client
    ) -> None:
        topic = a_neighbourhood(6, against=3)
        who = sat(topic, MONDAY - 30 * A_DAY)

        lottery = planned(topic, TOGETHER)

        plan, lot = plan_in(lottery), lot_of(who)
        assert lot is not None
        assert plan["rest_waived"] == [lot.name]
        assert (lot.rests, lot.is_lighter, lot.tickets > 0) == (False, True, True)
        assert untruths(plan) == []
        told = "本该轮空的 1 人，这次照常参加抽签"
        assert told in client.get(f"/council/{topic.number}/lottery/").content.decode()
        client.force_login(a_convenor())
        assert told in client.get(f"/desk/council/{topic.number}/lottery/").content.decode()

    def test_the_price_says_that_nobody_rests(self, client: Client) -> None:
        topic = a_neighbourhood(6, against=3)
        sat(topic, now() - 30 * A_DAY)
        client.force_login(a_convenor())
        asked = {"size": "5", "share": "30", "meant_for": "5", "use_age": "on"}
        few = {**asked, "age-2-least": "1", "age-3-least": "1"}

        pages = [
            client.post(f"/desk/council/{topic.number}/lottery/price/", given).content.decode()
            for given in (few, {**few, "age-2-least": "2", "age-3-least": "2"})
        ]

        assert ["照常参加抽签" in page for page in pages] == [False, True]

    def test_what_is_impossible_though_nobody_rests_is_named_as_ever(self) -> None:
        topic = a_neighbourhood(6, against=3)
        sat(topic, MONDAY - 30 * A_DAY)
        four = [replace(one, least=4) if one.feature == "70+" else one for one in TOGETHER.quotas]

        ask_lottery(topic.number, replace(TOGETHER, quotas=four), by=a_convenor(), at=MONDAY)
        plan_lotteries(lambda: MONDAY)

        lottery = Lottery.objects.get()
        assert lottery.plan == ""
        assert lottery.impossible is not None
        assert [one["feature"] for one in lottery.impossible["relaxation"]] == ["70+"]

    def test_a_refill_after_a_waived_rest_holds(self) -> None:
        topic = a_neighbourhood(6, against=3)
        sat(topic, MONDAY - 30 * A_DAY)
        plan, record = refilled(planned(topic, TOGETHER))

        assert record["plan"]["rest_waived"] == []
        assert untruths_of_refills(plan, [record]) == []
        again = sealed({**record["plan"], "rest_waived": plan["rest_waived"]})
        found = untruths_of_refills(plan, [{**record, "plan": again}])
        assert ("refill_plan", "rest_waived") in found

    def test_a_refill_weighs_everybody_as_the_plan_did_whatever_is_known_since(self) -> None:
        topic = a_neighbourhood(6, against=3)
        sat(topic, MONDAY - 300 * A_DAY)
        lottery = planned(topic)
        # The sign-in that made one chance smaller was struck out, or a telephone was corrected.
        Attendance.objects.update(seat=None)

        plan, record = refilled(lottery)

        assert sorted({one["weight"] for one in plan["people"].values()}) == [0.5, 1]
        assert untruths_of_refills(plan, [record]) == []

    def test_who_sat_out_sits_out_in_a_refill_too(self) -> None:
        topic = a_neighbourhood(6, against=3)
        sat(topic, MONDAY - 30 * A_DAY)
        planned(topic)
        lottery = draw_lottery(topic.number, (4, 7, 1), by=a_convenor(), at=MONDAY + A_DAY)
        # What is known of them now changes nothing about the lottery that is drawn from again.
        Attendance.objects.update(seat=None)
        decline(lottery, at=MONDAY + A_DAY)
        ask_refill(topic.number, by=a_convenor(), at=MONDAY + A_DAY)
        plan_lotteries(lambda: MONDAY + A_DAY)
        plan = plan_in(lottery)
        record = public_refill(topic.number, 1, lottery.number, 1)
        drawn = {name for ticket in record["plan"]["tickets"] for name in ticket}

        out = {name for name, one in plan["people"].items() if not one["weight"]}

        assert out
        assert out.isdisjoint(drawn)
        assert untruths_of_refills(plan, [record]) == []


def sat(topic: Topic, when: object) -> Stakeholder:
    """Let somebody without a camp have sat about something else."""
    who: Stakeholder = topic.stakeholders.filter(camp="", must_because="").order_by("-number")[0]
    sitting = a_sitting()
    seat = sitting.roster.seats.select_related("stakeholder").filter(state="accepted")[0]
    who.phone_index = seat.stakeholder.phone_index
    who.save()
    person = {"sitting": sitting, "stakeholder": seat.stakeholder, "seat": seat}
    Attendance.objects.create(**person, way="link", at=MONDAY)
    type(sitting).objects.filter(pk=sitting.pk).update(stage="open", opened_at=when)
    return who


# Two of 55 to 69 and two of 70 and more without who sat: three homes' worth of people in two.
TOGETHER = Terms(
    5,
    30,
    [Quota("age", age, least, 5) for age, least in zip(AGES, (0, 0, 2, 2), strict=True)],
)


def refilled(lottery: Lottery) -> tuple[dict[str, Any], dict[str, Any]]:
    """Draw, let one decline, refill; return the plan and the record of the round."""
    number, at = lottery.roster.topic.number, MONDAY + A_DAY
    drawn = draw_lottery(number, (4, 7, 1), by=a_convenor(), at=at)
    decline(drawn, at=at)
    ask_refill(number, by=a_convenor(), at=at)
    plan_lotteries(lambda: at)
    return plan_in(drawn), public_refill(number, 1, drawn.number, 1)


def planned(topic: Topic, terms: Terms = Terms(4, 30, [])) -> Lottery:  # noqa: B008
    ask_lottery(topic.number, terms, by=a_convenor(), at=MONDAY)
    plan_lotteries(lambda: MONDAY)
    topic.refresh_from_db()
    return commit_lottery(topic.number, "dice", MONDAY + AN_HOUR, PLACE, by=a_convenor(), at=MONDAY)
