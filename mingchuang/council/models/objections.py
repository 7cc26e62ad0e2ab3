"""What somebody has against a decision, during its notice or later, and what came of it."""

from django.db import models
from django.db.models import F, Q

from mingchuang.cases.models import Case
from mingchuang.council.models.decisions import Decision
from mingchuang.council.rules.notice import WAITING, Stage
from mingchuang.council.words.sittings import OBJECTION_STAGES
from mingchuang.ledger.models import Evidence
from mingchuang.ledger.rules.canonical import JSON, canonical
from mingchuang.people.fields import EncryptedTextField
from mingchuang.people.models import Person, Requester

IS_WAITING = Q(stage__in=sorted(map(str, WAITING)))


class Objection(Evidence):
    """Said by anybody, with a receipt. What they wrote is private; what everybody reads of it
    is written by who answers."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="objections")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=32, unique=True)
    key = models.CharField(max_length=64, unique=True)
    stage = models.CharField(max_length=8, choices=OBJECTION_STAGES)
    text = EncryptedTextField(blank=True)
    # None: they left no name.
    requester = models.ForeignKey(Requester, models.PROTECT, null=True, related_name="objections")
    # The case in which it was said (投诉): its words stand there, and are not copied.
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="objections")
    # After the last day of the notice: heard all the same.
    is_late = models.BooleanField()
    # What is looked at again, once it was taken up: read by everybody.
    review_of = models.CharField(max_length=300, blank=True)
    gist = models.CharField(max_length=300, blank=True)
    answer = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta(Evidence.Meta):
        ordering = ["decision", "number"]
        constraints = [
            *Evidence.Meta.constraints,
            models.UniqueConstraint(
                name="council_objection_number_once", fields=["decision", "number"]
            ),
            models.UniqueConstraint(
                name="council_objection_once_a_case", fields=["decision", "case"]
            ),
            models.CheckConstraint(
                name="council_objection_stage_is_known", condition=Q(stage__in=list(Stage))
            ),
            models.CheckConstraint(
                name="council_objection_is_answered_in_words",
                condition=IS_WAITING & Q(answer="", answered_at=None)
                | ~IS_WAITING
                & ~Q(answer="")
                & ~Q(gist="")
                & Q(by__isnull=False, answered_at__isnull=False, answered_at__gte=F("at")),
            ),
            models.CheckConstraint(
                name="council_objection_upheld_was_reviewed",
                condition=~Q(stage__in=[Stage.REVIEWED.value, Stage.UPHELD.value])
                | Q(reviewed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        return f"objection:{self.decision.subject.partition(':')[2]}-{self.number}"

    @property
    def private_part(self) -> dict[str, JSON]:
        """Also the case: whoever knows its number would know who objected."""
        case = {"case": self.case.number} if self.case else {}
        return {"key": self.key, "text": self.text, **case}

    @property
    def wording(self) -> str:
        """What everybody reads of it and of what came of it, as one text."""
        return canonical([self.gist, self.answer]).decode()

    @property
    def is_fresh(self) -> bool:
        """Whether nobody has taken it up yet."""
        return self.stage == Stage.RECEIVED

    @property
    def is_waiting(self) -> bool:
        return self.stage in WAITING


class Measure(models.Model):
    """What was added to a decision after somebody objected (追加措施)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="measures")
    objection = models.OneToOneField(Objection, models.PROTECT, related_name="measure")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["decision", "number"]
        constraints = [
            models.UniqueConstraint(
                name="council_measure_number_once", fields=["decision", "number"]
            ),
            models.CheckConstraint(name="council_measure_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        return f"measure:{self.decision.subject.partition(':')[2]}-{self.number}"
