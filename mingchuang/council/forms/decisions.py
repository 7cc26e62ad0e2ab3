"""What is asked about a decision: what was chosen, who promised what, what was found."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.cases.rules.photo import Photo
from mingchuang.council.actions._promises import Promised
from mingchuang.council.forms.photos import MaybePhotoField
from mingchuang.council.forms.sittings import ROWS, number, prose
from mingchuang.council.forms.topics import OpenText
from mingchuang.council.rules.checking import Rhythm
from mingchuang.council.rules.notice import LONGEST, SHORTEST
from mingchuang.council.words.sittings import RHYTHMS
from mingchuang.people.asking import KeyField, PhoneField

FEWEST_ROWS = 3


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
        filled = [name for name in asked if given.get(name)]
        if filled and len(filled) < len(asked):
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


PromiseRows = forms.formset_factory(PromiseForm, extra=FEWEST_ROWS, max_num=20)


def promised_in(rows: Any) -> list[Promised]:
    """Return the promises of the rows that were filled in."""
    return [one for one in (row.promised() for row in rows) if one]


class DecideForm(forms.Form):
    options = forms.TypedMultipleChoiceField(
        label=_("选了哪几种做法"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    text = prose(_("决议怎样写"))

    def __init__(
        self, *given: Any, options: Any, voted: Callable[[int], str], **named: Any
    ) -> None:
        """Each option stands with how it was voted: which may be decided is known before."""
        super().__init__(*given, **named)
        told = {one.number: f"{one.number}. {one.text} — {voted(one.number)}" for one in options}
        self.fields["options"].choices = [*told.items()]  # type: ignore[attr-defined]


class PublishForm(forms.Form):
    days = forms.IntegerField(
        label=_("公示几天"), min_value=SHORTEST, max_value=LONGEST, initial=SHORTEST
    )


class FoundForm(forms.Form):
    """What somebody found who went and looked."""

    note = OpenText(label=_("看到了什么"), max_length=300)
    photos = MaybePhotoField(label=_("照片（可不附）"))

    def photo(self) -> Photo | None:
        found: Photo | None = self.cleaned_data["photos"]
        return found


class LookAgainForm(forms.Form):
    commitment = number(_("第几项承诺"))
    due_on = a_day(_("哪天再检查"))


class GistForm(forms.Form):
    gist = OpenText(
        label=_("意见的大意"),
        max_length=300,
        help_text=_("谁都能看到。写事情，不写是谁提的。"),
    )


class AnswerObjectionForm(GistForm):
    answer = prose(_("答复"))


class UpholdForm(GistForm):
    text = prose(_("追加什么措施"))


class ObjectForm(forms.Form):
    """What anybody has against a decision; nothing else is asked."""

    text = forms.CharField(
        label=_("您有什么意见？"),
        max_length=2000,
        widget=forms.Textarea(attrs={**ROWS, "rows": 5}),
        help_text=_("原文不公开。公开的只有意见的大意和我们的答复。"),
    )
    name = forms.CharField(
        label=_("怎么称呼您？（可不填）"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(label=_("联系电话（可不填）"), required=False)
    key = KeyField()
