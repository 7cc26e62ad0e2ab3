"""Every page there is, in both sizes and both modes: nothing keeps anybody out of it.

The pages come from the table of doors, where a new address without a line fails its own test.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from mingchuang.cases.models import Submission
from mingchuang.hall.models import Notice
from tests.browser.eyes import faults_of
from tests.browser.hands import let_in, press
from tests.browser.window import DESK, window
from tests.build import LONG_AGO, code
from tests.doors import ACCOUNT, PUBLIC, TASKS, Answers, Door
from tests.doors import DESK as STAFF
from tests.town import Town, Who, a_town

NOT_PAGES = {
    "cases:batch_marked",
    "cases:batch_template",
    "cases:figures_file",
    "cases:desk_figures_file",
    "cases:proof",
    "cases:own_photo",
    "cases:photo",
    "visits:board_now",
    "visits:in_line_now",
    "ledger:checkpoint",
    "ledger:key",
    "ledger:bundle",
    "ledger:tile",
    "ledger:inclusion",
    "ledger:consistency",
    "ledger:receipt",
    "visits:diary",
    "reviews:worker",
    "visits:how_long_record_file",
    "visits:companion_figures_file",
    "visits:companions_told",
    "council:plan_file",
    "council:draw_file",
    "council:refill_file",
    "council:minutes_file",
    "council:minutes_text",
    "council:shot",
    "council:my_shot",
    "council:sitting_now",
    "council:picture",
    "council:paper",
    "council:objection_proof",
    "council:blank",
    "reviews:shot",
    "reviews:behind",
    "council:blank_places",
    "council:blank_flats",
    "reviews:blank_thanks",
    "reviews:thanks_photo",
    "reviews:wall_photo",
}
# What one may do on a receipt page, and in which state of the case.
WISHES = {
    "solved": "replied",
    "not-solved": "replied",
    "contest": "declined",
    "remark": "handling",
    "remind": "handling",
    "withdraw": "handling",
}
# Forms sent empty, and who sends them.
EMPTY = {
    "cases:say": Who.ANONYMOUS,
    "cases:track": Who.ANONYMOUS,
    "account_login": Who.ANONYMOUS,
    "cases:take_in": Who.RECEPTION,
    "cases:write_article": Who.HANDLER,
    "cases:callback": Who.CALLBACK,
    "cases:plea": Who.SUPERVISOR,
    "cases:redact": Who.DISPATCHER,
    "cases:deed": Who.HANDLER,
    "cases:mine": Who.ANONYMOUS,
    "cases:privacy_ask": Who.DISPATCHER,
    "cases:privacy_plea": Who.DISPATCHER,
    "account_change_password": Who.HANDLER,
}
SEND_EMPTY = """
() => {
  const form = [...document.querySelectorAll("main form[method=post]")].at(-1);
  for (const box of form.querySelectorAll("textarea, input[type=text]")) box.value = "";
  form.noValidate = true;
  form.requestSubmit();
}
"""
FORGET = "() => document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach(k => k.remove())"


@dataclass
class Round:
    """A walk from page to page through a town; everybody has a window of their own."""

    town: Town
    sit: Callable[[Who], Page]
    faults: list[str] = field(default_factory=list)

    def look(self, who: Who, path: str, name: str, *, status: int = 200) -> Page:
        page = self.sit(who)
        response = page.goto(path)
        assert response is not None
        assert (path, response.status) == (path, status)
        return self.judge(page, name)

    def judge(self, page: Page, name: str) -> Page:
        self.faults += faults_of(page, name)
        return page

    def path(self, name: str, door: Door) -> str:
        return reverse(name, args=door.way(self.town)) + door.query


@pytest.fixture
def walk(browser: Browser, address: str) -> Iterator[Round]:
    town = a_town()
    with ExitStack() as stack:

        @cache
        def sit(who: Who) -> Page:
            page = stack.enter_context(window(browser, address, DESK))
            if who in town.people:
                let_in(page, town.people[who], address)
            return page

        yield Round(town, sit)


def finder(answers: Answers) -> Who:
    """Return somebody who finds a page there."""
    return next(who for who, answer in answers.items() if answer == 200)


def pages_of(doors: Mapping[str, Door]) -> dict[str, Door]:
    return {
        name: door
        for name, door in doors.items()
        if name not in NOT_PAGES and 200 in door.get.values()
    }


@pytest.mark.parametrize("doors", [PUBLIC, STAFF, ACCOUNT], ids=["public", "staff", "account"])
def test_every_page_is_open_to_everybody(walk: Round, doors: Mapping[str, Door]) -> None:
    Notice.objects.create(title="周六照常办", text="社保窗口 9:00–11:30。", since=LONG_AGO.date())

    for name, door in pages_of(doors).items():
        walk.look(finder(door.get), walk.path(name, door), name)

    assert walk.faults == []


def test_every_receipt_is_open_to_everybody(walk: Round) -> None:
    by_state = {said.case.state: said for said in Submission.objects.select_related("case")}

    for state, said in by_state.items():
        page = walk.sit(Who.ANONYMOUS)
        page.goto(reverse("cases:receipt", args=[said.number, code(said)]))
        page.evaluate("() => document.querySelectorAll('details').forEach(d => d.open = true)")
        walk.judge(page, f"receipt {state}")
    for name, state in WISHES.items():
        said = by_state[state]
        path = reverse("cases:wish", args=[said.number, code(said), name])
        walk.look(Who.ANONYMOUS, path, f"wish {name}")

    assert walk.faults == []


def test_every_deed_is_open_to_everybody(walk: Round) -> None:
    for name, task in TASKS.items():
        door = task.door(name)
        walk.look(min(task.by), walk.path("cases:deed", door), f"deed {name}")
    for name, case in walk.town.cases.items():
        walk.look(Who.DISPATCHER, reverse("cases:case", args=[case.number]), f"case {name}")

    assert walk.faults == []


def test_every_refused_form_is_open_to_everybody(walk: Round) -> None:
    for name, who in EMPTY.items():
        page = walk.sit(who)
        page.goto(walk.path(name, ({**PUBLIC, **STAFF, **ACCOUNT})[name]))
        assert page.locator("main form[method=post]").count(), (name, page.inner_text("body"))
        page.evaluate(SEND_EMPTY)
        expect(page.locator(".faults:not([id])")).to_be_focused()
        walk.judge(page, f"refused {name}")

    assert walk.faults == []


def test_every_refusal_is_open_to_everybody(walk: Round) -> None:
    page = walk.look(Who.ANONYMOUS, "/nowhere/", "404", status=404)
    walk.look(Who.ANONYMOUS, "/ledger/proof/inclusion?index=9&size=2", "refused", status=422)
    page.goto("/say/")
    page.evaluate(FORGET)
    page.get_by_label("您想说什么？").fill("路灯坏了。")
    page.get_by_role("button", name="提交，拿回执").click()
    expect(page.get_by_role("heading", name="页面放得太久了")).to_be_visible()
    walk.judge(page, "403 csrf")
    for name in ("400", "429", "500"):
        page.goto("/nowhere/")
        page.set_content(render_to_string(f"{name}.html"))
        walk.judge(page, name)

    assert walk.faults == []


def test_whatever_opens_on_the_desk_is_open_to_everybody(walk: Round) -> None:
    page = walk.sit(Who.DISPATCHER)
    page.goto("/desk/")
    page.get_by_text("筛选").click()
    walk.judge(page, "inbox filters")
    page.goto("/desk/?q=nothing-like-it")
    walk.judge(page, "inbox empty")
    page.goto("/desk/")
    press(page, "j", "Enter")
    expect(page.locator("#case h1")).to_be_visible()
    walk.judge(page, "inbox panel")
    press(page, "?")
    expect(page.get_by_role("dialog")).to_be_visible()
    walk.judge(page, "inbox keys")
    clerk = walk.sit(Who.CALLBACK)
    clerk.goto(reverse("cases:callback", args=[walk.town.cases["to call"].number]))
    clerk.get_by_role("button", name="查看电话").click()
    expect(clerk.get_by_text("13800000001")).to_be_visible()
    walk.judge(clerk, "revealed")

    assert walk.faults == []
