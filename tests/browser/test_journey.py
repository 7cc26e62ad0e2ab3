"""One topic from its proposal to frozen minutes and the notice of its decision, by hand on every
page.

The lottery is planned by `mingchuang reckon`, the process the server runs. Time alone is helped:
the sitting was called a week ago, the days in which minutes are read are moved to their end, and
nothing else is written behind the pages.
"""

import subprocess
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils.timezone import localdate, localtime, now
from docx import Document
from openpyxl import Workbook
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from mingchuang.council.models import Decision, Minutes, Seat, Sitting, Stakeholder
from mingchuang.ledger.models import Entry
from tests.browser.hands import let_in, press, promise_soon
from tests.browser.window import PHONE, axe, window
from tests.council.build import a_convenor
from tests.tools.serving import database_of_tests, environment, mingchuang

HEAD = ("住户", "姓名", "怎样受影响", "必须在场的理由", "年龄段")
ROWS = (
    ("5幢101", "王秀英", "直接受影响", "住在车棚里", "35-54"),
    ("5幢102", "李国平", "住在附近", "", "18-34"),
    ("5幢201", "张阿根", "住在附近", "", "70+"),
    ("5幢302", "刘晓东", "住在附近", "", "55-69"),
    ("5幢403", "陈小燕", "住在附近", "", "35-54"),
    ("5幢501", "杨文斌", "关心这件事", "", "18-34"),
    ("5幢602", "赵大明", "关心这件事", "", "70+"),
    ("5幢203", "黄志强", "有点烦", "", "55-69"),
)
SEATS = 6
CONDITION = "晚上十点以后不开灯"


def test_a_convenor_comes_from_a_topic_to_frozen_minutes_by_pages_alone(
    desk: Page, browser: Browser, address: str, tmp_path: Path
) -> None:
    photo = tmp_path / "photo.jpg"
    Image.effect_noise((600, 400), 90).convert("RGB").save(photo, "JPEG")
    let_in(desk, a_convenor(), address)

    number = propose(desk)
    fill_the_register(desk, number, tmp_path)
    links = {who: own_link(desk, number, who) for who in (1, 2, 3)}
    for who in (2, 3):
        with window(browser, address, PHONE) as phone:
            declare(phone, links[who], "反对")
    declare_on_paper(desk, number, 4, photo)
    draw(desk, number)
    call_the_sitting(desk, number)
    invite_everybody(desk, number, photo)
    open_the_sitting(desk, number)
    with window(browser, address, PHONE) as phone:
        sign_in_and_say_if(phone, links[1], word_in(desk))
    hold(desk, photo)
    decide(desk)
    with window(browser, address, PHONE) as phone:
        confirm(phone, links[1])
    freeze(desk)
    post(desk, number)

    with window(browser, address, PHONE) as phone:
        phone.goto(f"/council/{number}/sittings/1/")
        expect(phone.get_by_text("定稿。已经请到会的人核对，以后谁也不能改动。")).to_be_visible()
        expect(phone.get_by_text(CONDITION).first).to_be_visible()
        axe(phone)
        phone.goto(f"/council/{number}/decision/")
        expect(phone.get_by_text("十点以后关灯").first).to_be_visible()
        expect(phone.get_by_text("物业公司").first).to_be_visible()
        axe(phone)
    assert Decision.objects.get().force == "binding"
    assert_in_order("lottery.asked", "lottery.planned", "lottery.committed", "lottery.drawn")
    assert_in_order("sitting.rose", "decision.recorded", "minutes.frozen", "decision.published")


def propose(desk: Page) -> str:
    """Write a topic down and open its register; return its number."""
    desk.goto("/desk/council/new/")
    desk.get_by_label("议题", exact=True).fill("5 幢车棚怎么办")
    desk.get_by_label("来龙去脉").fill("车棚里住着人，消防要求清空。")
    desk.get_by_label("可以讨论的做法").fill("搬进一楼\n加装消防设施")
    desk.get_by_role("button", name="提出议题").click()
    desk.get_by_role("button", name="公开，开始登记").click()
    expect(desk.get_by_role("status")).to_contain_text("公开，开始登记：已记下")
    return desk.url.rstrip("/").rpartition("/")[2]


