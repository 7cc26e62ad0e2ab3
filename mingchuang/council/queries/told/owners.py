"""What the ledger tells of flats, of owners' ballots, and of what was shared and paid."""

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby, zip_longest
from typing import Any

from django.db.models import Count, Q, Sum

from mingchuang.cases.queries.audit import Untold
from mingchuang.council.models import (
    CostShare,
    Flat,
    HouseholdSum,
    Movement,
    OwnersBallot,
    Pledge,
    Share,
    Vote,
)
from mingchuang.council.models.costs import witness_of
from mingchuang.council.queries.costs import amounts
from mingchuang.council.queries.told.line import Facts, Key, Line, by_badge, grouped
from mingchuang.council.rules import polling
from mingchuang.council.rules.account import Move
from mingchuang.ledger.rules.canonical import moment_text, salted_digest

MOVED = {
    Move.PAYMENT: "cost.collected",
    Move.REFUND: "cost.refunded",
    Move.EXPENSE: "cost.spent",
}


def _flats(topics: Collection[int]) -> Iterable[Flat]:
    return Flat.objects.filter(topic__in=topics).select_related("topic", "owner").defer("label")


def flat_subjects(topics: Collection[int]) -> Iterable[str]:
    return (one.subject for one in _flats(topics))


def _ballots(topics: Collection[int]) -> Iterable[OwnersBallot]:
    counted = {"heads": Count("papers"), "hundredths": Sum("papers__area")}
    return OwnersBallot.objects.filter(topic__in=topics).select_related("topic").annotate(**counted)


def ballot_subjects(topics: Collection[int]) -> Iterable[str]:
    return (one.subject for one in _ballots(topics))


def _votes(topics: Collection[int]) -> Iterable[Vote]:
    found = Vote.objects.filter(paper__ballot__topic__in=topics)
    return found.select_related("paper__ballot__topic", "entry")


def _costs(topics: Collection[int]) -> Iterable[CostShare]:
    found = CostShare.objects.filter(topic__in=topics).select_related("topic", "by")
    exempt = Count("shares", filter=Q(shares__exempt__gt=0))
    return found.annotate(flats=Count("shares"), owed=Sum("shares__amount"), exempt=exempt)


def cost_subjects(topics: Collection[int]) -> Iterable[str]:
    return (one.subject for one in _costs(topics))


def _pledges(topics: Collection[int]) -> Iterable[list[Pledge]]:
    """One entry tells of all that one owner pledged in one breath."""
    found = Pledge.objects.filter(share__cost__topic__in=topics)
    rows = found.select_related("share__cost__topic", "by").order_by("pk")
    return grouped(rows, lambda one: (one.share.cost_id, one.at))


def _moves(topics: Collection[int]) -> Iterable[Movement]:
    found = Movement.objects.filter(cost__topic__in=topics)
    return found.select_related("cost__topic", "by")


def _sums(topics: Collection[int]) -> Iterable[HouseholdSum]:
    found = HouseholdSum.objects.filter(cost__topic__in=topics).select_related("cost__topic")
    return found.prefetch_related("moves", "strikes")


def _subject(row: Any) -> Key:
    return (row.subject,)


def _moved(one: Movement) -> Key:
    return one.cost.subject, one.kind, one.paper, moment_text(one.at)


def _struck(one: Movement) -> Key:
    at = moment_text(one.struck_at) if one.struck_at else ""
    return one.cost.subject, one.kind, one.paper, at


def _counts(flat: Flat) -> Facts:
    if flat.taken_out_at is None:
        return {"state": "counted"}
    return {"state": "taken_out", "at": moment_text(flat.taken_out_at)}


def _called(ballot: Any) -> Facts:
    counted = {"heads": ballot.heads, "hundredths": ballot.hundredths}
    return {"matter": ballot.matter, **counted, "at": moment_text(ballot.at)}


