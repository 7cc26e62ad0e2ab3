"""Who is to be invited to a sitting, how often that was tried, and who is still missing (P10)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.council.models import Invitation, Roster, Seat, Sitting, Stakeholder, Topic
from mingchuang.council.rules.inviting import Attempt, Channel, Outcome, Standing, standing
from mingchuang.council.rules.register import Affected, Camp
from mingchuang.council.words.inviting import still_to_do


@dataclass
class Invitee:
    """Somebody who is to be invited: they have a seat, it concerns them directly, or they are
    against."""

    who: Stakeholder
    seat: Seat | None = None
    tries: list[Invitation] = field(default_factory=list)

    @property
    def must_be_invited(self) -> bool:
        """Whether no decision binds as long as they were not duly invited."""
        return self.who.is_direct or self.who.is_opponent

    @property
    def standing(self) -> Standing:
        tried = (
            Attempt(Channel(one.channel), Outcome(one.outcome), localdate(one.at))
            for one in self.tries
        )
        return standing(tried, settings.INVITE)

    @property
    def is_duly_invited(self) -> bool:
        return self.standing.is_duly_invited

    @property
    def is_missing(self) -> bool:
        """Whether a decision that is to bind still waits for them (promise P10)."""
        return self.must_be_invited and not self.is_duly_invited

    @property
    def still_to_do(self) -> Iterator[str]:
        return still_to_do(self.standing)


def roster_now(topic: Topic) -> Roster:
    """Return the roster people are invited for: the newest one."""
    roster = topic.rosters.order_by("-number").first()
    if roster is None:
        raise NotFound
    return roster


def has_roster(topic: Topic) -> bool:
    return topic.rosters.exists()


def invitees(roster: Roster, *, sitting: Sitting | None = None) -> list[Invitee]:
    """Return everybody who is to be invited, who is still missing first: four statements.

    To a sitting, or to the next one. What was tried for the one before, or after this one had
    begun, invited nobody to it.
    """
    seats = {seat.stakeholder_id: seat for seat in roster.seats.all()}
    wanted = Q(pk__in=seats) | Q(affected=Affected.DIRECT) | Q(camp=Camp.OPPOSE)
    people = roster.topic.stakeholders.present().filter(wanted)
    tries: dict[int, list[Invitation]] = defaultdict(list)
    for one in tried_for(roster, sitting).select_related("by", "picture"):
        tries[one.stakeholder_id].append(one)
    found = [
        Invitee(who, seats.get(who.pk), tries[who.pk])
        for who in people.select_related("requester", "household")
    ]
    return sorted(found, key=lambda one: (one.is_duly_invited, one.who.number))


def tried_for(roster: Roster, sitting: Sitting | None) -> QuerySet[Invitation]:
    """Return what was tried for a sitting, or for the next one."""
    held = roster.topic.sittings.filter(closed_at__isnull=False)
    if sitting is not None:
        held = held.filter(number__lt=sitting.number)
    tries = roster.invitations.all()
    if before := held.order_by("-number").first():
        tries = tries.filter(at__gt=before.closed_at)
    if sitting is not None and sitting.opened_at:
        tries = tries.filter(at__lt=sitting.opened_at)
    return tries


def invitee(roster: Roster, who: Stakeholder) -> Invitee:
    """Return one of them, whether they had to be invited or not, to the next sitting."""
    seat = roster.seats.filter(stakeholder=who).first()
    tries = tried_for(roster, None).filter(stakeholder=who).select_related("by", "picture")
    return Invitee(who, seat, list(tries))


def seat_held_by(who: Stakeholder) -> Seat | None:
    """Return the seat somebody has in the newest roster of their topic, held or not."""
    roster = who.topic.rosters.order_by("-number").first()
    seats = Seat.objects.filter(roster=roster, stakeholder=who)
    return seats.select_related("roster__topic", "stakeholder", "proxy").first()
