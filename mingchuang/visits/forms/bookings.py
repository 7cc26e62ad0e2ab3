"""What a clerk types: who calls, for when, and which day or telephone to look for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.people.asking import PhoneField
from mingchuang.visits.forms.booking import WhoForm


class StaffForm(WhoForm):
    """What a clerk fills in for somebody else: the time too."""

    slot = forms.IntegerField(
        label=_("时间"),
        error_messages=dict.fromkeys(("required", "invalid"), _("请选一个时间。")),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["name"].label = _("姓名")
        self.fields["green"].help_text = _("对方说了就算，不要求看证明。")

    @property
    def slot_said(self) -> int | None:
        """The time that was chosen, for a form that comes back."""
        return self.cleaned_data.get("slot") if self.is_bound and self.errors else None


class PhoneForm(forms.Form):
    phone = PhoneField(
        label=_("按电话找预约"),
        autocomplete="off",
        error_messages={"required": _("请填预约时留的电话。")},
    )


class DayForm(forms.Form):
    day = forms.DateField(
        label=_("日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
