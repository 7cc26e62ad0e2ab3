"""A lottery that counts no more: it stays to be seen, with the reason."""

from datetime import datetime

from mingchuang.council.errors.lottery import AlreadyCommitted
from mingchuang.council.models import Lottery, Topic
from mingchuang.council.queries.lotteries import lottery_of
from mingchuang.council.words.reasons import TOPIC_DROPPED
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person


def let_go(topic: Topic, reason: str, *, by: Person, at: datetime) -> None:
    """Void the lottery of a topic if nobody was promised anything by it; needs the topic locked."""
    lottery = lottery_of(topic)
    if lottery is None:
        return
    if lottery.committed_at:
        raise AlreadyCommitted
    void(lottery, reason, by=by, at=at)


def drop_undrawn(topic: Topic, *, by: Person, at: datetime) -> None:
    """Void the lottery of a topic that is talked about no more, also one that was promised, so that
    nobody comes to see dice thrown; needs the topic locked."""
    lottery = lottery_of(topic)
    if lottery is not None and not lottery.is_drawn:
        void(lottery, TOPIC_DROPPED, by=by, at=at)


def void(lottery: Lottery, reason: str, *, by: Person, at: datetime) -> Lottery:
    lottery.voided_at, lottery.voided_because = at, reason
    lottery.save(update_fields=["voided_at", "voided_because"])
    record("lottery.voided", lottery.subject, at=at, digest="", reason=reason, by=by.badge)
    return lottery
