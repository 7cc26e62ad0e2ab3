"""Sittings in the town that doors are tried in; each is made when it is first asked for."""

from datetime import timedelta

from django.utils.timezone import now

from mingchuang.council.actions.decisions import Decided, advise, decide, publish_decision
from mingchuang.council.actions.minutes import (
    Spoken,
    add_shot,
    add_statement,
    send_minutes,
    write_minutes,
)
from mingchuang.council.actions.objecting import answer_objection, review_objection
from mingchuang.council.actions.positions import Wanted, say_position
from mingchuang.council.actions.reading_minutes import correct_minutes
from mingchuang.council.models import (
    Check,
    Confirmation,
    Decision,
    Minutes,
    Objection,
    Sitting,
    Topic,
)
from mingchuang.ledger.actions import seal_entries
from mingchuang.ledger.keeping import newest_kept
from tests.build import A_DAY
from tests.council.build import a_convenor, a_photo
from tests.council.sittings import (
    BY_SATURDAY,
    a_seated_topic,
    a_sitting,
    an_objection,
    by_the_convenor,
    one_of,
    some_minutes,
    what_was_decided,
)

OBJECTING = {"text": "晚上灯太亮。", "key": "o" * 32}
CONVENING = {
    "begins_at": "{town.next_month}T09:00",
    "place": "居委会二楼",
    "agenda": "看现场，说意见，表决。",
    "moderator": "{town.people[convenor].pk}",
    "recorder": "{town.people[convenor].pk}",
    "seats_percent": "50",
    "opponents_percent": "20",
    "opponents_least": "2",
    "key": "v" * 32,
}
NO_ROWS = {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}
DECIDING = {"text": "先改一间。", "options": "1", "way": "decide", **NO_ROWS}
UPHOLDING = {
    "gist": "绿地少了。",
    "text": "墙面种爬藤。",
    "form-TOTAL_FORMS": "1",
    "form-INITIAL_FORMS": "0",
    "form-0-text": "墙面种爬藤",
    "form-0-obligor": "物业公司",
    "form-0-how": "到现场看",
    "form-0-first_on": "{town.next_month}",
    "form-0-rhythm": "once",
}


def drawn(_town: object) -> tuple[str]:
    """A topic that was drawn and never sat."""
    found = Topic.objects.filter(state="inviting", sittings=None, rosters__seats__state="accepted")
    return ((found.first() or a_seated_topic()).number,)


def going_on(_town: object) -> tuple[str, int]:
    sitting = Sitting.objects.filter(stage="open").first() or a_sitting("open", name="Ann Lee")
    return sitting.topic.number, sitting.number


def over(_town: object) -> tuple[str]:
    """A topic whose sitting is over, and nobody has written down what came of it."""
    found = Sitting.objects.filter(stage="closed", decision=None, minutes__stage="draft").first()
    return ((found or a_sitting("closed")).topic.number,)


def _decision() -> Decision:
    """A decision with a photo in its minutes, posted; one objection is new, one reviewed."""
    if found := Decision.objects.exclude(published_at=None).first():
        return found
    sitting, by = a_sitting("closed"), a_convenor()
    where = (sitting.topic.number, sitting.number)
    add_shot(*where, a_photo(), "车棚", by=by, at=BY_SATURDAY)
    decision = decide(*where, what_was_decided(), by=by, at=BY_SATURDAY)
    some_minutes("frozen", sitting=sitting)
    publish_decision(where[0], 7, by=by, at=BY_SATURDAY + 4 * A_DAY)
    for _ in range(2):
        an_objection(decision)
    review_objection(where[0], 2, "灯晚上亮不亮。", by=by, at=now())
    seal_entries(at=now(), kept=newest_kept())
    return decision


def decided(_town: object) -> tuple[str]:
    return (_decision().topic.number,)


def frozen(_town: object) -> tuple[str, int]:
    return _decision().topic.number, _decision().sitting.number


def objected(_town: object) -> tuple[str]:
    _decision()
    return (Objection.objects.order_by("pk")[0].code,)


def heard(_town: object) -> tuple[str]:
    """The link of somebody whose objection was answered."""
    number = _decision().topic.number
    said = an_objection(_decision(), at=now())
    answer_objection(number, said.number, "灯太亮", "已换灯", by=a_convenor(), at=now())
    return (said.code,)


def checked(_town: object) -> tuple[str, int]:
    number = _decision().topic.number
    return number, Check.objects.due().get(commitment__decision=_decision()).pk


def _minutes() -> Minutes:
    """Minutes that are being read now, with a correction nobody has answered."""
    if found := Minutes.objects.filter(stage="out").first():
        return found
    sitting = a_sitting("closed", topic=a_seated_topic())
    where = (sitting.topic.number, sitting.number)
    said = Spoken("我担心太吵。", who=one_of(sitting).number)
    add_statement(*where, said, **by_the_convenor(BY_SATURDAY))
    add_shot(*where, a_photo(), "Shed 5", **by_the_convenor(BY_SATURDAY))
    told = {"seen": "", "outcome": "下次再议。", "dissent": ""}
    write_minutes(*where, **by_the_convenor(BY_SATURDAY, **told))
    advise(*where, Decided("下次再议。", []), **by_the_convenor(BY_SATURDAY))
    send_minutes(*where, now() + timedelta(days=3), **by_the_convenor(now()))
    correct_minutes(one_of(sitting).code, where[1], "不是这样。", at=now())
    return Minutes.objects.get(sitting=sitting)


def mine(_town: object) -> tuple[str]:
    """The link of somebody whose topic is still talked about."""
    return (one_of(_minutes().sitting).code,)


def asked_for() -> int:
    """A condition somebody else asked for."""
    other = _minutes().sitting.roster.seats.order_by("pk")[1].stakeholder
    say_position(other.code, Wanted(1, "if", text="晚上十点以后不开灯"), at=now())
    return 1


def mine_there(_town: object) -> tuple[str, int]:
    return one_of(_minutes().sitting).code, _minutes().sitting.number


def corrected(_town: object) -> tuple[str, int, int, str]:
    sitting = _minutes().sitting
    said = Confirmation.objects.get(minutes=_minutes(), reading="corrected")
    return sitting.topic.number, sitting.number, said.pk, "take"
