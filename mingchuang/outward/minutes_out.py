"""Telling those who were at a sitting that its minutes wait to be read, at least once each.

As with reminders: noted before it is tried, told once it was sent; a gateway that heeds the key
sends the same words once.
"""

import logging
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from mingchuang.base.templatetags.words import moment
from mingchuang.council.actions.letters import claim_letter, note_letter_sent
from mingchuang.council.models import Letter
from mingchuang.council.queries.letters import letter_to_send
from mingchuang.outward.errors import NotSent
from mingchuang.outward.texting import send_text
from mingchuang.visits.rules.reminding import next_try

log = logging.getLogger(__name__)


def tell_reader(*, at: datetime) -> bool:
    """Tell one person that they may confirm or correct by now; say whether it went out.

    Where the gateway fails, the others wait for the next look.
    """
    found = letter_to_send(at) if settings.SMS_GATEWAY else None
    again_at = next_try(found.tries + 1, at) if found else None
    letter = claim_letter(found, again_at=again_at, at=at) if found else None
    if letter is None:
        return False
    key = f"letter:{letter.pk}@{settings.LEDGER_ORIGIN}"
    phone = letter.stakeholder.requester.phone
    try:
        send_text(phone, words_for(letter), key=key, gateway=settings.SMS_GATEWAY)
    except NotSent as refused:
        log.warning("%s, try %s: %s", key, letter.tries, refused)
        return False
    note_letter_sent(letter, at=at)
    return True


def words_for(letter: Letter) -> str:
    """Say until when, and where: by their own link where the address of the house is known."""
    who, until = letter.stakeholder, letter.minutes.until
    assert until is not None
    with override(who.requester.language):
        said = {"town": settings.TOWN, "until": moment(until), "link": _link(letter)}
        said |= {"title": who.topic.title}
        told = _("【%(town)s】“%(title)s”的议事记录请您核对，%(until)s截止。")
        more = _("请打开 %(link)s （这是您本人的链接，请勿转发）。")
        without = _("请打开您登记时留下的页面，或者扫纸条上的二维码。")
        return (told + (more if settings.ADDRESS else without)) % said


def _link(letter: Letter) -> str:
    way = [letter.stakeholder.code, letter.minutes.sitting.number]
    return settings.ADDRESS.rstrip("/") + reverse("council:my_sitting", args=way)
