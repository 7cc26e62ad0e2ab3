"""Rating by the code of a slip, on a phone; verifying what was bad, by keyboard; and every page."""

from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from mingchuang.reviews.models import Rating, Review
from tests.browser.eyes import faults_of
from tests.browser.hands import let_in, press, tab_to
from tests.build import a_callback_clerk
from tests.reviews.build import (
    a_bad_rating,
    a_rated_clerk,
    a_visit_served,
    found,
    handed_over,
)


def test_a_passer_by_rates_by_the_code_on_their_slip(phone: Page) -> None:
    visit = a_visit_served(at=now())

    phone.goto(reverse("reviews:rate", args=[visit.code]))
    faults = faults_of(phone, "grades")
    phone.get_by_role("link", name="不满意", exact=True).click()
    faults += faults_of(phone, "tags")
    phone.get_by_label("服务态度生硬").check()
    phone.get_by_label("想说的话（可不填）").fill("问了三次没有人理。")
    phone.get_by_label("联系电话（可不填）").fill("13800000001")
    phone.get_by_role("button", name="提交评价").click()
    expect(phone.get_by_role("heading", name="很抱歉，让您不满意了")).to_be_visible()
    faults += faults_of(phone, "said")

    assert faults == []
    assert (Rating.objects.get().tags, Review.objects.get().reachable) == ("214", True)


def test_at_the_machine_it_is_one_tap(desk: Page) -> None:
    visit = a_visit_served(at=now())

    desk.goto(reverse("reviews:kiosk", args=[visit.site.code]))
    faults = faults_of(desk, "kiosk")
    desk.locator("#id_typed").fill(visit.code)
    desk.get_by_role("button", name="下一步").click()
    faults += faults_of(desk, "kiosk grades")
    desk.get_by_role("button", name="非常满意").click()
    expect(desk.get_by_role("heading", name="谢谢您的评价")).to_be_visible()

    assert faults == []
    assert Rating.objects.get().channel == "kiosk"


def test_a_bad_rating_is_verified_by_keyboard_alone(desk: Page, address: str) -> None:
    review, clerk = a_bad_rating(at=now()), a_callback_clerk()
    let_in(desk, clerk, address)

    desk.goto(reverse("reviews:desk"))
    tab_to(desk, desk.get_by_role("link", name="非常不满意"))
    press(desk, "Enter")
    tab_to(desk, desk.get_by_role("button", name="查看电话"))
    press(desk, "Enter")
    expect(desk.get_by_role("link", name="13800000001")).to_be_visible()
    tab_to(desk, desk.get_by_role("link", name="记下回访"))
    press(desk, "Enter")
    tab_to(desk, desk.get_by_label("问到了（接通，或回了短信）"))
    press(desk, "Space", "Control+Enter")
    expect(desk.get_by_text("回访已记下。")).to_be_visible()
    tab_to(desk, desk.get_by_role("link", name="认定结果"))
    press(desk, "Enter")
    tab_to(desk, desk.get_by_label("属实", exact=True))
    press(desk, "Space")
    tab_to(desk, desk.get_by_label("根据什么这样认定？"))
    desk.keyboard.insert_text("取号记录相符。")
    press(desk, "Control+Enter")
    expect(desk.get_by_text("已认定。")).to_be_visible()

    review.refresh_from_db()
    assert (review.state, review.finding, review.was_reached) == ("found", "true", True)


def test_nothing_keeps_anybody_from_ratings_and_what_was_done(
    phone: Page, desk: Page, address: str
) -> None:
    put_right = handed_over(a_bad_rating(at=now()), at=now())
    review = found(a_bad_rating(at=now()), at=now())
    visit = put_right.rating.visit
    assert visit is not None

    phone.goto(reverse("reviews:told"))
    faults = faults_of(phone, "told")
    phone.goto(reverse("reviews:rate", args=[visit.code]))
    faults += faults_of(phone, "what became of it")
    let_in(desk, a_callback_clerk(), address)
    for name, args in (("desk", []), ("paper", []), ("review", [review.pk])):
        desk.goto(reverse(f"reviews:{name}", args=args))
        faults += faults_of(desk, name)
    let_in(desk, a_rated_clerk(review), address)
    for path in ("", "appealed/"):
        desk.goto(reverse("reviews:review", args=[review.pk]) + path)
        faults += faults_of(desk, f"rated {path}")

    assert faults == []
