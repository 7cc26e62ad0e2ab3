"""How a rate is written, always with what it is a share of (promise P7); and charts of months."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mingchuang.base.templatetags.words import is_chinese
from mingchuang.base.typing import Text
from mingchuang.cases.queries.figures import FiguresLine
from mingchuang.cases.rules.figures import DEFINITIONS, Left, Part, Period, Rate
from mingchuang.cases.rules.numbers import RETYPED, Number
from mingchuang.cases.words import (
    KINDS,
    MEASURE_WORDS,
    RATE_SENTENCES,
    RATES,
    SIDES,
    label,
)

register = template.Library()

WIDTH, HEIGHT, FOOT = 360, 150, 122
TALL = 96


@register.filter
def share(rate: Rate, href: str = "") -> SafeString:
    """{{ rate|share:href }}: 97.4% 38/39 未计入 2; each number leads to its rows."""
    return format_html(
        '<span class="share"><b class="num">{}</b> <small class="num">{}/{}</small>{}</span>',
        rate.percent,
        _opens(rate, Part.NUMERATOR, rate.numerator, href),
        _opens(rate, Part.DENOMINATOR, rate.denominator, href),
        _out(rate, href),
    )


def _out(rate: Rate, href: str) -> SafeString | str:
    if not rate.excluded:
        return ""
    number = _opens(rate, Part.EXCLUDED, rate.excluded, href)
    return format_html(' <small class="num quiet">{} {}</small>', SIDES[Part.EXCLUDED], number)


def _opens(rate: Rate, part: Part, count: int, href: str) -> SafeString | int:
    return _leading(href, Number(rate.name, part), f"{RATES[rate.name]} {SIDES[part]}", count)


def _leading(href: str, number: Number, words: Text, count: int) -> SafeString | int:
    """Let a count lead to its rows, where there are any to be read."""
    if not href:
        return count
    return format_html(
        '<a href="{}&amp;{}" aria-label="{} {}">{}</a>',
        SafeString(href),
        number.asked,
        words,
        count,
        count,
    )


@register.simple_tag
def number(line: FiguresLine, measure: str, href: str = "") -> SafeString | int:
    """{% number row.line "replies" row.rows %}: 38, leading to its rows."""
    return _leading(href, Number(measure), MEASURE_WORDS[measure], line.counts[measure,])


@register.simple_tag
def left_number(rate: Rate, left: Left, href: str = "") -> SafeString | int:
    """{% left_number rate left all_rows %}: how many for this reason, leading to its rows."""
    one = Number(rate.name, Part.EXCLUDED, left.reason, left.badge)
    return _leading(href, one, number_name(one), left.count)


@register.simple_tag
def change_number(change: Number, count: int, href: str = "") -> SafeString | int:
    """{% change_number change n all_rows %}: how many changed their type so."""
    return _leading(href, change, number_name(change), count)


@register.filter
def change_name(change: Number) -> str:
    """投诉 → 咨询."""
    return f"{label(KINDS, change.old)} → {label(KINDS, change.new)}"


@register.filter
def number_name(number: Number) -> str:
    """按时答复率 · 未计入 · 不可抗力 · 工号 S1."""
    if number.what == RETYPED:
        return f"{MEASURE_WORDS[RETYPED]} · {change_name(number)}"
    if number.what not in DEFINITIONS:
        return str(MEASURE_WORDS[number.what])
    words = [RATES[number.what], SIDES[number.part]]
    words += [measure(number.reason)] if number.reason else []
    words += [_("工号 %s") % number.approver] if number.approver else []
    return " · ".join(map(str, words))


@register.filter
def rate_name(rate: Rate) -> Text:
    return RATES[rate.name]


@register.filter
def rate_sentence(rate: Rate) -> Text:
    return RATE_SENTENCES[rate.name]


@register.filter
def measure(code: str) -> Text:
    """{{ row.what|measure }}: what a row counts as, or why it was left out."""
    return MEASURE_WORDS.get(code, code)


@register.filter
def month(period: Period) -> str:
    """2026年11月 · Nov 2026."""
    first = period.first
    return f"{first.year}年{first.month}月" if is_chinese() else f"{first:%b %Y}"


@dataclass(frozen=True)
class Bar:
    """One column of a chart; `words` say what a reader sees only as a height."""

    x: int
    y: int
    wide: int
    tall: int
    kind: str
    words: str
    label: str
    at: int


@dataclass(frozen=True)
class Chart:
    """A chart drawn on the server: its columns, the months below them, and what it says."""

    title: Text
    caption: str
    bars: Sequence[Bar]
    months: Sequence[tuple[int, str]]
    legend: Sequence[tuple[str, Text]] = ()
    full: int = 0


def _below(months: Sequence[Period]) -> list[tuple[int, str]]:
    step = WIDTH // len(months)
    return [(step * n + step // 2, str(month.first.month)) for n, month in enumerate(months)]


def counts_chart(months: Sequence[tuple[Period, int, int]]) -> Chart:
    """Draw what came in beside what was answered, month by month."""
    most = max([1, *(max(came, answered) for _month, came, answered in months)])
    step = WIDTH // len(months)
    bars: list[Bar] = []
    for n, (period, *pair) in enumerate(months):
        named = zip(("came", "answered"), (_("收到"), _("答复")), pair, strict=True)
        for i, (kind, said, count) in enumerate(named):
            tall = round(TALL * count / most)
            is_peak = count == most and not any(bar.label for bar in bars)
            x = step * n + 3 + 12 * i
            words = f"{month(period)} {said} {count}"
            bars.append(
                Bar(x, FOOT - tall, 10, tall, kind, words, str(count) if is_peak else "", x + 5)
            )
    period, came, answered = months[-1]
    caption = _("%(month)s：收到 %(came)s 件，答复 %(answered)s 件。")
    told = caption % {"month": month(period), "came": came, "answered": answered}
    legend = [("came", _("收到")), ("answered", _("答复"))]
    return Chart(_("收到与答复"), told, bars, _below([one for one, *_ in months]), legend)


def rate_chart(months: Sequence[tuple[Period, Rate]]) -> Chart:
    """Draw one rate month by month, from 0 to 100 %; where nothing was due nothing is drawn."""
    step = WIDTH // len(months)
    bars: list[Bar] = []
    for n, (period, rate) in enumerate(months):
        tall = round(TALL * (rate.tenths or 0) / 1000)
        last = n == len(months) - 1 or rate.tenths is None
        words = f"{month(period)} {rate.percent} ({rate.numerator}/{rate.denominator})"
        label = rate.percent.removesuffix("%") if last else ""
        x = step * n + 5
        bars.append(Bar(x, FOOT - tall, 20, tall, "share", words, label, x + 10))
    period, rate = months[-1]
    told = f"{month(period)} · {rate.percent} ({rate.numerator}/{rate.denominator})"
    below = _below([one for one, _rate in months])
    return Chart(RATES[rate.name], told, bars, below, full=FOOT - TALL)
