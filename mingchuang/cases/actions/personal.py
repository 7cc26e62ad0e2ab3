"""What people may ask about themselves: a copy, a correction, to be forgotten (PIPL 44–47).

Who holds a receipt is taken for who wrote that one submission. Anything beyond it needs proof
of identity, of which only the way is kept, never a number.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from mingchuang.base.database import leave_no_traces
from mingchuang.cases import errors
from mingchuang.cases.actions._forgetting import (
    cover_person,
    forget_identities,
    forget_own_words,
    forget_words,
)
from mingchuang.cases.actions._steps import limit_from, tell
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.keeping import PrivacyPlea
from mingchuang.cases.models.steps import Note
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.queries.holdings import Held
from mingchuang.cases.queries.personal import (
    is_forgotten,
    locked_as_they_are,
    privacy_plea_for,
    private_submission,
    reach_of,
)
from mingchuang.cases.queries.receipts import submission_for
from mingchuang.cases.queries.terms import requester_of
from mingchuang.cases.rules.said import REQUESTER
from mingchuang.hall.rules.spans import Measure, Span
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.actions.requesters import correct_requester
from mingchuang.people.models import Person

# The law says “in time” (及时, article 50, unchecked); fifteen working days are our own guess.
PROMISED = Span(15, Measure.WORKING_DAY)
# Our own guess: a copy that nobody came for in a month is not lying about.
COPY_LIES = timedelta(days=30)
DECIDED = "单位决定"
LAW = "个人信息保护法第四十七条，诉求人要求"


@transaction.atomic
def ask_as_holder(
    number: str, code: str, *, what: str, reach: str, at: datetime, text: str = ""
) -> PrivacyPlea:
    """Ask with a receipt for a correction, a copy or to be forgotten; a day is promised."""
    submission = submission_for(number, code, lock=True)
    plea = PrivacyPlea(submission=submission, what=what, reach=reach, text=text)
    return _ask(plea, by=REQUESTER, at=at)


@transaction.atomic
def ask_for_requester(
    number: str, *, what: str, reach: str, proof: str, by: Person, at: datetime, text: str = ""
) -> PrivacyPlea:
    """Write down what somebody at the counter or on the phone asks, and how they proved who
    they are."""
    submission = private_submission(by, number, lock=True)
    plea = PrivacyPlea(
        submission=submission, what=what, reach=reach, text=text, proof=proof, asked_by=by
    )
    _must_prove(plea, proof)
    return _ask(plea, by=by.badge, at=at)


def _ask(plea: PrivacyPlea, *, by: str, at: datetime) -> PrivacyPlea:
    said = plea.submission
    if said.privacy_pleas.open().filter(what=plea.what).exists():
        raise errors.AskedAlready
    if plea.what != "copy" and is_forgotten(said):
        raise errors.AlreadyErased
    if plea.what == "correct" and said.requester is None:
        raise errors.NothingKept
    if plea.what == "erase":
        _must_be_over([said])
    plea.asked_at, plea.due_at = at, limit_from(said.case, PROMISED, at=at)
    proof = {"proof": plea.proof} if plea.proof else {}
    facts = {**_facts(plea), "reach": plea.reach, **proof}
    return tell(plea, "privacy.asked", said.case, at=at, by=by, **facts)


@transaction.atomic
def grant_privacy(
    pk: int,
    *,
    proof: str,
    by: Person,
    at: datetime,
    name: str = "",
    phone: str = "",
    address: str = "",
) -> PrivacyPlea:
    """Do what was asked, at once; a copy may be handed out from now on.

    A second person decides what a colleague wrote down, except a correction.
    """
    plea = _undecided(pk, by=by)
    _must_prove(plea, proof)
    if plea.what != "correct" and plea.asked_by_id == by.pk:
        raise errors.SecondPerson
    plea.proof = proof
    _settle(plea, granted=True, by=by, at=at)
    facts = {**_facts(plea), "proof": proof, "by": by.badge}
    record("privacy.granted", plea.submission.case.subject, at=at, digest="", **facts)
    reached = locked_as_they_are(reach_of(plea, by).submissions)
    if plea.what == "erase":
        _erase(reached, plea, by=by, at=at)
    if plea.what == "correct":
        new = {"name": name, "phone": phone, "address": address}
        _correct(reached, new, plea, by=by, at=at)
    return plea


@transaction.atomic
def refuse_privacy(pk: int, decision: str, *, by: Person, at: datetime) -> PrivacyPlea:
    """Say no, and why; the reason stands on the receipt page."""
    plea = _undecided(pk, by=by)
    _settle(plea, granted=False, by=by, at=at)
    case = plea.submission.case
    note = Note(case=case, text=decision, by=by, at=at)
    tell(note, "privacy.refused", case, at=at, by=by.badge, **_facts(plea))
    return plea


@transaction.atomic
def hand_out_own(number: str, code: str, *, at: datetime) -> list[Held]:
    """Give the holder of a receipt a copy of what is held with it, who they are masked."""
    said = submission_for(number, code, lock=True)
    _tell_export(said, proof="receipt", reach="this", count=1, by=REQUESTER, at=at)
    return [Held(said, masked=True)]


@transaction.atomic
def hand_out(pk: int, *, by: Person, at: datetime) -> list[Held]:
    """Give out a copy that was granted; each handing out is an entry."""
    plea = privacy_plea_for(by, pk, lock=True)
    over = plea.decided_at is None or at > plea.decided_at + COPY_LIES
    if plea.what != "copy" or not plea.granted or over:
        raise errors.NotGranted(days=COPY_LIES.days)
    reached = reach_of(plea, by).submissions
    _tell_export(
        plea.submission, proof=plea.proof, reach=plea.reach, count=len(reached), by=by.badge, at=at
    )
    return [Held(said, masked=plea.proof == "receipt") for said in reached]


@transaction.atomic
def erase_identity(number: str, *, by: Person, at: datetime) -> None:
    """Forget who is behind a submission and what they asked about themselves; their words stay."""
    why: dict[str, JSON] = {"source": DECIDED, "by": by.badge}
    forget_identities([requester_of(number)], why, at=at)
    transaction.on_commit(leave_no_traces, robust=True)


def _undecided(pk: int, *, by: Person) -> PrivacyPlea:
    plea = privacy_plea_for(by, pk, lock=True)
    if plea.granted is not None:
        raise errors.DecidedAlready
    return plea


def _settle(plea: PrivacyPlea, *, granted: bool, by: Person, at: datetime) -> None:
    plea.granted, plea.decided_by, plea.decided_at = granted, by, at
    plea.save(update_fields=["granted", "decided_by", "decided_at", "proof"])


def _must_prove(plea: PrivacyPlea, proof: str) -> None:
    if proof == "receipt" and plea.reach == "all":
        raise errors.ReceiptNotEnough


def _must_be_over(submissions: Sequence[Submission]) -> None:
    still = [said for said in submissions if said.case.is_open and said.withdrawn_at is None]
    if running := [said.number for said in still]:
        raise errors.StillOpen(numbers="、".join(running))


def _erase(
    submissions: Sequence[Submission], plea: PrivacyPlea, *, by: Person, at: datetime
) -> None:
    """Forget who they are and what they said; a case that is theirs alone is emptied whole."""
    _must_be_over(submissions)
    why: dict[str, JSON] = {"source": LAW, "proof": plea.proof, "by": by.badge}
    cases = {said.case_id: said.case for said in submissions}
    for case in cases.values():
        own = [said for said in submissions if said.case_id == case.pk]
        if _is_theirs_alone(case, own):
            forget_words(case, why, at=at)
        else:
            for said in own:
                if said.requester is not None:
                    cover_person(case, said.requester, why, at=at)
                forget_own_words(said, why, at=at)
    known = {said.requester.pk: said.requester for said in submissions if said.requester}
    forget_identities(known.values(), why, at=at)
    transaction.on_commit(leave_no_traces, robust=True)


def _is_theirs_alone(case: Case, own: Sequence[Submission]) -> bool:
    others = case.submissions.exclude(pk__in=[said.pk for said in own])
    return not others.exclude(salt=b"").exists()


def _correct(
    submissions: Sequence[Submission],
    new: dict[str, str],
    plea: PrivacyPlea,
    *,
    by: Person,
    at: datetime,
) -> None:
    if not any(new.values()):
        raise errors.NothingCorrected
    why: dict[str, JSON] = {"proof": plea.proof}
    known = {said.requester.pk: said.requester for said in submissions if said.requester}
    for requester in known.values():
        if not requester.is_erased:
            correct_requester(requester, **new, by=by, why=why, at=at)
            if new["phone"]:
                requester.submissions.update(reachable=True)
    transaction.on_commit(leave_no_traces, robust=True)


def _facts(plea: PrivacyPlea) -> dict[str, JSON]:
    return {"submission": plea.submission.number, "wish": plea.what}


def _tell_export(
    said: Submission, *, proof: str, reach: str, count: int, by: str, at: datetime
) -> None:
    facts: dict[str, JSON] = {"submission": said.number, "proof": proof, "reach": reach}
    facts |= {"cases": count, "by": by}
    record("requester.exported", said.case.subject, at=at, digest="", **facts)
