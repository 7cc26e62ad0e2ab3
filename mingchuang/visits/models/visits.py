"""A person who comes, booked or walking in; the windows that call; the numbers given out."""

from typing import Self

from django.db import models
from django.db.models import Q

from mingchuang.hall.models import ServiceItem, Site, Window
from mingchuang.people.models import Person, Requester
from mingchuang.visits.models.lines import Line, Slot
from mingchuang.visits.rules.booking import MOST_PERSONS
from mingchuang.visits.rules.life import AT_WINDOW, ENDED, LEFT_OPEN, PRESENT, State
from mingchuang.visits.words.tables import GREEN, ORIGINS, STATES


class VisitQuerySet(models.QuerySet["Visit"]):
    def waiting(self) -> Self:
        """Whoever can be called: a number taken on the phone waits until its holder is here."""
        return self.filter(state=State.WAITING, here_at__isnull=False)

    def present(self) -> Self:
        return self.filter(state__in=sorted(map(str, PRESENT)))


VisitManager = models.Manager.from_queryset(VisitQuerySet)


class Visit(models.Model):
    """One coming of one person, or of a group, for one line; a number once they are there."""

    code = models.CharField(max_length=16, unique=True)
    key = models.CharField(max_length=64, unique=True)
    site = models.ForeignKey(Site, models.PROTECT, related_name="visits")
    line = models.ForeignKey(Line, models.PROTECT, related_name="visits")
    day = models.DateField()
    slot = models.ForeignKey(Slot, models.PROTECT, null=True, related_name="visits")
    requester = models.ForeignKey(Requester, models.PROTECT, null=True, related_name="visits")
    persons = models.PositiveSmallIntegerField(default=1)
    # What they come for, where they said so: more than one thing is one visit.
    items = models.ManyToManyField(ServiceItem, related_name="visits")
    # What a booking takes of its slot: each person, each thing to be done in its line.
    places = models.PositiveSmallIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=ORIGINS)
    # By appearance or their own word (绿色通道): a kind, never a paper.
    green = models.CharField(max_length=10, choices=GREEN, blank=True)
    state = models.CharField(max_length=10, choices=STATES)
    prefix = models.CharField(max_length=2, blank=True)
    number = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    # Since when they are in the hall; a number taken on the phone is not called before that.
    here_at = models.DateTimeField(null=True)
    # Who took a number on the phone keeps their place if they are here by then.
    back_by = models.DateTimeField(null=True)
    # Since when they wait, as the line counts it: who booked is no later than their slot.
    stands_since = models.DateTimeField(null=True)
    # Passed on to this very window: no other calls them.
    for_window = models.ForeignKey(Window, models.PROTECT, null=True, related_name="+")
    window = models.ForeignKey(Window, models.PROTECT, null=True, related_name="visits")
    called_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = VisitManager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                name="visits_visit_waiting",
                fields=["line", "green", "stands_since", "number"],
                condition=Q(state=State.WAITING.value, here_at__isnull=False),
            ),
            models.Index(
                name="visits_visit_left_open",
                fields=["day"],
                condition=Q(state__in=sorted(map(str, LEFT_OPEN))),
            ),
            models.Index(name="visits_visit_of_day", fields=["site", "day", "state"]),
            models.Index(name="visits_visit_of_line", fields=["line", "day"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="visits_visit_one_per_number",
                fields=["site", "day", "prefix", "number"],
                condition=Q(number__isnull=False),
            ),
            models.UniqueConstraint(
                name="visits_window_has_one_visit",
                fields=["window"],
                condition=Q(state__in=sorted(map(str, AT_WINDOW))),
            ),
            models.CheckConstraint(
                name="visits_visit_state_is_known", condition=Q(state__in=list(State))
            ),
            models.CheckConstraint(
                name="visits_visit_present_has_a_number",
                condition=~Q(state__in=sorted(map(str, PRESENT)))
                | Q(number__gte=1, stands_since__isnull=False) & ~Q(prefix=""),
            ),
            models.CheckConstraint(
                name="visits_visit_called_is_here",
                condition=~Q(state__in=sorted(map(str, PRESENT - {State.WAITING})))
                | Q(here_at__isnull=False),
            ),
            models.CheckConstraint(
                name="visits_visit_called_has_a_window",
                condition=~Q(state__in=sorted(map(str, AT_WINDOW)))
                | Q(window__isnull=False, called_at__isnull=False),
            ),
            models.CheckConstraint(
                name="visits_visit_ended_when_it_ended",
                condition=Q(state__in=sorted(map(str, ENDED)), ended_at__isnull=False)
                | ~Q(state__in=sorted(map(str, ENDED))) & Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="visits_visit_booked_has_a_slot",
                condition=~Q(state=State.BOOKED.value) | Q(slot__isnull=False),
            ),
            models.CheckConstraint(
                name="visits_visit_is_of_some_people",
                condition=Q(persons__range=(1, MOST_PERSONS)),
            ),
            models.CheckConstraint(
                name="visits_visit_takes_a_place_for_each",
                condition=Q(places__gte=models.F("persons")),
            ),
            models.CheckConstraint(
                name="visits_visit_green_is_a_kind", condition=Q(green__in=["", *dict(GREEN)])
            ),
        ]

    def __str__(self) -> str:
        return self.shown or self.subject

    @property
    def shown(self) -> str:
        """The number as it is called: A023; empty before there is one."""
        return f"{self.prefix}{self.number:03d}" if self.number else ""

    @property
    def subject(self) -> str:
        """What the ledger calls this visit."""
        return f"visit:{self.pk:08d}"


class Given(models.Model):
    """The last number given out at a site on one day, by prefix."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    day = models.DateField()
    prefix = models.CharField(max_length=2)
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="visits_given_one_per_prefix_and_day", fields=["site", "day", "prefix"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}{self.last:03d}"


class Desk(models.Model):
    """Who serves which window, from and until (亮牌上岗)."""

    window = models.ForeignKey(Window, models.PROTECT, related_name="desks")
    person = models.ForeignKey(Person, models.PROTECT, related_name="desks")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    # A pause at the window: nobody is called, and the display says so.
    away_since = models.DateTimeField(null=True)
    languages = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(
                name="visits_desk_one_person_at_a_window",
                fields=["window"],
                condition=Q(until__isnull=True),
            ),
            models.UniqueConstraint(
                name="visits_desk_one_window_for_a_person",
                fields=["person"],
                condition=Q(until__isnull=True),
            ),
            models.CheckConstraint(
                name="visits_desk_ends_after_it_began",
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.window} {self.person.badge}"


class Call(models.Model):
    """One calling of a visit to a window; `reason` where somebody called out of turn (P9)."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="calls")
    window = models.ForeignKey(Window, models.PROTECT, related_name="calls")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(name="visits_call_of_window", fields=["window", "at"])]

    def __str__(self) -> str:
        return f"{self.visit} → {self.window}"
