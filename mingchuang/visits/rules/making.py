"""How far something is that is made beside the pages. Pure."""

from enum import StrEnum


class Making(StrEnum):
    WAITING = "waiting"
    MADE = "made"
    NOT_MADE = "unmade"
