"""A new key for what is private, and every row under it."""

from datetime import datetime

from cryptography.fernet import Fernet
from django.db import transaction

from mingchuang.base.locks import wait_for_turn
from mingchuang.ledger.actions import record
from mingchuang.people.errors import KeysInUse
from mingchuang.people.keyring import keep_ring, key_ring
from mingchuang.people.queries import Encrypted, encrypted_rows, rows_under_old_keys
from mingchuang.people.rules.encryption import reencrypted

BATCH = 500
KEYS = "keys:private"


@transaction.atomic
def add_key(*, at: datetime) -> None:
    """Encrypt with a new key from now on; what older keys encrypted can still be read."""
    wait_for_turn(KEYS)
    record("keys.rotated", KEYS, at=at)
    keep_ring((Fernet.generate_key(), *key_ring()))


@transaction.atomic
def reencrypt(table: Encrypted, *, after: object, at: datetime) -> tuple[int, object]:
    """Put the next few hundred rows under the newest key; that they changed is an entry.

    Return how many rows were looked at, and the last of them, to go on after.
    """
    ring, changed = key_ring(), 0
    rows = list(encrypted_rows(table, after=after).select_for_update()[:BATCH])
    for row, *stored in rows:
        fresh = [reencrypted(text, ring) for text in stored]
        if fresh != stored:
            table.model._base_manager.filter(pk=row).update(**table.as_stored(fresh))
            changed += 1
    if changed:
        record("keys.applied", KEYS, at=at, table=table.model._meta.label_lower, rows=changed)
    return len(rows), rows[-1][0] if rows else after


@transaction.atomic
def retire_keys(*, at: datetime) -> None:
    """Throw the old keys away: copies of the database they encrypted can no longer be read."""
    wait_for_turn(KEYS)
    if rows := rows_under_old_keys():
        raise KeysInUse(rows=rows)
    record("keys.retired", KEYS, at=at)
    keep_ring(key_ring()[:1])
