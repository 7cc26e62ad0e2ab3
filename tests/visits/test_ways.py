"""Nothing people come for is behind a door that nobody is led to."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils.timezone import now

from mingchuang.people.rules.roles import Role
from mingchuang.visits.models import Line
from tests.build import a_person
from tests.visits.bookable import a_bookable_line, booked, with_guide, with_slots
from tests.visits.doors import an_open_line

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a [^>]*href="(/[^"#?]*)')
RESIDENTS = {"book", "book_times", "number_at", "ask_companion", "ask_companion_at", "how_long"}
RESIDENTS |= {"how_long_record", "holidays", "window", "display"}
CLERKS = {"console", "board", "bookings", "numbers", "poster", "companions", "kiosk", "display"}
CLERKS |= {"window_display", "choose_line"}


@pytest.fixture
def line() -> Line:
    line = a_bookable_line(windows=2)
    with_guide(line)
    with_slots(line, at=now())
    return line


def name_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def ways_from(client: Client, start: str) -> set[str]:
    """Follow every link from a page; return the names of what one comes to, a page of each."""
    found, ahead = set[str](), [start]
    while ahead:
        page = client.get(ahead.pop(), {"persons": 1})
        if page.status_code == 200 and "html" in page["Content-Type"]:
            paths = {unescape(path) for path in LINK.findall(page.content.decode())}
            named = {name_of(path): path for path in paths}
            ahead += [path for name, path in named.items() if name not in found]
            found |= set(named)
    return found


def test_from_the_front_page_one_comes_to_everything_a_resident_may_do(line: Line) -> None:
    ways = ways_from(Client(), "/")

    assert {f"visits:{name}" for name in RESIDENTS} - ways == set()


def test_from_the_desk_a_clerk_comes_to_every_page_and_every_machine(line: Line) -> None:
    client = Client()
    client.force_login(a_person(Role.RECEPTION, unit=line.site.unit))

    ways = ways_from(client, "/desk/")

    assert {f"visits:{name}" for name in CLERKS} - ways == set()


def test_a_booking_leads_to_a_companion_and_says_the_digits_the_machine_asks_for(
    client: Client, line: Line
) -> None:
    visit = booked(line.slots.order_by("starts_at")[0], at=now())

    told = client.get(f"/v/{visit.code}/").content.decode()

    assert f"/companion/?visit={visit.code}" in told
    assert re.search(r"<p class=.digits num.>\d{4} \d{4}<", told)


def test_the_machine_leads_to_a_companion_in_its_own_hall(client: Client) -> None:
    line = an_open_line()

    told = client.get(f"/kiosk/{line.site.code}/line/{line.prefix}/").content.decode()

    assert f"/companion/{line.site.code}/?from=kiosk" in told
