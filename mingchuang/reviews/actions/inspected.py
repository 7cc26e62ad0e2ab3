"""What follows an inspection: findings are put right, the hall says its word, mistakes undone."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mingchuang.cases.actions.rectifying import raise_rectification, tell_rectification
from mingchuang.cases.rules.said import Said
from mingchuang.people.models import Person
from mingchuang.reviews import errors
from mingchuang.reviews.actions._inspections import done, take
from mingchuang.reviews.models import Act, Inspection, Mark
from mingchuang.reviews.queries.inspections import findings_left, intake_for
from mingchuang.reviews.rules.inspections import Deed


@transaction.atomic
def hand_over_findings(pk: int, text: str, *, by: Person, at: datetime) -> Inspection:
    """Have the hall put right what was found: a case for each finding, on its own clock."""
    found = take(pk, Deed.HAND_OVER, by=by)
    left = findings_left(found)
    if not left:
        raise errors.NothingFound
    intake = intake_for(by, found.unit)
    numbers = []
    for mark in left:
        said = _to_put_right(found, mark, text)
        mark.rectification = raise_rectification(said, found.unit, intake=intake, by=by, at=at)
        mark.save(update_fields=["rectification"])
        numbers.append(mark.rectification.number)
    act = Act(inspection=found, deed=Deed.HAND_OVER, text=text)
    return done(act, by=by, at=at, case=numbers)


def _to_put_right(inspection: Inspection, mark: Mark, text: str) -> Said:
    """What the hall reads: which clause, what was found, what is asked; nothing of who came."""
    clause, number = mark.item.clause, inspection.number
    named = {"code": clause.code, "version": clause.version, "text": clause.text}
    lines = [
        _("检查 %(number)s（%(site)s）查出的问题，请整改。")
        % {"number": number, "site": inspection.site},
        _("条款 %(code)s（第 %(version)s 版）：%(text)s") % named,
        ngettext("没有做到 %(n)s 处。", "没有做到 %(n)s 处。", mark.times) % {"n": mark.times},
        _("情况：%(note)s") % {"note": mark.note} if mark.note else "",
        _("要求整改：%(text)s") % {"text": text} if text else "",
    ]
    return Said(
        text="\n".join(line for line in lines if line),
        key=f"reviews-finding:{mark.pk}",
        title=_("检查整改：%(text)s") % {"text": clause.text[:30]},
        place=str(inspection.site),
    )


@transaction.atomic
def answer_inspection(pk: int, text: str, *, by: Person, at: datetime) -> Inspection:
    """Let the inspected office say its word about what was found, once."""
    found = take(pk, Deed.ANSWER, by=by)
    if found.answered_at is not None:
        raise errors.AnsweredOnce
    found.answered_at = at
    return done(Act(inspection=found, deed=Deed.ANSWER, text=text), by=by, at=at)


@transaction.atomic
def undo_inspection(pk: int, text: str, *, by: Person, at: datetime) -> Inspection:
    """Say that an inspection was mistaken, and why: it stays to be read and counts no more, and
    whoever puts right what it found is told so on the case."""
    found = take(pk, Deed.UNDO, by=by)
    found.undone_at = at
    facts = {"number": found.number, "text": text}
    told = _("检查 %(number)s 已经撤销，不计入：%(text)s") % facts
    told += _("这件整改请照实际情况办理；没有问题的，答复里写明就可以。")
    for mark in found.marks.exclude(rectification=None).select_related("rectification"):
        if mark.rectification:
            tell_rectification(mark.rectification, told, by=by, at=at)
    return done(Act(inspection=found, deed=Deed.UNDO, text=text), by=by, at=at)
