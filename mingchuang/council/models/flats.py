"""The register of flats of a topic: each flat, its area, and who owns it."""

from typing import Self

from django.db import models
from django.db.models import Q

from mingchuang.council.models.topics import Topic
from mingchuang.council.rules.flats import names_in
from mingchuang.people.fields import EncryptedTextField
from mingchuang.people.models import Requester
from mingchuang.people.rules.masking import mask_name


class Owner(models.Model):
    """One head (业主): who owns the same flats, alone or together, and votes once for all of them.

    Whoever holds the code votes for them, and sees what they owe.
    """

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="owners")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=32, unique=True)
    requester = models.OneToOneField(Requester, models.PROTECT, related_name="+")
    # Which flats are one owner's; empty where that cannot be known.
    same_index = models.CharField(max_length=64, blank=True)
    with_developer = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["topic", "number"]
        constraints = [
            models.UniqueConstraint(name="council_owner_number_once", fields=["topic", "number"]),
            models.UniqueConstraint(
                name="council_owner_is_one_head",
                fields=["topic", "same_index"],
                condition=~Q(same_index=""),
            ),
            models.UniqueConstraint(
                name="council_developer_is_one_head",
                fields=["topic"],
                condition=Q(with_developer=True),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        """What the ledger calls them: a topic and a number."""
        return f"owner:{self.topic.number}-{self.number:03d}"

    @property
    def masked_name(self) -> str:
        """张*、李*芳; a developer is no person, and is named."""
        if self.with_developer:
            return self.requester.name
        return "、".join(mask_name(name) for name in names_in(self.requester.name))


class FlatQuerySet(models.QuerySet["Flat"]):
    def counted(self) -> Self:
        """What counts from now on; a flat that was entered by mistake is taken out and stays to be
        read."""
        return self.filter(taken_out_at=None)


FlatManager = models.Manager.from_queryset(FlatQuerySet)


class Flat(models.Model):
    """One exclusive part of a building (专有部分); its label is an address, and encrypted."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="flats")
    number = models.PositiveIntegerField()
    label = EncryptedTextField()
    label_index = models.CharField(max_length=64)
    # Hundredths of a square metre, as the register of real estate writes it.
    area = models.PositiveIntegerField()
    floor = models.SmallIntegerField(default=1)
    owner = models.ForeignKey(Owner, models.PROTECT, related_name="flats")
    at = models.DateTimeField()
    taken_out_at = models.DateTimeField(null=True)
    taken_out_because = models.CharField(max_length=200, blank=True)

    objects = FlatManager()

    class Meta:
        ordering = ["topic", "number"]
        constraints = [
            models.UniqueConstraint(name="council_flat_number_once", fields=["topic", "number"]),
            models.UniqueConstraint(
                name="council_flat_label_once", fields=["topic", "label_index"]
            ),
            models.CheckConstraint(name="council_flat_has_a_label", condition=~Q(label_index="")),
            models.CheckConstraint(name="council_flat_has_an_area", condition=Q(area__gte=1)),
            models.CheckConstraint(
                name="council_flat_taken_out_has_a_reason",
                condition=Q(taken_out_at=None, taken_out_because="")
                | Q(taken_out_at__isnull=False) & ~Q(taken_out_because=""),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        return f"flat:{self.topic.number}-{self.number:03d}"
