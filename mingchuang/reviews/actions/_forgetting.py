"""Forgetting who rated: their words, their phone and what was noted of them go; grade, tags and
what was found stay, and the ledger vouches for them anew."""

from collections.abc import Mapping
from datetime import datetime

from mingchuang.ledger.actions import record
from mingchuang.ledger.models import new_salt
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.reviews.models import Rating, Showing, Word

Why = Mapping[str, JSON]


def forget_rating(rating: Rating, why: Why, *, at: datetime) -> Rating:
    """Forget what somebody wrote in a rating and how to call them."""
    for word in Word.objects.filter(review__rating=rating).exclude(text=""):
        _forget_word(word, why, at=at)
    for showing in Showing.objects.filter(rating=rating).exclude(shown=""):
        _forget_showing(showing, why, at=at)
    rating.words = rating.phone = ""
    rating.salt = new_salt()
    rating.save(update_fields=["words", "phone", "salt"])
    told = {"of": rating.entry.digest, **why}
    record("rating.reduced", rating.subject, at=at, digest=rating.digest, **told)
    return rating


def _forget_showing(showing: Showing, why: Why, *, at: datetime) -> None:
    """What everybody read of it goes too."""
    showing.shown, showing.salt, showing.down_at = "", b"", showing.down_at or at
    showing.save(update_fields=["shown", "salt", "down_at"])
    told = {"of": showing.entry.digest, **why}
    record("showing.erased", showing.subject, at=at, digest="", **told)


def _forget_word(word: Word, why: Why, *, at: datetime) -> None:
    word.text, word.salt = "", b""
    word.save(update_fields=["text", "salt"])
    told = {"of": word.entry.digest, **why}
    record("review.erased", word.review.subject, at=at, digest="", **told)
