"""What can be booked, and what a day says of itself."""

from django import template

from mingchuang.hall.models import ServiceItem
from mingchuang.hall.words import times
from mingchuang.visits.models import Visit
from mingchuang.visits.queries.free import Day
from mingchuang.visits.queries.wanted import is_booked
from mingchuang.visits.rules.life import State, may_step
from mingchuang.visits.words.booking import nothing_words

register = template.Library()
register.filter("short_day", times.short_day)
register.filter("week_day", times.week_day)


@register.filter
def takes_bookings(item: ServiceItem) -> bool:
    """{% if guide.item|takes_bookings %}: whether some line in use takes this in."""
    return is_booked(item)


@register.filter
def may_move(visit: Visit) -> bool:
    """{% if visit|may_move %}: whether it can still be moved or cancelled as a booking."""
    return may_step(State(visit.state), "visit.moved")


@register.filter
def nothing_free(day: Day) -> str:
    """{{ day|nothing_free }}: 约满, 位子不够, 国庆节, 休息."""
    return nothing_words(day.open, day.times, day.spare)
