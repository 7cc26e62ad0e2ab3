"""One deed asked for many cases at once, and what became of each."""

from typing import Self

from django.db import models
from django.utils.translation import get_language

from mingchuang.cases.models.case import Case
from mingchuang.cases.rules.many import Outcome
from mingchuang.cases.words import ITEM_OUTCOMES, MANY
from mingchuang.people.models import Person, Unit
from mingchuang.people.rules.roles import Role, Scope


class BulkQuerySet(models.QuerySet["Bulk"]):
    def visible_to(self, person: Person, scope: Scope) -> Self:
        """Narrow to what this person asked for, or supervises."""
        return self.filter(models.Q(by=person) | models.Q(unit__in=scope.units(Role.SUPERVISOR)))

    def waiting(self) -> Self:
        return self.filter(ended_at__isnull=True)


BulkManager = models.Manager.from_queryset(BulkQuerySet)


class Bulk(models.Model):
    """One deed with what was filled in, asked once for many cases; the follower does it."""

    deed = models.CharField(max_length=10, choices=MANY)
    given = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="bulks")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    tended_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = BulkManager()

    class Meta:
        indexes = [
            models.Index(
                fields=["tended_at"],
                condition=models.Q(ended_at__isnull=True),
                name="bulk_waiting",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="bulk_deed_is_known", condition=models.Q(deed__in=[name for name, _ in MANY])
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        return f"bulk:{self.pk}"


class BulkItem(models.Model):
    """One case of a bulk: it waits, is done, or was refused with its sentence, which is kept in
    every language, as those who read it later may speak another than who asked. One that waits
    has a sentence once it was put off."""

    bulk = models.ForeignKey(Bulk, models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=ITEM_OUTCOMES, default=Outcome.WAITING)
    code = models.CharField(max_length=40, blank=True)
    sentences = models.JSONField(default=dict)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulk", "case"], name="bulk_item_once"),
            models.CheckConstraint(
                name="bulk_item_refused_says_why",
                condition=models.Q(models.Q(outcome="refused"), ~models.Q(code=""))
                | models.Q(models.Q(code=""), ~models.Q(outcome="refused")),
            ),
            models.CheckConstraint(
                name="bulk_item_has_its_time",
                condition=models.Q(outcome="waiting", at__isnull=True)
                | models.Q(outcome__in=["done", "refused"], at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bulk_id}: {self.case_id}"

    @property
    def sentence(self) -> str:
        """Why it was refused or put off, in the reader's language."""
        said: dict[str, str] = self.sentences
        return said.get(get_language() or "") or next(iter(said.values()), "")
