"""`mingchuang serve`: the real server, started and stopped as an administrator would."""

import os
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.tools.serving import Served, environment, free_port, mingchuang, served

STYLE = "/static/base/tokens.css"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Served]:
    with served(environment(home)) as running:
        yield running


# Another server may run beside the first one, and then need not make a database of its own.
beside = pytest.mark.usefixtures("server")


def _get(server: Served, path: str, **headers: str) -> tuple[int, dict[str, str]]:
    line = HTTPConnection(urlsplit(server.address).netloc, timeout=20)
    line.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    answer = line.getresponse()
    told = {key.lower(): value for key, value in answer.getheaders()}
    line.close()
    return answer.status, told


def _rows(home: Path, table: str) -> int:
    with closing(sqlite3.connect(home / "mingchuang.sqlite3")) as book:
        return int(book.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _is_open(server: Served) -> bool:
    with socket.socket() as line:
        line.settimeout(5)
        return line.connect_ex(("127.0.0.1", urlsplit(server.address).port)) == 0


def test_a_style_sheet_may_be_kept_for_an_hour(server: Served) -> None:
    status, told = _get(server, STYLE)

    assert status == 200
    assert told["content-type"].startswith("text/css")
    assert told["cache-control"] == "max-age=3600, public"


def test_a_style_sheet_that_has_not_changed_is_not_sent_twice(server: Served) -> None:
    _, told = _get(server, STYLE)

    status, _ = _get(server, STYLE, If_None_Match=told["etag"])

    assert status == 304


def test_every_answer_forbids_what_comes_from_elsewhere(server: Served) -> None:
    _, told = _get(server, "/nowhere/")

    assert told["content-security-policy"].startswith("default-src 'self';")
    assert told["x-content-type-options"] == "nosniff"


def test_a_town_of_its_own_begins_with_calendars_and_time_limits(tmp_path: Path) -> None:
    with served(environment(tmp_path)):
        limits, years = _rows(tmp_path, "hall_timelimit"), _rows(tmp_path, "hall_calendaryear")

    assert limits > 0
    assert years == 23
    assert _rows(tmp_path, "people_unit") == 0


def test_a_profile_nobody_knows_is_named_before_the_first_case(tmp_path: Path) -> None:
    house = {**environment(tmp_path), "MINGCHUANG_PROFILE": "nosuch"}

    refused = subprocess.run(
        mingchuang("serve", "--no-follow", "--port", str(free_port())),
        env=house,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert refused.returncode == 2
    assert "没有名为“nosuch”的时限方案" in refused.stderr


@beside
def test_a_profile_that_measures_no_rectifications_is_named_before_the_first_one(
    home: Path,
) -> None:
    house = {**environment(home), "MINGCHUANG_RECTIFY_PROFILE": "nosuch"}

    refused = subprocess.run(
        mingchuang("serve", "--no-follow", "--port", str(free_port())),
        env=house,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert refused.returncode == 2
    assert "没有名为“nosuch”的时限方案" in refused.stderr


def test_a_taken_port_is_refused_in_words(server: Served, tmp_path: Path) -> None:
    port = str(urlsplit(server.address).port)

    second = subprocess.run(
        mingchuang("serve", "--no-follow", "--port", port),
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert second.returncode == 1
    assert f"不能在 127.0.0.1:{port} 上打开" in second.stderr
    assert "Traceback" not in second.stderr


@pytest.mark.parametrize("port", ["0", "65536", "八千"])
def test_a_port_that_cannot_be_is_a_wrong_argument(port: str, tmp_path: Path) -> None:
    refused = subprocess.run(
        mingchuang("serve", "--port", port),
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert refused.returncode == 2
    assert "请写一个 1 到 65535 之间的整数" in refused.stderr


@beside
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_asked(how: signal.Signals, home: Path) -> None:
    with served(environment(home)) as running:
        running.process.send_signal(how)

        assert running.process.wait(30) == 0
        assert not _is_open(running)


@beside
def test_nothing_is_left_when_it_is_killed(home: Path) -> None:
    with served(environment(home), "--workers", "2") as running:
        os.kill(running.process.pid, signal.SIGKILL)
        running.process.wait(30)
        time.sleep(2)

        assert not _is_open(running)


def test_a_database_that_cannot_be_reached_is_told_in_words(tmp_path: Path) -> None:
    nowhere = f"postgres://nobody@127.0.0.1:{free_port()}/nothing"

    refused = subprocess.run(
        mingchuang("serve", "--no-follow", "--port", str(free_port())),
        env=environment(tmp_path, nowhere),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert refused.returncode == 1
    assert "不能打开数据库" in refused.stderr
    assert "Traceback" not in refused.stderr
