"""A freed place goes to who asked first, is held for them, and is never given twice."""

from collections.abc import Callable, Iterator
from datetime import time, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from mingchuang.hall.models import SpecialHours
from mingchuang.ledger.models import Entry
from mingchuang.visits import errors
from mingchuang.visits.actions.booking import cancel_visit, move_visit
from mingchuang.visits.actions.slots import renew_slots
from mingchuang.visits.actions.standby import leave_standby, offer_freed, take_offer
from mingchuang.visits.models import Slot, Standby, Visit
from mingchuang.visits.queries.standby import (
    ahead_of,
    lines_to_offer,
    slots_miscounted,
    standby_of,
    story_of,
)
from mingchuang.visits.rules.life import State
from mingchuang.visits.rules.standby import StandbyState
from tests.build import A_DAY, AN_HOUR, MONDAY
from tests.tools.together import at_once
from tests.visits.places import (
    TUESDAY,
    a_full_day,
    a_phone,
    a_release,
    a_special_line,
    a_standby,
    a_visit_in,
)


def standing(*standbys: Standby) -> list[str]:
    return [standby_of(one.code).state for one in standbys]


def the_slot(visit: Visit) -> Slot:
    """The slot of a visit as it is now."""
    return Slot.objects.get(visits=visit)


@pytest.fixture(autouse=True)
def _adds_up(db: None) -> Iterator[None]:
    """Whatever a test did: taken is what is booked and what is held, slot by slot."""
    yield
    assert not slots_miscounted().exists()


def test_a_place_given_back_is_held_for_who_asked_first() -> None:
    visit, *_ = a_full_day()
    first, second = a_standby(visit.line), a_standby(visit.line)

    cancel_visit(visit.code, at=MONDAY)

    held = standby_of(first.code)
    assert standing(first, second) == [StandbyState.OFFERED, StandbyState.WAITING]
    assert (held.slot, held.held_until) == (visit.slot, MONDAY + AN_HOUR)
    assert (ahead_of(second), the_slot(visit).left) == (0, 0)
    with pytest.raises(errors.SlotFull):
        a_visit_in(the_slot(visit))


def test_the_hold_becomes_the_booking_and_nothing_is_taken_anew() -> None:
    visit, *_ = a_full_day()
    standby = a_standby(visit.line, green="pregnant")
    cancel_visit(visit.code, at=MONDAY)
    taken = the_slot(visit).taken

    booked, again = (take_offer(standby.code, at=MONDAY) for _ in range(2))

    assert booked == again
    assert (booked.state, booked.slot) == (State.BOOKED, visit.slot)
    assert (booked.requester, booked.green) == (standby.requester, "pregnant")
    assert the_slot(visit).taken == taken
    assert [told.deed for told in story_of(standby)] == ["registered", "offered", "taken"]


def test_what_is_moved_away_from_is_offered_too() -> None:
    visit, *_ = a_full_day()
    renew_later = TUESDAY + A_DAY
    SpecialHours.objects.create(
        site=visit.site, day=renew_later, kind="extended", opens=time(9), closes=time(10)
    )
    renew_slots(visit.line, renew_later, many=1, at=MONDAY)
    standby = a_standby(visit.line)

    move_visit(visit.code, Slot.objects.filter(day=renew_later)[0].pk, at=MONDAY)

    assert standby_of(standby.code).slot == visit.slot


def test_a_place_let_go_goes_to_the_next_at_once() -> None:
    visit, *_ = a_full_day()
    first, second = a_standby(visit.line), a_standby(visit.line)
    cancel_visit(visit.code, at=MONDAY)

    leave_standby(first.code, at=MONDAY)

    assert standing(first, second) == [StandbyState.LEFT, StandbyState.OFFERED]


def test_what_is_not_answered_in_time_goes_to_the_next() -> None:
    visit, *_ = a_full_day()
    first, second = a_standby(visit.line), a_standby(visit.line)
    cancel_visit(visit.code, at=MONDAY)
    late = MONDAY + AN_HOUR

    with pytest.raises(errors.HeldNoLonger):
        take_offer(first.code, at=late)
    lines = lines_to_offer(late)
    offer_freed(visit.line_id, at=late)

    assert (lines, lines_to_offer(late)) == ([visit.line_id], [])
    assert standing(first, second) == [StandbyState.LAPSED, StandbyState.OFFERED]
    with pytest.raises(errors.NotOffered, match="没有按时确认"):
        take_offer(first.code, at=late)


