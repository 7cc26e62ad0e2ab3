"""A hall of three windows and two classes, the first always before the second, simulated by us and
by `ciw` (PyPI) in turn; and whether the exact mean waits of Erlang, Cobham and Stanford, Taylor &
Ziedins lie in the intervals we tell."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingchuang.outward.measuring.asked import Asked, Found
from mingchuang.outward.measuring.peers import ask_peer, peer_versions
from mingchuang.outward.measuring.results import Row, ours_at_least, ours_at_most, ratio_at_least
from mingchuang.outward.measuring.times import timed
from mingchuang.visits.rules.exact import Model, absolute_means, accumulating_means
from mingchuang.visits.rules.line import discipline
from mingchuang.visits.rules.steady import WARM_UP, Estimate, simulate

PEER, TURNS, SEED = "ciw", 3, 1
SCRIPT = Path(__file__).parent.parent / "measuring" / "peer" / "simulate.py"
# The peer is asked for a part of our visitors: it keeps a record of each, and takes long.
PART = 10
HALL, ONE_WINDOW = Model(3, (0.72, 1.68)), Model(1, (0.4, 0.5))


@dataclass(frozen=True)
class Known:
    """A hall whose exact mean waits are known, the favoured class first."""

    name: str
    model: Model
    discipline: str
    exact: Sequence[float]


KNOWN = (
    Known("M/M/3, in order", HALL, "fifo", accumulating_means(HALL, 1)),
    Known("M/M/3, absolute", HALL, "absolute", absolute_means(HALL)),
    Known("M/M/3, accumulating 2", HALL, "accumulating:2", accumulating_means(HALL, 2)),
    Known("M/M/3, accumulating 4", HALL, "accumulating:4", accumulating_means(HALL, 4)),
    Known("M/M/1, accumulating 2", ONE_WINDOW, "accumulating:2", accumulating_means(ONE_WINDOW, 2)),
)


def measure(asked: Asked) -> Found:
    ours, peers = _in_turn(asked.many)
    seconds = min(ours)
    each = seconds / (asked.many + asked.many // WARM_UP)
    theirs = min(peer["seconds"] / peer["visitors"] for peer in peers)
    seen = [(known, estimates(known, asked.many)) for known in KNOWN]
    compared = [row for known, found in seen for row in _beside_the_exact(known, found)]
    inside = [_holds(*one) for known, found in seen for one in zip(found, known.exact, strict=True)]
    rows = [
        Row(
            "time for one visitor, two classes at three windows",
            1e6 * each,
            "µs",
            peer=1e6 * theirs,
            peer_name=PEER,
            ratio=theirs / each,
            goal=ratio_at_least(20),
        ),
        Row(f"time for {asked.many:,} visitors", seconds, "s", goal=ours_at_most(10)),
        *compared,
        Row(
            "exact mean waits inside our intervals",
            100 * sum(inside) / len(inside),
            "%",
            goal=ours_at_least(100),
        ),
    ]
    told = " and ".join(f"{mean:.4f}" for mean in peers[0]["means"])
    notes = [
        f"Seed {SEED}; the quickest of {TURNS} turns each; {PEER} simulated "
        f"{peers[0]['visitors']:,} visitors in a turn and found mean waits of {told}.",
        *(_intervals(known, found) for known, found in seen),
    ]
    return Found(rows, peer_versions(PEER), notes)


def estimates(known: Known, visitors: int) -> Sequence[Estimate]:
    """Return what we see of each class after so many visitors."""
    rule = discipline(known.discipline, len(known.exact))
    assert rule
    return simulate(known.model, rule, visitors=visitors, seed=SEED).classes


def _in_turn(visitors: int) -> tuple[list[float], list[dict[str, Any]]]:
    """Take turns with the peer, so that a busy moment of the machine does not meet one of us."""
    words = {"servers": HALL.servers, "loads": HALL.loads, "visitors": visitors // PART}
    ours, peers = [], []
    for turn in range(TURNS):
        peers.append(ask_peer(SCRIPT, json.dumps({**words, "seed": SEED + turn})))
        ours.append(timed(lambda: estimates(KNOWN[1], visitors)))
    return ours, peers


def _beside_the_exact(known: Known, found: Sequence[Estimate]) -> Iterator[Row]:
    for kind, one, exact in zip(("favoured", "ordinary"), found, known.exact, strict=True):
        what = f"{known.name}: mean wait of the {kind}"
        yield Row(what, one.mean, "", peer=exact, peer_name="exact", ratio=one.mean / exact)


def _holds(found: Estimate, exact: float) -> bool:
    return found.low <= exact <= found.high


def _intervals(known: Known, found: Sequence[Estimate]) -> str:
    told = (
        f"{one.low:.4f} – {one.high:.4f} (exact {exact:.4f})"
        for one, exact in zip(found, known.exact, strict=True)
    )
    return f"{known.name}: {', '.join(told)}."
