"""A sitting is called, opened and closed; who is there signs in, and those against are counted."""

from importlib import import_module

import pytest
from django.apps import apps

from mingchuang.base.errors import NotFound
from mingchuang.council.actions.attending import (
    leave_sitting,
    sign_in,
    sign_in_as_proxy,
    sign_in_on_paper,
    sign_in_proxy_on_paper,
)
from mingchuang.council.actions.decisions import advise, decide
from mingchuang.council.actions.inviting import seat_proxy
from mingchuang.council.actions.minutes import Counting, count_vote
from mingchuang.council.actions.sittings import (
    adjourn_topic,
    cancel_sitting,
    close_sitting,
    convene_sitting,
    move_sitting,
    open_sitting,
)
from mingchuang.council.errors.sittings import (
    BeforeItsHour,
    LeftBefore,
    MandateNeeded,
    MandateNotOnRecord,
    NobodyToSignIn,
    NoColleague,
    NoRosterYet,
    NotOnTheRegister,
    OpponentsTooFew,
    SittingNotMoved,
    SittingStillAhead,
    TooEarlyForSitting,
    TooEarlyToOpen,
    WrongSittingStep,
    WrongWord,
)
from mingchuang.council.errors.topics import WrongTopicStep
from mingchuang.council.models import Attendance, Seat, Sitting, Stakeholder, Topic
from mingchuang.council.queries.binding import verdict_on
from mingchuang.council.queries.room import room_of, seated_at
from mingchuang.council.queries.sittings import sitting_of
from mingchuang.council.rules.quorum import Bar
from mingchuang.council.rules.sitting import stage_told
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from mingchuang.people.actions.requesters import add_requester
from mingchuang.people.rules.roles import Role
from tests.build import A_DAY, AN_HOUR, MONDAY, a_person, a_supervisor, a_unit
from tests.council.build import A_MINUTE, a_convenor, a_key, a_topic
from tests.council.sittings import (
    BY_SATURDAY,
    SATURDAY,
    a_late_comer,
    a_seated_topic,
    a_sitting,
    against,
    by_the_convenor,
    one_against,
    one_of,
    signed,
    some_minutes,
    what_is_called,
    what_was_decided,
)

pytestmark = pytest.mark.django_db


def test_a_sitting_is_called_for_a_day_and_the_topic_sits() -> None:
    topic = a_seated_topic()

    sitting = convene_sitting(
        topic.number, what_is_called(), key=a_key(), by=a_convenor(), at=MONDAY
    )

    assert Topic.objects.get(pk=topic.pk).state == "sitting"
    assert (sitting.number, sitting.roster.topic_id) == (1, topic.pk)
    entry = entries_of(sitting.subject).get()
    assert entry.verb == "sitting.convened"
    assert entry.facts == {
        "begins_at": "2026-03-07T01:00:00.000000Z",
        "seats_percent": 50,
        "opponents_percent": 30,
        "opponents_least": 2,
        "by": a_convenor().badge,
    }


def test_called_twice_with_one_key_it_is_one_sitting() -> None:
    topic = a_seated_topic()
    called = by_the_convenor(MONDAY, key=a_key())

    first = convene_sitting(topic.number, what_is_called(), **called)

    assert convene_sitting(topic.number, what_is_called(), **called) == first
    assert Sitting.objects.count() == 1


def test_nobody_sits_before_anybody_was_drawn() -> None:
    topic = a_topic("drawing")

    with pytest.raises(NoRosterYet):
        convene_sitting(topic.number, what_is_called(), key=a_key(), by=a_convenor(), at=MONDAY)


def test_a_sitting_is_not_called_for_yesterday() -> None:
    topic = a_seated_topic()
    called = what_is_called(begins_at=MONDAY - A_DAY)

    with pytest.raises(TooEarlyForSitting):
        convene_sitting(topic.number, called, key=a_key(), by=a_convenor(), at=MONDAY)


def test_a_sitting_asks_for_two_opponents_at_least() -> None:
    topic = a_seated_topic()
    called = what_is_called(bar=Bar(opponents_percent=0, opponents_least=1))

    with pytest.raises(OpponentsTooFew, match="至少要 2 人"):
        convene_sitting(topic.number, called, key=a_key(), by=a_convenor(), at=MONDAY)


