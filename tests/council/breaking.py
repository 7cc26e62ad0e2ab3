"""How a row that was good is broken, to see whether the database refuses it."""

from collections.abc import Callable
from typing import Any

from django.db import models

Breach = Callable[[], object]


def changed(build: Callable[[], models.Model], /, **fields: Any) -> Breach:
    """Write these columns of a row that was good."""

    def breach() -> object:
        row = build()
        return type(row)._default_manager.filter(pk=row.pk).update(**fields)

    return breach


def again(build: Callable[[], models.Model], **fields: Any) -> Breach:
    """Insert a good row a second time, with these columns of its own."""

    def breach() -> None:
        row = build()
        row.pk = None
        row._state.adding = True
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()

    return breach
