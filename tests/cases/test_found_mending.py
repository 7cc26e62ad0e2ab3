"""What was written down wrong, what left by mistake, and whose name goes with it."""

import pytest

from mingchuang.base.errors import NotFound
from mingchuang.cases.actions.found import announce_item, give_back, shelve_item
from mingchuang.cases.actions.found_mending import correct_item, take_back
from mingchuang.cases.actions.keeping import load_terms
from mingchuang.cases.found_errors import (
    ForgottenAlready,
    FoundInTheFuture,
    TwoPeopleNeeded,
    WrongThingStep,
)
from mingchuang.cases.models import FoundItem, Retention
from mingchuang.cases.queries.found import granted_claim, notice_of, returned_in
from mingchuang.cases.rules.keeping import Term
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from mingchuang.outward.retention import erase, some_due_anywhere
from tests.build import A_DAY, MONDAY, a_unit
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
from tests.cases.traces import audit_faults

pytestmark = pytest.mark.django_db
LATER = MONDAY + 10 * A_DAY


def corrected(item: FoundItem, **given: object) -> FoundItem:
    who = {"by": a_keeper(item.site), "at": LATER, "witness": another_keeper(item.site).badge}
    who |= {name: given.pop(name) for name in list(given) if name in who}
    return correct_item(item.number, what_was_found(**given), **who)  # type: ignore[arg-type]


def taken_back(item: FoundItem, reason: str = "mistake") -> FoundItem:
    witness = another_keeper(item.site).badge
    return take_back(item.number, reason, by=a_keeper(item.site), at=LATER, witness=witness)


def forgotten(category: str = "found") -> None:
    load_terms([Term(category, 30, "测试")], at=MONDAY)
    term, later = Retention.objects.get(category=category), MONDAY + 100 * A_DAY
    (some,) = some_due_anywhere(term, later)
    erase(term, some, at=later, by="system")


def test_who_misread_the_shelf_of_kinds_puts_it_right_and_the_notice_begins_anew() -> None:
    item = an_item(announced=True)

    corrected(item, kind="cup", features="银色保温杯")

    item.refresh_from_db()
    assert (item.kind, item.announced_on) == ("cup", LATER.date())
    assert item.kept_until is not None
    assert notice_of("cup").get() == item
    told = entries_of(item.subject).values_list("verb", flat=True)
    assert list(told)[2:] == ["found.corrected", "found.announced"]
    assert "保温杯" not in str(list(Entry.objects.values_list("facts", flat=True)))
    assert audit_faults() == ""


def test_what_the_notice_never_told_leaves_its_day_alone() -> None:
    item = an_item(announced=True)

    corrected(item, features="黑伞，伞柄刻着一个林字", cents=5_000)

    item.refresh_from_db()
    assert item.announced_on == MONDAY.date()
    assert (item.features, item.cents) == ("黑伞，伞柄刻着一个林字", 5_000)
    assert audit_faults() == ""


def test_corrected_twice_the_audit_holds_and_what_stood_there_first_is_gone() -> None:
    item = an_item(features="第一次写的")

    corrected(item, features="第二次写的")
    corrected(item, features="第三次写的")

    item.refresh_from_db()
    assert item.features == "第三次写的"
    assert audit_faults() == ""


def test_the_audit_finds_a_shelf_that_was_rewritten_and_not_one_that_was_changed() -> None:
    item = an_item(shelf="A 柜")
    corrected(item, features="黑伞，伞柄刻着一个林字")
    shelve_item(item.number, "B 柜", by=a_keeper(item.site), at=LATER)
    moved = audit_faults()

    FoundItem.objects.filter(pk=item.pk).update(shelf="C 柜")

    assert moved == ""
    assert item.subject in audit_faults()


def test_nobody_makes_a_wallet_an_umbrella_alone() -> None:
    item = an_item(kind="wallet")

    with pytest.raises(TwoPeopleNeeded):
        corrected(item, kind="umbrella", witness="")

    item.refresh_from_db()
    assert item.care == "valuable"


