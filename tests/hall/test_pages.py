"""The walls of the hall, as a visitor reads them."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mingchuang.hall.actions import let_renamed_units_be_found
from mingchuang.hall.models import Notice, OpeningHours, SpecialHours
from mingchuang.hall.queries import notices_on, service_items, week_of
from mingchuang.people.actions.posts import give_post
from mingchuang.people.actions.units import change_unit
from mingchuang.people.rules.roles import Role
from tests.hall.build import MONDAY, a_clerk, a_guide, a_site, a_window, an_item

pytestmark = pytest.mark.django_db


def test_the_guides_are_found_by_words_from_name_material_or_unit(client: Client) -> None:
    a_guide()
    a_guide("birth-permit", item=an_item("birth-permit", name="生育登记"))

    assert [item.code for item in service_items("养老 认证")] == ["pension-check"]
    assert service_items("社会保障卡").count() == 2
    assert service_items("人社局 生育").get().code == "birth-permit"
    assert "养老待遇资格认证" in client.get("/guides/", {"q": "养老"}).content.decode()


def test_a_guide_changed_by_an_administrator_is_found_by_its_new_words(client: Client) -> None:
    guide = a_guide()
    client.force_login(a_clerk(is_superuser=True))
    fields = {name: getattr(guide, name) for name in ("promised_limit", "fee", "procedure")}
    given = {**fields, "item": guide.item_id, "materials": "护照", "updated_on": "2026-11-02"}

    client.post(f"/admin/hall/guide/{guide.pk}/change/", given)

    assert service_items("护照").get() == guide.item
    assert not service_items("社会保障卡").exists()


def test_a_search_that_finds_nothing_says_what_to_try(client: Client) -> None:
    a_guide()

    page = client.get("/guides/", {"q": "护照"})

    assert page.status_code == 200
    assert "没有找到含有“护照”的事项。换一个词，或者少写几个字试试。" in page.content.decode()


def test_without_guides_the_page_says_where_to_ask(client: Client) -> None:
    page = client.get("/guides/").content.decode()

    assert "还没有办事指南。请到窗口询问，或者直接向我们反映。" in page


@pytest.mark.parametrize("words", ["长" * 61, "养\x00老"])
def test_words_nobody_can_search_for_come_back_with_a_sentence(client: Client, words: str) -> None:
    page = client.get("/guides/", {"q": words})

    assert page.status_code == 422
    assert "还有几处需要改一下" in page.content.decode()


def test_a_guide_is_found_by_what_its_unit_is_called_now() -> None:
    guide = a_guide()
    keeper = a_clerk()
    give_post(keeper, guide.item.unit, Role.ADMINISTRATOR, at=MONDAY)
    renamed = {"name": "民生保障局", "name_en": "Livelihood Bureau"}

    change_unit(guide.item.unit, renamed, by=keeper, at=MONDAY)
    told = [let_renamed_units_be_found(at=MONDAY) for _ in range(2)]

    assert told == [1, 0]
    assert [list(service_items(words)) for words in ("民生", "livelihood", "区人社局")] == [
        [guide.item],
        [guide.item],
        [],
    ]


def test_an_item_without_a_guide_is_not_listed() -> None:
    an_item()

    assert not service_items().exists()


def test_many_guides_are_paged_with_the_search_kept(client: Client) -> None:
    unit = an_item("plain").unit
    for n in range(26):
        a_guide(item=an_item(f"item-{n}", name=f"认证 {n}", unit=unit))

    page = client.get("/guides/", {"q": "认证", "page": "2"}).content.decode()

    assert "第 2 页，共 2 页" in page
    assert "q=%E8%AE%A4%E8%AF%81" in page


def test_the_list_of_guides_takes_four_statements(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(20):
        a_guide(item=an_item(f"item-{n}"))

    with django_assert_max_num_queries(4):
        client.get("/guides/")


def test_a_guide_says_what_to_bring_how_long_how_much_and_where(client: Client) -> None:
    guide = a_guide()
    a_window(a_site(), 3, guide.item)

    page = client.get("/guides/pension-check/").content.decode()

    for words in ["当场办结", "法定 20 个工作日", "不收费", "社会保障卡", "中山路 1 号"]:
        assert words in page
    assert "3 号窗口（综合窗口）" in page
    assert page.count('<input type="checkbox"') == 3


def test_a_guide_takes_eight_statements_however_many_windows(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    guide = a_guide()
    for n in range(5):
        site = a_site(f"site-{n}")
        a_window(site, 1, guide.item)
        a_window(site, 2, guide.item)

    with django_assert_max_num_queries(8):
        client.get("/guides/pension-check/")


def test_an_unknown_guide_is_answered_in_words(client: Client) -> None:
    page = client.get("/guides/moon-landing/")

    assert page.status_code == 404
    assert "没有代码为“moon-landing”的办事指南。" in page.content.decode()


def test_the_one_time_notice_holds_everything_and_leaves_room_to_sign(client: Client) -> None:
    a_guide()

    page = client.get("/guides/pension-check/notice/").content.decode()

    for words in ["一次性告知书", "《社会保险法》", "窗口提交", "承诺时限：当场办结", "申请人签收"]:
        assert words in page
    assert "还需补齐的材料" not in page


def test_the_materials_a_clerk_ticks_are_named_as_missing(client: Client) -> None:
    a_guide()

    page = client.get("/guides/pension-check/notice/?missing=1&missing=3").content.decode()

    missing = page.partition("还需补齐的材料")[2].partition("</section>")[0]
    assert "本人身份证" in missing
    assert "近期免冠照片" in missing
    assert "社会保障卡" not in missing


def test_a_tick_that_names_no_material_is_nothing(client: Client) -> None:
    a_guide()

    page = client.get("/guides/pension-check/notice/?missing=99&missing=%00&missing=²")

    assert page.status_code == 200
    assert "还需补齐的材料" not in page.content.decode()


def test_a_notice_hangs_from_its_first_to_its_last_day() -> None:
    Notice.objects.create(
        title="停电", text="上午停电。", since=date(2026, 11, 20), until=date(2026, 11, 21)
    )

    hanging = [notices_on(date(2026, 11, day)).exists() for day in (19, 20, 21, 22)]

    assert hanging == [False, True, True, False]


def test_the_wall_shows_what_hangs_there_today(client: Client) -> None:
    today = timezone.localdate()
    Notice.objects.create(title="搬迁公告", text="三楼搬到一楼。", since=today, site=a_site())
    Notice.objects.create(title="明天的公告", text="还早。", since=today + timedelta(days=1))

    page = client.get("/notices/").content.decode()

    assert "搬迁公告" in page
    assert "城北政务服务中心" in page
    assert "明天的公告" not in page


def test_an_empty_wall_says_so(client: Client) -> None:
    assert "今天没有公告。" in client.get("/notices/").content.decode()
    assert "还没有登记服务场所。" in client.get("/halls/").content.decode()


def test_a_hall_shows_its_windows_and_this_week(client: Client) -> None:
    site, item = a_site(), an_item()
    a_window(site, 3, item)
    OpeningHours.objects.create(
        site=site, weekday=timezone.localdate().weekday(), opens=time(8, 30), closes=time(17, 30)
    )

    page = client.get("/halls/north/").content.decode()

    assert "养老待遇资格认证" in page
    assert "08:30" in page
    assert 'aria-current="date"' in page
    assert "/halls/north/" in client.get("/halls/").content.decode()


def test_a_hall_takes_eight_statements_however_much_it_has(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    site, item = a_site(), an_item()
    for n in range(9):
        a_window(site, n, item)

    with django_assert_max_num_queries(8):
        client.get("/halls/north/")


def test_a_hall_shows_what_hangs_on_its_own_wall(client: Client) -> None:
    here, there = a_site(), a_site("south")
    since = timezone.localdate()
    Notice.objects.create(title="本处停电", text="上午停电。", site=here, since=since)
    Notice.objects.create(title="别处停电", text="上午停电。", site=there, since=since)
    Notice.objects.create(title="处处停电", text="上午停电。", since=since)

    page = client.get("/halls/north/").content.decode()

    assert "本处停电" in page
    assert "处处停电" in page
    assert "别处停电" not in page


def test_a_window_leads_to_the_guides_of_what_it_takes_in(client: Client) -> None:
    site, guided, bare = a_site(), a_guide().item, an_item("bare", name="没有指南的事项")
    a_window(site, 1, guided, bare)
    a_window(site, 2)

    page = client.get("/halls/north/").content.decode()

    assert '<a href="/guides/pension-check/">养老待遇资格认证</a>' in page
    assert "<li>没有指南的事项</li>" in page
    assert "还没有登记受理事项，请到窗口询问。" in page


def test_an_unknown_hall_is_answered_in_words(client: Client) -> None:
    page = client.get("/halls/atlantis/")

    assert page.status_code == 404
    assert "没有代码为“atlantis”的服务场所。" in page.content.decode()


def test_a_day_with_hours_of_its_own_keeps_them() -> None:
    site, monday = a_site(), MONDAY.date()
    OpeningHours.objects.create(site=site, weekday=0, opens=time(8, 30), closes=time(17, 30))
    OpeningHours.objects.create(site=site, weekday=1, opens=time(8, 30), closes=time(17, 30))
    SpecialHours.objects.create(
        site=site, day=monday, kind="extended", opens=time(8, 30), closes=time(20), note="开学季"
    )
    SpecialHours.objects.create(site=site, day=monday + timedelta(days=1), kind="closed")

    week = week_of(site, monday)

    assert (week[0].shifts, week[0].kind, week[0].note) == (
        ((time(8, 30), time(20)),),
        "extended",
        "开学季",
    )
    assert (week[1].shifts, week[1].kind) == ((), "closed")


@pytest.mark.parametrize(
    "address", ["/guides/", "/notices/", "/standards/", "/halls/", "/halls/north/"]
)
def test_the_walls_are_only_read(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


def test_the_walls_are_read_in_english_too(client: Client) -> None:
    a_guide()

    page = client.get("/guides/pension-check/", headers={"accept-language": "en"})

    assert '<html lang="en"' in page.content.decode()
