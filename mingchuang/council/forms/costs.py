"""What is asked of who shares a cost and keeps its account."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.council.actions.costs import Drawn, Weighed
from mingchuang.council.actions.money import Moved
from mingchuang.council.forms.ballots import PaperField, label_field
from mingchuang.council.forms.topics import OpenText
from mingchuang.council.rules.shares import Basis, cents_of, coefficients_typed, yuan
from mingchuang.council.words.ballots import BASES
from mingchuang.people.asking import KeyField

MOST = 10**12


class YuanField(forms.CharField):
    """An amount in yuan, as somebody writes it; its value is whole cents."""

    def __init__(self, **given: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=attrs), **given)

    def clean(self, value: object) -> Any:
        text = str(super().clean(value))
        cents = cents_of(text)
        if cents is None or not 0 < cents <= MOST:
            raise forms.ValidationError(_("请写金额，例如 1280 或 1280.50，最多两位小数。"))
        return cents


class CostForm(forms.Form):
    title = OpenText(label=_("分摊什么"), max_length=80, help_text=_("例如：5 幢化粪池修补。"))
    total = YuanField(label=_("一共多少元"))
    basis = forms.ChoiceField(
        label=_("怎样分摊"), choices=BASES, initial=Basis.EQUAL, widget=forms.RadioSelect
    )
    floors = forms.CharField(
        label=_("楼层系数（按楼层分摊才填）"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一级：从几层起，系数。例如：1，0（一层不分摊）；2，0.5；3，1。"),
    )
    key = KeyField(_("页面没有完整提交上来。您写的都还在，请再提交一次。"))

    def clean_floors(self) -> dict[str, int]:
        floors = coefficients_typed(self.cleaned_data["floors"])
        if floors is None:
            raise forms.ValidationError(_("请一行写一级：从几层起，系数。例如：2，0.5。"))
        return {str(floor): cents for floor, cents in floors.items()}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        if given.get("basis") == Basis.FLOOR and not given.get("floors", True):
            self.add_error("floors", _("按楼层分摊，请写楼层系数。"))
        return given

    def drawn(self) -> Drawn:
        return Drawn(**{name: self.cleaned_data[name] for name in Drawn._fields})


def as_typed(title: str, total: int, basis: str, floors: dict[str, int]) -> dict[str, str]:
    """Return what would be typed for a cost as it stands."""
    lines = [f"{floor}，{Decimal(cents) / 100:f}" for floor, cents in floors.items()]
    return {"title": title, "total": yuan(total), "basis": basis, "floors": "\n".join(lines)}


class WeighForm(forms.Form):
    label = label_field()
    benefit = forms.IntegerField(
        label=_("受益程度（%）"),
        min_value=0,
        max_value=1000,
        initial=100,
        help_text=_("按受益分摊才起作用：100 是一般，50 减半，200 加倍。"),
    )
    exempt = forms.IntegerField(
        label=_("减免（%）"),
        min_value=0,
        max_value=100,
        initial=0,
        help_text=_("100 是全免。免去的部分由其他各户分摊。"),
    )
    because = forms.CharField(
        label=_("减免的理由"),
        max_length=100,
        required=False,
        help_text=_("只有管账的人和这一户看得到。写类别，例如“困难家庭”，不写病情。"),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        if "exempt" in given and bool(given["exempt"]) != bool(given.get("because")):
            told = _("减免请写明理由。") if given["exempt"] else _("没有减免，不用写理由。")
            self.add_error("because", told)
        return given

    def weighed(self) -> Weighed:
        return Weighed(**self.cleaned_data)


class LabelForm(forms.Form):
    label = label_field()


class MoveForm(forms.Form):
    """What every line of the account says: how much, under which number, on which day."""

    amount = YuanField(label=_("金额（元）"))
    paper = PaperField(label=_("单据号"), max_length=40)
    on = forms.DateField(label=_("日期"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    key = KeyField()

    def moved(self) -> Moved:
        return Moved(**{k: v for k, v in self.cleaned_data.items() if k != "key"})


class CollectForm(MoveForm):
    label = label_field()
    field_order = ["label", "amount", "paper", "on"]


class RefundForm(CollectForm):
    why = OpenText(label=_("为什么退"), max_length=120)
    field_order = ["label", "amount", "why", "paper", "on"]


class SpendForm(MoveForm):
    why = OpenText(label=_("用在哪里"), max_length=120, help_text=_("谁都能看到。"))
    field_order = ["why", "amount", "paper", "on"]


class StrikeForm(forms.Form):
    reason = OpenText(label=_("为什么冲销"), max_length=120)
