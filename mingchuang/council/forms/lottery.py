"""What a convenor asks of a lottery: seats, the share of opponents, and a slider for each quota."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text
from mingchuang.council.rules.asking import Terms, suggested
from mingchuang.council.rules.lottery.pool import Quota
from mingchuang.council.rules.quorum import USUAL_SHARE
from mingchuang.council.words.lots import category_word, feature_word

FEWEST, MOST, USUAL = 2, 200, 16


class Row(NamedTuple):
    """One feature with how many have it, and the fewest and the most that are seated."""

    name: Text
    many: int
    least: forms.BoundField
    most: forms.BoundField


class Group(NamedTuple):
    """One category: whether it is balanced, and its rows."""

    name: Text
    used: forms.BoundField | None
    rows: list[Row]


def _seats(most: int) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "seats", "max": most, "data-slides": ""})
    return forms.IntegerField(min_value=0, max_value=most, required=False, widget=widget)


class TermsForm(forms.Form):
    """`counts` are the features of the register; what is not sent stands as they are made up."""

    size = forms.IntegerField(
        label=_("席位"),
        min_value=FEWEST,
        max_value=MOST,
        help_text=_("议事一般 10—20 人。必须在场的人也占席位。"),
    )
    share = forms.IntegerField(
        label=_("反对者至少占百分之几"),
        min_value=0,
        max_value=100,
        help_text=_("至少两位；反对者不够时，有几位安排几位。一户只来一人。"),
    )
    # How many seats the quotas on the page were meant for.
    meant_for = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *given: Any, counts: Mapping[str, Mapping[str, int]], size: int = USUAL, **named: Any
    ) -> None:
        usual = {"size": size, "share": USUAL_SHARE, **named.get("initial", {})}
        named["initial"] = {**usual, "meant_for": usual["size"]}
        super().__init__(*given, **named)
        self.counts = counts
        for category, told in counts.items():
            self.fields[f"use_{category}"] = forms.BooleanField(
                label=_("按登记的比例平衡"), required=False
            )
            for at, (least, most) in enumerate(suggested(told, usual["size"]).values()):
                for which, seats in (("least", least), ("most", most)):
                    name = f"{category}-{at}-{which}"
                    self.fields[name] = _seats(MOST if self.is_bound else usual["size"])
                    self.initial.setdefault(name, seats)

    @property
    def groups(self) -> list[Group]:
        return [
            Group(
                category_word(category),
                self[f"use_{category}"],
                [
                    Row(
                        feature_word(category, name),
                        many,
                        self[f"{category}-{at}-least"],
                        self[f"{category}-{at}-most"],
                    )
                    for at, (name, many) in enumerate(told.items())
                ],
            )
            for category, told in self.counts.items()
        ]

    @property
    def is_resized(self) -> bool:
        """Whether the seats are others than the quotas were meant for."""
        return bool(self.cleaned_data.get("meant_for") != self.cleaned_data["size"])

    def resized(self) -> "TermsForm":
        """Return the form with quotas for as many seats as are asked for now."""
        asked = ("size", "share", *(f"use_{category}" for category in self.counts))
        initial = {name: self.cleaned_data[name] for name in asked}
        return TermsForm(counts=self.counts, initial=initial)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("meant_for") != given.get("size"):
            return given
        for quota, name in self._quotas(given):
            if quota.least > quota.most:
                row = {
                    "category": category_word(quota.category),
                    "feature": feature_word(quota.category, quota.feature),
                }
                told = _("%(category)s·%(feature)s：最多不能比最少还小。") % row
                self.add_error(f"{name}-most", told)
        return given

    def terms(self) -> Terms:
        """Return what is asked for; before anything was sent, what the form shows."""
        given = self.cleaned_data if self.is_bound else self.initial
        return Terms(given["size"], given["share"], [one for one, _name in self._quotas(given)])

    def _quotas(self, given: Mapping[str, Any]) -> list[tuple[Quota, str]]:
        size = given.get("size") or MOST
        found = []
        for category, told in self.counts.items():
            if not given.get(f"use_{category}"):
                continue
            for at, feature in enumerate(told):
                name = f"{category}-{at}"
                least, most = given.get(f"{name}-least"), given.get(f"{name}-most")
                bounds = least or 0, size if most is None else most
                found.append((Quota(category, feature, *bounds), name))
        return found


def used_in(terms: Terms, counts: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """Return the terms of an earlier try as the form shows them."""
    shown: dict[str, Any] = {"size": terms.size, "share": terms.share}
    for quota in terms.quotas:
        features = list(counts.get(quota.category, {}))
        if quota.feature in features:
            name = f"{quota.category}-{features.index(quota.feature)}"
            shown |= {f"use_{quota.category}": True, f"{name}-least": quota.least}
            shown[f"{name}-most"] = quota.most
    return shown
