"""Forms that name a colleague."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.people.queries import nobody

if TYPE_CHECKING:
    from mingchuang.people.models import Person

    OnePerson = forms.ModelChoiceField[Person]
else:
    OnePerson = forms.ModelChoiceField


class AssignForm(forms.Form):
    """Who may be named stands in `initial`: the handlers of the unit that leads."""

    to = OnePerson(nobody(), label=_("派给谁"), empty_label=_("请选择"))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["to"].queryset = self.initial.get("handlers", nobody())  # type: ignore[attr-defined]
