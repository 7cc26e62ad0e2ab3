"""What the follower does about bad ratings that nobody gets on with."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from mingchuang.cases.actions.keeping import SYSTEM
from mingchuang.cases.rules.life import ENDED
from mingchuang.ledger.actions import record
from mingchuang.reviews.models import Review
from mingchuang.reviews.rules.life import SUPERVISED_AFTER, State, Watch

# Level reached → the verb that tells of it.
LEVELS = {Watch.REMINDED: "review.reminded", Watch.SUPERVISED: "review.supervised"}


@transaction.atomic
def watch_reviews(*, at: datetime, most: int = 200) -> int:
    """Remind of a bad rating when its next step is due, and a day later hand it over to whoever
    supervises. What is being put right is called to mind by its case.

    Returns how many were called to mind; call again until it returns 0.
    """
    due = Q(watch=Watch.CALM, due__lte=at) | Q(watch=Watch.REMINDED, due__lte=at - SUPERVISED_AFTER)
    ours = ~Q(state=State.RECTIFYING) | Q(rectification__case__state__in=ENDED)
    late = Review.objects.open().timed().filter(due, ours).order_by("pk")
    found = list(late.select_for_update(of=("self",), skip_locked=True)[:most])
    for review in found:
        review.watch = Watch(review.watch + 1)
        review.save(update_fields=["watch"])
        record(LEVELS[review.watch], review.subject, at=at, by=SYSTEM)
    return len(found)
