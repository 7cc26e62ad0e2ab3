"""A sitting of the council (会议), and who was there."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from mingchuang.council.models.register import Stakeholder
from mingchuang.council.models.rosters import Roster, Seat
from mingchuang.council.models.topics import Topic
from mingchuang.council.rules.quorum import Bar
from mingchuang.council.rules.sitting import AHEAD, Stage, Stay, Way
from mingchuang.council.words.sittings import SITTING_STAGES, WAYS
from mingchuang.people.models import Person

IS_AHEAD = Q(stage__in=sorted(map(str, AHEAD)))


class SittingQuerySet(models.QuerySet["Sitting"]):
    def ahead(self) -> Self:
        """Sittings still to come, or going on."""
        return self.filter(IS_AHEAD)

    def held(self) -> Self:
        """Sittings that took place, or do."""
        return self.filter(opened_at__isnull=False)


SittingManager = models.Manager.from_queryset(SittingQuerySet)


class Sitting(models.Model):
    """One convened meeting on one topic; what is too hard for one has several."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="sittings")
    roster = models.ForeignKey(Roster, models.PROTECT, related_name="sittings")
    number = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=64, unique=True)
    begins_at = models.DateTimeField()
    place = models.CharField(max_length=120)
    agenda = models.TextField()
    # When and where they look at the matter together, before they talk about it.
    visit = models.CharField(max_length=200, blank=True)
    convenor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    moderator = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorder = models.ForeignKey(Person, models.PROTECT, related_name="+")
    seats_percent = models.PositiveSmallIntegerField()
    opponents_percent = models.PositiveSmallIntegerField()
    opponents_least = models.PositiveSmallIntegerField()
    # Shown in the room alone: who signs in by phone has it from there.
    word = models.CharField(max_length=12)
    stage = models.CharField(max_length=6, choices=SITTING_STAGES)
    cancelled_because = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    # None: it stands where and when it was called for.
    moved_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = SittingManager()

    class Meta:
        ordering = ["topic", "number"]
        constraints = [
            models.UniqueConstraint(name="council_sitting_number_once", fields=["topic", "number"]),
            models.UniqueConstraint(
                name="council_sitting_one_at_a_time", fields=["topic"], condition=IS_AHEAD
            ),
            models.CheckConstraint(
                name="council_sitting_says_where_and_what",
                condition=~Q(place="") & ~Q(agenda="") & ~Q(word=""),
            ),
            models.CheckConstraint(
                name="council_sitting_quorum_can_be_met",
                condition=Q(
                    seats_percent__lte=99, opponents_percent__lte=99, opponents_least__gte=1
                ),
            ),
            models.CheckConstraint(
                name="council_sitting_happens_in_order",
                condition=Q(stage__in=["called", "off"], opened_at=None, closed_at=None)
                | Q(stage="open", opened_at__isnull=False, closed_at=None)
                | Q(
                    stage="closed",
                    opened_at__isnull=False,
                    closed_at__isnull=False,
                    closed_at__gte=F("opened_at"),
                ),
            ),
            models.CheckConstraint(
                name="council_sitting_off_has_a_reason",
                condition=Q(stage="off") & ~Q(cancelled_because="")
                | ~Q(stage="off") & Q(cancelled_because=""),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        """What the ledger calls this sitting: a topic and a number."""
        return f"sitting:{self.topic.number}-{self.number}"

    @property
    def bar(self) -> Bar:
        return Bar(self.seats_percent, self.opponents_percent, self.opponents_least)

    @property
    def told_at(self) -> datetime:
        """Since when people can know its time and place as they stand now."""
        return self.moved_at or self.at

    def counts_seat_of(self, drawn_at: datetime) -> bool:
        """Whether who was given a seat then can have sat in it here: before it was over."""
        return self.closed_at is None or drawn_at <= self.closed_at

    @property
    def is_open(self) -> bool:
        return self.stage == Stage.OPEN

    @property
    def is_ahead(self) -> bool:
        return self.stage in AHEAD

    @property
    def is_off(self) -> bool:
        return self.stage == Stage.OFF

    @property
    def may_be_decided(self) -> bool:
        """Whether it is over, and nobody has written down yet what came of it."""
        is_over = self.stage == Stage.CLOSED and not hasattr(self, "decision")
        return is_over and self.minutes.is_draft


class Attendance(models.Model):
    """Somebody was there, by themselves or through who has their mandate."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="attendances")
    stakeholder = models.ForeignKey(Stakeholder, models.PROTECT, related_name="attendances")
    # None: they came without a seat, to say what they have against it, or to listen.
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="attendances")
    way = models.CharField(max_length=5, choices=WAYS)
    # With which mandate somebody of the household sat for them.
    mandate = models.CharField(max_length=200, blank=True)
    # None: they signed in by their own link.
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["sitting", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="council_attendance_once_a_person", fields=["sitting", "stakeholder"]
            ),
            models.UniqueConstraint(
                name="council_attendance_once_a_seat", fields=["sitting", "seat"]
            ),
            models.CheckConstraint(
                name="council_attendance_written_by_somebody",
                condition=Q(way=Way.LINK.value, by=None) | Q(way=Way.PAPER.value, by__isnull=False),
            ),
            models.CheckConstraint(
                name="council_attendance_left_after_it_came",
                condition=Q(left_at=None) | Q(left_at__gte=F("at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.stakeholder_id}"

    @property
    def stay(self) -> Stay:
        aways = [(away.since, away.until) for away in self.aways.all()]
        return Stay(self.at, self.left_at, aways)


class Away(models.Model):
    """Somebody left the room and came back: from when until when they were not in it."""

    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="aways")
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        ordering = ["attendance", "pk"]
        constraints = [
            models.CheckConstraint(
                name="council_away_came_back_after_it_left", condition=Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attendance} {self.since:%T}"
