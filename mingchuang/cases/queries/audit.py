"""Does every case stand as the ledger tells it? Read in slices, so that memory stays flat."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet

from mingchuang.cases.models import (
    Attachment,
    Callback,
    Case,
    Note,
    Plea,
    PrivacyPlea,
    Remark,
    Reply,
    Submission,
)
from mingchuang.cases.rules.life import State
from mingchuang.cases.rules.told import columns_told
from mingchuang.ledger.models import Entry, Evidence
from mingchuang.ledger.reading import REPLACING
from mingchuang.ledger.rules.canonical import moment_text
from mingchuang.people.fields import EncryptedTextField
from mingchuang.people.keyring import Unreadable
from mingchuang.people.models import Requester

M = TypeVar("M", bound=Model)
SLICE = 500
# What the rows of each table are read with. `owner` is whom or what a row belongs to: joined as
# text, because joining it as a row would open what is encrypted in there.
WITNESSED: Mapping[type[Evidence], tuple[tuple[str, ...], str]] = {
    Submission: (("case", "taken_by"), "requester__handle"),
    Remark: ((), "submission__number"),
    Attachment: ((), "submission__number"),
    Reply: (("case", "by", "unit"), "case__pk"),
    Callback: (("case", "by"), "submission__number"),
    Plea: (("case", "asked_by", "unit"), "case__pk"),
    Note: (("case", "by"), "case__pk"),
    PrivacyPlea: (("asked_by",), "submission__number"),
    Requester: ((), "handle"),
}
WHOLE = "*"
Told = list[tuple[str, Mapping[str, object]]]


@dataclass(frozen=True)
class Untold:
    """One thing that stands otherwise than the ledger tells."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


def case_faults() -> Iterator[Untold]:
    """Yield every column of a case that is not what its entries add up to."""
    rows = Case.objects.select_related("intake_unit", "responsible_unit", "handler", "master")
    for cases in _slices(rows):
        told = _told([case.subject for case in cases])
        secret = set(
            Submission.objects.filter(case__in=cases, confidential=True).values_list("case_id")
        )
        for case in cases:
            tells = columns_told(told[case.subject])
            # A merged case keeps the mark it had; the words it was about are elsewhere now.
            is_secret = case.confidential if case.state == State.MERGED else (case.pk,) in secret
            yield from _faults_of(case, {**tells, "confidential": _yes_or_no(is_secret)})


def _told(subjects: Iterable[str]) -> Mapping[str, Told]:
    told: dict[str, Told] = defaultdict(list)
    entries = Entry.objects.filter(subject__in=list(subjects)).in_order()
    for subject, verb, at, facts in entries.values_list("subject", "verb", "at", "facts"):
        told[subject].append((verb, {**facts_in(facts), "at": moment_text(at)}))
    return told


def facts_in(kept: object) -> dict[str, object]:
    """Return the facts of an entry; what somebody made no JSON says nothing any more."""
    return kept if isinstance(kept, dict) else {}


def _faults_of(case: Case, tells: Mapping[str, str]) -> Iterator[Untold]:
    stands = {
        "state": case.state,
        "due_at": moment_text(case.due_at) if case.due_at else "",
        "answers": str(case.round),
        "received_at": moment_text(case.received_at),
        "kind": case.kind,
        "urgency": case.urgency,
        "area": case.area,
        "intake_unit": case.intake_unit.code,
        "responsible_unit": case.responsible_unit.code if case.responsible_unit else "",
        "handler": case.handler.badge if case.handler else "",
        "replied_at": moment_text(case.replied_at) if case.replied_at else "",
        "ended_at": moment_text(case.ended_at) if case.ended_at else "",
        "master": case.master.number if case.master else "",
        "confidential": _yes_or_no(case.confidential),
    }
    for name, value in stands.items():
        if value != tells[name]:
            facts = {"case": case.number, "stands": value, "tells": tells[name]}
            yield Untold(name, facts)


def gone(also: Collection[type[Evidence]] = ()) -> Iterator[Untold]:
    """Yield every entry whose private part is gone though no entry tells that it was erased;
    `also` are the models of rooms above that keep one."""
    stands = Q()
    for model in (*WITNESSED, *also):
        rows = model._default_manager.filter(entry=OuterRef("pk"))
        stands |= Q(Exists(rows.exclude(salt=b"")))
    lost = Entry.objects.exclude(REPLACING).exclude(digest="").exclude(stands)
    for entries in _slices(lost):
        told = _erasures([entry.subject for entry in entries])
        for entry in entries:
            if told[entry.subject].isdisjoint({entry.digest, WHOLE}):
                yield Untold("gone", {"subject": entry.subject, "verb": entry.verb})


def _erasures(subjects: Iterable[str]) -> Mapping[str, set[str]]:
    """Return which digests the tombstones of each subject name; a requester is one row."""
    told: dict[str, set[str]] = defaultdict(set)
    found = Entry.objects.filter(subject__in=set(subjects), verb__endswith=".erased")
    for subject, verb, facts in found.values_list("subject", "verb", "facts"):
        of = str(facts_in(facts).get("of", ""))
        told[subject].add(WHOLE if verb == "requester.erased" and not of else of)
    return told


def witnessed() -> Iterator[Evidence]:
    """Yield every row whose private part the ledger holds a digest of."""
    for model, (related, owner) in WITNESSED.items():
        rows = model._default_manager.select_related("entry", *related).annotate(owner=F(owner))
        for slice_ in _slices(rows):
            yield from slice_


def _slices(rows: "QuerySet[M]") -> Iterator[list[M]]:
    last = 0
    while found := _opened(rows.filter(pk__gt=last).order_by("pk")):
        yield found
        last = found[-1].pk


def _opened(rows: "QuerySet[M]") -> list[M]:
    """Return the next rows; where one of them opens no more, each is opened when it is asked."""
    try:
        return list(rows[:SLICE])
    except Unreadable:
        fields = rows.model._meta.concrete_fields
        encrypted = [one.name for one in fields if isinstance(one, EncryptedTextField)]
        return list(rows.defer(*encrypted)[:SLICE])


def _yes_or_no(truth: bool) -> str:
    return "yes" if truth else "no"
