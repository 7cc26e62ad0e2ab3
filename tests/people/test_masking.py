"""Masks show enough to recognise a value and too little to use it."""

from collections.abc import Callable
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.people.rules.clues import Clue, clues, near
from mingchuang.people.rules.masking import mask_name, mask_numbers, mask_phone, mask_text
from mingchuang.people.rules.names import surname

SURNAMES = ["张", "王", "欧阳", "司徒", "李"]
GIVEN = "明华丽伟芳军静小雨国建"
names = st.builds(
    lambda family, given: family + given,
    st.sampled_from(SURNAMES),
    st.text(GIVEN, min_size=1, max_size=2),
)
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
identities = st.builds(
    lambda place, day, end: f"{place}{day:%Y%m%d}{end}",
    st.from_regex(r"[1-9][0-9]{5}", fullmatch=True),
    st.dates(date(1930, 1, 1), date(2026, 11, 22)),
    st.from_regex(r"[0-9]{3}[0-9X]", fullmatch=True),
)
emails = st.from_regex(r"[a-z][a-z0-9.]{2,10}@[a-z]{2,8}\.(com|cn)", fullmatch=True)
prose = st.text("小区里的灯坏了，请来看看。电梯也停 \n", max_size=40)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张小明", "张*明"),
        ("欧阳明", "欧阳*"),
        ("欧阳小明", "欧阳*明"),
        ("张王小明", "张**明"),
        ("欧阳", "欧*"),
        ("张", "*"),
        ("张 小 明", "张*明"),
        ("买买提·吐尔逊", "买*****逊"),
        ("Ann Lee", "A** L**"),
        ("A B", "* *"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_family_and_its_last_letter(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13800000000", "138****0000"),
        ("+86 138-0000-0000", "138****0000"),
        ("００８６１３８００００００００", "138****0000"),
        ("0574-87654321", "0574-****4321"),
        ("(021) 61234567", "021-****4567"),
        ("+86 574 87654321", "0574-****4321"),
        ("87654321", "****4321"),
        ("95588", "****"),
        ("没有", "****"),
        ("", ""),
    ],
)
def test_a_phone_keeps_its_ends(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


MASKS = [mask_name, mask_phone]


@pytest.mark.parametrize("mask", MASKS)
@given(text=st.text(max_size=30) | names | mobiles | identities | emails)
def test_masking_twice_is_masking_once(mask: Callable[[str], str], text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(names)
def test_a_masked_name_is_not_the_name(name: str) -> None:
    assert mask_name(name) != name
    assert mask_name(name).startswith(surname(name))


@given(mobiles)
def test_a_masked_mobile_hides_four_digits(phone: str) -> None:
    assert phone not in mask_phone(phone)
    assert len(mask_phone(phone)) == 11


@pytest.mark.parametrize(
    ("text", "masked", "found"),
    [
        ("请打13800000000。", "请打〔电话〕。", {"phone": 1}),
        ("138-0000-0000 或 138 0000 0000", "〔电话〕 或 〔电话〕", {"phone": 2}),
        ("+86 13800000000、１３８００００００００", "〔电话〕、〔电话〕", {"phone": 2}),
        ("一三八〇〇〇〇〇〇〇〇", "〔电话〕", {"phone": 1}),
        ("0574-87654321转801", "〔电话〕", {"phone": 1}),
        ("座机：87654321", "座机：〔电话〕", {"phone": 1}),
        ("身份证33020319900101123X号", "身份证〔证件号〕号", {"identity": 1}),
        ("老证330203900101123", "老证〔证件号〕", {"identity": 1}),
        ("卡号6222 0212 3456 7890 123", "卡号〔卡号〕", {"card": 1}),
        ("发到zhang.san@qq.com吧", "发到〔邮箱〕吧", {"email": 1}),
        ("13800000000@163.com", "〔邮箱〕", {"email": 1}),
        ("QQ：12345678", "QQ：〔QQ号〕", {"qq": 1}),
        ("微信号 zhang_san、加微信zs8888", "微信号 〔微信号〕、加微信〔微信号〕", {"wechat": 2}),
        ("车牌浙B12345和浙B·D12345", "车牌〔车牌〕和〔车牌〕", {"plate": 2}),
        ("订单20261122000123", "订单〔号码〕", {"number": 1}),
    ],
)
def test_clues_in_a_text_are_hidden(text: str, masked: str, found: dict[str, int]) -> None:
    told = mask_text(text)

    assert told.text == masked
    assert dict(told.found) == found


def test_where_a_page_covers_numbers_of_people_others_stay() -> None:
    text = "订单 20260101123456 的人电话13800000000，证件11010119900307123X，车浙B12345。"

    shown = mask_numbers(text)

    assert shown == "订单 20260101123456 的人电话〔电话〕，证件〔证件号〕，车浙B12345。"
    assert mask_numbers(shown) == shown


def test_the_name_in_the_form_is_hidden_however_it_is_written() -> None:
    told = mask_text("我是欧阳小明，欧 阳 小明，叫我欧阳女士。", names=["欧阳小明"])

    assert told.text == "我是〔姓名〕，〔姓名〕，叫我〔姓名〕女士。"
    assert dict(told.found) == {"name": 3}


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("窗口态度差，我叫赵大妈，请回电。", "窗口态度差，我叫〔姓名〕，请回电。"),
        ("我叫王建国电话忘了写", "我叫〔姓名〕电话忘了写"),
        ("我叫李明。", "我叫〔姓名〕。"),
        ("我叫了三次，没有人应。", "我叫了三次，没有人应。"),
        ("我叫号的时候他不在。", "我叫号的时候他不在。"),
    ],
)
def test_who_says_what_they_are_called_is_covered_though_no_form_knows_it(
    text: str, masked: str
) -> None:
    assert mask_text(text).text == masked


