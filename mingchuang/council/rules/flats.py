"""One row of a register of flats: clean values, or everything that is wrong with it. Pure.

Areas are read to the hundredth of a square metre, as the register of real estate writes them
(article 8 of the interpretation): nothing is rounded, and what is finer is a fault.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import NamedTuple

from mingchuang.cases.rules.letters import COMPUTED, Cell, Fault, clean
from mingchuang.council.rules.register import household_typed
from mingchuang.council.rules.shares import hundredths
from mingchuang.people.rules.encryption import normal_phone

LABEL, AREA, FLOOR, OWNERS, PHONE, DEVELOPER = (
    *("房号", "专有部分面积", "楼层", "业主", "电话", "未售或未交付"),
)
COLUMNS = (LABEL, AREA, FLOOR, OWNERS, PHONE, DEVELOPER)
NEEDED = (LABEL, AREA, OWNERS)
YES = frozenset({"是", "√", "Y", "YES", "1"})
NO = frozenset({"", "否", "N", "NO", "0"})
LONGEST = {LABEL: 40, OWNERS: 120, PHONE: 40}
# Ten thousand square metres: more is no flat but a mistake.
LARGEST = 10_000_00
FLOORS = range(-5, 121)
A_GLIMPSE = 30
BETWEEN = re.compile(r"[、,，;；/／]+")


class FlatRow(NamedTuple):
    """One flat as somebody wrote it; area in hundredths of a square metre."""

    label: str
    area: int
    owners: str
    phone: str = ""
    floor: int = 1
    with_developer: bool = False


def read_flat(cells: Mapping[str, Cell]) -> FlatRow | list[Fault]:
    """Return the flat in a row, given by column name, or every fault, one per column."""
    texts = {column: _text(cells.get(column)) for column in COLUMNS}
    found = ((column, _fault(column, texts[column], cells)) for column in COLUMNS)
    if faults := [Fault(c, code, texts[c][:A_GLIMPSE], len(texts[c])) for c, code in found if code]:
        return faults
    return FlatRow(
        label=texts[LABEL],
        area=hundredths(_bare(texts[AREA])) or 0,
        owners="、".join(names_in(texts[OWNERS])),
        phone=texts[PHONE],
        floor=int(texts[FLOOR] or 1),
        with_developer=texts[DEVELOPER].upper() in YES,
    )


def names_in(text: str) -> list[str]:
    """Return the names of who owns a flat together: 张三、李四."""
    return [" ".join(name.split()) for name in BETWEEN.split(text) if name.strip()]


def same_owner(row: FlatRow) -> str:
    """Return what the flats of one owner have in common; nothing where it cannot be known.

    Names alone do not do: there are two 张伟 in every estate, and each is a head. The names, in
    whatever order, with a telephone number do; and all that the developer holds.
    """
    if row.with_developer:
        return "developer"
    phone = normal_phone(row.phone)
    names = sorted(household_typed(name) for name in names_in(row.owners))
    return "|".join([*names, phone]) if phone else ""


def _fault(column: str, text: str, cells: Mapping[str, Cell]) -> str:
    if column in NEEDED and column not in cells:
        return "no_column"
    if COMPUTED.match(text):
        return "formula"
    if column in NEEDED and not text:
        return "empty"
    if len(text) > LONGEST.get(column, A_GLIMPSE):
        return "too_long"
    return CHECKS[column](text) if column in CHECKS else ""


def _bare(text: str) -> str:
    return re.sub(r"(?:㎡|m²|m2|平方米|平米|平)$", "", unicodedata.normalize("NFKC", text)).strip()


def _area(text: str) -> str:
    area = hundredths(_bare(text))
    if area is None:
        return "no_area"
    return "" if 0 < area <= LARGEST else "odd_area"


def _floor(text: str) -> str:
    good = re.fullmatch(r"-?\d{1,3}", text, re.ASCII)
    return "" if not text or (good and int(text) in FLOORS) else "no_floor"


def _owners(text: str) -> str:
    return "" if names_in(text) else "empty"


def _developer(text: str) -> str:
    return "" if text.upper() in YES | NO else "no_yes"


CHECKS: Mapping[str, Callable[[str], str]] = {
    AREA: _area,
    FLOOR: _floor,
    OWNERS: _owners,
    DEVELOPER: _developer,
}


def _text(cell: Cell) -> str:
    """A number in a cell is written as Excel shows it: 89.1, not 89.09999."""
    if isinstance(cell, float):
        return f"{cell:.12g}"
    return "" if cell is None else clean(str(cell))
