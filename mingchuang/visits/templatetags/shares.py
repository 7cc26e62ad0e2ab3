"""A share with what it is a share of (promise P7), minutes, and how long one waits."""

from typing import Literal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from mingchuang.visits.rules.forecast.shown import Wait
from mingchuang.visits.rules.shares import percent

register = template.Library()


@register.filter
def out_of(part: int, whole: int) -> SafeString:
    """{{ line.inside|out_of:line.judged }}: 81.2% 812/1000."""
    return format_html(
        '<span class="share"><b class="num">{}</b> <small class="num">{}/{}</small></span>',
        percent(part, whole),
        part,
        whole,
    )


@register.filter
def minutes(value: float | Literal[""] | None) -> str:
    """{{ line.ours.median|minutes }}: 5.2; a dash where nothing is known. A template has "" where
    there is nothing to ask."""
    return "—" if value is None or value == "" else f"{value:.1f}"


@register.filter
def bias(value: float | Literal[""] | None) -> str:
    """{{ line.ours.bias|bias }}: +1.3 or −0.8."""
    if value is None or value == "":
        return "—"
    tenths = round(10 * value)
    return f"{tenths / 10:+.1f}".replace("-", "−") if tenths else "0.0"


@register.filter
def how_long(wait: Wait | None) -> str:
    """{{ wait|how_long }}: 约 20 分钟，少有超过 35 分钟, or 现在不用等; nothing while unknown."""
    if not wait:
        return ""
    if wait.free:
        return gettext("现在不用等")
    if wait.high > wait.middle:
        told = gettext("约 %(n)s 分钟，少有超过 %(high)s 分钟")
        return told % {"n": wait.middle, "high": wait.high}
    return ngettext("约 %(n)s 分钟", "约 %(n)s 分钟", wait.middle) % {"n": wait.middle}
