"""What offices keep by hand: the dispatch catalogue and reply templates."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.people.models import Person, Unit


class DispatchRule(models.Model):
    """A line of the dispatch catalogue: matter × area → unit. Old lines stay, ended."""

    matter = models.CharField(_("事项"), max_length=80)
    area = models.CharField(_("地段"), max_length=80, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="dispatch_rules", verbose_name=_("承办单位")
    )
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    since = models.DateField(_("起"))
    until = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        ordering = ["matter", "area"]
        verbose_name = _("派单目录")
        verbose_name_plural = pgettext_lazy("many", "派单目录")
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "area"],
                condition=models.Q(until__isnull=True),
                name="dispatch_rule_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return " · ".join(part for part in (self.matter, self.area) if part)


class ReplyTemplate(models.Model):
    """Words an office uses often; the clerk still reads and changes them."""

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="reply_templates", verbose_name=_("单位")
    )
    title = models.CharField(_("标题"), max_length=80)
    text = models.TextField(_("内容"))
    owner = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reply_templates",
        verbose_name=_("负责人"),
    )
    review_on = models.DateField(_("复核日期"), null=True, blank=True)
    uses = models.PositiveIntegerField(_("用过几次"), default=0, editable=False)

    class Meta:
        ordering = ["-uses", "title"]
        verbose_name = _("常用语")
        verbose_name_plural = pgettext_lazy("many", "常用语")
        constraints = [
            models.UniqueConstraint(fields=["unit", "title"], name="reply_template_title_once"),
        ]

    def __str__(self) -> str:
        return self.title
