"""Home visits: two go, between two hours, and only these two read where."""

from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.base.errors import NotFound
from mingchuang.ledger.queries import entries_of
from mingchuang.people.rules.roles import Role
from mingchuang.visits.actions.homes import (
    Pair,
    arrange,
    ask_for_home_visit,
    cancel_home_visit,
    finish_home_visit,
    reveal_home,
)
from mingchuang.visits.errors import (
    NoSuchCompanion,
    NotDoneAtHome,
    NotThenAtHome,
    NotTwo,
    WrongHomeStep,
)
from mingchuang.visits.models import HomeVisit
from mingchuang.visits.queries.audit import visit_faults
from mingchuang.visits.rules.homes import LIFE, LONGEST, State, Window, may_step
from tests.build import A_DAY, MONDAY, a_person, a_unit
from tests.visits.care import BEDRIDDEN, DOOR, a_home, a_window, an_arranged_home
from tests.visits.companions import a_companion
from tests.visits.hall import a_line

TUESDAY = (MONDAY + A_DAY).date()


@given(st.times(), st.times(), st.integers(-3, 3))
def test_what_may_be_agreed_on_is_to_come_and_no_longer_than_three_hours(
    since: time, until: time, days: int
) -> None:
    window = Window(date.fromordinal(TUESDAY.toordinal() + days), since, until)

    a_day = datetime.combine(TUESDAY, until) - datetime.combine(TUESDAY, since)
    assert window.is_possible(TUESDAY) == (days >= 0 and timedelta() < a_day <= LONGEST)


@given(st.integers(0, 3), st.integers(0, 20), st.integers(1, 3))
def test_any_three_hours_from_today_on_may_be_agreed_on(days: int, since: int, long: int) -> None:
    window = a_window(TUESDAY + timedelta(days=days), since, since + long)

    assert window.is_possible(TUESDAY)
    assert not a_window(window.day, since, since).is_possible(TUESDAY)
    assert not a_window(TUESDAY - A_DAY, since, since + long).is_possible(TUESDAY)


@pytest.mark.parametrize("verb", LIFE)
def test_what_is_over_stays_as_it_is(verb: str) -> None:
    assert not may_step(State.DONE, verb)
    assert not may_step(State.OFF, verb)


@pytest.mark.django_db
def test_whoever_asks_is_told_until_when_it_is_agreed_on() -> None:
    visit = a_home()

    assert visit.state == "asked"
    # Monday and three working days.
    assert visit.agree_by == date(2026, 3, 5)
    assert DOOR not in str(entries_of(visit.subject).values_list("facts"))


@pytest.mark.django_db
def test_what_the_hall_does_not_do_is_not_done_at_home() -> None:
    site, other = a_line().site, a_line()

    item = other.items.get().code

    with pytest.raises(NotDoneAtHome):
        ask_for_home_visit(site, item, BEDRIDDEN, key="k", at=MONDAY)


@pytest.mark.django_db
def test_nobody_goes_alone() -> None:
    visit = a_home()
    one = a_companion(visit.site)

    with pytest.raises(NotTwo):
        arrange(visit.pk, Pair(one.pk, one.pk), a_window(TUESDAY), by=one, at=MONDAY)

    assert HomeVisit.objects.get().state == "asked"


@pytest.mark.django_db
def test_only_colleagues_of_the_hall_go() -> None:
    visit = a_home()
    one = a_companion(visit.site)

    with pytest.raises(NoSuchCompanion):
        arrange(visit.pk, Pair(one.pk, a_person().pk), a_window(TUESDAY), by=one, at=MONDAY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "window",
    [a_window(MONDAY.date() - A_DAY), a_window(TUESDAY, 11, 9), a_window(TUESDAY, 8, 17)],
    ids=["yesterday", "backwards", "all day"],
)
def test_nobody_is_kept_at_home_all_day(window: Window) -> None:
    visit = a_home()
    pair = Pair(a_companion(visit.site).pk, a_companion(visit.site).pk)

    with pytest.raises(NotThenAtHome, match="3 小时"):
        arrange(visit.pk, pair, window, by=a_companion(visit.site), at=MONDAY)


@pytest.mark.django_db
def test_both_read_the_address_and_each_look_is_an_entry() -> None:
    visit = an_arranged_home()
    assert visit.first is not None
    assert visit.second is not None

    read = [reveal_home(visit.pk, by=one, at=MONDAY).address for one in (visit.first, visit.second)]

    assert read == [DOOR, DOOR]
    looks = entries_of(visit.subject).filter(verb="requester.revealed")
    assert [entry.facts["by"] for entry in looks] == [visit.first.badge, visit.second.badge]


