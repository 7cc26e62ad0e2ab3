"""Servers in processes of their own: ours, and the peer's."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.translation import gettext as _

from mingchuang.outward.errors import ProgramFailed, ProgramMissing
from mingchuang.people.models import Person

PATIENCE = 60


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def ours(port: int, *, database: str, workers: int) -> list[str]:
    """Return the command line of our server on this database, with limits nobody meets; with the
    keys of this process, so that who has signed in here is known there."""
    serve = [sys.executable, "-c", "from mingchuang.cli import main; main()", "serve"]
    limits = [f"MINGCHUANG_LIMIT_{name}=1000000000" for name in ("SAY", "SCREENS")]
    house = [f"MINGCHUANG_HOME={settings.HOME}", "DJANGO_SETTINGS_MODULE=mingchuang.settings"]
    set_for_it = [f"DATABASE_URL={database}", *house, *limits]
    words = ["--no-follow", "--port", str(port), "--workers", str(workers)]
    return [program("env", "coreutils"), *set_for_it, *serve, *words]


@contextmanager
def running(command: Sequence[str], port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """Keep a server running and wait until it answers; end it and all it started."""
    server = subprocess.Popen(command, process_group=0, stdout=subprocess.DEVNULL)
    try:
        _wait_for(server, command, port)
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(PATIENCE)


def _wait_for(server: "subprocess.Popen[bytes]", command: Sequence[str], port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    told = _("状态 %(status)s") % {"status": server.poll()}
    raise ProgramFailed(program=" ".join(map(str, command)), why=told)


def program(name: str, package: str) -> str:
    """Return the path of a program; refused with the package it comes in."""
    if not (found := shutil.which(name)):
        raise ProgramMissing(program=name, package=package)
    return found


def cookie_of(clerk: Person) -> str:
    """Return the cookie of somebody who has signed in."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(clerk.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = clerk.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
