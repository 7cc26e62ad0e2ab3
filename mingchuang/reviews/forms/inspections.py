"""What is typed about an inspection."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.base.day_field import DayField
from mingchuang.base.typing import Text
from mingchuang.cases.photo_field import PhotosField
from mingchuang.reviews.rules.inspections import Answer
from mingchuang.reviews.words.inspections import ANSWERS, MANNERS

# Who goes where is planned for the months to come, or noted soon after.
AROUND = timedelta(days=400)


def words(label: Text, *, required: bool = True, help_text: Text = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, max_length=1000, required=required, widget=widget, help_text=help_text
    )


class PlanForm(forms.Form):
    """Whom to send where."""

    site = forms.ChoiceField(label=_("去哪个大厅"))
    checklist = forms.TypedChoiceField(label=_("用哪张检查表"), coerce=int)
    manner = forms.ChoiceField(
        label=_("怎么查"),
        choices=MANNERS,
        initial=MANNERS[0][0],
        widget=forms.RadioSelect,
        help_text=_(
            "明查安排好，被检查单位就看得到哪一天、照哪张表查。"
            "暗访查完以前看不到，去的人是谁以后也看不到。"
        ),
    )
    day = DayField(label=_("哪一天去"), back=AROUND, ahead=AROUND)
    inspector = forms.CharField(
        label=_("谁去（工号）"), max_length=40, help_text=_("不能是被检查单位的人。")
    )

    def __init__(self, *given: Any, sites: Any, checklists: Any, **start: Any) -> None:
        super().__init__(*given, **start)
        self.fields["site"].choices = sites  # type: ignore[attr-defined]
        self.fields["checklist"].choices = checklists  # type: ignore[attr-defined]


class MarkForm(forms.Form):
    """What was seen about one clause."""

    answer = forms.ChoiceField(
        label=_("做到了吗？"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个。")},
    )
    times = forms.IntegerField(
        label=_("有几处没做到"), min_value=1, max_value=99, required=False, initial=1
    )
    note = words(
        _("情况（和照片至少填一样）"),
        required=False,
        help_text=_("查完以后单位会看到。写在哪里、看见什么，不写自己和别人的姓名。"),
    )
    photos = PhotosField(
        label=_("照片（和情况至少填一样）"),
        required=False,
        help_text=_("请避开人脸、证件和屏幕上的内容。"),
    )
    seen = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def __init__(self, *given: Any, has_shots: bool = False, **start: Any) -> None:
        super().__init__(*given, **start)
        self.has_shots = has_shots

    def clean(self) -> dict[str, Any]:
        """What was not kept is seen by somebody else, too: by a note or a photo."""
        told = self.cleaned_data
        shown = self.has_shots or told.get("note") or told.get("photos") or self.errors
        if told.get("answer") == Answer.BROKEN and not shown:
            self.add_error("note", _("没做到的，请写下看见什么，或者拍一张照片。"))
        return told

    def clean_times(self) -> int:
        is_broken = self.cleaned_data.get("answer") == Answer.BROKEN
        return (self.cleaned_data.get("times") or 1) if is_broken else 0

    def clean_seen(self) -> list[str]:
        return str(self.cleaned_data["seen"]).split()


class SayForm(forms.Form):
    """A few words that a deed asks for."""

    LABELS = {
        "called_off": _("为什么不查了？"),
        "entrusted": _("要求怎么改（可不填）"),
        "answered": _("单位的说明"),
        "undone": _("为什么撤销？"),
    }
    text = words("")

    def __init__(self, *given: Any, deed: str, **start: Any) -> None:
        super().__init__(*given, **start)
        self.fields["text"].label = self.LABELS[deed]
        self.fields["text"].required = deed != "entrusted"
