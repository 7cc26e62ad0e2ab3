"""The register of a topic (名册): who is affected is written down, by staff or by themselves."""

from datetime import datetime

from django.db import transaction

from mingchuang.base.once import sent_twice_taken_once
from mingchuang.council.actions._register import Named, put_on_register
from mingchuang.council.models import Stakeholder
from mingchuang.council.queries.topics import topic_convened_by
from mingchuang.people.models import Person


@sent_twice_taken_once
@transaction.atomic
def add_stakeholder(number: str, who: Named, *, key: str, by: Person, at: datetime) -> Stakeholder:
    """Write down somebody whom the topic concerns; that it was done by staff stays with them."""
    topic = topic_convened_by(by, number, lock=True)
    return put_on_register(topic, who, key=key, by=by, at=at)