@pytest.mark.parametrize("which", ["moderator", "recorder"])
def test_a_sitting_is_led_and_written_down_by_somebody_of_the_unit(which: str) -> None:
    topic = a_seated_topic()
    called = what_is_called(**{which: a_person(Role.CONVENOR, unit=a_unit())})

    with pytest.raises(NoColleague):
        convene_sitting(topic.number, called, key=a_key(), by=a_convenor(), at=MONDAY)


def test_the_next_sitting_is_called_when_this_one_is_over() -> None:
    first = a_sitting("open")
    key = a_key()
    later = what_is_called(begins_at=SATURDAY + 7 * A_DAY)

    with pytest.raises(SittingStillAhead, match="第 1 次"):
        convene_sitting(first.topic.number, later, **by_the_convenor(SATURDAY, key=key))
    close_sitting(first.topic.number, 1, by=a_convenor(), at=BY_SATURDAY)

    assert (
        convene_sitting(first.topic.number, later, **by_the_convenor(BY_SATURDAY, key=key)).number
        == 2
    )


def test_only_a_convenor_of_the_unit_calls_and_opens() -> None:
    sitting = a_sitting()
    elsewhere = a_person(Role.CONVENOR, unit=a_unit())

    for person in (a_supervisor(), elsewhere):
        with pytest.raises(NotFound):
            open_sitting(sitting.topic.number, 1, by=person, at=SATURDAY)

    assert Sitting.objects.get().stage == "called"


def test_a_sitting_is_moved_until_it_is_opened() -> None:
    sitting = a_sitting()
    to = {"begins_at": SATURDAY + A_DAY, "place": "三楼"}

    move_sitting(sitting.topic.number, 1, **by_the_convenor(MONDAY, **to))
    open_sitting(sitting.topic.number, 1, by=a_convenor(), at=SATURDAY + A_DAY)

    assert Sitting.objects.get().place == "三楼"
    with pytest.raises(WrongSittingStep, match="正在开会"):
        move_sitting(sitting.topic.number, 1, **by_the_convenor(SATURDAY, **to))


def test_the_migration_learns_from_the_book_since_when_a_sitting_stands() -> None:
    stays, moved = a_sitting(), a_sitting()
    to = {"begins_at": SATURDAY + A_DAY, "place": "三楼"}
    move_sitting(moved.topic.number, 1, **by_the_convenor(MONDAY, **to))
    Sitting.objects.update(moved_at=None)

    import_module("mingchuang.council.migrations.0004_moved_at").fill(apps, None)

    assert Sitting.objects.get(pk=moved.pk).moved_at == MONDAY
    assert Sitting.objects.get(pk=stays.pk).moved_at is None


def test_a_sitting_that_stays_where_it_is_was_not_moved() -> None:
    sitting = a_sitting()
    same = {"begins_at": sitting.begins_at, "place": sitting.place}

    with pytest.raises(SittingNotMoved):
        move_sitting(sitting.topic.number, 1, **by_the_convenor(MONDAY, **same))

    assert not Entry.objects.filter(verb="sitting.moved").exists()


def test_a_sitting_that_is_called_off_says_why() -> None:
    sitting = a_sitting()

    cancel_sitting(sitting.topic.number, 1, "台风。", by=a_convenor(), at=MONDAY)

    assert Sitting.objects.get().cancelled_because == "台风。"
    with pytest.raises(WrongSittingStep, match="已取消"):
        open_sitting(sitting.topic.number, 1, by=a_convenor(), at=SATURDAY)


def test_without_a_decision_the_topic_invites_again() -> None:
    sitting = a_sitting("closed")

    topic = adjourn_topic(sitting.topic.number, by=a_convenor(), at=BY_SATURDAY)

    assert topic.state == "inviting"
    with pytest.raises(WrongTopicStep):
        adjourn_topic(sitting.topic.number, by=a_convenor(), at=BY_SATURDAY)


