"""The nouns of coming in person; a folder because together they outgrew one file."""

from mingchuang.visits.models.holiday import Release, SignUp
from mingchuang.visits.models.lines import Line, Rota, Slot
from mingchuang.visits.models.standby import Standby
from mingchuang.visits.models.visits import Call, Desk, Given, Visit

__all__ = ["Call", "Desk", "Given", "Line", "Release", "Rota", "SignUp", "Slot", "Standby", "Visit"]
