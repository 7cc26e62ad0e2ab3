"""What is decided about thanks: a reason, what hangs on the wall, which two are one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.people.queries import no_units
from mingchuang.reviews.forms.thanks import LONGEST
from mingchuang.reviews.words.thanks import NAMINGS


class WhyForm(forms.Form):
    """A deed that needs a reason."""

    text = forms.CharField(
        label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class HangForm(forms.Form):
    """What everybody will read."""

    shown = forms.CharField(
        label=_("墙上写的话"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("电话、门牌和登记的姓名已经遮住，别的称呼认不全，请再读一遍。"),
    )
    photos_shown = forms.BooleanField(
        label=_("照片也挂出来（照片上没有不该公开的人和姓名）"), required=False
    )


class NothingForm(forms.Form):
    """A deed that asks nothing."""


class JoinForm(WhyForm):
    to = forms.IntegerField(
        label=_("并到哪一条（编号）"),
        min_value=1,
        max_value=2**31 - 1,
        help_text=_("例如同一件事先来信、后送锦旗：两份都留着，只算一件。"),
    )
    field_order = ("to", "text")


class NamingForm(forms.Form):
    unit = forms.ModelChoiceField(label=_("单位"), queryset=no_units(), empty_label=_("请选择"))
    naming = forms.ChoiceField(
        label=_("感谢墙上怎样写受表扬的人"), choices=NAMINGS, widget=forms.RadioSelect
    )

    def __init__(self, data: Any, *, units: Any) -> None:
        super().__init__(data)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
