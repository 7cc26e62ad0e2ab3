"""Somebody walks through a hall, announced or not, and looks whether the standards are kept."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate

from mingchuang.cases.models import Submission
from mingchuang.hall.models import Site
from mingchuang.ledger.models import Evidence
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.fields import EncryptedTextField
from mingchuang.people.models import Person, Unit
from mingchuang.reviews.models.standards import CheckItem, Checklist
from mingchuang.reviews.rules.inspections import TOLD, Answer, Deed, Manner, State
from mingchuang.reviews.words.inspections import (
    ANSWERS,
    INSPECTION_DEEDS,
    INSPECTION_STATES,
    MANNERS,
)

IS_TOLD = Q(state__in=sorted(TOLD))


class Inspection(models.Model):
    """One walk through one hall by one list."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="inspections")
    # Who answers for the hall, as it stood then.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="inspections")
    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="inspections")
    manner = models.CharField(max_length=8, choices=MANNERS)
    state = models.CharField(max_length=10, choices=INSPECTION_STATES, default=State.PLANNED)
    day = models.DateField()
    inspector = models.ForeignKey(Person, models.PROTECT, related_name="inspects")
    planned_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    # The finished one after which somebody looks again.
    again = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    finished_at = models.DateTimeField(null=True)
    # In tenths of a point.
    points = models.PositiveIntegerField(null=True)
    whole = models.PositiveIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    # Notes and photos were forgotten: the points stay.
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(name="reviews_inspection_of_site", fields=["site", "finished_at"]),
            models.Index(name="reviews_inspection_of_unit", fields=["unit", "state", "id"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="reviews_inspection_state",
                condition=Q(state__in=[str(one) for one in State]),
            ),
            models.CheckConstraint(
                name="reviews_inspection_manner",
                condition=Q(manner__in=[str(one) for one in Manner]),
            ),
            # The inspected office reads who planned it, and must not learn who came.
            models.CheckConstraint(
                name="reviews_inspection_mystery_is_planned_by_another",
                condition=~Q(manner=Manner.MYSTERY.value) | ~Q(inspector=F("planned_by")),
            ),
            models.CheckConstraint(
                name="reviews_inspection_finished_has_points",
                condition=IS_TOLD
                & Q(finished_at__isnull=False, points__isnull=False, whole__isnull=False)
                & Q(points__lte=F("whole"))
                | ~IS_TOLD & Q(finished_at=None, points=None, whole=None),
            ),
            models.CheckConstraint(
                name="reviews_inspection_answered_after_it_was_told",
                condition=Q(answered_at=None) | IS_TOLD,
            ),
            models.CheckConstraint(
                name="reviews_inspection_undone_once",
                condition=Q(state=State.UNDONE.value, undone_at__isnull=False)
                | ~Q(state=State.UNDONE.value) & Q(undone_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def number(self) -> str:
        return f"{self.pk:06d}"

    @property
    def subject(self) -> str:
        return f"inspection:{self.number}"

    @property
    def walked_on(self) -> date:
        """The day somebody looked; before that, the day they are to."""
        return localdate(self.finished_at) if self.finished_at else self.day

    @property
    def is_counted(self) -> bool:
        """Whether its points stand."""
        return self.state == State.FINISHED

    @property
    def is_mystery(self) -> bool:
        return self.manner == Manner.MYSTERY


class Mark(models.Model):
    """What was found about one clause. Until the walk is finished it may be found otherwise."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="marks")
    item = models.ForeignKey(CheckItem, models.PROTECT, related_name="marks")
    answer = models.CharField(max_length=6, choices=ANSWERS)
    times = models.PositiveSmallIntegerField(default=0)
    note = EncryptedTextField(blank=True)
    # The form it came with: sent again it is the same one.
    key = models.CharField(max_length=64)
    at = models.DateTimeField()
    rectification = models.OneToOneField(
        Submission, models.PROTECT, null=True, related_name="inspected"
    )

    class Meta:
        ordering = ["inspection", "item"]
        constraints = [
            models.UniqueConstraint(
                name="reviews_mark_once_a_clause", fields=["inspection", "item"]
            ),
            models.CheckConstraint(
                name="reviews_mark_answer", condition=Q(answer__in=[str(one) for one in Answer])
            ),
            models.CheckConstraint(
                name="reviews_mark_broken_so_often",
                condition=Q(answer=Answer.BROKEN.value, times__gte=1)
                | ~Q(answer=Answer.BROKEN.value) & Q(times=0),
            ),
            models.CheckConstraint(
                name="reviews_mark_only_what_is_broken_is_put_right",
                condition=Q(rectification=None) | Q(answer=Answer.BROKEN.value),
            ),
            models.CheckConstraint(name="reviews_mark_has_a_key", condition=~Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id}: {self.item_id} {self.answer}"


class Shot(models.Model):
    """A photo that shows what was found; on disk outside the web root, without hidden data."""

    mark = models.ForeignKey(Mark, models.PROTECT, related_name="shots")
    path = models.CharField(max_length=80, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    at = models.DateTimeField()
    # The file is gone; that there was one, and its hash, stays.
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="reviews_shot_has_a_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return self.path

    @property
    def fingerprint(self) -> str:
        """How the ledger names what is on it."""
        return f"sha256:{self.sha256}"


class Act(Evidence):
    """One deed about an inspection, with what was said, and what it held then: encrypted, and told
    to the ledger by its digest alone. Whoever reads the ledger learns of no visit to come."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="acts")
    deed = models.CharField(max_length=12, choices=INSPECTION_DEEDS)
    text = EncryptedTextField(blank=True)
    holds = EncryptedTextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(Evidence.Meta):
        ordering = ["pk"]
        constraints = [
            *Evidence.Meta.constraints,
            models.UniqueConstraint(
                name="reviews_act_once",
                fields=["inspection", "deed"],
            ),
            models.CheckConstraint(
                name="reviews_act_deed", condition=Q(deed__in=[str(one) for one in Deed])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id}: {self.deed}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"inspection": self.inspection_id, "text": self.text, "holds": self.holds}
