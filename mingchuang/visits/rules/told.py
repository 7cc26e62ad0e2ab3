"""What the entries of a visit add up to: state, line, number, slot, channel and end. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from mingchuang.ledger.rules.canonical import moment_text
from mingchuang.visits.rules.life import BEGIN, ENDED, LIFE, state_told


class Happened(NamedTuple):
    """One entry: what, when, as a moment is written in the ledger, and with which facts."""

    verb: str
    at: str
    facts: Mapping[str, object]


# In which fact of which entries a column is told; what is told last holds.
FACTS = ("line", "number", "slot")
TELL_GREEN = {*BEGIN, "visit.channel_changed"}


def columns_told(happened: Iterable[Happened]) -> dict[str, str]:
    """Return what the columns of a visit must be; what is no step of its life says nothing."""
    steps = [one for one in happened if one.verb in LIFE]
    state = state_told(one.verb for one in steps)
    told = {name: _last(name, steps) for name in FACTS}
    ended = [one.at for one in steps if LIFE[one.verb].end in ENDED]
    return {
        **told,
        **_channel(steps),
        "state": str(state or ""),
        "slot": _moment(told["slot"]),
        "ended_at": ended[-1] if ended else "",
    }


def _last(name: str, steps: Iterable[Happened]) -> str:
    found = [str(one.facts[name]) for one in steps if one.facts.get(name)]
    return found[-1] if found else ""


def _channel(steps: Iterable[Happened]) -> dict[str, str]:
    """Return by which channel they go, as it was told last; nothing where nobody told of it."""
    found = [
        one.facts.get("new", one.facts.get("green")) for one in steps if one.verb in TELL_GREEN
    ]
    told = [str(green) for green in found if green is not None]
    return {"green": told[-1]} if told else {}


def _moment(text: str) -> str:
    """Return the moment as the ledger writes it, whatever clock it was told by."""
    try:
        return moment_text(datetime.fromisoformat(text))
    except ValueError:
        return text
