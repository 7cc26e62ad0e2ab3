"""Text that is sealed in the database and readable in Python."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused
from mingchuang.people.keyring import index_key, seal_ring
from mingchuang.people.rules.sealing import blind_index, normal_phone, seal, unseal

if TYPE_CHECKING:
    Text = models.TextField[str, str]
else:
    Text = models.TextField


class Unreadable(Refused):
    code = "unreadable"
    status = 503
    reason = _("这一项是加密保存的，本机现有的密钥打不开。请管理员检查密钥文件 keys/seal。")


class SealedTextField(Text):
    """Sealed on write, opened on read; an empty text stays empty, so that it can be asked for."""

    def get_prep_value(self, value: object) -> str:
        return sealed(str(value)) if value else ""

    def from_db_value(self, value: str, *_: object) -> str:
        return opened(value) if value else ""


def sealed(text: str) -> str:
    try:
        return seal(text, seal_ring())
    except (OSError, ValueError, IndexError) as error:
        raise Unreadable from error


def opened(token: str) -> str:
    try:
        text = unseal(token, seal_ring())
    except (OSError, ValueError) as error:
        raise Unreadable from error
    if text is None:
        raise Unreadable
    return text


def phone_index(phone: str) -> str:
    """Return what a phone number is found again by; empty without a number."""
    digits = normal_phone(phone)
    return blind_index("phone", digits, index_key()) if digits else ""


def attempt_key(text: str) -> str:
    """Return the name under which attempts are counted: no address is ever kept."""
    return blind_index("attempt", text, index_key())
