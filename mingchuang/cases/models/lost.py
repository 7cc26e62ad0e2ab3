"""What people say they lost, and who comes for what was found."""

from typing import Self

from django.db import models
from django.db.models import Q

from mingchuang.base.typing import Text
from mingchuang.cases.found_words import CLAIM_ENDS, CLAIM_PROOFS, CLAIM_REFUSALS, SEARCHES, THINGS
from mingchuang.cases.models.found import LONGEST_NUMBER, FoundItem
from mingchuang.cases.rules.lost import OPEN, Search
from mingchuang.hall.models import Site
from mingchuang.ledger.models import Evidence, is_emptied
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.fields import EncryptedTextField
from mingchuang.people.models import Person, Requester
from mingchuang.people.rules.masking import mask_text


class LostItemQuerySet(models.QuerySet["LostItem"]):
    def open(self) -> Self:
        return self.filter(state__in=sorted(map(str, OPEN)))


LostItemManager = models.Manager.from_queryset(LostItemQuerySet)


class LostItem(Evidence):
    """What somebody says they lost; number and code open their page, like a receipt."""

    number = models.CharField(max_length=LONGEST_NUMBER, unique=True)
    key = models.CharField(max_length=64, unique=True)
    # None: on the way, or they do not know.
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="lost_items")
    kind = models.CharField(max_length=12, choices=THINGS)
    lost_on = models.DateField()
    place = EncryptedTextField(blank=True)
    description = EncryptedTextField(blank=True)
    requester = models.ForeignKey(Requester, models.PROTECT, null=True, related_name="lost_items")
    state = models.CharField(max_length=10, choices=SEARCHES)
    match = models.ForeignKey(FoundItem, models.PROTECT, null=True, related_name="reports")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = LostItemManager()

    class Meta(Evidence.Meta):
        ordering = ["-pk"]
        indexes = [
            models.Index(name="cases_lost_of_kind", fields=["state", "kind", "lost_on"]),
            models.Index(name="cases_lost_ended", fields=["ended_at"]),
        ]
        constraints = [
            *Evidence.Meta.constraints,
            models.CheckConstraint(
                name="cases_lost_state_is_known", condition=Q(state__in=list(Search))
            ),
            models.CheckConstraint(
                name="cases_lost_matched_with_something",
                condition=~Q(state__in=[Search.MATCHED.value, Search.RETURNED.value])
                | Q(match__isnull=False),
            ),
            models.CheckConstraint(
                name="cases_lost_ended_when_it_ended",
                condition=Q(state__in=sorted(map(str, OPEN)), ended_at=None)
                | ~Q(state__in=sorted(map(str, OPEN))) & Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """What the ledger calls this report."""
        return f"lost:{self.number}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"description": self.description, "place": self.place}

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def description_shown(self) -> str:
        """What was lost, without what tells who lost it."""
        return mask_text(self.description).text

    @property
    def place_shown(self) -> str:
        return mask_text(self.place).text


class Claim(Evidence):
    """Somebody came for a thing: what they showed and said, and whether they took it home."""

    item = models.ForeignKey(FoundItem, models.PROTECT, related_name="claims")
    lost = models.ForeignKey(LostItem, models.PROTECT, null=True, related_name="claims")
    claimant = models.ForeignKey(Requester, models.PROTECT, related_name="claims")
    proof = models.CharField(max_length=10, choices=CLAIM_PROOFS, blank=True)
    said = EncryptedTextField(blank=True)
    by_mandate = models.BooleanField(default=False)
    principal = EncryptedTextField(blank=True)
    granted = models.BooleanField()
    reason = models.CharField(max_length=10, choices=CLAIM_REFUSALS, blank=True)
    signed = models.BooleanField(default=False)
    # When the thing came back here after all.
    undone_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    witness = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta(Evidence.Meta):
        ordering = ["pk"]
        constraints = [
            *Evidence.Meta.constraints,
            models.UniqueConstraint(
                name="cases_claim_granted_once",
                fields=["item"],
                condition=Q(granted=True, undone_at=None),
            ),
            models.CheckConstraint(
                name="cases_claim_undone_was_granted",
                condition=Q(undone_at=None) | Q(granted=True),
            ),
            models.CheckConstraint(
                name="cases_claim_granted_on_proof_and_signature",
                condition=Q(granted=False) | Q(signed=True) & ~Q(proof=""),
            ),
            models.CheckConstraint(
                name="cases_claim_granted_on_features",
                condition=Q(granted=False) | is_emptied() | ~Q(said=""),
            ),
            models.CheckConstraint(
                name="cases_claim_by_mandate_names_whose_it_is",
                condition=Q(by_mandate=False) | is_emptied() | ~Q(principal=""),
            ),
            models.CheckConstraint(
                name="cases_claim_refused_says_why",
                condition=Q(granted=True, reason="") | Q(granted=False) & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.at:%Y-%m-%d}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"said": self.said, "principal": self.principal}

    @property
    def ended(self) -> Text:
        """What became of it, in words."""
        kept = "undone" if self.undone_at else "granted"
        return CLAIM_ENDS[kept if self.granted else "refused"]


class ClaimPaper(Evidence):
    """A photo of what was signed when a thing went back: the receipt, or the mandate of who came
    for somebody else. It shows names and numbers, so it is encrypted, and each look is an entry."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="papers")
    # A JPEG, re-encoded without its hidden data, as base64.
    photo = EncryptedTextField(blank=True)
    at = models.DateTimeField()

    class Meta(Evidence.Meta):
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.claim_id}#{self.pk}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"photo": self.photo}
