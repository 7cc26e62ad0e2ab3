"""Who stands on the list of somebody else, too: the staff are told, the company is not."""

import pytest
from django.test import Client

from mingchuang.cases.actions.batch_crossing_out import cross_out_for
from mingchuang.cases.models import Batch
from mingchuang.cases.queries.batch_known import beside_of
from mingchuang.people.rules.roles import Role
from tests.build import MONDAY, a_person, a_unit
from tests.cases.batches.build import (
    a_batch,
    a_row,
    a_sheet,
    a_workbook,
    in_hand,
    moved,
    sent,
    the_contact,
)
from tests.cases.batches.test_pages import desk, own, seated

pytestmark = pytest.mark.django_db


def two_lists() -> tuple[Batch, Batch]:
    """Two companies with one person in common, at place 1 of the one and 2 of the other."""
    sheet = a_sheet()
    one, other = in_hand(a_batch(sheet)), in_hand(a_batch(sheet, phone="13900000009"))
    sent(one, a_workbook(a_row(1)))
    sent(other, a_workbook(a_row(2), a_row(1)))
    return Batch.objects.get(pk=one.pk), Batch.objects.get(pk=other.pk)


def test_who_is_on_another_list_too_is_named_with_it_where_it_may_be_read() -> None:
    one, other = two_lists()
    stranger, people = a_person(Role.HANDLER, unit=a_unit("别处")), list(one.people.all())

    (near,) = beside_of(the_contact(one), one, people).values()
    (far,) = beside_of(stranger, one, people).values()
    moved(other, "2", "accepted", "done")
    (done,) = beside_of(the_contact(one), one, people).values()

    assert [*near[0]] == [other.number, other.organisation, 2, False]
    assert [*far[0]] == ["", "", 0, False]
    assert done[0].is_done


def test_who_was_crossed_out_there_stands_there_no_more() -> None:
    one, other = two_lists()

    cross_out_for(other.number, "2", "不在职了。", by=the_contact(other), at=MONDAY)

    assert beside_of(the_contact(one), one, one.people.all()) == {}


def test_the_staff_read_it_beside_the_person_and_the_company_does_not(client: Client) -> None:
    one, other = two_lists()
    seat = seated(the_contact(one))

    told = seat.get(desk(one)).content.decode()
    person = seat.post(desk(one, 1, name="batch_person")).content.decode()

    assert [f'href="{desk(other)}"' in page for page in (told, person)] == [True, True]
    assert other.number not in client.get(own(one)).content.decode()
