"""The screens over the windows in a real browser: large, heard, honest when they are cut off."""

import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils.timezone import now
from playwright.sync_api import Browser, Page, expect

from mingchuang.hall.models import Notice
from mingchuang.people.models import Person
from mingchuang.visits.actions.calling import call_next, finish, recall
from mingchuang.visits.actions.desks import step_away
from mingchuang.visits.models import Line
from tests.browser.eyes import FOLDER
from tests.browser.window import axe
from tests.build import LONG_AGO
from tests.tools import serving
from tests.visits.hall import a_clerk, a_line, a_visit

SCREENS = {"wide": (1920, 1080), "tall": (1080, 1920), "laptop": (1440, 900)}
# A stand-in for the voice of a machine that has one: it notes what it is to say. Only in tests.
VOICE = """
window.said = [];
class Said extends EventTarget { constructor(words) { super(); this.words = words; } }
window.SpeechSynthesisUtterance = Said;
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ lang: "zh-CN", name: "test" }],
  speak: (one) => { window.said.push(one.words); setTimeout(() => one.onend(), 20); },
  cancel: () => {},
} });
"""
# One that has none, but rings: it notes the tones.
BELL = """
window.tones = [];
Object.defineProperty(window, "speechSynthesis", { value: undefined });
const real = OscillatorNode;
window.OscillatorNode = class extends real {
  constructor(sound, told) { super(sound, told); window.tones.push(told.frequency); }
};
"""
# When each recorded word begins.
CLIPS = """
window.clips = [];
const played = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (at) {
  window.clips.push(at);
  played.call(this, at);
};
"""
SMALLEST = """
() => Math.min(...[...document.querySelectorAll(".number")].map(
  (one) => parseFloat(getComputedStyle(one).fontSize) / innerHeight))
"""
LARGEST = """
() => parseFloat(getComputedStyle(document.querySelector(".now .number")).fontSize) / innerHeight
"""
BOX = "(one) => [one.getBoundingClientRect().top, one.getBoundingClientRect().bottom]"
OUTSIDE = """
() => [...document.querySelectorAll("header, footer, .number, .where, .lines li")].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.left < 0 || box.top < 0 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
}).map((one) => one.className + one.textContent)
"""


def a_busy_hall() -> tuple[Line, list[Person]]:
    """Six windows, five calls, two green ones, somebody away, and a notice on the wall."""
    line = a_line("AB", windows=6)
    for n in range(12):
        a_visit(line, at=now(), green="elderly" if n % 4 == 0 else "")
    clerks = [a_clerk(line, number, at=now()) for number in range(1, 7)]
    for clerk in clerks[:5]:
        call_next(by=clerk, at=now())
    step_away(by=clerks[5], at=now())
    Notice.objects.create(title="周六照常办", text="社保窗口 9:00–11:30。", since=LONG_AGO.date())
    return line, clerks


def call(clerk: Person) -> str:
    return call_next(by=clerk, at=now()).shown


def kept(page: Page, name: str) -> None:
    if FOLDER:
        page.screenshot(path=Path(FOLDER) / f"{name}.png")


@pytest.mark.parametrize("size", SCREENS)
def test_the_hall_reads_every_number_from_the_other_end(desk: Page, size: str) -> None:
    line, _ = a_busy_hall()
    width, height = SCREENS[size]
    desk.set_viewport_size({"width": width, "height": height})

    desk.goto(f"/display/{line.site.code}/")

    expect(desk.locator(".number")).to_have_count(5)
    kept(desk, f"display-hall-{size}")
    assert round(desk.evaluate(SMALLEST), 6) >= 0.14
    assert round(desk.evaluate(LARGEST), 6) >= 0.14
    assert desk.evaluate(OUTSIDE) == []
    _, lowest = desk.locator(".before .number").last.evaluate(BOX)
    below, _ = desk.locator(".lines").evaluate(BOX)
    assert lowest <= below
    axe(desk)


