"""The real server, in processes of its own, for tests that need more than a test client."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

from django.db import connection

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 240


def mingchuang(*words: str) -> list[str]:
    """Return the command line of a `mingchuang` command."""
    return [sys.executable, "-c", "from mingchuang.cli import main; main()", *words]


def environment(home: Path, database: str = "") -> dict[str, str]:
    """Return the environment of an installation with this home; on SQLite unless told."""
    ours = {"MINGCHUANG_HOME": str(home), "DATABASE_URL": database}
    return {**os.environ, **ours, "DJANGO_SETTINGS_MODULE": "mingchuang.settings"}


def database_of_tests() -> str:
    """Return the DATABASE_URL of the database the running tests write to."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@dataclass(frozen=True)
class Served:
    address: str
    process: "subprocess.Popen[bytes]"

    def kill(self) -> None:
        """End every process of the server at once, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)


@contextmanager
def served(environ: Mapping[str, str], *words: str, port: int = 0) -> Iterator[Served]:
    """Run `mingchuang serve --no-follow`; end it, however the test ends."""
    port = port or free_port()
    command = mingchuang("serve", "--no-follow", "--port", str(port), *words)
    process = subprocess.Popen(command, cwd=ROOT, env=environ, process_group=0)
    server = Served(f"http://127.0.0.1:{port}", process)
    try:
        _wait_for(server)
        yield server
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait_for(server: Served) -> None:
    """Return once the server answers; fail if it ends or stays silent."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.process.poll() is None:
        if _is_answering(server.address):
            return
        time.sleep(0.05)
    raise AssertionError(f"the server did not start: status {server.process.poll()}")


def _is_answering(address: str) -> bool:
    try:
        urlopen(f"{address}/static/base/tokens.css", timeout=PATIENCE).close()
    except HTTPError as answer:
        answer.close()
    except OSError:  # nobody listens yet, or one listens who is about to end
        return False
    return True
