"""What a visitor was told at once to be missing, and by when they bring it."""

from django.db import models
from django.db.models import F, Q

from mingchuang.hall.models import ServiceItem
from mingchuang.people.models import Person
from mingchuang.visits.models.visits import Visit
from mingchuang.visits.rules.reminding import MOST
from mingchuang.visits.rules.supplements import Why
from mingchuang.visits.words.supplements import ENDED_BECAUSE

WAITED_FOR = Q(due_on__isnull=False, brought_at__isnull=True, ended_at__isnull=True)


class Supplement(models.Model):
    """One one-time notice (一次性告知); with a day by which it is brought (补正), the matter was
    taken in with the gap (容缺受理). Told once it stands: another notice is another row."""

    key = models.CharField(max_length=64, unique=True)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="supplements")
    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="supplements")
    # As they stood in the guide then, one a line.
    materials = models.TextField()
    due_on = models.DateField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # As with bookings: noted before it is tried, told once it was done.
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    brought_at = models.DateTimeField(null=True)
    # Nobody brought it, and it is not waited for any longer.
    ended_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=12, blank=True, choices=ENDED_BECAUSE)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                name="visits_supplement_waited_for", fields=["due_on"], condition=WAITED_FOR
            ),
            models.Index(
                name="visits_supplement_to_remind",
                fields=["next_at"],
                condition=Q(next_at__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="visits_supplement_says_what_is_missing", condition=~Q(materials="")
            ),
            models.CheckConstraint(
                name="visits_supplement_without_a_day_is_not_waited_for",
                condition=Q(due_on__isnull=False)
                | Q(next_at__isnull=True, reminded_at__isnull=True, brought_at__isnull=True),
            ),
            models.CheckConstraint(
                name="visits_supplement_is_tried_so_often", condition=Q(tries__lte=MOST)
            ),
            models.CheckConstraint(
                name="visits_supplement_reminded_is_not_tried_again",
                condition=Q(reminded_at__isnull=True) | Q(next_at__isnull=True),
            ),
            models.CheckConstraint(
                name="visits_supplement_brought_after_it_was_told",
                condition=Q(brought_at__isnull=True) | Q(brought_at__gte=F("at")),
            ),
            models.CheckConstraint(
                name="visits_supplement_ended_says_why",
                condition=Q(ended_at__isnull=True, because="")
                | Q(
                    ended_at__gte=F("at"),
                    because__in=list(Why),
                    due_on__isnull=False,
                    brought_at__isnull=True,
                    next_at__isnull=True,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        """What the ledger calls this notice."""
        return f"supplement:{self.pk:08d}"

    @property
    def material_list(self) -> list[str]:
        return self.materials.splitlines()

    @property
    def ticks(self) -> str:
        """The address by which the notice is printed with what is missing ticked."""
        told = set(self.material_list)
        listed = enumerate(self.item.guide.material_list, 1)
        return "&".join(f"missing={n}" for n, text in listed if text in told)

    @property
    def is_waited_for(self) -> bool:
        return self.due_on is not None and self.brought_at is None and self.ended_at is None
