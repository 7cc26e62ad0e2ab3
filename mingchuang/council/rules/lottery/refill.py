"""A seat that was declined or lost: drawn again with those fixed who accepted. Pure.

The seats of who accepted are kept, as those of must-ins are; who is gone is no longer in the pool.
What is left is planned as fairly as the first time, so that quotas, households and opponents stay
right, and nobody's chance depends on whether they are likely to accept. Nobody throws dice again:
the number comes from the first draw, which was public, and from the round.
"""

import hashlib
import hmac
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from mingchuang.council.rules.lottery.apportion import TICKETS
from mingchuang.council.rules.lottery.pool import Pool
from mingchuang.ledger.rules.canonical import canonical

ACCEPTED = "accepted"


def refill_pool(pool: Pool, *, accepted: Collection[str], gone: Collection[str]) -> Pool:
    """Return the pool of a refill; must-ins stay so, or their recorded proxies, unless gone."""
    musts = {one: why for one, why in pool.musts.items() if one not in gone}
    musts |= {one: ACCEPTED for one in accepted if one not in musts}
    people = [one for one in pool.people if one.id not in gone]
    return replace(pool, people=people, musts=musts)


def refill_number(draw: Mapping[str, Any], round_number: int) -> int:
    """Return the ticket of a round of refilling, 0 to 999: HMAC-SHA256(draw, round).

    The key is the canonical JSON of the draw's commitment and dice, the text is the round.
    """
    key = canonical({"commitment": draw["commitment"], "dice": list(draw["dice"])})
    mark = hmac.new(key, str(round_number).encode(), hashlib.sha256).digest()
    return int.from_bytes(mark) % TICKETS
