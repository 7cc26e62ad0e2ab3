"""`mingchuang serve`: the web and the follower in one command."""

import gc
import multiprocessing
import os
import resource
import socket
import sys
import threading
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection, connections
from django.utils.timezone import now
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from mingchuang.base.beside import beside, end_with, keep_running
from mingchuang.base.database import bring_up_to_date
from mingchuang.base.errors import Refused
from mingchuang.cases.queries.terms import profile_called, rectifying_profile_called
from mingchuang.hall.actions import load_profiles, load_shipped_calendars
from mingchuang.visits.live.doors import House, with_live_pages
from mingchuang.visits.live.hub import MOST

CORES = multiprocessing.cpu_count()
# A thread that waits for the database leaves the processor to the others; more than these
# only stand in each other's way.
THREADS = min(8, 2 * CORES + 1)
SECONDS_TO_STOP = 15
# A screen holds its connection all day long; requests wait for a thread, not for them.
MOST_OPEN = 2 * MOST


class Command(BaseCommand):
    help = "Serve the pages, and follow the ledger beside them; bring the database up to date first"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument(
            "--port", type=partial(_number, 65_535), default=8000, help="port to listen on"
        )
        parser.add_argument(
            "--workers",
            type=partial(_number, 256),
            help="web processes (default: one on SQLite, one per processor core on PostgreSQL)",
        )
        parser.add_argument("--no-follow", action="store_true", help="leave following to others")

    def handle(
        self, *, host: str, port: int, workers: int | None, no_follow: bool, **_rest: object
    ) -> None:
        _refuse_taken_port(host, port)
        _bring_up_to_date()
        _open_enough_files()
        workers = workers or (1 if connection.vendor == "sqlite" else CORES)
        # The web processes are forked from this one and must not share its connections.
        connections.close_all()
        server = Granian(
            "mingchuang.asgi:application",
            address=host,
            port=port,
            interface=Interfaces.ASGI,
            workers=workers,
            backpressure=MOST_OPEN,
            websockets=False,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
            workers_kill_timeout=SECONDS_TO_STOP,
        )
        server.on_startup(partial(self._greet, host, port))
        with _follower(self._tell, wanted=not no_follow):
            server.serve(target_loader=partial(_application, os.getpid()))

    def _greet(self, host: str, port: int) -> None:
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        self.stdout.write(_("明窗已经打开：%s（按 Ctrl-C 关闭）") % address)
        self.stdout.flush()

    def _tell(self, status: int, pause: float) -> None:
        facts = {"status": status, "pause": f"{pause:g}"}
        self.stderr.write(
            _("跟随进程意外结束（状态 %(status)s），%(pause)s 秒后重新启动。") % facts
        )


def _number(most: int, text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise ArgumentTypeError(_("请写一个 1 到 %s 之间的整数") % most)
    return int(text)


def _refuse_taken_port(host: str, port: int) -> None:
    """Refuse a port somebody listens on: the server itself would silently share it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        facts = {"host": host, "port": port, "error": error.strerror}
        raise CommandError(
            _("不能在 %(host)s:%(port)s 上打开：%(error)s。请用 --port 换一个端口。") % facts
        ) from None


def _bring_up_to_date() -> None:
    """Bring the tables and what every town needs: the calendars, the time limits."""
    try:
        bring_up_to_date()
        load_shipped_calendars(at=now())
        load_profiles(at=now())
        profile_called(settings.TIME_LIMIT_PROFILE)
        rectifying_profile_called(settings.RECTIFY_PROFILE)
    except DatabaseError as error:
        raise CommandError(_("不能打开数据库：%s") % error) from error
    except Refused as refused:
        raise CommandError(str(refused), returncode=2) from refused


def _open_enough_files() -> None:
    """Let each process hold a thousand screens where a login shell allows 1024 open files."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _application(parent: int, _target: str) -> House:
    """Return the application, in a web process that ends with the server that started it."""
    end_with(parent)
    pages = get_wsgi_application()
    _look_less_for_knots()
    # A page is asked for while a thousand screens are told: who waits for its turn gets it sooner.
    sys.setswitchinterval(0.001)
    return with_live_pages(pages, threads=THREADS, clock=now)


def _look_less_for_knots() -> None:
    """Let Python look seldom for objects that hold each other, and never among what it began with.

    Each page leaves some behind; with Python's own 700 a sixth of the time goes into looking.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


@contextmanager
def _follower(tell: Callable[[int, float], None], *, wanted: bool) -> Iterator[None]:
    """Keep `mingchuang follow` running for as long as the pages are served."""
    stop = threading.Event()
    keeper = threading.Thread(target=keep_running, args=(beside("follow"), stop, tell))
    if wanted:
        keeper.start()
    try:
        yield
    finally:
        stop.set()
        if wanted:
            keeper.join()
