"""What is to be talked about: a topic, its options, and the places it is about."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from mingchuang.cases.models import Case
from mingchuang.council.rules.life import OPEN, State
from mingchuang.council.rules.register import number_parts
from mingchuang.council.words.tables import LEGALS, ORIGINS, STATES
from mingchuang.ledger.rules.canonical import canonical
from mingchuang.people.models import Person, Unit


class TopicQuerySet(models.QuerySet["Topic"]):
    def numbered(self, number: str) -> Self:
        """Narrow to the topic called `number`; what is not a number finds nothing."""
        if not (parts := number_parts(number)):
            return self.none()
        series, serial = parts
        return self.filter(series=series, pk=serial)

    def public(self) -> Self:
        """Topics that were opened once: a proposal is known to the staff alone."""
        return self.filter(opened_at__isnull=False)


TopicManager = models.Manager.from_queryset(TopicQuerySet)


class Topic(models.Model):
    """One matter for the residents' council; what stands here is read by everybody."""

    series = models.CharField(max_length=20)
    key = models.CharField(max_length=64, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="topics")
    convenor = models.ForeignKey(Person, models.PROTECT, related_name="convened_topics")
    title = models.CharField(max_length=80)
    background = models.TextField()
    place = models.CharField(max_length=120, blank=True)
    origin = models.CharField(max_length=8, choices=ORIGINS)
    # Never shown to the public: who reads the topic learns nothing about who asked.
    from_case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="topics")
    # The topic whose decision is talked about once more: who objected to it is called again.
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    legal = models.CharField(max_length=12, choices=LEGALS)
    state = models.CharField(max_length=10, choices=STATES)
    dropped_because = models.TextField(blank=True)
    # Invented people in the demo town say so on every page.
    invented = models.BooleanField(default=False)
    at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = TopicManager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(name="council_topic_of_unit", fields=["unit", "state"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="council_topic_state_is_known", condition=Q(state__in=list(State))
            ),
            models.CheckConstraint(
                name="council_topic_legal_is_known", condition=Q(legal__in=list(dict(LEGALS)))
            ),
            models.CheckConstraint(
                name="council_topic_says_what_it_is", condition=~Q(title="") & ~Q(background="")
            ),
            models.CheckConstraint(
                name="council_topic_from_a_case_names_it",
                condition=Q(origin="case", from_case__isnull=False)
                | Q(origin__in=["survey", "itself"], from_case__isnull=True),
            ),
            models.CheckConstraint(
                name="council_topic_does_not_follow_itself", condition=~Q(follows=F("id"))
            ),
            models.CheckConstraint(
                name="council_topic_was_opened",
                condition=Q(state=State.PROPOSED.value, opened_at__isnull=True)
                | Q(state=State.DROPPED.value)
                | ~Q(state__in=[State.PROPOSED.value, State.DROPPED.value])
                & Q(opened_at__isnull=False),
            ),
            models.CheckConstraint(
                name="council_topic_dropped_has_a_reason",
                condition=Q(state=State.DROPPED.value) & ~Q(dropped_because="")
                | ~Q(state=State.DROPPED.value) & Q(dropped_because=""),
            ),
            models.CheckConstraint(
                name="council_topic_ended_when_it_ended",
                condition=Q(state__in=sorted(map(str, OPEN)), ended_at__isnull=True)
                | ~Q(state__in=sorted(map(str, OPEN))) & Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """A series and a serial, YS-2026-0001: the serial needs no counter and no lock."""
        return f"{self.series}-{self.pk:04d}"

    @property
    def subject(self) -> str:
        """What the ledger calls this topic."""
        return f"topic:{self.number}"

    @property
    def wording(self) -> str:
        """What everybody reads of it, as one text: also each thing that could be done."""
        options = [option.text for option in self.options.all()]
        return canonical([self.title, self.background, self.place, options]).decode()

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def needs_ballot(self) -> bool:
        """Whether the council can only propose, and the owners decide."""
        return self.legal == "ballot"


class Option(models.Model):
    """One thing that could be done."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="options")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["topic", "number"]
        constraints = [
            models.UniqueConstraint(name="council_option_number_once", fields=["topic", "number"]),
            models.CheckConstraint(name="council_option_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.number}"


class Place(models.Model):
    """One place found by a survey (摸底): sixteen bike sheds are sixteen rows."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="places")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    # How many of what is surveyed are there: people who live in it, parking spaces.
    many = models.PositiveIntegerField(default=1)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["topic", "number"]
        constraints = [
            models.UniqueConstraint(name="council_place_number_once", fields=["topic", "number"]),
            models.CheckConstraint(name="council_place_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.name}"


class Picture(models.Model):
    """A photo of the council: a paper with a camp on it, a posted notice, a place.

    On disk outside the web root, without its hidden data; its hash stands in the ledger with what
    it shows.
    """

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="pictures")
    path = models.CharField(max_length=80, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    # Whose signed paper it is, also once they said otherwise; None of what shows nobody's.
    of = models.ForeignKey("Stakeholder", models.PROTECT, null=True, related_name="papers")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    # The file is gone; that there was one, and its hash, stays.
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="council_picture_has_a_hash",
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.path

    @property
    def is_kept(self) -> bool:
        """Whether there is still something to look at."""
        return self.erased_at is None

    @property
    def fingerprint(self) -> str:
        """How the ledger names what is on it."""
        return f"sha256:{self.sha256}"
