"""What staff type elsewhere on the desk: call-backs, redaction, decisions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.cases.forms.deeds import words
from mingchuang.cases.forms.said import SaidField
from mingchuang.cases.forms.units import UnitField
from mingchuang.cases.words import OUTCOMES, SATISFACTIONS
from mingchuang.people.words import REVEAL_REASONS


class DecideReturnForm(forms.Form):
    granted = forms.TypedChoiceField(
        label=_("决定"),
        choices=[("1", _("同意退单，改派")), ("0", _("不同意，仍由原单位办理"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    unit = UnitField(_("改派给"), required=False)
    decision = words(_("说明"))

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if given.get("granted") and not given.get("unit"):
            self.add_error("unit", _("同意退单时，请选改派给哪个单位。"))
        return given


class DecideForm(forms.Form):
    granted = forms.TypedChoiceField(
        label=_("决定"),
        choices=[("1", _("同意")), ("0", _("不同意"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    decision = words(_("说明"))


class CallbackForm(forms.Form):
    outcome = forms.ChoiceField(label=_("这次联系"), choices=OUTCOMES, widget=forms.RadioSelect)
    solved = forms.TypedChoiceField(
        label=_("事情解决了吗？"),
        choices=[("1", _("解决了")), ("0", _("没有解决"))],
        coerce=lambda value: value == "1",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    satisfied = forms.ChoiceField(
        label=_("对办理满意吗？"), choices=SATISFACTIONS, required=False, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("诉求人的原话（可不填）"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if given.get("outcome") == "reached":
            if given.get("solved") is None:
                self.add_error("solved", _("接通了，请记下“解决了”或“没有解决”。"))
        else:
            given["solved"], given["satisfied"] = None, ""
        return given


class RevealForm(forms.Form):
    reason = forms.ChoiceField(label=_("为什么要看"), choices=list(REVEAL_REASONS.items()))


class RedactForm(forms.Form):
    title = SaidField(label=_("标题"), max_length=120)
    place = forms.CharField(label=_("地点"), max_length=200, required=False)
    text = words(_("承办单位将看到的文字"), rows=10, most=20_000)


class RemarkRedactForm(forms.Form):
    text = words(_("承办单位将看到的文字"), rows=10, most=20_000)
