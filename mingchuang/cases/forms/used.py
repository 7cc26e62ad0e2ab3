"""What goes into an answer from the knowledge base: looked for, put in, and remembered."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms

KEY = re.compile(r"(?:article|template):[0-9]{1,9}")


class UsedField(forms.Field):
    """Keys like `article:5`. What is no key is passed over: the answer is what matters."""

    widget = forms.MultipleHiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, label="")

    def clean(self, value: Any) -> Sequence[str]:
        return [str(key) for key in value or () if KEY.fullmatch(str(key))]


class ReadyForm(forms.Form):
    """What is looked for beside an answer, and how many times somebody asked for more."""

    find = forms.CharField(max_length=60, required=False)
    more = forms.IntegerField(min_value=0, max_value=100, required=False)
