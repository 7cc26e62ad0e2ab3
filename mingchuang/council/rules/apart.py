"""What a published plan tells neighbours of somebody, though it names nobody. Pure."""

from collections import Counter
from collections.abc import Sequence

from mingchuang.council.rules.asking import Registered, musts_among


def alone_with_it(people: Sequence[Registered], categories: Sequence[str]) -> int:
    """Return how many of whom features are told could be told apart: neighbours might know them."""
    seated = {one.household for one in people if one.because}
    drawn = (one for one in people if not one.because and one.household not in seated)
    alike = Counter(tuple(map(one.of, categories)) for one in drawn)
    return sum(many for many in alike.values() if many == 1)


def told_by_the_sum(people: Sequence[Registered], categories: Sequence[str]) -> list[str]:
    """Return in what all who must be there are alike: told together, it is told of each."""
    musts = musts_among(people, ())
    fixed = [one for one in people if one.id in musts]
    return [name for name in categories if len({one.of(name) for one in fixed}) == 1]
