"""Words that somebody else will read."""

from typing import Any

from django import forms

from mingchuang.cases.rules.said import says_something


class SaidField(forms.CharField):
    """Letters nobody can see say nothing: where words are asked for, they are asked for again."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text if says_something(text) else ""
