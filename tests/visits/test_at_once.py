"""Many give out numbers and many call at the same moment: no number twice, nobody called twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connections

from mingchuang.ledger.models import Entry
from mingchuang.people.models import Person
from mingchuang.visits.actions.calling import call_next, finish
from mingchuang.visits.actions.numbers import issue_visit
from mingchuang.visits.errors import NobodyWaits
from mingchuang.visits.models import Call, Line, Visit
from mingchuang.visits.rules.life import State
from tests.build import MONDAY
from tests.visits.hall import a_clerk, a_line

pytestmark = pytest.mark.django_db(transaction=True)

KIOSKS, EACH, WINDOWS = 4, 12, 3
LATER = MONDAY + timedelta(hours=1)


def _alone(deed: Callable[[], None]) -> None:
    try:
        deed()
    finally:
        connections.close_all()


def _give(line: Line, kiosk: int) -> None:
    for n in range(EACH):
        green = "elderly" if n % 5 == 4 else ""
        issue_visit(line, key=f"{kiosk}-{n}", origin="kiosk", green=green, at=MONDAY)


def _call_all(clerk: Person) -> None:
    while Call.objects.count() < KIOSKS * EACH:
        try:
            call_next(by=clerk, at=LATER)
        except NobodyWaits:
            continue
        finish(by=clerk, at=LATER)


def test_no_number_is_given_twice_and_nobody_is_called_twice() -> None:
    line = a_line(windows=WINDOWS)
    clerks = [a_clerk(line, number) for number in range(1, WINDOWS + 1)]
    deeds = [partial(_give, line, kiosk) for kiosk in range(KIOSKS)]
    deeds += [partial(_call_all, clerk) for clerk in clerks]

    with ThreadPoolExecutor(len(deeds)) as people:
        list(people.map(_alone, deeds))

    all_of_them = list(range(1, KIOSKS * EACH + 1))
    given = Visit.objects.order_by("number").values_list("number", flat=True)
    assert list(given) == all_of_them
    called = Call.objects.values_list("visit", flat=True)
    assert len(called) == len(set(called)) == len(all_of_them)
    assert set(Visit.objects.values_list("state", flat=True)) == {State.FINISHED}


def test_the_order_of_the_ledger_is_the_order_of_the_rule() -> None:
    line = a_line(windows=WINDOWS)
    _give(line, 0)
    _give(line, 1)
    clerks = [a_clerk(line, number) for number in range(1, WINDOWS + 1)]

    def calls(clerk: Person) -> None:
        for _ in range(2 * EACH // WINDOWS):
            call_next(by=clerk, at=LATER)
            finish(by=clerk, at=LATER)

    with ThreadPoolExecutor(WINDOWS) as people:
        list(people.map(_alone, [partial(calls, clerk) for clerk in clerks]))

    told = Entry.objects.filter(verb="visit.called").order_by("pk")
    visits = list(Visit.objects.order_by("pk"))
    green = [visit.subject for visit in visits if visit.green]
    others = [visit.subject for visit in visits if not visit.green]
    expected = [*green[:3], others[0], green[3], *others[1:]]
    assert list(told.values_list("subject", flat=True)) == expected
