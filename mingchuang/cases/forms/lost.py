"""What is asked of who lost something, and of who hands things over."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from mingchuang.base.day_field import DayField
from mingchuang.cases.forms.found import A_YEAR_AND_MORE, OneSite, WitnessField, text_field
from mingchuang.cases.found_words import TAKERS, THINGS
from mingchuang.cases.rules.lost import Lost
from mingchuang.hall.queries import sites
from mingchuang.people.asking import KeyField, PhoneField


class ReportForm(forms.Form):
    """Four short questions: what, when and where, how it looks, and how to find the loser."""

    kind = forms.ChoiceField(label=_("您丢了什么？"), choices=[("", _("请选择")), *THINGS])
    lost_on = DayField(
        label=_("哪一天丢的？"),
        help_text=_("记不清就写最后一次看见它的那天。"),
        back=A_YEAR_AND_MORE,
    )
    site = OneSite(
        sites(),
        label=_("在哪里丢的？"),
        to_field_name="code",
        required=False,
        empty_label=_("在路上，或者说不准"),
    )
    place = text_field(
        _("大概在什么位置？（可不填）"),
        100,
        required=False,
        help_text=_("例如：二楼等候区、3 号窗口。"),
    )
    description = text_field(
        _("它是什么样的？"),
        1000,
        rows=4,
        help_text=_("颜色、品牌、里面有什么、哪里有记号。只有工作人员看得到，用来核对。"),
    )
    name = text_field(_("怎么称呼您？（可不填）"), 60, required=False)
    phone = PhoneField(
        label=_("联系电话（可不填）"),
        required=False,
        help_text=_("找到了好打给您。手机丢了，请留家里人的。"),
    )
    key = KeyField()

    def __init__(self, *given: Any, now: datetime, **named: Any) -> None:
        super().__init__(*given, **named)
        self.initial = {"lost_on": localdate(now), **self.initial}
        self.fields["name"].widget.attrs["autocomplete"] = "name"

    def lost(self) -> Lost:
        names = ("kind", "lost_on", "place", "description", "name", "phone")
        return Lost(**{name: self.cleaned_data[name] for name in names})


class MoreForm(forms.Form):
    """What whoever lost it remembered later."""

    more = text_field(
        _("补充的特征"),
        300,
        rows=2,
        help_text=_("接在原来的描述下面，标上今天的日期。只有工作人员看得到，用来核对。"),
    )


class NoticeForm(forms.Form):
    """What of the notice one looks at."""

    kind = forms.ChoiceField(
        label=_("种类"), choices=[("", _("全部种类")), *THINGS], required=False
    )


class HandOverForm(forms.Form):
    """Which things go to whom. What is due stands in `initial`, and apart from what may wait."""

    items = forms.MultipleChoiceField(label=_("移交哪些"), widget=forms.CheckboxSelectMultiple)
    to = forms.ChoiceField(label=_("移交给谁"), choices=TAKERS, widget=forms.RadioSelect)
    office = text_field(_("接收单位"), 100, help_text=_("例如：江滨派出所。"))
    officer = text_field(_("接收人姓名"), 60, help_text=_("加密保存，完整的姓名只印在清单上。"))
    badge = text_field(_("接收人警号（没有可不填）"), 20, required=False)
    witness = WitnessField()
    key = KeyField()

    def __init__(self, *given: Any, choices: list[tuple[str, Any]], **named: Any) -> None:
        super().__init__(*given, **named)
        due = self.initial["items"]
        parts = {
            _("到期应当移交"): [one for one in choices if one[0] in due],
            _("现在不必移交"): [one for one in choices if one[0] not in due],
        }
        shown = [(name, lines) for name, lines in parts.items() if lines]
        self.fields["items"].choices = shown  # type: ignore[attr-defined]
        self.fields["witness"].required = True
        self.fields["witness"].help_text = _("移交要两个人一起清点。")
