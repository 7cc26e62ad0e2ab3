"""A mail server that takes letters and keeps them: as much SMTP as one letter needs."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Postman(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.letters: list[bytes] = []

    @property
    def address(self) -> tuple[str, int]:
        host, port = self.server_address[:2]
        return str(host), int(port)


class _Conversation(socketserver.StreamRequestHandler):
    server: Postman

    def handle(self) -> None:
        self._say(b"220 postman")
        while word := self.rfile.readline()[:4].strip().upper():
            if word == b"DATA":
                self._say(b"354 go on")
                self.server.letters.append(self._letter())
            self._say(b"221 bye" if word == b"QUIT" else b"250 ok")

    def _letter(self) -> bytes:
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(line.removeprefix(b".") for line in lines)

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")


@contextmanager
def a_postman() -> Iterator[Postman]:
    with Postman() as postman:
        thread = threading.Thread(target=postman.serve_forever)
        thread.start()
        yield postman
        postman.shutdown()
        thread.join()
