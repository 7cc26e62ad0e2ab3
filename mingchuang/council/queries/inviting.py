"""Who is to be invited to a sitting, how often that was tried, and who is still missing (P10)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual
from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.council.models import Invitation, Roster, Seat, Sitting, Stakeholder, Topic
from mingchuang.council.queries.kept import last_entry
from mingchuang.council.rules.inviting import (
    ANSWERED,
    THEIR_OWN,
    Attempt,
    Channel,
    Outcome,
    Standing,
    standing,
)
from mingchuang.council.rules.register import Affected, Camp
from mingchuang.council.words.inviting import in_a_row, still_to_do

# When it was tried, as `Invitation.when`.
TRIED = Coalesce("tried_at", "at")
ANSWERS = Q(channel__in=sorted(map(str, THEIR_OWN)), outcome__in=sorted(map(str, ANSWERED)))


@dataclass
class Invitee:
    """Somebody who is to be invited: they have a seat, it concerns them directly, or they are
    against."""

    who: Stakeholder
    seat: Seat | None = None
    tries: list[Invitation] = field(default_factory=list)
    # None: no sitting is called yet; who is asked, is asked whether they take the seat.
    sitting: Sitting | None = None

    @property
    def must_be_invited(self) -> bool:
        """Whether no decision binds as long as they were not duly invited."""
        return self.who.is_direct or self.who.is_opponent

    @property
    def standing(self) -> Standing:
        tried = (
            Attempt(Channel(one.channel), Outcome(one.outcome), localdate(one.when))
            for one in self.tries
        )
        return standing(tried, settings.INVITE)

    @property
    def is_duly_invited(self) -> bool:
        return self.sitting is not None and self.standing.is_duly_invited

    @property
    def is_left_out(self) -> bool:
        """Whether nobody calls on them any more: their seat is empty, and they need not come."""
        is_lost = self.seat is not None and not self.seat.is_held
        return is_lost and not self.must_be_invited

    @property
    def is_missing(self) -> bool:
        """Whether a decision that is to bind still waits for them (promise P10)."""
        return self.must_be_invited and not self.is_duly_invited

    @property
    def still_to_do(self) -> Iterator[str]:
        if self.is_left_out:
            return iter(())
        return still_to_do(self.standing, is_called=self.sitting is not None)

    @property
    def told(self) -> str:
        """What is still to do, one sentence after the other."""
        return in_a_row(self.still_to_do)


def roster_now(topic: Topic) -> Roster:
    """Return the roster people are invited for: the newest one."""
    roster = topic.rosters.order_by("-number").first()
    if roster is None:
        raise NotFound
    return roster


def has_roster(topic: Topic) -> bool:
    return topic.rosters.exists()


def invitees(roster: Roster, *, sitting: Sitting | None = None) -> list[Invitee]:
    """Return everybody who is to be invited to a sitting, or, before one is called, to be asked
    whether they can come; who is still missing first: four statements."""
    seats = {seat.stakeholder_id: seat for seat in roster.seats.all()}
    wanted = Q(pk__in=seats) | Q(affected=Affected.DIRECT) | Q(camp=Camp.OPPOSE)
    people = roster.topic.stakeholders.present().filter(wanted)
    tries: dict[int, list[Invitation]] = defaultdict(list)
    found = tried_for(sitting) if sitting else tried_before(roster)
    for one in found.select_related("by", "picture"):
        tries[one.stakeholder_id].append(one)
    everybody = [
        Invitee(who, seats.get(who.pk), tries[who.pk], sitting)
        for who in people.select_related("requester", "household")
    ]
    return sorted(everybody, key=lambda one: (one.is_duly_invited, one.who.number))


def tried_for(sitting: Sitting) -> QuerySet[Invitation]:
    """Return what was tried for a sitting: since its time and place stand, and written down before
    it began. Whoever was asked earlier was never told when and where to come."""
    tries = sitting.roster.invitations.filter(GreaterThanOrEqual(TRIED, sitting.told_at))
    return tries.filter(at__lt=sitting.opened_at) if sitting.opened_at else tries


def told_in_vain(sitting: Sitting, asked: Iterable[Invitee]) -> list[Invitee]:
    """Return who was told of a sitting that was called off since: they are to be told so, too."""
    off = last_entry(sitting.subject, "sitting.cancelled") if sitting.is_off else None
    if off is None:
        return []
    return [one for one in asked if any(_reached_by(one.tries, off.at))]


# Nobody heard of it by such a try.
NOBODY = frozenset({Outcome.WRONG, Outcome.ABSENT})


def _reached_by(tries: Iterable[Invitation], at: datetime) -> Iterator[bool]:
    return (one.when <= at and one.outcome not in NOBODY for one in tries)


def tried_before(roster: Roster) -> QuerySet[Invitation]:
    """Return what was tried since the last sitting, before another is called."""
    held = roster.topic.sittings.filter(closed_at__isnull=False).order_by("-number").first()
    tries = roster.invitations.all()
    return tries.filter(GreaterThan(TRIED, held.closed_at)) if held else tries


def drawn_at(roster: Roster) -> datetime:
    """Return when the seats of a roster were drawn: nobody was asked for it before."""
    thrown = roster.lotteries.filter(drawn_at__isnull=False).values_list("drawn_at", flat=True)
    return thrown.first() or roster.at


def invitee(roster: Roster, who: Stakeholder, *, sitting: Sitting | None) -> Invitee:
    """Return one of them, whether they had to be invited or not, as they are asked now."""
    seat = roster.seats.filter(stakeholder=who).first()
    tries = tried_for(sitting) if sitting else tried_before(roster)
    mine = tries.filter(stakeholder=who).select_related("by", "picture")
    return Invitee(who, seat, list(mine), sitting)


class Past(NamedTuple):
    """One try, and the sitting for which it counted; none: it was about the seat, or the time or
    place was changed afterwards."""

    invitation: Invitation
    sitting: Sitting | None


def ever_tried(who: Stakeholder) -> list[Past]:
    """Return everything that was tried for somebody, the newest first: it stays to be read."""
    sittings = list(who.topic.sittings.order_by("-number"))
    tries = who.invitations.select_related("by", "picture").order_by(TRIED.desc(), "-pk")
    return [Past(one, next((s for s in sittings if _is_for(one, s)), None)) for one in tries]


def _is_for(one: Invitation, sitting: Sitting) -> bool:
    """Say of one try what `tried_for` asks of all."""
    is_told = one.roster_id == sitting.roster_id and one.when >= sitting.told_at
    return is_told and (sitting.opened_at is None or one.at < sitting.opened_at)


def has_answered(sitting: Sitting, who: Stakeholder) -> bool:
    """Say whether somebody answered for themselves since they could know when and where it is."""
    return tried_for(sitting).filter(ANSWERS, stakeholder=who).exists()


def seat_held_by(who: Stakeholder) -> Seat | None:
    """Return the seat somebody has in the newest roster of their topic, held or not."""
    roster = who.topic.rosters.order_by("-number").first()
    seats = Seat.objects.filter(roster=roster, stakeholder=who)
    return seats.select_related("roster__topic", "stakeholder", "proxy").first()
