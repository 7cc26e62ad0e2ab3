"""What is asked of who books: what for, how many, and who; one question after the other."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text
from mingchuang.hall.queries import service_items
from mingchuang.people.asking import KeyField, PhoneField
from mingchuang.visits.forms.persons import GreenField, PersonsField

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mingchuang.hall.models import ServiceItem


class WantedForm(forms.Form):
    """The first question: by how many, and what else in the same coming."""

    persons = PersonsField(
        label=_("几个人办？"), help_text=_("每个人都要办，才算一个；陪同的不算。")
    )
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


class NamedForm(forms.Form):
    """Who somebody is, and how to reach them."""

    name = forms.CharField(
        label=_("怎么称呼您？"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("请写下来办事的人的姓名。")},
    )
    phone = PhoneField(
        label=_("手机或电话"),
        help_text=_("时间有变动时通知您，不作别的用途。"),
        error_messages={"required": _("请留一个能打通的电话。")},
    )
    key = KeyField()


class WhoForm(NamedForm):
    """The last question: who comes."""

    green = GreenField()


class SeenForm(forms.Form):
    """What the page showed of a booking when its button was pressed; else there is nothing to
    fill in: the button is the answer."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SlotForm(SeenForm):
    """The button one pressed is the time one wants."""

    slot = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), _("请选一个时间。")),
    )
