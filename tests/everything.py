"""`make test`: every check and every test, one short line each, and a plain account at the end."""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.tools import machine
from tests.tools.tally import Tally

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
PYTHON = str(BIN / "python")
LIMIT = 60 * 60
NEEDS = {
    "checks": ["gettext"],
    "sqlite": ["gettext"],
    "postgres": ["gettext", "postgresql"],
    "browser": ["chromium", "fonts-noto-cjk"],
    "pure": ["gettext"],
}
# Every step is one process that keeps one processor busy.
SIDE_BY_SIDE = max(2, os.cpu_count() or 2)
# About the house itself, not about behaviour: run once, with the checks.
HOUSE = ["tests/test_house.py", "tests/test_docs.py", "tests/test_translations.py"]

say = partial(print, flush=True)


@dataclass(frozen=True)
class Step:
    name: str
    command: Sequence[str]
    database: str = ""
    report: Path | None = None
    fine: tuple[int, ...] = (0,)


@dataclass(frozen=True)
class Job:
    step: Step
    process: "subprocess.Popen[bytes]"
    output: Path
    began: float


@dataclass(frozen=True)
class Outcome:
    step: Step
    ok: bool
    seconds: float
    output: str


def main() -> int:
    asked = _arguments()
    parts = [asked.only] if asked.only else list(NEEDS)
    outcomes: list[Outcome] = []
    with ExitStack() as stack:
        try:
            machine.prepare(sorted({package for part in parts for package in NEEDS[part]}))
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mingchuang-")))
            url = stack.enter_context(machine.cluster()) if "postgres" in parts else ""
        except machine.Unprepared as lack:
            say(lack)
            return 1
        for steps in _rounds(parts, folder, url, _words(asked)):
            for outcome in _run(steps, _environment(folder)):
                _tell(outcome)
                outcomes.append(outcome)
        return _account(outcomes, asked)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.everything")
    parser.add_argument("--only", choices=list(NEEDS), help="run one part and leave the others")
    parser.add_argument("-k", metavar="EXPRESSION", help="only tests that match, as in pytest")
    parser.add_argument("--seed", type=int, default=random.randrange(2**32), help="order of tests")
    return parser.parse_args()


def _words(asked: argparse.Namespace) -> list[str]:
    """Return what every run of pytest is told: the same order, and where a hang stands."""
    words = [f"--randomly-seed={asked.seed}", "-o", "faulthandler_timeout=300"]
    return [*words, "-k", asked.k] if asked.k else words


def _environment(folder: Path) -> dict[str, str]:
    """Return an environment in which nothing of this machine's own installation shows."""
    ours = ("MINGCHUANG_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(ours) or name == "MINGCHUANG_TEST_DATA"
    }
    return {**kept, "MINGCHUANG_HOME": str(folder / "home"), "TMPDIR": str(folder)}


def _rounds(parts: list[str], folder: Path, url: str, words: list[str]) -> Iterator[list[Step]]:
    """Give what runs side by side, in the order in which it begins; then the journeys alone,
    because they wait for pages by the clock."""
    pytest = partial(_pytest, folder, words)
    yield list(_side_by_side(parts, url, pytest))
    if "browser" in parts:
        yield [pytest("browser", "-m", "browser", "tests/browser")]


def _side_by_side(parts: list[str], url: str, pytest: Callable[..., Step]) -> Iterator[Step]:
    once = [path for path in HOUSE if (ROOT / path).exists()]
    others = [f"--ignore={path}" for path in once]
    asking = ["-m", "not browser and not pure", *others]
    # The longest begins first, so that no processor waits for another.
    if "postgres" in parts:
        yield pytest("postgres", *asking, database=url)
    if "checks" in parts:
        yield from _checks()
        yield pytest("the house itself", *once)
    if "sqlite" in parts:
        yield pytest("sqlite", *asking)
    if "pure" in parts:
        yield pytest("pure", "-m", "pure and not browser", *others)