def test_a_plan_that_grew_is_offered_by_the_follower() -> None:
    visit, *_ = a_full_day()
    standby = a_standby(visit.line)
    visit.line.minutes = 10
    visit.line.save()
    renew_slots(visit.line, TUESDAY, many=1, at=MONDAY)

    offered = sum(offer_freed(line, at=MONDAY) for line in lines_to_offer(MONDAY))

    assert (offered, standing(standby)) == (1, [StandbyState.OFFERED])


def test_who_did_not_get_a_place_is_told_when_the_day_is_over() -> None:
    visit, *_ = a_full_day()
    standby = a_standby(visit.line)
    evening = MONDAY + A_DAY + 9 * AN_HOUR

    changed = [offer_freed(line, at=evening) for line in lines_to_offer(evening)]

    assert (changed, standing(standby)) == ([1], [StandbyState.CLOSED])
    assert lines_to_offer(evening) == []


def test_a_group_waits_until_all_of_it_fits() -> None:
    one, other, *_ = a_full_day()
    pair, single = a_standby(one.line, persons=2), a_standby(one.line)
    cancel_visit(one.code, at=MONDAY)
    before = standing(pair, single)

    leave_standby(single.code, at=MONDAY)
    cancel_visit(other.code, at=MONDAY)

    assert before == [StandbyState.WAITING, StandbyState.OFFERED]
    assert standing(pair, single) == [StandbyState.OFFERED, StandbyState.LEFT]


def test_who_comes_in_the_afternoon_only_is_not_offered_the_morning() -> None:
    visit, *_ = a_full_day(opens=11, closes=13)
    afternoon, any_time = a_standby(visit.line, part="pm"), a_standby(visit.line)

    cancel_visit(visit.code, at=MONDAY)

    assert standing(afternoon, any_time) == [StandbyState.WAITING, StandbyState.OFFERED]


def test_a_day_with_free_places_is_booked_and_not_stood_by_for() -> None:
    visit, *_ = a_full_day()
    cancel_visit(visit.code, at=MONDAY)

    with pytest.raises(errors.NotFull):
        a_standby(visit.line)
    with pytest.raises(errors.NothingThatHalf):
        a_standby(visit.line, part="pm")
    a_standby(visit.line, persons=2)

    assert Standby.objects.count() == 1


def test_days_without_slots_too_far_off_or_to_be_drawn_are_not_stood_by_for() -> None:
    line = a_special_line()
    release = a_release()

    with pytest.raises(errors.NothingThatDay):
        a_standby(line)
    with pytest.raises(errors.TooFarAhead):
        a_standby(line, TUESDAY + 20 * A_DAY)
    with pytest.raises(errors.DrawnFirst):
        a_standby(release.line, release.day)


def test_one_phone_stands_by_once_and_keeps_to_two_visits_a_day() -> None:
    visit, other, *_ = a_full_day()
    busy = a_phone()
    for gone in (visit, other):
        cancel_visit(gone.code, at=MONDAY)
    booked = [a_visit_in(the_slot(visit), phone=busy) for _ in range(2)]
    once = a_phone()
    standby = a_standby(visit.line, phone=once)

    with pytest.raises(errors.StandsByAlready):
        a_standby(visit.line, phone=once)
    with pytest.raises(errors.BookedEnough):
        a_standby(visit.line, phone=busy)

    cancel_visit(booked[0].code, at=MONDAY)
    assert standing(standby) == [StandbyState.OFFERED]


def test_who_booked_enough_meanwhile_must_give_one_up_to_take_the_offer() -> None:
    visits = a_full_day()
    phone = a_phone()
    standby = a_standby(visits[0].line, phone=phone)
    other = a_full_day()
    for gone in (*other[:2], visits[0]):
        cancel_visit(gone.code, at=MONDAY)
    mine = [a_visit_in(the_slot(gone), phone=phone) for gone in other[:2]]

    with pytest.raises(errors.BookedEnough):
        take_offer(standby.code, at=MONDAY)
    cancel_visit(mine[0].code, at=MONDAY)

    assert take_offer(standby.code, at=MONDAY).state == State.BOOKED


