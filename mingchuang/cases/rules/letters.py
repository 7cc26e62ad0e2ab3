"""One row of a workbook as a letter: clean values, or everything that is wrong with it.

Cells come as a workbook holds them: text, numbers, moments without a zone (Beijing time), and
formulas as text that begins with “=”. Nothing is guessed: what cannot be read is a fault that
names its column.
"""

import hashlib
import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from mingchuang.hall.rules.days import BEIJING
from mingchuang.hall.rules.kinds import Kind

NUMBER, NAME, TITLE, AT, TEXT = "留言编号", "留言用户", "留言主题", "留言时间", "留言详情"
REPLY, REPLIED_AT, KIND = "答复意见", "答复时间", "类型"
NEEDED = (NUMBER, NAME, TITLE, AT, TEXT)
ANSWER = (REPLY, REPLIED_AT)

# More characters than this are no letter but a mistake.
LONGEST = {NUMBER: 40, NAME: 60, TITLE: 120, TEXT: 20_000, REPLY: 20_000}
EARLIEST = datetime(1990, 1, 1, tzinfo=BEIJING)
KINDS: Mapping[str, Kind] = {
    "": Kind.OTHER,
    "咨询": Kind.INQUIRY,
    "求助": Kind.ASSISTANCE,
    "投诉": Kind.COMPLAINT,
    "举报": Kind.REPORT,
    "建议": Kind.SUGGESTION,
    "表扬": Kind.PRAISE,
    "其他": Kind.OTHER,
}
MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[ T]*(\d{1,2})[:：时](\d{1,2})分?(?:[:：]?(\d{1,2})秒?)?)?",
    re.ASCII,
)
# What a cell holds that is computed, or whose computing failed: not what somebody wrote.
COMPUTED = re.compile(r"=|#(?:REF!|VALUE!|N/A|NAME\?|DIV/0!|NUM!|NULL!)$")
# What no database and no page can show: control characters and halves of a character.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
A_GLIMPSE = 30


Cell: TypeAlias = "str | int | float | datetime | date | time | timedelta | None"


@dataclass(frozen=True)
class Letter:
    """What somebody wrote and, if `replied_at` is set, what the office answered then."""

    number: str
    name: str
    title: str
    text: str
    at: datetime
    kind: Kind = Kind.OTHER
    reply: str = ""
    replied_at: datetime | None = None


@dataclass(frozen=True)
class Fault:
    """What is wrong with the cell in `column`, and how it begins; worded in `workbook.words`."""

    column: str
    code: str
    glimpse: str = ""
    length: int = 0


def read_letter(cells: Mapping[str, Cell], *, now: datetime) -> Letter | list[Fault]:
    """Return the letter in a row, given by column name, or every fault, one per column.

    The columns of the answer count only together; without them the letter has no answer.
    """
    row = _Row(cells, now)
    if faults := row.faults():
        return faults
    texts, answered = row.texts, row.has_answer_columns
    return Letter(
        number=texts[NUMBER],
        name=" ".join(texts[NAME].split()),
        title=" ".join(texts[TITLE].split()),
        text=texts[TEXT],
        at=row.moments[AT] or now,
        kind=KINDS[texts[KIND]],
        reply=texts[REPLY] if answered else "",
        replied_at=row.moments[REPLIED_AT] if answered else None,
    )


def absent(columns: tuple[str, ...], header: Container[str]) -> list[str]:
    """Return which of these columns a header does not name."""
    return [column for column in columns if column not in header]


def key_of(unit: str, number: str) -> str:
    """Return the key by which a letter is taken in only once: 64 hex digits."""
    return hashlib.sha256(f"import\n{unit}\n{number}".encode()).hexdigest()


def clean(text: str) -> str:
    """Return the text without what copying left in it; cleaning again changes nothing.

    Tabs become one space, line ends lose their blanks, several empty lines become one.
    """
    text = UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = re.sub(r" *\t[ \t]*", " ", text)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" *\n *", "\n", text)).strip()


def moment(cell: Cell) -> datetime | None:
    """Return the moment a cell tells, in Beijing; None where it tells none.

    A day without a time of day is its beginning.
    """
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=BEIJING)
    if isinstance(cell, date):
        return datetime.combine(cell, time(), BEIJING)
    found = MOMENT.fullmatch(clean(cell)) if isinstance(cell, str) else None
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(digits or 0) for digits in found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=BEIJING)
    except ValueError:
        return None


class _Row:
    """The cells of one row beside what they say: cleaned texts, and moments."""

    def __init__(self, cells: Mapping[str, Cell], now: datetime) -> None:
        self.cells, self.now = cells, now
        self.texts = {column: _text(cells.get(column)) for column in CHECKS}
        self.moments = {column: moment(cells.get(column)) for column in (AT, REPLIED_AT)}
        self.has_answer_columns = not absent(ANSWER, cells)

    def faults(self) -> list[Fault]:
        columns = [c for c in CHECKS if c not in ANSWER or self.has_answer_columns]
        found = ((column, self._fault(column)) for column in columns)
        return [
            Fault(column, code, self.texts[column][:A_GLIMPSE], len(self.texts[column]))
            for column, code in found
            if code
        ]

    def _fault(self, column: str) -> str:
        return next((code for code in CHECKS[column] if WRONG[code](self, column)), "")

    def since(self, column: str) -> timedelta:
        """How long ago the moment in a column was; what tells none counts as now."""
        return self.now - (self.moments[column] or self.now)


def _text(cell: Cell) -> str:
    whole = isinstance(cell, float) and cell.is_integer()
    return "" if cell is None else clean(f"{cell:.0f}" if whole else str(cell))


# What may be wrong with a cell, and for each column in which order it is looked for.
WRONG: Mapping[str, Callable[[_Row, str], bool]] = {
    "no_column": lambda row, column: column not in row.cells,
    "formula": lambda row, column: COMPUTED.match(row.texts[column]) is not None,
    "empty": lambda row, column: not row.texts[column],
    "too_long": lambda row, column: len(row.texts[column]) > LONGEST[column],
    "no_kind": lambda row, column: row.texts[column] not in KINDS,
    "no_moment": lambda row, column: bool(row.texts[column]) and not row.moments[column],
    "too_early": lambda row, column: row.since(column) > row.now - EARLIEST,
    "future": lambda row, column: row.since(column) < timedelta(),
    "no_reply": lambda row, _: bool(row.texts[REPLIED_AT]) and not row.texts[REPLY],
    "no_reply_time": lambda row, _: bool(row.texts[REPLY]) and not row.texts[REPLIED_AT],
    "reply_first": lambda row, _: row.since(REPLIED_AT) > row.since(AT) > timedelta(),
}
CHECKS: Mapping[str, tuple[str, ...]] = {
    NUMBER: ("no_column", "formula", "empty", "too_long"),
    NAME: ("no_column", "formula", "too_long"),
    TITLE: ("no_column", "formula", "too_long"),
    AT: ("no_column", "formula", "empty", "no_moment", "too_early", "future"),
    TEXT: ("no_column", "formula", "empty", "too_long"),
    REPLY: ("formula", "too_long", "no_reply"),
    REPLIED_AT: ("formula", "no_reply_time", "no_moment", "future", "reply_first"),
    KIND: ("formula", "no_kind"),
}
