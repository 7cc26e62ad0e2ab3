"""What was said in confidence: the unit works from a copy, and never meets the original."""

from django.utils.timezone import now
from playwright.sync_api import Browser, expect

from mingchuang.cases.actions.reception import accept_case
from mingchuang.cases.models import Case
from mingchuang.people.rules.roles import Role
from tests import build
from tests.browser.hands import let_in
from tests.browser.window import DESK, window
from tests.town import CLUE, NAME, ORIGINAL, PHONE, a_photo


def test_a_handler_never_meets_the_original_of_a_confidential_word(
    browser: Browser, address: str
) -> None:
    unit = build.a_unit("市综合行政执法局")
    said = build.a_submission(
        text=ORIGINAL, name=NAME, phone=PHONE, confidential=True, photos=(a_photo(),), at=now()
    )
    accept_case(said.number, by=build.a_dispatcher(), at=now())

    with window(browser, address, DESK) as page:
        let_in(page, build.a_dispatcher(), address)
        page.goto(f"/desk/cases/{said.number}/")
        page.get_by_role("link", name="核对遮盖").click()
        expect(page.get_by_role("complementary")).to_contain_text(PHONE)
        copy = page.get_by_label("承办单位将看到的文字")
        assert PHONE not in copy.input_value()
        assert CLUE in copy.input_value()
        copy.fill("工地半夜施工，吵得睡不着。")
        page.get_by_role("button", name="核对无误，给承办单位").click()
        expect(page.get_by_role("status")).to_contain_text("承办单位只会看到这份文字")
        page.get_by_role("link", name="派单").click()
        page.get_by_label("主办单位").select_option(str(unit.pk))
        page.get_by_role("button", name="派单").click()
        expect(page.get_by_role("status")).to_contain_text("派单：已办好")

    seen = []
    with window(browser, address, DESK) as page:
        let_in(page, build.a_person(Role.HANDLER, unit=unit), address)
        page.goto("/desk/")
        page.get_by_role("link", name=said.number).click()
        expect(page.locator("#case")).to_contain_text("工地半夜施工，吵得睡不着。")
        expect(page.locator("#case")).to_contain_text("照片正在核对")
        seen.append(page.content())
        page.get_by_role("button", name="签收").click()
        expect(page.get_by_role("status")).to_contain_text("签收：已办好")
        seen.append(page.content())
        for name in ("contact", "note", "reply", "return", "pause", "retype", "redact"):
            page.goto(f"/desk/cases/{said.number}/{name}/")
            seen.append(page.content())
        page.goto(f"/desk/submissions/{said.number}/redact/")
        seen.append(page.content())

    assert Case.objects.get().state == "handling"
    assert not [clue for clue in (NAME, PHONE, CLUE) for html in seen if clue in html]
