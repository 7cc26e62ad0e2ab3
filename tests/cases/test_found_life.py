"""Whatever is done to a found thing, in whatever order: rules, rows and the ledger agree."""

from collections.abc import Callable, Mapping
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingchuang.base.errors import Refused
from mingchuang.cases.actions.found import announce_item, dispose_item, refuse_claim, shelve_item
from mingchuang.cases.actions.found_mending import correct_item, take_back
from mingchuang.cases.models import FoundItem
from mingchuang.cases.queries.found import granted_claim
from mingchuang.cases.queries.found_audit import thing_faults
from mingchuang.cases.rules.found import LIFE, State, may_step, state_told
from mingchuang.ledger.queries import entries_of
from tests.build import A_DAY, MONDAY
from tests.cases.things import (
    a_hall,
    a_keeper,
    a_matched_report,
    an_item,
    another_keeper,
    handed_over,
    returned,
    what_is_claimed,
    what_was_found,
)

pytestmark = pytest.mark.django_db
Step = Callable[[FoundItem, datetime], object]


def corrected(item: FoundItem, at: datetime, kind: str) -> object:
    who = {"by": a_keeper(item.site), "at": at, "witness": another_keeper(item.site).badge}
    said = what_was_found(kind=kind, cents=at.day)
    return correct_item(item.number, said, **who)  # type: ignore[arg-type]


def taken_back(item: FoundItem, at: datetime) -> object:
    second = another_keeper(item.site).badge
    return take_back(item.number, "mistake", by=a_keeper(item.site), at=at, witness=second)


def thrown_away(item: FoundItem, at: datetime) -> object:
    second = another_keeper(item.site).badge
    return dispose_item(item.number, by=a_keeper(item.site), at=at, witness=second)


def refused(item: FoundItem, at: datetime) -> object:
    who = {"by": a_keeper(item.site), "at": at}
    return refuse_claim(item.number, what_is_claimed(), "features", **who)  # type: ignore[arg-type]


STEPS: Mapping[str, tuple[str, Step]] = {
    "announce": ("found.announced", lambda item, at: announce_item(
        item.number, by=a_keeper(item.site), at=at)),
    "shelve": ("found.shelved", lambda item, at: shelve_item(
        item.number, "别处", by=a_keeper(item.site), at=at)),
    "a cup": ("found.corrected", lambda item, at: corrected(item, at, "cup")),
    "a wallet": ("found.corrected", lambda item, at: corrected(item, at, "wallet")),
    "refuse": ("found.claim_refused", refused),
    "give back": ("found.given_back", lambda item, at: returned(item, at=at)),
    "to its loser": ("found.given_back", lambda item, at: returned(
        item, at=at, report=a_matched_report(item, at=at).number)),
    "police": ("found.handed_over", lambda item, at: handed_over(item, at=at)),
    "state": ("found.handed_over", lambda item, at: handed_over(item, at=at, to="state")),
    "throw away": ("found.disposed", thrown_away),
    "take back": ("found.taken_back", taken_back),
}  # fmt: skip
GONE = {"found.given_back", "found.handed_over", "found.disposed"}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 200)), max_size=8))
def test_a_found_thing_is_in_one_place_at_a_time_and_the_ledger_tells_which(
    steps: list[tuple[str, int]],
) -> None:
    item, at = an_item(a_hall()), MONDAY

    for name, days in steps:
        at += days * A_DAY
        _taken_or_refused(item, name, at)

    verbs = list(entries_of(item.subject).values_list("verb", flat=True))
    item.refresh_from_db()
    assert item.state == state_told(verbs)
    assert (item.ended_at is None) == (item.state == State.KEPT)
    assert (granted_claim(item) is not None) == (item.state == State.RETURNED)
    assert list(thing_faults()) == []


def _taken_or_refused(item: FoundItem, name: str, at: datetime) -> None:
    """What may not happen is refused and writes nothing; what may writes one entry of its own."""
    verb, step = STEPS[name]
    item.refresh_from_db()
    before, may = entries_of(item.subject).count(), may_step(State(item.state), verb)
    try:
        step(item, at)
    except Refused:
        assert entries_of(item.subject).count() == before
        return
    assert may
    assert entries_of(item.subject).filter(verb=verb).exists()


@given(st.lists(st.sampled_from(sorted(LIFE))))
def test_nothing_leaves_twice_unless_it_was_taken_back_between(verbs: list[str]) -> None:
    state = state_told(["found.registered", *verbs])

    moves = [verb for verb in verbs if verb in GONE | {"found.taken_back"}]
    in_turn = all((verb in GONE) == (n % 2 == 0) for n, verb in enumerate(moves))
    assert state is None or in_turn
    assert state is None or (state == State.KEPT) == (len(moves) % 2 == 0)
