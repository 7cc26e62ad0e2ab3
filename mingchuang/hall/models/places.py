"""Where people come to, when the doors are open, and what hangs on the wall."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.hall.models.items import ServiceItem
from mingchuang.hall.rules.hours import HoursKind
from mingchuang.hall.words.tables import HOURS_KINDS, WEEKDAYS, choices, keys
from mingchuang.people.models import Unit


class Site(models.Model):
    """A place people come to: a hall, a counter, a community office."""

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=100)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sites", verbose_name=_("管理单位"))
    address = models.CharField(_("地址"), max_length=200)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    names_on_cards = models.BooleanField(
        _("亮牌写姓名"),
        default=False,
        help_text=_("勾选后，窗口的亮牌除工号外还写姓名；不勾选就只写工号。"),
    )

    class Meta:
        ordering = ["code"]
        verbose_name = _("服务场所")
        verbose_name_plural = pgettext_lazy("many", "服务场所")
        constraints = [
            models.CheckConstraint(
                name="hall_site_can_be_found", condition=~Q(name="") & ~Q(address="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        return f"site:{self.code}"


class Window(models.Model):
    """One window of a site; its skills are the service items it takes in."""

    site = models.ForeignKey(
        Site, models.PROTECT, related_name="windows", verbose_name=_("服务场所")
    )
    number = models.PositiveSmallIntegerField(_("窗口号"))
    name = models.CharField(_("窗口名称"), max_length=60)
    items = models.ManyToManyField(
        ServiceItem, related_name="windows", blank=True, verbose_name=_("受理事项")
    )

    class Meta:
        ordering = ["site", "number"]
        verbose_name = _("窗口")
        verbose_name_plural = pgettext_lazy("many", "窗口")
        constraints = [
            models.UniqueConstraint(name="hall_window_one_per_number", fields=["site", "number"]),
            models.CheckConstraint(name="hall_window_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def subject(self) -> str:
        return f"window:{self.site.code}-{self.number}"

    @property
    def codes(self) -> list[str]:
        """The codes of what it takes in, as the ledger tells them."""
        return sorted(item.code for item in self.items.all())


class OpeningHours(models.Model):
    """One shift of the ordinary week; a day with a midday break has two."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="hours", verbose_name=_("服务场所"))
    weekday = models.PositiveSmallIntegerField(_("星期"), choices=list(WEEKDAYS.items()))
    opens = models.TimeField(_("开门"))
    closes = models.TimeField(_("关门"))

    class Meta:
        ordering = ["site", "weekday", "opens"]
        verbose_name = verbose_name_plural = _("开放时间")
        constraints = [
            models.UniqueConstraint(
                name="hall_hours_one_shift_per_start", fields=["site", "weekday", "opens"]
            ),
            models.CheckConstraint(name="hall_hours_weekday", condition=Q(weekday__lte=6)),
            models.CheckConstraint(
                name="hall_hours_close_after_opening",
                condition=Q(closes__gt=F("opens")),
                violation_error_message=_("关门的时间要晚于开门的时间。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"

    @property
    def subject(self) -> str:
        return f"openinghours:{self.site.code}-{self.weekday}-{self.opens:%H%M}"


class SpecialHours(models.Model):
    """One shift of a day that differs from the ordinary week, or the day the site stays shut."""

    site = models.ForeignKey(
        Site, models.PROTECT, related_name="special_hours", verbose_name=_("服务场所")
    )
    day = models.DateField(_("日期"))
    kind = models.CharField(_("类别"), max_length=9, choices=choices(HOURS_KINDS))
    opens = models.TimeField(_("开门"), null=True, blank=True)
    closes = models.TimeField(_("关门"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=100, blank=True)

    class Meta:
        ordering = ["site", "day", "opens"]
        verbose_name = verbose_name_plural = _("特别开放时间")
        constraints = [
            models.UniqueConstraint(
                name="hall_special_one_shift_per_start", fields=["site", "day", "opens"]
            ),
            models.UniqueConstraint(
                name="hall_special_shut_once",
                fields=["site", "day"],
                condition=Q(kind=HoursKind.CLOSED.value),
                violation_error_message=_("这一天已经写过临时休息。"),
            ),
            models.CheckConstraint(
                name="hall_special_kind", condition=Q(kind__in=keys(HOURS_KINDS))
            ),
            models.CheckConstraint(
                name="hall_special_shut_or_open",
                condition=Q(kind=HoursKind.CLOSED.value, opens=None, closes=None)
                # A comparison with nothing is not false, so both must be there.
                | ~Q(kind=HoursKind.CLOSED.value)
                & Q(opens__isnull=False, closes__isnull=False, closes__gt=F("opens")),
                violation_error_message=_(
                    "临时休息不写时间；其他类别要写开门和关门的时间，关门要晚于开门。"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"

    @property
    def subject(self) -> str:
        return f"specialhours:{self.site.code}-{self.day}"


class Notice(models.Model):
    """A notice on the wall; without a site it hangs in all of them."""

    title = models.CharField(_("标题"), max_length=120)
    text = models.TextField(_("正文"))
    site = models.ForeignKey(
        Site,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name=_("服务场所"),
        help_text=_("不选表示全部场所。"),
    )
    since = models.DateField(_("起"))
    until = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        ordering = ["-since", "-pk"]
        verbose_name = _("公告")
        verbose_name_plural = pgettext_lazy("many", "公告")
        constraints = [
            models.CheckConstraint(
                name="hall_notice_says_something", condition=~Q(title="") & ~Q(text="")
            ),
            models.CheckConstraint(
                name="hall_notice_ends_after_it_began",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message=_("止的日期不能早于起的日期。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        return f"notice:{self.pk}"
