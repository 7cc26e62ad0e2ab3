"""Asking people afterwards, and when a case may be archived (promise P3)."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.cases.actions.callbacks import archive_case, record_callback
from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.actions.voice import say_not_solved
from mingchuang.cases.errors import NotAnsweredYet, NotWanted, NotYourDuty, WrongStep
from mingchuang.cases.models import Case
from mingchuang.cases.queries.lists import callback_list, ready_to_archive
from mingchuang.cases.rules.closing import Call, Outcome, Owed, is_called_back, may_archive
from tests.build import (
    A_DAY,
    MONDAY,
    SHANGHAI,
    a_callback_clerk,
    a_case,
    a_dispatcher,
    code,
    newest,
    the_handler,
    told,
)

TUESDAY = MONDAY + A_DAY
days = st.dates(date(2026, 1, 1), date(2026, 1, 4))
calls = st.builds(Call, on=days, outcome=st.sampled_from(Outcome), solved=st.none())


def on(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


def nobody_answers(case: Case, *moments: datetime) -> None:
    for at in moments:
        record_callback(case.number, outcome="no_answer", by=a_callback_clerk(), at=at)


@pytest.mark.django_db
def test_three_attempts_on_one_day_are_not_enough() -> None:
    case = a_case("replied", phone="13800000000")
    nobody_answers(case, on(3, 9), on(3, 12), on(3, 18), on(3, 20))

    with pytest.raises(NotAnsweredYet, match=f"{case.number} 尚未回访"):
        archive_case(case.number, by=a_callback_clerk(), at=on(4, 9))

    assert Case.objects.get(pk=case.pk).state == "replied"


@pytest.mark.django_db
def test_two_attempts_on_two_days_are_not_enough() -> None:
    case = a_case("replied", phone="13800000000")
    nobody_answers(case, on(3, 9), on(4, 9))

    with pytest.raises(NotAnsweredYet):
        archive_case(case.number, by=a_callback_clerk(), at=on(5, 9))

    assert "case.archived" not in told(case)


@pytest.mark.django_db
def test_the_second_day_begins_at_midnight_in_beijing() -> None:
    case = a_case("replied", phone="13800000000")

    nobody_answers(case, on(3, 23, 50), on(3, 23, 59), on(4, 0, 0))

    assert Case.objects.get(pk=case.pk).state == "archived"


@pytest.mark.django_db
def test_a_day_that_changes_only_in_london_is_one_day() -> None:
    case = a_case("replied", phone="13800000000")

    nobody_answers(case, on(3, 7, 30), on(3, 8, 30), on(3, 9, 30))

    assert Case.objects.get(pk=case.pk).state == "replied"


@pytest.mark.django_db
def test_a_wrong_number_is_an_attempt_like_any_other() -> None:
    case = a_case("replied", phone="13800000000")
    nobody_answers(case, on(3, 9), on(3, 12))

    record_callback(case.number, outcome="wrong_number", by=a_callback_clerk(), at=on(4, 9))

    assert Case.objects.get(pk=case.pk).state == "archived"


@pytest.mark.django_db
def test_who_would_not_say_is_not_called_again() -> None:
    case = a_case("replied", phone="13800000000")

    record_callback(case.number, outcome="would_not_say", by=a_callback_clerk(), at=TUESDAY)

    call = case.callbacks.get()
    assert Case.objects.get(pk=case.pk).state == "archived"
    assert (call.solved, call.satisfied) == (None, "")


@pytest.mark.django_db
def test_solved_but_not_satisfied_are_kept_apart() -> None:
    case = a_case("replied", phone="13800000000")

    record_callback(
        case.number,
        outcome="reached",
        solved=True,
        satisfied="no",
        text="修得太慢。",
        by=a_callback_clerk(),
        at=TUESDAY,
    )

    call = case.callbacks.get()
    assert (call.solved, call.satisfied, call.text) == (True, "no", "修得太慢。")


@pytest.mark.django_db
def test_the_ledger_holds_the_answers_but_not_the_words_of_a_call() -> None:
    case = a_case("replied", phone="13800000000")

    call = record_callback(
        case.number,
        outcome="reached",
        solved=False,
        text="我是 301 的老张。",
        by=a_callback_clerk(),
        at=TUESDAY,
    )

    assert call.entry.facts["solved"] is False
    assert "text" not in call.entry.facts
    assert call.entry.digest == call.digest


@pytest.mark.django_db
def test_attempts_before_the_new_answer_do_not_count_for_it() -> None:
    case = a_case("replied", phone="13800000000")
    nobody_answers(case, on(3, 9), on(4, 9))
    say_not_solved(case.number, code(case.submissions.get()), "没好。", at=on(4, 12))
    reply_to_case(case.number, "换了。", disposition="done", by=the_handler(case), at=on(4, 15))

    nobody_answers(case, on(5, 9))

    assert Case.objects.get(pk=case.pk).state == "replied"


@pytest.mark.django_db
def test_who_left_no_number_is_not_called() -> None:
    case = a_case("replied", name="张小明")

    with pytest.raises(NotWanted, match="没有留下联系方式"):
        record_callback(case.number, outcome="no_answer", by=a_callback_clerk(), at=TUESDAY)

    assert not case.callbacks.exists()


@pytest.mark.django_db
def test_nobody_is_called_before_the_answer() -> None:
    case = a_case("handling", phone="13800000000")

    with pytest.raises(WrongStep, match="办理中"):
        record_callback(case.number, outcome="no_answer", by=a_callback_clerk(), at=TUESDAY)

    assert not case.callbacks.exists()


@pytest.mark.django_db
def test_who_handled_it_does_not_ask_whether_it_was_good() -> None:
    case = a_case("replied", phone="13800000000")

    with pytest.raises(NotYourDuty):
        record_callback(
            case.number, outcome="reached", solved=True, by=the_handler(case), at=TUESDAY
        )

    assert newest(case).verb == "case.replied"


@pytest.mark.django_db
def test_the_dispatcher_does_not_archive() -> None:
    case = a_case("replied")

    with pytest.raises(NotYourDuty):
        archive_case(case.number, by=a_dispatcher(), at=TUESDAY)

    assert newest(case).verb == "case.replied"


@pytest.mark.django_db
def test_the_call_list_holds_whoever_still_waits_the_longest_first() -> None:
    later = a_case("replied", at=MONDAY + 2 * A_DAY, phone="13800000001")
    first = a_case("replied", phone="13800000002")
    a_case("replied")
    a_case("handling", phone="13800000003")
    nobody_answers(first, TUESDAY)

    waiting = callback_list(a_callback_clerk())

    assert [said.number for said in waiting] == [first.number, later.number]


@pytest.mark.django_db
def test_a_case_nobody_is_to_be_called_about_is_ready_for_the_archive() -> None:
    a_case("replied", phone="13800000001")
    silent = a_case("replied")

    ready = ready_to_archive(a_callback_clerk())

    assert list(ready) == [silent]


@given(st.lists(calls, max_size=5), calls)
def test_one_more_attempt_never_undoes_a_call_back(earlier: list[Call], one_more: Call) -> None:
    done = is_called_back(Owed(reachable=True, calls=earlier))

    assert is_called_back(Owed(reachable=True, calls=[*earlier, one_more])) >= done


@given(st.permutations([(1, "no_answer"), (1, "no_answer"), (2, "wrong_number")]))
def test_the_order_of_attempts_is_all_the_same(tries: list[tuple[int, str]]) -> None:
    made = [Call(date(2026, 3, day), Outcome(outcome), None) for day, outcome in tries]

    assert is_called_back(Owed(reachable=True, calls=made))


def test_a_no_forbids_the_archive_even_after_many_attempts() -> None:
    no = Call(date(2026, 3, 3), Outcome.REACHED, solved=False)

    assert not may_archive(has_reply=True, all_owed=[Owed(reachable=True, calls=[no])])


def test_without_an_answer_nothing_is_archived() -> None:
    assert not may_archive(has_reply=False, all_owed=[Owed(reachable=False)])


def test_attempts_far_apart_count() -> None:
    start = date(2026, 3, 3)
    made = [Call(start + timedelta(days=n), Outcome.NO_ANSWER, None) for n in (0, 7, 70)]

    assert is_called_back(Owed(reachable=True, calls=made))
