"""What can be booked, and what a day says of itself."""

from django import template

from mingchuang.hall.models import ServiceItem
from mingchuang.hall.words import times
from mingchuang.visits.queries.free import Day, is_booked
from mingchuang.visits.words.booking import nothing_words

register = template.Library()
register.filter("short_day", times.short_day)
register.filter("week_day", times.week_day)


@register.filter
def takes_bookings(item: ServiceItem) -> bool:
    """{% if guide.item|takes_bookings %}: whether some line in use takes this in."""
    return is_booked(item)


@register.filter
def nothing_free(day: Day) -> str:
    """{{ day|nothing_free }}: 约满, 国庆节, 休息."""
    return nothing_words(day.open, day.times)
