"""The rows of a decision: who promised what, looked at when, and how."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from mingchuang.council.actions._promises import Promised
from mingchuang.council.forms.topics import OpenText
from mingchuang.council.rules.checking import Rhythm
from mingchuang.council.words.sittings import RHYTHMS

F = TypeVar("F", bound=forms.Form)
FEWEST_ROWS, MOST_ROWS = 3, 20


def a_day(label: Any, **given: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **given)


class PromiseForm(forms.Form):
    """One promise. A row that is left empty is no promise."""

    text = OpenText(label=_("做什么"), max_length=300, required=False)
    obligor = OpenText(label=_("谁来做"), max_length=80, required=False)
    how = OpenText(label=_("怎样检查"), max_length=300, required=False)
    first_on = a_day(_("第一次检查"), required=False)
    last_on = a_day(_("最后一次检查（可不填）"), required=False)
    rhythm = forms.ChoiceField(label=_("多久一次"), choices=RHYTHMS, initial=Rhythm.ONCE)
    condition = forms.ChoiceField(label=_("满足哪个附带条件（可不选）"), required=False)

    def __init__(self, *given: Any, conditions: Iterable[Any] = (), **named: Any) -> None:
        super().__init__(*given, **named)
        asked = [(f"{one.option.number}-{one.number}", _of_option(one)) for one in conditions]
        if not asked:
            del self.fields["condition"]
            return
        self.fields["condition"].choices = [("", _("都不是")), *asked]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        asked = ("text", "obligor", "how", "first_on")
        is_begun = any(given.get(name) for name in (*asked, "last_on", "condition"))
        if is_begun and not all(given.get(name) for name in asked):
            raise forms.ValidationError(_("每一项都要写明做什么、谁来做、怎样检查、哪天检查。"))
        last, first = given.get("last_on"), given.get("first_on")
        if last and last != first and given.get("rhythm") == Rhythm.ONCE:
            raise forms.ValidationError(_("只检查一次，就不用填最后一次。"))
        if last and first and last < first:
            raise forms.ValidationError(_("最后一次检查不能早于第一次。"))
        return given

    def promised(self) -> Promised | None:
        given = self.cleaned_data
        if not given.get("text"):
            return None
        last = given["last_on"] or given["first_on"]
        option, _dash, number = given.get("condition", "").partition("-")
        condition = (int(option), int(number)) if option else None
        return Promised(**{**given, "last_on": last, "condition": condition})


def _of_option(condition: Any) -> str:
    option = _("做法 %(n)s") % {"n": condition.option.number}
    return f"{option}{_('：')}{condition.text}"


PromiseRows = forms.formset_factory(PromiseForm, extra=FEWEST_ROWS, max_num=MOST_ROWS)


def promised_in(rows: Any) -> list[Promised]:
    """Return the promises of the rows that were filled in."""
    return [one for one in (row.promised() for row in rows) if one]


def as_typed(form: F, sent: "MultiValueDict[str, str]") -> F:
    """Let a form begin with what was typed, and say nothing of it yet."""
    form.initial = {
        name: field.widget.value_from_datadict(sent, {}, form.add_prefix(name))
        for name, field in form.fields.items()
    }
    return form


def with_more_rows(sent: "MultiValueDict[str, str]", named: dict[str, Any]) -> Any:
    """Return the rows with what was typed, and a few more that are empty."""
    rows = PromiseRows(sent, form_kwargs=named).forms[:MOST_ROWS]
    return PromiseRows(initial=[as_typed(row, sent).initial for row in rows], form_kwargs=named)
