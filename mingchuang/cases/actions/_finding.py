"""Whatever is written can be found from the same moment on, and what is covered no more."""

from collections.abc import Collection, Iterable

from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Reply
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.queries.findable import (
    ANSWERS,
    CASES,
    units_of,
    units_with,
    words_of,
    words_told,
)


def keep_findable(*cases: Case) -> None:
    """Let these cases be found by the words that stand in them now, and by the units that have
    them now."""
    CASES.put(words_of(cases), tags=units_of(cases))


def keep_new_findable(rows: Iterable[object]) -> None:
    """Let new cases be found, from the rows just written: nothing is asked again."""
    words: dict[int, list[str]] = {}
    units: dict[int, set[int]] = {}
    for row in rows:
        if isinstance(row, Submission):
            words[row.case_id] = [row.case.title, row.case.place]
            units[row.case_id] = units_with(row.case)
        if isinstance(row, Reply) or (isinstance(row, Submission) and not row.confidential):
            words[row.case_id].append(row.text)
    CASES.put(words, tags=units)


def keep_answers_findable(replies: Collection[Reply]) -> None:
    """Let everybody find these answers while they are public, and no longer."""
    ANSWERS.put(words_told([reply for reply in replies if reply.published_at]))
    ANSWERS.remove(reply.pk for reply in replies if not reply.published_at)
