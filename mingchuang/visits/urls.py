"""The doors of coming in person: booking, numbers, windows, screens, companions, plans."""

from django.urls import URLPattern, path

from mingchuang.visits.views import holidays, releases, standby

app_name = "visits"

BOOKING: list[URLPattern] = []
WAITING: list[URLPattern] = [
    path("standby/<slug:site>/<slug:prefix>/<slug:day>/", standby.stand_by, name="stand_by"),
    path("w/<slug:code>/", standby.show, name="standby"),
    path("w/<slug:code>/take/", standby.take, name="take_offer"),
    path("w/<slug:code>/leave/", standby.leave, name="leave_standby"),
    path("book/holiday/", holidays.holidays, name="holidays"),
    path("book/holiday/<int:pk>/", holidays.holiday, name="holiday"),
    path("book/holiday/<int:pk>/sign-up/", holidays.sign_up, name="sign_up"),
    path("book/holiday/<int:pk>/check/", holidays.check, name="holiday_check"),
    path("book/holiday/mine/<slug:code>/", holidays.signed_up, name="signed_up"),
    path("book/holiday/mine/<slug:code>/withdraw/", holidays.withdraw, name="withdraw_sign_up"),
    path("desk/releases/", releases.releases, name="releases"),
    path("desk/releases/open/", releases.open_release, name="open_release"),
    path("desk/releases/<int:pk>/", releases.release, name="release"),
    path("desk/releases/<int:pk>/draw/", releases.draw, name="draw_release"),
]
NUMBERS: list[URLPattern] = []
WINDOWS: list[URLPattern] = []
SCREENS: list[URLPattern] = []
COMPANIONS: list[URLPattern] = []
PLANS: list[URLPattern] = []

# Holidays come before any item that is called so.
urlpatterns = [*WAITING, *BOOKING, *NUMBERS, *WINDOWS, *SCREENS, *COMPANIONS, *PLANS]
