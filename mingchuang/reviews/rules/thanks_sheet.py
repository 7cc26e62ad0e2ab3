"""One row of an old register of thanks: clean values, or everything that is wrong with it. Pure."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from mingchuang.cases.rules.letters import COMPUTED, Cell, Fault, clean, moment
from mingchuang.reviews.rules.thanks import Kind

DAY, KIND, UNIT, BADGE, GIVER, WORDS, HANGS, WHOM = (
    *("日期", "类别", "受表扬单位", "受表扬人工号", "致谢人", "内容", "悬挂位置", "受表扬人"),
)
COLUMNS = (DAY, KIND, UNIT, BADGE, GIVER, WORDS, HANGS, WHOM)
NEEDED = (DAY, KIND, UNIT)
KINDS: Mapping[str, Kind] = {
    "锦旗": Kind.BANNER,
    "感谢信": Kind.LETTER,
    "表扬信": Kind.LETTER,
    "留言": Kind.WORDS,
    "口头感谢": Kind.WORDS,
    "感谢的话": Kind.WORDS,
}
LONGEST = {UNIT: 100, BADGE: 20, GIVER: 100, WORDS: 2000, HANGS: 80, WHOM: 100}
# Nothing in a register of today is older than this.
EARLIEST = date(1949, 10, 1)
A_GLIMPSE = 30


class ThanksRow(NamedTuple):
    """One entry of an old register, as somebody wrote it down."""

    given_on: date
    kind: Kind
    unit: str
    badge: str = ""
    giver: str = ""
    words: str = ""
    hangs: str = ""
    # By name, as the register has it where nobody knows the badge.
    whom: str = ""


def read_thanks(cells: Mapping[str, Cell], *, today: date) -> ThanksRow | list[Fault]:
    """Return the entry in a row, given by column name, or every fault, one per column."""
    texts = {column: _text(cells.get(column)) for column in COLUMNS}
    found = ((c, _day_fault(cells, today) if c == DAY else _fault(c, texts[c])) for c in COLUMNS)
    if faults := [Fault(c, code, texts[c][:A_GLIMPSE], len(texts[c])) for c, code in found if code]:
        return faults
    badge = texts[BADGE]
    # What is no badge is a name: 王大姐.
    named = not badge.isascii()
    return ThanksRow(
        given_on=_day(cells.get(DAY)) or EARLIEST,
        kind=KINDS[texts[KIND]],
        unit=texts[UNIT],
        badge="" if named else badge,
        giver=texts[GIVER],
        words=texts[WORDS],
        hangs=texts[HANGS],
        whom=(texts[WHOM] or badge) if named else texts[WHOM],
    )


def _day(cell: Cell) -> date | None:
    found = moment(cell)
    return found.date() if found else None


def _day_fault(cells: Mapping[str, Cell], today: date) -> str:
    cell = cells.get(DAY)
    if not _text(cell):
        return "empty"
    found = _day(cell)
    if found is None:
        return "formula" if COMPUTED.match(_text(cell)) else "no_day"
    return "" if EARLIEST <= found <= today else "odd_day"


def _fault(column: str, text: str) -> str:
    if COMPUTED.match(text):
        return "formula"
    if column in NEEDED and not text:
        return "empty"
    if len(text) > LONGEST.get(column, A_GLIMPSE):
        return "too_long"
    return CHECKS[column](text) if column in CHECKS else ""


def _kind(text: str) -> str:
    return "" if text in KINDS else "no_kind"


CHECKS: Mapping[str, Callable[[str], str]] = {KIND: _kind}


def _text(cell: Cell) -> str:
    """A badge typed as a number is read without its point: 23, not 23.0."""
    if isinstance(cell, float):
        return f"{cell:.12g}"
    return "" if cell is None else clean(str(cell))
