"""The green channel of who stands in line already: set later, made another kind, taken away."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.ledger.actions import record
from mingchuang.people.models import Person
from mingchuang.visits.actions._steps import take_step, visit_in_line
from mingchuang.visits.errors import ChannelReasonNeeded
from mingchuang.visits.models import Visit
from mingchuang.visits.queries.in_line import visit_in_hall
from mingchuang.visits.rules.green import Basis, needs_reason


@transaction.atomic
def change_channel(
    visit: int, green: str, basis: Basis, *, by: Person, at: datetime, reason: str = ""
) -> Visit:
    """Let somebody in line go by this channel from now on, by appearance or their own word; they
    keep their number and the time they have stood. What they had is changed only with a reason,
    which stands in the ledger for ever (promise P9)."""
    found = visit_in_line(visit_in_hall(by, visit, on=localdate(at)).code)
    old, reason = found.green, reason.strip()
    if green == old:
        return found
    take_step(found, "visit.channel_changed")
    if needs_reason(old) and not reason:
        raise ChannelReasonNeeded(kind=found.get_green_display())
    found.green = green
    found.save(update_fields=["green"])
    told = {"old": old, "new": green, "basis": basis.value, "by": by.badge}
    if reason:
        told["reason"] = reason
    record("visit.channel_changed", found.subject, at=at, digest="", **told)
    return found
