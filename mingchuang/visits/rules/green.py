"""The green channel of somebody who stands in line, set or taken away by staff. Pure."""

from enum import StrEnum


class Basis(StrEnum):
    """On what somebody goes by the green channel, or by it no longer; never on a paper."""

    SEEN = "seen"
    SAID = "said"


def needs_reason(old: str) -> bool:
    """Say whether a change overrides what was said before: what somebody has is not taken from
    them, nor made another kind, without a reason."""
    return bool(old)
