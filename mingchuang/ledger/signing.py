"""The key this ledger signs with: made at first start, kept under MINGCHUANG_HOME/keys."""

import secrets

from django.conf import settings

from mingchuang.base.keys import key_file
from mingchuang.ledger.rules.note import Signer


def signer() -> Signer:
    """Return our signer; its public half is `signer().key`."""
    seed = key_file(settings.KEYS, "ledger", lambda: secrets.token_bytes(32))
    return Signer(settings.LEDGER_ORIGIN, seed)
