"""`make bench`: every measure on both databases, and the page of all of them.

PostgreSQL is one made for this run, with the settings of a real one; or that of DATABASE_URL.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

from mingchuang.outward.measuring.benches import NO_DATABASE, bench_names
from tests.tools import machine
from tests.tools.serving import ROOT, mingchuang

# Taking in is measured where many write at once.
POSTGRESQL_ONLY = {"intake"}
# A workbook is asked for, which is no part of this repository.
BY_HAND = {"dispatch"}

say = partial(print, flush=True)


def main(words: Sequence[str]) -> int:
    """Run all; `words` are options of `mingchuang bench`, as --many 100000."""
    machine.prepare(["postgresql"])
    names = [name for name in bench_names() if name not in BY_HAND]
    on_sqlite = [name for name in names if name not in POSTGRESQL_ONLY]
    on_postgresql = [name for name in names if name not in NO_DATABASE]
    status = _run(["peers"], {})
    with _postgresql() as url:
        for some, told in ((on_sqlite, {}), (on_postgresql, {"DATABASE_URL": url})):
            for name in some:
                status = max(status, _run([name, *words], told))
    return max(status, _run(["--write"], {}))


@contextmanager
def _postgresql() -> Iterator[str]:
    if url := os.environ.pop("DATABASE_URL", ""):
        yield url
        return
    with machine.cluster(machine.LIKE_A_REAL_ONE) as made:
        yield made


def _run(words: Sequence[str], told: Mapping[str, str]) -> int:
    """Run one bench in a process of its own, so that none warms up the next one."""
    say(f"\n{' '.join(['mingchuang bench', *words])}{'  (PostgreSQL)' if told else ''}")
    command = mingchuang("bench", *words)
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **told}, check=False).returncode


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        sys.exit(main(sys.argv[1:]))
    except machine.Unprepared as lack:
        sys.exit(str(lack))
    except KeyboardInterrupt:
        sys.exit("\nStopped before the end. Nothing was left running.")
