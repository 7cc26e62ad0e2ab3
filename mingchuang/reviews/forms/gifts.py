"""A gift that was not kept, and a workbook of an old register."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from mingchuang.base.day_field import DayField
from mingchuang.people.queries import no_units, unit_tree
from mingchuang.reviews.rules.gifts import Outcome
from mingchuang.reviews.words.thanks import OUTCOMES

LARGEST = 5_000_000


class GiftForm(forms.Form):
    what = forms.CharField(
        label=_("送的什么"), max_length=100, help_text=_("例如：水果两箱，约 200 元。")
    )
    unit = forms.ModelChoiceField(
        label=_("送到哪个单位"), queryset=no_units(), empty_label=_("请选择")
    )
    badge = forms.CharField(label=_("送给谁，工号（可不填）"), max_length=20, required=False)
    giver = forms.CharField(
        label=_("谁送的（可不填）"),
        max_length=100,
        required=False,
        help_text=_("加密保存，不公开。"),
    )
    offered_on = DayField(label=_("哪一天送来的"))
    outcome = forms.TypedChoiceField(
        label=_("怎么处理的"), choices=OUTCOMES, coerce=Outcome, widget=forms.RadioSelect
    )
    to_whom = forms.CharField(
        label=_("退给谁、交给哪个部门（当场谢绝的不填）"), max_length=100, required=False
    )
    settled_on = DayField(label=_("哪一天谢绝、退还、上交的"))
    sentence = forms.CharField(
        label=_("当时怎么说的"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写一句完整的话，例如：谢谢您的心意，按规定我们不能收，请您带回。"),
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["unit"].queryset = unit_tree()  # type: ignore[attr-defined]


class OldRegisterForm(forms.Form):
    workbook = forms.FileField(
        label=_("工作簿（.xlsx）"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_("第一行写列名。可以重复导入：登记过的不会再登记一次。"),
    )

    def clean_workbook(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["workbook"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("文件超过 5 MB，请分成几份。"))
        return file
