"""The words by which cases and public answers are found, and by whom nothing may be found."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q

from mingchuang.base.search.index import Index
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Reply
from mingchuang.cases.models.submission import Remark, Submission
from mingchuang.cases.rules.duties import SEATS, Duty, is_seated_everywhere
from mingchuang.people.rules.roles import Scope

CASES = Index("cases_case_found")
ANSWERS = Index("cases_answer_found")
READ = SEATS[Duty.READ]
# So many are asked for at once; who reads the cases of more finds them near the top of the index.
MOST_UNITS = 64


def words_of(cases: Collection[Case]) -> dict[int, list[str]]:
    """Return what each case is found by: title, place, what people said, what was answered.

    Words spoken in confidence count once a person has looked them over (promise P6).
    """
    words = {case.pk: [case.title, case.place] for case in cases}
    ours = Q(case__in=words)
    looked_over = Q(confidential=False) | Q(redacted_at__isnull=False)
    said = Submission.objects.filter(ours & looked_over).values_list("case", "text")
    of_theirs = Q(submission__case__in=words)
    open_ones = Q(submission__confidential=False) | Q(redacted_at__isnull=False)
    added = Remark.objects.filter(of_theirs & open_ones).values_list("submission__case", "text")
    answered = Reply.objects.filter(ours).values_list("case", "text")
    for some in (said, added, answered):
        for pk, text in some:
            words[pk].append(text)
    return words


def units_of(cases: Iterable[Case]) -> dict[int, set[int]]:
    """Return the units that have each case: took it in, lead it, assist."""
    units = {case.pk: units_with(case) for case in cases}
    assisting = Case.assists.through.objects.filter(case__in=units)
    for pk, unit in assisting.values_list("case", "unit"):
        units[pk].add(unit)
    return units


def units_with(case: Case) -> set[int]:
    """Return the units that have this case before any assists."""
    lead = case.responsible_unit_id
    return {case.intake_unit_id} if lead is None else {case.intake_unit_id, lead}


def units_read_by(scope: Scope) -> frozenset[int] | None:
    """Return the units of which every case this scope may read has one; None where it reads all,
    and where they are too many to be asked for."""
    if is_seated_everywhere(scope, READ):
        return None
    units = scope.units(*READ.intake) | scope.units(*READ.lead) | scope.units(*READ.assist)
    return units if len(units) <= MOST_UNITS else None


def words_told(replies: Collection[Reply]) -> dict[int, list[str]]:
    """Return what each public answer is found by: what everybody may read of it."""
    told: dict[int, list[str]] = defaultdict(list)
    for reply in replies:
        told[reply.pk] += [reply.headline, reply.public_text]
    return told
