"""A resident with a phone: says something, keeps the receipt, comes back, says it is not solved."""

import json
from pathlib import Path

import pytest
from django.utils.timezone import now
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from mingchuang.cases.actions.dispatch import acknowledge_case, dispatch_case
from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.actions.reception import accept_case
from mingchuang.cases.models import Case, Submission
from mingchuang.ledger.actions import seal_entries
from tests import build
from tests.browser.window import PHONE, set_mode, window


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo as a phone takes it."""
    file = tmp_path / "路灯.jpg"
    Image.effect_noise((1200, 900), 60).convert("RGB").save(file, "JPEG")
    return file


def on_receipt(page: Page, name: str) -> str:
    """Read one line of what is printed on the receipt: the number, the code."""
    line = page.locator("dt", has_text=name).locator("+ dd")
    return line.inner_text()


def answer(case: Case, text: str) -> None:
    """Let the staff take the case all the way to an answer."""
    clerk, unit = build.a_dispatcher(), build.a_unit("市政管理中心")
    accept_case(case.number, by=clerk, at=now())
    case = dispatch_case(case.number, unit, by=clerk, at=now())
    handler = build.the_handler(case)
    acknowledge_case(case.number, by=handler, at=now())
    reply_to_case(case.number, text, disposition="done", by=handler, at=now())


def test_a_resident_says_something_tracks_it_and_says_it_is_not_solved(
    browser: Browser, address: str, photo: Path
) -> None:
    build.the_town()

    with window(browser, address, PHONE) as phone:
        phone.goto("/")
        phone.get_by_role("link", name="我要反映").tap()
        phone.get_by_label("您想说什么？").fill("学府路的路灯坏了三盏，晚上看不见台阶。")
        phone.get_by_text("投诉", exact=True).tap()
        phone.get_by_label("在哪里？").fill("学府路 12 号")
        phone.get_by_label("照片").set_input_files(photo)
        phone.get_by_role("button", name="提交，拿回执").tap()
        expect(phone.get_by_role("heading", level=1)).to_have_text(
            "学府路的路灯坏了三盏，晚上看不见台阶"
        )
        expect(phone.get_by_text("已经收到", exact=True)).to_be_visible()
        sent = phone.get_by_role("img", name="照片 1")
        sent.scroll_into_view_if_needed()
        assert sent.evaluate("async (img) => (await img.decode(), img.naturalWidth)") == 1200
        number, code = on_receipt(phone, "编号"), on_receipt(phone, "查询码")

    answer(Case.objects.get(), "三盏路灯今晚已修好。")
    with window(browser, address, PHONE) as phone:
        phone.goto("/")
        phone.get_by_role("link", name="查进度").tap()
        phone.get_by_label("回执编号").fill(number.lower())
        phone.get_by_label("查询码").fill(code.replace("-", " "))
        phone.get_by_role("button", name="查看").tap()
        expect(phone.locator(".answered")).to_contain_text("三盏路灯今晚已修好。")
        phone.get_by_role("link", name="没有解决").tap()
        phone.get_by_label("还有什么没解决？").fill("只亮了两盏，靠河的那盏还是黑的。")
        phone.get_by_role("button", name="没有解决").tap()
        expect(phone.get_by_role("status")).to_contain_text("我们重新办理")
        expect(phone.get_by_text("市政管理中心正在办理，最迟")).to_be_visible()
        expect(phone.locator(".answered")).to_contain_text("三盏路灯今晚已修好。")

    case = Case.objects.get()
    assert (case.state, case.kind, case.place) == ("handling", "complaint", "学府路 12 号")


def test_an_elder_is_asked_one_question_at_a_time(phone: Page, address: str, photo: Path) -> None:
    build.the_town()
    set_mode(phone, address, "elder")
    phone.goto("/say/")
    question = phone.locator(".step:visible")

    expect(question).to_have_count(1)
    expect(phone.get_by_text("第 1 步，共 5 步")).to_be_visible()
    phone.get_by_role("button", name="下一步").tap()
    expect(phone.get_by_label("您想说什么？")).to_be_focused()
    phone.get_by_label("您想说什么？").fill("路灯坏了。")
    phone.get_by_role("button", name="下一步").tap()
    expect(question).to_contain_text("这属于哪一种？")
    phone.get_by_role("button", name="上一步").tap()
    expect(phone.get_by_label("您想说什么？")).to_have_value("路灯坏了。")
    phone.get_by_role("button", name="下一步").tap()
    phone.get_by_role("button", name="下一步").tap()
    expect(phone.get_by_label("在哪里？")).to_be_focused()
    phone.keyboard.press("Enter")
    phone.get_by_label("照片").set_input_files(photo)
    phone.get_by_role("button", name="下一步").tap()
    expect(question).to_contain_text("怎么称呼您？")
    phone.get_by_role("button", name="提交，拿回执").tap()

    expect(phone.get_by_text("已经收到", exact=True)).to_be_visible()
    assert Submission.objects.get().attachments.count() == 1


def test_what_is_wrong_is_said_at_the_question_and_on_top(phone: Page, address: str) -> None:
    set_mode(phone, address, "elder")
    phone.goto("/say/")
    phone.get_by_label("您想说什么？").fill("路灯坏了。")
    phone.get_by_role("button", name="下一步").tap()
    phone.get_by_role("button", name="下一步").tap()
    phone.get_by_role("button", name="下一步").tap()
    phone.get_by_role("button", name="下一步").tap()
    phone.get_by_label("联系电话").fill("不告诉你")

    phone.get_by_role("button", name="提交，拿回执").tap()

    summary = phone.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("请填能打通的电话")
    expect(phone.get_by_label("联系电话")).to_have_value("不告诉你")
    phone.get_by_role("button", name="上一步").tap()
    summary.get_by_role("link").tap()
    expect(phone.get_by_label("联系电话")).to_be_focused()


def test_a_double_tap_makes_one_submission(phone: Page) -> None:
    build.the_town()
    phone.goto("/say/")
    phone.get_by_label("您想说什么？").fill("路灯坏了。")

    phone.get_by_role("button", name="提交，拿回执").dblclick()

    expect(phone.get_by_text("已经收到", exact=True)).to_be_visible()
    assert Submission.objects.count() == 1


def test_going_back_and_sending_again_shows_the_same_receipt(phone: Page) -> None:
    build.the_town()
    phone.goto("/say/")
    phone.get_by_label("您想说什么？").fill("路灯坏了。")
    phone.get_by_role("button", name="提交，拿回执").tap()
    expect(phone.get_by_text("已经收到", exact=True)).to_be_visible()
    receipt = phone.url

    phone.go_back()
    expect(phone.get_by_label("您想说什么？")).to_have_value("路灯坏了。")
    phone.get_by_role("button", name="提交，拿回执").tap()

    expect(phone).to_have_url(receipt)
    assert Submission.objects.count() == 1


def test_while_the_network_is_slow_the_button_says_that_it_is_on_its_way(phone: Page) -> None:
    build.the_town()
    phone.clock.install()
    phone.goto("/say/")
    phone.get_by_label("您想说什么？").fill("路灯坏了。")
    asked: list[str] = []

    def lose(route: Route) -> None:
        asked.append(route.request.method)
        route.fulfill(status=204)

    phone.route("**/say/", lose)
    phone.get_by_role("button", name="提交，拿回执").tap()
    phone.get_by_role("button", name="正在提交…").tap(force=True)
    phone.clock.fast_forward("00:30")
    phone.unroute("**/say/")
    phone.get_by_role("button", name="提交，拿回执").tap()

    expect(phone.get_by_text("已经收到", exact=True)).to_be_visible()
    assert asked == ["POST"]
    assert Submission.objects.count() == 1


def test_a_downloaded_receipt_is_checked_in_the_residents_own_browser(
    phone: Page, tmp_path: Path
) -> None:
    said = build.a_submission(text="路灯坏了。")
    seal_entries(at=now())
    phone.goto(f"/r/{said.number}/{build.code(said)}/")
    phone.get_by_text("这份回执能证明什么").tap()
    with phone.expect_download() as saved:
        phone.get_by_role("link", name="下载回执文件").tap()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)

    phone.goto("/ledger/")
    phone.get_by_label("或者选择回执文件").set_input_files(file)
    phone.get_by_role("button", name="开始核验").tap()

    assert file.name == f"{said.number}.json"
    assert "路灯" not in json.dumps(json.loads(file.read_text()), ensure_ascii=False)
    expect(phone.locator("#outcome")).to_contain_text("这条记录原样写在台账")
