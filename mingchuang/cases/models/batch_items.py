"""The people of a batch: whose matter is where, what is needed of them, and the parcels."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from mingchuang.cases.batching.words import CARRIERS, STAGES, TURNED
from mingchuang.cases.models.batches import Batch, BatchUpload
from mingchuang.cases.models.submission import Attachment
from mingchuang.cases.rules.batches.life import TO_DO, Stage
from mingchuang.ledger.models import Evidence, is_emptied
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.fields import EncryptedTextField
from mingchuang.people.models import Person


class Delivery(Evidence):
    """One parcel with what is done, its carrier and its number, and when it was there; or that the
    company waits for it, and what she was answered."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="deliveries")
    carrier = models.CharField(max_length=5, choices=CARRIERS)
    tracking = EncryptedTextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    missed = EncryptedTextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answer = EncryptedTextField(blank=True)

    class Meta(Evidence.Meta):
        ordering = ["pk"]
        constraints = [
            *Evidence.Meta.constraints,
            models.CheckConstraint(
                name="cases_delivery_answers_who_waits_for_it",
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("missed_at")),
            ),
            models.CheckConstraint(
                name="cases_delivery_has_a_number", condition=~Q(tracking="") | is_emptied()
            ),
            models.CheckConstraint(
                name="cases_delivery_is_there_after_it_left",
                condition=Q(received_at__isnull=True) | Q(received_at__gte=F("at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}#{self.pk}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"tracking": self.tracking}


class BatchItemQuerySet(models.QuerySet["BatchItem"]):
    def to_do(self) -> Self:
        """Narrow to those that still need minutes at a window, in their order."""
        return self.filter(stage__in=sorted(map(str, TO_DO))).order_by("place")


BatchItemManager = models.Manager.from_queryset(BatchItemQuerySet)


class BatchItem(Evidence):
    """One person's matter: its place in the list, its stage. Who it is, is encrypted."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="people")
    place = models.PositiveIntegerField()
    person = EncryptedTextField(blank=True)
    person_index = models.CharField(max_length=64, blank=True, db_index=True)
    # Who was crossed out is known by this alone: the same row is not listed again.
    crossed_index = models.CharField(max_length=64, blank=True, db_index=True)
    upload = models.ForeignKey(BatchUpload, models.PROTECT, related_name="people")
    sheet_row = models.PositiveIntegerField()
    stage = models.CharField(max_length=12, choices=STAGES, default=Stage.SENT)
    because = EncryptedTextField(blank=True)
    asked_at = models.DateTimeField(null=True)
    # Since when more was needed than the one list said.
    more_asked_at = models.DateTimeField(null=True)
    planned_on = models.DateField(null=True)
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="people")
    at = models.DateTimeField()

    objects = BatchItemManager()

    class Meta(Evidence.Meta):
        ordering = ["batch", "place"]
        indexes = [
            models.Index(name="cases_batch_item_of_stage", fields=["batch", "stage", "place"]),
            models.Index(
                name="cases_batch_item_of_day",
                fields=["planned_on"],
                condition=Q(planned_on__isnull=False),
            ),
        ]
        constraints = [
            *Evidence.Meta.constraints,
            models.UniqueConstraint(name="cases_batch_item_one_a_place", fields=["batch", "place"]),
            models.UniqueConstraint(
                name="cases_batch_item_person_once",
                fields=["batch", "person_index"],
                condition=~Q(person_index=""),
            ),
            models.CheckConstraint(
                name="cases_batch_item_stage_is_known", condition=Q(stage__in=list(Stage))
            ),
            models.CheckConstraint(
                name="cases_batch_item_declined_says_why",
                condition=~Q(stage=Stage.DECLINED.value) | ~Q(because="") | is_emptied(),
            ),
            models.CheckConstraint(
                name="cases_batch_item_taken_out_says_why",
                condition=~Q(stage=Stage.TAKEN_OUT.value)
                | Q(person_index="") & (~Q(because="") | is_emptied()),
            ),
            models.CheckConstraint(
                name="cases_batch_item_crossed_is_taken_out",
                condition=Q(crossed_index="") | Q(stage=Stage.TAKEN_OUT.value),
            ),
            models.CheckConstraint(
                name="cases_batch_item_sent_when_done",
                condition=Q(delivery__isnull=True) | Q(stage=Stage.DONE.value),
            ),
            models.CheckConstraint(
                name="cases_batch_item_waits_for_what_was_asked",
                condition=~Q(stage=Stage.NEEDS_MORE.value) | Q(asked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="cases_batch_item_more_after_the_one_list",
                condition=Q(more_asked_at__isnull=True) | Q(more_asked_at__gte=F("asked_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.place}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"person": self.person}


class ListNote(Evidence):
    """What was said of some people of a list in one deed: why they were declined or put back, or
    which papers they need. Each of them has it written beside them; here the ledger vouches for
    it."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="notes")
    text = EncryptedTextField(blank=True)
    at = models.DateTimeField()

    class Meta(Evidence.Meta):
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.batch_id}#{self.pk}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"text": self.text}


class PaperQuerySet(models.QuerySet["Paper"]):
    def owed(self) -> Self:
        """Narrow to what is still needed: not here, and not crossed out."""
        return self.filter(supplied_at__isnull=True, struck_at__isnull=True)


PaperManager = models.Manager.from_queryset(PaperQuerySet)


class Paper(models.Model):
    """One paper that is needed of one person. `name_index` is the same for the same paper of the
    same person in every batch, so that nobody is asked for it a second time. `on_word`: the company
    says that it handed it in, and sent no photo of it; where it is still owed, the window said that
    it is not here. `is_late`: the one list left it out. `why` and `because` are what the company
    reads of a paper that was turned back, is not here or is late."""

    item = models.ForeignKey(BatchItem, models.PROTECT, related_name="papers")
    name = EncryptedTextField(blank=True)
    name_index = models.CharField(max_length=64, blank=True, db_index=True)
    asked_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)
    supplied_at = models.DateTimeField(null=True)
    on_word = models.BooleanField(default=False)
    turned_back_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=12, choices=TURNED, blank=True)
    because = EncryptedTextField(blank=True)
    struck_at = models.DateTimeField(null=True)
    photos = models.ManyToManyField(Attachment, related_name="papers")

    objects = PaperManager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="cases_paper_asked_once",
                fields=["item", "name_index"],
                condition=~Q(name_index=""),
            ),
            models.CheckConstraint(
                name="cases_paper_turned_back_says_why",
                condition=Q(turned_back_at__isnull=True) | ~Q(why=""),
            ),
            models.CheckConstraint(
                name="cases_paper_struck_is_waited_for_no_more",
                condition=Q(struck_at__isnull=True) | Q(supplied_at__isnull=True, name_index=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}#{self.pk}"

    @property
    def is_not_here(self) -> bool:
        """Whether the company said that it handed it in, and the window did not receive it."""
        return self.on_word and self.supplied_at is None
