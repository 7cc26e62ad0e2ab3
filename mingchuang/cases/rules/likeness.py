"""How alike two matters are, and by which words: pure, and no dictionary needed.

A text is cut into runs of two letters. A run that few texts hold says much (inverse document
frequency, Spärck Jones 1972); two texts are as alike as the weighted runs they share (cosine,
Salton & Buckley 1988). Punctuation, spaces and the width of letters say nothing. On real messages
runs of two found more of what belongs together than runs of three, or both.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TypeAlias

from mingchuang.base.search.marks import plainly

# What a matter is called and where it is says more than a word of its body.
NAMED = 2
# Runs that fewer texts of a sample hold are not kept: they are as telling as one never seen.
LEAST = 3
# What more than this share of the texts hold, and more than so many of them, is the stock of
# every letter: 尊敬的领导您好.
STOCK, FEW, HARDLY = 0.2, 10, 0.01
# A sample is eked out with so many texts that hold none of its runs: in a town where few have
# spoken yet, what many of them speak of is no stock phrase.
UNREAD = 500
SHORTEST, LONG, LONGEST = 2, 8, 16
SAID = re.compile(r"[^\W_]+")

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
        return math.log1p((self.texts + UNREAD) / (self.seen.get(run, 0) + 1))

    @cached_property
    def weights(self) -> "Weights":
        """The weight of each run, weighed once: it is met in many texts."""
        return Weights(self)

    def is_stock(self, run: str) -> bool:
        """Say whether so many texts hold the run that sharing it tells nothing."""
        return self.seen.get(run, 0) > max(FEW, self.texts * STOCK)


class Weights(dict[str, float]):
    """The weights of the runs met so far; any other is weighed when it is asked for."""

    def __init__(self, common: Commonness) -> None:
        super().__init__()
        self._common = common

    def __missing__(self, run: str) -> float:
        weight = self[run] = self._common.weight(run)
        return weight


def counted(texts: Iterable[str], *, least: int = LEAST) -> Commonness:
    """Count over a sample in how many texts each run stands."""
    seen: Counter[str] = Counter()
    n = 0
    for n, text in enumerate(texts, 1):  # noqa: B007
        seen.update(set(runs(text)))
    return Commonness(n, {run: held for run, held in seen.items() if held >= least})


def pieces(text: str) -> list[str]:
    """Return the text without what says nothing, cut where it stood: “A区，3号” → a区 3号."""
    return SAID.findall(plainly(text))


def letters(text: str) -> str:
    """Return the letters and digits of a text alone: “A区，3号” → a区3号."""
    return "".join(pieces(text))


def runs(text: str) -> Iterator[str]:
    """Yield the runs of two letters, punctuation passed over, repeats and all."""
    said = letters(text)
    yield from pairs(said)
    if len(said) == 1:
        yield said


def sketch(matter: Matter, common: Commonness) -> Sketch:
    """Return the runs of a matter with their weights, laid to the length 1; of nothing, nothing.

    A run said again counts more, but less each time (logarithm of the count).
    """
    counts: Counter[str] = Counter(runs(matter.text))
    for run in chain(runs(matter.title), runs(matter.place)):
        counts[run] += NAMED
    weights, log = common.weights, math.log1p
    weighed = {run: log(n) * weights[run] for run, n in counts.items()}
    length = math.sqrt(sum(weight * weight for weight in weighed.values()))
    return {run: weight / length for run, weight in weighed.items()}


def likeness(one: Sketch, other: Sketch) -> float:
    """Return how alike two matters are: 0 nothing shared, 1 the same words; the cosine."""
    small, large = sorted((one, other), key=len)
    return min(1.0, math.fsum(w * large[run] for run, w in small.items() if run in large))


def most_possible(mine: Sketch, said: str) -> float:
    """Return how alike these letters can be at most, without weighing them: of the runs they do
    not hold nothing is shared (Cauchy-Schwarz)."""
    return math.sqrt(math.fsum(w * w for run, w in mine.items() if run in said))


def are_apart(one: Matter, other: Matter) -> bool:
    """Say whether both name a place, and neither speaks of the other's: 江滨路 and 天一路."""
    if not (one.place and other.place):
        return False
    return _is_silent(one, other.place) and _is_silent(other, one.place)


def _is_silent(matter: Matter, place: str) -> bool:
    said = letters(matter.whole)
    # A single letter is met anywhere and names no place.
    return not any(run in said for run in pairs(letters(place)))


def telling(
    matter: Matter, common: Commonness, *, mine: Sketch | None = None, most: int = 24
) -> list[str]:
    """Return the runs by which like matters are looked for, the most telling first; `mine` is
    its sketch, where it is known already.

    What only this body holds once is mostly where two words happen to meet; it comes last.
    """
    counts = Counter(runs(matter.text))
    meant = {*runs(matter.title), *runs(matter.place), *(run for run in counts if counts[run] > 1)}
    weighed = mine or sketch(matter, common)

    def order(run: str) -> tuple[bool, float]:
        return run not in meant and run not in common.seen, -weighed[run]

    return sorted(weighed, key=order)[:most]


def pairs(said: str) -> Iterator[str]:
    """Yield each two letters that stand side by side."""
    return (said[i : i + 2] for i in range(len(said) - 1))
