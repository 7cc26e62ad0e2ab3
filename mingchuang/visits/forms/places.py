"""What is asked of who stands by or signs up, and of who releases the places of a day."""

import secrets
from datetime import datetime
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from mingchuang.people.rules.encryption import normal_phone
from mingchuang.visits.rules.standby import Part
from mingchuang.visits.words.places import PARTS

MOST = 20
STALE = _("页面没有完整提交上来。您写的都还在，请再提交一次。")
HOW_MANY = format_lazy(_("请填 1 到 {most} 的人数。人更多请先打电话，我们另作安排。"), most=MOST)


def new_key() -> str:
    return secrets.token_urlsafe(24)


class PhoneField(forms.CharField):
    """A number people can be called at; however they type it, it must hold 7 to 15 digits."""

    def clean(self, value: object) -> str:
        phone = str(super().clean(value))
        if phone and not 7 <= len(normal_phone(phone)) <= 15:
            raise forms.ValidationError(_("请填能打通的电话，例如 13800000000 或 0574-87654321。"))
        return phone


class WhoWaitsForm(forms.Form):
    """How many, when they can come, and who asks."""

    persons = forms.IntegerField(
        label=_("几个人办？"),
        min_value=1,
        max_value=MOST,
        initial=1,
        help_text=_("每个人都要办，才算一个；陪同的不算。"),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), HOW_MANY),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    part = forms.ChoiceField(
        label=_("什么时候能来？"), choices=PARTS, initial=Part.ANY, widget=forms.RadioSelect
    )
    name = forms.CharField(
        label=_("怎么称呼您？"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("请写下来办事的人的姓名。")},
    )
    phone = PhoneField(
        label=_("手机或电话"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text=_("一个电话登记一次；时间有变动时通知您，不作别的用途。"),
        error_messages={"required": _("请留一个能打通的电话。")},
    )
    key = forms.RegexField(
        r"\A[\w-]{32}\Z",
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), STALE),
    )


def _moment(label: Any, help_text: Any = "") -> forms.DateTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, help_text=help_text, widget=widget)


class ReleaseForm(forms.Form):
    """Which line, which day, how many places, and from when to when one signs up."""

    line = forms.TypedChoiceField(label=_("哪个队列"), coerce=int)
    day = forms.DateField(
        label=_("哪一天的号"),
        help_text=_("要先在“特别开放时间”里登记这一天为节假日开放。"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    quota = forms.IntegerField(
        label=_("放多少个号"),
        min_value=1,
        max_value=10_000,
        help_text=_("一个人一个号。不能多于这一天还空着的位子。"),
    )
    since = _moment(_("报名开始"))
    until = _moment(
        _("报名截止"), _("截止后几秒钟内自动摇号。请在办事那一天以前截止，留出告诉大家的时间。")
    )

    def __init__(self, *args: Any, lines: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["line"].choices = lines  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if isinstance(since, datetime) and isinstance(until, datetime) and until <= since:
            self.add_error("until", _("截止的时间要晚于开始的时间。"))
        day = given.get("day")
        if day and isinstance(until, datetime) and localdate(until) >= day:
            self.add_error("until", _("报名要在办事那一天以前截止。"))
        return given
