"""What is like what: found by machine, and settled by people."""

from django.db import models

from mingchuang.cases.models.case import Case
from mingchuang.people.models import Person


class Alike(models.Model):
    """A case, an earlier one that is like it, how much (0 to 1), and the words they share."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="alike")
    other = models.ForeignKey(Case, models.CASCADE, related_name="alike_later")
    score = models.FloatField()
    shared = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "other"], name="alike_once_per_pair"),
            models.CheckConstraint(
                name="alike_points_to_an_earlier_case",
                condition=models.Q(other__lt=models.F("case")),
            ),
            models.CheckConstraint(
                name="alike_score_is_a_share", condition=models.Q(score__gt=0, score__lte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} ~ {self.other_id}"


class NotAlike(models.Model):
    """Somebody looked: these two are not one matter. It is not suggested again."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="not_alike")
    other = models.ForeignKey(Case, models.CASCADE, related_name="not_alike_later")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "other"], name="not_alike_once_per_pair"),
            models.CheckConstraint(
                name="not_alike_names_the_later_case_first",
                condition=models.Q(other__lt=models.F("case")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} ≠ {self.other_id}"


class CommonWords(models.Model):
    """In how many of the newest texts each run of letters stands; one row, counted anew hourly."""

    texts = models.PositiveIntegerField()
    seen = models.JSONField()
    counted_at = models.DateTimeField()
    # Another one each time, so that whoever remembers a count knows when it is out of date.
    edition = models.CharField(max_length=32)

    def __str__(self) -> str:
        return f"{self.texts}"


class Compared(models.Model):
    """Up to which place of the sealed ledger new words were compared; one row."""

    index = models.BigIntegerField(default=-1)

    def __str__(self) -> str:
        return f"{self.index}"
