"""The owners' ballot, counted exactly: by head and by area (Civil Code, article 278)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.council.rules.ballot import (
    GRAVE,
    ITEM,
    Choice,
    Count,
    Matter,
    Measure,
    Outcome,
    Stage,
    Tally,
    Threshold,
    Voter,
    count,
    outcome,
    thresholds,
)

choices = st.sampled_from([*Choice, None])
voters = st.lists(st.builds(Voter, st.integers(1, 50_000), choices), min_size=1, max_size=60)
matters = st.sampled_from(Matter)


def of(stage: Stage, measure: Measure, tally: Tally, matter: Matter) -> Threshold:
    return next(
        bar for bar in thresholds(tally, matter) if (bar.stage, bar.measure) == (stage, measure)
    )


def yes(many: int, *, area: int = 100_00) -> list[Voter]:
    return [Voter(area, Choice.FOR)] * many


def no(many: int, *, area: int = 100_00) -> list[Voter]:
    return [Voter(area, Choice.AGAINST)] * many


def out(many: int, *, area: int = 100_00) -> list[Voter]:
    return [Voter(area)] * many


def test_the_matters_stand_in_the_order_of_the_law() -> None:
    assert ITEM[Matter.USE_FUND] == 5
    assert sorted(ITEM[matter] for matter in GRAVE) == [6, 7, 8]


@pytest.mark.parametrize(
    ("matter", "voted", "decided"),
    [
        # Two thirds take part, itself included; more than half, itself not.
        (Matter.USE_FUND, yes(4) + no(2) + out(3), Outcome.PASSED),
        (Matter.USE_FUND, yes(5) + out(3), Outcome.TOO_FEW),
        (Matter.USE_FUND, yes(3) + no(3) + out(3), Outcome.NOT_AGREED),
        # Three quarters, itself included.
        (Matter.RAISE_FUND, yes(6) + no(2) + out(4), Outcome.PASSED),
        (Matter.RAISE_FUND, yes(5) + no(2) + out(2), Outcome.NOT_AGREED),
        # By area too few took part, though by head enough did; and the other way round.
        (Matter.OTHER, yes(8) + out(1, area=500_00), Outcome.TOO_FEW),
        (Matter.OTHER, yes(2, area=500_00) + out(4), Outcome.TOO_FEW),
        # One flat as large as all others together: agreed by head and not by area.
        (Matter.OTHER, yes(4) + no(1, area=400_00), Outcome.NOT_AGREED),
        (Matter.OTHER, [], Outcome.TOO_FEW),
    ],
)
def test_a_matter_is_decided_by_head_and_by_area(
    matter: Matter, voted: list[Voter], decided: Outcome
) -> None:
    assert outcome(count(voted), matter) == decided


def test_who_abstains_takes_part_and_does_not_agree() -> None:
    tally = count([*yes(3), *no(1), Voter(100_00, Choice.ABSTAIN), Voter(100_00, Choice.ABSTAIN)])

    assert tally.part == Count(6, 600_00)
    assert outcome(tally, Matter.USE_FUND) == Outcome.NOT_AGREED


def test_a_paper_that_is_out_is_never_added_to_the_majority() -> None:
    tally = count(yes(66) + out(34))

    bar = of(Stage.TAKE_PART, Measure.HEADS, tally, Matter.USE_FUND)

    assert (bar.reached, bar.of, bar.needed, bar.missing) == (66, 100, 67, 1)
    assert outcome(tally, Matter.USE_FUND) == Outcome.TOO_FEW


def test_who_agrees_late_raises_the_bar_as_well() -> None:
    tally = count(yes(70) + no(30) + out(20))

    bar = of(Stage.AGREE, Measure.HEADS, tally, Matter.REBUILD)

    assert (bar.missing, bar.still) == (5, 20)
    assert outcome(count(yes(90) + no(30)), Matter.REBUILD) == Outcome.PASSED
    assert outcome(count(yes(89) + no(30)), Matter.REBUILD) == Outcome.NOT_AGREED


def test_a_hundredth_of_a_square_metre_decides() -> None:
    needed = of(Stage.TAKE_PART, Measure.AREA, count(out(1, area=100_00)), Matter.OTHER).needed

    assert needed == 66_67


@given(voters, matters)
def test_every_bar_is_exactly_the_fraction_of_the_law(all_: list[Voter], matter: Matter) -> None:
    tally = count(all_)

    for bar in thresholds(tally, matter):
        share = Fraction(bar.reached, bar.of) if bar.of else Fraction(0)
        lawful = share > bar.share if bar.is_strict else share >= bar.share
        assert bar.is_met == lawful
        assert bar.is_met == (bar.missing == 0)


@given(voters, matters, st.sampled_from(Measure))
def test_what_is_still_missing_is_enough_and_one_less_is_not(
    all_: list[Voter], matter: Matter, measure: Measure
) -> None:
    bar = of(Stage.AGREE, measure, count(all_), matter)

    def met(more: int) -> bool:
        return bar._replace(reached=bar.reached + more, of=bar.of + more).is_met

    assert met(bar.still)
    assert bar.still == 0 or not met(bar.still - 1)


@given(voters)
def test_every_head_and_hundredth_is_counted_once(all_: list[Voter]) -> None:
    tally = count(all_)
    waiting = [one for one in all_ if one.choice is None]

    assert tally.all == Count(len(all_), sum(one.area for one in all_))
    assert tally.part.heads + len(waiting) == tally.all.heads
    assert tally.part.area + sum(one.area for one in waiting) == tally.all.area
