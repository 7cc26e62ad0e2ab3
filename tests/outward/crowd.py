"""Many people at the door at once: each sends one real form and keeps the receipt they see."""

import re
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
PATIENCE = 300


@dataclass
class Crowd:
    """So many people at once. `receipts` is what they were shown, by the key of their form."""

    size: int
    receipts: dict[str, str] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    keys: Iterator[str] = field(default_factory=lambda: (f"form-{n:027d}" for n in count()))
    seen: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def rush(self, address: str) -> threading.Thread:
        """Send the forms of all who hold no receipt yet, and of newcomers, all at once.

        Return while they wait for their answers.
        """
        self.waiting = [key for key in self.waiting if key not in self.receipts]
        self.waiting += [next(self.keys) for _ in range(self.size - len(self.waiting))]
        self.fresh, self.seen = [], threading.Semaphore(0)
        rushing = threading.Thread(target=self.send, args=(self.waiting, address))
        rushing.start()
        return rushing

    def send(self, keys: Iterable[str], address: str) -> None:
        """Send the form of each of these people at once, and wait until all are done."""
        host = urlsplit(address).netloc
        cookie, token = _opened(host)

        def send_one(key: str) -> None:
            given = {"text": f"路灯不亮：{key}", "key": key, "csrfmiddlewaretoken": token}
            if receipt := _sent(host, given, cookie):
                self._keep(key, receipt)

        with ThreadPoolExecutor(self.size) as people:
            list(people.map(send_one, keys))

    def wait_for(self, receipts: int) -> None:
        """Return when so many receipts were seen since the rush began."""
        for _ in range(receipts):
            assert self.seen.acquire(timeout=PATIENCE), "nobody gets a receipt any more"

    def lost(self, receipts: Iterable[str], address: str) -> list[str]:
        """Return which of these receipts no longer open."""
        host = urlsplit(address).netloc
        with ThreadPoolExecutor(8) as people:
            statuses = people.map(lambda path: (path, _status(host, path)), receipts)
            return [path for path, status in statuses if status != 200]

    def _keep(self, key: str, receipt: str) -> None:
        if self.receipts.setdefault(key, receipt) != receipt:
            self.differing.append(key)
        self.fresh.append(receipt)
        self.seen.release()


def _opened(host: str) -> tuple[str, str]:
    """Open the form as a browser does; return its cookie and its token."""
    line = HTTPConnection(host, timeout=PATIENCE)
    line.request("GET", "/say/")
    answer = line.getresponse()
    cookie = str(answer.getheader("Set-Cookie")).partition(";")[0]
    found = TOKEN.search(answer.read().decode())
    line.close()
    assert found is not None
    return cookie, found[1]


def _sent(host: str, given: dict[str, str], cookie: str) -> str:
    """Send one form; return the address of its receipt, or nothing if the line broke."""
    line = HTTPConnection(host, timeout=PATIENCE)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    try:
        line.request("POST", "/say/", urlencode(given), headers)
        answer = line.getresponse()
        assert answer.status == 302, f"{answer.status}: {answer.read().decode()}"
        return str(answer.getheader("Location"))
    except (OSError, HTTPException):
        return ""
    finally:
        line.close()


def _status(host: str, path: str) -> int:
    line = HTTPConnection(host, timeout=PATIENCE)
    line.request("GET", path)
    status = line.getresponse().status
    line.close()
    return status
