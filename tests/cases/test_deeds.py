"""What may be done to a case, state by state: the table of its life, seen from outside."""

import pytest

from mingchuang.cases.models import Case
from mingchuang.cases.rules.life import State
from mingchuang.ledger.rules.canonical import moment_text
from tests.build import A_DAY, MONDAY, WAYS, a_case
from tests.cases.deeds import (
    DEEDS,
    DESK,
    NOT_ABOUT_ONE_CASE,
    VOICE,
    Turn,
    all_actions,
    due_after,
    everything,
    may_be_done,
    refusal,
)

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + A_DAY
ALWAYS = {"merge_case", "propose_kind", "retitle_case", "write_note"}
ADD = {"add_remark", "withdraw_submission"}
CHASE = {"remind_case", "supervise_case"}
UNDER_WAY = {"assign_case", "remind_unit"}
LEAD = {"ask_extension", "contact_requester"}
FIRST = {"accept_case", "answer_at_once", "decline_case", "refer_case"}
MAY: dict[str, set[str]] = {
    "received": {
        *ALWAYS,
        *ADD,
        *CHASE,
        *FIRST,
        "ask_for_more",
    },
    "needs_info": {*ALWAYS, *ADD, *CHASE, *FIRST, "try_to_reach"},
    "accepted": {*ALWAYS, *ADD, *CHASE, "ask_exclusion", "dispatch_case"},
    "dispatched": {
        *ALWAYS,
        *ADD,
        *CHASE,
        *LEAD,
        *UNDER_WAY,
        "ask_exclusion",
        "acknowledge_case",
        "add_assist",
        "redispatch_case",
        "return_case",
    },
    "returned": {*ALWAYS, *ADD, *CHASE, *LEAD, "ask_exclusion"},
    "handling": {
        *ALWAYS,
        *ADD,
        *CHASE,
        *LEAD,
        *UNDER_WAY,
        "add_assist",
        "ask_exclusion",
        "ask_pause",
        "reply_to_case",
    },
    "paused": {*ALWAYS, *ADD, *UNDER_WAY, "ask_exclusion", "remind_case", "resume_case"},
    "replied": {
        *ALWAYS,
        *ADD,
        "ask_exclusion",
        "record_callback",
        "say_not_solved",
        "say_solved",
    },
    # Figures outlive the case.
    "archived": {"ask_exclusion"},
    "declined": {"contest_decline"},
    "referred": {"contest_decline"},
    # The receipt now speaks about the master, which is still to be accepted.
    "merged": {*ADD, "remind_case", "unmerge_case"},
    "withdrawn": set(),
}
# Extensions and changes of kind move it too, once a second person grants them.
MOVE_THE_DUE_TIME = {
    "received": {"accept_case", "answer_at_once"},
    "needs_info": {"accept_case", "answer_at_once"},
    "paused": {"resume_case"},
    "replied": {"record_callback", "say_not_solved"},
}


def an_older_case() -> Case:
    """A case that is promised earlier than any other, so that all may join it."""
    return a_case("accepted", at=MONDAY - 5 * A_DAY)


def test_the_table_of_deeds_misses_none() -> None:
    assert set(DEEDS) == all_actions() - NOT_ABOUT_ONE_CASE


def test_there_is_a_way_to_every_state() -> None:
    assert set(WAYS) == set(MAY) == set(State)


@pytest.mark.parametrize("state", MAY)
def test_in_each_state_just_the_deeds_of_that_state_may_be_done(state: str) -> None:
    case, other = a_case(state, phone="13800000000"), an_older_case()
    turn = Turn(case, TUESDAY, other=other)

    done = {deed for deed in [*DESK, *VOICE] if may_be_done(deed, turn)}

    assert done == MAY[state]


@pytest.mark.parametrize("state", MAY)
def test_what_is_refused_changes_nothing_and_says_why(state: str) -> None:
    case = a_case(state, phone="13800000000")
    turn = Turn(case, TUESDAY, other=case)
    before = everything()

    refused = [refusal(deed, turn) for deed in {*DESK, *VOICE} - MAY[state]]

    assert all(str(reason) for reason in refused)
    assert everything() == before


@pytest.mark.parametrize("state", MAY)
def test_the_due_time_moves_only_with_an_entry_that_names_it(state: str) -> None:
    case, other = a_case(state, phone="13800000000"), an_older_case()
    before = moment_text(case.due_at) if case.due_at else ""

    after = {deed: due_after(deed, Turn(case, TUESDAY, 3, other)) for deed in DEEDS}

    moved = {deed for deed, (stands, _) in after.items() if stands != before}
    assert moved == MOVE_THE_DUE_TIME.get(state, set())
    assert all(stands == tells for stands, tells in after.values())
