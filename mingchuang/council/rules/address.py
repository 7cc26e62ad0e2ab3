"""Where somebody lives as it is compared, however it is spelt. Pure.

    3幢201 = ３幢 0201室 = 3号楼-201 = 3-201        3幢2单元201 = 3-2-201

Only what is known is read: a building by its number or letter, a unit, a room, after whatever
stands before them as it was typed. What is written otherwise is compared as it was typed. 楼 alone
is not read: it may be a building or a floor.
"""

import re

from mingchuang.council.rules.register import household_typed

DASHES = str.maketrans(dict.fromkeys("\u2010\u2012\u2013\u2014\u2015\u2212\u30fc", "-"))
BUILDING = "[A-Z]?[0-9]{1,3}|[A-Z]"
UNIT = "[0-9]{1,2}|[A-Z]"
ROOM = "[0-9]{1,5}[A-Z]?"
# As little as can be stands before, and ends where no number or letter begins.
BEFORE = "(?P<before>(?:.*?[^0-9A-Z#-])??)"
# 3幢 or 3-, 2单元 or 2-, 201 or 201室.
SPELT = re.compile(
    f"{BEFORE}(?P<building>{BUILDING})(?:(?:幢|栋|座|号楼|号|#)-?|-)"
    f"(?:(?P<unit>{UNIT})(?:单元-?|-))?(?P<room>{ROOM})(?:室|号|房)?"
)
# A room alone, with or without its unit: there may be one building.
ALONE = re.compile(f"{BEFORE}(?:(?P<unit>{UNIT})单元-?)?(?P<room>{ROOM})(?:室|房)?")
ZEROS = re.compile("(?<![0-9])0+(?=[0-9])")


def address_typed(text: str) -> str:
    """Return an address as it is compared: 3幢201 and ３号楼 0201室 are one."""
    plain = household_typed(text).translate(DASHES)
    for spelling in (SPELT, ALONE):
        if found := spelling.fullmatch(plain):
            told = {"building": "", **found.groupdict(default="")}
            parts = [ZEROS.sub("", told[name]) for name in ("building", "unit", "room")]
            return "|".join([told["before"], *parts])
    return plain
