"""The doors of coming in person: booking, numbers, windows, screens, companions, plans."""

from django.urls import URLPattern, path

from mingchuang.visits.views import (
    board,
    book,
    booked,
    bookings,
    cards,
    companion_board,
    companion_figures,
    companions,
    counter,
    display,
    holidays,
    home_board,
    homes,
    how_long,
    in_line,
    kiosk,
    line_rules,
    lines,
    numbers,
    plans,
    releases,
    standby,
    supplements,
    visit,
    window,
)

app_name = "visits"

BOOKING: list[URLPattern] = [
    path("book/<slug:item>/", book.book, name="book"),
    path("book/<slug:item>/<slug:site>/", book.times, name="book_times"),
    path("book/<slug:item>/<slug:site>/<int:slot>/", book.who, name="book_who"),
    path("v/<slug:code>/visit.ics", booked.diary, name="diary"),
    path("v/<slug:code>/move/", booked.move, name="move_visit"),
    path("v/<slug:code>/cancel/", booked.cancel, name="cancel_visit"),
    path("desk/bookings/", bookings.bookings, name="bookings"),
    path("desk/bookings/new/", bookings.choose_line, name="choose_line"),
    path("desk/bookings/new/<int:line>/", bookings.book_for, name="book_for"),
    path("desk/bookings/<int:pk>/move/", bookings.move_for, name="move_for"),
    path("desk/bookings/<int:pk>/cancel/", bookings.cancel_for, name="cancel_for"),
]
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
NUMBERS: list[URLPattern] = [
    path("kiosk/<slug:site>/", kiosk.start, name="kiosk"),
    path("kiosk/<slug:site>/booked/", kiosk.booked, name="kiosk_booked"),
    path("kiosk/<slug:site>/line/<str:prefix>/", kiosk.who, name="kiosk_who"),
    path("kiosk/<slug:site>/line/<str:prefix>/<slug:who>/", kiosk.sure, name="kiosk_sure"),
    path("kiosk/<slug:site>/line/<str:prefix>/<slug:who>/many/", kiosk.many, name="kiosk_many"),
    path("kiosk/<slug:site>/number/<str:code>/", kiosk.number, name="kiosk_number"),
    path("halls/<slug:site>/number/", numbers.number_at, name="number_at"),
    path("halls/<slug:site>/here/", numbers.poster, name="poster"),
    path("halls/<slug:site>/here/<str:word>/", numbers.here, name="here"),
    path("v/<str:code>/", visit.show, name="visit"),
    path("v/<str:code>/here/", visit.arrived, name="arrived"),
    path("desk/numbers/", counter.numbers, name="numbers"),
    path("desk/numbers/check-in/", counter.check_in, name="number_check_in"),
    path("desk/numbers/<str:code>/", counter.slip, name="number_slip"),
]
WINDOWS: list[URLPattern] = [
    path("halls/<slug:site>/windows/<int:number>/", cards.card, name="window"),
    path("halls/<slug:site>/rules/", line_rules.line_rules, name="line_rules"),
    path("desk/hall/", board.board, name="board"),
    path("desk/hall/now/", board.board_now, name="board_now"),
    path("desk/hall/line/", in_line.in_line, name="in_line"),
    path("desk/hall/line/now/", in_line.in_line_now, name="in_line_now"),
    path("desk/hall/visits/<int:pk>/green/", in_line.change_channel, name="change_channel"),
    path("desk/hall/windows/<int:pk>/free/", board.free, name="free_window"),
    path("desk/lines/", lines.lines, name="lines"),
    path("desk/lines/<int:pk>/", lines.line, name="line"),
    path("desk/lines/<int:pk>/close/", lines.close_line, name="close_line"),
    path("desk/lines/<int:pk>/reopen/", lines.reopen_line, name="reopen_line"),
    path("desk/lines/new/<slug:site>/", lines.new_line, name="new_line"),
    path("desk/lines/rota/<int:pk>/", lines.rota, name="rota"),
    path("desk/window/", window.console, name="console"),
    path("desk/window/turn/", window.out_of_turn, name="out_of_turn"),
    path("desk/window/do/<slug:name>/", window.turn, name="turn"),
    path("desk/window/visits/<int:pk>/missing/", supplements.tell, name="missing"),
    path("desk/supplements/", supplements.awaited, name="awaited"),
    path("desk/supplements/<int:pk>/brought/", supplements.brought, name="brought"),
    path("desk/supplements/<int:pk>/end/", supplements.end, name="end_waiting"),
    path("desk/window/visits/<int:pk>/on/", window.pass_on, name="pass_on"),
    path("desk/window/visits/<int:pk>/<slug:name>/", window.aside, name="aside"),
]
SCREENS: list[URLPattern] = [
    path("display/<slug:site>/", display.hall, name="display"),
    path("display/<slug:site>/<int:number>/", display.window, name="window_display"),
]
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
HOMES: list[URLPattern] = [
    path("home-visit/<slug:site>/", homes.ask, name="ask_home"),
    path("h/<slug:code>/", homes.show, name="home_visit"),
    path("h/<slug:code>/cancel/", homes.cancel, name="cancel_home"),
    path("desk/homes/", home_board.board, name="homes"),
    path("desk/homes/new/<slug:site>/", home_board.take_in, name="home_new"),
    path("desk/homes/<int:pk>/", home_board.show, name="home"),
    path("desk/homes/<int:pk>/reveal/", home_board.reveal, name="home_reveal"),
    path("desk/homes/<int:pk>/<slug:name>/", home_board.deed, name="home_deed"),
]
PLANS: list[URLPattern] = [
    path("how-long/", how_long.how_long_record, name="how_long_record"),
    path("how-long/record.<slug:kind>", how_long.how_long_record_file, name="how_long_record_file"),
    path("how-long/<slug:item>/", how_long.how_long, name="how_long"),
    path("desk/staffing/", plans.plan, name="plan"),
    path("desk/staffing/<int:pk>/", plans.plan_made, name="plan_made"),
]

# Holidays come before any item that is called so.
urlpatterns = [*WAITING, *BOOKING, *NUMBERS, *WINDOWS, *SCREENS, *COMPANIONS, *HOMES, *PLANS]
