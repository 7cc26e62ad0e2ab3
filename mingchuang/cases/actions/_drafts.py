"""Steps of a case, decided and not yet written: what the doors and the import have in common.

A door fetches one case and writes one step of it. The import takes many cases through their
whole lives in memory and writes them together. What a step means stands here, once for both.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeAlias, TypeVar

from django.conf import settings
from django.utils.timezone import localtime

from mingchuang.cases.actions._finding import (
    keep_answers_findable,
    keep_findable,
    keep_new_findable,
)
from mingchuang.cases.actions._steps import move_due, take_step
from mingchuang.cases.errors import NotRedacted
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import DueChange, Note, Reply
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.rules.emergency import emergency_line
from mingchuang.cases.rules.said import LONGEST_PLACE, LONGEST_TITLE, Said, fingerprint, title_of
from mingchuang.cases.rules.timing import Timing
from mingchuang.cases.rules.watch import PATIENCE, Watch
from mingchuang.hall.models import TimeLimit
from mingchuang.ledger.actions import Past, record, record_past
from mingchuang.ledger.models import Entry, Evidence
from mingchuang.ledger.rules.canonical import JSON, moment_text
from mingchuang.people.keyring import index_key
from mingchuang.people.models import Person, Requester, Unit
from mingchuang.people.rules.masking import mask_text

E = TypeVar("E", bound=Evidence | None)


@dataclass(frozen=True)
class Draft(Generic[E]):
    """One step: the case as it stands after it, what the entry says, and the rows beside it.

    `row` holds the private part of the entry, `change` why the due time moved.
    """

    case: Case
    verb: str
    at: datetime
    facts: Mapping[str, JSON]
    row: E
    change: DueChange | None = None

    @property
    def told(self) -> Past:
        """What the ledger is told, once the case has its number."""
        digest = self.row.digest if self.row is not None else ""
        return Past(self.verb, self.case.subject, self.at, digest, self.facts)

    def rows(self, entry: Entry) -> Iterator[Evidence | DueChange]:
        """Return the rows to be kept, now that there is an entry, and a number for what is new."""
        if isinstance(self.row, Submission):
            self.row.number = self.case.number
        if self.row is not None:
            self.row.entry = entry
            yield self.row
        if self.change is not None:
            yield self.change


Step: TypeAlias = "Draft[Any]"


def write(draft: Draft[E]) -> E:
    """Keep one step: the case, the entry, and the rows beside it."""
    draft.case.save()
    verb, subject, at, digest, facts = draft.told
    for row in draft.rows(record(verb, subject, at=at, digest=digest, **facts)):
        row.save()
    if isinstance(draft.row, Submission):
        keep_new_findable([draft.row])
    elif isinstance(draft.row, Reply):
        keep_findable(draft.case)
    return draft.row


def write_lives(lives: Sequence[Sequence[Step]], *, at: datetime) -> None:
    """Keep the whole lives of new cases: a few statements for all of them."""
    Case.objects.bulk_create(life[0].case for life in lives)
    drafts = [draft for life in lives for draft in life]
    tables: dict[type[Evidence | DueChange], list[Any]] = defaultdict(list)
    for draft, entry in zip(drafts, record_past((d.told for d in drafts), at=at), strict=True):
        for row in draft.rows(entry):
            tables[type(row)].append(row)
    for table, rows in tables.items():
        table._default_manager.bulk_create(rows)
    keep_new_findable([*tables[Submission], *tables[Reply]])
    keep_answers_findable([reply for reply in tables[Reply] if reply.published_at])


def received(
    said: Said, unit: Unit, requester: Requester | None, *, by: Person | None, at: datetime
) -> Draft[Submission]:
    """What somebody said becomes a submission and its case."""
    case, hidden = _begun(said, unit, at=at), said.confidential
    submission = Submission(
        key=said.key,
        fingerprint=fingerprint(index_key(), said.words),
        case=case,
        requester=requester,
        channel=said.channel,
        confidential=hidden,
        reachable=bool(said.phone),
        taken_by=by,
        at=at,
        original=said.text if hidden else "",
        text=_masked(said.text, said) if hidden else said.text,
    )
    facts: dict[str, JSON] = {
        "kind": said.kind,
        "urgency": said.urgency,
        "channel": said.channel,
        "unit": unit.code,
        "confidential": hidden,
        "photos": len(said.photos),
        "requester": str(requester.handle) if requester else "",
        "by": by.badge if by else "",
    }
    return Draft(case, "submission.received", at, facts, submission)


def _begun(said: Said, unit: Unit, *, at: datetime) -> Case:
    hidden = said.confidential
    # Neighbours and the call-back clerk read a title: what people wrote may name them.
    title = said.title or _masked(title_of(said.text), said)
    return Case(
        series=f"{settings.SERIES}-{localtime(at).year}",
        title=_masked(title, said)[:LONGEST_TITLE] if hidden else title[:LONGEST_TITLE],
        place=_masked(said.place, said)[:LONGEST_PLACE] if hidden else said.place,
        kind=said.kind,
        urgency=said.urgency,
        danger=emergency_line(said.text) is not None,
        confidential=hidden,
        redacted=not hidden,
        intake_unit=unit,
        received_at=at,
        meet_by=at + PATIENCE,
    )


def accepted(
    case: Case, limit: TimeLimit, timing: Timing, *, by: Person, at: datetime
) -> Draft[None]:
    """The duty to answer is taken on: the clock runs, and the day is promised."""
    take_step(case, "case.accepted")
    case.time_limit, case.clock_started_at = limit, at
    change = move_due(case, "accept", timing, at=at)
    facts = {"by": by.badge, "due_at": moment_text(change.due_at)}
    return Draft(case, "case.accepted", at, facts, None, change)


def dispatched(
    case: Case,
    unit: Unit,
    timing: Timing,
    *,
    by: Person,
    at: datetime,
    assists: Sequence[str] = (),
    basis: str = "",
) -> Draft[Note]:
    """The case goes to a unit; `assists` are the codes of those that help it."""
    if not case.redacted:
        raise NotRedacted
    take_step(case, "case.dispatched")
    give_to(case, unit, timing, at=at)
    facts: dict[str, JSON] = {"by": by.badge, "assists": list(assists), "unit": unit.code}
    return Draft(case, "case.dispatched", at, facts, Note(case=case, text=basis, by=by, at=at))


def give_to(case: Case, unit: Unit, timing: Timing, *, at: datetime) -> None:
    """Make `unit` lead and first receiver, and start the clock of the first contact."""
    case.responsible_unit = case.first_receiver = unit
    case.handler = None
    case.dispatched_at = at
    if case.time_limit is not None and case.contacted_at is None:
        case.contact_due_at = timing.end(at, case.time_limit.first_contact)


def acknowledged(case: Case, *, by: Person, at: datetime) -> Draft[None]:
    """The unit has the case, and somebody there handles it."""
    take_step(case, "case.acknowledged")
    case.handler = by
    return Draft(case, "case.acknowledged", at, {"by": by.badge}, None)


def replied(
    case: Case,
    verb: str,
    text: str,
    disposition: str,
    timing: Timing,
    *,
    by: Person,
    at: datetime,
    **due: str,
) -> Draft[Reply]:
    """The next reply of a case whose step is already taken; a call-back is owed from now on."""
    limit, unit = case.time_limit, case.responsible_unit
    if limit is None or unit is None:
        raise AssertionError("a replied case has a clock and a lead unit")
    case.round += 1
    case.replied_at = at
    case.contacted_at = case.contacted_at or at
    case.callback_due_at = timing.end(at, limit.callback)
    case.watch = Watch.CALM
    reply = Reply(
        case=case,
        round=case.round,
        text=text,
        disposition=disposition,
        by=by,
        unit=unit,
        at=at,
    )
    facts: dict[str, JSON] = {
        "by": by.badge,
        "unit": unit.code,
        "round": case.round,
        "disposition": disposition,
        **due,
    }
    return Draft(case, verb, at, facts, reply)


def published(reply: Reply, headline: str, *, by: Person, at: datetime) -> Draft[None]:
    """Everybody may read the reply under this headline."""
    reply.headline, reply.published_at = headline, at
    facts: dict[str, JSON] = {"by": by.badge, "round": reply.round}
    return Draft(reply.case, "reply.published", at, facts, None)


def _masked(text: str, said: Said) -> str:
    """Cover the clues to who is speaking that a machine can find."""
    return mask_text(text, names=[said.name], phones=[said.phone]).text
