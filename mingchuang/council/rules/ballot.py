"""What the owners decide together (业主共同决定), counted exactly: by head and by area. Pure.

Civil Code, article 278. Owners of at least two thirds of the exclusive area, who are at least two
thirds of all owners, must take part; then of those who took part at least three quarters, or more
than half, must agree, again by area and by number. 以上 includes the number itself and 过半数 does
not (article 1259). Everything is a whole number: heads, and hundredths of a square metre.

Who is one head: article 9 of the Supreme People's Court's interpretation on the ownership of
buildings (法释〔2020〕17号). Each flat is one; several flats of one owner are one, and so are all
that the developer has not sold or not handed over yet. Who owns a flat together is one head and
chooses one vote (业主大会和业主委员会指导规则, 建房〔2009〕274号); whoever owns one flat alone and
another together with somebody is a head in each, as only the same buyer's flats are joined.

Who took part: whoever handed in a vote, for, against or abstaining. An abstention counts among
those who took part, and is no consent: the law asks for the consent of those who took part. A
paper that does not come back is no part taken. It is never added to the majority: the guidance
lets rules of the owners' meeting do so (article 26), the Code asks for parts taken.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from itertools import starmap
from typing import NamedTuple


class Matter(StrEnum):
    """The nine matters of article 278, in its order."""

    PROCEDURE = "procedure"
    COVENANT = "covenant"
    COMMITTEE = "committee"
    MANAGER = "manager"
    USE_FUND = "use_fund"
    RAISE_FUND = "raise_fund"
    REBUILD = "rebuild"
    COMMON_USE = "common_use"
    OTHER = "other"


class Choice(StrEnum):
    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Measure(StrEnum):
    HEADS = "heads"
    AREA = "area"


class Stage(StrEnum):
    TAKE_PART = "take_part"
    AGREE = "agree"


class Outcome(StrEnum):
    PASSED = "passed"
    TOO_FEW = "too_few"
    NOT_AGREED = "not_agreed"


# Items (6) to (8); every other one, using the fund (5) among them, needs more than half.
GRAVE = frozenset({Matter.RAISE_FUND, Matter.REBUILD, Matter.COMMON_USE})
ITEM: Mapping[Matter, int] = {matter: number for number, matter in enumerate(Matter, 1)}
TAKE_PART = Fraction(2, 3)
# Of fewer than so many, counts and areas may tell who said what.
TOGETHER = 3
GRAVE_CONSENT = Fraction(3, 4)
ORDINARY_CONSENT = Fraction(1, 2)


class Count(NamedTuple):
    """So many owners with so much area, in hundredths of a square metre."""

    heads: int = 0
    area: int = 0

    def of(self, measure: Measure) -> int:
        return self.heads if measure == Measure.HEADS else self.area


class Voter(NamedTuple):
    """One head: the area of all its flats, and its vote; None while its paper is out."""

    area: int
    choice: Choice | None = None


class Tally(NamedTuple):
    """What came in, of what there is."""

    all: Count
    for_: Count
    against: Count
    abstain: Count

    @property
    def part(self) -> Count:
        """Who took part, whatever they said."""
        voted = (self.for_, self.against, self.abstain)
        return Count(sum(one.heads for one in voted), sum(one.area for one in voted))

    @property
    def tells_apart(self) -> bool:
        """Whether so few said one thing that its area may tell who they are."""
        said = (self.for_, self.against, self.abstain)
        return any(0 < one.heads < TOGETHER for one in said)


class Threshold(NamedTuple):
    """One bar: `reached` of `of`, which must be `share` of it or, where strict, more."""

    stage: Stage
    measure: Measure
    reached: int
    of: int
    share: Fraction
    is_strict: bool = False

    @property
    def needed(self) -> int:
        """The smallest whole number that is enough; at least one: nobody decides nothing."""
        exact = self.share * self.of
        least = exact.__floor__() + 1 if self.is_strict else exact.__ceil__()
        return max(1, least)

    @property
    def missing(self) -> int:
        """How much is missing as things stand: of these, so many more would have had to."""
        return max(0, self.needed - self.reached)

    @property
    def is_met(self) -> bool:
        return self.reached >= self.needed

    @property
    def still(self) -> int:
        """How many more are needed of those whose paper is out.

        Who agrees late also takes part, so that the bar rises with them: of a hundred who took
        part and seventy who agree, three quarters are met by twenty more, not by five.
        """
        if self.stage == Stage.TAKE_PART or not self.of:
            return self.missing
        top, bottom = self.share.as_integer_ratio()
        short = top * self.of - bottom * self.reached + self.is_strict
        return max(0, -(-short // (bottom - top)))


def papers_may_be_read(by_link: int) -> bool:
    """Say whether single papers of a counted ballot may be read: where anybody voted by their own
    link, whoever takes the papers from the counts finds what those said."""
    return not by_link


def count(voters: Iterable[Voter]) -> Tally:
    """Count every head and all its area, once."""
    sums: dict[Choice | None, Count] = {}
    for area, choice in voters:
        heads, so_far = sums.get(choice, Count())
        sums[choice] = Count(heads + 1, so_far + area)
    everybody = Count(sum(c.heads for c in sums.values()), sum(c.area for c in sums.values()))
    return Tally(everybody, *(sums.get(choice, Count()) for choice in Choice))


def thresholds(tally: Tally, matter: Matter) -> tuple[Threshold, ...]:
    """Return the four bars of the law, those of taking part first."""
    grave = matter in GRAVE
    consent = GRAVE_CONSENT if grave else ORDINARY_CONSENT
    bars = [
        (Stage.TAKE_PART, m, tally.part.of(m), tally.all.of(m), TAKE_PART, False) for m in Measure
    ] + [(Stage.AGREE, m, tally.for_.of(m), tally.part.of(m), consent, not grave) for m in Measure]
    return tuple(starmap(Threshold, bars))


def outcome(tally: Tally, matter: Matter) -> Outcome:
    """Say what was decided if nothing more comes in."""
    failed = [bar.stage for bar in thresholds(tally, matter) if not bar.is_met]
    if not failed:
        return Outcome.PASSED
    return Outcome.TOO_FEW if Stage.TAKE_PART in failed else Outcome.NOT_AGREED
