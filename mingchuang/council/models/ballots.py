"""Owners' ballots (业主共同决定): what is asked, who may vote with how much, and the votes."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from mingchuang.council.models.flats import Flat, Owner
from mingchuang.council.models.topics import Picture, Topic
from mingchuang.council.rules.ballot import Choice, Matter
from mingchuang.council.rules.polling import COUNTING, BallotState, Way
from mingchuang.council.words.ballots import BALLOT_STATES, CHOICES, MATTERS, WAYS
from mingchuang.ledger.models import Evidence, is_emptied
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person

IS_COUNTED = Q(state__in=[BallotState.CLOSED.value, BallotState.PUBLISHED.value])


class OwnersBallotQuerySet(models.QuerySet["OwnersBallot"]):
    def counting(self) -> Self:
        """Ballots whose result is not out yet: what is voted on must not change under them."""
        return self.filter(state__in=sorted(map(str, COUNTING)))


OwnersBallotManager = models.Manager.from_queryset(OwnersBallotQuerySet)


class OwnersBallot(models.Model):
    """One question to all owners of a topic's register (Civil Code, article 278)."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="ballots")
    number = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=64, unique=True)
    question = models.TextField()
    matter = models.CharField(max_length=10, choices=MATTERS)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=BALLOT_STATES)
    # What was counted when it closed: {"decided": …, "for": [heads, area], …, "salt": …}.
    result = models.JSONField(default=dict)
    revoked_because = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = OwnersBallotManager()

    class Meta:
        ordering = ["topic", "number"]
        constraints = [
            models.UniqueConstraint(name="council_ballot_number_once", fields=["topic", "number"]),
            models.CheckConstraint(name="council_ballot_asks", condition=~Q(question="")),
            models.CheckConstraint(
                name="council_ballot_matter_is_of_the_law",
                condition=Q(matter__in=list(Matter)),
            ),
            models.CheckConstraint(
                name="council_ballot_state_is_known", condition=Q(state__in=list(BallotState))
            ),
            models.CheckConstraint(
                name="council_ballot_ends_after_it_begins",
                condition=Q(closes_at__gt=F("opens_at")),
            ),
            models.CheckConstraint(
                name="council_ballot_counted_when_closed",
                condition=IS_COUNTED & Q(closed_at__isnull=False) & ~Q(result={})
                | Q(state=BallotState.CALLED.value, closed_at=None, result={})
                | ~IS_COUNTED & ~Q(state=BallotState.CALLED.value),
            ),
            models.CheckConstraint(
                name="council_ballot_published_when_published",
                condition=Q(state=BallotState.PUBLISHED.value, published_at__isnull=False)
                | ~Q(state=BallotState.PUBLISHED.value) & Q(published_at=None),
            ),
            models.CheckConstraint(
                name="council_ballot_revoked_has_a_reason",
                condition=Q(state=BallotState.REVOKED.value, revoked_at__isnull=False)
                & ~Q(revoked_because="")
                | ~Q(state=BallotState.REVOKED.value) & Q(revoked_at=None, revoked_because=""),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        return f"ballot:{self.topic.number}-{self.number}"

    @property
    def is_called(self) -> bool:
        """Whether it is still to be counted."""
        return self.state == BallotState.CALLED

    @property
    def is_closed(self) -> bool:
        """Whether it is counted, and nobody was told yet."""
        return self.state == BallotState.CLOSED

    @property
    def is_revoked(self) -> bool:
        return self.state == BallotState.REVOKED

    @property
    def is_told(self) -> bool:
        """Whether everybody may read what was counted."""
        return bool(self.result) and not self.is_closed


class Paper(models.Model):
    """The one paper of one head; how much it counts is fixed when the ballot is called."""

    ballot = models.ForeignKey(OwnersBallot, models.PROTECT, related_name="papers")
    owner = models.ForeignKey(Owner, models.PROTECT, related_name="papers")
    flats = models.PositiveIntegerField()
    area = models.PositiveBigIntegerField()
    # Which flats these are, whatever becomes of them in the register.
    parts = models.ManyToManyField(Flat, related_name="+")

    class Meta:
        ordering = ["ballot", "owner__number"]
        constraints = [
            models.UniqueConstraint(name="council_paper_one_a_head", fields=["ballot", "owner"]),
            models.CheckConstraint(
                name="council_paper_counts_something", condition=Q(flats__gte=1, area__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ballot} {self.owner_id}"


class VoteQuerySet(models.QuerySet["Vote"]):
    def live(self) -> Self:
        """Votes that count; one that was changed or taken back stays as it was given."""
        return self.filter(replaced_at=None)


VoteManager = models.Manager.from_queryset(VoteQuerySet)


class Vote(Evidence):
    """What one head said. The ledger knows that and when a vote came in, and a salted digest of
    it; neither whose it is nor what it says."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="votes")
    choice = models.CharField(max_length=7, choices=CHOICES)
    way = models.CharField(max_length=5, choices=WAYS)
    # Where the paper is filed, and its photo: how anybody may see that it was entered rightly.
    filed = models.CharField(max_length=40, blank=True)
    picture = models.ForeignKey(Picture, models.PROTECT, null=True, related_name="+")
    # None: they voted by their own link.
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    replaced_because = models.CharField(max_length=200, blank=True)

    objects = VoteManager()

    class Meta(Evidence.Meta):
        ordering = ["pk"]
        constraints = [
            *Evidence.Meta.constraints,
            models.UniqueConstraint(
                name="council_vote_one_a_paper",
                fields=["paper"],
                condition=Q(replaced_at=None),
            ),
            models.CheckConstraint(
                name="council_vote_choice_is_known",
                condition=Q(choice__in=list(Choice)) | Q(choice="") & is_emptied(),
            ),
            models.CheckConstraint(
                name="council_vote_on_paper_was_entered_and_filed",
                condition=Q(way=Way.PAPER.value, by__isnull=False)
                & (~Q(filed="") | Q(picture__isnull=False))
                | Q(way=Way.LINK.value, by=None, filed="", picture=None),
            ),
            models.CheckConstraint(
                name="council_vote_reason_only_where_replaced",
                condition=Q(replaced_because="") | Q(replaced_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.at:%F}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"choice": self.choice, "owner": self.paper.owner_id}
