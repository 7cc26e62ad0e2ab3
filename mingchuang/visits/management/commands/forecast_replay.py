import sys
import time
from collections.abc import Mapping, Sequence
from json import dumps
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from mingchuang.base.plainly import said_plainly
from mingchuang.visits.errors import TooFewDays
from mingchuang.visits.recording import Recording, read_recording
from mingchuang.visits.rules.forecast.replay import ESTIMATORS, Replay, Scored
from mingchuang.visits.rules.forecast.score import (
    GOALS,
    by_hall,
    errors_of,
    figures_of,
    halves,
    missed,
)
from mingchuang.visits.words.forecasts import ESTIMATED, GOAL_WORDS

ERRORS = ("mae", "median", "bias")
# So many rows with faults are told one by one.
SHOWN = 20


class Command(BaseCommand):
    help = "Play a recording of displays through the waiting-time forecast and score it"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the recording (.csv or .csv.gz)")
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(self, *, file: Path, json: bool, **_rest: object) -> None:
        began = time.monotonic()
        with said_plainly():
            recording = read_recording(file)
            self._tell_faults(recording.faults)
            replay = _replayed(recording)
            if not replay.scored:
                raise TooFewDays(path=file)
            facts = _facts(replay)
        facts |= {"faulty": len(recording.faults)}
        facts |= {"seconds": round(time.monotonic() - began, 1)}
        self.stdout.write(dumps(facts, ensure_ascii=False) if json else _told(facts))
        if not facts["holds"]:
            sys.exit(1)

    def _tell_faults(self, faults: Sequence[tuple[int, str]]) -> None:
        for line, column in faults[:SHOWN]:
            told = _("第 %(line)s 行的 %(column)s 读不懂，这一行不算。")
            self.stderr.write(told % {"line": line, "column": column})
        if len(faults) > SHOWN:
            self.stderr.write(_("……另有 %(more)s 行。") % {"more": len(faults) - SHOWN})


def _replayed(recording: Recording) -> Replay:
    replay = Replay()
    with tqdm(total=len(recording.snapshots), unit=_("次"), disable=None) as bar:
        for day, minutes in recording.days():
            bar.set_description(day)
            for readings in minutes:
                replay.minute(readings)
                bar.update(len(readings))
            replay.night(day)
    return replay


def _facts(replay: Replay) -> dict[str, Any]:
    scored = replay.scored
    figures = {**figures_of(scored), "milliseconds": _milliseconds(replay)}
    unmet = missed(figures)
    parts = [some for some in halves(scored, replay.days) if some]
    return {
        **_rounded(figures),
        "estimators": [{"name": name, **_rounded(errors_of(scored, name))} for name in ESTIMATORS],
        "halves": [{"days": _days(some), **_rounded(figures_of(some))} for some in parts],
        "halls": [
            {"hall": hall, **_rounded(figures_of(some))} for hall, some in by_hall(scored).items()
        ],
        "missed": unmet,
        "holds": not unmet,
    }


def _milliseconds(replay: Replay) -> float:
    """Return what a forecast costs by the end, when most is known."""
    began = time.perf_counter()
    for moment in replay.lately:
        replay.forecaster.say(moment)
    return 1000 * (time.perf_counter() - began) / len(replay.lately)


def _days(scored: Sequence[Scored]) -> list[str]:
    days = [one.day for one in scored]
    return [min(days), max(days)]


def _rounded(figures: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in figures.items()}


def _told(facts: dict[str, Any]) -> str:
    head = _("%(n)s 次预计，每次 %(milliseconds)s 毫秒；读和回放用了 %(seconds)s 秒。")
    lines = [head % facts, _("单位是分钟：平均误差、误差中位数、偏差（正数是说多了）")]
    lines += [_line(one, ESTIMATED[one["name"]]) for one in facts["estimators"]]
    lines.append(_("记录的前后两半，末栏是落在 P10 到 P90 之间的占比"))
    for half in facts["halves"]:
        lines.append(_line(half, f"{half['coverage80']:.1%}  {' … '.join(half['days'])}"))
    lines += [_judged(name, facts) for name in GOALS]
    return "\n".join(lines)


def _line(errors: Mapping[str, float], name: object) -> str:
    """Numbers come first: names are of any width."""
    return "".join(f"{errors[error]:9.2f}" for error in ERRORS) + f"   {name}"


def _judged(name: str, facts: Mapping[str, Any]) -> str:
    least, most = GOALS[name]
    told = _("%(mark)s %(what)s %(found)s，应当从 %(least)s 到 %(most)s")
    mark = "✘" if name in facts["missed"] else "✔"
    return told % {
        "mark": mark,
        "what": GOAL_WORDS[name],
        "found": facts[name],
        "least": least,
        "most": most,
    }
