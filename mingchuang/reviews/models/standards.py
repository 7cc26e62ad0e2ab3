"""What staff are held to, and the lists by which somebody looks whether they keep it."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from mingchuang.people.models import Person
from mingchuang.reviews.rules.standards import LARGEST, Chapter, Method
from mingchuang.reviews.words.inspections import CHAPTERS, METHODS


class ClauseQuerySet(models.QuerySet["Clause"]):
    def in_force(self) -> Self:
        """Narrow to what hangs on the wall now."""
        return self.filter(until=None)


ClauseManager = models.Manager.from_queryset(ClauseQuerySet)


class Clause(models.Model):
    """One wording of one clause. It is never rewritten: another version follows it, and whoever
    was inspected by this one still reads it."""

    code = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField(default=1)
    chapter = models.CharField(max_length=10, choices=CHAPTERS)
    text = models.TextField()
    since = models.DateField()
    until = models.DateField(null=True)
    # Nobody: it hung on the wall before there were versions.
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = ClauseManager()

    class Meta:
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(name="reviews_clause_version_once", fields=["code", "version"]),
            models.UniqueConstraint(
                name="reviews_clause_one_in_force", fields=["code"], condition=Q(until=None)
            ),
            models.CheckConstraint(
                name="reviews_clause_chapter",
                condition=Q(chapter__in=[str(one) for one in Chapter]),
            ),
            models.CheckConstraint(name="reviews_clause_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="reviews_clause_ends_after_it_began",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    @property
    def subject(self) -> str:
        return f"clause:{self.code}"


class Checklist(models.Model):
    """What is looked at in one walk through a hall. It is never changed: another one is made."""

    name = models.CharField(max_length=80)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="reviews_checklist_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="reviews_checklist_retired_after_it_was_made",
                condition=Q(retired_at=None) | Q(retired_at__gte=F("at")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        return f"checklist:{self.pk:04d}"


class CheckItem(models.Model):
    """One clause as it is looked at: how, what it is worth, and what each finding costs."""

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="looked_at")
    method = models.CharField(max_length=6, choices=METHODS)
    # In tenths of a point.
    maximum = models.PositiveSmallIntegerField()
    deduction = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["checklist", "number"]
        constraints = [
            models.UniqueConstraint(
                name="reviews_checkitem_number_once", fields=["checklist", "number"]
            ),
            models.UniqueConstraint(
                name="reviews_checkitem_clause_once", fields=["checklist", "clause"]
            ),
            models.CheckConstraint(
                name="reviews_checkitem_method",
                condition=Q(method__in=[str(one) for one in Method]),
            ),
            models.CheckConstraint(
                name="reviews_checkitem_costs_no_more_than_it_is_worth",
                condition=Q(deduction__gte=1, maximum__gte=F("deduction"), maximum__lte=LARGEST),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.clause}"