def test_who_is_there_signs_in_by_their_own_link_with_the_word_of_the_room() -> None:
    sitting = a_sitting()
    open_sitting(sitting.topic.number, 1, by=a_convenor(), at=SATURDAY)
    who = one_of(sitting)

    there = sign_in(who.code, 1, sitting.word.lower(), at=SATURDAY)

    assert there.seat is not None
    assert sign_in(who.code, 1, sitting.word, at=BY_SATURDAY) == there
    entry = Entry.objects.get(verb="sitting.attended")
    assert entry.facts == {"who": who.number, "way": "link", "seat": True, "proxy": False}


def test_from_home_nobody_signs_in() -> None:
    sitting = a_sitting()
    open_sitting(sitting.topic.number, 1, by=a_convenor(), at=SATURDAY)

    with pytest.raises(WrongWord):
        sign_in(one_of(sitting).code, 1, "XXXXXX", at=SATURDAY)

    assert not Attendance.objects.exists()


@pytest.mark.parametrize("stage", ["called", "closed"])
def test_nobody_signs_in_by_phone_before_or_after(stage: str) -> None:
    sitting = a_sitting(stage)

    with pytest.raises(NobodyToSignIn):
        sign_in(one_of(sitting).code, 1, sitting.word, at=SATURDAY)


def test_a_stranger_finds_no_sitting() -> None:
    sitting = a_sitting("open")

    with pytest.raises(NotFound):
        sign_in("0" * 32, 1, sitting.word, at=SATURDAY)


def test_a_proxy_signs_in_for_the_household_with_a_mandate_on_record() -> None:
    sitting = a_sitting()
    open_sitting(sitting.topic.number, 1, by=a_convenor(), at=SATURDAY)
    who = one_of(sitting)

    with pytest.raises(MandateNeeded):
        sign_in_as_proxy(who.code, 1, sitting.word, at=SATURDAY)
    son = add_requester(name="儿子", at=MONDAY)
    Seat.objects.filter(stakeholder=who).update(proxy=son, mandate="书面委托")
    there = sign_in_as_proxy(who.code, 1, sitting.word, at=SATURDAY)

    assert there.mandate == "书面委托"


def test_on_paper_too_nobody_signs_for_a_household_without_a_mandate_on_record() -> None:
    sitting = a_sitting()
    open_sitting(sitting.topic.number, 1, by=a_convenor(), at=SATURDAY)
    who = one_of(sitting)
    asked = by_the_convenor(SATURDAY)

    with pytest.raises(MandateNotOnRecord, match=f"第 {who.number} 号"):
        sign_in_proxy_on_paper(sitting.topic.number, 1, who.number, **asked)
    seat_proxy(sitting.topic.number, who.number, "儿子", "书面委托", **by_the_convenor(MONDAY))
    there = sign_in_proxy_on_paper(sitting.topic.number, 1, who.number, **asked)

    assert (there.mandate, there.way) == ("书面委托", "paper")


def test_the_sheet_is_entered_by_staff_until_it_is_known_what_it_is_worth() -> None:
    sitting = a_sitting("closed")
    late = against(a_late_comer(sitting))

    sign_in_on_paper(sitting.topic.number, 1, late.number, by=a_convenor(), at=BY_SATURDAY)

    there = sitting.attendances.get(stakeholder=late)
    assert (there.seat, there.way) == (None, "paper")


def test_a_number_that_is_not_on_the_register_is_asked_for_again() -> None:
    sitting = a_sitting("open")

    with pytest.raises(NotOnTheRegister, match="99"):
        sign_in_on_paper(sitting.topic.number, 1, 99, by=a_convenor(), at=SATURDAY)


def test_a_room_has_its_quorum_with_those_who_object() -> None:
    sitting = a_sitting(topic=a_seated_topic(seats=4, opponents=2))
    open_sitting(sitting.topic.number, 1, by=a_convenor(), at=SATURDAY)
    people = [seat.stakeholder for seat in sitting.roster.seats.order_by("pk")]

    for who in people[:3]:
        signed(sitting, who)

    quorum = room_of(sitting).quorum
    assert (quorum.seats_missing, quorum.opponents_missing) == (0, 1)
    signed(sitting, people[3])
    assert room_of(sitting).quorum.is_met


