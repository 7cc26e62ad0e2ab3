"""How points are written, and the chart of a hall's inspections."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django import template
from django.utils.translation import gettext as _

from mingchuang.base.templatetags.words import day
from mingchuang.cases.templatetags.figures import FOOT, TALL, WIDTH, Bar, Chart
from mingchuang.reviews.rules.inspections import points_text

if TYPE_CHECKING:
    from mingchuang.reviews.models import Inspection

register = template.Library()
MOST_BARS = 12


@register.filter
def points(tenths: int | None) -> str:
    """{{ item.maximum|points }}: 2.5."""
    return "" if tenths is None else points_text(tenths)


@register.filter
def scored(inspection: "Inspection") -> str:
    """86.5 / 95: never the one without the other."""
    if inspection.points is None or inspection.whole is None:
        return ""
    return f"{points_text(inspection.points)} / {points_text(inspection.whole)}"


def trend_chart(inspections: Sequence["Inspection"]) -> Chart:
    """Draw what was left of the points there were to be had, walk by walk: one hall with itself."""
    shown = inspections[-MOST_BARS:]
    step = WIDTH // max(len(shown), 4)
    bars = [_bar(one, step * n + step // 2) for n, one in enumerate(shown)]
    below = [
        (step * n + step // 2, f"{one.day.month}-{one.day.day}") for n, one in enumerate(shown)
    ]
    caption = _("最近 %(n)s 次；横线是满分。") % {"n": len(shown)}
    return Chart(_("得分占应得分"), caption, bars, below, full=FOOT - TALL)


def _bar(one: "Inspection", at: int) -> Bar:
    tall = round(TALL * (one.points or 0) / (one.whole or 1))
    words = f"{day(one.day)} {scored(one)}"
    # The bar is a share: 70 of 85 stands taller than 80 of 100.
    label = scored(one).replace(" ", "")
    return Bar(at - 10, FOOT - tall, 20, tall, "share", words, label, at)
