"""A day, asked with the calendar of the browser."""

from typing import Any

from django import forms


class DayField(forms.DateField):
    def __init__(self, **given: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **given)
