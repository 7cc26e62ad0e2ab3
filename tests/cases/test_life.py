from hypothesis import given
from hypothesis import strategies as st

from mingchuang.cases.rules.life import (
    ANSWERED,
    LIFE,
    OPEN,
    RECEIVED,
    RUNNING,
    UNMERGED,
    State,
    may_step,
    state_told,
    steps_from,
)

verbs = st.sampled_from(sorted(LIFE))


def test_a_case_walks_from_word_to_archive() -> None:
    walk = ["case.accepted", "case.dispatched", "case.acknowledged", "case.replied"]

    told = state_told([(RECEIVED, {}), *((verb, {}) for verb in walk), ("case.archived", {})])

    assert told == State.ARCHIVED


def test_an_archived_case_moves_no_more() -> None:
    assert steps_from(State.ARCHIVED) == frozenset()


def test_a_received_case_cannot_be_replied_to_by_a_unit() -> None:
    assert not may_step(State.RECEIVED, "case.replied")


def test_entries_that_skip_a_step_tell_no_state() -> None:
    assert state_told([(RECEIVED, {}), ("case.replied", {})]) is None


def test_entries_without_a_beginning_tell_no_state() -> None:
    assert state_told([("case.accepted", {})]) is None


def test_an_unmerged_case_is_again_what_it_was() -> None:
    told = state_told(
        [
            (RECEIVED, {}),
            ("case.accepted", {}),
            ("case.merged", {"master": "YJ-2026-000001"}),
            (UNMERGED, {"state": "accepted"}),
        ]
    )

    assert told == State.ACCEPTED


def test_every_open_case_may_be_merged_or_withdrawn() -> None:
    assert all({"case.merged", "case.withdrawn"} <= steps_from(state) for state in OPEN)


def test_a_paused_or_answered_case_owes_nothing_by_the_clock() -> None:
    assert RUNNING.isdisjoint({State.PAUSED, State.REPLIED})
    assert {State.REPLIED, State.ARCHIVED} == ANSWERED


def test_every_state_but_received_is_reached_by_some_verb() -> None:
    assert {step.end for step in LIFE.values()} == set(State)


@given(st.lists(verbs, max_size=12))
def test_what_the_entries_tell_is_what_the_table_allows(walk: list[str]) -> None:
    state: State | None = State.RECEIVED
    for verb in walk:
        state = LIFE[verb].end if state and may_step(state, verb) else None

    assert state_told([(RECEIVED, {}), *((verb, {}) for verb in walk)]) == state
