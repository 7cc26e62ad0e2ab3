"""A companion for somebody who cannot well come alone: from door to door (陪办)."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from mingchuang.hall.models import Site
from mingchuang.people.fields import EncryptedTextField
from mingchuang.people.models import Person, Requester
from mingchuang.people.rules.masking import mask_text
from mingchuang.visits.models.visits import Visit
from mingchuang.visits.rules.assisting import (
    ACCOMPANIED,
    ENDED,
    OPEN,
    PROMISED,
    TOGETHER,
    State,
    without_door,
)
from mingchuang.visits.rules.booking import MOST_PERSONS
from mingchuang.visits.words.assisting import (
    ASSIST_NEEDS,
    ASSIST_ORIGINS,
    ASSIST_STATES,
    CATEGORIES,
    RETURNS,
)


def _in(states: frozenset[State]) -> Q:
    return Q(state__in=sorted(map(str, states)))


class AssistQuerySet(models.QuerySet["Assist"]):
    def open(self) -> Self:
        return self.filter(_in(OPEN))


AssistManager = models.Manager.from_queryset(AssistQuerySet)


class Assist(models.Model):
    """One accompanying of one person, or of a few together."""

    code = models.CharField(max_length=16, unique=True)
    key = models.CharField(max_length=64, unique=True)
    site = models.ForeignKey(Site, models.PROTECT, related_name="assists")
    # Whom they come for at the window, where there is a booking or a number.
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="assists")
    # None: they left nothing that is theirs, or it stands with their visit.
    requester = models.ForeignKey(Requester, models.PROTECT, null=True, related_name="assists")
    category = models.CharField(max_length=10, choices=CATEGORIES)
    need = models.CharField(max_length=10, choices=ASSIST_NEEDS)
    persons = models.PositiveSmallIntegerField(default=1)
    # Where to meet may be somebody's own door.
    from_place = EncryptedTextField(blank=True)
    to_place = EncryptedTextField(blank=True)
    wanted_at = models.DateTimeField()
    day = models.DateField()
    origin = models.CharField(max_length=8, choices=ASSIST_ORIGINS)
    state = models.CharField(max_length=10, choices=ASSIST_STATES)
    companion = models.ForeignKey(Person, models.PROTECT, null=True, related_name="assists")
    # Why the last one who was named gave it back.
    return_reason = models.CharField(max_length=8, choices=RETURNS, blank=True)
    at = models.DateTimeField()
    assigned_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = AssistManager()

    class Meta:
        ordering = ["wanted_at", "pk"]
        indexes = [
            models.Index(
                name="visits_assist_open", fields=["site", "wanted_at"], condition=_in(OPEN)
            ),
            models.Index(name="visits_assist_of_day", fields=["site", "day"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="visits_companion_is_with_one_at_a_time",
                fields=["companion"],
                condition=Q(state=State.MET.value),
            ),
            models.CheckConstraint(
                name="visits_assist_state_is_known", condition=Q(state__in=list(State))
            ),
            models.CheckConstraint(
                name="visits_assist_category_is_no_diagnosis",
                condition=Q(category__in=list(dict(CATEGORIES))),
            ),
            models.CheckConstraint(
                name="visits_assist_need_is_known",
                condition=Q(need__in=list(dict(ASSIST_NEEDS))),
            ),
            models.CheckConstraint(
                name="visits_assist_origin_is_known",
                condition=Q(origin__in=list(dict(ASSIST_ORIGINS))),
            ),
            models.CheckConstraint(
                name="visits_assist_return_has_a_reason",
                condition=Q(return_reason__in=["", *dict(RETURNS)]),
            ),
            models.CheckConstraint(
                name="visits_assist_is_of_some_people",
                condition=Q(persons__range=(1, MOST_PERSONS)),
            ),
            models.CheckConstraint(
                name="visits_assist_waits_for_a_companion",
                condition=~Q(state=State.ASKED.value)
                | Q(companion=None, assigned_at=None, accepted_at=None),
            ),
            models.CheckConstraint(
                name="visits_assist_has_a_companion",
                condition=~_in(ACCOMPANIED) | Q(companion__isnull=False, assigned_at__isnull=False),
            ),
            models.CheckConstraint(
                name="visits_assist_companion_has_promised",
                condition=~_in(PROMISED) | Q(accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="visits_assist_finished_when_they_had_met",
                condition=_in(TOGETHER) & Q(met_at__isnull=False)
                | ~_in(TOGETHER) & Q(met_at__isnull=True),
            ),
            models.CheckConstraint(
                name="visits_assist_ended_when_it_ended",
                condition=_in(ENDED) & Q(ended_at__isnull=False)
                | ~_in(ENDED) & Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="visits_assist_happens_in_order",
                condition=(Q(assigned_at=None) | Q(assigned_at__gte=F("at")))
                & (Q(accepted_at=None) | Q(accepted_at__gte=F("assigned_at")))
                & (Q(met_at=None) | Q(met_at__gte=F("accepted_at")))
                & (Q(ended_at=None) | Q(ended_at__gte=F("at")))
                & (Q(ended_at=None) | Q(met_at=None) | Q(ended_at__gte=F("met_at"))),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        """What the ledger calls this assistance."""
        return f"assist:{self.pk:08d}"

    @property
    def asker(self) -> Requester | None:
        """Who is accompanied, where they left a name or a phone: here, or with their visit."""
        known = (self.requester, self.visit.requester if self.visit else None)
        return next((one for one in known if one and (one.name or one.phone)), None)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def from_shown(self) -> str:
        """Where to meet, without what tells who asked."""
        return without_door(mask_text(self.from_place).text)

    @property
    def to_shown(self) -> str:
        return without_door(mask_text(self.to_place).text)
