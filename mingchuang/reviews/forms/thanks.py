"""Thanks: what a visitor is asked, and what staff write into the register."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.base.day_field import DayField
from mingchuang.cases.photo_field import photos_field
from mingchuang.cases.rules.said import says_something
from mingchuang.people.asking import KeyField
from mingchuang.people.queries import no_units, unit_tree
from mingchuang.reviews.rules.thanks import Kind, Shown
from mingchuang.reviews.words.thanks import KINDS, SHOWN

LONGEST = 2000


def carried_over(said: Mapping[str, str]) -> dict[str, str]:
    """Return what was written as a matter and is thanks, as it stands in our form; empty where
    nothing was carried over. Such a form has a text and no words."""
    if "text" not in said or "words" in said:
        return {}
    written = [said["text"], said.get("place", "")]
    words = {"words": "\n".join(filter(None, written))}
    # Whoever asked not to be named stands nameless on the wall.
    if said.get("confidential"):
        return {**words, "shown_as": Shown.HIDDEN}
    return {**words, "giver": said.get("name", "")}


class _Thanked(forms.Form):
    """What both ask: for whom, what was said, by whom, and how they wish to be called."""

    unit = forms.ModelChoiceField(
        label=_("感谢哪个单位？"), queryset=no_units(), empty_label=_("请选择")
    )
    words = forms.CharField(
        label=_("想说的话"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5})
    )
    photos = photos_field()
    giver = forms.CharField(label=_("怎么称呼您？（可不填）"), max_length=100, required=False)
    shown_as = forms.TypedChoiceField(
        label=_("感谢墙上怎样写您？"),
        choices=SHOWN,
        coerce=Shown,
        initial=Shown.MASKED,
        widget=forms.RadioSelect,
        help_text=_("单位的名称不遮；不想写出来的，请选“不写姓名”。"),
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["unit"].queryset = unit_tree()  # type: ignore[attr-defined]

    def clean_words(self) -> str:
        """Letters nobody can see say nothing."""
        words: str = self.cleaned_data["words"]
        if self.fields["words"].required and not says_something(words):
            raise forms.ValidationError(self.fields["words"].error_messages["required"])
        return words


class SayThanksForm(_Thanked):
    """Thanks of a visitor, without an account."""

    whom = forms.CharField(
        label=_("感谢谁？（可不填）"),
        max_length=100,
        required=False,
        help_text=_("写工号、窗口号或者您记得的样子都可以，不公开。"),
    )
    key = KeyField()
    field_order = ("unit", "whom", "words", "photos", "giver", "shown_as")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["giver"].widget.attrs["autocomplete"] = "name"


class RegisterForm(_Thanked):
    """A banner, a letter or words, as they stand before the clerk."""

    kind = forms.TypedChoiceField(
        label=pgettext_lazy("thanks", "是什么"),
        choices=KINDS,
        coerce=Kind,
        initial=Kind.BANNER,
        widget=forms.RadioSelect,
    )
    given_on = DayField(label=_("哪一天送来的"))
    badge = forms.CharField(label=_("感谢的工作人员工号（可不填）"), max_length=20, required=False)
    whom = forms.CharField(
        label=_("感谢的是谁，原话（可不填）"),
        max_length=100,
        required=False,
        help_text=_("没有工号的写在这里，不公开。"),
    )
    hangs = forms.CharField(label=_("挂在哪里、放在哪里（可不填）"), max_length=80, required=False)
    field_order = (
        *("kind", "given_on", "unit", "badge", "whom", "words"),
        *("photos", "giver", "shown_as", "hangs"),
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        words, unit = self.fields["words"], self.fields["unit"]
        words.label, words.required = _("写的什么（可不填）"), False
        unit.label = _("感谢的单位")
        self.fields["giver"].label = _("谁送的（不留姓名就不填）")
        self.fields["giver"].help_text = _("加密保存。单位送的，写单位全称。")
        self.fields["shown_as"].label = _("感谢墙上怎样写送的人")


class CorrectForm(RegisterForm):
    """The entry as it stands. Who gave it is not shown again: a name left empty stays."""

    because = forms.CharField(label=_("为什么更正"), max_length=300)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["giver"].label = _("谁送的（不改就不填）")
