"""When slots have to follow: everything they are made of."""

import hashlib
from datetime import date
from typing import Any

from django.db.models import QuerySet

from mingchuang.hall.models import CalendarYear, OpeningHours, SpecialHours, Window
from mingchuang.visits.models import Line, Rota


def lines_in_use() -> list[Line]:
    """Return every line in use, with its site."""
    return list(Line.objects.filter(active=True).select_related("site").order_by("pk"))


def what_slots_follow(on: date) -> str:
    """Return a digest of everything slots are made of from that day on: while it is the same,
    nothing has to be renewed. One small statement for each table."""
    tables: list[QuerySet[Any]] = [
        Line.objects.filter(active=True),
        Rota.objects.all(),
        OpeningHours.objects.all(),
        SpecialHours.objects.filter(day__gte=on),
        CalendarYear.objects.all(),
        Line.items.through._default_manager.all(),
        Window.items.through._default_manager.all(),
    ]
    rows = [list(table.order_by("pk").values_list()) for table in tables]
    return hashlib.sha256(repr((on, rows)).encode()).hexdigest()
