"""Everything held about a requester, as they may read it (PIPL article 45).

Theirs is what they told, what was told to them, and who looked. What staff noted for themselves
and what neighbours said in the same case are not theirs and are left out, and so are the papers of
the people on a list: whoever came with the list is none of them.
"""

from dataclasses import dataclass
from typing import Any

from mingchuang.cases.models.keeping import PrivacyPlea
from mingchuang.cases.models.steps import Callback, Merge
from mingchuang.cases.models.submission import Attachment, Submission
from mingchuang.cases.queries.heard import begun_by
from mingchuang.cases.queries.photos import photos_of_the_case
from mingchuang.cases.queries.receipts import title_of
from mingchuang.cases.queries.telling import Told
from mingchuang.cases.queries.timeline import story_for
from mingchuang.cases.rules.life import State
from mingchuang.cases.words import STATES, label
from mingchuang.ledger.models import Entry
from mingchuang.ledger.rules.canonical import moment_text
from mingchuang.people.models import Requester

LOOKS = ("requester.revealed", "submission.original_read", "requester.exported")


@dataclass(frozen=True)
class Held:
    """One submission that may be shown; `masked`, where only a receipt proves who asks."""

    submission: Submission
    masked: bool

    @property
    def photos(self) -> list[Attachment]:
        own = photos_of_the_case().filter(submission=self.submission)
        return list(own.exclude(salt=b"").order_by("pk"))


def facts_of(held: Held) -> dict[str, Any]:
    """Return all that is held with a submission, in plain values and the reader's language."""
    said = held.submission
    return {
        **_standing(said),
        "text": said.original or said.text,
        "who": _who(said.requester, masked=held.masked),
        "remarks": [
            {"at": moment_text(remark.at), "text": remark.original or remark.text}
            for remark in said.remarks.order_by("pk")
        ],
        "calls": [_call(call) for call in said.callbacks.order_by("pk")],
        "story": [_told(told) for told in story_for(said)],
        "looks": looks_at(said),
        "asked": [_asked(plea) for plea in said.privacy_pleas.order_by("pk")],
        "photos": [
            {"file": name_of(said, photo), "at": moment_text(photo.at)} for photo in held.photos
        ],
    }


def _standing(said: Submission) -> dict[str, Any]:
    case = said.case
    # What became of a case after they took it back is the others'.
    state = State.WITHDRAWN if said.withdrawn_at else case.state
    due_at = None if said.withdrawn_at else case.due_at
    return {
        "number": said.number,
        "title": title_of(said),
        # The place of a master is a neighbour's.
        "place": begun_by(said).place,
        "kind": case.kind,
        "kind_words": str(case.get_kind_display()),
        "state": state,
        "state_words": str(label(STATES, state)),
        "at": moment_text(said.at),
        "channel": str(said.get_channel_display()),
        "confidential": said.confidential,
        "withdrawn_at": moment_text(said.withdrawn_at) if said.withdrawn_at else None,
        "due_at": moment_text(due_at) if due_at else None,
    }


def _call(call: Callback) -> dict[str, Any]:
    return {
        "at": moment_text(call.at),
        "outcome": str(call.get_outcome_display()),
        "solved": call.solved,
        "satisfied": str(call.get_satisfied_display()),
        "text": call.text,
    }


def _told(told: Told) -> dict[str, Any]:
    return {
        "at": moment_text(told.at),
        "verb": told.verb,
        "says": told.sentence,
        "text": told.text,
        "ledger_index": told.index,
    }


def _asked(plea: PrivacyPlea) -> dict[str, Any]:
    return {
        "what": str(plea.get_what_display()),
        "reach": str(plea.get_reach_display()),
        "asked_at": moment_text(plea.asked_at),
        "due_at": moment_text(plea.due_at),
        "granted": plea.granted,
        "text": plea.text,
    }


def name_of(said: Submission, photo: Attachment) -> str:
    """Return under which name a photo lies in the parcel."""
    return f"photos/{said.number}-{photo.pk}.jpg"


def looks_at(said: Submission) -> list[dict[str, Any]]:
    """Return who looked at who asked, or took a copy: when, by badge, and why."""
    joined = Merge.objects.filter(moved=said).select_related("master")
    subjects = {f"case:{said.number}", said.case.subject, *(m.master.subject for m in joined)}
    handle = str(said.requester.handle) if said.requester else ""
    entries = Entry.objects.filter(subject__in=subjects, verb__in=LOOKS).in_order()
    return [
        {"at": moment_text(entry.at), "verb": entry.verb, "by": entry.facts.get("by", ""),
         "reason": entry.facts.get("reason") or entry.facts.get("proof", "")}
        for entry in entries
        if said.number == entry.facts.get("submission")
        or (handle and handle == entry.facts.get("requester"))
    ]  # fmt: skip


def _who(requester: Requester | None, *, masked: bool) -> dict[str, Any] | None:
    if requester is None or requester.is_erased:
        return None
    return {
        "kind": str(requester.get_kind_display()),
        "name": requester.masked_name if masked else requester.name,
        "phone": requester.masked_phone if masked else requester.phone,
        "address": bool(requester.address) if masked else requester.address,
        "need": str(requester.get_vulnerability_display()) if requester.vulnerability else "",
        "contact": str(requester.get_contact_display()),
        "representative_of": requester.representative_of,
        "masked": masked,
    }
