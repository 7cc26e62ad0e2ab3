"""What is asked of who books: what for, how many, and who; one question after the other."""

import secrets
from typing import TYPE_CHECKING

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text
from mingchuang.hall.queries import service_items
from mingchuang.people.rules.encryption import may_be_dialled
from mingchuang.visits.rules.booking import MOST_PERSONS
from mingchuang.visits.words.tables import GREEN

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mingchuang.hall.models import ServiceItem

STALE = _("页面没有完整提交上来。您写的都还在，请再提交一次。")
HOW_MANY = format_lazy(
    _("请填 1 到 {most} 的人数。人更多请先打电话，我们另作安排。"), most=MOST_PERSONS
)


def new_key() -> str:
    return secrets.token_urlsafe(24)


class PersonsField(forms.IntegerField):
    """How many come together; nobody, or too many, is told what to do."""

    def __init__(self) -> None:
        super().__init__(
            label=_("几个人办？"),
            min_value=1,
            max_value=MOST_PERSONS,
            initial=1,
            help_text=_("每个人都要办，才算一个；陪同的不算。"),
            error_messages=dict.fromkeys(
                ("required", "invalid", "min_value", "max_value"), HOW_MANY
            ),
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        )


class PhoneField(forms.CharField):
    """A number people can be called at."""

    def clean(self, value: object) -> str:
        phone = str(super().clean(value))
        if phone and not may_be_dialled(phone):
            raise forms.ValidationError(_("请填能打通的电话，例如 13800000000 或 0574-87654321。"))
        return phone


class WantedForm(forms.Form):
    """The first question: by how many, and what else in the same coming."""

    persons = PersonsField()
    also = forms.ModelMultipleChoiceField(
        label=_("同一次还要办别的吗？（可不选）"),
        queryset=service_items().none(),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("都在一个地方办，来一次就够，不用重新排队。"),
        error_messages={"invalid_choice": _("勾选的事项有变化，请重新勾选。")},
    )

    def offer(self, items: "QuerySet[ServiceItem]", *, label: Text = "") -> None:
        """Offer what else is done there; where there is nothing else, ask nothing."""
        also = self.fields["also"]
        also.queryset, also.label = items, label or also.label  # type: ignore[attr-defined]
        if not items:
            del self.fields["also"]

    @property
    def chosen(self) -> list["ServiceItem"]:
        return list(self.cleaned_data.get("also", ())) if self.is_valid() else []

    @property
    def persons_said(self) -> int:
        return int(self.cleaned_data["persons"]) if self.is_valid() else 1


class WhoForm(forms.Form):
    """The last question: who comes."""

    name = forms.CharField(
        label=_("怎么称呼您？"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("请写下来办事的人的姓名。")},
    )
    phone = PhoneField(
        label=_("手机或电话"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text=_("时间有变动时通知您，不作别的用途。"),
        error_messages={"required": _("请留一个能打通的电话。")},
    )
    green = forms.ChoiceField(
        label=_("需要优先照顾吗？（可不选）"),
        choices=[("", _("不用")), *GREEN],
        required=False,
        widget=forms.RadioSelect,
        help_text=_("您说了就算，不用交任何证明。"),
    )
    key = forms.RegexField(
        r"\A[\w-]{32}\Z",
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), STALE),
    )


class SlotForm(forms.Form):
    """The button one pressed is the time one wants."""

    slot = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), _("请选一个时间。")),
    )


class ConfirmForm(forms.Form):
    """Nothing to fill in: the button is the answer."""
