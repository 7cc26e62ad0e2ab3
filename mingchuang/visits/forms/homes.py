"""Asking for a home visit; and agreeing on who goes and when."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text
from mingchuang.people.asking import KeyField, PhoneField
from mingchuang.people.queries import nobody
from mingchuang.visits.rules.homes import Wanted, Window
from mingchuang.visits.words.homes import HOME_FOR

if TYPE_CHECKING:
    from mingchuang.people.models import Person

    OnePerson = forms.ModelChoiceField[Person]
else:
    OnePerson = forms.ModelChoiceField


class AskHomeForm(forms.Form):
    """What for, for whom, and where: four questions, and no paper."""

    item = forms.ChoiceField(label=_("要办什么事？"))
    category = forms.ChoiceField(
        label=_("要上门服务的是哪一位？"),
        choices=HOME_FOR,
        initial="elderly",
        widget=forms.RadioSelect,
        help_text=_("不用说病情，也不用先交证明。"),
    )
    name = forms.CharField(
        label=_("怎么称呼？"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(label=_("联系电话"), help_text=_("我们会打来约定时间。"))
    address = forms.CharField(
        label=_("住在哪里？"),
        max_length=200,
        help_text=_("加密保存，只有上门的两位同事看得到，每次查看都留记录。"),
    )
    key = KeyField()

    def __init__(self, *given: Any, items: Iterable[tuple[str, Text]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["item"].choices = list(items)  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        return Wanted(**{name: self.cleaned_data[name] for name in Wanted._fields})


class ArrangeForm(forms.Form):
    """Two colleagues and the hours in which they come; whom to choose from stands in `initial`."""

    first = OnePerson(nobody(), label=_("谁去"), empty_label=_("请选择"))
    second = OnePerson(nobody(), label=_("和谁一起"), empty_label=_("请选择"))
    day = forms.DateField(
        label=_("哪一天"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    since = forms.TimeField(
        label=_("几点以后"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    until = forms.TimeField(
        label=_("几点以前"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name in ("first", "second"):
            self.fields[name].queryset = self.initial.get("colleagues", nobody())  # type: ignore[attr-defined]

    def window(self) -> Window:
        given = self.cleaned_data
        return Window(given["day"], given["since"], given["until"])
