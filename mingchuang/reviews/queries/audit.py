"""Does every rating, and every word on a bad one, stand as the ledger tells it?"""

from collections.abc import Iterator

from mingchuang.cases.queries.audit import Untold, facts_in
from mingchuang.ledger.queries import entries_of, evidence_faults
from mingchuang.ledger.reading import replaced_digests
from mingchuang.ledger.rules.audit import Fault
from mingchuang.reviews.models import Rating, Review, Showing, Word
from mingchuang.reviews.queries.bound import entry_faults, told_otherwise

# What this room keeps that the ledger holds a digest of.
RATED = (Rating, Word, Showing)
RECEIVED = "rating.received"
SLICE = 500


def rating_faults() -> Iterator[Fault | Untold]:
    """Yield every rating and word that says otherwise than its entry, or hangs elsewhere; one that
    is gone is found with every other private part (`RATED`)."""
    replaced = replaced_digests()
    ratings = Rating.objects.select_related("window__site", "entry").order_by("pk")
    for rating in ratings.iterator(chunk_size=SLICE):
        yield from evidence_faults([rating], replaced)
        says: dict[str, object] = {"origin": rating.origin, "grade": rating.grade}
        says |= {"window": rating.window.subject} if rating.window else {}
        yield from entry_faults(rating, rating.subject, RECEIVED, rating.given_at, **says)
    words = Word.objects.select_related("review", "entry", "by").order_by("pk")
    for word in words.iterator(chunk_size=SLICE):
        yield from evidence_faults([word], replaced)
        says = {"by": word.by.badge, "finding": word.finding, "outcome": word.outcome}
        verb = f"review.{word.deed}"
        yield from entry_faults(word, word.review.subject, verb, word.at, **says)
    showings = Showing.objects.select_related("entry", "by").order_by("pk")
    for one in showings.iterator(chunk_size=SLICE):
        yield from evidence_faults([one], replaced)
        yield from entry_faults(one, one.subject, "showing.published", one.at, by=one.by.badge)
    yield from _review_faults()


def _review_faults() -> Iterator[Untold]:
    """Yield every finding that is not the newest one its entries tell."""
    for review in Review.objects.found().order_by("pk").iterator(chunk_size=SLICE):
        told = ""
        for entry in entries_of(review.subject):
            told = str(facts_in(entry.facts).get("finding") or told)
        if told != review.finding:
            yield told_otherwise(review.subject, "review.verified", "finding", review.finding, told)
