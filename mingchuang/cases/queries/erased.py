"""What retention erased so far, told by the ledger."""

from collections import Counter
from datetime import datetime

from django.utils.timezone import localdate

from mingchuang.cases.queries.audit import facts_in
from mingchuang.cases.rules.keeping import WITNESS
from mingchuang.ledger.models import Entry

KEEPING, RAN = "retention:all", "retention.ran"


def ran_today(now: datetime) -> bool:
    """Say whether what was due today has been erased, and an entry tells so."""
    newest = _last_run()
    return newest is not None and localdate(newest.at) >= localdate(now)


def erased_since_last_run() -> Counter[str]:
    """Return how much of each category was erased since an entry told so; the ledger knows."""
    ran = _last_run()
    stones = Entry.objects.filter(pk__gt=ran.pk if ran else 0, verb__in=set(WITNESS.values()))
    told = stones.values_list("verb", "facts").iterator()
    found = ((verb, str(facts_in(facts).get("category"))) for verb, facts in told)
    return Counter(name for verb, name in found if WITNESS.get(name) == verb)


def is_anything_erased() -> bool:
    """Say whether anything was erased since the last run, by retention or because it was asked."""
    ran = _last_run()
    return Entry.objects.filter(pk__gt=ran.pk if ran else 0, verb="case.erased").exists()


def _last_run() -> Entry | None:
    return Entry.objects.filter(subject=KEEPING, verb=RAN).order_by("pk").last()
