"""Bad ratings as each side may see them. Fetching is authorising; the row you lock is your own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mingchuang.base.errors import NotFound
from mingchuang.base.typing import Text
from mingchuang.cases.rules.life import ENDED
from mingchuang.people.models import Person, Unit
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.masking import mask_phone
from mingchuang.reviews.errors import AboutYourOwn, NotYours
from mingchuang.reviews.models import Rating, Review, Word
from mingchuang.reviews.queries.contesting import decides_elsewhere, decides_within
from mingchuang.reviews.queries.desk import due_of
from mingchuang.reviews.queries.rated import Event
from mingchuang.reviews.queries.raters import contact_of, draft_of, is_covered, wish_of
from mingchuang.reviews.rules.life import (
    Deed,
    State,
    may_contest,
    may_step,
    was_heard,
)
from mingchuang.reviews.rules.offices import DUTIES, REVIEWERS, Duty, Offices, offices_of
from mingchuang.reviews.words.tags import tag_words

RELATED = (
    "unit",
    "rating__visit__requester",
    "rating__window__site",
    "rating__submission__requester",
    "rectification__case",
)


def offices(person: Person) -> Offices:
    """Return where this person reviews ratings, and where they are the rated."""
    above = dict(Unit.objects.values_list("pk", "parent_id"))
    return offices_of(scope_of(person), above)


def must_not_be_of(person: object, event: Event) -> None:
    """Keep who sits in the rated office from the pages of its raters, whatever code they hold."""
    if isinstance(person, Person) and offices(person).may(Duty.ANSWER, event.unit.pk):
        raise AboutYourOwn


def review_for(person: Person, pk: int, *, duty: Duty | None = None, lock: bool = False) -> Review:
    """Return a bad rating this person may see; lock it if it will be changed.

    The rated office sees it once it is verified; until then there is nothing for them.
    """
    mine = offices(person)
    seen = Review.objects.filter(pk=pk)
    if lock:
        list(seen.select_for_update().values_list("pk"))
    review = seen.select_related(*RELATED).first()
    if review is None or not _may_see(mine, review):
        raise NotFound
    if duty is not None and not may_do(mine, duty, review):
        raise NotYours
    return review


def may_do(mine: Offices, duty: Duty, review: Review) -> bool:
    """Say whether a duty is this person's: also that of a colleague who let it lie too long, for
    whoever supervises them."""
    stands_in = review.is_supervised and duty == Duty.VERIFY
    return mine.may(duty, review.unit_id) or (stands_in and mine.may(Duty.DECIDE, review.unit_id))


def _may_see(mine: Offices, review: Review) -> bool:
    is_rated = review.state != State.WAITING and mine.may(Duty.ANSWER, review.unit_id)
    return is_rated or mine.may(Duty.READ, review.unit_id)


def reviewing_unit(person: Person, rated: Unit) -> Unit:
    """Return the unit in whose name this person deals with ratings of another: their highest."""
    units = scope_of(person).units(*REVIEWERS[Duty.VERIFY])
    unit = Unit.objects.filter(pk__in=units).order_by("path").first()
    return unit or rated


@dataclass(frozen=True)
class Opened:
    """One bad rating, as one side may see it: only the reviewing office knows whose it is."""

    review: Review
    is_office: bool
    deeds: Sequence[Deed]
    tags: Sequence[Text]
    words: str
    story: Sequence[Word]
    phone: str
    wants_text: bool
    due: datetime | None
    is_late: bool
    may_reveal: bool
    is_decided_within: bool


def opened(person: Person, pk: int, *, at: datetime) -> Opened:
    """Open a bad rating for reading."""
    review = review_for(person, pk)
    mine, rating = offices(person), review.rating
    is_office = mine.may(Duty.READ, review.unit_id)
    story = review.story.select_related("by") if is_office else Word.objects.none()
    calls, due = may_do(mine, Duty.VERIFY, review), due_of(review, is_office=is_office)
    deeds = [deed for deed in Deed if _is_open(deed, review, mine, person, at)]
    decider = person if Deed.DECIDE in deeds else review.decided_by
    return Opened(
        review=review,
        is_office=is_office,
        deeds=deeds,
        tags=tag_words(rating.tags_version, rating.tags),
        words=draft_of(rating) if is_office else "",
        story=list(story),
        phone=mask_phone(contact_of(rating)[1]) if is_office else "",
        wants_text=is_office and wish_of(rating) == "text",
        due=due,
        is_late=due is not None and due <= at,
        may_reveal=calls and is_anything_covered(rating),
        is_decided_within=decider is not None and decides_within(decider, review),
    )


def is_anything_covered(rating: Rating) -> bool:
    """Say whether there is something to look at: whom to call, or who speaks in the words."""
    return bool(contact_of(rating)[1]) or is_covered(rating)


def heard(review: Review, at: datetime) -> bool:
    """Say whether the rated office had its say about the finding."""
    if review.found_at is None:
        return False
    agreed, decided = review.agreed_by_id is not None, review.decided_by_id is not None
    return was_heard(review.found_at, at, agreed=agreed, decided=decided)


def contestable(review: Review, at: datetime) -> bool:
    if review.found_at is None:
        return False
    agreed, decided = review.agreed_by_id is not None, review.decided_by_id is not None
    return may_contest(review.found_at, at, agreed=agreed, decided=decided)


def is_done(review: Review) -> bool:
    """Say whether nothing is left to be put right: told to who rated, or nothing was to be."""
    if review.rectification:
        return review.rectification.case.state in ENDED
    return not review.is_to_be_rectified


def _is_open(deed: Deed, review: Review, mine: Offices, person: Person, at: datetime) -> bool:
    """Say whether a button is shown; what it does is decided again when it is pressed."""
    if not (may_step(State(review.state), deed) and may_do(mine, DUTIES[deed], review)):
        return False
    others = {review.contested_by_id, review.found_by_id}
    asks = {
        Deed.CALL: lambda: review.reachable,
        Deed.AGREE: lambda: contestable(review, at),
        Deed.CONTEST: lambda: contestable(review, at),
        Deed.DECIDE: lambda: person.pk not in others and decides_elsewhere(person, review),
        Deed.HAND_OVER: lambda: review.is_to_be_rectified and heard(review, at),
        Deed.CLOSE: lambda: is_done(review),
    }
    return deed not in asks or asks[deed]()
