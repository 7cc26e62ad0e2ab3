"""Which columns the workbook of a service item has: three of every person, and its own. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    TEXT = "text"
    IDENTITY = "identity"
    MOBILE = "mobile"
    DATE = "date"
    PAST = "past"
    CHOICE = "choice"


@dataclass(frozen=True)
class Column:
    """One column: what it is called, what stands in it, whether it may stay empty."""

    name: str
    kind: Kind
    needed: bool = True
    choices: tuple[str, ...] = ()


NAME, IDENTITY, MOBILE = "姓名", "身份证号码", "手机号码"
BASE = (
    Column(NAME, Kind.TEXT),
    Column(IDENTITY, Kind.IDENTITY),
    Column(MOBILE, Kind.MOBILE),
)
# How a line of the table calls the kinds, and whether a column must be filled in.
KINDS = {"文字": Kind.TEXT, "日期": Kind.DATE, "过去日期": Kind.PAST, "选择": Kind.CHOICE}
NEEDED = {"必填": True, "选填": False}
MOST, LONGEST = 20, 20


class BadLine(NamedTuple):
    """A line that says nothing we understand."""

    line: int
    text: str


def columns_in(text: str) -> tuple[Column, ...] | list[BadLine]:
    """Read the columns of a service item, one a line: `name kind 必填|选填 choice、choice`.

    Return them behind the three of every person, or every line that is wrong.
    """
    lines = [(n, line.split()) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    read = [(n, parts, _column(parts)) for n, parts in lines]
    names = [column.name for column in BASE]
    bad = []
    for n, parts, column in read:
        if column is None or column.name in names or len(names) >= MOST:
            bad.append(BadLine(n, " ".join(parts)))
        else:
            names.append(column.name)
    return bad or (*BASE, *(column for _n, _parts, column in read if column))


def _column(parts: Sequence[str]) -> Column | None:
    if len(parts) not in (3, 4) or parts[1] not in KINDS or parts[2] not in NEEDED:
        return None
    kind = KINDS[parts[1]]
    choices = tuple(one for one in parts[3].split("、") if one) if len(parts) == 4 else ()
    if bool(choices) != (kind == Kind.CHOICE) or len(parts[0]) > LONGEST or parts[0] == "问题":
        return None
    return Column(parts[0], kind, NEEDED[parts[2]], choices)
