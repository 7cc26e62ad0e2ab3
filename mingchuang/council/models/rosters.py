"""Who is drawn and asked for one sitting: the roster, its seats, its lottery."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from mingchuang.council.models.register import Household, Stakeholder
from mingchuang.council.models.topics import Topic
from mingchuang.council.rules.register import HELD, SeatState, Why
from mingchuang.council.words.tables import RANDOMNESS, SEAT_STATES, WHYS
from mingchuang.people.models import Requester
from mingchuang.people.rules.masking import mask_text

IS_HELD = Q(state__in=sorted(map(str, HELD)))


class Roster(models.Model):
    """The list of one sitting (名单): made when its lottery is planned, filled when it is drawn."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="rosters")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["topic", "number"]
        constraints = [
            models.UniqueConstraint(name="council_roster_number_once", fields=["topic", "number"]),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        return f"roster:{self.topic.number}-{self.number}"


class SeatQuerySet(models.QuerySet["Seat"]):
    def held(self) -> Self:
        """Seats of who was drawn and has not declined or lost it."""
        return self.filter(IS_HELD)


SeatManager = models.Manager.from_queryset(SeatQuerySet)


class Seat(models.Model):
    """One place in a roster. A proxy with a mandate sits for who has it; the seat stays theirs."""

    roster = models.ForeignKey(Roster, models.PROTECT, related_name="seats")
    stakeholder = models.ForeignKey(Stakeholder, models.PROTECT, related_name="seats")
    # As the stakeholder's, so that the database itself counts each household once.
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    why = models.CharField(max_length=6, choices=WHYS)
    state = models.CharField(max_length=8, choices=SEAT_STATES)
    refills = models.OneToOneField("self", models.PROTECT, null=True, related_name="refilled_by")
    lost_because = models.CharField(max_length=200, blank=True)
    proxy = models.ForeignKey(Requester, models.PROTECT, null=True, related_name="+")
    # How the mandate was given: on paper, by telephone with whom.
    mandate = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = SeatManager()

    class Meta:
        ordering = ["roster", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="council_seat_once_a_person", fields=["roster", "stakeholder"]
            ),
            models.UniqueConstraint(
                name="council_seat_once_a_household",
                fields=["roster", "household"],
                condition=IS_HELD,
            ),
            models.CheckConstraint(
                name="council_seat_state_is_known", condition=Q(state__in=list(SeatState))
            ),
            models.CheckConstraint(
                name="council_seat_refill_names_whose",
                condition=Q(why=Why.REFILL.value, refills__isnull=False)
                | Q(why__in=[Why.MUST.value, Why.DRAWN.value], refills=None),
            ),
            models.CheckConstraint(
                name="council_seat_does_not_refill_itself", condition=~Q(refills=F("id"))
            ),
            models.CheckConstraint(
                name="council_seat_answered_when_answered",
                condition=Q(state=SeatState.DRAWN.value, answered_at=None)
                | ~Q(state=SeatState.DRAWN.value) & Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="council_seat_lost_has_a_reason",
                condition=Q(state=SeatState.LOST.value) & ~Q(lost_because="")
                | ~Q(state=SeatState.LOST.value) & Q(lost_because=""),
            ),
            models.CheckConstraint(
                name="council_proxy_has_a_mandate",
                condition=Q(proxy=None, mandate="") | Q(proxy__isnull=False) & ~Q(mandate=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.roster} {self.stakeholder_id}"

    @property
    def subject(self) -> str:
        """What the ledger calls it: a roster, and a number of the register."""
        roster = self.roster.subject.partition(":")[2]
        return f"seat:{roster}-{self.stakeholder.number:03d}"

    @property
    def is_held(self) -> bool:
        return self.state in HELD

    @property
    def mandate_shown(self) -> str:
        """How the mandate was given, without what tells who gave it."""
        return mask_text(self.mandate).text

    @property
    def is_accepted(self) -> bool:
        return self.state == SeatState.ACCEPTED


class LotteryQuerySet(models.QuerySet["Lottery"]):
    def live(self) -> Self:
        """The lottery that counts; others of its roster are void and stay visible."""
        return self.filter(voided_at=None)


LotteryManager = models.Manager.from_queryset(LotteryQuerySet)


class Planned(models.Model):
    """What takes a while to be reckoned, beside everything else: how far it is, what came of it."""

    stage = models.CharField(max_length=16, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    # The whole plan.json, as text: what was hashed must stay as it was to the letter.
    plan = models.TextField(blank=True)
    # Why there is no plan, and what would have to give way.
    impossible = models.JSONField(null=True)
    made_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def is_waiting(self) -> bool:
        return self.made_at is None


MADE = Q(made_at=None, plan="", impossible__isnull=True) | Q(made_at__isnull=False) & (
    ~Q(plan="") & Q(impossible__isnull=True) | Q(plan="") & Q(impossible__isnull=False)
)


class Lottery(Planned):
    """Who could be drawn, with which chance; committed to before the dice are thrown (P12)."""

    roster = models.ForeignKey(Roster, models.PROTECT, related_name="lotteries")
    number = models.PositiveSmallIntegerField()
    size = models.PositiveSmallIntegerField()
    # Opponents have at least this share of the seats, in hundredths.
    share = models.PositiveSmallIntegerField(default=0)
    quotas = models.JSONField(default=list)
    commitment = models.CharField(max_length=71, blank=True)
    committed_at = models.DateTimeField(null=True)
    # Which randomness is meant, before it exists: who throws dice where and when, or which issue.
    randomness = models.CharField(max_length=5, choices=RANDOMNESS, blank=True)
    announced = models.CharField(max_length=200, blank=True)
    dice = models.CharField(max_length=5, blank=True)
    ticket = models.PositiveSmallIntegerField(null=True)
    drawn_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    voided_because = models.CharField(max_length=200, blank=True)

    objects = LotteryManager()

    class Meta:
        ordering = ["roster", "number"]
        constraints = [
            models.UniqueConstraint(
                name="council_lottery_number_once", fields=["roster", "number"]
            ),
            models.UniqueConstraint(
                name="council_lottery_one_live_a_roster",
                fields=["roster"],
                condition=Q(voided_at=None),
            ),
            models.CheckConstraint(name="council_lottery_has_seats", condition=Q(size__gte=1)),
            models.CheckConstraint(
                name="council_lottery_share_is_a_share", condition=Q(share__lte=100)
            ),
            models.CheckConstraint(name="council_lottery_is_made_or_not", condition=MADE),
            models.CheckConstraint(
                name="council_lottery_commits_to_a_plan",
                condition=Q(commitment="", committed_at=None, randomness="", announced="")
                | Q(
                    commitment__regex=r"^sha256:[0-9a-f]{64}$",
                    committed_at__isnull=False,
                    randomness__in=list(dict(RANDOMNESS)),
                )
                & ~Q(plan="")
                & ~Q(announced=""),
            ),
            models.CheckConstraint(
                name="council_lottery_is_committed_before_its_dice",
                condition=Q(dice="", ticket=None, drawn_at=None)
                | Q(
                    dice__regex=r"^[0-9],[0-9],[0-9]$",
                    ticket__range=(0, 999),
                    committed_at__isnull=False,
                    drawn_at__gt=F("committed_at"),
                ),
            ),
            models.CheckConstraint(
                name="council_lottery_void_has_a_reason",
                condition=Q(voided_at=None, voided_because="")
                | Q(voided_at__isnull=False) & ~Q(voided_because=""),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        return f"lottery:{self.roster.subject.partition(':')[2]}-{self.number}"

    @property
    def is_drawn(self) -> bool:
        return self.drawn_at is not None


class Refill(Planned):
    """Seats that came free are drawn again; the number follows from the dice that were thrown."""

    lottery = models.ForeignKey(Lottery, models.PROTECT, related_name="refills")
    round = models.PositiveSmallIntegerField()
    # Quotas that gave way, by name, because nobody could be drawn without.
    relaxed = models.JSONField(default=list)
    ticket = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["lottery", "round"]
        constraints = [
            models.UniqueConstraint(name="council_refill_round_once", fields=["lottery", "round"]),
            models.UniqueConstraint(
                name="council_refill_one_at_a_time",
                fields=["lottery"],
                condition=Q(made_at=None),
            ),
            models.CheckConstraint(name="council_refill_is_made_or_not", condition=MADE),
            models.CheckConstraint(
                name="council_refill_has_a_ticket",
                condition=Q(plan="", ticket=None) | ~Q(plan="") & Q(ticket__range=(0, 999)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lottery} {self.round}"
