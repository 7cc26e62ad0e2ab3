"""Who must be invited is duly invited only by tries that are written down (promise P10)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from mingchuang.base.errors import NotFound
from mingchuang.cases import shelf
from mingchuang.council.actions import inviting, own
from mingchuang.council.actions.inviting import Tried
from mingchuang.council.actions.sittings import cancel_sitting, move_sitting
from mingchuang.council.errors.topics import NotInviting, NoWayToInvite, SeatGone, TriedOutside
from mingchuang.council.models import Invitation, Roster, Seat, Stakeholder
from mingchuang.council.queries.inviting import Invitee, ever_tried, invitees
from mingchuang.council.rules.inviting import (
    POSSIBLE,
    Attempt,
    Channel,
    Outcome,
    Rule,
    Todo,
    standing,
)
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from mingchuang.ledger.rules.canonical import moment_text
from mingchuang.people.models import Requester
from tests.build import A_DAY, MONDAY, a_supervisor
from tests.council.build import (
    a_convenor,
    a_photo,
    a_roster,
    a_stakeholder,
    a_topic,
    an_inviting_topic,
)
from tests.council.sittings import a_call

DIRECT = {"affected": "direct", "must_because": "住在车棚里"}
DAYS = [date(2026, 3, 2) + timedelta(days=n) for n in range(3)]
PAIRS = [(c, o) for c, outcomes in POSSIBLE.items() for o in sorted(outcomes)]
attempts = st.builds(
    lambda pair, day: Attempt(pair[0], pair[1], day), st.sampled_from(PAIRS), st.sampled_from(DAYS)
)
rules = st.builds(Rule, st.integers(1, 4), st.integers(1, 3), st.booleans())


def tried(channel: str, outcome: str, day: int = 0) -> Attempt:
    return Attempt(Channel(channel), Outcome(outcome), DAYS[day])


@pytest.mark.parametrize(
    ("made", "todo"),
    [
        ([], (Todo.CHANNEL, Todo.DAY, Todo.IN_PERSON)),
        ([tried("notice", "left")], (Todo.CHANNEL, Todo.DAY, Todo.IN_PERSON)),
        ([tried("notice", "left"), tried("sms", "left", 1)], (Todo.IN_PERSON,)),
        ([tried("notice", "left"), tried("door", "left", 1)], (Todo.IN_PERSON,)),
        ([tried("notice", "left"), tried("call", "absent")], (Todo.DAY,)),
        ([tried("call", "absent"), tried("call", "absent", 1)], (Todo.CHANNEL,)),
        ([tried("notice", "left"), tried("call", "absent", 1)], ()),
        ([tried("notice", "left"), tried("call", "wrong", 1)], tuple(Todo)),
        ([tried("link", "declined")], ()),
        ([tried("call", "accepted")], ()),
        ([tried("family", "declined")], (Todo.CHANNEL, Todo.DAY)),
    ],
)
def test_what_is_still_to_do(made: list[Attempt], todo: tuple[Todo, ...]) -> None:
    assert standing(made, Rule()).todo == todo


@given(st.lists(attempts, max_size=6), attempts, rules)
def test_one_more_try_never_undoes_what_was_done(
    made: list[Attempt], more: Attempt, rule: Rule
) -> None:
    before, after = standing(made, rule), standing([*made, more], rule)

    assert set(after.todo) <= set(before.todo)


@given(st.lists(attempts, max_size=6), rules)
def test_in_which_order_one_tries_makes_no_difference(made: list[Attempt], rule: Rule) -> None:
    assert standing(made, rule) == standing(made[::-1], rule)


@given(st.lists(attempts, max_size=6))
def test_duly_invited_without_an_answer_means_two_ways_on_two_days(made: list[Attempt]) -> None:
    found = standing(made, Rule())

    good = [one for one in made if one.outcome != Outcome.WRONG]
    enough = len({one.channel for one in good}) >= 2 and len({one.day for one in good}) >= 2
    assert enough or found.answered or not found.is_duly_invited


def missing_of(roster: Roster) -> list[Invitee]:
    called = roster.topic.sittings.first() or a_call(roster)
    return [one for one in invitees(roster, sitting=called) if one.is_missing]


def make(roster: Roster, which: int, channel: str, outcome: str, **given: Any) -> Invitation:
    at = given.pop("at", MONDAY)
    attempt = Tried(channel, outcome, **given)
    return inviting.invite(roster.topic.number, which, attempt, by=a_convenor(), at=at)


@pytest.mark.django_db
def test_who_is_against_must_be_invited_though_nobody_drew_them() -> None:
    roster = an_inviting_topic(DIRECT, {})
    Stakeholder.objects.filter(pk=a_bystander(roster).pk).update(
        camp="oppose", proof="link", camp_at=MONDAY
    )

    missing = missing_of(roster)

    assert [one.who.number for one in missing] == [1, 3]
    assert [one.seat is None for one in missing] == [False, True]


def a_bystander(roster: Roster) -> Stakeholder:
    """Somebody on the register whom nobody drew."""
    type(roster.topic).objects.filter(pk=roster.topic.pk).update(state="gathering")
    who = a_stakeholder(roster.topic)
    type(roster.topic).objects.filter(pk=roster.topic.pk).update(state="inviting")
    return who


@pytest.mark.django_db
def test_it_is_said_in_sentences_what_is_still_to_do() -> None:
    roster = an_inviting_topic(DIRECT)
    inviting.post_notice(roster.topic.number, a_photo(), by=a_convenor(), at=MONDAY)

    told = list(invitees(roster)[0].still_to_do)

    assert told == [
        "再换一种方式邀请。已用过：张贴通知。",
        "再换一天邀请一次。",
        "打一次电话，或者上门一次（只留条不算）。",
    ]


@pytest.mark.django_db
def test_who_was_never_invited_is_said_so_first() -> None:
    roster = an_inviting_topic(DIRECT)

    told = list(invitees(roster)[0].still_to_do)

    assert told == ["还没有邀请过。", "打一次电话，或者上门一次（只留条不算）。"]


@pytest.mark.django_db
def test_a_notice_and_a_visit_on_another_day_are_enough() -> None:
    roster = an_inviting_topic(DIRECT)
    inviting.post_notice(roster.topic.number, a_photo(), by=a_convenor(), at=MONDAY)

    make(roster, 1, "door", "absent", at=MONDAY + A_DAY)

    assert missing_of(roster) == []


@pytest.mark.django_db
def test_how_often_and_in_which_ways_is_for_the_house_to_say(settings: Settings) -> None:
    roster = an_inviting_topic(DIRECT)
    inviting.post_notice(roster.topic.number, a_photo(), by=a_convenor(), at=MONDAY)

    settings.INVITE = Rule(channels=1, days=1, in_person=False)

    assert missing_of(roster) == []


@pytest.mark.django_db
def test_a_notice_counts_for_everybody_and_is_one_entry_with_its_photo() -> None:
    roster = an_inviting_topic(DIRECT, {}, {})

    many = inviting.post_notice(roster.topic.number, a_photo(), by=a_convenor(), at=MONDAY)

    entry = Entry.objects.get(verb="roster.notice_posted")
    picture = Invitation.objects.first().picture  # type: ignore[union-attr]
    assert many == Invitation.objects.count() == entry.facts["people"] == 3
    assert picture is not None
    assert entry.facts["photo"] == picture.fingerprint
    assert shelf.read(picture.path) == a_photo().jpeg


@pytest.mark.django_db
def test_what_somebody_says_themselves_moves_their_seat() -> None:
    roster = an_inviting_topic({}, {})

    make(roster, 1, "call", "accepted")
    make(roster, 2, "door", "declined")

    assert [seat.state for seat in roster.seats.all()] == ["accepted", "declined"]
    seat = roster.seats.first()
    assert seat is not None
    assert entries_of(seat.subject).get().verb == "seat.taken"


@pytest.mark.django_db
def test_what_the_family_says_moves_no_seat_without_a_mandate() -> None:
    roster = an_inviting_topic({})

    make(roster, 1, "family", "accepted")

    assert Seat.objects.get().state == "drawn"


@pytest.mark.django_db
def test_a_proxy_with_a_mandate_sits_for_who_has_the_seat() -> None:
    roster = an_inviting_topic(DIRECT)
    number = roster.topic.number

    seat = inviting.seat_proxy(number, 1, "王小芳", "本人电话委托", by=a_convenor(), at=MONDAY)

    assert (seat.state, seat.stakeholder.number) == ("accepted", 1)
    assert seat.proxy is not None
    assert seat.proxy.name == "王小芳"
    verbs = [entry.verb for entry in entries_of(seat.subject)]
    assert verbs == ["seat.proxied", "seat.taken"]


@pytest.mark.django_db
def test_who_was_to_sit_for_somebody_is_forgotten_once_another_does() -> None:
    roster = an_inviting_topic(DIRECT)
    told: dict[str, Any] = {"phone": "13900000031", "by": a_convenor()}
    first = inviting.seat_proxy(roster.topic.number, 1, "王小红", "电话委托", **told, at=MONDAY)

    inviting.seat_proxy(roster.topic.number, 1, "王小芳", "书面委托", **told, at=MONDAY)

    before = Requester.objects.get(pk=first.proxy_id or 0)
    assert (before.is_erased, before.phone_index) == (True, "")
    assert Seat.objects.get().proxy.name == "王小芳"  # type: ignore[union-attr]


@pytest.mark.django_db
def test_a_seat_that_is_lost_says_why_and_cannot_be_taken_any_more() -> None:
    roster = an_inviting_topic({})
    number = roster.topic.number

    seat = inviting.lose_seat(number, 1, "已搬走。", by=a_convenor(), at=MONDAY)

    assert (seat.state, seat.lost_because) == ("lost", "已搬走。")
    with pytest.raises(SeatGone):
        make(roster, 1, "call", "accepted")
    with pytest.raises(SeatGone):
        inviting.lose_seat(number, 1, "又一次", by=a_convenor(), at=MONDAY)
    assert Entry.objects.filter(verb="stakeholder.invited").count() == 0


@pytest.mark.django_db
def test_a_link_answers_for_its_holder_alone() -> None:
    roster = an_inviting_topic({})
    mine = Stakeholder.objects.get()

    inviting.answer_by_link(mine.code, "accepted", at=MONDAY)
    inviting.answer_by_link(mine.code, "declined", at=MONDAY + A_DAY)

    assert Seat.objects.get().state == "declined"
    assert [one.by for one in roster.invitations.all()] == [None, None]
    with pytest.raises(SeatGone):
        inviting.answer_by_link(mine.code, "accepted", at=MONDAY + A_DAY)


@pytest.mark.django_db
def test_who_withdraws_needs_no_invitation_any_more() -> None:
    roster = an_inviting_topic(DIRECT)
    a_call(roster)
    mine = Stakeholder.objects.get()

    own.withdraw(mine.code, at=MONDAY)

    assert missing_of(roster) == []
    assert Seat.objects.get().state == "lost"
    with pytest.raises(NotFound):
        make(roster, 1, "call", "reached")


@pytest.mark.django_db
def test_nobody_is_invited_before_the_draw() -> None:
    topic = a_topic("gathering")
    a_stakeholder(topic)
    roster = a_roster(topic)

    with pytest.raises(NotInviting):
        make(roster, 1, "call", "reached")


@pytest.mark.django_db
def test_a_notice_on_the_wall_accepts_nothing() -> None:
    roster = an_inviting_topic({})

    with pytest.raises(NoWayToInvite):
        make(roster, 1, "notice", "accepted")


@pytest.mark.django_db
def test_a_supervisor_invites_nobody() -> None:
    roster = an_inviting_topic({})
    call = Tried("call", "reached")

    with pytest.raises(NotFound):
        inviting.invite(roster.topic.number, 1, call, by=a_supervisor(), at=MONDAY)


@pytest.mark.django_db
def test_the_ledger_tells_the_way_and_the_outcome_and_not_the_note() -> None:
    roster = an_inviting_topic({})

    make(roster, 1, "door", "reached", note="女儿王小芳在家", photo=a_photo())

    entry = Entry.objects.get(verb="stakeholder.invited")
    picture = Invitation.objects.get().picture
    assert picture is not None
    assert entry.facts == {
        "channel": "door",
        "outcome": "reached",
        "by": a_convenor().badge,
        "photo": picture.fingerprint,
        "tried_at": moment_text(MONDAY),
    }


@pytest.mark.django_db
def test_a_visit_of_yesterday_that_is_written_down_today_is_of_yesterday() -> None:
    roster, today = an_inviting_topic(DIRECT), MONDAY + 2 * A_DAY
    a_call(roster)
    make(roster, 1, "call", "absent", at=today)

    made = make(roster, 1, "door", "absent", at=today, tried_at=MONDAY + A_DAY)

    assert (made.when, made.at) == (MONDAY + A_DAY, today)
    assert missing_of(roster) == []


@pytest.mark.django_db
@pytest.mark.parametrize("days", [-1, 3])
def test_nobody_was_asked_before_the_draw_or_tomorrow(days: int) -> None:
    roster = an_inviting_topic(DIRECT)

    with pytest.raises(TriedOutside):
        make(roster, 1, "call", "absent", at=MONDAY + A_DAY, tried_at=MONDAY + days * A_DAY)


@pytest.mark.django_db
def test_who_was_asked_before_a_sitting_was_called_was_never_told_when_and_where() -> None:
    roster = an_inviting_topic(DIRECT)
    make(roster, 1, "call", "accepted", at=MONDAY)

    asked = invitees(roster)[0]
    sitting = a_call(roster, at=MONDAY + A_DAY)

    assert asked.told == "会议召集以后，再把时间和地点告诉本人。"
    assert not asked.is_duly_invited
    assert [one.who.number for one in missing_of(roster)] == [1]
    make(roster, 1, "door", "accepted", at=MONDAY + 2 * A_DAY)
    assert invitees(roster, sitting=sitting)[0].is_duly_invited


@pytest.mark.django_db
@pytest.mark.parametrize(
    "to",
    [
        {"begins_at": MONDAY + 12 * A_DAY, "place": "三楼"},
        {"begins_at": MONDAY + 13 * A_DAY, "place": "居委会二楼"},
    ],
)
def test_who_was_told_of_another_time_or_place_is_asked_again(to: dict[str, Any]) -> None:
    roster = an_inviting_topic(DIRECT)
    sitting = a_call(roster)
    make(roster, 1, "call", "accepted", at=MONDAY + A_DAY)
    before = missing_of(roster)

    move_sitting(roster.topic.number, 1, **to, by=a_convenor(), at=MONDAY + 2 * A_DAY)

    assert (before, len(missing_of(roster))) == ([], 1)
    past = ever_tried(roster.topic.stakeholders.get())
    assert [(one.invitation.channel, one.sitting) for one in past] == [("call", None)]
    make(roster, 1, "door", "accepted", at=MONDAY + 3 * A_DAY)
    newest = ever_tried(roster.topic.stakeholders.get())[0]
    assert (missing_of(roster), newest.sitting) == ([], sitting)


@pytest.mark.django_db
def test_what_is_tried_for_a_sitting_is_not_told_of_one_that_was_called_off() -> None:
    roster = an_inviting_topic(DIRECT)
    a_call(roster)
    cancel_sitting(roster.topic.number, 1, "下大雨", by=a_convenor(), at=MONDAY)
    later = a_call(roster, at=MONDAY + A_DAY)

    make(roster, 1, "call", "accepted", at=MONDAY + 2 * A_DAY)

    [past] = ever_tried(roster.topic.stakeholders.get())
    assert past.sitting == later


@pytest.mark.django_db
def test_sentences_of_what_is_to_do_stand_apart_in_english() -> None:
    roster = an_inviting_topic(DIRECT)

    with translation.override("en"):
        told = invitees(roster)[0].told

    assert ". " in told
    assert told.count(".") == told.count(". ") + 1
