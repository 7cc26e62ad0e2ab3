"""Text that is encrypted in the database and readable in Python."""

from typing import TYPE_CHECKING

from django.db import models

from mingchuang.people.keyring import Unreadable, index_key, key_ring
from mingchuang.people.rules.encryption import blind_index, decrypt, encrypt, normal_phone

if TYPE_CHECKING:
    Text = models.TextField[str, str]
else:
    Text = models.TextField


class EncryptedTextField(Text):
    """Encrypted on write, decrypted on read; an empty text stays empty, so it can be asked for."""

    def get_prep_value(self, value: object) -> str:
        return encrypted(str(value)) if value else ""

    def from_db_value(self, value: str, *_: object) -> str:
        return decrypted(value) if value else ""


def encrypted(text: str) -> str:
    return encrypt(text, key_ring())


def decrypted(token: str) -> str:
    text = decrypt(token, key_ring())
    if text is None:
        raise Unreadable
    return text


def phone_index(phone: str) -> str:
    """Return what a phone number is found again by; empty without a number."""
    digits = normal_phone(phone)
    return blind_index("phone", digits, index_key()) if digits else ""


def text_index(purpose: str, text: str) -> str:
    """Return what an encrypted text is found again by within one purpose; empty without text."""
    return blind_index(purpose, text, index_key()) if text else ""


def attempt_key(text: str) -> str:
    """Return the name under which attempts are counted: no address is ever kept."""
    return blind_index("attempt", text, index_key())
