"""What has to be right before anything is signed."""

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.translation import gettext as _

from mingchuang.ledger.rules.note import NAME


def origin_is_a_name(**_rest: object) -> list[CheckMessage]:
    """Say when nobody could read the notes signed under this name (C2SP signed-note)."""
    if NAME.fullmatch(settings.LEDGER_ORIGIN):
        return []
    told = _(
        "MINGCHUANG_ORIGIN 现在是“%s”。台账的名称不能为空，也不能有空格和加号；"
        "请写台账的网址，不带 https://。"
    )
    return [Error(told % settings.LEDGER_ORIGIN, id="ledger.E001")]
