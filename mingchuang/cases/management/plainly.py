"""How commands of this room end when they cannot go on: with a sentence, never with a trace."""

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
        yield
    except Refused as refused:
        raise CommandError(str(refused), returncode=2) from None
    except DatabaseError as error:
        told = _("数据库不能用：%s。请检查数据库；全新的安装请先运行 mingchuang demo。")
        raise CommandError(told % error) from error
    except KeyboardInterrupt:
        told = _("停下了。已经做完的都在，再运行一次就接着做。")
        raise CommandError(told, returncode=130) from None
