"""Of cases that are one matter: which is joined to which, and whether it may be."""

from mingchuang.base.errors import NotFound
from mingchuang.cases.errors import NoSuchCase
from mingchuang.cases.models.case import Case
from mingchuang.cases.queries.desk import case_for
from mingchuang.cases.rules.life import OPEN, takes_others
from mingchuang.people.models import Person


def lead_order(case: Case) -> tuple[bool, float, int]:
    """Order cases by which would lead the others: the earliest promised day, then the oldest."""
    return case.due_at is None, case.due_at.timestamp() if case.due_at else 0.0, case.pk


def is_first(other: Case, case: Case) -> bool:
    """Whether the other one leads: promised no later, or, where nobody was promised, earlier."""
    return lead_order(other) < lead_order(case)


def lead_first(person: Person, number: str, other: str) -> tuple[str, str]:
    """Return of two cases which is joined to which: the one that follows, the one that leads."""
    try:
        follows, leads = case_for(person, number), case_for(person, other)
    except NotFound:
        raise NoSuchCase(number=other) from None
    if is_first(follows, leads):
        follows, leads = leads, follows
    return follows.number, leads.number


def may_lead(case: Case) -> bool:
    """Whether others may be joined to it."""
    return takes_others(case.state, answers=case.round, confidential=case.confidential)


def may_join(one: Case, other: Case) -> bool:
    """Whether of two the one that follows may be joined to the one that leads."""
    leads, follows = sorted((one, other), key=lead_order)
    return follows.state in OPEN and may_lead(leads)
