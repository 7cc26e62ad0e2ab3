"""What people say: submissions, what they add later, and their photos."""

from typing import Self

from django.db import models

from mingchuang.cases.models.case import Case
from mingchuang.cases.words import CHANNELS
from mingchuang.ledger.models import Evidence
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.fields import EncryptedTextField
from mingchuang.people.models import Person, Requester
from mingchuang.people.rules.masking import mask_numbers


class Words(Evidence):
    """Text from a requester.

    Of a confidential submission the original is sealed, `text` is the masked copy, and no
    unit sees that before a person has looked it over (`redacted_at`).
    """

    original = EncryptedTextField(blank=True)
    text = models.TextField(blank=True)
    redacted_at = models.DateTimeField(null=True)
    redacted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta(Evidence.Meta):
        abstract = True

    @property
    def shown(self) -> str:
        """The words as the staff read them: numbers of people are covered, until somebody looks at
        them for a reason that is recorded; a copy that a person has settled stands as it is."""
        return self.text if self.original else mask_numbers(self.text)

    @property
    def hides_numbers(self) -> bool:
        """Whether a number is covered in what is shown."""
        return self.shown != self.text


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def live(self) -> Self:
        """Narrow to those that were not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def unredacted(self) -> Self:
        """Narrow to the confidential ones that no person has looked over yet."""
        return self.filter(confidential=True, redacted_at__isnull=True)

    def callable(self) -> Self:
        """Narrow to those whose requester is owed a call-back and left a number for it."""
        return self.live().filter(reachable=True).exclude(requester__phone_index="")


SubmissionManager = models.Manager.from_queryset(SubmissionQuerySet)


class Submission(Words):
    """What one person says they want, once; carries its own receipt."""

    number = models.CharField(max_length=40, unique=True)
    key = models.CharField(max_length=64, unique=True)
    # How often its code was made anew; the ones before open nothing.
    renewed = models.PositiveSmallIntegerField(default=0)
    fingerprint = models.CharField(max_length=64, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="submissions")
    requester = models.ForeignKey(Requester, models.PROTECT, null=True, related_name="submissions")
    channel = models.CharField(max_length=12, choices=CHANNELS)
    confidential = models.BooleanField(default=False)
    reachable = models.BooleanField(default=False)
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    # The same matter again: joined to a case that was there, or chased by who holds the receipt.
    repeats = models.BooleanField(default=False)
    # The case of neighbours that its requester believes is the same; a person decides.
    wishes_to_join = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="wished_for")

    objects = SubmissionManager()

    class Meta(Words.Meta):
        indexes = [models.Index(fields=["at", "case", "repeats"], name="submission_at")]
        constraints = [
            *Evidence.Meta.constraints,
            models.CheckConstraint(
                name="submission_reachable_has_requester",
                condition=models.Q(reachable=False) | models.Q(requester__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"key": self.key, "text": self.original or self.text}

    @property
    def names_somebody(self) -> bool:
        """Whether its requester is known, and has not been forgotten since."""
        return self.requester is not None and not self.requester.is_erased

    @property
    def may_be_called(self) -> bool:
        """Whether a number was left that has not been forgotten since."""
        return self.reachable and self.requester is not None and bool(self.requester.phone_index)


class Remark(Words):
    """Something a requester adds later: more words, an answer to a question."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="remarks")

    class Meta(Words.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.at:%Y-%m-%d}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"text": self.original or self.text}


class Attachment(Evidence):
    """A photo, re-encoded without its hidden data, stored outside the web root.

    A photo of a confidential submission stays with the dispatcher until `cleared`.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="attachments")
    path = models.CharField(max_length=80, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    cleared = models.BooleanField(default=True)
    at = models.DateTimeField()

    class Meta(Evidence.Meta):
        pass

    def __str__(self) -> str:
        return self.path

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"sha256": self.sha256}


class Sent(models.Model):
    """A form that was done: the same form sent again does nothing more (promise P16)."""

    key = models.CharField(max_length=64, unique=True)
    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key
