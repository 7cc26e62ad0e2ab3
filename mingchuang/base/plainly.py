"""How commands end when they cannot go on: with a sentence, never with a trace."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from mingchuang.base.errors import Refused


@contextmanager
def said_plainly() -> Iterator[None]:
    """Say why it stops. Status 2: something was asked that cannot be; 130: Ctrl-C; else 1."""
    try:
        with database_in_words():
            yield
    except Refused as refused:
        raise CommandError(str(refused), returncode=2) from None
    except KeyboardInterrupt:
        told = _("停下了。已经做完的都在，再运行一次就接着做。")
        raise CommandError(told, returncode=130) from None


@contextmanager
def database_in_words() -> Iterator[None]:
    """Say what is wrong with the database, and what to do."""
    try:
        yield
    except DatabaseError as error:
        told = _("数据库不能用：%s。请检查数据库；全新的安装请先运行 mingchuang demo。")
        raise CommandError(told % error) from error
