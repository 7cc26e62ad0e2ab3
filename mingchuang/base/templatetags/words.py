"""How days, moments and amounts are written on every page, in the reader's language."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.translation import get_language

register = template.Library()

CHINESE_DAYS = "一二三四五六日"


def is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


@register.filter
def day(value: date | datetime | None) -> str:
    """2026年11月22日 周日 · Sun 22 Nov 2026."""
    if value is None:
        return ""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    if is_chinese():
        return f"{local.year}年{local.month}月{local.day}日 周{CHINESE_DAYS[local.weekday()]}"
    return f"{local:%a} {local.day} {local:%b} {local.year}"


@register.filter
def clock(value: datetime | None) -> str:
    """15:30, in the town's own time."""
    return "" if value is None else f"{timezone.localtime(value):%H:%M}"


@register.filter
def moment(value: datetime | None) -> str:
    """2026年11月22日 周日 15:30 · Sun 22 Nov 2026 15:30."""
    return "" if value is None else f"{day(value)} {clock(value)}"
