"""The doors of coming in person: booking, numbers, windows, screens, companions, plans."""

from django.urls import URLPattern, path

from mingchuang.visits.views import display

app_name = "visits"

BOOKING: list[URLPattern] = []
WAITING: list[URLPattern] = []
NUMBERS: list[URLPattern] = []
WINDOWS: list[URLPattern] = []
SCREENS: list[URLPattern] = [
    path("display/<slug:site>/", display.hall, name="display"),
    path("display/<slug:site>/<int:number>/", display.window, name="window_display"),
]
COMPANIONS: list[URLPattern] = []
PLANS: list[URLPattern] = []

urlpatterns = [*BOOKING, *WAITING, *NUMBERS, *WINDOWS, *SCREENS, *COMPANIONS, *PLANS]
