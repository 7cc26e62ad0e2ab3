"""What figures are asked for, and what is asked to be left out of them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingchuang.cases.forms.deeds import words
from mingchuang.cases.forms.units import UnitField
from mingchuang.cases.rules.figures import BASIS_OF, NO_AREA, Name, Part, Period, month_of
from mingchuang.cases.rules.numbers import RETYPED, Number
from mingchuang.cases.words import EXCLUDABLE, EXCLUSION_REASONS, KINDS, MEASURE_WORDS, SIDES
from mingchuang.people.queries import every_unit

if TYPE_CHECKING:
    from mingchuang.people.models import Unit

# Longer stretches are better asked for year by year.
LONGEST = timedelta(days=731)
DAYS = ("since", "until")
YEARS = range(2000, 2100)


def _day(label: object) -> forms.DateField:
    box = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=box, required=False)  # type: ignore[arg-type]


class FiguresForm(forms.Form):
    """Filters of the public figures; they live in the address, so that a view can be shared."""

    since = _day(_("从"))
    until = _day(_("到"))
    kind = forms.ChoiceField(label=_("类型"), choices=[("", _("全部类型")), *KINDS], required=False)
    area = forms.ChoiceField(label=_("地段"), required=False)

    def __init__(self, asked: Mapping[str, Any], *, areas: list[str], today: date) -> None:
        super().__init__(asked)
        self._today = today
        named = [(name, name) for name in areas]
        choices = [("", _("全部地段")), (NO_AREA, _("未注明")), *named]
        self.fields["area"] = forms.ChoiceField(label=_("地段"), choices=choices, required=False)

    def clean(self) -> dict[str, object]:
        given: dict[str, Any] = super().clean() or {}
        period = self._period()
        for name in DAYS:
            if (day := given.get(name)) and day.year not in YEARS:
                self.add_error(name, _("请选 2000 年到 2099 年之间的日子。"))
        if period.last < period.first:
            self.add_error("until", _("结束的日子早于开始的日子，请对调。"))
        elif period.last - period.first > LONGEST:
            self.add_error("until", _("一次最多统计两年，请缩短。"))
        return given

    def _period(self) -> Period:
        """Return the days asked for: without any, this month so far as it goes."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        first = since or month_of(until or self._today).first
        return Period(first, until or max(month_of(self._today).last, first))

    @property
    def faults(self) -> str:
        """What is to be put right, in one line."""
        said = [
            (self.fields[name].label, one) for name, some in self.errors.items() for one in some
        ]
        return " ".join(f"{label}{gettext('：')}{one}" for label, one in said)

    @property
    def wanted(self) -> dict[str, Any]:
        """What the figures are narrowed to, once the form is valid."""
        named = {name: self.cleaned_data[name] for name in self.fields if name not in DAYS}
        return {"period": self._period(), **named}


class CountedUnitField(UnitField):
    """A unit that figures may be asked of: once out of use, it still has those it had."""

    def __init__(self) -> None:
        super().__init__(_("单位"), required=False, empty_label=_("全部单位"))
        self.queryset = every_unit()

    def label_from_instance(self, unit: "Unit") -> str:
        named = super().label_from_instance(unit)
        return named if unit.active else gettext("%(unit)s（已停用）") % {"unit": named}


class StaffFiguresForm(FiguresForm):
    unit = CountedUnitField()
    # This unit without its parts, as it stands in the table; without a unit: nobody's yet.
    alone = forms.ChoiceField(choices=[("on", "on")], required=False, widget=forms.HiddenInput)

    def clean_alone(self) -> bool:
        return bool(self.cleaned_data["alone"])


class NumberForm(forms.Form):
    """Which number of the figures is meant, as it stands in the address of its rows."""

    what = forms.ChoiceField(choices=[(name, name) for name in (*Name, *BASIS_OF, RETYPED)])
    part = forms.ChoiceField(choices=SIDES.items, required=False)
    reason = forms.ChoiceField(choices=MEASURE_WORDS.items, required=False)
    approver = forms.SlugField(max_length=20, required=False)
    old = forms.ChoiceField(choices=KINDS, required=False)
    new = forms.ChoiceField(choices=KINDS, required=False)

    @property
    def number(self) -> Number:
        part = Part(self.cleaned_data["part"] or Part.DENOMINATOR)
        return Number(**{**self.cleaned_data, "part": part})


class ExcludeForm(forms.Form):
    rate = forms.ChoiceField(label=_("从哪一项统计中剔除"), choices=EXCLUDABLE)
    reason = forms.ChoiceField(label=_("剔除的理由"), choices=EXCLUSION_REASONS)
    text = words(
        _("说明"), help_text=_("须由收件单位的另一位工作人员审核；剔除的件数和理由对外公布。")
    )


class IncludeForm(forms.Form):
    rate = forms.ChoiceField(label=_("恢复计入哪一项统计"), choices=EXCLUDABLE)
    text = words(_("为什么恢复？"))
