"""Reminding people of their bookings by text message, at least once where it can be sent at all.

It is noted that a reminder is tried before it is sent, and that it was sent afterwards. A process
killed in between leaves nobody unreminded, at the price that somebody may get the same words
twice; a gateway that heeds the key sends them once.
"""

import logging
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from mingchuang.base.templatetags.words import moment
from mingchuang.outward.errors import NotSent
from mingchuang.outward.texting import send_text
from mingchuang.visits.actions.reminding import claim_reminder, note_sent
from mingchuang.visits.models import Visit
from mingchuang.visits.queries.reminding import visit_to_remind

log = logging.getLogger(__name__)


def remind_next(*, at: datetime) -> bool:
    """Remind one person who is to be reminded by now; say whether it went out.

    Where the gateway fails, the others wait for the next look.
    """
    visit = visit_to_remind(at) if settings.SMS_GATEWAY else None
    reminder = claim_reminder(visit, at=at) if visit else None
    if visit is None or reminder is None or visit.requester is None:
        return False
    key = f"{reminder.subject}@{settings.LEDGER_ORIGIN}"
    words = words_for(visit)
    try:
        send_text(visit.requester.phone, words, key=key, gateway=settings.SMS_GATEWAY)
    except NotSent as refused:
        log.warning("%s, try %s: %s", reminder.subject, reminder.tries, refused)
        return False
    note_sent(reminder, at=at)
    return True


def words_for(visit: Visit) -> str:
    """Say when and where; nothing that opens the booking goes through another house."""
    assert visit.slot is not None
    language = visit.requester.language if visit.requester else settings.LANGUAGE_CODE
    with override(language):
        told = _("【%(town)s】提醒您：预约的时间是 %(at)s，地点 %(site)s（%(address)s）。")
        said = {"town": settings.TOWN, "at": moment(visit.slot.starts_at)}
        said |= {"site": visit.site.name, "address": visit.site.address}
        more = _("请带好材料。来不了请打开预约的页面取消，或者致电 %(phone)s。")
        without = _("请带好材料。来不了请打开预约的页面取消，让给别人。")
        return (told + (more if visit.site.phone else without)) % {
            **said,
            "phone": visit.site.phone,
        }
