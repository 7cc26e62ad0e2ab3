"""What the database refuses of lost and found, by the name of each constraint."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import F

from mingchuang.cases.actions.found_papers import keep_claim_papers
from mingchuang.cases.models import Claim, ClaimPaper, FoundItem, Handover, LostItem, StorageTime
from tests.build import MONDAY
from tests.cases.things import a_keeper, a_matched_report, an_item, handed_over, returned
from tests.town import a_photo

Breach = Callable[[], object]
TOMORROW = MONDAY + timedelta(days=1)


def item_with(**fields: Any) -> Breach:
    return lambda: FoundItem.objects.filter(pk=an_item().pk).update(**fields)


def wallet_with(**fields: Any) -> Breach:
    return lambda: FoundItem.objects.filter(pk=an_item(kind="wallet").pk).update(**fields)


def report_with(**fields: Any) -> Breach:
    return lambda: LostItem.objects.filter(pk=a_matched_report(an_item()).pk).update(**fields)


def claim_with(**fields: Any) -> Breach:
    return lambda: Claim.objects.filter(pk=returned(an_item()).pk).update(**fields)


def list_with(**fields: Any) -> Breach:
    return lambda: Handover.objects.filter(pk=handed_over(an_item()).pk).update(**fields)


def a_paper_with_a_short_salt() -> object:
    item = returned(an_item()).item
    keep_claim_papers(item.number, [a_photo()], by=a_keeper(item.site), at=MONDAY)
    return ClaimPaper.objects.update(salt=b"short")


def a_second_claim_granted() -> object:
    first, second = returned(an_item()), returned(an_item())
    return Claim.objects.filter(pk=second.pk).update(item=first.item)


def storage_with(kind: str = "cup", **fields: Any) -> Breach:
    return lambda: StorageTime.objects.filter(kind=kind).update(**fields)


BREACHES: Mapping[str, Breach] = {
    "cases_storage_belongs_to_the_state_after_a_year": storage_with(hours=None),
    "cases_storage_valuables_and_animals_go_to_the_police": storage_with(
        "wallet", hours=None, fate="state"
    ),
    "cases_handover_is_seen_by_two": list_with(witness=F("by")),
    "cases_handover_goes_somewhere": list_with(office=""),
    "cases_founditem_salt_whole_or_erased": item_with(salt=b"short"),
    "cases_found_state_is_known": item_with(state="stolen", ended_at=MONDAY),
    "cases_found_special_is_counted_by_two": wallet_with(witness=None),
    "cases_found_ended_when_it_ended": item_with(ended_at=MONDAY),
    "cases_found_handed_over_on_a_list": item_with(state="handed_over", ended_at=MONDAY),
    "cases_found_before_it_was_handed_in": item_with(found_at=TOMORROW),
    "cases_found_is_proved_by_something": item_with(features=""),
    "cases_lostitem_salt_whole_or_erased": report_with(salt=b"short"),
    "cases_lost_state_is_known": report_with(state="stolen", ended_at=MONDAY),
    "cases_lost_matched_with_something": report_with(match=None),
    "cases_lost_ended_when_it_ended": report_with(ended_at=MONDAY),
    "cases_claimpaper_salt_whole_or_erased": a_paper_with_a_short_salt,
    "cases_claim_salt_whole_or_erased": claim_with(salt=b"short"),
    "cases_claim_granted_once": a_second_claim_granted,
    "cases_claim_undone_was_granted": claim_with(
        granted=False, reason="features", undone_at=MONDAY
    ),
    "cases_claim_granted_on_proof_and_signature": claim_with(signed=False),
    "cases_claim_granted_on_features": claim_with(said=""),
    "cases_claim_by_mandate_names_whose_it_is": claim_with(by_mandate=True),
    "cases_claim_refused_says_why": claim_with(granted=False),
}
