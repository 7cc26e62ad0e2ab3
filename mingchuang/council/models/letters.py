"""That minutes are out and wait to be read: told to each who was there, by text or on paper."""

from django.db import models
from django.db.models import Q

from mingchuang.council.models.minutes import Minutes
from mingchuang.council.models.register import Stakeholder
from mingchuang.people.models import Person


class Letter(models.Model):
    """One reader of minutes that went out.

    It is noted before it is tried. `next_at` says when it is tried again if nothing is heard of
    it until then; none once it was sent, after the last try, and for who left no telephone.
    """

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="letters")
    stakeholder = models.ForeignKey(Stakeholder, models.PROTECT, related_name="letters")
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    # Who brought it to them on paper, and when.
    handed_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["minutes", "stakeholder__number"]
        constraints = [
            models.UniqueConstraint(
                name="council_letter_one_a_reader", fields=["minutes", "stakeholder"]
            ),
            models.CheckConstraint(
                name="council_letter_sent_is_not_tried_again",
                condition=Q(sent_at=None, handed_at=None) | Q(next_at=None),
            ),
            models.CheckConstraint(
                name="council_letter_handed_by_somebody",
                condition=Q(handed_at=None, by=None) | Q(handed_at__isnull=False, by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.stakeholder_id}"
