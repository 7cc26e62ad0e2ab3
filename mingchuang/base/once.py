"""A form may arrive twice: a double tap, a resend on a bad line (promise P16)."""

import functools
import secrets
from collections.abc import Callable
from hashlib import sha256
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, connection

P = ParamSpec("P")
R = TypeVar("R")


def new_key() -> str:
    """Return a key for a form that is shown."""
    return secrets.token_urlsafe(24)


def key_of(key: str, *said: str) -> str:
    """Return the key of a form together with what it says: sent twice it is one, and with other
    words, as by the next person at the same screen, it is another."""
    return sha256("\x1f".join([key, *said]).encode()).hexdigest()


def sent_twice_taken_once(action: Callable[P, R]) -> Callable[P, R]:
    """Run the action again when a twin of it won the race for the key; then it finds the twin.

    Inside somebody else's transaction there is no second try: the refusal must undo it all.
    """

    @functools.wraps(action)
    def once(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return action(*args, **kwargs)
        except IntegrityError:
            if connection.in_atomic_block:
                raise
            return action(*args, **kwargs)

    return once
