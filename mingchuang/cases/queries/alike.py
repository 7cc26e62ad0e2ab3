"""Which cases may be the same matter. Found by machine; nothing is joined by it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from mingchuang.base.memory import remembered
from mingchuang.base.search.index import LARGEST
from mingchuang.base.search.marks import marks_of
from mingchuang.cases.models.alike import CommonWords, Compared, NotAlike
from mingchuang.cases.models.case import Case, CaseQuerySet
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.queries.batch_ends import is_batch
from mingchuang.cases.queries.desk import duties_of
from mingchuang.cases.queries.findable import CASES
from mingchuang.cases.queries.leading import is_first, may_join
from mingchuang.cases.rules.comparing import Sought, most_alike
from mingchuang.cases.rules.duties import SEATS, Duty
from mingchuang.cases.rules.groups import PERHAPS, how_like
from mingchuang.cases.rules.life import State
from mingchuang.cases.rules.likeness import (
    Commonness,
    Matter,
)
from mingchuang.cases.rules.shared import shared
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of

AROUND = timedelta(days=90)
# So many telling runs are looked for, and so many of the newest that hold any are looked through.
LOOKED_FOR, LOOKED_THROUGH, SHOWN = 16, 300, 6
# Nobody can be joined to these.
NOT_SHOWN = (State.MERGED, State.WITHDRAWN, State.DECLINED, State.REFERRED)


@dataclass(frozen=True)
class Like:
    """A case that may be the same matter, how much so, and the words both share."""

    case: Case
    score: float
    shared: Sequence[str]
    is_same_person: bool = False
    comes_first: bool = False
    may_join: bool = False

    @property
    def word(self) -> str:
        return how_like(self.score)


@remembered(60)
def commonness() -> Commonness:
    """Return how common which runs of letters are; nothing is lost if a minute old."""
    words = CommonWords.objects.order_by("pk").first()
    return Commonness(words.texts, words.seen) if words else Commonness()


def compared_so_far() -> Compared:
    """Return up to which entry new cases are compared, locked: one follower compares at a time."""
    return Compared.objects.select_for_update().get(pk=1)


def candidates(
    sought: Sought, cases: CaseQuerySet, *, until: int = LARGEST, by: int = LOOKED_FOR
) -> dict[int, Matter]:
    """Return what the newest of these cases that hold any of the matter's telling runs are about,
    looked for `by` so many: two statements, and no more of a case than is compared."""
    matter = sought.matter
    marks = set(marks_of(matter.title, matter.place, matter.text))
    wanted = [run for run in sought.telling if run in marks][:by]
    near = CASES.newest_with_any(wanted, most=LOOKED_THROUGH, until=until)
    return _told(READABLE.filter(case__in=cases.filter(pk__in=near).order_by().values("pk")))


def matters(cases: Iterable[Case]) -> dict[int, Matter]:
    """Return what each case is about, in the words that began it, newest first: one statement."""
    numbered = {case.number: case for case in cases}
    said = READABLE.filter(number__in=numbered).order_by("-pk").values_list("number", "text")
    return {
        numbered[number].pk: Matter(text, numbered[number].title, numbered[number].place)
        for number, text in said
    }


# Words in confidence that nobody has looked over yet are not compared with anything, nor what
# was erased.
READABLE = Submission.objects.exclude(salt=b"").exclude(confidential=True, redacted_at__isnull=True)


def _told(said: "QuerySet[Submission]") -> dict[int, Matter]:
    """Return what cases are about in the words that began them: those of their own number."""
    rows = said.order_by("-pk").values_list(
        "case", "case__series", "number", "text", "case__title", "case__place"
    )
    return {
        pk: Matter(text, title, place)
        for pk, series, number, text, title, place in rows
        if number == f"{series}-{pk:06d}"
    }


def likes(
    matter: Matter,
    cases: CaseQuerySet,
    common: Commonness,
    *,
    least: float,
    most: int,
    until: int = LARGEST,
    by: int = LOOKED_FOR,
) -> list[Like]:
    """Return those of the cases, up to the number `until`, that are like the matter, the most
    alike first."""
    sought = Sought(matter, common)
    said = candidates(sought, cases, until=until, by=by)
    best = most_alike(sought, said, least=least)[:most]
    found = (
        {case.pk: case for case in cases.filter(pk__in=[pk for _score, pk in best])} if best else {}
    )
    return [
        Like(found[pk], score, shared(matter.whole, said[pk].whole, common))
        for score, pk in best
        if pk in found
    ]


def like_cases(person: Person, case: Case) -> list[Like]:
    """Return the cases this person may see that may be the same matter: not what somebody has
    looked at and parted. What the same person said of it comes first, what they said of something
    else last."""
    mine = None if is_batch(case) else matters([case]).get(case.pk)
    if mine is None:
        return []
    again = _by_the_same_person(person, case)
    cases = _visible_around(person, case)
    found = likes(mine, cases, commonness(), least=PERHAPS, most=SHOWN)
    known = {like.case.pk for like in found}
    more = cases.filter(pk__in=again - known) if again - known else ()
    told = [*found, *(Like(one, 0.0, []) for one in more)]
    lively = sorted(told, key=lambda like: not (like.score and like.case.pk in again))
    return [
        Like(
            like.case,
            like.score,
            like.shared,
            is_same_person=like.case.pk in again,
            comes_first=is_first(like.case, case),
            may_join=may_join(like.case, case),
        )
        for like in lively
    ]


def _visible_around(person: Person, case: Case) -> CaseQuerySet:
    around = (case.received_at - AROUND, case.received_at + AROUND)
    parted = NotAlike.objects.filter(
        Q(case=case, other=OuterRef("pk")) | Q(other=case, case=OuterRef("pk"))
    )
    return (
        Case.objects.visible_to(scope_of(person))
        .filter(~Exists(parted), received_at__range=around, batch__isnull=True)
        .exclude(pk=case.pk)
        .exclude(state__in=NOT_SHOWN)
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
