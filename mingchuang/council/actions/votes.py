"""Votes: given by one's own link or on paper, changed and taken back while the ballot runs."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from mingchuang.base.templatetags.words import moment
from mingchuang.cases.rules.photo import Photo
from mingchuang.council.actions._pictures import keep_picture
from mingchuang.council.actions._steps import named
from mingchuang.council.errors.owners import (
    FiledTwice,
    NoSuchFlat,
    NotVotingNow,
    NoVote,
    PaperLate,
    VotedAlready,
    VotedByLink,
    VotedOnPaper,
)
from mingchuang.council.models import OwnersBallot, Paper, Vote
from mingchuang.council.queries.ballots import ballot_run_by, paper_in_hand, paper_of
from mingchuang.council.queries.flats import flat_called, owner_numbered
from mingchuang.council.rules.account import paper_number
from mingchuang.council.rules.polling import BallotState, Way, takes_papers, takes_votes
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person


class OnPaper(NamedTuple):
    """A paper as staff hold it: whose flat, which cross, where it is filed, its photo; and that it
    came in time."""

    label: str
    choice: str
    filed: str
    photo: Photo | None = None
    # Said of one that is entered after the end: it was handed in before.
    in_time: bool = False


@transaction.atomic
def cast_vote(code: str, n: int, choice: str, *, at: datetime) -> Vote:
    """Vote by one's own link, once for all one's flats; voting again changes it.

    The same choice sent again is the same vote. What was signed on paper no link changes.
    """
    paper = paper_in_hand(code, n)
    _must_be_voting(paper.ballot, at)
    live = paper.votes.live().first()
    if live is not None and live.way == Way.PAPER:
        raise VotedOnPaper
    if live is not None and live.choice == choice:
        return live
    return _voted(paper, Vote(choice=choice, way=Way.LINK), live, at=at)


@transaction.atomic
def enter_vote(number: str, n: int, said: OnPaper, *, by: Person, at: datetime) -> Vote:
    """Write down a paper that an owner handed in before the end, until the votes are counted; who
    voted by their own link is left alone."""
    ballot = ballot_run_by(by, number, n)
    _must_take_papers(ballot, at)
    if at >= ballot.closes_at and not said.in_time:
        raise PaperLate(closes=moment(ballot.closes_at))
    paper = _paper_labelled(ballot, said.label)
    live = paper.votes.live().first()
    if live is not None:
        raise VotedByLink if live.way == Way.LINK else VotedAlready
    filed = paper_number(said.filed)
    if filed and filed in _filed(ballot):
        raise FiledTwice(filed=filed)
    vote = Vote(choice=said.choice, way=Way.PAPER, filed=filed, by=by)
    if said.photo:
        vote.picture = keep_picture(ballot.topic, said.photo, by=by, at=at)
    return _voted(paper, vote, None, at=at)


def _filed(ballot: OwnersBallot) -> set[str]:
    """Return the file numbers of a ballot as they are compared, also those kept as they were typed
    once."""
    votes = Vote.objects.live().filter(paper__ballot=ballot).order_by()
    return set(map(paper_number, votes.values_list("filed", flat=True)))


def _paper_labelled(ballot: OwnersBallot, label: str) -> Paper:
    flat = flat_called(ballot.topic, label)
    paper = paper_of(ballot, flat.owner) if flat else None
    if paper is None:
        raise NoSuchFlat(label=label)
    return paper


@transaction.atomic
def take_back_vote(
    number: str, n: int, owner: int, reason: str, *, by: Person, at: datetime
) -> Vote:
    """Take back a paper that was entered wrongly; it stays to be seen, with the reason."""
    ballot = ballot_run_by(by, number, n)
    _must_take_papers(ballot, at)
    paper = paper_of(ballot, owner_numbered(ballot.topic, owner))
    live = paper.votes.live().filter(way=Way.PAPER).first() if paper else None
    if live is None:
        raise NoVote
    live.replaced_at, live.replaced_because = at, reason
    live.save(update_fields=["replaced_at", "replaced_because"])
    of = live.entry.digest
    record("vote.withdrawn", ballot.subject, at=at, digest="", of=of, by=by.badge)
    return live


def _must_be_voting(ballot: OwnersBallot, at: datetime) -> None:
    if not takes_votes(BallotState(ballot.state), ballot.opens_at, ballot.closes_at, at):
        raise _not_now(ballot)


def _must_take_papers(ballot: OwnersBallot, at: datetime) -> None:
    if not takes_papers(BallotState(ballot.state), ballot.opens_at, at):
        raise _not_now(ballot)


def _not_now(ballot: OwnersBallot) -> NotVotingNow:
    return NotVotingNow(opens=moment(ballot.opens_at), closes=moment(ballot.closes_at))


def _voted(paper: Paper, vote: Vote, earlier: Vote | None, *, at: datetime) -> Vote:
    """Let this vote count instead of the earlier one; needs the ballot locked."""
    if earlier is not None:
        earlier.replaced_at = at
        earlier.save(update_fields=["replaced_at"])
    vote.paper, vote.at = paper, at
    told: dict[str, JSON] = {"on_paper": vote.way == Way.PAPER, **named(vote.by)}
    if vote.picture is not None:
        told["photo"] = vote.picture.fingerprint
    if at >= paper.ballot.closes_at:
        told["in_time"] = True
    if earlier is not None:
        told["of"] = earlier.entry.digest
    verb = "vote.changed" if earlier else "vote.cast"
    vote.entry = record(verb, paper.ballot.subject, at=at, digest=vote.digest, **told)
    vote.save()
    return vote
