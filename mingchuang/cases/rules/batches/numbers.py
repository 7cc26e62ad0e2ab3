"""Numbers that check themselves: of persons, of organisations, of mobile phones. Pure."""

import re
import unicodedata
from datetime import date

from mingchuang.people.rules.encryption import MOBILE, normal_phone

# GB 11643-1999: the weights of the first 17 digits, and the last one by the rest of the sum.
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
LAST = "10X98765432"
# Provinces by GB/T 2260; 81 to 83 of residents from Hong Kong, Macao and Taiwan; 9 of foreigners
# with a permit of permanent residence.
PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\d")
IDENTITY = re.compile(r"\d{17}[\dX]", re.ASCII)
OLD_IDENTITY = re.compile(r"\d{15}", re.ASCII)
OLDEST = 130  # years nobody alive has behind them

# GB 32100-2015: letters that are taken for digits are left out.
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT = re.compile(f"[{SIGNS}]{{2}}\\d{{6}}[{SIGNS}]{{10}}", re.ASCII)


def plain(text: str) -> str:
    """Return a number as it is kept: one width, capitals, without blanks and dashes."""
    return re.sub(r"[\s\-–—·]", "", unicodedata.normalize("NFKC", text)).upper()


def identity_fault(number: str, *, on: date) -> str:
    """Return what is wrong with the number of a person, or nothing; given as `plain` has it."""
    if OLD_IDENTITY.fullmatch(number):
        return "old_identity"
    if not IDENTITY.fullmatch(number) or not PROVINCES.match(number):
        return "no_identity"
    born = _day(number[6:14])
    if born is None or not 0 <= on.year - born.year <= OLDEST or born > on:
        return "no_birthday"
    return "" if check_of(number) == number[-1] else "wrong_check"


def check_of(number: str) -> str:
    """Return the last letter that belongs to the first 17 digits (GB 11643-1999, ISO 7064)."""
    whole = sum(
        weight * int(digit) for weight, digit in zip(WEIGHTS, number[: len(WEIGHTS)], strict=True)
    )
    return LAST[whole % 11]


def is_mobile(text: str) -> bool:
    """Whether this is a mobile number of the country, however it was typed."""
    return MOBILE.fullmatch(normal_phone(text)) is not None


def is_credit_code(code: str) -> bool:
    """Whether this is the unified social credit code of an organisation (GB 32100-2015)."""
    return CREDIT.fullmatch(code) is not None and credit_check_of(code) == code[-1]


def credit_check_of(code: str) -> str:
    """Return the last sign that belongs to the first 17 of a credit code."""
    whole = sum(SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return SIGNS[-whole % 31]


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def mask_identity(number: str) -> str:
    """330211199001010012 → 3302**********0012: the birthday is never shown."""
    return number if len(number) < 12 else f"{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}"
