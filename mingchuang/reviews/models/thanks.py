"""The register of thanks, its photos, what was done about each entry, and gifts refused."""

import secrets
from typing import Self

from django.db import models
from django.db.models import F, Q

from mingchuang.ledger.models import Evidence, is_emptied
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.fields import EncryptedTextField
from mingchuang.people.models import Person, Unit
from mingchuang.people.rules.masking import mask_giver
from mingchuang.reviews.models.ratings import new_handle
from mingchuang.reviews.rules import gifts
from mingchuang.reviews.rules.thanks import Deed, Kind, Naming, Shown, Source, State
from mingchuang.reviews.words.thanks import (
    DEEDS,
    KINDS,
    NAMINGS,
    OUTCOMES,
    SHOWN,
    SOURCES,
    STATES,
)

GIFT_STATES = [choice for choice in STATES if choice[0] in list(gifts.State)]
IS_KEPT = Q(state=State.KEPT.value)


def new_code() -> str:
    return secrets.token_hex(16)


class CommendationQuerySet(models.QuerySet["Commendation"]):
    def on_wall(self) -> Self:
        """What hangs for everybody: approved, by itself, not forgotten wholly."""
        return self.filter(IS_KEPT, on_wall=True, same_as=None)


CommendationManager = models.Manager.from_queryset(CommendationQuerySet)


