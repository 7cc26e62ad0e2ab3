"""What every check of a plan needs: its quotas, its homes, how a fault is told. Plain Python."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

Plan = Mapping[str, Any]
OF = 1000
# Chances are told as fractions in binary, which are off by as much as this.
CLOSE = 1e-9


class Untrue(NamedTuple):
    """What does not hold, and of whom or what; worded elsewhere."""

    code: str
    what: str = ""


def class_of(plan: Plan, place: int) -> Plan:
    """Return the class with this number; counted from the end there is none."""
    if place < 0:
        raise IndexError(place)
    found: Plan = plan["classes"][place]
    return found


class NameTwice(ValueError):
    """Names that are given twice in one object: some readers take the first, others the last."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__()
        self.names = list(names)


def parsed(text: str | bytes) -> Any:
    """Read JSON as everybody reads it, or not at all: no name twice, and 1.0 is a whole number."""
    return json.loads(text, parse_float=as_number, object_pairs_hook=_named_once)


def _named_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    counts = Counter(name for name, _value in pairs)
    if twice := [name for name, many in counts.items() if many > 1]:
        raise NameTwice(twice)
    return dict(pairs)


def as_number(text: str) -> float:
    """Read 1.0 as the whole number it is: in canonical JSON, and in a browser, both are one."""
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def pairs_of(plan: Plan, some: Iterable[Plan]) -> Iterator[tuple[str, str]]:
    for one in some:
        yield from zip(plan["categories"], one["features"], strict=True)


def chances_told(plan: Plan) -> list[float]:
    """Return the chance of each who may be drawn, as it is and not by weight."""
    drawn = (name for name, one in plan["people"].items() if one["class"] is not None)
    return [plan["marginals"][name]["chance"] for name in drawn]


def is_weighed(plan: Plan) -> bool:
    """Say whether somebody who may be drawn has less weight than others."""
    return any(one["weight"] != 1 for one in plan["classes"])


def musts_of(plan: Plan) -> set[str]:
    """Return who must be there."""
    return {name for name, one in plan["people"].items() if one["must"] is not None}


def seated_of(plan: Plan) -> Counter[tuple[str, str]]:
    """Return what all must-ins together fill of each quota; of one alone it is not told."""
    keys = [(one["category"], one["feature"]) for one in plan["quotas"]]
    return Counter(dict(zip(keys, plan["seated"], strict=True)))


def off_quotas(
    plan: Plan, counts: Mapping[tuple[str, str], int], code: str, what: str
) -> Iterator[Untrue]:
    quotas = {(one["category"], one["feature"]): one for one in plan["quotas"]}
    unknown = counts.keys() - quotas.keys()
    off = [key for key, of in quotas.items() if not of["min"] <= counts.get(key, 0) <= of["max"]]
    if unknown or off:
        yield Untrue(code, what)


def kinds_of_homes(plan: Plan) -> Counter[int]:
    """Count the homes of each kind."""
    drawn = (one for one in plan["people"].values() if one["class"] is not None)
    pairs = {(one["home"], class_of(plan, one["class"])["home"]) for one in drawn}
    return Counter(kind for _home, kind in pairs)
