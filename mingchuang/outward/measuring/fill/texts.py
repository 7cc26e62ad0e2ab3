"""Invented words put together anew: what nobody ever said, with words as frequent as in life."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

WORDS: dict[str, Any] = json.loads((Path(__file__).parent / "words.json").read_text("utf-8"))
# Some are named often, most hardly ever: the weight of the n-th is 1 / (n + 3).
LEVELLING = 3


@dataclass(frozen=True)
class Wish:
    """What somebody says, where, and in which words; `bureau` is whose matter it is."""

    title: str
    place: str
    text: str
    what: str
    bureau: int


class Teller:
    """Tells one wish after the other; the same dice tell the same."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._matters = _Zipf(WORDS["matters"])
        self._roads = _Zipf([a + b for b in WORDS["road_ends"] for a in WORDS["roads"]])
        self._homes = _Zipf([a + b for b in WORDS["home_ends"] for a in WORDS["homes"]])
        letters = WORDS["shop_chars"]
        self._names = _Zipf([a + b for a in letters for b in letters if a != b])

    def wish(self) -> Wish:
        pick, dice = self._dice.choice, self._dice
        matter = self._matters.one(dice)
        home, road = self._homes.one(dice), self._roads.one(dice)
        fault = pick(matter["faults"])
        place = f"{road}{dice.randrange(1, 400)}号{home}"
        what = f"{home}{matter['subject']}{fault}"
        near = (
            f"就在{self._names.one(dice)}{pick(WORDS['shops'])}旁边，"
            if dice.random() < 0.3
            else ""
        )
        text = (
            f"{home}{dice.randrange(1, 60)}幢{pick(WORDS['when'])}{matter['subject']}{fault}，"
            f"{near}{pick(WORDS['who'])}{pick(matter['effects'])}。"
            f"{self._more(matter)}{pick(WORDS['wishes'])}"
        )
        return Wish(what, place, text, matter["subject"] + fault, matter["bureau"])

    def _more(self, matter: dict[str, Any]) -> str:
        """Sometimes people say more, up to 200 characters."""
        dice, pick = self._dice, self._dice.choice
        parts = []
        for _ in range(dice.choice((1, 1, 1, 2, 2, 3, 4))):
            one = self._matters.one(dice) if dice.random() < 0.2 else matter
            parts.append(
                f"{pick(WORDS['when'])}{one['subject']}{pick(one['faults'])}，"
                f"{pick(WORDS['who'])}{pick(one['effects'])}。"
            )
        return "".join(parts)

    def reply(self, wish: Wish) -> str:
        text: str = self._dice.choice(WORDS["replies"])
        return text.format(what=wish.what)


class _Zipf:
    """A choice in which the first is taken most often."""

    def __init__(self, items: Sequence[Any]) -> None:
        self._items = items
        self._bounds = list(accumulate(1 / (n + LEVELLING) for n in range(len(items))))

    def one(self, dice: Random) -> Any:
        return dice.choices(self._items, cum_weights=self._bounds)[0]
