"""The papers of a list: what makes two names one paper, and why one is turned back. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

# What people put around and between the letters of a name: it names no other paper.
AROUND = re.compile(r"""[\s\u200b-\u200f\u2060\ufeff《》〈〉<>「」『』“”‘’"'`·・]+""")


class Turned(StrEnum):
    """Why a paper that came is turned back."""

    UNREADABLE = "unreadable"
    OTHER_PAPER = "other_paper"
    OTHER_PERSON = "other_person"
    INCOMPLETE = "incomplete"
    EXPIRED = "expired"
    OTHERWISE = "otherwise"


@dataclass(frozen=True)
class ToldOnce:
    """Of how many people, of those told at all, one list said everything (一次性告知)."""

    once: int
    told: int


def folded(name: str) -> str:
    """Return what a paper is known by: 《劳动 合同》 and 劳动合同 are one."""
    return AROUND.sub("", unicodedata.normalize("NFKC", name)).casefold()


def each_once(names: list[str]) -> list[str]:
    """Return the names as they were first written, each paper once; what names none is left out."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(folded(name), name)
    found.pop("", None)
    return list(found.values())
