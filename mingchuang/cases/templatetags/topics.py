"""How a topic grows, as a small drawing; the numbers stand beside it."""

from typing import NamedTuple

from django import template

from mingchuang.cases.rules.groups import Trend

register = template.Library()
WIDTH, HEIGHT, GAP = 120, 32, 2


class Bar(NamedTuple):
    """One part of the window; an empty part is a hairline, so that the row is seen."""

    x: int
    y: int
    width: int
    height: int
    is_later: bool


@register.inclusion_tag("cases/_sparkline.html")
def sparkline(trend: Trend) -> dict[str, object]:
    """{% sparkline topic.trend %}: bars for the window, its later half in a stronger colour."""
    most, count = max([1, *trend.parts]), len(trend.parts)
    step = WIDTH // count
    heights = [max(1, round(HEIGHT * n / most)) for n in trend.parts]
    bars = [
        Bar(i * step, HEIGHT - high, step - GAP, high, 2 * i >= count)
        for i, high in enumerate(heights)
    ]
    return {"bars": bars, "trend": trend, "width": WIDTH, "height": HEIGHT}
