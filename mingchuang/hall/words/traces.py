"""A trace told in short sentences: 为什么是这一天."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby

from django.utils.translation import gettext as _

from mingchuang.hall.rules.spans import Measure, StartRule
from mingchuang.hall.rules.trace import WEEKEND, Skipped, Trace
from mingchuang.hall.words.tables import BEGINNINGS, HOLIDAYS, KINDS
from mingchuang.hall.words.times import (
    due_clock,
    month_days,
    named_day,
    short_day,
    short_moment,
    span_words,
)

# More days than this are told by their first and last.
A_READABLE_LIST = 15


def trace_sentences(trace: Trace) -> list[str]:
    """Return the sentences that explain a deadline, in the reader's language, in order."""
    return [
        *_promise(trace),
        *_left_out(trace),
        *_taken_in(trace),
        *_pauses(trace),
        *_extensions(trace),
        *_end(trace),
        *_provisional(trace),
        *_sources(trace),
    ]


def _promise(trace: Trace) -> Iterator[str]:
    start = datetime.fromisoformat(trace["start"])
    in_hours = trace["span"]["measure"] == Measure.HOUR
    kind = KINDS.get(trace["kind"])
    facts = {
        "start": short_moment(start) if in_hours else named_day(start),
        "happened": BEGINNINGS[trace["beginning"]],
        "span": span_words(trace["span"]["amount"], trace["span"]["measure"]),
    }
    limit = _("%(kind)s类 %(span)s") % {"kind": kind, **facts} if kind else facts["span"]
    facts |= {"limit": limit, "days": _counted(trace)}
    if in_hours:
        yield _("%(start)s %(happened)s，%(limit)s，从当时起算。") % facts
    elif trace["start_rule"] == StartRule.SAME_DAY:
        yield _("%(start)s%(happened)s，%(limit)s，从当天起算：%(days)s。") % facts
    else:
        yield _("%(start)s%(happened)s，%(limit)s，从次日起算：%(days)s。") % facts


def _counted(trace: Trace) -> str:
    """23、24、25日; a month is named once, a long count by its ends."""
    days = [date.fromisoformat(day) for day in trace["days"]["counted"]]
    if trace["days"]["all"] > A_READABLE_LIST:
        facts = {
            "first": short_day(days[0]),
            "last": short_day(date.fromisoformat(trace["day"])),
            "span": span_words(trace["days"]["all"], trace["span"]["measure"]),
        }
        return _("%(first)s至%(last)s，共 %(span)s") % facts
    months = groupby(days, key=lambda day: (day.year, day.month))
    return _("，").join(month_days(list(month)) for _month, month in months)


def _left_out(trace: Trace) -> Iterator[str]:
    if any(run["reason"] == WEEKEND for run in trace["days"]["skipped"]):
        yield _("周六、周日不计。")
    for run in trace["days"]["skipped"]:
        if run["reason"] != WEEKEND:
            yield _("%(days)s%(holiday)s放假，不计。") % {
                "days": _run(run),
                "holiday": HOLIDAYS.get(run["reason"], run["reason"]),
            }


def _run(run: Skipped) -> str:
    since, until = date.fromisoformat(run["since"]), date.fromisoformat(run["until"])
    facts = {"since": short_day(since), "until": short_day(until)}
    return short_day(since) if since == until else _("%(since)s至%(until)s") % facts


def _taken_in(trace: Trace) -> Iterator[str]:
    for makeup in trace["days"]["makeup"]:
        day = named_day(date.fromisoformat(makeup["day"]))
        yield _("%(day)s调休上班，计入。") % {"day": day}


def _pauses(trace: Trace) -> Iterator[str]:
    for pause in trace["pauses"]:
        since = short_moment(datetime.fromisoformat(pause["since"]))
        if pause["until"] is None:
            yield _("%(since)s 起暂停计时，恢复后重新推算。") % {"since": since}
        else:
            until = short_moment(datetime.fromisoformat(pause["until"]))
            facts = {"since": since, "until": until}
            yield _("%(since)s 至 %(until)s 暂停计时，恢复后接着算。") % facts


def _extensions(trace: Trace) -> Iterator[str]:
    for extension in trace["added"]:
        span = span_words(extension["amount"], extension["measure"])
        yield _("经批准延期 %(span)s，已算在内。") % {"span": span}


def _end(trace: Trace) -> Iterator[str]:
    due = datetime.fromisoformat(trace["due"])
    day = date.fromisoformat(trace["day"])
    facts = {"day": named_day(day), "clock": due_clock(due)}
    if trace["days"]["moved_from"]:
        facts["moved_from"] = named_day(date.fromisoformat(trace["days"]["moved_from"]))
        yield (
            _(
                "最后一天本是%(moved_from)s，当天不上班或者已经下班，"
                "顺延到%(day)s（《民法典》第二百零三条）。"
            )
            % facts
        )
    if trace["closing"]:
        yield _("%(day)s%(clock)s 下班时截止。") % facts
    else:
        yield _("%(day)s%(clock)s 截止。") % facts


def _provisional(trace: Trace) -> Iterator[str]:
    for year in trace["calendar"]:
        if not year["version"]:
            yield _(
                "%(year)s 年的放假安排还没有导入，这里暂按周一至周五推算；"
                "导入后会重新推算，并留下记录。"
            ) % {"year": year["year"]}


def _sources(trace: Trace) -> Iterator[str]:
    loaded = [year for year in trace["calendar"] if year["version"]]
    texts = dict.fromkeys([trace["source"], *(year["source"] for year in loaded)])
    told = _("、").join(text for text in texts if text)
    if told:
        yield _("依据：%(texts)s。") % {"texts": told}
    if trace["assumed"]:
        yield _("这一项时限在依据里没有写明，按本系统的缺省执行。")
    for year in loaded:
        yield _("%(year)s 年日历版本：%(version)s。") % year
