"""The key this ledger signs with: made for a new book, kept under MINGCHUANG_HOME/keys."""

import secrets
from functools import lru_cache

from django.conf import settings

from mingchuang.base.keys import key_file
from mingchuang.ledger.errors import KeyLost, KeyUnusable, OtherSigner
from mingchuang.ledger.keeping import newest_kept
from mingchuang.ledger.models import Checkpoint
from mingchuang.ledger.rules.note import SEED_SIZE, Key, Signer


def signer() -> Signer:
    """Return our signer; its public half is `signer().key`.

    Refused where the key is lost: a new one would open no checkpoint and no receipt.
    """
    try:
        seed = key_file(settings.KEYS, "ledger", _first_seed)
    except OSError:
        raise KeyUnusable from None
    if len(seed) != SEED_SIZE:
        raise KeyUnusable
    return Signer(settings.LEDGER_ORIGIN, seed)


def signer_after(newest: Checkpoint | None) -> Signer:
    """Return our signer, if it is the one that signed the newest checkpoint; else refused."""
    ours = signer()
    if newest and not _has_signed(ours.key, newest.note):
        raise OtherSigner(key=ours.key, origin=newest.note.partition("\n")[0])
    return ours


@lru_cache(maxsize=4)
def _has_signed(key: Key, note: str) -> bool:
    """Asked with every receipt; one signature is checked once."""
    return key.text_of(note) is not None


def _first_seed() -> bytes:
    if Checkpoint.objects.exists() or newest_kept():
        raise KeyLost
    return secrets.token_bytes(SEED_SIZE)
