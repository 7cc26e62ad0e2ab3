"""How long somebody has stood and whose turn it is, in the words of the page."""

from datetime import datetime

from django import template
from django.utils.translation import gettext, ngettext

from mingchuang.visits.queries.tickets import Ticket
from mingchuang.visits.words.tickets import told_first

register = template.Library()

A_MINUTE = 60


@register.filter
def minutes_since(until: datetime | None, since: datetime | None) -> str:
    """{{ now|minutes_since:visit.here_at }}: 12 分钟."""
    if until is None or since is None:
        return ""
    return minutes(max(0, int((until - since).total_seconds()) // A_MINUTE))


@register.filter
def minutes(many: int) -> str:
    """{{ 12|minutes }}: 12 分钟; 不到 1 分钟 where it has only begun."""
    if not many:
        return gettext("不到 1 分钟")
    return ngettext("%(n)s 分钟", "%(n)s 分钟", many) % {"n": many}


@register.filter
def first_in_line(ticket: Ticket) -> str:
    """{{ ticket|first_in_line }}: 前面没有人，马上叫到您."""
    return told_first(ticket.turn, is_here=ticket.is_here)
