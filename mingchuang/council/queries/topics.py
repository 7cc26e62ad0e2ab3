"""Topics: whom they are open to. Fetching is authorising."""

from django.db.models import Case, QuerySet, When

from mingchuang.base.errors import NotFound
from mingchuang.cases.queries.desk import case_for
from mingchuang.council.errors.topics import RegisterShut
from mingchuang.council.models import Topic
from mingchuang.council.models.topics import TopicQuerySet
from mingchuang.council.rules.life import State
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role

# Who reads the topics of their units; only a convenor acts, each of the unit in turn.
READERS = (Role.CONVENOR, Role.SUPERVISOR, Role.AUDITOR)


def topics_of(person: Person) -> TopicQuerySet:
    """Return the topics this person may read, what is still talked about first."""
    units = scope_of(person).units(*READERS)
    ended = Case(When(ended_at=None, then=0), default=1)
    topics = Topic.objects.filter(unit__in=units).order_by(ended, "-pk")
    return topics.select_related("unit", "convenor", "from_case", "follows")


def topics_from(person: Person, number: str) -> list[tuple[Topic, bool]]:
    """Return the topics made of a case this person may see, each with whether it is open to them at
    the desk; others only once everybody may read them."""
    case = case_for(person, number)
    desk = set(topics_of(person).filter(from_case=case).values_list("pk", flat=True))
    told = Topic.objects.filter(pk__in=desk) | Topic.objects.public().filter(from_case=case)
    return [(topic, topic.pk in desk) for topic in told.order_by("pk")]


def topic_for(person: Person, number: str) -> Topic:
    """Return a topic this person may read."""
    return _one(topics_of(person).numbered(number))


def topic_convened_by(person: Person, number: str, *, lock: bool = False) -> Topic:
    """Return a topic this person convenes; lock it if it changes."""
    topics = topics_convened_by(person, number)
    if lock:
        lock_topics(topics)
    return _one(topics.select_related("unit", "convenor"))


def lock_topics(topics: "QuerySet[Topic]") -> None:
    """Lock a topic before whatever of it changes, as everybody does. The lock first, alone: what is
    joined to it would be read as it was before we waited."""
    list(topics.select_for_update(of=("self",)).values_list("pk"))


def topics_convened_by(person: Person, number: str) -> TopicQuerySet:
    """Narrow to the topic with this number, if this person convenes it."""
    units = scope_of(person).units(Role.CONVENOR)
    return Topic.objects.filter(unit__in=units).numbered(number)


def public_topic(number: str, *, lock: bool = False) -> Topic:
    """Return a topic as everybody may read it, once it was opened; lock it for who registers."""
    topics = Topic.objects.public().numbered(number)
    if lock:
        lock_topics(topics)
    return _one(topics.select_related("unit", "follows"))


def topic_to_join(number: str) -> Topic:
    """Return a topic whose register is open to everybody; refused in words once it is shut."""
    topic = public_topic(number)
    if topic.state != State.GATHERING:
        raise RegisterShut
    return topic


def _one(topics: TopicQuerySet) -> Topic:
    topic = topics.first()
    if topic is None:
        raise NotFound
    return topic


def convenes(person: Person, topic: Topic) -> bool:
    """Say whether this person may act on the topic."""
    return topic.unit_id in scope_of(person).units(Role.CONVENOR)


def public_topics() -> TopicQuerySet:
    """Return the topics everybody may read, what is still talked about first."""
    ended = Case(When(ended_at=None, then=0), default=1)
    return Topic.objects.public().select_related("unit").order_by(ended, "-opened_at")
