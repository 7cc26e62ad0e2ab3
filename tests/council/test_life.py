"""A topic goes one way, and the ledger tells how it stands."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mingchuang.council.rules.life import ENDED, LIFE, OPEN, State, may_step, state_told
from mingchuang.council.rules.register import household_typed, known_features, number_parts

VERBS = sorted(LIFE)
LONG_WAY = [
    "topic.proposed",
    "topic.opened",
    "topic.gathered",
    "topic.drawn",
    "topic.convened",
    "topic.decided",
    "topic.closed",
]


def test_a_topic_is_proposed_opened_drawn_decided_and_closed() -> None:
    states = [state_told(LONG_WAY[:n]) for n in range(1, len(LONG_WAY) + 1)]

    assert states == [
        State.PROPOSED,
        State.GATHERING,
        State.DRAWING,
        State.INVITING,
        State.SITTING,
        State.DECIDED,
        State.CLOSED,
    ]


def test_who_sat_without_a_decision_invites_again() -> None:
    assert state_told([*LONG_WAY[:5], "topic.adjourned"]) == State.INVITING


@given(st.lists(st.sampled_from(VERBS), max_size=12))
def test_what_the_table_tells_is_what_each_step_allows(verbs: list[str]) -> None:
    told = [state_told(verbs[:n]) for n in range(len(verbs) + 1)]

    possible = [
        (State(before) if before else None) in LIFE[verb]
        for verb, (before, _after) in zip(verbs, pairwise(told), strict=True)
    ]
    broken = possible.index(False) if False in possible else len(verbs)
    assert all(state is not None for state in told[1 : broken + 1])
    assert broken == len(verbs) or told[broken + 1] is None


def test_what_has_ended_goes_nowhere_and_everything_else_goes_on() -> None:
    assert not [(state, verb) for state in ENDED for verb in VERBS if may_step(state, verb)]
    assert all(any(may_step(state, verb) for verb in VERBS) for state in OPEN)


def test_a_decision_is_never_dropped() -> None:
    assert not may_step(State.DECIDED, "topic.dropped")


def test_one_household_is_one_however_it_is_typed() -> None:
    assert household_typed(" 3幢 201 ") == household_typed("３幢２０１") == "3幢201"


def test_only_features_that_are_known_are_kept() -> None:
    given = {"age": "70+", "mobility": "diabetes", "building": " 3幢 ", "income": "low"}

    assert known_features(given) == {"age": "70+", "building": "3幢"}


def test_a_number_is_read_as_people_type_it() -> None:
    assert number_parts("ｙｓ-2026-0012") == ("YS-2026", 12)
    assert number_parts("YS-2026-") is None
