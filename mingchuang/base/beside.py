"""Processes that stand beside another one: kept running while it runs, ended when it ends."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from types import FrameType

LONGEST_PAUSE = 60.0
A_GOOD_RUN = 60.0
TIME_TO_END = 15.0


def end_with(parent: int) -> None:
    """End this process politely soon after its parent ended, even if that was killed.

    Asked every half second, because only Linux can tell a process of its parent's death.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()


def told_to_stop() -> threading.Event:
    """Return what is set once somebody ends this process politely, or presses Ctrl-C."""
    stop = threading.Event()

    def told(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, told)
    return stop


def keep_running(
    command: Sequence[str], stop: threading.Event, tell: Callable[[int, float], None]
) -> None:
    """Run the command until `stop` is set; if it dies, `tell` its status and start it again.

    The pause before a new start doubles from one second to a minute, and is one second
    again after a good run. The command has a process group of its own, so that Ctrl-C in a
    terminal reaches it only through us.
    """
    pause = 1.0
    while not stop.is_set():
        began = time.monotonic()
        child = subprocess.Popen(command, process_group=0)  # noqa: S603  our own words
        while child.poll() is None and not stop.wait(0.2):
            pass
        if stop.is_set():
            _end(child)
            return
        pause = 1.0 if time.monotonic() - began > A_GOOD_RUN else pause
        tell(child.returncode, pause)
        stop.wait(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


class Aside:
    """A command run beside us whenever there is something for it to do, one at a time; of what it
    says only faults are heard."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._child: subprocess.Popen[bytes] | None = None
        self._began = -A_GOOD_RUN

    def run(self) -> None:
        """Start it, unless it runs, or has just failed: then it is tried again after a minute."""
        if self._child is not None:
            if self._child.poll() is None:
                return
            if self._child.returncode and time.monotonic() - self._began < A_GOOD_RUN:
                return
        self._began = time.monotonic()
        self._child = subprocess.Popen(  # noqa: S603  our own words
            self._command, process_group=0, stdout=subprocess.DEVNULL
        )

    def end(self) -> None:
        """End it, if it runs."""
        if self._child is not None and self._child.poll() is None:
            _end(self._child)


def beside(*words: str) -> list[str]:
    """Return the command line of a `mingchuang` command that ends when this process ends."""
    return [sys.executable, "-m", "mingchuang.base.beside", str(os.getpid()), *words]


def _end(child: "subprocess.Popen[bytes]") -> None:
    child.terminate()
    try:
        child.wait(TIME_TO_END)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


if __name__ == "__main__":
    from mingchuang.cli import main

    end_with(int(sys.argv.pop(1)))
    main()
