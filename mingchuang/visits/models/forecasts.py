"""What people were told of their wait, what the nights taught, and plans of windows."""

from django.db import models
from django.db.models import F, Q

from mingchuang.people.models import Person
from mingchuang.visits.models.lines import Line
from mingchuang.visits.models.visits import Visit
from mingchuang.visits.rules.forecast.forecaster import FORMULA, LEARNER
from mingchuang.visits.rules.forecast.kept import Interval
from mingchuang.visits.rules.forecast.shown import Wait, shown
from mingchuang.visits.rules.making import Making
from mingchuang.visits.words.plans import KINDS_OF_DAY


class Forecast(models.Model):
    """What somebody was told who took a number, in minutes; told once and never changed."""

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="forecast")
    # As it was told: who is passed on waits in another line.
    line = models.ForeignKey(Line, models.PROTECT, related_name="forecasts")
    day = models.DateField()
    at = models.DateTimeField()
    ahead = models.PositiveIntegerField()
    low = models.FloatField()
    middle = models.FloatField()
    high = models.FloatField()
    by = models.CharField(max_length=7)
    # How long the one called last had waited (LES), to be compared with; null before any.
    les = models.FloatField(null=True)
    # What was known then (`rules.forecast.kept`); let go of when the nights need it no more.
    known = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(name="visits_forecast_of_day", fields=["day", "line"])]
        constraints = [
            models.CheckConstraint(
                name="visits_forecast_is_in_order",
                condition=Q(low__gte=0, middle__gte=F("low"), high__gte=F("middle")),
            ),
            models.CheckConstraint(
                name="visits_forecast_is_somebodys_word", condition=Q(by__in=[FORMULA, LEARNER])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id}: {self.low:.0f} {self.middle:.0f} {self.high:.0f}"

    @property
    def interval(self) -> Interval:
        return Interval(self.low, self.middle, self.high, self.by)

    @property
    def wait(self) -> Wait:
        """As it is said: about so many minutes, rarely more than so many."""
        return shown(self.middle, self.high)


class Known(models.Model):
    """What a forecaster knew when that day was over, and how good it had been by then; the newest
    speaks."""

    day = models.DateField(unique=True)
    at = models.DateTimeField()
    heard = models.PositiveIntegerField()
    content = models.BinaryField()
    # `queries.record.record_until`; empty where it was not the newest day.
    record = models.JSONField(default=list)
    # The same of each service: `queries.record.services_until`.
    services = models.JSONField(default=list)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} ({self.heard})"

    @property
    def subject(self) -> str:
        return f"forecast:{self.day.isoformat()}"


class Plan(models.Model):
    """How many windows a line needs on such a day, asked for by somebody and made beside."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=8, choices=KINDS_OF_DAY)
    share = models.PositiveSmallIntegerField(default=90)
    minutes = models.PositiveSmallIntegerField(default=20)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=[(str(one), str(one)) for one in Making])
    made_at = models.DateTimeField(null=True)
    # What `rules.plan.facts_of` found, or in which words it could not be made.
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                name="visits_plan_waiting", fields=["at"], condition=Q(state=Making.WAITING.value)
            )
        ]
        constraints = [
            models.CheckConstraint(name="visits_plan_share", condition=Q(share__range=(1, 99))),
            models.CheckConstraint(
                name="visits_plan_minutes", condition=Q(minutes__range=(0, 480))
            ),
            models.CheckConstraint(
                name="visits_plan_state_is_known", condition=Q(state__in=sorted(map(str, Making)))
            ),
            models.CheckConstraint(
                name="visits_plan_made_when_it_was_made",
                condition=Q(state=Making.WAITING.value, made_at__isnull=True)
                | ~Q(state=Making.WAITING.value) & Q(made_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.kind}"

    @property
    def subject(self) -> str:
        return f"plan:{self.pk:06d}"
