"""The doors of coming in person: booking, numbers, windows, screens, companions, plans."""

from django.urls import URLPattern, path

from mingchuang.visits.views import board, cards, lines, window

app_name = "visits"

BOOKING: list[URLPattern] = []
WAITING: list[URLPattern] = []
NUMBERS: list[URLPattern] = []
WINDOWS: list[URLPattern] = [
    path("halls/<slug:site>/windows/<int:number>/", cards.card, name="window"),
    path("desk/hall/", board.board, name="board"),
    path("desk/hall/now/", board.board_now, name="board_now"),
    path("desk/lines/", lines.lines, name="lines"),
    path("desk/lines/<int:pk>/", lines.line, name="line"),
    path("desk/lines/<int:pk>/close/", lines.close_line, name="close_line"),
    path("desk/lines/<int:pk>/reopen/", lines.reopen_line, name="reopen_line"),
    path("desk/lines/new/<slug:site>/", lines.new_line, name="new_line"),
    path("desk/lines/rota/<int:pk>/", lines.rota, name="rota"),
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
