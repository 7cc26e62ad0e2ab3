"""What is written behind an option of a command, read or refused in a sentence."""

from argparse import ArgumentTypeError
from collections.abc import Callable

from django.utils.translation import gettext as _


def whole(least: int, most: int) -> Callable[[str], int]:
    """Return a reader of whole numbers from `least` to `most`."""

    def read(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            told = _("请写 %(least)s 到 %(most)s 的整数，不能是“%(text)s”")
            raise ArgumentTypeError(told % {"least": least, "most": most, "text": text})
        return int(text)

    return read
