"""The register of a topic: households, and who of them is affected, and how (名册)."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from mingchuang.council.models.topics import Picture, Topic
from mingchuang.council.models.witnessed import Witnessed
from mingchuang.council.rules.register import Affected, Camp, Proof
from mingchuang.council.words.tables import AFFECTED, CAMPS, PROOFS
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.fields import EncryptedTextField
from mingchuang.people.models import Person, Requester
from mingchuang.people.rules.masking import mask_text

# How an objection is named that was said to a decision, and in no case.
SAID_TO_A_DECISION = "objection:"


class Household(models.Model):
    """Who live together count once in a roster. The address is encrypted and found by an index."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="households")
    label = EncryptedTextField(blank=True)
    label_index = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="council_household_once_a_topic",
                fields=["topic", "label_index"],
                condition=~Q(label_index=""),
            ),
            models.CheckConstraint(
                name="council_household_label_and_index_come_together",
                condition=Q(label="", label_index="") | ~Q(label="") & ~Q(label_index=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.pk}"


class StakeholderQuerySet(models.QuerySet["Stakeholder"]):
    def present(self) -> Self:
        """Who is on the register now: who withdrew is kept as a number alone, and who was struck
        out as standing there twice is read with the reason."""
        return self.filter(withdrawn_at=None, taken_out_at=None)

    def opponents(self) -> Self:
        return self.filter(camp=Camp.OPPOSE)


StakeholderManager = models.Manager.from_queryset(StakeholderQuerySet)


class Stakeholder(Witnessed):
    """Somebody whom a topic concerns (利益相关方), under a number that tells nothing of them."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="stakeholders")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=32, unique=True)
    key = models.CharField(max_length=64, unique=True)
    requester = models.ForeignKey(Requester, models.PROTECT, related_name="stakes")
    # The same phone is not registered twice for one topic.
    phone_index = models.CharField(max_length=64, blank=True)
    household = models.ForeignKey(Household, models.PROTECT, related_name="members")
    affected = models.CharField(max_length=10, choices=AFFECTED)
    # Why they must be there, where the topic concerns them directly: read by everybody.
    must_because = models.CharField(max_length=100, blank=True)
    # What they say themselves of how it concerns them directly; a convenor decides on it.
    claim = EncryptedTextField(blank=True)
    features = models.JSONField(default=dict)
    camp = models.CharField(max_length=10, choices=CAMPS, blank=True)
    proof = models.CharField(max_length=10, choices=PROOFS, blank=True)
    # The paper, and the number of the case, under which the camp was found.
    paper = models.ForeignKey(Picture, models.PROTECT, null=True, related_name="+")
    objection = models.CharField(max_length=40, blank=True)
    camp_at = models.DateTimeField(null=True)
    # None: they registered themselves.
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    # Struck out because they stand on the register under another number too, and why.
    taken_out_at = models.DateTimeField(null=True)
    taken_out_because = models.CharField(max_length=200, blank=True)
    taken_out_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    double_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="doubles")
    # When a convenor found that they are somebody else than who looks like them.
    apart_at = models.DateTimeField(null=True)
    # Why that was taken back, if it was: they may be one person after all.
    alike_because = models.CharField(max_length=200, blank=True)

    objects = StakeholderManager()

    class Meta(Witnessed.Meta):
        abstract = False
        ordering = ["topic", "number"]
        indexes = [
            models.Index(name="council_stakeholder_camp", fields=["topic", "camp"]),
        ]
        constraints = [
            *Witnessed.Meta.constraints,
            models.UniqueConstraint(
                name="council_stakeholder_number_once", fields=["topic", "number"]
            ),
            models.UniqueConstraint(
                name="council_stakeholder_phone_once",
                fields=["topic", "phone_index"],
                condition=~Q(phone_index="") & Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="council_stakeholder_taken_out_says_why",
                condition=Q(taken_out_at=None, taken_out_by=None, double_of=None)
                & Q(taken_out_because="")
                | Q(taken_out_at__isnull=False, taken_out_by__isnull=False)
                & Q(double_of__isnull=False, phone_index="")
                & ~Q(taken_out_because="")
                & ~Q(double_of=F("pk")),
            ),
            models.CheckConstraint(
                name="council_stakeholder_is_apart_or_alike",
                condition=Q(apart_at=None) | Q(alike_because=""),
            ),
            models.CheckConstraint(
                name="council_stakeholder_affected_is_known",
                condition=Q(affected__in=list(Affected)),
            ),
            models.CheckConstraint(
                name="council_stakeholder_must_has_a_reason",
                condition=Q(affected=Affected.DIRECT.value) & ~Q(must_because="")
                | ~Q(affected=Affected.DIRECT.value) & Q(must_because=""),
            ),
            models.CheckConstraint(
                name="council_camp_has_a_proof",
                condition=Q(camp="", proof="", camp_at=None)
                | Q(camp__in=list(Camp), proof__in=list(Proof), camp_at__isnull=False),
            ),
            models.CheckConstraint(
                name="council_camp_on_paper_shows_it",
                condition=Q(proof=Proof.PAPER.value, paper__isnull=False)
                | ~Q(proof=Proof.PAPER.value) & Q(paper=None),
            ),
            models.CheckConstraint(
                name="council_camp_by_objection_names_it",
                condition=Q(proof=Proof.OBJECTION.value, camp=Camp.OPPOSE.value) & ~Q(objection="")
                | ~Q(proof=Proof.OBJECTION.value) & Q(objection=""),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        """What the ledger calls them: a topic and a number."""
        return f"stakeholder:{self.topic.number}-{self.number:03d}"

    @property
    def private_part(self) -> dict[str, JSON]:
        paper = self.paper.fingerprint if self.paper else ""
        known = {"proof": self.proof, "paper": paper, "objection": self.objection}
        said = {"camp": self.camp, "claim": self.claim, **known}
        return {**said, "features": dict(self.features), "household": self.household_id}

    @property
    def claims(self) -> bool:
        """Whether they say that it concerns them directly, and nobody has settled it."""
        return bool(self.claim) and not self.is_direct

    @property
    def lives_with(self) -> list[int]:
        """By which numbers the others of this household are on the register."""
        others = (one for one in self.household.members.all() if not one.is_gone)
        return [one.number for one in others if one.pk != self.pk]

    @property
    def claim_shown(self) -> str:
        return mask_text(self.claim).text

    @property
    def is_direct(self) -> bool:
        return self.affected == Affected.DIRECT

    @property
    def is_opponent(self) -> bool:
        return self.camp == Camp.OPPOSE

    @property
    def objected_to(self) -> str:
        """Which objection to a decision it is, where it was said in no case."""
        said = self.objection.startswith(SAID_TO_A_DECISION)
        return self.objection.removeprefix(SAID_TO_A_DECISION) if said else ""

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_taken_out(self) -> bool:
        return self.taken_out_at is not None

    @property
    def is_gone(self) -> bool:
        """Whether they are no longer on the register, or only to be read."""
        return self.is_withdrawn or self.is_taken_out
