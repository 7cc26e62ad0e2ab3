"""A sheet of paper, typed by staff of the reviewing office."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.base.day_field import DayField
from mingchuang.cases.rules.said import number_parts
from mingchuang.people.asking import PhoneField
from mingchuang.reviews.rules.ratings import GRADES as ALL_GRADES
from mingchuang.reviews.rules.tags import tags_of
from mingchuang.reviews.words.tables import GRADES


class PaperForm(forms.Form):
    """A number on a slip with its window and day, or the number of a case; then what was ticked."""

    paper = forms.CharField(label=_("纸质评价表编号"), max_length=40)
    number = forms.CharField(
        label=_("小票上的号码，或者诉求编号"),
        max_length=40,
        help_text=_("例如 A023，或者 YJ-2026-000123。"),
    )
    window = forms.TypedChoiceField(label=_("哪个窗口（来访才要填）"), coerce=int, required=False)
    day = DayField(label=_("哪一天（来访才要填）"), required=False)
    grade = forms.TypedChoiceField(
        label=_("勾选的等次"), coerce=int, choices=GRADES, widget=forms.RadioSelect
    )
    tags = forms.CharField(
        label=_("勾选的评价指标（可不填）"),
        max_length=40,
        required=False,
        help_text=_("写三位数的代码，用逗号隔开，例如 209,213。"),
    )
    words = forms.CharField(
        label=_("写的话（可不填）"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    phone = PhoneField(
        label=_("表上留的电话（可不填）"),
        required=False,
        help_text=_("差评才用得上：照它回访核实，办结以后删除。"),
    )

    def __init__(self, data: Any, *, windows: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        choices = [("", _("不是来访")), *windows]
        self.fields["window"].choices = choices  # type: ignore[attr-defined]

    def clean_tags(self) -> list[int]:
        codes = [part.strip() for part in self.cleaned_data["tags"].replace("，", ",").split(",")]
        known = {str(code): code for grade in ALL_GRADES for code in tags_of(grade)}
        given = [code for code in codes if code]
        if unknown := [code for code in given if code not in known]:
            told = _("没有代码 %(code)s。请照评价表上的三位数填写。")
            raise forms.ValidationError(told, params={"code": unknown[0]})
        return [known[code] for code in given]

    def clean(self) -> dict[str, object]:
        said = super().clean() or {}
        is_visit = number_parts(str(said.get("number", ""))) is None
        if is_visit and not self.errors and not (said.get("window") and said.get("day")):
            self.add_error("window", _("来访的评价表要填窗口和日期。"))
        return said

    @property
    def is_case(self) -> bool:
        return number_parts(self.cleaned_data["number"]) is not None
