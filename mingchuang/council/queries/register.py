"""Who is on a register: for the convenor, and each for themselves. Fetching is authorising."""

from django.db.models import OuterRef, Prefetch, Q, Subquery

from mingchuang.base.errors import NotFound
from mingchuang.council.errors.topics import StruckOut
from mingchuang.council.models import Stakeholder, Topic
from mingchuang.council.models.register import StakeholderQuerySet
from mingchuang.council.queries.topics import lock_topics, topic_for, topics_convened_by
from mingchuang.people.models import Person

STRUCK = ("double_of", "taken_out_by")
WITH = ("topic__unit", "requester", "household", "added_by", "paper", *STRUCK)
# Under which number the same phone was left once more.
SAME_PHONE = Subquery(
    Stakeholder.objects.present()
    .filter(topic=OuterRef("topic"), requester__phone_index=OuterRef("requester__phone_index"))
    .filter(apart_at=None)
    .exclude(Q(pk=OuterRef("pk")) | Q(requester__phone_index=""))
    .order_by("number")
    .values("number")[:1]
)


def register_of(topic: Topic) -> StakeholderQuerySet:
    """Return everybody on the register, who must be there first, with who else lives there."""
    shown = ("number", "household", "withdrawn_at", "taken_out_at")
    members = Stakeholder.objects.only(*shown).order_by("number")
    joined = ("requester", "household", "added_by", "double_of")
    people = topic.stakeholders.select_related(*joined)
    people = people.prefetch_related(Prefetch("household__members", members))
    return people.annotate(same_phone=SAME_PHONE).order_by("withdrawn_at", "number")


def stakeholder_for(person: Person, number: str, which: int) -> Stakeholder:
    """Return somebody on the register of a topic this person may read."""
    topic = topic_for(person, number)
    return _one(topic.stakeholders.filter(number=which).annotate(same_phone=SAME_PHONE))


def stakeholder_convened_by(
    person: Person, number: str, which: int, *, lock: bool = False
) -> Stakeholder:
    """Return somebody on the register of a topic this person convenes; lock them if they change."""
    found = Stakeholder.objects.filter(topic__in=topics_convened_by(person, number), number=which)
    return _one(found, lock=lock)


def stakeholder_of(code: str, *, lock: bool = False) -> Stakeholder:
    """Return whose link this is; lock them if they change something about themselves. Struck out,
    they read so."""
    found = holder_of(code, lock=lock)
    if found.is_taken_out:
        raise StruckOut
    return found


def holder_of(code: str, *, lock: bool = False) -> Stakeholder:
    """Return whose link this is, struck out or not: to read that, and to be forgotten."""
    return _one(Stakeholder.objects.filter(code=code, withdrawn_at=None), lock=lock)


def topic_behind(code: str) -> Topic:
    """Return the topic for which somebody with this link is registered, or was."""
    topic = Topic.objects.filter(stakeholders__code=code).first()
    if topic is None:
        raise NotFound
    return topic


def _one(people: StakeholderQuerySet, *, lock: bool = False) -> Stakeholder:
    """The topic is locked with them, and first: a register that closes waits for who is being
    written down, and they for it."""
    if lock:
        lock_topics(Topic.objects.filter(pk__in=people.values("topic")))
        list(people.select_for_update().values_list("pk"))
    found = people.select_related(*WITH).first()
    if found is None:
        raise NotFound
    return found