def _counted(ballot: OwnersBallot) -> Facts | None:
    if ballot.closed_at is None:
        return None
    counts = {name: value for name, value in ballot.result.items() if name != "salt"}
    salt = bytes.fromhex(str(ballot.result.get("salt", "")))
    witness = salted_digest(salt, counts) if salt else ""
    told = {"took_part": counts.get("took_part"), "witness": witness}
    return {**told, "at": moment_text(ballot.closed_at)}


def _published(ballot: OwnersBallot) -> Facts | None:
    return ballot.result if ballot.published_at or (ballot.revoked_at and ballot.result) else None


def _pledged(some: list[Pledge]) -> Facts:
    first = some[0]
    told = {"witness": witness_of(some), "flats": len(some)}
    return {**told, **by_badge(first.by)}


def _fixed(cost: Any) -> Facts | None:
    if cost.fixed_at is None:
        return None
    told = {"cents": cost.owed, "basis": cost.basis, "flats": cost.flats, "exempt": cost.exempt}
    return {**told, "at": moment_text(cost.fixed_at)}


def share_faults(topics: Collection[int]) -> Iterator[Untold]:
    """Yield each fixed cost of which somebody owes other than what it comes to, reckoned again from
    the rows; the ledger tells what all owe together, and no flat by itself."""
    fixed = Share.objects.filter(cost__topic__in=topics, cost__fixed_at__isnull=False)
    rows = fixed.select_related("cost__topic").order_by("cost", "flat__number")
    for cost, its in groupby(rows, lambda row: row.cost):
        shares = list(its)
        due = amounts(cost, shares, cost.basis)
        unlike = sum(row.amount != cents for row, cents in zip_longest(shares, due))
        if unlike:
            yield Untold("shares_unlike", {"subject": cost.subject, "many": str(unlike)})


LINES = (
    Line(("flat.added", "flat.corrected"), flat_subjects,
        _flats, _subject,
        lambda flat: {"hundredths": flat.area, "owner": flat.owner.number}),
    Line(("flat.added", "flat.taken_out", "flat.put_back"), flat_subjects,
        _flats, _subject, _counts),
    Line(polling.LIFE, ballot_subjects, _ballots, _subject, lambda one: {"state": one.state}),
    Line(("ballot.opened",), ballot_subjects, _ballots, _subject, _called),
    Line(("ballot.closed",), ballot_subjects, _ballots, _subject, _counted),
    Line(("ballot.published", "ballot.revoked"), ballot_subjects, _ballots,
        lambda one: (one.subject, one.result.get("salt", "")), _published, ("salt",)),
    Line(("vote.changed", "vote.withdrawn"), ballot_subjects, _votes,
        lambda vote: (vote.paper.ballot.subject, vote.entry.digest),
        lambda vote: {"at": moment_text(vote.replaced_at)} if vote.replaced_at else None, ("of",)),
    Line(("cost.drawn_up", "cost.changed"), cost_subjects, _costs, _subject,
        lambda cost: {"cents": cost.total, "basis": cost.basis}),
    Line(("cost.fixed",), cost_subjects, _costs, _subject, _fixed),
    Line(("cost.pledged",), cost_subjects, _pledges,
        lambda some: (some[0].share.cost.subject, moment_text(some[0].at)), _pledged, ("at",)),
    Line(tuple(MOVED.values()), cost_subjects, _moves, _moved,
        lambda one: {**one.told, "verb": MOVED[Move(one.kind)], **by_badge(one.by)},
        ("kind", "paper", "at")),
    Line(("cost.struck",), cost_subjects, _moves, _struck,
        lambda one: one.told if one.struck_at else None, ("kind", "paper", "at")),
    Line(("cost.summed",), cost_subjects, _sums, lambda one: (one.cost.subject, one.number),
        lambda one: {"cents": one.amount, "heads": one.households, "at": moment_text(one.at)},
        ("sum",)),
)  # fmt: skip
