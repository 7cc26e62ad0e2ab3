"""Many speak at the same moment: one phone stands once, and what was closed was counted right."""

from functools import partial

import pytest

from mingchuang.council.actions import inviting, own
from mingchuang.council.actions._register import Named
from mingchuang.council.actions.topics import close_register
from mingchuang.council.models import Seat, Stakeholder
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from tests.build import MONDAY
from tests.council.build import a_convenor, a_key, a_stakeholder, a_topic, an_inviting_topic
from tests.tools.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)

ANN = Named("near", "王芳", "13800000001", "3幢201")


def test_of_many_who_register_under_one_phone_it_counts_for_one() -> None:
    number = a_topic("gathering").number

    became = at_once(
        *[partial(own.register_oneself, number, ANN, key=a_key(), at=MONDAY) for _ in range(5)]
    )

    assert became == ["done"] * 5
    assert Stakeholder.objects.filter(phone_index__gt="").count() == 1


def test_a_form_tapped_many_times_registers_once() -> None:
    number, key = a_topic("gathering").number, a_key()

    became = at_once(
        *[partial(own.register_oneself, number, ANN, key=key, at=MONDAY) for _ in range(4)]
    )

    assert became == ["done"] * 4
    assert Entry.objects.filter(verb="stakeholder.added").count() == 1


def test_neighbours_who_register_at_once_get_each_a_number_of_their_own() -> None:
    number = a_topic("gathering").number
    people = [Named("near", "居民", f"1380000000{n}", "3幢201") for n in range(5)]

    became = at_once(
        *[partial(own.register_oneself, number, one, key=a_key(), at=MONDAY) for one in people]
    )

    assert became == ["done"] * 5
    assert sorted(Stakeholder.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert Stakeholder.objects.values("household").distinct().count() == 1


def test_whoever_declares_while_the_register_closes_is_counted_or_refused() -> None:
    topic = a_topic("gathering")
    people = [a_stakeholder(topic) for _ in range(5)]
    deeds = [partial(own.declare_camp, one.code, "oppose", at=MONDAY) for one in people]

    at_once(*deeds, partial(close_register, topic.number, by=a_convenor(), at=MONDAY))

    told = Entry.objects.get(verb="topic.gathered").facts
    assert told["opponents"] == Stakeholder.objects.opponents().count()


def test_a_seat_that_is_taken_and_lost_at_once_ends_lost_or_was_never_taken() -> None:
    roster = an_inviting_topic({})
    mine, number = Stakeholder.objects.get(), roster.topic.number

    became = at_once(
        partial(inviting.answer_by_link, mine.code, "accepted", at=MONDAY),
        partial(inviting.lose_seat, number, 1, "已搬走。", by=a_convenor(), at=MONDAY),
    )

    seat = Seat.objects.select_related("roster__topic", "stakeholder").get()
    verbs = [entry.verb for entry in entries_of(seat.subject)]
    assert seat.state == "lost"
    assert (became, verbs) in (
        (["done", "done"], ["seat.taken", "seat.lost"]),
        (["done", "seat_gone"], ["seat.lost"]),
    )
