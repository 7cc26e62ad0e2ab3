"""Cases by words, newest first; by their number; and by a phone, for those who may know whose."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Reply
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.queries.desk import may_reveal
from mingchuang.cases.queries.findable import ANSWERS, CASES, units_read_by
from mingchuang.cases.queries.lists import public_answers
from mingchuang.cases.rules.duties import CONFIDENTIAL, SEATS, Duty
from mingchuang.people.fields import phone_index
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.encryption import normal_phone

if TYPE_CHECKING:
    Cases = QuerySet[Case]

SHORTEST_PHONE = 7


class Found:
    """What some words find among these cases, read a part at a time: `found[25:51]`.

    What was called by its number or by a phone stands first, and whatever `held` keeps out.
    """

    def __init__(self, person: Person, words: str, *, cases: "Cases", held: Q) -> None:
        self.words = words
        self.called = _called_among(cases, person, words)
        self.narrowed_to = units_read_by(scope_of(person))
        self.told = cases.order_by("-pk")
        self.cases = cases.filter(held)
        if self.called:
            self.cases = self.cases.exclude(pk__in=[case.pk for case in self.called])

    def __getitem__(self, part: slice) -> list[Case]:
        first, last = part.start or 0, part.stop
        above = len(self.called)
        rest = self._worded(max(0, first - above), last - above) if last > above else []
        return [*self.called[first:last], *rest]

    def _worded(self, first: int, last: int) -> list[Case]:
        part = {"first": first, "most": last - first}
        found = CASES.newest(self.words, **part, of=self.cases, tagged=self.narrowed_to)
        return list(self.told.filter(pk__in=found))


def _called_among(cases: "Cases", person: Person, words: str) -> list[Case]:
    """Return the case of this number; those of this phone, for those who may reveal who asked."""
    if not any(letter.isdigit() for letter in words):
        return []
    called = {*Case.objects.numbered(words).values_list("pk", flat=True), *_of_phone(person, words)}
    return list(cases.filter(pk__in=called).order_by("-pk")) if called else []


def _of_phone(person: Person, words: str) -> Iterable[int]:
    """Return the cases for which this whole phone was left, as far as the person may know it."""
    index = phone_index(words) if len(normal_phone(words)) >= SHORTEST_PHONE else ""
    if not index:
        return ()
    revealed = Case.objects.seated(scope_of(person), SEATS[Duty.REVEAL])
    intake = Case.objects.seated(scope_of(person), CONFIDENTIAL)
    theirs = Q(confidential=False, case__in=revealed) | Q(confidential=True, case__in=intake)
    left = Submission.objects.filter(requester__phone_index=index)
    known = Submission.objects.filter(theirs, pk__in=[pk for (pk,) in left.values_list("pk")])
    scope = scope_of(person)
    return [one.case_id for one in known.select_related("case") if may_reveal(scope, one)]


def found_answers(words: str) -> "QuerySet[Reply]":
    """Return the public answers in which all these words stand, newest first."""
    return public_answers().filter(pk__in=ANSWERS.holding(words)) if words else public_answers()
