"""Reminding somebody of their booking by a text message."""

from django.db import models
from django.db.models import Q

from mingchuang.visits.models.visits import Visit
from mingchuang.visits.rules.reminding import MOST


class Reminder(models.Model):
    """One reminder of the day a booking is for: a booking moved to another day has another one.

    It is noted before it is tried. `next_at` says when it is tried again if nothing is heard of
    it until then; none once it was sent, and after the last try.
    """

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="reminders")
    day = models.DateField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="visits_reminder_one_per_day", fields=["visit", "day"]),
            models.CheckConstraint(
                name="visits_reminder_is_tried_so_often", condition=Q(tries__lte=MOST)
            ),
            models.CheckConstraint(
                name="visits_reminder_sent_is_not_tried_again",
                condition=Q(sent_at__isnull=True) | Q(next_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        return f"reminder:{self.pk}"
