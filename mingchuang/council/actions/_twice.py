"""A form may arrive twice, and somebody may go back and write other words on it.

What it says is part of its key. The same words again are the thing they made before; other words
are another thing, made or refused for its own reasons. Nobody is told that what they wrote is
kept while only what they wrote before it is.
"""

from json import dumps
from typing import TypeVar

from django.db.models import Model

from mingchuang.base.once import key_of

M = TypeVar("M", bound=Model)


def key_said(key: str, *said: object) -> str:
    """Return the key of a form together with all it says: whatever is written otherwise on it,
    in which field soever, is not taken for what it said before."""
    return key_of(key, dumps(said, sort_keys=True, default=_plain))


def _plain(one: object) -> object:
    """A person or a unit is told by its row, everything else as it is written."""
    return one.pk if isinstance(one, Model) else str(one)


def made_with(rows: type[M], key: str) -> M | None:
    """Return what this very form made when it said the same."""
    return rows._default_manager.filter(key=key).first()
