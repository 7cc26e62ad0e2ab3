"""What people type to get a number: little, and never a paper."""

from collections.abc import Sequence
from copy import copy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.base.once import new_key
from mingchuang.base.typing import Text
from mingchuang.people.asking import KeyField, PhoneField
from mingchuang.visits.forms.persons import GreenField, PersonsField

STALE = _("页面没有完整提交上来，请再点一次。")


class NumberForm(forms.Form):
    """One tap that gives one number: the key is made with the page, so two taps are one."""

    key = KeyField(STALE)

    def renew_key(self) -> None:
        """Let what was refused be sent again as something new."""
        data: Any = copy(self.data)
        data["key"] = new_key()
        self.data = data


class LineForm(NumberForm):
    """A number of a line that is chosen here; `lines` are pairs of a value and a name."""

    line = forms.ChoiceField(
        label=_("办什么？"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选要办的事。")},
    )

    def __init__(self, *args: Any, lines: Sequence[tuple[str, Text]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["line"].choices = lines  # type: ignore[attr-defined]


class RemoteForm(LineForm):
    """A number from outside the hall."""

    phone = PhoneField(
        label=_("手机号（可不填）"), required=False, help_text=_("只用来防止一个人占很多号。")
    )
    green = GreenField()


class CounterForm(LineForm):
    """A number given at the counter, for somebody who stands there."""

    green = GreenField(
        label=_("绿色通道"),
        ordinary=_("普通"),
        widget=forms.Select,
        help_text=_("看得出来或者本人说了就算，不看证件。"),
    )
    persons = PersonsField(label=_("几个人"), required=False)

    def clean_persons(self) -> int:
        return self.cleaned_data["persons"] or 1


class CodeForm(forms.Form):
    """Which visit is meant: its code, scanned or typed."""

    typed = forms.CharField(
        label=_("8 位数字"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("在预约页面、手机取号页面上。也可以用扫码枪扫那里的二维码。"),
        error_messages={"required": _("请扫码，或者输入 8 位数字。")},
    )


class WordForm(forms.Form):
    """The word that hangs in the hall."""

    word = forms.CharField(
        label=_("到场码"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        help_text=_("大厅取号机旁的二维码下面有 6 个字母和数字，每天不同。"),
        error_messages={"required": _("请输入到场码。")},
    )
