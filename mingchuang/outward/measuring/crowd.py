"""Many people who send the same real form over and over, as fast as the server takes it.

The form is fetched once for its token and its cookie; then only a few microseconds of ours pass
between two forms, so that the server is measured and not this crowd.
"""

import multiprocessing
import re
import socket
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
# Stands where each form must differ from all others, and is as long as what takes its place.
UNIQUE = "U" * 32
PATIENCE = 30
TAKEN, LONG = b"302", 65536


@dataclass(frozen=True)
class Crowd:
    """How many people in how many processes, and for how long; the first second is not counted."""

    processes: int = 2
    people: int = 4
    seconds: float = 20.0


@dataclass(frozen=True)
class Taken:
    """What the crowd has seen: forms that were taken in, others, and each one's seconds."""

    accepted: int
    refused: int
    seconds: float
    times: Sequence[float]

    @property
    def rate(self) -> float:
        return self.accepted / self.seconds


def fetched(port: int, path: str) -> tuple[str, str]:
    """Return the token in the form at this address, and the cookie that belongs to it."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path)
    answer = connection.getresponse()
    page = answer.read().decode()
    cookie = (answer.headers.get("Set-Cookie") or "").partition(";")[0]
    connection.close()
    found = TOKEN.search(page)
    return (found[1] if found else ""), cookie


def sent_by(crowd: Crowd, port: int, path: str, fields: Mapping[str, str]) -> Taken:
    """Let the crowd send this form, with UNIQUE made unique, until its time is over."""
    token, cookie = fetched(port, path)
    body = urlencode({**fields, "csrfmiddlewaretoken": token})
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
        f"Referer: http://127.0.0.1:{port}{path}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    before, _, after = (head + body).partition(UNIQUE)
    send = partial(_group, crowd, port, (before.encode(), after.encode()))
    with multiprocessing.get_context("fork").Pool(crowd.processes) as pool:
        groups = pool.map(send, range(crowd.processes), chunksize=1)
    times = [one for group in groups for one in group[1]]
    refused = sum(group[0] for group in groups)
    return Taken(len(times), refused, crowd.seconds, times)


def _group(
    crowd: Crowd, port: int, form: tuple[bytes, bytes], group: int
) -> tuple[int, list[float]]:
    """Send from one process; return how many were refused, and the seconds of the others."""
    since = time.perf_counter() + 1
    until = since + crowd.seconds
    with ThreadPoolExecutor(crowd.people) as people:
        one = partial(_person, port, form, (since, until))
        told = list(people.map(one, [group * 100 + n for n in range(crowd.people)]))
    return sum(refused for refused, _ in told), [t for _, times in told for t in times]


def _person(
    port: int, form: tuple[bytes, bytes], between: tuple[float, float], who: int
) -> tuple[int, list[float]]:
    (before, after), (since, until) = form, between
    times: list[float] = []
    refused = n = 0
    # Other forms than those of a run before: the clock tells them apart.
    mark = f"{who:06d}{time.time_ns() // 1000:018d}"
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as door:
        while (began := time.perf_counter()) < until:
            n += 1
            door.sendall(before + f"{mark}{n:08d}".encode() + after)
            taken = _answer(door) == TAKEN
            ended = time.perf_counter()
            if taken and since <= began and ended <= until:
                times.append(ended - began)
            refused += not taken
    return refused, times


def _answer(door: socket.socket) -> bytes:
    """Read one answer whole and return its status."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += _more(door)
    head, _, body = got.partition(b"\r\n\r\n")
    found = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    left = int(found[1]) - len(body) if found else 0
    while left > 0:
        left -= len(_more(door))
    return head[9:12]


def _more(door: socket.socket) -> bytes:
    if not (got := door.recv(LONG)):
        raise ConnectionError("the server closed the door")
    return got
