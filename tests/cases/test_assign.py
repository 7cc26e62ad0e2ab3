"""A case is put into a colleague's hands; the unit is chased from where the case came in."""

from collections.abc import Callable

import pytest
from django.test import Client

from mingchuang.cases.actions.dispatch import (
    acknowledge_case,
    assign_case,
    decide_return,
    return_case,
)
from mingchuang.cases.actions.voice import remind_case
from mingchuang.cases.actions.watch import remind_unit
from mingchuang.cases.errors import (
    HandlesAlready,
    NoHandlerThere,
    NotYourDuty,
    RemindedToday,
    WrongStep,
)
from mingchuang.cases.models import Case
from mingchuang.cases.queries.audit import case_faults
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from tests.build import (
    A_DAY,
    MONDAY,
    a_case,
    a_dispatcher,
    a_person,
    a_supervisor,
    a_unit,
    code,
    newest,
    the_handler,
    the_lead,
    the_plea,
    the_town,
    told,
)

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + A_DAY
Staff = Callable[[], Person]


def test_a_case_stands_in_the_list_of_whom_it_was_given_to_and_the_ledger_tells_so() -> None:
    case = a_case("handling")
    colleague = a_person(Role.HANDLER, unit=the_lead(case))

    assign_case(case.number, colleague, by=the_handler(case), at=TUESDAY)

    assert Case.objects.get(handler=colleague) == case
    entry = newest(case)
    by = the_handler(case).badge
    assert (entry.verb, entry.facts) == ("case.assigned", {"by": by, "handler": colleague.badge})
    assert list(case_faults()) == []


def test_who_handles_is_a_handler_of_the_lead_unit_or_above_it() -> None:
    case = a_case("handling")
    above, elsewhere = a_person(Role.HANDLER), a_person(Role.HANDLER, unit=a_unit())
    supervisor = a_person(Role.SUPERVISOR, unit=the_lead(case))

    assign_case(case.number, above, by=supervisor, at=TUESDAY)
    with pytest.raises(NoHandlerThere, match=elsewhere.badge):
        assign_case(case.number, elsewhere, by=supervisor, at=TUESDAY)
    with pytest.raises(HandlesAlready):
        assign_case(case.number, above, by=supervisor, at=TUESDAY)

    assert Case.objects.get().handler == above


def test_the_intake_does_not_choose_whose_hands_do_the_work() -> None:
    case = a_case("handling")

    with pytest.raises(NotYourDuty):
        assign_case(case.number, the_handler(case), by=a_dispatcher(), at=TUESDAY)


def test_a_case_that_was_given_back_is_in_nobodys_hands() -> None:
    case = a_case("dispatched")
    handler = the_handler(case)
    assign_case(case.number, handler, by=handler, at=TUESDAY)
    return_case(case.number, "不归我们管。", by=handler, at=TUESDAY)

    decide_return(
        the_plea(case).pk, granted=False, decision="归你们管。", by=a_dispatcher(), at=TUESDAY
    )

    assert Case.objects.get().handler is None
    assert list(case_faults()) == []


def test_who_acknowledges_takes_the_case_in_hand_whoever_was_named() -> None:
    case = a_case("dispatched")
    named, quicker = the_handler(case), a_person(Role.HANDLER, unit=the_lead(case))
    assign_case(case.number, named, by=named, at=MONDAY)

    acknowledge_case(case.number, by=quicker, at=TUESDAY)

    assert Case.objects.get().handler == quicker
    assert list(case_faults()) == []


@pytest.mark.parametrize("who", [a_dispatcher, a_supervisor])
def test_the_intake_chases_the_unit_once_a_day_and_says_who_did(who: Staff) -> None:
    case = a_case("handling")

    remind_unit(case.number, by=who(), at=TUESDAY)
    with pytest.raises(RemindedToday):
        remind_unit(case.number, by=a_dispatcher(), at=TUESDAY)
    remind_unit(case.number, by=who(), at=TUESDAY + A_DAY)

    assert Case.objects.get().reminders == 2
    assert newest(case).facts == {"by": who().badge}
    assert told(case).count("case.reminded") == 2


def test_a_reminder_of_the_requester_counts_for_the_day_and_the_other_way_round() -> None:
    case = a_case("handling")
    receipt = case.number, code(case.submissions.get())
    remind_case(*receipt, at=TUESDAY)

    with pytest.raises(RemindedToday):
        remind_unit(case.number, by=a_dispatcher(), at=TUESDAY)


def test_where_no_unit_has_the_case_there_is_nobody_to_chase() -> None:
    case = a_case("accepted")

    with pytest.raises(WrongStep, match="已受理"):
        remind_unit(case.number, by=a_dispatcher(), at=TUESDAY)


def test_a_supervisor_of_the_unit_names_a_handler_on_the_case_page(client: Client) -> None:
    case = a_case("dispatched")
    handler, stranger = the_handler(case), a_person(Role.HANDLER, unit=a_unit())
    client.force_login(a_person(Role.SUPERVISOR, unit=the_lead(case)))
    path = f"/desk/cases/{case.number}/assign/"

    form = client.get(path).content.decode()
    wrong = client.post(path, {"to": stranger.pk})
    page = client.post(path, {"to": handler.pk}, follow=True)

    assert (handler.name in form, stranger.name in form) == (True, False)
    assert wrong.status_code == 422
    assert f"由工号 {handler.badge} 承办" in page.content.decode()


def test_the_town_reads_who_handles_on_the_receipt(client: Client) -> None:
    case, unit = a_case("handling"), the_town()
    colleague = a_person(Role.HANDLER, unit=unit)
    assign_case(case.number, colleague, by=the_handler(case), at=TUESDAY)

    page = client.get(f"/r/{case.number}/{code(case.submissions.get())}/").content.decode()

    assert f"由工号 {colleague.badge} 承办" in page
    assert colleague.name not in page