def test_a_form_sent_twice_is_one_standing_by() -> None:
    visit, *_ = a_full_day()
    phone = a_phone()

    once, twice = (a_standby(visit.line, phone=phone, key="k") for _ in range(2))

    assert once == twice
    facts = Entry.objects.get(verb="standby.registered").facts
    assert phone not in str(facts)
    assert "李" not in str(facts)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("visits_standby_offered_holds_a_place", {"state": "offered"}),
        ("visits_standby_taken_became_a_visit", {"state": "taken"}),
        ("visits_standby_state_is_known", {"state": "queued"}),
        ("visits_standby_part_is_known", {"part": "eve"}),
        ("visits_standby_is_of_some_people", {"persons": 0}),
        ("visits_standby_green_is_a_kind", {"green": "hurry"}),
        ("visits_standby_offered_holds_a_place", {"held_until": MONDAY}),
    ],
)
def test_the_database_is_the_last_guard(name: str, wrong: dict[str, object]) -> None:
    visit, *_ = a_full_day()
    standby = a_standby(visit.line)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Standby.objects.filter(pk=standby.pk).update(**wrong)


def test_the_database_lets_one_phone_stand_by_once() -> None:
    visit, *_ = a_full_day()
    one, other = a_standby(visit.line), a_standby(visit.line)

    with pytest.raises(IntegrityError), transaction.atomic():
        Standby.objects.filter(pk=other.pk).update(phone_index=one.phone_index)


@pytest.mark.django_db(transaction=True)
def test_many_cancel_and_take_at_once_and_no_place_is_lost_or_given_twice() -> None:
    visits = a_full_day()
    standbys = [a_standby(visits[0].line) for _ in range(2 * len(visits))]
    for visit in visits[:3]:
        cancel_visit(visit.code, at=MONDAY)
    deeds: list[Callable[[], object]] = []
    deeds += [partial(cancel_visit, visit.code, at=MONDAY) for visit in visits[3:]]
    deeds += [partial(take_offer, one.code, at=MONDAY) for one in standbys[:4]]
    deeds += [partial(leave_standby, one.code, at=MONDAY) for one in standbys[1:3]]
    deeds += [partial(offer_freed, visits[0].line_id, at=MONDAY)]
    deeds += [partial(a_visit_in, the_slot(visit)) for visit in visits[:3]]

    became = at_once(*deeds)

    states = list(Standby.objects.order_by("pk").values_list("state", flat=True))
    waits = [state == StandbyState.WAITING for state in states]
    have = [state for state in states if state in {StandbyState.OFFERED, StandbyState.TAKEN}]
    assert set(became) <= {"done", "slot_full", "not_offered"}
    assert became.count("slot_full") == 3
    assert waits == sorted(waits), "somebody was passed over"
    assert len(have) == len(visits) == sum(Slot.objects.values_list("taken", flat=True))
    assert not slots_miscounted().exists()


@pytest.mark.django_db(transaction=True)
def test_a_place_taken_and_lapsed_at_the_same_moment_is_one_of_both() -> None:
    visit, *_ = a_full_day()
    first, second = a_standby(visit.line), a_standby(visit.line)
    cancel_visit(visit.code, at=MONDAY)
    taps = [partial(take_offer, first.code, at=MONDAY + timedelta(minutes=59))] * 3

    at_once(*taps, partial(offer_freed, visit.line_id, at=MONDAY + AN_HOUR))

    was_taken = Visit.objects.filter(key=f"standby-{first.code}").exists()
    after = StandbyState.WAITING if was_taken else StandbyState.OFFERED
    assert standing(second) == [after]
    assert not slots_miscounted().exists()


@pytest.mark.django_db(transaction=True)
def test_who_moves_and_cancels_at_the_same_moment_leaves_no_place_behind() -> None:
    visits = a_full_day()
    cancel_visit(visits[-1].code, at=MONDAY)
    free, movers = the_slot(visits[-1]), visits[:4]
    deeds: list[Callable[[], object]] = []
    deeds += [partial(move_visit, visit.code, free.pk, at=MONDAY) for visit in movers]
    deeds += [partial(cancel_visit, visit.code, at=MONDAY) for visit in movers]

    became = at_once(*deeds)

    assert set(became) <= {"done", "slot_full", "wrong_visit_step"}
    assert became.count("done") >= len(movers)
    assert not slots_miscounted().exists()
