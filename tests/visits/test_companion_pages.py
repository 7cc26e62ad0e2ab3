"""The pages of companions: asking without an account, the board, the figures."""

from datetime import time, timedelta
from functools import partial

import pytest
from django.test import Client
from django.utils.timezone import localdate, now
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from mingchuang.hall.models import Site
from mingchuang.ledger.models import Entry
from mingchuang.outward.management.commands.follow import follow
from mingchuang.people.actions.requesters import add_requester
from mingchuang.people.models import Person
from mingchuang.visits import errors
from mingchuang.visits.actions import assisting
from mingchuang.visits.actions.booking import cancel_visit
from mingchuang.visits.models import Assist
from mingchuang.visits.rules.assisting import State
from mingchuang.visits.rules.persontimes import Cell, PersonTimes, summed, total
from tests.visits.companions import (
    a_companion,
    a_volunteer,
    an_assist,
    open_daily,
    what_is_wanted,
)
from tests.visits.companions import a_hall as a_hall_open
from tests.visits.hall import a_line, a_visit

pytestmark = pytest.mark.django_db

KEY = "k" * 32


def a_hall() -> Site:
    """A hall whose doors are open at whatever hour the tests run."""
    return a_hall_open(opens=time(0), closes=time(23, 59, 59))


def an_answer(**given: str) -> dict[str, str]:
    """What somebody fills in who wants a companion at once."""
    plain = {"need": "guide", "category": "elderly", "persons": "1", "day": "now", "clock": ""}
    return {**plain, "from_place": "东门", "to_place": "", "key": KEY, **given}


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def today(site: Site, state: str = State.ASKED, **given: object) -> Assist:
    return an_assist(site, state, **{"at": now(), "wanted_at": now(), **given})  # type: ignore[arg-type]


def test_somebody_asks_without_an_account_and_sees_who_comes(client: Client) -> None:
    hall = a_hall()
    helper = a_companion(hall)

    sent = client.post(f"/companion/{hall.code}/", an_answer(name="王秀英", phone="13812345678"))
    assisting.accept(Assist.objects.get().pk, by=helper, at=now())
    page = client.get(sent["Location"])

    assert f"工号 {helper.badge} 会来陪您" in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert Assist.objects.get().origin == "online"


def test_a_double_tap_asks_once(client: Client) -> None:
    hall = a_hall()

    ways = [client.post(f"/companion/{hall.code}/", an_answer())["Location"] for _ in range(2)]

    assert ways[0] == ways[1]
    assert Assist.objects.count() == 1


def test_what_is_faulty_comes_back_filled_in(client: Client) -> None:
    hall = a_hall()
    day = (localdate() + timedelta(days=1)).isoformat()

    page = client.post(f"/companion/{hall.code}/", an_answer(day=day, phone="12", name="王秀英"))

    text = page.content.decode()
    assert page.status_code == 422
    assert "请选一个时间" in text
    assert "请填能打通的电话" in text
    assert 'value="王秀英"' in text
    assert not Assist.objects.exists()


def test_when_the_doors_are_shut_nobody_is_offered_to_come_now(client: Client) -> None:
    shut = a_hall_open(opens=time(23, 59, 58), closes=time(23, 59, 59))

    page = client.get(f"/companion/{shut.code}/").content.decode()

    assert "现在就要" not in page
    assert "选了" not in page


def test_one_address_asks_so_often_and_then_waits(client: Client, settings: Settings) -> None:
    settings.LIMITS = {**settings.LIMITS, "say": 1}
    hall = a_hall()
    client.post(f"/companion/{hall.code}/", an_answer())

    page = client.post(f"/companion/{hall.code}/", an_answer(key="j" * 32))

    assert page.status_code == 422
    assert "操作太频繁了" in page.content.decode()
    assert Assist.objects.count() == 1


def test_who_holds_a_number_asks_for_it_and_is_not_asked_twice(client: Client) -> None:
    line = a_line()
    open_daily(line.site)
    visit = a_visit(line, at=now(), green="pregnant")
    visit.requester = add_requester(name="赵小兰", at=now())
    visit.save()

    led = client.get(f"/companion/?visit={visit.code}")
    page = client.get(led["Location"]).content.decode()

    assert led["Location"] == f"/companion/{line.site.code}/?visit={visit.code}"
    assert f"陪您去办的是“{line.name}”" in page
    assert "您留过电话" not in page
    assert client.get(f"/companion/{a_hall().code}/?visit={visit.code}").status_code == 404
    cancel_visit(visit.code, at=now())
    assert "陪您去办的是" not in client.get(led["Location"]).content.decode()


