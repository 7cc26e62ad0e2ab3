"""A hall is inspected on a phone, with and without a line; what was found becomes a case."""

from pathlib import Path

from django.urls import reverse
from django.utils.timezone import now
from PIL import Image
from playwright.sync_api import Page, expect

from mingchuang.reviews.models import Inspection, Mark, Shot
from tests.browser.eyes import faults_of
from tests.browser.hands import let_in
from tests.build import a_supervisor
from tests.reviews.inspections import finished, handed_over, noted, of_the_hall, planned
from tests.town import a_photo

# The shelf holds the page with the first clause noted; the store holds the second with its photo.
KEPT_AS_IT_STANDS = """async () => {
  const walk = document.querySelector("[data-walk]");
  const kept = await caches.match(walk.dataset.here, {ignoreVary: true});
  if (!kept) return false;
  const page = new DOMParser().parseFromString(await kept.text(), "text/html");
  const isNoted = !page.querySelector("#c1 [data-tag]").hidden;
  return isNoted && Boolean(navigator.serviceWorker.controller);
}"""
IN_THE_STORE = """() => new Promise((tell) => {
  indexedDB.open("inspections", 1).onsuccess = ({target}) => {
    const asked = target.result.transaction("answers").objectStore("answers").getAll();
    asked.onsuccess = () => tell(asked.result.some(({photos, note}) => photos.length && note));
  };
})"""


def answer(page: Page, number: int, words: str) -> None:
    """Open a clause if it is not open, and choose."""
    clause = page.locator(f"#c{number}")
    if clause.get_attribute("open") is None:
        clause.locator("summary").click()
    clause.get_by_label(words, exact=True).check()


def note(page: Page, number: int) -> None:
    page.locator(f"#c{number}").get_by_role("button", name="记下，看下一条").click()
    expect(page.locator(f"#c{number}")).not_to_have_attribute("open", "")


def test_a_hall_is_inspected_though_the_line_breaks(
    phone: Page, address: str, tmp_path: Path
) -> None:
    walk = planned(inspector=a_supervisor(), at=now())
    photo = tmp_path / "floor.jpg"
    Image.new("RGB", (60, 40), "green").save(photo)
    let_in(phone, a_supervisor(), address)

    phone.goto(reverse("reviews:walk", args=[walk.pk]))
    answer(phone, 1, "做到了")
    note(phone, 1)
    expect(phone.get_by_text("都已发出。")).to_be_visible()
    phone.context.set_offline(True)
    answer(phone, 2, "没做到")
    phone.locator("#c2").get_by_label("有几处没做到").fill("2")
    phone.locator("#c2").get_by_label("情况（和照片至少填一样）").fill("二号窗口没有起身。")
    phone.locator("#c2 input[type=file]").set_input_files(photo)
    note(phone, 2)
    expect(phone.get_by_text("还有 1 条存在这部手机里")).to_be_visible()
    answer(phone, 3, "不适用")
    phone.get_by_role("button", name="查完了，交").click()
    expect(phone.get_by_text("请等有网、都发出以后再交")).to_be_visible()
    assert Mark.objects.count() == 1
    phone.context.set_offline(False)
    phone.reload()
    expect(phone.get_by_text("都已发出。")).to_be_visible()
    expect(phone.locator("#c3").get_by_label("不适用", exact=True)).to_be_checked()
    note(phone, 3)
    expect(phone.get_by_text("都已发出。")).to_be_visible()
    phone.get_by_role("button", name="查完了，交").click()
    expect(phone.get_by_text("17.5 / 20").or_(phone.get_by_text("15 / 20"))).to_be_visible()
    phone.get_by_role("link", name="交办整改").click()
    phone.get_by_role("button", name="交办整改").click()
    expect(phone.get_by_text("已交办：每个问题一件整改工单")).to_be_visible()

    found = Mark.objects.get(answer="broken")
    assert (found.times, found.note) == (2, "二号窗口没有起身。")
    assert Shot.objects.get().mark == found
    assert found.rectification is not None
    assert found.rectification.case.kind == "rectify"


