"""What a convenor asks of a lottery, and the pool that follows from it. Pure.

Everybody stands in the pool under a name made of a secret only they and the house hold, so that a
published plan tells each where they are, and nobody where somebody else is.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mingchuang.council.rules.lottery.pool import Person, Pool, Quota
from mingchuang.council.rules.lottery.terms import opponents_quota, rotation_weight
from mingchuang.council.rules.register import BUILDING, FEATURES, Camp

CAMP = "camp"
# Who has not said where they stand, or what a feature of theirs is.
SILENT, UNSAID = "silent", "unsaid"
CAMPS = (*map(str, Camp), SILENT)
CATEGORIES = (CAMP, *FEATURES, BUILDING)
LETTERS = 12
SPREAD = 1
Count = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Registered:
    """Somebody on the register, as a lottery looks at them."""

    id: str
    household: str
    camp: str
    features: Mapping[str, str]
    # Why they must be there; empty for who may be drawn.
    because: str = ""
    # How often they sat in the months that the rotation looks back on.
    sittings: int = 0

    def of(self, category: str) -> str:
        if category == CAMP:
            return self.camp or SILENT
        return self.features.get(category) or UNSAID


@dataclass(frozen=True)
class Terms:
    """So many seats, at least this share of them for opponents (in hundredths), these quotas."""

    size: int
    share: int
    quotas: Sequence[Quota]

    @property
    def categories(self) -> tuple[str, ...]:
        """What is balanced: opponents always, whatever else is asked for."""
        asked = {quota.category for quota in self.quotas}
        return tuple(one for one in CATEGORIES if one == CAMP or one in asked)


def name_in_plan(lottery: str, code: str) -> str:
    """Return who somebody is in the plan of this lottery: who holds their code can find it."""
    return hashlib.sha256(f"{lottery}:{code}".encode()).hexdigest()[:LETTERS]


def counted(people: Sequence[Registered]) -> dict[str, dict[str, int]]:
    """Count the features people have, category by category, in the order they are asked for."""
    known = {CAMP: CAMPS, **FEATURES}
    told = {}
    for category in CATEGORIES:
        found = Counter(one.of(category) for one in people)
        order = [*known.get(category, sorted(found)), UNSAID]
        told[category] = {name: found[name] for name in dict.fromkeys(order) if found[name]}
    return {category: counts for category, counts in told.items() if set(counts) - {UNSAID}}


def suggested(counts: Mapping[str, int], size: int) -> dict[str, tuple[int, int]]:
    """Return for each feature a seat less and a seat more than its share of the people."""
    total = sum(counts.values())
    near = {name: round(Fraction(size * many, total)) for name, many in counts.items()}
    return {
        name: (max(0, seats - SPREAD), min(size, counts[name], max(1, seats + SPREAD)))
        for name, seats in near.items()
    }


def pool_of(people: Sequence[Registered], terms: Terms) -> Pool:
    """Return the pool of a lottery: quotas of everything that occurs, opponents never too few."""
    categories, counts = terms.categories, counted(people)
    asked = {quota.key: quota for quota in terms.quotas}
    quotas = [
        asked.get((category, name)) or Quota(category, name, 0, terms.size)
        for category in categories
        for name in counts.get(category, {})
    ]
    return Pool(
        people=[
            Person(
                one.id, tuple(map(one.of, categories)), one.household, rotation_weight(one.sittings)
            )
            for one in people
        ],
        categories=categories,
        quotas=[_guarded(quota, counts, terms) for quota in quotas],
        size=terms.size,
        musts=_musts(people),
    )


def _guarded(quota: Quota, counts: Count, terms: Terms) -> Quota:
    """Let no quota seat fewer opponents than must be in the room."""
    if quota.key != (CAMP, str(Camp.OPPOSE)):
        return quota
    share = Fraction(terms.share, 100)
    many = counts[CAMP][str(Camp.OPPOSE)]
    least = opponents_quota(*quota.key, of_pool=many, size=terms.size, share=share).least
    return Quota(*quota.key, max(quota.least, least), max(quota.most, least))


def _musts(people: Iterable[Registered]) -> dict[str, str]:
    """Return who must be there, and why; of one household the first speaks for all."""
    homes: set[str] = set()
    musts = {}
    for one in people:
        if one.because and one.household not in homes:
            homes.add(one.household)
            musts[one.id] = one.because
    return musts


def alone_with_it(people: Sequence[Registered], categories: Sequence[str]) -> int:
    """Return how many could be told apart by their features: neighbours might know them."""
    alike = Counter(tuple(map(one.of, categories)) for one in people)
    return sum(many for many in alike.values() if many == 1)