def test_who_leaves_counts_no_more_and_who_comes_back_does() -> None:
    sitting = a_sitting("open")
    who = one_of(sitting)

    leave_sitting(sitting.topic.number, 1, who.number, by=a_convenor(), at=SATURDAY + AN_HOUR)
    assert room_of(sitting).counted.seats_present == 2
    sign_in(who.code, 1, sitting.word, at=SATURDAY + AN_HOUR)

    assert room_of(sitting).counted.seats_present == 3


def test_who_leaves_after_the_vote_was_there_when_it_was_voted() -> None:
    sitting = a_sitting("open")
    who, where, by = one_against(sitting), (sitting.topic.number, 1), a_convenor()
    count_vote(*where, Counting(1, "hands", 2, 1), by=by, at=SATURDAY + AN_HOUR)

    leave_sitting(*where, who.number, by=by, at=SATURDAY + AN_HOUR + A_MINUTE)

    assert room_of(sitting).quorum.is_met
    close_sitting(*where, by=by, at=BY_SATURDAY)
    assert verdict_on(sitting).may_decide


def test_who_comes_back_after_the_vote_was_not_there_when_it_was_voted() -> None:
    sitting = a_sitting("open")
    who, where, by = one_against(sitting), (sitting.topic.number, 1), a_convenor()
    leave_sitting(*where, who.number, by=by, at=SATURDAY + A_MINUTE)
    count_vote(*where, Counting(1, "hands", 2), by=by, at=SATURDAY + AN_HOUR)

    sign_in(who.code, 1, sitting.word, at=SATURDAY + AN_HOUR + A_MINUTE)

    assert room_of(sitting).counted.opponents_present == 0
    count_vote(*where, Counting(1, "hands", 3), by=by, at=BY_SATURDAY - A_MINUTE)
    assert room_of(sitting).counted.opponents_present == 1


def test_who_voted_and_went_out_and_came_back_after_another_vote_was_at_the_first() -> None:
    sitting = a_sitting("open")
    who, where, by = one_against(sitting), (sitting.topic.number, 1), a_convenor()
    count_vote(*where, Counting(1, "hands", 2, 1), by=by, at=SATURDAY + A_MINUTE)
    leave_sitting(*where, who.number, by=by, at=SATURDAY + 2 * A_MINUTE)
    count_vote(*where, Counting(2, "hands", 2), by=by, at=SATURDAY + 3 * A_MINUTE)

    sign_in(who.code, 1, sitting.word, at=SATURDAY + 4 * A_MINUTE)

    first, second = sitting.minutes.votes.order_by("at")
    assert (seated_at(sitting, first.at), seated_at(sitting, second.at)) == (3, 2)
    assert room_of(sitting).counted.opponents_present == 0


@pytest.mark.parametrize(
    ("minutes", "there"),
    [(0, 3), (1, 3), (2, 2), (3, 2), (4, 3), (5, 3), (6, 2), (7, 2), (8, 3), (9, 2)],
)
def test_who_goes_out_twice_is_there_in_between(minutes: int, there: int) -> None:
    sitting = a_sitting("open")
    who, where, by = one_of(sitting), (sitting.topic.number, 1), a_convenor()
    for out, back in ((2, 4), (6, 8)):
        leave_sitting(*where, who.number, by=by, at=SATURDAY + out * A_MINUTE)
        sign_in(who.code, 1, sitting.word, at=SATURDAY + back * A_MINUTE)
    leave_sitting(*where, who.number, by=by, at=SATURDAY + 9 * A_MINUTE)

    assert seated_at(sitting, SATURDAY + minutes * A_MINUTE) == there


def test_the_sheet_that_is_copied_afterwards_counts_at_the_vote() -> None:
    sitting = a_sitting("open")
    where, by = (sitting.topic.number, 1), a_convenor()
    sitting.attendances.filter(stakeholder=one_against(sitting)).delete()
    count_vote(*where, Counting(1, "hands", 2), by=by, at=SATURDAY + AN_HOUR)
    close_sitting(*where, by=by, at=BY_SATURDAY)

    sign_in_on_paper(*where, one_against(sitting).number, by=by, at=BY_SATURDAY + A_MINUTE)

    assert room_of(sitting_of(sitting.topic, 1)).counted.opponents_present == 1


