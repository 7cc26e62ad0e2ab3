"""Many like matters for one organisation: what is asked of each, its workbooks, its overtime."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mingchuang.cases.batching.words import PROOFS
from mingchuang.cases.models.case import Case
from mingchuang.cases.rules.batches.columns import Column, columns_in
from mingchuang.cases.rules.batches.company import Proof
from mingchuang.hall.models import ServiceItem
from mingchuang.people.fields import EncryptedTextField
from mingchuang.people.models import Person


class BatchSheet(models.Model):
    """What a service item asks of each person of a batch, and how many minutes one takes."""

    item = models.OneToOneField(
        ServiceItem, models.PROTECT, related_name="batch_sheet", verbose_name=_("事项")
    )
    columns = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(_("每人要多少分钟"), default=10)
    active = models.BooleanField(_("收新的批量"), default=True)

    class Meta:
        verbose_name = _("批量表")
        verbose_name_plural = pgettext_lazy("many", "批量表")
        ordering = ["item__code"]
        constraints = [
            models.CheckConstraint(
                name="cases_batch_sheet_takes_some_time", condition=Q(minutes__range=(1, 480))
            ),
        ]

    def __str__(self) -> str:
        return str(self.item)

    @property
    def subject(self) -> str:
        return f"batchsheet:{self.item.code}"

    @property
    def column_list(self) -> tuple[Column, ...]:
        return read_columns(self.columns)


class Batch(models.Model):
    """A case with one organisation, one named contact on each side, and a list of people.

    What its sheet asked when it was opened counts to its end.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="batch")
    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="batches")
    organisation = models.CharField(max_length=100)
    credit_code = models.CharField(max_length=18, db_index=True)
    contact = models.ForeignKey(Person, models.PROTECT, null=True, related_name="batches")
    # A line of their own, if the unit gives one; whom the company knew before them.
    contact_phone = models.CharField(max_length=40, blank=True)
    contact_since = models.DateTimeField(null=True)
    contact_before = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    # When the company had another clerk, and with them another link; empty for who opened it.
    clerk_since = models.DateTimeField(null=True)
    # How it was made sure that it comes from this organisation; empty while nobody looked.
    proof = models.CharField(max_length=8, choices=PROOFS, blank=True)
    columns = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField()
    size = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    plan_asked_at = models.DateTimeField(null=True)
    planned_at = models.DateTimeField(null=True)
    promised_on = models.DateField(null=True)
    short = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                name="cases_batch_to_plan",
                fields=["plan_asked_at"],
                condition=Q(plan_asked_at__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="cases_batch_names_its_organisation",
                condition=~Q(organisation="") & Q(credit_code__regex=r"^[0-9A-Z]{18}$"),
            ),
            models.CheckConstraint(
                name="cases_batch_takes_some_time", condition=Q(minutes__range=(1, 480))
            ),
            models.CheckConstraint(
                name="cases_batch_promises_only_what_was_planned",
                condition=Q(promised_on__isnull=True) | Q(planned_at__isnull=False, short=0),
            ),
            models.CheckConstraint(
                name="cases_batch_is_handed_on_to_somebody",
                condition=Q(contact_before__isnull=True) | Q(contact__isnull=False),
            ),
            models.CheckConstraint(
                name="cases_batch_proof_is_known",
                condition=Q(proof__in=["", *(str(one) for one in Proof)]),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return self.case.number

    @property
    def subject(self) -> str:
        """What the ledger calls this batch."""
        return f"batch:{self.number}"

    @property
    def column_list(self) -> tuple[Column, ...]:
        return read_columns(self.columns)


class BatchUpload(models.Model):
    """A workbook the company sent, and how far its reading is. The file and the copy with its
    faults lie in pieces."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="uploads")
    key = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=7)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    about = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    faulty = models.PositiveIntegerField(default=0)
    # The first faults for the page: rows and sentences, in which no cell is repeated.
    faults = models.JSONField(default=list)
    # Why it could not be read, or not to its end, in every language.
    refusal = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="cases_upload_one_waits",
                fields=["batch"],
                condition=Q(read_at__isnull=True),
            ),
            models.CheckConstraint(
                name="cases_upload_counts_every_row",
                condition=Q(rows=F("good") + F("known") + F("faulty")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.at:%Y-%m-%d}"

    @property
    def sentence(self) -> str:
        """Why it could not be read, in the reader's language."""
        said: dict[str, str] = self.refusal
        return said.get(get_language() or "") or next(iter(said.values()), "")


class BatchPiece(models.Model):
    """A part of a workbook, so that none is ever held whole: of the one that was sent, until it is
    read, or of the marked copy, until the next one is read or the list is erased. Both hold names
    and are encrypted."""

    SENT, MARKED = "sent", "marked"

    upload = models.ForeignKey(BatchUpload, models.PROTECT, related_name="pieces")
    part_of = models.CharField(max_length=6, choices=[(SENT, SENT), (MARKED, MARKED)])
    nth = models.PositiveIntegerField()
    content = EncryptedTextField()

    class Meta:
        ordering = ["upload", "part_of", "nth"]
        constraints = [
            models.UniqueConstraint(
                name="cases_piece_stands_once", fields=["upload", "part_of", "nth"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.upload_id}: {self.part_of} {self.nth}"


class OvertimeQuerySet(models.QuerySet["Overtime"]):
    def in_force(self) -> Self:
        """Narrow to what was not taken back."""
        return self.filter(withdrawn_at__isnull=True)


OvertimeManager = models.Manager.from_queryset(OvertimeQuerySet)


class Overtime(models.Model):
    """Minutes beyond the doors that a member of staff offers of their own accord on one day, and
    may take back."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="overtime")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = OvertimeManager()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="cases_overtime_agreed_once",
                fields=["batch", "person", "day"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="cases_overtime_within_reason", condition=Q(minutes__range=(1, 240))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.day}"


def read_columns(text: str) -> tuple[Column, ...]:
    """Return the columns that were looked over before they were kept."""
    found = columns_in(text)
    assert isinstance(found, tuple)
    return found
