"""Who rated, for those who may call them; and their words without what tells who wrote them."""

from mingchuang.cases.rules.publishing import public_draft
from mingchuang.people.models import Requester
from mingchuang.reviews.models import Rating


def contact_of(rating: Rating) -> tuple[str, str]:
    """Return name and phone of who rated, as they left them; empty where they left none."""
    asked = _rater_of(rating)
    name, phone = (asked.name, asked.phone) if asked else ("", "")
    return name, rating.phone or phone


def wish_of(rating: Rating) -> str:
    """Return how who rated wants to be reached, as they said when they came."""
    asked = _rater_of(rating)
    return asked.contact if asked else ""


def _rater_of(rating: Rating) -> Requester | None:
    """Who came or asked, where it is their own word: nobody is called about what another wrote."""
    return _asker_of(rating) if rating.is_own_word else None


def _asker_of(rating: Rating) -> Requester | None:
    if rating.visit:
        return rating.visit.requester
    return rating.submission.requester if rating.submission else None


def is_covered(rating: Rating) -> bool:
    """Say whether something in the words tells who wrote them."""
    return draft_of(rating) != rating.words


def draft_of(rating: Rating) -> str:
    """Return the words without what tells who wrote them, for the reviewer to read again."""
    asked = _asker_of(rating)
    names = [asked.name] if asked and asked.name else []
    phones = [one for one in (rating.phone, asked.phone if asked else "") if one]
    return public_draft(rating.words, names, phones)
