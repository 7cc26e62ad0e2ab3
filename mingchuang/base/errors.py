"""The one family of errors a resident may read."""

from typing import ClassVar

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override


class Refused(Exception):
    """A rule of the house said no. Never a bug; always safe to show."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 422
    reason: ClassVar[str | Promise] = _("现在不能这样做。")
    # What to do about it at once; said to who is there, and not of what is done without them.
    advice: ClassVar[str | Promise] = ""
    # The field of a form that is to be changed; the sentence comes back beside it.
    field: ClassVar[str] = ""
    # The page where something can be done about it: its name, the fact that leads there, its words.
    way: ClassVar[tuple[str, str, str | Promise] | None] = None

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.code)

    def __str__(self) -> str:
        return f"{self.told}{self.advice}"

    @property
    def told(self) -> str:
        return str(self.reason) % self.facts


def in_each_language(refused: Refused) -> dict[str, str]:
    """Return the sentence in every language of the house, for whoever reads it later."""
    said = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            said[code] = refused.told
    return said


class NotFound(Refused):
    code = "not_found"
    status = 404
    reason = _("这里没有您可以查看的内容。")


class TooOften(Refused):
    code = "too_often"
    status = 429
    reason = _("操作太频繁了，请 %(minutes)s 分钟后再试。您填写的内容还在。")


class Busy(Refused):
    code = "busy"
    status = 503
    reason = _("现在办的人太多，这一步没有办成。请过一会儿再试一次。")
