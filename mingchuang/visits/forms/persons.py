"""How many come, and whether they go first, asked alike wherever somebody comes in person."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text
from mingchuang.visits.rules.booking import MOST_PERSONS
from mingchuang.visits.words.tables import green_offered

HOW_MANY = format_lazy(
    _("请填 1 到 {most} 的人数。人更多请先打电话，我们另作安排。"), most=MOST_PERSONS
)


class PersonsField(forms.IntegerField):
    """How many come together; nobody, or too many, is told what to do."""

    def __init__(self, **given: Any) -> None:
        faults = ("required", "invalid", "min_value", "max_value")
        super().__init__(
            min_value=1,
            max_value=MOST_PERSONS,
            initial=1,
            error_messages=dict.fromkeys(faults, HOW_MANY),
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            **given,
        )


NOT_NEEDED = _("不用")


class GreenField(forms.ChoiceField):
    """The green channel by one's own word, never a paper; `ordinary` is who does without."""

    def __init__(self, *, ordinary: Text = NOT_NEEDED, **given: Any) -> None:
        asked: dict[str, Any] = {
            "label": _("需要优先照顾吗？（可不选）"),
            "help_text": _("您说了就算，不用交任何证明。"),
            "widget": forms.RadioSelect,
        }
        super().__init__(
            choices=lambda: [("", ordinary), *green_offered()], required=False, **asked | given
        )
