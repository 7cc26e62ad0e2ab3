"""Showing a little of a value: enough to recognise it, too little to use it.

Forms in circulation (张*明, 138****0000); the birth date in an identity number and the house
number in an address are never shown. Every mask leaves its own output as it is.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from mingchuang.people.rules.clues import LABELS, NUMBERS, Clue, clues, near
from mingchuang.people.rules.encryption import normal_phone
from mingchuang.people.rules.names import surname

AREA = r"010|02\d|0[3-9]\d\d"
PHONES = [
    (re.compile(r"(1[3-9]\d)\d{4}(\d{4})"), r"\1****\2"),
    (re.compile(rf"({AREA})\d{{3,4}}(\d{{4}})"), r"\1-****\2"),
    (re.compile(r"[2-9]\d{2,3}(\d{4})"), r"****\1"),
    (re.compile(r"(\d\d)\d{6,}(\d\d)"), r"\1****\2"),
]
OF_PEOPLE = [clue for clue in NUMBERS if clue.kind in {"phone", "identity"}]
# How the name of an office, a company or a place ends. No digits, signs or gaps before it: who
# wrote themselves beside their company is masked as a person is.
OFFICE = re.compile(
    r"[^\W\d_]+(?:[（(][^\W\d_]+[）)][^\W\d_]*)?"
    "(?:公司|集团|银行|社区|街道|医院|学校|小学|中学|大学|学院|幼儿园|委员会|居委会|村委会|业委会|合作社|协会|商会|中心"
    "|局|村|厂|店)"
)
SHORTEST_OFFICE = 4
# The same in English: some words and how it ends, with a comma before the end alone, and no word
# before it that tells of a person beside their company (Ann Lee of Hailan Co., Ltd.).
LATIN, NUMBERED = r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9&'’.\-]*", r"No\.?\s?\d{1,2}"
OF_PERSON = r"(?:of|from|at|by|with|mr|mrs|ms|miss|dr)\b"
WORD = rf"(?:(?!{OF_PERSON})(?:{NUMBERED}|{LATIN}|&|[(（]{LATIN}[)）]))"
END = (
    "(?:co|company|ltd|limited|inc|incorporated|corp|corporation|llc|llp|plc|group|bank|hospital"
    "|clinic|school|college|university|academy|kindergarten|association|foundation|federation"
    "|committee|institute|cent(?:er|re)|bureau|factory|hotel|museum)"
)
ENGLISH_OFFICE = re.compile(
    rf"{WORD}(?:\s+{WORD})*(?:(?:\s+|,\s*|(?<=\.)){END}\b\.?)+", re.IGNORECASE
)
MASKED_PHONE = re.compile(r"1\d\d\*{4}\d{4}|0\d{2,3}-\*{4}\d{4}|\*{4}\d{4}|\d\d\*{4}\d\d|\*{4}")


def mask_name(name: str) -> str:
    """张三 → 张*, 张小明 → 张*明, 欧阳小明 → 欧阳*明, Ann Lee → A** L**."""
    words = name.split()
    if not words or words[0][0].isascii():
        return " ".join(word[0] + "*" * (len(word) - 1) if word[1:] else "*" for word in words)
    whole = "".join(words)
    family = surname(whole)
    given = whole[len(family) :]
    if not given:
        return "*"
    return family + ("*" if len(given) == 1 else "*" * (len(given) - 1) + given[-1])


def mask_giver(name: str) -> str:
    """张小明 → 张*明, but 甬江海澜纺织有限公司 and Hailan Co., Ltd. as they are: how an office is
    called is nobody's secret."""
    plain = name.strip()
    long = len(plain) >= SHORTEST_OFFICE + len(surname(plain)) - 1
    is_office = ENGLISH_OFFICE.fullmatch(plain) or (long and OFFICE.fullmatch(plain))
    return plain if is_office else mask_name(name)


def mask_phone(phone: str) -> str:
    """13800000000 → 138****0000, 0574-87654321 → 0574-****4321; anything else shows less."""
    if not phone.strip() or MASKED_PHONE.fullmatch(phone.strip()):
        return phone.strip()
    return _first(PHONES, normal_phone(phone), otherwise="****")


def _first(masks: list[tuple[re.Pattern[str], str]], plain: str, *, otherwise: str) -> str:
    for pattern, form in masks:
        if found := pattern.fullmatch(plain):
            return found.expand(form)
    return otherwise


class Masked(NamedTuple):
    """A text without the clues, and how many of which kind were hidden."""

    text: str
    found: tuple[tuple[str, int], ...]


def mask_text(text: str, names: Iterable[str] = (), phones: Iterable[str] = ()) -> Masked:
    """Hide in a free text what tells who wrote it: 请打〔电话〕找〔姓名〕.

    Finds e-mail addresses, identity and card numbers, phones, WeChat and QQ accounts, car
    plates, long numbers of any kind, and the names and phones given beside the text. It is a
    help for the person who redacts, not a replacement: "the only tailor in our street" stays.
    """
    found: Counter[str] = Counter()
    looked_for, before = list(clues(*near(text, names, phones))), None
    while text != before:
        before = text
        for clue in looked_for:
            text, hidden = _hide(text, clue)
            found[clue.kind] += hidden
    return Masked(text, tuple((kind, count) for kind, count in found.items() if count))


def mask_numbers(text: str) -> str:
    """Hide the telephone and identity numbers in a text, and nothing else: a plate or the number
    of an order is what the matter is about."""
    for clue in OF_PEOPLE:
        text, _hidden = _hide(text, clue)
    return text


def _hide(text: str, clue: Clue) -> tuple[str, int]:
    spans = [match.span(1) for match in clue.pattern.finditer(text.translate(clue.copy))]
    hidden = [span for span in spans if span != (-1, -1)]
    for start, end in reversed(hidden):
        text = text[:start] + LABELS[clue.kind] + text[end:]
    return text, len(hidden)
