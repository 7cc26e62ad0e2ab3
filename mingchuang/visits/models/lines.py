"""What people come for: lines, who is on duty when, and the slots that can be booked."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.hall.models import ServiceItem, Site, Window
from mingchuang.hall.words.tables import WEEKDAYS
from mingchuang.visits.rules.slots import WHOLE, Terms


class Line(models.Model):
    """People at one site who wait for the same: its prefix stands before their numbers."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="lines", verbose_name=_("服务场所"))
    prefix = models.CharField(_("号码字头"), max_length=2)
    name = models.CharField(_("名称"), max_length=60)
    items = models.ManyToManyField(ServiceItem, related_name="lines", verbose_name=_("办理事项"))
    minutes = models.PositiveSmallIntegerField(_("每次约几分钟"), default=15)
    step = models.PositiveSmallIntegerField(_("每个时段几分钟"), default=30)
    share = models.PositiveSmallIntegerField(_("留给预约的比例（%）"), default=50)
    days_ahead = models.PositiveSmallIntegerField(_("可提前几天预约"), default=14)
    # More may book than the windows have time for, because some never come.
    overbooks = models.BooleanField(_("按爽约多放号"), default=False)
    active = models.BooleanField(_("在用"), default=True)

    class Meta:
        ordering = ["site", "prefix"]
        verbose_name = _("队列")
        verbose_name_plural = pgettext_lazy("many", "队列")
        constraints = [
            models.UniqueConstraint(name="visits_line_one_per_prefix", fields=["site", "prefix"]),
            models.CheckConstraint(
                name="visits_line_prefix_is_letters", condition=Q(prefix__regex=r"^[A-Z]{1,2}$")
            ),
            models.CheckConstraint(name="visits_line_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="visits_line_takes_some_time",
                condition=Q(minutes__range=(1, 480), step__range=(5, 480)),
            ),
            models.CheckConstraint(name="visits_line_share", condition=Q(share__lte=WHOLE)),
            models.CheckConstraint(
                name="visits_line_is_booked_within_a_year", condition=Q(days_ahead__lte=366)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix} {self.name}"

    @property
    def subject(self) -> str:
        return f"line:{self.site.code}-{self.prefix}"

    @property
    def codes(self) -> list[str]:
        """The codes of what it is for, as the ledger tells them."""
        return sorted(item.code for item in self.items.all())

    @property
    def terms(self) -> Terms:
        return Terms(minutes=self.minutes, step=self.step, share=self.share)


class Rota(models.Model):
    """When a window is on duty in the ordinary week; without any row, while the doors are open."""

    window = models.ForeignKey(Window, models.PROTECT, related_name="rota", verbose_name=_("窗口"))
    weekday = models.PositiveSmallIntegerField(_("星期"), choices=list(WEEKDAYS.items()))
    since = models.TimeField(_("起"))
    until = models.TimeField(_("止"))

    class Meta:
        ordering = ["window", "weekday", "since"]
        verbose_name = verbose_name_plural = _("排班")
        constraints = [
            models.UniqueConstraint(
                name="visits_rota_one_shift_per_start", fields=["window", "weekday", "since"]
            ),
            models.CheckConstraint(name="visits_rota_weekday", condition=Q(weekday__lte=6)),
            models.CheckConstraint(
                name="visits_rota_ends_after_it_began",
                condition=Q(until__gt=F("since")),
                violation_error_message=_("止的时间要晚于起的时间。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.since:%H:%M}–{self.until:%H:%M}"

    @property
    def subject(self) -> str:
        return f"rota:{self.window.subject.partition(':')[2]}-{self.weekday}-{self.since:%H%M}"


class Slot(models.Model):
    """A stretch of one day in which a line takes in so many who booked; never more (P8)."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="slots")
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField()
    # So many of them because some who book never come.
    extra = models.PositiveSmallIntegerField(default=0)
    taken = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["line", "starts_at"]
        indexes = [
            models.Index(
                name="visits_slot_free",
                fields=["line", "day"],
                condition=Q(taken__lt=F("capacity")),
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="visits_slot_one_per_start", fields=["line", "starts_at"]),
            models.CheckConstraint(
                name="visits_slot_holds_no_more_than_it_can",
                condition=Q(taken__lte=F("capacity")),
            ),
            models.CheckConstraint(
                name="visits_slot_extra_is_a_part_of_it", condition=Q(extra__lte=F("capacity"))
            ),
            models.CheckConstraint(
                name="visits_slot_ends_after_it_began", condition=Q(ends_at__gt=F("starts_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} {self.taken}/{self.capacity}"

    @property
    def left(self) -> int:
        return self.capacity - self.taken
