"""A receipt is checked in the resident's own browser, and says exactly what does not fit."""

import base64
import json
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from mingchuang.ledger.actions import seal_entries
from mingchuang.ledger.queries import newest_checkpoint, public_key, receipt_of
from mingchuang.ledger.rules.note import Signer
from tests.browser.window import MODES, axe, set_mode
from tests.ledger import naive
from tests.ledger.build import MONDAY, SIGNER, a_receipt, a_sealed_book, some_entries

PROVE = """
async ({leaves, cases}) => {
  const proof = await import("/static/ledger/proof.js");
  const bytes = (text) => proof.readHash(text);
  const answers = [];
  for (const {path, first, second} of cases) {
    const [one, two] = [first, second].map((head) => ({...head, root: bytes(head.root)}));
    answers.push(await proof.isConsistent(path.map(bytes), one, two));
  }
  for (const {entry, path, index, size, root} of leaves) {
    const leaf = await proof.leafHash(entry);
    answers.push(await proof.isIncluded(leaf, path.map(bytes), {index, size, root: bytes(root)}));
  }
  return answers;
}
"""
NO_ED25519 = """
crypto.subtle.importKey = () => Promise.reject(new DOMException("", "NotSupportedError"));
"""


def receipt_text(index: int) -> str:
    return json.dumps(receipt_of(index).as_json(), ensure_ascii=False)


def check(page: Page, text: str, **given: str) -> Locator:
    """Paste a receipt, with the stricter fields if any are given, and press the button."""
    page.goto("/ledger/")
    page.get_by_label("把回执的内容贴在这里").fill(text)
    if given:
        page.get_by_text("更严格地核验（选填）").click()
    for name, value in given.items():
        page.locator(f"#{name}").fill(value)
    page.get_by_role("button", name="开始核验").click()
    return page.locator("#outcome")


@pytest.mark.parametrize("mode", MODES)
def test_a_resident_checks_a_receipt(phone: Page, address: str, mode: str) -> None:
    a_sealed_book(100, 300)
    set_mode(phone, address, mode)

    outcome = check(phone, receipt_text(17))

    expect(outcome).to_contain_text("这条记录原样写在台账的第 18 条；签名时台账共有 300 条记录。")
    expect(outcome).to_contain_text("2026年3月2日星期一 09:00:00，case:NB-17，工单·受理")
    expect(outcome).to_contain_text("检查点的签名有效，签名的是 mingchuang.localhost/ledger。")
    expect(outcome).to_contain_text(f"印在公告上的公钥核对一次：{public_key()}")
    expect(outcome).to_be_focused()
    axe(phone)


def test_a_receipt_may_come_as_a_file(desk: Page, address: str, tmp_path: Path) -> None:
    a_sealed_book(300)
    file = tmp_path / "receipt.json"
    file.write_text(receipt_text(299))
    desk.goto("/ledger/")

    desk.get_by_label("或者选择回执文件").set_input_files(file)
    expect(desk.locator("#receipt")).not_to_have_value("")
    desk.get_by_role("button", name="开始核验").click()

    expect(desk.locator("#outcome")).to_contain_text("第 300 条")


def test_a_link_brings_the_receipt_along(desk: Page, address: str) -> None:
    a_sealed_book(300)

    desk.goto("/ledger/#41")

    expect(desk.locator("#outcome")).to_contain_text("台账的第 42 条")


def test_a_link_to_what_is_not_sealed_says_so(desk: Page, address: str) -> None:
    a_sealed_book(3)

    desk.goto("/ledger/#41")

    expect(desk.locator("#outcome")).to_contain_text("没有取到这条记录的回执")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("case:NB-17", "case:NB-18", "这条记录不在签过名的台账里"),
        ("case:NB-17", "case:NB-17 ", "这条记录不在签过名的台账里"),
        ('"index": 17', '"index": 18', "这条记录不在签过名的台账里"),
        ('"size": 300', '"size": 301', "回执写的台账条数"),
        (r"\n300\n", r"\n301\n", "检查点的签名对不上"),
        (r"\"at\":", r"\"at\": ", "记录的写法不规范"),
        ('"hashes"', '"hash"', "这不是一份完整的回执"),
        ("{", "", "这不是一份完整的回执"),
    ],
)
def test_a_receipt_that_was_changed_is_refused_in_words(
    desk: Page, address: str, old: str, new: str, sentence: str
) -> None:
    a_sealed_book(300)

    outcome = check(desk, receipt_text(17).replace(old, new))

    expect(outcome).to_contain_text(sentence)
    expect(outcome).not_to_contain_text("原样写在台账")


