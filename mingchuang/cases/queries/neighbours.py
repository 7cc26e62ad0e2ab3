"""What a resident may be told, before sending, of what neighbours said: nothing in their words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mingchuang.cases.models.case import Case, CaseQuerySet
from mingchuang.cases.models.steps import Reply
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.queries.alike import AROUND, Like, commonness, likes
from mingchuang.cases.rules.emergency import emergency_line
from mingchuang.cases.rules.groups import SURE
from mingchuang.cases.rules.life import WAITING
from mingchuang.cases.rules.likeness import Commonness, Matter, letters, runs
from mingchuang.cases.rules.publishing import street_of
from mingchuang.cases.rules.said import Said, title_of
from mingchuang.people.models import Unit

TOLD = 3
# With fewer letters than this, likeness is chance.
SHORTEST = 8
# Whoever surely says the same holds one of the few most telling runs; on real messages nobody was
# lost, and a quarter as much is read while somebody waits.
LOOKED_FOR = 8


@dataclass(frozen=True)
class Neighbour:
    """A case that may be the same matter, as everybody may know it.

    `headline` is of a published answer. `place` and `shared` are words of the writer's own.
    """

    case: Case
    headline: str
    place: str
    shared: Sequence[str]


def neighbours(said: Said, unit: Unit, *, at: datetime) -> list[Neighbour]:
    """Return what neighbours of the unit said that is likely the same matter.

    Who is in danger or says almost nothing is not held up, a form that came in already is not
    asked again, and nobody is asked about something of which nothing may be told.
    """
    if len(letters(said.text)) < SHORTEST or emergency_line(said.text):
        return []
    matter, common = Matter(said.text, said.title or title_of(said.text), said.place), commonness()
    cases = joinable(unit, at=at)
    found = likes(matter, cases, common, least=SURE, most=TOLD, by=LOOKED_FOR)
    headlines = _headlines([like.case for like in found if like.case.replied_at])
    all_told = (_told(like, matter, common, headlines.get(like.case.pk, "")) for like in found)
    told = [one for one in all_told if one.headline or one.place or one.shared]
    if not told or Submission.objects.filter(key=said.key).exists():
        return []
    # Of those that read the same the likeliest is enough; the dispatcher knows the others.
    likeliest = {(one.headline, one.place, one.case.kind): one for one in reversed(told)}
    return list(likeliest.values())[::-1]


def _headlines(cases: Sequence[Case]) -> dict[int, str]:
    """Return under which headline the newest answer to each case may be read by everybody."""
    if not cases:
        return {}
    answered = Reply.objects.filter(case__in=cases, published_at__isnull=False)
    return dict(answered.order_by("round").values_list("case", "headline"))


def joinable(unit: Unit, *, at: datetime) -> CaseQuerySet:
    """Return the cases a resident may be asked about: with an answer to come, in nobody's
    confidence, no report of wrongdoing, no company's batch, and not older than a season."""
    return Case.objects.filter(
        state__in=WAITING,
        confidential=False,
        batch__isnull=True,
        intake_unit__path__startswith=unit.path,
        received_at__gte=at - AROUND,
    ).exclude(kind="report")


def wished(pk: int, unit: Unit, *, at: datetime) -> Case | None:
    """Return the case a requester wishes to join, if everybody may still know of it."""
    return joinable(unit, at=at).filter(pk=pk).first() if pk else None


def offer_is_over(said: Said, unit: Unit, *, stands: bool, at: datetime) -> bool:
    """Whether what the requester took up was offered too long ago, or nobody may join it any
    more; a form that came in already is not asked again."""
    if not said.joins or (stands and wished(said.joins, unit, at=at)):
        return False
    return not Submission.objects.filter(key=said.key).exists()


def _told(like: Like, mine: Matter, common: Commonness, headline: str) -> Neighbour:
    place = street_of(like.case.place)
    own = letters(place) and letters(place) in letters(mine.whole)
    return Neighbour(
        like.case,
        headline=headline,
        place=place if own else "",
        shared=[word for word in like.shared if _is_common(word, common)],
    )


def _is_common(word: str, common: Commonness) -> bool:
    """Whether so many people use the word that showing it tells of nobody; numbers never."""
    is_digit = any(letter.isdigit() for letter in word)
    return not is_digit and all(run in common.seen for run in runs(word))
