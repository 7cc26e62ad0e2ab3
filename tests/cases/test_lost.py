"""Lost things: reported from the phone, matched both ways, told, withdrawn and forgotten."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from mingchuang.base.errors import NotFound
from mingchuang.base.once import new_key
from mingchuang.cases.actions.keeping import load_terms
from mingchuang.cases.actions.lost import (
    end_old_reports,
    forget_loser,
    match_report,
    part_report,
    report_lost,
    reveal_loser,
    withdraw_report,
)
from mingchuang.cases.errors import WrongReceipt
from mingchuang.cases.found_errors import LostInTheFuture, ReportedEnough, WrongSearchStep
from mingchuang.cases.models import LostItem, Retention
from mingchuang.cases.queries.lost import (
    code_of,
    likely_by_notice,
    likely_items,
    likely_reports,
    lost_of,
    report_for,
    reports_of,
)
from mingchuang.cases.rules.keeping import Term
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from mingchuang.outward.retention import erase, overdue_anywhere, some_due_anywhere
from mingchuang.people.models import Requester
from mingchuang.people.rules.roles import Role
from tests.build import A_DAY, MONDAY, a_person, a_unit
from tests.cases.things import (
    a_hall,
    a_keeper,
    a_matched_report,
    a_report,
    an_item,
    returned,
    what_was_lost,
)
from tests.cases.traces import audit_faults, rows

pytestmark = pytest.mark.django_db
WHO: Mapping[str, Any] = {"name": "王秀英", "phone": "13812345678"}


def verbs(report: LostItem) -> list[str]:
    return list(entries_of(report.subject).values_list("verb", flat=True))


def test_a_report_has_a_number_a_code_and_one_entry_that_tells_nothing_of_the_loser() -> None:
    report = a_report(a_hall(), **WHO)

    assert report.number == "BS-2026-000001"
    assert lost_of("bs-2026-000001 ", code_of(report).lower()) == report
    written = str(list(Entry.objects.values_list("facts", flat=True)))
    assert [word for word in ("王秀英", "13812345678", "木头", "取号机") if word in written] == []
    assert verbs(report) == ["lost.reported"]
    assert audit_faults() == ""


def test_a_wrong_code_and_a_wrong_number_are_told_alike() -> None:
    report, other = a_report(), a_report()

    for number, code in (
        (report.number, code_of(other)),
        ("BS-2026-999999", code_of(report)),
        ("", ""),
    ):
        with pytest.raises(WrongReceipt):
            lost_of(number, code)


def test_a_double_tap_reports_once() -> None:
    key = new_key()

    found = [report_lost(what_was_lost(), site=None, key=key, at=MONDAY) for _ in range(2)]

    assert found[0] == found[1]
    assert LostItem.objects.count() == 1


def test_nothing_is_lost_tomorrow() -> None:
    said = what_was_lost(lost_on=MONDAY.date() + A_DAY)

    with pytest.raises(LostInTheFuture):
        report_lost(said, site=None, key=new_key(), at=MONDAY)


def test_under_one_phone_five_things_are_looked_for_at_a_time() -> None:
    reports = [a_report(**WHO) for _ in range(5)]

    with pytest.raises(ReportedEnough, match="5"):
        a_report(**WHO)
    withdraw_report(reports[0].number, code_of(reports[0]), at=MONDAY)

    assert a_report(**WHO).number == "BS-2026-000006"


def test_what_is_alike_is_proposed_from_either_side_for_the_same_reasons() -> None:
    item, wallet = an_item(), an_item(kind="wallet")
    report = a_report(item.site)
    by = a_keeper(item.site)

    theirs, ours = likely_reports(by, item), likely_items(by, report)

    assert [one.thing for one in theirs] == [report]
    assert [one.thing for one in ours] == [item]
    assert theirs[0].likeness == ours[0].likeness
    assert ours[0].likeness.shared
    assert likely_reports(by, wallet) == []


def test_what_was_found_before_it_was_lost_or_long_after_is_not_proposed() -> None:
    item = an_item()
    by = a_keeper(item.site)
    a_report(item.site, at=MONDAY + 9 * A_DAY)
    a_report(item.site, lost_on=(MONDAY - 40 * A_DAY).date())

    assert likely_reports(by, item) == []


def test_a_keeper_is_shown_no_report_of_somebody_elses_hall() -> None:
    item = an_item()
    by = a_keeper(item.site)
    far = a_hall(unit=a_unit())
    a_report(far)
    clerk_there = a_person(Role.RECEPTION, unit=far.unit)

    seen = likely_reports(clerk_there, an_item(a_hall()))

    # The keeper of the town keeps every hall below; who keeps one hall sees that one.
    assert len(likely_reports(by, item)) == 1
    assert [one.thing.site for one in seen] == [far]


def test_the_loser_learns_nothing_by_guessing_at_features() -> None:
    item = an_item(announced=True)
    an_item(item.site)
    good = a_report(item.site)
    bad = a_report(item.site, description="一把红色折叠伞", place="停车场")

    guesses = [likely_by_notice(report) for report in (good, bad)]

    assert [[one.thing for one in seen] for seen in guesses] == [[item], [item]]
    assert guesses[0][0].likeness == guesses[1][0].likeness


def test_the_loser_is_told_and_untold_and_each_is_an_entry() -> None:
    item = an_item()
    report = a_matched_report(item)
    by = a_keeper(item.site)

    assert (report.state, report.match) == ("matched", item)
    report = part_report(report.number, by=by, at=MONDAY)

    assert (report.state, report.match) == ("searching", None)
    assert verbs(report) == ["lost.reported", "lost.matched", "lost.told_apart"]
    assert audit_faults() == ""


def test_nothing_that_went_back_is_promised_to_anybody() -> None:
    item, report = an_item(), a_report()
    returned(item)

    with pytest.raises(NotFound):
        match_report(report.number, item.number, by=a_keeper(item.site), at=MONDAY)


def test_the_phone_is_shown_once_there_is_something_to_tell_and_each_look_is_an_entry() -> None:
    item = an_item()
    report = a_report(item.site, **WHO)
    by = a_keeper(item.site)

    with pytest.raises(NotFound):
        reveal_loser(report.number, by=by, at=MONDAY)
    match_report(report.number, item.number, by=by, at=MONDAY)
    who = reveal_loser(report.number, by=by, at=MONDAY)

    assert (who.name, who.phone) == ("王秀英", "13812345678")
    look = entries_of(report.subject).get(verb="requester.revealed")
    assert look.facts["by"] == by.badge


def test_to_who_keeps_another_hall_neither_report_nor_phone_exists() -> None:
    item = an_item()
    report = a_matched_report(item, **WHO)
    stranger = a_person(Role.RECEPTION, unit=a_unit())
    a_hall(unit=stranger.posts.get().unit)

    with pytest.raises(NotFound):
        reveal_loser(report.number, by=stranger, at=MONDAY)

    assert "requester.revealed" not in verbs(report)


def test_what_was_lost_nobody_knows_where_opens_for_whoever_sees_it_listed() -> None:
    report = a_report(None)
    clerk = a_person(Role.RECEPTION, unit=a_unit())

    assert list(reports_of(clerk)) == [report]
    assert report_for(clerk, report.number) == report


def test_who_found_it_themselves_takes_the_report_back() -> None:
    report = a_report(**WHO)

    withdraw_report(report.number, code_of(report), at=MONDAY)

    with pytest.raises(WrongSearchStep, match="撤回"):
        withdraw_report(report.number, code_of(report), at=MONDAY)
    assert verbs(report) == ["lost.reported", "lost.withdrawn"]


def test_once_it_is_over_the_loser_is_forgotten_at_their_wish() -> None:
    report = a_report(**WHO)

    with pytest.raises(WrongSearchStep):
        forget_loser(report.number, code_of(report), at=MONDAY)
    withdraw_report(report.number, code_of(report), at=MONDAY)
    forget_loser(report.number, code_of(report), at=MONDAY)

    left = rows()
    assert [word for word in ("王秀英", "13812345678", "木头") if word in left] == []
    assert audit_faults() == ""


def test_after_the_year_and_its_days_nobody_looks_any_more() -> None:
    old, young = a_report(), a_report(at=MONDAY + 300 * A_DAY)

    ended = end_old_reports(at=MONDAY + 401 * A_DAY)

    old.refresh_from_db()
    young.refresh_from_db()
    assert (ended, old.state, young.state) == (1, "lapsed", "searching")
    assert end_old_reports(at=MONDAY + 401 * A_DAY) == 0


@pytest.mark.parametrize("category", ["lost", "found"])
def test_retention_forgets_who_lost_found_and_fetched_and_the_audit_still_holds(
    category: str,
) -> None:
    item = an_item(name="张拾到", phone="13700000001", features="白伞绣荷花", place="西门")
    report = a_matched_report(item, **WHO)
    returned(item, name="赵领走", phone="13700000002", said="绣了荷花", report=report.number)
    load_terms([Term(category, 30, "测试")], at=MONDAY)
    term = Retention.objects.get(category=category)

    assert some_due_anywhere(term, MONDAY + 29 * A_DAY) == []
    later = MONDAY + timedelta(days=30, hours=1)
    (line,) = overdue_anywhere([term], later)
    (some,) = some_due_anywhere(term, later)
    assert (line.count, line.oldest) == (1, MONDAY)
    assert erase(term, some, at=later, by="system") == 1

    left = rows()
    gone = {"lost": ("王秀英", "木头"), "found": ("张拾到", "赵领走", "荷花")}[category]
    assert [word for word in gone if word in left] == []
    assert some_due_anywhere(term, later) == []
    assert audit_faults() == ""
    assert Requester.objects.exclude(salt=b"").exists()