def fill_the_register(desk: Page, number: str, folder: Path) -> None:
    """Most of it from a workbook, whose one faulty row is then written down by hand."""
    file, book = folder / "people.xlsx", Workbook()
    for row in (HEAD, *ROWS):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(file)
    desk.goto(f"/desk/council/{number}/register/import/")
    desk.get_by_label("工作簿").set_input_files(file)
    desk.get_by_role("button", name="导入").click()
    expect(desk.get_by_text("新登记 7 人")).to_be_visible()
    expect(desk.get_by_text("“怎样受影响”请填直接受影响、住在附近、关心这件事。")).to_be_visible()
    desk.goto(f"/desk/council/{number}/register/add/")
    desk.get_by_label("住户").fill("5幢203")
    desk.get_by_label("姓名（可不填）").fill("黄志强")
    desk.get_by_label("住在附近").check()
    desk.get_by_role("button", name="登记", exact=True).click()
    expect(desk.get_by_role("status")).to_contain_text("已登记，编号 8。")


def own_link(desk: Page, number: str, who: int) -> str:
    """Print the link that is somebody's own, as it is handed over at the door."""
    desk.goto(f"/desk/council/{number}/register/{who}/")
    desk.get_by_role("button", name="打印本人链接").click()
    return desk.locator(".slip .num").inner_text()


def declare(phone: Page, link: str, camp: str) -> None:
    phone.goto(link)
    phone.get_by_text(camp, exact=True).tap()
    phone.get_by_role("button", name="表明态度").tap()
    expect(phone.get_by_role("status")).to_contain_text("已记下您的态度")


def declare_on_paper(desk: Page, number: str, who: int, photo: Path) -> None:
    desk.goto(f"/desk/council/{number}/register/{who}/")
    form = opened(desk, "p", "paper")
    form.get_by_label("反对", exact=True).check()
    form.get_by_label("纸上签的名字").fill(Stakeholder.objects.get(number=who).requester.name)
    form.get_by_label("签字的纸").set_input_files(photo)
    form.locator("button").click()
    expect(desk.get_by_role("status")).to_contain_text("登记纸上的态度：已记下")


def draw(desk: Page, number: str) -> None:
    """Close the register, slide to the seats, plan, promise, and throw the dice."""
    desk.goto(f"/desk/council/{number}/")
    form = opened(desk, "e", "close")
    expect(form).to_contain_text("名册上反对的有 3 人。")
    form.get_by_label("看过了，现在截止").check()
    form.locator("button").click()
    desk.get_by_role("link", name="安排抽签").click()
    desk.get_by_role("spinbutton", name="席位", exact=True).fill(str(SEATS))
    desk.keyboard.press("Tab")
    price = desk.locator("#price .big")
    before = price.inner_text()
    desk.get_by_label("反对者至少占百分之几").fill("50")
    desk.keyboard.press("Tab")
    expect(price).not_to_have_text(before)
    ages = desk.get_by_role("group", name="年龄段")
    expect(ages.get_by_text("没有打勾")).to_be_visible()
    ages.locator("input[type=range]").last.fill("1")
    expect(ages.get_by_label("按登记的比例平衡")).to_be_checked()
    expect(ages.get_by_text("没有打勾")).to_be_hidden()
    expect(ages.get_by_role("spinbutton").last).to_have_value("1")
    desk.get_by_role("button", name="计算最公平的抽法").click()
    expect(desk.get_by_text("正在计算最公平的抽法")).to_be_visible()
    reckoned = environment(settings.HOME, database_of_tests())
    subprocess.run(mingchuang("reckon"), env=reckoned, check=True, capture_output=True)
    expect(desk.get_by_role("heading", name="每一类人的机会")).to_be_visible()
    promise_soon(desk)
    desk.get_by_label("三个数字").fill("471")
    desk.get_by_role("button", name="记下骰子").click()
    expect(desk.get_by_text("抽中第 471 签")).to_be_visible()
    assert Seat.objects.held().count() == SEATS


