"""The nouns of the residents' council; a folder because together they outgrew one file."""

from mingchuang.council.models.inviting import Invitation
from mingchuang.council.models.register import Household, Stakeholder
from mingchuang.council.models.rosters import Lottery, Roster, Seat
from mingchuang.council.models.topics import Option, Picture, Place, Topic

__all__ = [
    "Household",
    "Invitation",
    "Lottery",
    "Option",
    "Picture",
    "Place",
    "Roster",
    "Seat",
    "Stakeholder",
    "Topic",
]
