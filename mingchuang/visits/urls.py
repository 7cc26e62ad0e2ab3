"""The doors of coming in person: booking, numbers, windows, screens, companions, plans."""

from django.urls import URLPattern, path

from mingchuang.visits.views import how_long, plans

app_name = "visits"

BOOKING: list[URLPattern] = []
WAITING: list[URLPattern] = []
NUMBERS: list[URLPattern] = []
WINDOWS: list[URLPattern] = []
SCREENS: list[URLPattern] = []
COMPANIONS: list[URLPattern] = []
PLANS: list[URLPattern] = [
    path("how-long/", how_long.how_long_record, name="how_long_record"),
    path("how-long/record.<slug:kind>", how_long.how_long_record_file, name="how_long_record_file"),
    path("how-long/<slug:item>/", how_long.how_long, name="how_long"),
    path("desk/staffing/", plans.plan, name="plan"),
    path("desk/staffing/<int:pk>/", plans.plan_made, name="plan_made"),
]

urlpatterns = [*BOOKING, *WAITING, *NUMBERS, *WINDOWS, *SCREENS, *COMPANIONS, *PLANS]
