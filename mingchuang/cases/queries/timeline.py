"""The story of a case, told from the ledger alone: each line stands in an entry."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from mingchuang.base.templatetags.words import day
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Callback, Note, Plea, Reply
from mingchuang.cases.models.submission import Submission, Words
from mingchuang.cases.rules.closing import Outcome
from mingchuang.cases.story import FOR_ALL, FOR_STAFF
from mingchuang.cases.words import (
    DECLINES,
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
from mingchuang.ledger.queries import entries_of
from mingchuang.people.models import Unit

Texts = Mapping[int, str]
LONG = 400  # characters: about a screen of a phone
JOINED = "case.joined"
ERASED = "case.erased"
EMPTIED = gettext_lazy("（文字已按规定删除）")
ANSWERS = ("case.replied", "case.answered_at_once")
# Notes at these steps are written to the requester; all others are the staff's own.
TOLD_TO_ALL = ("case.asked", "case.declined", "case.referred", "privacy.refused")


@dataclass(frozen=True)
class Told:
    """One line of the timeline; `index` is its place in the sealed ledger, if it is there."""

    verb: str
    at: datetime
    sentence: str
    text: str
    index: int | None

    @property
    def is_answer(self) -> bool:
        return self.verb in ANSWERS

    @property
    def is_erasure(self) -> bool:
        return self.verb == ERASED

    @property
    def is_long(self) -> bool:
        """Whether these words would push the answer out of sight."""
        return len(self.text) > LONG and not self.is_answer


def story_for_staff(case: Case) -> list[Told]:
    """Return everything that happened to the case, with the words written at each step."""
    texts = _texts(case.replies.all(), case.notes.all(), case.pleas.all(), case.callbacks.all())
    return _tell(entries_of(case.subject), {**FOR_ALL, **FOR_STAFF}, texts)


def story_for(submission: Submission) -> list[Told]:
    """Return what the requester may read: their own words, the steps, the answers.

    Of a merged case: what happened to their own until the merge, then what happens to the
    master, and its answers from before. What others added is not told.
    """
    path = list(_path(submission))
    entries: list[Entry] = []
    joined = 0
    for case in path:
        entries += entries_of(case.subject).filter(Q(pk__gt=joined) | Q(verb__in=ANSWERS))
        joined = max((e.pk for e in entries if e.verb == "case.merged"), default=joined)
    own = [e for e in entries if e.facts.get("submission", submission.number) == submission.number]
    texts = {
        **_texts([submission]),
        **_texts(
            Reply.objects.filter(case__in=path),
            Note.objects.filter(case__in=path, entry__verb__in=TOLD_TO_ALL),
            submission.callbacks.all(),
        ),
        **_texts(submission.remarks.all()),
    }
    return _tell(sorted(own, key=lambda e: (e.at, e.pk)), FOR_ALL, texts)


def _path(submission: Submission) -> Iterator[Case]:
    """Yield the case a submission began, and each master it was joined to, to where it is."""
    case = Case.objects.numbered(submission.number).first() or submission.case
    yield case
    while case.master is not None:
        case = case.master
        yield case


def _texts(*rows: Iterable[Reply | Note | Plea | Callback | Words]) -> dict[int, str]:
    return {row.entry_id: _text(row) for some in rows for row in some}


def _text(row: Reply | Note | Plea | Callback | Words) -> str:
    """Return the words of a row; of an erased one, whose words are gone, that they are."""
    if isinstance(row, Plea):
        text = row.reason
    else:
        text = (row.original or row.text) if isinstance(row, Words) else row.text
    return str(EMPTIED) if row.is_erased else text


def _tell(entries: Iterable[Entry], sentences: Mapping[str, object], texts: Texts) -> list[Told]:
    known = [entry for entry in entries if entry.verb in sentences]
    codes = {str(entry.facts["unit"]) for entry in known if entry.facts.get("unit")}
    units = {unit.code: str(unit) for unit in Unit.objects.filter(code__in=codes)}
    return [
        Told(
            entry.verb,
            entry.at,
            str(sentences[entry.verb]) % _Words(facts, units),
            texts.get(entry.pk, ""),
            entry.index,
        )
        for entry, facts in _together(known)
    ]


def _together(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Mapping[str, object]]]:
    """Yield each entry with its facts; of neighbours who joined on one day the last one, with
    how many they were: a mass complaint has hundreds."""
    for (verb, _on), some in groupby(entries, key=lambda entry: (entry.verb, localdate(entry.at))):
        same = list(some)
        if verb == JOINED:
            people = sum(int(str(entry.facts["people"])) for entry in same)
            yield same[-1], {**same[-1].facts, "people": people}
        else:
            yield from ((entry, entry.facts) for entry in same)


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
    "outcome": OUTCOMES,
    "part": PARTS,
    "wish": PRIVACY_WISHES,
    "proof": PROOFS,
}


def _answer(facts: Mapping[str, object]) -> str:
    if facts.get("outcome") != Outcome.REACHED:
        return ""
    solved = _("解决了") if facts.get("solved") else _("没有解决")
    satisfied = str(facts.get("satisfied") or "")
    comma = pgettext("between answers", "，")
    return f"{comma}{solved}" + (f"{comma}{label(SATISFACTIONS, satisfied)}" if satisfied else "")