def test_what_turns_out_to_be_valuable_is_counted_by_two_from_then_on() -> None:
    item = an_item(kind="bag")
    FoundItem.objects.update(witness=None)
    taker = item.taken_by

    with pytest.raises(TwoPeopleNeeded):
        corrected(item, kind="wallet", witness="")
    corrected(item, kind="wallet", by=another_keeper(item.site), witness=taker.badge)

    item.refresh_from_db()
    assert item.care == "valuable"
    assert item.witness not in {None, taker}


def test_nothing_is_found_after_it_was_handed_in() -> None:
    item = an_item()

    with pytest.raises(FoundInTheFuture):
        corrected(item, found_at=MONDAY + A_DAY)


def test_what_left_is_not_corrected_and_what_lies_elsewhere_is_nobodys() -> None:
    gone, stranger = an_item(), a_keeper(a_hall(unit=a_unit("别处")))
    returned(gone)

    with pytest.raises(WrongThingStep):
        corrected(gone)
    with pytest.raises(NotFound):
        corrected(gone, by=stranger)
    with pytest.raises(NotFound):
        take_back(gone.number, "mistake", by=stranger, at=LATER)


def test_what_went_to_the_wrong_person_is_kept_again_and_its_loser_looked_for() -> None:
    item = an_item(announced=True, cents=6_000)
    report = a_matched_report(item, name="王秀英")
    returned(item, report=report.number)

    taken_back(item, "wrong_person")

    item.refresh_from_db()
    report.refresh_from_db()
    assert (item.state, item.ended_at, granted_claim(item)) == ("kept", None, None)
    assert (report.state, report.match, report.ended_at) == ("searching", None, None)
    assert (returned_in(2026).items, returned_in(2026).cents) == (0, 0)
    assert item.announced_on == MONDAY.date()
    assert audit_faults() == ""


def test_what_came_back_goes_to_its_owner_after_all() -> None:
    item = an_item(cents=6_000)
    returned(item, name="不是他")
    taken_back(item, "wrong_person")

    give_back(item.number, what_is_claimed(name="王秀英"), by=a_keeper(item.site), at=LATER)

    item.refresh_from_db()
    claim = granted_claim(item)
    assert claim is not None
    assert claim.claimant.name == "王秀英"
    assert item.claims.count() == 2
    assert returned_in(2026).items == 1
    assert audit_faults() == ""


def test_what_was_put_on_a_list_by_mistake_stays_on_the_paper_and_lies_here_again() -> None:
    item, other = (an_item(site := a_hall(), kind="document"), an_item(site, kind="card"))
    listed = handed_over(item, other)

    taken_back(item)

    item.refresh_from_db()
    assert (item.state, item.is_gone) == ("kept", False)
    assert set(listed.items.all()) == {item, other}
    assert audit_faults() == ""


def test_a_valuable_is_taken_back_by_two() -> None:
    item = an_item(kind="wallet")
    returned(item)

    with pytest.raises(TwoPeopleNeeded):
        take_back(item.number, "mistake", by=a_keeper(item.site), at=LATER)


def test_what_lies_here_is_not_taken_back() -> None:
    item = an_item()

    with pytest.raises(WrongThingStep):
        taken_back(item)


def test_what_nobody_can_prove_any_more_is_not_kept_again() -> None:
    item = an_item()
    returned(item)
    forgotten()

    with pytest.raises(ForgottenAlready, match=item.number):
        taken_back(item)


def test_whoever_was_forgotten_stays_forgotten() -> None:
    item = an_item()
    report = a_matched_report(item, name="王秀英")
    returned(item, report=report.number)
    forgotten("lost")

    taken_back(item)

    report.refresh_from_db()
    assert report.state == "returned"
    assert audit_faults() == ""


def test_who_took_a_list_is_forgotten_with_its_things() -> None:
    site = a_hall()
    listed = handed_over(an_item(site, kind="document"), an_item(site, kind="card"))

    forgotten()

    listed.taker.refresh_from_db()
    assert listed.taker.is_erased
    assert listed.taker_badge == "012345"
    assert audit_faults() == ""


def test_announced_again_by_a_correction_it_is_announced_once_a_day_and_no_more() -> None:
    item = an_item()

    announce_item(item.number, by=a_keeper(item.site), at=MONDAY)
    corrected(item, place="西门")

    item.refresh_from_db()
    assert item.announced_on == LATER.date()
    assert audit_faults() == ""