class Commendation(Evidence):
    """One banner (锦旗), letter (感谢信) or word of thanks: who gave it, for whom, when.

    The ledger tells that there is one, its kind and unit; giver and words only by their digest.
    """

    handle = models.CharField(max_length=40, unique=True, default=new_handle, editable=False)
    # The address of who wrote it themselves: to see what became of it, to have it forgotten.
    code = models.CharField(max_length=40, unique=True, default=new_code, editable=False)
    kind = models.CharField(max_length=10, choices=KINDS)
    source = models.CharField(max_length=10, choices=SOURCES)
    state = models.CharField(max_length=10, choices=STATES)
    # Empty: who gave it left no name.
    giver = EncryptedTextField(blank=True)
    shown_as = models.CharField(max_length=10, choices=SHOWN, default=Shown.MASKED)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="thanked")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="thanked")
    # Whom they thanked, in their own words, where that is not one of the staff by badge.
    whom = EncryptedTextField(blank=True)
    words = EncryptedTextField(blank=True)
    given_on = models.DateField()
    hangs = models.CharField(max_length=80, blank=True)
    # What everybody may read of the words: settled when it was hung.
    shown = models.TextField(blank=True)
    on_wall = models.BooleanField(default=False)
    photos_shown = models.BooleanField(default=False)
    # A second thing for the same deed; counted and hung with the first.
    same_as = models.ForeignKey("self", models.PROTECT, null=True, related_name="others")
    corrected_because = EncryptedTextField(blank=True)
    # By what a row of an old register is known again.
    row_index = models.CharField(max_length=64, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = CommendationManager()

    class Meta(Evidence.Meta):
        ordering = ["-given_on", "-pk"]
        indexes = [
            models.Index(name="reviews_thanks_on_wall", fields=["on_wall", "-given_on", "-id"]),
            models.Index(name="reviews_thanks_of_unit", fields=["unit", "given_on"]),
        ]
        constraints = [
            *Evidence.Meta.constraints,
            models.CheckConstraint(
                name="reviews_commendation_kind", condition=Q(kind__in=[str(one) for one in Kind])
            ),
            models.CheckConstraint(
                name="reviews_commendation_state",
                condition=Q(state__in=[str(one) for one in State]),
            ),
            models.CheckConstraint(
                name="reviews_commendation_shown_as",
                condition=Q(shown_as__in=[str(one) for one in Shown]),
            ),
            models.CheckConstraint(
                name="reviews_commendation_entered_by_somebody",
                condition=Q(source=Source.PUBLIC.value, entered_by__isnull=True)
                | Q(source__in=[Source.STAFF.value, Source.BOOK.value], entered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="reviews_commendation_hangs_only_approved",
                condition=Q(on_wall=False) | IS_KEPT & Q(same_as__isnull=True),
            ),
            models.CheckConstraint(
                name="reviews_commendation_not_joined_to_itself",
                condition=Q(same_as__isnull=True) | ~Q(same_as=F("id")),
            ),
            models.CheckConstraint(
                name="reviews_commendation_emptied_says_nothing",
                condition=~is_emptied() | Q(giver="", whom="", words="", corrected_because=""),
            ),
            models.CheckConstraint(
                name="reviews_commendation_forgotten_shows_no_photo",
                condition=~is_emptied() | Q(photos_shown=False),
            ),
            models.UniqueConstraint(
                name="reviews_commendation_row_once",
                fields=["row_index"],
                condition=~Q(row_index=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.given_on}"

    @property
    def subject(self) -> str:
        return f"thanks:{self.handle}"

    @property
    def masked_giver(self) -> str:
        return mask_giver(self.giver) if self.giver else ""

    @property
    def private_part(self) -> dict[str, JSON]:
        return {
            "giver": self.giver,
            "shown_as": self.shown_as,
            "kind": self.kind,
            "unit": self.unit_id,
            "person": self.person_id,
            "whom": self.whom,
            "words": self.words,
            "given_on": self.given_on.isoformat(),
            "hangs": self.hangs,
            "corrected_because": self.corrected_because,
        }


class ThanksPhoto(models.Model):
    """A photo of a banner or letter; on disk, its hash in the ledger with what it is of."""

    commendation = models.ForeignKey(Commendation, models.PROTECT, related_name="photos")
    path = models.CharField(max_length=80, unique=True)
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    # The file is gone; that there was one, and its hash, stays.
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="reviews_photo_has_a_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return self.path

    @property
    def fingerprint(self) -> str:
        return f"sha256:{self.sha256}"


class Gift(Evidence):
    """Something somebody offered, and that it was not kept."""

    handle = models.CharField(max_length=40, unique=True, default=new_handle, editable=False)
    state = models.CharField(max_length=10, choices=GIFT_STATES, default=gifts.State.KEPT)
    what = EncryptedTextField(blank=True)
    giver = EncryptedTextField(blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="gifts_refused")
    # To whom it was offered, by badge; nobody where it was left at the door.
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="gifts_refused")
    offered_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    # To whom it went back, or to which office it was handed in, and on which day.
    to_whom = EncryptedTextField(blank=True)
    settled_on = models.DateField()
    sentence = EncryptedTextField(blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(Evidence.Meta):
        ordering = ["-offered_on", "-pk"]
        indexes = [models.Index(name="reviews_gift_of_unit", fields=["unit", "offered_on"])]
        constraints = [
            *Evidence.Meta.constraints,
            models.CheckConstraint(
                name="reviews_gift_state", condition=Q(state__in=[str(one) for one in gifts.State])
            ),
            models.CheckConstraint(
                name="reviews_gift_outcome",
                condition=Q(outcome__in=[str(one) for one in gifts.Outcome]),
            ),
            models.CheckConstraint(
                name="reviews_gift_settled_after_it_was_offered",
                condition=Q(settled_on__gte=F("offered_on")),
            ),
            models.CheckConstraint(
                name="reviews_gift_says_what_it_was",
                condition=is_emptied() | ~Q(what="") & ~Q(sentence=""),
            ),
            models.CheckConstraint(
                name="reviews_gift_that_went_back_says_to_whom",
                condition=is_emptied() | Q(outcome=gifts.Outcome.REFUSED.value) | ~Q(to_whom=""),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        return f"gift:{self.handle}"

    @property
    def masked_giver(self) -> str:
        return mask_giver(self.giver) if self.giver else ""

    @property
    def private_part(self) -> dict[str, JSON]:
        return {
            "what": self.what,
            "giver": self.giver,
            "unit": self.unit_id,
            "person": self.person_id,
            "offered_on": self.offered_on.isoformat(),
            "outcome": self.outcome,
            "to_whom": self.to_whom,
            "settled_on": self.settled_on.isoformat(),
            "sentence": self.sentence,
        }


class Note(Evidence):
    """One deed about an entry of either register, and why; encrypted, told by its digest."""

    commendation = models.ForeignKey(Commendation, models.PROTECT, null=True, related_name="story")
    gift = models.ForeignKey(Gift, models.PROTECT, null=True, related_name="story")
    deed = models.CharField(max_length=12, choices=DEEDS)
    text = EncryptedTextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(Evidence.Meta):
        ordering = ["pk"]
        constraints = [
            *Evidence.Meta.constraints,
            models.CheckConstraint(
                name="reviews_note_of_one_thing",
                condition=Q(commendation__isnull=False, gift__isnull=True)
                | Q(commendation__isnull=True, gift__isnull=False),
            ),
            models.CheckConstraint(
                name="reviews_note_deed", condition=Q(deed__in=[str(one) for one in Deed])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deed} {self.at}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"text": self.text, "deed": self.deed}


class WallNaming(models.Model):
    """What of its staff a unit lets the wall of thanks say; without a row, nobody is named."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="wall_naming")
    naming = models.CharField(max_length=10, choices=NAMINGS, default=Naming.NOBODY)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reviews_wall_naming", condition=Q(naming__in=[str(one) for one in Naming])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.naming}"
