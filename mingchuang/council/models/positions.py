"""What people want: for, against, or yes, if; and the conditions, which others can join."""

from typing import Self

from django.db import models
from django.db.models import Q

from mingchuang.council.models.register import Stakeholder
from mingchuang.council.models.sittings import Sitting
from mingchuang.council.models.topics import Option
from mingchuang.council.models.witnessed import Witnessed
from mingchuang.council.rules.sitting import Stance
from mingchuang.council.words.sittings import STANCES
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person


class Condition(models.Model):
    """Under which condition somebody could live with an option (附带条件)."""

    option = models.ForeignKey(Option, models.PROTECT, related_name="conditions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    stakeholder = models.ForeignKey(Stakeholder, models.PROTECT, related_name="conditions")
    at = models.DateTimeField()

    class Meta:
        ordering = ["option", "number"]
        constraints = [
            models.UniqueConstraint(
                name="council_condition_number_once", fields=["option", "number"]
            ),
            models.CheckConstraint(name="council_condition_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.option} {self.number}"


class Joining(models.Model):
    """Somebody asks for a condition of another besides, whether they are for the option or against
    it: what their own position names needs none."""

    condition = models.ForeignKey(Condition, models.PROTECT, related_name="joinings")
    stakeholder = models.ForeignKey(Stakeholder, models.PROTECT, related_name="joinings")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["condition", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="council_joining_once_a_person", fields=["condition", "stakeholder"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.condition} {self.stakeholder_id}"


class PositionQuerySet(models.QuerySet["Position"]):
    def standing(self) -> Self:
        """What people say now; what they said before stays as it was."""
        return self.filter(replaced_at=None)


PositionManager = models.Manager.from_queryset(PositionQuerySet)


class Position(Witnessed):
    """How somebody stands to one option, since when, and where they said so. The ledger knows
    that they said something, by number, and a salted digest of it."""

    option = models.ForeignKey(Option, models.PROTECT, related_name="positions")
    stakeholder = models.ForeignKey(Stakeholder, models.PROTECT, related_name="positions")
    stance = models.CharField(max_length=7, choices=STANCES)
    condition = models.ForeignKey(Condition, models.PROTECT, null=True, related_name="positions")
    # None: said before a sitting, or between two.
    sitting = models.ForeignKey(Sitting, models.PROTECT, null=True, related_name="positions")
    # None: by their own link.
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    objects = PositionManager()

    class Meta(Witnessed.Meta):
        abstract = False
        ordering = ["option", "stakeholder", "at"]
        constraints = [
            *Witnessed.Meta.constraints,
            models.UniqueConstraint(
                name="council_position_one_standing",
                fields=["option", "stakeholder"],
                condition=Q(replaced_at=None),
            ),
            models.CheckConstraint(
                name="council_yes_if_names_its_condition",
                condition=Q(stance=Stance.IF.value, condition__isnull=False)
                | Q(stance__in=[Stance.FOR.value, Stance.AGAINST.value], condition=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.option} {self.stakeholder_id} {self.stance}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"stance": self.stance, "condition": self.condition.number if self.condition else 0}
