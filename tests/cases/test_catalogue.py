"""The dispatch catalogue: which line fits a matter, and from which day to which it counts."""

from datetime import date, timedelta

import pytest

from mingchuang.cases.models import DispatchRule
from mingchuang.cases.queries.catalogue import catalogue_for
from tests.build import a_case, a_unit

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)
ONE_DAY = timedelta(days=1)


def a_line(
    matter: str = "路灯", area: str = "", *, since: date = TODAY, until: date | None = None
) -> DispatchRule:
    return DispatchRule.objects.create(
        matter=matter, area=area, unit=a_unit(), since=since, until=until
    )


def test_a_line_is_offered_where_its_matter_was_spoken_of() -> None:
    line, _other = a_line("路灯"), a_line("噪声")

    offered = catalogue_for(a_case(text="学府路的路灯不亮。"), on=TODAY)

    assert offered == [line]


def test_what_neighbours_said_counts_too() -> None:
    line = a_line("配电箱")
    case = a_case(text="楼下有东西在响。")
    case.submissions.update(text="是配电箱在响。")

    offered = catalogue_for(case, on=TODAY)

    assert offered == [line]


@pytest.mark.parametrize(("place", "fits"), [("东门街 8 号", True), ("西门街 8 号", False)])
def test_a_line_for_one_area_fits_only_there(place: str, fits: bool) -> None:
    a_line("路灯", "东门")

    offered = catalogue_for(a_case(text="路灯不亮。", place=place), on=TODAY)

    assert bool(offered) == fits


def test_the_most_exact_line_stands_first() -> None:
    wide, narrow, exact = a_line("路灯"), a_line("路灯不亮"), a_line("路灯", "东门")

    offered = catalogue_for(a_case(text="东门的路灯不亮。"), on=TODAY)

    assert offered == [exact, narrow, wide]


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (TODAY - ONE_DAY, TODAY + 30 * ONE_DAY, True),
        (date(2099, 1, 1), None, False),
        (TODAY + ONE_DAY, None, False),
        (TODAY - 9 * ONE_DAY, TODAY - ONE_DAY, False),
    ],
)
def test_a_line_counts_from_its_first_day_to_its_last(
    since: date, until: date | None, counts: bool
) -> None:
    a_line(since=since, until=until)

    offered = catalogue_for(a_case(text="路灯不亮。"), on=TODAY)

    assert bool(offered) == counts


def test_no_more_lines_are_offered_than_can_be_read() -> None:
    for area in ("", "东", "门", "东门", "学", "府", "学府"):
        a_line("路灯", area)

    offered = catalogue_for(a_case(text="东门学府路的路灯不亮。"), on=TODAY)

    assert len(offered) == 5
