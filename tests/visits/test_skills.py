"""A window calls whom it can help; who waits, how long, and what the ledger tells agree with it."""

from datetime import timedelta
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.hall.models import ServiceItem
from mingchuang.visits.actions.calling import call_next, finish
from mingchuang.visits.errors import NobodyWaits
from mingchuang.visits.models import Line
from mingchuang.visits.queries.board import Board
from mingchuang.visits.queries.pace import place_of
from mingchuang.visits.queries.replayed import called_out_of_turn
from mingchuang.visits.queries.screens import hall_now
from mingchuang.visits.queries.skills import skills_at
from mingchuang.visits.queries.tickets import ticket_of
from mingchuang.visits.queries.untaken import Untaken
from mingchuang.visits.queries.waiting import lines_of, waiting_for
from mingchuang.visits.rules.skills import Skills
from mingchuang.visits.rules.turn import Turn
from tests.build import MONDAY
from tests.hall.build import an_item
from tests.visits.hall import a_clerk, a_line, a_visit

A_MINUTE = timedelta(minutes=1)
LATER = MONDAY + 10 * A_MINUTE
PLAIN, RARE, FINE, OTHER = 1, 2, 3, 4
THREE = Skills(
    {9: frozenset({PLAIN, RARE, FINE})},
    {n: frozenset({PLAIN, extra}) for n, extra in ((1, PLAIN), (2, RARE), (3, FINE))},
)
some = st.frozensets(st.integers(1, 5))


@pytest.mark.parametrize(
    ("items", "only"),
    [
        (set(), None),
        ({PLAIN}, None),
        ({OTHER}, None),
        ({RARE}, {2}),
        ({PLAIN, FINE, OTHER}, {3}),
        ({RARE, FINE}, {2, 3}),
        ({PLAIN, RARE, FINE}, None),
    ],
)
def test_those_call_who_take_in_all_of_it_and_else_those_who_take_in_some(
    items: set[int], only: set[int] | None
) -> None:
    assert THREE.only(9, frozenset(items)) == only


@given(some, st.dictionaries(st.integers(1, 4), some), some)
def test_whoever_comes_for_something_a_window_takes_in_is_called_by_one(
    line: frozenset[int], windows: dict[int, frozenset[int]], items: frozenset[int]
) -> None:
    skills = Skills({9: line}, windows)

    only = skills.only(9, items)

    taken = frozenset[int]().union(*windows.values())
    assert only is None or only <= skills.calling(9)
    assert only != frozenset() or not items & line & taken


def a_hall() -> tuple[Line, list[ServiceItem]]:
    """Three windows for what is plain; the second takes in one thing more, the third another."""
    line = a_line(windows=3)
    plain, rare, fine = line.items.get(), *(an_item(f"{line.site.code}-{n}") for n in "bc")
    line.items.add(rare, fine)
    line.site.windows.get(number=2).items.add(rare)
    line.site.windows.get(number=3).items.add(fine)
    return line, [plain, rare, fine, an_item(f"{line.site.code}-elsewhere")]


@pytest.mark.django_db
def test_the_database_lets_those_be_called_whom_the_rule_says() -> None:
    line, items = a_hall()
    wishes = list(chain.from_iterable(combinations(items, n) for n in range(len(items) + 1)))
    visits = [a_visit(line) for _ in wishes]
    for visit, wish in zip(visits, wishes, strict=True):
        visit.items.set(wish)

    skills = skills_at([line.site_id])[line.site_id]

    for window in line.site.windows.all():
        called = waiting_for(window, lines_of(window), MONDAY.date())
        assert [visit in called for visit in visits] == [
            (only := skills.only(line.pk, frozenset(one.pk for one in wish))) is None
            or window.pk in only
            for wish in wishes
        ]


@pytest.mark.django_db
def test_whom_a_window_cannot_help_it_passes_over_and_everybody_reckons_with_that() -> None:
    line, (_plain, rare, *_others) = a_hall()
    first, second = a_visit(line), a_visit(line, at=MONDAY + A_MINUTE)
    first.items.set([rare])
    clerk = a_clerk(line, 1)

    board, screen = Board(line.site, LATER), hall_now(line.site.code, at=LATER)
    places = [place_of(second, LATER), screen.tickets[second.code].place]
    turns = [ticket_of(first.code, LATER).turn, screen.tickets[first.code].turn]
    called = call_next(by=clerk, at=LATER)
    finish(by=clerk, at=LATER)
    with pytest.raises(NobodyWaits):
        call_next(by=clerk, at=LATER)

    assert board.untaken == [Untaken(first.shown, [2])]
    assert (places, turns) == ([0, 1], [Turn.SHUT, Turn.SHUT])
    assert called == second
    assert call_next(by=a_clerk(line, 2), at=LATER) == first
    assert called_out_of_turn(line.site, first.day) == []
    assert not Board(line.site, LATER).untaken
