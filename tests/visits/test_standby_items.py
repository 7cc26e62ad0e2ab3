"""Who stands by is offered what they would come for: the same things, and places for all of it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from mingchuang.ledger.models import Entry
from mingchuang.visits import errors
from mingchuang.visits.actions.booking import cancel_visit
from mingchuang.visits.actions.standby import take_offer
from mingchuang.visits.queries.standby import slots_miscounted
from tests.build import A_DAY, MONDAY
from tests.hall.build import an_item
from tests.visits.bookable import another_item, the_item
from tests.visits.places import a_full_day, a_standby

pytestmark = pytest.mark.django_db


def test_who_has_two_things_to_do_is_offered_two_places_and_comes_for_both() -> None:
    first, second, *_others = a_full_day()
    items = [the_item(first.line), another_item(first.line, "社保卡")]
    standby = a_standby(first.line, items=items)

    cancel_visit(first.code, at=MONDAY)
    standby.refresh_from_db()
    after_one = standby.state
    cancel_visit(second.code, at=MONDAY)
    visit = take_offer(standby.code, at=MONDAY)

    assert after_one == "waiting"
    assert (visit.persons, visit.places, visit.slot) == (1, 2, first.slot)
    assert set(visit.items.all()) == set(items)
    told = Entry.objects.get(verb="visit.booked", subject=visit.subject)
    assert told.facts["items"] == sorted(item.code for item in items)
    assert not slots_miscounted().exists()
    cancel_visit(visit.code, at=MONDAY)
    assert not slots_miscounted().exists()


def test_what_is_not_done_there_is_not_stood_by_for() -> None:
    full, *_ = a_full_day()

    with pytest.raises(errors.NotDoneThere):
        a_standby(full.line, items=[an_item("elsewhere")])


def test_the_page_of_a_full_day_leads_to_standing_by_for_the_same(client: Client) -> None:
    day = localdate() + A_DAY
    line = a_full_day(day, at=now())[0].line
    item, other = the_item(line), another_item(line, "社保卡")

    page = reverse("visits:stand_by", args=[line.site.code, line.prefix, f"{day}"])
    asked = client.get(page, {"item": [item.code, other.code]}).content.decode()
    gone = client.get(page, {"item": "nowhere"})

    assert "社保卡" in asked
    assert gone.status_code == 422
