"""Hot topics of a pile of letters, gathered one letter at a time, without a database."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mingchuang.cases.rules.comparing import Sought, most_alike
from mingchuang.cases.rules.groups import HOT, MOST_LIKE, groups
from mingchuang.cases.rules.likeness import (
    Commonness,
    Matter,
)
from mingchuang.cases.rules.shared import shared

# As many are looked through as where cases are kept (`queries/alike.py`).
LOOKED_THROUGH, WORDS = 300, 4


@dataclass(frozen=True)
class Voice:
    """One letter: who wrote (any name that is theirs alone), when, and what."""

    who: str
    at: datetime
    matter: Matter


@dataclass(frozen=True)
class Gathered:
    """One topic, oldest letter first."""

    voices: Sequence[Voice]
    people: int
    shared: Sequence[str]


class Gathering:
    """Letters as they come in, oldest first; each is tied to the earlier ones it is most like."""

    def __init__(self, common: Commonness, *, days: int) -> None:
        self.common, self.window = common, timedelta(days=days)
        self.voices: list[Voice] = []
        self.ties: list[tuple[int, int]] = []
        self.words: dict[int, list[str]] = defaultdict(list)
        self._holding: dict[str, list[int]] = defaultdict(list)

    def add(self, voice: Voice) -> None:
        """Take in one more letter."""
        mine, matter = len(self.voices), voice.matter
        sought = Sought(matter, self.common)
        runs = sought.telling
        earlier = {
            n: self.voices[n].matter
            for n in sorted({n for run in runs for n in self._holding[run]})[-LOOKED_THROUGH:]
            if voice.at - self.voices[n].at <= self.window
        }
        found = most_alike(sought, earlier, least=HOT)
        for _score, n in found[:MOST_LIKE]:
            self.ties.append((mine, n))
            self.words[mine] += shared(matter.whole, earlier[n].whole, self.common)
        self.voices.append(voice)
        for run in runs:
            self._holding[run].append(mine)

    def topics(self) -> list[Gathered]:
        """Return the topics, most people first."""
        found = [self._gathered(sorted(group)) for group in groups(self.ties)]
        return sorted(found, key=lambda topic: (-topic.people, -len(topic.voices)))

    def _gathered(self, group: Iterable[int]) -> Gathered:
        members = list(group)
        voices = [self.voices[n] for n in members]
        words = Counter(word for n in members for word in self.words[n])
        common = [word for word, _n in words.most_common(WORDS)]
        return Gathered(voices, len({voice.who for voice in voices}), common)