def test_who_asks_from_a_booking_is_known_by_it_twice_at_most(client: Client) -> None:
    line = a_line()
    open_daily(line.site)
    visit = a_visit(line, at=now())
    visit.requester = add_requester(name="赵小兰", phone="13812345678", at=now())
    visit.save()
    wanted = what_is_wanted(wanted_at=now(), from_place="舟山里 3幢501门口")

    ask = partial(assisting.ask_for_companion, line.site, at=now(), visit=visit)
    asked = ask(wanted, key="a" * 32)
    with pytest.raises(errors.AskedForThen, match="已经约了陪办"):
        ask(wanted, key="b" * 32)
    ask(wanted._replace(wanted_at=now() + timedelta(hours=1)), key="c" * 32)
    with pytest.raises(errors.AskedEnough):
        ask(wanted, key="d" * 32)

    told = client.get(f"/v/{visit.code}/").content.decode()
    cancel_visit(visit.code, at=now())
    asked.refresh_from_db()

    assert f"/a/{asked.code}/" in told
    assert asked.state == State.CANCELLED
    assert not visit.assists.exclude(state=State.CANCELLED).exists()
    assert asked.asker == visit.requester
    assert asked.from_shown == "舟山里 *幢*门口"


def test_who_asked_takes_it_back_and_is_forgotten(client: Client) -> None:
    assist = today(a_hall(), name="王秀英", phone="13812345678")

    client.post(f"/a/{assist.code}/cancel/")
    page = client.post(f"/a/{assist.code}/forget/", follow=True).content.decode()

    assist.refresh_from_db()
    assert (assist.state, assist.from_place) == (State.CANCELLED, "")
    assert "已经删除" in page
    assert "现在就删除" not in page


def test_what_is_over_is_not_taken_back_and_says_why(client: Client) -> None:
    assist = today(a_hall(), State.FINISHED)

    page = client.post(f"/a/{assist.code}/cancel/")

    assert page.status_code == 422
    assert "已陪完" in page.content.decode()


def test_the_board_shows_a_masked_name_and_no_phone(client: Client) -> None:
    hall = a_hall()
    today(hall, name="王秀英", phone="13812345678", from_place="找王师傅，电话 13812345678")

    page = signed_in(a_companion(hall)).get("/desk/companions/").content.decode()

    assert "王*英" in page
    assert "王秀英" not in page
    assert "13812345678" not in page


