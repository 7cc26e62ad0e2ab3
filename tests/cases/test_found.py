"""Found things: written down, announced, given back on proof, handed over; each step recorded."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from mingchuang.base.errors import NotFound
from mingchuang.base.once import new_key
from mingchuang.cases.actions.found import (
    announce_item,
    dispose_item,
    give_back,
    refuse_claim,
    register_item,
    shelve_item,
)
from mingchuang.cases.actions.found_keeping import reveal_claimant, reveal_finder
from mingchuang.cases.actions.handovers import hand_over_items
from mingchuang.cases.found_errors import (
    AnnouncedAlready,
    FoundInTheFuture,
    NoMandate,
    NoSuchColleague,
    NotAnnounced,
    NothingChosen,
    NotSigned,
    StillTheirs,
    TwoPeopleNeeded,
    WrongThingStep,
)
from mingchuang.cases.models import Claim, FoundItem, Handover, StorageTime
from mingchuang.cases.queries.found import items_of, last_day_of, notice_of, returned_in
from mingchuang.cases.queries.handovers import may_be_handed_over
from mingchuang.cases.rules.found import Kind, State
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from mingchuang.people.rules.roles import Role
from tests.build import A_DAY, MONDAY, a_person, a_unit
from tests.cases.things import (
    FEATURES,
    a_hall,
    a_keeper,
    a_matched_report,
    a_report,
    an_item,
    another_keeper,
    handed_over,
    returned,
    what_is_claimed,
    what_was_found,
)
from tests.cases.traces import audit_faults

pytestmark = pytest.mark.django_db


def verbs(item: FoundItem) -> list[str]:
    return list(entries_of(item.subject).values_list("verb", flat=True))


def told(item: FoundItem, verb: str) -> dict[str, object]:
    facts: dict[str, object] = entries_of(item.subject).get(verb=verb).facts
    return facts


def test_every_movement_of_a_thing_is_one_entry_and_none_tells_who_or_what_proves_it() -> None:
    item = an_item(name="张拾到", phone="13700000001", announced=True)
    shelve_item(item.number, "C 柜", by=a_keeper(item.site), at=MONDAY)
    returned(item, name="王秀英", said="套上有梅花", principal="李委托")

    assert verbs(item) == [
        "found.registered",
        "found.announced",
        "found.shelved",
        "found.given_back",
    ]
    written = str(list(Entry.objects.values_list("facts", flat=True)))
    secrets = (FEATURES, "张拾到", "13700000001", "王秀英", "梅花", "李委托", "柜", "取号机")
    assert [word for word in secrets if word in written] == []
    assert audit_faults() == ""


def test_sent_twice_it_is_one_thing() -> None:
    site, key = a_hall(), new_key()
    who = {"key": key, "by": a_keeper(site), "at": MONDAY}

    items = [register_item(site, what_was_found(), **who) for _ in range(2)]  # type: ignore[arg-type]

    assert items[0] == items[1]
    assert FoundItem.objects.count() == 1


def test_numbers_of_a_year_follow_each_other() -> None:
    site = a_hall()

    numbers = [an_item(site).number for _ in range(3)]

    assert numbers == ["ZL-2026-000001", "ZL-2026-000002", "ZL-2026-000003"]


@pytest.mark.parametrize("kind", ["wallet", "phone", "document", "jewellery", "card"])
def test_valuables_and_documents_are_counted_by_two(kind: str) -> None:
    site = a_hall()
    by = a_keeper(site)

    for witness in ("", by.badge):
        with pytest.raises(TwoPeopleNeeded):
            register_item(
                site,
                what_was_found(kind=kind),
                key=new_key(),
                by=by,
                witness=witness,
                at=MONDAY,
            )

    assert not FoundItem.objects.exists()


def test_who_stands_by_must_be_a_colleague() -> None:
    site = a_hall()

    with pytest.raises(NoSuchColleague, match="9999-X"):
        register_item(
            site, what_was_found(), key=new_key(), by=a_keeper(site), witness="9999-X", at=MONDAY
        )


def test_nothing_is_found_tomorrow() -> None:
    site = a_hall()
    said = what_was_found(found_at=MONDAY + A_DAY)

    with pytest.raises(FoundInTheFuture):
        register_item(site, said, key=new_key(), by=a_keeper(site), at=MONDAY)


def test_the_year_runs_from_the_notice_and_a_second_notice_does_not_begin_it_anew() -> None:
    item = an_item()

    assert last_day_of(item) is None
    item = announce_item(item.number, by=a_keeper(item.site), at=MONDAY)

    assert item.announced_on == date(2026, 3, 2)
    assert last_day_of(item) == date(2027, 3, 2)
    assert told(item, "found.announced")["day"] == "2026-03-02"
    with pytest.raises(AnnouncedAlready, match="2026-03-02"):
        announce_item(item.number, by=a_keeper(item.site), at=MONDAY + A_DAY)


def test_the_notice_shows_what_is_announced_and_still_lies_here() -> None:
    shown, gone = an_item(announced=True), an_item(announced=True)
    an_item()
    returned(gone)

    assert list(notice_of()) == [shown]
    assert list(notice_of("wallet")) == []


def test_it_goes_back_on_proof_features_and_signature_and_its_worth_is_counted() -> None:
    item = an_item(kind="wallet", cents=12_000)
    report = a_matched_report(item, kind="wallet")

    claim = returned(item, cents=35_050, report=report.number)

    item.refresh_from_db()
    report.refresh_from_db()
    assert (item.state, item.cents, report.state) == (State.RETURNED, 35_050, "returned")
    assert (claim.granted, claim.proof, claim.lost) == (True, "id_card", report)
    back = returned_in(2026)
    assert (back.items, back.cents, back.unvalued, back.yuan) == (1, 35_050, 0, "350.50")
    assert told(item, "found.given_back")["cents"] == 35_050
    assert audit_faults() == ""


def test_what_nobody_valued_is_told_beside_the_sum() -> None:
    returned(an_item(cents=5_000))
    returned(an_item())

    back = returned_in(2026)

    assert (back.items, back.cents, back.unvalued) == (2, 5_000, 1)
    assert returned_in(2025).items == 0


def test_without_a_signature_nothing_goes_out() -> None:
    item = an_item()

    with pytest.raises(NotSigned):
        returned(item, signed=False)

    assert not Claim.objects.exists()
    item.refresh_from_db()
    assert item.state == State.KEPT


def test_nobody_comes_for_somebody_else_without_a_mandate() -> None:
    item = an_item()

    with pytest.raises(NoMandate):
        returned(item, principal="孙奶奶", mandated=False)

    assert not Claim.objects.exists()


def test_a_valuable_is_given_out_by_two() -> None:
    item = an_item(kind="phone")

    with pytest.raises(TwoPeopleNeeded):
        give_back(item.number, what_is_claimed(), by=a_keeper(item.site), at=MONDAY)

    assert not Claim.objects.exists()


def test_who_comes_for_somebody_else_brings_a_mandate_and_it_is_kept_whose_it_is() -> None:
    claim = returned(an_item(), principal="李委托")

    assert (claim.by_mandate, claim.principal) == (True, "李委托")
    assert told(claim.item, "found.given_back")["mandate"] is True


def test_a_refused_claim_is_kept_and_the_thing_stays() -> None:
    item = an_item()
    wrong = what_is_claimed(said="红色折叠伞", signed=False)

    refuse_claim(item.number, wrong, "features", by=a_keeper(item.site), at=MONDAY)

    item.refresh_from_db()
    assert (item.state, item.claims.get().granted) == (State.KEPT, False)
    assert told(item, "found.claim_refused")["reason"] == "features"
    returned(item)
    assert item.claims.filter(granted=True).count() == 1


def test_what_went_back_goes_nowhere_else() -> None:
    item = an_item(announced=True)
    returned(item)

    with pytest.raises(WrongThingStep, match="已归还"):
        returned(item)
    with pytest.raises(WrongThingStep, match="已归还"):
        handed_over(item)

    assert not Handover.objects.exists()


def test_flowers_are_thrown_away_after_a_day_and_not_before() -> None:
    item = an_item(kind="fresh")
    by = a_keeper(item.site)

    with pytest.raises(StillTheirs, match="2026-03-03"):
        dispose_item(item.number, by=by, at=MONDAY + timedelta(hours=22))
    dispose_item(item.number, by=by, at=MONDAY + timedelta(hours=23))

    item.refresh_from_db()
    assert item.state == State.DISPOSED
    assert verbs(item)[-1] == "found.disposed"


def test_an_umbrella_is_never_thrown_away() -> None:
    item = an_item(announced=True)

    with pytest.raises(StillTheirs):
        dispose_item(item.number, by=a_keeper(item.site), at=MONDAY + 800 * A_DAY)


def test_the_table_of_the_town_decides_how_long() -> None:
    StorageTime.objects.filter(kind="fresh").update(hours=48)

    item = an_item(kind="fresh")

    assert item.kept_until == item.found_at + timedelta(hours=48)
    assert set(StorageTime.objects.values_list("kind", flat=True)) == set(Kind)


def test_that_a_wallet_lies_here_for_a_year_is_refused_in_words_and_not_ignored() -> None:
    StorageTime.objects.filter(kind="wallet").delete()
    a_year = StorageTime(kind="wallet", hours=None, fate="state")
    a_day = StorageTime(kind="wallet", hours=24, fate="police")

    with pytest.raises(ValidationError, match="到期移交公安"):
        a_year.full_clean()
    a_day.full_clean()


def test_what_is_due_is_chosen_for_the_police_and_the_list_is_one_number() -> None:
    site = a_hall()
    wallet, umbrella = an_item(site, kind="wallet"), an_item(site, announced=True)

    due, lines = may_be_handed_over(site, now=MONDAY + 8 * A_DAY)
    listed = handed_over(wallet, umbrella, at=MONDAY + 8 * A_DAY)

    assert due == [wallet.number]
    assert [number for number, _ in lines] == [wallet.number, umbrella.number]
    assert set(listed.items.all()) == {wallet, umbrella}
    for item in (wallet, umbrella):
        facts = told(item, "found.handed_over")
        assert (facts["handover"], facts["taker"]) == (listed.number, "police")
        assert "警官" not in str(facts)
    assert audit_faults() == ""


def test_to_the_state_goes_only_what_a_whole_year_of_notice_has_passed_for() -> None:
    site = a_hall()
    umbrella, silent = an_item(site, announced=True), an_item(site)
    last_day = MONDAY + 365 * A_DAY

    with pytest.raises(StillTheirs, match="2027-03-02"):
        handed_over(umbrella, at=last_day, to="state")
    with pytest.raises(NotAnnounced, match=silent.number):
        handed_over(umbrella, silent, at=last_day + A_DAY, to="state")
    handed_over(umbrella, at=last_day + A_DAY, to="state")

    umbrella.refresh_from_db()
    silent.refresh_from_db()
    assert (umbrella.state, silent.state) == (State.HANDED_OVER, State.KEPT)
    assert Handover.objects.count() == 1


def test_the_things_of_a_list_lie_at_one_site() -> None:
    here, there = an_item(), an_item()

    with pytest.raises(NotFound):
        handed_over(here, there)
    assert not Handover.objects.exists()


def test_a_list_holds_something() -> None:
    site = a_hall()
    who = {"witness": another_keeper(site).badge, "key": new_key(), "by": a_keeper(site)}
    given = {"to": "police", "office": "江滨派出所", "officer": "李建国", "badge": "", **who}
    given["at"] = MONDAY

    with pytest.raises(NothingChosen):
        hand_over_items(site, [], **given)  # type: ignore[arg-type]

    assert not Handover.objects.exists()


def test_what_lies_elsewhere_does_not_exist_for_others() -> None:
    item = an_item(name="张拾到")
    stranger = a_person(Role.RECEPTION, unit=a_unit())

    for deed in (announce_item, reveal_finder, dispose_item):
        with pytest.raises(NotFound):
            deed(item.number, by=stranger, at=MONDAY)

    assert verbs(item) == ["found.registered"]
    assert list(items_of(stranger, "kept", now=MONDAY)) == []


def test_each_look_at_the_finder_and_at_who_took_it_is_an_entry() -> None:
    item = an_item(name="张拾到", phone="13700000001")
    by, number, other = a_keeper(item.site), item.number, an_item()
    wrong = what_is_claimed(name="刘冒领", said="红色折叠伞", signed=False)
    refused = refuse_claim(number, wrong, "features", by=by, at=MONDAY)
    taken = returned(item)

    assert reveal_finder(number, by=by, at=MONDAY).name == "张拾到"
    assert reveal_claimant(number, refused.pk, by=by, at=MONDAY).claimant.name == "刘冒领"
    assert reveal_claimant(number, taken.pk, by=by, at=MONDAY).claimant.name == "王秀英"
    with pytest.raises(NotFound):
        reveal_claimant(other.number, taken.pk, by=by, at=MONDAY)

    looks = entries_of(item.subject).filter(verb="requester.revealed")
    assert [entry.facts["by"] for entry in looks] == [by.badge] * 3


def test_who_was_told_of_it_looks_again_once_it_went_to_somebody_else() -> None:
    item = an_item()
    mine, other = a_matched_report(item), a_matched_report(item)

    returned(item, report=mine.number)

    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.state, other.state, other.match) == ("returned", "searching", None)


def test_a_report_of_elsewhere_is_not_ended_by_a_claim_here() -> None:
    item = an_item()
    elsewhere = a_report(a_hall(unit=a_unit()))
    clerk = a_person(Role.RECEPTION, unit=a_unit())
    own = an_item(a_hall(unit=clerk.posts.get().unit))

    with pytest.raises(NotFound):
        give_back(
            own.number,
            what_is_claimed(),
            by=clerk,
            witness=another_keeper(item.site).badge,
            report=elsewhere.number,
            at=MONDAY,
        )

    assert not Claim.objects.exists()
