"""Going to somebody who cannot come (上门服务): two colleagues, between two hours, on one day."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from mingchuang.hall.models import ServiceItem, Site
from mingchuang.people.models import Person, Requester
from mingchuang.visits.rules.homes import AGREED, ENDED, OPEN, State
from mingchuang.visits.words.homes import HOME_FOR, HOME_STATES


def _in(states: frozenset[State]) -> Q:
    return Q(state__in=sorted(map(str, states)))


class HomeVisitQuerySet(models.QuerySet["HomeVisit"]):
    def open(self) -> Self:
        return self.filter(_in(OPEN))


HomeVisitManager = models.Manager.from_queryset(HomeVisitQuerySet)


class HomeVisit(models.Model):
    """One going to one person. Where they live is sealed with who they are."""

    code = models.CharField(max_length=16, unique=True)
    key = models.CharField(max_length=64, unique=True)
    site = models.ForeignKey(Site, models.PROTECT, related_name="home_visits")
    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="home_visits")
    requester = models.ForeignKey(Requester, models.PROTECT, related_name="home_visits")
    category = models.CharField(max_length=10, choices=HOME_FOR)
    state = models.CharField(max_length=10, choices=HOME_STATES)
    # By when it is to be agreed on when somebody comes.
    agree_by = models.DateField()
    day = models.DateField(null=True)
    since = models.TimeField(null=True)
    until = models.TimeField(null=True)
    first = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    second = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    arranged_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = HomeVisitManager()

    class Meta:
        ordering = ["agree_by", "pk"]
        indexes = [
            models.Index(name="visits_home_open", fields=["site", "agree_by"], condition=_in(OPEN)),
        ]
        constraints = [
            models.CheckConstraint(
                name="visits_home_state_is_known", condition=Q(state__in=list(State))
            ),
            models.CheckConstraint(
                name="visits_home_category_is_no_diagnosis",
                condition=Q(category__in=list(dict(HOME_FOR))),
            ),
            models.CheckConstraint(
                name="visits_home_is_gone_to_by_two_at_a_time_agreed",
                condition=~_in(AGREED)
                | Q(
                    first__isnull=False,
                    second__isnull=False,
                    day__isnull=False,
                    until__gt=F("since"),
                    arranged_at__isnull=False,
                )
                & ~Q(first=F("second")),
            ),
            models.CheckConstraint(
                name="visits_home_ended_when_it_ended",
                condition=_in(ENDED) & Q(ended_at__isnull=False)
                | ~_in(ENDED) & Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        """What the ledger calls this home visit."""
        return f"home:{self.pk:08d}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_arranged(self) -> bool:
        return self.state == State.ARRANGED
