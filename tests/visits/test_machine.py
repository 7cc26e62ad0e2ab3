"""A hall driven at random: numbers, calls, people who pass on, come back and go, steps that fit
and steps that do not. After every step the promises hold, and each visit stands as the ledger
tells it; at the end the line is played again from the ledger, and everybody was called in turn."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from mingchuang.base.errors import Refused
from mingchuang.hall.models import ServiceItem, Window
from mingchuang.ledger.models import Entry
from mingchuang.people.models import Person
from mingchuang.visits.actions import calling, desks
from mingchuang.visits.actions._window import window_of
from mingchuang.visits.actions.booking import cancel_visit
from mingchuang.visits.actions.green import change_channel
from mingchuang.visits.actions.numbers import issue_visit
from mingchuang.visits.actions.passing import miss, pass_on
from mingchuang.visits.models import Line, Visit
from mingchuang.visits.queries.replayed import called_out_of_turn
from mingchuang.visits.queries.skills import skills_at
from mingchuang.visits.queries.waiting import favoured_in_a_row, lines_of
from mingchuang.visits.rules.green import Basis
from mingchuang.visits.rules.life import AT_WINDOW, state_told
from mingchuang.visits.rules.line import GREEN_CHANNEL
from tests.build import MONDAY
from tests.hall.build import an_item
from tests.visits.hall import a_clerk, a_line

FIXED = settings(
    max_examples=20,
    stateful_step_count=50,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
HEAD_START = timedelta(minutes=GREEN_CHANNEL.favours[0].head_start)
a_while = st.sampled_from([timedelta(), timedelta(minutes=1), timedelta(minutes=9)])
which_line, who = st.integers(0, 1), st.integers(0, 2)
# What they say they come for: nothing, what two windows take in, what one does, or both.
wishes = st.sampled_from([(), (), (0,), (1,), (0, 1)])


def to_the_other_line(*, by: Person, at: datetime) -> Visit:
    """Pass on whoever stands at one's window, if anybody does."""
    visit = window_of(by).held
    other = Line.objects.exclude(pk=visit.line_id).get(site=visit.site_id)
    return pass_on(visit.pk, other.pk, by=by, at=at)


# Each is tried as often as it stands here: most steps should fit.
AT_DESK: list[Callable[..., object]] = [
    calling.finish,
    calling.start,
    calling.skip,
    calling.park,
    calling.recall,
]
AT_DESK += [to_the_other_line, calling.finish, desks.step_away, desks.come_back, desks.come_back]


