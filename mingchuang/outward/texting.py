"""Text messages, handed over to the gateway of the town by HTTP."""

import json
from base64 import b64encode
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, unquote, urlsplit

from mingchuang.outward.errors import NotSent

SECONDS = 10


def send_text(phone: str, text: str, *, key: str, gateway: str) -> None:
    """Hand a message over; raises NotSent where the gateway did not say that it has it.

    `key` is the same however often one message is tried, for a gateway that wants to know it
    again. A redirect is not followed: whoever stands there was not asked to be trusted.
    """
    address = urlsplit(gateway)
    body = json.dumps({"phone": phone, "text": text}, ensure_ascii=False).encode()
    try:
        status = _posted(address, body, _heads(address, key))
    except (OSError, HTTPException) as error:
        raise NotSent(why=type(error).__name__) from error
    if not 200 <= status < 300:
        raise NotSent(why=status)


def _posted(address: SplitResult, body: bytes, heads: dict[str, str]) -> int:
    line = HTTPSConnection if address.scheme == "https" else HTTPConnection
    connection = line(address.hostname or "", address.port, timeout=SECONDS)
    try:
        path = f"{address.path or '/'}?{address.query}".rstrip("?")
        connection.request("POST", path, body, heads)
        return connection.getresponse().status
    finally:
        connection.close()


def _heads(address: SplitResult, key: str) -> dict[str, str]:
    heads = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": key}
    if address.username:
        words = f"{unquote(address.username)}:{unquote(address.password or '')}"
        heads["Authorization"] = f"Basic {b64encode(words.encode()).decode()}"
    return heads
