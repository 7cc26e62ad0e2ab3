"""A bad rating is verified, perhaps contested, put right, and told to who gave it and to all."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mingchuang.cases.actions.rectifying import raise_rectification
from mingchuang.cases.rules.closing import Outcome
from mingchuang.cases.rules.said import Said
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.errors import ReasonNeeded
from mingchuang.people.models import Person, Unit
from mingchuang.people.words import REVEAL_REASONS
from mingchuang.reviews import errors
from mingchuang.reviews.models import Review, Word
from mingchuang.reviews.queries.contesting import decides_elsewhere
from mingchuang.reviews.queries.raters import contact_of, wish_of
from mingchuang.reviews.queries.reviewing import (
    contestable,
    heard,
    is_anything_covered,
    is_done,
    review_for,
    reviewing_unit,
)
from mingchuang.reviews.rules.life import (
    TO_CONTEST,
    UPHELD,
    Deed,
    State,
    Watch,
    after,
    due_after,
    findings_open,
    may_step,
)
from mingchuang.reviews.rules.offices import DUTIES, Duty
from mingchuang.reviews.words.tables import FINDINGS
from mingchuang.reviews.words.tags import tag_words

# What the ledger says of each deed.
VERBS = {
    Deed.CALL: "review.phoned",
    Deed.FIND: "review.verified",
    Deed.AGREE: "review.agreed",
    Deed.CONTEST: "review.appealed",
    Deed.DECIDE: "review.settled",
    Deed.HAND_OVER: "review.entrusted",
    Deed.CLOSE: "review.concluded",
}


@transaction.atomic
def record_call(review: int, *, outcome: str, by: Person, at: datetime, text: str = "") -> Review:
    """Keep one try to ask who rated what happened."""
    found = _take(review, Deed.CALL, by=by)
    if not found.reachable:
        raise errors.NobodyToCall
    found.was_reached = found.was_reached or outcome == Outcome.REACHED
    is_first = not found.story.exists()
    if is_first:
        _due_anew(found, Deed.CALL, at=at)
    return _done(found, Word(deed=Deed.CALL, text=text, outcome=outcome), by=by, at=at)


@transaction.atomic
def settle_finding(
    review: int, finding: str, *, shown: str, text: str, by: Person, at: datetime
) -> Review:
    """Settle what came out, and which of the words the rated office and everybody may read."""
    found = _take(review, Deed.FIND, by=by)
    if finding not in findings_open(was_heard=found.rater_was_heard):
        raise errors.NoSuchFinding
    found.finding, found.shown, found.found_by, found.found_at = finding, shown.strip(), by, at
    return _done(found, Word(deed=Deed.FIND, text=text, finding=finding), by=by, at=at)


@transaction.atomic
def agree_to_finding(review: int, *, by: Person, at: datetime) -> Review:
    """Let the rated office say that the finding is right, so that it can be put right at once."""
    found = _take(review, Deed.AGREE, by=by)
    _must_be_contestable(found, at)
    found.agreed_by = by
    return _done(found, Word(deed=Deed.AGREE), by=by, at=at)


@transaction.atomic
def contest_finding(review: int, text: str, *, by: Person, at: datetime) -> Review:
    """Let the rated office object to the finding, once; another office decides."""
    found = _take(review, Deed.CONTEST, by=by)
    _must_be_contestable(found, at)
    found.contested_by = by
    return _done(found, Word(deed=Deed.CONTEST, text=text), by=by, at=at)


@transaction.atomic
def decide_contest(
    review: int, *, upheld: bool, text: str, by: Person, at: datetime, finding: str = ""
) -> Review:
    """Settle an objection: the finding stands, or another takes its place; the rating stays."""
    found = _take(review, Deed.DECIDE, by=by)
    if by.pk in {found.contested_by_id, found.found_by_id}:
        raise errors.AnotherDecides
    if not decides_elsewhere(by, found):
        raise errors.AnotherOfficeDecides
    if upheld and finding not in UPHELD:
        raise errors.NoSuchFinding
    found.upheld, found.decided_by = upheld, by
    found.finding = finding if upheld else found.finding
    word = Word(deed=Deed.DECIDE, text=text, finding=found.finding)
    return _done(found, word, by=by, at=at, upheld=upheld)


@transaction.atomic
def hand_over(review: int, text: str, unit: Unit, *, by: Person, at: datetime) -> Review:
    """Give a unit what is to be put right: a case with its own clock; who rated is called back
    about it and reads the answer, and the unit never learns who that is."""
    found = _take(review, Deed.HAND_OVER, by=by)
    if not found.is_to_be_rectified:
        raise errors.NothingToRectify(finding=found.get_finding_display())
    if not heard(found, at):
        raise errors.StillToBeHeard(days=TO_CONTEST.days)
    intake = reviewing_unit(by, found.unit)
    said = _to_put_right(found, text)
    found.rectification = raise_rectification(said, unit, intake=intake, by=by, at=at)
    told = {"case": found.rectification.number}
    return _done(found, Word(deed=Deed.HAND_OVER, text=text), by=by, at=at, **told)


@transaction.atomic
def close_review(review: int, told: str, *, by: Person, at: datetime) -> Review:
    """Say in public what was done; the number to call is kept no longer."""
    found = _take(review, Deed.CLOSE, by=by)
    if not is_done(found):
        raise errors.NotPutRightYet
    found.told, found.closed_at = told.strip(), at
    found.rating.phone = ""
    found.rating.save(update_fields=["phone"])
    return _done(found, Word(deed=Deed.CLOSE, text=told), by=by, at=at)


@transaction.atomic
def reveal_rater(review: int, *, reason: str, by: Person, at: datetime) -> tuple[str, str]:
    """Show name, phone and whole words of who rated to whoever verifies it; each look is
    recorded."""
    found = review_for(by, review, duty=Duty.VERIFY)
    if reason not in REVEAL_REASONS:
        raise ReasonNeeded
    if not is_anything_covered(found.rating):
        raise errors.NobodyToCall
    record("review.revealed", found.subject, at=at, by=by.badge, reason=reason)
    return contact_of(found.rating)


def _take(review: int, deed: Deed, *, by: Person) -> Review:
    """Lock the review and take the step, or refuse in words."""
    found = review_for(by, review, duty=DUTIES[deed], lock=True)
    state = State(found.state)
    if not may_step(state, deed):
        raise errors.NotSuchAStep(state=found.get_state_display())
    found.state = after(state, deed)
    return found


def _done(review: Review, word: Word, *, by: Person, at: datetime, **more: JSON) -> Review:
    """Keep the review as it stands now, and write down what was done."""
    word.review, word.by, word.at = review, by, at
    told = {"outcome": str(word.outcome), "finding": str(word.finding), **more}
    facts = {name: value for name, value in told.items() if value != ""}
    verb = VERBS[Deed(word.deed)]
    word.entry = record(verb, review.subject, at=at, digest=word.digest, by=by.badge, **facts)
    if word.deed != Deed.CALL:
        _due_anew(review, Deed(word.deed), at=at)
    review.save()
    word.save()
    return review


def _due_anew(review: Review, deed: Deed, *, at: datetime) -> None:
    """Lay the day of the next step; a second try to call does not buy time."""
    review.due_at, review.watch = due_after(deed, at), Watch.CALM


def _must_be_contestable(review: Review, at: datetime) -> None:
    if not contestable(review, at):
        raise errors.TooLateToContest(days=TO_CONTEST.days)


def _to_put_right(review: Review, text: str) -> Said:
    """What the unit reads: what was found and is to be done, and nothing of who rated."""
    rating = review.rating
    name, phone = contact_of(rating)
    grade, found = rating.get_grade_display(), dict(FINDINGS)[review.finding]
    ticked = tag_words(rating.tags_version, rating.tags)
    lines = [
        _("一条差评（%(grade)s）经核实：%(found)s。") % {"grade": grade, "found": found},
        _("评价指标：%(tags)s。") % {"tags": _("、").join(map(str, ticked))} if ticked else "",
        _("评价的话（已遮盖）：%(words)s") % {"words": review.shown} if review.shown else "",
        _("要求整改：%(text)s") % {"text": text},
    ]
    return Said(
        text="\n".join(line for line in lines if line),
        key=f"reviews-rectify:{review.pk}",
        title=_("差评整改：%(text)s") % {"text": text[:40]},
        name=name,
        phone=phone,
        contact=wish_of(rating) if phone else "",
        confidential=True,
    )
