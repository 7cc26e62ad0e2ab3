"""What staff type about like cases and hot topics."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.cases.forms.deeds import words
from mingchuang.cases.forms.said import SaidField
from mingchuang.cases.words import KINDS


class SettleForm(forms.Form):
    """Two cases: joined, joined as a reminder, or told apart."""

    other = forms.CharField(label=_("另一件（工单编号）"), max_length=40)
    deed = forms.ChoiceField(
        label=_("怎么办"),
        choices=[
            ("join", _("并单")),
            ("remind", _("并入，记一次催办")),
            ("apart", _("不是同一件")),
        ],
    )


class ProactiveForm(forms.Form):
    title = SaidField(label=_("标题"), max_length=60)
    text = words(
        _("要主动解决什么？"),
        rows=5,
        help_text=_("写清共同的问题和希望的结果，不写诉求人是谁。"),
    )
    place = forms.CharField(label=_("地点"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("类型"), choices=[one for one in KINDS if one[0] in {"suggestion", "other"}]
    )
