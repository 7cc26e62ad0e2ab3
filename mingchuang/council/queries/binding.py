"""What a decision of a sitting would be worth, and who is missing until it binds (P10)."""

from mingchuang.council.models import Sitting
from mingchuang.council.queries.inviting import Invitee, invitees
from mingchuang.council.queries.sittings import room_of
from mingchuang.council.rules.binding import Concerned, Verdict, verdict_of


def verdict_on(sitting: Sitting) -> Verdict:
    """Weigh a sitting as it stands now: who was asked before it was over, and who is in the room.

    Nobody is asked to what has been.
    """
    people = map(_concerned, invitees(sitting.roster, until=sitting.closed_at))
    quorum = room_of(sitting).quorum
    return verdict_of(people, quorum, needs_ballot=sitting.topic.needs_ballot)


def _concerned(invited: Invitee) -> Concerned:
    who, standing = invited.who, invited.standing
    todo = tuple(map(str, standing.todo))
    return Concerned(who.number, who.is_direct, who.is_opponent, standing.is_duly_invited, todo)
