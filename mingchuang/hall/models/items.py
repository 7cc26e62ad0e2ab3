"""What the public service does for people, and how each of it is done."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.hall.words.tables import AUDIENCES, ITEM_KINDS, choices, keys
from mingchuang.people.models import Unit


class ServiceItem(models.Model):
    """Something the public service does for people, with a code of its own."""

    code = models.SlugField(_("事项代码"), max_length=40, unique=True)
    name = models.CharField(_("事项名称"), max_length=200)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="service_items", verbose_name=_("实施单位")
    )
    item_kind = models.CharField(_("办件类型"), max_length=11, choices=choices(ITEM_KINDS))
    audience = models.CharField(_("服务对象"), max_length=12, choices=choices(AUDIENCES))

    class Meta:
        ordering = ["unit__path", "code"]
        verbose_name = _("服务事项")
        verbose_name_plural = pgettext_lazy("many", "服务事项")
        constraints = [
            models.CheckConstraint(name="hall_item_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="hall_item_kind", condition=Q(item_kind__in=keys(ITEM_KINDS))
            ),
            models.CheckConstraint(
                name="hall_item_audience", condition=Q(audience__in=keys(AUDIENCES))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        return f"serviceitem:{self.code}"


class Guide(models.Model):
    """How one service item is done: the same words on the screen, on paper and at the window."""

    item = models.OneToOneField(
        ServiceItem, models.PROTECT, related_name="guide", verbose_name=_("服务事项")
    )
    conditions = models.TextField(_("受理条件"), blank=True)
    materials = models.TextField(_("申请材料"), blank=True, help_text=_("一行写一份材料。"))
    procedure = models.TextField(_("办理程序"), blank=True, help_text=_("一行写一步。"))
    legal_limit = models.CharField(_("法定时限"), max_length=60, blank=True)
    promised_limit = models.CharField(_("承诺时限"), max_length=60)
    fee = models.CharField(_("收费"), max_length=200)
    place = models.CharField(_("办理地点说明"), max_length=200, blank=True)
    basis = models.TextField(_("办理依据"), blank=True, help_text=_("一行写一条。"))
    updated_on = models.DateField(_("更新日期"))
    # The unit's names by which it is found now; where the unit has others, it is to be found anew.
    found_under = models.CharField(max_length=210, default="", editable=False)

    class Meta:
        ordering = ["item__code"]
        verbose_name = _("办事指南")
        verbose_name_plural = pgettext_lazy("many", "办事指南")
        constraints = [
            models.CheckConstraint(
                name="hall_guide_names_limit_and_fee",
                condition=~Q(promised_limit="") & ~Q(fee=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.item)

    @property
    def subject(self) -> str:
        return f"guide:{self.item.code}"

    @property
    def condition_list(self) -> list[str]:
        return _lines(self.conditions)

    @property
    def material_list(self) -> list[str]:
        return _lines(self.materials)

    @property
    def step_list(self) -> list[str]:
        return _lines(self.procedure)

    @property
    def basis_list(self) -> list[str]:
        return _lines(self.basis)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
