"""The life of one person's matter in a batch: which step may follow which. Pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Stage(StrEnum):
    SENT = "sent"
    ACCEPTED = "accepted"
    NEEDS_MORE = "needs_more"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DECLINED = "declined"
    TAKEN_OUT = "taken_out"


# Nothing more is done, unless it is taken up again; only what is done goes into the post.
ENDED = frozenset({Stage.DONE, Stage.DECLINED})
# What may be taken back by who made the mistake.
MISTAKABLE = ENDED | {Stage.TAKEN_OUT}
# Window minutes are still needed.
TO_DO = frozenset({Stage.SENT, Stage.ACCEPTED, Stage.NEEDS_MORE, Stage.IN_PROGRESS})
# From which stages one may come; NEEDS_MORE is left by what is handed in or not needed after all.
FROM: Mapping[Stage, frozenset[Stage]] = {
    Stage.ACCEPTED: frozenset({Stage.SENT}),
    Stage.NEEDS_MORE: frozenset({Stage.SENT, Stage.ACCEPTED, Stage.IN_PROGRESS}),
    Stage.IN_PROGRESS: frozenset({Stage.ACCEPTED}),
    Stage.DONE: frozenset({Stage.ACCEPTED, Stage.IN_PROGRESS}),
    Stage.DECLINED: TO_DO,
    Stage.TAKEN_OUT: TO_DO,
}
# Of whom more may be needed than the one list said.
MAY_OWE = FROM[Stage.NEEDS_MORE] | {Stage.NEEDS_MORE}
# What staff choose from; asking for more and crossing out have forms of their own.
MOVES = (Stage.ACCEPTED, Stage.IN_PROGRESS, Stage.DONE, Stage.DECLINED)


def may_move(old: str, new: str) -> bool:
    """Say whether a matter may go from the one stage to the other."""
    return old in FROM.get(Stage(new), frozenset())


def stages_told(moves: Iterable[tuple[str, Iterable[int]]], size: int) -> list[str]:
    """Return the stage of each of `size` matters after these moves (where to, which), in order."""
    stages = [str(Stage.SENT)] * size
    for to, which in moves:
        for place in which:
            if 1 <= place <= size:
                stages[place - 1] = to
    return stages