def test_an_empty_form_says_what_to_do(desk: Page, address: str) -> None:
    outcome = check(desk, "")

    expect(outcome).to_contain_text("请先把回执的内容贴进来")


def test_a_receipt_of_another_ledger_is_told_apart(desk: Page, address: str) -> None:
    text = json.dumps(a_receipt().as_json())

    assert public_key() != SIGNER.key
    expect(check(desk, text)).to_contain_text("它可能是伪造的")
    expect(check(desk, text, pinned=str(public_key()))).to_contain_text("没有通过核验")
    expect(check(desk, text, pinned=str(SIGNER.key))).to_contain_text("与您给出的公钥相同")
    expect(check(desk, text, pinned="town.example")).to_contain_text("您给出的公钥不完整")


def test_a_kept_checkpoint_shows_that_the_book_only_grew(desk: Page, address: str) -> None:
    a_sealed_book(100)
    kept = newest_checkpoint().note
    some_entries(200)
    seal_entries(at=MONDAY)

    outcome = check(desk, receipt_text(17), kept=kept)

    expect(outcome).to_contain_text("从您保存的检查点（100 条）到回执的检查点（300 条）")
    expect(outcome).to_contain_text("台账只增加过，没有改动过")


def test_a_kept_checkpoint_shows_that_the_book_was_rewritten(desk: Page, address: str) -> None:
    a_sealed_book(100, 300)
    ours = Signer("mingchuang.localhost/ledger", _our_seed())
    kept = ours.note(size=100, root=bytes(32))

    outcome = check(desk, receipt_text(17), kept=kept)

    expect(outcome).to_contain_text("互相矛盾：台账被重写过")
    expect(outcome).to_contain_text("没有通过核验")


def test_a_kept_checkpoint_of_somebody_else_is_said_to_be(desk: Page, address: str) -> None:
    a_sealed_book(300)

    outcome = check(desk, receipt_text(17), kept=SIGNER.note(size=100, root=bytes(32)))

    expect(outcome).to_contain_text("您保存的检查点不是用这把密钥签的")


def test_a_browser_without_ed25519_says_what_remains_to_be_done(desk: Page, address: str) -> None:
    a_sealed_book(300)
    desk.add_init_script(NO_ED25519)

    outcome = check(desk, receipt_text(17))

    expect(outcome).to_contain_text("记录与检查点里的根哈希吻合")
    expect(outcome).to_contain_text("这个浏览器还不会验证 Ed25519 签名")
    expect(outcome).not_to_contain_text("原样写在台账")


def test_without_a_script_the_page_names_the_command(address: str, desk: Page) -> None:
    browser = desk.context.browser
    assert browser
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()

    page.goto("/ledger/")

    expect(page.get_by_text("mingchuang verify receipt.json")).to_be_visible()
    expect(page.get_by_role("button", name="开始核验")).to_be_hidden()
    context.close()


def test_the_browser_reckons_as_rfc_9162_says(desk: Page, address: str) -> None:
    leaves = [b"entry %d" % n for n in range(33)]
    cases = [
        {"path": _encoded(naive.consistency(m, leaves[:n])), "first": _head(leaves, m)}
        | {"second": _head(leaves, n)}
        for n in range(1, 34)
        for m in range(1, n + 1)
    ]
    proofs = [
        {"entry": leaves[m].decode(), "path": _encoded(naive.path(m, leaves[:n])), "index": m}
        | _head(leaves, n)
        for n in range(1, 34)
        for m in range(n)
    ]
    desk.goto("/ledger/")

    answers = desk.evaluate(PROVE, {"cases": cases, "leaves": proofs})

    assert answers == [True] * (561 + 561)


def _our_seed() -> bytes:

    return bytes((settings.KEYS / "ledger").read_bytes())


def _head(leaves: list[bytes], size: int) -> dict[str, object]:
    return {"size": size, "root": _encoded([naive.root(leaves[:size])])[0]}


def _encoded(hashes: list[bytes]) -> list[str]:
    return [base64.b64encode(one).decode() for one in hashes]
