"""The nouns of the residents' council; a folder because together they outgrew one file."""

from mingchuang.council.models.ballots import OwnersBallot, Paper, Vote
from mingchuang.council.models.costs import CostShare, HouseholdSum, Movement, Pledge, Share
from mingchuang.council.models.decisions import Check, Commitment, Decision
from mingchuang.council.models.flats import Flat, Owner
from mingchuang.council.models.inviting import Invitation
from mingchuang.council.models.letters import Letter
from mingchuang.council.models.minutes import Confirmation, Minutes, Shot, Statement, Tally
from mingchuang.council.models.objections import Measure, Objection
from mingchuang.council.models.positions import Condition, Joining, Position
from mingchuang.council.models.register import Household, Stakeholder
from mingchuang.council.models.rosters import Lottery, Refill, Roster, Seat
from mingchuang.council.models.sittings import Attendance, Away, Sitting
from mingchuang.council.models.topics import Option, Picture, Place, Topic

__all__ = [
    "Attendance",
    "Away",
    "Check",
    "Commitment",
    "Condition",
    "Confirmation",
    "CostShare",
    "Decision",
    "Flat",
    "Household",
    "HouseholdSum",
    "Invitation",
    "Joining",
    "Letter",
    "Lottery",
    "Measure",
    "Minutes",
    "Movement",
    "Objection",
    "Option",
    "Owner",
    "OwnersBallot",
    "Paper",
    "Picture",
    "Place",
    "Pledge",
    "Position",
    "Refill",
    "Roster",
    "Seat",
    "Share",
    "Shot",
    "Sitting",
    "Stakeholder",
    "Statement",
    "Tally",
    "Topic",
    "Vote",
]
