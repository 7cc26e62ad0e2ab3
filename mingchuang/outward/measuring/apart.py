"""A program run apart from us, and what it took of the machine."""

import subprocess
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple

# A process counts what the one that started it held as its own most (getrusage(2) keeps it over
# execve), so a small one is put between this and the program; it says what its only child took.
BETWEEN = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
took = resource.getrusage(resource.RUSAGE_CHILDREN)
print(took.ru_maxrss, took.ru_utime + took.ru_stime)
sys.exit(done.returncode)
"""


class Taken(NamedTuple):
    """How long a program ran, how much of that on a processor, its most memory, its status."""

    seconds: float
    processor: float
    mebibytes: float
    status: int


def taken_by(command: Sequence[str]) -> Taken:
    """Run a program to its end; what it says on standard output is let go."""
    began = time.perf_counter()
    between = [sys.executable, "-c", BETWEEN, *command]
    done = subprocess.run(between, stdout=subprocess.PIPE, text=True, check=False)
    seconds = time.perf_counter() - began
    kibibytes, processor = map(float, done.stdout.split())
    return Taken(seconds, processor, kibibytes / 1024, done.returncode)
