"""Owners' ballots: whom they are open to, and how they stand."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet

from mingchuang.base.errors import NotFound
from mingchuang.council.models import Flat, Owner, OwnersBallot, Paper, Topic, Vote
from mingchuang.council.queries.topics import public_topic, topic_convened_by, topic_for
from mingchuang.council.rules.ballot import (
    Choice,
    Count,
    Matter,
    Outcome,
    Stage,
    Tally,
    Threshold,
    Voter,
    count,
    outcome,
    thresholds,
)
from mingchuang.council.rules.polling import BallotState, takes_votes
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person


class Progress(NamedTuple):
    """How a ballot stands now: what came in, the four bars, and what that would decide."""

    tally: Tally
    bars: Sequence[Threshold]
    outcome: Outcome

    @property
    def is_passed(self) -> bool:
        return self.outcome == Outcome.PASSED

    @property
    def out(self) -> int:
        """How many heads have not voted yet."""
        return self.tally.all.heads - self.tally.part.heads

    @property
    def taking_part(self) -> Sequence[Threshold]:
        """The bars that tell nothing of what was said: all that staff see of a running ballot,
        since the area of whoever votes next would tell their vote."""
        return [bar for bar in self.bars if bar.stage == Stage.TAKE_PART]


class Voting(NamedTuple):
    """One paper of an owner as their own page shows it."""

    ballot: OwnersBallot
    paper: Paper
    vote: Vote | None
    is_open: bool
    is_ahead: bool


def ballots_of(topic: Topic) -> QuerySet[OwnersBallot]:
    return topic.ballots.select_related("topic").order_by("number")


def ballot_for(person: Person, number: str, n: int) -> OwnersBallot:
    """Return a ballot of a topic this person may read."""
    return _one(ballots_of(topic_for(person, number)).filter(number=n))


def ballot_run_by(person: Person, number: str, n: int) -> OwnersBallot:
    """Return a ballot this person runs, locked: votes, its count and its end take turns."""
    topic = topic_convened_by(person, number)
    return _locked(OwnersBallot.objects.filter(topic=topic, number=n))


def _locked(ballots: QuerySet[OwnersBallot]) -> OwnersBallot:
    # The lock first, alone: what is joined to it would be read as it was before we waited.
    list(ballots.select_for_update().values_list("pk"))
    return _one(ballots.select_related("topic"))


def _one(ballots: QuerySet[OwnersBallot]) -> OwnersBallot:
    ballot = ballots.first()
    if ballot is None:
        raise NotFound
    return ballot


def public_ballot(number: str, n: int) -> OwnersBallot:
    """Return a ballot as everybody may read it."""
    return _one(ballots_of(public_topic(number)).filter(number=n))


def paper_in_hand(code: str, n: int) -> Paper:
    """Return the paper of whoever holds this link, its ballot locked."""
    mine = Paper.objects.filter(owner__code=code, ballot__number=n)
    mine = mine.filter(owner__topic__opened_at__isnull=False)
    paper = mine.select_related("owner").first()
    if paper is None:
        raise NotFound
    paper.ballot = _locked(OwnersBallot.objects.filter(pk=paper.ballot_id))
    return paper


def paper_of(ballot: OwnersBallot, owner: Owner) -> Paper | None:
    return ballot.papers.filter(owner=owner).select_related("owner").first()


def papers_of(ballot: OwnersBallot) -> list[Paper]:
    """Return every paper with its owner, the flats it counts and the vote that counts: three
    statements."""
    live = Prefetch("votes", Vote.objects.live().select_related("by", "picture"), to_attr="counted")
    flats = Prefetch("parts", Flat.objects.order_by("number"))
    papers = ballot.papers.select_related("owner__requester", "owner__topic")
    return list(papers.prefetch_related(live, flats).order_by("owner__number"))


def progress_of(ballot: OwnersBallot) -> Progress:
    """Count what came in until now, in two statements."""
    votes = Vote.objects.live().filter(paper__ballot=ballot)
    said = dict(votes.order_by().values_list("paper", "choice"))
    papers = ballot.papers.order_by().values_list("pk", "area")
    choices = ((area, said.get(pk)) for pk, area in papers)
    tally = count(Voter(area, Choice(c) if c else None) for area, c in choices)
    return progress(tally, Matter(ballot.matter))


def progress(tally: Tally, matter: Matter) -> Progress:
    return Progress(tally, thresholds(tally, matter), outcome(tally, matter))


def lacks_owners_word(topic: Topic) -> bool:
    """Say whether owners have to vote on a topic, and no ballot that passed was published."""
    passed = topic.ballots.filter(state=BallotState.PUBLISHED, result__decided=str(Outcome.PASSED))
    return topic.needs_ballot and not passed.exists()


def result_of(progress: Progress) -> dict[str, JSON]:
    """Return what a ballot came to as it is kept: heads and hundredths of a square metre."""
    tally = progress.tally
    counts: dict[str, Count] = {
        "all": tally.all,
        "took_part": tally.part,
        "for": tally.for_,
        "against": tally.against,
        "abstain": tally.abstain,
    }
    return {"decided": str(progress.outcome), **{name: list(c) for name, c in counts.items()}}


def counted_of(ballot: OwnersBallot) -> Progress:
    """Return what was counted when the ballot closed, as it was written down then."""
    kept = ballot.result
    tally = Tally(*(Count(*kept[name]) for name in ("all", "for", "against", "abstain")))
    return progress(tally, Matter(ballot.matter))


def votings_of(owner: Owner, *, now: datetime) -> list[Voting]:
    """Return what this owner votes on, with the vote that counts: two statements."""
    papers = owner.papers.select_related("ballot").order_by("-ballot__number")
    live = Prefetch("votes", Vote.objects.live(), to_attr="counted")
    return [_voting(paper, now) for paper in papers.prefetch_related(live)]


def _voting(paper: Paper, now: datetime) -> Voting:
    ballot = paper.ballot
    is_open = takes_votes(BallotState(ballot.state), ballot.opens_at, ballot.closes_at, now)
    counted: list[Vote] = vars(paper)["counted"]
    is_ahead = ballot.is_called and now < ballot.opens_at
    return Voting(ballot, paper, next(iter(counted), None), is_open, is_ahead)
