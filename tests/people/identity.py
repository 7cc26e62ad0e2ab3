"""An identity service over real HTTP: as much OpenID Connect as one sign-in needs."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Identity(ThreadingHTTPServer):
    """Says of everybody who comes what `claims` says."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.claims: dict[str, Any] = {"sub": "u-1"}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def answers(self) -> dict[str, Any]:
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "userinfo_endpoint": f"{self.url}/userinfo",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            },
            "/token": {"access_token": "a-token", "token_type": "Bearer"},
            "/userinfo": self.claims,
        }


class _Answers(BaseHTTPRequestHandler):
    server: Identity

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(self.server.answers()[self.path]).encode())

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def an_identity_service() -> Iterator[Identity]:
    with Identity() as identity:
        thread = threading.Thread(target=identity.serve_forever)
        thread.start()
        yield identity
        identity.shutdown()
        thread.join()
