"""Staff sign in with a second factor: the numbers of a phone, or a passkey."""

from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from playwright.sync_api import Browser, Page, expect

from mingchuang.people.models import Person
from tests.browser.eyes import faults_of
from tests.browser.hands import PASSWORD, sign_in
from tests.browser.window import DESK, window
from tests.build import a_person

# A device with a fingerprint reader, whose owner always agrees.
READER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def machine(browser: Browser, address: str) -> Iterator[Page]:
    """Open a clerk's machine; a passkey belongs to a name, so the house is called by one."""
    with window(browser, address.replace("127.0.0.1", "localhost"), DESK) as page:
        yield page


def shown_by_phone(secret: str) -> str:
    """What the authenticator on the phone shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def open_security(page: Page, person: Person) -> None:
    """Sign in and go to the second factors, confirming the password once more."""
    sign_in(page, person)
    page.get_by_role("link", name=person.name).click()
    page.get_by_role("link", name="两步登录").click()


def confirm(page: Page) -> None:
    expect(page.get_by_role("heading", name="请再确认是您本人")).to_be_visible()
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="确认").click()


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="退出", exact=True).click()
    expect(page.get_by_role("heading", name="有话就说，句句有回音")).to_be_visible()


def test_a_clerk_signs_in_with_the_numbers_of_a_phone(machine: Page) -> None:
    person = a_person()
    open_security(machine, person)
    machine.get_by_role("link", name="启用").click()
    confirm(machine)
    secret = machine.locator("code").inner_text()
    assert faults_of(machine, "totp activate") == []
    machine.get_by_label("验证器里显示的 6 位数字").fill(shown_by_phone(secret))
    machine.get_by_role("button", name="启用").click()
    expect(machine.get_by_role("heading", name="恢复码")).to_be_visible()
    assert faults_of(machine, "recovery codes") == []
    sign_out(machine)

    machine.goto("/accounts/login/")
    machine.get_by_label("用户名或邮箱").fill(person.username)
    machine.get_by_label("密码", exact=True).fill(PASSWORD)
    machine.get_by_role("button", name="登录", exact=True).click()
    expect(machine.get_by_role("heading", name="登录第二步")).to_be_visible()
    assert faults_of(machine, "second step") == []
    machine.get_by_label("验证码").fill(shown_by_phone(secret))
    machine.get_by_role("button", name="继续").click()

    expect(machine.get_by_role("navigation", name="工作台")).to_be_visible()


def test_a_clerk_signs_in_with_a_passkey_and_nothing_else(machine: Page) -> None:
    device = machine.context.new_cdp_session(machine)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": READER})
    open_security(machine, a_person())
    machine.get_by_role("link", name="添加一把").click()
    confirm(machine)
    assert faults_of(machine, "key add") == []
    machine.get_by_label("给它起个名字").fill("办公室电脑")
    machine.get_by_label("以后直接用它登录").check()
    machine.get_by_role("button", name="添加", exact=True).click()
    expect(machine.get_by_role("heading", level=1)).not_to_have_text("添加一把钥匙")
    machine.goto("/accounts/2fa/webauthn/")
    expect(machine.get_by_role("heading", name="办公室电脑")).to_contain_text("通行密钥")
    assert faults_of(machine, "keys") == []
    sign_out(machine)

    machine.goto("/accounts/login/")
    machine.get_by_role("button", name="用通行密钥登录").click()

    expect(machine.get_by_role("navigation", name="工作台")).to_be_visible()
