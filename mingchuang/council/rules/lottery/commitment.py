"""The seal of a plan, published before the dice are thrown: SHA-256 of its canonical JSON. Pure."""

import hashlib
from collections.abc import Mapping
from typing import Any

from mingchuang.ledger.rules.canonical import canonical

SEAL = "commitment"


def commitment_of(plan: Mapping[str, Any]) -> str:
    """Return "sha256:" and the hash of all of the plan but the seal itself (RFC 8785).

    Part after part, as whole numbers and texts are written four times as fast without fractions.
    """
    names = sorted((name for name in plan if name != SEAL), key=lambda one: one.encode("utf-16-be"))
    parts = [canonical(name) + b":" + canonical(plan[name]) for name in names]
    return "sha256:" + hashlib.sha256(b"{" + b",".join(parts) + b"}").hexdigest()
