import threading
from collections import Counter
from datetime import timedelta
from itertools import takewhile
from time import monotonic

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection
from django.db.transaction import on_commit
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from mingchuang.base.beside import Aside, beside, told_to_stop
from mingchuang.base.database import take_statistics
from mingchuang.base.errors import Refused
from mingchuang.base.locks import leading
from mingchuang.base.plainly import said_plainly
from mingchuang.cases.actions.alike import compare_new, keep_words
from mingchuang.cases.actions.batch_lists import let_go_of_copies
from mingchuang.cases.actions.batch_watch import remind_of_promises
from mingchuang.cases.actions.keeping import SYSTEM, finish_retention
from mingchuang.cases.actions.lost import end_old_reports
from mingchuang.cases.actions.many import do_next_item
from mingchuang.cases.actions.once import forget_sent
from mingchuang.cases.actions.photos import tidy_photos
from mingchuang.cases.actions.watch import archive_silent_cases, watch_cases
from mingchuang.cases.batching.reading import is_anything_to_read, read_uploads
from mingchuang.cases.queries.common_words import newly_counted
from mingchuang.cases.queries.erased import erased_since_last_run, is_anything_erased, ran_today
from mingchuang.cases.queries.findable import ANSWERS, CASES
from mingchuang.cases.queries.keeping import terms_in_force
from mingchuang.council.actions.checking import miss_next
from mingchuang.council.actions.reading_minutes import freeze_next
from mingchuang.council.queries.pictures import is_pictured
from mingchuang.council.reckoning import is_anything_to_plan, plan_lotteries
from mingchuang.hall.actions import let_renamed_units_be_found
from mingchuang.ledger.actions import seal_entries
from mingchuang.ledger.keeping import keep_newest, newest_kept
from mingchuang.outward.minutes_out import tell_reader
from mingchuang.outward.place_notes_out import tell_of_place
from mingchuang.outward.reminding import remind_next
from mingchuang.outward.retention import erase, some_due_anywhere
from mingchuang.outward.supplements_out import remind_of_supplement
from mingchuang.people.actions.attempts import forget_attempts
from mingchuang.reviews.actions.keeping import forget_with_matters
from mingchuang.reviews.actions.watch import watch_reviews
from mingchuang.reviews.queries.seen import is_shot
from mingchuang.reviews.queries.thanks import is_thanked_with
from mingchuang.visits.actions.assisting import end_old_assists
from mingchuang.visits.actions.ending import end_day
from mingchuang.visits.actions.place_notes import note_shut_days
from mingchuang.visits.actions.releases import close_release, draw_release
from mingchuang.visits.actions.slots import renew_slots
from mingchuang.visits.actions.standby import offer_freed
from mingchuang.visits.queries.releases import releases_to_close, releases_to_draw
from mingchuang.visits.queries.renewal import lines_in_use, what_slots_follow
from mingchuang.visits.queries.standby import lines_to_offer
from mingchuang.visits.reckoning import is_anything_to_reckon, reckon

A_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)
A_MINUTE = 60.0
# So many cases of bulks at one look, so that neither sealing nor the end waits for five hundred.
SOME = 50


class Command(BaseCommand):
    help = "Seal new entries, warn and remind, renew slots, learn; many may run, one leads"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what there is to do, and end")
        parser.add_argument("--pause", type=float, default=1.0, help="seconds between two looks")

    def handle(self, *, once: bool, pause: float, **_rest: object) -> None:
        if once:
            told = _("封存 %(sealed)s 条，提醒 %(watched)s 件，归档 %(archived)s 件。")
            with said_plainly():
                self.stdout.write(told % _follow_to_the_end())
            return
        stop = told_to_stop()
        while not stop.is_set():
            try:
                self._lead(stop, pause)
            except DatabaseError as error:
                self.stderr.write(_("数据库暂时不通，稍后再试：%s") % error)
                connection.close()
            except Refused as refused:
                # Somebody has to come; until then clocks are watched, and this is said, by minute.
                self.stderr.write(str(refused))
                stop.wait(A_MINUTE)
            stop.wait(pause)

    def _lead(self, stop: threading.Event, pause: float) -> None:
        """Work as long as this process leads; another one takes over when it ends."""
        aside, renewal = Aside(beside("reckon")), Renewal()
        with leading("follow") as leads:
            looked_on = None
            while leads and not stop.is_set():
                if looked_on != localdate():
                    take_statistics()
                    looked_on = localdate()
                renewal.look()
                if is_anything_aside():
                    aside.run()
                if follow()["many"] < SOME:
                    stop.wait(pause)
        aside.end()


