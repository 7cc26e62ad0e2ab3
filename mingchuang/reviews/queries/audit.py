"""Does every rating, and every word on a bad one, stand as the ledger tells it?"""

from collections.abc import Iterator

from mingchuang.cases.queries.audit import Untold, facts_in
from mingchuang.cases.queries.bound import contradicted
from mingchuang.ledger.queries import entries_of, evidence_faults
from mingchuang.ledger.reading import replaced_digests
from mingchuang.ledger.rules.audit import Fault
from mingchuang.ledger.rules.canonical import moment_text
from mingchuang.reviews.models import Rating, Review, Word

# What this room keeps that the ledger holds a digest of.
RATED = (Rating, Word)
RECEIVED = "rating.received"
SLICE = 500


def rating_faults() -> Iterator[Fault | Untold]:
    """Yield every rating and word that says otherwise than its entry, or hangs elsewhere; one that
    is gone is found with every other private part (`RATED`)."""
    replaced = replaced_digests()
    ratings = Rating.objects.select_related("window__site", "entry").order_by("pk")
    for rating in ratings.iterator(chunk_size=SLICE):
        yield from evidence_faults([rating], replaced)
        says = {"at": moment_text(rating.given_at), "origin": rating.origin, "grade": rating.grade}
        says |= {"window": rating.window.subject} if rating.window else {}
        yield from _told_here(rating, rating.subject, RECEIVED, says)
    words = Word.objects.select_related("review", "entry", "by").order_by("pk")
    for word in words.iterator(chunk_size=SLICE):
        yield from evidence_faults([word], replaced)
        says = {"at": moment_text(word.at), "by": word.by.badge}
        says |= {"finding": word.finding, "outcome": word.outcome}
        yield from _told_here(word, word.review.subject, f"review.{word.deed}", says)
    yield from _review_faults()


def _told_here(
    row: Rating | Word, subject: str, verb: str, says: dict[str, object]
) -> Iterator[Untold]:
    entry = row.entry
    here = {"subject": entry.subject, "verb": entry.verb}
    if (entry.subject, entry.verb) != (subject, verb):
        yield Untold("moved", {**here, "stands": subject})
    tells = {**facts_in(entry.facts), "at": moment_text(entry.at)}
    for what in contradicted(says, tells):
        facts = {"what": what, "stands": str(says[what]), "tells": str(tells[what])}
        yield Untold("contradicted", {**here, **facts})


def _review_faults() -> Iterator[Untold]:
    """Yield every finding that is not the newest one its entries tell."""
    for review in Review.objects.found().order_by("pk").iterator(chunk_size=SLICE):
        told = ""
        for entry in entries_of(review.subject):
            told = str(facts_in(entry.facts).get("finding") or told)
        if told != review.finding:
            facts = {"what": "finding", "stands": review.finding, "tells": told}
            yield Untold(
                "contradicted", {"subject": review.subject, "verb": "review.verified", **facts}
            )
