"""Does each row of evidence belong where its entry was written, and say what its entry says?"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mingchuang.cases.models import (
    Attachment,
    Callback,
    Merge,
    Note,
    Plea,
    PrivacyPlea,
    Remark,
    Reply,
    Submission,
)
from mingchuang.cases.models.keeping import ERASED
from mingchuang.cases.queries.audit import Untold, facts_in
from mingchuang.cases.rules.life import State
from mingchuang.cases.rules.said import REQUESTER
from mingchuang.ledger.models import Entry, Evidence
from mingchuang.ledger.rules.canonical import moment_text
from mingchuang.people.fields import phone_index
from mingchuang.people.keyring import Unreadable
from mingchuang.people.models import Person, Requester


def bound_faults(row: Evidence) -> Iterator[Untold]:
    """Yield what a row that was read by `witnessed` is or says otherwise than its entry."""
    entry = row.entry
    here = {"subject": entry.subject, "verb": entry.verb}
    if elsewhere := _elsewhere(row):
        yield Untold("moved", {**here, "stands": elsewhere})
    says, tells = SAYS[type(row)](row), {**facts_in(entry.facts), "at": moment_text(entry.at)}
    for what in contradicted(says, tells):
        facts = {"what": what, "stands": str(says[what]), "tells": str(tells[what])}
        yield Untold("contradicted", {**here, **facts})
    if row.is_erased and any(getattr(row, field) for field in ERASED[type(row)]):
        yield Untold("refilled", here)
    if isinstance(row, Requester) and not _is_found_by_phone(row):
        yield Untold("phone_index", {"subject": entry.subject})


def contradicted(says: Mapping[str, object], tells: Mapping[str, object]) -> list[str]:
    """Return what both speak of and do not say alike."""
    return [what for what in says if what in tells and says[what] != tells[what]]


def _submission(row: Any) -> dict[str, object]:
    return {
        "at": moment_text(row.at),
        "channel": row.channel,
        "confidential": row.confidential,
        "requester": str(row.owner or ""),
        "by": _badge(row.taken_by, nobody=""),
    }


def _of_submission(row: Any) -> dict[str, object]:
    return {"at": moment_text(row.at), "submission": row.owner}


def _reply(row: Any) -> dict[str, object]:
    return {
        "at": moment_text(row.at),
        "round": row.round,
        "disposition": row.disposition,
        "unit": row.unit.code,
        "promised": moment_text(row.due_at) if row.due_at else "",
        "by": _badge(row.by),
    }


def _callback(row: Any) -> dict[str, object]:
    return {
        "at": moment_text(row.at),
        "submission": row.owner,
        "outcome": row.outcome,
        "solved": row.solved,
        "satisfied": row.satisfied,
        "by": _badge(row.by),
    }


def _plea(row: Any) -> dict[str, object]:
    return {
        "at": moment_text(row.asked_at),
        "what": row.what,
        "suggests": row.unit.code if row.unit else "",
        "by": _badge(row.asked_by),
    }


def _privacy_plea(row: Any) -> dict[str, object]:
    return {
        "at": moment_text(row.asked_at),
        "submission": row.owner,
        "wish": row.what,
        "reach": row.reach,
        "by": _badge(row.asked_by),
    }


def _note(row: Any) -> dict[str, object]:
    return {"at": moment_text(row.at), "by": _badge(row.by)}


def _requester(row: Any) -> dict[str, object]:
    return {"kind": row.kind}


# What a row says, by the names that facts have.
SAYS: Mapping[type[Evidence], Callable[[Any], dict[str, object]]] = {
    Submission: _submission,
    Remark: _of_submission,
    Attachment: _of_submission,
    Reply: _reply,
    Callback: _callback,
    Plea: _plea,
    Note: _note,
    PrivacyPlea: _privacy_plea,
    Requester: _requester,
}


def _badge(person: Person | None, *, nobody: str = REQUESTER) -> str:
    return person.badge if person else nobody


def _elsewhere(row: Any) -> str:
    """Return what the row belongs to, where that is not what its entry tells of; else nothing."""
    subject = str(row.entry.subject)
    if isinstance(row, Submission):
        is_home = subject == f"case:{row.number}" and _is_home(row)
        return "" if is_home else row.case.subject
    if isinstance(row, Remark | Attachment | PrivacyPlea):
        # Where the submission was then; most entries name it, and are compared by that.
        is_known = "submission" in facts_in(row.entry.facts) or subject in _places(row)
        return "" if is_known else f"case:{row.owner}"  # type: ignore[union-attr]
    stands = str(row.subject if isinstance(row, Requester) else row.case.subject)
    return "" if stands == subject else stands


def _is_home(said: Submission) -> bool:
    """Whether a submission is in the case it began, or an entry tells how it came elsewhere."""
    if said.number == said.case.number:
        return said.case.state != State.MERGED
    joined = Merge.objects.filter(moved=said, master=said.case, undone_at__isnull=True)
    return any(
        said.number in str(facts_in(facts).get("submissions"))
        for merge in joined.select_related("case")
        for facts in Entry.objects.filter(
            subject=merge.case.subject, verb="case.merged", at=merge.at
        ).values_list("facts", flat=True)
    )


def _places(row: Remark | Attachment | PrivacyPlea) -> set[str]:
    """Return every case the submission of this row has ever been in."""
    merges = Merge.objects.filter(moved=row.submission_id).select_related("master")
    return {f"case:{row.owner}", *(merge.master.subject for merge in merges)}  # type: ignore[union-attr]


def _is_found_by_phone(requester: Requester) -> bool:
    """Whether the blind index is that of the phone; what opens no more is told elsewhere."""
    try:
        return requester.phone_index == phone_index(requester.phone)
    except Unreadable:
        return True
