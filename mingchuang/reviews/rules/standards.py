"""What a clause of the standards is about, and how one looks whether it is kept."""

from enum import StrEnum


class Chapter(StrEnum):
    """What a clause is about, in the order in which the standards hang on the wall."""

    APPEARANCE = "appearance"
    BADGE = "badge"
    GREETING = "greeting"
    WORDS = "words"
    CONDUCT = "conduct"
    ORDER = "order"


class Method(StrEnum):
    LOOK = "look"
    ASK = "ask"
    PAPERS = "papers"


# Points are kept in tenths, so that half a point is a whole number and every sum exact.
TENTHS = 10
LARGEST = 100 * TENTHS
# A walk through a hall has an end.
MOST_CLAUSES = 60
