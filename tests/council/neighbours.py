"""A neighbourhood whose register is closed: forty homes, some against, one in a wheelchair."""

from datetime import datetime

from mingchuang.council.actions.lotteries import ask_lottery, commit_lottery, draw_lottery
from mingchuang.council.actions.refills import ask_refill
from mingchuang.council.actions.topics import close_register
from mingchuang.council.models import Lottery, Seat, Stakeholder, Topic
from mingchuang.council.reckoning import plan_lotteries
from mingchuang.council.rules.asking import Terms
from mingchuang.council.rules.lottery.pool import Quota
from tests.build import A_DAY, AN_HOUR, MONDAY
from tests.council.build import a_convenor, a_stakeholder, a_topic

AGES = ("18-34", "35-54", "55-69", "70+")
TERMS = Terms(
    size=8,
    share=30,
    quotas=[Quota("age", age, 1, 3) for age in AGES] + [Quota("age", "unsaid", 0, 0)],
)
PLACE = "周六上午九点，居委会二楼，三颗十面骰子。"
TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + n * A_DAY for n in (1, 2, 3))
# From when on the dice may be thrown that were promised on Tuesday.
DUE = WEDNESDAY


def a_neighbourhood(homes: int = 40, *, against: int = 12, at: datetime = MONDAY) -> Topic:
    """A topic ready to be drawn for; two live in each home, and the first home is in the way."""
    topic = a_topic("gathering", at=at)
    for n in range(homes):
        for which in range(2):
            age = AGES[(n + which) % 4]
            direct = (
                {"affected": "direct", "must_because": "就住在车棚里"} if n + which == 0 else {}
            )
            who = a_stakeholder(topic, household=f"{n}室", features={"age": age}, at=at, **direct)
            if n < against and which:
                camp = {"camp": "oppose", "proof": "link", "camp_at": at}
                Stakeholder.objects.filter(pk=who.pk).update(**camp)
    return close_register(topic.number, by=a_convenor(), at=at)


def a_planned_lottery(terms: Terms = TERMS) -> Lottery:
    topic = a_neighbourhood()
    lottery = ask_lottery(topic.number, terms, by=a_convenor(), at=MONDAY)
    plan_lotteries(lambda: MONDAY)
    lottery.refresh_from_db()
    return lottery


def a_promised_lottery() -> Lottery:
    number = a_planned_lottery().roster.topic.number
    return commit_lottery(number, "dice", DUE, PLACE, by=a_convenor(), at=TUESDAY)


def a_thrown_lottery(dice: tuple[int, int, int] = (4, 7, 1)) -> Lottery:
    number = a_promised_lottery().roster.topic.number
    return draw_lottery(number, dice, by=a_convenor(), at=WEDNESDAY)


def a_small_lottery(*, at: datetime = MONDAY) -> Lottery:
    """A lottery of four homes for three seats."""
    topic = a_neighbourhood(4, at=at)
    lottery = ask_lottery(topic.number, Terms(3, 30, []), by=a_convenor(), at=at)
    plan_lotteries(lambda: at)
    return lottery


def a_small_promise(*, at: datetime = MONDAY) -> Lottery:
    number = a_small_lottery(at=at).roster.topic.number
    return commit_lottery(number, "dice", at + AN_HOUR, PLACE, by=a_convenor(), at=at)


def a_refilled_lottery(*, at: datetime = MONDAY) -> Lottery:
    """Three seats were drawn, one was declined and drawn again."""
    number = a_small_promise(at=at).roster.topic.number
    lottery = draw_lottery(number, (4, 7, 1), by=a_convenor(), at=at + AN_HOUR)
    decline(lottery, at=at + AN_HOUR)
    ask_refill(number, by=a_convenor(), at=at + AN_HOUR)
    plan_lotteries(lambda: at + AN_HOUR)
    return lottery


def decline(lottery: Lottery, *, at: datetime = WEDNESDAY) -> Seat:
    """Let somebody who was drawn decline."""
    seat = lottery.roster.seats.filter(state="drawn").exclude(why="must").first()
    assert seat is not None
    seat.state, seat.answered_at = "declined", at
    seat.save()
    return seat
