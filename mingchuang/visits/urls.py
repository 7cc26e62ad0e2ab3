"""The doors of coming in person: booking, numbers, windows, screens, companions, plans."""

from django.urls import URLPattern, path

from mingchuang.visits.views import counter, kiosk, numbers, visit

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
COMPANIONS: list[URLPattern] = []
PLANS: list[URLPattern] = []

urlpatterns = [*BOOKING, *WAITING, *NUMBERS, *WINDOWS, *SCREENS, *COMPANIONS, *PLANS]
