"""What is asked of whoever wants a companion, and what staff fill in on the board."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext_lazy as _

from mingchuang.hall.rules.hours import OpenDay
from mingchuang.hall.words.times import named_day
from mingchuang.people.asking import KeyField, PhoneField
from mingchuang.people.queries import nobody
from mingchuang.visits.forms.persons import PersonsField
from mingchuang.visits.rules.assisting import Wanted, half_hours, is_within
from mingchuang.visits.words.assisting import ASSIST_NEEDS, ASSIST_ORIGINS, CATEGORIES, RETURNS

if TYPE_CHECKING:
    from mingchuang.people.models import Person

    OnePerson = forms.ModelChoiceField[Person]
else:
    OnePerson = forms.ModelChoiceField

AT_ONCE = "now"


class AskForm(forms.Form):
    """Four short questions: what for, for whom, when and where, and how to find them."""

    need = forms.ChoiceField(
        label=_("您需要哪种帮助？"),
        choices=ASSIST_NEEDS,
        initial="whole",
        widget=forms.RadioSelect,
        help_text=_("说不准就选“全程陪同”。"),
    )
    category = forms.ChoiceField(
        label=_("陪的是哪一位？"),
        choices=CATEGORIES,
        initial="elderly",
        widget=forms.RadioSelect,
        help_text=_("不用说病情，也不用带证件。"),
    )
    persons = PersonsField(label=_("一共几位？"))
    day = forms.ChoiceField(label=_("哪一天？"))
    clock = forms.ChoiceField(label=_("几点碰面？"), required=False)
    from_place = forms.CharField(
        label=_("在哪里碰面？"),
        max_length=100,
        help_text=_("例如：东门、停车场、公交站、小区门口。请不要写病情。"),
    )
    to_place = forms.CharField(
        label=_("要去哪里？（可不填）"),
        max_length=100,
        required=False,
        help_text=_("例如：3 号窗口，办养老认证。"),
    )
    name = forms.CharField(
        label=_("怎么称呼您？（可不填）"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(
        label=_("联系电话（可不填）"),
        required=False,
        help_text=_("碰面时找不到您，好打给您。只有来陪您的人看得到。"),
    )
    key = KeyField()

    def __init__(self, *given: Any, days: Sequence[OpenDay], now: datetime, **named: Any) -> None:
        super().__init__(*given, **named)
        self._now = localtime(now)
        open_days = [day for day in days if day.shifts]
        today, clock = self._now.date(), self._now.time()
        is_open = any(day.day == today and is_within(day.shifts, clock) for day in days)
        at_once = [(AT_ONCE, _("现在就要"))] if is_open else []
        if is_open:
            self.fields["clock"].help_text = _("选了“现在就要”，这里不用管。")
        clocks = [f"{clock:%H:%M}" for clock in half_hours(day.shifts for day in open_days)]
        self._offer("day", [*at_once, *((str(d.day), named_day(d.day)) for d in open_days)])
        self._offer("clock", [("", _("请选时间")), *((clock, clock) for clock in clocks)])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def wanted(self, *, origin: str) -> Wanted:
        given = self.cleaned_data
        named = ("category", "need", "from_place", "to_place", "persons", "name", "phone")
        at = self._wanted_at(given["day"], given["clock"])
        return Wanted(wanted_at=at, origin=origin, **{name: given[name] for name in named})

    def _wanted_at(self, day: str, clock: str) -> datetime:
        if day == AT_ONCE or not clock:
            return self._now
        return make_aware(datetime.combine(date.fromisoformat(day), time.fromisoformat(clock)))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("day") != AT_ONCE and not given.get("clock") and "clock" not in self.errors:
            self.add_error("clock", _("请选一个时间。"))
        return given


class TakeInForm(AskForm):
    """The same questions for staff who write down what somebody asks on the phone or here."""

    origin = forms.ChoiceField(
        label=_("从哪里来"), choices=ASSIST_ORIGINS[3:], initial="phone", widget=forms.RadioSelect
    )


class ToForm(forms.Form):
    """Who may be sent stands in `initial`: the colleagues and volunteers of the hall."""

    to = OnePerson(nobody(), label=_("请谁去"), empty_label=_("请选择"))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["to"].queryset = self.initial.get("colleagues", nobody())  # type: ignore[attr-defined]


class ReturnForm(forms.Form):
    reason = forms.ChoiceField(label=_("为什么退回"), choices=RETURNS)


class ConfirmForm(forms.Form):
    """Nothing to fill in: the button is the answer."""
