"""What a text is found by: pairs of characters where no blanks stand between words, else words.

No dictionary: whatever stands next to each other is found, also names no dictionary knows. Pure.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

# A mark is cut here, a text has no more than so many: what a database can hold in one row.
LONGEST, MOST, LARGEST = 64, 60_000, 900_000
# Parts of a telephone number, as people type them apart.
PHONE = re.compile(r"(?<!\d)(?:1\d{2}[- ]\d{4}[- ]\d{4}|0\d{2,3}[- ]\d{7,8})(?!\d)", re.ASCII)
APART = re.compile(r"[\W_]+")
WIDE = [(mark, unicodedata.normalize("NFKC", mark)) for mark in "，！？：；（）…　"]


class Asked(NamedTuple):
    """One mark to look for; `begins` means that what stands in the text may go on."""

    mark: str
    begins: bool


def marks_of(*texts: str) -> list[str]:
    """Return every mark of these texts, each once, sorted.

    楼道灯坏了，3号楼 → 3 坏了 号楼 楼 楼道 灯坏 道灯 了. Punctuation and blanks within a
    sentence part nothing, so that “路 灯” and “路灯” are the same words.
    """
    found: set[str] = set()
    for text in texts:
        plain = plainly(text)
        found.update(joined for joined in map(_digits, PHONE.findall(plain)))
        for run, is_dense in _runs(plain):
            found.update(_pairs(run) if is_dense else [run[:LONGEST]])
            if is_dense:
                found.add(run[-1])
    marks = sorted(found)[:MOST]
    sizes = accumulate(len(mark.encode()) for mark in marks)
    return [mark for mark, size in zip(marks, sizes, strict=True) if size <= LARGEST]


def asked_for(words: str) -> list[Asked]:
    """Return the marks a text must hold to be found by these words: all of them.

    Blanks and punctuation part words, which may then stand anywhere. A word in letters or digits,
    and a single character, may be the beginning of what stands in the text.
    """
    plain = PHONE.sub(lambda found: _digits(found[0]), plainly(words))
    found: dict[Asked, None] = {}
    for word in APART.split(plain):
        for run, is_dense in _runs(word):
            if is_dense and len(run) > 1:
                found |= dict.fromkeys(Asked(pair, begins=False) for pair in _pairs(run))
            else:
                found[Asked(run[:LONGEST], begins=True)] = None
    return list(found)


def is_found_by(words: str, *texts: str) -> bool:
    """Say whether these words find a text that holds these texts: what any index must answer."""
    asked, marks = asked_for(words), set(marks_of(*texts))
    return bool(asked) and all(_is_held(one, marks) for one in asked)


def plainly(text: str) -> str:
    """Return the text without differences nobody means: width, capitals."""
    return _composed(_composed(text).casefold())


def _composed(text: str) -> str:
    """Return the NFKC of a text. To see that a text is composed costs next to nothing, to compose
    one a lot; and mostly it is only for the wide punctuation."""
    for wide, plain in WIDE:
        text = text.replace(wide, plain)
    return text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)


def _is_held(asked: Asked, marks: Iterable[str]) -> bool:
    if asked.begins:
        return any(mark.startswith(asked.mark) for mark in marks)
    return asked.mark in marks


def _runs(plain: str) -> Iterator[tuple[str, bool]]:
    """Yield the stretches of one script: dense ones (Chinese, kana …) and words of letters and
    digits. Between dense characters everything else is passed over; words are parted by it."""
    dense, word = "", ""
    for char in plain:
        kind = unicodedata.category(char)
        if kind == "Lo":
            if word:
                yield word, False
            dense, word = dense + char, ""
        elif kind[0] in "LN":
            if dense:
                yield dense, True
            dense, word = "", word + char
        elif word:
            yield word, False
            word = ""
    if dense or word:
        yield (dense, True) if dense else (word, False)


def _pairs(run: str) -> Iterator[str]:
    return (run[n : n + 2] for n in range(len(run) - 1))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
