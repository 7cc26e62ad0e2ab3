"""People say what they want: for, against, or yes, if; and others join their conditions."""

import pytest

from mingchuang.council.actions.positions import (
    Wanted,
    join_condition,
    note_position,
    say_position,
)
from mingchuang.council.errors.sittings import (
    ConditionNeeded,
    ConditionUnheard,
    NoSuchCondition,
    NoSuchOption,
    NotThere,
    OneConditionOnly,
    PositionsShut,
)
from mingchuang.council.models import Condition, Joining, Position
from mingchuang.council.queries.positions import conditions_of, my_options
from mingchuang.ledger.models import Entry
from tests.build import A_DAY, MONDAY
from tests.council.build import a_convenor, a_stakeholder, a_topic
from tests.council.sittings import SATURDAY, a_decision, a_late_comer, a_sitting, one_of

pytestmark = pytest.mark.django_db
QUIET = "晚上十点以后不开灯"


def test_somebody_says_yes_if_and_their_condition_stands_for_all_to_read() -> None:
    who = a_stakeholder(a_topic("gathering"))

    position = say_position(who.code, Wanted(1, "if", text=QUIET), at=MONDAY)

    assert (position.condition.number, position.condition.text) == (1, QUIET)  # type: ignore[union-attr]
    told = Entry.objects.get(verb="position.stated").facts
    assert told == {"option": 1, "witness": position.witness}


def test_a_neighbour_joins_a_condition_and_it_is_one() -> None:
    topic = a_topic("gathering")
    first, second = a_stakeholder(topic), a_stakeholder(topic)
    say_position(first.code, Wanted(1, "if", text=QUIET), at=MONDAY)

    say_position(second.code, Wanted(1, "if", joins=1), at=MONDAY)

    assert [one.many for one in conditions_of(topic)] == [2]  # type: ignore[attr-defined]


def test_who_is_against_may_ask_for_the_condition_all_the_same() -> None:
    topic = a_topic("gathering")
    first, second = a_stakeholder(topic), a_stakeholder(topic)
    say_position(first.code, Wanted(1, "if", text=QUIET), at=MONDAY)
    say_position(second.code, Wanted(1, "against"), at=MONDAY)

    join_condition(second.code, 1, 1, at=MONDAY)

    assert Position.objects.standing().get(stakeholder=second).stance == "against"
    assert [one.many for one in conditions_of(topic)] == [2]  # type: ignore[attr-defined]
    assert Entry.objects.filter(verb="condition.seconded").count() == 1


def test_who_wants_it_without_conditions_now_asks_for_none() -> None:
    topic = a_topic("gathering")
    first, second = a_stakeholder(topic), a_stakeholder(topic)
    say_position(first.code, Wanted(1, "if", text=QUIET), at=MONDAY)
    say_position(second.code, Wanted(1, "if", joins=1), at=MONDAY)

    say_position(second.code, Wanted(1, "for"), at=MONDAY + A_DAY)

    assert [one.many for one in conditions_of(topic)] == [1]  # type: ignore[attr-defined]
    assert [one.joined for one in my_options(second)] == [set(), set()]


def test_who_asks_for_it_in_two_ways_is_one() -> None:
    topic = a_topic("gathering")
    first = a_stakeholder(topic)
    say_position(first.code, Wanted(1, "if", text=QUIET), at=MONDAY)

    join_condition(first.code, 1, 1, at=MONDAY)

    assert [one.many for one in conditions_of(topic)] == [1]  # type: ignore[attr-defined]


@pytest.mark.parametrize("stance", ["for", "against"])
def test_words_of_ones_own_are_not_lost_with_another_stance(stance: str) -> None:
    who = a_stakeholder(a_topic("gathering"))

    with pytest.raises(ConditionUnheard):
        say_position(who.code, Wanted(1, stance, text=QUIET), at=MONDAY)

    assert not Position.objects.exists()


def test_words_of_ones_own_are_not_lost_beside_a_condition_of_another() -> None:
    topic = a_topic("gathering")
    first, second = a_stakeholder(topic), a_stakeholder(topic)
    say_position(first.code, Wanted(1, "if", text=QUIET), at=MONDAY)

    with pytest.raises(OneConditionOnly):
        say_position(second.code, Wanted(1, "if", joins=1, text="装喷淋"), at=MONDAY)


def test_yes_if_without_a_condition_is_asked_again() -> None:
    who = a_stakeholder(a_topic("gathering"))

    with pytest.raises(ConditionNeeded):
        say_position(who.code, Wanted(1, "if", text="  "), at=MONDAY)


def test_who_changes_their_mind_has_one_position_and_both_on_record() -> None:
    who = a_stakeholder(a_topic("gathering"))
    say_position(who.code, Wanted(1, "against"), at=MONDAY)

    say_position(who.code, Wanted(1, "for"), at=MONDAY + A_DAY)

    assert Position.objects.standing().get().stance == "for"
    assert [p.stance for p in Position.objects.order_by("at")] == ["against", "for"]


def test_a_position_is_of_ones_own_topic() -> None:
    who = a_stakeholder(a_topic("gathering"))

    with pytest.raises(NoSuchOption, match="第 9 种"):
        say_position(who.code, Wanted(9, "for"), at=MONDAY)
    with pytest.raises(NoSuchCondition):
        say_position(who.code, Wanted(1, "if", joins=7), at=MONDAY)


def test_what_is_said_at_a_sitting_is_known_to_be_said_there() -> None:
    sitting = a_sitting("open")
    outside = a_late_comer(sitting)

    there = say_position(one_of(sitting).code, Wanted(1, "for"), at=SATURDAY)
    elsewhere = say_position(outside.code, Wanted(1, "for"), at=SATURDAY)

    assert (there.sitting, elsewhere.sitting) == (sitting, None)


def test_the_recorder_writes_for_somebody_who_is_there_and_for_nobody_else() -> None:
    sitting = a_sitting("open")
    who, absent = one_of(sitting), a_late_comer(sitting)
    where, by = (sitting.topic.number, 1), a_convenor()

    position = note_position(*where, who.number, Wanted(2, "against"), by=by, at=SATURDAY)
    with pytest.raises(NotThere, match=str(absent.number)):
        note_position(*where, absent.number, Wanted(2, "for"), by=by, at=SATURDAY)

    assert (position.by, position.stakeholder) == (by, who)


def test_when_it_is_decided_nobody_takes_sides_any_more() -> None:
    decision = a_decision()

    with pytest.raises(PositionsShut):
        say_position(one_of(decision.sitting).code, Wanted(1, "against"), at=SATURDAY)


def test_who_stands_on_another_register_asks_for_nothing_here() -> None:
    topic = a_topic("gathering")
    stranger = a_stakeholder()
    say_position(a_stakeholder(topic).code, Wanted(1, "if", text=QUIET), at=MONDAY)
    condition = Condition.objects.get()

    Joining.objects.create(condition=condition, stakeholder=stranger, at=MONDAY)

    assert [one.many for one in conditions_of(topic)] == [1]  # type: ignore[attr-defined]
