"""One row of a workbook as somebody for the register, or everything that is wrong with it. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from mingchuang.cases.rules.letters import COMPUTED, UNSEEN, Cell
from mingchuang.council.rules.register import Affected, building_typed, household_typed
from mingchuang.people.rules.encryption import may_be_dialled

NAME, PHONE, HOUSEHOLD, AFFECTED, BECAUSE = "姓名", "电话", "住户", "怎样受影响", "必须在场的理由"
AGE, TENURE, MOBILITY, BUILDING, CAMP = "年龄段", "业主或租户", "行动", "楼栋", "态度"
OBJECTION = "反对过的工单"
NEEDED = (HOUSEHOLD, AFFECTED)
OTHERS = (NAME, PHONE, BECAUSE, AGE, TENURE, MOBILITY, BUILDING, OBJECTION)
LONGEST = 100

HOW: Mapping[str, Affected] = {
    "直接受影响": Affected.DIRECT,
    "住在附近": Affected.NEAR,
    "关心这件事": Affected.INTERESTED,
}
CHOICES: Mapping[str, Mapping[str, str]] = {
    AGE: {one: one for one in ("18-34", "35-54", "55-69", "70+")},
    TENURE: {"业主": "owner", "租户": "tenant"},
    MOBILITY: {"方便": "full", "不便": "limited"},
}
# What the pages call them is taken, too, however it is spaced.
AS_SHOWN: Mapping[str, str] = {
    "18-34岁": "18-34",
    "35-54岁": "35-54",
    "55-69岁": "55-69",
    "70岁以上": "70+",
    "不便,需要无障碍": "不便",
}
DASHES = re.compile("[-–—－~～]+")
FEATURE = {AGE: "age", TENURE: "tenure", MOBILITY: "mobility", BUILDING: "building"}


class Fault(NamedTuple):
    """What is wrong in one column."""

    code: str
    column: str
    offered: tuple[str, ...] = ()
    most: int = LONGEST


class Line(NamedTuple):
    """Somebody as the row names them."""

    affected: str
    name: str
    phone: str
    household: str
    must_because: str
    features: dict[str, str]
    # The case in which it is on record that they were against.
    objection: str = ""


def read_line(cells: Mapping[str, Cell]) -> Line | list[Fault]:
    """Read a row: nothing is guessed, and of camps only what is on record is taken."""
    said = {column: text_of(cells.get(column)) for column in (*NEEDED, *OTHERS, CAMP)}
    said |= {column: _chosen_as_shown(said[column]) for column in CHOICES}
    faults = [fault for check in CHECKS for fault in check(said)]
    if faults:
        return faults
    chosen = {FEATURE[c]: choices.get(said[c], "") for c, choices in CHOICES.items()}
    features = {name: value for name, value in chosen.items() if value}
    if said[BUILDING]:
        features["building"] = said[BUILDING]
    return Line(
        HOW[said[AFFECTED]].value,
        said[NAME],
        said[PHONE],
        said[HOUSEHOLD],
        said[BECAUSE],
        features,
        said[OBJECTION],
    )


def _chosen_as_shown(text: str) -> str:
    return AS_SHOWN.get(DASHES.sub("-", household_typed(text)), text)


def text_of(cell: Cell) -> str:
    """Return what a cell says, as it is read: 3, not 3.0."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return UNSEEN.sub("", str("" if cell is None else cell)).strip()


def _readable(said: Mapping[str, str]) -> list[Fault]:
    found = [Fault("formula", c) for c, text in said.items() if COMPUTED.match(text)]
    return found + [Fault("too_long", c) for c, text in said.items() if len(text) > LONGEST]


def _needed(said: Mapping[str, str]) -> list[Fault]:
    return [Fault("empty", column) for column in NEEDED if not said[column]]


def _chosen(said: Mapping[str, str]) -> list[Fault]:
    tables = {AFFECTED: tuple(HOW), **{column: tuple(c) for column, c in CHOICES.items()}}
    return [
        Fault("no_choice", column, offered)
        for column, offered in tables.items()
        if said[column] and said[column] not in offered
    ]


def _dialled(said: Mapping[str, str]) -> list[Fault]:
    return [Fault("no_phone", PHONE)] if said[PHONE] and not may_be_dialled(said[PHONE]) else []


def _reasoned(said: Mapping[str, str]) -> list[Fault]:
    is_direct = HOW.get(said[AFFECTED]) == Affected.DIRECT
    if is_direct == bool(said[BECAUSE]):
        return []
    return [Fault("reason_missing" if is_direct else "reason_needless", BECAUSE)]


def _housed(said: Mapping[str, str]) -> list[Fault]:
    wrong = said[BUILDING] and not building_typed(said[BUILDING])
    return [Fault("no_building", BUILDING)] if wrong else []


def _uncamped(said: Mapping[str, str]) -> list[Fault]:
    return [Fault("camp", CAMP)] if said[CAMP] else []


CHECKS: tuple[Callable[[Mapping[str, str]], list[Fault]], ...] = (
    _readable,
    _needed,
    _chosen,
    _dialled,
    _reasoned,
    _housed,
    _uncamped,
)
