"""Hot topics: many people, one matter, within what this person may see."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Q

from mingchuang.base.errors import NotFound
from mingchuang.cases.models.alike import Alike, NotAlike
from mingchuang.cases.models.case import Case, CaseQuerySet
from mingchuang.cases.models.steps import Merge
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.queries.desk import case_for
from mingchuang.cases.queries.leading import lead_order, may_lead
from mingchuang.cases.rules.groups import HOT, Trend, groups, heads, trend
from mingchuang.cases.rules.keeping import ERASED_TITLE
from mingchuang.cases.rules.life import OPEN, RUNNING, State
from mingchuang.cases.rules.many import MOST
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of

# So many groups, the largest first, are opened and counted by people; fewer are shown.
OPENED, SHOWN, WORDS = 60, 30, 4
Pairs = list[tuple[int, int]]


@dataclass(frozen=True)
class HotTopic:
    """One matter that several cases are about, oldest first; who asked, and how it grows."""

    cases: Sequence[Case]
    known: int
    unknown: int
    shared: Sequence[str]
    trend: Trend

    @cached_property
    def lead(self) -> Case:
        """The case all others would be joined to: one that is being answered; else the oldest.

        One that nobody asked about in confidence goes before: only its answer may be public.
        """
        running = [case for case in self.cases if case.state in RUNNING]
        first = min(self.cases, key=lambda case: case.confidential)
        return min(running, key=lambda case: (case.confidential, *lead_order(case)), default=first)

    @property
    def weight(self) -> tuple[int, int]:
        """How many people, for the order; among equals how many words without a phone."""
        return self.known, self.unknown

    @property
    def people(self) -> int:
        """How many people asked at the least."""
        return max(self.known, 1)

    @property
    def to_join(self) -> list[Case]:
        """The open cases to be joined to the lead, as many as are asked for at once; none where
        it is answered, for no answer would reach who is joined to it."""
        return [case for case in self._unjoined if not self._is_apart(case)][:MOST]

    @property
    def apart(self) -> list[Case]:
        """The open cases in confidence: joined, they would keep the answer from being public."""
        return [case for case in self._unjoined if self._is_apart(case)]

    @property
    def _unjoined(self) -> list[Case]:
        if not may_lead(self.lead):
            return []
        return [case for case in self.cases if case.state in OPEN and case != self.lead]

    def _is_apart(self, case: Case) -> bool:
        return case.confidential and not self.lead.confidential

    @property
    def place(self) -> str:
        """Where most of it is."""
        places = Counter(case.place for case in self.cases if case.place)
        return places.most_common(1)[0][0] if places else ""

    @property
    def first(self) -> datetime:
        return self.cases[0].received_at

    @property
    def last(self) -> datetime:
        return self.cases[-1].received_at


def hot_topics(person: Person, *, days: int, now: datetime) -> list[HotTopic]:
    """Return what most people asked about in the last `days`, most voices first."""
    found = groups(_pairs(_visible(person, days=days, now=now)))
    largest = sorted(found, key=lambda group: (-len(group), -max(group)))[:OPENED]
    topics = _opened(person, largest, days=days, now=now)
    return sorted(topics, key=lambda topic: (topic.weight, topic.last), reverse=True)[:SHOWN]


def case_raised(person: Person, at: datetime) -> Case:
    """Return the case that this person raised by themselves at that moment."""
    said = Submission.objects.filter(taken_by=person, at=at, channel="proactive")
    return said.select_related("case").latest("pk").case


def topic_of(person: Person, number: str, *, days: int, now: datetime) -> HotTopic:
    """Return the topic this case belongs to; raises NotFound where it belongs to none."""
    case = case_for(person, number)
    found = groups(_pairs(_visible(person, days=days, now=now)))
    mine = [group for group in found if case.pk in group]
    if not mine:
        raise NotFound
    return _opened(person, mine, days=days, now=now)[0]


def _visible(person: Person, *, days: int, now: datetime) -> CaseQuerySet:
    since = now - timedelta(days=days)
    seen = Case.objects.visible_to(scope_of(person)).filter(
        received_at__gt=since, received_at__lte=now
    )
    # What was erased says nothing any more that could be one matter with something.
    return seen.exclude(state=State.WITHDRAWN).exclude(title=ERASED_TITLE)


def _pairs(cases: CaseQuerySet) -> Pairs:
    """Return which of these cases are tied: alike by machine, or joined by a person; never those
    that a person has parted."""
    both: Mapping[str, object] = {"case__in": cases.values("pk"), "other__in": cases.values("pk")}
    parted = set(NotAlike.objects.filter(**both).values_list("case", "other"))
    alike = Alike.objects.filter(score__gte=HOT, **both).values_list("case", "other")
    joined = Merge.objects.filter(
        undone_at__isnull=True, case__in=cases.values("pk"), master__in=cases.values("pk")
    )
    return [
        *(pair for pair in alike.order_by("pk") if pair not in parted),
        *((merge.case_id, merge.master_id) for merge in joined.order_by("pk")),
    ]


def _opened(
    person: Person, found: Sequence[Sequence[int]], *, days: int, now: datetime
) -> list[HotTopic]:
    members = [pk for group in found for pk in group]
    rows = Case.objects.visible_to(scope_of(person)).filter(pk__in=members)
    cases = {case.pk: case for case in rows.select_related("responsible_unit").order_by("pk")}
    phones, words = _phones(cases), _words(members)
    return [
        HotTopic(
            [cases[pk] for pk in sorted(group)],
            *heads(phone for pk in group for phone in phones[pk]),
            [word for word, _n in Counter(w for pk in group for w in words[pk]).most_common(WORDS)],
            trend((cases[pk].received_at for pk in group), end=now, days=days),
        )
        for group in found
    ]


def _phones(cases: Mapping[int, Case]) -> dict[int, list[str]]:
    """Return by whom each case was asked for: one blind index for each submission, or nothing.

    Counted where the words are now; where that is outside of the window, where they began. Who
    spoke in confidence counts as a word without a phone: a number that is the same would name them.
    """
    numbers = {case.number: pk for pk, case in cases.items()}
    said = Submission.objects.live().filter(Q(case__in=cases) | Q(number__in=numbers))
    phones: dict[int, list[str]] = defaultdict(list)
    asked = said.values_list("number", "case", "confidential", "requester__phone_index")
    for number, case, hidden, phone in asked:
        phones[case if case in cases else numbers[number]].append("" if hidden else phone or "")
    return phones


def _words(members: Iterable[int]) -> dict[int, list[str]]:
    """Return the words each case shares with earlier ones of its topic."""
    words: dict[int, list[str]] = defaultdict(list)
    ties = Alike.objects.filter(case__in=members, other__in=members, score__gte=HOT)
    for case, shared in ties.order_by("pk").values_list("case", "shared"):
        words[case] += shared
    return words
