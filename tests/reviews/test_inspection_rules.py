"""How the points of an inspection are counted."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mingchuang.people.rules.roles import Role, Scope
from mingchuang.reviews.models import Inspection
from mingchuang.reviews.rules.inspections import (
    Answer,
    Marked,
    State,
    is_known,
    lost,
    may_step,
    points_text,
    rights_of,
    score,
)
from mingchuang.reviews.rules.inspections import Deed as Done
from mingchuang.reviews.rules.offices import offices_of
from mingchuang.reviews.templatetags.inspections import trend_chart

answers = st.sampled_from(list(Answer))


@st.composite
def marks(draw: st.DrawFn) -> Marked:
    maximum = draw(st.integers(1, 1000))
    deduction = draw(st.integers(1, maximum))
    return Marked(maximum, deduction, draw(answers), draw(st.integers(0, 99)))


some = st.lists(marks(), max_size=60)


def test_a_finding_costs_what_it_says() -> None:
    walk = [Marked(100, 25, Answer.KEPT), Marked(100, 25, Answer.BROKEN, 2)]

    assert score([*walk, Marked(100, 25, Answer.NOT_APPLICABLE)]) == (150, 200)


@given(some)
def test_points_are_between_nothing_and_all(walk: list[Marked]) -> None:
    points, whole = score(walk)

    assert 0 <= points <= whole


@given(some, some)
def test_two_halves_of_a_walk_add_up(first: list[Marked], second: list[Marked]) -> None:
    whole, parts = score(first + second), (score(first), score(second))

    assert whole == tuple(map(sum, zip(*parts, strict=True)))


@given(some, marks())
def test_what_does_not_apply_changes_nothing(walk: list[Marked], one: Marked) -> None:
    assert score([*walk, one._replace(answer=Answer.NOT_APPLICABLE)]) == score(walk)


@given(marks(), st.integers(1, 99))
def test_another_finding_never_gives_points(one: Marked, more: int) -> None:
    broken = one._replace(answer=Answer.BROKEN)

    assert lost(broken) <= lost(broken._replace(times=broken.times + more)) <= one.maximum


@given(st.integers(0, 100_000))
def test_points_are_written_exactly(tenths: int) -> None:
    whole, _dot, rest = points_text(tenths).partition(".")

    assert int(whole) * 10 + int(rest or 0) == tenths


def test_who_saw_what_stands_may_write_over_it() -> None:
    assert is_known("", [], "new")
    assert is_known("new", [], "new")
    assert is_known("old", ["older", "old"], "new")
    assert not is_known("other", ["old"], "new")


def test_nothing_follows_what_was_undone() -> None:
    assert not [deed for deed in Done if may_step(State.UNDONE, deed)]
    assert not [deed for deed in Done if may_step(State.CALLED_OFF, deed)]


def test_who_audits_the_office_they_sit_in_reads_only_what_is_over() -> None:
    above = {1: None, 2: 1, 3: 1}
    town = frozenset({1, 2, 3})
    auditor = Scope({Role.AUDITOR: town})
    insider = Scope({Role.AUDITOR: town, Role.HANDLER: frozenset({2})})
    seated = Scope({Role.AUDITOR: frozenset({2})})

    audits = [rights_of(offices_of(one, above), one) for one in (auditor, insider, seated)]

    assert [one.audits for one in audits] == [town, {1, 3}, set()]
    assert [2 in one.reads for one in audits] == [True, True, True]


def test_nobody_plans_inspections_of_their_own_office() -> None:
    above = {1: None, 2: 1, 3: 1}
    town = Scope({Role.SUPERVISOR: frozenset({1, 2, 3})})
    office = Scope({Role.SUPERVISOR: frozenset({2})})

    of_town = rights_of(offices_of(town, above), town)
    of_office = rights_of(offices_of(office, above), office)

    assert {2, 3} <= of_town.plans
    assert (of_office.plans, of_office.answers) == (frozenset(), frozenset({2}))


def test_a_bar_is_labelled_with_the_share_it_shows() -> None:
    walk = Inspection(day=date(2026, 3, 2), points=700, whole=850)

    chart = trend_chart([walk])

    assert [bar.label for bar in chart.bars] == ["70/85"]
