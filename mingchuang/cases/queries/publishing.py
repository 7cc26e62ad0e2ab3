"""The words in which an answer may be read by everybody."""

from mingchuang.cases.models.case import Case
from mingchuang.cases.models.steps import Reply
from mingchuang.cases.rules.publishing import public_draft
from mingchuang.people.models import Requester


def newest_reply(case: Case) -> Reply | None:
    return case.replies.exclude(salt=b"").order_by("-round").first()


def draft_for_all(reply: Reply) -> str:
    """Return what was published of this answer before, or the answer without what tells who
    asked, for the clerk to read again."""
    asked = list(Requester.objects.filter(submissions__case=reply.case_id))
    names, phones = [one.name for one in asked], [one.phone for one in asked]
    return reply.published_text or public_draft(reply.text, names, phones)
