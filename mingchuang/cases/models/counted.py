"""What figures are counted by, beside the steps themselves: each dispatch, and what is left out."""

from typing import Self

from django.db import models

from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Plea
from mingchuang.cases.words import EXCLUDABLE, EXCLUSION_REASONS
from mingchuang.people.models import Person, Unit


class Dispatch(models.Model):
    """A case given into the hands of a unit; `returned_at` says when it called that wrong."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="dispatches")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["at", "returned_at"], name="dispatch_at")]
        constraints = [
            models.CheckConstraint(
                name="dispatch_returned_after_it_was_made",
                condition=models.Q(returned_at__isnull=True)
                | models.Q(returned_at__gte=models.F("at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.unit_id}"


class ExclusionQuerySet(models.QuerySet["Exclusion"]):
    def in_force(self) -> Self:
        return self.filter(included_at__isnull=True)


ExclusionManager = models.Manager.from_queryset(ExclusionQuerySet)


class Exclusion(models.Model):
    """A case left out of one rate: why, and who approved it. Counted in public (promise P7)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="exclusions")
    rate = models.CharField(max_length=12, choices=EXCLUDABLE)
    reason = models.CharField(max_length=20, choices=EXCLUSION_REASONS)
    plea = models.OneToOneField(Plea, models.PROTECT, related_name="exclusion")
    approved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    included_at = models.DateTimeField(null=True)

    objects = ExclusionManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "rate"],
                condition=models.Q(included_at__isnull=True),
                name="exclusion_one_in_force",
            ),
            models.CheckConstraint(
                name="exclusion_ends_after_it_begins",
                condition=models.Q(included_at__isnull=True)
                | models.Q(included_at__gte=models.F("at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.rate}"
