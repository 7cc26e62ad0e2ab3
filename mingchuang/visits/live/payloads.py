"""What is sent to the screens, as bytes of an event stream."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from zlib import crc32

from django.template.loader import render_to_string
from django.utils.translation import override

from mingchuang.visits.rules.channels import Channel, Kind
from mingchuang.visits.rules.screens import Hall

Told = dict[str, Any]


def told_to(channel: Channel, hall: Hall) -> Told | None:
    """Return what this channel is told of the site; None where there is nothing to tell."""
    return TELL[channel.kind](channel, hall)


def event(told: Told) -> bytes:
    """Return it as an event; whoever already knows the very same has its id."""
    words = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return b"id: %08x\ndata: %s\n\n" % (crc32(words), words)


def id_of(event: bytes) -> bytes:
    """Return the id of an event made here."""
    return event[4:12]


def _hall(channel: Channel, hall: Hall) -> Told | None:
    html = _shown("visits/display/hall_now.html", channel, {"hall": hall})
    spoken = [[one.key, one.number, one.window] for one in reversed(hall.spoken)]
    return {"html": html, "spoken": spoken}


def _window(channel: Channel, hall: Hall) -> Told | None:
    place = hall.windows.get(channel.window)
    if place is None:
        return None
    return {"html": _shown("visits/display/window_now.html", channel, {"place": place})}


def _board(_channel: Channel, hall: Hall) -> Told | None:
    """A board asks again where anything of this is another; here only whether it is."""
    seen = (hall.calls, hall.lines, list(hall.windows.values()), sorted(hall.tickets.items()))
    return {"seen": crc32(repr(seen).encode())}


def _visit(channel: Channel, hall: Hall) -> Told | None:
    """A ticket page shows who goes before from this; what it says else changes with `part`."""
    ticket = hall.tickets.get(channel.name)
    if ticket is None:
        return None
    ahead = {"ahead": ticket.place - 1} if ticket.place > 1 else {}
    return {"part": ticket.part, **ahead}


def _shown(template: str, channel: Channel, context: Mapping[str, object]) -> str:
    with override(channel.language):
        return render_to_string(template, dict(context))


TELL: Mapping[Kind, Callable[[Channel, Hall], Told | None]] = {
    Kind.HALL: _hall,
    Kind.WINDOW: _window,
    Kind.BOARD: _board,
    Kind.VISIT: _visit,
}
