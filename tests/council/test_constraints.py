"""The database is the last guard of the council: what would break a promise it refuses."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import F

from mingchuang.council.models import (
    Household,
    Invitation,
    Option,
    Place,
    Refill,
    Stakeholder,
    Topic,
)
from tests.build import AN_HOUR, MONDAY
from tests.council.ballot_breaches import BALLOT_BREACHES
from tests.council.breaches import Breach, again, changed
from tests.council.build import (
    a_committed_lottery,
    a_convenor,
    a_drawn_lottery,
    a_lottery,
    a_picture,
    a_refill,
    a_roster,
    a_seat,
    a_stakeholder,
    a_topic,
)
from tests.council.sitting_breaches import OF_SITTINGS

pytestmark = pytest.mark.django_db

ROOM = apps.get_app_config("council")


def an_option() -> Option:
    return a_topic().options.get(number=1)


def a_place() -> Place:
    return Place.objects.create(topic=a_topic(), number=1, name="3幢车棚")


def a_household() -> Household:
    return a_stakeholder().household


def an_open_topic() -> Topic:
    return a_topic("gathering")


def somebody_with_a_phone() -> Stakeholder:
    return a_stakeholder(phone="13800000001")


def somebody_against() -> Stakeholder:
    who = a_stakeholder()
    who.camp, who.proof, who.camp_at = "oppose", "link", MONDAY
    who.save()
    return who


def a_call() -> Invitation:
    seat = a_seat()
    return Invitation.objects.create(
        roster=seat.roster,
        stakeholder=seat.stakeholder,
        channel="call",
        outcome="reached",
        by=a_convenor(),
        at=MONDAY,
    )


def a_second_of_one_household() -> None:
    seat = a_seat()
    other = a_stakeholder(seat.roster.topic)
    a_seat(seat.roster, stakeholder=other, household=seat.household)


def a_second_refill_of_one_seat() -> None:
    seat = a_seat(state="declined", answered_at=MONDAY)
    for _ in range(2):
        a_seat(seat.roster, why="refill", refills=seat)


def a_refill_of_nobody() -> Refill:
    refill = a_refill()
    refill.made_at, refill.impossible = MONDAY, {"over": True}
    refill.save()
    return refill


def a_seat_that_refills_itself() -> None:
    seat = a_seat()
    type(seat).objects.filter(pk=seat.pk).update(why="refill", refills=seat)


BREACHES: Mapping[str, Breach] = {
    **BALLOT_BREACHES,
    "council_topic_state_is_known": changed(an_open_topic, state="forgotten", ended_at=MONDAY),
    "council_topic_does_not_follow_itself": changed(a_topic, follows=F("pk")),
    "council_topic_legal_is_known": changed(a_topic, legal="decree"),
    "council_topic_says_what_it_is": changed(a_topic, background=""),
    "council_topic_from_a_case_names_it": changed(a_topic, origin="case"),
    "council_topic_was_opened": changed(a_topic, state="gathering"),
    "council_topic_dropped_has_a_reason": changed(a_topic, state="dropped", ended_at=MONDAY),
    "council_topic_ended_when_it_ended": changed(a_topic, ended_at=MONDAY),
    "council_option_number_once": again(an_option),
    "council_option_says_something": changed(an_option, text=""),
    "council_place_number_once": again(a_place),
    "council_place_has_a_name": changed(a_place, name=""),
    "council_picture_has_a_hash": changed(a_picture, sha256="abc"),
    "council_household_once_a_topic": again(a_household),
    "council_household_label_and_index_come_together": changed(a_household, label_index=""),
    "council_stakeholder_salt_whole_or_erased": changed(a_stakeholder, salt=b"short"),
    "council_stakeholder_number_once": again(a_stakeholder, code="c", key="k"),
    "council_stakeholder_phone_once": again(somebody_with_a_phone, code="c", key="k", number=99),
    "council_stakeholder_taken_out_says_why": changed(a_stakeholder, taken_out_at=MONDAY),
    "council_stakeholder_is_apart_or_alike": changed(
        a_stakeholder, apart_at=MONDAY, alike_because="问错了"
    ),
    "council_stakeholder_affected_is_known": changed(a_stakeholder, affected="somehow"),
    "council_stakeholder_must_has_a_reason": changed(a_stakeholder, affected="direct"),
    "council_camp_has_a_proof": changed(a_stakeholder, camp="oppose"),
    "council_camp_on_paper_shows_it": changed(somebody_against, proof="paper"),
    "council_camp_by_objection_names_it": changed(somebody_against, proof="objection"),
    "council_roster_number_once": again(a_roster),
    "council_seat_once_a_person": again(
        lambda: a_seat(state="declined", answered_at=MONDAY), state="drawn", answered_at=None
    ),
    "council_seat_once_a_household": a_second_of_one_household,
    "council_seat_state_is_known": changed(a_seat, state="sold", answered_at=MONDAY),
    "council_seat_refill_names_whose": changed(a_seat, why="refill"),
    "council_seat_does_not_refill_itself": a_seat_that_refills_itself,
    "council_seat_answered_when_answered": changed(a_seat, state="accepted"),
    "council_seat_lost_has_a_reason": changed(a_seat, state="lost", answered_at=MONDAY),
    "council_proxy_has_a_mandate": changed(a_seat, mandate="电话里说的"),
    "council_lottery_number_once": again(lambda: a_lottery(voided_at=MONDAY, voided_because="错")),
    "council_lottery_one_live_a_roster": again(a_lottery, number=2),
    "council_lottery_has_seats": changed(a_lottery, size=0),
    "council_lottery_commits_to_a_plan": changed(a_lottery, commitment="sha256:"),
    "council_lottery_is_committed_before_its_dice": changed(
        a_drawn_lottery, drawn_at=MONDAY - AN_HOUR
    ),
    "council_lottery_share_is_a_share": changed(a_lottery, share=101),
    "council_lottery_is_made_or_not": changed(a_lottery, made_at=MONDAY),
    "council_refill_round_once": again(a_refill_of_nobody),
    "council_refill_one_at_a_time": again(a_refill, round=2),
    "council_refill_is_made_or_not": changed(a_refill, made_at=MONDAY),
    "council_refill_has_a_ticket": changed(a_refill, ticket=7),
    "council_lottery_void_has_a_reason": changed(a_lottery, voided_at=MONDAY),
    "council_invitation_outcome_is_possible": changed(a_call, outcome="left"),
    "council_notice_is_shown_where_it_hangs": changed(a_call, channel="notice", outcome="left"),
    "council_invitation_tried_before_written": changed(a_call, tried_at=MONDAY + AN_HOUR),
    "council_invitation_made_by_somebody": changed(a_call, by=None),
    **OF_SITTINGS,
}
UNIQUE = {
    constraint.name: "UNIQUE constraint failed: "
    + ", ".join(
        f"{model._meta.db_table}.{model._meta.get_field(name).get_attname()}"  # type: ignore[union-attr]
        for name in constraint.fields
    )
    for model in ROOM.get_models()
    for constraint in model._meta.constraints
    if isinstance(constraint, models.UniqueConstraint)
}


def test_every_constraint_of_the_room_is_tried() -> None:
    named = {c.name for model in ROOM.get_models() for c in model._meta.constraints}

    assert set(BREACHES) == named


@pytest.mark.parametrize("name", sorted(set(BREACHES) - set(UNIQUE)))
def test_the_database_refuses(name: str) -> None:
    breach = BREACHES[name]

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        breach()


# SQLite names the columns of a broken uniqueness and PostgreSQL the constraint.
@pytest.mark.parametrize("name", sorted(UNIQUE))
def test_the_database_refuses_a_second(name: str) -> None:
    breach = BREACHES[name]

    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        breach()

    assert str(broken.value) == UNIQUE[name] or f'"{name}"' in str(broken.value)


def test_a_seat_is_refilled_once() -> None:
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        a_second_refill_of_one_seat()


@pytest.mark.parametrize(
    "thrown",
    [
        {"dice": "4,7,1", "ticket": 471, "drawn_at": MONDAY + AN_HOUR},
        {"dice": "4,7,1"},
        {"ticket": 471},
    ],
)
def test_there_are_no_dice_without_a_commitment(thrown: dict[str, Any]) -> None:
    lottery = a_lottery()

    with pytest.raises(IntegrityError, match="before_its_dice"), transaction.atomic():
        type(lottery).objects.filter(pk=lottery.pk).update(**thrown)


def test_dice_are_thrown_later_than_the_commitment_and_not_with_it() -> None:
    lottery = a_committed_lottery()
    thrown = {"dice": "4,7,1", "ticket": 471}

    with pytest.raises(IntegrityError, match="before_its_dice"), transaction.atomic():
        type(lottery).objects.filter(pk=lottery.pk).update(**thrown, drawn_at=MONDAY)
    type(lottery).objects.filter(pk=lottery.pk).update(
        **thrown, drawn_at=MONDAY + timedelta(microseconds=1)
    )


def test_a_household_whose_seat_was_declined_may_be_drawn_again() -> None:
    seat = a_seat(state="declined", answered_at=MONDAY)
    other = a_stakeholder(seat.roster.topic)

    refill = a_seat(
        seat.roster, stakeholder=other, household=seat.household, why="refill", refills=seat
    )

    assert list(seat.roster.seats.held()) == [refill]


def test_a_second_lottery_leaves_the_first_to_be_seen() -> None:
    first = a_lottery(voided_at=MONDAY, voided_because="名册漏了一户。")

    second = a_lottery(roster=first.roster, number=2)

    assert list(first.roster.lotteries.all()) == [first, second]
    assert list(first.roster.lotteries.live()) == [second]
