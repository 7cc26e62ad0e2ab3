"""The nouns of coming in person; a folder because together they outgrew one file."""

from mingchuang.visits.models.forecasts import Forecast, Known, Plan
from mingchuang.visits.models.lines import Line, Rota, Slot
from mingchuang.visits.models.visits import Call, Desk, Given, Visit

__all__ = ["Call", "Desk", "Forecast", "Given", "Known", "Line", "Plan", "Rota", "Slot", "Visit"]
