"""A day, asked with the calendar of the browser."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

# Before this nothing was written down that is written here: a year of two digits is a slip.
EARLIEST = date(1949, 10, 1)


class DayField(forms.DateField):
    """None before October 1949, and none longer ago than `back` or further off than `ahead`,
    where these are given."""

    def __init__(
        self, *, back: timedelta | None = None, ahead: timedelta | None = None, **given: Any
    ) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **given)
        self.back, self.ahead = back, ahead

    def validate(self, value: date | None) -> None:
        super().validate(value)
        today = localdate()
        earliest = EARLIEST if self.back is None else today - self.back
        latest = date.max if self.ahead is None else today + self.ahead
        if value is not None and not earliest <= value <= latest:
            raise ValidationError(_("这一天太早或太晚了，请核对年份。"))
