"""Days, spans and moments as a clerk says them: 11月20日（周五）, 5 个工作日, 还剩 3 小时."""

from datetime import date, datetime, time

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mingchuang.base.templatetags.words import CHINESE_DAYS
from mingchuang.base.templatetags.words import day as full_day
from mingchuang.hall.rules.days import BEIJING
from mingchuang.hall.rules.hours import OpenDay
from mingchuang.hall.rules.left import TimeLeft
from mingchuang.hall.rules.limits import last_day
from mingchuang.hall.rules.spans import Measure


def is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def short_day(day: date) -> str:
    """11月20日 · 20 Nov."""
    return f"{day.month}月{day.day}日" if is_chinese() else f"{day.day} {day:%b}"


def week_day(day: date) -> str:
    """周五 · Fri."""
    return f"周{CHINESE_DAYS[day.weekday()]}" if is_chinese() else f"{day:%a}"


def named_day(day: date) -> str:
    """11月20日（周五） · Fri 20 Nov."""
    if is_chinese():
        return f"{short_day(day)}（{week_day(day)}）"
    return f"{week_day(day)} {short_day(day)}"


def month_days(days: list[date]) -> str:
    """11月23、24、25日 · 23, 24, 25 Nov, for days of one month."""
    if is_chinese():
        return f"{days[0].month}月{'、'.join(str(day.day) for day in days)}日"
    return f"{', '.join(str(day.day) for day in days)} {days[0]:%b}"


def short_moment(at: datetime) -> str:
    """11月20日 15:30 · 20 Nov 15:30."""
    local = at.astimezone(BEIJING)
    return f"{short_day(local)} {local:%H:%M}"


def due_clock(at: datetime) -> str:
    """17:30; the end of a day is 24:00 of that day, never 00:00 of the next."""
    local = at.astimezone(BEIJING)
    return f"{local:%H:%M}" if local.date() == last_day(local) else "24:00"


def due_words(at: datetime) -> str:
    """2026年11月27日 周五 24:00."""
    return f"{full_day(last_day(at))} {due_clock(at)}"


def span_words(amount: int, measure: str) -> str:
    """5 个工作日 · 5 working days."""
    amounts = {
        Measure.HOUR: ngettext("%(n)s 小时", "%(n)s 小时", amount),
        Measure.DAY: ngettext("%(n)s 天", "%(n)s 天", amount),
        Measure.WORKING_DAY: ngettext("%(n)s 个工作日", "%(n)s 个工作日", amount),
    }
    return amounts[Measure(measure)] % {"n": amount}


def doors_words(today: OpenDay, now: time) -> str:
    """现在开放，17:30 关门。"""
    change = today.change_after(now)
    if change is None:
        return _("今天已经关门。") if today.shifts else _("今天不开放。")
    is_open, until = change
    told = _("现在开放，%(at)s 关门。") if is_open else _("现在不开放，今天 %(at)s 开门。")
    return told % {"at": f"{until:%H:%M}"}


def time_left_words(left: TimeLeft) -> str:
    """还剩 2 个工作日 3 小时 · 逾期 4 小时; minutes only in the last hour."""
    days = span_words(left.days, Measure.DAY if left.late else Measure.WORKING_DAY)
    hours = span_words(left.hours, Measure.HOUR)
    minutes = ngettext("%(n)s 分钟", "%(n)s 分钟", left.minutes) % {"n": left.minutes}
    parts = [word for word, amount in ((days, left.days), (hours, left.hours)) if amount]
    told = " ".join(parts or [minutes])
    return (_("逾期 %(time)s") if left.late else _("还剩 %(time)s")) % {"time": told}
