"""Topics: whom they are open to. Fetching is authorising."""

from mingchuang.base.errors import NotFound
from mingchuang.council.models import Topic
from mingchuang.council.models.topics import TopicQuerySet
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role

# Who reads the topics of their units; only a convenor acts, each of the unit in turn.
READERS = (Role.CONVENOR, Role.SUPERVISOR, Role.AUDITOR)


def topics_of(person: Person) -> TopicQuerySet:
    """Return the topics this person may read, the newest first."""
    units = scope_of(person).units(*READERS)
    return Topic.objects.filter(unit__in=units).select_related("unit", "convenor")


def topic_for(person: Person, number: str) -> Topic:
    """Return a topic this person may read."""
    return _one(topics_of(person).numbered(number))


def topic_convened_by(person: Person, number: str, *, lock: bool = False) -> Topic:
    """Return a topic this person convenes; lock it if it changes."""
    units = scope_of(person).units(Role.CONVENOR)
    topics = Topic.objects.filter(unit__in=units).numbered(number)
    if lock:
        # The lock first, alone: what is joined to it would be read as it was before we waited.
        list(topics.select_for_update().values_list("pk"))
    return _one(topics.select_related("unit", "convenor"))


def public_topic(number: str) -> Topic:
    """Return a topic as everybody may read it, once it was opened."""
    return _one(Topic.objects.public().numbered(number).select_related("unit"))


def _one(topics: TopicQuerySet) -> Topic:
    topic = topics.first()
    if topic is None:
        raise NotFound
    return topic


def convenes(person: Person, topic: Topic) -> bool:
    """Say whether this person may act on the topic."""
    return topic.unit_id in scope_of(person).units(Role.CONVENOR)
