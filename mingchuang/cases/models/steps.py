"""What is done about a case: replies, call-backs, pleas, pauses, merges, notes."""

from typing import Self

from django.db import models

from mingchuang.cases.models.case import Case
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.rules.publishing import public_draft
from mingchuang.cases.words import (
    CHANGES,
    DISPOSITIONS,
    EXCLUDABLE,
    EXCLUSION_REASONS,
    OUTCOMES,
    PLEAS,
    SATISFACTIONS,
)
from mingchuang.ledger.models import Evidence, is_emptied
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person, Unit


class Reply(Evidence):
    """The text the requester receives. Never overwritten: a reopened case gets the next one."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="replies")
    round = models.PositiveSmallIntegerField()
    text = models.TextField()
    disposition = models.CharField(max_length=12, choices=DISPOSITIONS)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # The day that was promised when it was given; and when somebody said it did not solve it.
    due_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)
    headline = models.CharField(max_length=120, blank=True)
    published_text = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, db_index=True)

    class Meta(Evidence.Meta):
        indexes = [
            models.Index(fields=["at", "reopened_at"], name="reply_at"),
            models.Index(fields=["due_at", "at"], name="reply_due"),
        ]
        constraints = [
            *Evidence.Meta.constraints,
            models.UniqueConstraint(fields=["case", "round"], name="reply_once_per_round"),
            models.CheckConstraint(
                name="reply_has_text", condition=~models.Q(text="") | is_emptied()
            ),
            models.CheckConstraint(
                name="reply_published_has_headline",
                condition=models.Q(published_at__isnull=True) | ~models.Q(headline=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.round}"

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and not self.is_erased

    @property
    def public_text(self) -> str:
        """What everybody may read; what no person has looked over is covered by machine."""
        return self.published_text or public_draft(self.text)

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"text": self.text}


class Callback(Evidence):
    """One attempt to ask one requester “solved? satisfied?”, or what they said by themselves."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="callbacks")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="callbacks")
    round = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=14, choices=OUTCOMES)
    solved = models.BooleanField(null=True)
    satisfied = models.CharField(max_length=10, choices=SATISFACTIONS, blank=True)
    text = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta(Evidence.Meta):
        indexes = [
            models.Index(fields=["at", "outcome", "solved", "satisfied"], name="callback_at")
        ]
        constraints = [
            *Evidence.Meta.constraints,
            models.CheckConstraint(
                name="callback_reached_says_solved",
                condition=models.Q(outcome="reached", solved__isnull=False)
                | (~models.Q(outcome="reached") & models.Q(solved__isnull=True)),
            ),
            models.CheckConstraint(
                name="callback_satisfied_only_when_reached",
                condition=models.Q(satisfied="") | models.Q(outcome="reached"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.outcome}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"text": self.text}


class PleaQuerySet(models.QuerySet["Plea"]):
    def open(self) -> Self:
        """Narrow to those that still wait for a decision."""
        return self.filter(granted__isnull=True, dropped_at__isnull=True)


PleaManager = models.Manager.from_queryset(PleaQuerySet)


class Plea(Evidence):
    """What one person asks and a second person decides: extension, pause, kind, return, exclusion.

    It is dropped where there is nothing left to decide: the case was answered first.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="pleas")
    what = models.CharField(max_length=8, choices=PLEAS)
    reason = models.TextField()
    days = models.PositiveSmallIntegerField(null=True)
    review_on = models.DateField(null=True)
    kind = models.CharField(max_length=12, blank=True)
    was = models.CharField(max_length=12, blank=True)
    rate = models.CharField(max_length=12, choices=EXCLUDABLE, blank=True)
    code = models.CharField(max_length=20, choices=EXCLUSION_REASONS, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    granted = models.BooleanField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    objects = PleaManager()

    class Meta(Evidence.Meta):
        constraints = [
            *Evidence.Meta.constraints,
            models.CheckConstraint(
                name="plea_decided_by_a_second_person",
                condition=models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("asked_by")),
            ),
            models.CheckConstraint(
                name="plea_decision_is_whole",
                condition=models.Q(
                    granted__isnull=True, decided_by__isnull=True, decided_at__isnull=True
                )
                | models.Q(
                    granted__isnull=False, decided_by__isnull=False, decided_at__isnull=False
                ),
            ),
            models.CheckConstraint(
                name="plea_has_reason", condition=~models.Q(reason="") | is_emptied()
            ),
            models.CheckConstraint(
                name="plea_says_what_is_asked",
                condition=models.Q(what="extend", days__gt=0)
                | models.Q(what="pause", review_on__isnull=False)
                | models.Q(models.Q(what="retype"), ~models.Q(kind=""))
                | models.Q(what__in=["return", "dispute"])
                | models.Q(models.Q(what="exclude"), ~models.Q(rate=""), ~models.Q(code="")),
            ),
            models.UniqueConstraint(
                fields=["case", "what"],
                condition=models.Q(granted__isnull=True, dropped_at__isnull=True),
                name="plea_one_open_of_each",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.what}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"reason": self.reason}


class Pause(models.Model):
    """A stretch during which the clock stands; it has a day on which it is looked at again."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="pauses")
    plea = models.OneToOneField(Plea, models.PROTECT, related_name="pause")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    review_on = models.DateField()
    review_told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(until__isnull=True), name="pause_one_at_a_time"
            ),
            models.CheckConstraint(
                name="pause_ends_after_it_begins",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.since:%Y-%m-%d}"


class DueChange(models.Model):
    """Why the due time is what it is: one row per change, with the trace a person can read."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="due_changes")
    why = models.CharField(max_length=10, choices=CHANGES)
    due_at = models.DateTimeField()
    trace = models.JSONField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id}: {self.why}"


class Merge(models.Model):
    """Duplicates joined: what moved, and where from, so that it can be undone exactly."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="merges")
    master = models.ForeignKey(Case, models.PROTECT, related_name="merges_in")
    state = models.CharField(max_length=12)
    moved = models.ManyToManyField(Submission, related_name="merges")
    # The same person said it again: counted as a reminder on the master.
    reminded = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(undone_at__isnull=True),
                name="merge_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.master_id}"


class Note(Evidence):
    """What staff write down for themselves while handling: visits, calls, findings."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    text = models.TextField()
    is_contact = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(Evidence.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.case_id}: {self.at:%Y-%m-%d}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"text": self.text}
