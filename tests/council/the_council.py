"""Topics in the town that doors are tried in; each is made when it is first asked for."""

from django.utils.timezone import now

from mingchuang.council.actions.inviting import post_notice
from mingchuang.council.actions.register import note_camp_on_paper
from mingchuang.council.models import Invitation, Lottery, Seat, Stakeholder, Topic
from tests.build import A_DAY
from tests.council import neighbours
from tests.council.build import (
    SHEDS,
    a_convenor,
    a_photo,
    a_stakeholder,
    a_topic,
    an_inviting_topic,
)

PROPOSED = {
    "title": "5 幢车棚怎么办",
    "background": SHEDS,
    "options": "在一楼改一间无障碍的住处\n车棚加装消防设施",
    "places": "3幢车棚，2，没有窗",
    "legal": "deliberation",
    "unit": "{town.root.pk}",
    "key": "k" * 32,
}
ADDING = {"household": "8幢801", "affected": "near", "key": "a" * 32}
JOINING = {
    "household": "8幢802",
    "affected": "near",
    "name": "Ann Lee",
    "phone": "13800000077",
    "key": "j" * 32,
}


def topic() -> Topic:
    """A topic nobody outside has read yet."""
    return Topic.objects.filter(state="proposed").first() or a_topic(at=now())


def open_topic() -> Topic:
    """A topic whose register is open."""
    found = Topic.objects.filter(state="gathering").first()
    return found or a_topic("gathering", at=now())


def stakeholder() -> Stakeholder:
    """Somebody on its register, with a name that is read alike in every language."""
    found = Stakeholder.objects.filter(topic__state="gathering").first()
    given = {"name": "Ann Lee", "phone": "13800000078", "household": "3-201"}
    return found or a_stakeholder(open_topic(), at=now(), **given)


def mine(_town: object) -> tuple[str]:
    return (stakeholder().code,)


def register(_town: object) -> tuple[str]:
    return (open_topic().number,)


def person(_town: object) -> tuple[str, int]:
    return stakeholder().topic.number, stakeholder().number


def picture(_town: object) -> tuple[int]:
    """The paper on which somebody declared a camp."""
    if found := Stakeholder.objects.exclude(paper=None).first():
        return (found.paper_id or 0,)
    who = stakeholder()
    given = (who.topic.number, who.number, "support", a_photo())
    paper = note_camp_on_paper(*given, signed=who.requester.name, by=a_convenor(), at=now()).paper
    assert paper is not None
    return (paper.pk,)


def notice_photo(town: object) -> tuple[int]:
    """The photo of a notice as it hangs, with nobody's name on it."""
    if not (tried := Invitation.objects.exclude(picture=None).first()):
        (number,) = drawn(town)
        post_notice(number, a_photo(), by=a_convenor(), at=now())
        tried = Invitation.objects.exclude(picture=None)[0]
    return (tried.picture_id or 0,)


def seat() -> Seat:
    """Somebody who was drawn and has not answered."""
    found = Seat.objects.filter(state="drawn", roster__lotteries=None).first()
    given = {"name": "Ann Lee", "household": "3-202"}
    return found or an_inviting_topic(given, at=now()).seats.get()


def drawn(_town: object) -> tuple[str]:
    return (seat().roster.topic.number,)


def seated(_town: object) -> tuple[str, int]:
    return seat().roster.topic.number, seat().stakeholder.number


def called(_town: object) -> tuple[str]:
    return (seat().stakeholder.code,)


def drawing(_town: object) -> tuple[str]:
    """A topic whose register is closed."""
    found = Topic.objects.filter(state="drawing", rosters=None).first()
    return ((found or neighbours.a_neighbourhood(4, at=now())).number,)


def planned(_town: object) -> tuple[str, str]:
    """A lottery that waits for its promise."""
    return neighbours.a_small_lottery(at=now()).roster.topic.number, "promise"


def promised(_town: object) -> Lottery:
    """A lottery everybody may check."""
    found = Lottery.objects.filter(committed_at__isnull=False).first()
    return found or neighbours.a_small_promise(at=now())


def promised_topic(town: object) -> tuple[str]:
    return (promised(town).roster.topic.number,)


def plan(town: object) -> tuple[str, int, int]:
    lottery = promised(town)
    return lottery.roster.topic.number, lottery.roster.number, lottery.number


def draw(_town: object) -> tuple[str, int, int]:
    """What was thrown, for everybody to check."""
    lottery = neighbours.a_refilled_lottery(at=now() - A_DAY)
    return lottery.roster.topic.number, lottery.roster.number, lottery.number


def refill(_town: object) -> tuple[str, int, int, int]:
    """A round of refilling everybody may check."""
    lottery = neighbours.a_refilled_lottery(at=now() - A_DAY)
    return lottery.roster.topic.number, lottery.roster.number, lottery.number, 1
