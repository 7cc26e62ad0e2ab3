"""Do the registers of thanks and gifts stand as the ledger tells them?"""

from collections.abc import Iterator, Mapping

from mingchuang.cases.queries.audit import Untold, facts_in
from mingchuang.ledger.queries import entries_of, evidence_faults
from mingchuang.ledger.reading import replaced_digests
from mingchuang.ledger.rules.audit import Fault
from mingchuang.reviews.models import Commendation, Gift, Note, ThanksPhoto
from mingchuang.reviews.queries.bound import entry_faults, photo_faults, told_otherwise
from mingchuang.reviews.rules.thanks import STEPS, Deed, Source, State, after

# What these registers keep that the ledger holds a digest of.
THANKED = (Commendation, Gift, Note)
BEGUN: Mapping[Source, str] = {
    Source.PUBLIC: "thanks.received",
    Source.STAFF: "thanks.registered",
    Source.BOOK: "thanks.imported",
}
COMES_DOWN = frozenset({Deed.TAKE_DOWN, Deed.CORRECT, Deed.JOIN, Deed.WITHDRAW})
SLICE = 500


def thanks_faults() -> Iterator[Fault | Untold]:
    """Yield every entry, gift and note that says otherwise than the ledger, and photos amiss."""
    replaced = replaced_digests()
    items = Commendation.objects.select_related("entry", "unit").order_by("pk")
    for item in items.iterator(chunk_size=SLICE):
        yield from evidence_faults([item], replaced)
        yield from entry_faults(item, item.subject, BEGUN[Source(item.source)], item.at)
        yield from _standing(item)
    given = Gift.objects.select_related("entry").order_by("pk")
    for gift in given.iterator(chunk_size=SLICE):
        yield from evidence_faults([gift], replaced)
        yield from entry_faults(gift, gift.subject, "gift.recorded", gift.at, outcome=gift.outcome)
    notes = Note.objects.select_related("entry", "commendation", "gift", "by").order_by("pk")
    for row in notes.iterator(chunk_size=SLICE):
        of = row.gift or row.commendation
        verb = f"{'gift' if row.gift else 'thanks'}.{row.deed}"
        yield from evidence_faults([row], replaced)
        yield from entry_faults(row, of.subject if of else "", verb, row.at, by=row.by.badge)
    photos = ThanksPhoto.objects.order_by("pk").iterator(chunk_size=SLICE)
    yield from photo_faults(
        photos, of="thanks", code="thanks_photo", named=lambda photo: {"path": photo.path}
    )


def _standing(item: Commendation) -> Iterator[Untold]:
    """Yield where an entry stands otherwise, or hangs otherwise, than its deeds tell."""
    state = State.WAITING if item.source == Source.PUBLIC else State.KEPT
    hangs = False
    for entry in entries_of(item.subject):
        deed = entry.verb.partition(".")[2]
        if deed in set(Deed) and (state, Deed(deed)) in STEPS:
            state = after(state, Deed(deed))
            hangs = deed == Deed.HANG or (hangs and deed not in COMES_DOWN)
        hangs = hangs and "wish" not in facts_in(entry.facts)
    stands, tells = (item.state, item.on_wall), (str(state), hangs)
    if stands != tells:
        yield told_otherwise(item.subject, "thanks.hung", "state", stands, tells)
