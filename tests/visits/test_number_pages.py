"""The machine at the door, a number on the phone, being in the hall, the counter, the ticket."""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils.timezone import localdate, localtime, now
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from mingchuang.hall.models import OpeningHours, SpecialHours
from mingchuang.ledger.models import Entry
from mingchuang.people.rules.roles import Role
from mingchuang.visits.actions.booking import cancel_visit
from mingchuang.visits.actions.calling import call_next, finish, park, skip, start
from mingchuang.visits.actions.remote import take_number_by_phone
from mingchuang.visits.actions.turns import give_up
from mingchuang.visits.models import Line, Rota, Slot, Visit
from mingchuang.visits.queries.closing import called_by, doors_of
from mingchuang.visits.queries.halls import hall_at, several_done_in
from mingchuang.visits.queries.tickets import expected_of, word_today
from mingchuang.visits.rules.codes import short
from mingchuang.visits.rules.life import State
from tests.build import A_DAY, MONDAY, a_person
from tests.hall.build import an_item
from tests.visits.doors import an_open_line
from tests.visits.hall import a_clerk, a_line, a_visit
from tests.visits.test_booking import booked

pytestmark = pytest.mark.django_db

A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def line() -> Line:
    return an_open_line()


def key_on(client: Client, path: str) -> str:
    page = client.get(path).content.decode()
    found = re.search(r'name="key" value="([\w-]{32})"', page)
    assert found
    return found[1]


def page_of(client: Client, path: str, **sent: str) -> str:
    response = client.post(path, sent) if sent else client.get(path)
    return unescape(response.content.decode())


def a_booking_now(line: Line, *, since: timedelta = A_MINUTE) -> Visit:
    """Somebody whose slot has just begun, or began so long ago and takes half an hour."""
    begins = now() - since
    ends = begins + 31 * A_MINUTE
    slot = Slot.objects.create(
        line=line, day=localdate(), starts_at=begins, ends_at=ends, capacity=3
    )
    return booked(slot, key=f"since {since}", at=begins - 60 * A_MINUTE)


def by_phone(line: Line, key: str = "p") -> Visit:
    return take_number_by_phone(line, key=key, at=now())


def word_of(line: Line) -> str:
    return word_today(line.site, localdate())


def test_three_taps_are_a_number(client: Client, line: Line) -> None:
    start_page = f"/kiosk/{line.site.code}/"
    second = f"{start_page}line/A/"
    third = f"{second}elderly/"

    assert f'href="{second}"' in page_of(client, start_page)
    assert f'href="{third}"' in page_of(client, second)
    response = client.post(third, {"key": key_on(client, third)})

    visit = Visit.objects.get()
    assert response["Location"] == f"{start_page}number/{visit.code}/"
    assert (visit.shown, visit.green, visit.origin) == ("A001", "elderly", "kiosk")
    assert "前面没有人，窗口开始叫号就叫您" in page_of(client, response["Location"])


def test_two_taps_on_one_page_are_one_number_and_another_visitor_gets_another(
    client: Client, line: Line
) -> None:
    path = f"/kiosk/{line.site.code}/line/A/ordinary/"
    first, second = key_on(client, path), key_on(client, path)

    led = [client.post(path, {"key": key})["Location"] for key in (first, first, second)]

    assert (led[0] == led[1], led[1] == led[2], Visit.objects.count()) == (True, False, 2)


def test_each_page_of_the_machine_goes_back_to_the_start_by_itself(
    client: Client, line: Line
) -> None:
    visit = a_visit(line, at=now())
    start_page = f"/kiosk/{line.site.code}/"
    pages = ["", "booked/", "line/A/", "line/A/ordinary/", f"number/{visit.code}/", "line/Z/"]

    headers = [client.get(start_page + page)["Refresh"] for page in pages]

    assert all(header.endswith(f"url={start_page}") for header in headers)


def test_a_refusal_at_the_machine_leads_to_its_start_and_never_out_of_it(
    client: Client, line: Line
) -> None:
    line.site.special_hours.update(opens=time(0), closes=time(0, 0, 1))

    response = client.get(f"/kiosk/{line.site.code}/line/A/ordinary/")

    assert response.status_code == 422
    page = response.content.decode()
    assert "现在不取号" in page
    assert set(re.findall(r'<a[^>]*href="([^"]*)"', page)) == {
        "#main",
        f"/kiosk/{line.site.code}/",
    }


