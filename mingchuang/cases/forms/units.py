"""One unit of the tree, or several."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text
from mingchuang.people.queries import unit_tree

if TYPE_CHECKING:
    from mingchuang.people.models import Unit

    OneUnit = forms.ModelChoiceField[Unit]
    SomeUnits = forms.ModelMultipleChoiceField[Unit]
else:
    OneUnit, SomeUnits = forms.ModelChoiceField, forms.ModelMultipleChoiceField


class UnitField(OneUnit):
    """A unit, indented by its depth in the tree."""

    def __init__(self, label: Text, *, required: bool = True, empty_label: Text = "") -> None:
        super().__init__(
            unit_tree(), label=label, required=required, empty_label=empty_label or _("请选择")
        )

    def label_from_instance(self, unit: "Unit") -> str:
        return indented(unit)


class UnitsField(SomeUnits):
    def __init__(self, label: Text, *, required: bool = True) -> None:
        super().__init__(unit_tree(), label=label, required=required)

    def clean(self, value: Any) -> Any:
        """SQLite is asked for no number it cannot hold: there is no such unit."""
        try:
            return super().clean(value)
        except OverflowError:
            fault, first = self.error_messages["invalid_choice"], next(iter(value), "")
            raise forms.ValidationError(fault, "invalid_choice", {"value": first}) from None

    def label_from_instance(self, unit: "Unit") -> str:
        return indented(unit)


def indented(unit: "Unit") -> str:
    return "　" * (unit.path.count("/") - 2) + str(unit)
