"""Companions: asked for, sent, met, handed over, brought to the end; refused in words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.base.errors import NotFound, Refused
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from mingchuang.people.actions.units import add_unit
from mingchuang.people.models import Requester
from mingchuang.people.rules.roles import Role
from mingchuang.visits import errors
from mingchuang.visits.actions import assisting
from mingchuang.visits.models import Assist
from mingchuang.visits.queries.assists import board_of, colleagues_at
from mingchuang.visits.rules.assisting import (
    ENDED,
    LIFE,
    OPEN,
    State,
    state_told,
    without_door,
)
from tests.build import A_DAY, LONG_AGO, MONDAY, a_person
from tests.visits.companions import (
    IN_AN_HOUR,
    WAYS,
    a_companion,
    a_hall,
    a_volunteer,
    an_assist,
    what_is_wanted,
)

A_MINUTE = timedelta(minutes=1)
LATER = MONDAY + 10 * A_MINUTE
verbs = st.sampled_from(sorted(LIFE))


@given(st.lists(verbs, max_size=8))
def test_what_is_told_in_order_is_what_the_table_allows(walk: list[str]) -> None:
    state: State | None = None
    for verb in walk:
        state = LIFE[verb].get(state)
        if state is None:
            break

    assert state_told(walk) == state


def test_what_has_ended_moves_no_more_and_all_that_is_open_can_end() -> None:
    assert not [verb for verb, ways in LIFE.items() if ENDED & ways.keys()]
    assert LIFE["assist.ended"].keys() == OPEN
    assert {end for ways in LIFE.values() for end in ways.values()} == set(State)


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("舟山里 3幢501门口", "舟山里 *幢*门口"),
        ("3号501", "*号*"),
        ("舟山里12号", "舟山里*号"),
        ("12号门口、12号门牌", "*号门口、*号门牌"),
        ("B座1204", "*座*"),
        ("3A座 B１２０４", "*座 *"),
        ("三幢五〇一室", "*幢*室"),
        ("三幢五〇一", "*幢*"),
        ("二十三号楼两单元", "*号楼*单元"),
        ("3号楼2单元501", "*号楼*单元*"),
        *((public, public) for public in ("12 号窗口，办养老认证", "十二号窗口", "2号门、三号门")),
        *((public, public) for public in ("1号口、2号出口", "地铁16号线", "131路车站", "3楼5号厅")),
        *((public, public) for public in ("2号大厅", "1号服务台", "3窗口", "9点半")),
    ],
)
def test_a_place_shows_no_house_and_no_door_and_all_that_is_public(place: str, shown: str) -> None:
    covered = without_door(place)

    assert covered == shown


@pytest.mark.django_db
def test_somebody_is_met_and_brought_to_where_they_wanted() -> None:
    hall = a_hall()
    helper = a_companion(hall)
    assist = an_assist(hall)

    assisting.assign(assist.pk, helper.pk, by=a_companion(hall), at=LATER)
    assisting.accept(assist.pk, by=helper, at=LATER)
    with pytest.raises(errors.NotTimeToMeet, match="15 分钟"):
        assisting.meet(assist.pk, by=helper, at=MONDAY - A_MINUTE)
    assisting.meet(assist.pk, by=helper, at=IN_AN_HOUR)
    done = assisting.finish(assist.pk, by=helper, at=IN_AN_HOUR + 20 * A_MINUTE)

    assert (done.state, done.companion, done.met_at) == (State.FINISHED, helper, IN_AN_HOUR)
    told = [entry.verb for entry in entries_of(assist.subject)]
    steps = ["asked_for", "assigned", "accepted", "met", "finished"]
    assert told == [f"assist.{step}" for step in steps]


@pytest.mark.django_db
def test_the_ledger_tells_neither_who_asks_nor_where_they_live() -> None:
    hall = a_hall()

    an_assist(hall, name="王秀英", phone="13812345678", from_place="江滨路 3 号 2 单元")

    facts = " ".join(str(entry.facts) for entry in Entry.objects.all())
    assert not [word for word in ("王秀英", "13812345678", "江滨路") if word in facts]


@pytest.mark.django_db
def test_a_form_that_comes_twice_asks_once() -> None:
    hall = a_hall()

    twice = [
        assisting.ask_for_companion(hall, what_is_wanted(), key="tap", at=MONDAY).pk
        for _ in range(2)
    ]

    assert len(set(twice)) == 1
    assert Entry.objects.filter(verb="assist.asked_for").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        (MONDAY - A_DAY, errors.TimeOver),
        (MONDAY + 15 * A_DAY, errors.TooEarlyToAsk),
        (MONDAY + timedelta(hours=9), errors.DoorsShut),
    ],
)
def test_nobody_is_sent_to_a_time_that_is_over_too_far_or_behind_shut_doors(
    wanted: object, refusal: type[Refused]
) -> None:
    hall = a_hall()

    with pytest.raises(refusal):
        an_assist(hall, wanted_at=wanted)


@pytest.mark.django_db
def test_under_one_phone_two_a_day_and_no_more() -> None:
    hall = a_hall()
    first = an_assist(hall, phone="13812345678")
    an_assist(hall, phone="138 1234 5678")

    with pytest.raises(errors.AskedEnough, match="2 次"):
        an_assist(hall, phone="13812345678")
    assisting.cancel(first.code, at=LATER)

    assert an_assist(hall, phone="13812345678").state == State.ASKED


@pytest.mark.django_db
def test_who_cannot_come_gives_it_back_and_the_board_says_why() -> None:
    hall = a_hall()
    helper = a_companion(hall)
    assist = an_assist(hall, State.ACCEPTED, companion=helper)

    back = assisting.give_back(assist.pk, "busy", by=helper, at=LATER)

    assert (back.state, back.companion, back.return_reason) == (State.ASKED, None, "busy")
    assert entries_of(assist.subject).latest("pk").facts["reason"] == "busy"


@pytest.mark.django_db
def test_nobody_accompanies_two_at_once_and_the_database_keeps_it() -> None:
    hall = a_hall()
    helper = a_companion(hall)
    an_assist(hall, State.MET, companion=helper)
    second = an_assist(hall, State.ACCEPTED, companion=helper)

    with pytest.raises(errors.StillAccompanying, match=helper.badge):
        assisting.meet(second.pk, by=helper, at=LATER)

    with pytest.raises(IntegrityError), transaction.atomic():
        Assist.objects.filter(pk=second.pk).update(state=State.MET, met_at=LATER)


@pytest.mark.django_db
def test_on_the_way_a_colleague_goes_on_and_only_one_who_is_free() -> None:
    hall = a_hall()
    first, second, busy = (a_companion(hall) for _ in range(3))
    assist = an_assist(hall, State.MET, companion=first)
    an_assist(hall, State.MET, companion=busy)

    with pytest.raises(errors.StillAccompanying, match=busy.badge):
        assisting.hand_over(assist.pk, busy.pk, by=first, at=LATER)
    with pytest.raises(errors.TakenByAnother):
        assisting.hand_over(assist.pk, first.pk, by=first, at=LATER)
    after = assisting.hand_over(assist.pk, second.pk, by=first, at=LATER)

    assert (after.state, after.companion) == (State.MET, second)


@pytest.mark.django_db
def test_a_bureau_below_the_same_unit_accompanies_nobody() -> None:
    hall = a_hall()
    bureau = add_unit("B1", "交警支队", kind="bureau", parent=hall.unit, at=LONG_AGO)
    officer = a_person(Role.HANDLER, unit=bureau)
    assist = an_assist(hall)

    with pytest.raises(NotFound):
        assisting.accept(assist.pk, by=officer, at=LATER)

    assert officer not in colleagues_at(hall)


@pytest.mark.django_db
def test_volunteers_go_and_send_nobody() -> None:
    hall = a_hall()
    volunteer, other = a_volunteer(hall), a_companion(hall)
    assist, theirs = an_assist(hall), an_assist(hall, State.ACCEPTED, companion=other)

    assisting.accept(assist.pk, by=volunteer, at=LATER)
    with pytest.raises(NotFound):
        assisting.assign(an_assist(hall).pk, volunteer.pk, by=volunteer, at=LATER)
    with pytest.raises(errors.NotYours, match=other.badge):
        assisting.meet(theirs.pk, by=volunteer, at=LATER)

    assert assisting.meet(assist.pk, by=volunteer, at=LATER).state == State.MET


@pytest.mark.django_db
def test_who_belongs_to_another_hall_finds_nothing_and_cannot_be_sent() -> None:
    hall, elsewhere = a_hall(), a_hall()
    stranger = a_companion(elsewhere)
    assist = an_assist(hall)

    with pytest.raises(NotFound):
        assisting.accept(assist.pk, by=stranger, at=LATER)
    with pytest.raises(errors.NoSuchCompanion):
        assisting.assign(assist.pk, stranger.pk, by=a_companion(hall), at=LATER)

    assert list(board_of(stranger, now=LATER)) == []


@pytest.mark.django_db
def test_mine_stands_on_top_and_what_nobody_goes_to_comes_first() -> None:
    hall = a_hall()
    me = a_companion(hall)
    taken = an_assist(hall, State.ACCEPTED, wanted_at=LATER)
    alone = an_assist(hall, wanted_at=LATER + A_MINUTE)
    tomorrow = an_assist(hall, wanted_at=MONDAY + A_DAY)
    soon = an_assist(hall, wanted_at=IN_AN_HOUR)
    mine = an_assist(hall, State.ASSIGNED, companion=me, wanted_at=MONDAY + A_DAY)
    an_assist(hall, State.CANCELLED)

    order = [assist.pk for assist in board_of(me, now=LATER)]

    assert order == [mine.pk, alone.pk, taken.pk, soon.pk, tomorrow.pk]


@pytest.mark.django_db
def test_only_who_is_sent_learns_the_name_and_that_they_looked_is_told() -> None:
    hall = a_hall()
    helper, other = a_companion(hall), a_companion(hall)
    assist = an_assist(hall, State.ASSIGNED, companion=helper, name="王秀英", phone="13812345678")

    with pytest.raises(NotFound):
        assisting.reveal_asker(assist.pk, by=other, at=LATER)
    asker = assisting.reveal_asker(assist.pk, by=helper, at=LATER)

    assert (asker.name, asker.phone) == ("王秀英", "13812345678")
    looked = Entry.objects.get(verb="requester.revealed")
    assert (looked.subject, looked.facts["by"]) == (assist.subject, helper.badge)


@pytest.mark.django_db
def test_when_it_is_over_nobody_learns_the_name_any_more() -> None:
    hall = a_hall()
    helper = a_companion(hall)
    assist = an_assist(hall, State.FINISHED, companion=helper, name="王秀英")

    with pytest.raises(NotFound):
        assisting.reveal_asker(assist.pk, by=helper, at=LATER)


@pytest.mark.django_db
def test_the_end_of_the_day_ends_what_was_left_open_and_says_how() -> None:
    hall = a_hall()
    left = [an_assist(hall, state) for state in sorted(OPEN)]
    tomorrow = an_assist(hall, wanted_at=MONDAY + A_DAY)

    ended = [assisting.end_old_assists(at=MONDAY + A_DAY) for _ in range(2)]

    assert ended == [4, 0]
    states = {before.state: Assist.objects.get(pk=before.pk).state for before in left}
    assert states == {
        State.ASKED: State.LAPSED,
        State.ASSIGNED: State.LAPSED,
        State.ACCEPTED: State.LAPSED,
        State.MET: State.FINISHED,
    }
    tomorrow.refresh_from_db()
    assert tomorrow.state == State.ASKED


@pytest.mark.django_db
def test_who_was_accompanied_is_forgotten_when_they_ask_and_the_count_stays() -> None:
    hall = a_hall()
    assist = an_assist(hall, State.FINISHED, name="王秀英", phone="13812345678")

    assisting.forget_asker(assist.code, at=LATER)

    assist = Assist.objects.get()
    assert (assist.state, assist.from_place, assist.asker) == (State.FINISHED, "", None)
    assert (Requester.objects.get().name, Requester.objects.get().phone_index) == ("", "")
    told = Entry.objects.filter(verb__in=["requester.erased", "assist.erased"])
    assert told.count() == 2


@pytest.mark.django_db
def test_while_somebody_is_on_the_way_the_name_is_kept() -> None:
    assist = an_assist(a_hall(), State.ACCEPTED, name="王秀英")

    with pytest.raises(errors.WrongAssistStep, match="有人来陪"):
        assisting.forget_asker(assist.code, at=LATER)


@pytest.mark.django_db
@pytest.mark.parametrize("state", sorted(ENDED))
def test_a_page_that_is_out_of_date_is_refused_in_words(state: State) -> None:
    hall = a_hall()
    helper = a_companion(hall)
    assist = an_assist(hall, state, companion=helper)
    deeds: list[Callable[[], object]] = [
        lambda: assisting.finish(assist.pk, by=helper, at=LATER),
        lambda: assisting.cancel(assist.code, at=LATER),
    ]

    refused = []
    for deed in deeds:
        with pytest.raises(errors.WrongAssistStep) as found:
            deed()
        refused.append(str(found.value))

    assert all("刷新" in sentence for sentence in refused)


@pytest.mark.django_db
@pytest.mark.parametrize("state", sorted(WAYS))
def test_the_ledger_tells_how_each_assistance_stands(state: State) -> None:
    assist = an_assist(a_hall(), state)

    told = [entry.verb for entry in entries_of(assist.subject)]

    assert state_told(told) == assist.state == state


@pytest.mark.django_db
def test_a_stranger_without_a_post_cannot_be_told_anything() -> None:
    assist = an_assist(a_hall())

    with pytest.raises(NotFound):
        assisting.accept(assist.pk, by=a_person(), at=LATER)
