"""Who may be drawn, and what a panel must hold: read from two CSV files, every fault by its line.

    id,age,camp,household                 category,feature,min,max
    r0,70+,oppose,H1                      camp,oppose,3,7

Columns come in any order; `id` may be left out, then people are named by their row from 0. A
person whose household is empty lives alone. Nothing is guessed: what cannot be read is a fault.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

CODINGS = ("utf-8-sig", "gb18030")
ID, CATEGORY, FEATURE, LEAST, MOST = "id", "category", "feature", "min", "max"
QUOTA_COLUMNS = (CATEGORY, FEATURE, LEAST, MOST)


class Fault(NamedTuple):
    """What is wrong with a file, and in which line (0: with all of it); worded elsewhere."""

    code: str
    line: int = 0
    text: str = ""


@dataclass(frozen=True)
class Quota:
    """Of this feature a panel holds from `least` to `most` people, must-ins counted; the seats of
    `guarded` of them give way after all other quotas."""

    category: str
    feature: str
    least: int
    most: int
    guarded: int = 0

    @property
    def key(self) -> tuple[str, str]:
        return self.category, self.feature


@dataclass(frozen=True)
class Person:
    """Somebody who may be drawn; `household` is empty for who lives alone, and who sits out has
    no weight."""

    id: str
    features: tuple[str, ...]
    household: str = ""
    weight: Fraction = Fraction(1)


@dataclass(frozen=True)
class Pool:
    """Everybody, the categories their features are told in, and the quotas.

    With `low_top` the largest chance is as low as the highest floor allows, before all between
    them is made as fair as can be.
    """

    people: Sequence[Person]
    categories: tuple[str, ...]
    quotas: Sequence[Quota]
    size: int
    musts: Mapping[str, str] = field(default_factory=dict)
    low_top: bool = False
    # What those must-ins fill of each quota whose features are not told one by one.
    seated: Mapping[tuple[str, str], int] = field(default_factory=dict)
    # Who sat lately and would sit out, were there a panel without them.
    rest_waived: Sequence[str] = ()


class Columns(NamedTuple):
    """Which columns of the people's file are asked for, besides the categories."""

    household: str = ""
    weights: str = ""


def decoded(written: bytes) -> str | None:
    """Return a file as text, in UTF-8 or as older spreadsheets write it; None if it is neither."""
    for coding in CODINGS:
        try:
            return written.decode(coding)
        except UnicodeDecodeError:
            continue
    return None


def read_quotas(text: str) -> tuple[list[Quota], list[Fault]]:
    """Return the quotas in the order of the file, and what is wrong with it."""
    lines = _Lines(text)
    if faults := lines.faults(QUOTA_COLUMNS):
        return [], faults
    quotas: list[Quota] = []
    for line, row in lines.rows:
        fault = _quota_fault(row, {quota.key for quota in quotas})
        if fault:
            faults.append(fault._replace(line=line))
        else:
            bounds = int(row[LEAST]), int(row[MOST])
            quotas.append(Quota(row[CATEGORY], row[FEATURE], *bounds))
    return quotas, faults


def read_people(
    text: str, quotas: Iterable[Quota], columns: Columns
) -> tuple[list[Person], list[Fault]]:
    """Return everybody in the order of the file, and what is wrong with it."""
    features: dict[str, set[str]] = {}
    for quota in quotas:
        features.setdefault(quota.category, set()).add(quota.feature)
    lines = _Lines(text)
    if faults := lines.faults((*features, *filter(None, columns))):
        return [], faults
    people: dict[str, Person] = {}
    for number, (line, row) in enumerate(lines.rows):
        name = row.get(ID, str(number))
        fault = _person_fault(name, row, features, columns, people)
        if fault:
            faults.append(fault._replace(line=line))
        else:
            told = tuple(row[category] for category in features)
            weight = _weight(row[columns.weights] if columns.weights else "1")
            people[name] = Person(name, told, row.get(columns.household, ""), weight or Fraction())
    return list(people.values()), faults


class _Lines:
    """The rows of a CSV file by their columns, each with its line."""

    def __init__(self, text: str) -> None:
        reader = csv.reader(text.removeprefix("\ufeff").splitlines(keepends=True), strict=True)
        self.rows: list[tuple[int, dict[str, str]]] = []
        self.broken = 0
        self.names: list[str] = []
        try:
            self.names = [name.strip() for name in next(reader, [])]
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    named = dict.fromkeys(self.names, "")
                    named |= zip(self.names, map(str.strip, cells), strict=False)
                    self.rows.append((reader.line_num, named))
        except csv.Error:
            self.broken = reader.line_num

    def faults(self, needed: Iterable[str]) -> list[Fault]:
        """Return what is wrong before any row is looked at."""
        if self.broken:
            return [Fault("no_csv", self.broken)]
        absent = [Fault("no_column", 1, name) for name in needed if name not in self.names]
        twice = {name for name in self.names if name and self.names.count(name) > 1}
        absent += [Fault("column_twice", 1, name) for name in sorted(twice)]
        return absent or ([] if self.rows else [Fault("empty")])


def _quota_fault(row: Mapping[str, str], known: set[tuple[str, str]]) -> Fault | None:
    if not (row[CATEGORY] and row[FEATURE]):
        return Fault("no_feature", text=row[CATEGORY])
    if wrong := [row[name] for name in (LEAST, MOST) if not _is_count(row[name])]:
        return Fault("no_count", text=wrong[0])
    if int(row[LEAST]) > int(row[MOST]):
        return Fault("min_over_max", text=row[FEATURE])
    twice = (row[CATEGORY], row[FEATURE]) in known
    return Fault("feature_twice", text=row[FEATURE]) if twice else None


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 6


def _person_fault(
    name: str,
    row: Mapping[str, str],
    features: Mapping[str, set[str]],
    columns: Columns,
    known: Mapping[str, Person],
) -> Fault | None:
    if not name:
        return Fault("no_id")
    if name in known:
        return Fault("id_twice", text=name)
    strange = (row[category] for category in features if row[category] not in features[category])
    if (feature := next(strange, None)) is not None:
        return Fault("unknown_feature", text=feature)
    if columns.weights and _weight(row[columns.weights]) is None:
        return Fault("no_weight", text=row[columns.weights])
    return None


def _weight(text: str) -> Fraction | None:
    """Read 0, 0.25, 1/3 or 1: at most 1, with a denominator up to a million."""
    try:
        weight = Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None
    return weight if 0 <= weight <= 1 and weight.denominator <= 10**6 else None
