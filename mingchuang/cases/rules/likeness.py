"""How alike two matters are, and by which words: pure, and no dictionary needed.

A text is cut into runs of two letters. A run that few texts hold says much (inverse document
frequency, Spärck Jones 1972); two texts are as alike as the weighted runs they share (cosine,
Salton & Buckley 1988). Punctuation, spaces and the width of letters say nothing. On real messages
runs of two found more of what belongs together than runs of three, or both.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

# What a matter is called and where it is says more than a word of its body.
TITLE, PLACE, BODY = 2.0, 2.0, 1.0
# The same words about another place are half as alike.
ELSEWHERE = 0.5
# Runs that fewer texts of a sample hold are not kept: they are as telling as one never seen.
LEAST = 3
# What more than this share of the texts hold, and more than so many of them, is the stock of
# every letter: 尊敬的领导您好.
STOCK, FEW, HARDLY = 0.2, 10, 0.01
SHORTEST, LONGEST = 2, 40
# At the end of a shared piece these say nothing: 的搅拌站在 → 搅拌站.
FILLERS = "的了是在有和与及就也都很还又被把给对从到这那我你您他她们请吗呢啊吧过让为以不能会要"
SILENT = re.compile(r"[\W_]+")

Sketch: TypeAlias = Mapping[str, float]


@dataclass(frozen=True)
class Matter:
    """What is compared of a submission; the body alone will do."""

    text: str
    title: str = ""
    place: str = ""

    @property
    def whole(self) -> str:
        """All of it as one text."""
        return f"{self.title} {self.place} {self.text}"


@dataclass(frozen=True)
class Commonness:
    """In how many of `texts` texts each run stands; what was never seen is rare."""

    texts: int = 0
    seen: Mapping[str, int] = field(default_factory=dict)

    def weight(self, run: str) -> float:
        """Return how telling a run is: the fewer texts hold it, the more; never quite nothing."""
        if self.is_stock(run):
            return HARDLY
        return math.log1p((self.texts + 1) / (self.seen.get(run, 0) + 1))

    def is_stock(self, run: str) -> bool:
        """Say whether so many texts hold the run that sharing it tells nothing."""
        return self.seen.get(run, 0) > max(FEW, self.texts * STOCK)


def counted(texts: Iterable[str], *, least: int = LEAST) -> Commonness:
    """Count over a sample in how many texts each run stands."""
    seen: Counter[str] = Counter()
    n = 0
    for n, text in enumerate(texts, 1):  # noqa: B007
        seen.update(set(runs(text)))
    return Commonness(n, {run: held for run, held in seen.items() if held >= least})


def pieces(text: str) -> list[str]:
    """Return the text without what says nothing, cut where it stood: “A区，3号” → a区 3号."""
    return SILENT.sub(" ", unicodedata.normalize("NFKC", text).casefold()).split()


def letters(text: str) -> str:
    """Return the letters and digits of a text alone: “A区，3号” → a区3号."""
    return "".join(pieces(text))


def runs(text: str) -> Iterator[str]:
    """Yield the runs of two letters, punctuation passed over, repeats and all."""
    said = letters(text)
    yield from _pairs(said)
    if len(said) == 1:
        yield said


def sketch(matter: Matter, common: Commonness) -> Sketch:
    """Return the runs of a matter with their weights, laid to the length 1; of nothing, nothing.

    A run said again counts more, but less each time (logarithm of the count).
    """
    counts: dict[str, float] = {}
    parts = ((matter.title, TITLE), (matter.place, PLACE), (matter.text, BODY))
    for words, factor in parts:
        for run in runs(words):
            counts[run] = counts.get(run, 0.0) + factor
    weighed = {run: math.log1p(n) * common.weight(run) for run, n in counts.items()}
    length = math.sqrt(sum(weight * weight for weight in weighed.values()))
    return {run: weight / length for run, weight in weighed.items()}


def likeness(one: Sketch, other: Sketch) -> float:
    """Return how alike two matters are: 0 nothing shared, 1 the same words; the cosine."""
    small, large = sorted((one, other), key=len)
    return min(1.0, math.fsum(w * large[run] for run, w in small.items() if run in large))


def are_apart(one: Matter, other: Matter) -> bool:
    """Say whether both name a place, and neither speaks of the other's: 江滨路 and 天一路."""
    if not (one.place and other.place):
        return False
    return _is_silent(one, other.place) and _is_silent(other, one.place)


def _is_silent(matter: Matter, place: str) -> bool:
    return set(runs(matter.whole)).isdisjoint(runs(place))


def telling(text: str, common: Commonness, *, most: int = 16) -> list[str]:
    """Return the runs of two letters that fewest texts hold, to look for like texts by."""
    return sorted(dict.fromkeys(runs(text)), key=lambda run: common.seen.get(run, 0))[:most]


def shared(one: str, other: str, common: Commonness, *, most: int = 5) -> list[str]:
    """Return the words two texts share, the most telling first: ["丽发新城", "搅拌站"].

    The longest pieces both hold, without fillers at their ends; stock phrases, and pieces that
    lie in one already told, are passed over.
    """
    told: list[str] = []
    held = {piece for piece in _common(one, other) if not _is_stock(piece, common)}
    for piece in sorted(held, key=lambda piece: (-_says(piece, common), piece)):
        if not any(piece in known or known in piece for known in told):
            told.append(piece)
    return told[:most]


def _common(one: str, other: str) -> Iterator[str]:
    """Yield the longest pieces of `one` that stand in `other`, each trimmed of its fillers."""
    there = " ".join(pieces(other))
    for piece in pieces(one):
        end = 0
        for start in range(len(piece)):
            longer = max(end, start)
            while longer < len(piece) and piece[start : longer + 1] in there:
                longer += 1
            if longer > end:
                end = longer
                word = piece[start:end].strip(FILLERS)
                if len(word) >= SHORTEST:
                    yield word[:LONGEST]


def _is_stock(piece: str, common: Commonness) -> bool:
    return all(common.is_stock(pair) for pair in _pairs(piece))


def _says(piece: str, common: Commonness) -> float:
    return sum(common.weight(pair) for pair in _pairs(piece))


def _pairs(said: str) -> Iterator[str]:
    return (said[i : i + 2] for i in range(len(said) - 1))
