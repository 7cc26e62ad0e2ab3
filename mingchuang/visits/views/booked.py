"""A booking in the hands of its holder: the page, the file for their calendar, move, cancel."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.qr import qr_svg
from mingchuang.cases.views.limits import unlisted
from mingchuang.visits.actions.booking import EARLY
from mingchuang.visits.queries.booked import changes_of, items_of, visit_of
from mingchuang.visits.rules.diary import Diary, diary_file
from mingchuang.visits.rules.life import State, may_step
from mingchuang.visits.rules.reminding import evening_before, reminds_of
from mingchuang.visits.views import changing

if TYPE_CHECKING:
    from mingchuang.visits.models import Visit


def booked_shown(request: HttpRequest, visit: "Visit") -> dict[str, object]:
    """Return what `visits/_booked.html` shows of a booking."""
    link, texts = _link(request, visit), bool(settings.SMS_GATEWAY)
    return {
        "items": items_of(visit),
        "link": link,
        "qr": qr_svg(link),
        "number_since": visit.slot and visit.slot.starts_at - EARLY,
        "may_move": may_step(State(visit.state), "visit.moved"),
        "is_cancelled": visit.state == State.CANCELLED,
        "is_missed": visit.state == State.MISSED,
        "texts": texts,
        "reminds": visit.slot and reminds_of(visit.slot.starts_at, now(), texts=texts),
    }


@unlisted
@require_safe
def diary(request: HttpRequest, code: str) -> HttpResponse:
    """The booking for the calendar of a phone, which reminds the evening before and on the day."""
    visit = visit_of(code)
    if visit.slot is None:
        raise NotFound
    response = HttpResponse(
        diary_file(_diary(request, visit)), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="visit.ics"'
    return response


@unlisted
def move(request: HttpRequest, code: str) -> HttpResponse:
    return changing.move(request, visit_of(code), _door(code))


@unlisted
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    return changing.cancel(request, visit_of(code), _door(code))


def _door(code: str) -> changing.Door:
    return changing.Door("visits/booking.html", reverse("visits:visit", args=[code]))


def _link(request: HttpRequest, visit: "Visit") -> str:
    return request.build_absolute_uri(reverse("visits:visit", args=[visit.code]))


def _diary(request: HttpRequest, visit: "Visit") -> Diary:
    slot, items, link = visit.slot, items_of(visit), _link(request, visit)
    assert slot is not None
    evening = evening_before(slot.starts_at)
    changes, changed = changes_of(visit)
    materials = [
        line for item in items if hasattr(item, "guide") for line in item.guide.material_list
    ]
    what = _("、").join(item.name for item in items) or visit.line.name
    return Diary(
        uid=f"{visit.subject.replace(':', '-')}@{settings.LEDGER_ORIGIN.partition('/')[0]}",
        starts=slot.starts_at,
        ends=slot.ends_at,
        changed=changed,
        changes=changes,
        title=_("办事：%(what)s") % {"what": what},
        place=f"{visit.site.name} {visit.site.address}",
        text="\n".join([*dict.fromkeys(materials), link]),
        link=link,
        organizer=visit.site.name,
        sender=settings.DEFAULT_FROM_EMAIL,
        cancelled=visit.state == State.CANCELLED,
        reminders=[evening] if now() < evening else [],
    )
