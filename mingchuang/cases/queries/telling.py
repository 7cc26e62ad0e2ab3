"""Entries of the ledger in the words of whoever reads them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from mingchuang.base.templatetags.words import day
from mingchuang.cases.rules.closing import Outcome
from mingchuang.cases.rules.told import ANSWERS
from mingchuang.cases.story import (
    BEFORE,
    BEFORE_IN_PUBLIC,
    JOINED_AGAIN,
    PROMISE_BROKEN,
    UNNAMED,
    UNSOLVED_AGAIN,
)
from mingchuang.cases.words import (
    DECLINES,
    EXCLUDABLE,
    EXCLUSION_REASONS,
    KINDS,
    OUTCOMES,
    PARTS,
    PLEAS,
    PRIVACY_WISHES,
    PROOFS,
    ROUTES,
    SATISFACTIONS,
    label,
)
from mingchuang.hall.words.times import due_words
from mingchuang.ledger.models import Entry
from mingchuang.people.models import Unit

LONG = 400  # characters: about a screen of a phone
JOINED, ERASED, SUPERVISED = "case.joined", "case.erased", "case.supervised"
REMINDED = "case.reminded"
DAYS = ("review_on", "promised_on")
Facts = Mapping[str, object]


@dataclass(frozen=True)
class Told:
    """One line of the timeline; `index` is its place in the sealed ledger, if it is there.

    `to_others`: an answer that was written to other people, before this one was joined to them.
    """

    verb: str
    at: datetime
    sentence: str
    text: str
    index: int | None
    to_others: bool = False

    @property
    def is_answer(self) -> bool:
        return self.verb in ANSWERS and not self.to_others

    @property
    def is_erasure(self) -> bool:
        return self.verb == ERASED

    @property
    def is_long(self) -> bool:
        """Whether these words would push the answer out of sight."""
        return len(self.text) > LONG and not self.is_answer


def tell(
    entries: Iterable[Entry],
    sentences: Mapping[str, object],
    texts: Mapping[int, str],
    *,
    to_others: Collection[int] = (),
    unnamed: Collection[int] = (),
) -> list[Told]:
    """Return the entries that have a sentence, each with the words written with it.

    `to_others` are answers that other people were given, before the reader was joined to them;
    `unnamed` are entries about another case that the reader may not see.
    """
    known = [entry for entry in entries if entry.verb in sentences]
    codes = {str(entry.facts["unit"]) for entry in known if entry.facts.get("unit")}
    units = {unit.code: str(unit) for unit in Unit.objects.filter(code__in=codes)}
    return [
        Told(
            entry.verb,
            entry.at,
            str(wording[_called(entry, facts, texts, to_others)]) % _Words(facts, units),
            texts.get(entry.pk, ""),
            entry.index,
            to_others=entry.pk in to_others,
        )
        for entry, facts in _together(known)
        for wording in [UNNAMED if entry.pk in unnamed else sentences]
    ]


def _together(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Facts]]:
    """Yield each entry with its facts; of neighbours who joined on one day the last one, with
    how many they were: a mass complaint has hundreds."""
    for (verb, _on), some in groupby(entries, key=lambda entry: (entry.verb, localdate(entry.at))):
        same = list(some)
        if verb == JOINED:
            people = sum(int(str(entry.facts["people"])) for entry in same)
            yield same[-1], {**same[-1].facts, "people": people}
        else:
            yield from ((entry, entry.facts) for entry in same)


def _called(
    entry: Entry, facts: Facts, texts: Mapping[int, str], to_others: Collection[int]
) -> str:
    """Return under what the sentence of an entry stands."""
    if entry.pk in to_others:
        return BEFORE_IN_PUBLIC if entry.pk in texts else BEFORE
    if entry.verb == JOINED and not facts["people"]:
        return JOINED_AGAIN
    if entry.verb == SUPERVISED and "not_solved" in facts:
        return UNSOLVED_AGAIN
    if entry.verb == REMINDED and "promised_on" in facts:
        return PROMISE_BROKEN
    return entry.verb


class _Words(dict[str, object]):
    """The facts of an entry in the reader's words; a missing fact reads as nothing."""

    def __init__(self, facts: Facts, units: Mapping[str, str]) -> None:
        super().__init__(facts)
        for name, choices in CHOICES.items():
            if name in facts:
                self[name] = label(choices, str(facts[name]))
        if "unit" in facts:
            self["unit"] = units.get(str(facts["unit"]), facts["unit"])
        if "due_at" in facts:
            self["due"] = due_words(datetime.fromisoformat(str(facts["due_at"])))
        for name in [name for name in DAYS if name in facts]:
            self[name] = day(date.fromisoformat(str(facts[name])))
        by = facts.get("by")
        self["who"] = WHO.get(str(by), _("工作人员"))
        asked = _("回访：%(outcome)s") % {"outcome": self["outcome"]}
        self["call"] = _("诉求人反馈") if by == "requester" else asked
        self["answer"] = _answer(facts)

    def __missing__(self, name: str) -> str:
        return ""


WHO = {"requester": gettext_lazy("诉求人"), "system": gettext_lazy("系统自动")}
CHOICES = {
    "reason": DECLINES,
    "to": ROUTES,
    "old": KINDS,
    "new": KINDS,
    "what": PLEAS,
    "rate": EXCLUDABLE,
    "why": EXCLUSION_REASONS,
    "outcome": OUTCOMES,
    "part": PARTS,
    "wish": PRIVACY_WISHES,
    "proof": PROOFS,
}


def _answer(facts: Facts) -> str:
    if facts.get("outcome") != Outcome.REACHED:
        return ""
    solved = _("解决了") if facts.get("solved") else _("没有解决")
    satisfied = str(facts.get("satisfied") or "")
    comma = pgettext("between answers", "，")
    return f"{comma}{solved}" + (f"{comma}{label(SATISFACTIONS, satisfied)}" if satisfied else "")