def test_the_phone_in_the_form_is_hidden_with_and_without_its_area() -> None:
    told = mask_text("打 8765 4321 或 0574—8765—4321", phones=["0574-87654321"])

    assert told.text == "打 〔电话〕 或 〔电话〕"


@pytest.mark.parametrize(
    "text",
    [
        "2026年11月22日 10:30，12345热线，NB-2026-000123",
        "1998.12.13-1999.01.02 共 386 天",
        "微信支付用不了，QQ群也没人管",
        "电费 1234.56 元，水费 2026 元",
        "浙江省宁波市，A1 路公交",
    ],
)
def test_what_is_no_clue_stays(text: str) -> None:
    assert mask_text(text, names=["张小明"], phones=["13800000000"]) == (text, ())


@given(
    st.lists(prose | mobiles | identities | emails | names | st.text(max_size=8)), names, mobiles
)
def test_masking_a_text_twice_is_masking_it_once(parts: list[str], name: str, phone: str) -> None:
    once = mask_text("".join(parts), names=[name], phones=[phone])

    assert mask_text(once.text, names=[name], phones=[phone]) == (once.text, ())


WAYS: list[Callable[[str], str]] = [
    lambda d: d,
    lambda d: f"{d[:3]} {d[3:7]} {d[7:]}",
    lambda d: f"{d[:3]}-{d[3:7]}-{d[7:]}",
    lambda d: f"+86{d}",
    lambda d: d.translate({0x30 + i: 0xFF10 + i for i in range(10)}),
]


@given(prose, mobiles, st.sampled_from(WAYS), prose)
def test_no_phone_survives(
    before: str, phone: str, written: Callable[[str], str], after: str
) -> None:
    told = mask_text(f"{before}{written(phone)}{after}")

    assert written(phone) not in told.text
    assert phone not in told.text


@given(prose, identities | emails, prose)
def test_no_identity_number_and_no_email_survives(before: str, clue: str, after: str) -> None:
    assert clue not in mask_text(f"{before}{clue}{after}").text


@given(st.text(max_size=20), names, st.text(max_size=20))
def test_no_name_from_the_form_survives(before: str, name: str, after: str) -> None:
    assert name not in mask_text(f"{before}{name}{after}", names=[name]).text


@given(st.text(max_size=20), mobiles, st.text(max_size=20))
def test_no_phone_from_the_form_survives(before: str, phone: str, after: str) -> None:
    assert phone not in mask_text(f"{before}{phone}{after}", phones=[phone]).text


@given(st.lists(prose, min_size=1, max_size=4), names)
def test_prose_around_the_clues_stays_in_place(parts: list[str], name: str) -> None:
    told = mask_text("，13800000000，".join(parts), names=[name])

    assert told.text.split("，〔电话〕，") == parts


def test_every_pair_of_clues_is_found_side_by_side() -> None:
    clues = ["13800000000", "33020319900101123X", "a1@qq.com", "浙B12345", "张小明"]

    leaks = [
        (one, other)
        for one, other in product(clues, clues)
        if {one, other} & set(mask_text(f"{one}，{other}", names=["张小明"]).text.split("，"))
    ]

    assert not leaks


@given(
    st.lists(prose | mobiles | names | st.text(max_size=8)),
    names | st.text(max_size=6),
    mobiles | st.from_regex(r"0[1-9][0-9]{8,10}", fullmatch=True),
)
def test_nobody_who_is_in_the_text_is_passed_over(parts: list[str], name: str, phone: str) -> None:
    text = "".join([*parts, name[-1:], phone[-7:]])

    names_near, phones_near = near(text, [name], [phone])

    found = [clue.kind for clue in clues([name], [phone]) if _finds(clue, text)]
    assert "name" not in found or names_near == [name]
    assert "phone" not in found or phones_near == [phone]


def test_who_cannot_be_in_the_text_is_not_looked_for() -> None:
    assert near("楼道灯坏了三天", ["王小明"], ["13800000000"]) == ([], [])


def _finds(clue: Clue, text: str) -> bool:
    return any(match[1] for match in clue.pattern.finditer(text.translate(clue.copy)))
