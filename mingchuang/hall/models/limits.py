"""The statutory calendar, and how soon each kind of submission is promised an answer."""

from collections.abc import Iterable

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Cast, Replace
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.hall.rules.spans import Measure, Span, StartRule
from mingchuang.hall.words.tables import (
    DAY_KINDS,
    KINDS,
    MEASURES,
    PARTS,
    START_RULES,
    URGENCIES,
    choices,
    keys,
)

# The parts of a limit that are a stretch of time.
SPANS = ("first_contact", "finish", "callback", "return", "extension")


def _left_of(column: str, known: Iterable[str]) -> Func:
    """Strike every known word, and the commas, out of a list: what is left of it, as text."""
    text: models.TextField[str, str] = models.TextField()
    left: Func = Cast(column, text)
    for word in (*(f'"{name}"' for name in known), ",", " "):
        left = Replace(left, Value(word, text), Value("", text), output_field=text)
    return left


# Hours or days: three years of working days are more than any law gives.
MOST = [MaxValueValidator(999)]


class CalendarYear(models.Model):
    """One loaded year of the statutory calendar; `version` is the digest of what was loaded."""

    year = models.PositiveSmallIntegerField(_("年份"), unique=True)
    source = models.CharField(_("来源"), max_length=200)
    retrieved_on = models.DateField(_("取得日期"))
    version = models.CharField(_("版本"), max_length=12)
    loaded_at = models.DateTimeField(_("导入时间"))

    class Meta:
        ordering = ["year"]
        verbose_name = _("法定日历")
        verbose_name_plural = pgettext_lazy("many", "法定日历")
        constraints = [
            models.CheckConstraint(name="hall_calendar_names_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that differs from the plain week. Where two notices name it, the later year's holds."""

    calendar = models.ForeignKey(
        CalendarYear, models.CASCADE, related_name="days", verbose_name=_("法定日历")
    )
    day = models.DateField(_("日期"))
    kind = models.CharField(_("类别"), max_length=7, choices=choices(DAY_KINDS))
    name = models.CharField(_("名称"), max_length=40)

    class Meta:
        ordering = ["calendar__year", "day"]
        verbose_name = _("法定日历中的日子")
        verbose_name_plural = pgettext_lazy("many", "法定日历中的日子")
        constraints = [
            models.UniqueConstraint(name="hall_day_once_per_notice", fields=["calendar", "day"]),
            models.CheckConstraint(name="hall_day_kind", condition=Q(kind__in=keys(DAY_KINDS))),
            models.CheckConstraint(name="hall_day_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class TimeLimit(models.Model):
    """One row of a profile (时限方案): kind and urgency give every limit of a case.

    `assumed` names the parts the source does not speak of and we filled in ourselves.
    """

    profile = models.SlugField(_("时限方案"), max_length=40)
    kind = models.CharField(_("诉求类型"), max_length=10, choices=choices(KINDS))
    urgency = models.CharField(_("紧急程度"), max_length=8, choices=choices(URGENCIES))
    start_rule = models.CharField(_("起算"), max_length=8, choices=choices(START_RULES))
    first_contact_amount = models.PositiveSmallIntegerField(_("先行联系"), validators=MOST)
    first_contact_measure = models.CharField(_("计量"), max_length=11, choices=choices(MEASURES))
    finish_amount = models.PositiveSmallIntegerField(_("办结"), validators=MOST)
    finish_measure = models.CharField(_("计量"), max_length=11, choices=choices(MEASURES))
    callback_amount = models.PositiveSmallIntegerField(_("回访"), validators=MOST)
    callback_measure = models.CharField(_("计量"), max_length=11, choices=choices(MEASURES))
    return_amount = models.PositiveSmallIntegerField(_("退单"), validators=MOST)
    return_measure = models.CharField(_("计量"), max_length=11, choices=choices(MEASURES))
    extension_amount = models.PositiveSmallIntegerField(_("每次最多延期"), validators=MOST)
    extension_measure = models.CharField(_("计量"), max_length=11, choices=choices(MEASURES))
    extension_times = models.PositiveSmallIntegerField(_("可延期次数"), validators=MOST)
    source = models.CharField(_("来源"), max_length=200)
    assumed = models.JSONField(_("本系统缺省的项"), default=list, blank=True)

    class Meta:
        ordering = ["profile", "kind", "urgency"]
        verbose_name = _("办理时限")
        verbose_name_plural = pgettext_lazy("many", "办理时限")
        constraints = [
            models.UniqueConstraint(
                name="hall_limit_one_per_kind_and_urgency", fields=["profile", "kind", "urgency"]
            ),
            *(
                models.CheckConstraint(
                    name=f"hall_limit_{part}",
                    condition=Q((f"{part}_amount__gt", 0), (f"{part}_measure__in", keys(MEASURES))),
                    violation_error_message=_("每一项时限至少是 1。"),
                )
                for part in SPANS
            ),
            models.CheckConstraint(
                name="hall_limit_assumes_known_parts",
                condition=Exact(_left_of("assumed", PARTS), Value("[]", models.TextField())),
            ),
            models.CheckConstraint(name="hall_limit_kind", condition=Q(kind__in=keys(KINDS))),
            models.CheckConstraint(
                name="hall_limit_urgency", condition=Q(urgency__in=keys(URGENCIES))
            ),
            models.CheckConstraint(
                name="hall_limit_start_rule", condition=Q(start_rule__in=keys(START_RULES))
            ),
            models.CheckConstraint(name="hall_limit_names_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.profile} {self.kind} {self.urgency}"

    @property
    def subject(self) -> str:
        return f"timelimit:{self.profile}-{self.kind}-{self.urgency}"

    @property
    def first_contact(self) -> Span:
        return self._span("first_contact", StartRule(self.start_rule))

    @property
    def finish(self) -> Span:
        return self._span("finish", StartRule(self.start_rule))

    @property
    def callback(self) -> Span:
        return self._span("callback")

    @property
    def return_window(self) -> Span:
        return self._span("return")

    @property
    def extension_max(self) -> Span:
        return self._span("extension")

    def is_assumed(self, part: str) -> bool:
        """Whether this part (first_contact, finish …) is our default and not the source's."""
        return part in self.assumed

    def _span(self, part: str, start: StartRule = StartRule.NEXT_DAY) -> Span:
        amount = getattr(self, f"{part}_amount")
        return Span(amount, Measure(getattr(self, f"{part}_measure")), start)
