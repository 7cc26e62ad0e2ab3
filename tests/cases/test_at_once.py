"""Two people press at the same moment: one deed is done, the other is refused in words."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection, connections

from mingchuang.base.errors import Refused
from mingchuang.cases.actions.callbacks import record_callback
from mingchuang.cases.actions.dispatch import dispatch_case
from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.actions.merging import merge_case
from mingchuang.cases.actions.pleas import ask_pause, decide_plea
from mingchuang.cases.actions.reception import accept_case
from mingchuang.cases.actions.voice import remind_case, withdraw_submission
from mingchuang.cases.actions.watch import watch_cases
from mingchuang.cases.models import Case, Submission
from mingchuang.cases.queries.audit import case_faults
from tests.build import (
    A_DAY,
    MONDAY,
    a_callback_clerk,
    a_case,
    a_dispatcher,
    a_supervisor,
    a_unit,
    code,
    the_handler,
    the_plea,
    told,
)

pytestmark = pytest.mark.django_db(transaction=True)

TUESDAY = MONDAY + A_DAY


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Start all the deeds together; return, sorted, what became of each."""
    together = Barrier(len(deeds))
    with ThreadPoolExecutor(len(deeds)) as people:
        return sorted(people.map(lambda deed: _outcome(deed, together), deeds))


def _outcome(deed: Callable[[], object], together: Barrier) -> str:
    try:
        connection.ensure_connection()
        together.wait()
        deed()
    except Refused as refused:
        return refused.code
    finally:
        connections.close_all()
    return "done"


def receipt(case: Case) -> tuple[str, str]:
    return case.number, code(Submission.objects.get(number=case.number))


def test_a_case_is_accepted_by_one_of_two_clerks() -> None:
    case, clerk = a_case(), a_dispatcher()

    became = at_once(*[lambda: accept_case(case.number, by=clerk, at=TUESDAY)] * 4)

    assert became == ["done", "wrong_step", "wrong_step", "wrong_step"]
    assert told(case).count("case.accepted") == 1


def test_a_case_is_dispatched_to_one_of_two_units() -> None:
    case, clerk, units = a_case("accepted"), a_dispatcher(), [a_unit(), a_unit()]

    became = at_once(
        lambda: dispatch_case(case.number, units[0], by=clerk, at=TUESDAY),
        lambda: dispatch_case(case.number, units[1], by=clerk, at=TUESDAY),
    )

    assert became == ["done", "wrong_step"]
    assert told(case).count("case.dispatched") == 1


def test_a_plea_is_granted_or_refused_but_not_both() -> None:
    case, one, two = a_case("handling"), a_dispatcher(), a_supervisor()
    review_on = date(2026, 4, 1)
    ask_pause(case.number, "等雨停。", review_on=review_on, by=the_handler(case), at=TUESDAY)
    plea = the_plea(case).pk

    became = at_once(
        lambda: decide_plea(plea, granted=True, decision="行。", by=one, at=TUESDAY),
        lambda: decide_plea(plea, granted=False, decision="不行。", by=two, at=TUESDAY),
    )

    assert became == ["decided_already", "done"]
    assert not list(case_faults())


def test_one_answer_is_given_in_one_round() -> None:
    case = a_case("handling")
    handler = the_handler(case)

    became = at_once(
        *[
            lambda: reply_to_case(
                case.number, "修好了。", disposition="done", by=handler, at=TUESDAY
            )
        ]
        * 3
    )

    assert became == ["done", "wrong_step", "wrong_step"]
    assert case.replies.count() == 1


def test_two_cases_joined_crosswise_do_not_wait_for_each_other() -> None:
    one, two, clerk = a_case(), a_case(), a_dispatcher()

    became = at_once(
        lambda: merge_case(one.number, two.number, by=clerk, at=TUESDAY),
        lambda: merge_case(two.number, one.number, by=clerk, at=TUESDAY),
    )

    assert became == ["done", "wrong_step"]
    assert Case.objects.filter(state="merged").count() == 1


def test_a_word_taken_back_while_it_is_joined_is_taken_back_once() -> None:
    one, two, clerk = a_case(), a_case("handling"), a_dispatcher()
    merge_case(one.number, two.number, by=clerk, at=TUESDAY)
    mine = receipt(one)

    became = at_once(*[lambda: withdraw_submission(*mine, at=TUESDAY)] * 3)

    assert became == ["done", "wrong_step", "wrong_step"]
    assert told(two).count("submission.withdrawn") == 1


def test_an_answer_and_a_withdrawal_at_the_same_moment_leave_a_whole_case() -> None:
    case = a_case("handling")
    handler, mine = the_handler(case), receipt(case)

    became = at_once(
        lambda: reply_to_case(case.number, "修好了。", disposition="done", by=handler, at=TUESDAY),
        lambda: withdraw_submission(*mine, at=TUESDAY),
    )

    assert "done" in became
    assert Case.objects.get(pk=case.pk).state == "withdrawn"
    assert not list(case_faults())


def test_a_double_tap_reminds_once() -> None:
    case = a_case("handling")
    mine = receipt(case)

    became = at_once(*[lambda: remind_case(*mine, at=TUESDAY)] * 4)

    assert became == ["done", "reminded_today", "reminded_today", "reminded_today"]
    assert Case.objects.get(pk=case.pk).reminders == 1


def test_the_last_two_call_backs_at_once_archive_the_case_once() -> None:
    one, two = a_case(phone="13800000001"), a_case("replied", phone="13800000002")
    merge_case(one.number, two.number, by=a_dispatcher(), at=TUESDAY)
    clerk = a_callback_clerk()
    yes = {"outcome": "reached", "satisfied": "yes"}

    became = at_once(
        lambda: record_callback(one.number, **yes, solved=True, by=clerk, at=TUESDAY),
        lambda: record_callback(two.number, **yes, solved=True, by=clerk, at=TUESDAY),
    )

    assert became == ["done", "done"]
    assert told(two).count("case.archived") == 1


def test_two_followers_warn_once() -> None:
    case = a_case("handling")
    almost_late = MONDAY + 7 * A_DAY

    at_once(*[lambda: watch_cases(at=almost_late)] * 3)

    assert told(case).count("case.warned") == 1
