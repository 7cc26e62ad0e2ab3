"""What was decided, who promised what by when, and what was found when somebody looked."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from mingchuang.cases.models import Case
from mingchuang.council.models.positions import Condition
from mingchuang.council.models.sittings import Sitting
from mingchuang.council.models.topics import Option, Picture, Topic
from mingchuang.council.rules.binding import Force
from mingchuang.council.rules.checking import BROKEN, LOOKED, Result
from mingchuang.council.rules.quorum import Quorum
from mingchuang.council.words.sittings import FORCES, RESULTS, RHYTHMS
from mingchuang.ledger.rules.canonical import canonical
from mingchuang.people.models import Person

DECIDED = Q(force__in=[Force.BINDING.value, Force.PROPOSAL.value])


class Decision(models.Model):
    """What came of a sitting: binding, a proposal to the owners, or the opinion of who came."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="decisions")
    sitting = models.OneToOneField(Sitting, models.PROTECT, related_name="decision")
    force = models.CharField(max_length=8, choices=FORCES)
    text = models.TextField()
    options = models.ManyToManyField(Option, related_name="decisions")
    # What it rests on (P10), as it was found when it was recorded.
    uninvited = models.PositiveSmallIntegerField()
    missing = models.JSONField(default=list)
    seats_needed = models.PositiveSmallIntegerField()
    seats_present = models.PositiveSmallIntegerField()
    opponents_needed = models.PositiveSmallIntegerField()
    opponents_present = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    until = models.DateField(null=True)

    class Meta:
        ordering = ["topic", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="council_decision_one_a_topic", fields=["topic"], condition=DECIDED
            ),
            models.CheckConstraint(
                name="council_decision_force_is_known", condition=Q(force__in=list(Force))
            ),
            models.CheckConstraint(name="council_decision_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="council_decision_rests_on_p10",
                condition=~DECIDED
                | Q(
                    uninvited=0,
                    seats_present__gte=F("seats_needed"),
                    opponents_present__gte=F("opponents_needed"),
                ),
            ),
            models.CheckConstraint(
                name="council_notice_has_a_last_day",
                condition=Q(published_at=None, until=None)
                | Q(published_at__isnull=False, until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        return f"decision:{self.sitting.subject.partition(':')[2]}"

    @property
    def is_decided(self) -> bool:
        """Whether it is more than an opinion."""
        return self.force != Force.OPINION

    @property
    def quorum(self) -> Quorum:
        return Quorum(
            self.seats_needed, self.seats_present, self.opponents_needed, self.opponents_present
        )


class Commitment(models.Model):
    """What somebody has to do, by when, and how one can see whether they did (P11)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="commitments")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    # An office, a company, a household by its number; read by everybody.
    obligor = models.CharField(max_length=80)
    how = models.CharField(max_length=300)
    first_on = models.DateField()
    last_on = models.DateField()
    rhythm = models.CharField(max_length=9, choices=RHYTHMS)
    # The condition somebody asked for, where it comes from one.
    condition = models.ForeignKey(Condition, models.PROTECT, null=True, related_name="commitments")
    # The additional measure it belongs to, where a later objection was upheld.
    measure = models.ForeignKey("Measure", models.PROTECT, null=True, related_name="commitments")
    at = models.DateTimeField()

    class Meta:
        ordering = ["decision", "number"]
        constraints = [
            models.UniqueConstraint(
                name="council_commitment_number_once", fields=["decision", "number"]
            ),
            models.CheckConstraint(
                name="council_commitment_says_what_who_and_how",
                condition=~Q(text="") & ~Q(obligor="") & ~Q(how=""),
            ),
            models.CheckConstraint(
                name="council_commitment_has_a_date",
                condition=Q(last_on__gte=F("first_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        return f"commitment:{self.decision.subject.partition(':')[2]}-{self.number}"

    @property
    def wording(self) -> str:
        """What is to be done, by whom, and how one can see it, as one text."""
        return canonical([self.text, self.obligor, self.how]).decode()


class CheckQuerySet(models.QuerySet["Check"]):
    def due(self) -> Self:
        return self.filter(result=Result.DUE)


CheckManager = models.Manager.from_queryset(CheckQuerySet)


class Check(models.Model):
    """One day on which somebody looks whether it was done, and what they found."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="checks")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    result = models.CharField(max_length=6, choices=RESULTS)
    note = models.CharField(max_length=300, blank=True)
    picture = models.ForeignKey(Picture, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    # What was failed or missed is a case from then on.
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="checks")

    objects = CheckManager()

    class Meta:
        ordering = ["commitment", "number"]
        indexes = [
            models.Index(
                name="council_check_due",
                fields=["due_on"],
                condition=Q(result=Result.DUE.value),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="council_check_number_once", fields=["commitment", "number"]
            ),
            models.UniqueConstraint(
                name="council_check_once_a_day", fields=["commitment", "due_on"]
            ),
            models.CheckConstraint(
                name="council_check_done_by_somebody",
                condition=Q(result__in=sorted(map(str, LOOKED)), by__isnull=False)
                | ~Q(result__in=sorted(map(str, LOOKED))) & Q(by=None, note="", picture=None),
            ),
            models.CheckConstraint(
                name="council_check_ended_when_it_ended",
                condition=Q(result=Result.DUE.value, ended_at=None)
                | ~Q(result=Result.DUE.value) & Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="council_broken_promise_is_a_case",
                condition=Q(result__in=sorted(map(str, BROKEN)), case__isnull=False)
                | ~Q(result__in=sorted(map(str, BROKEN))) & Q(case=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.number}"

    @property
    def is_due(self) -> bool:
        return self.result == Result.DUE

    @property
    def is_broken(self) -> bool:
        return self.result in BROKEN
