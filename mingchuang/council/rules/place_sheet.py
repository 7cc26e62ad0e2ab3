"""One row of a workbook as a place a survey found, or everything that is wrong with it. Pure."""

from collections.abc import Callable, Mapping

from mingchuang.cases.rules.letters import COMPUTED, Cell
from mingchuang.council.rules.proposing import LARGEST, LONGEST_NAME, LONGEST_NOTE, Surveyed
from mingchuang.council.rules.sheet import Fault, text_of
from mingchuang.people.rules.masking import mask_text

NAME, MANY, NOTE = COLUMNS = ("地点", "数量", "备注")
NEEDED = (NAME,)
LONGEST: Mapping[str, int] = {NAME: LONGEST_NAME, MANY: LONGEST_NAME, NOTE: LONGEST_NOTE}


def read_place(cells: Mapping[str, Cell]) -> Surveyed | list[Fault]:
    """Read a row; without a number it is one. Everybody will read it, so it names nobody."""
    said = {column: text_of(cells.get(column)) for column in COLUMNS}
    if faults := [fault for column in COLUMNS for fault in _faults(column, said[column])]:
        return faults
    return Surveyed(said[NAME], int(said[MANY] or 1), said[NOTE])


def _faults(column: str, text: str) -> list[Fault]:
    """Return the first thing that is wrong with a cell."""
    wrong: Mapping[str, Callable[[], bool]] = {
        "formula": lambda: bool(COMPUTED.match(text)),
        "empty": lambda: column in NEEDED and not text,
        "too_long": lambda: len(text) > LONGEST[column],
        "no_count": lambda: column == MANY and bool(text) and not _is_count(text),
        "tells": lambda: mask_text(text).text != text,
    }
    found = next((code for code, holds in wrong.items() if holds()), "")
    return [Fault(found, column, most=LONGEST[column])] if found else []


def _is_count(text: str) -> bool:
    return text.isdecimal() and int(text) <= LARGEST
