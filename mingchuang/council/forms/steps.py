"""What is asked before a topic takes a step: mostly nothing, else why, or whether it was read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.council.forms.topics import OpenText


class DropForm(forms.Form):
    reason = OpenText(
        label=_("为什么不再议"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("公开过的议题，谁都能看到这句话。"),
    )


class UndoneForm(forms.Form):
    reason = OpenText(
        label=_("为什么不再做"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "谁都能看到这句话，并且永久记录在案。例如：业主大会没有成立，不具备表决条件；施工单位已经注销，这一项不会再做。"
        ),
    )


class CloseForm(forms.Form):
    """How long the register was open, and who is on it, is read before it is closed."""

    sure = forms.BooleanField(label=_("看过了，现在截止"))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["sure"].help_text = self.initial.get("told", "")

    def clean(self) -> dict[str, Any]:
        """Who is sure says nothing more."""
        super().clean()
        return {}


class ConfirmForm(forms.Form):
    """Nothing to fill in: the button is the answer."""
