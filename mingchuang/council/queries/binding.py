"""What a decision of a sitting would be worth, and who is missing until it binds (P10)."""

from mingchuang.council.models import Sitting
from mingchuang.council.queries.inviting import Invitee, invitees
from mingchuang.council.queries.room import RoomNow, room_of
from mingchuang.council.rules.binding import Concerned, Verdict, verdict_of


def verdict_on(sitting: Sitting, room: RoomNow | None = None) -> Verdict:
    """Weigh a sitting: who was asked before it began, and who is in the room, or was when it was
    voted."""
    room = room or room_of(sitting)
    came = {line.stakeholder.pk for line in room.lines if line.attendance}
    people = [_concerned(one, came) for one in invitees(sitting.roster, sitting=sitting)]
    return verdict_of(
        people,
        room.quorum,
        needs_ballot=sitting.topic.needs_ballot,
        has_begun=sitting.opened_at is not None,
    )


def _concerned(invited: Invitee, came: set[int]) -> Concerned:
    """Who came was reached, however they heard of it."""
    who, standing = invited.who, invited.standing
    todo = tuple(map(str, standing.todo))
    is_invited = standing.is_duly_invited or who.pk in came
    return Concerned(who.number, who.is_direct, who.is_opponent, is_invited, todo)
