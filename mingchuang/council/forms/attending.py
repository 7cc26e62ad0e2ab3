"""What is asked of who takes part, on their own phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.council.forms.topics import OpenText
from mingchuang.council.rules.sitting import Stance
from mingchuang.council.words.sittings import STANCES

LETTERS = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class SignInForm(forms.Form):
    word = forms.CharField(
        label=_("会场口令"),
        max_length=12,
        widget=forms.TextInput(attrs=LETTERS),
        help_text=_("六个字母，会场里有显示。不想填，请工作人员出示您的二维码，扫了就不用填。"),
    )
    proxy = forms.BooleanField(label=_("我受委托，代表这一户"), required=False)


class WantForm(forms.Form):
    """How somebody stands to one option."""

    stance = forms.ChoiceField(label=_("您的立场"), choices=STANCES, widget=forms.RadioSelect)
    joins = forms.TypedChoiceField(
        label=_("别人提的条件里，有您也要求的吗？"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    text = OpenText(
        label=_("您自己的条件"),
        max_length=300,
        required=False,
        help_text=_("例如：晚上十点以后不开灯。谁都能看到，不写姓名。"),
    )

    def __init__(self, *given: Any, conditions: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if conditions:
            offered = [(one.number, one.text) for one in conditions]
            self.fields["joins"].choices = [("", _("没有")), *offered]  # type: ignore[attr-defined]
        else:
            del self.fields["joins"]

    def clean(self) -> dict[str, Any]:
        """What was asked for before is left behind by who says something else now."""
        given = super().clean() or {}
        is_if = given.get("stance") == Stance.IF
        if "joins" not in self.changed_data and (given.get("text") or not is_if):
            given["joins"] = None
        if given.get("joins") and not is_if:
            self.add_error("joins", _("附议别人的条件，请选“同意，但有条件”。"))
        return given


class CorrectionForm(forms.Form):
    statement = forms.TypedChoiceField(
        label=_("哪里不对？"), coerce=int, empty_value=None, required=False
    )
    text = OpenText(
        label=_("应该怎样写？"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("是您自己的发言，就写您当时怎么说的。采纳以后谁都能看到，不写姓名和电话。"),
    )

    def __init__(self, *given: Any, statements: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        mine = [(one.number, _("我的第 %(n)s 条发言") % {"n": one.number}) for one in statements]
        self.fields["statement"].choices = [("", _("别的地方")), *mine]  # type: ignore[attr-defined]
