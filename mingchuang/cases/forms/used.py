"""What went into an answer from the knowledge base, remembered in hidden fields."""

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