@pytest.mark.parametrize("many", [2, 20])
def test_a_long_board_costs_as_many_statements_as_a_short_one(
    many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    hall = a_hall()
    client = signed_in(a_companion(hall))
    for n in range(many):
        today(hall, [State.ASKED, State.ACCEPTED][n % 2], name="王秀英")

    with django_assert_max_num_queries(4):
        page = client.get("/desk/companions/")

    assert page.content.decode().count('class="card assist') == many


def test_a_board_of_more_than_a_page_has_a_next_one() -> None:
    hall = a_hall()
    client = signed_in(a_companion(hall))
    for _ in range(27):
        today(hall)

    pages = [client.get(f"/desk/companions/?page={n}").content.decode() for n in (1, 2)]

    assert [page.count('class="card assist') for page in pages] == [25, 2]


def test_from_the_board_somebody_is_accompanied_press_by_press() -> None:
    hall = a_hall()
    helper = a_volunteer(hall)
    assist, client = today(hall), signed_in(helper)

    for deed in ("accept", "meet", "finish"):
        client.post(f"/desk/companions/{assist.pk}/{deed}/")

    assist.refresh_from_db()
    assert (assist.state, assist.companion) == (State.FINISHED, helper)


def test_a_press_on_a_page_out_of_date_is_refused_in_words_on_the_page() -> None:
    hall = a_hall()
    first, second = a_companion(hall), a_companion(hall)
    assist = today(hall, State.ACCEPTED, companion=first)

    page = signed_in(second).post(f"/desk/companions/{assist.pk}/accept/")

    assert page.status_code == 422
    assert f"已由工号 {first.badge} 接下" in page.content.decode()


def test_a_colleague_is_sent_and_gives_it_back_with_a_reason() -> None:
    hall = a_hall()
    clerk, helper = a_companion(hall), a_volunteer(hall)
    assist = today(hall)

    signed_in(clerk).post(f"/desk/companions/{assist.pk}/assign/", {"to": helper.pk})
    signed_in(helper).post(f"/desk/companions/{assist.pk}/give-back/", {"reason": "skill"})

    assist.refresh_from_db()
    assert (assist.state, assist.return_reason) == (State.ASKED, "skill")
    board = signed_in(clerk).get("/desk/companions/").content.decode()
    assert "退回过：要会这个的人去" in board


def test_name_and_phone_are_shown_to_who_is_sent_and_to_nobody_else() -> None:
    hall = a_hall()
    helper, other = a_companion(hall), a_companion(hall)
    assist = today(hall, State.ACCEPTED, companion=helper, name="王秀英", phone="13812345678")
    way = f"/desk/companions/{assist.pk}/reveal/"

    shown, hidden = signed_in(helper).post(way), signed_in(other).post(way)

    assert "13812345678" in shown.content.decode()
    assert hidden.status_code == 404
    assert Entry.objects.filter(verb="requester.revealed").count() == 1


def test_staff_write_down_what_somebody_asks_on_the_phone() -> None:
    hall = a_hall()
    clerk = a_companion(hall)

    sent = signed_in(clerk).post("/desk/companions/new/", an_answer(origin="phone", name="王秀英"))

    assist = Assist.objects.get()
    assert sent["Location"] == f"/desk/companions/{assist.pk}/"
    assert assist.origin == "phone"
    assert Entry.objects.get(verb="assist.asked_for").facts["by"] == clerk.badge


def test_the_figures_count_persons_and_say_what_they_leave_out(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    hall = a_hall()
    today(hall, State.FINISHED, persons=3, need="wheelchair", category="disabled")
    today(hall, State.FINISHED, persons=1)
    today(hall, State.CANCELLED, persons=2)
    today(hall, State.MISSED)
    today(a_hall(), State.FINISHED, persons=9)
    client = signed_in(a_companion(hall))

    with django_assert_max_num_queries(6):
        page = client.get("/desk/companions/figures/").content.decode()

    assert "提出 7 人次，已陪 4 人次" in page
    assert "取消 2，没有碰上 1，没有人去 0，还没办完 0" in page
    file = client.get("/desk/companions/figures/table.csv").content.decode("utf-8-sig")
    assert "按帮助,轮椅,3,3,0,0,0,0" in file
    assert f"按单位,{hall.unit},4,7,2,1,0,0" in file
    assert f"{localdate().year},合计,4,7,2,1,0,0" in file


def test_the_public_sentence_counts_what_it_says(client: Client) -> None:
    hall = a_hall()
    today(hall, State.FINISHED, persons=4)
    today(hall, State.CANCELLED, persons=2)

    told = client.get(f"/companion/{hall.code}/told/").content.decode()

    assert "本大厅今年陪办 4 人次" in told
    assert "取消 2 人次" in told
    assert "/told/" in client.get(f"/halls/{hall.code}/").content.decode()


def test_cells_sum_up_to_the_same_whichever_way_they_are_added() -> None:
    cells = [
        Cell(1, "elderly", "guide", 1, PersonTimes(done=2, cancelled=1)),
        Cell(1, "ill", "guide", 2, PersonTimes(done=3, missed=4)),
        Cell(2, "ill", "forms", 2, PersonTimes(lapsed=5, open=6)),
    ]

    by_need, by_site = summed(cells, lambda c: c.need), summed(cells, lambda c: c.site)

    whole = PersonTimes(done=5, cancelled=1, missed=4, lapsed=5, open=6)
    assert total(cells) == whole
    assert whole.asked == 21
    assert sum(by_need.values(), PersonTimes()) == sum(by_site.values(), PersonTimes()) == whole


def test_whoever_follows_ends_what_yesterday_left_open() -> None:
    yesterday = now() - timedelta(days=1)
    left = an_assist(a_hall(), at=yesterday, wanted_at=yesterday)

    follow()

    left.refresh_from_db()
    assert left.state == State.LAPSED


def test_a_form_opened_at_the_machine_goes_back_to_its_start_by_itself(client: Client) -> None:
    site = a_hall()
    start, form = f"url=/kiosk/{site.code}/", f"/companion/{site.code}/?from=kiosk"

    asked = client.get(form)
    faulty = client.post(form, {})
    done = client.post(form, an_answer())
    after = client.get(done["Location"])

    assert [page["Refresh"] for page in (asked, faulty)] == [f"240; {start}"] * 2
    assert after["Refresh"] == f"60; {start}"
    assert "no-store" in asked["Cache-Control"]
    for page in (asked, after):
        told = page.content.decode()
        assert f'href="/kiosk/{site.code}/"' in told
        assert f'href="/halls/{site.code}/"' not in told
        assert "不用陪了" not in told


def test_a_phone_that_says_it_is_the_machine_is_not_led_to_it(
    client: Client, settings: Settings
) -> None:
    site, settings.KIOSKS = a_hall(), ["10.0.0.7"]

    asked = client.get(f"/companion/{site.code}/?from=kiosk")
    done = client.post(f"/companion/{site.code}/?from=kiosk", an_answer())

    assert "Refresh" not in asked
    assert "from=kiosk" not in done["Location"]
