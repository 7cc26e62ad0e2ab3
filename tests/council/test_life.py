"""A topic goes one way, and the ledger tells how it stands."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.council.rules.address import address_typed
from mingchuang.council.rules.life import ENDED, LIFE, OPEN, State, may_step, state_told
from mingchuang.council.rules.register import known_features, number_parts

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


@pytest.mark.parametrize(
    "spellings",
    [
        "3幢201 ３幢２０１ 3幢201室 3号楼201 3栋201号 3座-201 3#201 3号201室 3-201 ３－２０１ "
        "03—0201 3号楼0201房",
        "3幢2单元201 3号楼02单元-201室 3-2-201 3幢2-201 ３栋２单元０２０１",
        "a座201 A-201 Ａ座２０１室",
        "201 201室 0201 ２０１房",
        "2单元201 02单元0201室",
        "紫竹苑3幢201 紫竹苑3号楼201室 紫竹苑03-201",
        "12弄3号201 12弄3号楼201室",
    ],
)
def test_one_household_is_one_however_it_is_spelt(spellings: str) -> None:
    assert len({address_typed(one) for one in spellings.split()}) == 1


def test_what_may_be_another_household_stays_one_of_its_own() -> None:
    typed = "3幢201 3幢2单元201 3幢1单元201 13幢201 3幢20 3楼201 3幢2层201 3幢201A 201 A201 A幢201 "
    typed += (
        "2单元201 紫竹苑3幢201 竹苑3幢201 12弄3号201 2弄3号201 12号 12 3幢 3幢阁楼 车库3 地下室"
    )

    assert len({address_typed(one) for one in typed.split()}) == len(typed.split())
    assert [address_typed(one) for one in ("3幢 阁楼", " 地下室", "", " ")] == [
        "3幢阁楼",
        "地下室",
        "",
        "",
    ]


def test_only_features_that_are_known_are_kept() -> None:
    given = {"age": "70+", "mobility": "diabetes", "building": " 3幢 ", "income": "low"}

    assert known_features(given) == {"age": "70+", "building": "3幢"}


def test_a_number_is_read_as_people_type_it() -> None:
    assert number_parts("ｙｓ-2026-0012") == ("YS-2026", 12)
    assert number_parts("YS-2026-") is None
