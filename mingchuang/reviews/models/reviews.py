"""What becomes of a bad rating: verified, perhaps contested, put right, told."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from mingchuang.cases.models import Submission
from mingchuang.cases.words import OUTCOMES
from mingchuang.ledger.models import Evidence
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.fields import EncryptedTextField
from mingchuang.people.models import Person, Unit
from mingchuang.reviews.models.ratings import Rating
from mingchuang.reviews.rules.life import (
    EXCLUDED,
    TO_GO_ON,
    TO_RECTIFY,
    Deed,
    Finding,
    State,
    Watch,
)
from mingchuang.reviews.words.tables import DEEDS, FINDINGS, STATES

IS_WAITING = Q(state=State.WAITING.value)
# What is not known is not true either: a check that asks for it alone would let it pass.
IS_UPHELD = Q(upheld__isnull=False, upheld=True)


class ReviewQuerySet(models.QuerySet["Review"]):
    def found(self) -> Self:
        """Narrow to what was verified: nobody outside of the reviewing office knows of more."""
        return self.exclude(state=State.WAITING)

    def open(self) -> Self:
        return self.exclude(state=State.CLOSED)

    def timed(self) -> Self:
        """Add by when somebody has to get on with it (`due`): while it is put right its case
        tells, and once that has ended the public is to be told."""
        answered = F("rectification__case__ended_at") + TO_GO_ON
        return self.annotate(due=Coalesce("due_at", answered, "rectification__case__due_at"))

    def late_first(self) -> Self:
        return self.timed().order_by("due", "pk")


ReviewManager = models.Manager.from_queryset(ReviewQuerySet)


class Review(models.Model):
    """One bad rating on its way: a state, a finding, at most one objection, at most one case."""

    rating = models.OneToOneField(Rating, models.PROTECT, related_name="review")
    # The rated office: whom it is about, and who never sees who rated.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reviewed")
    state = models.CharField(max_length=10, choices=STATES, default=State.WAITING)
    finding = models.CharField(max_length=10, choices=FINDINGS, blank=True)
    # What the rated office and everybody may read of the words: settled when it was verified.
    shown = models.TextField(blank=True)
    # Whether a way was left to call who rated, and whether they were spoken to.
    reachable = models.BooleanField(default=False)
    was_reached = models.BooleanField(default=False)
    # Who rated wrote on their own page that it was a slip of the hand.
    said_a_slip = models.BooleanField(default=False)
    found_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    found_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    contested_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    upheld = models.BooleanField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    # The rectification: what was said to the unit, and with it the case, its clock and call-back.
    rectification = models.OneToOneField(
        Submission, models.PROTECT, null=True, related_name="review"
    )
    # By when the next step is due, and how often nobody having taken it was called to mind.
    due_at = models.DateTimeField(null=True)
    watch = models.PositiveSmallIntegerField(default=Watch.CALM.value)
    # What was done about it, in words for everybody.
    told = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)

    # What `timed` adds.
    due: datetime | None

    objects = ReviewManager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(name="reviews_review_of_unit", fields=["unit", "state", "id"])]
        constraints = [
            models.CheckConstraint(
                name="reviews_review_state", condition=Q(state__in=[str(one) for one in State])
            ),
            models.CheckConstraint(
                name="reviews_review_finding",
                condition=Q(finding__in=["", *(str(one) for one in Finding)]),
            ),
            models.CheckConstraint(
                name="reviews_review_found_by_somebody",
                condition=IS_WAITING & Q(finding="", found_by__isnull=True, found_at__isnull=True)
                | ~IS_WAITING & ~Q(finding="") & Q(found_by__isnull=False, found_at__isnull=False),
            ),
            models.CheckConstraint(
                name="reviews_review_decided_by_a_third",
                condition=Q(decided_by__isnull=True, upheld__isnull=True)
                | Q(decided_by__isnull=False, upheld__isnull=False, contested_by__isnull=False)
                & ~Q(decided_by=F("contested_by"))
                & ~Q(decided_by=F("found_by")),
            ),
            models.CheckConstraint(
                name="reviews_review_contested_waits_for_a_third",
                condition=~Q(state=State.CONTESTED.value)
                | Q(contested_by__isnull=False, decided_by__isnull=True),
            ),
            models.CheckConstraint(
                name="reviews_review_harm_is_found_by_a_third",
                condition=~Q(finding=Finding.MALICIOUS.value) | IS_UPHELD,
            ),
            models.CheckConstraint(
                name="reviews_review_a_slip_is_said_by_who_rated",
                condition=~Q(finding=Finding.MISTAKEN.value)
                | Q(was_reached=True)
                | Q(said_a_slip=True)
                | IS_UPHELD,
            ),
            models.CheckConstraint(
                name="reviews_review_open_is_due_some_day",
                condition=Q(state__in=[State.RECTIFYING.value, State.CLOSED.value])
                | Q(due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="reviews_review_rectifying_has_a_case",
                condition=~Q(state=State.RECTIFYING.value)
                | Q(
                    rectification__isnull=False,
                    finding__in=sorted(str(one) for one in TO_RECTIFY),
                ),
            ),
            models.CheckConstraint(
                name="reviews_review_closed_tells_what_was_done",
                condition=Q(state=State.CLOSED.value, closed_at__isnull=False) & ~Q(told="")
                | ~Q(state=State.CLOSED.value) & Q(closed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        """What the ledger calls this review; it says nothing of the rating's own entry."""
        return f"review:{self.pk:06d}"

    @property
    def is_excluded(self) -> bool:
        """Whether the rating counts in no rate; it stays where it is, and is counted as such."""
        return self.finding in EXCLUDED

    @property
    def is_supervised(self) -> bool:
        """Whether it lay so long that whoever supervises may get on with it."""
        return self.watch == Watch.SUPERVISED

    @property
    def is_slip(self) -> bool:
        """Whether it was found to be a slip of the hand."""
        return self.finding == Finding.MISTAKEN

    @property
    def rater_was_heard(self) -> bool:
        """Whether who rated said themselves how it was: on the phone, or on their page."""
        return self.was_reached or self.said_a_slip

    @property
    def is_to_be_rectified(self) -> bool:
        return self.finding in TO_RECTIFY


class Word(Evidence):
    """One deed about a bad rating, with what was said of it; encrypted, told by its digest."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="story")
    deed = models.CharField(max_length=12, choices=DEEDS)
    text = EncryptedTextField(blank=True)
    outcome = models.CharField(max_length=14, choices=OUTCOMES, blank=True)
    finding = models.CharField(max_length=10, choices=FINDINGS, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(Evidence.Meta):
        ordering = ["pk"]
        constraints = [
            *Evidence.Meta.constraints,
            models.CheckConstraint(
                name="reviews_word_call_has_an_outcome",
                condition=Q(deed=Deed.CALL.value) & ~Q(outcome="")
                | ~Q(deed=Deed.CALL.value) & Q(outcome=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.deed}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"text": self.text, "review": self.review_id}
