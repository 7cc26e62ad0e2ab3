"""What waits for somebody to look: a pause to be reviewed, words to be checked, words unread."""

from datetime import date

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, When

from mingchuang.cases.models.case import among
from mingchuang.cases.models.steps import Pause
from mingchuang.cases.models.submission import Attachment, Remark, Submission
from mingchuang.cases.rules.life import OPEN, State


def open_pause() -> "QuerySet[Pause]":
    """Return the pause in which the case of the outer question rests."""
    return Pause.objects.filter(case=OuterRef("pk"), until__isnull=True)


def review_due(today: date, **more: object) -> Q:
    """Paused, and the day has come on which to look again."""
    due = open_pause().filter(review_on__lte=today, **more)
    return Q(state=State.PAUSED) & Q(Exists(due))


def unchecked() -> Q:
    """Confidential, and words or photos wait for somebody to look them over."""
    said = Submission.objects.unredacted().filter(case=OuterRef("pk"))
    added = Remark.objects.filter(
        submission__case=OuterRef("pk"), submission__confidential=True, redacted_at__isnull=True
    )
    photos = Attachment.objects.filter(submission__case=OuterRef("pk"), cleared=False)
    waits = Q(Exists(said)) | Q(Exists(added)) | Q(Exists(photos))
    return among(OPEN) & Q(confidential=True) & waits


def unread() -> Q:
    """Answered, and a requester has added words since, which nobody may have read."""
    added = Remark.objects.filter(submission__case=OuterRef("pk"), at__gt=OuterRef("replied_at"))
    return Q(state=State.REPLIED) & Q(Exists(added))


def whether(condition: Q) -> Case:
    """Make a column of a condition."""
    return Case(When(condition, then=True), default=False, output_field=BooleanField())
