"""How long what is kept: the categories, the file that suggests days, and what of it is wrong."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

CONTACT, PHOTOS, WORDS = "contact", "photos", "words"
KINDS = (
    *("inquiry", "assistance", "complaint", "report"),
    *("suggestion", "praise", "other", "rectify"),
)
WHO, SECRET = "who_", "_secret"
# Who asked, by the kind of the case and whether it was said in confidence.
IDENTITIES = tuple(f"{WHO}{kind}{end}" for kind in KINDS for end in ("", SECRET))
# Who booked or took a number: their visits are told of in the room that has them, and not here.
VISITORS = "visitors"
# Who stands on the list of a batch, and what was handed in for them.
BATCHES = "batches"
# Who stood on a register of the council, who objected, and who voted and paid as an owner.
COUNCIL, OBJECTORS, OWNERS = "council", "objectors", "owners"
# Who thanked, and who offered a gift.
THANKS = "thanks"
# What was lost, and what was found: things and no cases.
LOST, FOUND = "lost", "found"
# Who rated: what they wrote, and the phone they left to be called about it.
RATERS = "raters"
# Who may be read of, or seen on a photo, in what an inspection noted.
INSPECTIONS = "inspections"
# What no case is has keepers of its own.
ELSEWHERE = (VISITORS, COUNCIL, OBJECTORS, OWNERS, LOST, FOUND, RATERS, INSPECTIONS, THANKS)
CATEGORIES = (CONTACT, PHOTOS, *IDENTITIES, WORDS, BATCHES, *ELSEWHERE)
# The entry that tells, once for each thing, that something of a category was erased.
WITNESS = {
    **dict.fromkeys(IDENTITIES, "requester.erased"),
    CONTACT: "requester.reduced",
    PHOTOS: "photo.erased",
    WORDS: "case.erased",
    VISITORS: "requester.erased",
    BATCHES: "batch.erased",
    COUNCIL: "stakeholder.erased",
    OBJECTORS: "objection.erased",
    OWNERS: "owner.erased",
    THANKS: "thanks.erased",
    LOST: "lost.erased",
    FOUND: "found.erased",
    RATERS: "rating.reduced",
    INSPECTIONS: "inspection.erased",
}
# Our own guess: nobody means a longer time than a hundred years, or erases on the day it ends.
FEWEST, MOST = 30, 36_500
# What a case is called whose words were erased; like every title it stands in the database.
ERASED_TITLE = "内容已按规定删除"
# What may stand between the letters of a name and the digits of a number, besides blanks.
PARTS_A_NAME, PARTS_A_NUMBER = "\t·•・", "\t\r\n-‐‑–—−·.()"
LATIN = re.compile("[A-Za-z]{2}")


def is_same_person(name: str, other: str, *, confidential: bool) -> bool:
    """Say whether words left under the same phone are this person's, by the names they left.

    A phone may be a family's. Who left no name passes for the same, unless in confidence.
    """
    return left_one_name(name, other) or (not _plain(other) and not confidential)


def left_one_name(name: str, other: str) -> bool:
    """Say whether both left a name, and the same one."""
    return _plain(name) == _plain(other) != ""


def cover(text: str, *, name: str, phone: str) -> str:
    """Return the text without this name and this number, in whatever width and however parted."""
    if any(letter.isalnum() for letter in phone):
        text = _covered(text, phone, "〔电话〕", PARTS_A_NUMBER)
    if sum(letter.isalnum() for letter in name) > 1:
        text = _covered(text, name, "〔姓名〕", PARTS_A_NAME)
    return text


def naming(texts: Iterable[str], people: Collection[tuple[str, str]]) -> list[str]:
    """Return those of the texts in which any of these names and numbers would be covered."""
    clues = [(who, [_plain(clue) for clue in who if len(_plain(clue)) > 1]) for who in people]
    return [text for text in texts if _names_any(text, clues)]


def _names_any(text: str, clues: Iterable[tuple[tuple[str, str], list[str]]]) -> bool:
    """Look by the letters alone first: of many texts and people nearly all are told so at once."""
    plain = _plain(text)
    near = [who for who, wanted in clues if any(clue in plain for clue in wanted)]
    return any(cover(text, name=name, phone=phone) != text for name, phone in near)


def _plain(text: str) -> str:
    return "".join(letter for letter, _at in _letters(text, "") if letter.isalnum())


def _covered(text: str, clue: str, label: str, parting: str) -> str:
    wanted = "".join(plain for plain, _at in _letters(clue, parting) if plain.isalnum())
    letters = list(_letters(text, parting))
    kept, done = "", 0
    for found in re.finditer(re.escape(wanted), "".join(plain for plain, _at in letters)):
        start, end = letters[found.start()][1], letters[found.end() - 1][1] + 1
        if start >= done and _stands_alone(text, start, end):
            kept, done = kept + text[done:start] + label, end
    return kept + text[done:]


def _letters(text: str, parting: str) -> Iterator[tuple[str, int]]:
    """Yield each letter as it is compared, and at which place of the text it stands: in one width
    and case, without blanks, accents and what nobody sees."""
    for place, letter in enumerate(text):
        for plain in unicodedata.normalize("NFKD", letter).casefold():
            if plain not in parting and unicodedata.category(plain) not in ("Zs", "Cf", "Mn"):
                yield plain, place


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Say whether no Latin word is cut here: Ann is no part of Joann."""
    return not any(LATIN.fullmatch(text[max(at - 1, 0) : at + 1]) for at in (start, end))


class Identity(NamedTuple):
    """Which submissions an identity category is about."""

    kind: str
    confidential: bool


@dataclass(frozen=True)
class Term:
    """One line of the table: so many days after the end of the case, and why."""

    category: str
    days: int | None
    source: str


@dataclass(frozen=True)
class BadLine:
    """A line of a retention file that says nothing we understand."""

    line: int
    text: str


def identity_in(category: str) -> Identity | None:
    """Return what an identity category is about; nothing for the others."""
    if category not in IDENTITIES:
        return None
    plain = category.removesuffix(SECRET)
    return Identity(plain.removeprefix(WHO), plain != category)


def identity_of(kind: str, *, confidential: bool) -> str:
    """Return the category of who asked in a case of this kind."""
    return f"{WHO}{kind}{SECRET if confidential else ''}"


def ended_by(now: datetime, days: int) -> datetime:
    """Return the moment by which a case must have ended for its time to be over now."""
    return now - timedelta(days=days)


def read_terms(text: str) -> list[Term] | list[BadLine]:
    """Read lines `category days source`; `-` for days keeps for good, `#` begins a remark.

    All of it, or the lines that are wrong.
    """
    found = list(_read(text))
    bad = [one for one in found if isinstance(one, BadLine)]
    return bad or [one for one in found if isinstance(one, Term)]


def _read(text: str) -> Iterator[Term | BadLine]:
    for number, line in enumerate(text.splitlines(), 1):
        parts = line.strip().split(maxsplit=2)
        if parts and not parts[0].startswith("#"):
            yield _term(parts) or BadLine(number, line.strip())


def _term(parts: list[str]) -> Term | None:
    if len(parts) < 3 or parts[0] not in CATEGORIES:
        return None
    category, days, source = parts
    if days == "-":
        return Term(category, None, source)
    if days.isascii() and days.isdigit() and FEWEST <= int(days) <= MOST:
        return Term(category, int(days), source)
    return None


def next_month(now: datetime) -> datetime:
    """Return the first moment of the next month, in the clock that `now` is in."""
    later = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0) + timedelta(days=32)
    return later.replace(day=1)
