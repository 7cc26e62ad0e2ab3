"""What in a free text tells who wrote it: numbers, addresses, plates and names.

Each pattern has one group, the part to hide, and reads a copy of the text in which full-width
and Chinese digits are plain ones, letter for letter: 一三八… and １３８… are found in place.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mingchuang.people.rules.encryption import normal_phone
from mingchuang.people.rules.names import surname

PLAIN = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20}
DIGITS = PLAIN | str.maketrans("〇零一二三四五六七八九幺", "001234567891")

LABELS = {
    "email": "〔邮箱〕",
    "identity": "〔证件号〕",
    "card": "〔卡号〕",
    "phone": "〔电话〕",
    "number": "〔号码〕",
    "wechat": "〔微信号〕",
    "qq": "〔QQ号〕",
    "plate": "〔车牌〕",
    "name": "〔姓名〕",
}
HIDDEN = "|".join(LABELS.values())
GAP = r"[\s\-–—_·\u200b-\u200d\ufeff]{0,2}"
DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
NUMBERED = r"(?:号码|账号|帐号|群|号|ID)"
IS = r"[\s:：是为]"
PLACES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
# The family names most people bear; others would be found where no name is: 我叫车, 我叫号.
FAMILIES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟"
    "姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺顾毛郝龚邵万钱严覃武戴莫孔向汤俞"
)
TITLES = "先生|女士|小姐|太太|老师|师傅|阿姨|大爷|大妈|大叔|叔叔|奶奶|爷爷|同志|医生|某"


class Clue(NamedTuple):
    kind: str
    pattern: re.Pattern[str]
    copy: dict[int, int] = DIGITS


def _clue(kind: str, pattern: str, copy: dict[int, int] = DIGITS) -> Clue:
    """What is hidden already is stepped over, whatever its label says."""
    return Clue(kind, re.compile(f"{HIDDEN}|{pattern}", re.IGNORECASE), copy)


EMAIL = _clue("email", r"([a-z0-9._%+-]+\s?@\s?[a-z0-9-]+(?:\.[a-z0-9-]+)+)", PLAIN)
# In this order, since one number may hide in another: a phone in a card, a day in an identity.
NUMBERS = [
    _clue(
        "identity",
        rf"(?<!\d)([1-9]\d{{5}}{GAP}(?:18|19|20)\d\d{GAP}{DAY}{GAP}\d{{3}}[\dX])(?![\da-z])",
    ),
    _clue("identity", rf"(?<!\d)([1-9]\d{{7}}{DAY}\d{{3}})(?!\d)"),
    _clue("card", r"(?<!\d)(\d{4}(?:[ -]\d{4}){2,3}(?:[ -]\d{1,4})?|\d{16,19})(?!\d)"),
    _clue("phone", rf"(?<!\d)((?:(?:\+|00)?86{GAP})?1{GAP}[3-9](?:{GAP}\d){{9}})(?!\d)"),
    _clue("phone", r"(?<!\d)(1[3-9]\d\.\d{4}\.\d{4})(?!\d)"),
    _clue(
        "phone",
        rf"(?<!\d)(\(?0(?:10|2\d|[3-9]\d\d)\)?{GAP}[2-8]\d{{2,3}}{GAP}\d{{4}}(?:[转-]\d{{1,6}})?)(?!\d)",
    ),
    # In groups like a mobile number, and called one: whoever wrote it meant it to be dialled.
    _clue(
        "phone",
        rf"(?:电话|手机|座机|联系|号码|致电|拨打|tel)[^\d〔]{{0,6}}(\d{{3}}{GAP}\d{{4}}{GAP}\d{{4}})(?!\d)",
    ),
    _clue("phone", r"(?:电话|手机|座机|联系|号码|致电|拨打|tel)[^\d〔]{0,6}([2-8]\d{6,7})(?!\d)"),
    _clue("number", r"(\d{11,}X?)"),
]
ACCOUNTS = [
    _clue("qq", rf"(?<![a-z])(?:QQ|扣扣|企鹅){NUMBERED}?{IS}{{0,3}}(\d{{5,11}})(?!\d)"),
    _clue(
        "wechat",
        r"(?<![a-z])(?:微信|薇信|威信|v信|vx|wx|wechat|weixin)"
        rf"(?:{NUMBERED}{IS}{{0,3}}|{IS}{{1,3}}|(?=[a-z_-]*[\d_]))([a-z][a-z0-9_-]{{5,19}})",
        PLAIN,
    ),
    _clue(
        "plate",
        rf"([{PLACES}][A-HJ-NP-Z][·.\s-]?(?=[A-Z0-9]{{0,5}}\d)[A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9挂学警港澳])"
        r"(?![A-Z0-9])",
        PLAIN,
    ),
]
# Whoever says it of themselves: 我叫赵大妈，…
SELF = _clue(
    "name",
    rf"(?:我叫|本人叫|名字叫|姓名是|姓名[:：])\s?([{FAMILIES}][\u4e00-\u9fff]{{1,3}}?)"
    r"(?=[^\u4e00-\u9fff]|电话|手机|住|家住|今年|是|在|$)",
    PLAIN,
)


def clues(names: Iterable[str], phones: Iterable[str]) -> Iterator[Clue]:
    """Yield every clue to look for; the names and phones in the form are looked for by heart."""
    yield EMAIL
    yield from _phones(phones)
    yield from NUMBERS
    yield from ACCOUNTS
    yield SELF
    yield from _names(names)


def near(text: str, names: Iterable[str], phones: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the names and phones that can be in the text at all: of most people nothing is.

    To look for one costs a pattern of its own, more than all the rest of taking in a word.
    """
    plain = text.translate(DIGITS)
    digits = sum(letter in "0123456789" for letter in plain)
    letters = text.translate(PLAIN)
    # A family name is where a name begins, so what is looked for begins with the same letter.
    near_names = [name for name in names if not _has_no_case(name) or _begins(name) in letters]
    # Of a number with an area code the rest is looked for too; that code has up to four digits.
    near_phones = [phone for phone in phones if digits >= len(normal_phone(phone)) - 4]
    return near_names, near_phones


def _begins(name: str) -> str:
    return name.translate(PLAIN).strip()[:1]


def _has_no_case(name: str) -> bool:
    """Whether equal letters are all that is alike: so it is in Chinese."""
    return name.lower() == name.upper()


def _phones(phones: Iterable[str]) -> Iterator[Clue]:
    for phone in phones:
        digits = normal_phone(phone)
        if len(digits) >= 5:
            yield _clue("phone", f"({GAP.join(digits)})")
        if digits.startswith("0") and len(digits) >= 10:
            yield _clue(
                "phone", f"(?<!\\d)({GAP.join(digits[3 if digits < '03' else 4 :])})(?!\\d)"
            )


def _names(names: Iterable[str]) -> Iterator[Clue]:
    """A name, its letters spaced or not; a Chinese one also as 张先生."""
    for name in sorted((name.translate(PLAIN).strip() for name in names), key=len, reverse=True):
        letters = [re.escape(letter) for letter in name if not letter.isspace()]
        whole = r"[\s·•・]{0,2}".join(letters)
        if len(letters) < 2:
            continue
        if name.isascii():
            yield _clue("name", rf"(?<![a-z])({whole})(?![a-z])", PLAIN)
            continue
        yield _clue("name", f"({whole})", PLAIN)
        yield _clue("name", rf"({re.escape(surname(name))})(?=\s?(?:{TITLES}))", PLAIN)
