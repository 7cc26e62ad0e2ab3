"""What people type to get a number: little, and never a paper."""

from collections.abc import Sequence
from copy import copy
from typing import Any, TypeAlias

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.base.once import new_key
from mingchuang.base.typing import Text
from mingchuang.people.asking import KeyField, PhoneField
from mingchuang.visits.forms.persons import GreenField, PersonsField

Items: TypeAlias = Sequence[tuple[str, Any]]
STALE = _("页面没有完整提交上来，请再点一次。")


class NumberForm(forms.Form):
    """One tap that gives one number: the key is made with the page, so two taps are one."""

    key = KeyField(STALE)

    def renew_key(self) -> None:
        """Let what was refused be sent again as something new."""
        data: Any = copy(self.data)
        data["key"] = new_key()
        self.data = data


class ManyForm(NumberForm):
    """One number for so many people and for several things of one line; `items` are choices,
    grouped by line where there are several."""

    persons: forms.Field = PersonsField(label=_("几个人办？"), required=False)
    items = forms.MultipleChoiceField(
        label=_("这次一起办哪几样？（可不选）"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("一个号都办，不用重新排队。"),
        error_messages={"invalid_choice": _("勾选的事项有变化，请重新勾选。")},
    )

    def __init__(self, *args: Any, items: Items = (), **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["items"].choices = list(items)  # type: ignore[attr-defined]
        if not items:
            del self.fields["items"]

    def clean_persons(self) -> int:
        return self.cleaned_data["persons"] or 1


class KioskManyForm(ManyForm):
    """The same at the machine, where nothing is typed."""

    persons = forms.TypedChoiceField(
        label=_("几个人办？"),
        coerce=int,
        choices=[(str(n), str(n)) for n in range(1, 7)],
        initial="1",
        widget=forms.RadioSelect,
        help_text=_("每个人都要办，才算一个。再多请到咨询台取号。"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("请选几个人办。")),
    )


class LineForm(ManyForm):
    """A number of a line that is chosen here; `lines` are pairs of a value and a name."""

    line = forms.ChoiceField(
        label=_("办什么？"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("请选要办的事。"),
            "invalid_choice": _("您选的这一件现在不取号了，请另选，或者到咨询台问一问。"),
        },
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
    field_order = ("line", "persons", "items", "green", "phone")


class CounterForm(LineForm):
    """A number given at the counter, for somebody who stands there."""

    green = GreenField(
        label=_("绿色通道"),
        ordinary=_("普通"),
        widget=forms.Select,
        help_text=_("看得出来或者本人说了就算，不看证件。"),
    )


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
