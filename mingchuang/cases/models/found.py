"""Found things, how long they are kept, and what is handed over (失物招领)."""

from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.cases.found_words import (
    CARES,
    FATES,
    TAKERS,
    THING_STATES,
    THINGS,
)
from mingchuang.cases.rules.found import MOST_HOURS, TO_THE_POLICE, Care, Fate, State
from mingchuang.hall.models import Site
from mingchuang.ledger.models import Evidence, is_emptied
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.fields import EncryptedTextField
from mingchuang.people.models import Person, Requester
from mingchuang.people.rules.masking import mask_text

LONGEST_NUMBER = 20


class StorageTime(models.Model):
    """How many hours after it was found a thing of one kind is kept, and where it goes then."""

    kind = models.CharField(_("种类"), max_length=12, unique=True, choices=THINGS)
    hours = models.PositiveIntegerField(
        _("保管小时数"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_HOURS)],
        help_text=_("不填就是保管到招领公告满一年（民法典第三百一十八条）。"),
    )
    fate = models.CharField(_("到期以后"), max_length=8, choices=FATES)
    source = models.CharField(_("依据"), max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("拾得物保管时间")
        verbose_name_plural = pgettext_lazy("many", "拾得物保管时间")
        constraints = [
            models.CheckConstraint(
                name="cases_storage_belongs_to_the_state_after_a_year",
                condition=Q(hours=None, fate=Fate.STATE.value)
                | Q(hours__isnull=False) & ~Q(fate=Fate.STATE.value),
                violation_error_message=_("满一年的归国家，要写小时数的只能处理或者移交公安。"),
            ),
            models.CheckConstraint(
                name="cases_storage_valuables_and_animals_go_to_the_police",
                condition=~Q(kind__in=sorted(map(str, TO_THE_POLICE)))
                | Q(hours__isnull=False, fate=Fate.POLICE.value),
                violation_error_message=_(
                    "贵重物品、证件卡片和活的动物要写保管小时数，到期移交公安。"
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Handover(models.Model):
    """Things given to the police or to the State, on one list with three signatures."""

    number = models.CharField(max_length=LONGEST_NUMBER, unique=True)
    key = models.CharField(max_length=64, unique=True)
    site = models.ForeignKey(Site, models.PROTECT, related_name="handovers")
    to = models.CharField(max_length=8, choices=TAKERS)
    office = models.CharField(max_length=100)
    # Who took it there: a name like any other, and the number on the badge, if they wear one.
    taker = models.ForeignKey(Requester, models.PROTECT, related_name="handovers")
    taker_badge = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    witness = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="cases_handover_is_seen_by_two", condition=~Q(by=F("witness"))
            ),
            models.CheckConstraint(
                name="cases_handover_goes_somewhere",
                condition=Q(to__in=list(map(str, dict(TAKERS)))) & ~Q(office=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """What the ledger calls this list."""
        return f"handover:{self.number}"


class FoundItemQuerySet(models.QuerySet["FoundItem"]):
    def kept(self) -> Self:
        return self.filter(state=State.KEPT)

    def announced(self) -> Self:
        """Narrow to what the public notice shows."""
        return self.kept().filter(announced_on__isnull=False)

    def unannounced(self) -> Self:
        """Narrow to what lies here and nobody can read of, the oldest first: no year runs."""
        return self.kept().filter(announced_on__isnull=True).order_by("pk")


FoundItemManager = models.Manager.from_queryset(FoundItemQuerySet)


class FoundItem(Evidence):
    """A thing somebody handed in. What proves whose it is stays encrypted and is never shown."""

    number = models.CharField(max_length=LONGEST_NUMBER, unique=True)
    key = models.CharField(max_length=64, unique=True)
    site = models.ForeignKey(Site, models.PROTECT, related_name="found_items")
    kind = models.CharField(max_length=12, choices=THINGS)
    care = models.CharField(max_length=8, choices=CARES)
    place = models.CharField(max_length=100)
    found_at = models.DateTimeField()
    features = EncryptedTextField(blank=True)
    shelf = models.CharField(max_length=60)
    # What it is about worth; 0 where nobody can tell.
    cents = models.PositiveBigIntegerField(default=0)
    # None: they left nothing that is theirs, or it was a colleague.
    finder = models.ForeignKey(Requester, models.PROTECT, null=True, related_name="found_items")
    taken_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    witness = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=THING_STATES)
    announced_on = models.DateField(null=True)
    # None: until the year of the notice is over.
    kept_until = models.DateTimeField(null=True)
    fate = models.CharField(max_length=8, choices=FATES)
    # Stays when a thing is taken back: the paper it stood on was signed.
    handover = models.ForeignKey(Handover, models.PROTECT, null=True, related_name="items")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = FoundItemManager()

    class Meta(Evidence.Meta):
        ordering = ["-pk"]
        indexes = [
            models.Index(
                name="cases_found_announced",
                fields=["-announced_on", "-id"],
                condition=Q(state=State.KEPT.value, announced_on__isnull=False),
            ),
            models.Index(name="cases_found_of_site", fields=["site", "state", "-id"]),
            models.Index(name="cases_found_ended", fields=["ended_at"]),
        ]
        constraints = [
            *Evidence.Meta.constraints,
            models.CheckConstraint(
                name="cases_found_state_is_known", condition=Q(state__in=list(State))
            ),
            models.CheckConstraint(
                name="cases_found_special_is_counted_by_two",
                condition=Q(care=Care.ORDINARY.value)
                | Q(witness__isnull=False) & ~Q(witness=F("taken_by")),
            ),
            models.CheckConstraint(
                name="cases_found_ended_when_it_ended",
                condition=Q(state=State.KEPT.value, ended_at=None)
                | ~Q(state=State.KEPT.value) & Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="cases_found_handed_over_on_a_list",
                condition=~Q(state=State.HANDED_OVER.value) | Q(handover__isnull=False),
            ),
            models.CheckConstraint(
                name="cases_found_before_it_was_handed_in", condition=Q(found_at__lte=F("at"))
            ),
            models.CheckConstraint(
                name="cases_found_is_proved_by_something",
                condition=is_emptied() | ~Q(features=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """What the ledger calls this thing."""
        return f"found:{self.number}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"features": self.features, "place": self.place, "shelf": self.shelf}

    @property
    def is_special(self) -> bool:
        """Whether two people must be there whenever it changes hands."""
        return self.care != Care.ORDINARY

    @property
    def yuan(self) -> str:
        return f"{self.cents / 100:,.2f}"

    @property
    def may_be_claimed(self) -> bool:
        """Whether it still lies here."""
        return self.state == State.KEPT

    @property
    def may_be_asked_for(self) -> bool:
        """Whether its owner may still get it: here, or where it was handed over to."""
        return self.may_be_claimed or self.is_gone

    @property
    def is_gone(self) -> bool:
        """Whether it left on its list, and nobody took it back."""
        return self.state == State.HANDED_OVER

    @property
    def on_notice(self) -> tuple[str, str, str]:
        """What the public notice tells of it: kind, place and day."""
        return self.kind, self.place, localdate(self.found_at).isoformat()

    @property
    def place_shown(self) -> str:
        """Where it was found, as everybody may read it."""
        return mask_text(self.place).text
