"""Plain builders of the book: entries, seals, and receipts that need no database."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mingchuang.ledger.actions import record, seal_entries
from mingchuang.ledger.models import Entry
from mingchuang.ledger.rules.canonical import leaf
from mingchuang.ledger.rules.note import Signer
from mingchuang.ledger.rules.receipt import Receipt
from tests.ledger import naive

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
SIGNER = Signer("town.example/ledger", bytes(range(32)))


def an_entry(n: int = 1) -> Entry:
    at = MONDAY + timedelta(minutes=n)
    return record("case.dispatched", f"case:NB-{n}", at=at, unit="SZ-03", by="0312", n=n)


def some_entries(count: int) -> None:
    """Many entries at once, as an import would write them."""
    Entry.objects.bulk_create(
        Entry(verb="case.accepted", subject=f"case:NB-{n}", at=MONDAY, facts={"n": n})
        for n in range(count)
    )


def a_sealed_book(*sizes: int) -> None:
    """A book with a checkpoint at each of these sizes, the last one the whole book."""
    some_entries(sizes[-1])
    for before, size in zip((0, *sizes), sizes, strict=False):
        seal_entries(at=MONDAY, limit=size - before)


def leaves_written(count: int) -> list[bytes]:
    """The leaves of `some_entries`, from their definition and not from the database."""
    return [
        b'{"at":"2026-03-02T01:00:00.000000Z","digest":"","facts":{"n":%d},'
        b'"subject":"case:NB-%d","v":1,"verb":"case.accepted"}' % (n, n)
        for n in range(count)
    ]


def a_receipt(index: int = 4, size: int = 7) -> Receipt:
    """A receipt of a small book, made without the code under test where that can be helped."""
    leaves = [
        leaf(verb="submission.received", subject=f"case:NB-{n}", at=MONDAY, facts={"kind": "投诉"})
        for n in range(size)
    ]
    return Receipt(
        entry=leaves[index].decode(),
        index=index,
        size=size,
        hashes=naive.path(index, leaves),
        checkpoint=SIGNER.note(size=size, root=naive.root(leaves)),
        key=SIGNER.key,
    )
