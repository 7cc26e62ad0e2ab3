"""How heads, areas, amounts and the four bars of an owners' ballot are written on a page."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mingchuang.base.typing import Text
from mingchuang.council.rules.account import Paid
from mingchuang.council.rules.ballot import Measure, Threshold
from mingchuang.council.rules.shares import yuan as written
from mingchuang.council.words.ballots import BALLOT_OUTCOMES, BARS, PAID

register = template.Library()


@register.filter
def yuan(cents: int | None) -> str:
    """1,234.56"""
    return "" if cents is None else written(cents)


@register.filter
def square(hundredths: int) -> str:
    """212.5: what stands behind the point only where it is something."""
    text = f"{hundredths // 100:,}.{hundredths % 100:02d}".rstrip("0")
    return text.removesuffix(".")


@register.filter
def heads(count: int) -> str:
    """66 位"""
    return ngettext("%(n)s 位", "%(n)s 位", count) % {"n": f"{count:,}"}


@register.filter
def metres(hundredths: int) -> str:
    """212.5 平方米"""
    return _("%(n)s 平方米") % {"n": square(hundredths)}


@register.filter
def in_measure(count: int, bar: Threshold) -> str:
    """66 位, or 212.5 平方米: as the bar measures."""
    return heads(count) if bar.measure == Measure.HEADS else metres(count)


@register.filter
def bar_name(bar: Threshold) -> Text:
    return BARS[bar.stage, bar.measure]


@register.filter
def bar_told(bar: Threshold) -> str:
    """10 位中有 5 位（50.00%）；须三分之二以上，即 7 位。"""
    told = _("%(of)s中有 %(reached)s（%(percent)s）；须%(share)s，即 %(needed)s。")
    counts = {"of": bar.of, "reached": bar.reached, "needed": bar.needed}
    words = {name: in_measure(count, bar) for name, count in counts.items()}
    return told % {**words, "percent": _percent(bar), "share": _share(bar)}


@register.filter
def bar_mark(bar: Threshold) -> str:
    """66.67: how far along its line, in hundredths, a bar is enough."""
    return f"{100 * min(bar.needed, bar.of) / bar.of if bar.of else 100:.2f}"


def _share(bar: Threshold) -> str:
    return {
        (2, 3): _("三分之二以上"),
        (3, 4): _("四分之三以上"),
        (1, 2): _("过半数"),
    }[bar.share.as_integer_ratio()]


def _percent(bar: Threshold) -> str:
    """66.66 %: cut off and never rounded up, so that no bar looks met that is not."""
    hundredths = bar.reached * 10_000 // bar.of if bar.of else 0
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


@register.filter
def outcome_name(outcome: str) -> Text:
    return dict(BALLOT_OUTCOMES)[outcome]


@register.filter
def paid_name(state: Paid) -> Text:
    return PAID[state]


@register.filter
def get(table: Mapping[Any, Any], key: Any) -> Any:
    return table.get(key)
