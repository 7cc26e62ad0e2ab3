"""Places of a day the hall opens specially: signed up for, and drawn."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from mingchuang.ledger.models import Entry
from mingchuang.people.fields import EncryptedTextField
from mingchuang.people.models import Requester
from mingchuang.visits.models.lines import Line
from mingchuang.visits.models.standby import Standby
from mingchuang.visits.models.visits import Visit
from mingchuang.visits.rules.booking import MOST_PERSONS
from mingchuang.visits.rules.standby import Part
from mingchuang.visits.words.places import PARTS
from mingchuang.visits.words.tables import GREEN

HASH = r"^[0-9a-f]{64}$"


class ReleaseQuerySet(models.QuerySet["Release"]):
    def undrawn(self) -> Self:
        return self.filter(drawn_at__isnull=True)


ReleaseManager = models.Manager.from_queryset(ReleaseQuerySet)


class Release(models.Model):
    """Places of one line on one special day, given out by a draw among who signed up in time.

    The seed is committed to in the ledger when this is opened and told when it is drawn; `closing`
    is the entry that fixes the list, and the first checkpoint over it gives the beacon.
    """

    line = models.ForeignKey(Line, models.PROTECT, related_name="releases")
    day = models.DateField()
    quota = models.PositiveSmallIntegerField()
    # Who had a place before, by the time their slot begins: not one of the quota.
    taken = models.JSONField(default=dict)
    since = models.DateTimeField()
    until = models.DateTimeField()
    commitment = models.CharField(max_length=64)
    seed = EncryptedTextField()
    closing = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="+")
    drawn_at = models.DateTimeField(null=True)
    beacon = models.CharField(max_length=64, blank=True)
    # What was free when it was drawn, so that anybody can give the places out again.
    free = models.JSONField(default=list)

    objects = ReleaseManager()

    class Meta:
        ordering = ["day", "line"]
        constraints = [
            models.UniqueConstraint(
                name="visits_release_one_per_line_and_day", fields=["line", "day"]
            ),
            models.CheckConstraint(
                name="visits_release_gives_out_something", condition=Q(quota__gte=1)
            ),
            models.CheckConstraint(
                name="visits_release_closes_after_it_opened", condition=Q(until__gt=F("since"))
            ),
            models.CheckConstraint(
                name="visits_release_is_committed_to",
                condition=Q(commitment__regex=HASH) & ~Q(seed=""),
            ),
            models.CheckConstraint(
                name="visits_release_drawn_once_closed_by_a_beacon",
                condition=Q(drawn_at=None, beacon="")
                | Q(drawn_at__isnull=False, closing__isnull=False, beacon__regex=HASH),
            ),
            models.CheckConstraint(
                name="visits_release_drawn_after_its_window",
                condition=Q(drawn_at=None) | Q(drawn_at__gte=F("until")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.day}"

    @property
    def subject(self) -> str:
        return f"release:{self.pk:06d}"


class SignUp(models.Model):
    """Somebody who takes part in a draw; `rank` is their place in the order drawn."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="sign_ups")
    code = models.CharField(max_length=32, unique=True)
    key = models.CharField(max_length=64, unique=True)
    # What stands on the public list: the SHA-256 of the code.
    mark = models.CharField(max_length=64, unique=True)
    requester = models.ForeignKey(Requester, models.PROTECT, related_name="sign_ups")
    phone_index = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    part = models.CharField(max_length=3, choices=PARTS, default=Part.ANY.value)
    persons = models.PositiveSmallIntegerField(default=1)
    # By their own word (绿色通道): the visit this becomes keeps it; it changes nobody's order here.
    green = models.CharField(max_length=10, choices=GREEN, blank=True)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    rank = models.PositiveIntegerField(null=True)
    visit = models.OneToOneField(Visit, models.PROTECT, null=True, related_name="sign_up")
    standby = models.OneToOneField(Standby, models.PROTECT, null=True, related_name="sign_up")

    class Meta:
        ordering = ["mark"]
        constraints = [
            models.UniqueConstraint(
                name="visits_signup_one_per_phone_and_release",
                fields=["release", "phone_index"],
                condition=Q(withdrawn_at=None) & ~Q(phone_index=""),
            ),
            models.UniqueConstraint(
                name="visits_signup_one_per_rank",
                fields=["release", "rank"],
                condition=Q(rank__isnull=False),
            ),
            models.CheckConstraint(
                name="visits_signup_mark_is_a_hash", condition=Q(mark__regex=HASH)
            ),
            models.CheckConstraint(
                name="visits_signup_part_is_known", condition=Q(part__in=list(Part))
            ),
            models.CheckConstraint(
                name="visits_signup_is_of_some_people",
                condition=Q(persons__range=(1, MOST_PERSONS)),
            ),
            models.CheckConstraint(
                name="visits_signup_green_is_a_kind", condition=Q(green__in=["", *dict(GREEN)])
            ),
            models.CheckConstraint(
                name="visits_signup_drawn_has_a_place_or_stands_by",
                condition=Q(rank=None, visit=None, standby=None)
                | Q(rank__gte=1, withdrawn_at=None)
                & (Q(visit__isnull=False, standby=None) | Q(visit=None, standby__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        return f"signup:{self.pk:08d}"
