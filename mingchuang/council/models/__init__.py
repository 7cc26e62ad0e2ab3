"""The nouns of the residents' council; a folder because together they outgrew one file."""

from mingchuang.council.models.ballots import OwnersBallot, Paper, Vote
from mingchuang.council.models.costs import CostShare, Movement, Pledge, Share
from mingchuang.council.models.flats import Flat, Owner
from mingchuang.council.models.inviting import Invitation
from mingchuang.council.models.register import Household, Stakeholder
from mingchuang.council.models.rosters import Lottery, Refill, Roster, Seat
from mingchuang.council.models.topics import Option, Picture, Place, Topic

__all__ = [
    "CostShare",
    "Flat",
    "Household",
    "Invitation",
    "Lottery",
    "Movement",
    "Option",
    "Owner",
    "OwnersBallot",
    "Paper",
    "Picture",
    "Place",
    "Pledge",
    "Refill",
    "Roster",
    "Seat",
    "Share",
    "Stakeholder",
    "Topic",
    "Vote",
]
