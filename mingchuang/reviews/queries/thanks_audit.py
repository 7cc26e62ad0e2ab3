"""Do the registers of thanks and gifts stand as the ledger tells them?"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256

from mingchuang.cases import shelf
from mingchuang.cases.queries.audit import Untold, facts_in
from mingchuang.cases.queries.bound import contradicted
from mingchuang.ledger.models import Entry, Evidence
from mingchuang.ledger.queries import entries_of, evidence_faults
from mingchuang.ledger.reading import replaced_digests
from mingchuang.ledger.rules.audit import Fault
from mingchuang.ledger.rules.canonical import moment_text
from mingchuang.reviews.models import Commendation, Gift, Note, ThanksPhoto
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
        yield from _told(item, item.subject, BEGUN[Source(item.source)], item.at)
        yield from _standing(item)
    given = Gift.objects.select_related("entry").order_by("pk")
    for gift in given.iterator(chunk_size=SLICE):
        yield from evidence_faults([gift], replaced)
        yield from _told(gift, gift.subject, "gift.recorded", gift.at, outcome=gift.outcome)
    notes = Note.objects.select_related("entry", "commendation", "gift", "by").order_by("pk")
    for row in notes.iterator(chunk_size=SLICE):
        of = row.gift or row.commendation
        verb = f"{'gift' if row.gift else 'thanks'}.{row.deed}"
        yield from evidence_faults([row], replaced)
        yield from _told(row, of.subject if of else "", verb, row.at, by=row.by.badge)
    yield from _photos()


def _told(row: Evidence, subject: str, verb: str, at: datetime, **says: object) -> Iterator[Untold]:
    entry = row.entry
    here = {"subject": entry.subject, "verb": entry.verb}
    if (entry.subject, entry.verb) != (subject, verb):
        yield Untold("moved", {**here, "stands": subject})
    said = {"at": moment_text(at), **says}
    tells = {**facts_in(entry.facts), "at": moment_text(entry.at)}
    for what in contradicted(said, tells):
        facts = {"what": what, "stands": str(said[what]), "tells": str(tells[what])}
        yield Untold("contradicted", {**here, **facts})


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
        facts = {"what": "state", "stands": str(stands), "tells": str(tells)}
        yield Untold("contradicted", {"subject": item.subject, "verb": "thanks.hung", **facts})


def _photos() -> Iterator[Untold]:
    """Yield every photo whose file is missing, or is not the one that was kept."""
    erased = Entry.objects.filter(verb="photo.erased", subject__startswith="thanks:")
    gone = {facts_in(facts).get("photo") for facts in erased.values_list("facts", flat=True)}
    for photo in ThanksPhoto.objects.order_by("pk").iterator(chunk_size=SLICE):
        if photo.erased_at is not None and photo.fingerprint in gone:
            continue
        try:
            jpeg = shelf.read(photo.path)
        except FileNotFoundError:
            yield Untold("thanks_photo_missing", {"path": photo.path})
        else:
            if sha256(jpeg).hexdigest() != photo.sha256:
                yield Untold("thanks_photo_changed", {"path": photo.path})
