"""The clerk's window as pages: sign on, call, serve, put aside, send on, and nothing twice."""

import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from mingchuang.hall.models import Site
from mingchuang.ledger.models import Entry
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from mingchuang.visits.actions.calling import call_next, call_out_of_turn, finish, park, skip, start
from mingchuang.visits.actions.desks import sign_off, step_away
from mingchuang.visits.actions.passing import pass_on
from mingchuang.visits.models import Desk, Visit
from mingchuang.visits.queries.screens import hall_now
from mingchuang.visits.queries.tickets import ticket_of
from mingchuang.visits.rules.life import State
from tests.build import a_person
from tests.hall.build import an_item
from tests.visits.hall import a_clerk, a_line, a_visit
from tests.visits.test_passing import a_second_line

pytestmark = pytest.mark.django_db

WINDOW = "/desk/window/"


def seated(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def do(client: Client, name: str, seen: Visit | None = None, **headers: Any) -> Any:
    path = reverse("visits:turn", args=[name])
    return client.post(path, {"seen": seen.pk if seen else ""}, headers=headers)


def page_of(response: Any) -> str:
    return str(response.content.decode())


def state_of(visit: Visit) -> str:
    visit.refresh_from_db()
    return visit.state


def test_who_sits_nowhere_is_shown_the_windows_and_who_sits_where() -> None:
    line = a_line(windows=2)
    other = a_clerk(line, 1, at=now())
    clerk = seated(a_person(Role.RECEPTION, unit=line.site.unit))

    page = page_of(clerk.get(WINDOW))

    assert f"1 号 社会保险（工号 {other.badge} 在岗）" in page
    assert "2 号 社会保险" in page


def test_signing_on_puts_the_card_up_and_the_form_says_whether_it_tells_the_name() -> None:
    line = a_line()
    person = a_person(Role.RECEPTION, unit=line.site.unit)
    Site.objects.update(names_on_cards=True)
    clerk = seated(person)

    asked = page_of(clerk.get(WINDOW))
    response = clerk.post(WINDOW, {"window": line.site.windows.get().pk, "languages": "宁波话"})

    assert f"{line.site.name}的亮牌上还写姓名。" in asked
    assert response.status_code == 302
    desk = Desk.objects.get(until=None)
    assert (desk.person, desk.languages) == (person, "宁波话")


def test_a_window_somebody_took_meanwhile_is_refused_in_words_and_nothing_is_lost() -> None:
    line = a_line()
    other = a_clerk(line, at=now())
    clerk = seated(a_person(Role.RECEPTION, unit=line.site.unit))

    sent = {"window": line.site.windows.get().pk, "languages": "宁波话"}
    response = clerk.post(WINDOW, sent)

    assert response.status_code == 422
    assert f"1 号窗口已有工号 {other.badge} 在岗" in page_of(response)
    assert 'value="宁波话"' in page_of(response)


def test_a_visit_is_called_begun_and_finished_with_the_next_one_called() -> None:
    line = a_line()
    first, second = a_visit(line, at=now()), a_visit(line, at=now())
    clerk = seated(a_clerk(line, at=now()))

    do(clerk, "next")
    do(clerk, "begin", first)
    do(clerk, "on", first)

    assert (state_of(first), state_of(second)) == (State.FINISHED, State.CALLED)
    assert "A002" in page_of(clerk.get(WINDOW))


def test_a_key_pressed_twice_never_ends_the_visit_of_the_next_one() -> None:
    line = a_line()
    first, second = a_visit(line, at=now()), a_visit(line, at=now())
    clerk = seated(a_clerk(line, at=now()))
    do(clerk, "next")
    do(clerk, "begin", first)
    do(clerk, "on", first)

    again = do(clerk, "on", first)

    assert again.status_code == 422
    assert "页面已经不是最新" in page_of(again)
    assert (state_of(first), state_of(second)) == (State.FINISHED, State.CALLED)


def test_what_is_done_stays_done_where_nobody_is_next() -> None:
    line = a_line()
    only, person = a_visit(line, at=now()), a_clerk(line, at=now())
    clerk = seated(person)
    call_next(by=person, at=now())
    start(by=person, at=now())

    response = do(clerk, "on", only)

    assert "A001：已办完" in page_of(response)
    assert "现在没有人在等。" in page_of(response)
    assert state_of(only) == State.FINISHED


def test_who_was_called_and_is_not_here_is_called_no_more() -> None:
    line = a_line()
    visit = a_visit(line, at=now())
    clerk = seated(a_clerk(line, at=now()))
    do(clerk, "next")

    do(clerk, "gone", visit)

    told = Entry.objects.filter(subject=visit.subject).order_by("pk")
    assert state_of(visit) == State.MISSED
    assert [entry.verb for entry in told][-2:] == ["visit.skipped", "visit.missed"]


def test_put_aside_and_passed_over_are_listed_and_taken_up_again() -> None:
    line = a_line()
    form, gone = a_visit(line, at=now()), a_visit(line, at=now())
    person = a_clerk(line, at=now())
    clerk = seated(person)
    call_next(by=person, at=now())
    start(by=person, at=now())
    park(by=person, at=now())
    call_next(by=person, at=now())
    skip(by=person, at=now())

    clerk.post(reverse("visits:aside", args=[gone.pk, "bring_back"]))
    clerk.post(reverse("visits:aside", args=[form.pk, "take_up"]))

    assert (state_of(form), state_of(gone)) == (State.SERVING, State.WAITING)


def test_of_many_passed_over_the_last_ten_are_listed_and_any_is_found_by_its_number() -> None:
    line = a_line()
    person = a_clerk(line, at=now())
    for _ in range(12):
        a_visit(line, at=now())
        call_next(by=person, at=now())
        skip(by=person, at=now())
    clerk = seated(person)

    last, every, one, none = (
        page_of(clerk.get(WINDOW, {"passed": passed})) for passed in ("", "all", "a002", "Z9")
    )

    assert "另有 2 个号没有列出" in last
    assert numbers_listed(last) == [f"A{n:03d}" for n in range(12, 2, -1)]
    assert numbers_listed(every) == [f"A{n:03d}" for n in range(12, 0, -1)]
    assert numbers_listed(one) == ["A002"]
    assert f'data-fragment="{WINDOW}?passed=a002"' in one
    assert "没有这个号。" in none


def numbers_listed(page: str) -> list[str]:
    return re.findall(r'<li><b class="num">(A\d{3})</b>', page)


def test_a_stale_list_is_refused_in_words_beside_what_is_now() -> None:
    line = a_line()
    visit = a_visit(line, at=now())
    clerk = seated(a_clerk(line, at=now()))

    response = clerk.post(reverse("visits:aside", args=[visit.pk, "take_up"]))

    assert response.status_code == 422
    assert "A001 现在是“等候中”" in page_of(response)
    assert "在等 1 个号" in page_of(response)


def test_out_of_turn_asks_for_a_reason_and_keeps_who_was_chosen() -> None:
    line = a_line()
    a_visit(line, at=now())
    late = a_visit(line, at=now())
    clerk = seated(a_clerk(line, at=now()))
    path = reverse("visits:out_of_turn")

    refused = clerk.post(path, {"visit": late.pk, "reason": " "})
    done = clerk.post(path, {"visit": late.pk, "reason": "突发不适"})

    assert refused.status_code == 422
    assert f'<option value="{late.pk}" selected>A002' in page_of(refused)
    assert (done.status_code, state_of(late)) == (302, State.CALLED)


def test_what_else_they_came_for_is_one_key_away_in_the_other_line() -> None:
    line = a_line()
    second = a_second_line(line)
    visit, person = a_visit(line, at=now()), a_clerk(line, at=now())
    visit.items.set([line.items.get(), second.items.get()])
    clerk = seated(person)
    call_next(by=person, at=now())
    assert "转到“医疗保险”" in page_of(clerk.get(WINDOW))

    clerk.post(reverse("visits:pass_on", args=[visit.pk]), {"to": f"line:{second.pk}"})
    other = a_clerk(line, 2, at=now())
    call_next(by=other, at=now())

    assert (state_of(visit), visit.line) == (State.CALLED, second)
    assert "转到“" not in page_of(seated(other).get(WINDOW))


def test_who_came_for_what_this_window_does_not_take_in_is_sent_to_one_that_does() -> None:
    line = a_line(windows=2)
    item, wanted = an_item(f"{line.site.code}-rare"), line.site.windows.get(number=2)
    line.items.add(item)
    wanted.items.add(item)
    visit, person = a_visit(line, at=now()), a_clerk(line, at=now())
    visit.items.set([item])
    call_out_of_turn(visit.pk, "先来说明", by=person, at=now())
    nobody = page_of(seated(person).get(WINDOW))
    other = a_clerk(line, 2, at=now())

    page = page_of(seated(person).get(WINDOW))
    sent = {"to": f"window:{wanted.pk}"}
    seated(person).post(reverse("visits:pass_on", args=[visit.pk]), sent)

    assert f"本窗口不办：{item.name}" in nobody
    assert "转到 2 号窗口" not in nobody
    assert "转到 2 号窗口" in page
    assert call_next(by=other, at=now()).pk == visit.pk
    assert "本窗口不办" not in page_of(seated(other).get(WINDOW))


def test_a_window_that_does_a_part_names_the_rest_until_another_has_called_them() -> None:
    line = a_line(windows=2)
    first, second = line.items.get(), an_item(f"{line.site.code}-rare")
    line.items.add(second)
    line.site.windows.get(number=2).items.set([second])
    visit, clerks = a_visit(line, at=now()), [a_clerk(line, n, at=now()) for n in (1, 2)]
    visit.items.set([first, second])
    call_next(by=clerks[0], at=now())

    page = page_of(seated(clerks[0]).get(WINDOW))
    pass_on(visit.pk, line.pk, window=line.site.windows.get(number=2).pk, by=clerks[0], at=now())
    call_next(by=clerks[1], at=now())

    assert f"本窗口不办：{second.name}<" in page
    assert "转到 2 号窗口" in page
    assert "本窗口不办" not in page_of(seated(clerks[1]).get(WINDOW))


def test_one_list_offers_lines_and_windows_where_somebody_sits_each_with_its_line() -> None:
    line = a_line()
    second = a_second_line(line)
    visit, person = a_visit(line, at=now()), a_clerk(line, at=now())
    other = a_clerk(line, 2, at=now())
    call_next(by=person, at=now())
    clerk, path = seated(person), reverse("visits:pass_on", args=[visit.pk])
    window = line.site.windows.get(number=2)

    page = page_of(clerk.get(path))
    sign_off(by=other, at=now())
    refused = clerk.post(path, {"to": f"window:{window.pk}"})
    a_clerk(line, 2, at=now())
    clerk.post(path, {"to": f"window:{window.pk}"})

    assert f'<option value="line:{second.pk}">B 医疗保险' in page
    assert f'<option value="window:{window.pk}">2 号 医疗保险（B 医疗保险）' in page
    assert refused.status_code == 422
    assert "窗口刚刚下岗" in page_of(refused)
    visit.refresh_from_db()
    assert (visit.line, visit.for_window) == (second, window)


def test_a_script_gets_the_window_alone_and_a_browser_is_led_back() -> None:
    line = a_line()
    visit = a_visit(line, at=now())
    clerk = seated(a_clerk(line, at=now()))

    swapped = do(clerk, "next", hx_request="true")
    led = do(clerk, "begin", visit)

    assert page_of(swapped).lstrip().startswith('<p class="row seat">')
    assert (led.status_code, led["Location"]) == (302, WINDOW)


def test_who_signed_off_elsewhere_is_led_to_the_choice_of_a_window() -> None:
    clerk = seated(a_person(Role.RECEPTION))

    plain, scripted = do(clerk, "next"), do(clerk, "next", hx_request="true")

    assert (plain.status_code, plain["Location"]) == (302, WINDOW)
    assert scripted["HX-Redirect"] == WINDOW
    assert "您还没有上岗" in page_of(clerk.get(WINDOW))


def test_a_window_that_pauses_offers_to_go_on_and_calls_nobody() -> None:
    line = a_line()
    a_visit(line, at=now())
    person = a_clerk(line, at=now())
    step_away(by=person, at=now())
    clerk = seated(person)

    page, refused = page_of(clerk.get(WINDOW)), do(clerk, "next")

    assert "恢复" in page
    assert "叫下一位" not in page
    assert "窗口正在暂停" in page_of(refused)


def test_the_page_costs_the_same_however_many_wait(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    line = a_line()
    second = a_second_line(line)
    for visit in [a_visit(line, at=now()) for _ in range(30)]:
        visit.items.set([line.items.get(), second.items.get()])
    person = a_clerk(line, at=now())
    call_next(by=person, at=now())
    finish(by=person, at=now())
    call_next(by=person, at=now())
    clerk = seated(person)

    with django_assert_num_queries(11):
        page = page_of(clerk.get(WINDOW))

    assert "在等 28 个号" in page
    assert "后面还有 18 个号" in page


def test_a_deed_and_the_page_after_it_cost_the_same_however_many_wait(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    line = a_line()
    for _ in range(30):
        a_visit(line, at=now())
    person = a_clerk(line, at=now())
    first = call_next(by=person, at=now())
    start(by=person, at=now())
    clerk = seated(person)

    with django_assert_max_num_queries(35):
        page = page_of(do(clerk, "on", first, hx_request="true"))

    assert "A002" in page


def test_who_was_put_aside_is_named_at_sign_off_and_not_sent_to_an_empty_window() -> None:
    line = a_line()
    visit, person = a_visit(line, at=now()), a_clerk(line, at=now())
    call_next(by=person, at=now())
    start(by=person, at=now())
    park(by=person, at=now())
    kept = ticket_of(visit.code, now()).part

    left = do(seated(person), "off")
    ticket = ticket_of(visit.code, now())

    told = [str(one) for one in get_messages(left.wsgi_request)]
    assert (kept, ticket.part) == ("parked", "vacant")
    assert hall_now(line.site.code, at=now()).tickets[visit.code].part == ticket.known
    assert "A001 稍后再办，还没有回来" in told[0]
    assert "请到咨询台或任一窗口说一声" in page_of(Client().get(f"/v/{visit.code}/"))
