"""The story of a case, told from the ledger alone: each line stands in an entry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from mingchuang.base.templatetags.words import day
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Callback, Note, Plea, Reply
from mingchuang.cases.models.submission import Remark, Submission
from mingchuang.cases.rules.closing import Outcome
from mingchuang.cases.story import FOR_ALL, FOR_STAFF
from mingchuang.cases.words import DECLINES, KINDS, OUTCOMES, PLEAS, ROUTES, SATISFACTIONS, label
from mingchuang.hall.words.times import due_words
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from mingchuang.people.models import Unit

Texts = Mapping[int, str]


@dataclass(frozen=True)
class Told:
    """One line of the timeline; `index` is its place in the sealed ledger, if it is there."""

    verb: str
    at: datetime
    sentence: str
    text: str
    index: int | None


def story_for_staff(case: Case) -> list[Told]:
    """Return everything that happened to the case, with the words written at each step."""
    texts = _texts(case.replies.all(), case.notes.all(), case.pleas.all(), case.callbacks.all())
    return _tell(entries_of(case.subject), {**FOR_ALL, **FOR_STAFF}, texts)


def story_for(submission: Submission) -> list[Told]:
    """Return what the requester may read: their own words, the steps, the answers.

    Of a merged case: what happened to their own until the merge, then what happens to the
    master. What others added or were asked is not told.
    """
    case = submission.case
    entries = list(entries_of(f"case:{submission.number}"))
    if case.number != submission.number:
        merged = max((e.pk for e in entries if e.verb == "case.merged"), default=0)
        entries += entries_of(case.subject).filter(pk__gt=merged)
        answered = entries_of(case.subject).filter(pk__lt=merged, verb="case.replied")
        entries = [*entries, *answered]
    own = [e for e in entries if e.facts.get("submission", submission.number) == submission.number]
    texts = {
        submission.entry_id: submission.original or submission.text,
        **_texts(
            case.replies.all(),
            case.notes.filter(entry__verb__in=["case.asked", "case.declined", "case.referred"]),
            submission.callbacks.all(),
        ),
        **{r.entry_id: r.original or r.text for r in submission.remarks.all()},
    }
    return _tell(sorted(own, key=lambda e: (e.at, e.pk)), FOR_ALL, texts)


def _texts(*rows: Iterable[Reply | Note | Plea | Callback | Remark]) -> dict[int, str]:
    return {
        row.entry_id: row.reason if isinstance(row, Plea) else row.text
        for some in rows
        for row in some
    }


def _tell(entries: Iterable[Entry], sentences: Mapping[str, object], texts: Texts) -> list[Told]:
    known = [entry for entry in entries if entry.verb in sentences]
    codes = {str(entry.facts["unit"]) for entry in known if entry.facts.get("unit")}
    units = dict(Unit.objects.filter(code__in=codes).values_list("code", "name"))
    return [
        Told(
            entry.verb,
            entry.at,
            str(sentences[entry.verb]) % _Words(entry.facts, units),
            texts.get(entry.pk, ""),
            entry.index,
        )
        for entry in known
    ]


class _Words(dict[str, object]):
    """The facts of an entry in the reader's words; a missing fact reads as nothing."""

    def __init__(self, facts: Mapping[str, object], units: Mapping[str, str]) -> None:
        super().__init__(facts)
        for name, choices in CHOICES.items():
            if name in facts:
                self[name] = label(choices, str(facts[name]))
        if "unit" in facts:
            self["unit"] = units.get(str(facts["unit"]), facts["unit"])
        if "due_at" in facts:
            self["due"] = due_words(datetime.fromisoformat(str(facts["due_at"])))
        if "review_on" in facts:
            self["review_on"] = day(date.fromisoformat(str(facts["review_on"])))
        self["answer"] = _answer(facts)

    def __missing__(self, name: str) -> str:
        return ""


CHOICES = {
    "reason": DECLINES,
    "to": ROUTES,
    "old": KINDS,
    "new": KINDS,
    "what": PLEAS,
    "outcome": OUTCOMES,
}


def _answer(facts: Mapping[str, object]) -> str:
    if facts.get("outcome") != Outcome.REACHED:
        return ""
    solved = _("解决了") if facts.get("solved") else _("没有解决")
    satisfied = str(facts.get("satisfied") or "")
    return f"，{solved}" + (f"，{label(SATISFACTIONS, satisfied)}" if satisfied else "")
