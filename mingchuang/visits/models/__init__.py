"""The nouns of coming in person; a folder because together they outgrew one file."""

from mingchuang.visits.models.assists import Assist
from mingchuang.visits.models.forecasts import Forecast, Known, Plan
from mingchuang.visits.models.holiday import Release, SignUp
from mingchuang.visits.models.homes import HomeVisit
from mingchuang.visits.models.lines import Line, Rota, Slot
from mingchuang.visits.models.place_notes import PlaceNote
from mingchuang.visits.models.reminders import Reminder
from mingchuang.visits.models.standby import Standby
from mingchuang.visits.models.supplements import Supplement
from mingchuang.visits.models.visits import Call, Desk, Given, Visit

__all__ = [
    "Assist",
    "Call",
    "Desk",
    "Forecast",
    "Given",
    "HomeVisit",
    "Known",
    "Line",
    "PlaceNote",
    "Plan",
    "Release",
    "Reminder",
    "Rota",
    "SignUp",
    "Slot",
    "Standby",
    "Supplement",
    "Visit",
]
