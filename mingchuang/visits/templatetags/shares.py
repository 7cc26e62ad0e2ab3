"""A share with what it is a share of (promise P7), minutes, and how long one waits."""

from typing import Literal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from mingchuang.visits.rules.forecast.shown import LONG, Wait
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
    """{{ wait|how_long }}: 约 20 分钟，少有超过 35 分钟, or 现在不用等; nothing while unknown, and
    nothing is promised beyond the hour at which the doors shut."""
    if not wait:
        return ""
    if wait.free:
        return gettext("现在不用等")
    told = {"about": lasting(wait.middle), "high": lasting(wait.high)}
    if wait.may_be_too_long:
        return _beyond(wait) % {**told, "again": wait.again and f"{wait.again:%H:%M}"}
    if wait.high > wait.middle:
        return gettext("约 %(about)s，少有超过 %(high)s") % told
    return gettext("约 %(about)s") % told


def _beyond(wait: Wait) -> str:
    """Return what is said where the doors shut meanwhile: for the day, or to open again."""
    if wait.again is None:
        shut = gettext("按现在的快慢，关门前可能办不到您")
        return shut if wait.is_too_long else gettext("约 %(about)s，慢的话关门前办不到您")
    if not wait.left:
        return gettext("现在不叫号，%(again)s 继续")
    if wait.is_too_long:
        return gettext("关门前可能办不到您，%(again)s 开门继续")
    return gettext("约 %(about)s，慢的话要等 %(again)s 开门继续")


@register.filter
def how_long_inside(wait: Wait | None) -> str:
    """{{ wait|how_long_inside }}: the same inside a sentence, where English begins small; and
    that nobody calls."""
    words = how_long(wait) or gettext("现在没有窗口在叫号")
    return words[:1].lower() + words[1:]


def lasting(minutes: int) -> str:
    """Return 35 分钟, and past two hours 7.5 小时."""
    if minutes > LONG:
        hours = minutes / 60
        return ngettext("%(n)s 小时", "%(n)s 小时", int(hours)) % {"n": f"{hours:g}"}
    return ngettext("%(n)s 分钟", "%(n)s 分钟", minutes) % {"n": minutes}
