"""The doors of coming in person: booking, numbers, windows, screens, companions, plans."""

from django.urls import URLPattern, path

from mingchuang.visits.views import board, cards, window

app_name = "visits"

BOOKING: list[URLPattern] = []
WAITING: list[URLPattern] = []
NUMBERS: list[URLPattern] = []
WINDOWS: list[URLPattern] = [
    path("halls/<slug:site>/windows/<int:number>/", cards.card, name="window"),
    path("desk/hall/", board.board, name="board"),
    path("desk/hall/now/", board.board_now, name="board_now"),
    path("desk/window/", window.console, name="console"),
    path("desk/window/turn/", window.out_of_turn, name="out_of_turn"),
    path("desk/window/do/<slug:name>/", window.turn, name="turn"),
    path("desk/window/visits/<int:pk>/on/", window.pass_on, name="pass_on"),
    path("desk/window/visits/<int:pk>/<slug:name>/", window.aside, name="aside"),
]
SCREENS: list[URLPattern] = []
COMPANIONS: list[URLPattern] = []
PLANS: list[URLPattern] = []

urlpatterns = [*BOOKING, *WAITING, *NUMBERS, *WINDOWS, *SCREENS, *COMPANIONS, *PLANS]