def test_who_left_is_not_brought_back_when_it_is_over() -> None:
    sitting = a_sitting("open")
    who, where, by = one_of(sitting), (sitting.topic.number, 1), a_convenor()
    leave_sitting(*where, who.number, by=by, at=SATURDAY + A_MINUTE)
    close_sitting(*where, by=by, at=BY_SATURDAY)

    with pytest.raises(LeftBefore, match=f"第 {who.number} 号"):
        sign_in_on_paper(*where, who.number, by=by, at=BY_SATURDAY + A_MINUTE)


def test_who_objects_and_has_no_seat_is_heard_and_makes_nothing_enough() -> None:
    sitting = a_sitting("open", seats=3, opponents=1)
    late = against(a_late_comer(sitting))
    signed(sitting, late)
    sitting.attendances.filter(stakeholder=one_of_two(sitting)).delete()

    room = room_of(sitting)

    assert (room.counted.opponents, room.counted.opponents_present) == (1, 0)
    assert room.quorum.opponents_missing == 1
    assert late.pk in {line.stakeholder.pk for line in room.lines}


def one_of_two(sitting: Sitting) -> Stakeholder:
    """Whoever is against and has a seat."""
    return Stakeholder.objects.opponents().get(seats__roster=sitting.roster_id)


def test_a_full_room_is_read_in_few_statements(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    sitting = a_sitting("open", seats=6, opponents=2)

    with django_assert_max_num_queries(5):
        room = room_of(sitting)
        assert [str(line.stakeholder.requester) for line in room.lines if line.seat]


def test_the_ledger_tells_how_a_sitting_stands_and_names_nobody() -> None:
    sitting = a_sitting("closed")

    entries = list(entries_of(sitting.subject))

    assert stage_told(entry.verb for entry in entries) == sitting.stage
    assert "居民" not in str([entry.facts for entry in entries])


def test_people_are_let_in_an_hour_before_and_nothing_is_voted_or_over_before_the_hour() -> None:
    sitting = a_sitting()
    where, by, hour = (sitting.topic.number, 1), a_convenor(), "2026年3月7日 周六 09:00"
    eve = SATURDAY - A_MINUTE
    with pytest.raises(TooEarlyToOpen, match=hour):
        open_sitting(*where, by=by, at=SATURDAY - AN_HOUR - A_MINUTE)
    open_sitting(*where, by=by, at=SATURDAY - AN_HOUR)
    sign_in(one_of(sitting).code, 1, sitting.word, at=eve)

    with pytest.raises(BeforeItsHour, match=hour):
        count_vote(*where, Counting(1, "hands", 1), by=by, at=eve)
    with pytest.raises(BeforeItsHour, match=hour):
        count_vote(*where, Counting(1, "hands", 1, voted_at=eve), by=by, at=SATURDAY)
    with pytest.raises(BeforeItsHour, match=hour):
        close_sitting(*where, by=by, at=eve)

    assert count_vote(*where, Counting(1, "hands", 1), by=by, at=SATURDAY).present == 1
    close_sitting(*where, by=by, at=SATURDAY)
    for record_it in (decide, advise):
        with pytest.raises(BeforeItsHour, match=hour):
            record_it(*where, what_was_decided(promised=[]), by=by, at=eve)


def test_where_minutes_are_out_no_result_is_offered_any_more() -> None:
    sitting = a_sitting("open")
    close_sitting(sitting.topic.number, 1, by=a_convenor(), at=BY_SATURDAY)
    some_minutes("out", sitting=sitting)

    found = sitting_of(sitting.topic, 1)

    assert not found.may_be_decided


def test_nobody_is_added_to_the_room_once_people_read_who_was_there() -> None:
    sitting = a_sitting("closed")
    late = a_late_comer(sitting)
    some_minutes("out", sitting=sitting)

    with pytest.raises(NobodyToSignIn):
        sign_in_on_paper(sitting.topic.number, 1, late.number, by=a_convenor(), at=BY_SATURDAY)
