"""Who may stand on a register twice, for the convenor who finds out before anybody is drawn."""

from collections.abc import Sequence

from django.db.models import Q

from mingchuang.council.models import Stakeholder, Topic
from mingchuang.council.models.register import StakeholderQuerySet
from mingchuang.council.rules.doubles import Double, Standing, doubles_among


def doubles_in(topic: Topic) -> Sequence[Double]:
    """Return who may be one person. All are read, in one statement: finding in the database who
    shares a home or a phone takes ten times as long."""
    return _alike(_looked_at(topic))


def doubles_of(who: Stakeholder) -> Sequence[Double]:
    """Return with whom somebody may be one person; with nobody they were told apart from."""
    if who.is_gone or who.apart_at is not None:
        return ()
    alike = Q(household=who.household_id)
    if phone := who.requester.phone_index:
        alike |= Q(requester__phone_index=phone)
    return [one for one in _alike(_looked_at(who.topic).filter(alike)) if who.number in one.numbers]


def _looked_at(topic: Topic) -> StakeholderQuerySet:
    """Whoever was told apart is like nobody."""
    return topic.stakeholders.present().filter(apart_at=None).order_by()


def _alike(people: StakeholderQuerySet) -> Sequence[Double]:
    told = ("number", "household", "requester__name", "requester__phone_index")
    return doubles_among(
        Standing(number, str(home), name, phone)
        for number, home, name, phone in people.values_list(*told)
    )
