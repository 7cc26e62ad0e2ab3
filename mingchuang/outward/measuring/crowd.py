"""Many people who send the real form over and over, as fast as the server takes it.

The form is fetched once for its token and its cookie, and sent as a browser sends a form that may
carry photos; then only a few microseconds of ours pass between two forms, so that the server is
measured and not this crowd.
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
from random import Random

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
# Stand where each form must differ from all others, and are as long as what takes their place.
UNIQUE, DIGITS = "U" * 32, "D" * 8
# Where each form says something else: a hundred letters of three bytes each, of so many that two
# thousand earlier texts are as like it as real ones: about ten hold one of its telling pairs.
SPOKEN, LETTERS = "W" * 300, [chr(0x4E00 + n) for n in range(400)]
BOUNDARY = "----mingchuang-bench"
PART = '--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
PATIENCE = 30
TAKEN, LONG = b"302", 65536
Fields = Mapping[str, str]
# A form as it is sent, and as it is sent again once something was asked back.
Sent = tuple[bytes, bytes]


@dataclass(frozen=True)
class Crowd:
    """How many people in how many processes, and for how long; the first second is not counted."""

    processes: int = 2
    people: int = 4
    seconds: float = 20.0


@dataclass(frozen=True)
class Taken:
    """What the crowd has seen: forms that were taken in, some after something was asked back,
    forms that were refused, and the seconds of each that was taken in."""

    accepted: int
    asked: int
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


def sent_by(
    crowd: Crowd, port: int, path: str, fields: Fields, *, answer: Fields | None = None
) -> Taken:
    """Let the crowd send this form, each time with other words, until its time is over; who is
    asked something back sends the form again with the `answer`."""
    token, cookie = fetched(port, path)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
        f"Referer: http://127.0.0.1:{port}{path}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
    )
    fields = {**fields, "csrfmiddlewaretoken": token}
    again = _written(head, {**fields, **answer}) if answer else b""
    send = partial(_group, crowd, port, (_written(head, fields), again))
    with multiprocessing.get_context("fork").Pool(crowd.processes) as pool:
        groups = pool.map(send, range(crowd.processes), chunksize=1)
    times = [one for _asked, _refused, some in groups for one in some]
    asked, refused = sum(one[0] for one in groups), sum(one[1] for one in groups)
    return Taken(len(times), asked, refused, crowd.seconds, times)


def _written(head: str, fields: Fields) -> bytes:
    parts = [PART.format(boundary=BOUNDARY, name=name, value=fields[name]) for name in fields]
    body = f"{''.join(parts)}--{BOUNDARY}--\r\n".encode()
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def _group(crowd: Crowd, port: int, form: Sent, group: int) -> tuple[int, int, list[float]]:
    """Send from one process; return how many were asked back, and refused, and the seconds."""
    since = time.perf_counter() + 1
    until = since + crowd.seconds
    with ThreadPoolExecutor(crowd.people) as people:
        one = partial(_person, port, form, (since, until))
        told = list(people.map(one, [group * 100 + n for n in range(crowd.people)]))
    times = [one for _asked, _refused, some in told for one in some]
    return sum(one[0] for one in told), sum(one[1] for one in told), times


def _person(
    port: int, form: Sent, between: tuple[float, float], who: int
) -> tuple[int, int, list[float]]:
    since, until = between
    times: list[float] = []
    asked = refused = n = 0
    # Other forms than those of a run before: the clock tells them apart.
    mark = f"{who:06d}{time.time_ns() // 1000:018d}"
    dice, (first, again) = Random(mark), form
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as door:
        while (began := time.perf_counter()) < until:
            n += 1
            new = f"{mark}{n:08d}".encode()
            spoken = "".join(dice.choices(LETTERS, k=len(SPOKEN) // 3)).encode()
            taken = _is_taken(door, first, new, spoken)
            if not taken and again:
                asked += 1
                taken = _is_taken(door, again, new, spoken)
            ended = time.perf_counter()
            if taken and since <= began and ended <= until:
                times.append(ended - began)
            refused += not taken
    return asked, refused, times


def _is_taken(door: socket.socket, form: bytes, new: bytes, spoken: bytes) -> bool:
    form = form.replace(UNIQUE.encode(), new).replace(DIGITS.encode(), new[-8:])
    door.sendall(form.replace(SPOKEN.encode(), spoken))
    return _answer(door) == TAKEN


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
