"""Reminding people of what they have still to bring: by text where there is a number and a gateway;
else the list of the hall says that nothing was sent.

As with bookings: noted before it is tried, told once it was sent.
"""

import logging
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from mingchuang.base.templatetags.words import day
from mingchuang.outward.errors import NotSent
from mingchuang.outward.texting import send_text
from mingchuang.people.models import Requester
from mingchuang.visits.actions.supplements import claim_supplement, note_reminded
from mingchuang.visits.models import Supplement
from mingchuang.visits.queries.supplements import supplement_to_remind

log = logging.getLogger(__name__)
TEXT = "text"


def remind_of_supplement(*, at: datetime) -> bool:
    """Remind one person of what they have still to bring; say whether that is settled.

    Where the gateway fails, the others wait for the next look.
    """
    found = supplement_to_remind(at)
    if found is None:
        return False
    who = found.visit.requester
    may_send = bool(who and who.phone and settings.SMS_GATEWAY)
    if (mine := claim_supplement(found, at=at, may_send=may_send)) is None:
        return False
    if who is None or not may_send:
        return True
    key = f"{found.subject}@{settings.LEDGER_ORIGIN}"
    try:
        send_text(who.phone, words_for(found, who), key=key, gateway=settings.SMS_GATEWAY)
    except NotSent as refused:
        log.warning("%s, try %s: %s", key, mine.tries, refused)
        return False
    note_reminded(mine, TEXT, at=at)
    return True


def words_for(found: Supplement, who: Requester) -> str:
    """Say until when, where, and how many papers: which ones stands on the notice they hold."""
    with override(who.language):
        site = found.visit.site
        said = {"town": settings.TOWN, "day": day(found.due_on), "item": found.item.name}
        said |= {"site": site.name, "address": site.address, "n": str(len(found.material_list))}
        told = _(
            "【%(town)s】提醒您：您办的“%(item)s”还有 %(n)s 份材料要补，请在 %(day)s 关门前交到"
            "%(site)s（%(address)s）。缺哪些，请看一次性告知书。"
        )
        return told % said
