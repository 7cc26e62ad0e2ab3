"""What a decision of a sitting would be worth, who is missing until it binds (P10), and which
options it may name."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.timezone import localdate

from mingchuang.council.models import Sitting, Tally
from mingchuang.council.queries.inviting import Invitee, invitees
from mingchuang.council.queries.room import RoomNow, room_of
from mingchuang.council.queries.sittings import sitting_called_after
from mingchuang.council.rules.binding import Concerned, Force, Verdict, Voted, Warned, verdict_of
from mingchuang.council.rules.life import State


def verdict_on(
    sitting: Sitting, room: RoomNow | None = None, asked: Sequence[Invitee] | None = None
) -> Verdict:
    """Weigh a sitting: who was asked before it began, who is in the room, or was when it was
    voted, and how it was voted."""
    return _weighed(sitting, room, asked)._replace(votes=_votes(sitting))


def waits_for_result(sitting: Sitting) -> bool:
    """Say whether a sitting that is over could decide something, and nobody has recorded it."""
    is_last = sitting.topic.state == State.SITTING and sitting_called_after(sitting) is None
    return sitting.may_be_decided and is_last and verdict_on(sitting).may_decide


def _weighed(
    sitting: Sitting, room: RoomNow | None = None, asked: Sequence[Invitee] | None = None
) -> Verdict:
    room = room or room_of(sitting)
    asked = invitees(sitting.roster, sitting=sitting) if asked is None else asked
    came = room.came
    return verdict_of(
        [_concerned(one, came) for one in asked],
        room.quorum,
        needs_ballot=sitting.topic.needs_ballot,
        has_begun=sitting.opened_at is not None,
        warned=Warned(_days_ahead(sitting), settings.INVITE.notice),
    )


def _days_ahead(sitting: Sitting) -> int:
    """Return how many days before a sitting people could know when and where it is."""
    return (localdate(sitting.begins_at) - localdate(sitting.told_at)).days


def _votes(sitting: Sitting) -> tuple[Voted, ...]:
    """Return the newest vote on each option: what was voted at an earlier sitting counts where
    that one could have decided itself."""
    told = Tally.objects.filter(
        minutes__sitting__topic=sitting.topic_id, minutes__sitting__number__lte=sitting.number
    ).select_related("option", "minutes__sitting__topic", "minutes__sitting__roster__topic")
    tallies = list(told.order_by("minutes__sitting__number", "option__number"))
    earlier = {one.minutes.sitting for one in tallies} - {sitting}
    counts = {sitting.pk, *(one.pk for one in earlier if _weighed(one).force != Force.OPINION)}
    found = {
        one.option.number: Voted(one.option.number, one.in_favour, one.against)
        for one in tallies
        if one.minutes.sitting_id in counts
    }
    return tuple(found[n] for n in sorted(found))


def _concerned(invited: Invitee, came: set[int]) -> Concerned:
    """Who came was reached, however they heard of it."""
    who, standing = invited.who, invited.standing
    todo = tuple(map(str, standing.todo))
    is_invited = standing.is_duly_invited or who.pk in came
    tried = bool(standing.used)
    return Concerned(who.number, who.is_direct, who.is_opponent, is_invited, todo, tried)
