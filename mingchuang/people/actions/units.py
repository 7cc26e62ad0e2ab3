"""The tree of units."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from mingchuang.base.errors import NotFound
from mingchuang.ledger.actions import record
from mingchuang.people.actions._named import named
from mingchuang.people.keyring import make_keys
from mingchuang.people.models import Person, Unit
from mingchuang.people.queries import administered_units
from mingchuang.people.refusals import refuse_wrong_unit


@transaction.atomic
def add_unit(
    code: str,
    name: str,
    *,
    kind: str,
    at: datetime,
    parent: Unit | None = None,
    name_en: str = "",
    by: Person | None = None,
) -> Unit:
    """Put a unit into the tree, below its parent; cases can be dispatched to it from now on."""
    unit = Unit(code=code, name=name, name_en=name_en, kind=kind, parent=parent, path=f"/~{code}/")
    refuse_wrong_unit(unit, by=by)
    make_keys()
    unit.save()
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    record("unit.added", unit.subject, at=at, kind=kind, path=unit.path, **named(by))
    return unit


@transaction.atomic
def change_unit(unit: Unit, changes: Mapping[str, object], *, at: datetime, by: Person) -> None:
    """Give a unit another name or kind, or take it out of use; its place and code stay."""
    if not administered_units(by).filter(pk=unit.pk).exists():
        raise NotFound
    for field, value in changes.items():
        setattr(unit, field, value)
    unit.save(update_fields=list(changes))
    facts: dict[str, Any] = {"fields": sorted(changes)}
    if "active" in changes:
        facts["active"] = unit.active
    record("unit.changed", unit.subject, at=at, **facts, **named(by))
