"""Staff speak for nobody: a camp is taken from a case only where this very person spoke in it."""

from django.db.models import Q

from mingchuang.cases.models import Case
from mingchuang.council.errors.topics import NotTheirCase, SaidThemselves, SignedByAnother
from mingchuang.council.models import Stakeholder
from mingchuang.council.rules.register import Proof, household_typed


def must_not_have_said(who: Stakeholder) -> None:
    """Leave alone what somebody declared by their own link; they change it themselves."""
    if who.proof == Proof.LINK:
        raise SaidThemselves


def must_have_spoken_in(case: Case, who: Stakeholder) -> None:
    """Refuse a case in which nobody spoke who is them: the same phone, or the same entry."""
    must_not_have_said(who)
    theirs = Q(requester=who.requester_id)
    if who.phone_index:
        theirs |= Q(requester__phone_index=who.phone_index)
    if not case.submissions.filter(theirs).exists():
        raise NotTheirCase(number=case.number)


def must_have_signed(who: Stakeholder, signed: str) -> None:
    """Refuse a paper that somebody else signed; who is on the register without a name signs it."""
    name = who.requester.name
    if name and household_typed(name) != household_typed(signed):
        raise SignedByAnother
