"""Owners: one votes on a phone, a convenor enters papers and keeps the account by keyboard."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.timezone import localdate, now
from playwright.sync_api import Locator, Page, expect

from mingchuang.council.actions.ballots import close_ballot, publish_ballot
from mingchuang.council.actions.costs import Weighed, fix_cost, weigh_share
from mingchuang.council.actions.flats import take_out_flat
from mingchuang.council.actions.money import Moved, spend_money
from mingchuang.council.models import CostShare, Movement, OwnersBallot, Place, Vote
from tests.browser.eyes import faults_of
from tests.browser.hands import let_in, press, tab_to
from tests.browser.window import axe, set_mode
from tests.council.ballots import (
    a_ballot,
    a_cost,
    a_fixed_cost,
    a_payment,
    a_row,
    an_owner,
    an_owners_topic,
    vote,
    vote_on_paper,
)
from tests.council.build import a_convenor

NAMES = ("张秀英", "李建国", "王芳、赵强", "陈桂兰", "杨帆", "黄晓梅", "周大勇", "吴淑珍", "徐明")
ROWS = [
    a_row(f"5幢{n // 2 + 1}0{n % 2 + 1}", name, area=76_40 + 3_15 * (n % 4), floor=n // 2 + 1)
    for n, name in enumerate(NAMES)
] + [a_row("5幢601", "甬江置业有限公司", area=88_20, floor=6, with_developer=True)]


# On how many lines an element's text stands.
LINES = """one => {
    const text = document.createRange();
    text.selectNodeContents(one);
    return new Set([...text.getClientRects()].map(box => Math.round(box.top))).size;
}"""


def a_running_ballot() -> OwnersBallot:
    ballot = a_ballot(ROWS, matter="raise_fund", at=now())
    for number, choice in ((1, "for"), (2, "for"), (4, "against"), (5, "abstain")):
        vote(ballot, number, choice, at=now())
    vote_on_paper(ballot, "5幢201", at=now())
    return ballot


def a_result() -> OwnersBallot:
    ballot = a_ballot(ROWS, at=now())
    for number in range(1, 11):
        vote(ballot, number, "against" if number in {4, 7} else "for", at=now())
    close_ballot(ballot.topic.number, 1, by=a_convenor(), at=now())
    return publish_ballot(ballot.topic.number, 1, by=a_convenor(), at=now())


def a_draft() -> CostShare:
    cost = a_cost(ROWS, total=18_600_00, basis="floor", at=now())
    exempt = Weighed("5幢401", exempt=100, because="困难家庭")
    weigh_share(cost.topic.number, 1, exempt, by=a_convenor(), at=now())
    return cost


def an_account() -> CostShare:
    cost = a_draft()
    cost = fix_cost(cost.topic.number, 1, by=a_convenor(), at=now())
    for label, amount in (("5幢201", 1000_00), ("5幢301", 2818_18), ("5幢302", 500_00)):
        a_payment(cost, label=label, amount=amount, at=now())
    a_payment(cost, label="5幢501", amount=300_00, at=now())
    said = Moved(1200_00, "FP-3301", localdate(), why="化粪池玻璃钢罐体，首付款")
    spend_money(cost.topic.number, 1, said, key="s" * 32, by=a_convenor(), at=now())
    return cost


def test_an_owner_votes_on_the_phone_and_changes_their_mind(phone: Page, address: str) -> None:
    ballot = a_running_ballot()
    set_mode(phone, address, "elder")
    phone.goto(reverse("council:owner", args=[an_owner(ballot.topic, number=6).code]))

    phone.get_by_text("不同意", exact=True).tap()
    phone.get_by_role("button", name="投这一票").tap()

    expect(phone.get_by_text("您已表决：")).to_be_visible()
    axe(phone)
    phone.get_by_text("改主意了").tap()
    phone.get_by_text("同意", exact=True).first.tap()
    phone.get_by_role("button", name="改成这个").tap()
    expect(phone.get_by_text("您已表决：同意")).to_be_visible()
    assert Vote.objects.live().filter(paper__owner__number=6).get().choice == "for"


def test_a_convenor_enters_papers_by_keyboard_alone(desk: Page, address: str) -> None:
    ballot = a_running_ballot()
    let_in(desk, a_convenor(), address)
    desk.goto(reverse("council:ballot", args=[ballot.topic.number, 1]))

    expect(desk.get_by_label("房号")).to_be_focused()
    desk.keyboard.type("5幢302")
    press(desk, "Tab", "Space", "Tab")
    desk.keyboard.type("P-18")
    press(desk, "Enter")

    expect(desk.get_by_role("status")).to_have_text("已记下。")
    expect(desk.get_by_label("房号")).to_be_focused()
    assert Vote.objects.get(filed="P-18").choice == "for"


def test_a_convenor_collects_a_payment_by_keyboard_alone(desk: Page, address: str) -> None:
    cost = an_account()
    let_in(desk, a_convenor(), address)
    desk.goto(reverse("council:cost", args=[cost.topic.number, 1]))

    tab_to(desk, desk.locator("summary", has_text="登记收款"))
    press(desk, "Enter", "Tab")
    desk.keyboard.type("5幢302")
    press(desk, "Tab")
    desk.keyboard.type("1280.50")
    press(desk, "Tab")
    desk.keyboard.type("SK-0099")
    press(desk, "Enter")

    expect(desk.get_by_role("status")).to_have_text("已记下。")
    assert Movement.objects.get(paper="SK-0099").amount == 1280_50


def test_the_pages_of_a_running_ballot_are_whole_in_every_shape(desk: Page, address: str) -> None:
    ballot = a_running_ballot()
    number = ballot.topic.number
    let_in(desk, a_convenor(), address)
    paths = {
        "owners-topic": ("topic", number),
        "owners-flats": ("flats", number),
        "owners-import": ("import_flats", number),
        "owners-call": ("call_ballot", number),
        "owners-ballot": ("ballot", number, 1),
        "owners-list": ("sign_list", number, 1),
        "owner-before": ("owner", an_owner(ballot.topic, number=6).code),
        "owner-after": ("owner", an_owner(ballot.topic, number=1).code),
        "owners-public-running": ("public_ballot", number, 1),
        "owners-public-topic": ("public_topic", number),
    }

    assert faults_on(desk, paths) == []


def test_the_papers_are_whole_in_every_shape(desk: Page, address: str) -> None:
    ballot = a_running_ballot()
    let_in(desk, a_convenor(), address)
    desk.goto(reverse("council:ballot", args=[ballot.topic.number, 1]))

    desk.get_by_role("button", name="打印表决票").click()

    expect(desk.get_by_role("heading", level=1)).to_have_text("表决票")
    assert faults_of(desk, "owners-papers") == []


def test_the_pages_of_a_result_are_whole_in_every_shape(desk: Page, address: str) -> None:
    number = a_result().topic.number
    let_in(desk, a_convenor(), address)
    paths = {
        "owners-result": ("ballot", number, 1),
        "owners-public-result": ("public_ballot", number, 1),
    }

    assert faults_on(desk, paths) == []


def test_the_pages_of_a_cost_are_whole_in_every_shape(desk: Page, address: str) -> None:
    number = a_draft().topic.number
    let_in(desk, a_convenor(), address)

    take_out_flat(number, 10, "同一套录了两次", by=a_convenor(), at=now())
    paths = {
        "owners-draw-up": ("draw_up", number),
        "owners-draft": ("cost", number, 1),
        "owners-taken-out": ("flats", number),
    }

    assert faults_on(desk, paths) == []


def test_the_pages_of_an_account_are_whole_in_every_shape(desk: Page, address: str) -> None:
    cost = an_account()
    number = cost.topic.number
    let_in(desk, a_convenor(), address)
    paths = {
        "owners-account": ("cost", number, 1),
        "owners-slip": ("payment_slip", number, 1, Movement.objects.all()[0].pk),
        "owners-public-cost": ("public_cost", number, 1),
        "owner-owes": ("owner", an_owner(cost.topic, number=5).code),
    }

    assert faults_on(desk, paths) == []


def test_two_flats_of_one_owner_and_large_sums_are_whole_in_every_shape(
    desk: Page, address: str
) -> None:
    rows = [a_row(f"5幢{n}01", "张秀英", phone="13800000001") for n in (1, 2)]
    cost = a_fixed_cost(rows=rows, total=20_008_398_00, at=now())
    a_payment(cost, label="5幢101", amount=10_004_199_00, at=now())
    let_in(desk, a_convenor(), address)
    number = cost.topic.number
    paths = {
        "owner-two-flats": ("owner", an_owner(cost.topic).code),
        "owners-large": ("cost", number, 1),
    }

    assert faults_on(desk, paths) == []

    desk.set_viewport_size({"width": 360, "height": 800})
    broken = [one.inner_text() for one in desk.locator(".sums dd").all() if is_broken(one)]
    assert broken == []


def is_broken(number: Locator) -> bool:
    """Whether a number stands on two lines."""
    return int(number.evaluate(LINES)) > 1


def test_a_survey_of_places_is_whole_in_every_shape(desk: Page, address: str) -> None:
    topic = an_owners_topic(at=now())
    Place.objects.create(topic=topic, number=1, name="3 幢车棚", many=4)
    let_in(desk, a_convenor(), address)

    paths = {
        "owners-places": ("topic", topic.number),
        "owners-public-places": ("public_topic", topic.number),
    }

    assert faults_on(desk, paths) == []


def faults_on(desk: Page, paths: Mapping[str, tuple[object, ...]]) -> list[str]:
    found = []
    for name, (view, *args) in paths.items():
        desk.goto(reverse(f"council:{view}", args=args))
        found += faults_of(desk, name)
    return found


def test_an_empty_register_says_what_to_do(desk: Page, address: str) -> None:
    topic = an_owners_topic(at=now())
    topic.flats.all().delete()
    let_in(desk, a_convenor(), address)

    desk.goto(reverse("council:flats", args=[topic.number]))

    expect(desk.get_by_text("名册还是空的")).to_be_visible()
    assert faults_of(desk, "owners-no-flats") == []