def test_too_many_taps_at_one_machine_are_asked_to_wait(
    client: Client, line: Line, settings: Settings
) -> None:
    settings.LIMITS = {**settings.LIMITS, "say": 2}
    path = f"/kiosk/{line.site.code}/line/A/ordinary/"

    answers = [client.post(path, {"key": key_on(client, path)}).status_code for _ in range(3)]

    assert answers == [302, 302, 429]
    assert Visit.objects.count() == 2


def test_where_machines_are_named_nobody_else_takes_a_number_as_if_in_the_hall(
    client: Client, line: Line, settings: Settings
) -> None:
    settings.KIOSKS = ["10.0.0.7"]
    path = f"/kiosk/{line.site.code}/"

    outside, inside = client.get(path), client.get(path, REMOTE_ADDR="10.0.0.7")

    assert outside["Location"] == f"/halls/{line.site.code}/number/"
    assert inside.status_code == 200
    assert word_of(line) in inside.content.decode()


def hours(line: Line, *, rota: tuple[time, time] | None = None) -> Line:
    """Doors from nine to noon and two to five on weekdays."""
    for weekday in range(5):
        for opens, closes in ((time(9), time(12)), (time(14), time(17))):
            OpeningHours.objects.create(site=line.site, weekday=weekday, opens=opens, closes=closes)
    if rota:
        window = line.site.windows.get()
        Rota.objects.create(window=window, weekday=0, since=rota[0], until=rota[1])
    return line


@pytest.mark.parametrize(
    ("clock", "rota", "told"),
    [
        ((10, 0), None, (True, None, None)),
        ((11, 40), None, (True, time(12), None)),
        ((12, 30), None, (False, None, time(14))),
        ((18, 0), None, (False, None, None)),
        ((10, 0), (time(14), time(16)), (False, None, time(14))),
        ((15, 45), (time(14), time(16)), (True, time(16), None)),
        ((16, 30), (time(14), time(16)), (False, None, None)),
    ],
)
def test_a_line_says_whether_it_gives_numbers_now_and_until_when(
    clock: tuple[int, int], rota: tuple[time, time] | None, told: tuple[object, ...]
) -> None:
    line = hours(a_line(), rota=rota)
    at = MONDAY.replace(hour=clock[0], minute=clock[1])

    one = hall_at(line.site.code, at).lines[0]

    assert (one.is_open, one.closes_soon, one.opens_later) == told


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        (MONDAY.replace(hour=13), (MONDAY.date(), time(14))),
        (MONDAY.replace(hour=18), (MONDAY.date() + A_DAY, time(9))),
        (MONDAY + 4 * A_DAY + timedelta(hours=9), (MONDAY.date() + 7 * A_DAY, time(9))),
    ],
)
def test_a_shut_hall_says_when_it_opens_next(at: datetime, opens: object) -> None:
    line = hours(a_line())

    hall = hall_at(line.site.code, at)

    assert (hall.is_open, hall.opens_next) == (False, opens)


def test_a_shut_hall_gives_no_number_at_the_door_nor_on_the_phone(client: Client) -> None:
    line = an_open_line()
    SpecialHours.objects.all().delete()
    OpeningHours.objects.create(
        site=line.site, weekday=(localdate() + A_DAY).weekday(), opens=time(9), closes=time(10)
    )

    pages = [page_of(client, f"/{where}/") for where in _doors(line)]

    assert all("现在不取号" in page for page in pages)
    assert client.get(f"/kiosk/{line.site.code}/line/A/").status_code == 422


def _doors(line: Line) -> tuple[str, str]:
    return f"kiosk/{line.site.code}", f"halls/{line.site.code}/number"


