"""What a screen listens to, and the address where it does. Pure."""

import re
from enum import StrEnum
from typing import NamedTuple

ENGLISH, CHINESE = "en", "zh-hans"


class Kind(StrEnum):
    HALL = "hall"
    WINDOW = "window"
    BOARD = "board"
    VISIT = "visit"


class Channel(NamedTuple):
    """All who listen to the same are told the same; `name` is the code of a site or of a visit."""

    kind: Kind
    name: str
    window: int = 0
    language: str = ""

    @property
    def path(self) -> str:
        asked = f"?lang={ENGLISH}" if self.language == ENGLISH else ""
        return WAYS[self.kind].format(self.name, self.window) + asked


# A board is told that something changed, and a visit how it stands, in no language.
WAYS = {
    Kind.HALL: "/live/hall/{0}/",
    Kind.WINDOW: "/live/hall/{0}/{1}/",
    Kind.BOARD: "/live/{0}/",
    Kind.VISIT: "/live/v/{0}/",
}
SPOKEN = {Kind.HALL, Kind.WINDOW}
_SITE, _NUMBER, _CODE = r"([-\w]{1,40})", r"([1-9]\d{0,4})", r"([0-9a-f]{16})"
_DOORS = {
    Kind.HALL: re.compile(rf"/live/hall/{_SITE}/"),
    Kind.WINDOW: re.compile(rf"/live/hall/{_SITE}/{_NUMBER}/"),
    Kind.BOARD: re.compile(rf"/live/{_SITE}/"),
    Kind.VISIT: re.compile(rf"/live/v/{_CODE}/"),
}


def channel_at(path: str, query: str) -> Channel | None:
    """Return what is listened to at this address; None where nothing is."""
    for kind, door in _DOORS.items():
        if found := door.fullmatch(path):
            name, *window = found.groups()
            english = kind in SPOKEN and f"lang={ENGLISH}" in query.split("&")
            language = (ENGLISH if english else CHINESE) if kind in SPOKEN else ""
            return Channel(kind, name, int(window[0]) if window else 0, language)
    return None
