"""Turns go round: who sat lately has smaller chances, and just after that sits out."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from mingchuang.council.actions.lotteries import ask_lottery, commit_lottery, draw_lottery
from mingchuang.council.actions.refills import ask_refill
from mingchuang.council.models import Attendance, Lottery, Stakeholder, Topic
from mingchuang.council.queries.lotteries import lot_of, plan_in, register_seen
from mingchuang.council.queries.refills import public_refill
from mingchuang.council.reckoning import plan_lotteries
from mingchuang.council.rules.asking import Registered, Terms, pool_of
from mingchuang.council.rules.lottery.check import untruths
from mingchuang.council.rules.lottery.check_refill import untruths_of_refills
from mingchuang.council.rules.lottery.commitment import sealed
from mingchuang.council.rules.lottery.pool import Quota
from tests.build import A_DAY, MONDAY
from tests.council.build import a_convenor
from tests.council.lots import a_house
from tests.council.neighbours import PLACE, a_neighbourhood, decline
from tests.council.sittings import a_sitting
from tests.council.test_lottery_plan import plan_for


def somebody(n: int, camp: str = "", **given: Any) -> Registered:
    told = Registered(f"p{n}", f"h{n}", camp, {"age": "70+"}, sittings=1, rests=True)
    return replace(told, **given)


def weights_of(people: list[Registered], terms: Terms) -> dict[str, Fraction]:
    return {one.id: one.weight for one in pool_of(people, terms).people}


REST = [somebody(n, rests=False, sittings=0) for n in range(3, 9)]


def test_who_just_sat_sits_out_but_for_who_is_against_or_must_be_there() -> None:
    people = [somebody(0), somebody(1, "oppose"), somebody(2, because="住在车棚里"), *REST]

    weights = weights_of(people, Terms(4, 0, []))

    assert weights["p0"] == 0
    assert weights["p1"] == weights["p2"] == Fraction(1, 2)
    assert weights["p3"] == 1


A_YOUNG_ONE = [Quota("age", "70+", 0, 4), Quota("age", "18-34", 1, 4)]


@pytest.mark.parametrize("terms", [Terms(7, 0, []), Terms(4, 0, A_YOUNG_ONE)])
def test_nobody_sits_out_where_seats_or_quotas_could_not_be_filled(terms: Terms) -> None:
    people = [somebody(0, features={"age": "18-34"}), *REST]

    assert weights_of(people, terms)["p0"] == Fraction(1, 2)


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


def planned(topic: Topic) -> Lottery:
    ask_lottery(topic.number, Terms(4, 30, []), by=a_convenor(), at=MONDAY)
    plan_lotteries(lambda: MONDAY)
    topic.refresh_from_db()
    return commit_lottery(topic.number, "dice", PLACE, by=a_convenor(), at=MONDAY)
