"""Telling somebody of a place, or that its day is none any more, by a text message."""

from django.db import models
from django.db.models import Q

from mingchuang.visits.models.standby import Standby
from mingchuang.visits.models.visits import Visit
from mingchuang.visits.rules.place_notes import Kind
from mingchuang.visits.rules.reminding import MOST

KINDS = sorted(map(str, Kind))


class PlaceNote(models.Model):
    """One message: a place that came free is held, what a draw brought, or that the hall stays
    shut on the `day` for which they booked, once for each such day.

    It is noted before it is tried. `next_at` says when it is tried (again); none once it was sent,
    and after the last try.
    """

    kind = models.CharField(max_length=7)
    standby = models.ForeignKey(Standby, models.PROTECT, null=True, related_name="notes")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="place_notes")
    day = models.DateField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                name="visits_place_note_to_send",
                fields=["next_at"],
                condition=Q(next_at__isnull=False),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="visits_place_note_kind_is_known", condition=Q(kind__in=KINDS)
            ),
            models.CheckConstraint(
                name="visits_place_note_is_of_one",
                condition=Q(standby__isnull=True, visit__isnull=False)
                | Q(standby__isnull=False, visit__isnull=True),
            ),
            models.CheckConstraint(
                name="visits_place_note_of_a_shut_day_names_it",
                condition=~Q(kind=Kind.SHUT.value) | Q(visit__isnull=False, day__isnull=False),
            ),
            models.UniqueConstraint(
                name="visits_place_note_of_a_shut_day_once",
                fields=["visit", "day"],
                condition=Q(kind=Kind.SHUT.value),
            ),
            models.CheckConstraint(
                name="visits_place_note_is_tried_so_often", condition=Q(tries__lte=MOST)
            ),
            models.CheckConstraint(
                name="visits_place_note_sent_is_not_tried_again",
                condition=Q(sent_at__isnull=True) | Q(next_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        return f"placenote:{self.pk}"
