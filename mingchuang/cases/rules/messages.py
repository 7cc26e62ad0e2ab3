"""One row of a workbook as a message: clean values, or everything that is wrong with it.

Cells come as a workbook holds them: text, numbers, moments without a zone (Beijing time), or
`Formula`. Nothing is guessed: what cannot be read is a fault that names its column.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from mingchuang.hall.rules.days import BEIJING
from mingchuang.hall.rules.kinds import Kind

NUMBER, NAME, TITLE, AT, TEXT = "留言编号", "留言用户", "留言主题", "留言时间", "留言详情"
REPLY, REPLIED_AT, KIND = "答复意见", "答复时间", "类型"
NEEDED = (NUMBER, NAME, TITLE, AT, TEXT)
ANSWER = (REPLY, REPLIED_AT)
COLUMNS = (*NEEDED, *ANSWER, KIND)

# More than this, in characters, is no message but a mistake.
LONGEST = {NUMBER: 40, NAME: 60, TITLE: 120, TEXT: 20_000, REPLY: 20_000}
EARLIEST = datetime(1990, 1, 1, tzinfo=BEIJING)
KINDS: Mapping[str, Kind] = {
    "咨询": Kind.INQUIRY,
    "求助": Kind.ASSISTANCE,
    "投诉": Kind.COMPLAINT,
    "举报": Kind.REPORT,
    "建议": Kind.SUGGESTION,
    "表扬": Kind.PRAISE,
    "其他": Kind.OTHER,
    "": Kind.OTHER,
}
MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[ T]*(\d{1,2})[:：时点](\d{1,2})分?(?:[:：]?(\d{1,2})秒?(?:\.\d+)?)?)?",
    re.ASCII,
)
# What no database and no page can show: control characters and halves of a character.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Formula:
    """A cell that is computed, or whose computing failed: it is not what somebody wrote."""

    text: str


Cell: TypeAlias = "str | int | float | datetime | date | time | timedelta | Formula | None"


@dataclass(frozen=True)
class Message:
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
    """What is wrong with the cell in `column`; worded in `cases.workbook.words`."""

    column: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


def missing_columns(header: Sequence[str]) -> list[str]:
    """Return the columns without which no row can be a message."""
    return [column for column in NEEDED if column not in header]


def read_message(cells: Mapping[str, Cell], *, now: datetime) -> Message | list[Fault]:
    """Return the message in a row, given by column name, or all of its faults."""
    texts = {name: clean(_plain(cell)) for name, cell in cells.items()}
    answered = all(column in cells for column in ANSWER)
    faults = [
        *_unreadable(cells, texts),
        *_left_out(texts, answered=answered),
        *_untimely(cells, now=now),
    ]
    if faults:
        return faults
    return Message(
        number=texts[NUMBER],
        name=texts[NAME],
        title=texts[TITLE],
        text=texts[TEXT],
        at=moment(cells[AT]) or now,
        kind=KINDS[texts.get(KIND, "")],
        reply=texts[REPLY] if answered else "",
        replied_at=moment(cells[REPLIED_AT]) if answered else None,
    )


def key_of(unit: str, number: str) -> str:
    """Return the key by which a message is taken in once: 64 hex digits."""
    return hashlib.sha256(f"import\n{unit}\n{number}".encode()).hexdigest()


def clean(text: str) -> str:
    """Return the text without what copying left in it; cleaning again changes nothing.

    Tabs become one space, line ends lose their blanks, more than one empty line is one.
    """
    text = UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = re.sub(r"[ \t]*\t[ \t]*", " ", text)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" *\n *", "\n", text)).strip()


def moment(cell: Cell) -> datetime | None:
    """Return the moment a cell tells, in Beijing; None where it tells none.

    A day without a clock time is its beginning.
    """
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=BEIJING)
    if isinstance(cell, date):
        return datetime.combine(cell, time(), BEIJING)
    found = MOMENT.fullmatch(clean(cell)) if isinstance(cell, str) else None
    try:
        return datetime(*(int(n or 0) for n in found.groups()), tzinfo=BEIJING) if found else None
    except ValueError:
        return None


def is_on_time(*, due_at: datetime, replied_at: datetime | None, now: datetime) -> bool | None:
    """Say whether the answer came in time; None while none is owed yet (promise P15)."""
    if replied_at is None:
        return False if now >= due_at else None
    return replied_at < due_at


def _plain(cell: Cell) -> str:
    if cell is None or isinstance(cell, Formula):
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _unreadable(cells: Mapping[str, Cell], texts: Mapping[str, str]) -> Iterator[Fault]:
    """Cells whose content cannot be taken as it stands."""
    for column in COLUMNS:
        if isinstance(cells.get(column), Formula):
            yield Fault(column, "formula")
    for column, most in LONGEST.items():
        if len(texts.get(column, "")) > most:
            yield Fault(column, "too_long", {"most": most, "length": len(texts[column])})
    if texts.get(KIND, "") not in KINDS:
        yield Fault(KIND, "no_kind", {"text": texts[KIND]})


def _left_out(texts: Mapping[str, str], *, answered: bool) -> Iterator[Fault]: ...
