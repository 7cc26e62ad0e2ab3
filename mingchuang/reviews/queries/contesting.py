"""Which office decides an objection: another one than found what is objected to."""

from django.db.models import QuerySet

from mingchuang.people.models import Person, Post, Unit
from mingchuang.people.queries import scope_of
from mingchuang.reviews.models import Review
from mingchuang.reviews.rules.offices import REVIEWERS, Duty, offices_of

# Whoever verifies, or stands in where it lay too long.
FINDERS = (*REVIEWERS[Duty.VERIFY], *REVIEWERS[Duty.DECIDE])


def decides_elsewhere(person: Person, review: Review) -> bool:
    """Say whether this person decides in the name of another office than the one that found: it
    must be another where there is one above the rated office; where there is none, another person
    is enough."""
    found = _found_in(review)
    deciding = _over(review.unit).filter(role__in=REVIEWERS[Duty.DECIDE])
    if _units(deciding.filter(person=person)) - found:
        return True
    others = deciding.exclude(unit__in=found).exclude(person=review.contested_by)
    return not _any_may_decide(others, review)


def decides_within(person: Person, review: Review) -> bool:
    """Say whether this person sits in no other office than the one that found, and is only
    another person of it: the page says so."""
    deciding = _over(review.unit).filter(role__in=REVIEWERS[Duty.DECIDE], person=person)
    return not _units(deciding) - _found_in(review)


def _found_in(review: Review) -> set[int]:
    return _units(_over(review.unit).filter(person=review.found_by, role__in=FINDERS))


def _over(unit: Unit) -> "QuerySet[Post]":
    """Return the posts that reach this unit from where it stands upwards."""
    above = [int(pk) for pk in unit.path.strip("/").split("/")]
    return Post.objects.in_force().filter(unit__in=above)


def _units(posts: "QuerySet[Post]") -> set[int]:
    return set(posts.values_list("unit", flat=True))


def _any_may_decide(posts: "QuerySet[Post]", review: Review) -> bool:
    """Say whether one of them does not sit in the rated office."""
    above = dict(Unit.objects.values_list("pk", "parent_id"))
    people = {post.person_id: post.person for post in posts.select_related("person")}
    scopes = [scope_of(person) for person in people.values()]
    return any(offices_of(one, above).may(Duty.DECIDE, review.unit_id) for one in scopes)
