"""History told later: each entry at its own time, in one statement, never ahead of now."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from mingchuang.ledger.actions import Past, record_past
from mingchuang.ledger.models import Entry
from mingchuang.ledger.rules.canonical import NotRecordable
from tests.ledger.build import MONDAY

pytestmark = pytest.mark.django_db

AN_HOUR = timedelta(hours=1)


def a_past(n: int = 1, **given: Any) -> Past:
    plain = Past("case.accepted", f"case:NB-{n}", MONDAY - n * AN_HOUR, "", {"n": n})
    return plain._replace(**given)


def test_what_happened_is_written_in_the_order_it_is_told() -> None:
    kept = record_past([a_past(1), a_past(2)], at=MONDAY)

    told = list(Entry.objects.order_by("pk").values_list("subject", "at", "facts"))
    assert told == [
        ("case:NB-1", MONDAY - AN_HOUR, {"n": 1}),
        ("case:NB-2", MONDAY - 2 * AN_HOUR, {"n": 2}),
    ]
    assert [entry.pk for entry in kept] == list(
        Entry.objects.order_by("pk").values_list("pk", flat=True)
    )


def test_what_is_still_to_come_is_not_recorded() -> None:
    with pytest.raises(NotRecordable, match="later than now"), transaction.atomic():
        record_past([a_past(), a_past(at=MONDAY + AN_HOUR)], at=MONDAY)

    assert not Entry.objects.exists()


def test_facts_are_as_plain_as_those_of_any_entry() -> None:
    with pytest.raises(NotRecordable, match="whole numbers"):
        record_past([a_past(facts={"share": 0.5})], at=MONDAY)
