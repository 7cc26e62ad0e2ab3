"""Plain builders of sittings: rosters that can sit, rooms with people in them, decisions kept."""

from datetime import date, datetime, timedelta
from typing import Any

from mingchuang.council.actions._promises import Promised
from mingchuang.council.actions.attending import sign_in_on_paper
from mingchuang.council.actions.decisions import Decided, advise, decide, publish_decision
from mingchuang.council.actions.minutes import (
    Counting,
    Spoken,
    add_statement,
    count_vote,
    send_minutes,
    write_minutes,
)
from mingchuang.council.actions.objecting import Against, object_to
from mingchuang.council.actions.reading_minutes import freeze_minutes
from mingchuang.council.actions.sittings import (
    Called,
    close_sitting,
    convene_sitting,
    open_sitting,
)
from mingchuang.council.models import (
    Decision,
    Invitation,
    Minutes,
    Objection,
    Roster,
    Sitting,
    Stakeholder,
    Topic,
)
from mingchuang.council.queries.binding import waits_for_result
from mingchuang.council.queries.decisions import decision_of
from mingchuang.council.queries.minutes import minutes_of
from mingchuang.council.queries.sittings import sitting_of
from mingchuang.council.rules.life import State
from tests.build import A_DAY, AN_HOUR, MONDAY
from tests.council.build import a_convenor, a_key, a_seat, a_stakeholder, a_topic

SATURDAY = MONDAY + 5 * A_DAY
A_WEEK_BEFORE = SATURDAY - 7 * A_DAY
BY_SATURDAY = SATURDAY + 2 * AN_HOUR
TEN_DAYS_ON = SATURDAY + 10 * A_DAY
IN_APRIL = date(2026, 4, 1)


def a_seated_topic(
    *, seats: int = 3, opponents: int = 1, legal: str = "deliberation", **who_is: Any
) -> Topic:
    """A topic whose roster is drawn: the last ones of it are against, and all were called on."""
    topic = a_topic("gathering", legal=legal)
    roster = Roster.objects.create(topic=topic, number=1, at=MONDAY)
    for n in range(seats):
        phone = f"1380000{topic.pk % 100:02d}{n:02d}"
        who = a_stakeholder(topic, phone=phone, **who_is)
        if n >= seats - opponents:
            against(who)
        a_seat(roster, stakeholder=who, state="accepted", answered_at=MONDAY)
        a_call_on(who, roster)
    Topic.objects.filter(pk=topic.pk).update(state=State.INVITING)
    return Topic.objects.get(pk=topic.pk)


def against(who: Stakeholder) -> Stakeholder:
    Stakeholder.objects.filter(pk=who.pk).update(camp="oppose", proof="link", camp_at=MONDAY)
    return who


def a_late_comer(sitting: Sitting) -> Stakeholder:
    """Somebody on the register without a seat, whom nobody asked."""
    Topic.objects.filter(pk=sitting.topic_id).update(state=State.GATHERING)
    who = a_stakeholder(sitting.topic)
    Topic.objects.filter(pk=sitting.topic_id).update(state=sitting.topic.state)
    return who


def a_call_on(who: Stakeholder, roster: Roster) -> Invitation:
    return Invitation.objects.create(
        roster=roster,
        stakeholder=who,
        channel="door",
        outcome="accepted",
        by=a_convenor(),
        at=MONDAY,
    )


def what_is_called(**given: Any) -> Called:
    plain = {
        "begins_at": SATURDAY,
        "place": "居委会二楼",
        "agenda": "一、看现场。二、说意见。三、表决。",
        "moderator": a_convenor(),
        "recorder": a_convenor(),
    }
    return Called(**{**plain, **given})


def a_sitting(stage: str = "called", *, topic: Topic | None = None, **given: Any) -> Sitting:
    """A sitting brought to `stage` by the convenor; in an open one everybody is there."""
    topic = topic or a_seated_topic(**given)
    by = a_convenor()
    called = what_is_called()
    sitting = convene_sitting(topic.number, called, key=a_key(), by=by, at=A_WEEK_BEFORE)
    if stage in {"open", "closed"}:
        open_sitting(topic.number, sitting.number, by=by, at=SATURDAY)
        for seat in sitting.roster.seats.held():
            signed(sitting, seat.stakeholder)
    if stage == "closed":
        in_favour = Counting(1, "hands", sitting.roster.seats.held().count())
        count_vote(topic.number, sitting.number, in_favour, by=by, at=SATURDAY + AN_HOUR)
        close_sitting(topic.number, sitting.number, by=by, at=BY_SATURDAY)
    return sitting_of(Topic.objects.get(pk=topic.pk), sitting.number)


