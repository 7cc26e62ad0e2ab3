"""The tracked record: one matter, one state, one clock."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models.functions import Coalesce

from mingchuang.base.literal import Literal
from mingchuang.cases.rules.areas import LONGEST_AREA
from mingchuang.cases.rules.duties import SEATS, Duty, Seats, is_seated_everywhere
from mingchuang.cases.rules.life import ENDED, OPEN, RUNNING, State
from mingchuang.cases.rules.said import LONGEST_PLACE, LONGEST_TITLE, number_parts
from mingchuang.cases.rules.watch import Watch
from mingchuang.cases.words import KINDS, STATES, URGENCIES, WATCHES
from mingchuang.hall.models import TimeLimit
from mingchuang.people.models import Person, Unit
from mingchuang.people.rules.roles import Scope

# In these states nobody but the intake unit has had a case in hand.
BEFORE_OTHERS_READ = ("received", "needs_info", "accepted", "declined", "referred", "withdrawn")

IS_RUNNING = models.Q(state__in=sorted(map(str, RUNNING)))
HAS_ENDED = models.Q(state__in=sorted(map(str, ENDED)))
# Danger and urgent words that nobody has taken on; what is supervised; everything else; and last
# what waits for the requester.
PRESSING = models.Case(
    models.When(danger=True, state__in=["needs_info", "received"], then=models.Value(0)),
    models.When(~models.Q(urgency="normal"), state="received", then=models.Value(0)),
    models.When(IS_RUNNING, watch=int(Watch.SUPERVISED), then=models.Value(1)),
    models.When(state="needs_info", due_at__isnull=True, then=models.Value(3)),
    default=models.Value(2),
)


def among(states: Iterable[str]) -> models.Q:
    """Return the condition of these states as the indexes have it."""
    return models.Q(state__in=[Literal(state) for state in sorted(map(str, states))])


def seat(scope: Scope, seats: Seats) -> models.Q:
    """Return the condition that this scope holds one of these seats on a case, asked of each case
    as it comes: for the top of a long list."""
    helps = _helped_by(scope, seats).filter(case=models.OuterRef("pk"))
    return _seat(scope, seats, models.Q(models.Exists(helps)))


def seat_by_index(scope: Scope, seats: Seats) -> models.Q:
    """Return the same condition, asked of the indexes of the units: to count what is seldom."""
    helped = _helped_by(scope, seats).values("case")
    return _seat(scope, seats, models.Q(pk__in=helped))


def _seat(scope: Scope, seats: Seats, assists: models.Q) -> models.Q:
    if is_seated_everywhere(scope, seats):
        return models.Q()
    return (
        models.Q(intake_unit__in=scope.units(*seats.intake))
        | models.Q(responsible_unit__in=scope.units(*seats.lead))
        | assists
    )


def _helped_by(scope: Scope, seats: Seats) -> "models.QuerySet[models.Model]":
    return Case.assists.through.objects.filter(unit__in=scope.units(*seats.assist))


class CaseQuerySet(models.QuerySet["Case"]):
    def numbered(self, number: str) -> Self:
        """Narrow to the case called `number`; what is not a number finds nothing."""
        if not (parts := number_parts(number)):
            return self.none()
        series, serial = parts
        return self.filter(series=series, pk=serial)

    def open(self) -> Self:
        return self.filter(among(OPEN))

    def running(self) -> Self:
        return self.filter(among(RUNNING))

    def seated(self, scope: Scope, seats: Seats) -> Self:
        """Narrow to cases on which this scope holds one of these seats."""
        return self.filter(seat(scope, seats))

    def visible_to(self, scope: Scope) -> Self:
        return self.seated(scope, SEATS[Duty.READ])


CaseManager = models.Manager.from_queryset(CaseQuerySet)


class Case(models.Model):
    """One matter on its way to an answer; carries one or more submissions."""

    series = models.CharField(max_length=20)
    title = models.CharField(max_length=LONGEST_TITLE)
    kind = models.CharField(max_length=12, choices=KINDS)
    urgency = models.CharField(max_length=10, choices=URGENCIES, default="normal")
    state = models.CharField(max_length=12, choices=STATES, default=State.RECEIVED)
    place = models.CharField(max_length=LONGEST_PLACE, blank=True)
    area = models.CharField(max_length=LONGEST_AREA, blank=True)
    danger = models.BooleanField(default=False)
    confidential = models.BooleanField(default=False)
    redacted = models.BooleanField(default=True)

    intake_unit = models.ForeignKey(Unit, models.PROTECT, related_name="taken_in")
    responsible_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="leading")
    first_receiver = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    assists = models.ManyToManyField(Unit, related_name="assisting", blank=True)
    handler = models.ForeignKey(Person, models.PROTECT, null=True, related_name="handling")
    master = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_cases")
    # The case whose many voices made staff raise this one before anybody asked (未诉先办).
    prompted_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="prompted")

    received_at = models.DateTimeField()
    # By when somebody should have looked at what came in: it presses like a due day.
    meet_by = models.DateTimeField()
    time_limit = models.ForeignKey(TimeLimit, models.PROTECT, null=True)
    clock_started_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)
    dispatched_at = models.DateTimeField(null=True)
    contact_due_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    callback_due_at = models.DateTimeField(null=True)
    # From here it is counted how long what is kept: archived, refused, sent away or taken back.
    ended_at = models.DateTimeField(null=True)
    # Since when no clock runs: paused, joined to another, or taken back.
    stopped_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    watch = models.PositiveSmallIntegerField(choices=WATCHES, default=0)
    reminders = models.PositiveSmallIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=0)

    # What stands on top of a list, kept by the database itself so that it need not sort a million.
    press = models.GeneratedField(
        expression=PRESSING, output_field=models.PositiveSmallIntegerField(), db_persist=True
    )
    presses_at = models.GeneratedField(
        expression=Coalesce("due_at", "meet_by"),
        output_field=models.DateTimeField(),
        db_persist=True,
    )

    decline_code = models.CharField(max_length=40, blank=True)
    referred_to = models.CharField(max_length=40, blank=True)
    route = models.TextField(blank=True)

    objects = CaseManager()

    class Meta:
        indexes = [
            models.Index(fields=["responsible_unit", "state", "due_at"], name="case_lead_due"),
            models.Index(fields=["intake_unit", "state", "due_at"], name="case_intake_due"),
            models.Index(fields=["state", "due_at"], name="case_state_due"),
            models.Index(fields=["handler", "state"], name="case_handled_by"),
            models.Index(
                fields=["press", "presses_at", "id"], name="case_pressing", condition=IS_RUNNING
            ),
            models.Index(fields=["received_at", "id"], name="case_received"),
            # By state, though the condition has it too: by number SQLite would rather walk all the
            # open cases by case_state_due than these few.
            models.Index(
                fields=["state"],
                name="case_confidential_open",
                condition=models.Q(state__in=sorted(map(str, OPEN)), confidential=True),
            ),
            models.Index(
                fields=["ended_at", "id"],
                name="case_ended",
                condition=models.Q(ended_at__isnull=False),
            ),
            models.Index(
                fields=["contact_due_at", "contacted_at", "stopped_at"],
                name="case_contact_due",
                condition=models.Q(contact_due_at__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_state_is_known", condition=models.Q(state__in=list(State))
            ),
            models.CheckConstraint(
                name="case_dispatched_has_lead_and_clock",
                condition=~models.Q(state__in=["dispatched", "handling", "paused", "returned"])
                | models.Q(
                    responsible_unit__isnull=False,
                    first_receiver__isnull=False,
                    due_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="case_accepted_has_clock",
                condition=~models.Q(state="accepted")
                | models.Q(due_at__isnull=False, time_limit__isnull=False),
            ),
            models.CheckConstraint(
                name="case_answered_has_a_round",
                condition=~models.Q(state__in=["replied", "archived"])
                | models.Q(round__gte=1, replied_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_declined_has_reason_and_route",
                condition=~models.Q(state="declined")
                | (~models.Q(decline_code="") & ~models.Q(route="")),
            ),
            models.CheckConstraint(
                name="case_referred_has_route",
                condition=~models.Q(state="referred")
                | (~models.Q(referred_to="") & ~models.Q(route="")),
            ),
            models.CheckConstraint(
                name="case_merged_has_master",
                condition=models.Q(state="merged", master__isnull=False)
                | (~models.Q(state="merged") & models.Q(master__isnull=True)),
            ),
            models.CheckConstraint(
                name="case_is_not_its_own_master", condition=~models.Q(master=models.F("id"))
            ),
            models.CheckConstraint(
                name="case_did_not_prompt_itself",
                condition=~models.Q(prompted_by=models.F("id")),
            ),
            models.CheckConstraint(
                name="case_ended_when_it_ended",
                condition=(HAS_ENDED & models.Q(ended_at__isnull=False))
                | (~HAS_ENDED & models.Q(ended_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="case_confidential_is_redacted_before_others_read",
                condition=models.Q(state__in=BEFORE_OTHERS_READ)
                | models.Q(confidential=False)
                | models.Q(redacted=True),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """A series and a serial: YJ-2026-000123. The serial needs no counter and no lock."""
        return f"{self.series}-{self.pk:06d}"

    @property
    def subject(self) -> str:
        """What the ledger calls this case."""
        return f"case:{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN
