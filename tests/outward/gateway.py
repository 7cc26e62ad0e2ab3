"""A gateway for text messages on this machine: it keeps what it is handed and answers as told."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Gateway:
    """`answers` are the next statuses, 200 once they are used up; `open` lets answers out."""

    address: str = ""
    answers: list[int] = field(default_factory=list)
    got: list[dict[str, str]] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)
    open: threading.Event = field(default_factory=threading.Event)


@contextmanager
def a_gateway() -> Iterator[Gateway]:
    gateway = Gateway()
    gateway.open.set()

    class Hand(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            gateway.heads.append({**self.headers, "path": self.path})
            gateway.got.append(json.loads(body))
            gateway.open.wait(30)
            self.send_response(gateway.answers.pop(0) if gateway.answers else 200)
            self.send_header("Location", f"{gateway.address}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:  # whoever asked is gone
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hand)
    gateway.address = f"http://127.0.0.1:{server.server_port}/send"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield gateway
    finally:
        gateway.open.set()
        server.shutdown()
        server.server_close()