@pytest.mark.parametrize("size", SCREENS)
def test_a_window_shows_its_number_and_who_serves_there(desk: Page, size: str) -> None:
    line, clerks = a_busy_hall()
    width, height = SCREENS[size]
    desk.set_viewport_size({"width": width, "height": height})

    desk.goto(f"/display/{line.site.code}/1/")

    expect(desk.get_by_text(f"工号 {clerks[0].badge}")).to_be_visible()
    kept(desk, f"display-window-{size}")
    assert round(desk.evaluate(SMALLEST), 6) >= 0.14
    assert round(desk.evaluate(LARGEST), 6) >= 0.14
    assert desk.evaluate(OUTSIDE) == []
    axe(desk)


@pytest.mark.parametrize("which", ["", "1/"])
def test_what_is_hung_on_the_wall_later_turns_on_the_screens_too(desk: Page, which: str) -> None:
    line = a_line()
    desk.clock.install()
    desk.goto(f"/display/{line.site.code}/{which}")
    expect(desk.locator("aside")).to_be_hidden()
    Notice.objects.create(title="今天四点关门", text="急事请走夜间窗口。", since=LONG_AGO.date())

    desk.clock.fast_forward(61_000)

    expect(desk.get_by_role("heading", name="今天四点关门")).to_be_visible()


def test_a_screen_changes_by_itself(desk: Page) -> None:
    line = a_line()
    clerk = a_clerk(line, at=now())
    desk.goto(f"/display/{line.site.code}/")
    expect(desk.get_by_text("还没有叫号")).to_be_visible()
    a_visit(line, at=now())

    number = call(clerk)

    expect(desk.locator(".now .number")).to_have_text(number)


def test_a_screen_says_when_it_is_cut_off_and_comes_back_by_itself(
    browser: Browser, address: str
) -> None:
    line = a_line()
    clerk = a_clerk(line, at=now())
    a_visit(line, at=now()), a_visit(line, at=now())
    waiting = a_visit(line, at=now())
    first = call(clerk)
    told = serving.environment(settings.HOME, serving.database_of_tests())
    port = serving.free_port()
    # The browser itself complains that the server has gone: so no window that watches for it.
    with closing(
        browser.new_context(base_url=f"http://127.0.0.1:{port}", locale="zh-CN")
    ) as context:
        page, phone = context.new_page(), context.new_page()
        cut_off = re.compile(r"与服务器断开，显示的是 \d\d:\d\d 的情况")
        with serving.served(told, port=port) as server:
            phone.goto(f"/v/{waiting.code}/")
            expect(phone.locator(".ticket")).to_be_visible()
            page.bring_to_front()
            page.goto(f"/display/{line.site.code}/")
            expect(page.locator(".now .number")).to_have_text(first)
            server.kill()
            expect(page.get_by_role("status")).to_have_text(cut_off)
            expect(phone.locator(".lost")).to_have_text(cut_off)
            expect(page.locator(".now .number")).to_have_text(first)
            kept(page, "display-cut-off")
        finish(by=clerk, at=now())
        second = call(clerk)
        with serving.served(told, port=port):
            expect(page.locator(".now .number")).to_have_text(second, timeout=60_000)
            expect(page.get_by_role("status")).to_be_hidden()
            expect(phone.locator(".lost")).to_be_hidden(timeout=60_000)


def test_several_calls_at_once_are_said_one_after_the_other_and_none_is_lost(desk: Page) -> None:
    line, clerks = a_busy_hall()
    desk.add_init_script(VOICE)
    desk.goto(f"/display/{line.site.code}/")
    desk.get_by_role("button", name="开始播报").click()
    expect(desk.get_by_role("button", name="正在播报")).to_be_visible()
    for clerk in clerks[:3]:
        finish(by=clerk, at=now())

    numbers = [call_next(by=clerk, at=now()).shown for clerk in clerks[:3]]
    recall(by=clerks[0], at=now())

    desk.wait_for_function("() => window.said.length >= 8")
    said = [_said(number, n) for n, number in enumerate(numbers, 1)]
    assert desk.evaluate("() => window.said") == [
        words for words in (*said, said[0]) for _twice in range(2)
    ]


