"""The days before: people who came to the hall of the demo town while nobody looked.

Everything goes through the actions of real days, each at its own time; only the clock runs fast.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from django.db import transaction
from django.utils.timezone import localdate, make_aware

from mingchuang.base.errors import Refused
from mingchuang.base.memory import let_pass
from mingchuang.cases.actions.batch_plans import keep_plan
from mingchuang.cases.models import Batch
from mingchuang.hall.models import Site
from mingchuang.hall.queries import days_of
from mingchuang.outward.comers import Doors, plan_bookings, plan_companion, plan_walk_ins
from mingchuang.outward.lacking import tell_what_is_missing
from mingchuang.outward.living import CLERKS, SITE
from mingchuang.outward.playing import PlayedHall, must_be_the_demo_town, opened_hall
from mingchuang.outward.rated import rate_past
from mingchuang.outward.thanked import thank_past
from mingchuang.people.models import Person
from mingchuang.visits.actions.desks import sign_off
from mingchuang.visits.actions.ending import NIGHT, end_day
from mingchuang.visits.actions.plans import ask_plan
from mingchuang.visits.actions.slots import renew_slots
from mingchuang.visits.models import Line, Visit
from mingchuang.visits.queries.idle import idle_minutes
from mingchuang.visits.queries.plans import lines_planned_by
from mingchuang.visits.reckoning import learn_day
from mingchuang.visits.rules.plan import PLAIN

# Who goes with people who cannot well come alone, and who asks for plans.
COMPANION, SUPERVISOR = "chuang4", "duban"
# So long after the doors open somebody comes who is accompanied.
ACCOMPANIED = (timedelta(minutes=50), timedelta(hours=5, minutes=40))
# So many days on which the hall was open, of the last month.
DAYS, MONTH = 6, 31
# One day has more people than another by up to so much.
DIFFER = 0.2
A_DAY = timedelta(days=1)
# A window with nobody before it looks round no more that day; who comes says so.
NEVER = 1e7
SEED = 1


@transaction.atomic
def play_past(*, at: datetime, many: int = DAYS) -> int:
    """Let the hall of the demo town have been open for so many days, and the nights between have
    taught what they teach; return how many people came, or booked and did not. Where anybody came
    before, nothing is done."""
    must_be_the_demo_town()
    if not nobody_ever_came():
        return 0
    dice, phones = Random(SEED), count(1000)  # noqa: S311  a play
    days = _days_before(localdate(at - NIGHT), many)
    for line in Line.objects.filter(site__code=SITE):
        renew_slots(line, min(days), many=MONTH, at=_at(min(days) - A_DAY))
    for day, doors in days.items():
        _play_day(doors, dice, phones)
        _be_night(_at(day + A_DAY) + NIGHT, day)
    rate_past(dice=dice, at=at)
    thank_past(at=at)
    supervisor = Person.objects.get(username=SUPERVISOR)
    for line in lines_planned_by(supervisor).filter(site__code=SITE)[:1]:
        ask_plan(line.pk, kind=PLAIN, share=90, minutes=20, by=supervisor, at=at)
    _promise_beside_them(at)
    return Visit.objects.count()


def _promise_beside_them(at: datetime) -> None:
    """Plan the batches again beside those who come to the hall, now that it is known how many."""
    for batch in Batch.objects.filter(planned_at__isnull=False).select_related("item"):
        keep_plan(batch, idle_minutes(batch.item, localdate(at)), at=at)


def nobody_ever_came() -> bool:
    return not Visit.objects.exists()


def _days_before(today: date, many: int) -> dict[date, Doors]:
    """Return the last days before this one on which the hall was open, and when."""
    days = days_of(Site.objects.get(code=SITE), today - MONTH * A_DAY, MONTH)
    found = [(day.day, _doors(day.day, day.shifts)) for day in days if day.shifts]
    return dict(found[-many:])


def _doors(day: date, shifts: Sequence[tuple[time, time]]) -> Doors:
    return [(_at(day, opens), _at(day, closes)) for opens, closes in sorted(shifts)]


def _at(day: date, clock: time = time()) -> datetime:
    return make_aware(datetime.combine(day, clock))


def _play_day(doors: Doors, dice: Random, phones: Iterator[int]) -> None:
    """Let a day be: whatever happens next, until nobody is left and the clerks go home."""
    hall = _morning(doors, dice, phones)
    now = doors[0][0]
    while (at := hall.next_at) < now + A_DAY:
        let_pass((at - now).total_seconds())
        now = at
        for _happened in hall.live(now):
            pass
    tell_what_is_missing(hall, now)
    for place in hall.places:
        with suppress(Refused):
            sign_off(by=place.clerk, at=now)


def _morning(doors: Doors, dice: Random, phones: Iterator[int]) -> PlayedHall:
    """Return the hall just opened, and all who will come that day."""
    opens, closes = doors[0][0], doors[-1][1]
    busy = dice.uniform(1 - DIFFER, 1 + DIFFER)
    hall = opened_hall(SITE, CLERKS, dice=dice, now=opens, looks_round=NEVER)
    for line in hall.lines:
        plan_bookings(hall, line, doors, phones)
        plan_walk_ins(hall, line, doors, busy)
    companion = Person.objects.get(username=COMPANION)
    for after in ACCOMPANIED:
        if opens + after < closes:
            plan_companion(hall, companion, opens + after)
    return hall


def _be_night(night: datetime, day: date) -> None:
    """Close what the day left open, and learn from it."""
    while end_day(at=night):
        pass
    learn_day(day, lambda: night)
