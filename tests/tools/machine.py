"""What the tests need from the machine: programs, fonts, and a PostgreSQL of their own."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

FONTS = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("~/.fonts").expanduser()]
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # Tests undo what they write: statistics taken of that would mislead the planner.
    "autovacuum": "off",
    "max_connections": "200",
    # A few rows in each table: translating a statement takes longer than running it.
    "jit": "off",
}
# As somebody would run it who keeps what people said: nothing is answered before the disk has it.
LIKE_A_REAL_ONE = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "2GB",
    "effective_cache_size": "8GB",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
}


class Unprepared(Exception):
    """The machine lacks something and the person at it must say yes; the text says what to run."""


@dataclass(frozen=True)
class Remedy:
    """How a lack is mended: by commands run now, or by a person who reads the sentence."""

    commands: tuple[tuple[str, ...], ...] = ()
    sentence: str = ""


def chromium() -> str | None:
    """Return the path of the system's Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def postgres() -> Path | None:
    """Return the folder of the newest PostgreSQL programs."""
    folders = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if (found := shutil.which("initdb")) and not folders:
        folders = [Path(found).resolve().parent]
    return max(folders, key=lambda p: int("0" + p.parent.name.partition(".")[0]), default=None)


# Debian's name of each package, and how to see that it is here.
PACKAGES: dict[str, Callable[[], object]] = {
    "chromium": chromium,
    "fonts-noto-cjk": lambda: any(any(f.rglob("Noto*CJK*")) for f in FONTS if f.is_dir()),
    "gettext": lambda: shutil.which("msgfmt") and shutil.which("xgettext"),
    "postgresql": postgres,
}


def missing(packages: Sequence[str]) -> list[str]:
    return [package for package in packages if not PACKAGES[package]()]


def remedy(packages: Sequence[str], *, root: bool, apt: bool) -> Remedy:
    """Decide what to do about missing packages: nothing, install them, or ask."""
    update = ("apt-get", "update")
    install = ("apt-get", "install", "-y", "--no-install-recommends", *packages)
    if not packages:
        return Remedy()
    if root and apt:
        return Remedy(commands=(update, install))
    if apt:
        ask = f"sudo {' '.join(update)} && sudo {' '.join(install)}"
        return Remedy(sentence=f"The tests need {', '.join(packages)}. Please run:\n  {ask}")
    return Remedy(sentence=f"The tests need (by Debian's names): {', '.join(packages)}.")


def prepare(packages: Sequence[str]) -> None:
    """Install what is missing, or raise Unprepared with the exact command to run."""
    root, apt = os.geteuid() == 0, shutil.which("apt-get") is not None
    plan = remedy(missing(packages), root=root, apt=apt)
    for command in plan.commands:
        subprocess.run(command, check=True, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    if still := missing(packages):
        raise Unprepared(plan.sentence or f"Not found even after installing: {', '.join(still)}")


@contextmanager
def cluster(settings: Mapping[str, str] = SETTINGS) -> Iterator[str]:
    """Yield the DATABASE_URL of a PostgreSQL made for this run; leave nothing behind.

    It listens on a socket in its own folder only, so that no port is needed and no
    stranger can connect. PostgreSQL refuses to run as root: then it runs as `postgres`.
    """
    programs = postgres()
    assert programs is not None
    # Not under TMPDIR: the path of a socket may have 107 bytes, and `postgres` must get there.
    folder = Path(tempfile.mkdtemp(prefix="mingchuang-pg-", dir="/tmp"))
    try:
        drop = _unprivileged(folder)
        make = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]
        subprocess.run(
            [*drop, str(programs / "initdb"), *make, "--no-sync", "-D", str(folder / "data")],
            check=True,
            capture_output=True,
            cwd=folder,
        )
        command = [*drop, str(programs / "postgres"), *(f"-c{k}={v}" for k, v in settings.items())]
        with _running(command, programs, folder):
            yield f"postgres://postgres@{quote(str(folder), safe='')}/mingchuang"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> list[str]:
    """Return the words that start a program as a user PostgreSQL accepts, and die with us."""
    if os.geteuid() != 0:
        return ["setpriv", "--pdeathsig", "INT", "--"] if shutil.which("setpriv") else []
    names = {user.pw_name: user for user in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    who = ["--reuid", str(user.pw_uid), "--regid", str(user.pw_gid), "--clear-groups"]
    return ["setpriv", *who, "--pdeathsig", "INT", "--"]


@contextmanager
def _running(command: list[str], programs: Path, folder: Path) -> Iterator[None]:
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "-D", folder / "data", f"-cunix_socket_directories={folder}"],
            stdout=log,
            stderr=log,
            cwd=folder,
            process_group=0,
        )
    try:
        _wait_until_ready(server, programs, folder)
        yield
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()


def _wait_until_ready(server: "subprocess.Popen[bytes]", programs: Path, folder: Path) -> None:
    question = [str(programs / "pg_isready"), "-q", "-h", str(folder)]
    for _ in range(600):
        if server.poll() is not None:
            break
        if subprocess.run(question, check=False).returncode == 0:
            return
        time.sleep(0.05)
    raise Unprepared("PostgreSQL did not start:\n" + (folder / "log").read_text())
