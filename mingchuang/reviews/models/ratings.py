"""What people say of how they were served."""

from django.db import models
from django.db.models import Q

from mingchuang.hall.models import Window
from mingchuang.ledger.models import Evidence
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.fields import EncryptedTextField
from mingchuang.reviews.rules import BEST, WORST, Origin
from mingchuang.reviews.words import GRADES, ORIGINS
from mingchuang.visits.models import Visit


class Rating(Evidence):
    """One word on one visit (一次一评); what is written beside the grade is encrypted."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="ratings")
    window = models.ForeignKey(Window, models.PROTECT, related_name="ratings")
    origin = models.CharField(max_length=10, choices=ORIGINS)
    grade = models.PositiveSmallIntegerField(choices=GRADES)
    words = EncryptedTextField(blank=True)
    given_at = models.DateTimeField()

    class Meta(Evidence.Meta):
        ordering = ["-pk"]
        constraints = [
            *Evidence.Meta.constraints,
            # A stranger's word never takes the place of the visitor's own.
            models.UniqueConstraint(
                name="reviews_rating_once_a_visit_and_origin", fields=["visit", "origin"]
            ),
            models.CheckConstraint(
                name="reviews_rating_grade", condition=Q(grade__range=(WORST, BEST))
            ),
            models.CheckConstraint(
                name="reviews_rating_origin", condition=Q(origin__in=[one.value for one in Origin])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit} {self.grade}"

    @property
    def subject(self) -> str:
        """What the ledger calls this rating: the visit's number, and whose word it is."""
        return f"rating:{self.visit.subject.partition(':')[2]}-{self.origin}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"words": self.words}
