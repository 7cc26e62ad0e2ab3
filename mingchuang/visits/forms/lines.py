"""What is typed to set up a line, and the week of a window."""

from collections.abc import Iterator, Mapping
from datetime import time
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from mingchuang.hall.words.tables import WEEKDAYS
from mingchuang.visits.rules.rota import Stretch, overlapping

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mingchuang.hall.models import ServiceItem

Sent: TypeAlias = Mapping[str, Any] | None
# Morning, afternoon, evening.
STRETCHES = 3


class LineForm(forms.Form):
    """What a line is for and how long it takes; the prefix of its numbers stays."""

    name = forms.CharField(label=_("名称"), max_length=60)
    items: "forms.ModelMultipleChoiceField[ServiceItem]" = forms.ModelMultipleChoiceField(
        label=_("办理事项"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("这里列的是本场所的窗口受理的事项。"),
    )
    minutes = forms.IntegerField(label=_("每次约几分钟"), min_value=1, max_value=480, initial=15)
    step = forms.IntegerField(label=_("每个时段几分钟"), min_value=5, max_value=480, initial=30)
    share = forms.IntegerField(
        label=_("留给预约的比例（%）"),
        min_value=0,
        max_value=100,
        initial=50,
        help_text=_("其余的留给直接来的人。"),
    )
    days_ahead = forms.IntegerField(
        label=_("可提前几天预约"), min_value=0, max_value=366, initial=14
    )
    overbooks = forms.BooleanField(
        label=_("按爽约多放号"),
        required=False,
        help_text=_(
            "有人约了不来，窗口就空着。勾上以后，按最近八周约了没来的比例多放一些号，最多多 15%。"
        ),
    )

    def __init__(
        self, data: Sent, *, offered: "QuerySet[ServiceItem]", initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        items = self.fields["items"]
        assert isinstance(items, forms.ModelMultipleChoiceField)
        items.queryset = offered


class NewLineForm(LineForm):
    letters = forms.CharField(
        label=_("号码字头"),
        max_length=2,
        validators=[RegexValidator(r"^[A-Z]{1,2}$", _("请写一个或两个大写字母。"))],
        help_text=_("一个或两个大写字母，例如 A。定下以后不能改。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    field_order = ("letters", "name")


class RotaForm(forms.Form):
    """From and until for each weekday, up to three stretches; what is left empty is no duty."""

    def __init__(self, data: Sent, *, week: list[Stretch]) -> None:
        super().__init__(data)
        for day, words in WEEKDAYS.items():
            standing = sorted(one[1:] for one in week if one[0] == day)
            for n in range(STRETCHES):
                shown = standing[n] if n < len(standing) else (None, None)
                for edge, label, at in zip(
                    ("since", "until"), (_("起"), _("止")), shown, strict=True
                ):
                    self.fields[f"{edge}_{day}_{n}"] = forms.TimeField(
                        label=f"{words} {label}",
                        required=False,
                        initial=at,
                        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
                    )

    def days(self) -> Iterator[tuple[object, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """Yield each weekday with the pairs of its fields, as the grid shows them."""
        for day, words in WEEKDAYS.items():
            yield (
                words,
                [(self[f"since_{day}_{n}"], self[f"until_{day}_{n}"]) for n in range(STRETCHES)],
            )

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        week: list[Stretch] = []
        for day in WEEKDAYS:
            for n in range(STRETCHES):
                since, until = given.get(f"since_{day}_{n}"), given.get(f"until_{day}_{n}")
                if edges := self._edges(f"until_{day}_{n}", since, until):
                    week.append((day, *edges))
        for day in overlapping(week):
            self.add_error(f"since_{day}_0", _("同一天的时间不能重叠。"))
        return {"week": week}

    def _edges(self, name: str, since: time | None, until: time | None) -> tuple[time, time] | None:
        """Return a whole stretch; half of one, or one that ends before it began, is a fault."""
        if since and until and since < until:
            return since, until
        if since and until:
            self.add_error(name, _("止的时间要晚于起的时间。"))
        elif since or until:
            self.add_error(name, _("起和止都要写，或者都不写。"))
        return None
