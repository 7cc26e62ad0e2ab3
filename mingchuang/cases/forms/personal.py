"""What is asked about personal data: by the holder of a receipt, and by staff for somebody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.cases.forms.deeds import words
from mingchuang.cases.words import PRIVACY_WISHES, PROOFS, REACHES
from mingchuang.people.asking import PhoneField

CORRECTED = ("name", "phone", "address")


class OwnWishForm(forms.Form):
    """What the holder of a receipt asks."""

    what = forms.ChoiceField(
        label=_("您想要"),
        choices=[
            ("correct", _("更正姓名、电话或住址")),
            ("erase", _("删除我的个人信息和写过的文字、照片")),
            ("copy", _("取一份完整的副本（姓名、电话不遮盖）")),
        ],
        widget=forms.RadioSelect,
    )
    text = words(_("哪里不对，应当是什么？"), most=500)
    reach = forms.BooleanField(
        label=_("包括我用同一电话提交的其他诉求"),
        required=False,
        help_text=_("那要先核对身份：带身份证件到大厅，或者等我们拨打您留的电话。"),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["text"].required = False
        self.fields["text"].help_text = _("申请更正时请填写。")

    def clean_reach(self) -> str:
        return "all" if self.cleaned_data["reach"] else "this"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("what") == "correct" and not given.get("text"):
            self.add_error("text", _("请写下哪里不对，应当是什么。"))
        return given


class WishForForm(forms.Form):
    """What somebody asks at the counter or on the phone, and how they proved who they are."""

    what = forms.ChoiceField(label=_("诉求人要"), choices=PRIVACY_WISHES, widget=forms.RadioSelect)
    reach = forms.ChoiceField(
        label=_("范围"), choices=REACHES, initial="this", widget=forms.RadioSelect
    )
    proof = forms.ChoiceField(
        label=_("身份怎样核对"),
        choices=PROOFS,
        widget=forms.RadioSelect,
        help_text=_("只记核对的办法，不要记证件号码。"),
    )
    text = words(_("诉求人的原话（可不填）"), most=500)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["text"].required = False


class DecideWishForm(forms.Form):
    """The answer to what somebody asks; where something is corrected, what it shall be."""

    granted = forms.TypedChoiceField(
        label=_("决定"),
        choices=[("1", _("同意，马上办")), ("0", _("不同意"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    proof = forms.ChoiceField(
        label=_("身份怎样核对"),
        choices=PROOFS,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("只记核对的办法，不要记证件号码。"),
    )
    decision = words(_("不同意的理由（诉求人看得到）"), most=500)

    def __init__(self, *given: Any, reach: str, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["decision"].required = False
        if reach == "all":
            self.fields["proof"].choices = PROOFS[1:]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("granted") and not given.get("proof"):
            self.add_error("proof", _("同意以前，请选身份是怎样核对的。"))
        if given.get("granted") is False and not given.get("decision"):
            self.add_error("decision", _("请写明为什么不同意。"))
        return given

    @property
    def new(self) -> dict[str, str]:
        """What is corrected, and to what; nothing where nothing is."""
        return {name: self.cleaned_data[name] for name in CORRECTED if name in self.fields}


class CorrectForm(DecideWishForm):
    """The same, with what is right."""

    field_order = ["granted", "proof", "name", "phone", "address", "decision"]
    name = forms.CharField(
        label=_("更正后的姓名"),
        max_length=60,
        required=False,
        help_text=_("只填要改的一项，没填的不变。"),
    )
    phone = PhoneField(label=_("更正后的电话"), required=False)
    address = forms.CharField(label=_("更正后的住址"), max_length=200, required=False)
