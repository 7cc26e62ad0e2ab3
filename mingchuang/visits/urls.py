"""The doors of coming in person: booking, numbers, windows, screens, companions, plans."""

from django.urls import URLPattern, path

from mingchuang.visits.views import (
    companion_board,
    companion_figures,
    companions,
    counter,
    kiosk,
    numbers,
    visit,
)

app_name = "visits"

BOOKING: list[URLPattern] = []
WAITING: list[URLPattern] = []
NUMBERS: list[URLPattern] = [
    path("kiosk/<slug:site>/", kiosk.start, name="kiosk"),
    path("kiosk/<slug:site>/booked/", kiosk.booked, name="kiosk_booked"),
    path("kiosk/<slug:site>/line/<str:prefix>/", kiosk.who, name="kiosk_who"),
    path("kiosk/<slug:site>/line/<str:prefix>/<slug:who>/", kiosk.sure, name="kiosk_sure"),
    path("kiosk/<slug:site>/number/<str:code>/", kiosk.number, name="kiosk_number"),
    path("halls/<slug:site>/number/", numbers.number_at, name="number_at"),
    path("halls/<slug:site>/here/", numbers.poster, name="poster"),
    path("halls/<slug:site>/here/<str:word>/", numbers.here, name="here"),
    path("v/<str:code>/", visit.show, name="visit"),
    path("v/<str:code>/now/", visit.changing, name="visit_now"),
    path("v/<str:code>/here/", visit.arrived, name="arrived"),
    path("desk/numbers/", counter.numbers, name="numbers"),
    path("desk/numbers/check-in/", counter.check_in, name="number_check_in"),
    path("desk/numbers/<str:code>/", counter.slip, name="number_slip"),
]
WINDOWS: list[URLPattern] = []
SCREENS: list[URLPattern] = []
COMPANIONS: list[URLPattern] = [
    path("companion/", companions.choose, name="ask_companion"),
    path("companion/<slug:site>/", companions.ask, name="ask_companion_at"),
    path("companion/<slug:site>/told/", companions.told, name="companions_told"),
    path("a/<slug:code>/", companions.show, name="assist"),
    path("a/<slug:code>/cancel/", companions.cancel, name="cancel_assist"),
    path("a/<slug:code>/forget/", companions.forget, name="forget_assist"),
    path("desk/companions/", companion_board.board, name="companions"),
    path("desk/companions/new/", companion_board.take_in, name="companion_new"),
    path("desk/companions/figures/", companion_figures.figures, name="companion_figures"),
    path(
        "desk/companions/figures/table.<slug:kind>",
        companion_figures.figures_file,
        name="companion_figures_file",
    ),
    path("desk/companions/<int:pk>/", companion_board.show, name="companion"),
    path("desk/companions/<int:pk>/reveal/", companion_board.reveal, name="companion_reveal"),
    path("desk/companions/<int:pk>/<slug:name>/", companion_board.deed, name="companion_deed"),
]
PLANS: list[URLPattern] = []

urlpatterns = [*BOOKING, *WAITING, *NUMBERS, *WINDOWS, *SCREENS, *COMPANIONS, *PLANS]
