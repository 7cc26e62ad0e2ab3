"""Figures are what the ledger tells: counted by hand, after everything people do at random."""

import pytest
from hypothesis import settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from mingchuang.cases.queries.basis import FiguresFilter
from mingchuang.cases.queries.figures import count_figures
from mingchuang.cases.rules.figures import month_of
from tests.build import MONDAY, a_callback_clerk, a_dispatcher, a_supervisor, a_unit
from tests.cases.counting import differences
from tests.cases.test_machine import FIXED, Desk


class CountedDesk(Desk):
    @invariant()
    def the_figures_are_what_the_ledger_tells(self) -> None:
        for wanted in (
            FiguresFilter(month_of(MONDAY.date())),
            FiguresFilter(month_of(self.now.date())),
        ):
            found = count_figures(wanted, scope=None, now=self.now)
            assert not list(differences(found, wanted, self.now))


@pytest.mark.django_db
def test_whatever_people_do_the_figures_are_what_the_ledger_tells() -> None:
    for prepare in (a_unit, a_unit, a_unit, a_dispatcher, a_supervisor, a_callback_clerk):
        prepare()

    run_state_machine_as_test(CountedDesk, settings=settings(FIXED, max_examples=3))
