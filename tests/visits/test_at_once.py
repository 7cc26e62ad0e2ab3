"""Many give out numbers and many call at the same moment: no number twice, nobody called twice."""

from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest

from mingchuang.ledger.models import Entry
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from mingchuang.visits.actions.booking import cancel_visit
from mingchuang.visits.actions.calling import call_next, finish
from mingchuang.visits.actions.desks import sign_on
from mingchuang.visits.actions.numbers import issue_visit
from mingchuang.visits.errors import NobodyWaits, WrongStep
from mingchuang.visits.models import Call, Line, Visit
from mingchuang.visits.rules.life import State, state_told
from tests.build import MONDAY, a_person
from tests.tools.together import at_once
from tests.visits.hall import a_clerk, a_line

pytestmark = pytest.mark.django_db(transaction=True)

KIOSKS, EACH, WINDOWS = 4, 12, 3
LATER = MONDAY + timedelta(hours=1)


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

    became = at_once(*deeds)

    all_of_them = list(range(1, KIOSKS * EACH + 1))
    given = Visit.objects.order_by("number").values_list("number", flat=True)
    assert became == ["done"] * len(deeds)
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

    became = at_once(*[partial(calls, clerk) for clerk in clerks])

    told = Entry.objects.filter(verb="visit.called").order_by("pk")
    visits = list(Visit.objects.order_by("pk"))
    green = [visit.subject for visit in visits if visit.green]
    others = [visit.subject for visit in visits if not visit.green]
    assert became == ["done"] * WINDOWS
    expected = [*green[:3], others[0], green[3], *others[1:]]
    assert list(told.values_list("subject", flat=True)) == expected


def test_taps_that_come_together_are_one_number() -> None:
    line = a_line()
    tap = partial(issue_visit, line, key="tap", origin="kiosk", at=MONDAY)

    assert at_once(*[tap] * 6) == ["done"] * 6
    assert Visit.objects.get().shown == "A001"


def test_of_many_who_sit_down_at_one_window_at_once_one_does() -> None:
    line = a_line()
    window = line.site.windows.get().pk
    people = [a_person(Role.RECEPTION, unit=line.site.unit) for _ in range(4)]

    became = at_once(*[partial(sign_on, window, by=person, at=MONDAY) for person in people])

    assert became == ["done", *["window_taken"] * 3]


def test_who_takes_a_number_back_while_it_is_called_is_called_or_gone_and_never_both() -> None:
    line = a_line()
    visits = [issue_visit(line, key=f"{n}", origin="kiosk", at=MONDAY) for n in range(12)]
    clerk = a_clerk(line)

    def calls() -> None:
        for _ in visits:
            try:
                call_next(by=clerk, at=LATER)
            except NobodyWaits:
                return
            finish(by=clerk, at=LATER)

    def takes_back() -> None:
        for visit in visits:
            with suppress(WrongStep):
                cancel_visit(visit.code, at=LATER)

    at_once(calls, takes_back)

    for visit in Visit.objects.all():
        told = Entry.objects.filter(subject=visit.subject).order_by("pk")
        assert state_told(told.values_list("verb", flat=True)) == visit.state
