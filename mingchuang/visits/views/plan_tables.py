"""A plan of windows laid out: half hours, what would be if, and the curve of the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from mingchuang.cases.templatetags.figures import FOOT, TALL, WIDTH, Bar, Chart
from mingchuang.visits.rules.demand import HALF_HOUR
from mingchuang.visits.words.plans import IFS

GAP = 2


@dataclass(frozen=True)
class Half:
    """One half hour: what was found of it, and how many windows the rota has there; a window
    shared with other lines is a part of one."""

    told: Mapping[str, Any]
    duty: Fraction | int

    @property
    def rota(self) -> float:
        return _shown(self.duty)

    @property
    def green(self) -> int:
        """Green visitors among a hundred, rounded."""
        return round(100 * float(self.told["green"]))

    @property
    def short(self) -> float:
        """How many windows the rota has too few; below 0: more than are needed."""
        return _shown(int(self.told["windows"]) - self.duty)

    @property
    def spare(self) -> float:
        return -self.short

    @property
    def is_empty(self) -> bool:
        """Whether nobody comes, and nobody is on duty: the doors are shut."""
        return not (self.told["came"] or self.told["windows"] or self.duty)


@dataclass(frozen=True)
class If:
    """What would be if something were otherwise."""

    name: Promise
    told: Mapping[str, Any]


def halves_of(facts: Mapping[str, Any], rota: Mapping[int, Fraction]) -> list[Half]:
    return [Half(told, rota.get(_half(told["from"]), 0)) for told in facts["plan"]]


def ifs_of(facts: Mapping[str, Any]) -> list[If]:
    return [If(IFS[told["what"]], told) for told in facts["what_if"]]


def _shown(windows: Fraction | int) -> float:
    """Return a number of windows to a tenth, a whole one without."""
    return int(windows) if windows == int(windows) else round(float(windows), 1)


def charts_of(halves: Sequence[Half]) -> list[Chart]:
    """Return the curve of the day: who comes, and how many windows that needs beside the rota."""
    return [_visitors(halves), _windows(halves)]


def _visitors(halves: Sequence[Half]) -> Chart:
    counts = [float(half.told["visitors"]) for half in halves]
    most, step = max([1.0, *counts]), WIDTH // len(halves)
    bars = [
        _bar(step * n + GAP, step - 2 * GAP, count / most, "share", words=words, label=label)
        for n, (half, count) in enumerate(zip(halves, counts, strict=True))
        for words in [_("%(at)s：%(n)s 人") % {"at": half.told["from"], "n": f"{count:.1f}"}]
        for label in [f"{count:.1f}" if n == counts.index(max(counts)) else ""]
    ]
    caption = _("平常一天 %(n)s 人") % {"n": f"{sum(counts):.0f}"}
    return Chart(_("每半小时来多少人"), caption, bars, _hours(halves, step))


def _windows(halves: Sequence[Half]) -> Chart:
    pairs = [(half.rota, int(half.told["windows"])) for half in halves]
    most, step = max([1, *map(max, pairs)]), WIDTH // len(halves)
    wide = (step - 2 * GAP) // 2
    bars: list[Bar] = []
    for n, (half, pair) in enumerate(zip(halves, pairs, strict=True)):
        for i, (kind, name) in enumerate((("came", _("排班")), ("answered", _("要开")))):
            words = f"{half.told['from']} {name} {pair[i]}"
            is_peak = pair[i] == most and not any(bar.label for bar in bars)
            label, x = str(most) if is_peak else "", step * n + GAP + (wide + 1) * i
            bars.append(_bar(x, wide, pair[i] / most, kind, words=words, label=label))
    hours = sum(needed for _rota, needed in pairs) * HALF_HOUR / 60
    caption = _("一天共 %(n)s 个窗口小时") % {"n": f"{hours:g}"}
    legend = [("came", _("排班")), ("answered", _("要开"))]
    return Chart(_("要开几个窗口"), caption, bars, _hours(halves, step), legend)


def _bar(x: int, wide: int, share: float, kind: str, *, words: str, label: str) -> Bar:
    tall = round(TALL * share)
    return Bar(x, FOOT - tall, wide, tall, kind, words, label, x + wide // 2)


def _hours(halves: Sequence[Half], step: int) -> list[tuple[int, str]]:
    """Return where each full hour stands below the chart."""
    told = [half.told["from"] for half in halves]
    return [
        (step * n + step // 2, at.removesuffix(":00").lstrip("0") or "0")
        for n, at in enumerate(told)
        if at.endswith(":00")
    ]


def _half(at: str) -> int:
    hour, minute = at.split(":")
    return (int(hour) * 60 + int(minute)) // HALF_HOUR