def test_a_walk_opens_again_without_a_line_and_nothing_typed_is_lost(
    phone: Page, address: str, tmp_path: Path
) -> None:
    walk = planned(inspector=a_supervisor(), at=now())
    photo = tmp_path / "floor.jpg"
    Image.new("RGB", (60, 40), "green").save(photo)
    let_in(phone, a_supervisor(), address)

    phone.goto(reverse("reviews:walk", args=[walk.pk]))
    answer(phone, 1, "做到了")
    note(phone, 1)
    expect(phone.get_by_text("都已发出。")).to_be_visible()
    phone.wait_for_function(KEPT_AS_IT_STANDS)
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator("#c1").get_by_text("做到了").first).to_be_visible()
    answer(phone, 2, "没做到")
    phone.locator("#c2").get_by_label("情况（和照片至少填一样）").fill("二号窗口没有起身。")
    phone.locator("#c2 input[type=file]").set_input_files(photo)
    expect(phone.locator("#c2").get_by_label("情况（和照片至少填一样）")).to_have_value(
        "二号窗口没有起身。"
    )
    phone.wait_for_function(IN_THE_STORE)
    phone.reload()
    expect(phone.locator("#c2").get_by_label("情况（和照片至少填一样）")).to_have_value(
        "二号窗口没有起身。"
    )
    note(phone, 2)
    expect(phone.get_by_text("还有 1 条存在这部手机里")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("还有 1 条存在这部手机里")).to_be_visible()
    phone.get_by_role("button", name="查完了，交").click()
    expect(phone.get_by_text("还有没发出的，请等有网、都发出以后再交。")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_text("都已发出。")).to_be_visible()
    phone.goto(reverse("account_logout"))
    phone.wait_for_function("async () => !(await caches.keys()).length")

    found = Mark.objects.get(answer="broken")
    assert (found.note, Shot.objects.get().mark) == ("二号窗口没有起身。", found)
    assert Mark.objects.get(answer="kept").note == ""


def test_what_another_phone_noted_is_shown_and_never_lost(phone: Page, address: str) -> None:
    walk = planned(inspector=a_supervisor(), at=now())
    let_in(phone, a_supervisor(), address)

    phone.goto(reverse("reviews:walk", args=[walk.pk]))
    noted(walk, 1, "broken", times=3, at=now())
    answer(phone, 1, "做到了")
    phone.locator("#c1").get_by_role("button", name="记下，看下一条").click()
    clash = phone.get_by_text("第 1 条已经在别处记过：没做到，3 处")
    expect(clash).to_be_visible()
    phone.locator("#c1").get_by_role("button", name="按这次记的").click()
    expect(clash).to_be_hidden()
    expect(phone.get_by_text("都已发出。")).to_be_visible()

    assert Mark.objects.get().answer == "kept"


def test_it_works_without_a_script(phone: Page, address: str) -> None:
    walk = planned(inspector=a_supervisor(), at=now())
    let_in(phone, a_supervisor(), address)

    phone.route(
        "**/inspect.js", lambda route: route.fulfill(body="", content_type="text/javascript")
    )
    phone.goto(reverse("reviews:walk", args=[walk.pk]))
    answer(phone, 2, "没做到")
    phone.locator("#c2").get_by_label("情况（和照片至少填一样）").fill("二号窗口没有起身。")
    for number, words in ((2, "没做到"), (1, "做到了"), (3, "不适用")):
        answer(phone, number, words)
        phone.locator(f"#c{number}").get_by_role("button", name="记下，看下一条").click()
        expect(phone.get_by_text(f"第 {number} 条已记下。")).to_be_visible()
    phone.get_by_role("button", name="查完了，交").click()
    expect(phone.get_by_text("已经查完，得分算好了。")).to_be_visible()

    assert Inspection.objects.get().points == 175


def test_nothing_keeps_anybody_from_standards_and_inspections(
    phone: Page, desk: Page, address: str
) -> None:
    over = handed_over(finished(photos=(a_photo(),), at=now()), at=now())
    walk = planned(inspector=a_supervisor(), checklist=over.checklist, at=now())
    noted(walk, 1, at=now())
    clause = over.checklist.items.all()[0].clause
    boss: tuple[tuple[str, list[object]], ...] = (
        ("standards_desk", []),
        ("clause", [clause.pk]),
        ("checklists", []),
        ("checklist_paper", [over.checklist.pk]),
        ("inspections", []),
        ("plan_inspection", []),
        ("inspection", [over.pk]),
        ("inspection_paper", [over.pk]),
        ("inspection_deed", [over.pk, "undone"]),
        ("trend", [over.site.code]),
        ("walk", [walk.pk]),
    )

    phone.goto(reverse("reviews:standards"))
    faults = faults_of(phone, "standards")
    let_in(desk, a_supervisor(), address)
    for name, args in boss:
        desk.goto(reverse(f"reviews:{name}", args=args))
        if name == "walk":
            answer(desk, 2, "没做到")
        faults += faults_of(desk, name)
    let_in(desk, of_the_hall(over), address)
    desk.goto(reverse("reviews:inspection", args=[over.pk]))
    faults += faults_of(desk, "inspected")

    assert faults == []