def test_the_machine_asks_the_same_however_many_lines_there_are(
    client: Client, line: Line, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for prefix in "BCDEF":
        other = Line.objects.create(site=line.site, prefix=prefix, name="不动产")
        other.items.set(line.items.all())
        a_visit(other, at=now())

    with django_assert_max_num_queries(14):
        page = page_of(client, f"/kiosk/{line.site.code}/")

    assert page.count("1 个号在等") == 5


@pytest.mark.parametrize("typed", ["https://hall.example/v/{}/", "{}", "short"])
def test_a_booking_is_handed_to_the_machine_as_it_is_scanned_or_typed(
    client: Client, line: Line, typed: str
) -> None:
    visit = a_booking_now(line)
    said = short(visit.code) if typed == "short" else typed.format(visit.code)
    path = f"/kiosk/{line.site.code}/booked/"

    led = [client.post(path, {"typed": said}) for _ in range(2)]

    visit.refresh_from_db()
    assert (visit.state, visit.shown) == (State.WAITING, "A001")
    assert {one["Location"] for one in led} == {f"/kiosk/{line.site.code}/number/{visit.code}/"}


def test_what_is_booked_elsewhere_or_unknown_is_refused_in_words(
    client: Client, line: Line
) -> None:
    elsewhere = a_booking_now(an_open_line("B"))
    path = f"/kiosk/{line.site.code}/booked/"

    pages = [page_of(client, path, typed=said) for said in (elsewhere.code, "1234 5678")]

    assert all("没有找到今天在这里的预约" in page for page in pages)


def test_a_number_on_the_phone_says_by_when_to_come(client: Client, line: Line) -> None:
    path = f"/halls/{line.site.code}/number/"
    sent = {"line": "A", "phone": "13800000000", "green": "ill", "key": key_on(client, path)}

    response = client.post(path, sent)

    visit = Visit.objects.get()
    assert (visit.origin, visit.green, visit.here_at) == ("phone", "ill", None)
    assert response["Location"] == f"/v/{visit.code}/"
    assert visit.back_by
    page = page_of(client, response["Location"])
    assert f"请在 {localtime(visit.back_by):%H:%M} 前到大厅" in page
    assert not re.search(r"138\d{8}|138\*{4}", page)


def test_one_browser_takes_two_numbers_on_the_way_and_keeps_its_words(
    client: Client, line: Line
) -> None:
    path = f"/halls/{line.site.code}/number/"
    pages = [page_of(client, path, line="A", key=key_on(client, path)) for _ in range(3)]

    assert "您已有 2 个号还没有到场" in pages[2]
    assert Visit.objects.count() == 2


def test_from_home_nobody_is_here(client: Client, line: Line) -> None:
    visit = by_phone(line)
    path = f"/v/{visit.code}/here/"
    yesterday = word_today(line.site, localdate() - A_DAY)

    asked = client.post(path)
    refused = client.post(path, {"word": yesterday})

    visit.refresh_from_db()
    assert (asked.status_code, refused.status_code, visit.here_at) == (200, 422, None)
    assert "到场码不对" in refused.content.decode()
    assert client.get(f"/halls/{line.site.code}/here/{yesterday}/").status_code == 422


def test_who_types_the_word_of_the_hall_is_here(client: Client, line: Line) -> None:
    visit = by_phone(line)

    client.post(f"/v/{visit.code}/here/", {"word": word_of(line).lower()})

    visit.refresh_from_db()
    assert visit.here_at


def test_who_scans_the_poster_is_here_with_one_tap(client: Client, line: Line) -> None:
    visit = a_booking_now(line)
    client.get(f"/v/{visit.code}/")

    page = page_of(client, f"/halls/{line.site.code}/here/{word_of(line)}/")
    response = client.post(f"/v/{visit.code}/here/")

    visit.refresh_from_db()
    assert f'action="/v/{visit.code}/here/"' in page
    assert (response["Location"], visit.state) == (f"/v/{visit.code}/", State.WAITING)


def test_guessing_the_word_of_the_hall_ends_soon(
    client: Client, line: Line, settings: Settings
) -> None:
    settings.LIMITS = {**settings.LIMITS, "look": 2}
    path = f"/halls/{line.site.code}/here/"

    answers = [client.get(f"{path}{guess}/").status_code for guess in ("AAAAAA", "BBBBBB", "CCCC")]

    assert answers == [422, 422, 429]


def _booked(line: Line) -> Visit:
    return a_booking_now(line)


def _waiting(line: Line) -> Visit:
    a_clerk(line, at=now())
    return a_visit(line, at=now())


def _at_window(*steps: Callable[..., object]) -> Callable[[Line], Visit]:
    def bring(line: Line) -> Visit:
        visit, clerk = a_visit(line, at=now()), a_clerk(line, at=now())
        for step in steps:
            step(by=clerk, at=now())
        return visit

    return bring


def _cancelled(line: Line) -> Visit:
    return cancel_visit(a_visit(line, at=now()).code, at=now())


def _late(line: Line) -> Visit:
    return take_number_by_phone(line, key="late", at=now() - 11 * A_MINUTE)


STANDING: dict[str, tuple[Callable[[Line], Visit], str]] = {
    "booked": (_booked, "到了大厅，请先报到"),
    "waiting": (_waiting, "前面没有人，马上叫到您"),
    "coming": (by_phone, "前到大厅"),
    "late": (_late, "请尽快到大厅"),
    "called": (_at_window(call_next), "请到 1 号窗口"),
    "serving": (_at_window(call_next, start), "正在 1 号窗口办理"),
    "parked": (_at_window(call_next, start, park), "请回到 1 号窗口"),
    "skipped": (_at_window(call_next, skip), "请到 1 号窗口说一声"),
    "finished": (_at_window(call_next, finish), "办完了，谢谢您"),
    "missed": (_at_window(call_next, give_up), "这一次没有等到您"),
    "cancelled": (_cancelled, "已经取消"),
}


@pytest.mark.parametrize("standing", STANDING)
def test_one_page_tells_how_a_visit_stands_whatever_that_is(
    client: Client,
    line: Line,
    standing: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    bring, words = STANDING[standing]
    visit = bring(line)
    for _ in range(5):
        a_visit(line, at=now())

    # When the doors shut is asked once in a minute.
    doors_of(line.site_id, now())

    with django_assert_max_num_queries(12):
        page = page_of(client, f"/v/{visit.code}/")

    assert words in page
    assert f'class="ticket {standing}"' in page
    assert (f'data-live="/live/v/{visit.code}/"' in page) == ("visits/live.js" in page)


def a_slow_line(*, waiting: int) -> Line:
    """A line whose doors shut in twenty minutes, at whose window everybody waits for long."""
    line = a_line()
    at = localtime()
    for day in (at.date(), at.date() + A_DAY):
        special = {"day": day, "kind": "extended", "opens": time.min, "closes": time.max}
        SpecialHours.objects.create(site=line.site, **special)
    today = SpecialHours.objects.filter(day=at.date())
    today.update(closes=(at + 20 * A_MINUTE).time())
    a_clerk(line)
    for _ in range(waiting):
        a_visit(line, at=now())
    return line


@pytest.mark.skipif(localtime().hour >= 23, reason="the doors of this hall shut before midnight")
def test_who_will_not_be_reached_before_the_doors_shut_is_told_before_they_take_a_number(
    client: Client,
) -> None:
    line = a_slow_line(waiting=12)
    place, words = line.site.code, "按现在的快慢，关门前可能办不到您"
    shuts = SpecialHours.objects.get(day=localdate()).closes

    sure = page_of(client, f"/kiosk/{place}/line/A/ordinary/")
    phone = page_of(client, f"/halls/{place}/number/")
    visit = take_number_by_phone(line, key="p", at=now())
    ticket = page_of(client, f"/v/{visit.code}/")

    assert all(words in page for page in (sure, phone, ticket))
    assert "您可以照样取号" in sure
    assert visit.back_by
    assert localtime(visit.back_by).time() == shuts
    assert f"请在 {shuts:%H:%M} 前到大厅" in ticket


@pytest.mark.parametrize(
    ("minutes", "by"),
    [(5, time(11, 55)), (11, time(13, 30)), (160, time(14, 30)), (400, time(17, 30))],
)
def test_nobody_is_asked_to_come_while_the_doors_are_shut_at_noon(minutes: int, by: time) -> None:
    line, at = a_line(), MONDAY.replace(hour=11, minute=50)
    for opens, closes in [(time(9), time(12)), (time(13, 30), time(17, 30))]:
        special = {"day": MONDAY.date(), "kind": "staggered", "opens": opens, "closes": closes}
        SpecialHours.objects.create(site=line.site, **special)

    come_by = called_by(line.site_id, at + minutes * A_MINUTE, at)

    assert come_by.time() == by


def test_a_booking_says_what_to_do_in_the_hall_only_on_its_day(client: Client, line: Line) -> None:
    begins = now() + 7 * A_DAY
    slot = Slot.objects.create(
        line=line,
        day=localdate(begins),
        starts_at=begins,
        ends_at=begins + 30 * A_MINUTE,
        capacity=3,
    )
    today, in_a_week = a_booking_now(line), booked(slot, key="week", at=now())
    over = a_booking_now(line, since=31 * A_MINUTE)

    pages = [page_of(client, f"/v/{visit.code}/") for visit in (today, in_a_week, over)]

    assert ["/here/" in page for page in pages] == [True, False, False]
    assert ["data-live" in page for page in pages] == [True, False, True]
    assert [page.count('class="qr') for page in pages] == [1, 1, 0]
    assert ["预约的时间已经过了" in page for page in pages] == [False, False, True]
    assert list(expected_of([today.code, over.code], line.site, now())) == [today]


def test_who_gives_a_number_back_reads_of_the_line_and_of_no_booking(
    client: Client, line: Line
) -> None:
    visit = a_visit(line, at=now())

    asked = page_of(client, f"/v/{visit.code}/cancel/")
    told = client.post(f"/v/{visit.code}/cancel/", follow=True).content.decode()

    assert "<h1>取消排队</h1>" in asked
    assert "取消预约" not in asked
    assert "已经取消，号作废了" in told


def test_a_ticket_tells_nobody_who_holds_it(client: Client, line: Line) -> None:
    visit = a_booking_now(line)

    page = page_of(client, f"/v/{visit.code}/")

    assert not re.search(r"王|138\d{8}|138\*{4}", page)
    assert client.get(f"/v/{visit.code}/")["X-Robots-Tag"] == "noindex, nofollow"


def test_a_clerk_gives_a_number_at_the_counter_and_a_slip(client: Client, line: Line) -> None:
    clerk = a_person(Role.RECEPTION, unit=line.site.unit)
    client.force_login(clerk)
    key = key_on(client, "/desk/numbers/")
    sent = {"line": str(line.pk), "green": "ill", "persons": "3", "key": key}

    led = [client.post("/desk/numbers/", sent)["Location"] for _ in range(2)]

    visit = Visit.objects.get()
    assert set(led) == {f"/desk/numbers/{visit.code}/"}
    assert (visit.origin, visit.green, visit.persons) == ("counter", "ill", 3)
    assert Entry.objects.get(verb="visit.issued").facts["by"] == clerk.badge
    assert "A001" in page_of(client, led[0])


def test_who_comes_with_others_or_for_several_things_says_so_on_every_door(
    client: Client, line: Line
) -> None:
    line.items.add(an_item("one-more"))
    client.force_login(a_clerk(line, at=now()))
    said = {"persons": "2", "items": [item.code for item in line.items.all()]}
    machine = f"/kiosk/{line.site.code}/line/A/ordinary/"
    phone, counter = f"/halls/{line.site.code}/number/", "/desk/numbers/"
    doors = {phone: "A", f"{machine}many/": "", counter: str(line.pk)}

    for path, which in doors.items():
        client.post(path, {**said, "line": which, "key": key_on(client, path)})
    client.post("/desk/window/do/next/", {"seen": ""})

    visits = Visit.objects.order_by("pk")
    assert [(one.origin, one.persons, one.items.count()) for one in visits] == [
        ("phone", 2, 2),
        ("kiosk", 2, 2),
        ("counter", 2, 2),
    ]
    assert f'href="{machine}many/"' in page_of(client, machine)
    page = page_of(client, "/desk/window/")
    assert all(item.name in page for item in line.items.all())


def test_the_machine_asks_for_what_one_line_does_and_names_it_not_again(
    client: Client, line: Line
) -> None:
    machine = f"/kiosk/{line.site.code}/line/A/ordinary/"

    alone = page_of(client, machine)
    line.items.add(an_item("one-more"))
    several = page_of(client, machine)

    assert (">不止一个人<" in alone, ">不止一个人，或者不止一件事<" in several) == (True, True)
    assert several_done_in([line]) == [(one.code, one.name) for one in line.items.all()]
    assert several_done_in([line, a_line("B")])[0][0] == line.name


def test_a_clerk_takes_in_a_booking_by_its_code(client: Client, line: Line) -> None:
    client.force_login(a_person(Role.RECEPTION, unit=line.site.unit))
    visit = a_booking_now(line)

    wrong = client.post("/desk/numbers/check-in/", {"typed": "1"})
    led = client.post("/desk/numbers/check-in/", {"typed": short(visit.code)})

    assert (wrong.status_code, led["Location"]) == (422, f"/desk/numbers/{visit.code}/")


def test_a_counter_of_another_unit_is_not_there(client: Client, line: Line) -> None:
    visit, own = a_visit(line, at=now()), an_open_line("B", unit=a_line("C").site.unit)
    client.force_login(a_person(Role.RECEPTION, unit=own.site.unit))

    answers = [
        client.get(f"/desk/numbers/{visit.code}/").status_code,
        client.get(f"/halls/{line.site.code}/here/").status_code,
        client.post("/desk/numbers/", {"line": str(line.pk), "key": "k" * 32}).status_code,
    ]

    assert answers == [404, 404, 422]


def test_the_poster_shows_the_word_of_today_to_who_keeps_the_counter(
    client: Client, line: Line
) -> None:
    client.force_login(a_person(Role.RECEPTION, unit=line.site.unit))

    assert word_of(line) in page_of(client, f"/halls/{line.site.code}/here/")
