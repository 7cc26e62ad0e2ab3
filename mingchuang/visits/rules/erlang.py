"""How long one waits at windows that are alike, exactly: Erlang-C, and Erlang-A where people leave.

Time is counted in mean service times: a `load` of 4 is four visitors coming while one is served,
`leaving` of 0.5 is a patience of two mean service times. Sources: Erlang (1917) for B and C;
Palm (1957), Mandelbaum & Zeltyn (2007) for A. Windows are added one by one to a hall whose share
of time with all of them busy is known, so nothing is raised to a power and nothing overflows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, inf, log

# What is left out of Erlang-A's endless sum, beside what was summed.
NEGLIGIBLE = 1e-17


@dataclass(frozen=True)
class Impatient:
    """Erlang-A: the share who wait, the share who leave unserved, the mean wait of everybody."""

    waiting: float
    leaving: float
    mean: float


def share_waiting(servers: int, load: float) -> float:
    """Return the share who find every window busy (Erlang-C); 1 where the line grows for ever."""
    if load >= servers:
        return 1.0
    return _c(servers, load, _last(_blocking(load, servers)))


def mean_wait(servers: int, load: float) -> float:
    """Return the mean wait of everybody, those who do not wait with them; inf when overloaded."""
    return share_waiting(servers, load) / (servers - load) if load < servers else inf


def share_within(servers: int, load: float, wait: float) -> float:
    """Return the share who wait no longer than `wait`, first come first served."""
    if load >= servers:
        return 0.0
    return 1.0 - share_waiting(servers, load) * exp(-(servers - load) * wait)


def wait_of(share: float, servers: int, load: float) -> float:
    """Return the wait within which this share (0.9: nine of ten) is called; inf when overloaded."""
    if load >= servers:
        return inf
    beyond = share_waiting(servers, load) / (1.0 - share)
    return log(beyond) / (servers - load) if beyond > 1 else 0.0


def servers_for(load: float, *, share: float, wait: float) -> int:
    """Return the fewest windows at which this share, below 1, waits no longer than `wait`.

    O(load).
    """
    for servers, blocking in enumerate(_blocking(load)):
        if load < servers:
            late = _c(servers, load, blocking) * exp(-(servers - load) * wait)
            if 1.0 - late >= share:
                return servers
    raise AssertionError("windows never end")


def impatient(servers: int, load: float, leaving: float) -> Impatient:
    """Return what happens where each who waits leaves at the rate `leaving`; both rates above 0.

    Those who wait are added one by one, as the windows were: `full` is the share of time with
    exactly so many waiting, had nobody more been let in.
    """
    full = waiting = _last(_blocking(load, servers))
    line, n = 0.0, 0
    while True:
        n += 1
        grows = load / (servers + n * leaving) * full
        full = grows / (1.0 + grows)
        waiting = full + waiting / (1.0 + grows)
        line = full * n + line / (1.0 + grows)
        if load < servers + n * leaving and full * n <= NEGLIGIBLE * line:
            break
    return Impatient(waiting, leaving * line / load, line / load)


def _blocking(load: float, servers: int | None = None) -> Iterator[float]:
    """Yield the share of time all are busy (Erlang-B) with 0, 1, 2 … windows, without a line."""
    blocking, n = 1.0, 0
    while servers is None or n <= servers:
        yield blocking
        n += 1
        blocking = load * blocking / (n + load * blocking)


def _last(shares: Iterator[float]) -> float:
    *_, last = shares
    return last


def _c(servers: int, load: float, blocking: float) -> float:
    return servers * blocking / (servers - load * (1.0 - blocking))
