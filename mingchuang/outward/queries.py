"""Questions that concern more than one room."""

from collections.abc import Iterator
from datetime import datetime

from mingchuang.cases.queries.audit import Untold, facts_in
from mingchuang.ledger.models import Entry
from mingchuang.people.models import Post

GIVEN, ENDED = "post.given", "post.ended"


def post_faults() -> Iterator[Untold]:
    """Yield every post in force that no entry gives, that one has ended, or that lasts too long."""
    for post in Post.objects.in_force().select_related("person", "unit").order_by("pk"):
        if not _is_held(post):
            facts = {"subject": post.person.subject, "unit": post.unit.code, "role": post.role}
            yield Untold("post", facts)


def _is_held(post: Post) -> bool:
    told = list(_told(post))
    if (GIVEN, post.since) not in [(verb, at) for verb, at, _ in told]:
        return False
    ends = [datetime.fromisoformat(str(end)) if end else None for *_, end in told]
    return post.until in ends and _is_left(post, [verb for verb, *_ in told])


def _told(post: Post) -> Iterator[tuple[str, datetime, object]]:
    """Yield what the ledger tells of posts like this: the verb, when, and how long it holds."""
    entries = Entry.objects.filter(subject=post.person.subject, verb__startswith="post.").in_order()
    for verb, at, kept in entries.values_list("verb", "at", "facts"):
        facts = facts_in(kept)
        if (facts.get("unit"), facts.get("role")) == (post.unit.code, post.role):
            yield verb, at, facts.get("until")


def _is_left(post: Post, verbs: list[str]) -> bool:
    """Whether the last word is not an end; or, of posts that overlap, as many ended as are over."""
    same = {"person": post.person, "unit": post.unit, "role": post.role}
    left = verbs.count(GIVEN) - verbs.count(ENDED)
    return verbs[-1] != ENDED or Post.objects.in_force().filter(**same).count() <= left
