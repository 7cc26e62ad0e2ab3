"""Does every case stand as the ledger tells it? Read in slices, so that memory stays flat."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from mingchuang.cases.models import (
    Attachment,
    Callback,
    Case,
    Note,
    Plea,
    Remark,
    Reply,
    Submission,
)
from mingchuang.cases.rules.life import state_told
from mingchuang.ledger.models import Entry, Evidence
from mingchuang.ledger.rules.canonical import moment_text
from mingchuang.people.models import Requester

SLICE = 500
ANSWERS = ("case.replied", "case.answered_at_once")
WITNESSED: tuple[type[Evidence], ...] = (
    Submission,
    Remark,
    Attachment,
    Reply,
    Callback,
    Plea,
    Note,
    Requester,
)
Told = list[tuple[str, Mapping[str, object]]]


@dataclass(frozen=True)
class CaseFault:
    """One thing about a case that the ledger tells otherwise."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


def case_faults() -> Iterator[CaseFault]:
    """Yield every case whose state, due time or answers are not what its entries add up to."""
    last = 0
    while cases := list(Case.objects.filter(pk__gt=last).order_by("pk")[:SLICE]):
        last = cases[-1].pk
        told: dict[str, Told] = defaultdict(list)
        entries = Entry.objects.filter(subject__in=[case.subject for case in cases])
        for subject, verb, facts in entries.order_by("pk").values_list("subject", "verb", "facts"):
            told[subject].append((verb, facts))
        for case in cases:
            yield from _faults_of(case, told[case.subject])


def _faults_of(case: Case, told: Told) -> Iterator[CaseFault]:
    due = [facts["due_at"] for _, facts in told if "due_at" in facts]
    stands = {
        "state": case.state,
        "due_at": moment_text(case.due_at) if case.due_at else "",
        "answers": str(case.round),
    }
    tells = {
        "state": state_told(told) or "",
        "due_at": str(due[-1]) if due else "",
        "answers": str(sum(verb in ANSWERS for verb, _ in told)),
    }
    for name, value in stands.items():
        if value != tells[name]:
            facts = {"case": case.number, "stands": value, "tells": str(tells[name])}
            yield CaseFault(name, facts)


def gone() -> Iterator[CaseFault]:
    """Yield every entry whose private part is gone though no entry tells that it was erased."""
    stands, here = Q(), Entry.objects.filter(subject=OuterRef("subject"))
    for model in WITNESSED:
        rows = model._default_manager.filter(entry=OuterRef("pk"))
        stands |= Q(Exists(rows.exclude(salt=b"")))
    erased = Q(Exists(here.filter(verb__endswith=".erased")))
    for entry in Entry.objects.exclude(digest="").exclude(stands | erased).order_by("pk"):
        yield CaseFault("gone", {"subject": entry.subject, "verb": entry.verb})


def witnessed() -> Iterable[Evidence]:
    """Yield every row whose private part the ledger holds a digest of."""
    for model in WITNESSED:
        yield from model._default_manager.select_related("entry").iterator(chunk_size=SLICE)
