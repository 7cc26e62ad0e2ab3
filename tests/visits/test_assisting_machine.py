"""Companions driven at random, legal and illegal steps alike.

Whatever is pressed by whomever, the database keeps its promises, nobody accompanies two at once,
and every assistance stands as the ledger tells it.
"""

from datetime import timedelta

import pytest
from django.db import transaction
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
