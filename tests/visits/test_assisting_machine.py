"""Companions driven at random, legal and illegal steps alike.

Whatever is pressed by whomever, the database keeps its promises, nobody accompanies two at once,
and every assistance stands as the ledger tells it.
"""

from datetime import timedelta
from itertools import combinations, product

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from mingchuang.base.errors import Refused
from mingchuang.ledger.models import Entry
from mingchuang.people.models import Person
from mingchuang.visits.actions import assisting
from mingchuang.visits.models import Assist
from mingchuang.visits.rules.assisting import LIFE, State, may_step, state_told
from tests.build import MONDAY
from tests.visits.companions import a_companion, a_hall, a_volunteer, an_assist

FIXED = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
MOST = 4
TIMES = ["assigned_at", "accepted_at", "met_at", "ended_at"]
one = st.integers(0, 3)
VERBS = {
    "assign": "assist.assigned",
    "accept": "assist.accepted",
    "give_back": "assist.returned",
    "meet": "assist.met",
    "hand_over": "assist.handed_over",
    "finish": "assist.finished",
    "not_met": "assist.missed",
    "cancel_for": "assist.cancelled",
}
# What was ever done in this run: a machine that is refused all the time proves nothing.
DONE: set[str] = set()
MORE = {"assign": "to", "hand_over": "to", "give_back": "reason"}


class Hall(RuleBasedStateMachine):
    """Three clerks and a volunteer, and whoever asks for them, on one day."""

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.now = MONDAY

    @initialize()
    def opens(self) -> None:
        self.site = a_hall()
        self.people = [*(a_companion(self.site) for _ in range(3)), a_volunteer(self.site)]
        self.asked = [an_assist(self.site)]

    @rule()
    def somebody_asks(self) -> None:
        if len(self.asked) < MOST:
            self.asked.append(an_assist(self.site, at=self.now))

    @rule(deed=st.sampled_from(sorted(VERBS)), which=one, who=one, to=one)
    def somebody_presses(self, deed: str, which: int, who: int, to: int) -> None:
        assist = Assist.objects.get(pk=self.asked[which % len(self.asked)].pk)
        before, by, self.now = (
            State(assist.state),
            self.people[who],
            self.now + timedelta(seconds=9),
        )
        more = {"to": self.people[to].pk, "reason": "busy"}
        given = {MORE[deed]: more[MORE[deed]]} if deed in MORE else {}
        try:
            getattr(assisting, deed)(assist.pk, **given, by=by, at=self.now)
        except Refused:
            self._stands(assist, before)
        else:
            assert may_step(before, VERBS[deed])
            self._stands(assist, LIFE[VERBS[deed]][before])
            DONE.add(deed)

    def _stands(self, assist: Assist, state: State) -> None:
        assist.refresh_from_db()
        assert assist.state == state

    @invariant()
    def everything_stands_as_the_ledger_tells_it(self) -> None:
        for assist in Assist.objects.all():
            told = Entry.objects.filter(subject=assist.subject, verb__startswith="assist.")
            verbs = told.order_by("pk").values_list("verb", flat=True)
            assert state_told(verbs) == assist.state

    @invariant()
    def nobody_accompanies_two(self) -> None:
        met = Assist.objects.filter(state=State.MET).values_list("companion", flat=True)
        assert len(met) == len(set(met))

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)


@pytest.mark.django_db
def test_whatever_is_pressed_the_promises_hold() -> None:
    DONE.clear()

    run_state_machine_as_test(Hall, settings=FIXED)

    assert set(VERBS) == DONE


Row = tuple[State, bool, frozenset[str]]


def _keeps_the_promises(row: Row) -> bool:
    """Say in other words than the constraints what may stand in a row."""
    state, companion, times = row
    on_the_way = state not in {State.ASKED, State.LAPSED, State.CANCELLED}
    together = state in {State.MET, State.FINISHED}
    over = state in {State.FINISHED, State.MISSED, State.LAPSED, State.CANCELLED}
    return (
        (not on_the_way or (companion and "assigned_at" in times))
        and (not on_the_way or state == State.ASSIGNED or "accepted_at" in times)
        and (state != State.ASKED or not (companion or times & {"assigned_at", "accepted_at"}))
        and together == ("met_at" in times)
        and over == ("ended_at" in times)
    )


def _is_taken(row: Row, *, assist: Assist, by: Person) -> bool:
    """Try to write it past every action; say whether the database takes it."""
    state, companion, times = row
    given = {name: MONDAY if name in times else None for name in TIMES}
    who = by if companion else None
    try:
        with transaction.atomic():
            Assist.objects.filter(pk=assist.pk).update(state=state, companion=who, **given)
    except IntegrityError:
        return False
    return True


@pytest.mark.django_db
def test_the_database_takes_what_keeps_the_promises_and_nothing_else() -> None:
    site = a_hall()
    assist, helper = an_assist(site), a_companion(site)
    some_times = [frozenset(some) for n in range(5) for some in combinations(TIMES, n)]
    rows: list[Row] = list(product(State, [False, True], some_times))

    taken = {row for row in rows if _is_taken(row, assist=assist, by=helper)}

    assert taken == {row for row in rows if _keeps_the_promises(row)}
