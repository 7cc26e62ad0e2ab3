"""What staff fill in when something is handed in, and the fields lost and found asks by."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext_lazy as _

from mingchuang.base.day_field import DayField
from mingchuang.cases.found_words import CARES, THINGS
from mingchuang.cases.rules.found import Found
from mingchuang.hall.queries import sites
from mingchuang.people.asking import KeyField, PhoneField

if TYPE_CHECKING:
    from mingchuang.hall.models import Site

    OneSite = forms.ModelChoiceField[Site]
else:
    OneSite = forms.ModelChoiceField

# So long ago at most a thing was lost or found that is written down today.
A_YEAR_AND_MORE = timedelta(days=400)
PLACE_HELP = _("公告上会写出来，例如：一楼取号机旁。请不要写姓名。")
MOST_YUAN = Decimal(100_000_000)


def text_field(label: Any, most: int, *, rows: int = 0, **given: Any) -> forms.CharField:
    """Return one line to fill in, or several."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=most, widget=widget, **given)


class ClockField(forms.TimeField):
    def __init__(self, **given: Any) -> None:
        super().__init__(widget=forms.TimeInput({"type": "time"}, "%H:%M"), **given)


def moment_in(given: Mapping[str, Any]) -> datetime:
    """Return when it was found, from day and clock."""
    return make_aware(datetime.combine(given["day"], given["clock"]))


class YuanField(forms.DecimalField):
    """What something is about worth; empty where nobody can tell. Returns cents."""

    def __init__(self, **given: Any) -> None:
        given |= {"min_value": 0, "max_value": MOST_YUAN, "decimal_places": 2, "required": False}
        super().__init__(**given)

    def clean(self, value: Any) -> Any:
        return int((super().clean(value) or Decimal(0)) * 100)


class WitnessField(forms.CharField):
    def __init__(self) -> None:
        super().__init__(
            label=_("另一位在场同事的工号"),
            max_length=20,
            required=False,
            help_text=_("贵重物品和证件必填：要两个人一起清点、交接。"),
        )


class RegisterForm(forms.Form):
    """A thing that was handed in: what, where, when, by whom, and what proves whose it is."""

    site = OneSite(sites(), label=_("交到哪里"), empty_label=None)
    kind = forms.ChoiceField(label=_("种类"), choices=[("", _("请选择")), *THINGS])
    care = forms.ChoiceField(
        label=_("怎样保管"),
        choices=CARES,
        help_text=_("电子产品、钱包、首饰和证件自动按贵重物品或证件保管。"),
    )
    place = text_field(_("在哪里拾到"), 100, help_text=PLACE_HELP)
    day = DayField(label=_("哪一天拾到"), back=A_YEAR_AND_MORE)
    clock = ClockField(label=_("几点"))
    features = text_field(
        _("不公开的特征"),
        1000,
        rows=4,
        help_text=_("颜色、品牌、里面有什么、哪里有记号。认领时用来核对，公告上不写。"),
    )
    cents = YuanField(label=_("大约值多少元（可不填）"))
    shelf = text_field(_("存放在哪里"), 60, help_text=_("例如：B 柜第 3 格。只有工作人员看得到。"))
    witness = WitnessField()
    name = text_field(_("拾到的人怎么称呼（可不填）"), 60, required=False)
    phone = PhoneField(label=_("拾到的人的电话（可不填）"), required=False)
    key = KeyField()

    def __init__(self, *given: Any, kept: Any, now: datetime, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["site"].queryset = kept  # type: ignore[attr-defined]
        local = localtime(now)
        self.initial = {"day": local.date(), "clock": f"{local:%H:%M}", **self.initial}

    def found(self) -> Found:
        given = self.cleaned_data
        names = ("kind", "place", "features", "shelf", "care", "cents", "name", "phone")
        return Found(found_at=moment_in(given), **{name: given[name] for name in names})
