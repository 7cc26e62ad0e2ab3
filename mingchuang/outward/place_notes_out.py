"""Telling people by text that a place is held for them, what a draw brought, and that the hall
stays shut on the day they booked.

As with reminders: noted before it is tried, told once it was sent; nothing that opens anything
goes through another house.
"""

import logging
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from mingchuang.base.templatetags.words import day, moment
from mingchuang.base.typing import Text
from mingchuang.outward.errors import NotSent
from mingchuang.outward.texting import send_text
from mingchuang.people.models import Requester
from mingchuang.visits.actions.place_notes import claim_place_note, place_note_sent
from mingchuang.visits.models import PlaceNote
from mingchuang.visits.queries.place_notes import place_note_to_send
from mingchuang.visits.rules.place_notes import Kind

log = logging.getLogger(__name__)

WORDS: Mapping[str, Text] = {
    Kind.OFFERED: _(
        "【%(town)s】您候补的位子有了：%(at)s，%(site)s。请在 %(until)s 前打开候补的页面确认，"
        "过时让给下一位。"
    ),
    Kind.DRAWN: _(
        "【%(town)s】预约摇中了：%(at)s，%(site)s（%(address)s）。来不了请早点取消，让给别人。"
    ),
    Kind.MISSED: _(
        "【%(town)s】%(day)s %(site)s的预约这次没有摇中，已按次序转为候补。有位子空出来，再发短信"
        "告诉您。"
    ),
    Kind.SHUT: _(
        "【%(town)s】很抱歉，您预约的 %(at)s 不能办理：%(site)s当天临时休息。请打开预约的页面改约，"
        "或者致电 %(phone)s。"
    ),
}
# Not every place has a telephone.
WITHOUT_PHONE: Mapping[str, Text] = {
    Kind.SHUT: _(
        "【%(town)s】很抱歉，您预约的 %(at)s 不能办理：%(site)s当天临时休息。请打开预约的页面改约。"
    ),
}


def tell_of_place(*, at: datetime) -> bool:
    """Tell one person of a place; say whether it went out.

    Where the gateway fails, the others wait for the next look.
    """
    note = place_note_to_send(at) if settings.SMS_GATEWAY else None
    if note is None or (mine := claim_place_note(note, at=at)) is None:
        return False
    who = _who(note)
    key = f"{note.subject}@{settings.LEDGER_ORIGIN}"
    try:
        send_text(who.phone, words_for(note, who), key=key, gateway=settings.SMS_GATEWAY)
    except NotSent as refused:
        log.warning("%s, try %s: %s", note.subject, mine.tries, refused)
        return False
    place_note_sent(mine, at=at)
    return True


def words_for(note: PlaceNote, who: Requester) -> str:
    """Say what came of it, when and where."""
    with override(who.language):
        told = {"town": settings.TOWN, **_told(note)}
        words = WORDS if told.get("phone") else {**WORDS, **WITHOUT_PHONE}
        return str(words[note.kind]) % told


def _told(note: PlaceNote) -> dict[str, str]:
    if note.visit is not None and note.visit.slot is not None:
        site = note.visit.site
        told = {"at": moment(note.visit.slot.starts_at), "site": site.name}
        return {**told, "address": site.address, "phone": site.phone}
    assert note.standby is not None
    standby = note.standby
    told = {"day": day(standby.day), "site": standby.line.site.name}
    if standby.slot is None or standby.held_until is None:
        return told
    return {**told, "at": moment(standby.slot.starts_at), "until": moment(standby.held_until)}


def _who(note: PlaceNote) -> Requester:
    if note.standby is not None:
        return note.standby.requester
    assert note.visit is not None
    assert note.visit.requester is not None
    return note.visit.requester
