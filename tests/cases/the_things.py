"""Found and lost things behind the doors of the town: whoever asks first puts them there."""

from django.utils.timezone import now

from mingchuang.cases.actions.lost import withdraw_report
from mingchuang.cases.models import FoundItem, Handover, LostItem
from mingchuang.cases.queries.lost import code_of
from mingchuang.hall.models import Site
from tests.cases.things import a_matched_report, a_report, an_item, handed_over, returned

# Names that no language changes: their masks are read in English too.
LOSER = {"name": "Ann Lee", "phone": "13812345678"}


def the_hall() -> Site:
    return Site.objects.get(code="hall")


def the_item() -> FoundItem:
    """An umbrella that nobody announced yet."""
    kept = FoundItem.objects.kept().filter(announced_on=None)
    return kept.first() or an_item(the_hall(), at=now(), name="Bo Chen", phone="13700000001")


def the_returned_item() -> FoundItem:
    gone = FoundItem.objects.filter(state="returned").first()
    if gone is None:
        gone = an_item(the_hall(), at=now(), announced=True, kind="wallet", cents=12_000)
        returned(gone, at=now(), name="Ann Lee")
    return gone


def the_claim() -> tuple[str, int]:
    item = the_returned_item()
    return item.number, item.claims.get().pk


def the_report() -> LostItem:
    """A report whose loser still waits to be told."""
    report = LostItem.objects.filter(state="searching").first()
    return report or a_report(the_hall(), at=now(), **LOSER)


def the_matched_report() -> LostItem:
    report = LostItem.objects.filter(state="matched").first()
    return report or a_matched_report(the_item(), at=now(), **LOSER)


def a_list() -> Handover:
    listed = Handover.objects.first()
    if listed is None:
        paper = an_item(the_hall(), at=now(), kind="document")
        listed = handed_over(paper, at=now(), officer="Carl Wu")
    return listed


def mine() -> tuple[str, str]:
    report = the_report()
    return report.number, code_of(report)


def withdrawn() -> tuple[str, str]:
    report = LostItem.objects.filter(state="withdrawn").first() or a_report(the_hall(), at=now())
    if report.is_open:
        withdraw_report(report.number, code_of(report), at=now())
    return report.number, code_of(report)
