"""A promise is looked at on its days; broken or forgotten, it is a case by itself (P11)."""

from datetime import date, datetime, time

import pytest
from django.db import IntegrityError, transaction

from mingchuang.base.errors import NotFound
from mingchuang.cases.models import Case
from mingchuang.council.actions.checking import fail_check, look_again, miss_next, pass_check
from mingchuang.council.errors.decisions import (
    CheckedAlready,
    DayTooFar,
    NoSuchCommitment,
    TooEarlyToLook,
)
from mingchuang.council.models import Check
from mingchuang.council.queries.kept import promises_of
from mingchuang.ledger.models import Entry
from mingchuang.people.rules.roles import Role
from tests.build import A_DAY, AN_HOUR, SHANGHAI, a_person, a_unit
from tests.council.build import a_convenor
from tests.council.sittings import IN_APRIL, a_decision, by_the_convenor, what_was_promised
from tests.council.test_minutes import a_photo

pytestmark = pytest.mark.django_db
THE_DAY = datetime.combine(IN_APRIL, time(10), SHANGHAI)
THE_DAY_AFTER = THE_DAY + A_DAY


def a_check(**given: object) -> Check:
    return a_decision(promised=[what_was_promised(**given)]).commitments.get().checks.get(number=1)


def test_a_kept_promise_is_written_down_with_its_photo() -> None:
    check = a_check()

    kept = pass_check(check.pk, "种好了。", photo=a_photo(), by=a_convenor(), at=THE_DAY)

    assert (kept.result, kept.case) == ("passed", None)
    assert kept.picture is not None
    facts = Entry.objects.get(verb="check.passed").facts
    assert facts["photo"] == kept.picture.fingerprint


def test_a_broken_promise_is_a_case_that_says_who_promised_what() -> None:
    check = a_check(text="车棚边种一排爬藤。")

    failed = fail_check(check.pk, "只种了一半。", by=a_convenor(), at=THE_DAY)

    assert failed.case is not None
    assert failed.case.state == "received"
    text = failed.case.submissions.get().text
    assert "物业公司承诺：车棚边种一排爬藤。检查日期 2026年4月1日 周三：只种了一半。" in text
    assert Entry.objects.get(verb="check.failed").facts["case"] == failed.case.number


def test_a_day_nobody_looked_on_opens_a_case_by_itself_and_once() -> None:
    check = a_check()

    assert miss_next(at=THE_DAY) == 0
    assert miss_next(at=THE_DAY_AFTER) == 1
    assert miss_next(at=THE_DAY_AFTER) == 0

    missed = Check.objects.get(pk=check.pk)
    assert (missed.result, missed.case) == ("missed", Case.objects.get())
    assert Entry.objects.get(verb="check.lapsed").facts["by"] == "system"


def test_nobody_looks_before_the_day_or_twice() -> None:
    check = a_check()

    with pytest.raises(TooEarlyToLook, match="2026年4月1日"):
        pass_check(check.pk, "好。", by=a_convenor(), at=THE_DAY - A_DAY)
    pass_check(check.pk, "好。", by=a_convenor(), at=THE_DAY)

    with pytest.raises(CheckedAlready):
        fail_check(check.pk, "坏了。", by=a_convenor(), at=THE_DAY + AN_HOUR)


def test_only_a_convenor_of_the_unit_says_how_a_promise_was_kept() -> None:
    check = a_check()
    elsewhere = a_person(Role.CONVENOR, unit=a_unit())

    with pytest.raises(NotFound):
        pass_check(check.pk, "好。", by=elsewhere, at=THE_DAY)


@pytest.mark.parametrize("result", ["failed", "missed"])
def test_the_database_holds_no_broken_promise_without_a_case(result: str) -> None:
    check = a_check()
    plain = {"ended_at": THE_DAY, "by": a_convenor() if result == "failed" else None}

    with pytest.raises(IntegrityError, match="is_a_case"), transaction.atomic():
        Check.objects.filter(pk=check.pk).update(result=result, **plain)


def test_after_a_broken_promise_somebody_looks_again() -> None:
    check = a_check()
    decision = check.commitment.decision
    miss_next(at=THE_DAY_AFTER)
    again = by_the_convenor(THE_DAY_AFTER)

    new = look_again(decision.topic.number, 1, date(2026, 4, 8), **again)

    assert look_again(decision.topic.number, 1, date(2026, 4, 8), **again) == new
    assert (new.number, new.result) == (2, "due")
    assert promises_of(decision)[0].kept == (0, 0, 1, 1)
    with pytest.raises(DayTooFar, match="2027年4月"):
        look_again(decision.topic.number, 1, date(9999, 12, 31), **again)
    with pytest.raises(NoSuchCommitment, match="第 9 项"):
        look_again(decision.topic.number, 9, date(2026, 4, 9), **again)


def test_what_was_promised_is_read_in_few_statements(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    promised = [what_was_promised(text=f"第{n}件") for n in range(5)]
    decision = a_decision(promised=promised)

    with django_assert_max_num_queries(3):
        promises = promises_of(decision)
        looked = [(check.case, entry) for one in promises for check, entry in one.checks]

    assert looked == [(None, None)] * 5
    assert [one.entry.verb for one in promises if one.entry] == ["commitment.promised"] * 5


def test_what_was_found_is_shown_with_its_entry() -> None:
    check = a_check()
    pass_check(check.pk, "种好了。", by=a_convenor(), at=THE_DAY)

    ((_check, entry),) = promises_of(check.commitment.decision)[0].checks

    assert entry is not None
    assert entry.verb == "check.passed"
