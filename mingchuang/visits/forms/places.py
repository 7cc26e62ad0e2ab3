"""What is asked of who stands by or signs up, and of who releases the places of a day."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from mingchuang.visits.forms.booking import NamedForm
from mingchuang.visits.forms.persons import GreenField, PersonsField
from mingchuang.visits.rules.standby import Part
from mingchuang.visits.words.places import PARTS


class WhoWaitsForm(NamedForm):
    """How many, in which of the halves that have times they can come, and who asks."""

    persons = PersonsField(
        label=_("几个人办？"), help_text=_("每个人都要办，才算一个；陪同的不算。")
    )
    part = forms.ChoiceField(
        label=_("什么时候能来？"),
        choices=PARTS,
        initial=Part.ANY,
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": _(
                "这一天的这半天没有可以约的时段。请改选另外半天，或者“全天都可以”。"
            )
        },
    )
    green = GreenField(
        help_text=_("您说了就算，不用交任何证明。到大厅排队时优先；不改变候补和摇号的先后。")
    )
    field_order = ("persons", "part")

    def __init__(self, *args: Any, halves: Collection[str], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["part"].choices = [one for one in PARTS if one[0] in halves]  # type: ignore[attr-defined]
        self.fields["phone"].help_text = _("一个电话登记一次；时间有变动时通知您，不作别的用途。")


class SignUpForm(WhoWaitsForm):
    """The same before a draw, where the half of the day is a wish and no condition."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["part"].help_text = _(
            "摇中了先排您选的半天，排满了就排在另外半天；没有摇中的，只候补您选的半天。"
        )


def _moment(label: Any, help_text: Any = "") -> forms.DateTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, help_text=help_text, widget=widget)


class ReleaseForm(forms.Form):
    """Which line, which day, how many places, and from when to when one signs up."""

    line = forms.TypedChoiceField(label=_("哪个队列"), coerce=int)
    day = forms.DateField(
        label=_("哪一天的号"),
        help_text=_("要先在“特别开放时间”里登记这一天为节假日开放。"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    quota = forms.IntegerField(
        label=_("放多少个号"),
        min_value=1,
        max_value=10_000,
        help_text=_("一个人一个号。不能多于这一天还空着的位子。"),
    )
    since = _moment(_("报名开始"))
    until = _moment(
        _("报名截止"), _("截止后几秒钟内自动摇号。请在办事那一天以前截止，留出告诉大家的时间。")
    )

    def __init__(self, *args: Any, lines: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["line"].choices = lines  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if isinstance(since, datetime) and isinstance(until, datetime) and until <= since:
            self.add_error("until", _("截止的时间要晚于开始的时间。"))
        day = given.get("day")
        if day and isinstance(until, datetime) and localdate(until) >= day:
            self.add_error("until", _("报名要在办事那一天以前截止。"))
        return given