def is_anything_aside() -> bool:
    """Say whether anything waits that takes longer than a look: days, lists, plans, lotteries."""
    return is_anything_to_read() or is_anything_to_reckon(now()) or is_anything_to_plan()


class Renewal:
    """Lets the slots follow the doors and the rota: when one of them, or the day, has changed."""

    def __init__(self) -> None:
        self._followed, self._looked = "", -A_MINUTE

    def look(self) -> None:
        """Look once a minute whether anything has changed."""
        if monotonic() - self._looked < A_MINUTE:
            return
        self._looked, today = monotonic(), localdate()
        if (newest := what_slots_follow(today)) != self._followed:
            for line in lines_in_use():
                renew_slots(line, today, many=line.days_ahead + 1, at=now())
            note_shut_days(at=now())
            self._followed = newest


def _follow_to_the_end() -> Counter[str]:
    """Look again until nothing is left of what was asked for many cases, and all is sealed."""
    Renewal().look()
    read_uploads(now)
    reckon(now)
    plan_lotteries(now)
    told = Counter(looked := follow())
    while looked["many"] or looked["erased"] or looked["reminded"]:
        told.update(looked := follow())
    return told


def _is_held(path: str) -> bool:
    """Say whether a room above the cases keeps this photo."""
    return is_pictured(path) or is_shot(path) or is_thanked_with(path)


def follow() -> dict[str, int]:
    """Do everything that waits, once; of what is asked for many cases, some."""
    sealed, watched, archived = 0, remind_of_promises(at=now()), 0
    while found := watch_cases(at=now()):
        watched += found
    while found := archive_silent_cases(at=now()):
        archived += found
    _tend_halls()
    _tend_council()
    _tend_ratings()
    forget_attempts(older_than=A_DAY, at=now())
    forget_sent(older_than=A_WEEK, at=now())
    tidy_photos(at=now(), held=_is_held)
    let_go_of_copies(at=now())
    while let_renamed_units_be_found(at=now()):
        pass
    erased = _retain() if settings.RETAIN else 0
    while found := seal_entries(at=now(), kept=newest_kept()):
        sealed += found
        on_commit(keep_newest)
    on_commit(keep_newest)
    if words := newly_counted(now()):
        keep_words(words, at=now())
    while compare_new(at=now()):
        pass
    reminded = sum(
        sum(takewhile(bool, (tell(at=now()) for _ in range(SOME))))
        for tell in (remind_next, remind_of_supplement, tell_of_place, tell_reader)
    )
    many = sum(takewhile(bool, (do_next_item(at=now()) for _ in range(SOME))))
    return {
        "sealed": sealed,
        "watched": watched,
        "archived": archived,
        "many": many,
        "erased": erased,
        "reminded": reminded,
    }


def _tend_halls() -> None:
    """Close what a day left open; pass on the places nobody answered for; close and draw the
    holidays that are due."""
    for step in (end_old_assists, end_day, end_old_reports):
        while step(at=now()):
            pass
    for line in lines_to_offer(now()):
        offer_freed(line, at=now())
    for release in releases_to_close(now()):
        close_release(release, at=now())
    for release in releases_to_draw():
        draw_release(release, at=now())


def _tend_council() -> None:
    """Freeze minutes whose readers had their time; open a case for each promise nobody looked
    after."""
    for step in (freeze_next, miss_next):
        while step(at=now()):
            pass


def _tend_ratings() -> None:
    """Call bad ratings to mind that nobody gets on with; forget words of matters that are gone."""
    for step in (watch_reviews, forget_with_matters):
        while step(at=now()):
            pass


def _retain() -> int:
    """Erase a little of what is due, once a day until nothing is left; return how much it was."""
    if ran_today(now()):
        return 0
    for term in terms_in_force(now()):
        if found := some_due_anywhere(term, now()):
            return sum(erase(term, some, at=now(), by=SYSTEM) for some in found)
    if is_anything_erased():
        for index in (CASES, ANSWERS):
            index.leave_no_traces()
    finish_retention(erased_since_last_run(), at=now())
    return 0
