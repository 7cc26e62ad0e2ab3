"""Processes that stand beside another one neither stay dead nor outlive it."""

import subprocess
import sys
import threading

from mingchuang.base.beside import keep_running

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
