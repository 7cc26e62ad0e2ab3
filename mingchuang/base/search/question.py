"""How a question to the index is written, as each database reads it."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import connection

from mingchuang.base.search.marks import Asked

# What follows a question for each mark that is looked at in what is found.
LOOK_AT = {
    "sqlite": " AND ' ' || marks LIKE %s",
    # IS TRUE keeps the planner from gathering all of them by the index.
    "postgresql": " AND (marks @@ %s::tsquery) IS TRUE",
}
# A tag that nothing bears: of no tags at all nothing is found.
NONE = 0
# A question to the index, and what is looked at in what it finds.
Query = tuple[str, list[str]]


def shaped(marks: Sequence[str], tags: Iterable[int] = ()) -> Any:
    """Return the marks and tags of one row as the index keeps them."""
    kept = [*marks, *map(_tag, sorted(tags))]
    return kept if connection.vendor == "postgresql" else " ".join(kept)


def all_of(asked: Sequence[Asked]) -> Query:
    """Return the question for all of these marks. What begins with one letter may go on in a
    hundred ways, all of which an index would gather: it is looked at in what the others find."""
    vague = [one for one in asked if one.begins and len(one.mark) == 1]
    if len(vague) == len(asked):
        return _query(asked, "&", "AND"), []
    plain = [one for one in asked if one not in vague]
    return _query(plain, "&", "AND"), [_looked_at(one) for one in vague]


def look_at(query: Query) -> str:
    """Return the conditions that stand for what is looked at."""
    return LOOK_AT[connection.vendor] * len(query[1])


def any_of(asked: Iterable[Asked]) -> Query:
    return _query(asked, "|", "OR"), []


def tagged_with(tags: Collection[int] | None, query: Query) -> Query:
    """Narrow a question to what bears one of these tags; None leaves it as it is."""
    if tags is None:
        return query
    wanted, looked_at = query
    any_tag, _ = any_of(Asked(_tag(tag), begins=False) for tag in sorted(tags) or [NONE])
    both = "&" if connection.vendor == "postgresql" else "AND"
    return f"({any_tag}) {both} ({wanted})", looked_at


def _looked_at(one: Asked) -> str:
    return f"'{one.mark}':*" if connection.vendor == "postgresql" else f"% {one.mark}%"


def _tag(number: int) -> str:
    """Return a mark that stands in no text: texts are cut into letters and digits."""
    return f"@{number}"


def _query(asked: Iterable[Asked], postgresql: str, sqlite: str) -> str:
    """Write the question as this database reads it; a mark is letters and digits only."""
    if connection.vendor == "postgresql":
        return f" {postgresql} ".join(f"'{a.mark}'{':*' if a.begins else ''}" for a in asked)
    return f" {sqlite} ".join(f'"{a.mark}"{" *" if a.begins else ""}' for a in asked)
