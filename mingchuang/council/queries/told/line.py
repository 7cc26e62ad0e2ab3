"""What the ledger tells of the rows of this room, and how the two are laid side by side."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from mingchuang.cases.queries.audit import Untold, facts_in
from mingchuang.cases.queries.bound import contradicted
from mingchuang.council.rules import life, minutes, notice, polling, sitting
from mingchuang.ledger.models import Entry
from mingchuang.ledger.rules.canonical import moment_text

Key = tuple[object, ...]
Facts = Mapping[str, object]
# What a verb leaves a thing as: each of them leads to one state, wherever it comes from.
LEAVES: Mapping[str, str] = {
    verb: str(next(iter(steps.values())))
    for table in (life.LIFE, sitting.LIFE, minutes.LIFE, notice.LIFE, polling.LIFE)
    for verb, steps in table.items()
} | {
    "seat.taken": "accepted", "seat.given_up": "declined", "seat.lost": "lost",
    "stakeholder.added": "standing", "stakeholder.taken_out": "taken_out",
    "stakeholder.put_back": "standing",
    "stakeholder.found_apart": "apart", "stakeholder.found_alike": "alike",
    "flat.added": "counted", "flat.taken_out": "taken_out", "flat.put_back": "counted",
}  # fmt: skip
SLICE = 500


class Line(NamedTuple):
    """One thing the ledger tells of one kind of row: by which verbs, and what a row says of it.

    `names` are the facts by which entries about one subject are told apart; of several that are
    alike in them the newest counts. `subjects` are all that entries may be about, so that what is
    gone is missed; a row that says nothing has no entry.
    """

    verbs: Collection[str]
    subjects: Callable[[Collection[int]], Iterable[str]]
    rows: Callable[[Collection[int]], Iterable[Any]]
    key: Callable[[Any], Key]
    says: Callable[[Any], Facts | None]
    names: Collection[str] = ()


def line_faults(line: Line, topics: Collection[int]) -> Iterator[Untold]:
    """Yield what rows of these topics say that no entry tells, what entries tell and no row says,
    and what both say otherwise."""
    says = {line.key(row): line.says(row) for row in line.rows(topics)}
    told = _newest(line, {*line.subjects(topics), *(str(key[0]) for key in says)})
    for key in says.keys() | told.keys():
        said, tells = says.get(key), told.get(key)
        if said is None or tells is None:
            if said is not tells:
                yield _alone(line, key, tells)
            continue
        for what in contradicted(said, tells):
            facts = {"what": what, "stands": str(said[what]), "tells": str(tells[what])}
            yield Untold("contradicted", {**_about(key, tells), **facts})


def _newest(line: Line, subjects: Collection[str]) -> Mapping[Key, Facts]:
    told: dict[Key, Facts] = {}
    for some in _slices(sorted(subjects)):
        entries = Entry.objects.filter(subject__in=some, verb__in=line.verbs).in_order()
        for subject, verb, at, facts in entries.values_list("subject", "verb", "at", "facts"):
            state = {"state": LEAVES[verb]} if verb in LEAVES else {}
            tells = {**facts_in(facts), "at": moment_text(at), "verb": verb, **state}
            if all(name in tells for name in line.names):
                told[subject, *(tells[name] for name in line.names)] = tells
    return told


def _slices(subjects: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(subjects), SLICE):
        yield subjects[start : start + SLICE]


def _alone(line: Line, key: Key, tells: Facts | None) -> Untold:
    if tells is None:
        about = {"subject": str(key[0]), "verb": next(iter(line.verbs))}
        return Untold("untold", {**about, "which": _which(key)})
    return Untold("unsaid", {**_about(key, tells), "which": _which(key)})


def _about(key: Key, tells: Facts) -> dict[str, str]:
    return {"subject": str(key[0]), "verb": str(tells["verb"])}


def _which(key: Key) -> str:
    return " ".join(map(str, key[1:]))


def grouped(rows: Iterable[Any], by: Callable[[Any], Key]) -> Iterable[list[Any]]:
    """Return rows that one entry tells of together."""
    groups: dict[Key, list[Any]] = defaultdict(list)
    for row in rows:
        groups[by(row)].append(row)
    return groups.values()


def by_badge(person: Any) -> dict[str, str]:
    """Who did it, where somebody of the staff did."""
    return {"by": person.badge} if person else {}
