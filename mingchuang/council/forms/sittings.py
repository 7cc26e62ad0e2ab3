"""What is asked of a convenor who calls a sitting and leads it."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.council.actions.sittings import Called
from mingchuang.council.forms.topics import OpenText
from mingchuang.council.rules.lottery.terms import LEAST_OPPONENTS
from mingchuang.council.rules.quorum import Bar
from mingchuang.council.rules.sitting import Stance
from mingchuang.council.words.sittings import STANCES
from mingchuang.people.asking import KeyField
from mingchuang.people.queries import nobody

if TYPE_CHECKING:
    from mingchuang.people.models import Person

    OnePerson = forms.ModelChoiceField[Person]
else:
    OnePerson = forms.ModelChoiceField

ROWS = {"rows": 3}


def moment(label: Any, help_text: Any = "", **given: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, help_text=help_text, widget=widget, **given)


def number(label: Any, **given: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=given.pop("least", 1), **given)


def prose(label: Any, *, most: int = 4000, **given: Any) -> OpenText:
    return OpenText(label=label, max_length=most, widget=forms.Textarea(attrs=ROWS), **given)


class MoveForm(forms.Form):
    begins_at = moment(_("哪一天，几点"))
    place = OpenText(label=_("在哪里"), max_length=120)


class ConveneForm(MoveForm):
    agenda = prose(
        _("议程"),
        help_text=_("一行一项。例如：一、一起看现场。二、各人说意见。三、表决。"),
    )
    visit = OpenText(label=_("什么时候、到哪里看现场（可不填）"), max_length=200, required=False)
    moderator = OnePerson(nobody(), label=_("主持人"), help_text=_("主持人中立，不发表意见。"))
    recorder = OnePerson(nobody(), label=_("记录人"))
    seats_percent = number(
        _("到会席位要超过百分之几"), least=0, max_value=99, initial=Bar().seats_percent
    )
    opponents_percent = number(
        _("到会的反对者至少占席位百分之几"),
        least=0,
        max_value=99,
        initial=Bar().opponents_percent,
    )
    opponents_least = number(
        _("到会的反对者至少几人"),
        least=LEAST_OPPONENTS,
        max_value=99,
        initial=Bar().opponents_least,
        help_text=_("反对的人比这还少的，要全部到会。"),
    )
    key = KeyField()

    def __init__(self, *given: Any, people: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name in ("moderator", "recorder"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]

    @property
    def quorum(self) -> list[forms.BoundField]:
        """The fields that say how many make a quorum."""
        return [self[name] for name in Bar._fields]

    def called(self) -> Called:
        given = self.cleaned_data
        bar = Bar(**{name: given[name] for name in Bar._fields})
        return Called(bar=bar, **{n: given[n] for n in Called._fields if n != "bar"})


class CancelForm(forms.Form):
    reason = OpenText(label=_("为什么取消"), max_length=200, help_text=_("谁都能看到这句话。"))


class SignForm(forms.Form):
    who = number(_("名册编号"))
    proxy = forms.BooleanField(
        label=_("家属代表来的"),
        required=False,
        help_text=_("先在邀请页登记由谁代表、怎样委托。"),
    )


class WhoForm(forms.Form):
    who = number(_("名册编号"))


class SecondForm(forms.Form):
    """Who asks for which condition of which option, as they are numbered on the page."""

    who = number(_("名册编号"))
    option = number(_("第几种做法"))
    condition = number(_("附议第几条条件"))


class PositionForm(forms.Form):
    who = number(_("名册编号"))
    option = number(_("第几种做法"))
    stance = forms.ChoiceField(label=_("立场"), choices=STANCES, widget=forms.RadioSelect)
    joins = number(_("附议第几条条件（可不填）"), required=False)
    text = OpenText(label=_("自己的条件（可不填）"), max_length=300, required=False)

    def clean_joins(self) -> int:
        return self.cleaned_data["joins"] or 0

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("joins") and given.get("stance") != Stance.IF:
            self.add_error("joins", _("附议别人的条件，请选“同意，但有条件”。"))
        return given
