"""Steps of a case, decided and not yet written: what the doors and the import have in common.

A door fetches one case and writes one step of it. The import takes many cases through their
whole lives in memory and writes them together. What a step means stands here, once for both.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.utils.timezone import localtime

from mingchuang.cases.actions._steps import contact_told, move_due, take_step
from mingchuang.cases.actions._writing import Draft
from mingchuang.cases.errors import NotRedacted
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.counted import Dispatch
from mingchuang.cases.models.steps import Note, Reply
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.rules.areas import area_in
from mingchuang.cases.rules.emergency import emergency_line
from mingchuang.cases.rules.said import LONGEST_PLACE, LONGEST_TITLE, Said, fingerprint, title_of
from mingchuang.cases.rules.timing import Timing
from mingchuang.cases.rules.watch import PATIENCE, Watch
from mingchuang.hall.models import TimeLimit
from mingchuang.ledger.rules.canonical import JSON, moment_text
from mingchuang.people.keyring import index_key
from mingchuang.people.models import Person, Requester, Unit
from mingchuang.people.rules.masking import mask_text


def received(
    said: Said,
    unit: Unit,
    requester: Requester | None,
    *,
    areas: Iterable[str],
    by: Person | None,
    at: datetime,
) -> Draft[Submission]:
    """What somebody said becomes a submission and its case; `areas` are those of the town."""
    case, hidden = _begun(said, unit, areas, at=at), said.confidential
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
        "area": case.area,
        "requester": str(requester.handle) if requester else "",
        "by": by.badge if by else "",
    }
    return Draft(case, "submission.received", at, facts, submission)


def _begun(said: Said, unit: Unit, areas: Iterable[str], *, at: datetime) -> Case:
    hidden = said.confidential
    # Neighbours and the call-back clerk read a title: what people wrote may name them.
    title = said.title or _masked(title_of(said.text), said)
    return Case(
        series=f"{settings.SERIES}-{localtime(at).year}",
        title=_masked(title, said)[:LONGEST_TITLE] if hidden else title[:LONGEST_TITLE],
        place=_masked(said.place, said)[:LONGEST_PLACE] if hidden else said.place,
        # Where a confidential word comes from may tell whose it is: a person names its area.
        area="" if hidden else area_in(said.place, said.text, areas),
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
    given = give_to(case, unit, timing, at=at)
    facts: dict[str, JSON] = {"by": by.badge, "assists": list(assists), "unit": unit.code}
    facts["grounds"] = "hand"
    note = Note(case=case, text=basis, by=by, at=at)
    return Draft(case, "case.dispatched", at, facts | contact_told(case), note, given)


def give_to(case: Case, unit: Unit, timing: Timing, *, at: datetime) -> Dispatch:
    """Make `unit` lead and first receiver, and start the clock of the first contact."""
    case.responsible_unit = case.first_receiver = unit
    case.handler = None
    case.dispatched_at = at
    if case.time_limit is not None and case.contacted_at is None:
        case.contact_due_at = timing.end(at, case.time_limit.first_contact)
    return Dispatch(case=case, unit=unit, at=at)


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
        due_at=case.due_at,
    )
    facts: dict[str, JSON] = {
        "by": by.badge,
        "unit": unit.code,
        "round": case.round,
        "disposition": disposition,
        "promised": moment_text(case.due_at) if case.due_at else "",
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
