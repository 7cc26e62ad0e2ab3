"""Does a row of this room hang where its entry was written and say what it says; is each photo
there? The one way in which ratings, inspections and thanks are compared."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256

from mingchuang.cases import shelf
from mingchuang.cases.queries.audit import Untold, facts_in
from mingchuang.cases.queries.bound import contradicted
from mingchuang.ledger.models import Entry, Evidence
from mingchuang.ledger.rules.canonical import moment_text
from mingchuang.reviews.models import Shot, ThanksPhoto

Photo = Shot | ThanksPhoto


def entry_faults(
    row: Evidence, subject: str, verb: str, at: datetime, **says: object
) -> Iterator[Untold]:
    """Yield where a row hangs elsewhere than its entry, or says otherwise."""
    entry = row.entry
    if (entry.subject, entry.verb) != (subject, verb):
        yield Untold("moved", {"subject": entry.subject, "verb": entry.verb, "stands": subject})
    said = {"at": moment_text(at), **says}
    tells = {**facts_in(entry.facts), "at": moment_text(entry.at)}
    for what in contradicted(said, tells):
        yield told_otherwise(entry.subject, entry.verb, what, said[what], tells[what])


def told_otherwise(subject: str, verb: str, what: str, stands: object, tells: object) -> Untold:
    facts = {"subject": subject, "verb": verb, "what": what}
    return Untold("contradicted", {**facts, "stands": str(stands), "tells": str(tells)})


def photo_faults(
    photos: Iterable[Photo], *, of: str, code: str, named: Callable[[Photo], Mapping[str, str]]
) -> Iterator[Untold]:
    """Yield every photo whose file is missing, or is not the one that was kept; `of` is what
    their subjects begin with."""
    erased = Entry.objects.filter(verb="photo.erased", subject__startswith=f"{of}:")
    gone = {facts_in(facts).get("photo") for facts in erased.values_list("facts", flat=True)}
    for photo in photos:
        if photo.erased_at is not None and photo.fingerprint in gone:
            continue
        try:
            jpeg = shelf.read(photo.path)
        except FileNotFoundError:
            yield Untold(f"{code}_missing", dict(named(photo)))
        else:
            if sha256(jpeg).hexdigest() != photo.sha256:
                yield Untold(f"{code}_changed", dict(named(photo)))