@pytest.mark.django_db
def test_a_third_colleague_does_not_read_the_address() -> None:
    visit = an_arranged_home()

    with pytest.raises(NotFound):
        reveal_home(visit.pk, by=a_companion(visit.site), at=MONDAY)

    assert not entries_of(visit.subject).filter(verb="requester.revealed").exists()


@pytest.mark.django_db
def test_who_calls_to_agree_on_a_time_reads_name_and_phone_and_no_address(client: Client) -> None:
    visit = a_home()
    clerk = a_companion(visit.site)
    client.force_login(clerk)

    offered = client.get(reverse("visits:home", args=[visit.pk])).content.decode()
    page = client.post(reverse("visits:home_reveal", args=[visit.pk])).content.decode()

    assert reverse("visits:home_reveal", args=[visit.pk]) in offered
    assert BEDRIDDEN.name in page
    assert BEDRIDDEN.phone in page
    assert DOOR not in page
    entry = entries_of(visit.subject).get(verb="requester.revealed")
    assert (entry.facts["reason"], entry.facts["by"]) == ("call_requester", clerk.badge)


@pytest.mark.django_db
def test_who_is_of_another_site_calls_nobody() -> None:
    visit = a_home()

    with pytest.raises(NotFound):
        reveal_home(visit.pk, by=a_companion(a_line().site), at=MONDAY)


@pytest.mark.django_db
def test_a_volunteer_who_is_sent_reads_and_finishes_it_and_arranges_nothing(
    client: Client,
) -> None:
    made = a_home()
    team = a_unit(parent=made.site.unit, kind="community")
    sent, clerk = a_person(Role.HANDLER, unit=team), a_companion(made.site)
    pair = Pair(sent.pk, clerk.pk)
    arrange(made.pk, pair, a_window(TUESDAY), by=clerk, at=MONDAY)
    client.force_login(sent)

    listed = client.get(reverse("visits:homes")).content.decode()
    page = client.get(reverse("visits:home", args=[made.pk])).content.decode()

    assert reverse("visits:home", args=[made.pk]) in listed
    assert reverse("visits:home_deed", args=[made.pk, "finish"]) in page
    assert reverse("visits:home_deed", args=[made.pk, "cancel"]) not in page
    assert reveal_home(made.pk, by=sent, at=MONDAY).address == DOOR
    with pytest.raises(NotFound):
        arrange(made.pk, pair, a_window(TUESDAY), by=sent, at=MONDAY)
    assert finish_home_visit(made.pk, by=sent, at=MONDAY + A_DAY).state == "done"


@pytest.mark.django_db
def test_once_it_is_done_nobody_reads_the_address() -> None:
    visit = an_arranged_home()
    assert visit.first is not None

    done = finish_home_visit(visit.pk, by=visit.first, at=MONDAY + A_DAY)

    assert done.state == "done"
    with pytest.raises(NotFound):
        reveal_home(visit.pk, by=visit.first, at=MONDAY + A_DAY)


@pytest.mark.django_db
def test_whoever_asked_takes_it_back_once() -> None:
    visit = an_arranged_home()

    cancel_home_visit(visit.code, at=MONDAY)

    with pytest.raises(WrongHomeStep, match="已取消"):
        cancel_home_visit(visit.code, at=MONDAY)


@pytest.mark.django_db
def test_the_page_of_whoever_asked_names_badges_and_no_address(client: Client) -> None:
    visit = an_arranged_home()
    assert visit.first is not None

    page = client.get(reverse("visits:home_visit", args=[visit.code])).content.decode()

    assert f"工号 {visit.first.badge}" in page
    assert DOOR not in page
    assert "王秀英" not in page


@pytest.mark.django_db
def test_the_board_shows_no_address(client: Client) -> None:
    visit = an_arranged_home()
    client.force_login(a_companion(visit.site))

    pages = [
        client.get(reverse("visits:homes")).content.decode(),
        client.get(reverse("visits:home", args=[visit.pk])).content.decode(),
    ]

    assert [page for page in pages if DOOR in page or "13800000008" in page] == []


@pytest.mark.django_db
def test_the_audit_finds_what_nobody_told() -> None:
    visit = an_arranged_home()
    before = list(visit_faults())

    HomeVisit.objects.filter(pk=visit.pk).update(arranged_at=MONDAY + A_DAY)

    assert before == []
    assert {fault.code for fault in visit_faults()} == {"care"}
