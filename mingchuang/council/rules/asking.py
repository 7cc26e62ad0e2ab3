"""What a convenor asks of a lottery, and the pool that follows from it. Pure.

Everybody stands in the pool under a name made of a secret only they and the house hold, so that a
published plan tells each where they are, and nobody where somebody else is.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from mingchuang.council.rules.lottery.pool import Person, Pool, Quota
from mingchuang.council.rules.lottery.refill import ACCEPTED
from mingchuang.council.rules.lottery.terms import faults_of_terms, opponents_quota, rotation_weight
from mingchuang.council.rules.register import BUILDING, FEATURES, Camp

CAMP = "camp"
# Who has not said where they stand, or what a feature of theirs is.
SILENT, UNSAID = "silent", "unsaid"
CAMPS = (*map(str, Camp), SILENT)
CATEGORIES = (CAMP, *FEATURES, BUILDING)
LETTERS = 12
SPREAD = 1


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
    # Whether one of them was so lately that it is somebody else's turn.
    rests: bool = False

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
    # What gave way in a refill after all, by name.
    relaxed: Sequence[Quota] = ()

    @property
    def categories(self) -> tuple[str, ...]:
        """What is balanced: opponents always, whatever else is asked for."""
        asked = {quota.category for quota in self.quotas}
        return tuple(one for one in CATEGORIES if one == CAMP or one in asked)


def name_in_plan(lottery: str, code: str) -> str:
    """Return who somebody is in the plan of this lottery: who holds their code can find it."""
    return hashlib.sha256(f"{lottery}:{code}".encode()).hexdigest()[:LETTERS]


def at_home_in(plan: Mapping[str, Any], people: Iterable[Registered]) -> list[Registered]:
    """Return people in the homes they have in a plan, whatever is known since of who lives or is
    reached together."""
    homes = {name: str(one["home"]) for name, one in plan["people"].items()}
    return [replace(one, household=homes.get(one.id, one.household)) for one in people]


def counted(people: Sequence[Registered]) -> dict[str, dict[str, int]]:
    """Count the features people have, category by category, in the order they are asked for; of a
    category nobody has said anything about nothing can be asked."""
    counts = _counted(people)
    return {category: told for category, told in counts.items() if told.keys() - {UNSAID}}


def _counted(people: Sequence[Registered]) -> dict[str, dict[str, int]]:
    known = {CAMP: CAMPS, **FEATURES}
    told = {}
    for category in CATEGORIES:
        found = Counter(one.of(category) for one in people)
        order = [*known.get(category, sorted(found)), UNSAID]
        told[category] = {name: found[name] for name in dict.fromkeys(order) if found[name]}
    return told


def suggested(counts: Mapping[str, int], size: int) -> dict[str, tuple[int, int]]:
    """Return for each feature a seat less and a seat more than its share of the people."""
    total = sum(counts.values())
    near = {name: round(Fraction(size * many, total)) for name, many in counts.items()}
    return {
        name: (max(0, seats - SPREAD), min(size, counts[name], max(1, seats + SPREAD)))
        for name, seats in near.items()
    }


def pools_of(people: Sequence[Registered], terms: Terms) -> Iterator[Pool]:
    """Yield the pool in which who sat lately sits out, if that leaves anybody to draw; then the one
    in which nobody does, for where no panel keeps the quotas without them.

    Who must be there or is against never sits out: they are needed in the room.
    """
    pool = pool_of(people, terms)
    homes = {one.household for one in people if one.id in pool.musts}
    lately = (one for one in people if one.rests and one.household not in homes)
    resting = {one.id: Fraction() for one in lately if one.of(CAMP) != Camp.OPPOSE}
    left = [replace(one, weight=resting.get(one.id, one.weight)) for one in pool.people]
    if resting and not faults_of_terms(left, pool.size, pool.musts):
        yield replace(pool, people=left)
    yield replace(pool, rest_waived=list(resting))


def pool_of(
    people: Sequence[Registered],
    terms: Terms,
    *,
    accepted: Collection[str] = (),
    gone: Collection[str] = (),
    weights: Mapping[str, Fraction] | None = None,
) -> Pool:
    """Return the pool of a lottery: quotas of everything that occurs, opponents never too few.

    In a refill those who accepted keep their seats, whose seats came free are no longer in it, and
    everybody has the weight they had in the plan; who has none sits out.
    """
    turns = weights or {one.id: rotation_weight(one.sittings) for one in people}
    there = [one for one in people if one.id not in gone]
    categories, counts, musts = terms.categories, _counted(there), musts_among(there, accepted)
    asked = {quota.key: quota for quota in (*terms.quotas, *terms.relaxed)}
    keys = [(category, name) for category in categories for name in counts[category]]
    free = [one for one in there if turns[one.id]]
    can = {key: _seatable(free, musts, key, terms.size) for key in keys}
    quotas = [asked.get(key) or Quota(*key, 0, terms.size) for key in keys]
    if gone:
        quotas = [replace(one, least=min(one.least, can[one.key])) for one in quotas]
    return Pool(
        people=[
            Person(one.id, tuple(map(one.of, categories)), one.household, turns[one.id])
            for one in there
        ],
        categories=categories,
        quotas=[_guarded(one, can[one.key], terms) for one in quotas],
        size=terms.size,
        musts=musts,
    )


def opponents_asked(terms: Terms) -> int:
    """Return how many opponents must be in the room if there are enough who can be seated."""
    share = Fraction(terms.share, 100)
    return opponents_quota("", "", of_pool=terms.size, size=terms.size, share=share).least


def opponents_short(people: Sequence[Registered], terms: Terms) -> int | None:
    """Return how many opponents can have a seat where that is fewer than are asked for: of one
    home one comes, and nobody beside somebody who must be there."""
    if not any(one.of(CAMP) == Camp.OPPOSE for one in people):
        return None
    can = _seatable(people, musts_among(people, ()), (CAMP, str(Camp.OPPOSE)), terms.size)
    return can if can < opponents_asked(terms) else None


def _seatable(
    people: Iterable[Registered], musts: Mapping[str, str], key: tuple[str, str], size: int
) -> int:
    """Return how many with this feature can have a seat: must-ins, and one of each other home."""
    seated = {one.household for one in people if one.id in musts}
    alike = [one for one in people if one.of(key[0]) == key[1]]
    homes = {one.household or one.id for one in alike} - seated
    fixed = sum(one.id in musts for one in alike)
    return fixed + min(len(homes - musts.keys()), size - len(musts))


def _guarded(quota: Quota, can: int, terms: Terms) -> Quota:
    """Let no quota seat fewer opponents than must be in the room, or than can be if they are
    fewer: whatever gives way, by name or not."""
    if quota.key != (CAMP, str(Camp.OPPOSE)):
        return quota
    guarded = min(opponents_asked(terms), can)
    least = max(quota.least, guarded)
    return replace(quota, least=least, most=max(quota.most, least), guarded=guarded)


def musts_among(people: Sequence[Registered], accepted: Collection[str]) -> dict[str, str]:
    """Return who must be there, and why; of one household the first speaks for all."""
    musts = {one.id: one.because or ACCEPTED for one in people if one.id in accepted}
    homes = {one.household for one in people if one.id in musts}
    for one in people:
        if one.because and one.household not in homes:
            homes.add(one.household)
            musts[one.id] = one.because
    return musts
