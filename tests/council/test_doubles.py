"""Who stands on a register twice: found before a lottery, struck out, put back, told apart."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from mingchuang.base.errors import NotFound
from mingchuang.council.actions._many import Written
from mingchuang.council.actions._register import Named
from mingchuang.council.actions.doubles import (
    find_alike,
    put_back_double,
    take_out_double,
    tell_apart,
)
from mingchuang.council.actions.lotteries import ask_lottery, commit_lottery, draw_lottery
from mingchuang.council.actions.own import declare_camp, register_oneself, withdraw
from mingchuang.council.actions.refills import ask_refill
from mingchuang.council.actions.register import import_stakeholders
from mingchuang.council.errors.topics import (
    DrawnAlready,
    MustBeThereHere,
    NoOtherOnRegister,
    OpposesHere,
    PromisedAlready,
    StruckOut,
    StruckOutBefore,
)
from mingchuang.council.models import Lottery, Refill, Stakeholder, Topic
from mingchuang.council.queries.counts import register_counts
from mingchuang.council.queries.doubles import doubles_in
from mingchuang.council.queries.lotteries import register_seen
from mingchuang.council.reckoning import plan_lotteries
from mingchuang.council.rules.asking import Terms
from mingchuang.council.rules.doubles import Double, Like, Standing, doubles_among, homes_joined
from mingchuang.ledger.queries import entries_of
from mingchuang.people.actions.requesters import correct_requester
from mingchuang.people.rules.roles import Role
from tests.build import A_DAY, AN_HOUR, MONDAY, a_person
from tests.council.build import a_convenor, a_key, a_stakeholder, a_topic
from tests.council.neighbours import PLACE, a_neighbourhood

pytestmark = pytest.mark.django_db
THEIRS = "13800000001"
ASKED = "电话里问过，两次都是本人登记的。"
ASKED_AGAIN = "又问了一次，是本人换了电话登记的。"


def registered(topic: Topic, household: str) -> Stakeholder:
    named = Named("near", phone=THEIRS, household=household)
    return register_oneself(topic.number, named, key=a_key(), at=MONDAY)


def a_pair() -> tuple[Stakeholder, Stakeholder]:
    """The same phone, left for two homes."""
    topic = a_topic("gathering")
    return registered(topic, "1幢101"), registered(topic, "2幢202")


def take_out(who: Stakeholder, other: int, *, at: Any = MONDAY) -> Stakeholder:
    return take_out_double(who.topic.number, who.number, other, ASKED, by=a_convenor(), at=at)


def homes_of(topic: Topic) -> list[str]:
    return [one.household for one in register_seen(topic, MONDAY)]


def page(client: Client, name: str, *args: object) -> str:
    return str(client.get(reverse(f"council:{name}", args=args)).content.decode())


def test_who_left_one_phone_or_has_one_name_in_one_home_may_be_one_person() -> None:
    people = [
        Standing(1, "a", "张 三", "p"),
        Standing(2, "b", "李四", "p"),
        Standing(3, "a", "张三", "q"),
        Standing(4, "b", "张三", "r"),
        Standing(5, "c", "", ""),
        Standing(6, "c", "", ""),
        Standing(7, "d", "王五", "s"),
        Standing(8, "d", "王五", "s"),
    ]

    assert doubles_among(people) == [
        Double((1, 2), Like.PHONE),
        Double((1, 3), Like.NAME),
        Double((7, 8), Like.PHONE),
    ]


def test_homes_are_one_where_one_phone_leads_from_each_to_the_next() -> None:
    homes = homes_joined([("a", "p"), ("b", "q"), ("c", "p"), ("b", "p"), ("d", ""), ("e", "")])

    assert homes["a"] == homes["b"] == homes["c"]
    assert len({homes["a"], homes["d"], homes["e"]}) == 3


def test_who_is_struck_out_counts_nowhere_and_stays_to_be_read_with_the_reason(
    client: Client,
) -> None:
    first, second = a_pair()
    client.force_login(a_convenor())
    said = {"other": first.number, "reason": ASKED}

    client.post(reverse("council:person_deed", args=[first.topic.number, 2, "out"]), said)

    assert (register_counts(first.topic).people, len(homes_of(first.topic))) == (1, 1)
    told = f"已划去，与第 1 号是同一个人：{ASKED}"
    assert told in page(client, "register", first.topic.number)
    assert [one.verb for one in entries_of(second.subject)][-1] == "stakeholder.taken_out"
    own = page(client, "me", second.code)
    assert ASKED in own
    assert "表明态度" not in own
    with pytest.raises(StruckOut, match="划得不对"):
        declare_camp(second.code, "oppose", at=MONDAY)


def test_who_was_struck_out_is_put_back_as_they_were_and_the_phone_with_them() -> None:
    first, second = a_pair()
    phone = first.phone_index

    take_out(first, 2)
    second.refresh_from_db()
    handed_on = second.phone_index
    put_back_double(first.topic.number, 1, by=a_convenor(), at=MONDAY)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (handed_on, first.phone_index, second.phone_index) == (phone, phone, "")
    assert (first.is_gone, first.double_of, register_counts(first.topic).people) == (False, None, 2)


def test_who_was_struck_out_can_still_be_forgotten() -> None:
    first, second = a_pair()
    take_out(second, 1)

    withdraw(second.code, at=MONDAY)

    second.refresh_from_db()
    assert (second.requester.is_erased, second.taken_out_because) == (True, "erased")
    assert first.topic.stakeholders.present().count() == 1


def test_nobody_who_is_against_or_must_be_there_is_lost_by_it() -> None:
    first, second = a_pair()
    declare_camp(second.code, "oppose", at=MONDAY)
    must = a_stakeholder(first.topic, affected="direct", must_because="住在车棚里")

    with pytest.raises(OpposesHere, match="划去那一份"):
        take_out(second, 1)
    with pytest.raises(MustBeThereHere):
        take_out(must, 1)
    with pytest.raises(NoOtherOnRegister):
        take_out(first, first.number)

    assert take_out(first, 2).is_taken_out


def test_a_workbook_does_not_bring_back_who_was_struck_out() -> None:
    topic = a_topic("gathering")
    stays, row = a_stakeholder(topic), Written("row-1", Named("near", household="1幢101"))
    [who] = import_stakeholders(topic.number, [row], by=a_convenor(), at=MONDAY)
    assert isinstance(who, Stakeholder)
    take_out(who, stays.number)

    [again] = import_stakeholders(topic.number, [row], by=a_convenor(), at=MONDAY)

    assert isinstance(again, StruckOutBefore)
    assert "第 2 号" in str(again)


def test_the_convenor_reads_who_may_be_there_twice_before_a_lottery_and_looks(
    client: Client,
) -> None:
    topic = a_neighbourhood(4)
    share_a_phone(topic)
    pages = {}
    for who in (a_convenor(), a_person(Role.SUPERVISOR)):
        client.force_login(who)
        pages[who] = [page(client, name, topic.number) for name in ("register", "lottery")]
    client.force_login(a_convenor())
    before = homes_of(topic)

    client.post(reverse("council:person_deed", args=[topic.number, 7, "apart"]))

    assert [["可能登记了两次" in one for one in two] for two in pages.values()] == [
        [True, True],
        [False, False],
    ]
    assert doubles_in(topic) == []
    assert (len({*before}), len({*homes_of(topic)})) == (3, 4)
    assert "可能登记了两次" not in page(client, "register", topic.number)


def test_who_was_told_apart_may_be_one_person_again_with_the_reason_to_be_read(
    client: Client,
) -> None:
    topic, by = a_neighbourhood(4), a_convenor()
    share_a_phone(topic)
    tell_apart(topic.number, 7, by=by, at=MONDAY)
    ask_lottery(topic.number, Terms(3, 30, []), by=by, at=MONDAY)
    client.force_login(by)
    apart = page(client, "person", topic.number, 7)

    said = {"reason": ASKED_AGAIN}
    client.post(reverse("council:person_deed", args=[topic.number, 7, "alike"]), said)

    assert "与相像的人是两个人" in apart
    assert f"后来撤回：{ASKED_AGAIN}" in page(client, "person", topic.number, 7)
    assert (len(doubles_in(topic)), len({*homes_of(topic)})) == (1, 3)
    assert Lottery.objects.get().voided_because == "register_corrected"
    who = topic.stakeholders.get(number=7)
    assert [one.verb for one in entries_of(who.subject)][-1] == "stakeholder.found_alike"
    with pytest.raises(NotFound):
        find_alike(topic.number, 7, ASKED_AGAIN, by=by, at=MONDAY)
    assert tell_apart(topic.number, 7, by=by, at=MONDAY).alike_because == ""


def test_a_lottery_nobody_was_promised_is_void_once_somebody_is_struck_out() -> None:
    topic = a_neighbourhood(4)
    ask_lottery(topic.number, Terms(3, 30, []), by=a_convenor(), at=MONDAY)

    take_out(topic.stakeholders.get(number=7), 6)

    lottery = Lottery.objects.get()
    assert (lottery.voided_at, lottery.voided_because) == (MONDAY, "register_corrected")


def test_once_a_lottery_is_promised_or_drawn_nobody_is_struck_out_and_reads_what_to_do() -> None:
    topic, by = a_neighbourhood(4), a_convenor()
    share_a_phone(topic)
    who = topic.stakeholders.get(number=7)
    ask_lottery(topic.number, Terms(3, 30, []), by=by, at=MONDAY)
    plan_lotteries(lambda: MONDAY)
    commit_lottery(topic.number, "dice", MONDAY + AN_HOUR, PLACE, by=by, at=MONDAY)

    with pytest.raises(PromisedAlready, match="作废这次抽签"):
        take_out(who, 5)
    with pytest.raises(PromisedAlready):
        find_alike(topic.number, 7, ASKED_AGAIN, by=by, at=MONDAY)
    draw_lottery(topic.number, (4, 7, 1), by=by, at=MONDAY + A_DAY)
    with pytest.raises(DrawnAlready, match="退出一份"):
        tell_apart(topic.number, 7, by=by, at=MONDAY + A_DAY)

    who.refresh_from_db()
    assert not who.is_gone


def test_a_refill_keeps_the_homes_of_its_plan_when_who_joined_them_is_gone() -> None:
    topic, by, at = a_neighbourhood(6, against=3), a_convenor(), MONDAY + A_DAY
    share_a_phone(topic)
    ask_lottery(topic.number, Terms(4, 30, []), by=by, at=MONDAY)
    plan_lotteries(lambda: MONDAY)
    commit_lottery(topic.number, "dice", MONDAY + AN_HOUR, PLACE, by=by, at=MONDAY)
    lottery = draw_lottery(topic.number, (4, 7, 1), by=by, at=at)
    seats = lottery.roster.seats.select_related("stakeholder")
    joined = seats.filter(stakeholder__number__in=(5, 7)).count()

    withdraw(topic.stakeholders.get(number=7).code, at=at)
    withdraw(seats.exclude(why="must").exclude(stakeholder__number=7)[0].stakeholder.code, at=at)
    ask_refill(topic.number, by=by, at=at)
    plan_lotteries(lambda: at)

    assert joined <= 1
    assert Refill.objects.get().impossible is None


def share_a_phone(topic: Topic) -> None:
    """Let two of different homes have left the same phone."""
    for number in (5, 7):
        requester = topic.stakeholders.get(number=number).requester
        correct_requester(requester, phone=THEIRS, at=now())
