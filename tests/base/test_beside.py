"""Processes that stand beside another one neither stay dead nor outlive it."""

import subprocess
import sys
import threading
import time
from pathlib import Path

from mingchuang.base.beside import Aside, keep_running
from tests.outward.waiting import wait_until

DIES = [sys.executable, "-c", "raise SystemExit(3)"]
STAYS = [sys.executable, "-c", "import time; time.sleep(600)"]
# A parent that starts a child, says the child's number, and is gone at once.
LEAVES = """
import os, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", '''
import os, time
from mingchuang.base.beside import end_with
end_with(int(__import__("sys").argv[1]))
time.sleep(600)
''', str(os.getpid())])
os.kill(os.getpid(), 9)
"""


def test_what_dies_is_started_again_ever_more_patiently() -> None:
    stop = threading.Event()
    told: list[tuple[int, float]] = []

    def tell(status: int, pause: float) -> None:
        told.append((status, pause))
        if len(told) == 2:
            stop.set()

    keep_running(DIES, stop, tell)

    assert told == [(3, 1.0), (3, 2.0)]


def test_what_runs_is_ended_on_request() -> None:
    stop = threading.Event()
    told: list[tuple[int, float]] = []
    keeper = threading.Thread(target=keep_running, args=(STAYS, stop, lambda *w: told.append(w)))
    keeper.start()

    stop.set()
    keeper.join(20)

    assert not keeper.is_alive()
    assert told == []


def test_a_child_does_not_outlive_a_parent_that_was_killed() -> None:
    parent = [sys.executable, "-c", LEAVES]

    # Returns only when the last holder of the pipe, the child, has ended.
    subprocess.run(parent, stdout=subprocess.PIPE, timeout=20, check=False)


def a_note_of(folder: Path, *, then: str = "time.sleep(30)") -> list[str]:
    """A command that writes one line each time it begins, and goes on for a while."""
    words = f"import time; open({str(folder / 'began')!r}, 'a').write('x'); {then}"
    return [sys.executable, "-c", words]


def began(folder: Path) -> int:
    note = folder / "began"
    return len(note.read_text()) if note.exists() else 0


def test_what_runs_aside_runs_once_at_a_time(tmp_path: Path) -> None:
    aside = Aside(a_note_of(tmp_path))
    aside.run()
    wait_until(lambda: began(tmp_path) == 1)

    aside.run()
    time.sleep(0.5)
    aside.end()

    assert began(tmp_path) == 1


def test_what_failed_aside_is_not_tried_again_at_once(tmp_path: Path) -> None:
    aside = Aside(a_note_of(tmp_path, then="raise SystemExit(1)"))
    aside.run()
    wait_until(lambda: began(tmp_path) == 1)

    for _ in range(10):
        time.sleep(0.1)
        aside.run()

    assert began(tmp_path) == 1


def test_what_ended_well_aside_runs_again_when_there_is_more(tmp_path: Path) -> None:
    aside = Aside(a_note_of(tmp_path, then="pass"))

    def went_twice() -> bool:
        aside.run()
        return began(tmp_path) > 1

    wait_until(went_twice)
    aside.end()

    assert began(tmp_path) > 1
