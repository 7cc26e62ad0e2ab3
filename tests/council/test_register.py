"""Who is affected is written down once, by whom is kept, and their name is nobody's business."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from mingchuang.base.errors import NotFound
from mingchuang.cases import shelf
from mingchuang.cases.actions.photos import tidy_photos
from mingchuang.council.actions import own, register
from mingchuang.council.actions._register import Named
from mingchuang.council.errors.lottery import MustNeedsAReason, MustReasonNeedless
from mingchuang.council.errors.topics import (
    NoSuchObjection,
    NothingAgainst,
    NotTheirCase,
    RegisteredAlready,
    RegisterShut,
    SaidThemselves,
    SignedByAnother,
    TellsWho,
)
from mingchuang.council.models import Household, Stakeholder, Topic
from mingchuang.council.queries.counts import register_counts
from mingchuang.council.queries.pictures import is_pictured
from mingchuang.council.queries.register import register_of, stakeholder_of
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from tests.build import A_DAY, AN_HOUR, MONDAY, a_case, a_supervisor
from tests.council.build import a_convenor, a_key, a_photo, a_seat, a_stakeholder, a_topic

pytestmark = pytest.mark.django_db

LATER = MONDAY + AN_HOUR


def somebody(**given: Any) -> Named:
    return Named(**{"affected": "near", "name": "王芳", "household": "7幢701", **given})


def registered(topic_number: str, *, camp: str = "", **given: str) -> Stakeholder:
    who = somebody(**given)
    return own.register_oneself(topic_number, who, key=a_key(), camp=camp, at=MONDAY)


def test_who_added_somebody_stays_with_them_and_the_ledger_names_nobody() -> None:
    who = a_stakeholder(name="张三", phone="13800000001")

    entry = Entry.objects.get(verb="stakeholder.added")
    assert (who.number, who.added_by) == (1, a_convenor())
    assert entry.subject == f"stakeholder:{who.topic.number}-001"
    told = {"affected": "near", "witness": who.witness, "by": a_convenor().badge}
    assert entry.facts == told
    assert who.requester.name == "张三"


def test_who_live_together_are_one_household() -> None:
    topic = a_topic("gathering")

    first = a_stakeholder(topic, household="3幢 201")
    second = a_stakeholder(topic, household="３号楼 0201室")
    third = a_stakeholder(topic, household="")

    assert first.household == second.household != third.household
    assert Household.objects.count() == 2
    assert second.household.label == "3幢 201"


def test_staff_write_down_one_phone_once_a_topic() -> None:
    topic = a_topic("gathering")
    registered(topic.number, phone="138 0000 0001")

    with pytest.raises(RegisteredAlready):
        a_stakeholder(topic, phone="13800000001")

    assert topic.stakeholders.count() == 1


def test_who_types_the_phone_of_somebody_else_is_taken_in_and_takes_nothing_over() -> None:
    topic = a_topic("gathering")
    first = registered(topic.number, phone="138 0000 0001", household="1幢1")

    other = registered(topic.number, phone="13800000001", name="张三")

    first.refresh_from_db()
    assert (first.requester.name, first.household.label) == ("王芳", "1幢1")
    assert first.phone_index == first.requester.phone_index
    assert (other.phone_index, other.requester.phone) == ("", "13800000001")
    assert named_to_the_convenor(topic) == {1: 2, 2: 1}


def named_to_the_convenor(topic: Topic) -> dict[int, int | None]:
    """Return who stands on the register, and beside them who left the same phone."""
    people: Any = register_of(topic)
    return {one.number: one.same_phone for one in people}


def test_nobody_is_named_to_the_convenor_once_the_other_withdrew() -> None:
    topic = a_topic("gathering")
    first = registered(topic.number, phone="13800000001")
    registered(topic.number, phone="13800000001")
    a_stakeholder(topic)
    a_stakeholder(topic)

    own.withdraw(first.code, at=LATER)

    assert set(named_to_the_convenor(topic).values()) == {None}


def test_who_must_be_there_says_why() -> None:
    topic = a_topic("gathering")

    with pytest.raises(MustNeedsAReason):
        a_stakeholder(topic, affected="direct")
    with pytest.raises(MustReasonNeedless):
        a_stakeholder(topic, affected="near", must_because="住在车棚里")
    who = a_stakeholder(topic, affected="direct", must_because="住在车棚里")

    assert who.is_direct


def test_nobody_is_added_to_a_closed_register() -> None:
    topic = a_topic("drawing")

    with pytest.raises(RegisterShut):
        a_stakeholder(topic)
    with pytest.raises(RegisterShut):
        registered(topic.number)


THEIRS = "13800000777"


def on_paper(who: Stakeholder, *, signed: str) -> Stakeholder:
    given = (who.topic.number, who.number, "oppose", a_photo())
    return register.note_camp_on_paper(*given, signed=signed, by=a_convenor(), at=LATER)


def test_before_a_topic_is_opened_nobody_registers_themselves() -> None:
    with pytest.raises(NotFound):
        registered(a_topic().number)


def test_that_it_concerns_one_directly_is_said_by_oneself_and_settled_by_the_convenor() -> None:
    topic = a_topic("gathering")
    mine = own.register_oneself(
        topic.number, somebody(), key=a_key(), claim="轮椅停在车棚里", at=MONDAY
    )

    with pytest.raises(MustNeedsAReason):
        register.mark_affected(topic.number, 1, "direct", by=a_convenor(), at=MONDAY)
    settled = register.mark_affected(
        topic.number, 1, "direct", "要用车棚", by=a_convenor(), at=MONDAY
    )

    assert mine.claims
    assert settled.is_direct
    assert not settled.claims
    assert "轮椅" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_a_camp_is_declared_by_ones_own_link_and_the_last_word_counts() -> None:
    mine = registered(a_topic("gathering").number, camp="support")

    own.declare_camp(mine.code, "oppose", at=LATER)

    mine.refresh_from_db()
    assert (mine.camp, mine.proof, mine.camp_at) == ("oppose", "link", LATER)
    assert register_counts(mine.topic).oppose == 1


def test_the_ledger_tells_that_a_camp_was_declared_and_neither_which_nor_how() -> None:
    mine = registered(a_topic("gathering").number, camp="oppose")

    entry = Entry.objects.get(verb="stakeholder.declared")

    assert entry.subject == mine.subject
    assert entry.facts == {"witness": mine.witness}
    assert entry.digest == ""


def test_a_camp_on_paper_keeps_the_paper_and_the_ledger_its_hash() -> None:
    who = a_stakeholder()

    who = register.note_camp_on_paper(
        *(who.topic.number, who.number, "support", a_photo()),
        signed=who.requester.name,
        by=a_convenor(),
        at=LATER,
    )

    assert who.paper is not None
    assert shelf.read(who.paper.path) == a_photo().jpeg
    told = Entry.objects.get(verb="stakeholder.declared").facts
    assert told == {"by": a_convenor().badge, "witness": who.witness}
    assert who.private_part["paper"] == who.paper.fingerprint


def test_a_paper_that_somebody_else_signed_declares_nothing() -> None:
    who = a_stakeholder(name="王小明")

    with pytest.raises(SignedByAnother):
        on_paper(who, signed="李小明")

    who.refresh_from_db()
    assert who.camp == ""


def test_what_somebody_declared_themselves_no_paper_and_no_case_overwrites() -> None:
    mine = registered(a_topic("gathering").number, camp="support")
    case = a_case("dispatched", phone=mine.requester.phone)

    with pytest.raises(SaidThemselves):
        on_paper(mine, signed=mine.requester.name)
    with pytest.raises(SaidThemselves):
        register.note_objection(
            mine.topic.number, mine.number, case.number, by=a_convenor(), at=LATER
        )

    mine.refresh_from_db()
    assert (mine.camp, mine.proof) == ("support", "link")


def test_a_case_in_which_they_did_not_speak_proves_nothing() -> None:
    who, case = a_stakeholder(phone="13900000009"), a_case("dispatched", phone=THEIRS)

    with pytest.raises(NotTheirCase, match=case.number):
        register.note_objection(
            who.topic.number, who.number, case.number, by=a_convenor(), at=LATER
        )

    assert Stakeholder.objects.get().camp == ""


def test_a_recorded_objection_proves_that_somebody_is_against() -> None:
    who, case = a_stakeholder(phone=THEIRS), a_case("dispatched", phone=THEIRS)

    who = register.note_objection(
        who.topic.number, who.number, case.number, by=a_convenor(), at=LATER
    )

    assert (who.camp, who.proof, who.objection) == ("oppose", "objection", case.number)


def test_a_question_under_the_same_phone_proves_nothing_unless_the_topic_came_from_it() -> None:
    who, case = a_stakeholder(phone=THEIRS), a_case("dispatched", phone=THEIRS, kind="inquiry")
    said = (who.topic.number, who.number, case.number)

    with pytest.raises(NothingAgainst, match=case.number):
        register.note_objection(*said, by=a_convenor(), at=LATER)
    Topic.objects.update(origin="case", from_case=case)

    assert register.note_objection(*said, by=a_convenor(), at=LATER).objection == case.number


def test_an_objection_nobody_recorded_proves_nothing() -> None:
    who = a_stakeholder()

    with pytest.raises(NoSuchObjection):
        register.note_objection(
            who.topic.number, who.number, "YJ-2026-999999", by=a_convenor(), at=LATER
        )

    assert Stakeholder.objects.get().camp == ""


def test_staff_have_no_way_to_set_a_camp_without_a_proof() -> None:
    who = a_stakeholder()

    with pytest.raises(IntegrityError, match="council_camp_has_a_proof"), transaction.atomic():
        Stakeholder.objects.filter(pk=who.pk).update(camp="support", camp_at=MONDAY)


def test_once_the_register_is_closed_camps_stand_as_they_are() -> None:
    topic = a_topic("gathering")
    mine = registered(topic.number, camp="oppose")
    type(topic).objects.filter(pk=topic.pk).update(state="drawing")

    with pytest.raises(RegisterShut):
        own.declare_camp(mine.code, "support", at=LATER)


def test_what_is_written_down_about_oneself_is_put_right_by_oneself() -> None:
    mine = registered(a_topic("gathering").number, phone="13800000002")

    own.correct_oneself(
        mine.code, name="王小芳", household="9幢1", features={"age": "70+"}, at=LATER
    )

    mine.refresh_from_db()
    assert (mine.requester.name, mine.requester.phone) == ("王小芳", "13800000002")
    assert mine.household.label == "9幢1"
    assert mine.features == {"age": "70+"}
    assert entries_of(mine.subject).latest("pk").verb == "stakeholder.corrected"


def test_a_phone_of_somebody_else_is_not_taken_over_by_a_correction() -> None:
    topic = a_topic("gathering")
    registered(topic.number, phone="13800000001")
    mine = registered(topic.number, phone="13800000002", household="1幢1")

    typed = own.correct_oneself(mine.code, phone="13800000001", features={}, at=LATER)
    counted = typed.phone_index
    mine = own.correct_oneself(mine.code, phone="138 0000 0002", features={}, at=LATER)

    assert (typed.requester.phone, counted) == ("13800000001", "")
    assert mine.requester.phone == "138 0000 0002"
    assert mine.phone_index == mine.requester.phone_index


def test_who_withdraws_is_forgotten_counts_no_more_and_loses_their_seat() -> None:
    mine = registered(a_topic("gathering").number, camp="oppose", phone="13800000003")
    seat = a_seat(stakeholder=mine)

    own.withdraw(mine.code, at=LATER)

    mine.refresh_from_db()
    seat.refresh_from_db()
    assert (mine.requester.name, mine.requester.phone, mine.phone_index) == ("", "", "")
    assert register_counts(mine.topic).people == 0
    assert (seat.state, seat.lost_because) == ("lost", "withdrew")
    with pytest.raises(NotFound):
        stakeholder_of(mine.code)


def test_who_withdrew_may_register_again() -> None:
    topic = a_topic("gathering")
    mine = registered(topic.number, phone="13800000003")
    own.withdraw(mine.code, at=LATER)

    again = registered(topic.number, phone="13800000003")

    assert (again.number, again.code != mine.code) == (2, True)


def test_sent_twice_somebody_is_registered_once() -> None:
    topic, key = a_topic("gathering"), a_key()

    for _ in range(2):
        own.register_oneself(topic.number, somebody(), key=key, camp="support", at=MONDAY)

    assert topic.stakeholders.count() == 1
    assert Entry.objects.filter(verb="stakeholder.declared").count() == 1


def test_who_comes_next_at_the_same_screen_is_somebody_else() -> None:
    topic, key = a_topic("gathering"), a_key()

    mine = own.register_oneself(topic.number, somebody(), key=key, camp="support", at=MONDAY)
    other = somebody(name="李四", phone="13800000077")
    theirs = own.register_oneself(topic.number, other, key=key, camp="oppose", at=MONDAY)

    assert (theirs.number, theirs.code != mine.code, theirs.camp) == (2, True, "oppose")


def test_each_look_at_a_name_is_an_entry() -> None:
    who = a_stakeholder(name="张三")

    shown = register.reveal_stakeholder(who.topic.number, 1, by=a_convenor(), at=LATER)
    with pytest.raises(NotFound):
        register.reveal_stakeholder(who.topic.number, 1, by=a_supervisor(), at=LATER)

    entry = Entry.objects.get(verb="requester.revealed")
    assert shown.name == "张三"
    assert (entry.subject, entry.facts["by"]) == (who.subject, a_convenor().badge)


def test_that_somebody_had_ones_link_in_hand_is_an_entry() -> None:
    who = a_stakeholder()

    register.print_link(who.topic.number, 1, by=a_convenor(), at=LATER)

    assert entries_of(who.subject).latest("pk").verb == "stakeholder.link_printed"


@pytest.mark.django_db(transaction=True)
def test_a_photo_of_the_council_is_never_tidied_away() -> None:
    who = a_stakeholder()
    who = register.note_camp_on_paper(
        *(who.topic.number, who.number, "support", a_photo()),
        signed=who.requester.name,
        by=a_convenor(),
        at=now(),
    )
    assert who.paper is not None
    shelf.doom(who.paper.path)

    tidy_photos(at=now() + A_DAY + timedelta(hours=2), held=is_pictured)

    assert shelf.read(who.paper.path)


def test_a_reason_that_names_the_person_is_refused() -> None:
    who = registered(a_topic("gathering").number, name="王小明", phone="13800000009")
    where = (who.topic.number, who.number, "direct")

    for told in ("王小明住在里面", "电话 138 0000 0009"):
        with pytest.raises(TellsWho):
            register.mark_affected(*where, told, by=a_convenor(), at=LATER)
    register.mark_affected(*where, "住在车棚里", by=a_convenor(), at=LATER)

    who.refresh_from_db()
    assert who.must_because == "住在车棚里"