def _checks() -> Iterator[Step]:
    templates = sorted(str(path) for path in ROOT.glob("mingchuang/**/templates/**/*.html"))
    django = [PYTHON, "-m", "django"]
    house = ["--settings", "mingchuang.settings"]
    yield Step("format", [str(BIN / "ruff"), "format", "--check", "."])
    yield Step("lint", [str(BIN / "ruff"), "check", "."])
    yield Step("types", [str(BIN / "mypy")])
    yield Step("imports", [str(BIN / "lint-imports")])
    yield Step("templates", [str(BIN / "djade"), "--target-version", "5.2", "--check", *templates])
    yield Step("migrations", [*django, "makemigrations", "--check", "--dry-run", *house])


def _pytest(folder: Path, words: list[str], name: str, *which: str, database: str = "") -> Step:
    report = folder / f"{name.replace(' ', '-')}.xml"
    command = [PYTHON, "-m", "pytest", f"--junitxml={report}", *words, *which]
    # 5: no test was chosen, which is no fault when a person chose by name.
    return Step(name, command, database, report, fine=(0, 5) if "-k" in words else (0,))


def _run(steps: Iterable[Step], environment: dict[str, str]) -> Iterator[Outcome]:
    """Run the steps, some side by side, and give each outcome as soon as it is known."""
    waiting = deque(steps)
    jobs: list[Job] = []
    try:
        while waiting or jobs:
            while waiting and len(jobs) < SIDE_BY_SIDE:
                jobs.append(_start(waiting.popleft(), environment))
            for job in list(jobs):
                seconds = time.monotonic() - job.began
                if job.process.poll() is not None or seconds > LIMIT:
                    jobs.remove(job)
                    late = _end(job.process)
                    told = job.output.read_text(errors="replace") + late
                    fine = job.process.returncode in job.step.fine
                    yield Outcome(job.step, fine, seconds, told)
            time.sleep(0.05)
    finally:
        for job in jobs:
            _end(job.process)


def _start(step: Step, environment: dict[str, str]) -> Job:
    database = {"DATABASE_URL": step.database} if step.database else {}
    handle, name = tempfile.mkstemp(dir=environment["TMPDIR"], suffix=".txt")
    with os.fdopen(handle, "wb") as file:
        process = subprocess.Popen(
            step.command,
            cwd=ROOT,
            env=environment | database,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            process_group=0,
        )
    return Job(step, process, Path(name), time.monotonic())


def _end(process: "subprocess.Popen[bytes]") -> str:
    """End a step that still runs, with all it started, and say so."""
    if process.poll() is not None:
        return ""
    os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return f"\nEnded before it was done; no step may take longer than {LIMIT} seconds.\n"


def _tell(outcome: Outcome) -> None:
    say(f"{'ok  ' if outcome.ok else 'FAIL'} {outcome.seconds:7.1f} s  {outcome.step.name}")
    if not outcome.ok:
        say(f"\n{' '.join(outcome.step.command)}\n\n{outcome.output}")


def _account(outcomes: list[Outcome], asked: argparse.Namespace) -> int:
    tally = Tally()
    for outcome in outcomes:
        if outcome.step.report is not None:
            tally.add(outcome.step.name, outcome.step.report)
    left = [f"  {part}: --only {asked.only}" for part in NEEDS if asked.only not in (None, part)]
    left += [f"  every test that does not match: -k {asked.k}"] if asked.k else []
    say("\nNot run, and why")
    say("\n".join([*left, *tally.lines()]) or "  nothing: every check and every test was run")
    failed = [outcome.step.name for outcome in outcomes if not outcome.ok]
    say(f"\nFailed: {', '.join(failed)}" if failed else "\nEverything that was run holds.")
    say(f"The order of the tests can be repeated: --seed {asked.seed}")
    say(f"Pure: {tally.pure} tests were run once, for they ask no database.")
    say(tally)
    return 1 if failed else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nStopped before the end. Nothing was left running.")
