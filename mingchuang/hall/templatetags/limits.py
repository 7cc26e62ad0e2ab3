"""Due times on a page: when, how long still, and why."""

from datetime import datetime

from django import template

from mingchuang.hall.rules.days import WorkCalendar
from mingchuang.hall.rules.left import remaining
from mingchuang.hall.rules.trace import Trace
from mingchuang.hall.words.tables import HOLIDAYS, OPEN_KINDS
from mingchuang.hall.words.times import due_words, named_day, time_left_words
from mingchuang.hall.words.traces import trace_sentences

register = template.Library()
register.filter("named_day", named_day)


@register.filter
def due(at: datetime | None) -> str:
    """{{ case.due_at|due }}: 2026年11月27日 周五 24:00."""
    return due_words(at) if at else ""


@register.filter
def open_kind(kind: str) -> str:
    """{{ open.kind|open_kind }}: what is special about a day, nothing on an ordinary one."""
    return str(OPEN_KINDS.get(kind, ""))


@register.filter
def holiday(note: str) -> str:
    """{{ open.note|holiday }}: the name of a holiday; any other note as it was written."""
    return str(HOLIDAYS.get(note, note))


@register.simple_tag
def time_left(at: datetime | None, now: datetime, calendar: WorkCalendar) -> str:
    """{% time_left case.due_at now calendar %}: 还剩 2 个工作日 3 小时."""
    return time_left_words(remaining(now, at, calendar)) if at else ""


@register.inclusion_tag("hall/trace.html")
def trace(told: Trace | None) -> dict[str, object]:
    """{% trace case.trace %}: why it is this day, folded away until somebody asks."""
    return {"sentences": trace_sentences(told) if told else []}
