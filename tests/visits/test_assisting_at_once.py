"""Many companions press at the same moment: nobody is met by two, nobody accompanies two."""

from functools import partial

import pytest

from mingchuang.ledger.models import Entry
from mingchuang.visits.actions import assisting
from mingchuang.visits.models import Assist
from mingchuang.visits.rules.assisting import State
from tests.build import MONDAY
from tests.tools.together import at_once
from tests.visits.companions import a_companion, a_hall, an_assist, what_is_wanted

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_many_who_go_at_once_one_does() -> None:
    hall = a_hall()
    assist = an_assist(hall)
    helpers = [a_companion(hall) for _ in range(5)]

    became = at_once(*[partial(assisting.accept, assist.pk, by=one, at=MONDAY) for one in helpers])

    assert became == ["done", *["taken_by_another"] * 4]
    told = Entry.objects.get(verb="assist.accepted")
    assist.refresh_from_db()
    assert assist.companion is not None
    assert told.facts["companion"] == assist.companion.badge


def test_who_is_met_by_two_at_once_accompanies_one() -> None:
    hall = a_hall()
    helper = a_companion(hall)
    promised = [an_assist(hall, State.ACCEPTED, companion=helper) for _ in range(3)]

    became = at_once(*[partial(assisting.meet, one.pk, by=helper, at=MONDAY) for one in promised])

    assert became == ["done", *["still_accompanying"] * 2]
    assert Assist.objects.filter(state=State.MET).count() == 1


def test_two_who_hand_over_to_one_at_once_leave_them_with_one() -> None:
    hall = a_hall()
    third = a_companion(hall)
    assists = [an_assist(hall, State.MET, companion=a_companion(hall)) for _ in range(2)]
    deeds = [
        partial(assisting.hand_over, one.pk, third.pk, by=one.companion, at=MONDAY)
        for one in assists
        if one.companion
    ]

    became = at_once(*deeds)

    assert became == ["done", "still_accompanying"]
    assert Assist.objects.filter(companion=third).count() == 1


def test_a_form_tapped_many_times_asks_once() -> None:
    hall = a_hall()
    wanted = what_is_wanted(phone="13812345678")
    tap = partial(assisting.ask_for_companion, hall, wanted, key="tap", at=MONDAY)

    assert at_once(*[tap] * 5) == ["done"] * 5
    assert Assist.objects.count() == 1


def test_many_who_ask_under_one_phone_at_once_get_two() -> None:
    hall = a_hall()
    wanted = what_is_wanted(phone="13812345678")
    deeds = [
        partial(assisting.ask_for_companion, hall, wanted, key=f"tap-{n}", at=MONDAY)
        for n in range(5)
    ]

    became = at_once(*deeds)

    assert sorted(became) == ["asked_enough"] * 3 + ["done"] * 2
    assert Assist.objects.count() == 2
