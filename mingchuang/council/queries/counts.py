"""How many a topic concerns: the only thing of the register that everybody may read."""

from typing import NamedTuple

from django.db.models import Count, Q

from mingchuang.council.models import Topic
from mingchuang.council.rules.register import Affected, Camp


class Counts(NamedTuple):
    """People on the register now. Who has not said where they stand is counted apart."""

    people: int
    households: int
    direct: int
    support: int
    oppose: int
    undecided: int

    @property
    def silent(self) -> int:
        return self.people - self.support - self.oppose - self.undecided


def register_counts(topic: Topic) -> Counts:
    """Count who is on the register, in one statement."""
    found = topic.stakeholders.present().aggregate(
        people=Count("pk"),
        households=Count("household", distinct=True),
        direct=Count("pk", filter=Q(affected=Affected.DIRECT)),
        **{camp.value: Count("pk", filter=Q(camp=camp)) for camp in Camp},
    )
    return Counts(**found)
