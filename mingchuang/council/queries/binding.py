"""What a decision of a sitting would be worth, and who is missing until it binds (P10)."""

from collections.abc import Iterator

from mingchuang.council.models import Sitting
from mingchuang.council.queries.sittings import room_of
from mingchuang.council.rules.binding import Concerned, Verdict, verdict_of


def verdict_on(sitting: Sitting) -> Verdict:
    """Weigh a sitting as it stands now: who was asked, and who is in the room."""
    return verdict_of(
        _concerned(sitting),
        room_of(sitting).quorum,
        needs_ballot=sitting.topic.legal == "ballot",
    )


def _concerned(sitting: Sitting) -> Iterator[Concerned]:
    invited = set(sitting.roster.invitations.values_list("stakeholder", flat=True))
    for who in sitting.topic.stakeholders.present():
        is_asked = who.pk in invited
        todo = () if is_asked else ("notice", "call", "door")
        yield Concerned(who.number, who.is_direct, who.is_opponent, is_asked, todo)
