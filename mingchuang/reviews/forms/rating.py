"""Five grades, tags that go with each, and a few words if one likes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.people.asking import PhoneField
from mingchuang.reviews.rules.ratings import WORST, is_bad
from mingchuang.reviews.words.tables import GRADES
from mingchuang.reviews.words.tags import tags_offered

PHONE = _("联系电话（可不填）")
PHONE_HELP = _("评价管理部门会打给您核实，并告诉您结果。被评价的窗口和单位看不到。")
SHOW = _("我写的话可以公开")
SHOW_HELP = _("评价管理部门看过、遮盖以后才公开，不写是谁。您可以随时在这个页面上删除。")
# Who is not content tells why in their own words before they look through a list.
WORDS_FIRST = ("number", "grade", "words", "tags", "phone")


class RatingForm(forms.Form):
    """What is asked depends on the grade: tags that go with it, a phone where it is a bad one."""

    grade = forms.TypedChoiceField(
        label=_("您满意吗？"), coerce=int, choices=GRADES, widget=forms.RadioSelect
    )
    tags = forms.TypedMultipleChoiceField(
        label=_("是因为什么？（可多选，可不选）"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label=_("想说的话（可不填）"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    may_show = forms.BooleanField(label=SHOW, required=False, help_text=SHOW_HELP)
    phone = PhoneField(label=PHONE, required=False, help_text=PHONE_HELP)

    def __init__(self, data: Any, *, grade: int = 0, asks_phone: bool = True) -> None:
        super().__init__(data, initial={"grade": grade or None})
        if grade:
            self.fields["grade"].widget = forms.HiddenInput()
            self.fields["tags"].choices = tags_offered(grade)  # type: ignore[attr-defined]
        else:
            del self.fields["tags"]
        if not (asks_phone and is_bad(grade or max(GRADES)[0])):
            del self.fields["phone"]
        if is_bad(grade or WORST):
            del self.fields["may_show"]
        if grade and is_bad(grade):
            self.order_fields(WORDS_FIRST)


class NumberRatingForm(RatingForm):
    number = forms.CharField(
        label=_("您今天的号码"),
        max_length=8,
        help_text=_("小票上的号码，例如 A023。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    field_order = ("number", "grade", "tags", "words", "phone")

    def __init__(self, data: Any, *, grade: int = 0) -> None:
        super().__init__(data, grade=grade)
        # Whose words they are is not known: nobody could agree for them.
        self.fields.pop("may_show", None)


class MoreForm(forms.Form):
    """What one tap at the machine could not say. That it was a slip only who gave a bad one says,
    and leaves a phone, if they like."""

    words = forms.CharField(
        label=_("想说的话"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    slip = forms.BooleanField(
        label=_("刚才点错了"),
        required=False,
        help_text=_("原来的评价会保留。核实是点错的，不计入比率，您可以再评一次。"),
    )
    may_show = forms.BooleanField(label=SHOW, required=False, help_text=SHOW_HELP)
    phone = PhoneField(label=PHONE, required=False, help_text=PHONE_HELP)

    def __init__(self, data: Any, *, grade: int) -> None:
        super().__init__(data)
        for name in ("may_show",) if is_bad(grade) else ("slip", "phone"):
            del self.fields[name]


class KioskRatingForm(forms.Form):
    """At the machine: one tap, and nothing to type."""

    grade = forms.TypedChoiceField(coerce=int, choices=GRADES)


def grade_of(typed: str | None) -> int:
    """Return the grade in an address or a form; 0 where there is none."""
    return int(typed) if typed in {str(grade) for grade, _words in GRADES} else 0
