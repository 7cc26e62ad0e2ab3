"""What checkpoints claim, ours and those kept elsewhere, and whether our key has signed it."""

from collections.abc import Iterable, Iterator

from mingchuang.ledger.models import Checkpoint
from mingchuang.ledger.reading import CHUNK
from mingchuang.ledger.rules.audit import Claim, Code, Fault
from mingchuang.ledger.rules.note import Head, Key, head_in


def forged(key: Key, heads: Iterable[Head | None]) -> Iterator[Fault]:
    """Yield the checkpoints, ours or kept, that our key has not signed as they stand."""
    for number, head in enumerate(heads, start=1):
        if not head:
            yield Fault(Code.KEPT_NOT_OURS, {"number": number})
    for own in Checkpoint.objects.order_by("size").iterator(CHUNK):
        if head_in(key.text_of(own.note)) != Head(key.name, own.size, bytes(own.root)):
            yield Fault(Code.FORGED, {"size": own.size})


def own_claims(newest: int) -> Iterator[Claim]:
    """Yield what our checkpoints up to the size `newest` claim, by size."""
    rows = Checkpoint.objects.filter(size__lte=newest).order_by("size")
    for size, root in rows.values_list("size", "root").iterator(CHUNK):
        yield Claim(size, bytes(root))


def kept_claims(heads: Iterable[Head | None]) -> list[Claim]:
    """Return what the kept checkpoints claim, by size."""
    return sorted(Claim(head.size, head.root, is_kept=True) for head in heads if head and head.size)
