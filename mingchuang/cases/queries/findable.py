"""The words by which cases and public answers are found, and by whom nothing may be found."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q

from mingchuang.base.search.index import Index
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Reply
from mingchuang.cases.models.submission import Remark, Submission

CASES = Index("cases_case_found")
ANSWERS = Index("cases_answer_found")


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


def words_told(replies: Collection[Reply]) -> dict[int, list[str]]:
    """Return what each public answer is found by: what everybody may read of it."""
    told: dict[int, list[str]] = defaultdict(list)
    for reply in replies:
        told[reply.pk] += [reply.headline, reply.public_text]
    return told