def _said(number: str, window: int) -> str:
    digits = "".join("零一二三四五六七八九"[int(digit)] for digit in number[2:])
    return f"请 A B {digits} 号到 {window} 号窗口"


def test_where_there_is_no_voice_recorded_words_say_the_number(desk: Page) -> None:
    line = a_line()
    clerk = a_clerk(line, at=now())
    a_visit(line, at=now())
    desk.add_init_script(BELL + CLIPS)
    desk.goto(f"/display/{line.site.code}/")
    desk.get_by_role("button", name="开始播报").click()
    expect(desk.get_by_role("button", name="正在播报（录音）")).to_be_visible()

    call(clerk)

    desk.wait_for_function("() => window.clips.length === 20", timeout=30_000)
    first = desk.evaluate("() => window.clips.slice(0, 10)")
    assert first == sorted(first)
    assert desk.evaluate("() => window.tones") == []


def test_recorded_words_read_a_window_as_a_number(desk: Page) -> None:
    desk.goto(f"/display/{a_line().site.code}/")

    said = desk.evaluate(
        """async () => {
          const { clipsOf } = await import("/static/visits/spoken.js");
          return [3, 10, 12, 20, 23, 107].map((window) => clipsOf("A023", window).join(" "));
        }"""
    )

    windows = ["3", "shi", "shi 2", "2 shi", "2 shi 3", "1 0 7"]
    assert said == [f"qing A 0 2 3 hao dao {window} hao chuangkou" for window in windows]


def test_where_neither_voice_nor_record_can_be_had_a_bell_rings_and_the_page_says_so(
    desk: Page,
) -> None:
    line = a_line()
    clerk = a_clerk(line, at=now())
    a_visit(line, at=now())
    desk.add_init_script(BELL)
    # A file that came through broken: the browser cannot read it.
    desk.route("**/spoken/*.mp3", lambda route: route.fulfill(body=b"", content_type="audio/mpeg"))
    desk.goto(f"/display/{line.site.code}/")
    desk.get_by_role("button", name="开始播报").click()
    expect(desk.get_by_role("button", name="本机没有语音，叫号时响铃")).to_be_visible()

    call(clerk)

    desk.wait_for_function("() => window.tones.length === 2")


SAYINGS: dict[tuple[str, int, str], str] = {
    ("A023", 3, "zh"): "请 A 零二三 号到 3 号窗口",
    ("AB107", 12, "zh"): "请 A B 一零七 号到 12 号窗口",
    ("A1000", 3, "zh"): "请 A 一零零零 号到 3 号窗口",
    ("A023", 3, "en"): "Number A 0 2 3, please go to window 3",
}


def test_a_number_is_said_letter_by_letter_and_digit_by_digit(desk: Page) -> None:
    desk.goto(f"/display/{a_line().site.code}/")

    said = desk.evaluate(
        """async (asked) => {
          const { callSaid } = await import("/static/visits/say.js");
          return asked.map((one) => callSaid(...one));
        }""",
        [list(one) for one in SAYINGS],
    )

    assert said == list(SAYINGS.values())


def test_screens_come_again_at_different_moments_and_never_later_than_a_while(desk: Page) -> None:
    desk.goto(f"/display/{a_line().site.code}/")

    pauses: list[Any] = desk.evaluate(
        """async () => {
          const { pauseOf } = await import("/static/visits/live.js");
          const asked = [[2000, 0, 0], [2000, 0, 1], [2000, 1, 0.5], [2000, 20, 1]];
          return asked.map((one) => pauseOf(...one));
        }"""
    )

    assert pauses == [1000, 3000, 4000, 30000]


def test_without_scripts_a_screen_asks_again_by_itself(browser: Browser, address: str) -> None:
    line = a_line()
    clerk = a_clerk(line, at=now())
    a_visit(line, at=now())
    number = call(clerk)
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()

    page.goto(f"/display/{line.site.code}/")

    expect(page.locator(".now .number")).to_have_text(number)
    assert page.locator("meta[http-equiv=refresh]").get_attribute("content") == "15"
    context.close()
