"""What a decision is worth (promise P10): whom it binds, or what is missing until it does. Pure."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from mingchuang.council.rules.quorum import Quorum


class Force(StrEnum):
    """A decision binds; or the owners must still vote; or it is the opinion of who came."""

    BINDING = "binding"
    PROPOSAL = "proposal"
    OPINION = "opinion"


class Why(StrEnum):
    """Why somebody has to be asked: it is about them, or they are against it."""

    DIRECT = "direct"
    OBJECTOR = "objector"


class Concerned(NamedTuple):
    """Somebody without whom nothing binds: by number, and whether all was done to reach them."""

    number: int
    is_direct: bool
    is_opponent: bool
    is_duly_invited: bool
    still_to_do: tuple[str, ...] = ()
    was_tried: bool = True


class Missing(NamedTuple):
    """Who was not duly invited, why they must be, and what is still to do for that."""

    number: int
    why: tuple[Why, ...]
    still_to_do: tuple[str, ...]
    was_tried: bool = True


class Warned(NamedTuple):
    """How many days before a sitting people could know of it, and how many that must be."""

    days: int
    needed: int

    @property
    def is_late(self) -> bool:
        return self.days < self.needed


EARLY_ENOUGH = Warned(0, 0)


class Voted(NamedTuple):
    """How the seats voted on one option."""

    option: int
    in_favour: int
    against: int

    @property
    def is_carried(self) -> bool:
        """More are for it than against it, of those who voted; what was agreed has nobody against
        it. That half of all who are there must be for it, only a residents' meeting asks."""
        return self.in_favour > self.against


class Verdict(NamedTuple):
    """What a decision of this sitting can be, and what stands in the way of more."""

    missing: tuple[Missing, ...]
    quorum: Quorum
    needs_ballot: bool
    has_begun: bool
    warned: Warned = EARLY_ENOUGH
    votes: tuple[Voted, ...] = ()

    @property
    def force(self) -> Force:
        if self.missing or self.warned.is_late or not self.quorum.is_met:
            return Force.OPINION
        return Force.PROPOSAL if self.needs_ballot else Force.BINDING

    @property
    def carried(self) -> frozenset[int]:
        """The options a decision may name."""
        return frozenset(one.option for one in self.votes if one.is_carried)

    @property
    def may_decide(self) -> bool:
        return self.force != Force.OPINION and bool(self.carried)


def verdict_of(
    people: Iterable[Concerned],
    quorum: Quorum,
    *,
    needs_ballot: bool,
    has_begun: bool = False,
    warned: Warned = EARLY_ENOUGH,
) -> Verdict:
    """Weigh a sitting: called early enough, everybody directly affected and every objector duly
    invited, and enough of them in the room. Where the owners have to vote (Civil Code, article
    278) it is a proposal. Once it has begun, who was not asked can only be asked to the next."""
    return Verdict(tuple(_missing(people)), quorum, needs_ballot, has_begun, warned)


def _missing(people: Iterable[Concerned]) -> Iterable[Missing]:
    for one in sorted(people):
        if (why := _why(one)) and not one.is_duly_invited:
            yield Missing(one.number, why, one.still_to_do, one.was_tried)


def _why(one: Concerned) -> tuple[Why, ...]:
    found = ((Why.DIRECT, one.is_direct), (Why.OBJECTOR, one.is_opponent))
    return tuple(why for why, holds in found if holds)
