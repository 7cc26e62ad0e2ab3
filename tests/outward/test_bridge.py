"""The pages behind the event loop, at the real server: what comes in and what goes out."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPMessage
from urllib.parse import urlsplit

import pytest

from mingchuang.base.bridge import READ_BEFORE
from tests.tools.serving import Served, environment, served

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
BOUNDARY = "----form"
STYLE = "/static/base/page.css"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(environment(tmp_path_factory.mktemp("home"))) as running:
        yield running


def asked(
    server: Served, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[int, HTTPMessage, bytes]:
    """Return status, headers and body of what is answered."""
    with closing(HTTPConnection(urlsplit(server.address).netloc, timeout=30)) as line:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, path, body, told)
        answer = line.getresponse()
        return answer.status, answer.headers, answer.read()


def socket_to(server: Served) -> socket.socket:
    where = urlsplit(server.address)
    return socket.create_connection((where.hostname, where.port), timeout=30)


def a_form(server: Served, *, filled: int) -> tuple[bytes, dict[str, str]]:
    """The form for saying something, with a file of so many bytes that is no photo."""
    _, told, page = asked(server, "GET", "/say/")
    token = TOKEN.search(page.decode())
    cookie = (told["Set-Cookie"] or "").partition(";")[0]
    assert token
    parts = [("csrfmiddlewaretoken", token[1]), ("text", "灯坏了"), ("key", "k" * 32)]
    fields = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts
    )
    head = (
        f'{fields}--{BOUNDARY}\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"'
        "\r\nContent-Type: image/jpeg\r\n\r\n"
    )
    body = head.encode() + b"x" * filled + f"\r\n--{BOUNDARY}--\r\n".encode()
    headers = {"Cookie": cookie, "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return body, {**headers, "Referer": f"{server.address}/say/"}


@pytest.mark.parametrize("filled", [10, READ_BEFORE, 12_000_000])
def test_a_form_of_any_size_comes_in_whole(server: Served, filled: int) -> None:
    body, headers = a_form(server, filled=filled)

    status, _, page = asked(server, "POST", "/say/", body, **headers)

    assert status == 422
    assert "灯坏了" in page.decode()


def test_half_a_form_is_no_form(server: Served) -> None:
    body, headers = a_form(server, filled=READ_BEFORE)
    told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = f"POST /say/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n{told}\r\n"

    for part in (0, 100, len(body) - 10):
        with socket_to(server) as line:
            line.sendall(head.encode() + body[:part])
            time.sleep(0.1)

    assert _answers(server)


def test_people_who_send_slowly_keep_nobody_waiting(server: Served) -> None:
    head = b"POST /say/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nslow"
    lines = [socket_to(server) for _ in range(40)]
    for line in lines:
        line.sendall(head)

    assert _answers(server)
    for line in lines:
        line.close()


def test_a_look_at_the_head_brings_no_body(server: Served) -> None:
    status, told, body = asked(server, "HEAD", STYLE)

    assert (status, body) == (200, b"")
    assert int(told["Content-Length"]) == len(asked(server, "GET", STYLE)[2]) > 0


def test_a_part_of_a_file_can_be_asked_for(server: Served) -> None:
    status, _, body = asked(server, "GET", STYLE, Range="bytes=0-9")

    assert (status, len(body)) == (206, 10)


def test_many_who_ask_at_once_are_all_answered(server: Served) -> None:
    found: list[int] = []

    def ask() -> None:
        found.extend(asked(server, "GET", "/guides/")[0] for _ in range(5))

    people = [threading.Thread(target=ask) for _ in range(20)]
    for one in people:
        one.start()
    for one in people:
        one.join()

    assert found == [200] * 100


def _answers(server: Served) -> bool:
    return asked(server, "GET", "/guides/")[0] == 200
