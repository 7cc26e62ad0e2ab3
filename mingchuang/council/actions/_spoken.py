"""Staff speak for nobody: a camp is taken from a case only where this very person spoke in it."""

from django.db.models import Q

from mingchuang.base.errors import NotFound
from mingchuang.cases.models import Case
from mingchuang.cases.queries.desk import case_for
from mingchuang.council.errors.topics import (
    NoSuchObjection,
    NothingAgainst,
    NotTheirCase,
    SaidThemselves,
    SignedByAnother,
)
from mingchuang.council.models import Stakeholder, Topic
from mingchuang.council.rules.register import SAID_AGAINST, Proof, household_typed
from mingchuang.people.models import Person


def must_not_have_said(who: Stakeholder) -> None:
    """Leave alone what somebody declared by their own link; they change it themselves."""
    if who.proof == Proof.LINK:
        raise SaidThemselves


def case_spoken_in(number: str, who: Stakeholder, *, by: Person) -> Case:
    """Return the case in which it is on record that somebody is against; who is not written down
    yet is known by their phone."""
    try:
        case = case_for(by, number)
    except NotFound:
        raise NoSuchObjection(number=number) from None
    must_have_spoken_in(case, who)
    return case


def must_have_spoken_in(case: Case, who: Stakeholder) -> None:
    """Refuse a case in which nobody spoke who is them (the same phone, or the same entry), or in
    which nothing can have been said against it."""
    must_not_have_said(who)
    theirs = Q(requester__in=[who.requester_id] if who.requester_id else [])
    if who.phone_index:
        theirs |= Q(requester__phone_index=who.phone_index)
    if not case.submissions.filter(theirs).exists():
        raise NotTheirCase(number=case.number)
    if case.kind not in SAID_AGAINST and not _is_about(case, who.topic):
        raise NothingAgainst(number=case.number)


def _is_about(case: Case, topic: Topic) -> bool:
    """Say whether a topic came from this case, or from one it was merged into; or the case was
    noted as an objection to the decision the topic follows."""
    if topic.from_case_id is not None and topic.from_case_id in {case.pk, case.master_id}:
        return True
    return case.objections.filter(decision__topic=topic.follows_id).exists()


def must_have_signed(who: Stakeholder, signed: str) -> None:
    """Refuse a paper that somebody else signed; who is on the register without a name signs it."""
    name = who.requester.name
    if name and household_typed(name) != household_typed(signed):
        raise SignedByAnother
