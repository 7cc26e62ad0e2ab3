"""What is typed about the standards and the lists made of them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text
from mingchuang.reviews.forms.inspections import words
from mingchuang.reviews.rules.standards import LARGEST, TENTHS, Method
from mingchuang.reviews.words.inspections import CHAPTERS, METHODS

Lines = Sequence[tuple[int, Text]]


class ClauseForm(forms.Form):
    """A clause that hangs on the wall from today."""

    chapter = forms.ChoiceField(label=_("哪一方面"), choices=CHAPTERS)
    code = forms.SlugField(
        label=_("条款号"), max_length=20, help_text=_("数字、字母和短横，例如 3 或者 3-1。")
    )
    text = words(_("条款"), help_text=_("写得能看出做到没有：一条只说一件事。"))


class AmendForm(forms.Form):
    """A clause in other words."""

    text = words(_("从今天起怎么写"), help_text=_("原来的写法会保留，按它查过的不变。"))


class ChecklistForm(forms.Form):
    """Which clauses are looked at, how, and what they are worth: a row of answers for each."""

    name = forms.CharField(label=_("检查表名称"), max_length=80)

    def __init__(self, *given: Any, clauses: Lines, **start: Any) -> None:
        super().__init__(*given, **start)
        self.pks = [pk for pk, _words in clauses]
        for pk, text in clauses:
            self.fields[f"take-{pk}"] = forms.BooleanField(label=text, required=False)
            self.fields[f"method-{pk}"] = forms.ChoiceField(
                label=_("怎么查"), choices=METHODS, initial=Method.LOOK, required=False
            )
            self.fields[f"maximum-{pk}"] = _points(_("满分"), 10)
            self.fields[f"deduction-{pk}"] = _points(_("每处扣"), 2)

    @property
    def rows(self) -> list[tuple[forms.BoundField, ...]]:
        names = ("take", "method", "maximum", "deduction")
        return [tuple(self[f"{name}-{pk}"] for name in names) for pk in self.pks]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for pk in self.pks:
            if not given.get(f"take-{pk}"):
                continue
            maximum, deduction = given.get(f"maximum-{pk}"), given.get(f"deduction-{pk}")
            if maximum is None or deduction is None:
                self._lacks(pk, maximum)
            elif deduction > maximum:
                self.add_error(f"deduction-{pk}", _("每处扣的分不能多于满分。"))
        return given

    def _lacks(self, pk: int, maximum: object) -> None:
        name = "deduction" if maximum is not None else "maximum"
        if not self.has_error(f"{name}-{pk}"):
            self.add_error(f"{name}-{pk}", _("请写分数。"))

    def lines(self) -> list[tuple[int, str, int, int]]:
        """Return what was ticked, points in tenths."""
        given = self.cleaned_data
        return [
            (
                pk,
                given[f"method-{pk}"] or Method.LOOK.value,
                int(given[f"maximum-{pk}"] * TENTHS),
                int(given[f"deduction-{pk}"] * TENTHS),
            )
            for pk in self.pks
            if given[f"take-{pk}"]
        ]


def _points(label: Text, initial: int) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        initial=initial,
        required=False,
        min_value=1 / TENTHS,
        max_value=LARGEST / TENTHS,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.1"}),
    )
