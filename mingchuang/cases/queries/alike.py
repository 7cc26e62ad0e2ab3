"""Which cases may be the same matter. Found by machine; nothing is joined by it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from mingchuang.base.errors import NotFound
from mingchuang.cases.errors import NoSuchCase
from mingchuang.cases.models.alike import CommonWords, NotAlike
from mingchuang.cases.models.case import Case, CaseQuerySet
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.queries.desk import case_for, duties_of
from mingchuang.cases.rules.duties import SEATS, Duty
from mingchuang.cases.rules.groups import PERHAPS, how_like
from mingchuang.cases.rules.life import OPEN, State
from mingchuang.cases.rules.likeness import (
    ELSEWHERE,
    Commonness,
    Matter,
    Sketch,
    are_apart,
    letters,
    likeness,
    shared,
    sketch,
    telling,
)
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of

AROUND = timedelta(days=90)
# The newest candidates are looked through for telling runs; few of them are compared letter by
# letter.
LOOKED_THROUGH, COMPARED, SHOWN = 300, 40, 8
# Nobody can be joined to these.
ENDED = (State.MERGED, State.WITHDRAWN, State.DECLINED, State.REFERRED)
_memory: dict[str, Commonness] = {}


@dataclass(frozen=True)
class Like:
    """A case that may be the same matter, how much so, and the words both share."""

    case: Case
    score: float
    shared: Sequence[str]
    is_same_person: bool = False
    comes_first: bool = False

    @property
    def word(self) -> str:
        return how_like(self.score)

    @property
    def is_open(self) -> bool:
        return self.case.state in OPEN


def commonness() -> Commonness:
    """Return how common which runs of letters are; asked anew only when they were counted anew."""
    edition = CommonWords.objects.values_list("edition", flat=True).order_by("pk").first()
    known = _memory.get(edition or "")
    if known is None and (words := CommonWords.objects.order_by("pk").first()):
        known = Commonness(words.texts, words.seen)
        _memory.clear()
        _memory[words.edition] = known
    return known or Commonness()


def candidates(cases: CaseQuerySet) -> list[Case]:
    """Return the newest of these cases that may be like a matter."""
    return list(cases.order_by("-pk")[:LOOKED_THROUGH])


def matters(cases: Iterable[Case]) -> dict[int, Matter]:
    """Return what each case is about, in the words that began it: one statement.

    Words in confidence that nobody has looked over yet are not compared with anything.
    """
    numbered = {case.number: case for case in cases}
    said = Submission.objects.filter(number__in=numbered).exclude(
        confidential=True, redacted_at__isnull=True
    )
    return {
        numbered[number].pk: Matter(text, numbered[number].title, numbered[number].place)
        for number, text in said.values_list("number", "text")
    }


def likes(
    matter: Matter, cases: CaseQuerySet, common: Commonness, *, least: float, most: int
) -> list[Like]:
    """Return those of the cases that are like the matter, the most alike first."""
    found = {case.pk: case for case in candidates(cases)}
    mine = sketch(matter, common)
    scored = [
        Like(found[pk], score, shared(matter.whole, other.whole, common))
        for pk, other in _nearest(matter, matters(found.values()), common)
        if (score := _score(mine, sketch(other, common), are_apart(matter, other))) >= least
    ]
    return sorted(scored, key=lambda like: (-like.score, -like.case.pk))[:most]


def _score(mine: Sketch, other: Sketch, are_elsewhere: bool) -> float:
    return likeness(mine, other) * (ELSEWHERE if are_elsewhere else 1.0)


def like_cases(person: Person, case: Case) -> list[Like]:
    """Return the cases this person may see that may be the same matter: not what somebody has
    looked at and parted, and the words of the same requester first."""
    mine = matters([case]).get(case.pk)
    if mine is None:
        return []
    again = _by_the_same_person(person, case)
    cases = _visible_around(person, case)
    found = likes(mine, cases, commonness(), least=PERHAPS, most=SHOWN)
    known = {like.case.pk for like in found}
    more = cases.filter(pk__in=again - known) if again - known else ()
    told = [*found, *(Like(one, 0.0, []) for one in more)]
    lively = sorted(told, key=lambda like: like.case.pk not in again)
    return [
        Like(like.case, like.score, like.shared, like.case.pk in again, _first(like.case, case))
        for like in lively
    ]


def _visible_around(person: Person, case: Case) -> CaseQuerySet:
    around = (case.received_at - AROUND, case.received_at + AROUND)
    parted = NotAlike.objects.filter(
        Q(case=case, other=OuterRef("pk")) | Q(other=case, case=OuterRef("pk"))
    )
    return (
        Case.objects.visible_to(scope_of(person))
        .filter(~Exists(parted), received_at__range=around)
        .exclude(pk=case.pk)
        .exclude(state__in=ENDED)
        .select_related("responsible_unit", "intake_unit")
    )


def _by_the_same_person(person: Person, case: Case) -> set[int]:
    """Return the cases with words from a phone that is on this one too.

    Only to who may know who asks, and never of words in confidence (promise P6).
    """
    if Duty.REVEAL not in duties_of(person, case):
        return set()
    open_words = Submission.objects.live().filter(confidential=False)
    phones = open_words.filter(case=case).exclude(requester__phone_index="")
    known = Case.objects.seated(scope_of(person), SEATS[Duty.REVEAL]).open().values("pk")
    theirs = open_words.filter(
        requester__phone_index__in=phones.values("requester__phone_index"), case__in=known
    )
    return set(theirs.exclude(case=case).values_list("case", flat=True))


def _first(other: Case, case: Case) -> bool:
    """Whether the other one leads: promised no later, or, where nobody was promised, earlier."""
    return lead_order(other) < lead_order(case)


def lead_order(case: Case) -> tuple[bool, float, int]:
    """Order cases by which would lead the others: the earliest promised day, then the oldest."""
    return case.due_at is None, case.due_at.timestamp() if case.due_at else 0.0, case.pk


def lead_first(person: Person, number: str, other: str) -> tuple[str, str]:
    """Return of two cases which is joined to which: the one that follows, the one that leads."""
    try:
        follows, leads = case_for(person, number), case_for(person, other)
    except NotFound:
        raise NoSuchCase(number=other) from None
    if lead_order(follows) < lead_order(leads):
        follows, leads = leads, follows
    return follows.number, leads.number


def _nearest(
    matter: Matter, others: Mapping[int, Matter], common: Commonness
) -> list[tuple[int, Matter]]:
    """Keep those that hold most of the telling runs; to look for runs costs next to nothing."""
    runs = telling(matter.whole, common)
    said = {pk: letters(other.whole) for pk, other in others.items()}
    held = {pk: sum(run in said[pk] for run in runs) for pk in said}
    best = sorted((pk for pk in held if held[pk]), key=lambda pk: (-held[pk], -pk))
    return [(pk, others[pk]) for pk in best[:COMPARED]]
