"""How the house is sure which company somebody speaks for. Pure.

The code of a company is public: to write it down proves nothing.
"""

from enum import StrEnum


class Proof(StrEnum):
    """How somebody of the staff made sure of it."""

    LETTER = "letter"
    SEEN = "seen"
    CALL = "call"