class Hall(RuleBasedStateMachine):
    """Two lines, three windows: the first calls one line, the second both, the third only who came
    for one thing of the first line, which no other window takes in."""

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.now, self.given = MONDAY, 0
        self.lines: list[Line] = []
        self.clerks: list[Person] = []
        self.items: list[ServiceItem] = []

    def teardown(self) -> None:
        wrong = called_out_of_turn(self.lines[0].site, self.now.date()) if self.lines else []
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)
        assert wrong == []

    @initialize()
    def doors_open(self) -> None:
        first = a_line(windows=2)
        item = an_item(f"{first.site.code}-both")
        second = Line.objects.create(site=first.site, prefix="B", name="医疗保险")
        second.items.add(item)
        Window.objects.get(site=first.site, number=2).items.add(item)
        rare = an_item(f"{first.site.code}-rare")
        self.items = [first.items.get(), rare]
        first.items.add(rare)
        Window.objects.create(site=first.site, number=3, name="补换证件").items.add(rare)
        self.lines = [first, second]
        self.clerks = [a_clerk(first, number) for number in (1, 2, 3)]

    @rule(line=which_line, green=st.sampled_from(["", "", "elderly"]), wish=wishes, later=a_while)
    def somebody_takes_a_number(
        self, line: int, green: str, wish: tuple[int, ...], later: timedelta
    ) -> None:
        self.now += later
        self.given += 1
        key, items = f"visit-{self.given}", [] if line else [self.items[n] for n in wish]
        to = self.lines[line]
        issue_visit(to, key=key, origin="kiosk", green=green, items=items, at=self.now)

    @rule(clerk=who, later=a_while)
    def a_window_calls_the_next(self, clerk: int, later: timedelta) -> None:
        self.now += later
        by = self.clerks[clerk]
        window = Window.objects.get(desks__person=by)
        lines = lines_of(window)
        row = favoured_in_a_row(lines, self.now.date())
        before = self._may_come_to(window, lines)
        called = self._try(partial(calling.call_next, by=by, at=self.now))
        if isinstance(called, Visit):
            assert called in before or called.for_window == window
            ordinary = [visit for visit in before if not visit.green and visit.pk != called.pk]
            assert all(_is_fair(called, passed) for passed in ordinary)
            assert not (row >= GREEN_CHANNEL.in_a_row and called.green and ordinary)

    @rule(clerk=who, doing=st.sampled_from(AT_DESK), later=a_while)
    def a_clerk_does_something(
        self, clerk: int, doing: Callable[..., object], later: timedelta
    ) -> None:
        self.now += later
        self._try(partial(doing, by=self.clerks[clerk], at=self.now))

    @rule(data=st.data(), clerk=who, later=a_while)
    def somebody_is_taken_apart(self, data: st.DataObject, clerk: int, later: timedelta) -> None:
        visits = list(Visit.objects.order_by("pk").values_list("pk", flat=True))
        if visits:
            self.now += later
            visit, by = data.draw(st.sampled_from(visits)), self.clerks[clerk]
            window = data.draw(st.sampled_from([None, *self._windows()]))
            to = data.draw(st.sampled_from(self.lines)).pk
            green = data.draw(st.sampled_from(["", "elderly"]))
            doings: list[Callable[..., object]] = [
                partial(calling.call_out_of_turn, visit, "老人不适"),
                partial(calling.take_up, visit),
                partial(calling.bring_back, visit),
                partial(change_channel, visit, green, Basis.SAID, reason="本人说的"),
                partial(pass_on, visit, to, window=window),
                partial(miss, visit),
            ]
            self._try(partial(data.draw(st.sampled_from(doings)), by=by, at=self.now))

    @rule(data=st.data())
    def somebody_gives_a_number_back(self, data: st.DataObject) -> None:
        codes = list(Visit.objects.order_by("pk").values_list("code", flat=True))
        if codes:
            self._try(partial(cancel_visit, data.draw(st.sampled_from(codes)), at=self.now))

    @invariant()
    def a_window_has_one_visit_and_a_number_one_holder(self) -> None:
        visits = list(Visit.objects.all())
        at_windows = Counter(visit.window_id for visit in visits if visit.state in AT_WINDOW)
        shown = Counter(visit.shown for visit in visits)

        assert not [window for window, many in at_windows.items() if window is None or many > 1]
        assert not [number for number, many in shown.items() if many > 1]

    @invariant()
    def every_visit_stands_as_the_ledger_tells_it(self) -> None:
        told: dict[str, list[str]] = {}
        entries = Entry.objects.filter(subject__startswith="visit:").order_by("pk")
        for subject, verb in entries.values_list("subject", "verb"):
            told.setdefault(subject, []).append(verb)

        assert {visit.subject: visit.state for visit in Visit.objects.all()} == {
            subject: state_told(verbs) for subject, verbs in told.items()
        }

    def _may_come_to(self, window: Window, lines: Sequence[Line]) -> list[Visit]:
        """Return who waits for any window that takes in what they came for, as the rule says."""
        skills = skills_at([window.site_id])[window.site_id]
        waiting = Visit.objects.waiting().filter(line__in=lines, for_window=None)
        came_for = [
            (visit, skills.only(visit.line_id, frozenset(item.pk for item in visit.items.all())))
            for visit in waiting.prefetch_related("items")
        ]
        return [visit for visit, only in came_for if only is None or window.pk in only]

    def _windows(self) -> list[int]:
        windows = Window.objects.filter(site=self.lines[0].site)
        return list(windows.order_by("number").values_list("pk", flat=True))

    def _try(self, doing: Callable[[], object]) -> object:
        """Do it, or see it refused in words; nothing else may come of it."""
        note(f"{self.now:%H:%M} {doing}")
        try:
            with transaction.atomic():
                return doing()
        except Refused as refused:
            note(refused.code)
            return None


def _is_fair(called: Visit, passed: Visit) -> bool:
    """Say whether an ordinary visitor who waits on may see this one called (promise P9)."""
    if _since(called) <= _since(passed):
        return True
    return bool(called.green) and _since(called) <= _since(passed) + HEAD_START


def _since(visit: Visit) -> datetime:
    assert visit.stands_since is not None
    return visit.stands_since


@pytest.mark.django_db
def test_whatever_happens_in_a_hall_its_promises_hold() -> None:
    run_state_machine_as_test(Hall, settings=FIXED)
