"""What somebody is told of a place by a text message. Pure."""

from enum import StrEnum


class Kind(StrEnum):
    # A place came free and is held for who stands by.
    OFFERED = "offered"
    # A draw brought a place; or none, and they stand by.
    DRAWN = "drawn"
    MISSED = "missed"
    # The day they booked is one on which the hall stays shut after all.
    SHUT = "shut"
