"""What staff say when they set the green channel of somebody in line, or take it away."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.visits.rules.green import Basis
from mingchuang.visits.words.tables import BASES, GREEN, green_offered

Sent = Mapping[str, Any] | None


class ChannelForm(forms.Form):
    """By which channel somebody goes from now on, on what, and why where that changes what they
    had; what they had is offered too, also where it is not asked for any more."""

    green = forms.ChoiceField(label=_("走哪条通道？"), required=False, widget=forms.RadioSelect)
    basis = forms.TypedChoiceField(
        label=_("依据是什么？"), choices=BASES, coerce=Basis, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("理由（改动或取消原有的才要写）"),
        max_length=200,
        required=False,
        help_text=_("会记入台账。只写情况，请勿写姓名和病情。"),
    )

    def __init__(self, data: Sent, *, had: str) -> None:
        super().__init__(data, initial={"green": had, "basis": Basis.SEEN})
        kinds = dict(green_offered())
        had_kinds = {kind: name for kind, name in GREEN if kind == had or kind in kinds}
        self.fields["green"].choices = [("", _("普通")), *had_kinds.items()]  # type: ignore[attr-defined]