def invite_everybody(desk: Page, number: str, photo: Path) -> None:
    """Post the notice, then ring and ring again until nobody is missing."""
    desk.goto(f"/desk/council/{number}/invite/")
    press(desk, "p")
    desk.get_by_label("张贴的照片").set_input_files(photo)
    desk.get_by_role("button", name="记下张贴").click()
    expect(desk.get_by_role("status").first).to_contain_text("已记下张贴")
    for who in desk.locator("[data-item]").all_inner_texts():
        try_to_reach(desk, number, who, "没有人")
        try_to_reach(desk, number, who, "答应参加")
    expect(desk.get_by_text("都已按规定请到")).to_be_visible()
    assert Seat.objects.filter(state="accepted").count() == SEATS


def try_to_reach(desk: Page, number: str, who: str, outcome: str) -> None:
    desk.goto(f"/desk/council/{number}/invite/{who}/")
    desk.get_by_label("打电话").check()
    desk.get_by_label(outcome).check()
    desk.get_by_role("button", name="记一次邀请").click()
    expect(desk.get_by_role("status").first).to_contain_text("记一次邀请：已记下")


def call_the_sitting(desk: Page, number: str) -> None:
    """Say when and where they sit; the notice tells it."""
    desk.goto(f"/desk/council/{number}/sittings/")
    press(desk, "c")
    soon = localtime(now() + timedelta(minutes=30)).strftime("%Y-%m-%dT%H:%M")
    desk.get_by_label("哪一天，几点").fill(soon)
    desk.get_by_label("在哪里", exact=True).fill("居委会二楼")
    desk.get_by_role("textbox", name="议程").fill("看现场，说意见，表决。")
    desk.get_by_role("button", name="召集会议").press("Enter")
    expect(desk.get_by_text("已召集第 1 次会议。")).to_be_visible()
    desk.goto(f"/desk/council/{number}/invite/notice/")
    expect(desk.get_by_text("居委会二楼", exact=True)).to_be_visible()


def open_the_sitting(desk: Page, number: str) -> None:
    Sitting.objects.update(at=now() - timedelta(days=7), begins_at=now())
    desk.goto(f"/desk/council/{number}/sittings/1/")
    press(desk, "o")
    expect(desk.get_by_text("正在开会").first).to_be_visible()


def word_in(desk: Page) -> str:
    return desk.locator(".word").inner_text()


def sign_in_and_say_if(phone: Page, link: str, word: str) -> None:
    """Whoever lives there comes, and could say yes under a condition."""
    phone.goto(f"{link}sittings/1/")
    phone.get_by_label("会场口令").fill(word.lower())
    phone.get_by_role("button", name="签到").tap()
    phone.get_by_role("link", name="说说您的立场和条件").tap()
    option = phone.get_by_role("region", name="1.")
    option.get_by_text("同意，但有条件").tap()
    option.get_by_label("您自己的条件").fill(CONDITION)
    option.get_by_role("button", name="记下我的立场").tap()
    expect(phone.get_by_text("1 人要求").first).to_be_visible()
    axe(phone)


def hold(desk: Page, photo: Path) -> None:
    """Opponents sign the sheet; what is said, wanted and voted is written down."""
    desk.reload()
    others = list(Stakeholder.objects.filter(seats__state="accepted", number__gt=1))
    one_against = next(who.number for who in others if who.is_opponent)
    expect(desk.get_by_text("反对").first).to_be_visible()
    for who in others:
        do(desk, "s", "sign", who=who.number)
    expect(desk.get_by_text("到会人数够了")).to_be_visible()
    do(desk, "t", "say", who=one_against, text="我担心太吵。")
    joined = {"who": one_against, "option": 1, "joins": 1}
    do(desk, "p", "position", choose={"stance": "if"}, **joined)
    votes = {"option": 1, "in_favour": SEATS - 1, "against": 1}
    do(desk, "v", "vote", choose={"method": "hands"}, **votes)
    form = opened(desk, "f", "shot")
    form.get_by_label("照片", exact=True).set_input_files(photo)
    form.get_by_label("照片上是什么").fill("5 幢东车棚")
    form.get_by_label("照片里认得出的人脸").check()
    form.locator("button").click()
    expect(desk.get_by_role("img", name="5 幢东车棚")).to_be_visible()
    do(desk, "w", "write", outcome="同意先改一间。", dissent="一人担心太吵。")
    press(desk, "e")
    expect(desk.get_by_text("已散会").first).to_be_visible()


