"""The founding topic of the council in the demo town; every person in it is invented."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from mingchuang.council.actions._register import Named
from mingchuang.council.actions.own import declare_camp
from mingchuang.council.actions.register import add_stakeholder
from mingchuang.council.actions.topics import open_register, propose_topic
from mingchuang.council.models import Topic
from mingchuang.council.rules.proposing import Proposed, Surveyed
from mingchuang.people.models import Person, Unit

COUNCIL: Mapping[str, Any] = json.loads(
    (Path(__file__).parent / "council.json").read_text(encoding="utf-8")
)
FEATURES = ("age", "tenure", "mobility", "building")


def begin_topic(units: Mapping[str, Unit], staff: Mapping[str, Person], *, at: datetime) -> Topic:
    """Propose and open it, and let those it concerns stand on its register."""
    by, unit = staff[COUNCIL["by"]], units[COUNCIL["unit"]]
    places = [Surveyed(name, many, note) for name, many, note in COUNCIL["places"]]
    said = Proposed(**COUNCIL["topic"], places=places)
    began = at - timedelta(days=6)
    topic = propose_topic(said, unit, key="demo-town-council", by=by, at=began)
    Topic.objects.filter(pk=topic.pk).update(invented=True)
    open_register(topic.number, by=by, at=began + timedelta(hours=2))
    for n, (household, name, phone, affected, why, *rest) in enumerate(COUNCIL["people"]):
        *features, camp = rest
        who = Named(
            affected, name, phone, household, why, dict(zip(FEATURES, features, strict=True))
        )
        then = began + timedelta(hours=3, minutes=n)
        made = add_stakeholder(topic.number, who, key=f"demo-council-{n}", by=by, at=then)
        if camp:
            declare_camp(made.code, camp, at=then + timedelta(days=1))
    return topic
