"""The pages of standing by and of holidays; a draw made again from its page alone."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from pytest_django import DjangoAssertNumQueries

from mingchuang.hall.models import SpecialHours
from mingchuang.ledger.actions import seal_entries
from mingchuang.ledger.models import Entry
from mingchuang.people.rules.roles import Role
from mingchuang.visits.actions.booking import cancel_visit
from mingchuang.visits.actions.standby import leave_standby
from mingchuang.visits.models import Release, SignUp, Standby, Visit
from tests.build import A_DAY, AN_HOUR, MONDAY, a_person
from tests.visits import places, the_town
from tests.visits.bookable import a_bookable_line, the_item, with_slots

pytestmark = pytest.mark.django_db
WHO = {"name": "王芳", "phone": "13712345678", "persons": "1", "part": "any", "key": "k" * 32}


def page_at(door: str, *way: object, client: Client | None = None) -> str:
    response: Any = (client or Client()).get(reverse(f"visits:{door}", args=way))
    assert response.status_code == 200
    return str(response.content.decode())


def sent_to(
    door: str, *way: object, said: Mapping[str, object] = WHO, client: Client | None = None
) -> Any:
    return (client or Client()).post(reverse(f"visits:{door}", args=way), said, follow=True)


def a_desk_of(release: Release) -> Client:
    client = Client()
    client.force_login(a_person(Role.SUPERVISOR, unit=release.line.site.unit))
    return client


def test_who_finds_a_day_full_stands_by_and_reads_so() -> None:
    way = the_town.full_day()

    page = sent_to("stand_by", *way, said={**WHO, "green": "pregnant"}).content.decode()

    assert "第 1 位" in page
    assert "孕妇" in page
    assert "137****5678" in page
    assert "13712345678" not in page
    assert "您登记了候补" in page


def test_a_form_that_is_refused_comes_back_filled_in() -> None:
    way = the_town.full_day()
    visit = Visit.objects.filter(site__code=way[0])[0]
    cancel_visit(visit.code, at=visit.at)

    free = page_at("stand_by", *way)
    response = sent_to("stand_by", *way)
    empty = sent_to("stand_by", *way, said={"key": "k" * 32})

    assert response.status_code == empty.status_code == 422
    assert "还有空位" in free
    assert "<form method" not in free
    assert "还有空位" in response.content.decode()
    assert "约满了" not in response.content.decode()
    assert "王芳" in response.content.decode()
    assert "请填 1 到 20 的人数" in empty.content.decode()


def test_the_place_that_is_held_is_taken_with_one_press() -> None:
    standby = the_town.standby()
    before = page_at("standby", standby.code)

    page = sent_to("take_offer", standby.code).content.decode()

    assert "确认，我来" in before
    assert "约好了，请按时来" in page
    assert Visit.objects.filter(standby=standby).exists()


def test_what_was_passed_on_meanwhile_is_said_in_words() -> None:
    standby = the_town.standby()
    leave_standby(standby.code, at=standby.at)

    response = sent_to("take_offer", standby.code)

    assert response.status_code == 422
    assert "现在没有为您留的位子" in response.content.decode()


def test_a_day_that_is_past_says_so_and_what_to_do() -> None:
    standby = the_town.standby()
    yesterday = localdate() - A_DAY
    Standby.objects.update(day=yesterday)
    way = (standby.line.site.code, standby.line.prefix, yesterday.isoformat())

    own, form = page_at("standby", standby.code), page_at("stand_by", *way)
    sent = sent_to("stand_by", *way)

    assert "这一天已经过了，候补也结束了" in own
    assert "确认，我来" not in own
    assert "这一天已经过了，不能再候补" in form
    assert all("另约一天" in page for page in (own, form))
    assert sent.status_code == 422


def test_leaving_is_asked_once_more() -> None:
    standby = the_town.standby()

    asked = page_at("leave_standby", standby.code)
    page = sent_to("leave_standby", standby.code).content.decode()

    assert "马上让给下一位" in asked
    assert "您已退出候补" in page


@pytest.mark.parametrize("way", [("north", "A", "2026-13-45"), ("north", "Z", "2026-03-03")])
def test_a_day_or_a_line_that_is_none_is_not_found(way: tuple[str, ...]) -> None:
    the_town.full_day()

    assert Client().get(reverse("visits:stand_by", args=way)).status_code == 404


def test_one_signs_up_withdraws_and_signs_up_again() -> None:
    release = the_town.release()

    first = sent_to("sign_up", release.pk).content.decode()
    twice = sent_to("sign_up", release.pk, said={**WHO, "key": "z" * 32})
    code = SignUp.objects.get().code
    gone = sent_to("withdraw_sign_up", code).content.decode()
    said = {**WHO, "green": "pregnant", "key": "y" * 32}
    anew = sent_to("sign_up", release.pk, said=said).content.decode()

    assert "报好名了" in first
    assert "已经报过名" in twice.content.decode()
    assert "排满了就排在另外半天" in twice.content.decode()
    assert "报名已撤回" in gone
    assert "报好名了" in anew
    assert "孕妇" in anew


def test_the_page_of_a_holiday_says_how_many_want_how_much() -> None:
    made = the_town.sign_up()

    shown = page_at("holiday", made.release.pk) + page_at("holidays")

    assert "已报名 1 份" in shown
    assert "放号 4 个" in shown
    assert "正在报名" in shown


def test_nothing_that_decides_the_draw_is_shown_before_it() -> None:
    made = the_town.sign_up()

    page = page_at("holiday_check", made.release.pk)

    assert made.release.commitment in page
    assert made.release.seed not in page
    assert made.mark not in page


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def part_of(page: str, id_: str) -> str:
    found = re.search(rf'id="{id_}"[^>]*>([^<]*)<', page)
    assert found
    return unescape(found[1])


def winners(
    order: Sequence[str], people: Mapping[str, int], free: dict[datetime, int], *, quota: int
) -> list[str]:
    """Give the places out by hand, as the page says it is done."""
    won = []
    for mark in order:
        fits = [t for t, places in sorted(free.items()) if people[mark] <= min(places, quota)]
        for slot in fits[:1]:
            free[slot] -= people[mark]
            quota -= people[mark]
            won.append(mark)
    return won


def test_a_draw_is_made_again_from_its_page_alone() -> None:
    release = places.a_release(quota=5)
    for n in range(8):
        places.a_sign_up(release, persons=1 + n % 2, part=("any", "am")[n // 2 % 2])
    places.a_drawn_release(release)

    page = page_at("holiday_check", release.pk)

    lines, seed, beacon = part_of(page, "list"), part_of(page, "seed"), part_of(page, "beacon")
    people = {line.split()[0]: int(line.split()[1]) for line in lines.splitlines()}
    order = sorted(people, key=lambda mark: sha(f"{seed}|{beacon}|{mark}"))
    shown = re.findall(r"<tr><td[^>]*>\d+</td><td>(.*?)</td>.*?<code>([0-9a-f]{64})</code>", page)
    slots = re.findall(r'<li><time datetime="([^"]*)">[^<]*</time> <b>(\d+)</b>', page)
    free = {datetime.fromisoformat(starts): int(places) for starts, places in slots}
    assert sha(lines) == part_of(page, "digest")
    assert sha(seed) == part_of(page, "commitment")
    assert [mark for _result, mark in shown] == order
    assert [mark for result, mark in shown if "<time" in result] == winners(
        order, people, free, quota=5
    )


def test_what_the_page_shows_is_what_the_ledger_tells() -> None:
    release = the_town.drawn_release()

    page = page_at("holiday_check", release.pk)

    told = {entry.verb: entry.facts for entry in Entry.objects.filter(subject=release.subject)}
    assert part_of(page, "commitment") == told["release.opened"]["commitment"]
    assert part_of(page, "digest") == told["release.closed"]["list"]
    assert part_of(page, "seed") == told["release.drawn"]["seed"]
    assert part_of(page, "beacon") == told["release.drawn"]["beacon"]


def test_each_reads_on_their_page_what_the_draw_brought() -> None:
    the_town.drawn_release()
    won, lost = SignUp.objects.order_by("rank")

    assert "摇中了，次序是第 1" in page_at("signed_up", won.code)
    assert "次序是第 2" in page_at("signed_up", lost.code)


def test_staff_release_a_day_and_draw_it_once_it_is_sealed() -> None:
    release = the_town.release()
    desk = a_desk_of(release)
    early = sent_to("draw_release", release.pk, client=desk)
    closed = places.a_release(
        the_town.special_line(places.TUESDAY), places.TUESDAY, until=MONDAY + AN_HOUR
    )

    waits = sent_to("draw_release", closed.pk, client=desk).content.decode()
    seal_entries(at=places.CLOSED)
    done = sent_to("draw_release", closed.pk, client=desk).content.decode()

    assert "报名还没有结束" in early.content.decode()
    assert "名单已经固定" in waits
    assert "已摇号" in done
    by = Entry.objects.get(verb="release.drawn").facts["by"]
    assert by in Entry.objects.get(verb="release.closed").facts["by"]


def test_a_release_that_cannot_be_says_why_at_its_field() -> None:
    release = the_town.release()
    said = {"line": release.line.pk, "day": release.day, "quota": "1"}
    said |= {"since": "2026-03-02T10:00", "until": "2026-03-02T09:00"}
    desk = a_desk_of(release)

    backwards = sent_to("open_release", client=desk, said=said)
    twice = sent_to(
        "open_release", client=desk, said={**said, "until": release.until.isoformat()}
    ).content.decode()

    assert "截止的时间要晚于开始的时间" in backwards.content.decode()
    assert "已经放过号" in twice


def test_lists_cost_the_same_however_long_they_are(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    release = the_town.drawn_release()
    for _ in range(3):
        the_town.closed_release()
    desk = a_desk_of(release)

    with django_assert_max_num_queries(3):
        page_at("holidays")
    with django_assert_max_num_queries(6):
        page_at("holiday_check", release.pk)
    with django_assert_max_num_queries(8):
        page_at("releases", client=desk)
    with django_assert_max_num_queries(12):
        page_at("release", release.pk, client=desk)


def test_a_page_of_ones_own_costs_little(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    standby, made = the_town.standby(), the_town.sign_up()

    with django_assert_max_num_queries(5):
        page_at("standby", standby.code)
    with django_assert_max_num_queries(5):
        page_at("signed_up", made.code)
    assert Standby.objects.count() == 1


def test_a_day_that_is_drawn_is_not_offered_to_book_and_leads_to_signing_up() -> None:
    line = a_bookable_line()
    with_slots(line, at=now())
    day = localdate() + 2 * A_DAY
    SpecialHours.objects.create(
        site=line.site, day=day, kind="holiday", opens=time(9), closes=time(11)
    )
    way = reverse("visits:book_times", args=[the_item(line).code, line.site.code])
    before = Client().get(f"{way}?day={day:%Y-%m-%d}").content.decode()
    places.a_release(line, day, at=now(), until=now() + A_DAY)

    told = Client().get(f"{way}?day={day:%Y-%m-%d}").content.decode()

    assert "这一天的号还没有放" in before
    assert "未放号" in before
    assert "先报名、再摇号" in told
    assert "待摇号" in told
    assert reverse("visits:holidays") in told
    assert f"day={day:%Y-%m-%d}#times" not in told
