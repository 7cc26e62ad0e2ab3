"""What the holder of a receipt types: how to open it, and what each button asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.cases.forms.public import LONGEST
from mingchuang.cases.forms.said import SaidField
from mingchuang.cases.photo_field import photos_field
from mingchuang.cases.words import SATISFACTIONS


class TrackForm(forms.Form):
    number = forms.CharField(
        label=_("回执编号"),
        max_length=40,
        help_text=_("例如 YJ-2026-000123"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    code = forms.CharField(
        label=_("查询码"),
        max_length=40,
        help_text=_("回执上的 12 个字母和数字，横线可以不填。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class RemarkForm(forms.Form):
    """Words, photos, or both."""

    text = SaidField(
        label=_("补充的情况"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photos = photos_field()

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if not (given.get("text") or given.get("photos") or self.errors):
            self.add_error("text", _("请写几句话，或者加一张照片。"))
        return given


class NotSolvedForm(forms.Form):
    text = SaidField(
        label=_("还有什么没解决？"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


class SolvedForm(forms.Form):
    satisfied = forms.ChoiceField(
        label=_("您满意吗？"), choices=SATISFACTIONS, widget=forms.RadioSelect
    )


class ContestForm(forms.Form):
    text = SaidField(
        label=_("为什么应该受理？"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ConfirmForm(forms.Form):
    """Nothing to fill in: the button is the answer."""