def decide(desk: Page) -> None:
    """Record the decision with what was promised, and send the minutes."""
    press(desk, "r")
    expect(desk.get_by_label("做法 2 没有表决过。")).to_be_visible()
    desk.get_by_label("做法 1 表决通过").check()
    desk.get_by_label("决议怎样写").fill("先改一间，十点以后不开灯。")
    row = desk.get_by_role("group", name="第 1 项")
    row.get_by_label("做什么").fill("十点以后关灯")
    row.get_by_label("谁来做").fill("物业公司")
    row.get_by_label("怎样检查").fill("晚上去看")
    row.get_by_label("第一次检查").fill(str(localdate() + timedelta(days=30)))
    desk.get_by_role("button", name="记为有约束力的决议").press("Enter")
    expect(desk.get_by_text("结果已记录").first).to_be_visible()
    until = localtime(now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    do(desk, "d", "send", until=until)


def confirm(phone: Page, link: str) -> None:
    phone.goto(f"{link}sittings/1/")
    phone.get_by_role("button", name="看过了，没有错").tap()
    expect(phone.get_by_text("您已核对，没有意见。")).to_be_visible()
    axe(phone)


def freeze(desk: Page) -> None:
    """Let the days go by, freeze the minutes, and take them home as a Word file."""
    Minutes.objects.update(sent_at=now() - timedelta(days=3), until=now())
    desk.reload()
    desk.get_by_role("button", name="定稿").click()
    expect(desk.get_by_text("已定稿").first).to_be_visible()
    with desk.expect_download() as taken:
        desk.get_by_role("link", name="下载 Word").click()
    words = "\n".join(one.text for one in Document(str(taken.value.path())).paragraphs)
    assert CONDITION in words
    assert "我担心太吵。" in words


def post(desk: Page, number: str) -> None:
    desk.goto(f"/desk/council/{number}/decision/")
    desk.get_by_role("button", name="公示").click()
    expect(desk.get_by_role("link", name="看公开的页面")).to_be_visible()


def opened(desk: Page, key: str, name: str) -> Locator:
    """Open a deed by its key; return its form."""
    press(desk, key)
    return desk.locator(f'form[action$="/do/{name}/"]')


def do(
    desk: Page, key: str, name: str, *, choose: dict[str, str] | None = None, **given: object
) -> None:
    """Open a deed by its key, fill it in, and send it by keyboard."""
    form = opened(desk, key, name)
    for field, chosen in (choose or {}).items():
        form.locator(f"[name={field}][value={chosen}]").check()
    for field, value in given.items():
        form.locator(f"[name={field}]").fill(str(value))
    with desk.expect_navigation():
        form.locator("button").press("Enter")


def assert_in_order(*verbs: str) -> None:
    """All of this stands in the ledger, each once, one after the other."""
    found = Entry.objects.filter(verb__in=verbs).order_by("pk").values_list("verb", flat=True)
    assert list(found) == list(verbs)


def test_a_resident_declares_a_camp_by_their_own_link_on_a_phone(
    desk: Page, browser: Browser, address: str
) -> None:
    """At 360 pixels nobody scrolls sideways, every target is large, and the last word counts."""
    let_in(desk, a_convenor(), address)
    number = propose(desk)
    desk.goto(f"/desk/council/{number}/register/add/")
    desk.get_by_label("住户").fill("5幢501")
    desk.get_by_role("button", name="登记", exact=True).click()
    link = own_link(desk, number, 1)

    with window(browser, address, PHONE) as phone:
        declare(phone, link, "赞成")
        declare(phone, link, "反对")
        expect(phone.get_by_role("region", name="您的态度")).to_contain_text("反对")
        wide = phone.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        button = phone.get_by_role("button", name="表明态度").bounding_box()
        axe(phone)

    mine = Stakeholder.objects.get()
    assert (mine.camp, mine.proof) == ("oppose", "link")
    assert wide <= 0
    assert button is not None
    assert button["height"] >= 44
    told = Entry.objects.filter(verb="stakeholder.declared").values_list("facts", flat=True)
    assert ["proof" in facts for facts in told] == [False, False]
