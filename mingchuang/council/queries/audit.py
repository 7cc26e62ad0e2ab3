"""What the council keeps that the ledger holds a digest of: votes, and what was objected."""

from collections.abc import Iterator

from mingchuang.council.models import Objection, Vote
from mingchuang.ledger.queries import evidence_faults
from mingchuang.ledger.reading import replaced_digests
from mingchuang.ledger.rules.audit import Fault

SAID = (Vote, Objection)
SLICE = 500


def council_faults() -> Iterator[Fault]:
    """Yield every vote and objection that says otherwise than its entry."""
    replaced = replaced_digests()
    for model in SAID:
        rows = model._default_manager.select_related("entry").order_by("pk")
        for row in rows.iterator(chunk_size=SLICE):
            yield from evidence_faults([row], replaced)
