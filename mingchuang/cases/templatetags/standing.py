"""How a case stands, in a few words: what presses, how long is left, how long it has waited."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mingchuang.base.typing import Text
from mingchuang.cases.models.case import Case
from mingchuang.cases.rules.life import RUNNING, State
from mingchuang.cases.rules.watch import PATIENCE, Watch
from mingchuang.cases.words import KINDS, LIKES, STATES, TRENDS, URGENCIES, label
from mingchuang.hall.rules.days import WorkCalendar
from mingchuang.hall.rules.left import remaining
from mingchuang.hall.words.times import named_day, time_left_words

register = template.Library()

AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)


class Sign(NamedTuple):
    """A few words and their tone: `late`, `soon`, or nothing."""

    words: Text
    tone: str = ""


@register.simple_tag
def standing(case: Case, now: datetime, calendar: WorkCalendar) -> SafeString:
    """{% standing case now calendar %}: 督办 · 还剩 2 个工作日 3 小时."""
    signs = signs_of(case, now, calendar)
    tags = ((f"tag {sign.tone}".strip(), sign.words) for sign in signs)
    return format_html_join(" ", '<span class="{}">{}</span>', tags)


# Django's own `get_kind_display` translates every kind there is, for each line of a list.
@register.filter
def kind(case: Case) -> Text:
    """{{ case|kind }}: 投诉."""
    return label(KINDS, case.kind)


@register.filter
def matter(case: Case) -> Text:
    """{{ case|matter }}: 投诉; 诉求 where nobody said what kind."""
    return _("诉求") if case.kind == "other" else label(KINDS, case.kind)


@register.filter
def state(case: Case) -> Text:
    """{{ case|state }}: 待回访."""
    return label(STATES, case.state)


@register.filter
def alarm(case: Case) -> Text:
    """{{ case|alarm }}: 紧急 or 特急; nothing where nothing presses."""
    if getattr(case, "emergency", False) and case.urgency == "normal":
        return label(URGENCIES, "urgent")
    return "" if case.urgency == "normal" else label(URGENCIES, case.urgency)


@register.filter
def how_like(word: str) -> Text:
    """{{ like.word|how_like }}: 很像, 比较像, 有点像."""
    return LIKES[word]


@register.filter
def how_it_goes(word: str) -> Text:
    """{{ topic.trend.word|how_it_goes }}: 越来越多, 在减少, 平稳."""
    return TRENDS[word]


@register.filter
def is_owed(case: Case) -> bool:
    """{% if case|is_owed %}: whether an answer is still promised."""
    return case.state in RUNNING


@register.filter
def is_waited_for(case: Case) -> bool:
    """{% if case|is_waited_for %}: whether there is no answer yet, be it promised or put off."""
    return case.is_open and case.state != State.REPLIED


@register.filter
def is_answered(case: Case) -> bool:
    """{% if case|is_answered %}: whether the answer is there and people are asked about it."""
    return case.state == State.REPLIED


def signs_of(case: Case, now: datetime, calendar: WorkCalendar) -> Iterator[Sign]:
    """Yield what the line of a case says of it, the most pressing first."""
    if case.watch == Watch.SUPERVISED and case.is_open:
        yield Sign(_("督办"), "late")
    if case.state == State.REPLIED:
        if getattr(case, "unread", False):
            yield Sign(_("有新补充"), "soon")
        yield Sign(_("待回访"))
    elif case.state == State.PAUSED:
        yield from _rest(getattr(case, "review_on", None), localdate(now))
    elif case.state in RUNNING:
        yield _clock(case, now, calendar)


def _rest(review_on: date | None, today: date) -> Iterator[Sign]:
    if review_on is not None and review_on <= today:
        yield Sign(_("该复核了"), "soon")
    elif review_on is not None:
        yield Sign(_("%(day)s复核") % {"day": named_day(review_on)})


def _clock(case: Case, now: datetime, calendar: WorkCalendar) -> Sign:
    if case.due_at is None:
        length = now - case.received_at
        presses = case.state == State.RECEIVED and length >= PATIENCE
        return Sign(waited(length), "soon" if presses else "")
    left = time_left_words(remaining(now, case.due_at, calendar))
    if case.due_at <= now:
        return Sign(left, "late")
    warned = case.watch or (case.warn_at and case.warn_at <= now)
    return Sign(left, "soon" if warned else "")


def waited(length: timedelta) -> Text:
    """已等 2 天 · 已等 3 小时 · 刚到."""
    days, hours = length // A_DAY, length // AN_HOUR
    if days > 0:
        return ngettext("已等 %(n)s 天", "已等 %(n)s 天", days) % {"n": days}
    if hours > 0:
        return ngettext("已等 %(n)s 小时", "已等 %(n)s 小时", hours) % {"n": hours}
    return _("刚到")
