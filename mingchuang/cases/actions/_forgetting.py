"""Emptying what tells of a person: the row, its salt, its file; the tombstone says what and why.

`of` names the digest that the emptied row was witnessed by, so that the audit knows each
tombstone's grave. `case.erased` tells people: one line for what went together. Whoever calls these
leaves no traces behind them, once, after the commit.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from mingchuang.cases import shelf
from mingchuang.cases.actions._batch_forgetting import forget_copies, forget_people
from mingchuang.cases.actions._finding import keep_answers_findable, keep_findable
from mingchuang.cases.models.alike import Alike
from mingchuang.cases.models.batch_items import BatchItem
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.desk import SavedView
from mingchuang.cases.models.keeping import ERASED, PrivacyPlea
from mingchuang.cases.models.steps import Callback, Note, Plea, Reply
from mingchuang.cases.models.submission import Attachment, Remark, Submission
from mingchuang.cases.rules.keeping import ERASED_TITLE, cover, naming
from mingchuang.ledger.actions import record
from mingchuang.ledger.models import Evidence, new_salt
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.actions.requesters import erase_requester, forget_phone
from mingchuang.people.models import Requester

Why = Mapping[str, JSON]
NOUNS: Mapping[type[Evidence], str] = {
    Submission: "submission",
    Remark: "remark",
    Attachment: "photo",
    Reply: "reply",
    Callback: "callback",
    Plea: "plea",
    Note: "note",
    PrivacyPlea: "privacy",
}
# What the office itself wrote about a case, and where.
WRITTEN: tuple[tuple[Any, str], ...] = (
    (Reply, "text"),
    (Note, "text"),
    (Plea, "reason"),
)


def forget_identities(requesters: Iterable[Requester], why: Why, *, at: datetime) -> None:
    """Forget who asked, and what they asked about themselves; say so on their cases."""
    requesters = list(requesters)
    _drop_lists_about(requesters)
    for requester in requesters:
        if not requester.is_erased:
            erase_requester(requester, why=why, at=at)
        for said in _said_by(requester):
            _empty(said.privacy_pleas.all(), why, at=at)
            _tell(said.case, "who", why, at=at, submission=said.number)


def _drop_lists_about(requesters: Iterable[Requester]) -> None:
    """Drop the lists staff keep under these names and numbers, or that look for them."""
    people = [(one.name, one.phone) for one in requesters if not one.is_erased]
    texts = {kept.pk: (kept.name, kept.words) for kept in SavedView.objects.all()}
    named = set(naming({text for both in texts.values() for text in both}, people))
    SavedView.objects.filter(pk__in=[pk for pk, both in texts.items() if named & {*both}]).delete()


def forget_phones(requesters: Iterable[Requester], why: Why, *, at: datetime) -> None:
    """Forget the numbers of those whom nobody calls any more; say so on their cases."""
    for requester in requesters:
        forget_phone(requester, why=why, at=at)
        for said in _said_by(requester):
            _tell(said.case, "phone", why, at=at, submission=said.number)


def forget_photos(photos: Iterable[Attachment], why: Why, *, at: datetime) -> None:
    """Forget photos; their files go once the database has let go of them."""
    for said in _emptied_photos(photos, why, at=at):
        _tell(said.case, "photos", why, at=at, submission=said.number)


def forget_lists(people: Iterable[BatchItem], why: Why, *, at: datetime) -> None:
    """Forget people of lists, with what was needed of them and the photos of it."""
    keys = [item.pk for item in people]
    _emptied_photos(Attachment.objects.filter(papers__item__in=keys), why, at=at)
    forget_people(keys, why, at=at)


def forget_words(case: Case, why: Why, *, at: datetime) -> None:
    """Forget every word of a case and of those merged into it, and its photos; figures stay."""
    cases = family(case)
    said = Submission.objects.filter(case__in=cases)
    _emptied_photos(Attachment.objects.filter(submission__in=said), why, at=at)
    for rows in (
        said,
        Remark.objects.filter(submission__in=said),
        PrivacyPlea.objects.filter(submission__in=said),
        Callback.objects.filter(Q(case__in=cases) | Q(submission__in=said)),
        *(model._default_manager.filter(case__in=cases) for model, _field in WRITTEN),
    ):
        _empty(rows, why, at=at)
    forget_lists(BatchItem.objects.filter(batch__case__in=cases), why, at=at)
    forget_copies(cases)
    _untitle(cases)
    _find_no_more(cases)
    _tell(case, "words", why, at=at)


def forget_own_words(said: Submission, why: Why, *, at: datetime) -> None:
    """Forget what one person said in a case that is not theirs alone, and the list they sent.

    What the office wrote for all stays, without their name and number.
    """
    photos = said.attachments.all()
    _emptied_photos(photos, why, at=at)
    own = Submission.objects.filter(pk=said.pk)
    for rows in (own, said.remarks.all(), said.privacy_pleas.all(), said.callbacks.all()):
        _empty(rows, why, at=at)
    theirs = Case.objects.numbered(said.number)
    forget_lists(BatchItem.objects.filter(batch__case__in=theirs), why, at=at)
    forget_copies(theirs)
    _untitle(theirs)
    _find_no_more([said.case, *theirs])
    _tell(said.case, "words", why, at=at, submission=said.number)


def cover_person(case: Case, requester: Requester, why: Why, *, at: datetime) -> None:
    """Take a name and a number out of what the office wrote; the new words are witnessed."""
    for model, field in WRITTEN:
        rows = model._default_manager.filter(case__in=family(case)).exclude(salt=b"")
        for row in rows.select_related("entry"):
            covered = cover(getattr(row, field), name=requester.name, phone=requester.phone)
            if covered != getattr(row, field):
                _rewrite(row, field, covered, why, at=at)
    _cover_plain(family(case), requester)
    _find_no_more(family(case))


def _cover_plain(cases: Collection[Case], requester: Requester) -> None:
    """Take them out of what no entry vouches for: titles, routes, and what was published."""
    who = {"name": requester.name, "phone": requester.phone}
    for case in cases:
        for field in ("title", "place", "route"):
            setattr(case, field, cover(getattr(case, field), **who))
        case.save(update_fields=["title", "place", "route"])
    for reply in Reply.objects.filter(case__in=cases):
        for field in ("headline", "published_text"):
            setattr(reply, field, cover(getattr(reply, field), **who))
        reply.save(update_fields=["headline", "published_text"])


def _rewrite(row: Evidence, field: str, text: str, why: Why, *, at: datetime) -> None:
    setattr(row, field, text)
    row.salt = new_salt()
    row.save()
    verb, told = f"{NOUNS[type(row)]}.corrected", {"of": row.entry.digest, **why}
    record(verb, row.entry.subject, at=at, digest=row.digest, **told)


def family(case: Case) -> list[Case]:
    """Return the case and every case that was merged into it, by whatever way."""
    found, newest = [case], [case]
    while newest:
        newest = list(Case.objects.filter(master__in=newest).order_by("pk"))
        found += newest
    return found


def _said_by(requester: Requester) -> Iterable[Submission]:
    return requester.submissions.select_related("case").order_by("pk")


def _emptied_photos(photos: Iterable[Attachment], why: Why, *, at: datetime) -> list[Submission]:
    """Empty the photos and return whose they were, each submission once."""
    whose: dict[int, Submission] = {}
    for photo in _standing(photos):
        shelf.doom(photo.path)
        whose[photo.submission_id] = photo.submission
        _empty_row(photo, why, at=at)
        transaction.on_commit(partial(shelf.drop, photo.path), robust=True)
    return list(whose.values())


def _standing(photos: Iterable[Attachment]) -> Iterable[Attachment]:
    wanted = [photo.pk for photo in photos]
    rows = Attachment.objects.filter(pk__in=wanted).exclude(salt=b"")
    return rows.select_related("entry", "submission__case").order_by("pk")


def _empty(rows: "QuerySet[Any]", why: Why, *, at: datetime) -> None:
    for row in rows.exclude(salt=b"").select_related("entry").order_by("pk"):
        # A call or a note without words holds nothing that could be taken out of it.
        if isinstance(row, Submission) or any(getattr(row, field) for field in ERASED[type(row)]):
            _empty_row(row, why, at=at)


def _empty_row(row: Evidence, why: Why, *, at: datetime) -> None:
    for field in ERASED[type(row)]:
        setattr(row, field, "")
    if isinstance(row, Reply):
        row.published_at = None
    row.salt = b""
    row.save()
    told = {"of": row.entry.digest, **why}
    record(f"{NOUNS[type(row)]}.erased", row.entry.subject, at=at, digest="", **told)


def _untitle(cases: Iterable[Case]) -> None:
    for case in cases:
        case.title, case.place = ERASED_TITLE, ""
        case.route = case.route and ERASED_TITLE
        case.save(update_fields=["title", "place", "route"])


def _find_no_more(cases: Collection[Case]) -> None:
    """Let nothing be found by words that are gone."""
    Alike.objects.filter(Q(case__in=cases) | Q(other__in=cases)).update(shared=[])
    keep_findable(*cases)
    keep_answers_findable(list(Reply.objects.filter(case__in=cases)))


def _tell(case: Case, part: str, why: Why, *, at: datetime, **facts: JSON) -> None:
    told = {"part": part, **why, **facts}
    record("case.erased", case.subject, at=at, digest="", **told)
