"""The same matter said twice: asked before sending, joined from the desk, seen as a hot topic."""

from typing import Any

from django.utils.timezone import now
from playwright.sync_api import Page, expect

from mingchuang.cases.actions.alike import compare_new
from mingchuang.cases.models import Case, Submission
from mingchuang.ledger.actions import seal_entries
from tests.browser.eyes import faults_of
from tests.browser.hands import let_in, press, tab_to
from tests.build import A_DAY, a_case, a_dispatcher, the_town
from tests.cases.many import follow

DUST = "丽江新城东门旁边的搅拌站半夜开工，灰尘很大，睡不着。"
AGAIN = "丽江新城东门旁边的搅拌站又在半夜开工，睡不着，请管一管。"


def some_neighbours() -> list[Case]:
    """Two people said it yesterday."""
    at = now() - A_DAY
    given: dict[str, Any] = {"text": DUST, "place": "丽江新城东门", "at": at}
    cases = [a_case("accepted", phone=f"1380000000{n}", **given) for n in range(2)]
    seal_entries(at=now())
    while compare_new(at=now()):
        pass
    return cases


def test_a_resident_joins_the_neighbours_by_keyboard(desk: Page) -> None:
    some_neighbours()

    desk.goto("/say/")
    desk.get_by_label("您想说什么？").focus()
    desk.keyboard.insert_text(AGAIN)
    tab_to(desk, desk.get_by_role("button", name="提交，拿回执"))
    press(desk, "Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("邻居已经反映过，要加入吗？")
    tab_to(desk, desk.get_by_role("radio").last)
    press(desk, "ArrowUp")
    expect(desk.get_by_role("radio", name="是同一件事，加入")).to_be_checked()
    tab_to(desk, desk.get_by_role("button", name="提交，拿回执"))
    press(desk, "Enter")

    expect(desk.get_by_text("等工作人员核对后合并办理")).to_be_visible()


def test_a_dispatcher_joins_what_is_the_same_from_the_case_page(desk: Page, address: str) -> None:
    first, second = some_neighbours()
    let_in(desk, a_dispatcher(), address)

    desk.goto(f"/desk/cases/{second.number}/")
    expect(desk.locator("#alike")).to_contain_text("都写到：")
    tab_to(desk, desk.get_by_role("button", name="并入那一件"))
    press(desk, "Enter")

    expect(desk.get_by_text("已办好，记入台账。")).to_be_visible()
    assert Case.objects.get(pk=second.pk).master == first


def test_a_topic_is_joined_at_once_by_keyboard(desk: Page, address: str) -> None:
    first, second = some_neighbours()
    let_in(desk, a_dispatcher(), address)

    desk.goto("/desk/topics/")
    tab_to(desk, desk.get_by_role("link", name=first.title))
    press(desk, "Enter")
    expect(desk.get_by_text("至少 2 人")).to_be_visible()
    tab_to(desk, desk.get_by_role("button", name="都并入"))
    press(desk, "Enter")

    expect(desk.get_by_text("正在逐件办理：0 / 1")).to_be_visible()
    follow(at=now())
    expect(desk.get_by_text("办完了：1 件都已办好")).to_be_visible()
    assert Case.objects.get(pk=second.pk).master == first


def test_nothing_stands_in_the_way_of_staff(desk: Page, address: str) -> None:
    first, second = some_neighbours()
    let_in(desk, a_dispatcher(), address)
    paths = {
        "alike": f"/desk/cases/{second.number}/alike/",
        "topics": "/desk/topics/",
        "topic": f"/desk/topics/{first.number}/",
        "raise": f"/desk/topics/{first.number}/raise/",
    }

    faults = [fault for name, path in paths.items() for fault in seen(desk, path, name)]

    assert not faults


def test_nothing_stands_in_the_way_of_who_is_asked(phone: Page) -> None:
    the_town()
    some_neighbours()
    phone.goto("/say/")
    phone.get_by_label("您想说什么？").fill(AGAIN)
    phone.get_by_role("button", name="提交，拿回执").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("邻居已经反映过，要加入吗？")

    faults = faults_of(phone, "asked")
    phone.get_by_role("button", name="提交，拿回执").click()

    assert not faults
    expect(phone.get_by_text("请保存这份回执")).to_be_visible()
    assert Submission.objects.count() == 3


def seen(page: Page, path: str, name: str) -> list[str]:
    page.goto(path)
    return faults_of(page, name)
