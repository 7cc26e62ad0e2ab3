"""Two people press at the same moment: one deed is done, the other is refused in words."""

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread
from time import sleep

import pytest
from django.db import connection, transaction

from mingchuang.cases.actions.callbacks import record_callback
from mingchuang.cases.actions.dispatch import dispatch_case
from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.actions.many import ask_bulk, do_next_item
from mingchuang.cases.actions.merging import merge_case, unmerge_case
from mingchuang.cases.actions.pleas import ask_pause, decide_plea, propose_kind
from mingchuang.cases.actions.reception import accept_case
from mingchuang.cases.actions.voice import remind_case, say_not_solved, withdraw_submission
from mingchuang.cases.actions.watch import watch_cases
from mingchuang.cases.models import Case, Submission
from mingchuang.cases.queries.audit import case_faults
from mingchuang.cases.queries.desk import case_for
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
from tests.tools.together import at_once, outcome_of

pytestmark = pytest.mark.django_db(transaction=True)

TUESDAY = MONDAY + A_DAY


def receipt(case: Case) -> tuple[str, str]:
    return case.number, code(Submission.objects.get(number=case.number))


def meanwhile(first: Callable[[], object], second: Callable[[], object]) -> list[str]:
    """Start the second deed while the first is done and not yet committed; tell how it ended."""
    outcome: list[str] = []
    waiting = Thread(target=lambda: outcome.append(outcome_of(second, Barrier(1))))
    with transaction.atomic():
        first()
        waiting.start()
        sleep(0.3)
    waiting.join(30)
    return outcome


def _with_little_patience(deed: Callable[[], object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
    deed()


def test_who_takes_it_back_while_it_is_parted_takes_back_their_own() -> None:
    one, two, clerk = a_case("handling"), a_case("handling"), a_dispatcher()
    merge_case(one.number, two.number, by=clerk, at=TUESDAY)
    mine = receipt(one)

    became = meanwhile(
        lambda: unmerge_case(one.number, by=clerk, at=TUESDAY),
        lambda: withdraw_submission(*mine, at=TUESDAY),
    )

    assert became == ["done"]
    assert [Case.objects.get(pk=c.pk).state for c in (one, two)] == ["withdrawn", "handling"]
    assert not list(case_faults())


def test_a_no_while_it_is_parted_opens_ones_own_case() -> None:
    one, two, clerk = a_case("replied"), a_case("handling"), a_dispatcher()
    merge_case(one.number, two.number, by=clerk, at=TUESDAY)
    mine = receipt(one)

    became = meanwhile(
        lambda: unmerge_case(one.number, by=clerk, at=TUESDAY),
        lambda: say_not_solved(*mine, "还漏水。", at=TUESDAY),
    )

    assert became == ["done"]
    assert [Case.objects.get(pk=c.pk).state for c in (one, two)] == ["handling", "handling"]


def test_a_call_while_it_is_parted_is_kept_with_its_own_case() -> None:
    one, two, clerk = a_case("replied", phone="13800000001"), a_case("handling"), a_dispatcher()
    merge_case(one.number, two.number, by=clerk, at=TUESDAY)
    caller = a_callback_clerk()

    became = meanwhile(
        lambda: unmerge_case(one.number, by=clerk, at=TUESDAY),
        lambda: record_callback(one.number, outcome="no_answer", by=caller, at=TUESDAY),
    )

    assert became == ["done"]
    assert one.callbacks.count() == 1


def test_a_dispatch_right_after_the_acceptance_knows_the_clock() -> None:
    case, clerk, unit = a_case(), a_dispatcher(), a_unit()

    became = meanwhile(
        lambda: accept_case(case.number, by=clerk, at=TUESDAY),
        lambda: dispatch_case(case.number, unit, by=clerk, at=TUESDAY),
    )

    assert became == ["done"]
    assert Case.objects.get(pk=case.pk).contact_due_at is not None


def test_an_answer_while_the_kind_is_changed_is_given_under_the_new_clock() -> None:
    case, clerk = a_case("handling"), a_dispatcher()
    handler = the_handler(case)
    propose_kind(case.number, "是咨询。", kind="inquiry", by=handler, at=TUESDAY)
    plea = the_plea(case).pk

    became = meanwhile(
        lambda: decide_plea(plea, granted=True, decision="同意。", by=clerk, at=TUESDAY),
        lambda: reply_to_case(case.number, "办好了。", disposition="done", by=handler, at=TUESDAY),
    )

    assert became == ["done"]
    assert Case.objects.get(pk=case.pk).callback_due_at is not None


def test_who_is_joined_while_it_is_answered_is_not_joined_to_an_answer_of_others() -> None:
    one, two, clerk = a_case(), a_case("handling"), a_dispatcher()
    handler = the_handler(two)

    became = meanwhile(
        lambda: reply_to_case(two.number, "修好了。", disposition="done", by=handler, at=TUESDAY),
        lambda: merge_case(one.number, two.number, by=clerk, at=TUESDAY),
    )

    assert became == ["answered_already"]
    assert not list(case_faults())


def test_joining_and_parting_at_once_do_not_wait_for_each_other() -> None:
    one, two, three, clerk = a_case(), a_case(), a_case(), a_dispatcher()
    merge_case(two.number, one.number, by=clerk, at=TUESDAY)

    became = at_once(
        lambda: unmerge_case(two.number, by=clerk, at=TUESDAY),
        lambda: merge_case(one.number, three.number, by=clerk, at=TUESDAY),
        lambda: merge_case(three.number, one.number, by=clerk, at=TUESDAY),
    )

    assert set(became) <= {"done", "wrong_step", "cannot_unmerge"}
    assert not list(case_faults())


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
    one, two = a_case(phone="13800000001"), a_case("handling", phone="13800000002")
    merge_case(one.number, two.number, by=a_dispatcher(), at=TUESDAY)
    reply_to_case(two.number, "修好了。", disposition="done", by=the_handler(two), at=TUESDAY)
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


@pytest.mark.skipif(connection.vendor == "sqlite", reason="no two write at once on SQLite")
def test_a_case_of_a_bulk_that_somebody_holds_for_long_is_done_afterwards() -> None:
    case, clerk = a_case("handling"), a_dispatcher()
    bulk = ask_bulk("remind", [case.number], {}, by=clerk, at=TUESDAY)

    became = meanwhile(
        lambda: case_for(clerk, case.number, lock=True),
        lambda: _with_little_patience(lambda: do_next_item(at=TUESDAY)),
    )
    waited = bulk.items.get().outcome
    while do_next_item(at=TUESDAY):
        pass

    assert (became, waited) == (["done"], "waiting")
    assert bulk.items.get().outcome == "done"
