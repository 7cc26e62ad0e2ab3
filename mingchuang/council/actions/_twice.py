"""A form that was sent already: what it made is found again."""

from typing import TypeVar

from django.db.models import Model

from mingchuang.cases.errors import AlreadySent

M = TypeVar("M", bound=Model)


def made_with(rows: type[M], key: str, **of: object) -> M | None:
    """Return what this very form made before. Where its key made something of another thing it is
    refused in words: nobody is to believe that this one was taken."""
    made = rows._default_manager.filter(key=key).first()
    if made is not None and any(getattr(made, name) != what for name, what in of.items()):
        raise AlreadySent
    return made
