"""The doors of coming in person: booking, numbers, windows, screens, companions, plans."""

from django.urls import URLPattern, path

from mingchuang.visits.views import book, booked, bookings

app_name = "visits"

BOOKING: list[URLPattern] = [
    path("book/<slug:item>/", book.book, name="book"),
    path("book/<slug:item>/<slug:site>/", book.times, name="book_times"),
    path("book/<slug:item>/<slug:site>/<int:slot>/", book.who, name="book_who"),
    path("v/<slug:code>/", booked.show, name="visit"),
    path("v/<slug:code>/visit.ics", booked.diary, name="diary"),
    path("v/<slug:code>/move/", booked.move, name="move_visit"),
    path("v/<slug:code>/cancel/", booked.cancel, name="cancel_visit"),
    path("desk/bookings/", bookings.bookings, name="bookings"),
    path("desk/bookings/new/", bookings.choose_line, name="choose_line"),
    path("desk/bookings/new/<int:line>/", bookings.book_for, name="book_for"),
    path("desk/bookings/<int:pk>/move/", bookings.move_for, name="move_for"),
    path("desk/bookings/<int:pk>/cancel/", bookings.cancel_for, name="cancel_for"),
]
WAITING: list[URLPattern] = []
NUMBERS: list[URLPattern] = []
WINDOWS: list[URLPattern] = []
SCREENS: list[URLPattern] = []
COMPANIONS: list[URLPattern] = []
PLANS: list[URLPattern] = []

urlpatterns = [*BOOKING, *WAITING, *NUMBERS, *WINDOWS, *SCREENS, *COMPANIONS, *PLANS]
