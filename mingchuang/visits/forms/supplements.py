"""What is missing of one item, as its guide lists it; and until when it may be brought."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.people.asking import KeyField, PhoneField


class MissingForm(forms.Form):
    """Only what the guide names can be ticked; a day makes it an acceptance with a gap."""

    materials = forms.TypedMultipleChoiceField(
        label=_("还缺哪些材料？"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("一次勾全。办事指南里没有写的，不能要求补。"),
        error_messages={"required": _("请勾选缺的材料。")},
    )
    due_on = forms.DateField(
        label=_("先受理，哪一天前补齐？（容缺受理，可不填）"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("不填：材料齐了再来。填了：现在就受理，到期前一天自动提醒。"),
    )
    phone = PhoneField(
        label=_("提醒发到哪个手机？（可不填）"),
        required=False,
        help_text=_("不留也可以，在来访的页面上看得到。"),
    )
    key = KeyField()

    def __init__(self, *given: Any, materials: Sequence[str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["materials"].choices = list(enumerate(materials, 1))  # type: ignore[attr-defined]