def a_call(roster: Roster, *, at: datetime = MONDAY) -> Sitting:
    """A sitting of a roster, called well ahead."""
    called = what_is_called(begins_at=at + 12 * A_DAY)
    return convene_sitting(roster.topic.number, called, key=a_key(), by=a_convenor(), at=at)


def signed(sitting: Sitting, who: Stakeholder) -> None:
    where = (sitting.topic.number, sitting.number)
    sign_in_on_paper(*where, who.number, by=a_convenor(), at=SATURDAY)


def one_of(sitting: Sitting) -> Stakeholder:
    """Whoever has the first seat."""
    return sitting.roster.seats.order_by("pk").first().stakeholder  # type: ignore[union-attr]


def one_against(sitting: Sitting) -> Stakeholder:
    """Whoever is against, and was drawn."""
    return Stakeholder.objects.opponents().get(topic=sitting.topic_id)


def what_was_promised(**given: Any) -> Promised:
    plain = {
        "text": "车棚边种一排爬藤",
        "obligor": "物业公司",
        "how": "到现场看，拍照",
        "first_on": IN_APRIL,
        "last_on": IN_APRIL,
    }
    return Promised(**{**plain, **given})


def what_was_decided(**given: Any) -> Decided:
    plain = {"text": "同意，先改一间。", "options": [1], "promised": [what_was_promised()]}
    return Decided(**{**plain, **given})


def some_minutes(stage: str = "draft", *, sitting: Sitting | None = None) -> Minutes:
    """Minutes of a sitting that is over, with one statement and what came of it; they go out with
    the opinion of who came, unless something was decided."""
    sitting = sitting or a_sitting("closed")
    where, by = (sitting.topic.number, sitting.number), a_convenor()
    add_statement(
        *where, Spoken("我担心晚上太吵。", who=one_of(sitting).number), by=by, at=BY_SATURDAY
    )
    texts = {"seen": "看了车棚。", "outcome": "大家同意改一间。", "dissent": "1 人反对。"}
    write_minutes(*where, **by_the_convenor(BY_SATURDAY, **texts))
    if stage != "draft" and waits_for_result(sitting_of(sitting.topic, sitting.number)):
        advise(*where, Decided("大家同意改一间。", [1]), by=by, at=BY_SATURDAY)
    if stage != "draft":
        send_minutes(*where, BY_SATURDAY + 3 * A_DAY, by=by, at=BY_SATURDAY)
    if stage == "frozen":
        freeze_minutes(*where, by=by, at=BY_SATURDAY + 3 * A_DAY)
    return minutes_of(sitting_of(sitting.topic, sitting.number))


def a_decision(*, published: bool = False, topic: Topic | None = None, **given: Any) -> Decision:
    sitting = a_sitting("closed", topic=topic)
    where, by = (sitting.topic.number, sitting.number), a_convenor()
    decision = decide(*where, what_was_decided(**given), by=by, at=BY_SATURDAY)
    if published:
        some_minutes("frozen", sitting=sitting)
        publish_decision(sitting.topic.number, 7, by=by, at=BY_SATURDAY + 4 * A_DAY)
    found = decision_of(Topic.objects.get(pk=decision.topic_id))
    assert found is not None
    return found


def an_objection(decision: Decision | None = None, *, at: datetime = TEN_DAYS_ON) -> Objection:
    decision = decision or a_decision(published=True)
    said = Against("晚上灯太亮，睡不着。", name="王小明")
    return object_to(decision.topic.number, said, key=a_key(), at=at)


def by_the_convenor(at: datetime, **given: Any) -> dict[str, Any]:
    """Who does it, and when."""
    return {**given, "by": a_convenor(), "at": at}


def in_days(days: int, since: datetime = SATURDAY) -> datetime:
    return since + timedelta(days=days)
