"""Five grades, and a few words if one likes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.reviews.words import GRADES


class RatingForm(forms.Form):
    grade = forms.TypedChoiceField(
        label=_("您满意吗？"), coerce=int, choices=GRADES, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("想说的话（可不填）"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NumberRatingForm(RatingForm):
    number = forms.CharField(
        label=_("您今天的号码"),
        max_length=8,
        help_text=_("小票上的号码，例如 A023。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    field_order = ("number", "grade", "words")
