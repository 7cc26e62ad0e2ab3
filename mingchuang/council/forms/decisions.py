"""What is asked about a decision: what was chosen, what was found, what is against it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.cases.rules.photo import Photo
from mingchuang.council.forms.commitments import a_day
from mingchuang.council.forms.photos import MaybePhotoField
from mingchuang.council.forms.sittings import ROWS, number, prose
from mingchuang.council.forms.topics import OpenText
from mingchuang.council.rules.notice import LONGEST, SHORTEST
from mingchuang.council.words.sittings import FOUND
from mingchuang.people.asking import KeyField, PhoneField


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
    """What somebody found who went and looked. Nothing is chosen before, and Enter alone records
    nothing: what is written down stands."""

    found = forms.ChoiceField(label=_("做到没有"), choices=FOUND, widget=forms.RadioSelect)
    note = OpenText(label=_("看到了什么"), max_length=300)
    photos = MaybePhotoField(label=_("照片（可不附）"))

    sure = forms.BooleanField(
        label=_("我核对过了"),
        help_text=_("记下以后不能改，只能再定一个检查日期，再看一次。"),
    )

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
