"""Topics in the town that doors are tried in; each is made when it is first asked for."""

from django.utils.timezone import now

from mingchuang.council.models import Topic
from tests.council.build import SHEDS, a_topic

PROPOSED = {
    "title": "5 幢车棚怎么办",
    "background": SHEDS,
    "options": "在一楼改一间无障碍的住处\n车棚加装消防设施",
    "places": "3幢车棚，2，没有窗",
    "legal": "deliberation",
    "unit": "1",
    "key": "k" * 32,
}


def topic() -> Topic:
    """A topic nobody outside has read yet."""
    return Topic.objects.filter(state="proposed").first() or a_topic(at=now())


def open_topic() -> Topic:
    """A topic whose register is open."""
    found = Topic.objects.filter(state="gathering").first()
    return found or a_topic("gathering", at=now())
