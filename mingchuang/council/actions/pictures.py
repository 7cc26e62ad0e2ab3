"""Papers that somebody signed: a look at one tells who they are, and what they said."""

from datetime import datetime

from django.db import transaction

from mingchuang.council.models import Picture
from mingchuang.council.queries.pictures import paper_for, signed_by
from mingchuang.council.queries.topics import convenes
from mingchuang.people.actions.requesters import reveal_requester
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import May


@transaction.atomic
def look_at_paper(pk: int, *, by: Person, at: datetime) -> Picture:
    """Show a paper to who convenes the topic or supervises it; that they looked is in the ledger.

    The auditor, who writes nothing, sees none.
    """
    paper = paper_for(by, pk)
    right = May.CONVENE if convenes(by, paper.topic) else May.REVEAL
    who, subject = signed_by(paper)
    reveal_requester(who, subject=subject, reason="check_identity", by=by, at=at, right=right)
    return paper
