"""What a plan looks like, part by part, so that no check stumbles over nonsense. Plain Python."""

from collections.abc import Callable
from math import isfinite
from typing import Any, NamedTuple

from mingchuang.council.rules.lottery.commitment import RANDOMNESS


class Every(NamedTuple):
    """An object of any names, each of this shape."""

    shape: Any


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_truth(value: object) -> bool:
    return isinstance(value, bool)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53


def _is_number(value: object) -> bool:
    return _is_whole(value) or (isinstance(value, float) and isfinite(value))


def _one_of(*known: str) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and value in known


def _or_none(test: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: value is None or test(value)


TEXT, WHOLE, NUMBER = _is_text, _is_whole, _is_number
QUOTA = {"category": TEXT, "feature": TEXT, "min": WHOLE, "max": WHOLE}
SHAPE: dict[str, Any] = {
    "size": WHOLE,
    "low_top": _is_truth,
    "categories": [TEXT],
    "quotas": [QUOTA],
    "classes": [{"features": [TEXT], "weight": NUMBER, "home": WHOLE, "people": WHOLE}],
    "people": Every(
        {
            "class": _or_none(WHOLE),
            "features": [TEXT],
            "home": WHOLE,
            "must": _or_none(TEXT),
            "weight": NUMBER,
        }
    ),
    "seated": [WHOLE],
    "rest_waived": [TEXT],
    "marginals": Every({"tickets": WHOLE, "of": WHOLE, "chance": NUMBER}),
    "rounding": NUMBER,
    "bound": NUMBER,
    "floor": NUMBER,
    "dealt": NUMBER,
    "gap": NUMBER,
    "proved": _one_of("leximin", "floor", "gap", "low_top"),
    "lottery": {"parts": WHOLE, "panels": [(WHOLE, [(WHOLE, WHOLE)])]},
    "proof": {
        "by": _one_of("worths", "search"),
        "quotas": [WHOLE],
        "homes": [(WHOLE, WHOLE)],
        "seats": WHOLE,
    },
    "reach": [
        {
            "features": [TEXT],
            "people": [TEXT],
            "because": [{**QUOTA, "to_min": WHOLE, "to_max": WHOLE}],
        }
    ],
    "price": [{**QUOTA, "with": NUMBER, "without": _or_none(NUMBER)}],
    "top": {"largest": NUMBER, "least_possible": _or_none(NUMBER)},
    "tickets": [[TEXT]],
    "randomness": _one_of(*RANDOMNESS),
    "due": TEXT,
    "announced": TEXT,
    "versions": Every(TEXT),
    "timings": Every(NUMBER),
    "commitment": TEXT,
}


# A plan that was made before plans told these is as good as ever.
LATER = frozenset({"due", "rest_waived"})


def misshapen(plan: object) -> list[str]:
    """Return the parts of a plan that are not what they should be, missing or too many."""
    if not isinstance(plan, dict):
        return ["plan"]
    asked = {name: shape for name, shape in SHAPE.items() if name in plan or name not in LATER}
    wrong = [name for name, shape in asked.items() if not fits(plan.get(name), shape)]
    return wrong + [str(name) for name in plan if name not in SHAPE]


def fits(value: object, shape: Any) -> bool:
    """Return whether a value is of this shape."""
    if isinstance(shape, Every | dict):
        return isinstance(value, dict) and _names_fit(value, shape)
    if isinstance(shape, list | tuple):
        return isinstance(value, list) and _items_fit(value, shape)
    return bool(shape(value))


def _names_fit(value: dict[str, Any], shape: Any) -> bool:
    if isinstance(shape, Every):
        return all(fits(one, shape.shape) for one in value.values())
    same = value.keys() == shape.keys()
    return same and all(fits(value[name], of) for name, of in shape.items())


def _items_fit(value: list[Any], shape: Any) -> bool:
    """A list is of one shape over and over, a tuple of a shape for each place."""
    shapes = shape if isinstance(shape, tuple) else shape * len(value)
    same = len(value) == len(shapes)
    return same and all(fits(one, of) for one, of in zip(value, shapes, strict=True))
