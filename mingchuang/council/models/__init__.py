"""The nouns of the residents' council; a folder because together they outgrew one file."""

from mingchuang.council.models.decisions import Check, Commitment, Decision
from mingchuang.council.models.inviting import Invitation
from mingchuang.council.models.minutes import Confirmation, Minutes, Shot, Statement, Tally
from mingchuang.council.models.objections import Measure, Objection
from mingchuang.council.models.positions import Condition, Joining, Position
from mingchuang.council.models.register import Household, Stakeholder
from mingchuang.council.models.rosters import Lottery, Roster, Seat
from mingchuang.council.models.sittings import Attendance, Sitting
from mingchuang.council.models.topics import Option, Picture, Place, Topic

__all__ = [
    "Attendance",
    "Check",
    "Commitment",
    "Condition",
    "Confirmation",
    "Decision",
    "Household",
    "Invitation",
    "Joining",
    "Lottery",
    "Measure",
    "Minutes",
    "Objection",
    "Option",
    "Picture",
    "Place",
    "Position",
    "Roster",
    "Seat",
    "Shot",
    "Sitting",
    "Stakeholder",
    "Statement",
    "Tally",
    "Topic",
]
